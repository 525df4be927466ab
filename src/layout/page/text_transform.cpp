#include "layout/page/text_transform.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

namespace bifolio {

namespace {

// The first letter, behind quotes and brackets, in its title case form.
std::string capitalized(std::string_view word, const std::string& language) {
    for (std::size_t i = 0; i < word.size();) {
        const Decoded one = decode_utf8(word, i);
        if (u_isalnum(static_cast<UChar32>(one.code_point)) != 0) {
            const std::string first = to_utf8(static_cast<char32_t>(u_totitle(static_cast<UChar32>(one.code_point))));
            if (language.starts_with("nl") && word.substr(i).starts_with("ij"))
                return std::string(word.substr(0, i)) + "IJ" + std::string(word.substr(i + 2));
            return std::string(word.substr(0, i)) + first + std::string(word.substr(i + one.size));
        }
        i += one.size;
    }
    return std::string(word);
}

} // namespace

std::string transformed(std::string_view word, TextTransform transform, const std::string& language) {
    if (transform == TextTransform::none) return std::string(word);
    if (transform == TextTransform::capitalize) return capitalized(word, language);
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(word.data(), static_cast<std::int32_t>(word.size()));
    if (transform == TextTransform::uppercase)
        icu::CaseMap::utf8ToUpper(language.c_str(), 0, piece, sink, nullptr, status);
    else
        icu::CaseMap::utf8ToLower(language.c_str(), 0, piece, sink, nullptr, status);
    return U_FAILURE(status) ? std::string(word) : out;
}

namespace {

// A letter that its neighbours are joined to.
bool is_cursive(char32_t c) {
    const std::int32_t type = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_JOINING_TYPE);
    return type == U_JT_DUAL_JOINING || type == U_JT_LEFT_JOINING || type == U_JT_RIGHT_JOINING;
}

} // namespace

std::vector<TransformedPart> transformed_parts(std::string_view word, TextTransform transform, const std::string& language) {
    constexpr std::uint32_t longest = 200; // of bytes; no language has longer words
    std::string whole = transformed(word, transform, language);
    const auto size = static_cast<std::uint32_t>(word.size());
    if (whole.size() == size || size > longest) return {{0, size, std::move(whole)}};
    std::vector<TransformedPart> parts;
    std::uint32_t from = 0;
    std::size_t shown_from = 0;
    for (std::uint32_t to = 1; to <= size; ++to) {
        if (to < size && is_continuation_byte(word[to])) continue;
        const std::string head = to == size ? whole : transformed(word.substr(0, to), transform, language);
        if (head.size() <= shown_from || !whole.starts_with(head)) continue;
        parts.push_back({from, to, head.substr(shown_from)});
        from = to;
        shown_from = head.size();
    }
    return parts;
}

FirstLetter first_letter(std::string_view text) {
    constexpr std::uint32_t punctuation = U_GC_PS_MASK | U_GC_PE_MASK | U_GC_PI_MASK | U_GC_PF_MASK | U_GC_PO_MASK;
    std::uint32_t at = 0;
    const auto class_at = [&](std::uint32_t byte) {
        return U_GET_GC_MASK(static_cast<UChar32>(decode_utf8(text, byte).code_point));
    };
    const auto take_while = [&](std::uint32_t mask) {
        while (at < text.size() && (class_at(at) & mask) != 0) at += static_cast<std::uint32_t>(decode_utf8(text, at).size);
    };
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
    FirstLetter found{at, at};
    take_while(punctuation);
    if (at < text.size() && (class_at(at) & (U_GC_Z_MASK | U_GC_C_MASK)) == 0) {
        for (bool joined = true; joined && at < text.size();) { // a virama joins the next consonant to the letter
            const Decoded letter = decode_utf8(text, at);
            if (is_cursive(letter.code_point)) return {found.begin, found.begin};
            at += static_cast<std::uint32_t>(letter.size);
            joined = false;
            for (; at < text.size() && (class_at(at) & U_GC_M_MASK) != 0;) {
                const Decoded mark = decode_utf8(text, at);
                joined = u_getCombiningClass(static_cast<UChar32>(mark.code_point)) == 9;
                at += static_cast<std::uint32_t>(mark.size);
            }
        }
        take_while(punctuation & ~U_GC_PS_MASK);
    }
    found.end = at;
    return found;
}

} // namespace bifolio
