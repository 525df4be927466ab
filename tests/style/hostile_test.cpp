// Input that wants to break the engine: bounded depth, bounded time, places inside the file.
#include "style/book_maker.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string repeated(std::string_view text, int times) {
    std::string made;
    for (int i = 0; i < times; ++i) made += text;
    return made;
}

void check_places(const Diagnostics& diagnostics, const SourceMap& sources) {
    std::size_t wrong = 0;
    for (const Diagnostic& one : diagnostics.all())
        if (one.where.begin > one.where.end || one.where.end > sources.text(one.where.source).size()) ++wrong;
    CHECK(wrong == 0);
}

void survives(std::string_view css) {
    const Styled styled = style_book("<div class=\"a b\"><p id=\"p\" class=\"x\">text</p></div>", css);
    check_places(styled.diagnostics, styled.sources);
    CHECK_FALSE(dump(styled.book).empty());
    SourceMap sources;
    Diagnostics diagnostics;
    for (const ScreenTarget target : {ScreenTarget::e_book, ScreenTarget::web})
        stylesheet_for_screen(*read_css(css, Medium::screen, sources, diagnostics), {}, target);
}

} // namespace

TEST_CASE("brackets, conditions and functions may nest without end") {
    for (const std::string_view opening :
         {"p{color:(", "p{color:[", "p{", "@media x{", "p{width:calc(", "p{width:min(", "p{color:var(--a,", "a:not(", ":is(",
          "a[", "@media (", "@media not (", "@supports (", "@supports not (", "@page{@top-left{", "p{content:attr("}) {
        survives(repeated(opening, 5000));
        survives(std::string(opening.substr(0, opening.size() - 1)) + repeated(opening.substr(opening.size() - 1), 50000) + "}");
    }
    survives("@media " + repeated("not ", 100000) + "print { p { color: red } }");
    survives("@media " + repeated("print,", 100000) + "print { p { color: red } }");
    survives("p{width:calc(1px" + repeated(" + 1px", 50000) + ")}");
    survives("p" + repeated(" p", 100000) + "{color:red}");
    survives("p" + repeated(".x", 100000) + "{color:red}");
    survives(repeated("p,", 50000) + "p{color:red}");
    survives(repeated("@import 'x.css';", 3000));
}

TEST_CASE("selectors made to match badly end") {
    std::string markup, css;
    for (int i = 0; i < 60; ++i) markup += "<div>";
    markup += "<p id=\"a\">x</p>" + repeated("<p>y</p>", 3000);
    for (int i = 0; i < 60; ++i) markup += "</div>";
    for (int i = 0; i < 2000; ++i) css += repeated("div ", 30) + "p.x" + std::to_string(i) + " {color:red}\n";
    css += repeated("div ", 30) + "> q ~ p { color: red } " + repeated("p ~ ", 30) + "q + p { color: blue }" +
           repeated("div > ", 20) + repeated("div ", 20) + "h1 p { color: red }" +
           "p:nth-child(2n of p:nth-last-child(2n+1 of p)) { color: green }";
    const Styled styled = style_book(markup, css);
    CHECK(to_css(styled.style("a").colour) == "#000000");
}

TEST_CASE("every beginning of a style sheet and many misprints of it are survived") {
    const std::string print = read_file(source_dir() / "styles/print.css");
    std::mt19937 random(20260901);
    const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random()) % below; };
    for (int round = 0; round < 150; ++round) {
        std::string css = print.substr(any(print.size() / 2), any(4000));
        for (int change = 0; change < 8 && !css.empty(); ++change) {
            constexpr std::string_view signs = "{}()[];:,@#.'\"\\*/-+!<>&%0e\n";
            const std::size_t at = any(css.size());
            if (any(3) == 0)
                css.erase(at, any(20));
            else
                css.insert(at, 1, signs[any(signs.size())]);
        }
        SourceMap sources;
        Diagnostics diagnostics;
        read_css(css, Medium::print, sources, diagnostics);
        check_places(diagnostics, sources);
    }
}

TEST_CASE("bytes that are no text are read as something") {
    std::string bytes = "p { color: red; content: \"";
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    survives(bytes);
    survives("\xFF\xFE"
             "p\0{\0}\0");
    survives(std::string(1000, '\0'));
}

TEST_CASE("counters and strings of absurd size stay small") {
    survives("p { counter-increment: c 2147483647 999999999999 d; } p::before { content: counter(c, symbols(symbolic '*')) "
             "counter(d, lower-roman) counters(c, '" +
             std::string(10000, 'x') + "') }");
    survives("@counter-style x { system: additive; additive-symbols: 1 '" + std::string(1000, 'x') +
             "' } p::before { content: counter(y, x); counter-reset: y 100000000 }");
}
