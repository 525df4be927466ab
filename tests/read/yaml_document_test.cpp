#include "read/yaml_document.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "read/text_file.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <set>

using namespace bifolio;

namespace {

struct Read {
    SourceMap sources;
    Diagnostics diagnostics;
    SourceId source;
    YamlValue root;

    explicit Read(std::string text)
        : source(sources.add("x.yaml", std::move(text))), root(parse_yaml(sources, source, diagnostics)) {}
    std::string_view at(Span where) const { return sources.text(source).substr(where.begin, where.end - where.begin); }
    std::vector<std::string> codes() const {
        std::vector<std::string> all;
        for (const Diagnostic& d : diagnostics.all()) all.push_back(d.code);
        return all;
    }
};

void check_spans(const YamlValue& value, std::size_t size) {
    CHECK(value.where.begin <= value.where.end);
    CHECK(value.where.end <= size);
    for (const YamlValue& item : value.items) check_spans(item, size);
    for (const YamlEntry& entry : value.entries) {
        CHECK(entry.key_where.end <= size);
        check_spans(entry.value, size);
    }
}

// The tree in one line: nothing `~`, text in quotes, [lists], {groups}.
std::string shown(const YamlValue& value) {
    std::string out;
    switch (value.kind) {
    case YamlKind::null: return "~";
    case YamlKind::scalar: return "'" + value.text + "'";
    case YamlKind::sequence:
        for (const YamlValue& item : value.items) out += (out.empty() ? "" : ", ") + shown(item);
        return "[" + out + "]";
    case YamlKind::mapping:
        for (const YamlEntry& entry : value.entries) out += (out.empty() ? "" : ", ") + entry.key + ": " + shown(entry.value);
        return "{" + out + "}";
    }
    return out;
}

} // namespace

TEST_CASE("every YAML value knows its bytes, also after letters of several bytes") {
    const Read read("é: ü “x” # note\n\"ключ\": 'it''s'\nlist: [ä, \"ö\\\"\", ~]\nplain: two\n  lines, one text\nempty:\nblock: "
                    "|\n  première\n\n  seconde\nend: x\n");
    REQUIRE(read.codes().empty());
    const auto& entries = read.root.entries;
    REQUIRE(entries.size() == 7);
    CHECK(read.at(entries[0].key_where) == "é");
    CHECK(read.at(entries[0].value.where) == "ü “x”");
    CHECK(read.at(entries[1].key_where) == "\"ключ\"");
    CHECK(read.at(entries[1].value.where) == "'it''s'");
    CHECK(entries[1].value.text == "it's");
    CHECK(read.at(entries[2].value.items[0].where) == "ä");
    CHECK(read.at(entries[2].value.items[1].where) == "\"ö\\\"\"");
    CHECK(read.at(entries[2].value.items[2].where) == "~");
    CHECK(entries[2].value.items[2].kind == YamlKind::null);
    CHECK(read.at(entries[3].value.where) == "two\n  lines, one text");
    CHECK(entries[4].value.where.begin == entries[4].key_where.end);
    CHECK(read.at(entries[5].value.where) == "|\n  première\n\n  seconde");
    CHECK(read.at(entries[6].value.where) == "x");
}

TEST_CASE("a scalar is text until somebody asks for more") {
    CHECK(shown(Read("a: 1.0\nb: 0x1F\nc: true\nd: 2026-09-01\ne: 1e400\nf: no\ng: null\nh: 'null'\ni: ~\n").root) ==
          "{a: '1.0', b: '0x1F', c: 'true', d: '2026-09-01', e: '1e400', f: 'no', g: ~, h: 'null', i: ~}");
}

TEST_CASE("duplicate keys, tags, anchors, aliases and odd keys are refused at their place") {
    const Read read("a: 1\nb: !!int 2\nc: &x 3\nd: *x\na: 4\n? {e: f}\n: g\n");
    CHECK(read.codes() ==
          std::vector<std::string>{"read.yaml-tag", "read.yaml-alias", "read.yaml-alias", "read.duplicate-key", "read.yaml-key"});
    CHECK(read.at(read.diagnostics.all()[0].where) == "!!int");
    CHECK(read.at(read.diagnostics.all()[1].where) == "&x");
    CHECK(read.at(read.diagnostics.all()[2].where) == "*x");
    CHECK(read.diagnostics.all()[3].where.begin == 30);
    CHECK(shown(read.root) == "{a: '1', b: '2', c: '3', d: ~}");
}

TEST_CASE("depth, size and cut-off files are bounded") {
    CHECK(Read("x: " + std::string(50'000, '[')).codes() == std::vector<std::string>{"read.yaml-too-deep"});
    CHECK(Read(std::string(50'000, '{')).codes() == std::vector<std::string>{"read.yaml-too-deep"});
    std::string nested;
    for (int i = 0; i < 50'000; ++i) nested += "- ";
    CHECK(Read(nested).diagnostics.has_errors());
    std::string many = "[";
    for (std::size_t i = 0; i <= limits::yaml_nodes; ++i) many += "a,";
    CHECK(Read(many + "]").codes() == std::vector<std::string>{"read.yaml-too-large"});
    CHECK(Read("a: \"never closed\n").codes() == std::vector<std::string>{"read.yaml-syntax"});
    CHECK(Read("a: 'never closed\n").codes() == std::vector<std::string>{"read.yaml-syntax"});
}

TEST_CASE("the lines of embedded Markdown keep their places in the file") {
    const std::string text = "a: |\n  One\n   two\n\n  three\nb: >-\n    Folded\n    text.\n\n    More.\n\nc: plain and\n  "
                             "second\nd: \"quoted\n  too\"\ne: \"a\\nb\"\nf: |2\n    deep\n  flat\ng: |\nh: x\n";
    const Read read(text);
    REQUIRE(read.codes().empty());
    const auto check = [&](std::string_view key, const std::string& wanted) {
        const YamlLines lines = lines_of(*read.root.find(key), read.sources);
        CHECK(lines.text == wanted);
        std::size_t begin = 0;
        for (std::size_t i = 0; i < lines.line_offsets.size(); ++i) {
            const std::size_t end = std::min(wanted.find('\n', begin), wanted.size());
            CHECK(text.substr(lines.line_offsets[i], end - begin) == wanted.substr(begin, end - begin));
            begin = end + 1;
        }
        CHECK(begin >= wanted.size()); // as many places as lines
    };
    check("a", "One\n two\n\nthree");
    check("b", "Folded\ntext.\n\nMore.");
    check("c", "plain and\nsecond");
    check("d", "quoted\ntoo");
    check("f", "  deep\nflat");
    check("g", "");
    CHECK(lines_of(*read.root.find("e"), read.sources).text == "a\nb");
}

TEST_CASE("a part of a file is read with places of the whole file") {
    SourceMap sources;
    Diagnostics diagnostics;
    const std::string text = "---\ntitle: é x\n---\nbody\n";
    const SourceId source = sources.add("a.md", text);
    const YamlValue root = parse_yaml(sources, source, 4, 16, diagnostics);
    REQUIRE(root.entries.size() == 1);
    CHECK(text.substr(root.entries[0].value.where.begin, 4) == "é x");
    CHECK(diagnostics.all().empty());
}

TEST_CASE("text files are decoded, and what is wrong in them is placed") {
    CHECK(decode_text("\xEF\xBB\xBFx").text == "x");
    CHECK(decode_text(std::string_view("\xFF\xFEh\0i\0\x3D\xD8\x00\xDE", 10)).text == "hi😀");
    CHECK(decode_text(std::string_view("\xFE\xFF\0h\0i", 6)).text == "hi");
    CHECK(decode_text("a\r\nb\rc\n\rd").text == "a\nb\nc\n\nd");
    CHECK(decode_text("a\fb\vc").text == "a\nb\nc");
    CHECK(decode_text("caf\xE9", OtherEncoding::windows_1252).text == "café");
    CHECK(decode_text("\x80\x93x\x94", OtherEncoding::windows_1252).text == "€“x”");
    const DecodedText bad = decode_text("a\xE9"
                                        "b\xC0\xAF\x01");
    CHECK(bad.malformed == 3);
    CHECK(bad.first_malformed == 1);
    CHECK(bad.controls == 1);
    CHECK(first_invalid_utf8(bad.text) == std::string::npos);
}

namespace {

// What the suite's cases say, read by our own reader: they are YAML too. Marks stand for characters that do not show.
std::string unmarked(std::string text) {
    const auto replace = [&](std::string_view from, std::string_view to) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
            text.replace(at, from.size(), to);
    };
    replace("␣", " ");
    for (const char* tab : {"————»", "———»", "——»", "—»", "»"}) replace(tab, "\t");
    replace("↵", "");
    replace("∎\n", "");
    replace("←", "\r");
    replace("⇔", "\xEF\xBB\xBF");
    return text;
}

} // namespace

TEST_CASE("the YAML test suite: what must fail is refused, what is refused of the rest has a tag, an alias or an odd key") {
    if (!test::has_corpus("markdown/yaml")) return;
    // yaml-cpp accepts these although YAML 1.2 does not; none of them changes what an author meant.
    const std::set<std::string> accepted{};
    std::size_t cases = 0;
    for (const auto& entry : std::filesystem::directory_iterator(test::corpus("markdown/yaml"))) {
        if (entry.path().extension() != ".yaml") continue;
        const Read suite(test::read_file(entry.path()));
        REQUIRE(suite.codes().empty());
        for (const YamlValue& test_case : suite.root.items) {
            const YamlValue* fail = test_case.find("fail");
            const bool fails = fail && fail->text == "true";
            const YamlValue* yaml = test_case.find("yaml");
            if (!yaml) continue;
            INFO(entry.path().filename().string() << "\n" << yaml->text);
            ++cases;
            const Read read(decode_text(unmarked(yaml->text)).text);
            check_spans(read.root, read.sources.text(read.source).size());
            const bool refused = read.diagnostics.has_errors();
            if (fails) {
                if (!accepted.contains(entry.path().stem().string())) CHECK(refused);
                continue;
            }
            const YamlValue* tags = test_case.find("tags");
            if (refused && tags) {
                bool ours = false; // refused on purpose
                for (const std::string& code : read.codes()) ours |= code != "read.yaml-syntax";
                INFO(tags->text << " " << render(read.diagnostics.all()[0], read.sources));
                CHECK(ours);
            }
        }
    }
    CHECK(cases > 50);
}
