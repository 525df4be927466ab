#include "style/css_encoding.h"

#include "base/utf8.h"

#include <unicode/ucnv.h>

#include <memory>

namespace bifolio {

namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// ICU takes nearly anything for a name; only what looks like a label may reach it.
Converter open_converter(const std::string& label) {
    for (const char c : label)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) return nullptr;
    if (label.empty()) return nullptr;
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(label.c_str(), &status));
    return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// The Encoding Standard reads Latin 1 as windows-1252 and knows no UTF-7.
std::string known_label(std::string_view written) {
    std::string label = to_ascii_lower(trimmed(written));
    if (label == "utf8") label = "utf-8";
    if (label == "iso-8859-1" || label == "latin1" || label == "ascii" || label == "us-ascii") label = "windows-1252";
    if (label == "utf-16") label = "utf-16le";
    if (label == "utf-7" || !open_converter(label)) return {};
    return label;
}

std::string charset_rule(std::string_view bytes) {
    constexpr std::string_view opening = "@charset \"";
    if (!bytes.starts_with(opening)) return {};
    const std::size_t close = bytes.substr(0, 1024).find("\";", opening.size());
    if (close == std::string_view::npos) return {};
    const std::string label = known_label(bytes.substr(opening.size(), close - opening.size()));
    // A rule that can be read as ASCII cannot be in UTF-16.
    return label == "utf-16le" || label == "utf-16be" ? "utf-8" : label;
}

std::string decode(std::string_view bytes, const std::string& label) {
    if (label == "utf-8") return with_replacements(bytes);
    const Converter converter = open_converter(label);
    if (!converter) return with_replacements(bytes);
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size = static_cast<std::int32_t>(bytes.size());
    std::u16string units(bytes.size() + 1, u'\0'); // no encoding gives more units than it has bytes
    const std::int32_t made =
        ucnv_toUChars(converter.get(), units.data(), static_cast<std::int32_t>(units.size()), bytes.data(), size, &status);
    if (U_FAILURE(status)) return with_replacements(bytes);
    units.resize(static_cast<std::size_t>(made));
    std::string text;
    for (std::size_t at = 0; at < units.size(); ++at) {
        char32_t c = units[at];
        if (c >= 0xD800 && c < 0xDC00 && at + 1 < units.size()) c = 0x10000 + ((c - 0xD800) << 10) + (units[++at] - 0xDC00u);
        append_utf8(text, c);
    }
    return text;
}

} // namespace

DecodedStylesheet decode_stylesheet(std::string_view bytes, std::string_view protocol_encoding,
                                    std::string_view environment_encoding) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {with_replacements(bytes.substr(3)), "utf-8"};
    if (bytes.starts_with("\xFF\xFE")) return {decode(bytes.substr(2), "utf-16le"), "utf-16le"};
    if (bytes.starts_with("\xFE\xFF")) return {decode(bytes.substr(2), "utf-16be"), "utf-16be"};
    std::string label = known_label(protocol_encoding);
    if (label.empty()) label = charset_rule(bytes);
    if (label.empty()) label = known_label(environment_encoding);
    if (label.empty()) label = "utf-8";
    return {decode(bytes, label), label};
}

} // namespace bifolio
