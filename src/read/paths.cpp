#include "read/paths.h"

#include "base/nearest.h"
#include "base/utf8.h"

#include <algorithm>
#include <optional>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes a run of digits from the front, without its leading zeros.
std::string_view take_number_run(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && is_digit(text[end])) ++end;
    std::string_view run = text.substr(0, end);
    text.remove_prefix(end);
    while (run.size() > 1 && run.front() == '0') run.remove_prefix(1);
    return run;
}

} // namespace

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
        if (low) {
            out += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string normal_path(std::string_view path) { return fs::path(path).lexically_normal().generic_string(); }

std::vector<std::string> hints_for_missing(const fs::path& root, std::string_view path, const Files& files) {
    const fs::path folder = fs::path(path).parent_path();
    const fs::path on_disk = folder.empty() ? root : root / folder;
    if (!files.is_folder(on_disk)) return {"there is no folder ‘" + folder.generic_string() + "’"};
    const auto full = [&](const std::string& name) { return "did you mean ‘" + (folder / name).generic_string() + "’?"; };
    const std::vector<std::string> names = files.list(on_disk);
    const std::string wanted = fs::path(path).filename().string(), stem = fs::path(path).stem().string();
    if (const auto name = nearest(wanted, names)) return {full(*name)};
    for (const std::string& name : names) // the same name with another ending
        if (!stem.empty() && equals_ignoring_ascii_case(fs::path(name).stem().string(), stem)) return {full(name)};
    return {};
}

bool comes_before_by_name(std::string_view a, std::string_view b) {
    const std::string a_lower = to_ascii_lower(a), b_lower = to_ascii_lower(b);
    std::string_view x = a_lower, y = b_lower;
    while (!x.empty() && !y.empty()) {
        if (is_digit(x.front()) && is_digit(y.front())) {
            const std::string_view p = take_number_run(x), q = take_number_run(y);
            if (p.size() != q.size()) return p.size() < q.size();
            if (p != q) return p < q;
        } else if (x.front() != y.front()) {
            return static_cast<unsigned char>(x.front()) < static_cast<unsigned char>(y.front());
        } else {
            x.remove_prefix(1);
            y.remove_prefix(1);
        }
    }
    if (x.empty() != y.empty()) return x.empty();
    return a < b;
}

} // namespace bifolio
