// cover.h: the cover that is made from a book's title: styles/cover.css, laid out by our own engine, as an SVG.
//
// Fitting    The title is set as large as it can be: the styles know 16 sizes (.fit-0, the largest, to .fit-15). The first one is
//            taken at which all stands on the page, no word is too wide, the title fills no more than 42 % of the page's height
//            and no line of it is left short; a title that would then be too small to be read in a shop may fill more.
// Errors     A title that fits at no size: app.cover-no-room. One that cannot be read at 160 px: app.cover-illegible. No librsvg:
//            app.no-rasteriser.
// Threads    make() may be called from several threads.
#pragma once

#include "app/cover_legibility.h"
#include "app/program_files.h"
#include "app/settings.h"
#include "assemble/assemble.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "base/task_pool.h"
#include "io/files.h"
#include "layout/page/paginate.h"
#include "layout/text/shape.h"
#include "style/apply_styles.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace bifolio {

struct CoverSize {
    Length width, height, bleed;
};
// What shops ask for: 1600 × 2560 px serves Kindle (its ideal), Apple Books (1400 px wide at least), Kobo and Google Play.
inline constexpr std::uint32_t shop_cover_width = 1600, shop_cover_height = 2560;
inline constexpr CoverSize shop_cover{Length::px(shop_cover_width), Length::px(shop_cover_height), {}};
// Inside an e-book, where Apple Books takes no picture of more than 4 million pixels.
inline constexpr std::uint32_t epub_cover_width = 1400, epub_cover_height = 2240;

struct MadeCover {
    std::string svg; // empty: it could not be made, which has been reported
    TitleLegibility title;
    int fit = 0;
    std::vector<FontIdentity> fonts; // of which letters are drawn as paths
};

class CoverMaker {
public:
    struct Surroundings { // all of it outlives the maker
        const Files& files;
        const ProgramFiles& program;
        std::filesystem::path book_folder;
        const BookPlan& plan;
        const Settings& settings;
        const TaskPool& pool;
        ShapeCache& shape_cache;
        const Hyphenator& hyphenator;
    };
    // Reads the styles. `print`: the page of the edition's PDF, when it has one.
    CoverMaker(const Surroundings& surroundings, std::optional<CoverSize> print, SourceMap& sources, Diagnostics& diagnostics);

    MadeCover for_shops(const Book& book, Diagnostics& diagnostics) const;
    MadeCover for_print(const Book& book, Diagnostics& diagnostics) const;

    // The user's picture alone on a page of this size, for files of it and to look at what it says.
    Pages picture_pages(const Book& book, const CoverSize& size, Diagnostics& diagnostics) const;
    // The fonts whose letters a picture of these pages shows, each once.
    std::vector<FontIdentity> fonts_of(const Pages& pages) const;
    std::string svg_of(const Pages& pages, const Book& book, Diagnostics& diagnostics) const;
    // Of the largest text of the drawing on that page; nullopt: it has none, or there is no librsvg to see what lies behind.
    std::optional<TitleLegibility> drawing_legibility(Pages pages, Diagnostics& diagnostics) const;

private:
    MadeCover make(const Book& book, const Stylesheet& stylesheet, Diagnostics& diagnostics) const;
    std::shared_ptr<const Stylesheet> styles(const CoverSize& size, SourceMap& sources, Diagnostics& diagnostics) const;

    Surroundings in_;
    std::shared_ptr<const Stylesheet> shop_, print_;
    std::unique_ptr<FontLibrary> fonts_;
};

// Warns where the title is too small or too pale.
void report_illegible(const TitleLegibility& title, Span where, const std::vector<std::string>& if_small,
                      const std::vector<std::string>& if_pale, Diagnostics& diagnostics);

// The SVG of a cover as a JPEG or PNG file of this size; empty and app.no-rasteriser when there is no librsvg.
std::string cover_jpeg(const std::string& svg, std::uint32_t width, std::uint32_t height, Span where, Diagnostics& diagnostics);
std::string cover_png(const std::string& svg, std::uint32_t width, std::uint32_t height, Span where, Diagnostics& diagnostics);

} // namespace bifolio
