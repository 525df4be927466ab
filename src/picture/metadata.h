// metadata.h: what EXIF and ICC blocks say that matters for showing a picture.
//
// Spec  EXIF 2.32 (TIFF 6.0 directories), ICC.1:2022 § 7.2.
#pragma once

#include "base/length.h"

#include <cstdint>
#include <string_view>

namespace bifolio {

struct Exif {
    int orientation = 1;                   // 1 to 8; anything else in the file counts as 1
    double x_per_inch = 0, y_per_inch = 0; // 0: not stated
};

// `tiff` begins with “II” or “MM”; damage of any kind gives the default values.
Exif read_exif(std::string_view tiff);

// The ICC profile that a picture carries. Only one that fits is used and passed on.
enum class ProfileState {
    none,
    fits,
    damaged,       // not whole, or none at all
    wrong_kind,    // of a class that describes no picture's colours (a link of devices, named colours), or later than version 4
    wrong_colours, // of a colour space with another number of components
};
ProfileState profile_state(std::string_view profile, int components);
// What is said of a picture whose profile was left out: “is damaged”; empty: there is nothing to say.
std::string_view profile_problem(ProfileState state);

// The natural length of so many pixels. A density counts when it is finer than CSS's 96 to the inch and at most 4,800: below it
// is nearly always the 72 that cameras and editors write without meaning it.
struct NaturalSize {
    Length width, height;
};
NaturalSize natural_size(std::uint32_t width, std::uint32_t height, double x_per_inch, double y_per_inch);

} // namespace bifolio
