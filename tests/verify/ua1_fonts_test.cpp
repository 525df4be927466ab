// Seeded faults in fonts with real programs. The fonts are those of scripts/packages.txt; without them the tests are skipped.
#include "made_pdf.h"
#include "verify/font_cmap.h"
#include "verify/font_program.h"
#include "verify/verify_pdf.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

using namespace bifolio;
using namespace bifolio::test;

namespace {

using Rules = std::set<std::string>;

std::string file_bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::uint32_t number_at(const std::string& bytes, std::size_t at, int size) {
    std::uint32_t out = 0;
    for (int i = 0; i < size; ++i) out = out << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return out;
}

struct SfntTable {
    std::size_t record = 0, offset = 0, size = 0;
};
SfntTable sfnt_table(const std::string& bytes, const std::string& tag) {
    for (std::size_t i = 0; i < number_at(bytes, 4, 2); ++i)
        if (bytes.compare(12 + i * 16, 4, tag) == 0)
            return {12 + i * 16, number_at(bytes, 12 + i * 16 + 8, 4), number_at(bytes, 12 + i * 16 + 12, 4)};
    return {};
}

Rules found(const std::map<int, std::string>& objects) {
    Rules out;
    const PdfVerdict verdict = verify_pdf(made_pdf(objects), {Standard::pdf_ua_1}, pool());
    for (const auto& [rule, count] : verdict.findings.counts()) out.insert(rule.starts_with("UA1 ") ? rule.substr(4) : rule);
    return out;
}

const std::string dejavu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

// A CFF program of three glyphs without outlines, .notdef, S and T, each 500 wide. Adobe Technical Note 5176.
std::string made_cff() {
    const auto number = [](std::size_t value) { // of a dictionary, always five bytes long
        std::string out("\x1d");
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
        return out;
    };
    const auto list = [](const std::vector<std::string>& items) { // INDEX
        std::string out{'\0', static_cast<char>(items.size())}, data;
        if (items.empty()) return out;
        out += "\1\1";
        for (const std::string& item : items) {
            data += item;
            out += static_cast<char>(data.size() + 1);
        }
        return out + data;
    };
    const std::string header("\1\0\4\1", 4), charset("\0\0\x34\0\x35", 5), private_dictionary("\x8b\x14\x8b\x15");
    const std::string glyph("\x1c\x01\xf4\x0e", 4); // 500 endchar
    const std::string glyphs = list({glyph, glyph, glyph});
    const auto top = [&](std::size_t at) { // with its offsets, once it is known where the data begin
        const std::size_t behind_charset = at + charset.size(), behind_glyphs = behind_charset + glyphs.size();
        return number(at) + "\x0f" + number(behind_charset) + "\x11" + number(private_dictionary.size()) + number(behind_glyphs) +
               "\x12";
    };
    const auto head = [&](std::size_t at) { return header + list({"Made"}) + list({top(at)}) + list({}) + list({}); };
    return head(head(0).size()) + charset + glyphs + private_dictionary;
}

std::string width_list(const FontProgram& program, double more) {
    std::string out;
    for (std::uint32_t code = 32; code < 127; ++code)
        out += std::to_string(std::lround(program.width(program.glyph({3, 1}, code).value_or(0)).value_or(0) + more)) + " ";
    return out;
}

// The good page with its text painted in a simple TrueType font.
Rules truetype(const std::string& entries, const std::string& flags, const std::string& font, double more = 0) {
    const auto program = FontProgram::open(file_bytes(dejavu));
    auto objects = good_objects();
    objects[4] = made_stream("/H1 << /MCID 0 >> BDC BT /F 12 Tf (Sleep) Tj ET EMC /P << /MCID 1 >> BDC EMC");
    objects[5] =
        "<< /Type /Font /Subtype /TrueType /BaseFont /DejaVuSans /FirstChar 32 /LastChar 126 /FontDescriptor 20 0 R /Widths [" +
        width_list(*program, more) + "] " + entries + " >>";
    objects[20] = "<< /Type /FontDescriptor /FontName /DejaVuSans /Flags " + flags + " /FontFile2 21 0 R >>";
    objects[21] = made_stream(font);
    return found(objects);
}

Rules composite(const std::string& shown, const std::string& entries, const std::string& cid_set = "",
                const std::string& widths = "", const std::string& cid_to_gid = "") {
    auto objects = good_objects();
    if (!cid_to_gid.empty()) objects[25] = made_stream(cid_to_gid);
    objects[4] = made_stream("/H1 << /MCID 0 >> BDC BT /F 12 Tf <" + shown + "> Tj ET EMC /P << /MCID 1 >> BDC EMC");
    objects[5] = "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+DejaVuSans /Encoding /Identity-H /DescendantFonts [22 0 R] "
                 "/ToUnicode 23 0 R >>";
    objects[20] = "<< /Type /FontDescriptor /FontName /ABCDEF+DejaVuSans /Flags 4 /FontFile2 21 0 R " +
                  std::string(cid_set.empty() ? "" : "/CIDSet 24 0 R") + " >>";
    objects[21] = made_stream(file_bytes(dejavu));
    objects[22] = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+DejaVuSans /FontDescriptor 20 0 R /CIDSystemInfo << "
                  "/Registry (Adobe) "
                  "/Ordering (Identity) /Supplement 0 >> /W [" +
                  widths + "] " + entries + " >>";
    objects[23] =
        made_stream("1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFD> <0020> endbfrange");
    if (!cid_set.empty()) objects[24] = made_stream(cid_set);
    return found(objects);
}

} // namespace

TEST_CASE("simple TrueType fonts are held to 7.21.6") {
    if (!std::filesystem::exists(dejavu)) {
        WARN("SKIPPED: " << dejavu << " is not installed");
        return;
    }
    const std::string font = file_bytes(dejavu), win = "/Encoding /WinAnsiEncoding";
    CHECK(truetype(win, "32", font) == Rules{});
    CHECK(truetype(win, "32", font, 5) == Rules{"31-016"});
    CHECK(truetype("", "32", font).contains("31-019"));
    CHECK(truetype("/Encoding << /Differences [83 /S] >>", "32", font) == Rules{"31-020"});
    CHECK(truetype("/Encoding /StandardEncoding", "32", font) == Rules{"31-021"});
    CHECK(truetype("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [34 /oddname] >>", "32", font) == Rules{"31-022"});
    CHECK(truetype(win, "4", font).contains("31-024"));
    CHECK(truetype("", "4", font).contains("31-026"));
    std::string without_map = font;
    without_map.replace(sfnt_table(font, "cmap").record, 4, "cmax");
    CHECK(truetype(win, "32", without_map).contains("31-017"));
    CHECK(truetype("", "4", without_map).contains("31-025"));
    std::string other_map = font; // every (3, 1) and (3, 10) becomes (3, 2), which is Shift-JIS
    const std::size_t map = sfnt_table(font, "cmap").offset;
    for (std::size_t i = 0; i < number_at(font, map + 2, 2); ++i)
        if (number_at(font, map + 4 + i * 8, 2) == 3) other_map.replace(map + 4 + i * 8 + 2, 2, std::string("\0\2", 2));
    CHECK(truetype("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [83 /S] >>", "32", other_map).contains("31-023"));

    CHECK(truetype("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [83 /uni0378] >>", "32", font).contains("31-018"));
}

TEST_CASE("composite TrueType fonts have their glyphs, widths, maps and CIDSet") {
    if (!std::filesystem::exists(dejavu)) {
        WARN("SKIPPED: " << dejavu << " is not installed");
        return;
    }
    const auto program = FontProgram::open(file_bytes(dejavu));
    REQUIRE(program);
    const std::uint32_t glyph = program->glyph({3, 1}, 'S').value();
    const std::string code = hexadecimal({glyph, 2}), identity = "/CIDToGIDMap /Identity";
    const std::string width = std::to_string(glyph) + " [" + std::to_string(std::lround(program->width(glyph).value())) + "]";
    CHECK(composite(code, identity, "", width) == Rules{});
    CHECK(composite(code, identity, "", "") == Rules{"31-016"});
    CHECK(composite(code, "", "", width) == Rules{"31-005"});
    CHECK(composite(code, "/CIDToGIDMap /Own", "", width) == Rules{"31-004"});
    CHECK(composite("FFF0", identity, "", width) == Rules{"31-011"});
    CHECK(composite(code + "0000", identity, "", "0 [600] " + width) == Rules{"31-030"});
    std::string all(program->glyph_count() / 8 + 1, '\0'); // one bit for each glyph, those without an outline too
    const auto set = [](std::string& bits, std::uint32_t cid, bool on) {
        const auto bit = static_cast<char>(0x80 >> cid % 8);
        bits[cid / 8] = static_cast<char>(on ? bits[cid / 8] | bit : bits[cid / 8] & ~bit);
    };
    for (std::uint32_t cid = 0; cid < program->glyph_count(); ++cid) set(all, cid, true);
    CHECK(composite(code, identity, all, width) == Rules{});
    std::string spoilt = all;
    set(spoilt, 0, false); // .notdef need not be named
    CHECK(composite(code, identity, spoilt, width) == Rules{});
    set(spoilt, program->glyph({3, 1}, ' ').value(), false); // no outline, and a glyph all the same
    CHECK(composite(code, identity, spoilt, width) == Rules{"31-014"});
    CHECK(composite(code, identity, std::string(all.size(), '\0'), width) == Rules{"31-014"});
    CHECK(composite(code, identity, all + "\x80", width) == Rules{"31-015"});
    spoilt = all;
    set(spoilt, program->glyph_count(), true);
    CHECK(composite(code, identity, spoilt, width) == Rules{"31-015"});

    // CIDs 0 to 2 lead to .notdef, .notdef and S.
    const std::string own_map{'\0', '\0', '\0', '\0', static_cast<char>(glyph >> 8), static_cast<char>(glyph & 0xFF)};
    const std::string own_width = "2 [" + std::to_string(std::lround(program->width(glyph).value())) + "]";
    CHECK(composite("0002", "/CIDToGIDMap 25 0 R", "\x20", own_width, own_map) == Rules{});
    CHECK(composite("0002", "/CIDToGIDMap 25 0 R", "\xE0", own_width, own_map) == Rules{});
    CHECK(composite("0002", "/CIDToGIDMap 25 0 R", "\x80", own_width, own_map) == Rules{"31-014"});
    CHECK(composite("0002", "/CIDToGIDMap 25 0 R", "\x30", own_width, own_map) == Rules{"31-015"});
}

TEST_CASE("the CharSet of a Type 1 font names its glyphs, no more and no fewer") {
    const std::string cff = made_cff();
    const auto program = FontProgram::open(cff);
    REQUIRE(program);
    REQUIRE(program->names().contains("S"));
    Rules archive_rules; // of the last file, with all their letters
    const auto with_set = [&](const std::string& set, const std::string& encoding = "/Encoding /WinAnsiEncoding",
                              Standard standard = Standard::pdf_ua_1) {
        auto objects = good_objects();
        objects[4] = made_stream("/H1 << /MCID 0 >> BDC BT /F 12 Tf (S) Tj ET EMC /P << /MCID 1 >> BDC EMC");
        objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Made /FirstChar 83 /LastChar 83 /FontDescriptor 20 0 R "
                     "/Widths [" +
                     std::to_string(std::lround(program->width(program->names().at("S")).value())) + "] " + encoding + " >>";
        objects[20] = "<< /Type /FontDescriptor /FontName /ABCDEF+Made /Flags 32 /FontFile3 21 0 R /CharSet (" + set + ") >>";
        objects[21] = made_stream(cff, "/Subtype /Type1C");
        archive_rules.clear();
        const PdfVerdict verdict = verify_pdf(made_pdf(objects), {standard}, pool());
        for (const auto& [rule, count] : verdict.findings.counts()) archive_rules.insert(rule);
        return found(objects);
    };
    std::string all, apart;
    for (const auto& [name, glyph] : program->names()) all += "/" + name, apart += " /" + name;
    CHECK(with_set(all) == Rules{});
    CHECK(with_set(apart) == Rules{}); // as LuaTeX writes it
    CHECK(with_set("/S") == Rules{"31-012"});
    CHECK(with_set(all + "/nosuchglyph") == Rules{"31-013"});
    CHECK_FALSE(archive_rules.contains("A2 6.2.11.4.2-1")); // PDF/UA-1 was asked for
    with_set(all, "/Encoding /WinAnsiEncoding", Standard::pdf_a_2b);
    CHECK_FALSE(archive_rules.contains("A2 6.2.11.4.2-1"));
    with_set("/S", "/Encoding /WinAnsiEncoding", Standard::pdf_a_2b);
    CHECK(archive_rules.contains("A2 6.2.11.4.2-1"));
    CHECK(with_set(all, "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [83 /nosuchglyph] >>").contains("31-011"));
    CHECK(with_set(all, "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [83 /.notdef] >>").contains("31-030"));
}
