#include "verify/epub/epub_publication.h"

#include "io/zip_archive.h"
#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

std::string archive_of(std::string_view chapter) {
    return write_zip(
        {stored_entry("mimetype", "application/epub+zip"),
         deflated_entry("META-INF/container.xml",
                        "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
                        "<rootfile full-path='OPS/a.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"),
         deflated_entry("OPS/a.opf", "<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><manifest>"
                                     "<item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
                                     "<item id='c' href='a%20b.xhtml' media-type='application/xhtml+xml'/></manifest>"
                                     "<spine><itemref idref='c'/><itemref idref='n' linear='no'/></spine></package>"),
         deflated_entry("OPS/nav.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'/>"),
         deflated_entry("OPS/a b.xhtml", chapter)});
}

} // namespace

TEST_CASE("an EPUB is its spine's documents as trees, in order") {
    const TaskPool pool(2);
    const EpubPublication epub(EpubContainer::of_archive(archive_of("<html xmlns='http://www.w3.org/1999/xhtml'>\n <p id=' x '>a &lt; "
                                                         "<![CDATA[b]]><em>c</em></p></html>"),
                                              pool),
                        pool);
    CHECK(epub.container().first_name() == "mimetype");
    CHECK(epub.container().first_is_stored());
    CHECK_FALSE(epub.container().first_has_extra_field());
    REQUIRE(epub.spine().size() == 2);
    const EpubDocument& chapter = *epub.spine()[0];
    CHECK(chapter.path == "OPS/a b.xhtml");
    CHECK(epub.navigation() == epub.spine()[1]);
    const XmlNode* paragraph = chapter.xml.root->child(xml_space::xhtml, "p");
    REQUIRE(paragraph);
    CHECK(text_of(*paragraph) == "a < bc");
    CHECK(paragraph->place.line == 2);
    CHECK(paragraph->place.column == 2);
    CHECK(chapter.ids.at("x") == paragraph);
}

TEST_CASE("a document that is not well-formed says where, and nothing is fetched or blown up") {
    const auto error = [](std::string_view text) { return read_xml(text).error; };
    CHECK(error("<a><b/></a>").empty());
    CHECK(read_xml("<a>\n<b></a>").error_place.line == 2);
    for (const char* bad : {"", "<a>", "<a x='1' x='2'/>", "<a>&nbsp;</a>", "<a><b></a></b>", "<p:a/>", "<a/><b/>", "<a>\x01</a>",
                            "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>&nbsp;</a>",
                            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"}) {
        INFO(bad);
        CHECK_FALSE(error(bad).empty());
    }
    std::string laughs = "<!DOCTYPE a [<!ENTITY e0 'ha'>";
    for (int i = 1; i < 30; ++i) {
        laughs += "<!ENTITY e" + std::to_string(i) + " '";
        for (int k = 0; k < 10; ++k) laughs += "&e" + std::to_string(i - 1) + ";";
        laughs += "'>";
    }
    CHECK_FALSE(error(laughs + "]><a>&e29;</a>").empty());
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    CHECK_FALSE(error(deep).empty());
}

TEST_CASE("addresses are resolved as paths of the container") {
    const Address plain = resolve("OPS/text/a.xhtml", "../img/a%20b.png?x#y%2Fz");
    CHECK(plain.path == "OPS/img/a b.png");
    CHECK(plain.fragment == "y/z");
    CHECK(plain.has_query);
    CHECK_FALSE(plain.leaks);
    CHECK(resolve("OPS/a%20b/c.xhtml", "#x").path == "OPS/a%20b/c.xhtml");
    CHECK(resolve("OPS/a%20b/c.xhtml", "d.xhtml").path == "OPS/a%20b/d.xhtml");
    CHECK(resolve("OPS/a.xhtml", "../../b").leaks);
    CHECK(resolve("OPS/a.xhtml", "/b").absolute);
    CHECK(resolve("a", "https://example.org/x y").kind == Address::Kind::malformed);
    CHECK(resolve("a", "https://example.org/x").kind == Address::Kind::remote);
    CHECK(resolve("a", "mailto:x@example.org").kind == Address::Kind::opaque);
    CHECK(resolve("a", "data:text/plain,x").kind == Address::Kind::data);
}

TEST_CASE("cut or changed archives never crash the reader") {
    const TaskPool pool(1);
    const std::string whole = archive_of("<html xmlns='http://www.w3.org/1999/xhtml'/>");
    std::uint32_t state = 1;
    for (int round = 0; round < 300; ++round) {
        std::string changed = whole;
        for (int i = 0; i < 4; ++i) {
            state = state * 1664525u + 1013904223u;
            changed[(state >> 8) % changed.size()] = static_cast<char>(state >> 24);
        }
        if (round % 3 == 0) changed.resize((state >> 4) % changed.size());
        try {
            const EpubPublication epub(EpubContainer::of_archive(std::move(changed), pool), pool);
            CHECK(epub.spine().size() <= 2);
        } catch (const UnreadableEpub&) {}
    }
}
