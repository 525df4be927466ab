// edition_cover.h: the cover of one edition's books: made from the title or the user's picture; held against what bookshops take;
// as files for them.
//
// Shops      What they take is data: share/profiles. What a picture lacks for one of them is a warning: the book is whole without
//            it.
// Errors     As in cover.h; app.cover-size, app.cover-colour of pictures; app.no-cover where shop pictures are asked for and
//            there is none.
// Threads    All const calls are safe from any thread.
#pragma once

#include "app/cover.h"
#include "app/report.h"
#include "app/retail.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

struct CoverFile {
    std::string name; // “cover.jpg”
    std::string bytes;
    std::vector<FontIdentity> drawn; // the fonts whose letters it shows
};

struct CoveredBook {
    std::shared_ptr<const Book> book;
    std::vector<FontIdentity> drawn; // the fonts whose letters the made picture of its cover shows
};

class EditionCover {
public:
    // `print`: the stylesheet of the edition's PDF, for the size of its pages; nullptr: it has none.
    EditionCover(const CoverMaker::Surroundings& surroundings, const Edition& edition, const Stylesheet* print,
                 SourceMap& sources, Diagnostics& diagnostics);

    // The book with the picture of its cover: a JPEG for reading systems, a drawing for paper. The same book where nothing has
    // to be done. `raster` false: it is only looked at (bifolio check), and stands for nothing.
    CoveredBook on_screen(const std::shared_ptr<const Book>& book, bool raster, Diagnostics& diagnostics) const;
    CoveredBook on_paper(const std::shared_ptr<const Book>& book, Diagnostics& diagnostics) const;
    // The user's picture.
    void check_picture(const Book& book, Report& report, Diagnostics& diagnostics) const;
    // What `cover-images` asks for.
    std::vector<CoverFile> images(const Book& book, Diagnostics& diagnostics) const;

private:
    bool has_made_cover(const Book& book) const;
    struct PicturePage;
    PicturePage picture_page(const Book& book, Diagnostics& diagnostics) const;
    void check_drawing(const Book& book, Report& report, Diagnostics& diagnostics) const;

    CoverMaker::Surroundings in_;
    const Edition& edition_;
    std::vector<RetailProfile> shops_; // where there is a user's picture: what all shops say of covers
    std::optional<CoverMaker> maker_;  // where the plan makes a cover, or a user's drawing is looked at
};

} // namespace bifolio
