// content_text.h: the text of each content item (marked-content sequence with an MCID), as its fonts and ActualText say it.
// ISO 32000-1, 9.10 and 14.9.4.
#pragma once

#include "verify/font_uses.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace bifolio {

// Text of an item. Where the file draws spaces, `text` has them; where it only moves, `spaced` has one at each move.
struct ContentItemText {
    std::string text, spaced;
};
using ContentTexts = std::map<std::pair<ObjectId, std::int64_t>, ContentItemText>; // owner of the stream, MCID

ContentTexts read_content_texts(const PdfFile& file, const TaskPool& pool);

} // namespace bifolio
