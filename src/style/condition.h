// condition.h: what @media and @supports ask (Media Queries 4, Conditional Rules 3).
#pragma once

#include "style/apply_styles.h"
#include "style/css_value.h"

#include <functional>

namespace bifolio {

// “maybe”: only the reading system knows (the width of a screen, its colours).
enum class Truth : std::uint8_t { no, maybe, yes };

struct MediaContext {
    Medium medium = Medium::print;
    Length width = Length::mm(148), height = Length::mm(210); // of the page; without meaning on a screen
};

Truth evaluate_media(const ComponentValues& prelude, const MediaContext& context); // an empty list: yes
bool evaluate_supports(const ComponentValues& prelude);

} // namespace bifolio
