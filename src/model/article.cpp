#include "model/article.h"

#include "base/overloaded.h"

#include <array>
#include <cassert>
#include <string_view>

namespace bifolio {

namespace {

// Names in the order of the enumerations; dumps and messages use them.
constexpr std::array<std::string_view, 27> phrase_names{"emphasis",
                                                        "strong",
                                                        "strikethrough",
                                                        "deleted",
                                                        "inserted",
                                                        "subscript",
                                                        "superscript",
                                                        "small",
                                                        "mark",
                                                        "keyboard",
                                                        "sample",
                                                        "variable",
                                                        "citation",
                                                        "definition",
                                                        "abbreviation",
                                                        "quotation",
                                                        "underline",
                                                        "bold",
                                                        "italic",
                                                        "time",
                                                        "span",
                                                        "isolate",
                                                        "override-direction",
                                                        "ruby",
                                                        "ruby-text",
                                                        "ruby-parenthesis",
                                                        "data"};
constexpr std::array<std::string_view, 8> call_out_names{"note",    "tip",  "important", "warning",
                                                         "caution", "care", "dose",      "contact"};
constexpr std::array<std::string_view, 9> division_names{"division", "section",    "article", "aside", "header",
                                                         "footer",   "navigation", "address", "main"};
constexpr std::array<std::string_view, 5> alignment_names{"unset", "left", "centre", "right", "decimal"};
static_assert(static_cast<std::size_t>(PhraseKind::data) + 1 == phrase_names.size());
static_assert(static_cast<std::size_t>(CallOutKind::contact) + 1 == call_out_names.size());
static_assert(static_cast<std::size_t>(DivisionKind::main) + 1 == division_names.size());
static_assert(static_cast<std::size_t>(CellAlignment::decimal) + 1 == alignment_names.size());

template <class Kind, std::size_t n>
std::string_view name_in(const std::array<std::string_view, n>& names, Kind kind) {
    return names[static_cast<std::size_t>(kind)];
}

// ---- the words ----

void append_words(const Inlines& inlines, std::string& out) {
    for (const Inline& i : inlines)
        std::visit(overloaded{
                       [&](const Text& t) { out += t.text; },
                       [&](const Phrase& p) {
                           if (p.kind != PhraseKind::ruby_text && p.kind != PhraseKind::ruby_parenthesis)
                               append_words(p.body, out);
                       },
                       [&](const Code& c) { out += c.text; },
                       [&](const Link& l) { append_words(l.body, out); },
                       [&](const Image& image) { out += image.alternative; },
                       [&](const LineBreak&) { out += '\n'; },
                       [](const WordBreak&) {},
                       [](const Note&) {},
                       [](const NoteReference&) {},
                       [&](const Field& f) { out += "{{" + f.name + "}}"; },
                   },
                   i.node);
}

void part_by_newline(std::string& out) {
    if (!out.empty() && out.back() != '\n') out += '\n';
}

void append_words(const Blocks& blocks, std::string& out);

void append_words(const TableRowGroup& group, std::string& out) {
    for (const TableRow& row : group.rows)
        for (const TableCell& cell : row.cells) append_words(cell.body, out);
}

void append_line(const Inlines& inlines, std::string& out) {
    part_by_newline(out);
    append_words(inlines, out);
}

void append_words(const Blocks& blocks, std::string& out) {
    for (const Block& block : blocks)
        std::visit(overloaded{
                       [&](const Paragraph& p) { append_line(p.body, out); },
                       [&](const Heading& h) { append_line(h.title, out); },
                       [&](const Quote& q) { append_words(q.body, out); },
                       [&](const CodeBlock& c) {
                           part_by_newline(out);
                           out += c.text;
                       },
                       [](const ThematicBreak&) {},
                       [&](const List& list) {
                           for (const ListItem& item : list.items) append_words(item.body, out);
                       },
                       [&](const DefinitionList& list) {
                           for (const DefinitionItem& item : list.items) {
                               for (const auto& term : item.terms) append_line(term.second, out);
                               for (const auto& definition : item.definitions) append_words(definition.second, out);
                           }
                       },
                       [&](const Table& table) {
                           append_line(table.caption, out);
                           if (table.head) append_words(*table.head, out);
                           for (const TableRowGroup& body : table.bodies) append_words(body, out);
                           if (table.foot) append_words(*table.foot, out);
                       },
                       [&](const Figure& figure) {
                           append_words(figure.body, out);
                           append_line(figure.caption, out);
                       },
                       [&](const CallOut& call_out) {
                           append_line(call_out.title, out);
                           append_words(call_out.body, out);
                       },
                       [&](const Division& division) { append_words(division.body, out); },
                   },
                   block.node);
}

// ---- places ----

class Places {
public:
    void number(Inlines& inlines) {
        for (Inline& i : inlines) {
            number(i.info);
            std::visit(overloaded{
                           [&](Phrase& p) { number(p.body); },
                           [&](Link& l) { number(l.body); },
                           [&](Note& n) { number(n.body); },
                           [](Text&) {},
                           [](Code&) {},
                           [&](Image&) { ++pictures_; },
                           [](LineBreak&) {},
                           [](WordBreak&) {},
                           [](NoteReference&) {},
                           [](Field&) {},
                       },
                       i.node);
        }
    }

    void number(Blocks& blocks) {
        for (Block& block : blocks) {
            number(block.info);
            std::visit(overloaded{
                           [&](Paragraph& p) { number(p.body); },
                           [&](Heading& h) { number(h.title); },
                           [&](Quote& q) { number(q.body); },
                           [](CodeBlock&) {},
                           [](ThematicBreak&) {},
                           [&](List& list) {
                               for (ListItem& item : list.items) {
                                   number(item.info);
                                   number(item.body);
                               }
                           },
                           [&](DefinitionList& list) { number(list); },
                           [&](Table& table) { number(table); },
                           [&](Figure& figure) {
                               number(figure.body);
                               number(figure.caption_info);
                               number(figure.caption);
                           },
                           [&](CallOut& call_out) {
                               number(call_out.title);
                               number(call_out.body);
                           },
                           [&](Division& division) { number(division.body); },
                       },
                       block.node);
        }
    }

    void number(NodeInfo& info) { info.origin.place = next_++; }
    std::uint32_t nodes() const { return next_ - 1; }
    std::uint32_t pictures() const { return pictures_; }

private:
    void number(DefinitionList& list) {
        for (DefinitionItem& item : list.items) {
            number(item.info);
            for (auto& [info, term] : item.terms) {
                number(info);
                number(term);
            }
            for (auto& [info, definition] : item.definitions) {
                number(info);
                number(definition);
            }
        }
    }

    void number(TableRowGroup& group) {
        number(group.info);
        for (TableRow& row : group.rows) {
            number(row.info);
            for (TableCell& cell : row.cells) {
                number(cell.info);
                number(cell.body);
            }
        }
    }

    void number(Table& table) {
        number(table.caption_info);
        number(table.caption);
        if (table.head) number(*table.head);
        for (TableRowGroup& body : table.bodies) number(body);
        if (table.foot) number(*table.foot);
    }

    std::uint32_t next_ = 1, pictures_ = 0;
};

// ---- the dump ----

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out + '"';
}

class Dump {
public:
    std::string take() { return std::move(out_); }

    // One line: name, what is particular to it, then #id .class lang= key="value" @begin..end
    void line(std::string_view name, const NodeInfo& info, std::string_view particular = {}) {
        out_.append(2 * depth_, ' ');
        out_ += name;
        out_ += particular;
        if (!info.id.empty()) out_ += " #" + info.id;
        for (const std::string& name_of_class : info.classes) out_ += " ." + name_of_class;
        if (!info.language.empty()) out_ += " lang=" + info.language;
        for (const Attribute& a : info.attributes) out_ += " " + a.name + "=" + quoted(a.value);
        place(info.where);
        out_ += '\n';
    }

    void bare_line(std::string_view text) {
        out_.append(2 * depth_, ' ');
        out_ += text;
        out_ += '\n';
    }

    void place(Span where) { out_ += " @" + std::to_string(where.begin) + ".." + std::to_string(where.end); }

    void inlines(const Inlines& inlines) {
        ++depth_;
        for (const Inline& i : inlines) one(i);
        --depth_;
    }

    void blocks(const Blocks& blocks) {
        ++depth_;
        for (const Block& block : blocks) one(block);
        --depth_;
    }

    void under(std::string_view name, const Inlines& body) {
        if (body.empty()) return;
        bare_line(name);
        inlines(body);
    }

private:
    void one(const Inline& i) {
        std::visit(overloaded{
                       [&](const Text& t) { line("text", i.info, " " + quoted(t.text)); },
                       [&](const Phrase& p) {
                           line(name_in(phrase_names, p.kind), i.info);
                           inlines(p.body);
                       },
                       [&](const Code& c) { line("code", i.info, " " + quoted(c.text)); },
                       [&](const Link& l) {
                           line("link", i.info,
                                " " + quoted(l.destination) + (l.title.empty() ? "" : " title " + quoted(l.title)));
                           inlines(l.body);
                       },
                       [&](const Image& image) {
                           line("image", i.info,
                                " " + quoted(image.source) + " alt " + quoted(image.alternative) +
                                    (image.decorative ? " decorative" : "") +
                                    (image.title.empty() ? "" : " title " + quoted(image.title)));
                       },
                       [&](const LineBreak&) { line("line-break", i.info); },
                       [&](const WordBreak&) { line("word-break", i.info); },
                       [&](const Note& n) {
                           line("note", i.info, " " + quoted(n.label));
                           blocks(n.body);
                       },
                       [&](const NoteReference& n) { line("note-reference", i.info, " " + quoted(n.label)); },
                       [&](const Field& f) { line("field", i.info, " " + f.name); },
                   },
                   i.node);
    }

    void one(const Block& block) {
        const NodeInfo& info = block.info;
        std::visit(overloaded{
                       [&](const Paragraph& p) {
                           line("paragraph", info);
                           inlines(p.body);
                       },
                       [&](const Heading& h) {
                           line("heading", info, " " + std::to_string(h.level));
                           inlines(h.title);
                       },
                       [&](const Quote& q) {
                           line("quote", info);
                           blocks(q.body);
                       },
                       [&](const CodeBlock& c) {
                           line("code-block", info, (c.language.empty() ? "" : " " + c.language) + " " + quoted(c.text));
                       },
                       [&](const ThematicBreak&) { line("thematic-break", info); },
                       [&](const List& list) { one(list, info); },
                       [&](const DefinitionList& list) { one(list, info); },
                       [&](const Table& table) { one(table, info); },
                       [&](const Figure& figure) {
                           line("figure", info);
                           blocks(figure.body);
                           caption(figure.caption, figure.caption_info);
                       },
                       [&](const CallOut& call_out) {
                           line("call-out", info, " " + std::string(name_in(call_out_names, call_out.kind)));
                           ++depth_;
                           under("title", call_out.title);
                           --depth_;
                           blocks(call_out.body);
                       },
                       [&](const Division& division) {
                           line(name_in(division_names, division.kind), info);
                           blocks(division.body);
                       },
                   },
                   block.node);
    }

    void one(const List& list, const NodeInfo& info) {
        std::string particular = list.ordered ? " ordered from " + std::to_string(list.start) : "";
        if (list.tight) particular += " tight";
        line("list", info, particular);
        ++depth_;
        for (const ListItem& item : list.items) {
            line("item", item.info, !item.checked ? "" : *item.checked ? " [x]" : " [ ]");
            blocks(item.body);
        }
        --depth_;
    }

    void one(const DefinitionList& list, const NodeInfo& info) {
        line("definition-list", info);
        ++depth_;
        for (const DefinitionItem& item : list.items) {
            line("item", item.info);
            ++depth_;
            for (const auto& [term_info, term] : item.terms) {
                line("term", term_info);
                inlines(term);
            }
            for (const auto& [definition_info, definition] : item.definitions) {
                line("definition", definition_info);
                blocks(definition);
            }
            --depth_;
        }
        --depth_;
    }

    void one(const Table& table, const NodeInfo& info) {
        line("table", info);
        caption(table.caption, table.caption_info);
        ++depth_;
        for (const TableColumn& column : table.columns)
            bare_line("column " + std::string(name_in(alignment_names, column.alignment)) +
                      (column.width.empty() ? "" : " width " + column.width));
        if (table.head) one("head", *table.head);
        for (const TableRowGroup& body : table.bodies) one("body", body);
        if (table.foot) one("foot", *table.foot);
        --depth_;
    }

    void one(std::string_view name, const TableRowGroup& group) {
        line(name, group.info);
        ++depth_;
        for (const TableRow& row : group.rows) {
            line("row", row.info);
            ++depth_;
            for (const TableCell& cell : row.cells) {
                std::string particular;
                if (cell.column_span != 1) particular += " columns " + std::to_string(cell.column_span);
                if (cell.row_span != 1) particular += " rows " + std::to_string(cell.row_span);
                if (cell.alignment != CellAlignment::unset)
                    particular += " " + std::string(name_in(alignment_names, cell.alignment));
                line(cell.header ? "header-cell" : "cell", cell.info, particular);
                blocks(cell.body);
            }
            --depth_;
        }
        --depth_;
    }

    void caption(const Inlines& body, const NodeInfo& info) {
        if (body.empty()) return;
        ++depth_;
        line("caption", info);
        inlines(body);
        --depth_;
    }

    std::string out_;
    std::size_t depth_ = 0;
};

void dump_front_matter(const FrontMatter& front, Dump& dump) {
    const auto text = [&](std::string_view name, const Located<std::string>& value) {
        if (!value.value.empty()) dump.bare_line("  " + std::string(name) + " " + quoted(value.value));
    };
    const auto each = [&](std::string_view name, const std::vector<Located<std::string>>& values) {
        for (const auto& value : values) text(name, value);
    };
    const auto date = [&](std::string_view name, const std::optional<Located<Date>>& value) {
        if (value) dump.bare_line("  " + std::string(name) + " " + iso_date(value->value));
    };
    dump.bare_line("front-matter");
    text("title", front.title);
    text("subtitle", front.subtitle);
    text("summary", front.summary);
    text("description", front.description);
    text("language", front.language);
    text("version", front.version);
    text("print-code", front.print_code);
    each("author", front.authors);
    each("reviewer", front.reviewers);
    each("editor", front.editors);
    date("published", front.published);
    date("reviewed", front.reviewed);
    date("next-review", front.next_review);
    for (const std::string& keyword : front.keywords) dump.bare_line("  keyword " + quoted(keyword));
    each("notice", front.notices);
    text("web-address", front.web_address);
    for (const Reference& reference : front.references) {
        dump.line("  reference", reference.info);
        dump.inlines(reference.text);
    }
}

} // namespace

std::string plain_text(const Inlines& inlines) {
    std::string out;
    append_words(inlines, out);
    return out;
}

std::string plain_text(const Blocks& blocks) {
    std::string out;
    append_words(blocks, out);
    return out;
}

void number_places(Article& article) {
    Places places;
    places.number(article.title);
    places.number(article.body);
    for (Reference& reference : article.front_matter.references) {
        places.number(reference.info);
        places.number(reference.text);
    }
    article.nodes = places.nodes();
    article.pictures = places.pictures();
}

std::string dump(const Article& article) {
    Dump dump;
    dump.bare_line("article " + quoted(article.id) + " " + quoted(article.path));
    if (article.front_matter_where.begin != article.front_matter_where.end) dump_front_matter(article.front_matter, dump);
    dump.under("title", article.title);
    dump.bare_line("body");
    dump.blocks(article.body);
    return dump.take();
}

} // namespace bifolio
