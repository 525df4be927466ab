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

} // namespace bifolio
