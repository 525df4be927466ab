// continuation.h: how an element that is divided between documents looks in each of them, and what is said there again.
//
// Class      A block or a box that goes on from the document before has the class “continued” there, and no id. An item keeps its
//            number. A table says that it goes on, behind its caption or in one of its own.
// Again      Where a table goes on: its caption, its columns and its head, and the row of headers that its rows stand under;
//            where a definition does, its term; in a row whose cells are divided, the cells that stand in the other document,
//            empty, headers with their words. Not what would take too much room.
#pragma once

#include "write/xhtml/documents.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

// The node as `document` shows it; nullopt: as it is. It has some of it.
std::optional<Node> part_of(const Book& book, NodeId id, const Document& document);

// What is said again within `parent` before what stands at `from`, in it; in the order of the nodes.
std::vector<NodeId> said_again(const Book& book, NodeId parent, BookPlace from);
bool is_said_again_in_row(const Book& book, NodeId cell, BookPlace from); // else it is empty there

// “ (continued)”, which stands behind the caption of a table that goes on; of one without a caption: “(continued)”.
std::string_view word_of_continued(const Book& book, NodeId table);
bool has_caption(const Book& book, NodeId table);

// The number of the first item that `document` has of the ordered list, or of the rest of one.
std::int64_t number_of_item(const Book& book, NodeId list, BookPlace from);

// Nothing but headers, with words: it heads the rows below it.
bool is_row_of_headers(const Book& book, NodeId row);

} // namespace bifolio
