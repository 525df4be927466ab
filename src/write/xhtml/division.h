// division.h: where a section that is too large for one document is divided.
//
// Where      Before a heading, the higher the better, else before a block, an item of a list or a term; never behind what heads
//            something. A table, an item, a figure, a box, a paragraph or a block of code is divided only where it alone is too
//            large: a table between rows that no cell spans, a row within its cells, words behind a sentence, else behind a word,
//            code behind a line; where there is no space, where a line may end (UAX 14), else between grapheme clusters (UAX 29).
// Whole      Pictures, headings, captions, heads of tables, headers, terms, notes, rows that a cell spans, quotations in the
//            line, ruby.
#pragma once

#include "write/xhtml/documents.h"
#include "write/xhtml/page_mark.h"

#include <cstddef>
#include <span>
#include <vector>

namespace bifolio {

// Where the second and each further document begins.
std::vector<BookPlace> cuts_of(const Book& book, NodeId root, std::size_t most_bytes, std::span<const PageMark> page_marks);

// The innermost element that cannot be divided and alone makes the document so large; no_node: many together do.
NodeId too_large_part(const Book& book, const Document& document, std::size_t most_bytes);

} // namespace bifolio
