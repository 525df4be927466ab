// Text (CSS Text 3 and 4, Text Decoration 3, Writing Modes 3, CSS 2.1 §10.8).
#include "style/property_builder.h"

#include <cmath>

namespace bifolio {

namespace {

template <class Enum>
using Words = std::vector<std::pair<std::string_view, Enum>>;

void add_alignment(PropertyBuilder& b) {
    b.longhand(
        "text-align", inherited, [](auto& s) -> auto& { return s.computed.text_align; },
        [](ValueReader& in) -> Setter {
            static const Words<TextAlign> words{{"start", TextAlign::start},
                                                {"end", TextAlign::end},
                                                {"left", TextAlign::left},
                                                {"right", TextAlign::right},
                                                {"center", TextAlign::center},
                                                {"justify", TextAlign::justify},
                                                {"-webkit-center", TextAlign::center},
                                                {"-bifolio-decimal", TextAlign::decimal}};
            if (in.take_ident("match-parent"))
                return [](Computing& c) {
                    const TextAlign of_parent = c.parent.computed.text_align;
                    const bool ltr = c.parent.computed.direction == Direction::ltr;
                    c.style.computed.text_align = of_parent == TextAlign::start ? (ltr ? TextAlign::left : TextAlign::right)
                                                  : of_parent == TextAlign::end ? (ltr ? TextAlign::right : TextAlign::left)
                                                                                : of_parent;
                };
            if (in.take_string()) return [](Computing& c) { c.style.computed.text_align = TextAlign::decimal; };
            const auto word = in.take_keyword(words);
            if (!word) return nullptr;
            return [word = *word](Computing& c) { c.style.computed.text_align = word; };
        });
    b.keyword(
        "text-align-last", inherited, [](auto& s) -> auto& { return s.computed.text_align_last; },
        Words<TextAlignLast>{{"auto", TextAlignLast::automatic},
                             {"start", TextAlignLast::start},
                             {"end", TextAlignLast::end},
                             {"left", TextAlignLast::left},
                             {"right", TextAlignLast::right},
                             {"center", TextAlignLast::center},
                             {"justify", TextAlignLast::justify}});
    struct Indent {
        LengthPercentage length;
        bool hanging = false, each_line = false;
    };
    b.longhand(
        "text-indent", inherited, [](auto& s) -> auto& { return s.computed.text_indent; },
        [](ValueReader& in) -> Setter {
            Indent value;
            bool any = false;
            while (!in.at_end()) {
                if (in.take_ident("hanging"))
                    value.hanging = true;
                else if (in.take_ident("each-line"))
                    value.each_line = true;
                else if (const auto length = any ? std::nullopt : in.take_length(Percent::allowed, Negative::allowed)) {
                    value.length = *length;
                    any = true;
                } else
                    return nullptr;
            }
            if (!any) return nullptr;
            return [value](Computing& c) {
                c.style.computed.text_indent = PropertyBuilder::to_dimension(value.length, c, Negative::allowed);
                c.style.computed.text_indent_hanging = value.hanging;
                c.style.computed.text_indent_each_line = value.each_line;
            };
        });
}

void add_spacing(PropertyBuilder& b) {
    b.length(
        "letter-spacing", inherited, [](auto& s) -> auto& { return s.computed.letter_spacing; }, "normal", Negative::allowed);
    b.length(
        "word-spacing", inherited, [](auto& s) -> auto& { return s.computed.word_spacing; }, "normal", Negative::allowed);
    // none | [shrink stretch?]: shares of the font size, as percentages or numbers
    b.paper_only(b.longhand(
        "-bifolio-letter-spacing-limit", inherited, [](auto& s) -> auto& { return s.computed.letter_stretch; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("none"))
                return [](Computing& c) { c.style.computed.letter_shrink = c.style.computed.letter_stretch = 0; };
            std::vector<double> shares;
            while (!in.at_end() && shares.size() < 2) {
                const auto percentage = in.take_percentage();
                const auto number = percentage ? std::optional(*percentage / 100) : in.take_number();
                if (!number) return nullptr;
                shares.push_back(std::clamp(std::abs(*number), 0.0, 0.1));
            }
            if (shares.empty()) return nullptr;
            return [shares](Computing& c) {
                c.style.computed.letter_shrink = shares.front();
                c.style.computed.letter_stretch = shares.back();
            };
        }));
    b.longhand(
        "tab-size", inherited, [](auto& s) -> auto& { return s.computed.tab_size; },
        [](ValueReader& in) -> Setter {
            const auto count = in.take_integer(0);
            if (!count) return nullptr;
            return [count = std::min(*count, 100)](Computing& c) { c.style.computed.tab_size = count; };
        });
}

void add_white_space(PropertyBuilder& b) {
    b.keyword(
        "white-space", inherited, [](auto& s) -> auto& { return s.computed.white_space; },
        Words<WhiteSpace>{{"normal", WhiteSpace::normal},
                          {"nowrap", WhiteSpace::nowrap},
                          {"pre", WhiteSpace::pre},
                          {"pre-wrap", WhiteSpace::pre_wrap},
                          {"pre-line", WhiteSpace::pre_line},
                          {"break-spaces", WhiteSpace::break_spaces}});
    const Words<TextWrap> wraps{{"wrap", TextWrap::wrap},       {"auto", TextWrap::wrap},     {"nowrap", TextWrap::nowrap},
                                {"balance", TextWrap::balance}, {"pretty", TextWrap::pretty}, {"stable", TextWrap::stable}};
    const auto wrap = [](auto& s) -> auto& { return s.computed.text_wrap; };
    b.keyword("text-wrap", inherited, wrap, wraps);
    b.keyword("text-wrap-style", inherited, wrap, wraps);
    b.keyword("text-wrap-mode", inherited, wrap, Words<TextWrap>{{"wrap", TextWrap::wrap}, {"nowrap", TextWrap::nowrap}});
    const Words<OverflowWrap> overflows{
        {"normal", OverflowWrap::normal}, {"break-word", OverflowWrap::break_word}, {"anywhere", OverflowWrap::anywhere}};
    const auto overflow = [](auto& s) -> auto& { return s.computed.overflow_wrap; };
    b.keyword("overflow-wrap", inherited, overflow, overflows);
    b.keyword("word-wrap", inherited, overflow, overflows);
    b.keyword(
        "text-overflow", not_inherited, [](auto& s) -> auto& { return s.computed.ellipsis; },
        Words<bool>{{"clip", false}, {"ellipsis", true}});
    b.longhand("word-break", inherited, overflow, [](ValueReader& in) -> Setter {
        if (in.take_ident("break-all") || in.take_ident("break-word"))
            return [](Computing& c) { c.style.computed.overflow_wrap = OverflowWrap::anywhere; };
        if (in.take_ident("normal") || in.take_ident("keep-all") || in.take_ident("auto-phrase")) return [](Computing&) {};
        return nullptr;
    });
    b.keyword(
        "text-transform", inherited, [](auto& s) -> auto& { return s.computed.text_transform; },
        Words<TextTransform>{{"none", TextTransform::none},
                             {"uppercase", TextTransform::uppercase},
                             {"lowercase", TextTransform::lowercase},
                             {"capitalize", TextTransform::capitalize}});
}

void add_hyphenation(PropertyBuilder& b) {
    b.keyword(
        "hyphens", inherited, [](auto& s) -> auto& { return s.computed.hyphens; },
        Words<HyphensMode>{{"none", HyphensMode::none}, {"manual", HyphensMode::manual}, {"auto", HyphensMode::automatic}});
    b.paper_only(b.longhand(
        "hyphenate-limit-chars", inherited, [](auto& s) -> auto& { return s.computed.hyphenate_limit_chars; },
        [](ValueReader& in) -> Setter {
            const std::array<int, 3> automatic{5, 2, 3};
            std::array<int, 3> values = automatic;
            std::size_t count = 0;
            for (; !in.at_end() && count < 3; ++count) {
                if (in.take_ident("auto")) continue;
                const auto number = in.take_integer(0);
                if (!number) return nullptr;
                values[count] = std::min(*number, 1000);
            }
            if (count == 0) return nullptr;
            if (count == 2) values[2] = values[1];
            return [values](Computing& c) { c.style.computed.hyphenate_limit_chars = values; };
        }));
    b.paper_only(b.longhand(
        "hyphenate-limit-lines", inherited, [](auto& s) -> auto& { return s.computed.hyphenate_limit_lines; },
        [](ValueReader& in) -> Setter {
            const bool none = in.take_ident("no-limit");
            const auto count = none ? std::optional(0) : in.take_integer(0);
            if (!count) return nullptr;
            return [count = std::min(*count, 1000)](Computing& c) { c.style.computed.hyphenate_limit_lines = count; };
        }));
    b.paper_only(b.keyword(
        "hyphenate-limit-last", inherited, [](auto& s) -> auto& { return s.computed.hyphenate_limit_last; },
        Words<HyphenateLimitLast>{{"none", HyphenateLimitLast::none},
                                  {"always", HyphenateLimitLast::always},
                                  {"column", HyphenateLimitLast::column},
                                  {"page", HyphenateLimitLast::page},
                                  {"spread", HyphenateLimitLast::spread}}));
    b.longhand(
        "hanging-punctuation", inherited, [](auto& s) -> auto& { return s.computed.hanging_punctuation; },
        [](ValueReader& in) -> Setter {
            bool hangs = false, any = false;
            while (!in.at_end()) {
                if (in.take_ident("none"))
                    any = true;
                else if (in.take_ident("first") || in.take_ident("last") || in.take_ident("force-end") ||
                         in.take_ident("allow-end"))
                    hangs = any = true;
                else
                    return nullptr;
            }
            if (!any) return nullptr;
            return [hangs](Computing& c) { c.style.computed.hanging_punctuation = hangs; };
        });
}

struct DecorationLines {
    bool underline = false, overline = false, line_through = false;
};

void add_decoration(PropertyBuilder& b) {
    const PropertyId line = b.longhand(
        "text-decoration-line", not_inherited, [](auto& s) -> auto& { return s.computed.text_decoration; },
        [](ValueReader& in) -> Setter {
            DecorationLines lines;
            bool any = in.take_ident("none");
            while (!any || lines.underline || lines.overline || lines.line_through) {
                if (in.take_ident("underline"))
                    lines.underline = true;
                else if (in.take_ident("overline"))
                    lines.overline = true;
                else if (in.take_ident("line-through"))
                    lines.line_through = true;
                else if (!in.take_ident("blink"))
                    break;
                any = true;
            }
            if (!any) return nullptr;
            return [lines](Computing& c) {
                TextDecoration& decoration = c.style.computed.text_decoration;
                decoration.underline = lines.underline;
                decoration.overline = lines.overline;
                decoration.line_through = lines.line_through;
            };
        });
    const PropertyId style = b.keyword(
        "text-decoration-style", not_inherited, [](auto& s) -> auto& { return s.computed.text_decoration.style; },
        Words<BorderStyle>{{"solid", BorderStyle::solid},
                           {"double", BorderStyle::double_},
                           {"dotted", BorderStyle::dotted},
                           {"dashed", BorderStyle::dashed},
                           {"wavy", BorderStyle::solid}});
    const PropertyId colour = b.longhand(
        "text-decoration-color", not_inherited, [](auto& s) -> auto& { return s.computed.text_decoration.colour; },
        [](ValueReader& in) -> Setter {
            const auto value = in.take_colour();
            if (!value) return nullptr;
            return [value = *value](Computing& c) { c.style.computed.text_decoration.colour = value.colour; };
        });
    const auto optional_length = [&](std::string name, bool inherits, auto field, std::string_view own) {
        return b.longhand(std::move(name), inherits, field, [field, own](ValueReader& in) -> Setter {
            if (in.take_ident("auto") || (!own.empty() && in.take_ident(own)))
                return [field](Computing& c) { field(c.style).reset(); };
            const auto length = in.take_length(Percent::allowed, Negative::allowed);
            if (!length) return nullptr;
            return [field, length = *length](Computing& c) {
                const Resolved resolved = length.resolve(c.lengths);
                field(c.style) = to_length(resolved.points + resolved.percent / 100 * c.lengths.font_size);
            };
        });
    };
    const PropertyId thickness = optional_length(
        "text-decoration-thickness", not_inherited, [](auto& s) -> auto& { return s.computed.text_decoration.thickness; },
        "from-font");
    optional_length(
        "text-underline-offset", inherited, [](auto& s) -> auto& { return s.computed.text_decoration.underline_offset; }, "");
    b.any_order("text-decoration", {line, style, colour, thickness});
}

// Percentages and `normal` are of the element's own font size.
void add_line_height(PropertyBuilder& b) {
    b.longhand(
        "line-height", inherited, [](auto& s) -> auto& { return s.computed.line_height; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("normal")) return [](Computing& c) { c.style.computed.line_height = {}; };
            const std::size_t from = in.position();
            if (const auto number = in.take_number()) {
                if (*number >= 0)
                    return [number = std::min(*number, 1000.0)](Computing& c) {
                        c.style.computed.line_height = {number, std::nullopt};
                    };
                in.go_to(from);
                return nullptr;
            }
            const auto length = in.take_length(Percent::allowed, Negative::refused);
            if (!length) return nullptr;
            return [length = *length](Computing& c) {
                const Resolved resolved = length.resolve(c.lengths);
                const double points = resolved.points + resolved.percent / 100 * c.lengths.font_size;
                c.style.computed.line_height = {std::nullopt, to_length(std::max(0.0, points))};
            };
        },
        Phase::line_height);
    b.longhand(
        "vertical-align", not_inherited, [](auto& s) -> auto& { return s.computed.vertical_align; },
        [](ValueReader& in) -> Setter {
            static const Words<VerticalAlignKeyword> words{
                {"baseline", VerticalAlignKeyword::baseline}, {"sub", VerticalAlignKeyword::sub},
                {"super", VerticalAlignKeyword::super},       {"top", VerticalAlignKeyword::top},
                {"text-top", VerticalAlignKeyword::text_top}, {"middle", VerticalAlignKeyword::middle},
                {"bottom", VerticalAlignKeyword::bottom},     {"text-bottom", VerticalAlignKeyword::text_bottom}};
            if (const auto word = in.take_keyword(words))
                return [word = *word](Computing& c) { c.style.computed.vertical_align = {word, {}}; };
            const auto length = in.take_length(Percent::allowed, Negative::allowed);
            if (!length) return nullptr;
            return [length = *length](Computing& c) {
                const Resolved resolved = length.resolve(c.lengths);
                c.style.computed.vertical_align = {VerticalAlignKeyword::length,
                                                   to_length(resolved.points + resolved.percent / 100 * c.lengths.line_height)};
            };
        },
        Phase::vertical_align);
}

} // namespace

void add_text_properties(PropertyBuilder& b) {
    // Before all others: what depends on the direction or colour of an element finds it set.
    b.keyword(
        "direction", inherited, [](auto& s) -> auto& { return s.computed.direction; },
        Words<Direction>{{"ltr", Direction::ltr}, {"rtl", Direction::rtl}}, Phase::font_size);
    const auto colour = [](auto& s) -> auto& { return s.computed.colour; };
    b.longhand(
        "color", inherited, colour,
        [colour](ValueReader& in) -> Setter {
            const auto value = in.take_colour();
            if (!value) return nullptr;
            return [value = *value](Computing& c) { c.style.computed.colour = value.colour.value_or(c.parent.computed.colour); };
        },
        Phase::font_size);
    b.keyword(
        "unicode-bidi", not_inherited, [](auto& s) -> auto& { return s.computed.unicode_bidi; },
        Words<UnicodeBidi>{{"normal", UnicodeBidi::normal},
                           {"embed", UnicodeBidi::embed},
                           {"isolate", UnicodeBidi::isolate},
                           {"bidi-override", UnicodeBidi::bidi_override},
                           {"isolate-override", UnicodeBidi::isolate_override},
                           {"plaintext", UnicodeBidi::plaintext}});
    add_alignment(b);
    add_spacing(b);
    add_white_space(b);
    add_hyphenation(b);
    add_decoration(b);
    add_line_height(b);
}

} // namespace bifolio
