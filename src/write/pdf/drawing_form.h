// drawing_form.h: an SVG drawing → the content of a form in CSS pixels, y down.
#pragma once

#include "layout/page/pages.h"
#include "picture/svg.h"
#include "write/pdf/content_stream.h"
#include "write/pdf/pdf_document.h"

#include <functional>
#include <set>
#include <string>

namespace bifolio {

struct DrawingForm {
    std::string operators;
    std::set<int> opacities;
    std::string patterns;   // resource entries “/P3 7 0 R”
    std::string soft_masks; // ExtGState entries
    std::string forms;      // XObject entries of groups
};

// `image_name(i)`: the XObject resource name of Drawing::images[i], or empty. `prefix` keeps names of several drawings apart.
DrawingForm drawing_form(const Drawing& drawing, const PlacedPicture& placed, const PdfFonts& fonts, const PdfColours& colours,
                         PdfDocument& document, PdfReference resources, const std::string& prefix,
                         const std::function<std::string(std::uint32_t)>& image_name);

} // namespace bifolio
