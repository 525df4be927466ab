// The box: display, size, margins, padding, floating (CSS 2.1 §8–§10, Display 3, Sizing 3, Logical Properties 1).
#include "style/property_builder.h"

namespace bifolio {

namespace {

constexpr std::size_t top = 0, right = 1, bottom = 2, left = 3;

// Where the line begins or ends.
template <class Style>
std::size_t inline_side(const Style& style, bool start) {
    return start == (style.computed.direction == Direction::ltr) ? left : right;
}

const std::vector<std::string_view> sizes_by_content{"auto", "min-content", "max-content", "fit-content", "stretch"};

void add_sizes(PropertyBuilder& b) {
    const auto none = std::vector<std::string_view>{"none", "auto", "min-content", "max-content", "fit-content"};
    const auto add = [&](const std::string& name, const std::string& logical, const auto& words, auto field) {
        b.dimension(name, field, words, Negative::refused);
        b.dimension(logical, field, words, Negative::refused);
    };
    add(
        "width", "inline-size", sizes_by_content, [](auto& s) -> auto& { return s.computed.width; });
    add(
        "height", "block-size", sizes_by_content, [](auto& s) -> auto& { return s.computed.height; });
    add(
        "min-width", "min-inline-size", sizes_by_content, [](auto& s) -> auto& { return s.computed.min_width; });
    add(
        "min-height", "min-block-size", sizes_by_content, [](auto& s) -> auto& { return s.computed.min_height; });
    add(
        "max-width", "max-inline-size", none, [](auto& s) -> auto& { return s.computed.max_width; });
    add(
        "max-height", "max-block-size", none, [](auto& s) -> auto& { return s.computed.max_height; });
    b.keyword<>(
        "box-sizing", not_inherited, [](auto& s) -> auto& { return s.computed.box_sizing; },
        std::vector<std::pair<std::string_view, BoxSizing>>{{"content-box", BoxSizing::content_box},
                                                            {"border-box", BoxSizing::border_box}});
}

void add_margins_and_padding(PropertyBuilder& b) {
    const std::array<std::string, 4> names{"top", "right", "bottom", "left"};
    const std::vector<std::string_view> with_auto{"auto"}, without;
    std::array<PropertyId, 4> margins{}, paddings{};
    for (std::size_t side = 0; side < 4; ++side) {
        margins[side] = b.dimension(
            "margin-" + names[side], [side](auto& s) -> auto& { return s.computed.margin[side]; }, with_auto, Negative::allowed);
        paddings[side] = b.dimension(
            "padding-" + names[side], [side](auto& s) -> auto& { return s.computed.padding[side]; }, without, Negative::refused);
    }
    b.four_sides("margin", margins);
    b.four_sides("padding", paddings);
    std::array<PropertyId, 2> margin_line{}, padding_line{}, margin_block{}, padding_block{};
    for (const bool start : {true, false}) {
        const std::string end_name = start ? "start" : "end";
        const std::size_t at = start ? 0 : 1, block = start ? top : bottom;
        margin_line[at] = b.dimension(
            "margin-inline-" + end_name, [start](auto& s) -> auto& { return s.computed.margin[inline_side(s, start)]; },
            with_auto, Negative::allowed);
        padding_line[at] = b.dimension(
            "padding-inline-" + end_name, [start](auto& s) -> auto& { return s.computed.padding[inline_side(s, start)]; },
            without, Negative::refused);
        margin_block[at] = b.dimension(
            "margin-block-" + end_name, [block](auto& s) -> auto& { return s.computed.margin[block]; }, with_auto,
            Negative::allowed);
        padding_block[at] = b.dimension(
            "padding-block-" + end_name, [block](auto& s) -> auto& { return s.computed.padding[block]; }, without,
            Negative::refused);
    }
    b.two_sides("margin-inline", margin_line[0], margin_line[1]);
    b.two_sides("margin-block", margin_block[0], margin_block[1]);
    b.two_sides("padding-inline", padding_line[0], padding_line[1]);
    b.two_sides("padding-block", padding_block[0], padding_block[1]);
}

// Display 3 §2: one legacy keyword, or an outside and an inside in any order.
Setter parse_display(ValueReader& in) {
    using Words = std::vector<std::pair<std::string_view, Display>>;
    static const Words words{{"none", Display::none},
                             {"contents", Display::contents},
                             {"block", Display::block},
                             {"inline", Display::inline_},
                             {"inline-block", Display::inline_block},
                             {"list-item", Display::list_item},
                             {"flow-root", Display::flow_root},
                             {"table", Display::table},
                             {"inline-table", Display::inline_table},
                             {"table-row-group", Display::table_row_group},
                             {"table-header-group", Display::table_header_group},
                             {"table-footer-group", Display::table_footer_group},
                             {"table-row", Display::table_row},
                             {"table-cell", Display::table_cell},
                             {"table-column", Display::table_column},
                             {"table-column-group", Display::table_column_group},
                             {"table-caption", Display::table_caption},
                             {"ruby", Display::ruby},
                             {"ruby-text", Display::ruby_text}};
    bool is_inline = false, is_block = false, flow = false, root = false, table = false, item = false, any = false;
    std::optional<Display> single;
    while (!in.at_end()) {
        if (in.take_ident("flow"))
            flow = true;
        else if (const auto word = in.take_keyword(words)) {
            is_inline |= *word == Display::inline_;
            is_block |= *word == Display::block;
            root |= *word == Display::flow_root;
            table |= *word == Display::table;
            item |= *word == Display::list_item;
            if (any)
                single.reset();
            else
                single = word;
        } else
            return nullptr;
        if (any && !(is_inline || is_block || item)) return nullptr;
        any = true;
    }
    if (!any) return nullptr;
    Display display = Display::block;
    if (single && !flow)
        display = *single;
    else if (item)
        display = Display::list_item;
    else if (table)
        display = is_inline ? Display::inline_table : Display::table;
    else if (root)
        display = is_inline ? Display::inline_block : Display::flow_root;
    else
        display = is_inline ? Display::inline_ : Display::block;
    return [display](Computing& c) { c.style.computed.display = display; };
}

void add_placement(PropertyBuilder& b) {
    b.longhand(
        "display", not_inherited, [](auto& s) -> auto& { return s.computed.display; }, parse_display);
    b.keyword(
        "visibility", inherited, [](auto& s) -> auto& { return s.computed.visibility; },
        std::vector<std::pair<std::string_view, Visibility>>{
            {"visible", Visibility::visible}, {"hidden", Visibility::hidden}, {"collapse", Visibility::collapse}});
    b.longhand(
        "float", not_inherited, [](auto& s) -> auto& { return s.computed.float_; },
        [](ValueReader& in) -> Setter {
            static const std::vector<std::pair<std::string_view, Float>> words{{"none", Float::none},
                                                                               {"left", Float::left},
                                                                               {"right", Float::right},
                                                                               {"inside", Float::inside},
                                                                               {"outside", Float::outside},
                                                                               {"top", Float::top},
                                                                               {"bottom", Float::bottom},
                                                                               {"footnote", Float::footnote},
                                                                               {"block-start", Float::top},
                                                                               {"block-end", Float::bottom},
                                                                               {"snap-block", Float::snap_block}};
            const bool start = in.take_ident("inline-start");
            if (start || in.take_ident("inline-end"))
                return [start](Computing& c) {
                    c.style.computed.float_ = inline_side(c.style, start) == left ? Float::left : Float::right;
                };
            const auto word = in.take_keyword(words);
            if (!word) return nullptr;
            return [word = *word](Computing& c) { c.style.computed.float_ = word; };
        });
    b.longhand(
        "clear", not_inherited, [](auto& s) -> auto& { return s.computed.clear; },
        [](ValueReader& in) -> Setter {
            static const std::vector<std::pair<std::string_view, Clear>> words{
                {"none", Clear::none}, {"left", Clear::left}, {"right", Clear::right}, {"both", Clear::both}};
            const bool start = in.take_ident("inline-start");
            if (start || in.take_ident("inline-end"))
                return [start](Computing& c) {
                    c.style.computed.clear = inline_side(c.style, start) == left ? Clear::left : Clear::right;
                };
            const auto word = in.take_keyword(words);
            if (!word) return nullptr;
            return [word = *word](Computing& c) { c.style.computed.clear = word; };
        });
    b.keyword(
        "object-fit", not_inherited, [](auto& s) -> auto& { return s.computed.object_fit; },
        std::vector<std::pair<std::string_view, ObjectFit>>{{"fill", ObjectFit::fill},
                                                            {"contain", ObjectFit::contain},
                                                            {"cover", ObjectFit::cover},
                                                            {"none", ObjectFit::none},
                                                            {"scale-down", ObjectFit::scale_down}});
    b.paper_only(b.longhand(
        "initial-letter", not_inherited, [](auto& s) -> auto& { return s.computed.initial_letter; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("normal")) return [](Computing& c) { c.style.computed.initial_letter = {}; };
            const auto size = in.take_number();
            if (!size || *size < 1) return nullptr;
            const double lines = std::min(*size, 20.0);
            int sink = std::max(static_cast<int>(lines), 1);
            if (in.take_ident("raise"))
                sink = 1;
            else if (!in.take_ident("drop") && !in.at_end()) {
                const auto given = in.take_integer(1);
                if (!given) return nullptr;
                sink = std::min(*given, 20);
            }
            return [lines, sink](Computing& c) { c.style.computed.initial_letter = {lines, sink}; };
        }));
    b.longhand(
        "opacity", not_inherited, [](auto& s) -> auto& { return s.computed.opacity; },
        [](ValueReader& in) -> Setter {
            std::optional<double> value = in.take_number();
            if (!value) {
                value = in.take_percentage();
                if (!value) return nullptr;
                *value /= 100;
            }
            return [value = std::clamp(*value, 0.0, 1.0)](Computing& c) { c.style.computed.opacity = value; };
        });
}

// A colour; pictures and gradients are not drawn behind text.
bool expand_background(ValueReader& in, Expansion& out, PropertyId colour, const PropertyTable& table) {
    std::optional<Setter> set;
    bool layers = false;
    while (!in.at_end()) {
        if (!set) {
            Setter one = table.at(colour).parse(in);
            if (one) {
                set = std::move(one);
                continue;
            }
        }
        const ComponentValue& value = in.take();
        if (value.type == TokenType::url || value.type == TokenType::function) layers = true;
        const bool known = layers || value.type == TokenType::ident || value.type == TokenType::dimension ||
                           value.type == TokenType::comma || value.type == TokenType::percentage ||
                           value.type == TokenType::number || value.is_delim('/');
        static const std::vector<std::string_view> words{
            "none",    "repeat", "no-repeat",  "repeat-x",    "repeat-y",    "round",  "space",  "scroll",
            "fixed",   "local",  "left",       "right",       "top",         "bottom", "center", "cover",
            "contain", "auto",   "border-box", "padding-box", "content-box", "initial"};
        const bool word =
            value.type != TokenType::ident || std::any_of(words.begin(), words.end(), [&](auto w) { return value.is_ident(w); });
        if (!known || !word) return false;
    }
    if (layers) out.warning = "pictures and gradients as backgrounds are not drawn; the colour is";
    out.values.push_back(set ? LonghandValue{colour, std::move(*set)} : PropertyBuilder::initially(table, colour));
    return true;
}

} // namespace

void add_box_properties(PropertyBuilder& b) {
    add_sizes(b);
    add_margins_and_padding(b);
    add_placement(b);
    const auto background = [](auto& s) -> auto& { return s.computed.background_colour; };
    const PropertyId colour = b.longhand("background-color", not_inherited, background, [background](ValueReader& in) {
        return PropertyBuilder::colour_setter(in, background);
    });
    b.shorthand("background", {colour}, [colour, &table = b.table()](ValueReader& in, Expansion& out) {
        return expand_background(in, out, colour, table);
    });
    b.shorthand("background-image", {}, [](ValueReader& in, Expansion& out) {
        if (in.take_ident("none")) return true;
        while (!in.at_end()) in.take();
        out.warning = "pictures and gradients as backgrounds are not drawn";
        return true;
    });
    b.keyword(
        "box-decoration-break", not_inherited, [](auto& s) -> auto& { return s.computed.box_decoration_break; },
        std::vector<std::pair<std::string_view, BoxDecorationBreak>>{{"slice", BoxDecorationBreak::slice},
                                                                     {"clone", BoxDecorationBreak::clone}});
}

} // namespace bifolio
