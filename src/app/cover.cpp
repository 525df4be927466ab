#include "app/cover.h"

#include "app/font_rules.h"
#include "layout/page/library_measures.h"
#include "picture/jpeg_codec.h"
#include "picture/png.h"
#include "picture/rasterise.h"
#include "style/stylesheet.h"
#include "write/svg/write_svg.h"

#include <algorithm>
#include <set>

namespace bifolio {

namespace {

constexpr int sizes = 16;                   // .fit-0 to .fit-15 of cover.css
constexpr double usual_share = 0.42;        // of the page's height, for the title
constexpr double least_line = 0.3;          // of the longest line: a word alone would look lost
constexpr int sizes_for_shape = 4;          // so much smaller for lines of like length
constexpr std::size_t longest_title = 1000; // characters; what is longer has no place on a cover, at any size
constexpr Colour light = Colour::white(), dark{0x1a, 0x1a, 0x1a};

struct Attempt {
    int fit = 0;
    std::shared_ptr<const Book> book;
    Pages pages;
    Diagnostics diagnostics;
    TitleLegibility title;
    bool fits = false;
};

bool has_code(const Diagnostics& diagnostics, std::string_view code) {
    return std::ranges::any_of(diagnostics.all(), [&](const Diagnostic& one) { return one.code == code; });
}

std::string decimal(double value) {
    const auto tenths = static_cast<long>(value * 10); // downwards: what is too little does not look enough
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string description_of(const Book& cover) {
    std::string says;
    for (std::uint32_t i = 0; i < cover.nodes.size(); ++i)
        if (cover.nodes[i].element == Element::p) says += (says.empty() ? "" : ". ") + text_content(cover, NodeId{i});
    return says;
}

} // namespace

CoverMaker::CoverMaker(const Surroundings& surroundings, std::optional<CoverSize> print, SourceMap& sources,
                       Diagnostics& diagnostics)
    : in_(surroundings) {
    shop_ = styles(shop_cover, sources, diagnostics);
    Diagnostics same_again;
    if (print) print_ = styles(*print, sources, same_again);
    fonts_ = std::make_unique<FontLibrary>(in_.files, in_.program.font_families(), font_rules(shop_->font_faces),
                                           std::vector<std::filesystem::path>{in_.book_folder / "fonts"});
}

std::shared_ptr<const Stylesheet> CoverMaker::styles(const CoverSize& size, SourceMap& sources, Diagnostics& diagnostics) const {
    std::vector<StyleSource> files{in_.program.style_source("base.css"), in_.program.style_source("cover.css")};
    const std::filesystem::path own = in_.book_folder / "styles" / "cover.css";
    if (in_.files.exists(own) && !leads_out_of(in_.book_folder, own))
        files.push_back({own, StyleSource::Level::author, {}, "styles/cover.css"});
    PlainStyles plain;
    plain.page_width = size.width;
    plain.page_height = size.height;
    if (size.bleed > Length()) plain.bleed = size.bleed;
    if (const auto& colour = in_.plan.made_cover.colour) {
        const Colour on_it = contrast_ratio(light, *colour) >= least_title_contrast ? light : dark;
        plain.variables = {{"--cover-colour", to_css(*colour)}, {"--on-cover-colour", to_css(on_it)}};
    }
    return read_stylesheets(files, plain, Medium::print, in_.files, sources, diagnostics);
}

MadeCover CoverMaker::for_shops(const Book& book, Diagnostics& diagnostics) const { return make(book, *shop_, diagnostics); }

MadeCover CoverMaker::for_print(const Book& book, Diagnostics& diagnostics) const {
    return make(book, print_ ? *print_ : *shop_, diagnostics);
}

MadeCover CoverMaker::make(const Book& book, const Stylesheet& stylesheet, Diagnostics& diagnostics) const {
    const CoverPlan& plan = in_.plan.made_cover;
    const Shaper shaper{*fonts_, in_.shape_cache, in_.hyphenator};
    const LibraryMeasures measures(*fonts_);
    const LayoutOptions options{in_.settings.allow_missing_glyph, in_.settings.allow_missing_picture};
    const auto attempt = [&](int fit) {
        Attempt one;
        one.fit = fit;
        one.book = std::make_shared<const Book>(cover_book(book, plan, fit));
        const StyledBook styled = apply_styles(one.book, stylesheet, one.diagnostics, &measures);
        one.pages = paginate(styled, shaper, in_.pool, options, one.diagnostics);
        if (one.pages.pages.size() != 1) return one;
        one.title = title_legibility(one.pages, PageIndex{0}, *fonts_, "cover-title");
        one.fits = !has_code(one.diagnostics, "layout.overfull-line") && !has_code(one.diagnostics, "layout.off-page") &&
                   !has_code(one.diagnostics, "layout.too-tall");
        return one;
    };

    std::optional<Attempt> chosen; // the best so far
    int last = sizes - 1;
    const std::string& title = plan.title.empty() ? book.metadata.title : plan.title;
    for (int fit = 0; fit <= last && title.size() <= longest_title * 4; ++fit) {
        Attempt one = attempt(fit);
        if (!one.fits) continue;
        if (chosen && one.title.height < least_title_height) break;
        const bool is_roomy = (one.title.bottom - one.title.top) / one.pages.pages.front().height <= usual_share;
        const bool is_even = one.title.shortest_line >= least_line;
        const bool was_roomy = last < sizes - 1;
        if (!was_roomy || is_even) chosen = std::move(one);
        if (is_roomy && is_even) break;
        if (is_roomy && !was_roomy) last = std::min(sizes - 1, fit + sizes_for_shape);
    }
    if (!chosen) {
        diagnostics.error("app.cover-no-room", plan.where, "the title is too long for a cover",
                          {"give the cover a shorter one: `cover: {title: …}`", "or say `cover: {design: none}`"});
        return {};
    }
    diagnostics.append(chosen->diagnostics);
    MadeCover made;
    made.title = chosen->title;
    made.fit = chosen->fit;
    report_illegible(made.title, plan.where,
                     {"give the cover a shorter title: `cover: {title: …}`; a long word may be divided at a soft hyphen"},
                     {"choose a darker or lighter `colour`, or set the title's colour in styles/cover.css"}, diagnostics);
    if (has_code(chosen->diagnostics, "layout.missing-glyph") && !in_.settings.allow_missing_glyph) return made;
    SvgOptions svg;
    svg.title = title;
    svg.description = description_of(*chosen->book);
    svg.language = book.metadata.language;
    svg.extent = SvgExtent::bleed;
    made.svg = write_svg(chosen->pages, PageIndex{0}, *fonts_, svg, diagnostics);
    made.fonts = fonts_of(chosen->pages);
    return made;
}

std::vector<FontIdentity> CoverMaker::fonts_of(const Pages& pages) const {
    std::set<FontId> used;
    for (const Page& page : pages.pages)
        for (const PlacedItem& item : page.items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && !run->glyphs.empty()) used.insert(run->font);
    std::vector<FontIdentity> fonts;
    for (const FontId font : used) fonts.push_back(fonts_->identity(font));
    return fonts;
}

Pages CoverMaker::picture_pages(const Book& book, const CoverSize& size, Diagnostics& diagnostics) const {
    const std::vector<StyleSource> files{in_.program.style_source("base.css"), in_.program.style_source("cover.css")};
    PlainStyles plain;
    plain.page_width = size.width;
    plain.page_height = size.height;
    SourceMap sources; // of the program's own files: nothing in them is to be reported
    const auto stylesheet = read_stylesheets(files, plain, Medium::print, in_.files, sources, diagnostics);
    const LibraryMeasures measures(*fonts_);
    const StyledBook styled =
        apply_styles(std::make_shared<const Book>(cover_picture_book(book)), *stylesheet, diagnostics, &measures);
    return paginate(styled, {*fonts_, in_.shape_cache, in_.hyphenator}, in_.pool, {}, diagnostics);
}

std::string CoverMaker::svg_of(const Pages& pages, const Book& book, Diagnostics& diagnostics) const {
    SvgOptions svg;
    svg.title = book.metadata.title;
    svg.language = book.metadata.language;
    return write_svg(pages, PageIndex{0}, *fonts_, svg, diagnostics);
}

std::optional<TitleLegibility> CoverMaker::drawing_legibility(Pages pages, Diagnostics& diagnostics) const {
    const std::optional<DrawnText> largest = largest_text(pages, PageIndex{0}, *fonts_);
    if (!largest || !can_rasterise()) return std::nullopt;
    for (PlacedItem& item : pages.pages.front().items) // what is left is what lies behind the text
        if (auto* picture = std::get_if<PlacedPicture>(&item.item)) picture->drawing_text.clear();
    const Page& page = pages.pages.front();
    const auto height = static_cast<std::uint32_t>(thumbnail_width * (page.height / page.width) + 0.5);
    const auto ground = rasterise_svg(write_svg(pages, PageIndex{0}, *fonts_, {}, diagnostics),
                                      static_cast<std::uint32_t>(thumbnail_width), std::max(1u, height));
    if (!ground) return std::nullopt;
    TitleLegibility title;
    title.height = largest->height;
    title.contrast = least_contrast(*largest, ground.value());
    return title;
}

void report_illegible(const TitleLegibility& title, Span where, const std::vector<std::string>& if_small,
                      const std::vector<std::string>& if_pale, Diagnostics& diagnostics) {
    if (title.height <= 0) return; // no letters
    if (title.height < least_title_height)
        diagnostics.warning("app.cover-illegible", where,
                            "the title's letters are " + decimal(title.height) +
                                " px high where shops show the cover 160 px wide; from 12 px on they can be read",
                            if_small);
    if (title.contrast < least_title_contrast)
        diagnostics.warning("app.cover-illegible", where,
                            "the title's contrast with what is behind it is " + decimal(title.contrast) +
                                " : 1; from 4.5 : 1 on it can be read",
                            if_pale);
}

namespace {

std::string raster(const std::string& svg, std::uint32_t width, std::uint32_t height, Span where, Diagnostics& diagnostics,
                   std::string (*write)(const RasterPicture&)) {
    if (svg.empty()) return {};
    const auto pixels = rasterise_svg(svg, width, height);
    if (pixels) return write(pixels.value());
    diagnostics.error("app.no-rasteriser", where, "the cover cannot be made a picture: " + pixels.error(),
                      {"install it (apt install librsvg2-2); or name a picture: `cover: media/cover.jpg`"});
    return {};
}

} // namespace

std::string cover_jpeg(const std::string& svg, std::uint32_t width, std::uint32_t height, Span where, Diagnostics& diagnostics) {
    return raster(svg, width, height, where, diagnostics, write_jpeg);
}
std::string cover_png(const std::string& svg, std::uint32_t width, std::uint32_t height, Span where, Diagnostics& diagnostics) {
    return raster(svg, width, height, where, diagnostics, write_png);
}

} // namespace bifolio
