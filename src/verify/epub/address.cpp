#include "verify/epub/address.h"

#include "base/utf8.h"
#include "verify/epub/file_names.h"

#include <algorithm>
#include <vector>

namespace bifolio {

namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else
            out += text[i];
    }
    return out;
}

std::string_view scheme_of(std::string_view text) {
    if (text.empty() || !is_alpha(text.front())) return {};
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == ':') return text.substr(0, i);
        if (!is_alpha(text[i]) && !is_digit(text[i]) && text[i] != '+' && text[i] != '-' && text[i] != '.') return {};
    }
    return {};
}

// What the URL Standard calls a validation error, of what people write by mistake.
bool has_forbidden_character(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' ||
               c == '{' || c == '|' || c == '}';
    });
}

bool has_bracket_behind_host(std::string_view after_scheme) {
    const std::size_t end = after_scheme.find_first_of("/?#", 2);
    return end != std::string_view::npos && after_scheme.find_first_of("[]", end) != std::string_view::npos;
}

bool has_host(std::string_view after_scheme) {
    if (!after_scheme.starts_with("//")) return false;
    const std::string_view host = after_scheme.substr(2, after_scheme.find_first_of("/?#", 2) - 2);
    const std::size_t percent = host.find('%');
    const bool encoded = percent == std::string_view::npos ||
                         (percent + 2 < host.size() && hex_digit(host[percent + 1]) >= 0 && hex_digit(host[percent + 2]) >= 0);
    return !host.empty() && encoded && host.find_first_of(",;() ") == std::string_view::npos;
}

// The written path, decoded, on top of the folder, which is names already; `leaks` when “..” has no folder left to leave.
std::string joined(std::string_view folder, std::string_view path, bool& leaks) {
    std::vector<std::string> segments;
    for (; !folder.empty(); folder.remove_prefix(folder.find('/') + 1)) segments.emplace_back(folder.substr(0, folder.find('/')));
    const bool names_folder = path.ends_with('/');
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        std::string name = percent_decoded(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (name == ".." && segments.empty())
            leaks = true;
        else if (name == "..")
            segments.pop_back();
        else if (name != "." && !name.empty())
            segments.push_back(std::move(name));
    }
    std::string out;
    for (const std::string& segment : segments) out += (out.empty() ? "" : "/") + segment;
    if (names_folder && !out.empty()) out += '/';
    return out;
}

} // namespace

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

Address resolve(std::string_view base, std::string_view written) {
    Address out;
    std::string_view text = trimmed(written);
    if (const std::string_view scheme = scheme_of(text); !scheme.empty()) {
        out.scheme = to_ascii_lower(scheme);
        const std::string_view rest = text.substr(scheme.size() + 1);
        out.is_file_url = out.scheme == "file";
        if (out.scheme == "data")
            out.kind = Address::Kind::data;
        else if (out.scheme == "http" || out.scheme == "https" || out.scheme == "ftp" || out.scheme == "file")
            out.kind = out.is_file_url || (has_host(rest) && !has_forbidden_character(text) && !has_bracket_behind_host(rest))
                           ? Address::Kind::remote
                           : Address::Kind::malformed;
        else
            out.kind = rest.starts_with("//") ? Address::Kind::remote : Address::Kind::opaque;
        if (const std::size_t hash = text.find('#'); hash != std::string_view::npos && out.kind == Address::Kind::remote) {
            out.has_fragment = true;
            out.fragment = percent_decoded(text.substr(hash + 1));
        }
        return out;
    }
    if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
        out.has_fragment = true;
        out.fragment = percent_decoded(text.substr(hash + 1));
        text = text.substr(0, hash);
    }
    if (const std::size_t query = text.find('?'); query != std::string_view::npos) {
        out.has_query = true;
        text = text.substr(0, query);
    }
    if (text.starts_with("//")) { // a scheme-relative address leads out
        out.kind = Address::Kind::remote;
        return out;
    }
    if (has_forbidden_character(text)) out.kind = Address::Kind::malformed;
    if (text.empty()) {
        out.path = base;
        return out;
    }
    out.absolute = text.starts_with('/');
    out.path = composed(joined(out.absolute ? std::string_view() : folder_of(base), text, out.leaks));
    return out;
}

} // namespace bifolio
