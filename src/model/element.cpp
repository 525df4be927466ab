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
    ElementInfo{aside, "aside", K::frame, S::division},
    ElementInfo{Element::div, "div", K::frame, S::division},
    ElementInfo{address, "address", K::frame, S::division},
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
    ElementInfo{del, "del", K::phrase, S::span},
    ElementInfo{dfn, "dfn", K::phrase, S::none},
    ElementInfo{em, "em", K::phrase, S::none},
    ElementInfo{i, "i", K::phrase, S::none},
    ElementInfo{img, "img", K::empty_phrase, S::figure},
    ElementInfo{ins, "ins", K::phrase, S::span},
    ElementInfo{kbd, "kbd", K::phrase, S::none},
    ElementInfo{mark, "mark", K::phrase, S::none},
    ElementInfo{q, "q", K::phrase, S::quote},
    ElementInfo{rp, "rp", K::phrase, S::none},
    ElementInfo{rt, "rt", K::phrase, S::span},
    ElementInfo{ruby, "ruby", K::phrase, S::span},
    ElementInfo{s, "s", K::phrase, S::span},
    ElementInfo{samp, "samp", K::phrase, S::none},
    ElementInfo{small, "small", K::phrase, S::none},
    ElementInfo{span, "span", K::phrase, S::none},
    ElementInfo{strong, "strong", K::phrase, S::none},
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

std::string_view structure_name(StructureType type) {
    constexpr std::array<std::string_view, 40> names{
        "",          "Document", "Part", "Art",   "Sect",  "Div",   "BlockQuote", "TOC",     "TOCI", "Index",  "H1",
        "H2",        "H3",       "H4",   "H5",    "H6",    "P",     "L",          "LI",      "Lbl",    "LBody",
        "Table",     "TR",       "TH",   "TD",    "THead", "TBody", "TFoot",      "Caption", "Figure", "Note",
        "Reference", "Link",     "Span", "Quote", "Code",  "Ruby",  "RB",         "RT",      "Warichu"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace bifolio
