// icc_profile.h: what the header of an ICC profile says. ICC.1:2010 (ISO 15076-1), 7.2.
#pragma once

#include "verify/pdf_file.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

struct IccHeader {
    bool whole = false;         // the signature is there, and the profile is at least as long as it says
    int version = 0;            // the major number
    std::string profile_class;  // “prtr”, “mntr”, “scnr”, “spac”, …
    std::string colour_space;   // “GRAY”, “RGB ”, “CMYK”, “Lab ”, …
    int components() const;     // of that colour space; 0: another one
    bool may_be_output() const; // of an output intent: ISO 19005-2, 6.2.3
    bool may_be_input() const;  // of an ICCBased colour space: ISO 19005-2, 6.2.4.2; ISO 32000-1, 8.6.5.5
};

IccHeader read_icc_header(std::string_view profile);
IccHeader icc_header_of(const PdfObject& stream);

} // namespace bifolio
