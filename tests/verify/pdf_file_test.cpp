#include "made_pdf.h"
#include "verify/content_reader.h"
#include "verify/cross_reference_count.h"
#include "verify/font_cmap.h"
#include "verify/glyph_names.h"
#include "verify/pdf_syntax_reader.h"
#include "verify/structure.h"
#include "verify/verify_pdf.h"
#include "verify/xmp.h"

#include "io/deflate.h"
#include "io/limits.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdio>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// All tokens of a content stream as one line.
std::string tokens(std::string_view text) {
    PdfSyntaxReader reader(text);
    std::string out;
    for (PdfValue value;;) {
        const auto found = reader.next(value, true);
        if (found == PdfSyntaxReader::Found::end) break;
        if (found == PdfSyntaxReader::Found::keyword) {
            out += "op:" + std::string(reader.keyword()) + " ";
            continue;
        }
        if (const auto* i = value.as<std::int64_t>()) out += std::to_string(*i);
        if (const auto* r = value.as<double>()) out += "real:" + std::to_string(*r);
        if (const auto* s = value.as<std::string>()) out += "(" + *s + ")";
        if (const auto* n = value.as<PdfName>()) out += "/" + n->text;
        if (const auto* o = value.as<ObjectId>()) out += "ref:" + std::to_string(o->number);
        if (const auto* b = value.as<bool>()) out += *b ? "true" : "false";
        if (const auto* a = value.array()) out += "array:" + std::to_string(a->size());
        if (const auto* d = value.dictionary()) out += "dictionary:" + std::to_string(d->size());
        out += " ";
    }
    return out + "malformed:" + std::to_string(reader.malformed());
}

struct Trace final : ContentObserver {
    std::string text;
    void operation(const ContentOperation& operation, const ContentState& state) override {
        text += std::string(state.depth, '>') + std::string(operation.name);
        for (const MarkedSequence& mark : state.marks)
            text += "<" + mark.tag + (mark.mcid >= 0 ? std::to_string(mark.mcid) : "") + ">";
        text += " ";
    }
    void malformed(const ContentState&, ContentFault, const std::string& what) override { text += "!" + what + "! "; }
};

std::string trace(const std::map<int, std::string>& objects) {
    const PdfFile file(made_pdf(objects), pool());
    std::atomic<std::uint64_t> drawn{0};
    Trace trace;
    ContentReader(file, {&trace}, drawn).read_page(1);
    return trace.text;
}

} // namespace

TEST_CASE("tokens are read as ISO 32000-1 writes them") {
    CHECK(tokens("12 -3.5 +7 .5 (a\\(b\\051\\n(c)) <48 656> /A#20b [1 [2] 3] <</K/V/L 1>> true null 4 0 R Tj") ==
          "12 real:-3.500000 7 real:0.500000 (a(b)\n(c)) (He`) /A b array:3 dictionary:2 true  ref:4 op:Tj malformed:0");
    CHECK(tokens("%comment\r1%x\n2") == "1 2 malformed:0");
}

TEST_CASE("what is no token is counted and passed over") {
    CHECK(tokens(") 1 } 2") == "1 2 malformed:2");
    CHECK(tokens("(never closed") == "(never closed) malformed:1");
    CHECK(tokens("[1 2").starts_with("array:2"));
    CHECK(tokens(std::string(100'000, '[')).find("malformed:") != std::string::npos);
    CHECK(tokens("<< /A [ << >> ").find("malformed:") != std::string::npos);
}

TEST_CASE("a file is read with its pages, streams and inherited entries") {
    auto objects = good_objects();
    objects[2] = "<< /Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 >>";
    objects[4] = made_stream(deflate_zlib("q Q"), "/Filter /FlateDecode");
    const PdfFile file(made_pdf(objects), pool());
    CHECK(file.repairs().empty());
    REQUIRE(file.pages().size() == 1);
    CHECK(file.pages()[0].id().number == 3);
    CHECK(file.page_number({3, 0}) == 1);
    CHECK(file.inherited(file.pages()[0], "Rotate").integer_or(0) == 90);
    CHECK(file.decoded(file.pages()[0]["Contents"]).bytes == "q Q");
    CHECK(file.catalog()["MarkInfo"]["Marked"].is_true());
    CHECK(file.catalog()["No"]["Such"].at(4)["Thing"].is_null());
}

TEST_CASE("a broken cross-reference table is mended and said") {
    std::string bytes = made_pdf(good_objects());
    bytes.replace(bytes.find("startxref\n") + 10, 3, "999");
    const PdfVerdict verdict = verify_pdf(bytes, {}, pool());
    CHECK(verdict.findings.count("PDF 7.5") > 0);
    CHECK(verdict.pages == 1);
}

TEST_CASE("a stream with a wrong length is mended and said") {
    auto objects = good_objects();
    objects[4] = "<< /Length 3 >>\nstream\nq 1 0 0 1 0 0 cm Q\nendstream";
    const PdfFile file(made_pdf(objects), pool());
    CHECK(!file.repairs().empty());
    CHECK(file.decoded(file.pages()[0]["Contents"]).bytes.find("1 0 0 1 0 0 cm Q") != std::string::npos);
}

TEST_CASE("what is no PDF is unreadable") {
    CHECK_THROWS_AS(PdfFile("", pool()), UnreadablePdf);
    CHECK_THROWS_AS(PdfFile("PK\3\4 not a PDF", pool()), UnreadablePdf);
    CHECK_THROWS_AS(PdfFile("%PDF-1.7\nnothing", pool()), UnreadablePdf);
}

TEST_CASE("a file cut off or changed anywhere is judged or refused, and never crashes") {
    const std::string good = made_pdf(good_objects());
    for (std::size_t i = 0; i < good.size(); i += 7) {
        std::string cut = good.substr(0, i), changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 0x15);
        for (std::string* one : {&cut, &changed}) {
            try {
                (void)verify_pdf(*one, {Standard::pdf_ua_1}, pool());
            } catch (const UnreadablePdf&) {}
        }
    }
    SUCCEED("no crash");
}

TEST_CASE("references in a circle end") {
    auto objects = good_objects();
    objects[3] = "<< /Type /Page /Parent 2 0 R /MediaBox 20 0 R /Contents 4 0 R /Resources << /XObject << /X 22 0 R >> >> >>";
    objects[4] = made_stream("/X Do");
    objects[20] = "21 0 R";
    objects[21] = "20 0 R";
    objects[22] = made_stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 22 0 R >> >>");
    objects[2] = "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 1 >>";
    const PdfFile file(made_pdf(objects), pool());
    CHECK(file.pages().size() == 1);
    CHECK(file.pages()[0]["MediaBox"].is_null());
    CHECK(trace(objects).find("Do >Do") == 0);
}

TEST_CASE("content is read with its marked content, through forms") {
    auto objects = good_objects();
    objects[3] = "<< /Type /Page /Parent 2 0 R /Contents [4 0 R 23 0 R] /Resources << /XObject << /X 22 0 R >> "
                 "/Properties << /M << /MCID 5 >> >> >> >>";
    objects[4] = made_stream("/P /M BDC /X");
    objects[23] = made_stream("Do EMC EMC /Artifact BMC");
    objects[22] = made_stream("/Span << /MCID 0 >> BDC f EMC EMC", "/Type /XObject /Subtype /Form /BBox [0 0 1 1]");
    CHECK(trace(objects) == "BDC<P5> Do<P5> >BDC<P5><Span0> >f<P5><Span0> >EMC<P5><Span0> >EMC<P5> "
                            "!EMC without BMC or BDC! EMC<P5> EMC !EMC without BMC or BDC! BMC<Artifact> "
                            "!1 marked-content sequences are not ended! ");
}

TEST_CASE("an inline image ends where content goes on, not at the letters EI in its pixels") {
    auto objects = good_objects();
    objects[4] = made_stream("BI /W 4 /H 1 /CS /G /BPC 8 ID \xFF EI\x01\x02 EI Q");
    CHECK(trace(objects) == "EI !Q without q! Q ");
}

TEST_CASE("the structure tree is read with its roles, contents and parent tree") {
    auto objects = good_objects();
    objects[6] = "<< /Type /StructTreeRoot /K 7 0 R /RoleMap << /Chapter /Part /Loop /Pool /Pool /Loop /Odd /None >> "
                 "/ParentTree << /Nums [0 [8 0 R 9 0 R]] >> /ClassMap << /C << /O /Table /Scope /Row >> >> >>";
    objects[9] =
        "<< /S /Chapter /P 7 0 R /Pg 3 0 R /C /C /Lang (de) /K [<< /Type /MCR /MCID 1 >> << /S /Loop >> << /S /Odd >>] >>";
    const PdfFile file(made_pdf(objects), pool());
    const Structure structure(file);
    REQUIRE(structure.elements().size() == 5);
    CHECK(structure[2].standard == "Part");
    CHECK(structure[3].standard.empty());
    CHECK(structure.role("Loop").circular);
    CHECK(!structure.role("Odd").circular);
    CHECK(structure.path(3) == "Document/Chapter/Loop");
    CHECK(structure.language(3) == "de");
    CHECK(structure.element_of_content({3, 0}, 1) == 2);
    CHECK(structure.attribute(2, "Table", "Scope").is_name("Row"));
    CHECK(structure.parent_tree().at(0).at(1).id().number == 9);
}

TEST_CASE("metadata is read whether properties are attributes or elements") {
    const Xmp xmp = read_xmp_packet(good_metadata);
    CHECK(xmp.problem.empty());
    CHECK(xmp.text(xmp_namespace::pdfuaid, "part") == "1");
    CHECK(xmp.text(xmp_namespace::dc, "title") == "Sleep");
    CHECK(xmp.property(xmp_namespace::dc, "title")->kind == XmpProperty::Kind::alt);
    CHECK(xmp.property(xmp_namespace::dc, "title")->parts.at(0).language == "x-default");
    CHECK(!read_xmp_packet("<a><b></a>").problem.empty());
    CHECK(!read_xmp_packet("").problem.empty());
}

TEST_CASE("character maps give CIDs and text, in ranges and one by one") {
    const FontCmap map("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /WMode 1 def\n"
                       "1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange\n"
                       "2 beginbfrange <0041> <0043> <0061> <8001> <8002> [<00660069> <0078>] endbfrange\n"
                       "1 beginbfchar <05> <D83DDE00> endbfchar 1 begincidrange <8000> <8010> 100 endcidrange");
    CHECK(map.unicode({0x42, 2}) == "b");
    CHECK(map.unicode({0x8001, 2}) == "fi");
    CHECK(map.unicode({5, 1}) == "😀");
    CHECK(!map.unicode({5, 2}));
    CHECK(map.cid({0x8005, 2}) == 105u);
    CHECK(map.writing_mode == 1);
    CHECK(map.ordering == "UCS");
    std::size_t at = 0;
    CHECK(map.next_code("\x41\x80\x01", at) == CharacterCode{0x41, 1});
    CHECK(map.next_code("\x41\x80\x01", at) == CharacterCode{0x8001, 2});
    CHECK(at == 3);
}

TEST_CASE("streams whose Length leads back to them are mended, not followed") {
    auto objects = good_objects();
    const std::string content = " >>\nstream\nq Q\nendstream";
    objects[4] = "<< /Length 4 0 R" + content;
    objects[20] = "<< /Length 21 0 R" + content;
    objects[21] = "<< /Length 20 0 R" + content;
    const PdfFile file(made_pdf(objects), pool());
    CHECK_FALSE(file.repairs().empty());
    CHECK(file.pages().size() == 1);
}

TEST_CASE("glyph names stand for their characters") {
    CHECK(utf16_of_glyph_name("Aacute") == u"Á");
    CHECK(utf16_of_glyph_name("f_i") == u"fi");
    CHECK(utf16_of_glyph_name("uni20AC.alt") == u"€");
    CHECK(utf16_of_glyph_name("u1F600") == u"\U0001F600");
    CHECK(utf16_of_glyph_name("g123").empty());
    CHECK(is_listed_glyph_name("afii10017"));
    CHECK(!is_listed_glyph_name("notaname"));
    CHECK((*glyph_encoding("WinAnsiEncoding"))[0x80] == "Euro");
    CHECK((*glyph_encoding("MacRomanEncoding"))[0x80] == "Adieresis");
    CHECK((*glyph_encoding("StandardEncoding"))[0xFB] == "germandbls");
}

TEST_CASE("a file that asks for more work than the limit is looked at as far as the limit goes") {
    const auto limit_reached = [](const std::map<int, std::string>& objects, const PdfLimits& limits) {
        const PdfFile file(made_pdf(objects), pool(), {}, limits);
        const PdfVerdict verdict = verify_pdf(file, Structure(file), {Standard::pdf_ua_1, Standard::pdf_a_2a}, pool());
        return verdict.findings.counts().contains("PDF limit");
    };
    auto objects = good_objects();
    CHECK_FALSE(limit_reached(objects, {}));

    SECTION("content that several pages share counts on each of them") {
        objects[2] = "<< /Type /Pages /Kids [3 0 R 12 0 R] /Count 2 >>";
        objects[12] = objects[3];
        CHECK_FALSE(limit_reached(objects, {.content_bytes = 500}));
        CHECK(limit_reached(objects, {.content_bytes = 100})); // of one page there is more
    }
    SECTION("empty streams count, too") {
        objects[3].replace(objects[3].find("4 0 R"), 5, "[4 0 R 12 0 R 12 0 R 12 0 R 12 0 R]");
        objects[12] = made_stream("");
        CHECK(limit_reached(objects, {.content_bytes = 300}));
    }
    SECTION("streams of all kinds count") { CHECK(limit_reached(objects, {.decoded_bytes = 100})); }
    SECTION("annotations that several pages share") {
        objects[3].replace(objects[3].find("/Contents"), 9, "/Annots 12 0 R /Contents");
        objects[12] = "[13 0 R 13 0 R 13 0 R 13 0 R]";
        objects[13] = "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>";
        CHECK_FALSE(limit_reached(objects, {.annotations = 4}));
        CHECK(limit_reached(objects, {.annotations = 2}));
        const PdfFile file(made_pdf(objects), pool(), {}, {.annotations = 2});
        CHECK(file.annotations(file.pages()[0]).size() == 3);
    }
    SECTION("files within the file") {
        const std::string inner = made_pdf(good_objects());
        objects[12] = "<< /Type /Filespec /F (a.pdf) /UF (a.pdf) /EF << /F 13 0 R >> >>";
        objects[13] = made_stream(inner, "/Type /EmbeddedFile");
        objects[14] = "<< /Type /Filespec /F (b.pdf) /UF (b.pdf) /EF << /F 15 0 R >> >>";
        objects[15] = made_stream(inner, "/Type /EmbeddedFile");
        CHECK_FALSE(limit_reached(objects, {}));
        CHECK(limit_reached(objects, {.embedded_bytes = inner.size() + 1}));
    }
    SECTION("a CMap larger than any") {
        objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 12 0 R >>";
        objects[12] = made_stream(std::string(limits::pdf_cmap_bytes + 1, ' '));
        CHECK(limit_reached(objects, {}));
    }
}

TEST_CASE("an object is found whatever its number is") {
    auto objects = good_objects();
    objects[1].replace(objects[1].find("/Lang"), 0, "/OpenAction 9000000 0 R ");
    std::string file = made_pdf(objects);
    const std::string previous = file.substr(file.rfind("startxref") + 10);
    const std::size_t object = file.size();
    file += "9000000 0 obj\n<< /S /JavaScript /JS (1) >>\nendobj\n";
    const std::size_t table = file.size();
    char row[32];
    std::snprintf(row, sizeof row, "%010zu 00000 n \n", object);
    file += "xref\n9000000 1\n" + std::string(row) + "trailer\n<< /Size 9000001 /Root 1 0 R /Prev " +
            previous.substr(0, previous.find('\n')) + " >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    const PdfFile read(file, pool());
    CHECK(read.repairs().empty());
    CHECK(read.catalog()["OpenAction"]["S"].is_name("JavaScript"));
    CHECK(read.object({9'000'000, 0}).id().number == 9'000'000);
    CHECK(read.object({8'999'999, 0}).is_null());
    CHECK(verify_pdf(file, {Standard::pdf_a_2b}, pool()).findings.counts().contains("A2 6.5.1-1"));
}

TEST_CASE("cross-reference streams are counted before they are read") {
    const auto rows = [](const std::string& entries, const std::string& behind = std::string(9'000, 'x')) {
        return count_cross_references("%PDF-1.7\n1 0 obj\n<< " + entries + " >>\nstream\n" + behind);
    };
    CHECK(rows("/Type /XRef /W [1 2 1] /Size 7") == 7);
    CHECK(rows("/Type /XRef /W [1 2 1] /Size 7 /Index [0 5 9000 1000]") == 1'005);
    CHECK(rows("/Type /X#52ef /#57 [1 2 1] /Size 70000") == 70'000);
    CHECK(rows("/Type /XRef /W [1 2 1] /Index [0 900000000]", "xx") < 20'000); // they would not be there
    CHECK(rows("/Type /XRef /W [1 2 1] /Index [0 900000000] /Filter [/Fl /Fl]", "xx") == 900'000'000);
    CHECK(rows("/Type /XRef /W [1 2 1] /Index 2 0 R") > 9'000'000); // as many as its bytes can hold
    CHECK(rows("/Type /XRef /W [1 2 1] /Index [0 2 0 R]") > 9'000'000);
    CHECK(rows("/Type 2 0 R /W [1 2 1] /Size 7") == 7);
    CHECK(rows("/Type /Font /W [1 2 1] /Size 7") == 0);
    CHECK(count_cross_references("endobj obj<<obj<< obj( obj") == 0);
    std::string nested;
    for (int i = 0; i < 1'000; ++i) nested += "1 0 obj << /A (";
    CHECK(count_cross_references(nested) > 900'000'000); // each holds all behind it
}

TEST_CASE("a page tree that leads back into itself is told, and ends") {
    auto objects = good_objects();
    const auto counts = [&] { return verify_pdf(made_pdf(objects), {Standard::pdf_ua_1}, pool()).findings.counts(); };
    CHECK_FALSE(counts().contains("PDF 7.7.3"));
    objects[2] = "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"; // a page twice; other programs show it twice
    CHECK_FALSE(counts().contains("PDF 7.7.3"));
    objects[2] = "<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>";
    CHECK(counts().contains("PDF 7.7.3"));
    objects[2] = "<< /Type /Pages /Kids [3 0 R 12 0 R 12 0 R] /Count 1 >>";
    objects[12] = "<< /Type /Pages /Kids [] /Count 0 >>";
    CHECK(counts().contains("PDF 7.7.3"));
}
