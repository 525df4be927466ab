// sample_text.h: paragraphs of plausible English, always the same.
#pragma once

#include <string>
#include <vector>

namespace bifolio::bench {

std::vector<std::string> sample_paragraphs(int count);

} // namespace bifolio::bench
