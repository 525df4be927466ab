// model_damage.h: a reader's faults, made on purpose: an article that lost, doubled or changed something after it was read.
#pragma once

#include "model/article.h"

#include <cstdint>
#include <string>

namespace bifolio::test {

// Damages the article in one place, always in the same way for the same seed. What was done, as “dropped a character of
// ‘sleep’”; empty: the article has nothing of the kind, and is as it was.
std::string damage(Article& article, std::uint32_t seed);

} // namespace bifolio::test
