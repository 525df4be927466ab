#include "write/pdf/pdf_colours.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr double dark_black = 0.85;                  // of the black ink, from which text counts as black
constexpr double other_inks = 0.1;                   // that black text may have besides
constexpr int dark_channel = 64, neutral_range = 32; // of 255: an sRGB colour this dark and this near to a grey is meant as black
constexpr std::size_t most_name = 100;               // PDF allows 127
constexpr double tolerance = 0.005;                  // of rounding
constexpr std::size_t most_remembered = 100'000;     // distinct colours of a hostile input

std::string four(const Inks& inks) {
    std::string out;
    for (const double share : inks) {
        append_pdf_number(out, share);
        out += ' ';
    }
    return out;
}

std::string per_cent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

std::string in_words(const Inks& inks) {
    return "cyan " + per_cent(inks[0]) + ", magenta " + per_cent(inks[1]) + ", yellow " + per_cent(inks[2]) + ", black " +
           per_cent(inks[3]);
}

bool is_rich_black(Colour colour, const Inks& inks) {
    if (total(inks) - inks[3] <= other_inks) return false;
    if (colour.ink) return inks[3] >= dark_black;
    const auto [least, most] = std::minmax({int{colour.r}, int{colour.g}, int{colour.b}});
    return most <= dark_channel && most - least <= neutral_range;
}

std::string separation(std::string_view name, const Inks& full) {
    return "[/Separation" + pdf_name(name) + "/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[" + four(full) + "]>>]";
}

} // namespace

void PdfColours::add(Colour colour, bool of_text, std::string_view picture) {
    if (!press_ || colour.is_invisible() || used_.size() == most_remembered) return;
    const Use use{colour.opaque(), of_text, std::string(picture)};
    // The last ones are the likeliest.
    const auto found = std::find_if(used_.rbegin(), used_.rend(),
                                    [&](const Use& one) { return one.of_text == of_text && one.colour == use.colour; });
    if (found == used_.rend()) used_.push_back(use);
}

void PdfColours::finish(const ColourRules& rules, Diagnostics& diagnostics) {
    if (!press_) return;
    std::map<std::string, Inks> full;
    for (const Use& use : used_) {
        check(use, rules, diagnostics);
        if (!use.colour.ink || use.colour.ink->spot.empty()) continue;
        const Ink& ink = *use.colour.ink;
        if (ink.spot == "All" || ink.spot == "None") {
            diagnostics.error("pdf.spot-colour", rules.place_of(use.colour, use.of_text),
                              "‘" + ink.spot + "’ cannot be the name of a spot colour: PDF uses it for something else");
            continue;
        }
        if (ink.spot.size() > most_name) {
            diagnostics.error("pdf.spot-colour", rules.place_of(use.colour, use.of_text),
                              "the spot colour's name is longer than " + std::to_string(most_name) + " bytes");
            continue;
        }
        const auto [known, is_new] = full.emplace(ink.spot, ink.process);
        if (!is_new && known->second != ink.process)
            diagnostics.error("pdf.spot-colour", rules.place_of(use.colour, use.of_text),
                              "the spot colour ‘" + ink.spot + "’ has two different stand-ins: " + in_words(known->second) +
                                  " and " + in_words(ink.process));
        if (is_new) spots_[ink.spot] = {"CS" + std::to_string(spots_.size() + 1), separation(ink.spot, ink.process)};
    }
}

void PdfColours::check(const Use& use, const ColourRules& rules, Diagnostics& diagnostics) const {
    if (use.colour.ink && !use.colour.ink->spot.empty()) return; // one ink, on a plate of its own
    const Inks inks = press_->inks(use.colour);
    const Span place = use.picture.empty() ? rules.place_of(use.colour, use.of_text) : Span{};
    const std::string where = use.picture.empty() ? "" : "in the picture ‘" + use.picture + "’ ";
    if (use.of_text && is_rich_black(use.colour, inks))
        diagnostics.error("pdf.rich-black-text", place,
                          where + "text is printed in black mixed with other inks: " + to_css(use.colour) + " (" +
                              in_words(inks) + ")",
                          {"use device-cmyk(0 0 0 1), or a grey, which is printed with black ink alone"});
    if (total(inks) > rules.ink_limit + tolerance)
        diagnostics.error("pdf.too-much-ink", place,
                          where + to_css(use.colour) + " needs " + per_cent(total(inks)) + " of ink (" + in_words(inks) +
                              "); the press takes " + per_cent(rules.ink_limit),
                          {"take ink away, or raise `ink-limit` where the printing house allows it"});
}

void PdfColours::append(std::string& out, Colour colour, bool stroking) const {
    if (press_) {
        if (colour.ink)
            if (const auto spot = spots_.find(colour.ink->spot); spot != spots_.end()) {
                out.append("/").append(spot->second.resource).append(stroking ? " CS " : " cs ");
                append_pdf_number(out, colour.ink->tint);
                out.append(stroking ? " SCN\n" : " scn\n");
                return;
            }
        out.append(four(press_->inks(colour))).append(stroking ? "K\n" : "k\n");
        return;
    }
    append_pdf_number(out, colour.r / 255.0);
    if (!colour.is_gray()) {
        for (const std::uint8_t channel : {colour.g, colour.b}) {
            out += ' ';
            append_pdf_number(out, channel / 255.0);
        }
        out.append(stroking ? " RG\n" : " rg\n");
    } else {
        out.append(stroking ? " G\n" : " g\n");
    }
}

void PdfColours::append_registration(std::string& out, bool stroking) const {
    if (press_)
        out += stroking ? "/CSall CS 1 SCN\n" : "/CSall cs 1 scn\n";
    else
        out += stroking ? "0 G\n" : "0 g\n";
}

std::string PdfColours::shares(Colour colour) const {
    if (press_) return four(press_->inks(colour));
    std::string out;
    for (const std::uint8_t channel : {colour.r, colour.g, colour.b}) {
        append_pdf_number(out, channel / 255.0);
        out += ' ';
    }
    return out;
}

const std::string* PdfColours::spot_space(Colour colour) const {
    if (!colour.ink) return nullptr;
    const auto spot = spots_.find(colour.ink->spot);
    return spot == spots_.end() ? nullptr : &spot->second.space;
}

bool PdfColours::prints_nothing(Colour colour) const { return press_ && total(press_->inks(colour)) <= 0; }

std::vector<std::string> PdfColours::spot_fills() const {
    std::vector<std::string> out;
    for (const auto& [name, spot] : spots_) out.push_back("/" + spot.resource + " cs 1 scn ");
    return out;
}

bool PdfColours::overprints(Colour colour) const {
    if (!press_) return false;
    if (colour.ink) return colour.ink->spot.empty() && colour.ink->process == Inks{0, 0, 0, 1};
    return colour.opaque() == Colour::black();
}

std::string PdfColours::resources() const {
    if (!press_) return "";
    std::string out = "/CSall" + separation("All", {1, 1, 1, 1});
    for (const auto& [name, spot] : spots_) out += "/" + spot.resource + spot.space;
    return out;
}

std::string PdfColours::states() const {
    // OPM 1: an ink of which nothing is asked for leaves what lies beneath as it is.
    return press_ ? "/GSover<</OP true/op true/OPM 1>>/GSknock<</OP false/op false/OPM 0>>" : "";
}

} // namespace bifolio
