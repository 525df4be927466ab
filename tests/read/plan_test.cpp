// Whole books in memory: that every key reaches its place in the model.
#include "read/read_manuscript.h"
#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

constexpr std::string_view png = "\x89PNG\r\n\x1a\n…";

struct Book {
    MemoryFiles files;
    SourceMap sources;
    Diagnostics diagnostics;

    Manuscript read(const std::string& path = "book", const ReadOptions& options = {}) {
        Manuscript manuscript = read_manuscript(path, files, options, TaskPool(2), sources, diagnostics);
        for (const Diagnostic& d : diagnostics.all()) UNSCOPED_INFO(render(d, sources));
        return manuscript;
    }
    std::string messages() const {
        std::string all;
        for (const Diagnostic& d : diagnostics.all()) all += d.code + "\n";
        return all;
    }
};

// In a paragraph or a figure.
const Image& first_image(const Blocks& blocks) {
    static const Image none;
    for (const Block& block : blocks) {
        if (const auto* figure = std::get_if<Figure>(&block.node)) return first_image(figure->body);
        const auto* paragraph = std::get_if<Paragraph>(&block.node);
        if (!paragraph) continue;
        for (const Inline& i : paragraph->body)
            if (const auto* image = std::get_if<Image>(&i.node)) return *image;
    }
    FAIL("no picture");
    return none;
}

} // namespace

TEST_CASE("every key of book.yaml reaches the plan") {
    Book book;
    book.files.put("book/a.md", "# A\n\nText.\n");
    book.files.put("book/x/b.md", "# B\n\nText.\n");
    book.files.put("book/c.png", std::string(png));
    book.files.put("book/own.css", "");
    book.files.put("book/clinics.csv", "name\nNorth\n");
    book.files.put("book/who.yaml", "ann: {name: Ann}\n");
    book.files.put("book/book.yaml", R"(
title: Sleep well
subtitle: And rest
language: en-GB
identifier: urn:uuid:1
isbn: 978-0-306-40615-7
publisher: P
place: Leeds
rights: "© 2026"
date: 2026-09-01
edition: Second edition
version: 1.0
print-code: X-1
cover: ./c.png
description: >-
  Two
  lines.
keywords: [a, b]
hyphenation: [ADHD, methyl-pheni-date]
authors: ann
editors: [bo, "Cy Poe"]
back-cover: |
  One.

  Two.
contents-depth: 3
bios: book-end
lists: tables
people: who.yaml
contents:
  - a.md
  - part: Part
    articles:
      - {article: ./x/b.md, matter: back}
editions:
  print:
    format: [pdf, epub, pdf]
    styles: own.css
    page: letter
    font: Inter, sans-serif
    font-size: 10.5pt
    title: Short
    each: article
    clinics: clinics.csv
    include: [b, a.md]
    impose: {fold: booklet, sheet: {width: 300mm, height: 10in}}
    bios: both
    contents-depth: 0
    embed-fonts: true
    conformance: pdf/ua-1
  plain:
)");
    const Manuscript made = book.read();
    CHECK(book.messages().empty());
    const BookPlan& plan = made.plan;
    CHECK(plan.title == "Sleep well");
    CHECK(plan.subtitle == "And rest");
    CHECK(plan.language == "en-GB");
    CHECK(plan.identifier == "urn:uuid:1");
    CHECK(plan.isbn == "978-0-306-40615-7");
    CHECK(plan.publisher == "P");
    CHECK(plan.place == "Leeds");
    CHECK(plan.rights == "© 2026");
    CHECK(plan.date == Date{2026, 9, 1});
    CHECK(plan.edition == "Second edition");
    CHECK(plan.version == "1.0");
    CHECK(plan.print_code == "X-1");
    CHECK(plan.cover.value == "c.png");
    CHECK(plan.description == "Two lines.");
    CHECK(plan.keywords == std::vector<std::string>{"a", "b"});
    REQUIRE(plan.hyphenation.size() == 2);
    CHECK(plan.hyphenation[0].word == "ADHD");
    CHECK(plan.hyphenation[1].word == "methyl-pheni-date");
    CHECK(plan.hyphenation[1].language.empty());
    CHECK(plan.authors.at(0).value == "ann");
    CHECK(plan.editors.at(1).value == "Cy Poe");
    CHECK(plan.back_cover.size() == 2);
    CHECK(plan.contents_depth == 3);
    CHECK(plan.bios == BioPlace::book_end);
    CHECK(plan.list_of_tables);
    CHECK_FALSE(plan.list_of_figures);
    CHECK(made.people.contains("ann"));
    REQUIRE(plan.contents.size() == 2);
    CHECK(plan.contents[1].title.value == "Part");
    CHECK(plan.contents[1].articles.at(0).path.value == "x/b.md");
    CHECK(plan.contents[1].articles.at(0).matter == Matter::back);
    REQUIRE(plan.editions.size() == 2);
    const Edition& print = plan.editions[0];
    CHECK(print.formats == std::vector{OutputFormat::epub, OutputFormat::pdf});
    CHECK(print.styles.at(0).value == "own.css");
    CHECK(print.page->width == Length::mm(215.9));
    CHECK(print.font == "Inter, sans-serif");
    CHECK(print.font_size == Length::pt(10.5));
    CHECK(print.title == "Short");
    CHECK(print.each == EditionScope::article);
    CHECK(print.clinics.value == "clinics.csv");
    CHECK(print.include.size() == 2);
    CHECK(print.fold == Fold::booklet);
    CHECK(print.sheet.width == Length::mm(300));
    CHECK(print.sheet.height == Length::pt(720));
    CHECK(print.bios == BioPlace::both);
    CHECK(print.contents_depth == 0);
    CHECK(print.embed_fonts == EmbeddedFonts::woff2);
    CHECK(print.conformance == std::vector<std::string>{"PDF/UA-1"});
    CHECK(plan.editions[1].formats.size() == 2);
    CHECK(made.clinics.at("clinics.csv").size() == 1);
    CHECK(made.resources.at("c.png").media_type == "image/png");
}

TEST_CASE("words are divided for all languages or for each, one word an entry") {
    Book book;
    book.files.put("book/a.md", "# A\n\nText.\n");
    book.files.put("book/book.yaml", "title: T\nlanguage: en\nhyphenation:\n  en-GB: [Cam-bridge]\n  de: Schul-aufgabe\n"
                                     "  no language: x-y\n  pl: [two words]\n");
    const auto made = book.read();
    REQUIRE(made.plan.hyphenation.size() == 2);
    CHECK(made.plan.hyphenation[0].language == "en-GB");
    CHECK(made.plan.hyphenation[1].word == "Schul-aufgabe");
    std::string codes;
    for (const Diagnostic& one : book.diagnostics.all()) codes += one.code + " ";
    CHECK(codes.find("read.bad-language") != codes.npos);
    CHECK(codes.find("read.bad-word") != codes.npos);
}

TEST_CASE("front matter of all dialects reaches the article") {
    Book book;
    book.files.put("a.md", R"(---
title: "A *fine* title"
subtitle: Sub
summary: Short.
description: For catalogues.
lang: cy
author: [ann, {name: Bo Fox, orcid: 1}]
reviewers: cy
editor: di
date: 2026-01-05 10:00:00 +0100
reviewed: 2026-02-01
next-review: 2027-02-01
version: 1.10
print-code: X
tags: [one, two]
notices: n
web-address: https://example.org/a
references:
  - "*Plain* entry."
  - id: r1
    authors: Poe C
    title: A study
    container: Journal 1:2
    publisher: Press
    year: 2020
    url: https://example.org/r
  - {id: r2, text: "Ready [made](https://example.org)."}
  - {title: "Why?", year: 2021}
---
# A fine title {#top}

Text.
)");
    const Manuscript made = book.read("a.md");
    CHECK(book.messages().empty());
    const Article& article = made.articles.at(0);
    const FrontMatter& front = article.front_matter;
    CHECK(plain_text(article.title) == "A fine title");
    CHECK(article.title_info.id == "top");
    CHECK(article.body.size() == 1);
    CHECK(made.plan.title == "A fine title");
    CHECK(made.plan.language == "cy");
    CHECK(front.summary.value == "Short.");
    CHECK(front.description.value == "For catalogues.");
    CHECK(front.authors.at(1).value == "Bo Fox");
    CHECK(front.reviewers.at(0).value == "cy");
    CHECK(front.editors.at(0).value == "di");
    CHECK(front.published->value == Date{2026, 1, 5});
    CHECK(front.next_review->value == Date{2027, 2, 1});
    CHECK(front.version.value == "1.10");
    CHECK(front.keywords == std::vector<std::string>{"one", "two"});
    CHECK(front.notices.at(0).value == "n");
    CHECK(front.web_address.value == "https://example.org/a");
    REQUIRE(front.references.size() == 4);
    CHECK(plain_text(front.references[0].text) == "Plain entry.");
    CHECK(plain_text(front.references[1].text) == "Poe C. A study. Journal 1:2. Press, 2020. https://example.org/r");
    CHECK(front.references[1].info.id == "r1");
    CHECK(plain_text(front.references[2].text) == "Ready made.");
    CHECK(plain_text(front.references[3].text) == "Why? 2021.");
}

TEST_CASE("people, notices and the glossary keep all that is written") {
    Book book;
    book.files.put("b/a.md", "# A\n\nText.\n");
    book.files.put("b/m/p.png", std::string(png));
    book.files.put("b/book.yaml", "title: T\nlanguage: en\nauthors: [ann]\ncontents: [a.md]\n");
    book.files.put("b/people.yaml", "ann:\n  name: Ann\n  credentials: MD\n  role: Doctor\n  url: https://example.org\n  bio: "
                                    "|\n    One.\n\n    ![x](m/p.png)\n"
                                    "  portrait: {file: m/p.png, alt: Ann, kind: likeness}\n  pseudonym: true\n  interests: "
                                    "None.\n  disclosures: [One., Two.]\n");
    book.files.put(
        "b/notices.yaml",
        "n:\n  title: Note\n  kind: emergency\n  where: [book-front, every-bio]\n  text: >-\n    One\n    line.\n\n    Two.\n");
    book.files.put("b/glossary.yaml", "attention deficit hyperactivity disorder:\n  abbreviation: ADHD\n  definition: D.\nREM:\n "
                                      " abbreviation: rapid eye movement\n  definition: E.\ntic: F.\n");
    const Manuscript made = book.read("b/book.yaml");
    CHECK(book.messages().empty());
    const Person& ann = made.people.at("ann");
    CHECK(ann.credentials == "MD");
    CHECK(ann.bio.size() == 2);
    CHECK(ann.portrait->kind == PortraitKind::likeness);
    CHECK(ann.portrait->file.value == "m/p.png");
    CHECK(ann.pseudonym);
    CHECK(ann.disclosures.size() == 2);
    const Notice& notice = made.notices.at("n");
    CHECK(notice.kind == NoticeKind::emergency);
    CHECK(notice.rules == std::vector{NoticeRule::book_front, NoticeRule::every_bio});
    CHECK(notice.text.size() == 2);
    REQUIRE(made.glossary.size() == 4);
    CHECK(made.glossary[0].abbreviation == "ADHD");
    CHECK(made.glossary[1].term == "ADHD");
    CHECK(made.glossary[1].abbreviation_of == "attention deficit hyperactivity disorder");
    CHECK(made.glossary[2].abbreviation_of == "rapid eye movement");
    CHECK(plain_text(made.glossary[3].definition) == "F.");
    // A place inside a bio points at its line in people.yaml.
    const Span where = ann.bio[1].info.where;
    CHECK(made.has_people_file);
    CHECK(book.sources.text(where.source).substr(where.begin, 4) == "![x]");
}

TEST_CASE("an entry of the glossary names other forms of its term, and none leads to two entries") {
    Book book;
    book.files.put("b/a.md", "# A\n\nText.\n");
    book.files.put("b/book.yaml", "title: T\nlanguage: en\nglossary-links: false\ncontents: [a.md]\n"
                                  "editions:\n  linked: {format: epub, glossary-links: true}\n  plain: {format: epub}\n");
    book.files.put("b/glossary.yaml",
                   "tic:\n  definition: A.\n  forms: [tics, tic, ' a  tic ']\n"
                   "cognitive behavioural therapy:\n  definition: B.\n  abbreviation: CBT\n  forms: [tics, titration]\n"
                   "titration: {definition: C., forms: CBT}\n");
    const Manuscript made = book.read("b/book.yaml");
    CHECK(made.glossary[0].forms == std::vector<std::string>{"tics", "a tic"});
    CHECK(made.glossary[1].forms.empty());
    CHECK_FALSE(made.plan.glossary_links);
    CHECK(made.plan.editions[0].glossary_links == true);
    CHECK_FALSE(made.plan.editions[1].glossary_links.has_value());
    CHECK(book.messages() == "read.double-form\nread.double-form\nread.double-form\n");
}

TEST_CASE("a picture is found from its article, then from the book, and named by its path in the book") {
    Book book;
    book.files.put("b/articles/a.md", "# A\n\n![x](../media/my%20pic.png)\n");
    book.files.put("b/articles/b.md", "# B\n\n![x](media/my%20pic.png)\n");
    book.files.put("b/media/my pic.png", std::string(png));
    book.files.put("b/book.yaml", "title: T\nlanguage: en\ncontents: [articles/a.md, articles/b.md]\n");
    const Manuscript made = book.read("b");
    CHECK(book.messages().empty());
    for (const Article& article : made.articles) CHECK(first_image(article.body).source == "media/my pic.png");
    CHECK(made.resources.size() == 1);
    CHECK(*made.resources.at("media/my pic.png").bytes == png);
}

TEST_CASE("titles follow the rules: front matter, first heading, first line, file name") {
    const auto title_of = [](const std::string& text, std::size_t* blocks = nullptr) {
        Book book;
        book.files.put("my-file.md", text);
        const Manuscript made = book.read("my-file.md", {.language = "en"});
        if (blocks) *blocks = made.articles.at(0).body.size();
        return plain_text(made.articles.at(0).title);
    };
    std::size_t blocks = 0;
    CHECK(title_of("---\ntitle: A\n---\n# B\n\nText.\n", &blocks) == "A");
    CHECK(blocks == 2);
    CHECK(title_of("## B\n\nText.\n", &blocks) == "B");
    CHECK(blocks == 1);
    CHECK(title_of("Text here.\n\n# B\n\nText.\n", &blocks) == "B");
    CHECK(blocks == 2);
    CHECK(title_of("Text here.\n\n## B\n\nText.\n", &blocks) == "B"); // a section's heading stays with its section
    CHECK(blocks == 3);
    CHECK(title_of("A line\n\nText.\n", &blocks) == "A line");
    CHECK(blocks == 1);
    CHECK(title_of("A line\nand another one.\n", &blocks) == "A line");
    CHECK(blocks == 1);
    CHECK(title_of("A sentence.\n\nIs this one?\n\nText.\n", &blocks) == "Is this one?");
    CHECK(blocks == 2);
    CHECK(title_of(std::string(121, 'x') + "\n\nText.\n", &blocks) == "my-file");
    CHECK(blocks == 2);
    CHECK(title_of(std::string(120, 'x') + "\n\nText.\n") == std::string(120, 'x'));
    CHECK(title_of("") == "my-file");
    CHECK(title_of("Text here.\n\n[^1]: # Of a note\n") == "my-file"); // which nothing calls
}

TEST_CASE("an HTML article gives its title, its language and its text") {
    Book book;
    book.files.put(
        "a.xhtml",
        "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"cy\"><head><title>Site</title></head>"
        "<body><section><h1>Cwsg</h1><p>Un.</p></section></body></html>");
    const Manuscript made = book.read("a.xhtml");
    CHECK_FALSE(book.diagnostics.has_errors());
    CHECK(plain_text(made.articles.at(0).title) == "Cwsg");
    CHECK(made.plan.language == "cy");
    CHECK(plain_text(made.articles.at(0).body) == "Un.");
}

TEST_CASE("a path that cannot be read is the surroundings' fault") {
    Book book;
    CHECK_THROWS_AS(book.read("nowhere.md"), IoError);
    CHECK_THROWS_AS(book.read("nowhere/book.yaml"), IoError);
}

TEST_CASE("the sample book reads without a word of complaint") {
    SourceMap sources;
    Diagnostics diagnostics;
    const Manuscript made = read_manuscript(test::source_dir() / "book", DiskFiles(), {.strict = true, .language = ""},
                                            TaskPool(), sources, diagnostics);
    for (const Diagnostic& d : diagnostics.all()) UNSCOPED_INFO(render(d, sources));
    CHECK(diagnostics.all().empty());
    CHECK(made.articles.size() >= 10);
    CHECK(made.people.size() >= 4);
}

TEST_CASE("articles of strangers read without errors, and each has its title") {
    for (const char* folder :
         {"markdown/articles-jekyll", "health/medquad", "health/nhs-app/ar", "health/nhs-app/ur", "health/nhs-app/en"}) {
        if (!test::has_corpus(folder)) return;
        SourceMap sources;
        Diagnostics diagnostics;
        const Manuscript made = read_manuscript(
            test::corpus(folder), DiskFiles(), {.allow_missing_picture = true, .language = ""}, TaskPool(), sources, diagnostics);
        CHECK(made.articles.size() >= 4);
        for (const Article& article : made.articles) CHECK_FALSE(plain_text(article.title).empty());
        for (const Diagnostic& d : diagnostics.all()) {
            INFO(render(d, sources));
            CHECK(d.where.end <= sources.text(d.where.source).size());
            CHECK(d.code != "read.unknown-key");
            CHECK_FALSE(d.code.starts_with("read.yaml"));
        }
    }
}
