#include "structure.h"

#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>

namespace bifolio::test {

namespace {

std::string decoded(std::string_view destination) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < destination.size(); ++i) {
        if (destination[i] == '%' && i + 2 < destination.size() && digit(destination[i + 1]) >= 0 &&
            digit(destination[i + 2]) >= 0) {
            out += static_cast<char>(digit(destination[i + 1]) * 16 + digit(destination[i + 2]));
            i += 2;
        } else {
            out += destination[i];
        }
    }
    return out;
}

bool has_class(const NodeInfo& info, std::string_view name) {
    return std::find(info.classes.begin(), info.classes.end(), name) != info.classes.end();
}

struct Writer {
    std::string out;
    void inlines(const Inlines& body) {
        std::string line;
        std::swap(line, out);
        for (const Inline& i : body) one(i);
        std::swap(line, out);
        // Space beside a break or at the ends is none.
        std::string clean;
        for (const char c : line) {
            const bool is_space = is_ascii_space(c);
            if (is_space && (clean.empty() || clean.back() == ' ')) continue;
            clean += is_space ? ' ' : c;
        }
        for (std::size_t at; (at = clean.find(" >")) != std::string::npos;) clean.erase(at, 1);
        for (std::size_t at; (at = clean.find("|| ")) != std::string::npos;) clean.erase(at + 2, 1);
        for (std::size_t at; (at = clean.find("<br> ")) != std::string::npos;) clean.erase(at + 4, 1);
        out += trimmed(clean);
    }
    void one(const Inline& i) {
        std::visit(overloaded{
                       [&](const Text& t) { out += t.text; },
                       [&](const Phrase& p) {
                           // GFM writes its strikethrough as <del>.
                           const PhraseKind kind = p.kind == PhraseKind::deleted ? PhraseKind::strikethrough : p.kind;
                           out += "<" + std::to_string(static_cast<int>(kind)) + " ";
                           for (const Inline& k : p.body) one(k);
                           out += ">";
                       },
                       [&](const Code& c) { out += "`" + collapsed(c.text) + "`"; },
                       [&](const Link& l) {
                           out += "<link " + decoded(l.destination) + "|" + collapsed(l.title) + "|";
                           for (const Inline& k : l.body) one(k);
                           out += ">";
                       },
                       [&](const Image& image) {
                           out += "<img " + decoded(image.source) + "|" + collapsed(image.alternative) + "|" +
                                  collapsed(image.title) + ">";
                       },
                       [&](const LineBreak&) { out += "<br>"; },
                       [&](const WordBreak&) { out += "<wbr>"; },
                       [&](const Note& n) {
                           Writer inner;
                           inner.blocks(n.body, 0);
                           out += "<note " + inner.out + ">";
                       },
                       [&](const NoteReference&) { out += "<note again>"; },
                       [&](const Field& f) { out += "{{" + f.name + "}}"; },
                   },
                   i.node);
    }
    void line(std::size_t depth, std::string_view name) { out += "\n" + std::string(depth, ' ') + std::string(name) + " "; }
    void blocks(const Blocks& all, std::size_t depth) {
        for (const Block& block : all) one(block, depth);
    }
    void rows(const TableRowGroup& group, std::size_t depth, std::string_view name) {
        line(depth, name);
        for (const TableRow& row : group.rows) {
            line(depth + 1, "row");
            for (const TableCell& cell : row.cells) {
                line(depth + 2, cell.header ? "th" : "td");
                out += std::to_string(static_cast<int>(cell.alignment)) + " ";
                blocks(cell.body, depth + 3);
            }
        }
    }
    void one(const Block& block, std::size_t depth) {
        if (has_class(block.info, "unreferenced-notes")) return;
        std::visit(overloaded{
                       [&](const Paragraph& p) { line(depth, "p"), inlines(p.body); },
                       [&](const Heading& h) { line(depth, "h" + std::to_string(h.level)), inlines(h.title); },
                       [&](const Quote& q) { line(depth, "quote"), blocks(q.body, depth + 1); },
                       [&](const CodeBlock& c) { line(depth, "code"), out += c.language + " [" + c.text + "]"; },
                       [&](const ThematicBreak&) { line(depth, "hr"); },
                       [&](const List& list) {
                           line(depth, list.ordered ? "ol" : "ul");
                           out += std::to_string(list.start) + (list.tight ? " tight" : " loose");
                           for (const ListItem& item : list.items) line(depth + 1, "li"), blocks(item.body, depth + 2);
                       },
                       [&](const DefinitionList& list) {
                           line(depth, "dl");
                           for (const DefinitionItem& item : list.items) {
                               for (const auto& term : item.terms) line(depth + 1, "dt"), inlines(term.second);
                               for (const auto& definition : item.definitions)
                                   line(depth + 1, "dd"), blocks(definition.second, depth + 2);
                           }
                       },
                       [&](const Table& table) {
                           line(depth, "table"), inlines(table.caption);
                           if (table.head) rows(*table.head, depth + 1, "head");
                           for (const TableRowGroup& body : table.bodies) rows(body, depth + 1, "body");
                           if (table.foot) rows(*table.foot, depth + 1, "foot");
                       },
                       [&](const Figure& figure) {
                           line(depth, "figure"), inlines(figure.caption);
                           blocks(figure.body, depth + 1);
                       },
                       [&](const CallOut& call_out) {
                           line(depth, "call-out " + std::to_string(static_cast<int>(call_out.kind))), inlines(call_out.title);
                           blocks(call_out.body, depth + 1);
                       },
                       [&](const Division& division) {
                           line(depth, "division " + std::to_string(static_cast<int>(division.kind)));
                           blocks(division.body, depth + 1);
                       },
                   },
                   block.node);
    }
};

} // namespace

std::string structure(const Blocks& blocks) {
    Writer writer;
    writer.blocks(blocks, 0);
    return writer.out;
}

namespace {

struct Words {
    std::string out;
    void inlines(const Inlines& body) {
        for (const Inline& i : body)
            std::visit(overloaded{
                           [&](const Text& t) { out += t.text; },
                           [&](const Phrase& p) { inlines(p.body); },
                           [&](const Code& c) { out += c.text; },
                           [&](const Link& l) { inlines(l.body); },
                           [&](const Image& image) { out += image.alternative + " " + image.title; },
                           [&](const LineBreak&) { out += ' '; },
                           [](const WordBreak&) {},
                           [&](const Note& n) {
                               out += ' ';
                               blocks(n.body);
                               out += ' ';
                           },
                           [](const NoteReference&) {},
                           [&](const Field& f) { out += "{{" + f.name + "}}"; },
                       },
                       i.node);
    }
    void line(const Inlines& body) {
        out += '\n';
        inlines(body);
    }
    void rows(const TableRowGroup& group) {
        for (const TableRow& row : group.rows)
            for (const TableCell& cell : row.cells) blocks(cell.body);
    }
    void blocks(const Blocks& all) {
        for (const Block& block : all)
            std::visit(overloaded{
                           [&](const Paragraph& p) { line(p.body); },
                           [&](const Heading& h) { line(h.title); },
                           [&](const Quote& q) { blocks(q.body); },
                           [&](const CodeBlock& c) { out += "\n" + c.text; },
                           [](const ThematicBreak&) {},
                           [&](const List& list) {
                               for (const ListItem& item : list.items) blocks(item.body);
                           },
                           [&](const DefinitionList& list) {
                               for (const DefinitionItem& item : list.items) {
                                   for (const auto& term : item.terms) line(term.second);
                                   for (const auto& definition : item.definitions) blocks(definition.second);
                               }
                           },
                           [&](const Table& table) {
                               line(table.caption);
                               if (table.head) rows(*table.head);
                               for (const TableRowGroup& body : table.bodies) rows(body);
                               if (table.foot) rows(*table.foot);
                           },
                           [&](const Figure& figure) {
                               blocks(figure.body);
                               line(figure.caption);
                           },
                           [&](const CallOut& call_out) {
                               line(call_out.title);
                               blocks(call_out.body);
                           },
                           [&](const Division& division) { blocks(division.body); },
                       },
                       block.node);
    }
};

} // namespace

std::string every_word(const Blocks& blocks) {
    Words words;
    words.blocks(blocks);
    return words.out;
}

} // namespace bifolio::test
