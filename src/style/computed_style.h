// computed_style.h: the computed values of one element: what layout and the writers need to know, and nothing to look up.
//
// Units      Lengths are absolute (em, rem, ex, ch, %, of the font size are gone); what can only be resolved against the
//            containing block stays a Dimension.
// Spec       CSS 2.1; Fonts 4, Text 3/4, Fragmentation 3/4, Multicol 1, Lists 3, GCPM 3, Tables 3, Backgrounds 3.
#pragma once

#include "base/colour.h"
#include "base/length.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

// auto, or a length plus a share of the containing block (calc() keeps both).
struct Dimension {
    bool automatic = true;
    Length length;
    double percent = 0; // 100 is the whole
    static Dimension of(Length value) { return {false, value, 0}; }
    bool is_definite() const { return !automatic && percent == 0; }
    // Against a containing block; auto gives `otherwise`.
    Length resolve(Length whole, Length otherwise = {}) const {
        return automatic ? otherwise : length + whole.scaled(percent / 100.0);
    }
    bool operator==(const Dimension&) const = default;
};

enum class Side : std::uint8_t { top, right, bottom, left };
template <class T>
using Sides = std::array<T, 4>; // indexed by Side
template <class T>
constexpr T& at(Sides<T>& sides, Side side) {
    return sides[static_cast<std::size_t>(side)];
}
template <class T>
constexpr const T& at(const Sides<T>& sides, Side side) {
    return sides[static_cast<std::size_t>(side)];
}

enum class Display : std::uint8_t {
    none,
    contents,
    block,
    inline_,
    inline_block,
    list_item,
    flow_root,
    table,
    inline_table,
    table_row_group,
    table_header_group,
    table_footer_group,
    table_row,
    table_cell,
    table_column,
    table_column_group,
    table_caption,
    ruby,
    ruby_text,
};
enum class Float : std::uint8_t { none, left, right, inside, outside, footnote, top, bottom, snap_block };
enum class Clear : std::uint8_t { none, left, right, both };
enum class BorderStyle : std::uint8_t { none, hidden, solid, dashed, dotted, double_, groove, ridge, inset, outset };
enum class BoxSizing : std::uint8_t { content_box, border_box };
enum class BoxDecorationBreak : std::uint8_t { slice, clone };
enum class FontStyle : std::uint8_t { normal, italic, oblique };
enum class TextAlign : std::uint8_t {
    start,
    end,
    left,
    right,
    center,
    justify,
    decimal
}; // decimal: on the decimal mark (ours, table cells)
enum class TextAlignLast : std::uint8_t { automatic, start, end, left, right, center, justify };
enum class TextTransform : std::uint8_t { none, uppercase, lowercase, capitalize };
enum class WhiteSpace : std::uint8_t { normal, nowrap, pre, pre_wrap, pre_line, break_spaces };
enum class HyphensMode : std::uint8_t { none, manual, automatic };
// Where no line may end within a word: nowhere, at the end of a facing pair of pages, of a page, of a column or page, or also
// in the last full line of a paragraph.
enum class HyphenateLimitLast : std::uint8_t { none, spread, page, column, always };
enum class OverflowWrap : std::uint8_t { normal, break_word, anywhere };
enum class TextWrap : std::uint8_t { wrap, nowrap, balance, pretty, stable };
enum class VerticalAlignKeyword : std::uint8_t { baseline, sub, super, top, text_top, middle, bottom, text_bottom, length };
enum class Direction : std::uint8_t { ltr, rtl };
enum class UnicodeBidi : std::uint8_t { normal, embed, isolate, bidi_override, isolate_override, plaintext };
enum class ListStylePosition : std::uint8_t { outside, inside };
enum class BreakBetween : std::uint8_t {
    automatic,
    avoid,
    always,
    page,
    left,
    right,
    recto,
    verso,
    avoid_page,
    column,
    avoid_column,
    all,
};
enum class BreakInside : std::uint8_t { automatic, avoid, avoid_page, avoid_column, never };
enum class TableLayout : std::uint8_t { automatic, fixed };
enum class BorderCollapse : std::uint8_t { separate, collapse };
enum class CaptionSide : std::uint8_t { top, bottom, left, right, inline_start, inline_end };
enum class ColumnFill : std::uint8_t { balance, automatic };
enum class FootnoteDisplay : std::uint8_t { block, inline_, compact };
enum class ObjectFit : std::uint8_t { fill, contain, cover, none, scale_down };
enum class NotePlace : std::uint8_t { page, table };
enum class LineSnap : std::uint8_t { none, baseline };
enum class Visibility : std::uint8_t { visible, hidden, collapse };

struct TextDecoration {
    bool underline = false, overline = false, line_through = false;
    std::optional<Colour> colour; // currentcolor
    BorderStyle style = BorderStyle::solid;
    std::optional<Length> thickness; // the font's
    std::optional<Length> underline_offset;
    bool operator==(const TextDecoration&) const = default;
};

struct LineHeight {               // normal: neither
    std::optional<double> number; // × the element's own font size
    std::optional<Length> length;
    bool operator==(const LineHeight&) const = default;
};

struct VerticalAlign {
    VerticalAlignKeyword keyword = VerticalAlignKeyword::baseline;
    Length length; // raise by; percentages of the line height are resolved
    bool operator==(const VerticalAlign&) const = default;
};

struct InitialLetter { // CSS Inline 3 §7: of ::first-letter; normal: 0
    double size = 0;   // as many lines high
    int sink = 0;      // and standing on the baseline of this line
    bool operator==(const InitialLetter&) const = default;
};

struct OpenTypeFeature { // “smcp” 1; from font-feature-settings and all font-variant-* properties, in the order CSS Fonts 4 §7.2
                         // asks
    std::array<char, 4> tag{};
    std::uint32_t value = 1;
    auto operator<=>(const OpenTypeFeature&) const = default;
};

struct FontAxisSetting { // “wght” 650; from font-variation-settings
    std::array<char, 4> tag{};
    double value = 0;
    auto operator<=>(const FontAxisSetting&) const = default;
};

struct ComputedStyle {
    // the box
    Display display = Display::inline_;
    Visibility visibility = Visibility::visible;
    Float float_ = Float::none;
    Clear clear = Clear::none;
    Dimension width, height, min_width, min_height, max_width, max_height; // max auto: none
    Sides<Dimension> margin{Dimension::of({}), Dimension::of({}), Dimension::of({}), Dimension::of({})};
    Sides<Dimension> padding{Dimension::of({}), Dimension::of({}), Dimension::of({}), Dimension::of({})}; // never auto
    Sides<Length> border_width{}; // 0 where the style is none
    Sides<BorderStyle> border_style{};
    Sides<Colour> border_colour{};         // currentcolor is resolved
    std::array<Length, 4> border_radius{}; // top left, top right, bottom right, bottom left
    BoxSizing box_sizing = BoxSizing::content_box;
    BoxDecorationBreak box_decoration_break = BoxDecorationBreak::slice;
    Colour background_colour{0, 0, 0, 0};
    ObjectFit object_fit = ObjectFit::fill;
    double opacity = 1;

    // text (all inherited, but text_decoration: it propagates to the box's text as in CSS 2.1 §16.3.1)
    std::vector<std::string> font_families{"serif"};
    int font_weight = 400;
    FontStyle font_style = FontStyle::normal;
    double font_stretch = 1;
    Length font_size = Length::pt(12);
    std::vector<OpenTypeFeature> font_features;
    std::vector<FontAxisSetting> font_variations; // each axis once, by tag
    bool small_caps =
        false; // font-variant-caps: small-caps (the feature is in font_features; this asks for synthesis where it lacks)
    LineHeight line_height;
    Colour colour{0, 0, 0, 255};
    TextAlign text_align = TextAlign::start;
    TextAlignLast text_align_last = TextAlignLast::automatic;
    Dimension text_indent = Dimension::of({});
    bool text_indent_hanging = false, text_indent_each_line = false;
    TextTransform text_transform = TextTransform::none;
    Length letter_spacing, word_spacing;
    // What justification may add to or take from each letter, as a share of the font size (“-bifolio-letter-spacing-limit”)
    double letter_shrink = 0, letter_stretch = 0;
    WhiteSpace white_space = WhiteSpace::normal;
    TextWrap text_wrap = TextWrap::wrap;
    HyphensMode hyphens = HyphensMode::manual;
    std::array<int, 3> hyphenate_limit_chars{5, 2, 3};
    int hyphenate_limit_lines = 2; // 0: no limit
    HyphenateLimitLast hyphenate_limit_last = HyphenateLimitLast::page;
    OverflowWrap overflow_wrap = OverflowWrap::normal;
    bool ellipsis = false; // text-overflow: of a margin box whose line is too long
    bool hanging_punctuation = false;
    int tab_size = 8;
    TextDecoration text_decoration;
    VerticalAlign vertical_align;
    InitialLetter initial_letter;
    Direction direction = Direction::ltr;
    UnicodeBidi unicode_bidi = UnicodeBidi::normal;
    std::string language; // of the element, for shaping and hyphenation

    // lists
    std::string list_style_type = "disc"; // “none”, a counter style's name, or a string in quotes: "\"– \""
    ListStylePosition list_style_position = ListStylePosition::outside;

    // fragmentation
    BreakBetween break_before = BreakBetween::automatic, break_after = BreakBetween::automatic;
    BreakInside break_inside = BreakInside::automatic;
    int orphans = 2, widows = 2;
    std::string page;               // named page; empty: auto
    bool creates_line_grid = false; // line-grid: create
    LineSnap line_snap = LineSnap::none;

    // tables
    TableLayout table_layout = TableLayout::automatic;
    BorderCollapse border_collapse = BorderCollapse::separate;
    Length border_spacing_x, border_spacing_y;
    CaptionSide caption_side = CaptionSide::top;
    bool empty_cells_hidden = false;
    std::string
        table_continued; // behind the caption where the table goes on (“-bifolio-table-continued”); empty: no caption there

    // columns
    int column_count = 0; // 0: auto
    Dimension column_width;
    std::optional<Length> column_gap; // normal: 1em
    Length column_rule_width;
    BorderStyle column_rule_style = BorderStyle::none;
    Colour column_rule_colour;
    ColumnFill column_fill = ColumnFill::balance;
    bool column_span_all = false;

    // notes
    FootnoteDisplay footnote_display = FootnoteDisplay::block;
    NotePlace note_place = NotePlace::page; // where the notes of a table stand (“-bifolio-note-area”)

    bool operator==(const ComputedStyle&) const = default;
};

} // namespace bifolio
