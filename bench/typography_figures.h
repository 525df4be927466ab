// typography_figures.h: the same paragraphs set by us and by LuaLaTeX with microtype, and what can be counted of their lines.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bifolio::bench {

struct Setting {                    // of justified text
    std::string family, file;       // the family for us, its regular face's file for LuaLaTeX
    double size = 10, leading = 12; // pt
    double measure = 288;           // pt (of 1/72 inch)
};

struct Figures {                                           // of all lines but the last ones of paragraphs
    int lines = 0, hyphens = 0, ladders = 0, overfull = 0; // ladders: runs of more than two hyphens
    // Of |r| by line: a word space is (1 + r/2) of the font's own where r > 0, (1 + r/3) where r < 0, as in TeX. An overfull line
    // has the r that would make it fit, below -1.
    double mean = 0, percentile_95 = 0;
};

struct LineFigure { // one line as it was set
    double ratio = 0;
    bool hyphen = false, overfull = false, last = false;
};
Figures figures_of(const std::vector<LineFigure>& lines);

Figures set_by_us(const Setting& setting, const std::vector<std::string>& paragraphs);

// One for each setting; nothing where there is no lualatex (or no microtype). Errors: std::runtime_error.
std::optional<std::vector<Figures>> set_by_lualatex(const std::vector<Setting>& settings,
                                                    const std::vector<std::string>& paragraphs);

} // namespace bifolio::bench
