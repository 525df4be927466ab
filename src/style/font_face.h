// font_face.h: @font-face (Fonts 4 §4).
#pragma once

#include "base/diagnostics.h"
#include "style/css_parser.h"
#include "style/styled_book.h"

#include <optional>

namespace bifolio {

// `folder`: of the style file; the face's file is relative to what that is relative to. nullopt, with a warning: no family or no
// file; without one for a face that only names installed fonts.
std::optional<FontFaceDescriptor> read_font_face(const SyntaxNodes& descriptors, const std::string& folder, Span where,
                                                 Diagnostics& diagnostics);

// An address in a style file → a path beside it. Empty: it is not a file (data:, http:, …).
std::string resolved_path(const std::string& folder, std::string_view address);

// The value of unicode-range as it was written; as tokens “U+0025-00FF” is a word and two numbers.
std::string unicode_range_text(const ComponentValues& value);

// “condensed”, … with its share of the normal width (CSS Fonts 4 §2.3).
const std::vector<std::pair<std::string_view, double>>& font_stretch_words();

} // namespace bifolio
