#include "read/attribute_list.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr std::array<std::string_view, 27> known_names{
    "abbr",      "align",   "alt",    "cite",     "colspan",  "datetime", "description", "dir",   "entry",
    "epub:type", "headers", "height", "hreflang", "reversed", "role",     "rowspan",     "scope", "see",
    "see-also",  "sort",    "span",   "start",    "title",    "type",     "valign",      "value", "width"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_character(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '.'; }

void skip_space(std::string_view& rest) {
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\n')) rest.remove_prefix(1);
}

// Ids may begin with a digit (HTML 5 allows it and authors write {#2020-update}); classes and keys may not.
std::string_view take_name(std::string_view& rest, bool any_first) {
    std::size_t size = 0;
    if (!rest.empty() && (any_first ? is_name_character(rest[0]) : is_letter(rest[0])))
        while (size < rest.size() && is_name_character(rest[size])) ++size;
    const std::string_view name = rest.substr(0, size);
    rest.remove_prefix(size);
    return name;
}

std::optional<std::string> take_value(std::string_view& rest) {
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
        const char quote = rest.front();
        std::string value;
        for (std::size_t i = 1; i < rest.size(); ++i) {
            if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == quote || rest[i + 1] == '\\')) {
                value += rest[++i];
            } else if (rest[i] == quote) {
                rest.remove_prefix(i + 1);
                return value;
            } else {
                value += rest[i];
            }
        }
        return std::nullopt;
    }
    std::size_t size = 0;
    while (size < rest.size() && std::string_view(" \t\n}\"'{<>`").find(rest[size]) == std::string_view::npos) ++size;
    if (size == 0) return std::nullopt;
    std::string value(rest.substr(0, size));
    rest.remove_prefix(size);
    return value;
}

bool take_item(std::string_view& rest, AttributeList& list) {
    if (rest.front() == '#') {
        rest.remove_prefix(1);
        list.id = take_name(rest, true);
        return !list.id.empty();
    }
    if (rest.front() == '.') {
        rest.remove_prefix(1);
        std::string_view all = take_name(rest, false);
        if (all.empty()) return false;
        // “{.a.b}” is two classes, as in kramdown; a class name holds no full stop.
        for (std::size_t dot; (dot = all.find('.')) != std::string_view::npos; all.remove_prefix(dot + 1))
            if (dot > 0) list.classes.emplace_back(all.substr(0, dot));
        if (!all.empty()) list.classes.emplace_back(all);
        return true;
    }
    const std::string name = to_ascii_lower(take_name(rest, false));
    if (name.empty() || rest.empty() || rest.front() != '=') return false;
    rest.remove_prefix(1);
    std::optional<std::string> value = take_value(rest);
    if (!value) return false;
    if (name == "lang")
        list.language = *std::move(value);
    else if (name == "id")
        list.id = *std::move(value);
    else if (name == "class")
        list.classes.push_back(*std::move(value));
    else
        list.attributes.push_back({name, *std::move(value)});
    return true;
}

} // namespace

std::optional<AttributeList> take_attribute_list(std::string_view& text) {
    std::string_view rest = text;
    if (rest.empty() || rest.front() != '{') return std::nullopt;
    rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == ':') rest.remove_prefix(1); // kramdown: {: .class}
    AttributeList list;
    skip_space(rest);
    for (bool first = true; !rest.empty() && rest.front() != '}'; first = false) {
        // Items are parted by space; only “.class” may follow closely: {#id.class}.
        const char before = rest.data()[-1];
        if (!first && before != ' ' && before != '\t' && before != '\n' && rest.front() != '.') return std::nullopt;
        if (!take_item(rest, list)) return std::nullopt;
        skip_space(rest);
    }
    if (rest.empty()) return std::nullopt;
    if (list.id.empty() && list.language.empty() && list.classes.empty() && list.attributes.empty()) return std::nullopt;
    rest.remove_prefix(1);
    text = rest;
    return list;
}

bool is_known_attribute(std::string_view name) {
    return name.starts_with("data-") || name.starts_with("aria-") ||
           std::find(known_names.begin(), known_names.end(), name) != known_names.end();
}

std::vector<std::string> known_attributes() { return {known_names.begin(), known_names.end()}; }

void apply(const AttributeList& list, NodeInfo& info) {
    if (!list.id.empty()) info.id = list.id;
    if (!list.language.empty()) info.language = list.language;
    for (const std::string& name : list.classes)
        if (std::find(info.classes.begin(), info.classes.end(), name) == info.classes.end()) info.classes.push_back(name);
    for (const Attribute& attribute : list.attributes) {
        auto same = std::find_if(info.attributes.begin(), info.attributes.end(),
                                 [&](const Attribute& a) { return a.name == attribute.name; });
        if (same != info.attributes.end())
            same->value = attribute.value;
        else
            info.attributes.push_back(attribute);
    }
}

} // namespace bifolio
