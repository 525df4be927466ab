// html_model.h: the elements of HTML: where each may stand, what it may hold, which attributes it has.
//
// Spec       HTML Standard, “The elements of HTML” and its index of elements, in the XML syntax, as EPUB 3.3 §6.1 takes it over.
#pragma once

#include <cstdint>
#include <string_view>

namespace bifolio {

enum class HtmlContent : std::uint8_t {
    nothing, // no element and no text
    text,    // no element
    phrasing,
    flow,
    transparent, // what its parent may hold
    list,        // the elements in `children` and no text
    anything,    // template, noscript: not judged
};

struct HtmlElement {
    std::string_view name;
    bool is_flow = false, is_phrasing = false; // where it may stand; neither: only where a parent names it
    HtmlContent content = HtmlContent::flow;
    std::string_view children;   // of a list; of others, what may stand there besides
    std::string_view attributes; // besides the global ones; “!” behind those that must be there
};

const HtmlElement* find_html_element(std::string_view name); // nullptr: HTML has no such element, or no longer
bool is_global_attribute(std::string_view name); // id, class, …, event handlers, RDFa, microdata; not data-* and aria-*
bool is_boolean_attribute(std::string_view name);
bool holds_word(std::string_view words, std::string_view word); // of a list such as `children`

} // namespace bifolio
