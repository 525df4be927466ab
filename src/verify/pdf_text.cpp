#include "verify/pdf_text.h"

#include "base/utf8.h"

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QUtil.hh>

namespace bifolio {

namespace {

std::string utf16(std::string_view bytes, bool little) {
    std::string out;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(little ? first | second << 8 : first << 8 | second);
    };
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit(at);
        if (c == 0x1B) { // an escape holds a language and ends with another: ISO 32000-1, 14.9.2.2
            std::size_t end = at + 2;
            while (end + 1 < bytes.size() && unit(end) != 0x1B) end += 2;
            if (end + 1 < bytes.size()) {
                at = end;
                continue;
            }
        }
        if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
            at += 2;
        } else if (c >= 0xD800 && c < 0xE000)
            c = 0xFFFD;
        append_utf8(out, c);
    }
    return out;
}

} // namespace

std::string utf16_to_utf8(std::string_view bytes) { return utf16(bytes, false); }

std::string text_string_to_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFE\xFF")) return utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xFF\xFE")) return utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xEF\xBB\xBF")) return with_replacements(bytes.substr(3));
    return with_replacements(QUtil::pdf_doc_to_utf8(std::string(bytes)));
}

} // namespace bifolio
