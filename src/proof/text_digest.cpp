#include "proof/text_digest.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

void TextDigest::flush() {
    sha256_.update({bytes_.data(), used_});
    used_ = 0;
}

void TextDigest::add_other(char32_t c) {
    const std::string encoded = to_utf8(c);
    std::ranges::copy(encoded, bytes_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += encoded.size();
}

void TextDigest::add_line(std::string_view text) {
    flush();
    sha256_.update("\n");
    sha256_.update(text);
}

std::string TextDigest::hex() {
    flush();
    return bifolio::hex(sha256_.digest());
}

} // namespace bifolio
