// file_syntax.h: how a file is written, byte by byte: what is lost once it is read into values. ISO 32000-1, 7.2, 7.3, 7.5; the
// rules are those of ISO 19005-2, 6.1.
//
// Reads the body once: each object where the cross-reference table says it stands, and the members of object streams. The data of
// streams is passed over.
#pragma once

#include "verify/pdf_file.h"

#include <string>
#include <vector>

namespace bifolio {

struct SyntaxFault {
    enum class Kind {
        header,              // does not begin with %PDF-1.n and an end of line
        binary_comment,      // no comment of four bytes above 127 behind it
        data_behind_end,     // behind the last %%EOF
        table_spacing,       // the keyword xref and its sections
        object_spacing,      // “12 0 obj” … “endobj”
        stream_spacing,      // “stream” … “endstream”
        stream_length,       // Length is not what lies between them
        odd_hexadecimal,     // <ABC>
        foreign_hexadecimal, // <AXB>
        integer_range,       // beyond 32 bits
        real_range,          // beyond ±3.403 × 10^38
        real_near_zero,      // between 0 and 1.175 × 10^-38
    };
    Kind kind;
    std::string what;
    ObjectId object;
};

std::vector<SyntaxFault> read_file_syntax(const PdfFile& file);

} // namespace bifolio
