// pdf_file.h: a PDF file, ours or foreign, read once and for all into values.
//
// The split   libqpdf finds the objects: it reads (or rebuilds) the cross-reference table, decrypts, and mends what is broken.
//             The objects themselves are parsed here, on all threads, straight from the file's bytes: that takes a fraction of
//             the time. An object that this parser and the table do not agree on comes from libqpdf, and so does every object of
//             an encrypted or rebuilt file.
// Bounds      limits.h: size of the file, object numbers, nesting, decoded size of a stream, pages.
// Errors      UnreadablePdf when there is nothing to look at; whatever had to be mended is in repairs().
// Spec        ISO 32000-1, 7.5 (file structure), 7.4 (filters), 7.7.3 (page tree).
#pragma once

#include "base/task_pool.h"
#include "io/limits.h"
#include "verify/pdf_value.h"

#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class UnreadablePdf : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class LockedPdf : public UnreadablePdf { // it asks for a password, or for another one
public:
    using UnreadablePdf::UnreadablePdf;
};

struct DecodedStream {
    std::string bytes;   // as far as they could be decoded
    std::string problem; // empty: none
};

struct CrossReference { // one row of the table: where an object stands
    ObjectId id;
    std::uint64_t offset = 0;                  // in the file, of an object of its own
    std::int32_t object_stream = 0, index = 0; // of one in an object stream; object_stream 0: none
};

// How much of a file is looked at. A small file can ask for any amount of work; what lies beyond is left out, and is_beyond_limits().
struct PdfLimits {
    std::uint64_t content_bytes = limits::pdf_content_bytes;
    std::uint64_t decoded_bytes = limits::pdf_decoded_bytes;
    std::uint64_t embedded_bytes = limits::pdf_embedded_bytes;
    std::size_t annotations = limits::pdf_annotations;
    std::uint64_t cover_steps = limits::pdf_cover_steps; // for the proof
};

class PdfFile {
public:
    // `password`: of the reader or the owner, for a file that asks for one.
    PdfFile(std::string bytes, const TaskPool& pool, const std::string& password = {}, const PdfLimits& limits = {});
    ~PdfFile();
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;

    std::string_view bytes() const;
    PdfObject trailer() const;
    PdfObject catalog() const { return trailer()["Root"]; }
    PdfObject object(ObjectId id) const;
    std::span<const ObjectId> ids() const;                    // of all indirect objects, by number
    std::span<const CrossReference> cross_references() const; // of the same, in the same order
    bool is_encrypted() const;
    // What libqpdf had to mend or could not make out, in its words, one of each.
    std::span<const std::string> repairs() const;
    std::span<const std::string> oddities() const; // what it remarked on and every reader passes over

    // The decoded bytes of a stream; from any thread. Pictures (DCTDecode and its like) stay encoded after their other filters.
    DecodedStream decoded(const PdfObject& stream) const;
    DecodedStream decoded_picture(const PdfObject& stream) const; // the same; does not count: a book may have any number
    std::string decoded_cmap(const PdfObject& stream) const;      // empty where it is larger than any CMap
    const PdfLimits& limits() const;
    ObjectId page_tree_loop() const;                         // a node of the page tree that stands below itself or twice; 0: none
    bool is_beyond_limits() const;                           // something was left out
    void leave_out() const;                                  // says so
    std::string_view encoded(const PdfObject& stream) const; // as in the file; empty when only libqpdf can tell

    // The pages in order. index: from 0.
    std::span<const PdfObject> pages() const;
    PdfObject inherited(const PdfObject& page, std::string_view key) const; // Resources, MediaBox, CropBox, Rotate: 7.7.3.4
    std::size_t page_number(ObjectId page) const;                           // from 1; 0: no page
    std::vector<PdfObject> annotations(const PdfObject& page) const;

    const PdfValue* stored(ObjectId id) const; // nullptr: no such object

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace bifolio
