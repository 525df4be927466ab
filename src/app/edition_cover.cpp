#include "app/edition_cover.h"

#include "picture/colour_conversion.h"
#include "picture/jpeg_codec.h"
#include "picture/rasterise.h"
#include "style/stylesheet.h"

#include <algorithm>

namespace bifolio {

namespace {

// In place of a cover that could not be made, which has been reported.
constexpr std::string_view empty_drawing =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"2560\" viewBox=\"0 0 1600 2560\"/>";

std::shared_ptr<const Book> with_cover(const Book& book, std::string path, std::string media_type, std::string bytes) {
    auto copy = std::make_shared<Book>(book);
    Resource& cover = copy->resources[index(copy->cover)];
    cover.path = std::move(path);
    cover.media_type = std::move(media_type);
    cover.bytes = std::make_shared<const std::string>(std::move(bytes));
    return copy;
}

// The trimmed page on which the stylesheet puts a cover.
CoverSize cover_page(const Stylesheet& print) {
    auto book = std::make_shared<Book>(cover_book(Book(), CoverPlan(), 0));
    Diagnostics known;
    const PageStyle page = apply_styles(book, print, known).page_style({"cover", PageSide::right, true, false});
    return {page.width, page.height, page.bleed};
}

} // namespace

EditionCover::EditionCover(const CoverMaker::Surroundings& surroundings, const Edition& edition, const Stylesheet* print,
                           SourceMap& sources, Diagnostics& diagnostics)
    : in_(surroundings), edition_(edition) {
    if (edition.each != EditionScope::book) return; // leaflets have no cover
    const bool on_screen = std::ranges::any_of(edition.formats, [](OutputFormat format) { return format != OutputFormat::pdf; });
    if (on_screen && !in_.plan.cover.value.empty()) shops_ = cover_limits_of_shops(in_.program, in_.files, edition.profiles);
    const bool users_drawing = !in_.plan.cover.value.empty() && (on_screen || !edition.cover_images.empty());
    if (!in_.plan.makes_cover() && !users_drawing) return;
    std::optional<CoverSize> page;
    if (print && in_.plan.makes_cover()) page = cover_page(*print);
    maker_.emplace(in_, page, sources, diagnostics);
}

bool EditionCover::has_made_cover(const Book& book) const {
    return maker_ && in_.plan.makes_cover() && book.cover != no_resource;
}

CoveredBook EditionCover::on_screen(const std::shared_ptr<const Book>& book, bool raster, Diagnostics& diagnostics) const {
    if (has_made_cover(*book)) {
        MadeCover made = maker_->for_shops(*book, diagnostics);
        std::string jpeg;
        if (raster) jpeg = cover_jpeg(made.svg, epub_cover_width, epub_cover_height, in_.plan.made_cover.where, diagnostics);
        if (jpeg.empty()) return {with_cover(*book, "cover.svg", "image/svg+xml", std::string(empty_drawing)), {}};
        return {with_cover(*book, std::string(made_cover_path), "image/jpeg", std::move(jpeg)), std::move(made.fonts)};
    }
    if (book->cover == no_resource) return {book, {}};
    const Resource& cover = book->resources[index(book->cover)];
    if (!cover.bytes || !raster) return {book, {}};
    const auto info = probe_picture(*cover.bytes);
    if (!info || info.value().components != 4) return {book, {}};
    auto decoded = decode_pixels(*cover.bytes);
    if (!decoded) return {book, {}}; // the writer reports it
    return {with_cover(*book, cover.path, "image/jpeg", write_jpeg(shown_on_screen(decoded.take()))), {}};
}

CoveredBook EditionCover::on_paper(const std::shared_ptr<const Book>& book, Diagnostics& diagnostics) const {
    if (!has_made_cover(*book)) return {book, {}};
    MadeCover made = maker_->for_print(*book, diagnostics);
    return {with_cover(*book, "cover.svg", "image/svg+xml", made.svg.empty() ? std::string(empty_drawing) : std::move(made.svg)),
            std::move(made.fonts)};
}

void EditionCover::check_picture(const Book& book, Report& report, Diagnostics& diagnostics) const {
    if (book.cover == no_resource || in_.plan.makes_cover()) return;
    const Resource& cover = book.resources[index(book.cover)];
    const auto info = cover.bytes ? probe_picture(*cover.bytes) : Result<PictureInfo>::failure("");
    if (!info) return; // who draws it reports it
    const Located<std::string>& file = in_.plan.cover;
    if (info.value().kind == PictureKind::svg) return check_drawing(book, report, diagnostics);
    const std::string name = "the cover ‘" + file.value + "’";
    EBookFacts facts;
    facts.cover.push_back({file.value, info.value().width, info.value().height, false, false, cover.bytes->size()});
    for (const RetailProfile& shop : shops_)
        if (const auto findings = check_limits(shop, facts); !findings.empty()) // one says all: the cure is the same picture
            diagnostics.warning("app.cover-size", file.where, findings.front().message,
                                {findings.front().cure, "source: " + findings.front().source});
    if (info.value().components == 4)
        diagnostics.warning("app.cover-colour", file.where, name + " is in inks (CMYK), and shops take RGB: it was converted",
                            {"save it as RGB (sRGB) with a graphics program, and look at its colours there"});
    report.add("Cover",
               {"whether the title in ‘" + file.value + "’ can be read 160 px wide is not known: it is a picture, not text",
                file.where});
}

// ---- a drawing of the user's

struct EditionCover::PicturePage {
    Pages pages;
    std::string svg;
    bool drawn = false;
};

EditionCover::PicturePage EditionCover::picture_page(const Book& book, Diagnostics& diagnostics) const {
    PicturePage page;
    const Resource& cover = book.resources[index(book.cover)];
    const auto info = cover.bytes ? probe_picture(*cover.bytes) : Result<PictureInfo>::failure("");
    if (!info || !maker_) return page;
    page.pages = maker_->picture_pages(book, {info.value().natural_width, info.value().natural_height, {}}, diagnostics);
    page.drawn = page.pages.pages.size() == 1 && !diagnostics.has_errors();
    if (page.drawn) page.svg = maker_->svg_of(page.pages, book, diagnostics);
    return page;
}

void EditionCover::check_drawing(const Book& book, Report& report, Diagnostics& diagnostics) const {
    Diagnostics of_page; // what is wrong with the drawing is reported by who prints it
    PicturePage page = picture_page(book, of_page);
    if (!page.drawn) return;
    const Located<std::string>& file = in_.plan.cover;
    const auto title = maker_->drawing_legibility(page.pages, of_page);
    if (!title) {
        report.add("Cover", {"whether the title in ‘" + file.value +
                                 "’ can be read 160 px wide is not known: the drawing holds no text, or librsvg is missing",
                             file.where});
        return;
    }
    report_illegible(*title, file.where, {"make the largest text of ‘" + file.value + "’ larger"},
                     {"give the largest text of ‘" + file.value + "’ a colour that stands out from what is behind it"},
                     diagnostics);
}

std::vector<CoverFile> EditionCover::images(const Book& book, Diagnostics& diagnostics) const {
    std::vector<CoverFile> files;
    if (edition_.cover_images.empty()) return files;
    if (book.cover == no_resource || !maker_) {
        diagnostics.error("app.no-cover", edition_.cover_images_where,
                          "pictures of the cover are asked for, and the book has none",
                          {"make one: `cover: {design: plain}`; or name one: `cover: media/cover.jpg`"});
        return files;
    }
    const Span where = in_.plan.makes_cover() ? in_.plan.made_cover.where : in_.plan.cover.where;
    std::string svg;
    std::vector<FontIdentity> drawn;
    std::uint32_t width = shop_cover_width, height = shop_cover_height;
    if (has_made_cover(book)) {
        MadeCover made = maker_->for_shops(book, diagnostics);
        svg = std::move(made.svg);
        drawn = std::move(made.fonts);
    } else {
        PicturePage page = picture_page(book, diagnostics);
        svg = std::move(page.svg);
        drawn = maker_->fonts_of(page.pages);
        const auto info = probe_picture(*book.resources[index(book.cover)].bytes);
        if (svg.empty() || !info) return files;
        // As high as shops like it, in its own proportion; pixels are not made larger.
        const double whole = info.value().height;
        height = info.value().kind == PictureKind::svg ? shop_cover_height : std::min(shop_cover_height, info.value().height);
        width = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(info.value().width * (height / whole) + 0.5));
    }
    for (const CoverImage image : edition_.cover_images) switch (image) {
        case CoverImage::jpeg: files.push_back({"cover.jpg", cover_jpeg(svg, width, height, where, diagnostics), drawn}); break;
        case CoverImage::png: files.push_back({"cover.png", cover_png(svg, width, height, where, diagnostics), drawn}); break;
        case CoverImage::svg: files.push_back({"cover.svg", svg, drawn}); break;
        }
    std::erase_if(files, [](const CoverFile& file) { return file.bytes.empty(); });
    return files;
}

} // namespace bifolio
