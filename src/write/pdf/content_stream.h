// content_stream.h: the operators of a page's or a form's content, written as text. ISO 32000-1, 8 and 9.
//
// Units   Points in PDF user space, y up. The caller has turned the page's y axis (to_pdf in write_pdf.cpp).
#pragma once

#include "layout/page/pages.h"
#include "write/pdf/pdf_colours.h"
#include "write/pdf/pdf_fonts.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

struct PdfPoint {
    double x = 0, y = 0; // PDF user space: 1/72 inch, y up
};

// “/GS” + opacity in thousandths: the writer makes one graphics state for each.
std::string opacity_state_name(double opacity);

class ContentStream {
public:
    ContentStream(const PdfFonts& fonts, const PdfColours& colours) : fonts_(fonts), colours_(colours) {}

    // `next_mcid` gives the number of a further sequence of the same element: text that its glyphs do not say stands in a
    // sequence of its own, beside the others and not within one (some readers lose what follows a sequence within a sequence).
    void begin_marked(std::string_view tag, std::function<std::uint32_t()> next_mcid);
    void begin_artifact(std::string_view properties); // “/Type/Pagination/Subtype/Header”; may be empty
    void end_marked();

    // What is drawn between the two says this text, whatever its glyphs say; within a marked sequence.
    void begin_word(std::string_view says);
    void end_word();

    void save();
    void restore();
    void transform(double a, double b, double c, double d, double e, double f);
    void fill_colour(Colour colour);
    void stroke_colour(Colour colour);
    void knock_out();             // what is painted next hides what lies beneath; colours set here do so by themselves
    void opacity(double opacity); // fill and stroke; call between save and restore
    void text(const GlyphRun& run, PdfPoint at, double scale = 1, bool y_down = false); // y_down: in a drawing's space
    void raw(std::string_view operators) { end_text(), out_ += operators; }
    void number(double value);

    const std::string& operators() {
        end_text();
        return out_;
    }
    const std::set<int>& opacities() const { return opacities_; } // used, in thousandths

private:
    void begin_text();
    void end_text();
    void show(const GlyphRun& run, PdfPoint at, double scale, bool y_down);
    static std::string_view text_of(const GlyphRun& run, const GlyphCluster& cluster);
    bool is_spelled(const GlyphRun& run, const GlyphCluster& cluster) const; // the font's ToUnicode says the text
    struct Spelled {
        std::string text;
        std::size_t glyphs = 0, spaces = 0;
    };
    std::vector<Spelled> spelled_parts(const GlyphRun& run) const;
    bool needs_one_voice(const GlyphRun& run);
    bool has_signs_alone(const GlyphRun& run);
    void set_position(PdfPoint at, double slant, bool y_down);
    void begin_spoken(std::string_view actual_text);
    void end_spoken();
    void overprint(bool wanted);
    const PdfFonts& fonts_;
    const PdfColours& colours_;
    std::string out_;
    bool in_text_ = false;
    std::string font_state_; // the last “/F0 10 Tf”
    std::optional<Colour> fill_, stroke_;
    std::optional<bool> overprint_ = false; // nullopt: not known
    double line_x_ = 0, line_y_ = 0;
    bool matrix_set_ = false;
    bool in_word_ = false;
    enum class Letters : std::uint8_t {
        of_another_page,
        to_left,
        to_right
    } last_letters_ = Letters::of_another_page; // in reading order
    std::string tag_;                           // of the open marked-content sequence; empty: none, or an artifact
    std::function<std::uint32_t()> next_mcid_;
    std::set<int> opacities_;
};

void append_rounded_rectangle(std::string& out, double x, double y, double width, double height,
                              const std::array<double, 4>& radius);

} // namespace bifolio
