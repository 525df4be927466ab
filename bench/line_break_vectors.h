// line_break_vectors.h: paragraphs with TeX's own line breaks, from JSON files (corpus typography/tex/FORMAT.md).
//
// Errors: std::runtime_error or nlohmann's exceptions for a file that is not of this form.
#pragma once

#include "layout/paragraph/break_lines.h"

#include <filesystem>
#include <string>
#include <vector>

namespace bifolio::bench {

struct LineBreakVector {
    std::string id;
    std::vector<ParagraphItem> items;
    LineShape shape;
    LineBreakSettings settings;
    std::vector<std::uint32_t> breaks; // what TeX did
    std::vector<double> ratios;
    std::int64_t demerits = 0;
};

// Every paragraph of every *.json file in the folder that holds a list of such paragraphs, files in the order of their names.
std::vector<LineBreakVector> read_line_break_vectors(const std::filesystem::path& folder);

// The demerits of these breaks by TeX's rules (TeX: The Program §851 to §859), reckoned apart from the optimiser. `breaks` holds
// the item at which each line ends. −1: not a way to set the paragraph (a break where none may be, a line past its tolerance).
std::int64_t demerits_of(const LineBreakVector& paragraph, const std::vector<std::uint32_t>& breaks);

} // namespace bifolio::bench
