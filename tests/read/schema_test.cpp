#include "read/schema.h"

#include "model/isbn.h"
#include "read/codes.h"
#include "read/yaml_shape.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>

using namespace bifolio;

namespace {

void check_shape_is_documented(const Shape& shape) {
    std::set<std::string_view> names;
    for (const Key& key : shape.keys) {
        INFO(key.name);
        CHECK(names.insert(key.name).second);
        CHECK(key.shape);
        CHECK((key.other_name || !key.description.empty()));
        CHECK_FALSE((key.other_name && key.required));
        check_shape_is_documented(*key.shape);
    }
    if (shape.inner) check_shape_is_documented(*shape.inner);
    for (const Shape* option : shape.options) check_shape_is_documented(*option);
    // A group that is one of several is told by its first key.
    for (const Shape* option : shape.options)
        if (option->kind == ShapeKind::mapping && shape.options.size() > 2) CHECK(option->keys.front().required);
}

} // namespace

TEST_CASE("the schema files are those that the table of keys gives") {
    for (const std::string_view kind : schema_kinds()) {
        const auto file = test::source_dir() / "share" / "schema" / (std::string(kind) + ".json");
        INFO("UPDATE_GOLDEN=1 rewrites " << file.string());
        if (const char* update = std::getenv("UPDATE_GOLDEN"); update && std::string_view(update) == "1")
            std::ofstream(file, std::ios::binary) << json_schema(kind);
        CHECK(test::read_file(file) == json_schema(kind));
    }
}

TEST_CASE("every key has a sentence and stands in its table once") {
    for (const FileShape& file : file_shapes()) check_shape_is_documented(*file.root);
}

TEST_CASE("the codes of reading are unique and say what to do") {
    std::set<std::string_view> codes;
    for (const CodeInfo& code : read_codes) {
        INFO(code.code);
        CHECK(codes.insert(code.code).second);
        CHECK(code.code.starts_with("read."));
        CHECK(code.title.ends_with('.'));
        CHECK(code.cure.ends_with('.'));
    }
}

TEST_CASE("every code that reading reports is in its table") {
    std::set<std::string> known;
    for (const CodeInfo& code : read_codes) known.emplace(code.code);
    for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() / "src" / "read")) {
        if (entry.path().extension() != ".cpp") continue;
        const std::string text = test::read_file(entry.path());
        for (std::size_t at = 0; (at = text.find("\"read.", at)) != std::string::npos;) {
            const std::size_t end = text.find('"', at + 1);
            const std::string code = text.substr(at + 1, end - at - 1);
            at = end + 1;
            if (code.ends_with('-') || code.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.0123456789") != std::string::npos)
                continue;
            INFO(entry.path().filename().string() << ": " << code);
            CHECK(known.contains(code));
        }
    }
}

TEST_CASE("dates, lengths, languages and ISBNs are read as people write them") {
    CHECK(parse_date_or_time("2026-09-01") == Date{2026, 9, 1});
    CHECK(parse_date_or_time("2013-05-08 23:46:11 +0200") == Date{2013, 5, 8});
    CHECK(parse_date_or_time("2013-05-08T23:46:11Z") == Date{2013, 5, 8});
    for (const char* bad : {"2026-13-01", "2026-02-30", "1 May 2026", "2026-09-01x", "2026-09", "", "2026-09-01 soon"})
        CHECK_FALSE(parse_date_or_time(bad));
    CHECK(parse_length("10.5pt") == Length::pt(10.5));
    CHECK(parse_length(" 148 MM ") == Length::mm(148));
    CHECK(parse_length("6in") == Length::pt(432));
    CHECK(parse_length("40q") == Length::mm(10));
    for (const char* bad : {"12", "pt", "12mn", "1e9pt", "1pt2", "50%", "1em"}) CHECK_FALSE(parse_length(bad));
    for (const char* good : {"en", "en-GB", "zh-Hant-TW", "x-klingon", "de-1996", "ar"}) CHECK(is_language_tag(good));
    for (const char* bad : {"", "en_GB", "english", "en-", "-GB", "e", "en-GB-", "en GB", "12"})
        CHECK_FALSE(is_language_tag(bad));
    for (const char* good : {"978-0-306-40615-7", "0-306-40615-2", "0-8044-2957-X", "9780306406157"}) CHECK(is_isbn(good));
    for (const char* bad : {"978-0-306-40615-8", "0-306-40615-3", "X-306-40615-2", "12", ""}) CHECK_FALSE(is_isbn(bad));
}
