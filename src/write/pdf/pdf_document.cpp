#include "write/pdf/pdf_document.h"

#include "io/deflate.h"

#include <hpdf.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>
#include <vector>

namespace bifolio {

namespace {

static_assert(sizeof(HPDF_Dict_Rec) == 96 || sizeof(void*) != 8,
              "libharu's dictionary has the layout that this file was written for");

constexpr std::size_t objects_in_stream = 200, streams_at_a_time = 64;
constexpr HPDF_UINT xref_entries_per_block = 1u << 20; // libharu grows its list by a fixed step, copying byte by byte

// What a dictionary prints. Owned by the dictionary (its `attr`), freed by its free_fn.
struct Payload {
    std::string entries;
    std::string data; // of a stream that waits for begin()
    bool is_stream = false, has_text = false;
};

Payload* payload_of(HPDF_Dict dictionary) { return static_cast<Payload*>(dictionary->attr); }

// Called by libharu between << and >>. No exception may pass its frames.
HPDF_STATUS write_entries(HPDF_Dict dictionary, HPDF_Stream stream) noexcept {
    const Payload* payload = payload_of(dictionary);
    if (payload->entries.empty()) return HPDF_OK;
    const void* data = payload->entries.data();
    return HPDF_Stream_Write(stream, static_cast<const HPDF_BYTE*>(data), static_cast<HPDF_UINT>(payload->entries.size()));
}

void free_payload(HPDF_Dict dictionary) noexcept {
    delete payload_of(dictionary);
    dictionary->attr = nullptr;
}

// Where libharu writes one object. A throwing sink must not unwind through libharu, so the bytes are gathered here first.
struct Gathered {
    std::string bytes;
    bool out_of_memory = false;
};

HPDF_STATUS gather(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) noexcept {
    auto* gathered = static_cast<Gathered*>(stream->attr);
    try {
        const void* data = bytes;
        gathered->bytes.append(static_cast<const char*>(data), size);
    } catch (...) {
        gathered->out_of_memory = true;
        return HPDF_FAILD_TO_ALLOC_MEM;
    }
    return HPDF_OK;
}

struct FreeDocument {
    void operator()(HPDF_Doc document) const noexcept { HPDF_Free(document); }
};
struct FreeStream {
    void operator()(HPDF_Stream stream) const noexcept { HPDF_Stream_Free(stream); }
};

// A big-endian number in a cross-reference stream.
void append_bytes(std::string& out, std::uint64_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(static_cast<unsigned char>(value >> shift));
}

// PNG predictor 2 (Up), which makes the rows of a cross-reference stream small. ISO 32000-1, 7.4.4.4.
std::string with_up_predictor(std::string_view rows, std::size_t row_size) {
    std::string out;
    out.reserve(rows.size() + rows.size() / row_size);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (at % row_size == 0) out += '\2';
        const auto above = at < row_size ? 0 : static_cast<unsigned char>(rows[at - row_size]);
        out += static_cast<char>(static_cast<unsigned char>(rows[at]) - above);
    }
    return out;
}

} // namespace

namespace {

// A row of the cross-reference stream: type 1 is an offset, type 2 an object stream and the place in it.
struct XrefRow {
    int type = 0;
    std::uint64_t field2 = 0;
    std::uint32_t field3 = 0;
};

} // namespace

struct PdfDocument::State {
    explicit State(const PdfMemory* memory)
        : document(memory ? HPDF_NewEx(nullptr, memory->allocate, memory->release, 0, nullptr) : HPDF_New(nullptr, nullptr)) {}

    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, FreeDocument> document;

    // While it is saved:
    Sink* sink = nullptr;
    SaveOptions options;
    std::uint64_t offset = 0;
    std::vector<XrefRow> rows; // by object number; type 0: not written yet

    void write(std::string_view bytes) {
        sink->write(bytes);
        offset += bytes.size();
    }
    void begin_object(std::uint32_t number) {
        if (rows.size() <= number) rows.resize(number + 1);
        assert(rows[number].type == 0);
        rows[number] = {1, offset, 0};
        write(std::to_string(number) + " 0 obj\n");
    }
    void write_object(std::uint32_t number, std::string_view text) {
        begin_object(number);
        write(text);
        write("\nendobj\n");
    }
    // Past libharu, whose counts are of 32 bits.
    void write_stream(std::uint32_t number, std::string_view entries, std::string_view data) {
        begin_object(number);
        write("<<");
        write(entries);
        write(">>\nstream\n");
        write(data);
        write("\nendstream\nendobj\n");
    }

    HPDF_Doc raw() const { return document.get(); }
    HPDF_Xref xref() const { return document->xref; }

    void check(HPDF_STATUS status, const char* doing) const {
        if (status == HPDF_FAILD_TO_ALLOC_MEM) throw PdfError(std::string("libharu cannot ") + doing + ": out of memory");
        if (status != HPDF_OK)
            throw PdfError(std::string("libharu cannot ") + doing + " (status " + std::to_string(status) + ")");
    }

    // Makes a dictionary print our text.
    Payload& take_over(HPDF_Dict dictionary) const {
        assert(!dictionary->attr);
        auto payload = std::make_unique<Payload>();
        dictionary->before_write_fn = nullptr;
        dictionary->write_fn = write_entries;
        dictionary->after_write_fn = nullptr;
        dictionary->free_fn = free_payload;
        dictionary->attr = payload.release();
        return *payload_of(dictionary);
    }

    void clear(HPDF_Dict dictionary) const { // drops what libharu has put in by itself
        for (const char* key :
             {"Type", "Pages", "PageMode", "PageLayout", "Kids", "Count", "Producer", "CreationDate", "ModDate"})
            HPDF_Dict_RemoveElement(dictionary, key);
        HPDF_Error_Reset(&document->error); // a key that is not there leaves an error behind
    }

    HPDF_Dict dictionary(PdfReference object) const {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref(), object.number);
        assert(entry && entry->obj);
        return static_cast<HPDF_Dict>(entry->obj);
    }

    static PdfReference reference(HPDF_Dict dictionary) { return {dictionary->header.obj_id & 0x00FF'FFFFu}; }
};

PdfDocument::PdfDocument(const PdfMemory* memory) : state_(std::make_unique<State>(memory)) {
    if (!state_->document) throw PdfError("libharu cannot create a document: out of memory");
    state_->xref()->entries->items_per_block = xref_entries_per_block;
    HPDF_Doc document = state_->raw();
    for (HPDF_Dict own :
         {static_cast<HPDF_Dict>(document->catalog), static_cast<HPDF_Dict>(document->root_pages), document->info}) {
        if (!own) throw PdfError("libharu made an incomplete document: out of memory");
        state_->clear(own);
        state_->take_over(own);
    }
}

PdfDocument::~PdfDocument() = default;

PdfReference PdfDocument::reserve() {
    HPDF_Dict dictionary = HPDF_Dict_New(state_->raw()->mmgr);
    if (!dictionary) throw PdfError("libharu cannot make an object: out of memory");
    try {
        state_->take_over(dictionary);
    } catch (...) {
        HPDF_Dict_Free(dictionary);
        throw;
    }
    // On failure libharu has freed the dictionary, and the payload with it.
    state_->check(HPDF_Xref_Add(state_->xref(), dictionary), "register an object");
    return State::reference(dictionary);
}

void PdfDocument::set_dictionary(PdfReference object, std::string entries) {
    Payload* payload = payload_of(state_->dictionary(object));
    assert(!payload->has_text);
    payload->entries = std::move(entries);
    payload->has_text = true;
}

PdfReference PdfDocument::add_dictionary(std::string entries) {
    const PdfReference object = reserve();
    set_dictionary(object, std::move(entries));
    return object;
}

void PdfDocument::set_stream(PdfReference object, std::string entries, std::string data) {
    Payload* payload = payload_of(state_->dictionary(object));
    assert(!payload->has_text);
    payload->is_stream = payload->has_text = true;
    entries += "/Length " + std::to_string(data.size());
    if (state_->sink) return state_->write_stream(object.number, entries, data);
    payload->entries = std::move(entries);
    payload->data = std::move(data);
}

PdfReference PdfDocument::add_stream(std::string entries, std::string data) {
    const PdfReference object = reserve();
    set_stream(object, std::move(entries), std::move(data));
    return object;
}

PdfReference PdfDocument::add_compressed_stream(std::string entries, std::string_view data) {
    return add_stream(std::move(entries) + "/Filter/FlateDecode", deflate_zlib(data));
}

PdfReference PdfDocument::catalog() const { return State::reference(static_cast<HPDF_Dict>(state_->raw()->catalog)); }
PdfReference PdfDocument::page_tree() const { return State::reference(static_cast<HPDF_Dict>(state_->raw()->root_pages)); }

void PdfDocument::set_catalog(std::string entries) {
    set_dictionary(catalog(), "/Type/Catalog/Pages " + pdf_reference(page_tree()) + std::move(entries));
}
void PdfDocument::set_page_tree(std::string entries) { set_dictionary(page_tree(), "/Type/Pages" + std::move(entries)); }
void PdfDocument::set_information(std::string entries) {
    set_dictionary(State::reference(state_->raw()->info), std::move(entries));
}

namespace {

struct PackedObject {
    std::uint32_t number;
    std::string text;
};

// One object stream: the numbers and offsets, then the objects. ISO 32000-1, 7.5.7.
std::string object_stream(const PackedObject* begin, const PackedObject* end) {
    std::string numbers, objects;
    for (const PackedObject* object = begin; object != end; ++object) {
        numbers += std::to_string(object->number) + " " + std::to_string(objects.size()) + " ";
        objects += object->text + "\n";
    }
    const std::string data = deflate_zlib(numbers + objects);
    return "<</Type/ObjStm/N " + std::to_string(end - begin) + "/First " + std::to_string(numbers.size()) +
           "/Filter/FlateDecode/Length " + std::to_string(data.size()) + ">>\nstream\n" + data + "\nendstream";
}

} // namespace

void PdfDocument::begin(Sink& sink, const SaveOptions& options) {
    State& state = *state_;
    assert(!state.sink);
    state.sink = &sink;
    state.options = options;
    state.write("%PDF-" + std::string(options.version) + "\n%\xE2\xE3\xCF\xD3\n");
    const std::uint32_t count = state.xref()->entries->count;
    for (std::uint32_t number = 1; number < count; ++number) { // what was set before
        Payload& payload = *payload_of(state.dictionary({number}));
        if (!payload.is_stream) continue;
        state.write_stream(number, payload.entries, payload.data);
        payload.entries = {};
        payload.data = {}; // its memory is needed no more
    }
}

void PdfDocument::write_dictionaries(const TaskPool& pool) {
    State& state = *state_;
    Gathered gathered;
    const std::unique_ptr<HPDF_Stream_Rec, FreeStream> stream(HPDF_CallbackWriter_New(state.raw()->mmgr, gather, &gathered));
    if (!stream) throw PdfError("libharu cannot make a stream: out of memory");
    std::vector<PackedObject> packed;
    const std::uint32_t count = state.xref()->entries->count;
    if (state.rows.size() < count) state.rows.resize(count);

    // As many object streams at a time as keep the pool busy: not all of a large book's text is held twice.
    const auto write_packed = [&] {
        const std::size_t groups = (packed.size() + objects_in_stream - 1) / objects_in_stream;
        const auto streams = pool.map(groups, [&](std::size_t group) {
            const PackedObject* begin = packed.data() + group * objects_in_stream;
            return object_stream(begin, packed.data() + std::min((group + 1) * objects_in_stream, packed.size()));
        });
        for (std::size_t group = 0; group < groups; ++group) {
            const auto number = static_cast<std::uint32_t>(state.rows.size());
            for (std::size_t at = group * objects_in_stream; at < std::min(packed.size(), (group + 1) * objects_in_stream); ++at)
                state.rows[packed[at].number] = {2, number, static_cast<std::uint32_t>(at % objects_in_stream)};
            state.write_object(number, streams[group]);
        }
        packed.clear();
    };
    for (std::uint32_t number = 1; number < count; ++number) {
        HPDF_Dict dictionary = state.dictionary({number});
        Payload& payload = *payload_of(dictionary);
        assert(payload.has_text && "an object was reserved and never written");
        if (payload.is_stream) continue;
        gathered.bytes.clear();
        stream->size = 0;
        const HPDF_STATUS status = HPDF_Obj_WriteValue(dictionary, stream.get(), nullptr);
        if (gathered.out_of_memory) throw std::bad_alloc();
        state.check(status, "write an object");
        payload.entries = {};
        if (!state.options.object_streams) {
            state.write_object(number, gathered.bytes);
            continue;
        }
        packed.push_back({number, gathered.bytes});
        if (packed.size() == objects_in_stream * streams_at_a_time) write_packed();
    }
    write_packed();
}

std::string PdfDocument::trailer_entries(std::size_t size) const {
    const void* bytes = state_->options.identifier.data();
    const std::string identifier = pdf_byte_string({static_cast<const char*>(bytes), state_->options.identifier.size()});
    return "/Size " + std::to_string(size) + "/Root " + pdf_reference(catalog()) + "/Info " +
           pdf_reference(State::reference(state_->raw()->info)) + "/ID[" + identifier + identifier + "]";
}

// ISO 32000-1, 7.5.4: twenty bytes for each object.
void PdfDocument::write_table() {
    State& state = *state_;
    constexpr std::uint64_t most = 9'999'999'999; // ten digits
    const std::uint64_t at = state.offset;
    if (at > most) throw PdfError("the file is too large for a cross-reference table: allow object streams");
    state.write("xref\n0 " + std::to_string(state.rows.size()) + "\n");
    std::string table;
    for (std::size_t number = 0; number < state.rows.size(); ++number) {
        std::string digits = std::to_string(state.rows[number].field2);
        table += std::string(10 - digits.size(), '0') + digits + (number == 0 ? " 65535 f \n" : " 00000 n \n");
    }
    state.write(table);
    state.write("trailer\n<<" + trailer_entries(state.rows.size()) + ">>\nstartxref\n" + std::to_string(at) + "\n%%EOF\n");
}

void PdfDocument::write_cross_reference_stream() {
    State& state = *state_;
    const std::uint64_t at = state.offset;
    const auto own = static_cast<std::uint32_t>(state.rows.size());
    state.rows.push_back({1, at, 0});
    std::string table;
    for (std::size_t number = 0; number < state.rows.size(); ++number) {
        append_bytes(table, static_cast<std::uint64_t>(state.rows[number].type), 1);
        append_bytes(table, state.rows[number].field2, 5);
        append_bytes(table, number == 0 ? 0xFFFF : state.rows[number].field3, 2);
    }
    const std::string data = deflate_zlib(with_up_predictor(table, 8));
    state.write(std::to_string(own) + " 0 obj\n<</Type/XRef/W[1 5 2]" + trailer_entries(state.rows.size()) +
                "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>/Length " + std::to_string(data.size()) +
                ">>\nstream\n" + data + "\nendstream\nendobj\nstartxref\n" + std::to_string(at) + "\n%%EOF\n");
}

void PdfDocument::finish(const TaskPool& pool) {
    assert(state_->sink);
    write_dictionaries(pool);
    if (state_->options.object_streams)
        write_cross_reference_stream();
    else
        write_table();
    state_->sink = nullptr;
}

void PdfDocument::save(Sink& sink, const TaskPool& pool, const SaveOptions& options) {
    begin(sink, options);
    finish(pool);
}

} // namespace bifolio
