#include "assemble/lowering.h"

#include "base/overloaded.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace bifolio {

namespace {

std::string_view alignment_class(CellAlignment alignment) {
    switch (alignment) {
    case CellAlignment::unset: return "";
    case CellAlignment::left: return "align-left";
    case CellAlignment::centre: return "align-centre";
    case CellAlignment::right: return "align-right";
    case CellAlignment::decimal: return "align-decimal";
    }
    return "";
}

Element element_of(DivisionKind kind) {
    switch (kind) {
    case DivisionKind::division: return Element::div;
    case DivisionKind::section: return Element::section;
    case DivisionKind::article: return Element::article;
    case DivisionKind::aside: return Element::aside;
    case DivisionKind::header: return Element::header;
    case DivisionKind::footer: return Element::footer;
    case DivisionKind::navigation: return Element::nav;
    case DivisionKind::address: return Element::address;
    case DivisionKind::main: return Element::div; // HTML allows one main, and none within an article
    }
    return Element::div;
}

struct CallOutWord {
    std::string_view class_name, word;
};
CallOutWord word_of(CallOutKind kind, const Words& words) {
    switch (kind) {
    case CallOutKind::note: return {"note", words.note};
    case CallOutKind::tip: return {"tip", words.tip};
    case CallOutKind::important: return {"important", words.important};
    case CallOutKind::warning: return {"warning", words.warning};
    case CallOutKind::caution: return {"caution", words.caution};
    case CallOutKind::care: return {"care", words.care};
    case CallOutKind::dose: return {"dose", words.dose};
    case CallOutKind::contact: return {"contact", words.contact};
    }
    return {"note", words.note};
}

// Also of bodies within bodies: how high the headings begin.
int highest_level(const Blocks& blocks) {
    int highest = 7;
    const auto look = [&](const Blocks& inner) { highest = std::min(highest, highest_level(inner)); };
    for (const Block& block : blocks)
        std::visit(overloaded{
                       [](const Paragraph&) {},
                       [&](const Heading& heading) { highest = std::min(highest, heading.level); },
                       [&](const Quote& quote) { look(quote.body); },
                       [](const CodeBlock&) {},
                       [](const ThematicBreak&) {},
                       [&](const List& list) {
                           for (const ListItem& item : list.items) look(item.body);
                       },
                       [](const DefinitionList&) {},
                       [](const Table&) {},
                       [](const Figure&) {},
                       [&](const CallOut& call_out) { look(call_out.body); },
                       [&](const Division& division) { look(division.body); },
                   },
                   block.node);
    return highest;
}

constexpr std::string_view index_class = "index", range_class = "index-range";

bool has(const NodeInfo& info, std::string_view class_name) {
    return std::find(info.classes.begin(), info.classes.end(), class_name) != info.classes.end();
}

// In XHTML it is called “data-entry”.
std::string index_attribute(const NodeInfo& info, std::string_view name) {
    for (const Attribute& one : info.attributes)
        if (one.name == name || (one.name.starts_with("data-") && std::string_view(one.name).substr(5) == name))
            return collapsed(one.value);
    return {};
}

// The words that stand last in a block; nullptr: it has none.
const Inlines* last_words(const Block& block);
const Inlines* last_words(const Blocks& blocks) {
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
        if (const Inlines* words = last_words(*block)) return words;
    return nullptr;
}
const Inlines* last_words(const std::vector<TableRow>& rows) {
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        for (auto cell = row->cells.rbegin(); cell != row->cells.rend(); ++cell)
            if (const Inlines* words = last_words(cell->body)) return words;
    return nullptr;
}
const Inlines* last_words(const Block& block) {
    return std::visit(overloaded{
                          [](const Paragraph& paragraph) { return &paragraph.body; },
                          [](const Heading& heading) { return &heading.title; },
                          [](const Quote& quote) { return last_words(quote.body); },
                          [](const CodeBlock&) -> const Inlines* { return nullptr; },
                          [](const ThematicBreak&) -> const Inlines* { return nullptr; },
                          [](const List& list) {
                              const Inlines* words = nullptr;
                              for (auto item = list.items.rbegin(); !words && item != list.items.rend(); ++item)
                                  words = last_words(item->body);
                              return words;
                          },
                          [](const DefinitionList& list) {
                              const Inlines* words = nullptr;
                              for (auto item = list.items.rbegin(); !words && item != list.items.rend(); ++item)
                                  for (auto one = item->definitions.rbegin(); !words && one != item->definitions.rend(); ++one)
                                      words = last_words(one->second);
                              return words;
                          },
                          [](const Table& table) {
                              const Inlines* words = table.foot ? last_words(table.foot->rows) : nullptr;
                              for (auto group = table.bodies.rbegin(); !words && group != table.bodies.rend(); ++group)
                                  words = last_words(group->rows);
                              return words;
                          },
                          [](const Figure& figure) { return figure.caption.empty() ? last_words(figure.body) : &figure.caption; },
                          [](const CallOut& call_out) { return last_words(call_out.body); },
                          [](const Division& division) { return last_words(division.body); },
                      },
                      block.node);
}

bool is_description(const Block& block) { return std::holds_alternative<Division>(block.node) && has(block.info, "description"); }

bool is_plain(const NodeInfo& info) {
    return info.id.empty() && info.classes.empty() && info.language.empty() && info.attributes.empty();
}

// A label that the author wrote: “Table 3: …”. Then the caption gets no second one. Empty: there is none.
std::string written_label(std::string_view caption, std::string_view pattern) {
    std::string_view word = trimmed(pattern.substr(0, pattern.find("{}")));
    if (caption.size() <= word.size() || !equals_ignoring_ascii_case(caption.substr(0, word.size()), word)) return "";
    std::size_t at = word.size();
    while (at < caption.size() && (caption[at] == ' ' || caption[at] == '\n')) ++at;
    const std::size_t digits = at;
    while (at < caption.size() &&
           ((caption[at] >= '0' && caption[at] <= '9') ||
            (caption[at] == '.' && at + 1 < caption.size() && caption[at + 1] >= '0' && caption[at + 1] <= '9')))
        ++at;
    return at == digits ? "" : collapsed(caption.substr(0, at));
}

} // namespace

Lowering::Lowering(Assembly& assembly, std::size_t fragment, Tree& tree, std::size_t scope, int first_level)
    : assembly_(&assembly), tree_(&tree), fragment_(fragment), scope_(scope), first_level_(first_level) {}

void Lowering::body(const Blocks& written, bool reported) {
    const int highest = highest_level(written);
    // A body that begins at h2, below its title, or at h1 like an old page, is in order. One that begins at h3 has left one out.
    level_above_ = reported ? std::min(highest - 1, 1) : highest - 1;
    levels_reported_ = reported;
    blocks(written);
}

void Lowering::blocks(const Blocks& written) {
    for (std::size_t i = 0; i < written.size(); ++i) {
        open_range(written, i);
        const NodeId begin{static_cast<std::uint32_t>(fragment().nodes.size())};
        block(written[i], {});
        const bool is_figure = std::holds_alternative<Figure>(written[i].node) && index(begin) < fragment().nodes.size();
        if (is_figure && i + 1 < written.size() && is_description(written[i + 1]))
            describe(begin, written[++i]);
        else if (is_figure)
            link_description(begin);
    }
}

bool Lowering::is_left_out(const NodeInfo& info) const {
    const auto has = [&](std::string_view name) {
        return std::find(info.classes.begin(), info.classes.end(), name) != info.classes.end();
    };
    return assembly_->selection.clinic ? has("no-clinic") : has("clinic-only");
}

void Lowering::register_node(NodeId node, const NodeInfo& written) {
    if (assembly_->has_index && (has(written, index_class) || has(written, range_class))) {
        const auto range = std::find_if(index_ranges_.begin(), index_ranges_.end(),
                                        [&](const IndexRange& one) { return one.begin == &written; });
        if (range != index_ranges_.end()) range->mark = fragment().index_marks.size();
        fragment().index_marks.push_back({node, no_node, index_attribute(written, "entry"), index_attribute(written, "sort"),
                                          index_attribute(written, "see"), index_attribute(written, "see-also"),
                                          has(written, "main"), written.where});
    }
    if (written.id.empty()) return;
    if (!scope().ids.try_emplace(written.id, FragmentPlace{fragment_, node}).second)
        assembly_->diagnostics.error("assemble.duplicate-id", written.where, "the id ‘" + written.id + "’ is used twice",
                                     {"give one of the two places another id"});
    assembly_->name_node((*tree_)[node], scope().id_prefix + written.id);
}

// A block's own words, or those of all that stand below a heading, as far as the next one of its rank.
void Lowering::open_range(const Blocks& written, std::size_t at) {
    const Block& first = written[at];
    if (!assembly_->has_index || !has(first.info, range_class)) return;
    std::size_t end = at + 1;
    if (const auto* heading = std::get_if<Heading>(&first.node))
        for (; end < written.size(); ++end)
            if (const auto* next = std::get_if<Heading>(&written[end].node); next && next->level <= heading->level) break;
    const Inlines* last = nullptr;
    while (!last && end > at) last = last_words(written[--end]);
    if (last) index_ranges_.push_back({&first.info, last});
}

void Lowering::close_ranges(const Inlines& written) {
    for (const IndexRange& range : index_ranges_)
        if (range.end == &written && range.mark != no_mark) {
            const auto end = tree_->element(Element::span, "index-end");
            fragment().index_marks[range.mark].end = end;
        }
    std::erase_if(index_ranges_, [&](const IndexRange& range) { return range.end == &written; });
}

void Lowering::block(const Block& block, Surroundings surroundings) {
    if (is_left_out(block.info)) return;
    std::visit(overloaded{
                   [&](const Paragraph& node) { paragraph(block.info, node, surroundings); },
                   [&](const Heading& node) { heading(block.info, node); },
                   [&](const Quote& node) {
                       const auto open = tree_->element(Element::blockquote, block.info);
                       register_node(open, block.info);
                       ++quoted_;
                       blocks(node.body);
                       --quoted_;
                   },
                   [&](const CodeBlock& node) { code_block(block.info, node); },
                   [&](const ThematicBreak&) {
                       const auto open = tree_->element(Element::hr, block.info);
                       register_node(open, block.info);
                   },
                   [&](const List& node) { list(block.info, node); },
                   [&](const DefinitionList& node) { definition_list(block.info, node); },
                   [&](const Table& node) { table(block.info, node, true); },
                   [&](const Figure& node) { figure(block.info, node); },
                   [&](const CallOut& node) { call_out(block.info, node); },
                   [&](const Division& node) { division(block.info, node); },
               },
               block.node);
}

void Lowering::paragraph(const NodeInfo& info, const Paragraph& paragraph, Surroundings surroundings) {
    const auto open = tree_->element(Element::p, info, surroundings.tight ? "tight" : "");
    register_node(open, info);
    if (surroundings.task) {
        {
            const auto mark = tree_->element(Element::span, "task-mark");
            tree_->text(*surroundings.task ? "☑" : "☐");
        }
        tree_->text(" ");
    }
    inlines(paragraph.body);
}

int Lowering::level_of(const NodeInfo& info, const Heading& heading) {
    while (!open_levels_.empty() && open_levels_.back() >= heading.level) open_levels_.pop_back();
    const int above = open_levels_.empty() ? level_above_ : open_levels_.back();
    if (levels_reported_ && heading.level > above + 1)
        assembly_->diagnostics.warning("assemble.skipped-heading", info.where,
                                       "a heading of level " + std::to_string(heading.level) + " follows one of level " +
                                           std::to_string(above),
                                       {"write it as level " + std::to_string(above + 1) + "; the book shows it so"});
    open_levels_.push_back(heading.level);
    return std::min(6, first_level_ - 1 + static_cast<int>(open_levels_.size()));
}

// Something that is seen: not only spaces, characters without a form, pictures without words.
bool Lowering::says_something(const Inlines& written) const {
    const auto is_seen = [](std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const Decoded one = decode_utf8(text, at);
            const auto c = static_cast<UChar32>(one.code_point);
            at += one.size;
            if (!u_isUWhiteSpace(c) && !u_iscntrl(c) && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
        }
        return false;
    };
    return std::ranges::any_of(written, [&](const Inline& one) {
        if (is_left_out(one.info)) return false;
        return std::visit(overloaded{
                              [&](const Text& node) { return is_seen(node.text); },
                              [&](const Code& node) { return is_seen(node.text); },
                              [&](const Phrase& node) { return says_something(node.body); },
                              [&](const Link& node) { return node.body.empty() || says_something(node.body); },
                              [&](const Image& node) { return is_seen(node.alternative); },
                              [](const LineBreak&) { return false; },
                              [](const WordBreak&) { return false; },
                              [](const auto&) { return true; },
                          },
                          one.node);
    });
}

void Lowering::heading(const NodeInfo& info, const Heading& heading) {
    // A note is set elsewhere than it is called, and HTML allows no heading in a header cell or an address: such a one heads
    // nothing that follows. Nor does one without words: on paper it would be no heading, and the next one would skip its level.
    const bool heads = in_note_ == 0 && plain_places_ == 0 && says_something(heading.title);
    const int level = heads ? level_of(info, heading) : 0;
    const auto open = heads ? tree_->element(heading_element(level), info) : tree_->element(Element::p, info, "heading");
    register_node(open, info);
    without_terms(heading.title);
    const NodeId id = open;
    (*tree_)[id].end = NodeId{static_cast<std::uint32_t>(fragment().nodes.size())}; // complete, though not yet closed
    if (info.id.empty()) {
        const std::string words = line_of_text(fragment().nodes, id);
        const std::string anchor = heading_anchor(words);
        const int before = scope().same_anchors[anchor]++;
        scope().anchors.try_emplace(before == 0 ? anchor : anchor + "-" + std::to_string(before), FragmentPlace{fragment_, id});
        std::string name = id_slug(words);
        assembly_->name_node((*tree_)[id], scope().id_prefix + (name.empty() ? "heading" : name));
    }
    if (heads && quoted_ == 0) fragment().headings.push_back({id, level});
}

void Lowering::code_block(const NodeInfo& info, const CodeBlock& code) {
    const auto open = tree_->element(Element::pre, info, "code-block");
    register_node(open, info);
    const auto inner = tree_->element(Element::code, code.language.empty() ? "" : "language-" + code.language);
    std::string text = code.text;
    if (text.ends_with('\n')) text.pop_back(); // it ends the last line; it is no line of its own
    tree_->text(std::move(text));
}

void Lowering::list(const NodeInfo& info, const List& list) {
    const bool tasks =
        std::any_of(list.items.begin(), list.items.end(), [](const ListItem& item) { return item.checked.has_value(); });
    const auto open = tree_->element(list.ordered ? Element::ol : Element::ul, info,
                                     std::string(list.tight ? "tight" : "") + (tasks ? " task-list" : ""));
    register_node(open, info);
    if (list.ordered && list.start != 1 && !attribute((*tree_)[open], "start"))
        (*tree_)[open].info.attributes.push_back({"start", std::to_string(list.start)});
    for (const ListItem& item : list.items) list_item(item, list.tight);
}

void Lowering::list_item(const ListItem& item, bool tight) {
    if (is_left_out(item.info)) return;
    const auto open = tree_->element(Element::li, item.info, !item.checked ? "" : *item.checked ? "task done" : "task");
    register_node(open, item.info);
    Surroundings first{tight, item.checked};
    if (item.checked && (item.body.empty() || !std::holds_alternative<Paragraph>(item.body.front().node) ||
                         is_left_out(item.body.front().info))) {
        paragraph({}, {}, {true, item.checked}); // the mark needs a line of its own
        first.task.reset();
    }
    for (std::size_t i = 0; i < item.body.size(); ++i) {
        open_range(item.body, i);
        block(item.body[i], first);
        first.task.reset();
    }
}

void Lowering::definition_list(const NodeInfo& info, const DefinitionList& list) {
    const auto open = tree_->element(Element::dl, info);
    register_node(open, info);
    const auto item_content = [&](const DefinitionItem& item) {
        for (const auto& [term_info, term] : item.terms) {
            const auto dt = tree_->element(Element::dt, term_info);
            register_node(dt, term_info);
            without_terms(term);
        }
        for (const auto& [definition_info, definition] : item.definitions) {
            const auto dd = tree_->element(Element::dd, definition_info);
            register_node(dd, definition_info);
            ++quoted_;
            blocks(definition);
            --quoted_;
        }
    };
    for (const DefinitionItem& item : list.items) {
        if (is_left_out(item.info)) continue;
        if (is_plain(item.info)) {
            item_content(item);
            continue;
        }
        const auto group = tree_->element(Element::div, item.info); // only a group can carry what was written on the item
        register_node(group, item.info);
        item_content(item);
    }
}

void Lowering::caption(NodeId owner, Element element, CaptionKind kind, const NodeInfo& info, const Inlines& text) {
    if (text.empty()) return;
    const auto open = tree_->element(element, info);
    register_node(open, info);
    const Words& words = words_for(tree_->language());
    const std::string_view pattern = kind == CaptionKind::table ? words.table : words.figure;
    std::string label = written_label(plain_text(text), pattern);
    if (label.empty()) {
        std::uint32_t& count = kind == CaptionKind::table ? assembly_->tables : assembly_->figures;
        label = fill(pattern, std::to_string(++count));
        const auto span = tree_->element(Element::span, "label");
        tree_->text(label + std::string(words.label_end));
    }
    without_terms(text);
    fragment().captions.push_back({owner, open, kind, std::move(label)});
}

void Lowering::table(const NodeInfo& info, const Table& table, bool labelled) {
    const auto open = tree_->element(Element::table, info);
    register_node(open, info);
    ++quoted_;
    if (labelled) caption(open, Element::caption, CaptionKind::table, table.caption_info, table.caption);
    const bool has_columns = std::any_of(table.columns.begin(), table.columns.end(), [](const TableColumn& column) {
        return column.alignment != CellAlignment::unset || !column.width.empty();
    });
    if (has_columns) {
        const auto group = tree_->element(Element::colgroup);
        for (const TableColumn& column : table.columns) {
            const auto col = tree_->element(Element::col, alignment_class(column.alignment));
            if (!column.width.empty()) (*tree_)[col].info.attributes.push_back({"width", column.width});
        }
    }
    if (table.head) table_rows(Element::thead, *table.head, table);
    for (const TableRowGroup& group : table.bodies) table_rows(Element::tbody, group, table);
    if (table.foot) table_rows(Element::tfoot, *table.foot, table);
    --quoted_;
}

void Lowering::table_rows(Element element, const TableRowGroup& group, const Table& table) {
    const auto open = tree_->element(element, group.info);
    register_node(open, group.info);
    std::vector<int> reaching; // by column: how many more rows a cell from above reaches into
    for (const TableRow& row : group.rows) {
        if (is_left_out(row.info)) continue;
        const auto tr = tree_->element(Element::tr, row.info);
        register_node(tr, row.info);
        std::size_t column = 0;
        std::vector<int> next(reaching.size());
        std::transform(reaching.begin(), reaching.end(), next.begin(), [](int rows) { return std::max(0, rows - 1); });
        for (const TableCell& cell : row.cells) {
            while (column < reaching.size() && reaching[column] > 0) ++column;
            const std::size_t end = column + static_cast<std::size_t>(std::max(1, cell.column_span));
            std::string classes;
            if (&cell == &row.cells.front() && column > 0) classes = "inner-start";
            if (&cell == &row.cells.back() && end < reaching.size() &&
                std::any_of(reaching.begin() + static_cast<std::ptrdiff_t>(end), reaching.end(),
                            [](int rows) { return rows > 0; }))
                classes += classes.empty() ? "inner-end" : " inner-end";
            table_cell(cell, element, column < table.columns.size() ? table.columns[column].alignment : CellAlignment::unset,
                       classes);
            if (cell.row_span > 1) {
                if (next.size() < end) next.resize(end);
                std::fill(next.begin() + static_cast<std::ptrdiff_t>(column), next.begin() + static_cast<std::ptrdiff_t>(end),
                          cell.row_span - 1);
            }
            column = end;
        }
        reaching = std::move(next);
    }
}

void Lowering::table_cell(const TableCell& cell, Element group, CellAlignment column_alignment, std::string classes) {
    const CellAlignment alignment = cell.alignment == CellAlignment::unset ? column_alignment : cell.alignment;
    const std::string_view aligned = alignment_class(alignment);
    if (!aligned.empty()) classes = std::string(aligned) + (classes.empty() ? "" : " " + classes);
    const auto open = tree_->element(cell.header ? Element::th : Element::td, cell.info, classes);
    register_node(open, cell.info);
    const auto set = [&](std::string_view name, std::string value) {
        if (!attribute((*tree_)[open], name)) (*tree_)[open].info.attributes.push_back({std::string(name), std::move(value)});
    };
    if (cell.column_span > 1) set("colspan", std::to_string(cell.column_span));
    if (cell.row_span > 1) set("rowspan", std::to_string(cell.row_span));
    if (cell.header && group == Element::thead) set("scope", cell.column_span > 1 ? "colgroup" : "col");
    if (cell.header && group != Element::thead) set("scope", cell.row_span > 1 ? "rowgroup" : "row");
    plain_places_ += cell.header;
    cell_content(cell.body);
    plain_places_ -= cell.header;
}

void Lowering::cell_content(const Blocks& written) {
    const Paragraph* only =
        written.size() == 1 && is_plain(written.front().info) ? std::get_if<Paragraph>(&written.front().node) : nullptr;
    if (only)
        inlines(only->body);
    else
        blocks(written);
}

void Lowering::figure(const NodeInfo& info, const Figure& figure) {
    const Table* only_table = figure.body.size() == 1 ? std::get_if<Table>(&figure.body.front().node) : nullptr;
    const auto open = tree_->element(Element::figure, info, only_table ? "table-figure" : "");
    register_node(open, info);
    ++quoted_;
    if (only_table)
        table(figure.body.front().info, *only_table, true);
    else
        cell_content(figure.body);
    // A table with a caption of its own has its number already; the figure's caption is then only a text.
    if (only_table && !only_table->caption.empty() && !figure.caption.empty()) {
        const auto text = tree_->element(Element::figcaption, figure.caption_info);
        register_node(text, figure.caption_info);
        inlines(figure.caption);
    } else {
        caption(open, Element::figcaption, only_table ? CaptionKind::table : CaptionKind::figure, figure.caption_info,
                figure.caption);
    }
    --quoted_;
}

// “Description: Figure 2”
std::string Lowering::title_of_description(NodeId figure) {
    const Words& words = words_for(tree_->language());
    const auto& captions = fragment().captions;
    const bool labelled = !captions.empty() && captions.back().node == figure;
    return std::string(words.description) + (labelled ? std::string(words.colon) + captions.back().label : std::string());
}

// Where the description stands elsewhere, a line that leads there.
void Lowering::link_description(NodeId figure) {
    const auto& links = fragment().links;
    const auto described =
        std::find_if(links.begin(), links.end(), [&](const PendingLink& one) { return one.describes && one.node >= figure; });
    if (described == links.end()) return;
    PendingLink link = *described;
    link.describes = false;
    const auto paragraph = tree_->element(Element::p, "description-link");
    const auto open = tree_->element(Element::a);
    link.node = open;
    tree_->text(title_of_description(figure));
    fragment().links.push_back(std::move(link));
}

void Lowering::describe(NodeId figure, const Block& description) {
    if (is_left_out(description.info)) return;
    const auto open = tree_->element(Element::div, description.info);
    const NodeId made = open;
    register_node(open, description.info);
    if (description.info.id.empty()) {
        const std::string& of = (*tree_)[figure].info.id;
        assembly_->name_node((*tree_)[open], of.empty() ? scope().id_prefix + "description" : of + "-description");
    }
    ++quoted_;
    {
        const auto line = tree_->element(Element::p, "description-title");
        tree_->text(title_of_description(figure));
    }
    blocks(std::get<Division>(description.node).body);
    --quoted_;
    for (std::uint32_t at = index(figure); at < index(made); ++at)
        if (Node& node = fragment().nodes[at]; node.element == Element::img) {
            fragment().targets.emplace_back(NodeId{at}, FragmentPlace{fragment_, made});
            break;
        }
}

void Lowering::call_out(const NodeInfo& info, const CallOut& call_out) {
    const auto [class_name, word] = word_of(call_out.kind, words_for(info.language.empty() ? tree_->language() : info.language));
    const auto open = tree_->element(Element::aside, info, "call-out " + std::string(class_name));
    register_node(open, info);
    ++quoted_;
    {
        const auto title = tree_->element(Element::p, "call-out-title");
        if (call_out.title.empty())
            tree_->text(std::string(word));
        else
            without_terms(call_out.title);
    }
    blocks(call_out.body);
    --quoted_;
}

void Lowering::division(const NodeInfo& info, const Division& division) {
    Element element = element_of(division.kind);
    // Two landmarks of one kind are told apart by their names only (WCAG's landmark-unique).
    if (element == Element::nav && std::ranges::find(info.attributes, "aria-label", &Attribute::name) == info.attributes.end())
        element = Element::div;
    const auto open = tree_->element(element, info, division.kind == DivisionKind::main ? "main" : "");
    register_node(open, info);
    const bool plain = division.kind == DivisionKind::address;
    const bool beside = division.kind == DivisionKind::aside || division.kind == DivisionKind::navigation;
    quoted_ += beside;
    plain_places_ += plain;
    blocks(division.body);
    plain_places_ -= plain;
    quoted_ -= beside;
}

} // namespace bifolio
