// metadata.h: what a PDF says about itself: the information dictionary and XMP, from the same values, so that they agree.
// Spec: ISO 32000-1, 14.3; ISO 16684-1 (XMP); ISO 19005-2, 6.6; ISO 14289-1, 5.
#pragma once

#include "assemble/book.h"
#include "write/pdf/write_pdf.h"

#include <string>
#include <string_view>

namespace bifolio {

struct Claims {
    bool pdf_ua_1 = false;
    bool pdf_a_2a = false;
    bool pdf_x_4 = false;
};

std::string information_entries(const BookMetadata& book, const PdfOptions& options, const Claims& claims);
std::string xmp_packet(const BookMetadata& book, const PdfOptions& options, const Claims& claims,
                       std::string_view identifier); // of the document, 16 bytes in hexadecimal

} // namespace bifolio
