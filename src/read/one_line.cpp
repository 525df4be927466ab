#include "read/one_line.h"

#include "base/overloaded.h"
#include "read/reading.h"

#include <utility>

namespace bifolio {

namespace {

class Line {
public:
    Inlines take() { return std::move(line_); }

    void add(Blocks& blocks) {
        for (Block& block : blocks) add(block);
    }

private:
    void add(Inlines& inlines) {
        if (inlines.empty()) return;
        if (!line_.empty()) line_.push_back(make_inline(inlines.front().info.where, LineBreak{}));
        append(line_, std::move(inlines));
    }
    void add(TableRowGroup& group) {
        for (TableRow& row : group.rows)
            for (TableCell& cell : row.cells) add(cell.body);
    }
    void add(Block& block) {
        std::visit(overloaded{
                       [&](Paragraph& p) { add(p.body); },
                       [&](Heading& h) { add(h.title); },
                       [&](Quote& q) { add(q.body); },
                       [&](CodeBlock& c) {
                           Inlines code{make_inline(block.info.where, Code{std::move(c.text)})};
                           add(code);
                       },
                       [](ThematicBreak&) {},
                       [&](List& list) {
                           for (ListItem& item : list.items) add(item.body);
                       },
                       [&](DefinitionList& list) {
                           for (DefinitionItem& item : list.items) {
                               for (auto& term : item.terms) add(term.second);
                               for (auto& definition : item.definitions) add(definition.second);
                           }
                       },
                       [&](Table& table) {
                           add(table.caption);
                           if (table.head) add(*table.head);
                           for (TableRowGroup& body : table.bodies) add(body);
                           if (table.foot) add(*table.foot);
                       },
                       [&](Figure& figure) {
                           add(figure.body);
                           add(figure.caption);
                       },
                       [&](CallOut& call_out) {
                           add(call_out.title);
                           add(call_out.body);
                       },
                       [&](Division& division) { add(division.body); },
                   },
                   block.node);
    }

    Inlines line_;
};

} // namespace

Inlines in_one_line(Blocks blocks) {
    Line line;
    line.add(blocks);
    return line.take();
}

} // namespace bifolio
