// Long descriptions of pictures.
#include "builders.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;
using namespace bifolio::test;

namespace {

Block figure(NodeInfo picture = {}) {
    Inline shown = image("moon.png", "A moon");
    shown.info = std::move(picture);
    return {{}, Figure{{paragraph(Inlines{std::move(shown)})}, {}, words("The moon")}};
}

struct Made {
    Book book;
    Diagnostics diagnostics;
    const Node& only(Element element) const {
        return *std::find_if(book.nodes.begin(), book.nodes.end(), [&](const Node& node) { return node.element == element; });
    }
    std::string text() const { return text_content(book, NodeId{1}); }
};
Made made_of(Blocks body) {
    Manuscript manuscript;
    manuscript.articles = {article("a.md", "One", std::move(body))};
    manuscript.resources["moon.png"] = {"moon.png", "image/png", std::make_shared<const std::string>("x")};
    Made made;
    made.book = assemble(manuscript, edition(), {}, made.diagnostics);
    return made;
}

} // namespace

TEST_CASE("a division of the class description behind a figure says at length what it shows") {
    const Made made = made_of({figure(), division("description", {paragraph("Round and white.")}), paragraph("Text.")});
    REQUIRE(made.only(Element::img).target != no_node);
    const Node& description = made.book.node(made.only(Element::img).target);
    CHECK(has_class(description, "description"));
    CHECK_FALSE(description.info.id.empty());
    CHECK(made.text() == "OneA moonFigure 1. The moonDescription: Figure 1Round and white.Text.");
}

TEST_CASE("a picture names the block that describes it elsewhere, and a line leads there") {
    NodeInfo info;
    info.attributes = {{"description", "#far"}};
    const Made made = made_of({figure(info), paragraph("Text."), paragraph(words("Far away."), id("far"))});
    CHECK(made.book.node(made.only(Element::img).target).info.id == "a-far");
    CHECK(attribute(made.only(Element::img), "description") == nullptr);
    CHECK(made.book.node(made.only(Element::a).target).info.id == "a-far");
    CHECK(made.diagnostics.errors() == 0);
}

TEST_CASE("a description that is not there is an error, and the picture stays") {
    NodeInfo info;
    info.attributes = {{"description", "#gone"}};
    const Made made = made_of({figure(info)});
    CHECK(made.diagnostics.errors() > 0);
    CHECK(made.only(Element::img).target == no_node);
}
