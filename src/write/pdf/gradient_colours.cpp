#include "write/pdf/gradient_colours.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t most_colorants = 32; // ISO 19005-2, 6.1.13

} // namespace

GradientColours::GradientColours(const Gradient& gradient, const PdfColours& colours) : colours_(colours) {
    for (const GradientStop& stop : gradient.stops) {
        if (!colours.spot_space(stop.colour)) {
            process_ = process_ || !colours.prints_nothing(stop.colour);
            continue;
        }
        const std::string& name = stop.colour.ink->spot;
        const bool known = std::ranges::any_of(spots_, [&](Colour one) { return one.ink->spot == name; });
        if (known) continue;
        if (spots_.size() + 4 < most_colorants)
            spots_.push_back(stop.colour);
        else
            process_ = true; // no press has more: the rest are printed by their stand-ins
    }
    if (spots_.empty()) process_ = true;
}

std::string GradientColours::space(PdfDocument& document) const {
    if (spots_.empty()) return std::string(colours_.group_space());
    if (spots_.size() == 1 && !process_) return *colours_.spot_space(spots_.front());
    std::string names, colorants;
    for (const Colour spot : spots_) {
        names += pdf_name(spot.ink->spot);
        colorants += pdf_name(spot.ink->spot) + *colours_.spot_space(spot);
    }
    if (process_) names += "/Cyan/Magenta/Yellow/Black";
    std::string domain;
    for (std::size_t i = 0; i < spots_.size() + (process_ ? 4 : 0); ++i) domain += "0 1 ";
    const PdfReference transform =
        document.add_compressed_stream("/FunctionType 4/Domain[" + domain + "]/Range[0 1 0 1 0 1 0 1]", tint_transform());
    return "[/DeviceN[" + names + "]/DeviceCMYK " + pdf_reference(transform) + "<</Colorants<<" + colorants + ">>>>]";
}

// Each ink of the stand-ins by its share, and the process inks themselves; the function's Range keeps the sums at 1.
std::string GradientColours::tint_transform() const {
    const std::size_t inputs = spots_.size() + (process_ ? 4 : 0);
    std::string out = "{";
    for (std::size_t ink = 0; ink < 4; ++ink) {
        // So many numbers are on the stack; the first of the inputs lies deepest.
        const std::size_t before = inputs + ink;
        out += process_ ? std::to_string(before - 1 - (spots_.size() + ink)) + " index" : "0";
        for (std::size_t spot = 0; spot < spots_.size(); ++spot) {
            const double share = spots_[spot].ink->process[ink];
            if (share > 0) out += " " + std::to_string(before - spot) + " index " + pdf_number(share) + " mul add";
        }
        out += "\n";
    }
    out += std::to_string(inputs + 4) + " 4 roll";
    for (std::size_t i = 0; i < inputs; ++i) out += " pop";
    return out + "}";
}

std::string GradientColours::shares(Colour colour) const {
    if (spots_.empty()) return colours_.shares(colour);
    std::string out;
    const bool on_plate = colours_.spot_space(colour) != nullptr;
    bool is_known = false;
    for (const Colour spot : spots_) {
        const bool is_this = on_plate && spot.ink->spot == colour.ink->spot;
        is_known = is_known || is_this;
        out += is_this ? pdf_number(colour.ink->tint) + " " : "0 ";
    }
    if (process_) out += is_known ? "0 0 0 0 " : colours_.shares(colour);
    return out;
}

} // namespace bifolio
