#include "base/diagnostics.h"
#include "base/length.h"
#include "base/nearest.h"
#include "base/source_map.h"
#include "base/task_pool.h"
#include "base/utf8.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <stdexcept>

using namespace bifolio;

static_assert(25.4_mm == 72.0_pt);

TEST_CASE("a diagnostic puts the caret under the unknown name") {
    SourceMap sources;
    const SourceId file = sources.add("articles/sleep.md", "title: Sleep\n\nby: j.doe, m.roe\n");
    const Diagnostic d{Severity::error,
                       "assemble.unknown-person",
                       {file, 18, 23},
                       "no person ‘j.doe’ in people.yaml",
                       {"did you mean ‘jane.doe’?"}};
    CHECK(render(d, sources) == "articles/sleep.md:3:5: error: no person ‘j.doe’ in people.yaml [assemble.unknown-person]\n"
                                "  3 | by: j.doe, m.roe\n"
                                "    |     ^^^^^\n"
                                "  hint: did you mean ‘jane.doe’?\n");
}

TEST_CASE("a caret counts characters, not bytes") {
    SourceMap sources;
    const SourceId file = sources.add("a.md", "ä ≤ x");
    CHECK(render({Severity::warning, "c.d", {file, 7, 8}, "m", {}}, sources) ==
          "a.md:1:5: warning: m [c.d]\n  1 | ä ≤ x\n    |     ^\n");
}

TEST_CASE("a caret stays in sight on a very long line") {
    SourceMap sources;
    const SourceId file = sources.add("a.md", std::string(5000, 'a') + "b" + std::string(5000, 'c'));
    const std::string text = render({Severity::error, "c.d", {file, 5000, 5001}, "m", {}}, sources);
    CHECK(text.find("a.md:1:5001:") == 0);
    CHECK(text.size() < 400);
}

TEST_CASE("diagnostics keep one of each and count what they do not keep") {
    Diagnostics all;
    for (int twice = 0; twice < 2; ++twice) all.error("a.b", {}, "same");
    CHECK(all.all().size() == 1);
    for (std::size_t i = 0; i < Diagnostics::limit + 5; ++i) all.warning("a.b", {}, std::to_string(i));
    CHECK(all.all().size() == Diagnostics::limit);
    CHECK(all.warnings() == Diagnostics::limit + 5);
    Diagnostics sum;
    sum.append(all);
    CHECK(sum.errors() == 1);
    CHECK(sum.warnings() == all.warnings());
}

TEST_CASE("malformed UTF-8 is found, surrogates and overlong forms too") {
    for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xFF"}) {
        CHECK(first_invalid_utf8(std::string("a") + bad) == 1);
        CHECK(first_invalid_utf8(with_replacements(bad)) == std::string::npos);
    }
    CHECK(first_invalid_utf8("≤ 5 µg 𝄞") == std::string::npos);
    CHECK(to_utf16("𝄞") == u"\xD834\xDD1E");
}

TEST_CASE("the nearest name is offered only when it is near") {
    const std::vector<std::string> names{"language", "identifier", "title"};
    CHECK(nearest("langauge", names) == "language");
    CHECK(nearest("titel", names) == "title");
    CHECK_FALSE(nearest("publisher", names));
}

TEST_CASE("a task pool gives results in input order and the first failure") {
    const TaskPool pool(4);
    CHECK(pool.map(5, [](std::size_t i) { return i * i; }) == std::vector<std::size_t>{0, 1, 4, 9, 16});
    std::atomic<int> ran = 0;
    CHECK_THROWS_WITH(pool.for_each(100,
                                    [&](std::size_t i) {
                                        ++ran;
                                        if (i % 10 == 3) throw std::runtime_error(std::to_string(i));
                                    }),
                      "3");
    CHECK(ran == 100);
}
