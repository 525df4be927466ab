#include "made_pdf.h"

#include <cstdio>

namespace bifolio::test {

std::string made_stream(const std::string& bytes, const std::string& entries) {
    return "<< /Length " + std::to_string(bytes.size()) + " " + entries + " >>\nstream\n" + bytes + "\nendstream";
}

std::string made_pdf(const std::map<int, std::string>& objects, const std::string& trailer) {
    std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::map<int, std::size_t> offsets;
    for (const auto& [number, text] : objects) {
        offsets[number] = out.size();
        out += std::to_string(number) + " 0 obj\n" + text + "\nendobj\n";
    }
    const std::size_t table = out.size();
    const int size = objects.empty() ? 1 : objects.rbegin()->first + 1;
    out += "xref\n0 " + std::to_string(size) + "\n0000000000 65535 f \n";
    for (int number = 1; number < size; ++number) {
        char row[32];
        const bool used = offsets.contains(number);
        std::snprintf(row, sizeof row, "%010zu %05d %c \n", used ? offsets[number] : 0, used ? 0 : 65535, used ? 'n' : 'f');
        out += row;
    }
    return out + "trailer\n<< /Size " + std::to_string(size) + " /Root 1 0 R " + trailer + " >>\nstartxref\n" +
           std::to_string(table) + "\n%%EOF\n";
}

const std::string good_metadata =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" pdfuaid:part=\"1\">"
    "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Sleep</rdf:li></rdf:Alt></dc:title>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";

std::map<int, std::string> good_objects() {
    return {
        {1, "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R /Metadata 10 0 R "
            "/ViewerPreferences << /DisplayDocTitle true >> >>"},
        {2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"},
        {3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /StructParents 0 "
            "/Resources << /Font << /F 5 0 R >> >> >>"},
        {4, made_stream("/H1 << /MCID 0 >> BDC BT /F 12 Tf 10 100 Td 3 Tr (Sleep) Tj ET EMC\n"
                        "/P << /MCID 1 >> BDC BT /F 10 Tf 3 Tr 10 80 Td (Most people) Tj ET EMC\n"
                        "/Artifact BMC 0 0 200 2 re f EMC")},
        {5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"},
        {6, "<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [8 0 R 9 0 R]] >> >>"},
        {7, "<< /Type /StructElem /S /Document /P 6 0 R /K [8 0 R 9 0 R] >>"},
        {8, "<< /Type /StructElem /S /H1 /P 7 0 R /Pg 3 0 R /K 0 >>"},
        {9, "<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K 1 >>"},
        {10, made_stream(good_metadata, "/Type /Metadata /Subtype /XML")},
    };
}

const TaskPool& pool() {
    static const TaskPool pool(2);
    return pool;
}

} // namespace bifolio::test
