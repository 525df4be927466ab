// markdown_item.h: a block of Markdown that may still meet its caption or its attributes. Internal to the converter.
#pragma once

#include "read/markdown_converter.h"

namespace bifolio {

struct MarkdownConverter::Item {
    enum class Kind : std::uint8_t { block, html, attributes };
    Kind kind = Kind::block;
    Block block; // for attributes: the line as a paragraph
    cmark_node* node = nullptr;
    AttributeList list; // of an attribute line; of a caption
    bool table_caption = false, figure_caption = false;
    std::size_t first_line = 0, last_line = 0;
};

// “Table:” and “Figure:” begin a caption; the words after them are it.
void drop_label(Inlines& inlines, std::size_t size);
// Attributes that an author gave to a block. Of a figure with one picture the measures go to the picture.
void apply_to(const AttributeList& list, Block& block);

} // namespace bifolio
