#include "layout/text/shape_run.h"

#include "base/utf8.h"
#include "layout/text/cluster.h"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

namespace bifolio {
namespace {

constexpr int tab_columns = 8; // CSS Text 3 tab-size
constexpr int most_words_in_chain = 8;

// A capital of this size is a little taller than the letter x: it looks like a small capital and not like a footnote mark.
double small_caps_scale(const FontMetrics& metrics) { return std::clamp(1.1 * metrics.x_height / metrics.cap_height, 0.7, 0.85); }

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }

// U+2028 and U+2029, the separators that UTF-8 hides.
bool is_separator_at(std::string_view text, std::uint32_t at) {
    return static_cast<unsigned char>(text[at]) == 0xE2 && at + 2 < text.size() &&
           static_cast<unsigned char>(text[at + 1]) == 0x80 && (static_cast<unsigned char>(text[at + 2]) & 0xFE) == 0xA8;
}

// True when a letter that joins its neighbours stands before (step −1) or after (1) the place, seen through marks.
bool joins_at(std::string_view text, std::uint32_t at, int step) {
    while (step < 0 ? at > 0 : at < text.size()) {
        if (step < 0) {
            do --at;
            while (at > 0 && is_continuation_byte(text[at]));
        }
        const Decoded d = decoded(text, at);
        const int type = u_getIntPropertyValue(static_cast<UChar32>(d.code_point), UCHAR_JOINING_TYPE);
        if (type != U_JT_TRANSPARENT) return type != U_JT_NON_JOINING;
        if (step > 0) at += d.size;
    }
    return false;
}

// The text in capitals, with the byte in the original for each of its bytes and its end. Titlecase mappings may be longer (“ß”).
struct Capitals {
    std::string text;
    std::vector<std::uint32_t> origins;
};

Capitals capitals_of(std::string_view text, std::uint32_t begin, std::uint32_t end, const std::string& language) {
    Capitals made;
    for (std::uint32_t at = begin; at < end;) {
        const Decoded d = decoded(text, at);
        UChar plain[2], upper[8];
        std::int32_t size = 0;
        UErrorCode error = U_ZERO_ERROR;
        const auto c = static_cast<UChar32>(d.code_point);
        u_strFromUTF32(plain, 2, &size, &c, 1, &error);
        const std::int32_t upper_size = u_strToUpper(upper, 8, plain, size, language.c_str(), &error);
        std::u16string_view units(upper, static_cast<std::size_t>(U_SUCCESS(error) ? upper_size : 0));
        if (units.empty()) made.text.append(text.substr(at, d.size));
        for (std::size_t i = 0; i < units.size(); ++i) {
            char32_t code = units[i];
            if (code >= 0xD800 && code < 0xDC00 && i + 1 < units.size())
                code = 0x10000 + ((code - 0xD800) << 10) + (units[++i] - 0xDC00U);
            append_utf8(made.text, code);
        }
        made.origins.resize(made.text.size(), at);
        at += d.size;
    }
    made.origins.push_back(end);
    return made;
}

} // namespace

Length RunShaper::scaled(std::int32_t units, Length size, int units_per_em) {
    const std::int64_t product = units * size.sp();
    const std::int64_t half = units_per_em / 2;
    return Length::from_sp((product >= 0 ? product + half : product - half) / units_per_em);
}

const RunContext& RunShaper::context_of(const ShapedRun& run) {
    const TextStyle& style = styles_[run.style];
    const FontLibrary::Face& face = shaper_.fonts.face(run.font);
    RunKey key;
    key.face_serial = face.serial;
    key.script = static_cast<hb_script_t>(run.script);
    key.rtl = run.bidi_level & 1;
    key.language = style.language;
    if (!style.ligatures || style.letter_spacing != Length())
        for (const hb_tag_t tag : {HB_TAG('l', 'i', 'g', 'a'), HB_TAG('c', 'l', 'i', 'g')}) key.features.emplace_back(tag, 0U);
    if (style.synthesize_small_caps && !run.small_caps) key.features.emplace_back(HB_TAG('s', 'm', 'c', 'p'), 1U);
    for (const FontFeature& f : style.features)
        key.features.emplace_back(HB_TAG(f.tag[0], f.tag[1], f.tag[2], f.tag[3]), f.value);
    return cache_.context(key, face);
}

void RunShaper::find_segments(const RunContext& context, std::string_view text, std::uint32_t begin, std::uint32_t end) {
    using Kind = Segment::Kind;
    segments_.clear();
    const bool cut_at_spaces = context.space_use != SpaceUse::entwined;
    std::uint32_t word = begin;
    const auto close_word = [&](std::uint32_t at) {
        if (word < at) segments_.push_back({word, at, Kind::word});
    };
    for (std::uint32_t at = begin; at < end; ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if (c > 0x20 && c < 0x7F) continue;
        std::uint32_t size = 1;
        Kind kind = Kind::space;
        if (c == ' ') {
            if (!cut_at_spaces) continue;
        } else if (c == '\t') {
            kind = Kind::tab;
        } else if (is_control(c)) {
            kind = Kind::control;
        } else if (is_separator_at(text, at)) {
            kind = Kind::control;
            size = 3;
        } else {
            continue;
        }
        close_word(at);
        segments_.push_back({at, at + size, kind});
        at += size - 1;
        word = at + 1;
    }
    close_word(end);
}

const Word& RunShaper::shape_word(const RunContext& context, std::string_view text, std::size_t i, std::uint32_t begin,
                                  std::uint32_t end) {
    const Segment& segment = segments_[i];
    const auto is_space = [&](std::size_t n) { return n < segments_.size() && segments_[n].kind == Segment::Kind::space; };
    // At an item's edge the neighbours in the paragraph decide how letters join; elsewhere a space stands beside the word.
    const bool joined = context.joins &&
                        ((segment.begin == begin && joins_at(text, begin, -1)) || (segment.end == end && joins_at(text, end, 1)));
    if (context.space_use == SpaceUse::entwined || joined) {
        shape_in_context(context, text, segment.begin, segment.end, scratch_);
        space_before_ = space_after_ = 0;
        return scratch_;
    }
    const unsigned spaces = (i > 0 && is_space(i - 1) ? 1U : 0U) | (is_space(i + 1) ? 2U : 0U);
    const Word& alone = cache_.word(context, text.substr(segment.begin, segment.end - segment.begin), spaces, scratch_);
    space_before_ = alone.space_before;
    space_after_ = alone.space_after;
    if (!alone.looks_around || spaces == 0) return alone;
    const std::uint32_t window = window_edge(context, text, i, -1), window_end = window_edge(context, text, i, 1);
    return cache_.word_between(context, text.substr(window, window_end - window), segment.begin - window, segment.end - window,
                               scratch_);
}

// The byte where the window about a word ends in the direction of `step`: as many characters beyond the space as the rules reach,
// and a few more for their ligatures. Short words that look around themselves form chains (a dash between brackets), which are
// followed a little way.
std::uint32_t RunShaper::window_edge(const RunContext& context, std::string_view text, std::size_t i, int step) {
    const auto beyond = [&](std::size_t n) { return n + static_cast<std::size_t>(step); }; // below 0 it wraps to a great number
    std::size_t edge = i;
    for (int words = 0; words < most_words_in_chain; ++words) {
        const std::size_t space = beyond(edge);
        if (space >= segments_.size() || segments_[space].kind != Segment::Kind::space) break;
        edge = space;
        const std::size_t next = beyond(edge);
        if (next >= segments_.size() || segments_[next].kind == Segment::Kind::space) continue;
        if (segments_[next].kind != Segment::Kind::word) break;
        edge = next;
        const Segment& word = segments_[edge];
        const unsigned most = context.reach + 2;
        if (word.end - word.begin <= most &&
            cache_.word(context, text.substr(word.begin, word.end - word.begin), 3, neighbour_).looks_around)
            continue;
        std::uint32_t at = step < 0 ? word.end : word.begin;
        for (unsigned n = 0; n < most && at != (step < 0 ? word.begin : word.end); ++n) {
            do at += static_cast<std::uint32_t>(step);
            while (at > word.begin && at < word.end && is_continuation_byte(text[at]));
        }
        return at;
    }
    return step < 0 ? segments_[edge].begin : segments_[edge].end;
}

void RunShaper::add_word(const RunContext& context, const Word& word, std::uint32_t begin, ShapedRun& run) const {
    const int em = context.face->units_per_em;
    for (const WordGlyph& g : word.glyphs) {
        Glyph& glyph = run.glyphs.emplace_back();
        glyph.id = g.id;
        glyph.advance = scaled(g.advance, run.size, em);
        if (g.x_offset) glyph.x_offset = scaled(g.x_offset, run.size, em);
        if (g.y_offset) glyph.y_offset = scaled(g.y_offset, run.size, em);
        glyph.cluster = begin + g.cluster;
        glyph.unsafe_to_break = g.unsafe_to_break;
    }
    run.missing_glyph |= word.missing;
}

// To the next multiple of eight columns after the last line feed. Exact for fonts of fixed pitch, which is where tabs live.
Length RunShaper::tab_advance(std::uint32_t at, Length space) const {
    std::uint32_t begin = at;
    while (begin > 0 && text_[begin - 1] != '\n') --begin;
    int column = 0;
    for (std::uint32_t i = begin; i < at; ++i) {
        if (text_[i] == '\t')
            column += tab_columns - column % tab_columns;
        else if (!is_continuation_byte(text_[i]))
            ++column;
    }
    return space * (tab_columns - column % tab_columns);
}

void RunShaper::shape_segments(const RunContext& context, std::string_view text, std::uint32_t begin, std::uint32_t end,
                               ShapedRun& run) {
    find_segments(context, text, begin, end);
    run.glyphs.reserve(run.glyphs.size() + (end - begin));
    const bool rtl = context.direction == HB_DIRECTION_RTL;
    const int em = context.face->units_per_em;
    const std::size_t count = segments_.size();
    const auto is_space = [&](std::size_t i) { return i < count && segments_[i].kind == Segment::Kind::space; };
    // Visual order. What a word kerns against the space before it in that order is added to that space afterwards; what it
    // kerns against the space that follows is kept until that space comes.
    std::int32_t pending = 0;
    std::int32_t last_space = 0;
    for (std::size_t n = 0; n < count; ++n) {
        const std::size_t i = rtl ? count - 1 - n : n;
        const Segment segment = segments_[i];
        if (segment.kind == Segment::Kind::word) {
            const Word& word = shape_word(context, text, i, begin, end);
            const std::int32_t earlier = rtl ? space_after_ : space_before_;
            if (earlier != 0 && n > 0 && is_space(rtl ? i + 1 : i - 1))
                run.glyphs.back().advance = scaled(last_space + earlier, run.size, em);
            pending = rtl ? space_before_ : space_after_;
            add_word(context, word, segment.begin, run);
            continue;
        }
        if (segment.kind != Segment::Kind::control) {
            Glyph& glyph = run.glyphs.emplace_back();
            glyph.id = context.face->space_glyph;
            last_space = context.face->space_advance + pending;
            glyph.advance = scaled(last_space, run.size, em);
            if (segment.kind == Segment::Kind::tab) glyph.advance = tab_advance(segment.begin, glyph.advance);
            glyph.cluster = segment.begin;
        }
        pending = 0;
    }
}

void RunShaper::shape_small_caps(const RunContext& context, ShapedRun& run) {
    const Capitals capitals = capitals_of(text_, run.begin, run.end, styles_[run.style].language);
    shape_segments(context, capitals.text, 0, static_cast<std::uint32_t>(capitals.text.size()), run);
    for (Glyph& glyph : run.glyphs) glyph.cluster = capitals.origins[glyph.cluster];
}

void RunShaper::add_spacing(const RunContext& context, const TextStyle& style, ShapedRun& run) const {
    if (style.letter_spacing != Length() && !context.joins) {
        for (std::size_t i = 0; i < run.glyphs.size(); ++i)
            if (i + 1 == run.glyphs.size() || run.glyphs[i + 1].cluster != run.glyphs[i].cluster)
                run.glyphs[i].advance += style.letter_spacing;
    }
    if (style.word_spacing != Length()) {
        for (Glyph& glyph : run.glyphs) {
            const auto c = static_cast<unsigned char>(text_[glyph.cluster]);
            if (c == ' ' || (c == 0xC2 && static_cast<unsigned char>(text_[glyph.cluster + 1]) == 0xA0))
                glyph.advance += style.word_spacing;
        }
    }
}

ShapedRun RunShaper::shape(const Item& item) {
    ShapedRun run;
    run.begin = item.begin;
    run.end = item.end;
    run.style = item.style;
    run.font = item.font;
    run.bidi_level = item.level;
    run.missing_glyph = item.missing;
    run.script = item.script;
    run.small_caps = item.small_caps;
    const TextStyle& style = styles_[item.style];
    run.size = item.small_caps ? style.size.scaled(small_caps_scale(shaper_.fonts.metrics(item.font))) : style.size;
    if (item.object) return run;
    const RunContext& context = context_of(run);
    if (run.small_caps)
        shape_small_caps(context, run);
    else
        shape_segments(context, text_, run.begin, run.end, run);
    add_spacing(context, style, run);
    return run;
}

ShapedRun RunShaper::shape_again(const ShapedRun& whole, std::uint32_t begin, std::uint32_t end) {
    Item item;
    item.begin = begin;
    item.end = end;
    item.style = whole.style;
    item.font = whole.font;
    item.script = static_cast<hb_script_t>(whole.script);
    item.level = whole.bidi_level;
    item.missing = whole.missing_glyph;
    item.small_caps = whole.small_caps;
    return shape(item);
}

} // namespace bifolio
