// html_head.h: what an HTML document says about itself outside its body.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

struct HtmlHead {
    std::string title, language; // <title>; lang or xml:lang of <html>, where it is a language tag. Empty: none
};
HtmlHead read_html_head(std::string_view text);

} // namespace bifolio
