#include "layout/page/layout_context.h"

#include "layout/page/page_list.h"

#include "layout/page/codes.h"
#include "layout/page/library_measures.h"
#include "picture/picture.h"

#include <algorithm>
#include <set>

namespace bifolio {

namespace {

constexpr double raised_size = 0.7; // of a note's number where no style says

TextStyle text_style(const ComputedStyle& style) {
    TextStyle out;
    out.font = font_request(style);
    out.size = style.font_size;
    out.language = style.language;
    for (const OpenTypeFeature& feature : style.font_features) out.features.push_back({feature.tag, feature.value});
    out.letter_spacing = style.letter_spacing;
    out.word_spacing = style.word_spacing;
    out.ligatures = style.letter_spacing == Length();
    out.synthesize_small_caps = style.small_caps;
    out.hyphens = style.hyphens == HyphensMode::none     ? Hyphens::none
                  : style.hyphens == HyphensMode::manual ? Hyphens::manual
                                                         : Hyphens::automatic;
    out.hyphenate_limit_chars = style.hyphenate_limit_chars;
    out.no_wrap = style.white_space == WhiteSpace::nowrap || style.white_space == WhiteSpace::pre;
    out.break_anywhere = style.overflow_wrap != OverflowWrap::normal;
    return out;
}

StyleMetrics metrics_of(const ComputedStyle& style, const TextStyle& text, const FontLibrary& fonts) {
    StyleMetrics out;
    out.font = fonts.match(text.font);
    const FontMetrics& font = fonts.metrics(out.font);
    out.ascent = text.size.scaled(font.ascent);
    out.descent = text.size.scaled(font.descent);
    out.x_height = text.size.scaled(font.x_height);
    out.underline_position = text.size.scaled(font.underline_position);
    out.strikeout_position = text.size.scaled(font.strikeout_position);
    out.line_thickness = max(text.size.scaled(font.underline_thickness), Length::pt(0.25));
    Length height = out.ascent + out.descent + text.size.scaled(font.line_gap);
    if (style.line_height.number) height = style.font_size.scaled(*style.line_height.number);
    if (style.line_height.length) height = *style.line_height.length;
    const Length leading = height - out.ascent - out.descent;
    out.hyphen = text.size.scaled(fonts.nominal_advance(out.font, fonts.has_glyph(out.font, U'\u2010') ? U'\u2010' : U'-'));
    out.synthetic_bold = fonts.synthesizes_bold(out.font, text.font);
    out.synthetic_italic = text.font.slant != FontSlant::normal && fonts.slant(out.font) == FontSlant::normal;
    const Length above = leading / 2;
    out.line_above = out.ascent + above;
    out.line_below = out.descent + (leading - above);
    return out;
}

// An initial letter is as high as its lines: from the baseline of the last to the top of a capital in the first. It parts no
// lines unless it stands above the first (CSS Inline 3 §7.4).
void size_initial_letters(LayoutContext& context) {
    const FontLibrary& fonts = context.shaper.fonts;
    std::set<std::uint32_t> done;
    for (const auto& [node, boxes] : context.styled.pseudo_boxes)
        for (const PseudoBox& box : boxes) {
            const InitialLetter letter = context.computed(box.style).initial_letter;
            if (box.pseudo != PseudoElement::first_letter || letter.size <= 0 || !done.insert(box.style).second) continue;
            const std::uint32_t block = context.style_of(node);
            const StyleMetrics strut = context.metrics[block];
            const Length line = strut.line_above + strut.line_below;
            const Length capital = context.text_styles[block].size.scaled(fonts.metrics(strut.font).cap_height);
            TextStyle& text = context.text_styles[box.style];
            text.hyphens = Hyphens::none;
            text.size = (capital + line.scaled(letter.size - 1))
                            .scaled(1 / std::max(fonts.metrics(context.metrics[box.style].font).cap_height, 0.2));
            StyleMetrics& metrics = context.metrics[box.style];
            metrics = metrics_of(context.computed(box.style), text, fonts);
            metrics.line_above = strut.line_above + line.scaled(std::max(letter.size, double(letter.sink)) - 1);
            metrics.line_below = strut.line_below - line * (letter.sink - 1);
        }
}

void flag_nodes(LayoutContext& context) {
    const Book& book = context.book;
    context.node_flags.assign(book.nodes.size(), 0);
    const auto mark = [&](NodeId id) {
        if (id != no_node && index(id) < context.node_flags.size()) context.node_flags[index(id)] |= NodeFlag::marked;
    };
    for (std::uint32_t i = static_cast<std::uint32_t>(book.nodes.size()); i-- > 0;) {
        const Node& node = book.nodes[i];
        if (!node.info.id.empty() || heading_level(node.element)) mark(NodeId{i});
        mark(node.target);
        if (node.element == Element::note) mark(node.parent);
        if (node.element == Element::text || node.parent == no_node) continue;
        const ComputedStyle& style = context.style(NodeId{i});
        const bool inside = (context.node_flags[i] & NodeFlag::block_inside) != 0;
        const bool in_flow = style.float_ == Float::none && node.element != Element::note && style.display != Display::none;
        const bool carries = style.display == Display::inline_ || style.display == Display::contents ||
                             style.display == Display::ruby || style.display == Display::ruby_text;
        if (in_flow && (is_block_level(style) || (carries && inside)))
            context.node_flags[index(node.parent)] |= NodeFlag::block_inside;
    }
    for (const BookSection& section : book.sections) mark(section.root);
    for (const ContentsEntry& entry : book.contents) mark(entry.target);
    for (const auto& [node, sets] : context.styled.string_sets) mark(node);
    for (const NodeId node : context.styled.page_counter_reset) mark(node);
    for (const auto& [node, value] : context.styled.counter_page_set) mark(node);
    for (const auto& [node, boxes] : context.styled.pseudo_boxes)
        for (const PseudoBox& box : boxes)
            for (const GeneratedItem& item : box.content) {
                if (const auto* target = std::get_if<GeneratedTargetPage>(&item)) mark(target->target);
                if (std::holds_alternative<GeneratedPageNumber>(item)) mark(node);
            }
}

// Once for each family: where its small capitals are made of smaller capitals.
void report_made_small_caps(const LayoutContext& context, Diagnostics& diagnostics) {
    std::set<std::string, std::less<>> reported;
    for (std::uint32_t i = 0; i < context.style_count; ++i) {
        if (!context.text_styles[i].synthesize_small_caps) continue;
        const std::string family(context.shaper.fonts.family_name(context.metrics[i].font));
        const ShapedText letter = shape_text(context.shaper, "a", {{0, 1, i}}, context.text_styles, TextDirection::ltr);
        if (letter.runs.empty() || !letter.runs[0].small_caps || reported.contains(family)) continue;
        for (std::uint32_t node = 0; node < context.book.nodes.size(); ++node) {
            if (context.book.nodes[node].element != Element::text || context.style_of(NodeId{node}) != i) continue;
            diagnostics.warning("layout.made-small-caps", context.book.nodes[node].info.where,
                                "‘" + family + "’ has no small capitals: smaller capitals stand for them");
            reported.insert(family);
            break;
        }
    }
}

struct ReadPicture {
    PictureFact fact;
    std::shared_ptr<const Drawing> drawing;
    std::string failure;
    std::string_view profile_problem;
    std::vector<PictureProblem> problems;
};

ReadPicture read_picture(const Resource& resource) {
    ReadPicture out;
    if (!resource.bytes) return out;
    const Result<PictureInfo> info = probe_picture(*resource.bytes);
    if (!info) {
        out.failure = info.error();
        return out;
    }
    out.fact.known = true;
    out.fact.width = info.value().natural_width;
    out.fact.height = info.value().natural_height;
    out.fact.pixels_across = info.value().width;
    out.profile_problem = profile_problem(info.value().profile);
    if (info.value().kind != PictureKind::svg) return out;
    SvgReading reading = read_svg(*resource.bytes);
    out.problems = std::move(reading.problems);
    if (!reading.drawing) {
        out.fact.known = false;
        if (out.problems.empty()) out.failure = "this is no SVG drawing";
        return out;
    }
    out.fact.is_drawing = true;
    out.fact.width = reading.drawing->natural_width();
    out.fact.height = reading.drawing->natural_height();
    out.fact.fits_any_width = !reading.drawing->has_size;
    out.drawing = std::make_shared<const Drawing>(std::move(*reading.drawing));
    return out;
}

void read_pictures(LayoutContext& context, const TaskPool& pool, Diagnostics& diagnostics) {
    const Book& book = context.book;
    std::vector<NodeId> shown(book.resources.size(), no_node); // the first node that shows it
    const auto show = [&](ResourceId resource, NodeId node) {
        if (resource != no_resource && shown[index(resource)] == no_node) shown[index(resource)] = node;
    };
    for (std::uint32_t i = 0; i < book.nodes.size(); ++i) show(book.nodes[i].resource, NodeId{i});
    for (const auto& [node, boxes] : context.styled.pseudo_boxes)
        for (const PseudoBox& box : boxes)
            for (const GeneratedItem& item : box.content)
                if (const auto* picture = std::get_if<GeneratedPicture>(&item)) show(picture->resource, node);

    std::vector<ReadPicture> read = pool.map(book.resources.size(), [&](std::size_t i) {
        return shown[i] == no_node ? ReadPicture{} : read_picture(book.resources[i]);
    });
    for (std::size_t i = 0; i < read.size(); ++i) {
        context.pictures.push_back(read[i].fact);
        context.drawings.push_back(std::move(read[i].drawing));
        if (shown[i] == no_node) continue;
        const Span where = book.node(shown[i]).info.where;
        const std::string& path = book.resources[i].path;
        if (!read[i].failure.empty()) {
            const std::string message = "the picture ‘" + path + "’ cannot be read: " + read[i].failure;
            if (context.options.allow_missing_picture)
                diagnostics.warning("layout.missing-picture", where, message);
            else
                diagnostics.error("layout.missing-picture", where, message,
                                  {"`--allow missing-picture` prints its alternative text"});
        }
        if (!read[i].profile_problem.empty())
            diagnostics.warning("layout.picture-profile", where,
                                "the colour profile in ‘" + path + "’ " + std::string(read[i].profile_problem) +
                                    "; it was left out, and the picture is shown as if it had none");
        for (const PictureProblem& problem : read[i].problems)
            diagnostics.error("layout.drawing", where, "in the drawing ‘" + path + "’: " + problem.message);
    }
}

} // namespace

bool is_block_level(const ComputedStyle& style) {
    switch (style.display) {
    case Display::none:
    case Display::contents:
    case Display::inline_:
    case Display::inline_block:
    case Display::inline_table:
    case Display::ruby:
    case Display::ruby_text: return false;
    case Display::block:
    case Display::list_item:
    case Display::flow_root:
    case Display::table:
    case Display::table_row_group:
    case Display::table_header_group:
    case Display::table_footer_group:
    case Display::table_row:
    case Display::table_cell:
    case Display::table_column:
    case Display::table_column_group:
    case Display::table_caption: return true;
    }
    return false;
}

LayoutContext make_context(const StyledBook& styled, const Shaper& shaper, const TaskPool& pool, const LayoutOptions& options,
                           Diagnostics& diagnostics) {
    LayoutContext context{styled,
                          *styled.book,
                          shaper,
                          options,
                          styled.styles.size(),
                          {},
                          {},
                          {},
                          {},
                          {},
                          {},
                          0,
                          {},
                          std::make_unique<MissingGlyphs>()};
    context.text_styles.reserve(2 * styled.styles.size());
    for (const ComputedStyle& style : styled.styles) context.text_styles.push_back(text_style(style));
    for (std::size_t i = 0; i < context.style_count; ++i) {
        TextStyle raised = context.text_styles[i];
        raised.size = raised.size.scaled(raised_size);
        raised.hyphens = Hyphens::none;
        context.text_styles.push_back(std::move(raised));
    }
    for (std::size_t i = 0; i < context.text_styles.size(); ++i)
        context.metrics.push_back(metrics_of(styled.styles[i % context.style_count], context.text_styles[i], shaper.fonts));
    size_initial_letters(context);
    for (std::uint32_t i = 0; i < context.metrics.size(); ++i) {
        const ShapedText space = shape_text(shaper, " ", {{0, 1, i}}, context.text_styles, TextDirection::ltr);
        for (const ShapedRun& run : space.runs)
            if (!run.glyphs.empty() && run.font == context.metrics[i].font) context.metrics[i].space_glyph = run.glyphs[0].id;
    }
    for (std::size_t i = context.style_count; i < context.metrics.size(); ++i) // a note's number never parts lines
        context.metrics[i].line_above = context.metrics[i].line_below = Length();
    report_made_small_caps(context, diagnostics);
    flag_nodes(context);
    read_pictures(context, pool, diagnostics);
    return context;
}

std::string reference_text(const LayoutContext& context, UsedReference::Kind kind, NodeId target,
                           std::string_view counter_style) {
    if (kind == UsedReference::Kind::note_number) {
        const auto number = context.known_note_numbers.find(target);
        return format_counter(number == context.known_note_numbers.end() ? 1 : number->second, counter_style);
    }
    if (kind == UsedReference::Kind::page_list) {
        std::string text;
        for (const PageListPart& part : page_list(context, target)) text += part.text;
        return text;
    }
    if (kind == UsedReference::Kind::pages)
        return format_counter(std::max<std::int64_t>(context.known_page_count, 1), counter_style);
    const auto found = context.known_pages.find(target);
    if (found == context.known_pages.end() || !found->second.known) return "00";
    if (counter_style.empty()) return found->second.label;
    return format_counter(found->second.number, counter_style);
}

} // namespace bifolio
