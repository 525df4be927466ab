#include "verify/epub/verify_epub.h"

#include "io/zip_archive.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <set>

using namespace bifolio;

namespace {

constexpr const char* package =
    "<package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='i' xml:lang='en'>"
    "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='i'>urn:x:1</dc:identifier><dc:title>T</dc:title>"
    "<dc:language>en</dc:language><meta property='dcterms:modified'>2026-01-01T00:00:00Z</meta></metadata><manifest>"
    "<item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
    "<item id='s' href='s.css' media-type='text/css'/><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest>"
    "<spine><itemref idref='c'/></spine></package>";
constexpr const char* navigation =
    "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title>N</title></head><body>"
    "<nav epub:type='toc'><ol><li><a href='c.xhtml'>C</a></li></ol></nav></body></html>";
constexpr const char* chapter =
    "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops' lang='en'><head><title>C</title>\n"
    "<link rel='stylesheet' href='s.css'/></head><body><h1 id='h'>One</h1><p style='margin: 0'>Text <a href='#h' "
    "epub:type='noteref' "
    "role='doc-noteref'>up</a>.</p>\n<table><tr><th>a</th></tr></table><ol start='2'><li>x</li></ol></body></html>";
constexpr const char* style = "p { margin: 0; background: none }\n@media print { p { color: red } }";

EpubVerdict verdict_on(std::string opf, std::string nav, std::string document, std::string css) {
    const TaskPool pool(1);
    std::string bytes = write_zip(
        {stored_entry("mimetype", "application/epub+zip"),
         stored_entry("META-INF/container.xml",
                      "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile "
                      "full-path='a.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"),
         stored_entry("a.opf", std::move(opf)), stored_entry("nav.xhtml", std::move(nav)),
         stored_entry("c.xhtml", std::move(document)), stored_entry("s.css", std::move(css))});
    return verify_epub(EpubContainer::of_archive(std::move(bytes), pool),
                       {EpubStandard::epub_3_3, EpubStandard::epub_accessibility_1_1}, pool);
}

} // namespace

TEST_CASE("each rule of EPUB has a number of its own, a title and a cure") {
    std::set<std::string_view> numbers;
    for (const EpubChapter& chapter_of_rules : epub_chapters())
        for (const EpubRule& rule : chapter_of_rules.rules) {
            INFO(rule.number);
            CHECK(numbers.insert(rule.number).second);
            CHECK(rule.title.size() > 5);
            CHECK((rule.cure.ends_with('.') || rule.cure.ends_with(')')));
        }
    CHECK(numbers.size() > 200);
}

TEST_CASE("a finding says where") {
    std::string broken = chapter;
    broken.replace(broken.find("<p style"), 2, "<p dir='up'");
    const EpubVerdict verdict = verdict_on(package, navigation, broken, style);
    REQUIRE(verdict.findings.count("EPUB RSC-005.html-value") == 1);
    const auto found = std::ranges::find(verdict.findings.all(), "EPUB RSC-005.html-value", &EpubFinding::rule);
    CHECK(found->path == "c.xhtml");
    CHECK(found->place.line == 2);
    CHECK(verdict_on(package, navigation, chapter, style).findings.count("EPUB RSC-005.html-value") == 0);
}

TEST_CASE("whatever the documents hold, there is a verdict") {
    const std::string originals[]{package, navigation, chapter, style};
    const std::string_view pieces[]{"<",       ">",     "'", "&", ";",    "#",   "{", "}",  "url(",
                                    "http://", "data:", " ", "",  "\xFF", "../", "%", "::", "-"};
    std::uint32_t state = 7;
    const auto next = [&](std::size_t below) {
        state = state * 1664525u + 1013904223u;
        return (state >> 8) % below;
    };
    for (int round = 0; round < 1500; ++round) {
        std::string changed[]{originals[0], originals[1], originals[2], originals[3]};
        std::string& one = changed[next(4)];
        for (std::size_t i = 0; i <= next(4); ++i) {
            // Within an attribute's value or between tags, so that most documents stay well-formed.
            const std::size_t at = next(one.size());
            const std::string_view piece = pieces[next(std::size(pieces))];
            one.replace(at, next(3), piece);
        }
        const EpubVerdict verdict = verdict_on(changed[0], changed[1], changed[2], changed[3]);
        CHECK(verdict.standards.size() == 2);
    }
}
