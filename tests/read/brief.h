// brief.h: a reader's blocks on one line, without places: `paragraph(text "x", superscript(text "2"))`, then each diagnostic as
// `! code "what it stands at"`.
#pragma once

#include <string>
#include <string_view>

namespace bifolio::test {

std::string brief_markdown(std::string_view source);
std::string brief_html(std::string_view source);

} // namespace bifolio::test
