#include "style/hints.h"

#include "base/utf8.h"
#include "style/css_parser.h"
#include "style/property.h"

namespace bifolio {

namespace {

bool takes_size(Element element) {
    return element == Element::img || element == Element::col || element == Element::colgroup || element == Element::table ||
           element == Element::td || element == Element::th;
}

// “60%”, “120” (pixels), “4em”
std::string length_of(std::string_view text) {
    const std::string value(trimmed(text));
    const ComponentValues values = parse_component_values(value);
    if (values.size() != 1) return {};
    if (values[0].type == TokenType::number) return values[0].number < 0 ? std::string() : values[0].representation + "px";
    const bool length = values[0].type == TokenType::dimension && length_unit(values[0].text);
    return length || values[0].type == TokenType::percentage ? value : std::string();
}

// The direction of the first letter that has one (HTML, dir=auto).
bool begins_right_to_left(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        at += one.size;
        const char32_t c = one.code_point;
        const bool rtl = (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFF) ||
                         (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF) || c == 0x200F;
        const bool digit_or_mark = (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) || (c >= 0x64B && c <= 0x65F);
        if (rtl && !digit_or_mark) return true;
        const bool ltr = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x590 && c != 0xD7 && c != 0xF7) ||
                         (c >= 0x900 && c < 0x2000) || (c >= 0x3040 && c < 0xD800);
        if (ltr) return false;
    }
    return false;
}

} // namespace

std::uint32_t Hints::of(NodeId id) {
    const Node& node = book_.node(id);
    if (node.info.attributes.empty()) return none;
    std::string css;
    if (takes_size(node.element))
        for (const std::string_view name : {"width", "height"})
            if (const std::string* value = attribute(node, name))
                if (const std::string length = length_of(*value); !length.empty()) (css += name) += ":" + length + ";";
    if (const std::string* dir = attribute(node, "dir"); dir && equals_ignoring_ascii_case(*dir, "auto"))
        css += begins_right_to_left(text_content(book_, id)) ? "direction:rtl;" : "direction:ltr;";
    if (css.empty()) return none;
    const auto [found, fresh] = by_text_.emplace(css, static_cast<std::uint32_t>(all_.size() + 1));
    if (!fresh) return found->second;
    std::vector<Declaration> declarations;
    for (const SyntaxNode& one : parse_declaration_list(parse_component_values(css))) {
        Expansion expansion;
        const Property* property = property_table().find(one.name);
        if (!property || !parse_property(*property, one.prelude, expansion)) continue;
        for (LonghandValue& value : expansion.values) {
            Declaration declaration;
            declaration.property = value.property;
            declaration.set = std::move(value.set);
            declarations.push_back(std::move(declaration));
        }
    }
    all_.push_back(std::move(declarations));
    return found->second;
}

} // namespace bifolio
