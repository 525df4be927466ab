#include "write/pdf/content_stream.h"

#include "base/utf8.h"
#include "layout/text/strong_letters.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

std::string opacity_state_name(double opacity) { return "/GS" + std::to_string(std::lround(opacity * 1000)); }

namespace {
constexpr Length least_size = Length::pt(0.01); // glyphs are placed in thousandths of the size
}

void ContentStream::number(double value) {
    append_pdf_number(out_, value);
    out_ += ' ';
}

void ContentStream::begin_text() {
    if (in_text_) return;
    out_ += "BT\n";
    in_text_ = true;
    line_x_ = line_y_ = 0;
    matrix_set_ = false;
}

void ContentStream::end_text() {
    if (!in_text_) return;
    out_ += "ET\n";
    in_text_ = false;
}

void ContentStream::begin_marked(std::string_view tag, std::function<std::uint32_t()> next_mcid) {
    end_text();
    tag_ = tag;
    next_mcid_ = std::move(next_mcid);
    out_.append("/").append(tag).append("<</MCID ").append(std::to_string(next_mcid_())).append(">>BDC\n");
}

void ContentStream::begin_artifact(std::string_view properties) {
    end_text();
    if (properties.empty())
        out_ += "/Artifact BMC\n";
    else
        out_.append("/Artifact<<").append(properties).append(">>BDC\n");
}

void ContentStream::end_marked() {
    end_text();
    out_ += "EMC\n";
    tag_.clear();
}

// Text operators and marked content must nest, so a sequence that ends within a run ends the text object too.
void ContentStream::begin_spoken(std::string_view actual_text) {
    if (in_word_) return; // the word speaks for all of it
    const std::string says = "/ActualText" + pdf_text_string(actual_text) + ">>BDC\n";
    if (tag_.empty()) {
        out_ += "/Span<<" + says;
        return;
    }
    end_text();
    out_ += "EMC\n/Span<</MCID " + std::to_string(next_mcid_()) + says;
}

void ContentStream::end_spoken() {
    if (in_word_) return;
    if (tag_.empty()) {
        out_ += "EMC\n";
        return;
    }
    end_text();
    out_ += "EMC\n/" + tag_ + "<</MCID " + std::to_string(next_mcid_()) + ">>BDC\n";
}

void ContentStream::begin_word(std::string_view says) {
    end_text();
    begin_spoken(says);
    in_word_ = true;
}

void ContentStream::end_word() {
    end_text();
    in_word_ = false;
    end_spoken();
}

void ContentStream::save() {
    end_text();
    out_ += "q\n";
}

void ContentStream::restore() {
    end_text();
    out_ += "Q\n";
    font_state_.clear(); // the state of before is back; what it was is not kept, so everything is said again
    fill_.reset();
    stroke_.reset();
    overprint_.reset();
}

void ContentStream::transform(double a, double b, double c, double d, double e, double f) {
    end_text();
    for (const double value : {a, b, c, d, e, f}) {
        append_pdf_factor(out_, value);
        out_ += ' ';
    }
    out_ += "cm\n";
}

void ContentStream::overprint(bool wanted) {
    if (!colours_.for_press() || overprint_ == wanted) return;
    overprint_ = wanted;
    out_ += wanted ? overprint_state : knockout_state;
}

void ContentStream::knock_out() {
    end_text();
    overprint(false);
}

void ContentStream::fill_colour(Colour colour) {
    if (!in_text_) overprint(false);
    if (fill_ && *fill_ == colour.opaque()) return;
    fill_ = colour.opaque();
    colours_.append(out_, colour, false);
}

void ContentStream::stroke_colour(Colour colour) {
    if (!in_text_) overprint(false);
    if (stroke_ && *stroke_ == colour.opaque()) return;
    stroke_ = colour.opaque();
    colours_.append(out_, colour, true);
}

void ContentStream::opacity(double opacity) {
    const int thousandths = static_cast<int>(std::lround(opacity * 1000));
    if (thousandths >= 1000) return;
    end_text();
    opacities_.insert(thousandths);
    out_ += opacity_state_name(opacity) + " gs\n";
}

namespace {

constexpr double synthetic_slant = 0.21; // tan 12°

} // namespace

void ContentStream::set_position(PdfPoint at, double slant, bool y_down) {
    if (slant != 0 || y_down || matrix_set_) {
        for (const double value : {1.0, 0.0, y_down ? -slant : slant, y_down ? -1.0 : 1.0, at.x, at.y}) number(value);
        out_ += "Tm\n";
        matrix_set_ = slant != 0 || y_down;
        line_x_ = at.x;
        line_y_ = at.y;
    } else {
        // Both ends are rounded to what is written, so that errors do not add up.
        const auto rounded = [](double v) { return std::round(v * 1e4) / 1e4; };
        number(rounded(at.x) - rounded(line_x_));
        number(rounded(at.y) - rounded(line_y_));
        out_ += "Td\n";
        line_x_ = at.x;
        line_y_ = at.y;
    }
}

namespace {

bool has_private_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        at += one.size;
        const char32_t c = one.code_point;
        if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0x10FFFD)) return true;
    }
    return false;
}

} // namespace

std::string_view ContentStream::text_of(const GlyphRun& run, const GlyphCluster& cluster) {
    return std::string_view(run.text).substr(cluster.text_begin, cluster.text_end - cluster.text_begin);
}

bool ContentStream::is_spelled(const GlyphRun& run, const GlyphCluster& cluster) const {
    if (has_private_character(text_of(run, cluster))) return false; // PDF/A-2 (6.2.11.7.3) asks for an ActualText
    std::string spoken;
    for (std::size_t i = cluster.begin; i < cluster.end; ++i)
        spoken += fonts_.says(run.font, run.glyphs[run.bidi_level % 2 == 0 ? i : cluster.end - 1 - (i - cluster.begin)].id);
    return spoken == text_of(run, cluster);
}

// What the run's glyphs say in one go: the parts between those that need an ActualText.
std::vector<ContentStream::Spelled> ContentStream::spelled_parts(const GlyphRun& run) const {
    std::vector<Spelled> out(1);
    for (const GlyphCluster& cluster : clusters_of(run)) {
        if (!is_spelled(run, cluster)) {
            out.emplace_back();
            continue;
        }
        out.back().text += text_of(run, cluster);
        out.back().glyphs += cluster.end - cluster.begin;
        out.back().spaces += text_of(run, cluster) == " " ? 1 : 0;
    }
    return out;
}

// Glyphs that run to the left are drawn from the end of their text. Where some of them need an ActualText, the run gets one for
// all of it: parts of it would be read in the order in which they are drawn. So does a run that is drawn against its letters, and
// one of signs alone behind words that run to the left, where a reader cannot tell from which end it was drawn.
bool ContentStream::needs_one_voice(const GlyphRun& run) {
    if (in_word_ || (run.bidi_level == 0 && !fonts_.runs_left())) return false;
    const StrongLetters letters = strong_letters(run.text);
    const bool runs_left = run.bidi_level % 2 != 0, is_content = !tag_.empty();
    if (is_content && (runs_left || letters.to_left || letters.of_left_block)) last_letters_ = Letters::to_left;
    if (!runs_left) return letters.to_left || letters.of_left_block || (is_content && has_signs_alone(run));
    if (letters.to_right || letters.digits || (!letters.surely_left && run.glyphs.size() > 1)) return true;
    return !std::ranges::all_of(clusters_of(run), [&](const GlyphCluster& cluster) { return is_spelled(run, cluster); });
}

bool ContentStream::has_signs_alone(const GlyphRun& run) {
    if (last_letters_ == Letters::to_right) return false;
    for (const Spelled& part : spelled_parts(run)) {
        const StrongLetters letters = strong_letters(part.text);
        const std::size_t signs = part.glyphs - (last_letters_ == Letters::of_another_page ? part.spaces : 0);
        if (signs > 1 && !letters.surely_right && !letters.surely_number) return true;
        if (!letters.surely_right) continue;
        last_letters_ = Letters::to_right;
        break;
    }
    return false;
}

void ContentStream::text(const GlyphRun& run, PdfPoint at, double scale, bool y_down) {
    if (run.glyphs.empty()) return;
    if (run.size < least_size) { // a style's “font-size: 0”: nothing to see, and yet the text is there for who listens
        GlyphRun small = run;
        small.size = least_size;
        return text(small, at, scale, y_down);
    }
    const bool one_voice = needs_one_voice(run);
    if (one_voice) begin_word(run.text);
    const double opacity_of_run = run.opacity * run.colour.opacity();
    if (opacity_of_run < 1) {
        save();
        opacity(opacity_of_run);
    }
    begin_text();
    std::string font_state = "/" + std::string(fonts_.resource_name(run.font)) + " ";
    append_pdf_number(font_state, run.size.in_pt() * scale);
    font_state += " Tf\n";
    if (font_state != font_state_) out_ += font_state_ = font_state;
    overprint(opacity_of_run >= 1 && colours_.overprints(run.colour));
    fill_colour(run.colour);
    if (run.synthetic_bold) {
        stroke_colour(run.colour);
        number(run.size.in_pt() * scale * 0.03);
        out_ += "w 2 Tr\n";
    }
    set_position(at, run.synthetic_italic ? synthetic_slant : 0, y_down);
    show(run, at, scale, y_down);
    if (run.synthetic_bold) out_ += "0 Tr\n";
    if (opacity_of_run < 1) restore();
    if (one_voice) end_word();
}

// One TJ for a stretch of glyphs on one height; ActualText round the clusters that the glyphs do not say by themselves.
void ContentStream::show(const GlyphRun& run, PdfPoint at, double scale, bool y_down) {
    const double thousandth = 1000.0 / run.size.in_pt();
    // What every glyph is set apart by is said once; rounded as it is written, so that the pen is known exactly.
    const double spacing = std::round(run.letter_spacing.in_pt() * scale * 1000) / 1000;
    if (spacing != 0) {
        number(spacing);
        out_ += "Tc\n";
    }
    double wanted = 0, written = 0; // the pen, in 1/1000 em from where the text object was last placed
    double rise = 0;
    bool in_array = false, in_string = false;
    const auto close = [&] {
        if (in_string) out_ += '>';
        if (in_array) out_ += "]TJ\n";
        in_array = in_string = false;
    };
    const auto show_glyph = [&](const Glyph& glyph) {
        const double glyph_rise = glyph.y_offset.in_pt() * scale;
        if (glyph_rise != rise) {
            close();
            number(rise = glyph_rise);
            out_ += "Ts\n";
        }
        const double adjustment = std::round(written - (wanted + glyph.x_offset.in_pt() * thousandth));
        if (!in_array) out_ += '[';
        in_array = true;
        if (adjustment != 0) {
            if (in_string) out_ += '>';
            in_string = false;
            append_pdf_number(out_, adjustment);
            written -= adjustment;
        }
        if (!in_string) out_ += '<';
        in_string = true;
        append_pdf_hex(out_, fonts_.glyph(run.font, glyph.id), 4);
        written += fonts_.advance(run.font, glyph.id) + spacing / scale * thousandth;
        wanted += glyph.advance.in_pt() * thousandth;
    };
    for (const GlyphCluster& cluster : clusters_of(run)) {
        const std::string_view says = text_of(run, cluster);
        const bool spelled = is_spelled(run, cluster);
        const auto place_again = [&] { // where a text object has ended, the pen is put back
            if (in_text_) return;
            at.x += wanted / thousandth * scale;
            wanted = written = 0;
            begin_text();
            set_position(at, run.synthetic_italic ? synthetic_slant : 0, y_down);
        };
        if (!spelled) {
            close();
            // A hyphen that only the line's end made is a soft hyphen: searching and copying pass over it.
            begin_spoken(says.empty() ? "\u00AD" : says);
        }
        place_again();
        for (std::size_t glyph = cluster.begin; glyph < cluster.end; ++glyph) show_glyph(run.glyphs[glyph]);
        if (!spelled) {
            close();
            end_spoken();
        }
    }
    if (!in_text_) begin_text();
    close();
    if (rise != 0) out_ += "0 Ts\n";
    if (spacing != 0) out_ += "0 Tc\n";
}

void append_rounded_rectangle(std::string& out, double x, double y, double width, double height,
                              const std::array<double, 4>& radius) {
    const auto put = [&](std::initializer_list<double> values, std::string_view operation) {
        for (const double value : values) {
            append_pdf_number(out, value);
            out += ' ';
        }
        out.append(operation).append("\n");
    };
    if (radius == std::array<double, 4>{}) return put({x, y, width, height}, "re");
    constexpr double k = 0.5522847498; // a quarter circle as a Bézier curve
    const auto [top_left, top_right, bottom_right, bottom_left] = radius;
    const double right = x + width, top = y + height;
    put({x + bottom_left, y}, "m");
    put({right - bottom_right, y}, "l");
    put({right - bottom_right * (1 - k), y, right, y + bottom_right * (1 - k), right, y + bottom_right}, "c");
    put({right, top - top_right}, "l");
    put({right, top - top_right * (1 - k), right - top_right * (1 - k), top, right - top_right, top}, "c");
    put({x + top_left, top}, "l");
    put({x + top_left * (1 - k), top, x, top - top_left * (1 - k), x, top - top_left}, "c");
    put({x, y + bottom_left}, "l");
    put({x, y + bottom_left * (1 - k), x + bottom_left * (1 - k), y, x + bottom_left, y}, "c");
    out += "h\n";
}

} // namespace bifolio
