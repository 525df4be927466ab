#include "write/onix/write_onix.h"

#include "support/support.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Book small_book() {
    Book book;
    book.metadata.title = "Sleep & pain";
    book.metadata.subtitle = "A guide";
    book.metadata.language = "cy";
    book.metadata.publisher = "Example Press";
    book.metadata.place = "Bangor";
    book.metadata.rights = "© 2026 Example Press";
    book.metadata.description = "What helps.";
    book.metadata.edition = "Second edition";
    book.metadata.date = Date{2026, 9, 1};
    book.metadata.keywords = {"sleep", "pain"};
    book.metadata.contributors = {{"Jane Doe", "jane", "aut"}, {"Ann Poe", "ann", "edt"}, {"Max Roe", "max", "rev"}};
    book.edition_name = "ebook";
    book.name = "sleep-pain";
    Node text;
    text.element = Element::text;
    text.text = "Four words of text";
    book.nodes.push_back(text);
    return book;
}

AccessibilityClaim made(std::string property, std::string value) { return {std::move(property), std::move(value), true, "", {}}; }

OnixProduct e_book() {
    OnixProduct product;
    product.isbn = "0-306-40615-2";
    product.identifier = "urn:isbn:0306406152";
    product.printed_pages = 120;
    product.bytes = 34567;
    product.accessibility_summary = "All can be read.";
    product.claims = {made("schema:accessModeSufficient", "textual"),
                      made("schema:accessibilityFeature", "alternativeText"),
                      made("schema:accessibilityFeature", "tableOfContents"),
                      made("schema:accessibilityHazard", "none"),
                      made("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
                      made("a11y:certifiedBy", "A. Certifier"),
                      made("a11y:certifierReport", "https://example.org/report")};
    return product;
}

OnixOptions options() {
    OnixOptions out;
    out.producer = "bifolio";
    out.sent = {2026, 10, 2};
    out.accessibility.contact = "access@example.org";
    out.subjects.thema = {"MKG", "VFJ"};
    out.subjects.bic = {"VFJ"};
    out.pseudonyms = {"jane"};
    out.related = {{ProductKind::printed, "978-0-8044-2957-3", true}};
    return out;
}

bool has_code(const std::string& message, std::string_view code) {
    return message.find("<ProductFormFeatureValue>" + std::string(code) + "<") != std::string::npos;
}

} // namespace

TEST_CASE("a message with all that is known of an e-book") {
    check_golden(source_dir() / "tests/golden/onix/e-book/expected.txt", write_onix(small_book(), {e_book()}, options()));
}

TEST_CASE("a printed book has its size and pages, and no e-book's features") {
    OnixProduct product = e_book();
    product.kind = ProductKind::printed;
    product.binding = Binding::stapled;
    product.isbn = "978-0-8044-2957-3";
    product.pages = 24;
    product.printed_pages = 0;
    product.size = PageSize{};
    OnixOptions of_print = options();
    of_print.related = {{ProductKind::epub, "0-306-40615-2", false}};
    check_golden(source_dir() / "tests/golden/onix/printed/expected.txt", write_onix(small_book(), {product}, of_print));
}

TEST_CASE("who supplies the book, where, and for what price") {
    OnixOptions sold = options();
    sold.audience = {Audience::general, Audience::professional};
    SupplyPlan plan;
    plan.supplier = "Example Books";
    plan.role = SupplierRole::distributor;
    plan.territory = {"GB", "IE"};
    plan.rights = SalesRights::exclusive;
    plan.email = "orders@example.org";
    plan.website = "https://example.org/trade";
    sold.supply = OnixSupply{plan, {{"9.99", "GBP"}, {"11.99", "EUR"}}, false};
    check_golden(source_dir() / "tests/golden/onix/supplied/expected.txt", write_onix(small_book(), {e_book()}, sold));

    const auto says = [&](const Book& book, std::string_view words) {
        return write_onix(book, {e_book()}, sold).find(words) != std::string::npos;
    };
    Book book = small_book();
    CHECK(says(book, "<CorporateName>Example Press<"));
    book.metadata.rights = "© 2026 Jane Doe. All rights reserved";
    CHECK_FALSE(says(book, "<CopyrightOwner>")); // who “Jane Doe. All rights reserved” is nobody knows
    book.metadata.rights = "© 2026 Jane Doe";
    CHECK(says(book, "<PersonName>Jane Doe</PersonName>\n        </CopyrightOwner>"));
    sold.supply->is_free = true;
    CHECK(says(book, "<UnpricedItemType>01<"));
    CHECK_FALSE(says(book, "<Price>"));
    sold.supply->is_free = false;
    sold.supply->prices.clear();
    sold.supply->plan.territory = {"WORLD"};
    sold.supply->plan.rights.reset();
    CHECK(says(book, "<UnpricedItemType>04<"));
    CHECK(says(book, "<RegionsIncluded>WORLD<"));
    CHECK_FALSE(says(book, "<SalesRights>"));
    book.metadata.date = Date{2026, 12, 1}; // after the message is sent
    CHECK(says(book, "<ProductAvailability>10<"));
    CHECK(says(book, "<SupplyDateRole>08<"));
    book.metadata.date.reset();
    CHECK(says(book, "<ProductAvailability>99<"));
}

TEST_CASE("only what is claimed has a code") {
    OnixProduct product = e_book();
    CHECK(has_code(write_onix(small_book(), {product}, options()), "14"));
    for (const char* code : {"04", "82", "85", "90", "94"}) CHECK(has_code(write_onix(small_book(), {product}, options()), code));
    for (const char* code : {"75", "76", "77", "12", "15", "19", "37"})
        CHECK_FALSE(has_code(write_onix(small_book(), {product}, options()), code));

    product.claims[1].made = product.claims[4].made = product.claims[5].made = product.claims[6].made = false;
    product.claims[4].spoilt = {{AccessibilityRule::language, {}, "text in the Arabic script is marked as ‘cy’"}};
    product.claims.push_back(made("a11y:exemption", "eaa-fundamental-alteration"));
    const std::string less = write_onix(small_book(), {product}, options());
    for (const char* code : {"04", "82", "85", "90", "94", "14", "22", "75", "76"}) CHECK_FALSE(has_code(less, code));
    CHECK(has_code(less, "77"));
    CHECK(has_code(less, "11"));
}

TEST_CASE("what is not known is left out, and a wrong ISBN too") {
    Book book;
    book.metadata.title = "Bare";
    book.name = "bare";
    OnixProduct product;
    product.isbn = "978-0-306-40615-8";
    product.identifier = "urn:uuid:1";
    OnixOptions bare;
    bare.producer = "bifolio";
    bare.sent = {2026, 1, 2};
    const std::string message = write_onix(book, {product}, bare);
    for (const char* tag : {"<PublishingDetail", "<CollateralDetail", "<RelatedMaterial", "<ProductIDType>15", "<Subject>"})
        CHECK(message.find(tag) == std::string::npos);
    CHECK(message.find("<NoContributor/>") != std::string::npos);
    CHECK(message.find("<NotificationType>02<") != std::string::npos);
    CHECK(message.find("<LanguageCode>und<") != std::string::npos);
}
