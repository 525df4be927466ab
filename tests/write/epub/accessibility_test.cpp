// Each claim: a book of which it is true, and one of which it is not.
#include "book_builder.h"

#include "support/support.h"
#include "write/epub/write_epub.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>

using namespace bifolio;
using namespace bifolio::test;

namespace {

struct Claimed {
    WrittenEpub written;
    std::string package;

    const AccessibilityClaim* find(std::string_view value) const {
        const auto found = std::ranges::find(written.claims, value, &AccessibilityClaim::value);
        return found == written.claims.end() ? nullptr : &*found;
    }
    // What the package says and what is reported must be the same.
    bool makes(std::string_view value) const {
        const AccessibilityClaim* claim = find(value);
        const bool made = claim && claim->made;
        CHECK(made == (package.find(">" + std::string(value) + "</meta>") != std::string::npos));
        return made;
    }
    std::string spoilt(std::string_view value) const {
        std::string out;
        if (const AccessibilityClaim* claim = find(value))
            for (const AccessibilityFault& fault : claim->spoilt) out += fault.message + "\n";
        return out;
    }
};

struct Options {
    std::string css = "p {\n  margin: 0;\n}\n";
    AccessibilityPlan plan{};
    const ContrastFindings* contrast = nullptr;
    const PageList* pages = nullptr;
};

Claimed claimed(const Book& book, const Options& options = {}) {
    EpubOptions epub;
    epub.css = options.css;
    epub.accessibility = options.plan;
    epub.contrast = options.contrast;
    epub.page_list = options.pages;
    Diagnostics diagnostics;
    const TaskPool pool(1);
    Claimed out{write_epub(book, epub, pool, diagnostics), ""};
    out.package = unpack(out.written.bytes)["OEBPS/package.opf"];
    return out;
}

// A book with nothing wrong in it; `add` puts more into its one section.
Book good_book(const std::function<void(BookBuilder&)>& add = {}, std::string language = "en") {
    BookBuilder builder(std::move(language));
    builder.section("one", "One");
    builder.element(Element::p, "Words.");
    if (add) add(builder);
    return builder.done();
}

Book with_picture(std::vector<Attribute> attributes) {
    return good_book([&](BookBuilder& builder) {
        const ResourceId moon = builder.resource("media/moon-at-night.png", png_of_one_pixel());
        builder.open(Element::p);
        builder.picture(moon, std::move(attributes));
    });
}

void add_table(BookBuilder& builder, Element cell) {
    builder.open(Element::table);
    builder.open(Element::tbody);
    builder.open(Element::tr);
    builder.element(cell, "Dose");
    builder.element(Element::td, "5 mg");
    builder.close();
    builder.close();
    builder.close();
}

AccessibilityPlan declared(std::string standard = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA") {
    AccessibilityPlan plan;
    plan.certified_by = "A. Certifier";
    plan.conforms_to.value = std::move(standard);
    return plan;
}

constexpr const char* aa = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA";
constexpr const char* a = "EPUB Accessibility 1.1 - WCAG 2.2 Level A";

bool conforms(const Book& book, Options options = {}) {
    const ContrastFindings good;
    if (!options.contrast) options.contrast = &good;
    options.plan = declared();
    return claimed(book, options).makes(aa);
}

} // namespace

TEST_CASE("a cover, portraits, logos and decoration make no book one that has to be seen") {
    const auto with = [](std::string_view figure, std::vector<std::string> classes, std::vector<Attribute> attributes) {
        return good_book([&](BookBuilder& builder) {
            const ResourceId moon = builder.resource("media/moon-at-night.png", png_of_one_pixel());
            builder.open(Element::figure, figure);
            builder.node(builder.picture(moon, std::move(attributes))).info.classes = std::move(classes);
        });
    };
    const std::vector<Attribute> words{{"alt", "Jane Doe, with short hair"}};
    CHECK(claimed(with("", {}, words)).makes("visual"));
    CHECK(claimed(with("", {}, words)).find("textual,visual"));
    for (const Book& book : {with("portrait", {}, words), with("", {"clinic-logo"}, words), with("", {}, {{"alt", ""}})}) {
        const Claimed made = claimed(book);
        CHECK_FALSE(made.makes("visual"));
        CHECK_FALSE(made.find("textual,visual"));
        CHECK(made.package.find("accessModeSufficient\">textual<") != std::string::npos);
    }
    Book covered = with("", {}, words);
    covered.cover = ResourceId{0};
    CHECK_FALSE(claimed(covered).makes("visual"));
    CHECK(claimed(covered).makes("alternativeText"));
}

TEST_CASE("pictures: words that describe, words that do not, and none") {
    CHECK(claimed(with_picture({{"alt", "The moon over a house"}})).makes("alternativeText"));
    CHECK(claimed(with_picture({{"alt", "The moon over a house"}})).makes("visual"));
    CHECK(claimed(with_picture({{"alt", "The moon over a house"}})).find("textual,visual")->made);
    CHECK_FALSE(claimed(good_book()).makes("visual"));
    CHECK_FALSE(claimed(good_book()).makes("alternativeText")); // there is none that would need it

    const Claimed none = claimed(with_picture({}));
    CHECK_FALSE(none.makes("alternativeText"));
    CHECK(none.spoilt("alternativeText") == "the picture ‘media/moon-at-night.png’ has no text alternative\n");
    CHECK(none.package.find("accessModeSufficient\">textual<") == std::string::npos);
    CHECK(none.package.find("Pictures with a text alternative: 0 of 1.") != std::string::npos);

    const Claimed decorative = claimed(with_picture({{"alt", ""}}));
    CHECK(decorative.package.find("accessModeSufficient\">textual<") != std::string::npos);
    CHECK_FALSE(decorative.makes("alternativeText"));
    CHECK(decorative.written.to_judge.front().message == "whether the picture ‘media/moon-at-night.png’ only decorates");
}

TEST_CASE("what describes a picture") {
    for (const char* words : {"image", "Image", "Photo 3", "picture.", "IMG_0042", "DSC 1234", "moon-at-night.png",
                              "moon at night", "Moon_At_Night", "figure 2", "…", "12", " ", "other.JPG", "Bild", "صورة"})
        CHECK_FALSE(describes(words, "media/moon-at-night.png"));
    for (const char* words :
         {"The moon", "A photo of the moon at night", "Logo of the trust", "القمر", "月", "Version 2.png is wrong"})
        CHECK(describes(words, "media/moon-at-night.png"));
}

TEST_CASE("features that hang on what is in the book") {
    const Claimed plain = claimed(good_book());
    for (const char* feature :
         {"ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked"})
        CHECK(plain.makes(feature));
    for (const char* feature : {"index", "rubyAnnotations", "longDescription", "pageNavigation", "pageBreakMarkers"})
        CHECK_FALSE(plain.makes(feature));

    const Claimed rich = claimed(good_book([](BookBuilder& builder) {
        builder.open(Element::p);
        builder.open(Element::ruby);
        builder.text("漢");
        builder.element(Element::rt, "kan");
        builder.close();
        builder.close();
        const NodeId there = builder.element(Element::p, "A long description of the moon.", "about-the-moon");
        const ResourceId moon = builder.resource("media/moon.png", png_of_one_pixel());
        builder.open(Element::p);
        builder.picture(moon, {{"alt", "The moon"}, {"aria-describedby", "about-the-moon"}});
        builder.section("index", "Index", SectionKind::index, Matter::back, Element::section);
        builder.open(Element::p);
        builder.link("moon", there);
    }));
    for (const char* feature : {"index", "rubyAnnotations", "longDescription"}) CHECK(rich.makes(feature));

    const Claimed bare = claimed(good_book([](BookBuilder& builder) {
        builder.open(Element::p);
        builder.open(Element::ruby);
        builder.text("漢");
        builder.close();
        builder.section("index", "Index", SectionKind::index, Matter::back, Element::section);
        builder.element(Element::p, "moon 3");
    }));
    CHECK_FALSE(bare.makes("index"));
    CHECK_FALSE(bare.makes("rubyAnnotations"));

    BookBuilder empty;
    CHECK_FALSE(claimed(empty.done()).makes("tableOfContents"));
}

TEST_CASE("headings that skip a level or are empty are no structure to go by") {
    const Claimed skipped = claimed(good_book([](BookBuilder& builder) { builder.heading(4, "Deep", 2); }));
    CHECK_FALSE(skipped.makes("structuralNavigation"));
    CHECK(skipped.spoilt("structuralNavigation") == "the heading of level 4 follows one of level 1\n");
    const Book empty = good_book([](BookBuilder& builder) { builder.element(Element::h2, ""); });
    CHECK_FALSE(claimed(empty).makes("structuralNavigation"));
    CHECK(claimed(good_book([](BookBuilder& builder) {
              builder.heading(2, "Two", 2);
              builder.heading(3, "Three", 3);
              builder.heading(2, "Two again", 2);
          })).makes("structuralNavigation"));
}

TEST_CASE("styles that fix the size of text, or move") {
    Options fixed;
    fixed.css = "p.small {\n  font-size: 9pt;\n}\n";
    CHECK_FALSE(claimed(good_book(), fixed).makes("displayTransformability"));
    CHECK(claimed(good_book(), fixed).spoilt("displayTransformability") == "the rule ‘p.small’ sets font-size: 9pt\n");
    fixed.css = "p {\n  line-height: 14px;\n}\n";
    CHECK_FALSE(claimed(good_book(), fixed).makes("displayTransformability"));
    fixed.css = "p {\n  font-size: 0.9em;\n  line-height: 1.5;\n  border-top: 1px solid;\n  font: italic 1em serif;\n}\n";
    CHECK(claimed(good_book(), fixed).makes("displayTransformability"));

    Options moving;
    moving.css = "@keyframes blink { to { opacity: 0 } }\np {\n  animation: blink 1s;\n}\n";
    CHECK_FALSE(claimed(good_book(), moving).makes("none"));
    CHECK(claimed(good_book(), moving).makes("unknownFlashingHazard"));
    CHECK(claimed(good_book(), moving).makes("noSoundHazard"));
    CHECK_FALSE(conforms(good_book(), moving));
    CHECK(claimed(good_book()).makes("none"));
}

TEST_CASE("conformity needs a person's word and nothing that speaks against it") {
    CHECK(conforms(good_book()));
    CHECK_FALSE(claimed(good_book()).makes(aa));
    const ContrastFindings good;
    Options options{.plan = declared(), .contrast = &good};
    options.plan.certified_by.clear();
    CHECK_FALSE(claimed(good_book(), options).makes(aa));
    options.plan = declared();
    options.plan.conforms_to.value.clear();
    CHECK_FALSE(claimed(good_book(), options).makes(aa));

    CHECK_FALSE(conforms(with_picture({})));
    CHECK_FALSE(conforms(with_picture({{"alt", "image"}})));
    CHECK(conforms(with_picture({{"alt", "The moon over a house"}})));
    CHECK(conforms(good_book([](BookBuilder& builder) { add_table(builder, Element::th); })));
    CHECK_FALSE(conforms(good_book([](BookBuilder& builder) { add_table(builder, Element::td); })));
    CHECK_FALSE(conforms(good_book([](BookBuilder& builder) { builder.heading(3, "Three", 3); })));
    CHECK_FALSE(conforms(good_book([](BookBuilder& builder) {
        builder.open(Element::p);
        builder.node(builder.element(Element::a, "")).info.attributes = {{"href", "https://example.org/"}};
    })));
    CHECK_FALSE(conforms(good_book([](BookBuilder& builder) { builder.element(Element::p, "الدواء يؤخذ مرتين"); })));
    CHECK(conforms(good_book([](BookBuilder& builder) {
        builder.node(builder.element(Element::p, "الدواء يؤخذ مرتين")).info.language = "ar";
        builder.element(Element::p, "The α and β receptors"); // signs are no other language
    })));
    CHECK_FALSE(conforms(good_book({}, "und")));
    Options fixed;
    fixed.css = "p {\n  font-size: 9pt;\n}\n";
    CHECK_FALSE(conforms(good_book(), fixed));
}

TEST_CASE("contrast: level AA needs it, level A does not") {
    ContrastFindings bad;
    bad.faults = bad.below_enhanced = {{AccessibilityRule::contrast, {}, "text in #aaaaaa on #ffffff has a contrast of 2.32:1"}};
    Options options{.plan = declared(), .contrast = &bad};
    CHECK_FALSE(claimed(good_book(), options).makes(aa));
    CHECK_FALSE(claimed(good_book(), options).makes("highContrastDisplay"));
    options.plan = declared(a);
    CHECK(claimed(good_book(), options).makes(a));
    options.contrast = nullptr; // nobody has looked
    CHECK_FALSE(claimed(good_book(), options).makes("highContrastDisplay"));
    options.plan = declared();
    CHECK_FALSE(claimed(good_book(), options).makes(aa));
    const ContrastFindings good;
    options.contrast = &good;
    CHECK(claimed(good_book(), options).makes("highContrastDisplay"));
    CHECK_FALSE(claimed(with_picture({{"alt", "The moon"}}), options).makes("highContrastDisplay")); // words may stand in it
}

TEST_CASE("the contrast of text by its styles, the nearest background and the size of the letters") {
    CHECK(contrast_ratio(Colour::black(), Colour::white()) == Approx(21));
    CHECK(contrast_ratio({0x77, 0x77, 0x77}, Colour::white()) == Approx(4.478).epsilon(0.001));

    BookBuilder builder;
    builder.section("one", "One");
    const NodeId box = builder.open(Element::div);
    const NodeId grey = builder.element(Element::p, "Grey.");
    const NodeId again = builder.element(Element::p, "Grey again.");
    const NodeId large = builder.element(Element::p, "Large.");
    const NodeId hidden = builder.element(Element::p, "Hidden.");
    auto book = std::make_shared<Book>(builder.done());
    for (const NodeId id : {grey, again, large, hidden}) book->nodes[index(id)].info.where = {SourceId{1}, index(id), index(id)};
    StyledBook styled;
    styled.book = book;
    styled.styles.resize(5);
    styled.styles[1].background_colour = {0xEE, 0xEE, 0xEE};
    styled.styles[2].colour = styled.styles[3].colour = styled.styles[4].colour = {0x77, 0x77, 0x77};
    styled.styles[3].font_size = Length::pt(18);
    styled.styles[4].display = Display::none;
    styled.style_of.assign(book->nodes.size(), 0);
    const auto style = [&](NodeId id, std::uint32_t which) {
        for (std::uint32_t at = index(id); at < index(book->node(id).end); ++at) styled.style_of[at] = which;
    };
    style(box, 0);
    styled.style_of[index(box)] = 1;
    style(grey, 2);
    style(again, 2);
    style(large, 3);
    style(hidden, 4);
    ContrastFindings found = check_contrast(styled);
    REQUIRE(found.faults.size() == 1); // once, where it first stands; large text may be as pale
    CHECK(found.faults[0].message == "text in #777777 on #eeeeee has a contrast of 3.85:1");
    CHECK(found.faults[0].where.begin == index(grey));
    CHECK(found.below_enhanced.size() == 2);
    styled.styles[2].colour = {0x50, 0x50, 0x50};
    CHECK(check_contrast(styled).faults.empty());
    styled.styles[1].opacity = 0.5;                   // what is behind shows through
    CHECK(check_contrast(styled).faults.size() == 2); // of both sizes
}

TEST_CASE("who certifies it, on what grounds, and an exemption from the law") {
    const ContrastFindings good;
    Options options{.plan = declared(), .contrast = &good};
    options.plan.certifier_credentials = {"Level 3 auditor", "https://example.org/credential"};
    options.plan.certifier_report = "https://example.org/report";
    options.plan.exemption = AccessibilityExemption::microenterprise;
    const Claimed conforming = claimed(good_book(), options);
    for (const char* line :
         {"<meta property=\"dcterms:conformsTo\" id=\"conformity\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>",
          "<meta property=\"a11y:certifiedBy\" refines=\"#conformity\" id=\"certifier\">A. Certifier</meta>",
          "<meta property=\"a11y:certifierCredential\" refines=\"#certifier\">Level 3 auditor</meta>",
          "<link rel=\"a11y:certifierCredential\" refines=\"#certifier\" href=\"https://example.org/credential\"/>",
          "<link rel=\"a11y:certifierReport\" refines=\"#certifier\" href=\"https://example.org/report\"/>"}) {
        INFO(conforming.package);
        CHECK(conforming.package.find(line) != std::string::npos);
    }
    CHECK(epubcheck(conforming.written.bytes) == "");
    CHECK_FALSE(conforming.makes("eaa-microenterprise")); // what conforms needs no exemption
    CHECK(conforming.package.find("has not been assessed") == std::string::npos);

    const Claimed failing = claimed(with_picture({}), options);
    CHECK(failing.makes("eaa-microenterprise"));
    CHECK(epubcheck(failing.written.bytes) == "");
    CHECK(failing.package.find("certifi") == std::string::npos);
    options.plan.certifier_report = "in the drawer";
    CHECK(claimed(good_book(), options).package.find("certifierReport") == std::string::npos);
}

TEST_CASE("the summary is in the book's language, or as people have written it") {
    CHECK(claimed(good_book({}, "de")).package.find("xml:lang=\"de\" dir=\"ltr\">Der Text passt sich") != std::string::npos);
    CHECK(claimed(good_book({}, "ar")).package.find("xml:lang=\"ar\" dir=\"rtl\">يتكيف") != std::string::npos);
    CHECK(claimed(good_book({}, "fi")).package.find("xml:lang=\"en\" dir=\"ltr\">The text adapts") != std::string::npos);
    Options options;
    options.plan.summary = "All that matters is said in words.";
    CHECK(claimed(good_book({}, "fi"), options).package.find("xml:lang=\"fi\" dir=\"ltr\">All that matters is said in words.<") !=
          std::string::npos);
}
