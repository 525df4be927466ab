#include "verify/epub/file_names.h"

#include "base/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

namespace bifolio {

namespace {

bool is_forbidden(char32_t c) {
    if (c < 0x80)
        return c == '"' || c == '*' || c == ':' || c == '<' || c == '>' || c == '?' || c == '\\' || c == '|' || c == 0x7F ||
               c < 0x20;
    const auto code = static_cast<UChar32>(c);
    const auto type = u_charType(code);
    return type == U_CONTROL_CHAR || type == U_PRIVATE_USE_CHAR || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
           (c >= 0xFFF0 && c <= 0xFFFF) || c == 0xE0001;
}

// White space is warned of, not forbidden, as in EPUBCheck.
bool is_space(char32_t c) { return c == ' ' || (c >= 0x09 && c <= 0x0D) || u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

} // namespace

void judge_file_name(std::string_view path, const Reporter& report) {
    bool forbidden = false, space = false, foreign = false, stop = path.ends_with('.');
    std::string shown;
    for (std::size_t at = 0; at < path.size();) {
        const Decoded one = decode_utf8(path, at);
        const char32_t c = one.code_point;
        if (is_space(c))
            space = true;
        else if (is_forbidden(c)) {
            if (!forbidden) shown = c > 0x20 && c < 0x7F ? std::string(1, static_cast<char>(c)) : "a character that is not shown";
            forbidden = true;
        }
        foreign = foreign || c >= 0x80;
        stop = stop || (c == '/' && at > 0 && path[at - 1] == '.' && (at < 2 || (path[at - 2] != '/' && path[at - 2] != '.')));
        at += one.size;
    }
    const std::string name = "‘" + std::string(path) + "’";
    if (forbidden) report("EPUB PKG-009", "the name " + name + " has " + shown);
    if (space) report("EPUB PKG-010", "the name " + name + " has a space");
    if (stop) report("EPUB PKG-011", "the name " + name + " ends with a full stop");
    if (foreign) report("EPUB PKG-012", "the name " + name + " is not all ASCII");
}

std::string folded_name(std::string_view path) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(path.data(), static_cast<std::int32_t>(path.size())));
    icu::UnicodeString folded = normalizer->normalize(text, status);
    folded.foldCase();
    folded = normalizer->normalize(folded, status);
    std::string out;
    folded.toUTF8String(out);
    return out;
}

std::string composed(std::string_view path) {
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::ranges::all_of(path, is_ascii) || first_invalid_utf8(path) != std::string_view::npos) return std::string(path);
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no normalisation data");
    const auto text = icu::UnicodeString::fromUTF8(icu::StringPiece(path.data(), static_cast<std::int32_t>(path.size())));
    std::string out;
    normalizer->normalize(text, status).toUTF8String(out);
    return out;
}

} // namespace bifolio
