// What PDF/A-2 and PDF/X-4 ask below the level of whole files; those are tried in tests/end_to_end/test_archive.py.
#include "io/limits.h"
#include "made_pdf.h"
#include "verify/file_syntax.h"
#include "verify/icc_profile.h"
#include "verify/jpeg_2000.h"
#include "verify/verify_pdf.h"
#include "verify/xmp_dates.h"
#include "verify/xmp_schemas.h"

#include <catch2/catch.hpp>

using namespace bifolio;
using namespace bifolio::test;

namespace {

std::string packet(const std::string& properties) {
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
           "xmlns:exif='http://ns.adobe.com/exif/1.0/' xmlns:t='http://ns.adobe.com/xap/1.0/t/pg/' "
           "xmlns:d='http://ns.adobe.com/xap/1.0/sType/Dimensions#'>" +
           properties + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

std::string schema_faults(const std::string& properties) {
    std::string out;
    for (const XmpSchemaFault& fault : check_xmp_schemas(read_xmp_packet(packet(properties)))) out += fault.what + "\n";
    return out;
}

bool is_good_date(const std::string& date) { return schema_faults("<xmp:CreateDate>" + date + "</xmp:CreateDate>").empty(); }

} // namespace

TEST_CASE("dates of the information dictionary and of the metadata are compared as moments") {
    CHECK(same_moment("D:20260102030405Z", "2026-01-02T03:04:05Z"));
    CHECK(same_moment("D:20260102030405+01'00'", "2026-01-02T02:04:05Z"));
    CHECK(same_moment("D:20260102030405-05'30'", "2026-01-02T03:04:05-05:30"));
    CHECK(same_moment("D:20260102", "2026-01-02"));
    CHECK(same_moment("D:20260102030405Z", "2026-01-02T03:04:05.75Z"));
    CHECK_FALSE(same_moment("D:20260102030405Z", "2026-01-02T03:04:06Z"));
    CHECK_FALSE(same_moment("D:20260102030405+01'00'", "2026-01-02T03:04:05Z"));
    CHECK_FALSE(same_moment("D:20250102", "2026-01-02"));
    CHECK_FALSE(same_moment("yesterday", "2026-01-02"));
}

TEST_CASE("a date in the metadata is as ISO 8601 has it, and is one") {
    for (const char* good :
         {"2026", "2026-01", "2026-01-02", "2026-01-02T03:04Z", "2026-01-02T03:04:05+01:00", "2026-01-02T03:04:05.5-05:30"})
        CHECK(is_good_date(good));
    for (const char* bad :
         {"26", "2026-13", "2026-1-2", "02.01.2026", "2026-01-02 03:04", "2026-01-02T3:04Z", "2026-01-02T03:04:05+0100", ""})
        CHECK_FALSE(is_good_date(bad));
}

TEST_CASE("values of the metadata are of the types that XMP gives their properties") {
    CHECK(schema_faults("<dc:creator><rdf:Seq><rdf:li>Jane</rdf:li></rdf:Seq></dc:creator>").empty());
    CHECK(schema_faults("<dc:creator>Jane</dc:creator>") == "the value of dc:creator is not of the type ‘seq text’\n");
    CHECK(schema_faults("<dc:title><rdf:Alt><rdf:li>Sleep</rdf:li></rdf:Alt></dc:title>") ==
          "the value of dc:title is not of the type ‘lang’\n");
    CHECK(schema_faults("<exif:FNumber>28/10</exif:FNumber>").empty());
    CHECK(schema_faults("<exif:FNumber>2.8</exif:FNumber>").empty());
    CHECK_FALSE(schema_faults("<exif:FNumber><rdf:Seq><rdf:li>28/10</rdf:li></rdf:Seq></exif:FNumber>").empty());
    CHECK(schema_faults(
              "<exif:Flash rdf:parseType='Resource'><exif:Fired>True</exif:Fired><exif:Return>2</exif:Return></exif:Flash>")
              .empty());
    CHECK_FALSE(schema_faults("<exif:Flash rdf:parseType='Resource'><exif:Fired>yes</exif:Fired></exif:Flash>").empty());
    CHECK_FALSE(schema_faults("<exif:GPSLatitude>51,30N</exif:GPSLatitude>").empty());
    CHECK(schema_faults("<dc:format>application/pdf</dc:format>").empty());
    CHECK_FALSE(schema_faults("<dc:format>application/pdf; version=1</dc:format>").empty());
    CHECK(schema_faults("<exif:GPSLatitude>51,30,26N</exif:GPSLatitude>").empty());
    CHECK_FALSE(schema_faults("<exif:GPSLatitude>51.5</exif:GPSLatitude>").empty());
    CHECK(
        schema_faults("<t:MaxPageSize rdf:parseType='Resource'><d:w>210</d:w><d:h>297.5</d:h><d:unit>mm</d:unit></t:MaxPageSize>")
            .empty());
    CHECK_FALSE(schema_faults("<t:MaxPageSize rdf:parseType='Resource'><d:w>wide</d:w></t:MaxPageSize>").empty());
    CHECK_FALSE(schema_faults("<t:MaxPageSize rdf:parseType='Resource'><d:depth>1</d:depth></t:MaxPageSize>").empty());
}

TEST_CASE("metadata is XML with namespaces, to the letter") {
    CHECK(read_xmp_packet(packet("<dc:source>a</dc:source>") + "\n  <?xpacket end='w'?>").problem.empty());
    for (const char* broken : {"<odd:source>a</odd:source>", "<dc:source xml:lang='en' xml:lang='de'>a</dc:source>",
                               "<dc:source>\x01</dc:source>", "<dc:source>&nbsp;</dc:source>"}) {
        INFO(broken);
        CHECK(read_xmp_packet(packet(broken)).problem.starts_with("the metadata is not well-formed XML: "));
    }
}

TEST_CASE("metadata that is larger than any is not read") {
    const std::string large(limits::pdf_metadata_bytes, ' ');
    CHECK(read_xmp_packet(packet("<dc:source>a</dc:source>") + large).problem == "the metadata is larger than the limit");
}

TEST_CASE("a property is predefined or described") {
    CHECK(schema_faults("<dc:mood>calm</dc:mood>") == "the property dc:mood is neither predefined nor described\n");
}

TEST_CASE("a damaged profile or picture is read as far as it goes") {
    CHECK_FALSE(read_icc_header("acsp").whole);
    CHECK_FALSE(read_icc_header(std::string(200, '\0')).may_be_output());
    std::string profile(128, '\0');
    profile.replace(3, 1, "\x80").replace(8, 1, "\4").replace(12, 8, "mntrRGB ").replace(36, 4, "acsp");
    CHECK(read_icc_header(profile).may_be_output());
    CHECK(read_icc_header(profile + "\n").may_be_output()); // an end of line that was taken for data
    CHECK_FALSE(read_icc_header(profile.replace(3, 1, "\xFF")).may_be_output());
    CHECK_FALSE(read_jpeg_2000_header("").readable);
    CHECK_FALSE(read_jpeg_2000_header(std::string("\0\0\0\1jp2h", 8)).readable);
    CHECK_FALSE(read_jpeg_2000_header(std::string("\xFF\x4F\xFF\x51", 4)).readable);
}

TEST_CASE("colorants have names in UTF-8, also in colour spaces that nothing uses") {
    const auto is_faulted = [](const std::string& space) {
        auto objects = good_objects();
        objects[12] = "<< /Unused " + space + " >>";
        const PdfVerdict verdict = verify_pdf(made_pdf(objects), {Standard::pdf_a_2b}, pool());
        return verdict.findings.counts().contains("A2 6.1.8-1");
    };
    CHECK_FALSE(is_faulted("[/Separation /House#20Red /DeviceCMYK 9 0 R]"));
    CHECK(is_faulted("[/Separation /House#FFRed /DeviceCMYK 9 0 R]"));
    CHECK_FALSE(is_faulted("[/DeviceN [/Cyan /Gr#C3#BCn] /DeviceCMYK 9 0 R]"));
    CHECK(is_faulted("[/DeviceN [/Cyan /Gr#FCn] /DeviceCMYK 9 0 R]"));
}

TEST_CASE("how a file is written is seen in its bytes") {
    const auto kinds = [](const std::string& bytes) {
        std::vector<SyntaxFault::Kind> out;
        for (const SyntaxFault& fault : read_file_syntax(PdfFile(bytes, pool()))) out.push_back(fault.kind);
        return out;
    };
    using Kind = SyntaxFault::Kind;
    using Kinds = std::vector<Kind>;
    const std::string good = made_pdf(good_objects());
    CHECK(kinds(good).empty());
    CHECK(kinds(good + "\n") == Kinds{Kind::data_behind_end});
    std::string plain_comment = good;
    plain_comment.replace(plain_comment.find("%\xE2"), 5, "%abcd");
    CHECK(kinds(plain_comment) == Kinds{Kind::binary_comment});
    auto objects = good_objects();
    objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /A <41 4> /B <4x> /C 2147483648 /D -2147483648 >>";
    CHECK(kinds(made_pdf(objects)) == Kinds{Kind::odd_hexadecimal, Kind::foreign_hexadecimal, Kind::integer_range});
    objects = good_objects();
    objects[4] = "<< /Length 3 >>\nstream\r\nq Q\r\nendstream";
    CHECK(kinds(made_pdf(objects)).empty());
    objects[4] = "<< /Length 3 >>\nstream\nq Qendstream";
    CHECK(kinds(made_pdf(objects)) == Kinds{Kind::stream_spacing});
    objects[4] = "<< /Length 2 >>\nstream\nq Q\nendstream";
    CHECK(kinds(made_pdf(objects)) == Kinds{Kind::stream_length});
}
