// unusable_font.h: what is thrown where a font could be read, and no part of its tables can be put into a file.
#pragma once

#include "io/files.h"
#include "layout/text/fonts.h"

#include <utility>

namespace bifolio {

class UnusableFont : public IoError {
public:
    explicit UnusableFont(FontProblem found) : IoError("cannot make a subset of " + found.file), problem(std::move(found)) {}
    FontProblem problem;
};

} // namespace bifolio
