#include "read/read_profile.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <filesystem>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string told(const Diagnostics& diagnostics) {
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) {
        out += one.code + ": " + one.message + "\n";
        for (const std::string& hint : one.hints) out += "  " + hint + "\n";
    }
    return out;
}

} // namespace

TEST_CASE("the program's own profiles can be read, and each limit has its source, its date and its cure") {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(source_dir() / "share" / "profiles")) {
        if (file.path().extension() != ".yaml") continue;
        INFO(file.path().string());
        SourceMap sources;
        Diagnostics diagnostics;
        const RetailProfile profile =
            read_profile(sources.add(file.path().string(), read_file(file.path())), sources, diagnostics);
        CHECK(told(diagnostics) == "");
        CHECK(profile.name != "");
        REQUIRE_FALSE(profile.limits.empty());
        for (const RetailLimit& limit : profile.limits) {
            CHECK(limit.source != "");
            CHECK(limit.cure != "");
            CHECK(limit.checked.has_value());
            CHECK((profile.kind == RetailKind::print) == (limit.what >= LimitedThing::pages));
        }
        ++count;
    }
    CHECK(count == 6);
}

TEST_CASE("what a profile may not hold is told") {
    SourceMap sources;
    Diagnostics diagnostics;
    const SourceId source = sources.add("profiles/own.yaml", "name: Own\nlimits:\n  - {what: picture-pixel, most: few}\n");
    read_profile(source, sources, diagnostics);
    CHECK(told(diagnostics).find("picture-pixels") != std::string::npos);
    CHECK(told(diagnostics).find("read.missing-key") != std::string::npos);
}
