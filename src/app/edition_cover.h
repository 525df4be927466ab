// edition_cover.h: the cover of one edition's books: made from the title or the user's picture; held against what bookshops take;
// as files for them.
//
// Shops      Amazon KDP: 625 × 1000 px at least, 10,000 at most, 50 MB, RGB, 1600 × 2560 at best; Apple Books: 1400 px wide at
// least, no
//            picture inside the book above 4 million pixels. What a picture lacks is a warning: the book is whole without it.
// Errors     As in cover.h; app.cover-size, app.cover-colour of pictures; app.no-cover where shop pictures are asked for and
// there
//            is none.
// Threads    All const calls are safe from any thread.
#pragma once

#include "app/cover.h"
#include "app/report.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

struct CoverFile {
    std::string name; // “cover.jpg”
    std::string bytes;
};

class EditionCover {
public:
    // `print`: the stylesheet of the edition's PDF, for the size of its pages; nullptr: it has none.
    EditionCover(const CoverMaker::Surroundings& surroundings, const Edition& edition, const Stylesheet* print,
                 SourceMap& sources, Diagnostics& diagnostics);

    // The book with the picture of its cover: a JPEG for reading systems, a drawing for paper. The same book where nothing has
    // to be done. `raster` false: it is only looked at (bifolio check), and stands for nothing.
    std::shared_ptr<const Book> on_screen(const std::shared_ptr<const Book>& book, bool raster, Diagnostics& diagnostics) const;
    std::shared_ptr<const Book> on_paper(const std::shared_ptr<const Book>& book, Diagnostics& diagnostics) const;
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
    std::optional<CoverMaker> maker_; // where the plan makes a cover, or a user's drawing is looked at
};

} // namespace bifolio
