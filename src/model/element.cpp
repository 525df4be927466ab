#include "model/element.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace bifolio {

namespace {

using enum Element;
using K = ElementKind;
using S = StructureType;

constexpr std::array table_of_elements{
    ElementInfo{Element::text, "#text", K::text, S::none},
    ElementInfo{html, "html", K::frame, S::document},
    ElementInfo{body, "body", K::frame, S::none},
    ElementInfo{section, "section", K::frame, S::section},
    ElementInfo{article, "article", K::frame, S::article},
    ElementInfo{header, "header", K::frame, S::none},
    ElementInfo{footer, "footer", K::frame, S::none},
    ElementInfo{nav, "nav", K::frame, S::section},
    ElementInfo{aside, "aside", K::frame, S::aside},
    ElementInfo{Element::div, "div", K::frame, S::division},
    ElementInfo{address, "address", K::frame, S::address},
    ElementInfo{Element::main, "main", K::frame, S::none},
    ElementInfo{h1, "h1", K::block, S::h1},
    ElementInfo{h2, "h2", K::block, S::h2},
    ElementInfo{h3, "h3", K::block, S::h3},
    ElementInfo{h4, "h4", K::block, S::h4},
    ElementInfo{h5, "h5", K::block, S::h5},
    ElementInfo{h6, "h6", K::block, S::h6},
    ElementInfo{p, "p", K::block, S::paragraph},
    ElementInfo{blockquote, "blockquote", K::block, S::block_quote},
    ElementInfo{pre, "pre", K::block, S::paragraph},
    ElementInfo{hr, "hr", K::block, S::none},
    ElementInfo{ul, "ul", K::block, S::list},
    ElementInfo{ol, "ol", K::block, S::list},
    ElementInfo{li, "li", K::block, S::list_item},
    ElementInfo{dl, "dl", K::block, S::list},
    ElementInfo{dt, "dt", K::block, S::label},
    ElementInfo{dd, "dd", K::block, S::list_body},
    ElementInfo{figure, "figure", K::block, S::division},
    ElementInfo{figcaption, "figcaption", K::block, S::caption},
    ElementInfo{table, "table", K::block, S::table},
    ElementInfo{caption, "caption", K::block, S::caption},
    ElementInfo{colgroup, "colgroup", K::block, S::none},
    ElementInfo{col, "col", K::block, S::none},
    ElementInfo{thead, "thead", K::block, S::table_head},
    ElementInfo{tbody, "tbody", K::block, S::table_body},
    ElementInfo{tfoot, "tfoot", K::block, S::table_foot},
    ElementInfo{tr, "tr", K::block, S::table_row},
    ElementInfo{th, "th", K::block, S::table_header},
    ElementInfo{td, "td", K::block, S::table_data},
    ElementInfo{a, "a", K::phrase, S::link},
    ElementInfo{abbr, "abbr", K::phrase, S::span},
    ElementInfo{b, "b", K::phrase, S::none},
    ElementInfo{bdi, "bdi", K::phrase, S::none},
    ElementInfo{bdo, "bdo", K::phrase, S::none},
    ElementInfo{br, "br", K::empty_phrase, S::none},
    ElementInfo{cite, "cite", K::phrase, S::none},
    ElementInfo{code, "code", K::phrase, S::code},
    ElementInfo{data, "data", K::phrase, S::none},
    ElementInfo{del, "del", K::phrase, S::deletion},
    ElementInfo{dfn, "dfn", K::phrase, S::none},
    ElementInfo{em, "em", K::phrase, S::emphasis},
    ElementInfo{i, "i", K::phrase, S::none},
    ElementInfo{img, "img", K::empty_phrase, S::figure},
    ElementInfo{ins, "ins", K::phrase, S::insertion},
    ElementInfo{kbd, "kbd", K::phrase, S::none},
    ElementInfo{mark, "mark", K::phrase, S::none},
    ElementInfo{q, "q", K::phrase, S::quote},
    ElementInfo{rp, "rp", K::phrase, S::none},
    ElementInfo{rt, "rt", K::phrase, S::span},
    ElementInfo{ruby, "ruby", K::phrase, S::span},
    ElementInfo{s, "s", K::phrase, S::struck},
    ElementInfo{samp, "samp", K::phrase, S::none},
    ElementInfo{small, "small", K::phrase, S::none},
    ElementInfo{span, "span", K::phrase, S::none},
    ElementInfo{strong, "strong", K::phrase, S::strong},
    ElementInfo{sub, "sub", K::phrase, S::none},
    ElementInfo{sup, "sup", K::phrase, S::none},
    ElementInfo{Element::time, "time", K::phrase, S::none},
    ElementInfo{u, "u", K::phrase, S::none},
    ElementInfo{var, "var", K::phrase, S::none},
    ElementInfo{wbr, "wbr", K::empty_phrase, S::none},
    ElementInfo{Element::note, "aside", K::note, S::note},
    ElementInfo{note_reference, "a", K::phrase, S::reference},
};

constexpr bool in_order() {
    for (std::size_t at = 0; at < table_of_elements.size(); ++at)
        if (static_cast<std::size_t>(table_of_elements[at].element) != at) return false;
    return true;
}
static_assert(in_order(), "the table is indexed by element");

// The names in the file, and the standard type that a role is mapped to: the nearest one, which readers of PDF 1.7 go by.
struct TypeInfo {
    StructureType type;
    std::string_view name;
    StructureType standard;
};

constexpr std::array table_of_types{
    TypeInfo{S::none, "", S::none},
    TypeInfo{S::document, "Document", S::document},
    TypeInfo{S::part, "Part", S::part},
    TypeInfo{S::article, "Art", S::article},
    TypeInfo{S::section, "Sect", S::section},
    TypeInfo{S::division, "Div", S::division},
    TypeInfo{S::block_quote, "BlockQuote", S::block_quote},
    TypeInfo{S::toc, "TOC", S::toc},
    TypeInfo{S::toc_item, "TOCI", S::toc_item},
    TypeInfo{S::index, "Index", S::index},
    TypeInfo{S::h1, "H1", S::h1},
    TypeInfo{S::h2, "H2", S::h2},
    TypeInfo{S::h3, "H3", S::h3},
    TypeInfo{S::h4, "H4", S::h4},
    TypeInfo{S::h5, "H5", S::h5},
    TypeInfo{S::h6, "H6", S::h6},
    TypeInfo{S::paragraph, "P", S::paragraph},
    TypeInfo{S::list, "L", S::list},
    TypeInfo{S::list_item, "LI", S::list_item},
    TypeInfo{S::label, "Lbl", S::label},
    TypeInfo{S::list_body, "LBody", S::list_body},
    TypeInfo{S::table, "Table", S::table},
    TypeInfo{S::table_row, "TR", S::table_row},
    TypeInfo{S::table_header, "TH", S::table_header},
    TypeInfo{S::table_data, "TD", S::table_data},
    TypeInfo{S::table_head, "THead", S::table_head},
    TypeInfo{S::table_body, "TBody", S::table_body},
    TypeInfo{S::table_foot, "TFoot", S::table_foot},
    TypeInfo{S::caption, "Caption", S::caption},
    TypeInfo{S::figure, "Figure", S::figure},
    TypeInfo{S::note, "Note", S::note},
    TypeInfo{S::reference, "Reference", S::reference},
    TypeInfo{S::link, "Link", S::link},
    TypeInfo{S::span, "Span", S::span},
    TypeInfo{S::quote, "Quote", S::quote},
    TypeInfo{S::code, "Code", S::code},
    TypeInfo{S::ruby, "Ruby", S::ruby},
    TypeInfo{S::ruby_base, "RB", S::ruby_base},
    TypeInfo{S::ruby_text, "RT", S::ruby_text},
    TypeInfo{S::warichu, "Warichu", S::warichu},
    TypeInfo{S::aside, "Aside", S::division},
    TypeInfo{S::emphasis, "Em", S::span},
    TypeInfo{S::strong, "Strong", S::span},
    TypeInfo{S::address, "Address", S::division},
    TypeInfo{S::deletion, "Del", S::span},
    TypeInfo{S::insertion, "Ins", S::span},
    TypeInfo{S::struck, "Struck", S::span},
};

constexpr bool types_in_order() {
    for (std::size_t at = 0; at < table_of_types.size(); ++at) {
        const StructureType standard = table_of_types[at].standard;
        if (static_cast<std::size_t>(table_of_types[at].type) != at) return false;
        if (table_of_types[static_cast<std::size_t>(standard)].standard != standard) return false; // no chains, so no circles
    }
    return true;
}
static_assert(types_in_order(), "the table is indexed by type, and each role is mapped to a standard type");

} // namespace

const ElementInfo& info(Element element) { return table_of_elements[static_cast<std::size_t>(element)]; }

std::optional<Element> element_named(std::string_view name) {
    for (const ElementInfo& row : table_of_elements)
        if (row.name == name && row.kind != K::text && row.element != Element::note && row.element != note_reference)
            return row.element;
    return std::nullopt;
}

Element heading_element(int level) {
    assert(level >= 1);
    return static_cast<Element>(static_cast<int>(h1) + std::min(level, 6) - 1);
}

std::optional<int> heading_level(Element element) {
    if (element < h1 || element > h6) return std::nullopt;
    return static_cast<int>(element) - static_cast<int>(h1) + 1;
}

std::string_view structure_name(StructureType type) { return table_of_types[static_cast<std::size_t>(type)].name; }

StructureType standard_type(StructureType type) { return table_of_types[static_cast<std::size_t>(type)].standard; }

} // namespace bifolio
