// Captions and attributes find the blocks that they belong to; HTML between blocks takes them in.
#include "base/utf8.h"
#include "read/markdown_item.h"

#include <algorithm>
#include <iterator>

#include <cmark-gfm.h>

namespace bifolio {

namespace {

void trim_front(Inlines& inlines) {
    while (!inlines.empty()) {
        auto* text = std::get_if<Text>(&inlines.front().node);
        if (!text) return;
        text->text.erase(0, std::min(text->text.find_first_not_of(" \t\n"), text->text.size()));
        if (!text->text.empty()) return;
        inlines.erase(inlines.begin());
    }
}

void mark_header_column(Table& table) {
    const auto mark = [](TableRowGroup& group) {
        for (TableRow& row : group.rows)
            if (!row.cells.empty()) row.cells.front().header = true;
    };
    for (TableRowGroup& body : table.bodies) mark(body);
    if (table.foot) mark(*table.foot);
}

bool has_class(const NodeInfo& info, std::string_view name) {
    return std::find(info.classes.begin(), info.classes.end(), name) != info.classes.end();
}

} // namespace

void drop_label(Inlines& inlines, std::size_t size) {
    auto& text = std::get<Text>(inlines.front().node).text;
    text.erase(0, size);
    trim_front(inlines);
}

void apply_to(const AttributeList& list, Block& block) {
    auto* figure = std::get_if<Figure>(&block.node);
    if (figure && !figure->body.empty()) {
        // Measures are the picture's, names the figure's.
        AttributeList measures, names = list;
        for (const Attribute& attribute : list.attributes)
            if (attribute.name == "width" || attribute.name == "height") measures.attributes.push_back(attribute);
        std::erase_if(names.attributes, [](const Attribute& a) { return a.name == "width" || a.name == "height"; });
        NodeInfo* picture_info = nullptr;
        auto* paragraph = std::get_if<Paragraph>(&figure->body.front().node);
        if (paragraph && only_picture(paragraph->body, picture_info)) {
            apply(measures, *picture_info);
            apply(names, block.info);
            return;
        }
    }
    apply(list, block.info);
    if (auto* table = std::get_if<Table>(&block.node); table && has_class(block.info, "header-column"))
        mark_header_column(*table);
}

Blocks MarkdownConverter::finished(Items items, std::size_t depth) {
    place_attribute_lines(items);
    place_captions(items);
    join_definition_lists(items);
    Blocks blocks;
    const bool has_html = std::any_of(items.begin(), items.end(), [](const Item& item) { return item.kind == Item::Kind::html; });
    if (has_html) {
        HtmlFragment fragment(reading_, false);
        for (Item& item : items) {
            if (item.kind == Item::Kind::html) {
                const std::string_view html = literal_of(item.node);
                OffsetMap map;
                std::size_t line = item.first_line;
                for (std::size_t at = 0; at < html.size() && line < reading_.source().lines(); ++line) {
                    const std::size_t end = std::min(html.find('\n', at), html.size());
                    const std::string_view whole = reading_.source().line(line), part = html.substr(at, end - at);
                    map.add(at, reading_.source().line_begin(line) + (whole.ends_with(part) ? whole.size() - part.size() : 0));
                    at = end + 1;
                }
                fragment.add_html(html, map);
            } else {
                fragment.add(std::move(item.block));
            }
        }
        return fragment.take_blocks(depth);
    }
    for (Item& item : items) blocks.push_back(std::move(item.block));
    return blocks;
}

// Each run of terms is a list of its own to cmark; what stands together is one.
void MarkdownConverter::join_definition_lists(Items& items) {
    Items joined_items;
    for (Item& item : items) {
        auto* next = item.kind == Item::Kind::block ? std::get_if<DefinitionList>(&item.block.node) : nullptr;
        auto* last = joined_items.empty() ? nullptr : std::get_if<DefinitionList>(&joined_items.back().block.node);
        if (next && last && item.block.info.id.empty() && item.block.info.classes.empty()) {
            std::move(next->items.begin(), next->items.end(), std::back_inserter(last->items));
            joined_items.back().block.info.where = joined(joined_items.back().block.info.where, item.block.info.where);
        } else {
            joined_items.push_back(std::move(item));
        }
    }
    items = std::move(joined_items);
}

// A line of attributes belongs to the block right above it, else to the one right below.
void MarkdownConverter::place_attribute_lines(Items& items) {
    Items kept;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        if (item.kind != Item::Kind::attributes) {
            kept.push_back(std::move(item));
            continue;
        }
        reading_.keep_known(item.list, item.block.info.where);
        Item* above = kept.empty() || kept.back().kind != Item::Kind::block ? nullptr : &kept.back();
        Item* below = i + 1 < items.size() && items[i + 1].kind == Item::Kind::block ? &items[i + 1] : nullptr;
        if (above && above->last_line + 1 == item.first_line) {
            apply_to(item.list, above->block);
            above->last_line = item.last_line;
        } else if (below && below->first_line == item.last_line + 1) {
            apply_to(item.list, below->block);
        } else {
            reading_.diagnostics().warning("read.loose-attributes", item.block.info.where,
                                           "these attributes stand beside no block and are set as text",
                                           {"put them on the line right below or right above a block"});
            item.kind = Item::Kind::block;
            kept.push_back(std::move(item));
        }
    }
    items = std::move(kept);
}

void MarkdownConverter::place_captions(Items& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].kind == Item::Kind::block && (items[i].table_caption || items[i].figure_caption)) place_caption(items, i);
    std::erase_if(items, [](const Item& item) { return item.node == nullptr; });
}

void MarkdownConverter::place_caption(Items& items, std::size_t at) {
    Item& item = items[at];
    auto* paragraph = std::get_if<Paragraph>(&item.block.node);
    if (!paragraph || paragraph->body.empty()) return;
    const auto* label = std::get_if<Text>(&paragraph->body.front().node);
    const std::size_t label_size = item.table_caption ? 6 : 7;
    if (!label || label->text.size() < label_size) return;
    const auto free_caption = [&](std::size_t index) -> Inlines* {
        if (index >= items.size() || items[index].kind != Item::Kind::block) return nullptr;
        auto* table = std::get_if<Table>(&items[index].block.node);
        auto* figure = std::get_if<Figure>(&items[index].block.node);
        Inlines* caption = item.table_caption ? (table ? &table->caption : nullptr) : (figure ? &figure->caption : nullptr);
        return caption && caption->empty() ? caption : nullptr;
    };
    std::size_t before = at;
    while (before > 0 && items[before - 1].node == nullptr) --before; // captions that found their place
    const std::size_t above = before == 0 ? items.size() : before - 1;
    const bool touches_above = above < items.size() && items[above].last_line + 1 == item.first_line;
    const bool touches_below = at + 1 < items.size() && item.last_line + 1 == items[at + 1].first_line;
    std::size_t target = above;
    if (!free_caption(above) || (touches_below && !touches_above && free_caption(at + 1))) target = at + 1;
    Inlines* caption = free_caption(target);
    if (!caption) {
        reading_.diagnostics().warning("read.loose-caption", item.block.info.where,
                                       item.table_caption ? "no table stands beside this caption; it is set as a paragraph"
                                                          : "no picture stands beside this caption; it is set as a paragraph");
        apply(item.list, item.block.info);
        return;
    }
    drop_label(paragraph->body, label_size);
    *caption = std::move(paragraph->body);
    Block& owner = items[target].block;
    if (auto* table = std::get_if<Table>(&owner.node)) table->caption_info.where = item.block.info.where;
    if (auto* figure = std::get_if<Figure>(&owner.node)) figure->caption_info.where = item.block.info.where;
    apply_to(item.list, owner);
    if (target < at) items[target].last_line = item.last_line;
    item.node = nullptr;
}

} // namespace bifolio
