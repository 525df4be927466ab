// The page box (Paged Media 3 §7, GCPM 3 §7), and the properties that are known but do nothing here.
#include "style/browser_properties.h"
#include "style/property_builder.h"

namespace bifolio {

namespace {

template <class Enum>
using Words = std::vector<std::pair<std::string_view, Enum>>;

struct Sheet {
    std::string_view name;
    double width, height; // mm, portrait
};
constexpr std::array sheets{
    Sheet{"a2", 420, 594},         Sheet{"a3", 297, 420},
    Sheet{"a4", 210, 297},         Sheet{"a5", 148, 210},
    Sheet{"a6", 105, 148},         Sheet{"b4", 250, 353},
    Sheet{"b5", 176, 250},         Sheet{"b6", 125, 176},
    Sheet{"jis-b4", 257, 364},     Sheet{"jis-b5", 182, 257},
    Sheet{"letter", 215.9, 279.4}, Sheet{"legal", 215.9, 355.6},
    Sheet{"ledger", 279.4, 431.8}, Sheet{"half-letter", 139.7, 215.9},
    Sheet{"dl", 99, 210},
};

// auto | <length>{1,2} | [ <sheet> || portrait | landscape ]
Setter parse_size(ValueReader& in) {
    if (in.take_ident("auto"))
        return [](Computing& c) { c.style.page.width.reset(), c.style.page.height.reset(), c.style.page.orientation = {}; };
    if (const auto width = in.take_length(Percent::refused, Negative::refused)) {
        const auto height = in.take_length(Percent::refused, Negative::refused);
        return [width = *width, height = height.value_or(*width)](Computing& c) {
            // A page smaller than a stamp is nobody's wish; such a size counts as not given.
            const Length w = PropertyBuilder::to_definite(width, c, Negative::refused),
                         h = PropertyBuilder::to_definite(height, c, Negative::refused);
            if (w < Length::mm(10) || h < Length::mm(10)) return;
            c.style.page.width = w;
            c.style.page.height = h;
            c.style.page.orientation = {};
        };
    }
    using Orientation = PageProperties::Orientation;
    static const Words<Orientation> orientations{{"portrait", Orientation::portrait}, {"landscape", Orientation::landscape}};
    std::optional<Orientation> orientation;
    const Sheet* sheet = nullptr;
    while (!in.at_end()) {
        if (const auto turned = orientation ? std::nullopt : in.take_keyword(orientations)) {
            orientation = turned;
            continue;
        }
        const auto found =
            std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& one) { return !sheet && in.take_ident(one.name); });
        if (found == sheets.end()) return nullptr;
        sheet = &*found;
    }
    return [orientation, sheet](Computing& c) {
        c.style.page.orientation = orientation.value_or(Orientation::unset);
        c.style.page.width = sheet ? std::optional(Length::mm(sheet->width)) : std::nullopt;
        c.style.page.height = sheet ? std::optional(Length::mm(sheet->height)) : std::nullopt;
    };
}

void add_inside_and_outside(PropertyBuilder& b) {
    // Outside a page box there is no binding: the inside is where the line begins.
    for (const bool inside : {true, false}) {
        const auto set = [inside](Computing& c, const Dimension& value) {
            const bool ltr = c.style.computed.direction == Direction::ltr;
            const bool left = c.page_side ? (*c.page_side == PageSide::right) == inside : ltr == inside;
            c.style.computed.margin[left ? 3 : 1] = value;
        };
        const PropertyId id = b.longhand(
            inside ? "margin-inside" : "margin-outside", not_inherited, [](auto& s) -> auto& { return s.computed.margin[3]; },
            [set](ValueReader& in) -> Setter {
                if (in.take_ident("auto")) return [set](Computing& c) { set(c, {}); };
                const auto length = in.take_length(Percent::allowed, Negative::allowed);
                if (!length) return nullptr;
                return [set, length = *length](Computing& c) {
                    set(c, PropertyBuilder::to_dimension(length, c, Negative::allowed));
                };
            });
        b.paper_only(id);
    }
}

} // namespace

void add_page_properties(PropertyBuilder& b) {
    b.paper_only(b.longhand(
        "size", not_inherited, [](auto& s) -> auto& { return s.page; }, parse_size));
    b.paper_only(b.longhand(
        "marks", not_inherited, [](auto& s) -> auto& { return s.page.crop_marks; },
        [](ValueReader& in) -> Setter {
            bool crop = false, any = in.take_ident("none");
            while (!in.at_end()) {
                if (in.take_ident("crop"))
                    crop = true;
                else if (!in.take_ident("cross"))
                    return nullptr;
                any = true;
            }
            if (!any) return nullptr;
            return [crop](Computing& c) { c.style.page.crop_marks = crop; };
        }));
    b.paper_only(b.longhand(
        "bleed", not_inherited, [](auto& s) -> auto& { return s.page.bleed; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("auto")) return [](Computing& c) { c.style.page.bleed.reset(); };
            const auto length = in.take_length(Percent::refused, Negative::refused);
            if (!length) return nullptr;
            return [length = *length](Computing& c) {
                c.style.page.bleed = PropertyBuilder::to_definite(length, c, Negative::refused);
            };
        }));
    b.paper_only(b.keyword(
        "-bifolio-page-depth", not_inherited, [](auto& s) -> auto& { return s.page.depth; },
        Words<PageDepth>{{"ragged", PageDepth::ragged}, {"facing", PageDepth::facing}}));
    // auto | a counter style: how a page without a folio is numbered all the same
    b.paper_only(b.longhand(
        "-bifolio-page-counter-style", not_inherited, [](auto& s) -> auto& { return s.page.counter_style; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("auto")) return [](Computing& c) { c.style.page.counter_style.clear(); };
            const auto name = in.take_any_ident();
            if (!name) return nullptr;
            return [name = *name](Computing& c) { c.style.page.counter_style = name; };
        }));
    add_inside_and_outside(b);
}

void add_known_properties(PropertyBuilder& b) {
    for (const BrowserProperty& one : browser_properties) {
        if (one.on_paper == OnPaper::ignored) b.ignored(one.name);
        if (one.on_paper == OnPaper::unsupported) b.unsupported(one.name);
    }
    // Of others likewise: speech, old drafts, and details that layout settles itself.
    for (const std::string_view name : {"appearance",
                                        "azimuth",
                                        "background-attachment",
                                        "background-position",
                                        "background-repeat",
                                        "block-overflow",
                                        "bookmark-label",
                                        "bookmark-level",
                                        "bookmark-state",
                                        "caret-color",
                                        "color-adjust",
                                        "color-interpolation",
                                        "color-rendering",
                                        "contain",
                                        "content-visibility",
                                        "cue",
                                        "cue-after",
                                        "cue-before",
                                        "cursor",
                                        "fill",
                                        "fill-rule",
                                        "float-defer",
                                        "float-offset",
                                        "float-reference",
                                        "font-display",
                                        "font-palette",
                                        "font-smooth",
                                        "font-synthesis-style",
                                        "font-synthesis-weight",
                                        "footnote-policy",
                                        "forced-color-adjust",
                                        "hyphenate-character",
                                        "hyphenate-limit-zone",
                                        "image-resolution",
                                        "initial-letter-align",
                                        "interactivity",
                                        "margin-break",
                                        "marker-side",
                                        "nav-down",
                                        "nav-left",
                                        "nav-right",
                                        "nav-up",
                                        "outline",
                                        "outline-color",
                                        "outline-style",
                                        "outline-width",
                                        "overflow",
                                        "overflow-anchor",
                                        "overflow-block",
                                        "overflow-inline",
                                        "pause",
                                        "pause-after",
                                        "pause-before",
                                        "perspective",
                                        "pitch",
                                        "pitch-range",
                                        "pointer-events",
                                        "position",
                                        "resize",
                                        "rest",
                                        "rest-after",
                                        "rest-before",
                                        "richness",
                                        "ruby-merge",
                                        "ruby-overhang",
                                        "scroll-behavior",
                                        "scroll-padding",
                                        "scrollbar-color",
                                        "scrollbar-gutter",
                                        "scrollbar-width",
                                        "shape-rendering",
                                        "speak",
                                        "speak-as",
                                        "speak-header",
                                        "speak-numeral",
                                        "speak-punctuation",
                                        "speech-rate",
                                        "src",
                                        "stress",
                                        "stroke",
                                        "stroke-width",
                                        "text-decoration-skip",
                                        "text-size-adjust",
                                        "text-spacing",
                                        "text-spacing-trim",
                                        "text-autospace",
                                        "touch-action",
                                        "user-select",
                                        "voice-balance",
                                        "voice-family",
                                        "voice-pitch",
                                        "voice-range",
                                        "voice-rate",
                                        "voice-stress",
                                        "voice-volume",
                                        "volume",
                                        "will-change",
                                        "z-index",
                                        "zoom",
                                        "top",
                                        "right",
                                        "bottom",
                                        "left",
                                        "box-snap",
                                        "backdrop-filter",
                                        "elevation",
                                        "play-during",
                                        "adobe-hyphenate",
                                        "oeb-column-number",
                                        "oeb-page-foot",
                                        "oeb-page-head",
                                        "mso-style-name"})
        b.ignored(name);
    for (const std::string_view name : {"clip", "grid-column-gap", "grid-gap", "line-clamp", "line-height-step", "mask",
                                        "mask-image", "max-lines", "rotate", "scale", "translate"})
        b.unsupported(name);
}

} // namespace bifolio
