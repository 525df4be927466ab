// Files spoilt at random: whatever stands in them, there is a verdict or the sentence that the file cannot be read.
//   BIFOLIO_MUTATIONS=20000        as many instead of 1,500
//   BIFOLIO_MUTATED=FOLDER         the PDFs of a folder as well (written by qpdf --qdf, so that the changes reach their content)
//   BIFOLIO_MUTATION=17            this one alone, left as mutation.pdf in the working folder
#include "made_pdf.h"
#include "verify/verify_pdf.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

using namespace bifolio;
using namespace bifolio::test;

namespace {

// Small, and with one of everything that a rule looks into.
std::string manifold_pdf() {
    auto objects = good_objects();
    objects[1] =
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R /Metadata 10 0 R "
        "/ViewerPreferences << /DisplayDocTitle true >> /Outlines << /First 20 0 R /Last 20 0 R /Count 1 >> /AcroForm << /Fields "
        "[22 0 R 41 0 R] /XFA 23 0 R >> /OCProperties << /OCGs [24 0 R] /D << /Name (x) /Order [24 0 R [24 0 R]] >> /Configs [<< "
        ">>] >> "
        "/Names << /EmbeddedFiles << /Names [(a) 25 0 R] /Kids [40 0 R] >> /Dests 40 0 R >> /OutputIntents [27 0 R] /OpenAction "
        "21 0 R "
        "/Perms << /DocMDP 42 0 R >> >>";
    objects[3] =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /TrimBox [0 0 200 200] /Contents [4 0 R 4 0 R] /StructParents 0 "
        "/Tabs /S /Annots [21 0 R 22 0 R] /Group << /S /Transparency /CS 30 0 R >> /Resources << /Font << /F 5 0 R /T 31 0 R /C "
        "34 "
        "0 R >> /XObject << /X 32 0 R /I 33 0 R >> /ColorSpace << /S 30 0 R /N [/DeviceN [/Cyan /Spot] /DeviceCMYK 38 0 R] >> "
        "/Pattern << /P 39 0 R >> /ExtGState << /G << /ca .5 /BM /Multiply /SMask << /S /Luminosity /G 32 0 R >> /Font [5 0 R 9] "
        "/HTP [0 0] >> >> /Shading << /H << /ShadingType 2 /ColorSpace /DeviceRGB /Function 38 0 R >> >> /Properties << /A << "
        "/MCID 1 /Lang (en) >> >> >> >>";
    objects[4] = made_stream(
        "/H1 << /MCID 0 >> BDC BT /F 12 Tf 3 Tr (Sle\\145p) Tj ET EMC /P /A BDC q /G gs BT /C 9 Tf <00410042> Tj [(ab) -20 "
        "<63>] TJ /T 9 Tf (a) ' ET /S cs 0 0 0 scn /N CS .5 .5 SC /Pattern cs /P scn 0 0 9 9 re f Q /X Do /I Do /H sh EMC "
        "/Artifact << /Type /Pagination >> BDC BI /W 1 /H 1 /CS /G /BPC 8 ID x EI 0 g 0 0 1 0 k EMC");
    objects[6] = "<< /Type /StructTreeRoot /K 7 0 R /RoleMap << /Text /Para /Para /P >> /ClassMap << /c << /O /Table /Scope /Row "
                 ">> >> /IDTree << "
                 ">> /ParentTree << /Kids [<< /Limits [0 2] /Nums [0 [8 0 R 9 0 R] 1 43 0 R 2 44 0 R] >>] >> >>";
    objects[7] = "<< /Type /StructElem /S /Document /P 6 0 R /K [8 0 R 9 0 R 43 0 R 44 0 R 45 0 R] >>";
    objects[9] = "<< /Type /StructElem /S /Text /P 7 0 R /Pg 3 0 R /K [1 << /Type /MCR /MCID 4 /Stm 32 0 R >>] /C /c /A [<< /O "
                 "/Layout >> 0] >>";
    objects[20] = "<< /Title (Sleep) /Parent 1 0 R /Dest [3 0 R /Fit] /Next 20 0 R >>";
    objects[21] = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /F 4 /StructParent 1 /Contents (x) /A << /S /URI /URI (x) "
                  "/Next 21 0 R >> >>";
    objects[22] = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /TU (a) /Rect [0 0 9 9] /F 4 /StructParent 2 /Kids [22 0 R] "
                  "/Parent 41 0 R /AP "
                  "<< /N << /On 32 0 R >> >> /MK << >> >>";
    objects[23] = "<< /Length 46 0 R >>\nstream\n<config><dynamicRender>required</dynamicRender></config>\nendstream";
    objects[46] = "56";
    objects[24] = "<< /Type /OCG /Name (x) >>";
    objects[25] = "<< /Type /Filespec /F (a) /UF (a) /EF << /F 26 0 R >> /AFRelationship /Data >>";
    objects[26] = made_stream(made_pdf(good_objects()), "/Type /EmbeddedFile /Subtype /application#2Fpdf");
    objects[27] = "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (x) /DestOutputProfile 28 0 R >>";
    std::string profile(136, '\0');
    profile.replace(3, 1, "\x88").replace(8, 1, "\2").replace(12, 8, "mntrRGB ").replace(36, 4, "acsp");
    objects[28] = made_stream(profile, "/N 3");
    objects[30] = "[/ICCBased 28 0 R]";
    objects[31] =
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 32 0 R >> /Encoding << "
        "/Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /T 31 0 R >> >> >>";
    objects[32] = made_stream("1 0 d0 /X Do /P << /MCID 4 >> BDC f EMC",
                              "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /StructParents 3 /Group "
                              "<< /S /Transparency >> /Resources << /XObject << /X 32 0 R >> >>");
    objects[33] = made_stream(
        "abcd", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 "
                "<000000FFFFFF>] /SMask 33 0 R /Alternates [] /Intent /Perceptual");
    objects[34] =
        "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+X /Encoding 36 0 R /DescendantFonts [35 0 R] /ToUnicode 37 0 R >>";
    objects[35] = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+X /CIDSystemInfo << /Registry (Adobe) /Ordering "
                  "(Identity) /Supplement 0 >> "
                  "/W [0 [500 600] 65 66 700] /DW 1000 /CIDToGIDMap 38 0 R /FontDescriptor << /Type /FontDescriptor /FontName "
                  "/ABCDEF+X /Flags 4 "
                  "/FontFile2 28 0 R /CIDSet 38 0 R >> >>";
    objects[36] = made_stream(
        "/CMapName /Own def /WMode 0 def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <FFFF> 0 "
        "endcidrange 1 begincidchar <0041> 7 endcidchar",
        "/Type /CMap /CMapName /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /UseCMap 36 0 R");
    objects[37] = made_stream(
        "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfrange <0000> <00FF> <D83DDE00> <0100> <0102> [<0041> "
        "<0042> <0043>] endbfrange");
    objects[38] = made_stream("{ dup mul exch pop }", "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]");
    objects[39] = made_stream("0 0 9 9 re f /X Do",
                              "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 "
                              "/Resources << /XObject << /X 32 0 R >> >>");
    objects[40] = "<< /Limits [(a) (b)] /Names [(b) 25 0 R] /Kids [40 0 R] >>";
    objects[41] = "<< /FT /Sig /T (s) /V 42 0 R /Kids [22 0 R] >>";
    objects[42] = "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 9 20 9] /Contents <3080060092A864886F70D010702> /Reference "
                  "[<< >>] >>";
    objects[43] = "<< /Type /StructElem /S /Link /P 7 0 R /Pg 3 0 R /K [<< /Type /OBJR /Obj 21 0 R >>] /Alt (x) /Lang (en) >>";
    objects[44] = "<< /Type /StructElem /S /Form /P 7 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 22 0 R >> >>";
    objects[45] = "<< /Type /StructElem /S /Table /P 7 0 R /K [<< /S /TR /P 45 0 R /K [<< /S /TH /P 45 0 R /ID (h) /A << /O "
                  "/Table /RowSpan 2 /ColSpan 2 >> "
                  ">> << /S /TD /P 45 0 R /A << /O /Table /Headers [(h)] >> >>] >>] >>";
    return made_pdf(objects, "/ID [<0011> <0011>] /Info << /Title (Sleep) /CreationDate (D:20260102) >>");
}

class Mutator {
public:
    explicit Mutator(std::uint32_t seed) : random_(seed) {}

    std::string mutate(std::string bytes) {
        for (std::size_t left = 1 + below(6); left > 0 && !bytes.empty(); --left) change(bytes);
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; } // the same on every machine

    void change(std::string& bytes) {
        const std::size_t at = below(bytes.size()), size = std::min(bytes.size() - at, 1 + below(below(8) == 0 ? 2000 : 12));
        switch (below(9)) {
        case 0: bytes[at] = static_cast<char>(below(256)); break;
        case 1: bytes[at] = static_cast<char>(bytes[at] ^ 1 << below(8)); break;
        case 2: bytes.erase(at, size); break;
        case 3: bytes.insert(below(bytes.size()), bytes.substr(at, size)); break;
        case 4:
            if (below(6) == 0) bytes.resize(at);
            break;
        case 5: replace_number(bytes, at); break;
        case 6: replace_word(bytes, at, '/'); break;
        case 7: redirect(bytes, at); break;
        default: bytes.insert(at, syntax[below(std::size(syntax))]); break;
        }
    }

    void replace_number(std::string& bytes, std::size_t from) {
        const std::size_t at = bytes.find_first_of("0123456789", from);
        if (at == std::string::npos) return;
        bytes.replace(at, std::min(bytes.find_first_not_of("0123456789", at), bytes.size()) - at,
                      numbers[below(std::size(numbers))]);
    }
    void replace_word(std::string& bytes, std::size_t from, char begin) {
        const std::size_t at = bytes.find(begin, from), other = bytes.find(begin, below(bytes.size()));
        if (at == std::string::npos || other == std::string::npos) return;
        const auto end = [&](std::size_t of) { return std::min(bytes.find_first_of(" /<>[]()\n", of + 1), bytes.size()); };
        bytes.replace(at, end(at) - at, std::string(bytes, other, end(other) - other));
    }
    // A reference leads to another object: round in circles, among others.
    void redirect(std::string& bytes, std::size_t from) {
        const std::size_t behind = bytes.find(" 0 R", from);
        if (behind == std::string::npos) return;
        std::size_t at = behind;
        while (at > 0 && bytes[at - 1] >= '0' && bytes[at - 1] <= '9') --at;
        bytes.replace(at, behind - at, std::to_string(below(48)));
    }

    static constexpr const char* numbers[]{
        "-1", "0", "1", "255", "65536", "2147483647", "-2147483648", "99999999999999999999", "1e9", "4294967295", ".", "7"};
    static constexpr const char* syntax[]{"<<",        ">>",         "[",        "]",   "(",       ")",    "<",       ">",
                                          "endstream", "endobj",     "stream\n", "obj", " R",      "null", "BT ",     "q ",
                                          "EMC ",      "/Span BMC ", "%",        "\\",  "#",       "xref", "trailer", "BI ",
                                          " 0 R ",     "<?xml?>",    "<rdf:li>", "&",   "usecmap "};
    std::mt19937 random_;
};

std::vector<std::string> subjects() {
    std::vector<std::string> out{made_pdf(good_objects()), manifold_pdf(), manifold_pdf()};
    if (const char* folder = std::getenv("BIFOLIO_MUTATED")) {
        std::vector<std::filesystem::path> paths;
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".pdf") paths.push_back(entry.path());
        std::ranges::sort(paths);
        for (const auto& path : paths) {
            std::ifstream in(path, std::ios::binary);
            out.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        }
    }
    return out;
}

} // namespace

TEST_CASE("a file spoilt at random gets a verdict, or is called unreadable") {
    const auto number = [](const char* name) {
        return std::getenv(name) ? static_cast<std::uint32_t>(std::atoi(std::getenv(name))) : 0u;
    };
    const std::uint32_t only = number("BIFOLIO_MUTATION"), count = number("BIFOLIO_MUTATIONS");
    const std::vector<std::string> files = subjects();
    std::size_t judged = 0, refused = 0;
    for (std::uint32_t seed = only ? only : 1; seed <= (only ? only : count ? count : 1500); ++seed) {
        const std::string bytes = Mutator(seed).mutate(files[seed % files.size()]);
        if (only) std::ofstream("mutation.pdf", std::ios::binary) << bytes;
        const auto begin = std::chrono::steady_clock::now();
        INFO("mutation " << seed);
        try {
            const PdfVerdict verdict = verify_pdf(bytes, {std::begin(all_standards), std::end(all_standards)}, pool());
            ++judged;
        } catch (const UnreadablePdf& what) {
            CHECK(std::string(what.what()).size() > 10);
            ++refused;
        } catch (const std::exception& what) { FAIL(what.what()); }
        const auto took = std::chrono::steady_clock::now() - begin;
        CHECK(took < std::chrono::seconds(20));
        if (count && took > std::chrono::seconds(1)) WARN("mutation " << seed << " took a second or more");
    }
    CHECK(judged > refused);
    if (!only) CHECK(refused > 0);
}
