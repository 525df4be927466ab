#include "write/xhtml/attributes.h"

#include "base/number.h"
#include "base/utf8.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace bifolio {

namespace {

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> allowed) {
    return std::find(allowed.begin(), allowed.end(), value) != allowed.end();
}

bool is_whole_number(std::string_view value, int least, int most) {
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc{} && end == value.data() + value.size() && number >= least && number <= most;
}

// HTML, 2.3.5: a year, a month, a day, a time, a day with a time.
bool is_date_or_time(std::string_view value) {
    const auto matches = [](std::string_view text, std::string_view pattern) {
        return text.size() == pattern.size() && std::equal(text.begin(), text.end(), pattern.begin(), [](char c, char wanted) {
                   return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
               });
    };
    if (matches(value, "0000-00-00")) return parse_date(value).has_value();
    if (matches(value, "0000")) return value != "0000";
    const auto in_range = [](std::string_view two_digits, int least, int most) {
        return is_whole_number(two_digits, least, most);
    };
    const auto is_time = [&](std::string_view text) {
        if (text.ends_with('Z')) text.remove_suffix(1);
        const bool seconds = matches(text, "00:00:00");
        return (seconds || matches(text, "00:00")) && in_range(text.substr(0, 2), 0, 23) && in_range(text.substr(3, 2), 0, 59) &&
               (!seconds || in_range(text.substr(6, 2), 0, 59));
    };
    if (matches(value, "0000-00")) return in_range(value.substr(5), 1, 12) && value.substr(0, 4) != "0000";
    if (value.size() > 10 && (value[10] == 'T' || value[10] == ' '))
        return parse_date(value.substr(0, 10)) && is_time(value.substr(11));
    return is_time(value) && !value.ends_with('Z');
}

// “60%”, “12em”, “300” (pixels) → what CSS says. nullopt: no length.
std::optional<std::string> css_length(std::string_view value) {
    value = trimmed(value);
    std::string_view rest = value;
    const std::optional<double> number = take_number(rest);
    if (!number || *number < 0) return std::nullopt;
    const std::string unit = to_ascii_lower(rest);
    const std::string_view digits = value.substr(0, value.size() - rest.size());
    if (unit.empty()) return std::string(digits) + "px";
    if (!is_one_of(unit, {"px", "%", "em", "rem", "ex", "ch", "pt", "pc", "mm", "cm", "in", "vw", "vh"})) return std::nullopt;
    return std::string(digits) + unit;
}

bool is_data_name(std::string_view name) { // of data-…, as XML allows it without a namespace
    return name.size() > 5 && name.starts_with("data-") && std::all_of(name.begin() + 5, name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
           });
}

// Boxes and what stands for itself may be named; on a p or a span a name would be lost or would hide the words.
bool takes_label(Element element) {
    switch (element) {
    case Element::section:
    case Element::article:
    case Element::nav:
    case Element::figure:
    case Element::table:
    case Element::ul:
    case Element::ol:
    case Element::a: return true;
    default: return false;
    }
}

bool is_allowed(Element element, std::string_view name, std::string_view value) {
    if (name == "dir") return is_one_of(value, {"ltr", "rtl", "auto"});
    if (name == "title") return !is_blank(value);
    if (name == "translate") return is_one_of(value, {"yes", "no"});
    // On a sign it spares the listener noise; on a box it would keep text from them.
    if (name == "aria-hidden") return info(element).kind == ElementKind::phrase && is_one_of(value, {"true", "false"});
    if (name == "aria-label") return takes_label(element) && !is_blank(value);
    if (name.starts_with("data-")) return is_data_name(name) && !name.starts_with("data-page-"); // those are for paper
    switch (element) {
    case Element::ol:
        return (name == "start" && is_whole_number(value, -1'000'000'000, 1'000'000'000)) ||
               (name == "type" && is_one_of(value, {"1", "a", "A", "i", "I"})) || (name == "reversed" && value == "reversed");
    case Element::li: return name == "value" && is_whole_number(value, -1'000'000'000, 1'000'000'000);
    case Element::th:
        if (name == "scope") return is_one_of(value, {"row", "col", "rowgroup", "colgroup"});
        if (name == "abbr") return true;
        [[fallthrough]];
    case Element::td:
        return (name == "colspan" && is_whole_number(value, 1, 1000)) || (name == "rowspan" && is_whole_number(value, 0, 65534));
    case Element::col: return name == "span" && is_whole_number(value, 1, 1000);
    case Element::time: return name == "datetime" && is_date_or_time(value);
    case Element::data: return name == "value";
    default: return false;
    }
}

} // namespace

void append_language(std::string& out, std::string_view language) {
    const std::string tag = language_tag(language);
    if (tag.empty()) return;
    append_attribute(out, "lang", tag);
    append_attribute(out, "xml:lang", tag);
}

void append_node_attributes(std::string& out, const Node& node) {
    if (!node.info.language.empty()) append_language(out, node.info.language);
    std::string style;
    for (const auto& [name, value] : node.info.attributes) {
        if (attribute(node, name) != &value) continue; // the first of a name counts; XML allows no second
        const bool sized = node.element == Element::img || node.element == Element::col || node.element == Element::table ||
                           node.element == Element::figure || node.element == Element::div || node.element == Element::td ||
                           node.element == Element::th;
        if (sized && (name == "width" || name == "height")) {
            if (const std::optional<std::string> length = css_length(value))
                style += (style.empty() ? "" : "; ") + name + ": " + *length;
        } else if (is_allowed(node.element, name, value)) {
            append_attribute(out, name, value);
        } else if ((node.element == Element::blockquote || node.element == Element::q || node.element == Element::del ||
                    node.element == Element::ins) &&
                   name == "cite") {
            // EPUB 3.3 takes it for a resource of the publication, which may be fetched from safe places only.
            if (const std::string address = hyperlink(value); address.starts_with("https:"))
                append_attribute(out, "cite", address);
        } else if ((node.element == Element::del || node.element == Element::ins) && name == "datetime" && parse_date(value)) {
            append_attribute(out, "datetime", value);
        }
    }
    if (!style.empty()) append_attribute(out, "style", style);
}

bool has_what_it_needs(const Node& node) {
    const auto has = [&](std::string_view name) {
        const std::string* value = attribute(node, name);
        return value && is_allowed(node.element, name, *value);
    };
    switch (node.element) {
    case Element::time: return has("datetime");
    case Element::data: return has("value");
    case Element::bdo: return has("dir");
    default: return true;
    }
}

} // namespace bifolio
