// pdf_colours.h: a Colour as PDF operators: sRGB numbers for a screen, the press's inks for a printing house.
//
// Press      Every colour becomes DeviceCMYK by the output intent's profile, greys black ink alone, named spot colours a
//            Separation of their name. Black text is printed over what lies beneath (overprint), so that no white edge shows
//            where plates do not register.
// Method     First every colour is counted in (add), then they are checked (finish).
// Errors     Rich black in text, too much ink, one spot colour with two stand-ins: to Diagnostics, at the style's place.
// Threads    add() is for one thread; after finish() all const calls are safe.
// Spec       ISO 32000-1, 8.6 (colour spaces), 8.6.7 (overprint); ISO 15930-7 (PDF/X-4).
#pragma once

#include "base/colour.h"
#include "base/diagnostics.h"
#include "picture/colour_conversion.h"
#include "write/pdf/pdf_syntax.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bifolio {

struct ColourRules {
    double ink_limit = 3;                               // the sum of the four shares
    std::function<Span(Colour, bool of_text)> place_of; // where the styles name it; an empty Span: nowhere
};

class PdfColours {
public:
    // nullptr: for a screen. Borrowed.
    explicit PdfColours(const PressColours* press) : press_(press) {}

    void add(Colour colour, bool of_text, std::string_view picture = {}); // `picture`: the drawing that has it
    void finish(const ColourRules& rules, Diagnostics& diagnostics);

    bool for_press() const { return press_ != nullptr; }
    void append(std::string& out, Colour colour, bool stroking) const; // with the operator: “0 0 0 1 k\n”
    void append_registration(std::string& out, bool stroking) const;   // all inks, for marks
    std::string shares(Colour colour) const;            // “0.1 0.2 0.3” or “0 0.1 0.2 0.3”, of the group's space
    const std::string* spot_space(Colour colour) const; // of its plate, “[/Separation…]”; nullptr: it has none
    bool prints_nothing(Colour colour) const;           // on any plate: white
    std::string_view group_space() const { return press_ ? "/DeviceCMYK" : "/DeviceRGB"; }
    bool overprints(Colour colour) const;        // as text: all of the black ink and nothing else
    std::vector<std::string> spot_fills() const; // of each spot colour, all of its ink: “/CS1 cs 1 scn”
    std::string resources() const;               // entries of /ColorSpace
    std::string states() const;                  // entries of /ExtGState

private:
    struct Use {
        Colour colour;
        bool of_text = false;
        std::string picture;
    };
    void check(const Use& use, const ColourRules& rules, Diagnostics& diagnostics) const;
    const PressColours* press_;
    std::vector<Use> used_; // each once, in order of the pages
    struct Spot {
        std::string resource, space; // “CS1”, “[/Separation…]”
    };
    std::map<std::string, Spot> spots_; // by name
};

inline constexpr std::string_view overprint_state = "/GSover gs\n", knockout_state = "/GSknock gs\n";

} // namespace bifolio
