// Tables, columns, fragmentation (Tables 3, Multicol 1, Fragmentation 3 and 4, Paged Media 3 §8).
#include "style/property_builder.h"

namespace bifolio {

namespace {

template <class Enum>
using Words = std::vector<std::pair<std::string_view, Enum>>;

void add_tables(PropertyBuilder& b) {
    b.keyword(
        "table-layout", not_inherited, [](auto& s) -> auto& { return s.computed.table_layout; },
        Words<TableLayout>{{"auto", TableLayout::automatic}, {"fixed", TableLayout::fixed}});
    b.keyword(
        "border-collapse", inherited, [](auto& s) -> auto& { return s.computed.border_collapse; },
        Words<BorderCollapse>{{"separate", BorderCollapse::separate}, {"collapse", BorderCollapse::collapse}});
    b.keyword(
        "caption-side", inherited, [](auto& s) -> auto& { return s.computed.caption_side; },
        Words<CaptionSide>{{"top", CaptionSide::top},
                           {"bottom", CaptionSide::bottom},
                           {"block-start", CaptionSide::top},
                           {"block-end", CaptionSide::bottom},
                           {"left", CaptionSide::left},
                           {"right", CaptionSide::right},
                           {"inline-start", CaptionSide::inline_start},
                           {"inline-end", CaptionSide::inline_end}});
    b.keyword(
        "empty-cells", inherited, [](auto& s) -> auto& { return s.computed.empty_cells_hidden; },
        Words<bool>{{"show", false}, {"hide", true}});
    const auto continued = [](auto& s) -> auto& { return s.computed.table_continued; };
    b.paper_only(b.longhand("-bifolio-table-continued", inherited, continued, [continued](ValueReader& in) -> Setter {
        if (in.take_ident("none")) return [continued](Computing& c) { continued(c.style).clear(); };
        const auto text = in.take_string();
        if (!text) return nullptr;
        return [continued, text = *text](Computing& c) { continued(c.style) = text; };
    }));
    b.paper_only(b.keyword(
        "-bifolio-note-area", not_inherited, [](auto& s) -> auto& { return s.computed.note_place; },
        Words<NotePlace>{{"page", NotePlace::page}, {"table", NotePlace::table}}));
    const PropertyId x = b.length(
        "-bifolio-border-spacing-x", inherited, [](auto& s) -> auto& { return s.computed.border_spacing_x; }, "",
        Negative::refused);
    const PropertyId y = b.length(
        "-bifolio-border-spacing-y", inherited, [](auto& s) -> auto& { return s.computed.border_spacing_y; }, "",
        Negative::refused);
    b.paper_only(x);
    b.paper_only(y);
    b.two_sides("border-spacing", x, y);
}

void add_columns(PropertyBuilder& b) {
    const PropertyId count = b.longhand(
        "column-count", not_inherited, [](auto& s) -> auto& { return s.computed.column_count; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("auto")) return [](Computing& c) { c.style.computed.column_count = 0; };
            const auto number = in.take_integer(1);
            if (!number) return nullptr;
            return [number = std::min(*number, 100)](Computing& c) { c.style.computed.column_count = number; };
        });
    const auto width_field = [](auto& s) -> auto& { return s.computed.column_width; };
    const PropertyId width = b.longhand("column-width", not_inherited, width_field, [width_field](ValueReader& in) -> Setter {
        if (in.take_ident("auto")) return [](Computing& c) { c.style.computed.column_width = {}; };
        const auto length = in.take_length(Percent::refused, Negative::refused);
        if (!length) return nullptr;
        return [width_field, length = *length](Computing& c) {
            width_field(c.style) = PropertyBuilder::to_dimension(length, c, Negative::refused);
        };
    });
    b.shorthand("columns", {count, width}, [&table = b.table(), count, width](ValueReader& in, Expansion& out) {
        Setter set_count, set_width;
        for (int values = 0; values < 2 && !in.at_end(); ++values) {
            if (in.take_ident("auto")) continue;
            if (!set_count && (set_count = table.at(count).parse(in))) continue;
            if (set_width || !(set_width = table.at(width).parse(in))) return false;
        }
        out.values.push_back(set_count ? LonghandValue{count, set_count} : PropertyBuilder::initially(table, count));
        out.values.push_back(set_width ? LonghandValue{width, set_width} : PropertyBuilder::initially(table, width));
        return true;
    });
    const auto gap = [](auto& s) -> auto& { return s.computed.column_gap; };
    b.longhand("column-gap", not_inherited, gap, [gap](ValueReader& in) -> Setter {
        if (in.take_ident("normal")) return [gap](Computing& c) { gap(c.style).reset(); };
        const auto length = in.take_length(Percent::refused, Negative::refused);
        if (!length) return nullptr;
        return
            [gap, length = *length](Computing& c) { gap(c.style) = PropertyBuilder::to_definite(length, c, Negative::refused); };
    });
    b.keyword(
        "column-fill", not_inherited, [](auto& s) -> auto& { return s.computed.column_fill; },
        Words<ColumnFill>{
            {"balance", ColumnFill::balance}, {"balance-all", ColumnFill::balance}, {"auto", ColumnFill::automatic}});
    b.keyword(
        "column-span", not_inherited, [](auto& s) -> auto& { return s.computed.column_span_all; },
        Words<bool>{{"none", false}, {"all", true}});
}

} // namespace

void add_table_and_column_properties(PropertyBuilder& b) {
    add_tables(b);
    add_columns(b);
}

void add_fragmentation_properties(PropertyBuilder& b) {
    const Words<BreakBetween> between{{"auto", BreakBetween::automatic},
                                      {"avoid", BreakBetween::avoid},
                                      {"always", BreakBetween::always},
                                      {"page", BreakBetween::page},
                                      {"left", BreakBetween::left},
                                      {"right", BreakBetween::right},
                                      {"recto", BreakBetween::recto},
                                      {"verso", BreakBetween::verso},
                                      {"avoid-page", BreakBetween::avoid_page},
                                      {"column", BreakBetween::column},
                                      {"avoid-column", BreakBetween::avoid_column},
                                      {"all", BreakBetween::all}};
    const Words<BreakBetween> legacy{{"auto", BreakBetween::automatic},
                                     {"avoid", BreakBetween::avoid},
                                     {"always", BreakBetween::page},
                                     {"left", BreakBetween::left},
                                     {"right", BreakBetween::right}};
    const Words<BreakInside> inside{{"auto", BreakInside::automatic},
                                    {"avoid", BreakInside::avoid},
                                    {"avoid-page", BreakInside::avoid_page},
                                    {"avoid-column", BreakInside::avoid_column},
                                    {"-bifolio-never", BreakInside::never}};
    const Words<BreakInside> legacy_inside{{"auto", BreakInside::automatic}, {"avoid", BreakInside::avoid}};
    const auto before_field = [](auto& s) -> auto& { return s.computed.break_before; };
    const auto after_field = [](auto& s) -> auto& { return s.computed.break_after; };
    const auto inside_field = [](auto& s) -> auto& { return s.computed.break_inside; };
    b.keyword("break-before", not_inherited, before_field, between);
    b.keyword("break-after", not_inherited, after_field, between);
    b.keyword("break-inside", not_inherited, inside_field, inside);
    b.keyword("page-break-before", not_inherited, before_field, legacy);
    b.keyword("page-break-after", not_inherited, after_field, legacy);
    b.keyword("page-break-inside", not_inherited, inside_field, legacy_inside);
    const auto count = [&](std::string name, auto field) {
        b.longhand(std::move(name), inherited, field, [field](ValueReader& in) -> Setter {
            const auto lines = in.take_integer(1);
            if (!lines) return nullptr;
            return [field, lines = std::min(*lines, 1000)](Computing& c) { field(c.style) = lines; };
        });
    };
    count(
        "orphans", [](auto& s) -> auto& { return s.computed.orphans; });
    count(
        "widows", [](auto& s) -> auto& { return s.computed.widows; });
    // Line Grid 1: the lines of the page's flow stand on the grid of the page.
    b.paper_only(b.keyword(
        "line-grid", not_inherited, [](auto& s) -> auto& { return s.computed.creates_line_grid; },
        Words<bool>{{"match-parent", false}, {"create", true}}));
    b.paper_only(b.keyword(
        "line-snap", inherited, [](auto& s) -> auto& { return s.computed.line_snap; },
        Words<LineSnap>{{"none", LineSnap::none}, {"baseline", LineSnap::baseline}}));
    // Inherited in effect: “auto” is the page of the parent (Paged Media 3 §8.1).
    b.paper_only(b.longhand(
        "page", inherited, [](auto& s) -> auto& { return s.computed.page; },
        [](ValueReader& in) -> Setter {
            if (in.take_ident("auto")) return [](Computing& c) { c.style.computed.page = c.parent.computed.page; };
            const auto name = in.take_any_ident();
            if (!name) return nullptr;
            return [name = *name](Computing& c) { c.style.computed.page = name; };
        }));
}

} // namespace bifolio
