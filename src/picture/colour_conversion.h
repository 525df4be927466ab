// colour_conversion.h: ICC profiles, and colours and pictures → the inks of a press.
//
// Units      Inks are shares from 0 to 1: cyan, magenta, yellow, black. Samples are 8 bit, 255 is all of an ink.
// Grey       A colour with r = g = b is printed with black ink alone, as dark as it looks on a screen.
// Limits     io/limits.h bounds the profile's file. A damaged profile is an error, never a crash.
// Threads    All const calls may be made from several threads.
// Spec       ICC.1:2022 (profiles); ISO 15930-7, 6.2.2 (what PDF/X-4 takes for an output intent).
#pragma once

#include "base/colour.h"
#include "base/result.h"
#include "picture/picture.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace bifolio {

using Inks = std::array<double, 4>;

inline double total(const Inks& inks) { return inks[0] + inks[1] + inks[2] + inks[3]; }

struct ProfileFacts {
    int components = 0;       // of its colour space; 0: neither gray, RGB nor CMYK
    std::string device_class; // “prtr”, “mntr”, …
    int version = 0;          // 2 or 4
    std::string description;  // “ISO Coated v2 300% (basICColor)”
    std::string condition;    // of the characterisation data that it was made from, “FOGRA39”; may be empty
};
// The reason when it is no whole profile: “the profile ends too early”.
Result<ProfileFacts> profile_facts(std::string_view icc);

class PressColours {
public:
    // A printer's CMYK profile. `srgb`: the profile that colours without one are in; empty: that of IEC 61966-2-1.
    static Result<std::shared_ptr<const PressColours>> from_profile(std::string_view cmyk, std::string_view srgb = {});
    ~PressColours();

    Inks inks(Colour colour) const;        // named inks as they are (a spot colour by what stands for it), else converted
    double black(std::uint8_t gray) const; // the share of black ink that looks like this gray

    // Samples of 1 component (0 is all of the black ink, as DeviceGray wants it) for gray pictures, of 4 for all others; those
    // with 4 components and no profile are in the press's inks already. `picture` holds samples. Where a place would take more
    // ink than `ink_limit`, its cyan, magenta and yellow are taken back alike.
    Result<RasterPicture> converted(RasterPicture picture, RenderingIntent intent, double ink_limit) const;

private:
    struct State;
    explicit PressColours(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// The other way, for a screen: a CMYK picture without a profile, shown by the naive formula of CSS Color 5, § 6.
RasterPicture shown_on_screen(RasterPicture picture);

double most_ink(const RasterPicture& picture); // of samples of 4 components: the largest sum at one pixel

} // namespace bifolio
