// account_parts.h: an article's tree as flat lists, for the account of its source: what holds something, and the leaves that
// show characters of the file.
//
// Ownership  Everything points into the article, which must outlive it.
#pragma once

#include "model/article.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace bifolio {

enum class PartKind : std::uint8_t {
    article,
    title,
    paragraph,
    heading,
    quote,
    list,
    list_item,
    definition_list,
    term,
    definition,
    table,
    table_head,
    table_row,
    table_cell,
    figure,
    caption,
    call_out,
    call_out_title,
    division,
    note,
    phrase,
    link,
};

struct AccountPart {
    PartKind kind = PartKind::article;
    std::uint32_t parent = 0, depth = 0;
    std::uint32_t flow = 0; // the part whose leaves must follow each other in the file: the article, a note, a caption, …
    const NodeInfo* info = nullptr; // nullptr: the article
    const Inline* phrase = nullptr; // of a phrase or a link
    const ListItem* item = nullptr; // of a list item
    bool is_block = true;
};

enum class LeafKind : std::uint8_t { text, code, code_block, picture, line_break, word_break, rule, note_call, field, nothing };

struct AccountLeaf {
    LeafKind kind = LeafKind::nothing;
    std::uint32_t part = 0; // what holds it
    std::uint32_t order = 0;
    const NodeInfo* info = nullptr;
    std::string_view words; // of a text, of code
    const Image* picture = nullptr;
    const Figure* figure = nullptr;  // whose caption is the picture's title
    std::size_t begin = 0, end = 0;  // in the file, as the node says
    std::size_t first = 0, last = 0; // what of it was matched
    bool is_scattered = false;       // its words stand in several places, other text between them
};

struct AccountParts {
    std::vector<AccountPart> parts; // parents before what they hold
    std::vector<AccountLeaf> leaves;
};

AccountParts parts_of(const Article& article);

} // namespace bifolio
