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

constexpr std::size_t objects_in_stream = 200;
constexpr HPDF_UINT xref_entries_per_block = 1u << 20; // libharu grows its list by a fixed step, copying byte by byte

// What a dictionary prints. Owned by the dictionary (its `attr`), freed by its free_fn.
struct Payload {
    std::string entries;
    std::string data;
    bool is_stream = false, has_text = false;
    HPDF_Stream writing_to = nullptr;
};

Payload* payload_of(HPDF_Dict dictionary) { return static_cast<Payload*>(dictionary->attr); }

HPDF_STATUS put(HPDF_Stream stream, std::string_view bytes) noexcept {
    if (bytes.empty()) return HPDF_OK;
    const void* data = bytes.data();
    return HPDF_Stream_Write(stream, static_cast<const HPDF_BYTE*>(data), static_cast<HPDF_UINT>(bytes.size()));
}

// Called by libharu between << and >>. No exception may pass its frames.
HPDF_STATUS write_entries(HPDF_Dict dictionary, HPDF_Stream stream) noexcept {
    Payload* payload = payload_of(dictionary);
    payload->writing_to = stream;
    return put(stream, payload->entries);
}

HPDF_STATUS write_data(HPDF_Dict dictionary) noexcept {
    Payload* payload = payload_of(dictionary);
    if (!payload->is_stream) return HPDF_OK;
    HPDF_STATUS status = put(payload->writing_to, "\nstream\n");
    if (status == HPDF_OK) status = put(payload->writing_to, payload->data);
    if (status == HPDF_OK) status = put(payload->writing_to, "\nendstream");
    return status;
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

struct PdfDocument::State {
    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, FreeDocument> document{HPDF_New(nullptr, nullptr)};

    HPDF_Doc raw() const { return document.get(); }
    HPDF_Xref xref() const { return document->xref; }

    void check(HPDF_STATUS status, const char* doing) const {
        if (status != HPDF_OK)
            throw PdfError(std::string("libharu cannot ") + doing + " (status " + std::to_string(status) + ")");
    }

    // Makes a dictionary print our text.
    Payload& take_over(HPDF_Dict dictionary) const {
        assert(!dictionary->attr);
        auto payload = std::make_unique<Payload>();
        dictionary->before_write_fn = nullptr;
        dictionary->write_fn = write_entries;
        dictionary->after_write_fn = write_data;
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

PdfDocument::PdfDocument() : state_(std::make_unique<State>()) {
    if (!state_->document) throw PdfError("libharu cannot create a document");
    state_->xref()->entries->items_per_block = xref_entries_per_block;
    HPDF_Doc document = state_->raw();
    for (HPDF_Dict own :
         {static_cast<HPDF_Dict>(document->catalog), static_cast<HPDF_Dict>(document->root_pages), document->info}) {
        if (!own) throw PdfError("libharu made an incomplete document");
        state_->clear(own);
        state_->take_over(own);
    }
}

PdfDocument::~PdfDocument() = default;

PdfReference PdfDocument::reserve() {
    HPDF_Dict dictionary = HPDF_Dict_New(state_->raw()->mmgr);
    if (!dictionary) throw PdfError("libharu cannot make an object");
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
    payload->entries = std::move(entries) + "/Length " + std::to_string(data.size());
    payload->data = std::move(data);
    payload->is_stream = payload->has_text = true;
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

// A row of the cross-reference stream: type 1 is an offset, type 2 an object stream and the place in it.
struct XrefRow {
    int type = 0;
    std::uint64_t field2 = 0;
    std::uint32_t field3 = 0;
};

} // namespace

void PdfDocument::save(Sink& sink, const TaskPool& pool, const SaveOptions& options) {
    std::uint64_t offset = 0;
    const auto write = [&](std::string_view bytes) {
        sink.write(bytes);
        offset += bytes.size();
    };
    const auto write_object = [&](std::uint32_t number, std::string_view text) {
        write(std::to_string(number) + " 0 obj\n");
        write(text);
        write("\nendobj\n");
    };
    write("%PDF-" + std::string(options.version) + "\n%\xE2\xE3\xCF\xD3\n");

    const std::uint32_t count = state_->xref()->entries->count;
    std::vector<XrefRow> rows(count);
    std::vector<PackedObject> packed;
    Gathered gathered;
    const std::unique_ptr<HPDF_Stream_Rec, FreeStream> stream(HPDF_CallbackWriter_New(state_->raw()->mmgr, gather, &gathered));
    if (!stream) throw PdfError("libharu cannot make a stream");
    for (std::uint32_t number = 1; number < count; ++number) {
        HPDF_Dict dictionary = state_->dictionary({number});
        assert(payload_of(dictionary)->has_text && "an object was reserved and never written");
        gathered.bytes.clear();
        stream->size = 0;
        const HPDF_STATUS status = HPDF_Obj_WriteValue(dictionary, stream.get(), nullptr);
        if (gathered.out_of_memory) throw std::bad_alloc();
        state_->check(status, "write an object");
        if (payload_of(dictionary)->is_stream) {
            rows[number] = {1, offset, 0};
            write_object(number, gathered.bytes);
        } else {
            packed.push_back({number, gathered.bytes});
        }
        Payload& written = *payload_of(dictionary); // its memory is needed no more
        written.entries = {};
        written.data = {};
    }

    const std::size_t groups = (packed.size() + objects_in_stream - 1) / objects_in_stream;
    const auto streams = pool.map(groups, [&](std::size_t group) {
        const PackedObject* begin = packed.data() + group * objects_in_stream;
        return object_stream(begin, packed.data() + std::min((group + 1) * objects_in_stream, packed.size()));
    });
    for (std::size_t group = 0; group < groups; ++group) {
        const auto number = static_cast<std::uint32_t>(rows.size());
        for (std::size_t at = group * objects_in_stream; at < std::min(packed.size(), (group + 1) * objects_in_stream); ++at)
            rows[packed[at].number] = {2, number, static_cast<std::uint32_t>(at % objects_in_stream)};
        rows.push_back({1, offset, 0});
        write_object(number, streams[group]);
    }

    const std::uint64_t xref_offset = offset;
    rows.push_back({1, offset, 0});
    std::string table;
    for (std::size_t number = 0; number < rows.size(); ++number) {
        append_bytes(table, static_cast<std::uint64_t>(rows[number].type), 1);
        append_bytes(table, rows[number].field2, 5);
        append_bytes(table, number == 0 ? 0xFFFF : rows[number].field3, 2);
    }
    const std::string data = deflate_zlib(with_up_predictor(table, 8));
    const void* identifier_bytes = options.identifier.data();
    const std::string identifier = pdf_byte_string({static_cast<const char*>(identifier_bytes), options.identifier.size()});
    write_object(static_cast<std::uint32_t>(rows.size() - 1),
                 "<</Type/XRef/Size " + std::to_string(rows.size()) + "/W[1 5 2]/Root " + pdf_reference(catalog()) + "/Info " +
                     pdf_reference(State::reference(state_->raw()->info)) + "/ID[" + identifier + identifier +
                     "]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 8>>/Length " + std::to_string(data.size()) +
                     ">>\nstream\n" + data + "\nendstream");
    write("startxref\n" + std::to_string(xref_offset) + "\n%%EOF\n");
}

} // namespace bifolio
