// The text of a StyledBook, for golden tests: each distinct style with what sets it apart from the initial one, then the tree.
#include "style/styled_book.h"

#include "base/overloaded.h"
#include "style/element_style.h"
#include "style/page_selector.h"
#include "style/page_table.h"

#include <array>
#include <cstdio>

namespace bifolio {

namespace {

std::string number(double value) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.3f", value);
    std::string text = buffer.data();
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string text_of(Length length) { return number(length.in_pt()) + "pt"; }

std::string text_of(const Dimension& dimension) {
    if (dimension.automatic) return "auto";
    if (dimension.percent == 0) return text_of(dimension.length);
    return (dimension.length == Length{} ? "" : text_of(dimension.length) + "+") + number(dimension.percent) + "%";
}

template <class T>
std::string sides(const Sides<T>& values) {
    std::string text;
    for (const T& one : values) text += (text.empty() ? "" : " ") + text_of(one);
    return text;
}

std::string text_of(Colour colour) { return to_css(colour); }
template <class Enum, std::size_t N>
std::string word(Enum value, const std::array<std::string_view, N>& names) {
    return std::string(names.at(static_cast<std::size_t>(value)));
}

constexpr std::array<std::string_view, 19> displays{"none",
                                                    "contents",
                                                    "block",
                                                    "inline",
                                                    "inline-block",
                                                    "list-item",
                                                    "flow-root",
                                                    "table",
                                                    "inline-table",
                                                    "table-row-group",
                                                    "table-header-group",
                                                    "table-footer-group",
                                                    "table-row",
                                                    "table-cell",
                                                    "table-column",
                                                    "table-column-group",
                                                    "table-caption",
                                                    "ruby",
                                                    "ruby-text"};
constexpr std::array<std::string_view, 10> border_styles{"none",   "hidden", "solid", "dashed", "dotted",
                                                         "double", "groove", "ridge", "inset",  "outset"};
constexpr std::array<std::string_view, 9> floats{"none",     "left", "right",  "inside",    "outside",
                                                 "footnote", "top",  "bottom", "snap-block"};
constexpr std::array<std::string_view, 7> alignments{"start", "end", "left", "right", "center", "justify", "decimal"};
constexpr std::array<std::string_view, 7> last_alignments{"auto", "start", "end", "left", "right", "center", "justify"};
constexpr std::array<std::string_view, 12> breaks{"auto",  "avoid", "always",     "page",   "left",         "right",
                                                  "recto", "verso", "avoid-page", "column", "avoid-column", "all"};
constexpr std::array<std::string_view, 9> verticals{"baseline", "sub",    "super",       "top",   "text-top",
                                                    "middle",   "bottom", "text-bottom", "length"};
constexpr std::array<std::string_view, 7> pseudos{"before",     "after",         "marker",         "first-letter",
                                                  "first-line", "footnote-call", "footnote-marker"};

std::string text_of(BorderStyle style) { return word(style, border_styles); }

// Writes “ name: value” for what differs from the initial style.
class StyleDump {
public:
    explicit StyleDump(const ComputedStyle& style) : style_(style), initial_(initial_style().computed) {}

    std::string run() {
        box();
        borders();
        font();
        paragraph();
        breaking();
        rest();
        return out_;
    }

private:
    template <class Member, class Text>
    void field(std::string_view name, Member member, const Text& text) {
        if (!(style_.*member == initial_.*member)) add(name, text(style_.*member));
    }
    void add(std::string_view name, const std::string& value) { out_ += "\n    " + std::string(name) + ": " + value; }
    static std::string plain(const Dimension& d) { return text_of(d); }
    static std::string length(Length l) { return text_of(l); }
    static std::string flag(bool value) { return value ? "yes" : "no"; }
    static std::string whole(int value) { return std::to_string(value); }
    template <class Enum>
    static std::string ordinal(Enum value) {
        return "#" + std::to_string(static_cast<int>(value));
    }

    void box() {
        field("display", &ComputedStyle::display, [](Display d) { return word(d, displays); });
        field("visibility", &ComputedStyle::visibility, ordinal<Visibility>);
        field("float", &ComputedStyle::float_, [](Float f) { return word(f, floats); });
        field("clear", &ComputedStyle::clear, ordinal<Clear>);
        field("width", &ComputedStyle::width, plain);
        field("height", &ComputedStyle::height, plain);
        field("min-width", &ComputedStyle::min_width, plain);
        field("min-height", &ComputedStyle::min_height, plain);
        field("max-width", &ComputedStyle::max_width, plain);
        field("max-height", &ComputedStyle::max_height, plain);
        field("margin", &ComputedStyle::margin, [](const auto& s) { return sides(s); });
        field("padding", &ComputedStyle::padding, [](const auto& s) { return sides(s); });
        field("box-sizing", &ComputedStyle::box_sizing, ordinal<BoxSizing>);
        field("box-decoration-break", &ComputedStyle::box_decoration_break, ordinal<BoxDecorationBreak>);
        field("background-color", &ComputedStyle::background_colour, [](Colour c) { return text_of(c); });
        field("object-fit", &ComputedStyle::object_fit, ordinal<ObjectFit>);
        field("opacity", &ComputedStyle::opacity, [](double v) { return number(v); });
    }

    void borders() {
        for (std::size_t side = 0; side < 4; ++side) {
            if (style_.border_style[side] == BorderStyle::none) continue;
            constexpr std::array<std::string_view, 4> names{"border-top", "border-right", "border-bottom", "border-left"};
            add(names[side], text_of(style_.border_width[side]) + " " + text_of(style_.border_style[side]) + " " +
                                 text_of(style_.border_colour[side]));
        }
        field("border-radius", &ComputedStyle::border_radius, [](const auto& s) { return sides(s); });
    }

    void font() {
        field("font-family", &ComputedStyle::font_families, [](const std::vector<std::string>& all) {
            std::string text;
            for (const std::string& one : all) text += (text.empty() ? "" : ", ") + one;
            return text;
        });
        field("font-size", &ComputedStyle::font_size, length);
        field("font-weight", &ComputedStyle::font_weight, whole);
        field("font-style", &ComputedStyle::font_style, ordinal<FontStyle>);
        field("font-stretch", &ComputedStyle::font_stretch, [](double v) { return number(v); });
        field("font-features", &ComputedStyle::font_features, [](const std::vector<OpenTypeFeature>& all) {
            std::string text;
            for (const OpenTypeFeature& one : all)
                text += (text.empty() ? "" : " ") + std::string(one.tag.begin(), one.tag.end()) + "=" + std::to_string(one.value);
            return text;
        });
        field("font-variations", &ComputedStyle::font_variations, [](const std::vector<FontAxisSetting>& all) {
            std::string text;
            for (const FontAxisSetting& one : all)
                text += (text.empty() ? "" : " ") + std::string(one.tag.begin(), one.tag.end()) + "=" + number(one.value);
            return text;
        });
        field("small-caps", &ComputedStyle::small_caps, flag);
        field("line-height", &ComputedStyle::line_height, [](const LineHeight& l) {
            return l.length ? text_of(*l.length) : l.number ? number(*l.number) : std::string("normal");
        });
        field("color", &ComputedStyle::colour, [](Colour c) { return text_of(c); });
        field("language", &ComputedStyle::language, [](const std::string& s) { return s; });
        field("direction", &ComputedStyle::direction, [](Direction d) { return d == Direction::rtl ? "rtl" : "ltr"; });
        field("unicode-bidi", &ComputedStyle::unicode_bidi, ordinal<UnicodeBidi>);
    }

    void paragraph() {
        field("text-align", &ComputedStyle::text_align, [](TextAlign a) { return word(a, alignments); });
        field("text-align-last", &ComputedStyle::text_align_last, [](TextAlignLast a) { return word(a, last_alignments); });
        field("text-indent", &ComputedStyle::text_indent, plain);
        field("text-indent-hanging", &ComputedStyle::text_indent_hanging, flag);
        field("text-indent-each-line", &ComputedStyle::text_indent_each_line, flag);
        field("text-transform", &ComputedStyle::text_transform, ordinal<TextTransform>);
        field("letter-spacing", &ComputedStyle::letter_spacing, length);
        field("word-spacing", &ComputedStyle::word_spacing, length);
        field("letter-shrink", &ComputedStyle::letter_shrink, [](double v) { return number(v); });
        field("letter-stretch", &ComputedStyle::letter_stretch, [](double v) { return number(v); });
        field("white-space", &ComputedStyle::white_space, ordinal<WhiteSpace>);
        field("text-wrap", &ComputedStyle::text_wrap, ordinal<TextWrap>);
        field("hyphens", &ComputedStyle::hyphens, ordinal<HyphensMode>);
        field("hyphenate-limit-chars", &ComputedStyle::hyphenate_limit_chars, [](const std::array<int, 3>& v) {
            return std::to_string(v[0]) + " " + std::to_string(v[1]) + " " + std::to_string(v[2]);
        });
        field("hyphenate-limit-lines", &ComputedStyle::hyphenate_limit_lines, whole);
        field("hyphenate-limit-last", &ComputedStyle::hyphenate_limit_last, ordinal<HyphenateLimitLast>);
        field("overflow-wrap", &ComputedStyle::overflow_wrap, ordinal<OverflowWrap>);
        field("text-overflow", &ComputedStyle::ellipsis, flag);
        field("hanging-punctuation", &ComputedStyle::hanging_punctuation, flag);
        field("tab-size", &ComputedStyle::tab_size, whole);
        field("text-decoration", &ComputedStyle::text_decoration, [](const TextDecoration& d) {
            std::string text = std::string(d.underline ? "underline " : "") + (d.overline ? "overline " : "") +
                               (d.line_through ? "line-through " : "") + text_of(d.style);
            if (d.colour) text += " " + text_of(*d.colour);
            if (d.thickness) text += " " + text_of(*d.thickness);
            if (d.underline_offset) text += " offset " + text_of(*d.underline_offset);
            return text;
        });
        field("initial-letter", &ComputedStyle::initial_letter,
              [](const InitialLetter& letter) { return number(letter.size) + " " + std::to_string(letter.sink); });
        field("vertical-align", &ComputedStyle::vertical_align, [](const VerticalAlign& v) {
            return v.keyword == VerticalAlignKeyword::length ? text_of(v.length) : word(v.keyword, verticals);
        });
        field("list-style-type", &ComputedStyle::list_style_type, [](const std::string& s) { return s; });
        field("list-style-position", &ComputedStyle::list_style_position, ordinal<ListStylePosition>);
    }

    void breaking() {
        field("break-before", &ComputedStyle::break_before, [](BreakBetween b) { return word(b, breaks); });
        field("break-after", &ComputedStyle::break_after, [](BreakBetween b) { return word(b, breaks); });
        field("break-inside", &ComputedStyle::break_inside, ordinal<BreakInside>);
        field("orphans", &ComputedStyle::orphans, whole);
        field("widows", &ComputedStyle::widows, whole);
        field("page", &ComputedStyle::page, [](const std::string& s) { return s; });
        field("line-grid", &ComputedStyle::creates_line_grid, flag);
        field("line-snap", &ComputedStyle::line_snap, ordinal<LineSnap>);
    }

    void rest() {
        field("table-layout", &ComputedStyle::table_layout, ordinal<TableLayout>);
        field("border-collapse", &ComputedStyle::border_collapse, ordinal<BorderCollapse>);
        field("border-spacing-x", &ComputedStyle::border_spacing_x, length);
        field("border-spacing-y", &ComputedStyle::border_spacing_y, length);
        field("caption-side", &ComputedStyle::caption_side, ordinal<CaptionSide>);
        field("empty-cells-hidden", &ComputedStyle::empty_cells_hidden, flag);
        field("-bifolio-table-continued", &ComputedStyle::table_continued, [](const std::string& s) { return s; });
        field("column-count", &ComputedStyle::column_count, whole);
        field("column-width", &ComputedStyle::column_width, plain);
        field("column-gap", &ComputedStyle::column_gap,
              [](const std::optional<Length>& l) { return l ? text_of(*l) : std::string("normal"); });
        field("column-fill", &ComputedStyle::column_fill, ordinal<ColumnFill>);
        field("column-span-all", &ComputedStyle::column_span_all, flag);
        if (style_.column_rule_style != BorderStyle::none)
            add("column-rule", text_of(style_.column_rule_width) + " " + text_of(style_.column_rule_style) + " " +
                                   text_of(style_.column_rule_colour));
        field("note-place", &ComputedStyle::note_place, ordinal<NotePlace>);
        field("footnote-display", &ComputedStyle::footnote_display, ordinal<FootnoteDisplay>);
    }

    const ComputedStyle& style_;
    const ComputedStyle& initial_;
    std::string out_;
};

std::string text_of(const GeneratedContent& content) {
    std::string text;
    for (const GeneratedItem& item : content) {
        if (!text.empty()) text += " ";
        text += std::visit(overloaded{
                               [](const GeneratedText& one) { return "“" + one.text + "”"; },
                               [](const GeneratedPageNumber& one) {
                                   return std::string(one.of_all ? "pages(" : "page(") + one.counter_style + ")";
                               },
                               [](const GeneratedTargetPages&) { return std::string("target-pages()"); },
                               [](const GeneratedTargetPage& one) {
                                   return "target-page(" + std::to_string(index(one.target)) +
                                          (one.counter_style.empty() ? "" : " ") + one.counter_style + ")";
                               },
                               [](const GeneratedLeader& one) { return "leader(“" + one.pattern + "”)"; },
                               [](const GeneratedString& one) {
                                   return "string(" + one.name + " #" + std::to_string(static_cast<int>(one.position)) + ")";
                               },
                               [](const GeneratedNoteNumber& one) {
                                   return "note-number(" + std::to_string(index(one.note)) + " " + one.counter_style + ")";
                               },
                               [](const GeneratedPicture& one) { return "picture(" + std::to_string(index(one.resource)) + ")"; },
                           },
                           item);
    }
    return text;
}

void dump_tree(const StyledBook& styled, std::string& out) {
    const Book& book = *styled.book;
    std::vector<std::uint32_t> open;
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        const Node& node = book.nodes[at];
        while (!open.empty() && open.back() <= at) open.pop_back();
        const std::string indent(open.size() * 2, ' ');
        open.push_back(index(node.end));
        if (node.element == Element::text) continue;
        out += indent + std::string(name(node.element));
        for (const std::string& one : node.info.classes) out += "." + one;
        if (!node.info.id.empty()) out += " #" + node.info.id;
        out += " style=" + std::to_string(styled.style_of[at]);
        if (styled.page_counter_reset.contains(NodeId{at})) out += " page=1";
        if (const auto set = styled.counter_page_set.find(NodeId{at}); set != styled.counter_page_set.end())
            out += " page=" + std::to_string(set->second);
        out += "\n";
        if (const auto strings = styled.string_sets.find(NodeId{at}); strings != styled.string_sets.end())
            for (const StringSet& one : strings->second) out += indent + "  string " + one.name + " “" + one.value + "”\n";
        if (const auto boxes = styled.pseudo_boxes.find(NodeId{at}); boxes != styled.pseudo_boxes.end())
            for (const PseudoBox& box : boxes->second)
                out += indent + "  ::" + word(box.pseudo, pseudos) + " style=" + std::to_string(box.style) + " " +
                       text_of(box.content) + "\n";
    }
}

std::string text_of(const PageStyle& page) {
    std::string text = text_of(page.width) + " × " + text_of(page.height) + " margin " + sides(page.margin) + " folio " +
                       page.page_counter_style;
    if (page.padding != Sides<Length>{}) text += " padding " + sides(page.padding);
    if (page.bleed != Length{}) text += " bleed " + text_of(page.bleed);
    if (page.crop_marks) text += " crop";
    if (page.restarts_notes) text += " restarts notes";
    if (page.depth == PageDepth::facing) text += " depth facing";
    if (!page.background.is_invisible()) text += " background " + text_of(page.background);
    text += " footnotes style=" + std::to_string(page.footnote_area_style) + "\n";
    for (const MarginBoxStyle& box : page.margin_boxes)
        text += "    @" + margin_box_names()[static_cast<std::size_t>(box.box)] + " style=" + std::to_string(box.style) + " " +
                text_of(box.content) + "\n";
    return text;
}

void dump_pages(const StyledBook& styled, std::string& out) {
    if (!styled.page_rules) return;
    constexpr std::array<std::string_view, 8> kinds{"left",       "right",       "left:first",       "right:first",
                                                    "left:blank", "right:blank", "left:first:blank", "right:first:blank"};
    for (const auto& [name, pages] : styled.page_rules->by_name)
        for (std::size_t at = 0; at < pages.size(); ++at) {
            const bool as_before = at >= 2 && pages[at] == pages[at & 1];
            if (!as_before)
                out += "page " + (name.empty() ? "auto" : name) + ":" + std::string(kinds[at]) + " " + text_of(pages[at]);
        }
}

} // namespace

bool PageStyle::operator==(const PageStyle& other) const {
    return width == other.width && height == other.height && margin == other.margin && padding == other.padding &&
           border_width == other.border_width && border_style == other.border_style && border_colour == other.border_colour &&
           background == other.background && bleed == other.bleed && crop_marks == other.crop_marks && depth == other.depth &&
           restarts_notes == other.restarts_notes && page_counter_style == other.page_counter_style &&
           margin_boxes == other.margin_boxes && footnote_area_style == other.footnote_area_style;
}

std::string dump(const StyledBook& styled) {
    std::string out;
    for (std::size_t at = 0; at < styled.styles.size(); ++at)
        out += "style " + std::to_string(at) + StyleDump(styled.styles[at]).run() + "\n";
    for (const FontFaceDescriptor& face : styled.font_faces)
        out += "font-face “" + face.family + "” " + face.file +
               (face.weight ? " weight " + std::to_string(face.weight->first) + "–" + std::to_string(face.weight->second) : "") +
               (face.style.value_or(FontStyle::normal) == FontStyle::normal ? "" : " italic") + "\n";
    dump_pages(styled, out);
    if (!styled.styles.empty()) dump_tree(styled, out);
    return out;
}

} // namespace bifolio
