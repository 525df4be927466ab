// object_walk.h: every object of a file looked at once, for the rules of PDF/A and PDF/X about objects as such, and the actions
// that a file can start. ISO 32000-1, 7.3, 7.4, 7.11, 12.6.
#pragma once

#include "verify/pdf_file.h"

#include <string>
#include <vector>

namespace bifolio {

struct ObjectFact {
    enum class Kind : std::uint8_t {
        long_string,     // beyond 32,767 bytes
        long_name,       // beyond 127 bytes
        bad_name,        // a font's name that is not UTF-8
        external_stream, // F, FFilter, FDecodeParms
        lzw,
        crypt, // other than Identity
        foreign_filter,
        embedding, // a file specification with EF
    };
    Kind kind;
    std::string what;
    PdfObject object;
};

std::vector<ObjectFact> walk_objects(const PdfFile& file);

struct ActionUse {
    PdfObject action;
    std::string where; // “an outline entry”
    ObjectId holder;
    std::size_t page = 0;
};
struct FileActions {
    std::vector<ActionUse> actions;    // and those that follow them (Next)
    std::vector<ActionUse> additional; // dictionaries under AA; `action` is the dictionary
};
FileActions find_actions(const PdfFile& file);

// All dictionaries of the form's field tree, widgets included.
std::vector<PdfObject> form_fields(const PdfFile& file);

} // namespace bifolio
