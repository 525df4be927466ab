#include "style/book_maker.h"

#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

TEST_CASE("the program's own style sheets are read without a message") {
    for (const Medium medium : {Medium::print, Medium::screen})
        for (const std::string name : {"base.css", "print.css", "epub.css", "leaflet.css", "large-print.css"}) {
            const DiskFiles disk;
            SourceMap sources;
            Diagnostics diagnostics;
            if (!disk.exists(source_dir() / "styles" / name)) continue;
            read_stylesheets({{source_dir() / "styles" / name, StyleSource::Level::program, {}}}, {}, medium, disk, sources,
                             diagnostics);
            std::string messages;
            for (const Diagnostic& one : diagnostics.all()) messages += render(one, sources);
            CHECK(messages == "");
        }
}

TEST_CASE("a paragraph takes size, colour and indent from the rules that match it") {
    const Styled styled =
        style_book("<p id=\"a\" class=\"lead\">x</p><p id=\"b\">y</p>",
                   "body { font-size: 10pt } p { text-indent: 1em; color: #333 } p.lead { font-size: 150%; text-indent: 0 }");
    CHECK(styled.messages() == "");
    CHECK(styled.style("a").font_size == Length::pt(15));
    CHECK(styled.style("a").text_indent == Dimension::of({}));
    CHECK(styled.style("b").text_indent == Dimension::of(Length::pt(10)));
    CHECK(styled.style("b").colour == Colour{0x33, 0x33, 0x33, 255});
}
