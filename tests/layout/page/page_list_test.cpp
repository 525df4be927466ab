// The pages of an index entry: each once, in order, joined to ranges, each a part of its link.
#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <set>

using namespace bifolio;
using namespace bifolio::test;

namespace {

constexpr const char* css =
    "@page { size: 60mm 40mm; margin: 5mm } .new { break-before: page } .index { break-before: page } "
    ".places { display: none } .list::after { content: \": \" -bifolio-target-pages() } .main { font-weight: bold }";

// `pages` pages with an id p1, p2, …, and behind them an index whose only entry has these links.
Layout with_index(int pages, const std::vector<std::pair<std::string, std::string>>& links) {
    std::string markup = "<section>";
    for (int page = 1; page <= pages; ++page) {
        const std::string number = std::to_string(page);
        markup += "<p class=\"new\" id=\"p" + number + "\">word <span id=\"s" + number + "\">again</span></p>";
    }
    markup += "</section><section class=\"index\"><p>entry<span class=\"list\"><span class=\"places\">";
    for (const auto& [target, classes] : links) markup += "<a class=\"" + classes + "\" href=\"#" + target + "\">x</a>";
    return lay_out({markup + "</span></span></p></section>", css});
}

std::string entry(int pages, const std::vector<std::pair<std::string, std::string>>& links) {
    const Layout layout = with_index(pages, links);
    CHECK(layout.diagnostics.all().empty());
    return page_text(layout.pages, layout.pages.pages.size() - 1);
}

} // namespace

TEST_CASE("an index gives each page once, and joins three in a row and what the author wrote as a range") {
    CHECK(entry(9, {{"p2", ""}}) == "entry: 2");
    CHECK(entry(9, {{"p2", ""}, {"s2", ""}, {"p5", ""}}) == "entry: 2, 5");
    CHECK(entry(9, {{"p2", ""}, {"p3", ""}, {"p7", ""}}) == "entry: 2, 3, 7");
    CHECK(entry(9, {{"p2", ""}, {"p3", ""}, {"p4", ""}, {"p7", ""}}) == "entry: 2–4, 7");
    CHECK(entry(9, {{"p2", ""}, {"p6", "range-end"}, {"p8", ""}}) == "entry: 2–6, 8");
    CHECK(entry(9, {{"p2", ""}, {"p3", "range-end"}, {"p4", ""}}) == "entry: 2–4");
    CHECK(entry(9, {{"p2", ""}, {"s2", "range-end"}}) == "entry: 2");
    CHECK(entry(9, {{"p1", ""}, {"p2", ""}, {"p3", "range-end"}, {"p5", ""}, {"p6", "range-end"}}) == "entry: 1–3, 5–6");
    CHECK(entry(9, {{"p8", ""}, {"p2", ""}}) == "entry: 2, 8"); // in the order of the pages
}

TEST_CASE("the main place of an entry is not joined with others") {
    CHECK(entry(9, {{"p2", ""}, {"p3", "main"}, {"p4", ""}}) == "entry: 2, 3, 4");
    CHECK(entry(9, {{"p2", ""}, {"s2", "main"}, {"p3", ""}, {"p4", ""}}) == "entry: 2, 3, 4");
    CHECK(entry(9, {{"p2", ""}, {"p5", "range-end"}, {"p3", "main"}}) == "entry: 2–5");
}

TEST_CASE("each page of an index is drawn as a part of the link that leads to it") {
    const Layout layout = with_index(9, {{"p2", ""}, {"p3", ""}, {"p4", ""}, {"p7", "main"}});
    const Page& page = layout.pages.pages.back();
    std::set<NodeId> targets;
    for (const LinkArea& link : page.links) targets.insert(link.target);
    CHECK(targets.size() == 3); // pages 2, 4 and 7
}

TEST_CASE("an index of a long book settles, however the pages of its entries change its own length") {
    std::vector<std::pair<std::string, std::string>> links;
    for (int page = 1; page <= 99; page += 2) links.emplace_back("p" + std::to_string(page), "");
    const Layout layout = with_index(99, links);
    CHECK(layout.diagnostics.all().empty());
    CHECK(layout.pages.passes <= 3);
    CHECK(page_text(layout.pages, layout.pages.pages.size() - 1).ends_with("97, 99"));
}

TEST_CASE("a place that is not printed is an error, not a missing page") {
    const Layout layout =
        lay_out({"<section><p>word</p><p style=\"\" class=\"places\" id=\"gone\">x</p></section><section><p>e<span "
                 "class=\"list\"><span class=\"places\"><a href=\"#gone\">x</a></span></span></p></section>",
                 css});
    REQUIRE(layout.diagnostics.all().size() == 1);
    CHECK(layout.diagnostics.all()[0].code == "layout.unknown-page");
}
