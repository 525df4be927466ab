// made_pdf.h: small PDF files for tests, written object by object.
#pragma once

#include "verify/pdf_file.h"

#include <map>
#include <string>

namespace bifolio::test {

// Objects by number as they stand between “obj” and “endobj”; 1 is the catalog. The table of offsets is made here.
std::string made_pdf(const std::map<int, std::string>& objects, const std::string& trailer = "");
std::string made_stream(const std::string& bytes, const std::string& entries = ""); // “<< … >> stream … endstream”

// One tagged page that keeps PDF/UA-1, for tests to spoil: its objects by number.
//  1 catalog, 2 pages, 3 page, 4 content, 5 font, 6 structure root, 7 Document, 8 H1, 9 P, 10 metadata, 11 font descriptor
std::map<int, std::string> good_objects();
extern const std::string good_metadata;

const TaskPool& pool();

} // namespace bifolio::test
