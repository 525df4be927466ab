// one_line.h: blocks where only a line may stand: their phrases and notes one after another, parted by line breaks.
#pragma once

#include "model/article.h"

namespace bifolio {

Inlines in_one_line(Blocks blocks);

} // namespace bifolio
