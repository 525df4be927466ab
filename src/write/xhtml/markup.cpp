#include "write/xhtml/markup.h"

#include "assemble/languages.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace bifolio {

namespace {

enum Treatment : std::uint8_t { plain, in_text, in_values, look_closer, forbidden };

constexpr std::array<Treatment, 256> treatments = [] {
    std::array<Treatment, 256> table{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) table[byte] = forbidden;
    table['\t'] = table['\n'] = table['"'] = in_values;
    table['\r'] = table['&'] = table['<'] = table['>'] = in_text;
    table[0xEF] = look_closer; // U+FFFE and U+FFFF begin so
    return table;
}();

std::string_view reference(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t': return "&#9;";
    case '\n': return "&#10;";
    case '\r': return "&#13;";
    default: return "";
    }
}

std::size_t append_escaped(std::string& out, std::string_view text, Treatment escaped_beyond_text) {
    std::size_t dropped = 0, begin = 0, at = 0;
    const auto flush = [&](std::size_t next) {
        out.append(text, begin, at - begin);
        begin = at = next;
    };
    while (at < text.size()) {
        const Treatment treatment = treatments[static_cast<unsigned char>(text[at])];
        if (treatment == plain || (treatment == in_values && escaped_beyond_text != in_values)) {
            ++at;
        } else if (treatment == look_closer) {
            if (text.substr(at).starts_with("\xEF\xBF\xBE") || text.substr(at).starts_with("\xEF\xBF\xBF")) {
                ++dropped;
                flush(at + 3);
            } else {
                ++at;
            }
        } else if (treatment == forbidden) {
            ++dropped;
            flush(at + 1);
        } else {
            const char c = text[at];
            flush(at + 1);
            out += reference(c);
        }
    }
    out.append(text, begin, at - begin);
    return dropped;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

void append_encoded(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 0x0F];
}

// RFC 3986, 2: a percent sign that encodes nothing and characters that may not stand in a URL are encoded. `kept` may stand.
std::string encoded(std::string_view part, std::string_view kept) {
    std::string out;
    for (std::size_t at = 0; at < part.size(); ++at) {
        const char c = part[at];
        const bool escape = c == '%' && at + 2 < part.size() && is_hex(part[at + 1]) && is_hex(part[at + 2]);
        if (escape || is_digit(c) || is_letter(c) || kept.find(c) != std::string_view::npos)
            out += c;
        else
            append_encoded(out, c);
    }
    return out;
}

constexpr std::string_view of_path = "-._~!$&'()*+,;=:@/";

bool is_ipv4(const std::vector<std::string_view>& labels) {
    return labels.size() == 4 && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
               int value = -1;
               const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), value);
               return error == std::errc{} && end == label.data() + label.size() && value <= 255 && label.size() <= 3;
           });
}

// URL Standard, host parsing, for hosts that a reader could reach: names and addresses of four numbers.
bool is_host(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    if (host.back() == '.') host.remove_suffix(1);
    std::vector<std::string_view> labels;
    for (;;) {
        const std::size_t dot = host.find('.');
        const std::string_view label = host.substr(0, dot);
        if (label.empty()) return false;
        for (std::size_t at = 0; at < label.size(); ++at) {
            const char c = label[at];
            if (is_digit(c) || is_letter(c) || c == '-' || c == '_') continue;
            // Letters beyond ASCII come percent-encoded; an encoded ASCII character has no business in a name.
            if (c == '%' && at + 2 < label.size() && is_hex(label[at + 1]) && is_hex(label[at + 2]) && label[at + 1] >= '8') {
                at += 2;
                continue;
            }
            return false;
        }
        labels.push_back(label);
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    const std::string_view last = labels.back();
    return std::all_of(last.begin(), last.end(), is_digit) ? is_ipv4(labels) : true;
}

std::string web_address(std::string_view scheme, std::string_view rest) {
    if (!rest.starts_with("//")) return "";
    rest.remove_prefix(2);
    const std::size_t path_begin = std::min(rest.find_first_of("/?#"), rest.size());
    std::string_view authority = rest.substr(0, path_begin), user;
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        user = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    std::string_view host = authority, port;
    if (const std::size_t colon = authority.rfind(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
    }
    const bool port_is_valid =
        port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit) && (port.size() < 5 || port <= "65535");
    if (!is_host(host) || !port_is_valid) return "";
    std::string out = std::string(scheme) + "://";
    if (!user.empty()) out += encoded(user, "-._~!$&'()*+,;=:") + "@";
    out += host;
    if (!port.empty()) out.append(":").append(port);

    rest.remove_prefix(path_begin);
    const std::size_t hash = rest.find('#');
    const std::string_view before = rest.substr(0, hash);
    const std::size_t mark = before.find('?');
    out += encoded(before.substr(0, mark), of_path);
    if (mark != std::string_view::npos) out += "?" + encoded(before.substr(mark + 1), std::string(of_path) + "?");
    if (hash != std::string_view::npos) out += "#" + encoded(rest.substr(hash + 1), std::string(of_path) + "?");
    return out;
}

} // namespace

std::size_t append_text(std::string& out, std::string_view text) { return append_escaped(out, text, in_text); }
std::size_t append_value(std::string& out, std::string_view value) { return append_escaped(out, value, in_values); }

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
    out.append(" ").append(name).append("=\"");
    append_value(out, value);
    out += '"';
}

void append_element(std::string& out, std::string_view tag, std::string_view text) {
    out.append("<").append(tag).append(">");
    append_text(out, text);
    out.append("</").append(tag.substr(0, tag.find(' '))).append(">");
}

// RFC 5646, 2.1, as far as the form goes: subtags of one to eight letters and digits, the first of two to eight letters or “x”.
std::string language_tag(std::string_view language) {
    std::string tag(language);
    std::replace(tag.begin(), tag.end(), '_', '-');
    std::string_view rest = tag;
    for (bool first = true;; first = false) {
        const std::size_t hyphen = rest.find('-');
        const std::string_view subtag = rest.substr(0, hyphen);
        if (subtag.empty() || subtag.size() > 8) return "";
        if (first && (subtag.size() < 2 || !std::all_of(subtag.begin(), subtag.end(), is_letter)) && subtag != "x") return "";
        if (!std::all_of(subtag.begin(), subtag.end(), [](char c) { return is_letter(c) || is_digit(c); })) return "";
        if (hyphen == std::string_view::npos) return may_be_language(tag) ? tag : "";
        rest.remove_prefix(hyphen + 1);
    }
}

std::string hyperlink(std::string_view address) {
    address = trimmed(address);
    const std::size_t colon = address.find(':');
    if (colon == std::string_view::npos) return "";
    const std::string scheme = to_ascii_lower(address.substr(0, colon));
    const std::string_view rest = address.substr(colon + 1);
    if (scheme == "http" || scheme == "https" || scheme == "ftp") return web_address(scheme, rest);
    if (scheme == "mailto" || scheme == "tel" || scheme == "sms")
        return rest.empty() ? "" : scheme + ":" + encoded(rest, std::string(of_path) + "?");
    return "";
}

} // namespace bifolio
