// css_encoding.h: the bytes of a style file → UTF-8 text (CSS Syntax 3 §3.2, “the input byte stream”).
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

struct DecodedStylesheet {
    std::string text;     // valid UTF-8 without a byte order mark; what is malformed became U+FFFD
    std::string encoding; // “utf-8”, in lower case
};

// In this order: a byte order mark, the protocol's label, @charset as the very first bytes, the environment's label, UTF-8.
// Unknown labels are passed over. Without files of other encodings the last two parameters stay empty.
DecodedStylesheet decode_stylesheet(std::string_view bytes, std::string_view protocol_encoding = {},
                                    std::string_view environment_encoding = {});

} // namespace bifolio
