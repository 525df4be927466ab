// limits.h: how much of anything the program will take from a file. All bounds on hostile input are in this one place.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bifolio::limits {

inline constexpr std::uint64_t text_file_bytes = 32u << 20;        // one article, plan, stylesheet or table
inline constexpr std::uint64_t picture_file_bytes = 512u << 20;    // one picture or font file
inline constexpr std::uint64_t picture_pixels = 400'000'000;       // width × height after decoding
inline constexpr std::uint32_t picture_side = 65'535;              // pixels on one side
inline constexpr std::uint64_t picture_decoded_bytes = 512u << 20; // samples of one picture, alpha included
inline constexpr std::size_t files_in_book = 100'000;
inline constexpr std::size_t nesting_depth = 100; // blocks in blocks, inlines in inlines, elements, YAML levels, CSS blocks
inline constexpr std::size_t nodes_in_article = 2'000'000;
inline constexpr std::size_t table_columns = 1'000;
inline constexpr std::size_t table_cells = 1'000'000; // of one table, spans counted out
inline constexpr std::size_t yaml_nodes = 1'000'000;
inline constexpr std::uint64_t stylesheet_bytes = 8u << 20; // one style file; a large one of the web has 0.5 MB
inline constexpr std::size_t css_import_depth = 16;
inline constexpr std::size_t css_variable_bytes = 64u << 10; // one custom property after substitution
inline constexpr std::size_t svg_commands = 300'000;         // after <use> is expanded
inline constexpr std::size_t svg_points = 10'000'000;        // of all paths of one drawing, texts counted by the room they take
inline constexpr std::size_t svg_visits = 2'000'000;         // of elements, <use> expanded; long attributes count more
inline constexpr std::size_t svg_use_depth = 16;
inline constexpr std::uint64_t zip_entry_bytes = 512u << 20; // one entry after inflating
inline constexpr std::uint64_t zip_total_bytes = 2ull << 30;
inline constexpr std::size_t zip_entries = 65'000;
inline constexpr std::uint64_t epub_file_bytes = 1ull << 30;   // an EPUB to verify
inline constexpr std::uint64_t web_page_bytes = 1ull << 30;    // of a web edition, with its pictures, to prove
inline constexpr std::uint64_t xml_document_bytes = 64u << 20; // of it
inline constexpr std::size_t xml_nodes = 2'000'000;            // of one document
inline constexpr std::size_t xml_depth = 400;                  // elements in elements
inline constexpr std::size_t clinics = 10'000;
inline constexpr std::uint64_t font_list_bytes = 1u << 20;   // share/fonts/families.txt
inline constexpr std::size_t font_list_items = 64;           // on one of its lines
inline constexpr std::uint64_t pdf_file_bytes = 1ull << 30;  // a PDF to verify
inline constexpr std::int32_t pdf_object_number = 8'388'607; // of ISO 32000-1, annex C
inline constexpr std::uint64_t pdf_table_rows = 10'000'000;  // of cross-reference streams
inline constexpr std::uint64_t pdf_few_rows = 1'000'000;     // of them in any file; more need two bytes of the file each
inline constexpr int pdf_nesting = 100;                      // arrays and dictionaries in one another; forms in forms
inline constexpr std::size_t pdf_pages = 500'000;
inline constexpr std::uint64_t pdf_stream_bytes = 256u << 20;  // one stream after decoding
inline constexpr std::uint64_t pdf_content_bytes = 1ull << 30; // of all content streams as often as they are drawn
inline constexpr std::uint64_t pdf_decoded_bytes = 4ull
                                                   << 30; // of all streams as often as somebody asks, but for pictures to prove
inline constexpr std::uint64_t pdf_embedded_bytes = 64u << 20; // of files embedded in a PDF, which are verified as well
inline constexpr std::uint64_t pdf_stream_cost = 64;           // what a stream counts at least: empty ones take time, too
inline constexpr std::size_t pdf_annotations = 2'000'000;      // of all pages; some may share theirs
inline constexpr std::uint64_t pdf_metadata_bytes = 16u << 20; // one packet; those with thumbnails have some MB
inline constexpr std::size_t pdf_cmap_bytes = 4u << 20;        // the program of one CMap; the largest of Adobe have 0.7 MB
inline constexpr std::uint64_t pdf_cover_steps = 4'000'000'000; // of looking whether something is painted over a PDF's text
inline constexpr std::size_t pdf_cover_points = 1'000'000;      // of one path, of a page's clipping paths; glyphs of a page
inline constexpr int pdf_form_depth = 128;                     // forms drawn in forms; a drawing may nest nesting_depth groups
inline constexpr std::size_t pdf_saved_states = 10'000;        // q without Q, marked content in marked content
inline constexpr std::size_t pdf_structure_elements = 5'000'000;

} // namespace bifolio::limits
