// pdf_document.h: libharu as object writer: objects in, a file out. The only header of the program that stands for libharu.
//
// Objects    Every object is one of libharu's dictionaries whose text we write ourselves through its write hook; references may
//            be taken before the object has its text. Nothing of libharu's text, font, image or save calls is used (see
//            docs/dependencies.md).
// Saving     Our own loop. After begin() each stream goes to the sink as soon as it is set, so a page's content can be handed
//            over while later pages are still being made, and the file is never held whole. finish() packs the dictionaries into
//            object streams and writes a cross-reference stream with 64-bit offsets (ISO 32000-1, 7.5.7, 7.5.8), or PDF 1.4's
//            plain objects and table. Every write is checked by the sink, every status of libharu's here.
// Errors     PdfError when libharu runs out of memory or refuses; the document is then spoilt and must be dropped.
// Threads    One document, one thread. The object streams are compressed in the pool.
#pragma once

#include "base/task_pool.h"
#include "io/sink.h"
#include "write/pdf/pdf_syntax.h"

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bifolio {

class PdfError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Where libharu's memory comes from; for tests that let it run out. nullptr from allocate() means that there is none.
struct PdfMemory {
    void* (*allocate)(unsigned size);
    void (*release)(void* memory);
};

class PdfDocument {
public:
    explicit PdfDocument(const PdfMemory* memory = nullptr);
    ~PdfDocument();
    PdfDocument(const PdfDocument&) = delete;
    PdfDocument& operator=(const PdfDocument&) = delete;

    PdfReference reserve(); // an object whose text comes later; it must come before save()
    // `entries` is what stands between << and >>.
    void set_dictionary(PdfReference object, std::string entries);
    PdfReference add_dictionary(std::string entries);
    // Data as it is to stand in the file; name its filter in the entries. /Length is written here.
    void set_stream(PdfReference object, std::string entries, std::string data);
    PdfReference add_stream(std::string entries, std::string data);
    PdfReference add_compressed_stream(std::string entries, std::string_view data); // deflates, adds /Filter

    PdfReference catalog() const;   // its /Type and /Pages are there; add_to_catalog() adds the rest
    PdfReference page_tree() const; // the root of the page tree; set its /Kids and /Count with set_page_tree()
    void set_catalog(std::string entries);
    void set_page_tree(std::string entries);
    void set_information(std::string entries);

    struct SaveOptions {
        std::string_view version = "1.7";
        std::array<std::uint8_t, 16> identifier{};
        bool object_streams = true; // false: every object by itself and PDF 1.4's cross-reference table
    };
    void begin(Sink& sink, const SaveOptions& options); // the sink must live until finish()
    void finish(const TaskPool& pool);
    void save(Sink& sink, const TaskPool& pool, const SaveOptions& options); // both at once

private:
    void write_dictionaries(const TaskPool& pool);
    void write_table();
    void write_cross_reference_stream();
    std::string trailer_entries(std::size_t size) const;
    struct State; // hides libharu
    std::unique_ptr<State> state_;
};

} // namespace bifolio
