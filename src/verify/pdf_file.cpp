#include "verify/pdf_file.h"

#include "io/deflate.h"
#include "io/files.h"
#include "io/limits.h"
#include "verify/cross_reference_count.h"
#include "verify/pdf_syntax_reader.h"
#include "verify/stream_filters.h"

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <map>
#include <mutex>
#include <set>

namespace bifolio {

namespace {

// Takes what libqpdf decodes, up to the limit: a small file can be inflated to any size.
class BoundedPipeline final : public Pipeline {
public:
    explicit BoundedPipeline(std::string& out) : Pipeline("bounded", nullptr), out_(out) {}
    void write(const unsigned char* data, std::size_t size) override {
        if (out_.size() + size > limits::pdf_stream_bytes) throw std::runtime_error("a stream is larger than the limit");
        out_.append(reinterpret_cast<const char*>(data), size);
    }
    void finish() override {}

private:
    std::string& out_;
};

// libqpdf's object as ours. References stay references.
PdfValue converted(QPDFObjectHandle object, bool top, int depth) {
    if (object.isIndirect() && !top) {
        const QPDFObjGen id = object.getObjGen();
        return PdfValue(ObjectId{id.getObj(), id.getGen()});
    }
    if (depth > limits::pdf_nesting) return {};
    const auto entries = [&](QPDFObjectHandle from) {
        PdfDictionary out;
        for (const auto& [key, value] : from.getDictAsMap()) {
            PdfValue one = converted(value, false, depth + 1);
            if (!one.as<std::monostate>()) out.emplace_back(key.substr(1), std::move(one));
        }
        sort_entries(out);
        return out;
    };
    switch (object.getTypeCode()) {
    case ::ot_boolean: return PdfValue::Variant(object.getBoolValue());
    case ::ot_integer: return PdfValue::Variant(static_cast<std::int64_t>(object.getIntValue()));
    case ::ot_real: {
        const std::string text = object.getRealValue();
        double real = 0;
        const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
        std::from_chars(begin, text.data() + text.size(), real, std::chars_format::fixed);
        return PdfValue::Variant(real);
    }
    case ::ot_string: return PdfValue::Variant(object.getStringValue());
    case ::ot_name: return PdfName{object.getName().substr(1)};
    case ::ot_array: {
        PdfArray out;
        for (const QPDFObjectHandle& item : object.getArrayAsVector()) out.push_back(converted(item, false, depth + 1));
        return PdfValue::Variant(std::make_shared<const PdfArray>(std::move(out)));
    }
    case ::ot_dictionary: return PdfValue::Variant(std::make_shared<const PdfDictionary>(entries(object)));
    case ::ot_stream: {
        PdfStream stream;
        stream.dictionary = entries(object.getDict());
        stream.through_library = true;
        return PdfValue::Variant(std::make_shared<const PdfStream>(std::move(stream)));
    }
    default: return {};
    }
}

struct StoredObject {
    ObjectId id;
    PdfValue value;
};

std::optional<std::uint64_t> whole_number(const PdfValue& value) {
    const std::int64_t* integer = value.as<std::int64_t>();
    return integer && *integer >= 0 ? std::optional(static_cast<std::uint64_t>(*integer)) : std::nullopt;
}

} // namespace

struct PdfFile::Parts {
    std::string bytes;
    std::size_t header_offset = 0; // offsets in the file count from “%PDF-”
    QPDF library;
    mutable std::mutex library_guard;
    bool encrypted = false;
    PdfValue trailer;
    std::vector<CrossReference> table; // by number
    std::vector<StoredObject> objects; // by number, like `ids`
    std::vector<ObjectId> ids;
    std::vector<std::uint32_t> places; // object number → index in `objects` + 1, of the numbers that writers give
    std::vector<std::string> repairs, oddities;
    std::vector<PdfObject> pages;
    std::map<ObjectId, std::size_t> page_numbers;
    ObjectId page_tree_loop;
    PdfLimits limits;
    std::size_t annotations_of_page = 0; // at most
    std::map<std::int32_t, bool> small_streams;
    mutable std::atomic<std::uint64_t> decoded{0};
    mutable std::atomic<bool> beyond_limits{false};

    const CrossReference* row(std::int32_t number) const;
    bool read_up_to_keyword(PdfSyntaxReader& reader, const CrossReference& row, PdfValue& value) const;
    std::optional<PdfValue> parsed_at(const CrossReference& row) const;
    std::optional<PdfStream> stream_at(PdfDictionary dictionary, std::size_t at) const;
    std::optional<std::uint64_t> length_of(const PdfDictionary& dictionary) const;
    void open_library(const std::string& password);
    void read_table();
    void read_objects(const TaskPool& pool);
    void read_object_streams(const TaskPool& pool, std::vector<bool>& read);
    void read_through_library(const std::vector<bool>& read);
    void collect_repairs();
    void read_pages(const PdfFile& file);
    void count_annotations();
    bool is_small(std::int32_t object_stream);
    bool may_decode() const; // false: enough of the file has been decoded
    void count(std::size_t size) const { decoded += std::max<std::uint64_t>(size, limits::pdf_stream_cost); }
};

bool PdfFile::Parts::may_decode() const {
    if (decoded.load() <= limits.decoded_bytes) return true;
    beyond_limits = true;
    return false;
}

void PdfFile::Parts::open_library(const std::string& password) {
    if (bytes.size() > limits::pdf_file_bytes) throw UnreadablePdf("the file is larger than the limit");
    const std::size_t header = std::string_view(bytes).substr(0, 1024).find("%PDF-");
    if (header == std::string::npos) throw UnreadablePdf("this is no PDF file: it does not begin with %PDF-");
    header_offset = header;
    if (count_cross_references(bytes) > std::clamp<std::uint64_t>(bytes.size() / 2, limits::pdf_few_rows, limits::pdf_table_rows))
        throw UnreadablePdf("its cross-reference streams tell of more objects than the limit");
    library.setSuppressWarnings(true);
    try {
        library.processMemoryFile("file", bytes.data(), bytes.size(), password.empty() ? nullptr : password.c_str());
        encrypted = library.isEncrypted();
    } catch (const QPDFExc& error) {
        if (error.getErrorCode() == qpdf_e_password) throw LockedPdf("the file is encrypted and needs a password");
        throw UnreadablePdf("the file cannot be read: " + error.getMessageDetail());
    } catch (const std::exception& error) { throw UnreadablePdf(std::string("the file cannot be read: ") + error.what()); }
}

void PdfFile::Parts::read_table() {
    for (const auto& [id, entry] : library.getXRefTable()) {
        if (id.getObj() <= 0) continue;
        CrossReference row{{id.getObj(), id.getGen()}};
        if (entry.getType() == 1)
            row.offset = static_cast<std::uint64_t>(std::max<qpdf_offset_t>(entry.getOffset(), 0)) + header_offset;
        else if (entry.getType() == 2) {
            row.object_stream = entry.getObjStreamNumber();
            row.index = entry.getObjStreamIndex();
        } else
            continue;
        if (!table.empty() && table.back().id.number == row.id.number)
            table.back() = row; // the newer generation
        else
            table.push_back(row);
    }
    trailer = converted(library.getTrailer(), true, 0);
}

const CrossReference* PdfFile::Parts::row(std::int32_t number) const {
    const auto found = std::ranges::lower_bound(table, number, {}, [](const CrossReference& r) { return r.id.number; });
    return found != table.end() && found->id.number == number ? &*found : nullptr;
}

std::optional<std::uint64_t> PdfFile::Parts::length_of(const PdfDictionary& dictionary) const {
    const PdfValue* length = find(dictionary, "Length");
    if (!length) return std::nullopt;
    const ObjectId* reference = length->as<ObjectId>();
    if (!reference) return whole_number(*length);
    const CrossReference* at = row(reference->number);
    if (!at || at->object_stream != 0 || at->offset == 0 || at->offset >= bytes.size()) return std::nullopt;
    PdfSyntaxReader reader(bytes, at->offset);
    PdfValue value; // not through parsed_at: the Length of a stream may name that stream
    if (!read_up_to_keyword(reader, *at, value) || reader.keyword() != "endobj" || value.as<ObjectId>()) return std::nullopt;
    return whole_number(value);
}

// `at` is behind the keyword “stream”. nullopt: the length is not what the file says.
std::optional<PdfStream> PdfFile::Parts::stream_at(PdfDictionary dictionary, std::size_t at) const {
    if (at < bytes.size() && bytes[at] == '\r') ++at;
    if (at >= bytes.size() || bytes[at] != '\n') return std::nullopt;
    ++at;
    const std::optional<std::uint64_t> length = length_of(dictionary);
    if (!length || *length > bytes.size() - at) return std::nullopt;
    std::size_t end = at + *length;
    while (end < bytes.size() && (bytes[end] == '\r' || bytes[end] == '\n') && end < at + *length + 2) ++end;
    if (std::string_view(bytes).substr(end, 9) != "endstream") return std::nullopt;
    return PdfStream{std::move(dictionary), at, *length, false};
}

// nullopt: not what the table promises; libqpdf is asked then.
// The object's value with the keyword behind it, endobj or stream. False: they do not stand there.
bool PdfFile::Parts::read_up_to_keyword(PdfSyntaxReader& reader, const CrossReference& row, PdfValue& value) const {
    PdfValue number, generation, behind;
    using Found = PdfSyntaxReader::Found;
    return reader.next(number, false) == Found::value && whole_number(number) == static_cast<std::uint64_t>(row.id.number) &&
           reader.next(generation, false) == Found::value &&
           whole_number(generation) == static_cast<std::uint64_t>(row.id.generation) &&
           reader.next(behind, false) == Found::keyword && reader.keyword() == "obj" &&
           reader.next(value, true) == Found::value && reader.next(behind, false) == Found::keyword && reader.malformed() == 0;
}

std::optional<PdfValue> PdfFile::Parts::parsed_at(const CrossReference& row) const {
    if (row.offset == 0 || row.offset >= bytes.size()) return std::nullopt;
    PdfSyntaxReader reader(bytes, row.offset);
    PdfValue value;
    if (!read_up_to_keyword(reader, row, value)) return std::nullopt;
    if (reader.keyword() == "endobj") return value;
    if (reader.keyword() != "stream" || !value.dictionary()) return std::nullopt;
    std::optional<PdfStream> stream = stream_at(*value.dictionary(), reader.at());
    if (!stream) return std::nullopt;
    return PdfValue::Variant(std::make_shared<const PdfStream>(std::move(*stream)));
}

void PdfFile::Parts::read_objects(const TaskPool& pool) {
    objects.resize(table.size());
    std::vector<bool> read(table.size(), false);
    std::int32_t highest = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
        objects[i].id = table[i].id;
        ids.push_back(table[i].id);
        highest = std::max(highest, table[i].id.number);
    }
    places.assign(static_cast<std::size_t>(std::min(highest, limits::pdf_object_number)) + 1, 0);
    for (std::size_t i = 0; i < table.size() && table[i].id.number <= limits::pdf_object_number; ++i)
        places[static_cast<std::size_t>(table[i].id.number)] = static_cast<std::uint32_t>(i + 1);
    // Offsets of a rebuilt table and strings of an encrypted file mean something to libqpdf only.
    if (!encrypted && library.numWarnings() == 0) {
        constexpr std::size_t at_a_time = 256;
        std::vector<char> parsed(table.size(), 0); // not vector<bool>: written from all threads
        pool.for_each((table.size() + at_a_time - 1) / at_a_time, [&](std::size_t task) {
            for (std::size_t i = task * at_a_time; i < std::min(table.size(), (task + 1) * at_a_time); ++i) {
                if (table[i].object_stream != 0) continue;
                if (std::optional<PdfValue> value = parsed_at(table[i])) {
                    objects[i].value = std::move(*value);
                    parsed[i] = 1;
                }
            }
        });
        for (std::size_t i = 0; i < table.size(); ++i) read[i] = parsed[i] != 0;
        read_object_streams(pool, read);
    }
    read_through_library(read);
}

void PdfFile::Parts::read_object_streams(const TaskPool& pool, std::vector<bool>& read) {
    std::map<std::int32_t, std::vector<std::size_t>> members; // of each object stream: places in the table
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].object_stream != 0) members[table[i].object_stream].push_back(i);
    const std::vector<std::pair<std::int32_t, std::vector<std::size_t>>> streams(members.begin(), members.end());
    std::vector<char> parsed(table.size(), 0);
    pool.for_each(streams.size(), [&](std::size_t task) {
        const CrossReference* holder = row(streams[task].first);
        const PdfValue* stored = holder ? &objects[static_cast<std::size_t>(holder - table.data())].value : nullptr;
        const PdfStream* stream = stored ? stored->stream() : nullptr;
        if (!stream || !may_decode()) return;
        const PdfValue* first_value = find(stream->dictionary, "First");
        const std::optional<std::uint64_t> first = first_value ? whole_number(*first_value) : std::nullopt;
        std::optional<std::string> data =
            decoded_here(stream->dictionary, std::string_view(bytes).substr(stream->offset, stream->size));
        if (data) count(data->size());
        if (!first || !data || *first > data->size()) return;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> header; // number, offset
        PdfSyntaxReader reader(std::string_view(*data).substr(0, *first));
        PdfValue number, offset;
        while (reader.next(number, false) == PdfSyntaxReader::Found::value &&
               reader.next(offset, false) == PdfSyntaxReader::Found::value)
            header.emplace_back(whole_number(number).value_or(0), whole_number(offset).value_or(data->size()));
        for (const std::size_t i : streams[task].second) {
            const auto index = static_cast<std::size_t>(table[i].index);
            if (index >= header.size() || header[index].first != static_cast<std::uint64_t>(table[i].id.number) ||
                header[index].second >= data->size() - *first)
                continue;
            PdfSyntaxReader object(*data, *first + header[index].second);
            PdfValue value;
            if (object.next(value, true) != PdfSyntaxReader::Found::value || object.malformed() > 0) continue;
            objects[i].value = std::move(value);
            parsed[i] = 1;
        }
    });
    for (std::size_t i = 0; i < table.size(); ++i)
        if (parsed[i]) read[i] = true;
}

// Whether an object stream stays within the limits when it is inflated. One that our own filters cannot inflate is small enough to try:
// other filters hardly make anything larger.
bool PdfFile::Parts::is_small(std::int32_t object_stream) {
    const auto [found, is_new] = small_streams.try_emplace(object_stream, true);
    if (!is_new) return found->second;
    const CrossReference* holder = row(object_stream);
    const PdfValue* value = holder ? &objects[static_cast<std::size_t>(holder - table.data())].value : nullptr;
    const PdfStream* stream = value ? value->stream() : nullptr;
    if (!stream || stream->through_library) return true;
    if (!may_decode()) return found->second = false;
    const std::string_view encoded = std::string_view(bytes).substr(stream->offset, stream->size);
    const std::optional<std::string> data = decoded_here(stream->dictionary, encoded);
    count(data ? data->size() : std::size_t{limits::pdf_stream_bytes});
    // 1,032 is the most that Flate makes of a byte.
    found->second = data || encoded.size() < limits::pdf_stream_bytes / 1032;
    if (!found->second) beyond_limits = true;
    return found->second;
}

void PdfFile::Parts::read_through_library(const std::vector<bool>& read) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (read[i]) continue;
        // It would inflate the whole stream, however large, to look for the object.
        if (table[i].object_stream != 0 && !is_small(table[i].object_stream)) continue;
        try {
            QPDFObjectHandle object = library.getObjectByID(table[i].id.number, table[i].id.generation);
            objects[i].value = converted(object, true, 0);
        } catch (const std::exception& error) {
            repairs.push_back("object " + std::to_string(table[i].id.number) + ": " + error.what());
        }
    }
}

void PdfFile::Parts::collect_repairs() {
    for (const QPDFExc& warning : library.getWarnings()) {
        std::string text = warning.getMessageDetail();
        if (!warning.getObject().empty()) text = warning.getObject() + ": " + text;
        repairs.push_back(std::move(text));
    }
    // A Size above the highest number in use changes nothing; many programs write it so.
    std::erase_if(repairs, [&](const std::string& one) {
        if (one.find("reported number of objects") == std::string::npos) return false;
        oddities.push_back(one);
        return true;
    });
    std::set<std::string> seen;
    std::erase_if(repairs, [&](const std::string& one) { return !seen.insert(one).second; });
}

PdfFile::PdfFile(std::string bytes, const TaskPool& pool, const std::string& password, const PdfLimits& limits)
    : parts_(std::make_unique<Parts>()) {
    Parts& parts = *parts_;
    parts.bytes = std::move(bytes);
    parts.limits = limits;
    parts.open_library(password);
    try {
        parts.read_table();
        parts.read_objects(pool);
    } catch (const std::exception& error) { throw UnreadablePdf(std::string("the file cannot be read: ") + error.what()); }
    parts.collect_repairs();
    if (!catalog().is_dictionary()) throw UnreadablePdf("the file has no document catalog");
    parts.read_pages(*this);
    parts.count_annotations();
}

// The page tree, from left to right; a node met again is left out.
void PdfFile::Parts::read_pages(const PdfFile& file) {
    std::set<ObjectId> seen;
    std::vector<PdfObject> open{file.catalog()["Pages"]};
    while (!open.empty() && pages.size() < limits::pdf_pages) {
        const PdfObject node = open.back();
        open.pop_back();
        if (!node.is_dictionary()) continue;
        const PdfObject kids = node["Kids"];
        if (node.id() && !seen.insert(node.id()).second) {
            if (kids.is_array()) page_tree_loop = node.id(); // a mere page may be meant to stand there twice
            continue;
        }
        if (kids.is_array()) {
            for (std::size_t i = kids.size(); i-- > 0;) open.push_back(kids.at(i));
        } else {
            pages.push_back(node);
            if (node.id()) page_numbers.emplace(node.id(), pages.size());
        }
    }
    if (pages.size() == limits::pdf_pages) repairs.push_back("there are more pages than the limit; the others were not read");
}

void PdfFile::Parts::count_annotations() {
    std::size_t all = 0, most = 0;
    for (const PdfObject& page : pages) {
        const PdfObject list = page["Annots"];
        const std::size_t here = list.is_array() ? list.size() : 1;
        all += here;
        most = std::max(most, here);
    }
    const bool too_many = all > limits.annotations + pages.size();
    annotations_of_page = too_many ? limits.annotations / pages.size() + 1 : most;
    if (too_many) beyond_limits = true;
}

std::vector<PdfObject> PdfFile::annotations(const PdfObject& page) const {
    const PdfObject list = page["Annots"];
    if (!list.is_array()) return list.items();
    std::vector<PdfObject> out;
    for (std::size_t i = 0; i < std::min(list.size(), parts_->annotations_of_page); ++i) out.push_back(list.at(i));
    return out;
}

const PdfLimits& PdfFile::limits() const { return parts_->limits; }
ObjectId PdfFile::page_tree_loop() const { return parts_->page_tree_loop; }
bool PdfFile::is_beyond_limits() const { return parts_->beyond_limits; }
void PdfFile::leave_out() const { parts_->beyond_limits = true; }

PdfFile::~PdfFile() = default;

std::string_view PdfFile::bytes() const { return parts_->bytes; }
PdfObject PdfFile::trailer() const { return PdfObject(*this, parts_->trailer); }
std::span<const ObjectId> PdfFile::ids() const { return parts_->ids; }
std::span<const CrossReference> PdfFile::cross_references() const { return parts_->table; }
bool PdfFile::is_encrypted() const { return parts_->encrypted; }
std::span<const std::string> PdfFile::repairs() const { return parts_->repairs; }
std::span<const std::string> PdfFile::oddities() const { return parts_->oddities; }
std::span<const PdfObject> PdfFile::pages() const { return parts_->pages; }

PdfObject PdfFile::object(ObjectId id) const {
    // A cursor that begins at a stored value has to be told which object that is; a reference does it.
    const PdfValue* value = stored(id);
    return value ? PdfObject(*this, *value, id).with_id(id) : PdfObject();
}

const PdfValue* PdfFile::stored(ObjectId id) const {
    const auto number = static_cast<std::size_t>(id.number);
    if (id.number <= 0) return nullptr;
    std::size_t place = 0; // + 1
    if (number < parts_->places.size())
        place = parts_->places[number];
    else if (const CrossReference* row = parts_->row(id.number))
        place = static_cast<std::size_t>(row - parts_->table.data()) + 1;
    if (place == 0) return nullptr;
    const StoredObject& object = parts_->objects[place - 1];
    return object.id == id ? &object.value : nullptr;
}

PdfObject PdfFile::inherited(const PdfObject& page, std::string_view key) const {
    PdfObject node = page;
    for (int level = 0; level < limits::pdf_nesting && node; ++level) {
        if (const PdfObject found = node[key]) return found;
        node = node["Parent"];
    }
    return {};
}

std::size_t PdfFile::page_number(ObjectId page) const {
    const auto found = parts_->page_numbers.find(page);
    return found == parts_->page_numbers.end() ? 0 : found->second;
}

std::string_view PdfFile::encoded(const PdfObject& object) const {
    const PdfStream* stream = object.value() ? object.value()->stream() : nullptr;
    return stream && !stream->through_library ? bytes().substr(stream->offset, stream->size) : std::string_view();
}

DecodedStream PdfFile::decoded(const PdfObject& object) const {
    if (!parts_->may_decode()) return {{}, "the file's streams are larger than the limit"};
    DecodedStream out = decoded_picture(object);
    parts_->count(out.bytes.size());
    return out;
}

std::string PdfFile::decoded_cmap(const PdfObject& stream) const {
    std::string out = decoded(stream).bytes;
    if (out.size() <= limits::pdf_cmap_bytes) return out;
    leave_out();
    return {};
}

DecodedStream PdfFile::decoded_picture(const PdfObject& object) const {
    const PdfStream* stream = object.value() ? object.value()->stream() : nullptr;
    if (!stream) return {{}, "this is no stream"};
    if (!stream->through_library)
        if (std::optional<std::string> data = decoded_here(stream->dictionary, encoded(object))) return {std::move(*data), {}};
    DecodedStream out;
    const std::lock_guard lock(parts_->library_guard);
    try {
        const std::size_t warnings = parts_->library.numWarnings();
        BoundedPipeline pipeline(out.bytes);
        QPDFObjectHandle handle = parts_->library.getObjectByID(object.id().number, object.id().generation);
        if (!handle.isStream()) return {{}, "this is no stream"};
        bool filtered = false;
        const bool good = handle.pipeStreamData(&pipeline, &filtered, 0, qpdf_dl_specialized, true, false);
        if (!good || parts_->library.numWarnings() > warnings) out.problem = "the stream is damaged";
    } catch (const std::exception& error) { out.problem = error.what(); }
    return out;
}

} // namespace bifolio
