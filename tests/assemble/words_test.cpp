#include "assemble/codes.h"
#include "assemble/languages.h"
#include "assemble/names.h"
#include "assemble/words.h"
#include "base/utf8.h"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace bifolio;

TEST_CASE("every language has every word, and patterns have their blank once") {
    for (const Words& words : all_words()) {
        INFO(words.language);
        for (const std::string_view word : {words.contents,
                                            words.list_of_tables,
                                            words.list_of_figures,
                                            words.notices,
                                            words.imprint,
                                            words.contributors,
                                            words.glossary,
                                            words.index,
                                            words.description,
                                            words.references,
                                            words.notes,
                                            words.cover,
                                            words.title_page,
                                            words.back_cover,
                                            words.label_end,
                                            words.author,
                                            words.editor,
                                            words.reviewer,
                                            words.about_author,
                                            words.about_authors,
                                            words.about_editor,
                                            words.about_editors,
                                            words.about_reviewer,
                                            words.about_reviewers,
                                            words.interests,
                                            words.likeness,
                                            words.pseudonym,
                                            words.note,
                                            words.tip,
                                            words.important,
                                            words.warning,
                                            words.caution,
                                            words.care,
                                            words.dose,
                                            words.contact,
                                            words.phone,
                                            words.email,
                                            words.website,
                                            words.opening_hours,
                                            words.colon,
                                            words.comma,
                                            words.semicolon}) {
            CHECK_FALSE(word.empty());
            CHECK(word.find('{') == std::string_view::npos);
            CHECK(first_invalid_utf8(word) == std::string_view::npos);
        }
        for (const std::string_view pattern :
             {words.table, words.figure, words.page, words.by, words.edited_by, words.reviewed_by, words.published,
              words.last_reviewed, words.next_review, words.published_by, words.version, words.print_code, words.identifier, words.see,
              words.see_also}) {
            INFO(pattern);
            CHECK(fill(pattern, "x").size() == pattern.size() - 1);
        }
    }
}
TEST_CASE("a language's words are chosen by its first subtag") {
    CHECK(words_for("de-CH").contents == "Inhalt");
    CHECK(words_for("CY").warning == "Rhybudd");
    CHECK(words_for("tlh").contents == "Contents");
    CHECK_FALSE(has_words("tlh"));
}
TEST_CASE("dates are written out in their language, with the digits that page numbers have") {
    CHECK(long_date({2018, 8, 6}, "en") == "6 August 2018");
    CHECK(long_date({2018, 8, 6}, "en-US") == "August 6, 2018");
    CHECK(long_date({2018, 8, 6}, "cy") == "6 Awst 2018");
    CHECK(long_date({2018, 8, 6}, "de") == "6. August 2018");
    CHECK(long_date({1969, 2, 28}, "ar") == "28 فبراير 1969");
    CHECK(long_date({2024, 2, 29}, "zh") == "2024年2月29日");
    CHECK(long_date({2024, 2, 29}, "fa").find("2024") != std::string::npos);
}
TEST_CASE("quotation marks are the language's own") {
    CHECK(in_quotes("x", "en") == "“x”");
    CHECK(in_quotes("x", "de") == "„x“");
    CHECK(in_quotes("x", "fr") == "«x»");
}
TEST_CASE("lists are joined as the language joins them") {
    CHECK(list_joints(1, "en") == std::vector<std::string>{"", ""});
    CHECK(list_joints(3, "en") == std::vector<std::string>{"", ", ", " and ", ""});
    CHECK(list_joints(2, "de") == std::vector<std::string>{"", " und ", ""});
}
TEST_CASE("scripts have their direction") {
    CHECK(is_right_to_left("ar"));
    CHECK(is_right_to_left("ur-PK"));
    CHECK_FALSE(is_right_to_left("en"));
    CHECK_FALSE(is_right_to_left(""));
}

TEST_CASE("what can be a language is told from the names of code") {
    for (const char* language : {"en", "en-GB", "AR", "iw", "zh-Hant-TW", "yue", "css", "x-klingon", "i-default", "pt_BR"}) {
        INFO(language);
        CHECK(may_be_language(language));
    }
    for (const char* none : {"js", "py", "php", "sql", "html", "python", "english", "12", ""}) {
        INFO(none);
        CHECK_FALSE(may_be_language(none));
    }
}

TEST_CASE("a slug is plain letters, digits and single hyphens") {
    CHECK(slug("Sleep & Pain: what’s new?") == "sleep-pain-whats-new");
    CHECK(slug("Schlafstörung — Überblick") == "schlafstorung-uberblick");
    CHECK(slug("睡眠") == "shui-mian");
    CHECK(id_slug("Schlafstörung 睡眠 2") == "schlafstorung-2");
    CHECK(id_slug("睡眠") == "");
    CHECK(slug("¿?") == "");
    CHECK(slug(std::string(100, 'x')).size() == 60);
    CHECK(slug("a fairly long title that goes on and on, far beyond what a file should be called") ==
          "a-fairly-long-title-that-goes-on-and-on-far-beyond-what-a");
}
TEST_CASE("a heading's anchor is that of web hosts") {
    CHECK(heading_anchor("What's new?") == "whats-new");
    CHECK(heading_anchor("Ärzte & Pflege") == "ärzte--pflege");
}
TEST_CASE("an XML name begins with a letter") {
    CHECK(xml_name("sleep") == "sleep");
    CHECK(xml_name("2nd") == "n-2nd");
    CHECK(xml_name("") == "n-");
    CHECK(xml_name("جرعة") == "n-");
    CHECK(xml_name("a b/c") == "a-b-c");
}
TEST_CASE("a name is given once") {
    UniqueNames names;
    CHECK(names.take("a-2") == "a-2");
    CHECK(names.take("a") == "a");
    CHECK(names.take("a") == "a-3");
    CHECK(names.take("a") == "a-4");
}
TEST_CASE("a made identifier is a UUID of version 8 and the same everywhere") {
    CHECK(uuid_urn("") == "urn:uuid:6c62272e-07bb-8142-a2b8-21756295c58d");
    CHECK(uuid_urn("a") == "urn:uuid:d228cb69-6f1a-8caf-b891-2b704e4a8964");
}
TEST_CASE("paths are joined without leaving dots behind") {
    CHECK(joined_path("articles", "../media/a.png") == "media/a.png");
    CHECK(joined_path("", "./a//b/../c") == "a/c");
    CHECK(joined_path("a", "../../b") == "../b");
}
TEST_CASE("what is not UTF-8 after decoding stays as it was") {
    CHECK(url_decoded("a%20b%C3%A4") == "a bä");
    CHECK(url_decoded("%FF%") == "%FF%");
}
TEST_CASE("the codes stand in order, each once") {
    CHECK(std::is_sorted(assemble_codes.begin(), assemble_codes.end(),
                         [](const CodeInfo& a, const CodeInfo& b) { return a.code < b.code; }));
    CHECK(std::adjacent_find(assemble_codes.begin(), assemble_codes.end(),
                             [](const CodeInfo& a, const CodeInfo& b) { return a.code == b.code; }) == assemble_codes.end());
}
