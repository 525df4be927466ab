#include "verify/retail/check_limits.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

RetailLimit limit(LimitedThing what) {
    RetailLimit out;
    out.what = what;
    out.cure = "cure";
    out.source = "source";
    return out;
}

template <class Facts>
std::string found(const RetailLimit& one, const Facts& facts) {
    std::string out;
    for (const RetailFinding& finding : check_limits({"Shop", RetailKind::e_book, {one}}, facts))
        out += std::string(finding.severity == Severity::error ? "error " : "warning ") + finding.message + "\n";
    return out;
}

} // namespace

TEST_CASE("numbers: one more than the most, one less than the least, less than what is asked for") {
    EBookFacts facts;
    facts.pictures.push_back({"images/moon.png", 2000, 2000});
    RetailLimit pixels = limit(LimitedThing::picture_pixels);
    pixels.most = 4'000'000;
    CHECK(found(pixels, facts) == "");
    facts.pictures[0].width = 2001;
    CHECK(found(pixels, facts) ==
          "error Shop: the picture ‘images/moon.png’ has 4,002,000 pixels, and at most 4,000,000 are taken\n");
    facts.pictures[0].is_drawing = true; // it has no pixels
    CHECK(found(pixels, facts) == "");

    facts.cover.push_back({"images/cover.jpg", 1600, 2400});
    RetailLimit height = limit(LimitedThing::cover_height);
    height.least = 1000;
    height.ideal = 2560;
    CHECK(found(height, facts) ==
          "warning Shop: the cover ‘images/cover.jpg’ has 2,400 pixels in height, and 2,560 are asked for\n");
    facts.cover[0].height = 999;
    CHECK(found(height, facts).starts_with("error"));
    facts.cover[0].height = 2560;
    CHECK(found(height, facts) == "");

    facts.cover[0] = {"images/cover.jpg", 1600, 2560, false, false, 3'000'001};
    RetailLimit weight = limit(LimitedThing::cover_kilobytes), area = limit(LimitedThing::cover_pixels),
                shape = limit(LimitedThing::cover_proportion);
    weight.most = 3000;
    CHECK(found(weight, facts) == "error Shop: the cover ‘images/cover.jpg’ has 3,001 kB, and at most 3,000 are taken\n");
    area.most = 4'000'000;
    CHECK(found(area, facts) ==
          "error Shop: the cover ‘images/cover.jpg’ has 4,096,000 pixels, and at most 4,000,000 are taken\n");
    shape.least = 120;
    shape.most = 190;
    CHECK(found(shape, facts) == "");
    facts.cover[0].height = 1600;
    CHECK(found(shape, facts) ==
          "error Shop: the cover ‘images/cover.jpg’ is 1,600 × 1,600 px, which is not 1.2 to 1.9 times as high as wide\n");
    facts.pictures[0].bytes = 5'000'001;
    RetailLimit heavy = limit(LimitedThing::picture_kilobytes);
    heavy.most = 5000;
    CHECK(found(heavy, facts) == "error Shop: the picture ‘images/moon.png’ has 5,001 kB, and at most 5,000 are taken\n");

    facts.bytes = 2'000'000'001;
    RetailLimit file = limit(LimitedThing::file_kilobytes);
    file.most = 2'000'000;
    CHECK(found(file, facts) == "error Shop: the file has 2,000,001 kB, and at most 2,000,000 are taken\n");
    facts.bytes = 2'000'000'000;
    CHECK(found(file, facts) == "");
    facts.documents = {{"text/one.xhtml", 10'000'000}, {"text/two.xhtml", 10'000'001}};
    RetailLimit document = limit(LimitedThing::document_kilobytes);
    document.most = 10'000;
    CHECK(found(document, facts) == "error Shop: the document ‘text/two.xhtml’ has 10,001 kB, and at most 10,000 are taken\n");
}

TEST_CASE("what must be there") {
    EBookFacts facts;
    CHECK(found(limit(LimitedThing::isbn), facts) != "");
    facts.isbns = {"9780306406157"};
    CHECK(found(limit(LimitedThing::isbn), facts) == "");
    CHECK(found(limit(LimitedThing::cover), facts) == "error Shop: the book has no cover\n");
    facts.cover.push_back({"cover.svg", 0, 0, true});
    CHECK(found(limit(LimitedThing::cover), facts) != "");
    facts.cover[0].is_drawing = false;
    CHECK(found(limit(LimitedThing::cover), facts) == "");
    CHECK(found(limit(LimitedThing::page_list), facts) != "");
    facts.has_page_list = true;
    CHECK(found(limit(LimitedThing::page_list), facts) == "");
    facts.cover[0].is_cmyk = true;
    CHECK(found(limit(LimitedThing::picture_colours), facts) != "");
    RetailLimit metadata = limit(LimitedThing::metadata);
    metadata.needs = {"dc:title", "dc:creator"};
    facts.metadata = {"dc:title"};
    CHECK(found(metadata, facts) == "error Shop: the metadata lack dc:creator\n");
}

TEST_CASE("print: the gutter grows with the pages, and bleed is needed only where something reaches the edge") {
    RetailProfile printer{"Printer", RetailKind::print, {}};
    for (const auto& [pages, length] : {std::pair{150, Length::mm(9.5)}, std::pair{300, Length::mm(12.7)}}) {
        RetailLimit gutter = limit(LimitedThing::gutter);
        gutter.up_to_pages = pages;
        gutter.length = length;
        printer.limits.push_back(gutter);
    }
    PrintFacts facts;
    facts.gutter = Length::mm(10);
    facts.gutter_page = "7";
    facts.pages = 150;
    CHECK(check_limits(printer, facts).empty());
    facts.pages = 151;
    REQUIRE(check_limits(printer, facts).size() == 1);
    CHECK(check_limits(printer, facts)[0].message ==
          "Printer: the margin at the binding is 10.00 mm on page 7, and at least 12.70 mm are needed");

    RetailLimit bleed = limit(LimitedThing::bleed);
    bleed.length = Length::mm(3);
    CHECK(found(bleed, facts) == "");
    facts.reaches_edge = true;
    CHECK(found(bleed, facts) != "");
    facts.bleed = Length::mm(3);
    CHECK(found(bleed, facts) == "");

    RetailProfile edges{"Printer", RetailKind::print, {limit(LimitedThing::outer_margin), limit(LimitedThing::outer_margin)}};
    edges.limits[0].length = Length::mm(6.35);
    edges.limits[1].length = Length::mm(9.525);
    edges.limits[1].with_bleed = true;
    facts.outer_margin = Length::mm(6);
    REQUIRE(check_limits(edges, facts).size() == 1);
    CHECK(check_limits(edges, facts)[0].message.ends_with("and at least 9.52 mm are needed"));
    facts.reaches_edge = false;
    CHECK(check_limits(edges, facts)[0].message.ends_with("and at least 6.35 mm are needed"));
    facts.reaches_edge = true;

    for (const LimitedThing what : {LimitedThing::marks, LimitedThing::single_pages, LimitedThing::encryption})
        CHECK(found(limit(what), facts) == "");
    facts.has_marks = facts.has_spreads = facts.is_encrypted = true;
    for (const LimitedThing what : {LimitedThing::marks, LimitedThing::single_pages, LimitedThing::encryption})
        CHECK(found(limit(what), facts) != "");
    RetailLimit pages = limit(LimitedThing::pages);
    pages.least = 152;
    CHECK(found(pages, facts) == "error Shop: the book has 151 pages, and at least 152 are needed\n");
}
