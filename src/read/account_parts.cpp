#include "read/account_parts.h"

#include "base/overloaded.h"

#include <algorithm>

namespace bifolio {

namespace {

class PartCollector {
public:
    explicit PartCollector(const Article& article) {
        made_.parts.push_back({});
        const std::uint32_t title = open(PartKind::title, 0, &article.title_info, true);
        add(article.title, title);
        add(article.body, 0);
    }

    AccountParts take() {
        const auto is_before = [](const AccountLeaf& a, const AccountLeaf& b) { return a.begin < b.begin; };
        if (!std::is_sorted(made_.leaves.begin(), made_.leaves.end(), is_before))
            std::stable_sort(made_.leaves.begin(), made_.leaves.end(), is_before);
        return std::move(made_);
    }

private:
    std::uint32_t open(PartKind kind, std::uint32_t parent, const NodeInfo* info, bool is_own_flow = false,
                       bool is_block = true) {
        AccountPart part;
        part.kind = kind;
        part.parent = parent;
        part.depth = made_.parts[parent].depth + 1;
        part.info = info;
        part.is_block = is_block;
        const auto id = static_cast<std::uint32_t>(made_.parts.size());
        part.flow = is_own_flow ? id : made_.parts[parent].flow;
        made_.parts.push_back(part);
        return id;
    }

    AccountLeaf& leaf(LeafKind kind, std::uint32_t part, const NodeInfo& info, std::string_view words = {}) {
        AccountLeaf made;
        made.kind = kind;
        made.part = part;
        made.order = static_cast<std::uint32_t>(made_.leaves.size());
        made.info = &info;
        made.words = words;
        made.begin = info.where.begin;
        made.end = std::max(info.where.begin, info.where.end);
        return made_.leaves.emplace_back(made);
    }

    // Marks of what holds nothing are still marks of something.
    void close(std::uint32_t part, std::size_t leaves_before) {
        if (made_.leaves.size() > leaves_before || !made_.parts[part].info) return;
        leaf(LeafKind::nothing, part, *made_.parts[part].info);
    }

    void add(const Inlines& inlines, std::uint32_t parent) {
        for (const Inline& i : inlines) add(i, parent);
    }

    void add(const Inline& i, std::uint32_t parent) {
        const auto holder = [&](PartKind kind, const Inlines& body) {
            const std::size_t before = made_.leaves.size();
            const std::uint32_t part = open(kind, parent, &i.info, false, false);
            made_.parts[part].phrase = &i;
            add(body, part);
            close(part, before);
        };
        std::visit(overloaded{
                       [&](const Text& text) { leaf(LeafKind::text, parent, i.info, text.text); },
                       [&](const Phrase& phrase) { holder(PartKind::phrase, phrase.body); },
                       [&](const Code& code) { leaf(LeafKind::code, parent, i.info, code.text); },
                       [&](const Link& link) { holder(PartKind::link, link.body); },
                       [&](const Image& image) { leaf(LeafKind::picture, parent, i.info).picture = &image; },
                       [&](const LineBreak&) { leaf(LeafKind::line_break, parent, i.info); },
                       [&](const WordBreak&) { leaf(LeafKind::word_break, parent, i.info); },
                       [&](const Note& note) {
                           leaf(LeafKind::note_call, parent, i.info);
                           const std::size_t before = made_.leaves.size();
                           const std::uint32_t part = open(PartKind::note, 0, nullptr, true);
                           add(note.body, part);
                           close(part, before);
                       },
                       [&](const NoteReference&) { leaf(LeafKind::note_call, parent, i.info); },
                       [&](const Field& field) { leaf(LeafKind::field, parent, i.info, field.name); },
                   },
                   i.node);
    }

    void add(const Blocks& blocks, std::uint32_t parent) {
        for (const Block& block : blocks) add(block, parent);
    }

    template <class Body>
    std::uint32_t hold(PartKind kind, std::uint32_t parent, const NodeInfo& info, const Body& body, bool is_own_flow = false) {
        const std::size_t before = made_.leaves.size();
        const std::uint32_t part = open(kind, parent, &info, is_own_flow);
        add(body, part);
        close(part, before);
        return part;
    }

    void add(const Block& block, std::uint32_t parent) {
        const NodeInfo& info = block.info;
        std::visit(overloaded{
                       [&](const Paragraph& paragraph) { hold(PartKind::paragraph, parent, info, paragraph.body); },
                       [&](const Heading& heading) { hold(PartKind::heading, parent, info, heading.title); },
                       [&](const Quote& quote) { hold(PartKind::quote, parent, info, quote.body); },
                       [&](const CodeBlock& code) { leaf(LeafKind::code_block, parent, info, code.text); },
                       [&](const ThematicBreak&) { leaf(LeafKind::rule, parent, info); },
                       [&](const List& list) {
                           const std::uint32_t part = open(PartKind::list, parent, &info);
                           for (const ListItem& item : list.items) {
                               const std::uint32_t made = open(PartKind::list_item, part, &item.info);
                               made_.parts[made].item = &item;
                               const std::size_t before = made_.leaves.size();
                               add(item.body, made);
                               close(made, before);
                           }
                       },
                       [&](const DefinitionList& list) { add(list, open(PartKind::definition_list, parent, &info)); },
                       [&](const Table& table) { add(table, open(PartKind::table, parent, &info)); },
                       [&](const Figure& figure) { add(figure, open(PartKind::figure, parent, &info)); },
                       [&](const CallOut& call_out) {
                           const std::size_t before = made_.leaves.size();
                           const std::uint32_t part = open(PartKind::call_out, parent, &info);
                           if (!call_out.title.empty()) add(call_out.title, open(PartKind::call_out_title, part, &info));
                           add(call_out.body, part);
                           close(part, before);
                       },
                       [&](const Division& division) {
                           const bool is_note =
                               std::find(info.classes.begin(), info.classes.end(), "unreferenced-note") != info.classes.end();
                           const bool is_notes =
                               std::find(info.classes.begin(), info.classes.end(), "unreferenced-notes") != info.classes.end();
                           hold(is_note ? PartKind::note : PartKind::division, parent, info, division.body, is_note || is_notes);
                       },
                   },
                   block.node);
    }

    void add(const DefinitionList& list, std::uint32_t part) {
        for (const DefinitionItem& item : list.items) {
            for (const auto& [info, term] : item.terms) hold(PartKind::term, part, info, term);
            for (const auto& [info, definition] : item.definitions) hold(PartKind::definition, part, info, definition);
        }
    }

    void add(const TableRowGroup& group, std::uint32_t part) {
        for (const TableRow& row : group.rows) {
            const std::uint32_t made = open(PartKind::table_row, part, &row.info);
            for (const TableCell& cell : row.cells) hold(PartKind::table_cell, made, cell.info, cell.body);
        }
    }

    void add(const Table& table, std::uint32_t part) {
        if (!table.caption.empty()) hold(PartKind::caption, part, table.caption_info, table.caption, true);
        if (table.head) add(*table.head, open(PartKind::table_head, part, &table.head->info));
        for (const TableRowGroup& body : table.bodies) add(body, part);
        if (table.foot) { // HTML allows it before the bodies
            const std::uint32_t foot = open(PartKind::table_head, part, &table.foot->info, true);
            add(*table.foot, foot);
        }
    }

    void add(const Figure& figure, std::uint32_t part) {
        const std::size_t before = made_.leaves.size();
        add(figure.body, part);
        if (figure.caption.empty()) return;
        // A picture's title became the caption: it stands within the picture's own marks.
        for (std::size_t i = before; i < made_.leaves.size(); ++i)
            if (made_.leaves[i].picture && made_.leaves[i].info->where.begin <= figure.caption_info.where.begin &&
                figure.caption_info.where.end <= made_.leaves[i].info->where.end) {
                made_.leaves[i].figure = &figure;
                return;
            }
        hold(PartKind::caption, part, figure.caption_info, figure.caption, true);
    }

    AccountParts made_;
};

} // namespace

AccountParts parts_of(const Article& article) { return PartCollector(article).take(); }

} // namespace bifolio
