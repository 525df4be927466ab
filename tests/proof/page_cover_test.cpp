// What is painted over text, and how much of that is looked at.
#include "proof/page_cover.h"

#include "io/limits.h"
#include "verify/content_reader.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

constexpr PageMatrix plain{1, 0, 0, 1, 0, 0};
constexpr std::uint64_t enough = 1'000'000;

PageMatrix at(double x, double y) { return {1, 0, 0, 1, x, y}; }

void path(PageCover& cover, std::uint32_t code, const std::array<double, 6>& numbers = {}) {
    cover.path_operation(code, numbers, plain, true);
}
void box(PageCover& cover, double x, double y, double width, double height) {
    path(cover, content_operator("re"), {x, y, width, height});
}

} // namespace

TEST_CASE("a letter under a filled path or a picture, or outside a clipping path, is not seen") {
    std::atomic<std::uint64_t> work{0};
    PageCover cover(work, enough);
    cover.begin_page();
    cover.glyph(at(10, 10), 5, 10, U'a');
    cover.glyph(at(50, 10), 5, 10, U'b');
    cover.glyph(at(90, 10), 5, 10, U'c');
    box(cover, 5, 5, 20, 20);
    path(cover, content_operator("f"));
    cover.picture({20, 0, 0, 20, 45, 5});
    box(cover, 0, 9, 200, 2); // a rule through the foot of a letter hides none
    path(cover, content_operator("f"));
    CHECK(cover.covered() == "ab");

    cover.save();
    box(cover, 0, 0, 100, 100);
    path(cover, content_operator("W"));
    path(cover, content_operator("n"));
    cover.glyph(at(150, 10), 5, 10, U'd');
    cover.restore();
    cover.glyph(at(150, 10), 5, 10, U'e');
    CHECK(cover.clipped() == "d");
    CHECK(cover.is_known());
    cover.begin_page();
    CHECK(cover.covered().empty());
    CHECK(cover.clipped().empty());
}

TEST_CASE("a shading covers what is not clipped, a form no more than its box, and one that is drawn again is told") {
    std::atomic<std::uint64_t> work{0};
    PageCover cover(work, enough);
    cover.begin_page();
    cover.glyph(at(10, 10), 5, 10, U'a');
    cover.glyph(at(50, 10), 5, 10, U'b');
    cover.save();
    cover.clip_to({0, 0, 30, 30}, plain);
    cover.shading();
    cover.restore();
    CHECK(cover.covered() == "a");
    cover.save();
    cover.clip_to({0, 0, 30, 30}, plain);
    box(cover, 0, 0, 100, 100);
    path(cover, content_operator("f"));
    cover.restore();
    CHECK(cover.covered() == "a");
    cover.drawn_again({0, 0, 5, 5}, at(200, 0));
    CHECK(cover.is_known());
    cover.drawn_again({0, 0, 30, 30}, at(40, 0));
    CHECK_FALSE(cover.is_known());
}

TEST_CASE("what is too much to be looked at is said, not passed over") {
    std::atomic<std::uint64_t> work{0};
    PageCover cover(work, enough);
    const auto paint_over = [&](int letters, int boxes) {
        cover.begin_page();
        for (int i = 0; i < letters; ++i) cover.glyph(at(10, 10), 5, 10, U'a');
        for (int i = 0; i < boxes; ++i) {
            box(cover, 5, 50, 20, 20);
            path(cover, content_operator("f"));
        }
        return cover.is_known();
    };
    CHECK(paint_over(100, 100));
    CHECK(paint_over(0, 1'000'000)); // there is nothing to hide
    CHECK_FALSE(paint_over(2'000, 2'000));
    CHECK_FALSE(paint_over(1, 1)); // of all pages together
}

TEST_CASE("a path of too many points is not kept, and counts where letters lie in its box only") {
    std::atomic<std::uint64_t> work{0};
    PageCover cover(work, enough);
    cover.begin_page();
    cover.glyph(at(10, 10), 5, 10, U'a');
    const auto paint_at = [&](double y) {
        box(cover, 0, y, 100, 20);
        for (std::size_t i = 0; i < limits::pdf_cover_points; ++i) path(cover, content_operator("l"), {50, y + 10});
        path(cover, content_operator("f"));
        return cover.is_known();
    };
    CHECK(paint_at(100));
    CHECK_FALSE(paint_at(5));
    CHECK(cover.covered().empty());
}
