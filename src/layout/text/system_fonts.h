// system_fonts.h: what fontconfig knows of the fonts on this machine. For families that nobody named by path, and for
// characters that no default font has. Read once, sorted by path, so the answer depends only on the files.
#pragma once

#include "layout/text/fonts.h"

#include <memory>
#include <string>
#include <vector>

namespace bifolio {

struct SystemFace {
    std::string file;
    unsigned face_index = 0;
    std::vector<std::string> families; // all its names
    int weight_from = 400, weight_to = 400;
    FontSlant slant = FontSlant::normal;
    double stretch = 1.0;
    bool variable = false; // it has axes; weight, slant and stretch are those of its default
};

class SystemFonts {
public:
    SystemFonts(); // reads fontconfig's lists
    ~SystemFonts();
    const std::vector<SystemFace>& faces() const { return faces_; }
    // Indices of the faces that have the code point.
    std::vector<std::size_t> with(char32_t code_point) const;

private:
    struct State;
    std::unique_ptr<State> state_;
    std::vector<SystemFace> faces_;
};

} // namespace bifolio
