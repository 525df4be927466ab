#include "style/reading_systems.h"

#include "base/utf8.h"
#include "style/browser_properties.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

// The EPUB 3 CSS Profile: CSS 2.1, Multi-column, Speech, Ruby, and the -epub- names of Text and Writing Modes. Sorted.
constexpr std::array everyone_knows = std::to_array<std::string_view>({
    "-epub-hyphens",
    "-epub-line-break",
    "-epub-ruby-position",
    "-epub-speak",
    "-epub-speak-as",
    "-epub-text-align-last",
    "-epub-text-combine",
    "-epub-text-combine-horizontal",
    "-epub-text-emphasis",
    "-epub-text-emphasis-color",
    "-epub-text-emphasis-position",
    "-epub-text-emphasis-style",
    "-epub-text-orientation",
    "-epub-text-transform",
    "-epub-text-underline-position",
    "-epub-word-break",
    "-epub-writing-mode",
    "background",
    "background-attachment",
    "background-color",
    "background-image",
    "background-position",
    "background-repeat",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "bottom",
    "break-after",
    "break-before",
    "break-inside",
    "caption-side",
    "clear",
    "clip",
    "color",
    "column-count",
    "column-fill",
    "column-gap",
    "column-rule",
    "column-rule-color",
    "column-rule-style",
    "column-rule-width",
    "column-span",
    "column-width",
    "columns",
    "content",
    "counter-increment",
    "counter-reset",
    "cue",
    "cue-after",
    "cue-before",
    "cursor",
    "display",
    "empty-cells",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "left",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-image",
    "list-style-position",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "orphans",
    "outline",
    "outline-color",
    "outline-style",
    "outline-width",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-before",
    "page-break-inside",
    "pause",
    "pause-after",
    "pause-before",
    "position",
    "quotes",
    "rest",
    "rest-after",
    "rest-before",
    "right",
    "speak",
    "speak-as",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "top",
    "vertical-align",
    "visibility",
    "voice-family",
    "white-space",
    "widows",
    "width",
    "word-spacing",
    "z-index",
});

// Of makers of reading systems: WebKit's, Apple's, Amazon's, Adobe's.
constexpr std::array prefixes_in_use = std::to_array<std::string_view>({"-webkit-", "-ibooks-", "-amzn-", "adobe-"});

constexpr std::array known_functions = std::to_array<std::string_view>({
    "attr",
    "counter",
    "counters",
    "cubic-bezier",
    "format",
    "hsl",
    "hsla",
    "linear-gradient",
    "local",
    "matrix",
    "radial-gradient",
    "rect",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "rotate",
    "scale",
    "scalex",
    "scaley",
    "skew",
    "skewx",
    "skewy",
    "steps",
    "translate",
    "translatex",
    "translatey",
    "url",
    "var",
});

template <class Names>
bool has(const Names& sorted, std::string_view name) {
    return std::binary_search(sorted.begin(), sorted.end(), name);
}
static_assert(std::is_sorted(everyone_knows.begin(), everyone_knows.end()));
static_assert(std::is_sorted(known_functions.begin(), known_functions.end()));

} // namespace

KnownBy known_by(std::string_view property) {
    if (has(everyone_knows, property)) return KnownBy::everyone;
    const bool known = property.starts_with("--") || is_browser_property(property) ||
                       std::ranges::any_of(prefixes_in_use, [&](auto prefix) { return property.starts_with(prefix); });
    return known ? KnownBy::browsers : KnownBy::nobody;
}

std::string_view unknown_function(const ComponentValues& value) {
    for (const ComponentValue& one : value) {
        if (one.type == TokenType::function && !has(known_functions, to_ascii_lower(one.text))) return one.text;
        if (const std::string_view inner = unknown_function(one.values); !inner.empty()) return inner;
    }
    return {};
}

} // namespace bifolio
