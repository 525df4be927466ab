#include "base/utf8.h"
#include "layout/text/cluster.h"
#include "layout/text/shape.h"
#include "layout/text/shape_run.h"

#include <algorithm>

namespace bifolio {
namespace {

// White space that hangs or vanishes at a line's end; no-break spaces stay.
bool vanishes_at_end(char32_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B || c == 0x85 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B && c != 0x2007) || c == 0x2028 || c == 0x2029 || c == 0x205F || c == 0x3000;
}

std::uint32_t character_before(std::string_view text, std::uint32_t at) {
    do --at;
    while (at > 0 && is_continuation_byte(text[at]));
    return at;
}

std::uint32_t without_trailing_space(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    while (end > begin) {
        const std::uint32_t last = character_before(text, end);
        if (!vanishes_at_end(decoded(text, last).code_point)) break;
        end = last;
    }
    return end;
}

// Where the glyphs of clusters below `at` end (left to right) or those from `at` on end (right to left).
std::size_t glyph_boundary(const ShapedRun& run, std::uint32_t at) {
    const bool rtl = run.bidi_level & 1;
    const auto found =
        std::ranges::partition_point(run.glyphs, [&](const Glyph& g) { return rtl ? g.cluster >= at : g.cluster < at; });
    return static_cast<std::size_t>(found - run.glyphs.begin());
}

// The glyphs of a cluster that begins at `at` exactly, and that HarfBuzz says may begin a line as they are.
bool is_safe_cut(const ShapedRun& run, std::uint32_t at) {
    if (at == run.begin || at == run.end) return true;
    const std::size_t i = glyph_boundary(run, at);
    if (run.bidi_level & 1) return i > 0 && run.glyphs[i - 1].cluster == at && !run.glyphs[i - 1].unsafe_to_break;
    return i < run.glyphs.size() && run.glyphs[i].cluster == at && !run.glyphs[i].unsafe_to_break;
}

ShapedRun piece_of(RunShaper& shaper, const ShapedRun& run, std::uint32_t begin, std::uint32_t end) {
    if (begin == run.begin && end == run.end) return run;
    if (run.glyphs.empty() || !is_safe_cut(run, begin) || !is_safe_cut(run, end)) {
        if (!run.glyphs.empty()) return shaper.shape_again(run, begin, end);
    }
    ShapedRun piece;
    piece.begin = begin;
    piece.end = end;
    piece.style = run.style;
    piece.font = run.font;
    piece.size = run.size;
    piece.bidi_level = run.bidi_level;
    piece.missing_glyph = run.missing_glyph;
    piece.script = run.script;
    piece.small_caps = run.small_caps;
    std::size_t first = glyph_boundary(run, begin), last = glyph_boundary(run, end);
    if (run.bidi_level & 1) std::swap(first, last);
    const auto glyphs = run.glyphs.begin();
    piece.glyphs.reserve(last - first + 1); // layout may add a space without width
    piece.glyphs.assign(glyphs + static_cast<std::ptrdiff_t>(first), glyphs + static_cast<std::ptrdiff_t>(last));
    return piece;
}

// UAX 9 L2: from the highest level down to the lowest odd one, turn round every stretch at that level or higher.
void reorder(std::vector<ShapedRun>& runs) {
    std::uint8_t highest = 0;
    for (const ShapedRun& run : runs) highest = std::max(highest, run.bidi_level);
    for (std::uint8_t level = highest; level > 0; --level) {
        for (std::size_t i = 0; i < runs.size();) {
            std::size_t end = i;
            while (end < runs.size() && runs[end].bidi_level >= level) ++end;
            std::reverse(runs.begin() + static_cast<std::ptrdiff_t>(i), runs.begin() + static_cast<std::ptrdiff_t>(end));
            i = end + 1;
        }
    }
}

struct HyphenForm {
    char32_t code_point = 0; // 0: the face has none
    std::uint32_t glyph = 0;
    Length advance, kerning; // kerning falls on the letter before
};

std::int32_t total(const Word& word) {
    std::int32_t sum = 0;
    for (const WordGlyph& g : word.glyphs) sum += g.advance;
    return sum;
}

// The hyphen after the character that ends at `end` of the run.
HyphenForm hyphen_after(const Shaper& shaper, RunShaper& run_shaper, std::string_view text, const ShapedRun& run,
                        std::uint32_t end) {
    HyphenForm form;
    const FontLibrary::Face& face = shaper.fonts.face(run.font);
    form.code_point = face.has(0x2010) ? 0x2010 : face.has('-') ? U'-' : 0;
    if (!form.code_point) return form;
    form.glyph = face.glyph(form.code_point);
    const std::int32_t advance = hb_font_get_glyph_h_advance(face.font.get(), form.glyph);
    form.advance = RunShaper::scaled(advance, run.size, face.units_per_em);

    while (end > run.begin && decoded(text, character_before(text, end)).code_point == 0xAD) end = character_before(text, end);
    const RunContext& context = run_shaper.context_of(run);
    if (end == run.begin || run.bidi_level & 1 || run.small_caps || context.joins) return form;
    const std::string letter(text.substr(character_before(text, end), end - character_before(text, end)));
    Word scratch;
    ShapeCache::State& cache = shaper.cache.state();
    const std::int32_t alone = total(cache.word(context, letter, 0, scratch));
    const Word& pair = cache.word(context, letter + to_utf8(form.code_point), 0, scratch);
    if (pair.glyphs.size() == 2 && pair.glyphs.back().id == form.glyph)
        form.kerning = RunShaper::scaled(total(pair) - alone - advance, run.size, face.units_per_em);
    return form;
}

void add_hyphen(const HyphenForm& form, ShapedRun& run) {
    if (!form.code_point) return;
    Glyph glyph;
    glyph.id = form.glyph;
    glyph.advance = form.advance;
    glyph.cluster = run.end;
    if (run.bidi_level & 1) {
        run.glyphs.insert(run.glyphs.begin(), glyph);
    } else {
        if (!run.glyphs.empty()) run.glyphs.back().advance += form.kerning;
        run.glyphs.push_back(glyph);
    }
}

const ShapedRun* run_before(const ShapedText& shaped, std::uint32_t at) {
    const auto found = std::ranges::lower_bound(shaped.runs, at, {}, &ShapedRun::end);
    return found == shaped.runs.end() || at == 0 ? nullptr : &*found;
}

} // namespace

LineRuns line_runs(const Shaper& shaper, const ShapedText& shaped, const std::vector<TextStyle>& styles, std::uint32_t begin,
                   std::uint32_t end, bool hyphen) {
    LineRuns line;
    RunShaper run_shaper(shaper, shaped.text, styles);
    end =
        without_trailing_space(shaped.text, begin, std::min<std::uint32_t>(end, static_cast<std::uint32_t>(shaped.text.size())));
    auto run = std::ranges::upper_bound(shaped.runs, begin, {}, &ShapedRun::end);
    for (; run != shaped.runs.end() && run->begin < end; ++run)
        line.runs.push_back(piece_of(run_shaper, *run, std::max(begin, run->begin), std::min(end, run->end)));
    if (hyphen && !line.runs.empty())
        add_hyphen(hyphen_after(shaper, run_shaper, shaped.text, line.runs.back(), line.runs.back().end), line.runs.back());
    reorder(line.runs);
    for (const ShapedRun& piece : line.runs)
        for (const Glyph& glyph : piece.glyphs) line.width += glyph.advance;
    return line;
}

Length hyphen_width(const Shaper& shaper, const ShapedText& shaped, const std::vector<TextStyle>& styles, std::uint32_t at) {
    const ShapedRun* run = run_before(shaped, at);
    if (!run) return {};
    RunShaper run_shaper(shaper, shaped.text, styles);
    const HyphenForm form = hyphen_after(shaper, run_shaper, shaped.text, *run, at);
    return form.advance + form.kerning;
}

} // namespace bifolio
