#include "write/pdf/pdf_fonts.h"

#include "base/utf8.h"
#include "io/deflate.h"
#include "io/digest.h"
#include "layout/text/strong_letters.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace bifolio {

std::vector<GlyphCluster> clusters_of(const GlyphRun& run) {
    std::vector<GlyphCluster> clusters;
    for (std::size_t at = 0; at < run.glyphs.size();) {
        std::size_t end = at + 1;
        while (end < run.glyphs.size() && run.glyphs[end].cluster == run.glyphs[at].cluster) ++end;
        clusters.push_back({at, end, run.glyphs[at].cluster, run.text.size()});
        at = end;
    }
    // A cluster's text ends where the next one in logical order begins; in a right-to-left run that is the one before it.
    std::vector<std::size_t> starts;
    for (const GlyphCluster& cluster : clusters) starts.push_back(cluster.text_begin);
    std::ranges::sort(starts);
    for (GlyphCluster& cluster : clusters) {
        const auto next = std::ranges::upper_bound(starts, cluster.text_begin);
        if (next != starts.end()) cluster.text_end = *next;
    }
    // What stands before all of them has no glyph of its own: a variation selector without a letter. A line's hyphen may be the
    // only glyph behind it.
    for (GlyphCluster& cluster : clusters)
        if (cluster.text_begin == starts.front()) cluster.text_begin = 0;
    return clusters;
}

PdfFonts::Font& PdfFonts::font_of(FontId font) { return fonts_[font]; }

const PdfFonts::Font& PdfFonts::known(FontId font) const {
    const auto found = fonts_.find(font);
    assert(found != fonts_.end());
    return found->second;
}

namespace {

// PDF/A-2 (6.2.11.7.2) lets no glyph stand for U+FEFF or U+FFFE: a mark in the text that nobody sees.
// A hyphen of the layout has no text, and says what its font calls it.
std::string sayable(std::string text) {
    if (text.empty()) return text;
    for (const std::string_view mark : {"\uFEFF", "\uFFFE"})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
    return text.empty() ? "\u200B" : text;
}

// Or something else of their scripts.
bool has_left_letters(std::string_view text) {
    constexpr unsigned char first_lead = 0xD6; // of UTF-8: U+0590
    if (std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= first_lead; })) return false;
    const StrongLetters letters = strong_letters(text);
    return letters.to_left || letters.of_left_block;
}

} // namespace

void PdfFonts::add(const GlyphRun& run) {
    Font& font = font_of(run.font);
    runs_left_ = runs_left_ || run.bidi_level != 0 || has_left_letters(run.text);
    for (const GlyphCluster& cluster : clusters_of(run)) {
        for (std::size_t at = cluster.begin; at < cluster.end; ++at) {
            const std::uint32_t glyph = run.glyphs[at].id;
            if (glyph >= font.used.size()) {
                font.used.resize(glyph + 1);
                font.says.resize(glyph + 1);
            }
            font.used[glyph] = true;
        }
        // One glyph that stands for the whole cluster says its text. What several glyphs say is left to ActualText.
        const std::uint32_t first = run.glyphs[cluster.begin].id;
        if (cluster.end - cluster.begin != 1 || !font.says[first].empty()) continue;
        std::string says = sayable(run.text.substr(cluster.text_begin, cluster.text_end - cluster.text_begin));
        // A joiner that stands before a letter here and there is no part of what its glyph says.
        if (says.empty() || !is_invisible(decode_utf8(says, 0).code_point)) font.says[first] = std::move(says);
    }
}

namespace {

std::string utf16_hex(std::string_view utf8) {
    std::string out;
    for (const char16_t unit : to_utf16(utf8)) append_pdf_hex(out, unit, 4);
    return out;
}

std::string to_unicode_cmap(const std::vector<std::pair<std::uint32_t, std::string>>& says) {
    std::string out =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) "
        "/Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> "
        "<FFFF>\nendcodespacerange\n";
    constexpr std::size_t most_in_block = 100;
    for (std::size_t at = 0; at < says.size(); at += most_in_block) {
        const std::size_t end = std::min(says.size(), at + most_in_block);
        out += std::to_string(end - at) + " beginbfchar\n";
        for (std::size_t i = at; i < end; ++i) {
            out += "<";
            append_pdf_hex(out, says[i].first, 4);
            out += "> <" + utf16_hex(says[i].second) + ">\n";
        }
        out += "endbfchar\n";
    }
    return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// Six letters from the subset's bytes: the same subset has the same tag. ISO 32000-1, 9.6.4.
std::string subset_tag(std::string_view bytes) {
    const Sha256Digest digest = sha256(bytes);
    std::string tag;
    for (std::size_t at = 0; at < 6; ++at) tag += static_cast<char>('A' + digest[at] % 26);
    return tag;
}

std::string widths(const FontSubset& subset) {
    std::string out = "[0[";
    for (const double advance : subset.advances) {
        append_pdf_number(out, advance);
        out += ' ';
    }
    return out + "]]";
}

} // namespace

void PdfFonts::finish(PdfDocument& document, const TaskPool& pool) {
    std::vector<std::pair<FontId, Font*>> all;
    for (auto& [id, font] : fonts_) all.push_back({id, &font});
    pool.for_each(all.size(), [&](std::size_t at) {
        auto& [id, font] = all[at];
        std::vector<std::uint32_t> glyphs;
        for (std::uint32_t glyph = 0; glyph < font->used.size(); ++glyph)
            if (font->used[glyph]) glyphs.push_back(glyph);
        font->subset = library_.subset(id, std::move(glyphs));
        font->new_glyph.assign(font->used.size(), 0);
        for (std::uint32_t now = 0; now < font->subset.old_glyphs.size(); ++now)
            if (font->subset.old_glyphs[now] < font->new_glyph.size()) font->new_glyph[font->subset.old_glyphs[now]] = now;
        for (std::uint32_t glyph = 0; glyph < font->used.size(); ++glyph) {
            if (!font->used[glyph] || !font->says[glyph].empty()) continue;
            // No code point: a part of a cluster, whose ActualText speaks.
            font->says[glyph] = sayable(to_utf8(library_.code_point_of(id, glyph).value_or(0x200B)));
        }
    });
    std::size_t number = 0;
    for (auto& [id, font] : all) {
        font->name = "F" + std::to_string(number++);
        write(document, id, *font);
    }
}

void PdfFonts::write(PdfDocument& document, FontId id, Font& font) const {
    const bool cff = font.subset.format == FontFormat::cff;
    const std::string& program = cff ? font.subset.cff_bytes : font.subset.bytes;
    const PdfReference file =
        document.add_compressed_stream(cff ? "/Subtype/CIDFontType0C" : "/Length1 " + std::to_string(program.size()), program);
    const FontMetrics& metrics = library_.metrics(id);
    std::string base_name;
    for (const char c : library_.postscript_name(id)) // a name that a hostile font chose: PostScript's printable characters only
        if (c > 0x20 && c < 0x7F && std::string_view("[](){}<>/%#").find(c) == std::string_view::npos && base_name.size() < 63)
            base_name += c;
    const std::string name = subset_tag(program) + "+" + (base_name.empty() ? "Font" : base_name);
    const auto thousandths = [](double em) { return pdf_number(std::round(em * 1000)); };
    // Flags: fixed pitch 1, symbolic 4 (our codes are glyph ids), italic 64.
    const int flags = 4 | (metrics.fixed_pitch ? 1 : 0) | (metrics.italic_angle != 0 ? 64 : 0);
    const PdfReference descriptor = document.add_dictionary(
        "/Type/FontDescriptor/FontName" + pdf_name(name) + "/Flags " + std::to_string(flags) + "/FontBBox[" + thousandths(-0.5) +
        " " + thousandths(-metrics.descent) + " " + thousandths(1.5) + " " + thousandths(metrics.ascent) + "]/ItalicAngle " +
        pdf_number(metrics.italic_angle) + "/Ascent " + thousandths(metrics.ascent) + "/Descent " +
        thousandths(-metrics.descent) + "/CapHeight " + thousandths(metrics.cap_height) + "/XHeight " +
        thousandths(metrics.x_height) + "/StemV " + std::to_string(library_.weight(id) >= 600 ? 140 : 80) +
        (cff ? "/FontFile3 " : "/FontFile2 ") + pdf_reference(file));
    const PdfReference descendant = document.add_dictionary(
        std::string("/Type/Font/Subtype") + (cff ? "/CIDFontType0" : "/CIDFontType2") + "/BaseFont" + pdf_name(name) +
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor " + pdf_reference(descriptor) +
        "/DW 1000/W" + widths(font.subset) + (cff ? "" : "/CIDToGIDMap/Identity"));
    std::vector<std::pair<std::uint32_t, std::string>> says;
    for (std::uint32_t now = 1; now < font.subset.old_glyphs.size(); ++now) {
        const std::uint32_t original = font.subset.old_glyphs[now];
        if (original < font.says.size() && !font.says[original].empty()) says.push_back({now, font.says[original]});
    }
    const PdfReference unicode = document.add_compressed_stream("", to_unicode_cmap(says));
    font.object =
        document.add_dictionary("/Type/Font/Subtype/Type0/BaseFont" + pdf_name(name) + "/Encoding/Identity-H/DescendantFonts[" +
                                pdf_reference(descendant) + "]/ToUnicode " + pdf_reference(unicode));
    font.subset.bytes = font.subset.cff_bytes = {};
}

std::vector<FontId> PdfFonts::used() const {
    std::vector<FontId> out;
    for (const auto& [id, font] : fonts_) out.push_back(id);
    return out;
}

std::string PdfFonts::resources() const {
    std::string out;
    for (const auto& [id, font] : fonts_) out += "/" + font.name + " " + pdf_reference(font.object);
    return out;
}

std::string_view PdfFonts::resource_name(FontId font) const { return known(font).name; }
std::uint32_t PdfFonts::glyph(FontId font, std::uint32_t original) const { return known(font).new_glyph[original]; }
double PdfFonts::advance(FontId font, std::uint32_t original) const {
    const Font& f = known(font);
    return f.subset.advances[f.new_glyph[original]];
}
std::string_view PdfFonts::says(FontId font, std::uint32_t original) const { return known(font).says[original]; }

} // namespace bifolio
