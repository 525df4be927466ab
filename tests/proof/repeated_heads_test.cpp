// What pages repeat of a table is held against the table, not against the layout's own account of it.
#include "layout/page/paginate_support.h"
#include "proof/expected_pages.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Layout table_over_pages(const std::string& css = "") {
    std::string rows;
    for (int i = 0; i < 90; ++i) rows += "<tr><td>row " + std::to_string(i) + "</td><td>words</td></tr>";
    return lay_out(
        {"<section><p>before</p><table><caption>Doses, in well-known units</caption><thead><tr><th>Weight</th><th>Dose</th>"
         "</tr></thead><tfoot><tr><td>or as told</td><td>by the clinic</td></tr></tfoot><tbody>" +
             rows + "</tbody></table><p>after</p></section>",
         "caption { -bifolio-table-continued: \" (goes on)\" } caption::before { content: \"Table 1. \" }" + css});
}

std::size_t faults(const Layout& layout, const Pages& pages) {
    return page_faults(*layout.styled, pages, BeginPages(pages)).size();
}

GlyphRun& repeated(Pages& pages, std::size_t page, const std::string& text) {
    for (PlacedItem& item : pages.pages[page].items)
        if (auto* run = std::get_if<GlyphRun>(&item.item);
            run && run->text.find(text) != std::string::npos && std::holds_alternative<Artifact>(item.owner))
            return *run;
    throw std::runtime_error("nothing repeated says ‘" + text + "’");
}

} // namespace

TEST_CASE("repeated heads, feet and captions are those of their table") {
    for (const char* css : {"", " caption, th { text-transform: uppercase }", " caption { width: 30mm; hyphens: auto }"}) {
        const Layout layout = table_over_pages(css);
        REQUIRE(layout.pages.pages.size() >= 3);
        CHECK(faults(layout, layout.pages) == 0);
    }
}

TEST_CASE("a repeated head, foot or caption that says anything else is told") {
    const Layout layout = table_over_pages();
    const auto after = [&](std::size_t page, const std::string& text, const std::string& instead) {
        Pages pages = layout.pages;
        GlyphRun& run = repeated(pages, page, text);
        run.text.replace(run.text.find(text), text.size(), instead);
        return faults(layout, pages);
    };
    CHECK(after(1, "Weight", "Waight") == 1);
    CHECK(after(1, "Dose", "") >= 1);
    CHECK(after(1, "goes on", "goes off") == 1);
    CHECK(after(0, "or as told", "or as cold") == 1);
    CHECK(after(2, "Weight", "Weight Weight") == 1);
}

TEST_CASE("what goes on nowhere is not repeated") {
    const Layout layout = table_over_pages();
    Pages pages = layout.pages;
    const PlacedItem head = [&] {
        for (const PlacedItem& item : pages.pages[1].items)
            if (std::holds_alternative<Artifact>(item.owner) && std::holds_alternative<GlyphRun>(item.item)) return item;
        throw std::runtime_error("nothing is repeated");
    }();
    pages.pages[0].items.push_back(head);
    CHECK(faults(layout, pages) == 1);
}
