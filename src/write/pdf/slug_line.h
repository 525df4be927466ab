// slug_line.h: the line beside each page of a press edition: file, edition, date, page.
#pragma once

#include "write/pdf/page_content.h"
#include "write/pdf/write_pdf.h"

#include <vector>

namespace bifolio {

// One for each surface.
std::vector<SlugLine> slug_lines(const PressOptions& press, const std::vector<Surface>& surfaces, const Pages& pages, Date date);

} // namespace bifolio
