// gradient_colours.h: the colour space that a gradient's stops are written in, and each stop's numbers in it.
//
// Press      Without spot colours the four inks. Tints of one spot colour and white: its Separation, so that nothing is printed
//            on another plate. Several spot colours, or one with process inks: DeviceN of those that are there.
// Spec       ISO 32000-1, 8.6.6.5 (DeviceN), 7.10.5 (calculator functions); ISO 19005-2, 6.2.4.4 (each spot colour is described).
#pragma once

#include "picture/svg.h"
#include "write/pdf/pdf_colours.h"
#include "write/pdf/pdf_document.h"

#include <string>
#include <vector>

namespace bifolio {

class GradientColours {
public:
    GradientColours(const Gradient& gradient, const PdfColours& colours); // `colours` is borrowed

    std::string space(PdfDocument& document) const; // “/DeviceCMYK”, “[/Separation…]”
    std::string shares(Colour colour) const;        // “0.6 ”, as many as the space has components

private:
    std::string tint_transform() const; // all components → cyan, magenta, yellow, black
    const PdfColours& colours_;
    std::vector<Colour> spots_; // one of each name
    bool process_ = false;      // besides them
};

} // namespace bifolio
