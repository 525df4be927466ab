#include "style/font_face.h"

#include "style/css_value.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace bifolio {

namespace {

// The first file of src: a list of url(…) format(…) and local(…).
std::string first_file(const ComponentValues& value, const std::string& folder, bool& only_local) {
    only_local = true;
    for (const ComponentValues& part : split_at_commas(value)) {
        ValueReader in(part);
        if (in.take_function("local")) continue;
        only_local = false;
        if (const auto address = in.take_url()) {
            std::string path = resolved_path(folder, *address);
            if (!path.empty()) return path;
        }
    }
    return {};
}

void read_weight(const ComponentValues& value, FontFaceDescriptor& face) {
    ValueReader in(value);
    const auto weight = [&]() -> std::optional<int> {
        if (in.take_ident("normal")) return 400;
        if (in.take_ident("bold")) return 700;
        const auto number = in.take_number();
        return number ? std::optional(static_cast<int>(std::clamp(*number, 1.0, 1000.0))) : std::nullopt;
    };
    const auto from = weight();
    if (!from) return;
    face.weight = std::minmax(*from, weight().value_or(*from));
}

void read_stretch(const ComponentValues& value, FontFaceDescriptor& face) {
    ValueReader in(value);
    const auto stretch = [&]() -> std::optional<double> {
        if (const auto share = in.take_keyword(font_stretch_words())) return share;
        const auto percent = in.take_percentage();
        return percent && *percent >= 0 ? std::optional(std::min(*percent / 100, 10.0)) : std::nullopt;
    };
    if (const auto from = stretch()) face.stretch = std::minmax(*from, stretch().value_or(*from));
}

void read_ranges(const ComponentValues& value, FontFaceDescriptor& face) {
    // Ranges are tokens of their own only here.
    for (const ComponentValue& one : parse_component_values(unicode_range_text(value), {.unicode_ranges = true}))
        if (one.type == TokenType::unicode_range && one.range_begin <= one.range_end && one.range_begin <= 0x10FFFF)
            face.unicode_range.emplace_back(one.range_begin, std::min<std::uint32_t>(one.range_end, 0x10FFFF));
}

} // namespace

std::string unicode_range_text(const ComponentValues& value) {
    std::string text;
    for (const ComponentValue& one : value) text += to_css(one);
    return std::string(trimmed(text));
}

std::string resolved_path(const std::string& folder, std::string_view address) {
    const std::string_view path = address.substr(0, address.find_first_of("?#"));
    if (path.empty() || path.find(':') != std::string_view::npos || path.starts_with('/')) return {};
    return (std::filesystem::path(folder) / path).lexically_normal().generic_string();
}

std::optional<FontFaceDescriptor> read_font_face(const SyntaxNodes& descriptors, const std::string& folder, Span where,
                                                 Diagnostics& diagnostics) {
    FontFaceDescriptor face;
    face.where = where;
    bool only_local = false;
    for (const SyntaxNode& node : descriptors) {
        if (node.kind != SyntaxNode::Kind::declaration) continue;
        const std::string name = to_ascii_lower(node.name);
        ValueReader in(node.prelude);
        if (name == "font-family") {
            if (auto text = in.take_string())
                face.family = std::move(*text);
            else
                while (auto word = in.take_any_ident()) face.family += (face.family.empty() ? "" : " ") + *word;
        } else if (name == "src") {
            const std::string file = first_file(node.prelude, folder, only_local);
            if (!file.empty()) face.file = file;
        } else if (name == "font-weight") {
            read_weight(node.prelude, face);
        } else if (name == "font-style") {
            if (in.take_ident("normal"))
                face.style = FontStyle::normal;
            else if (in.take_ident("italic"))
                face.style = FontStyle::italic;
            else if (in.take_ident("oblique"))
                face.style = FontStyle::oblique;
        } else if (name == "font-stretch" || name == "font-width") {
            read_stretch(node.prelude, face);
        } else if (name == "unicode-range") {
            read_ranges(node.prelude, face);
        }
    }
    if (!face.family.empty() && !face.file.empty()) return face;
    if (face.family.empty() || !only_local)
        diagnostics.warning("style.font-face", where,
                            face.family.empty() ? "@font-face lacks a font-family" : "@font-face names no file of the book");
    return std::nullopt;
}

} // namespace bifolio
