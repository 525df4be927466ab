#include "app/codes.h"
#include "app/commands.h"
#include "assemble/codes.h"
#include "base/codes.h"
#include "check/codes.h"
#include "layout/page/codes.h"
#include "proof/codes.h"
#include "read/codes.h"
#include "style/codes.h"
#include "write/epub/codes.h"
#include "write/pdf/codes.h"
#include "write/svg/codes.h"
#include "write/xhtml/codes.h"

#include <algorithm>
#include <vector>

namespace bifolio {

std::string error_table() {
    std::vector<CodeInfo> rows;
    const auto add = [&](const auto& codes) { rows.insert(rows.end(), codes.begin(), codes.end()); };
    add(base_codes);
    add(read_codes);
    add(assemble_codes);
    add(style_codes);
    add(check_codes);
    add(layout_codes);
    add(xhtml_codes);
    add(epub_codes);
    add(pdf_codes);
    add(svg_codes);
    add(proof_codes);
    add(app_codes);
    std::ranges::sort(rows, {}, &CodeInfo::code);
    std::string out =
        "# What bifolio says\n\nEvery message ends with its code in square brackets. This table is made by `bifolio errors`.\n\n"
        "| code | usually | what is wrong | what to do |\n|---|---|---|---|\n";
    for (const CodeInfo& row : rows)
        out += "| `" + std::string(row.code) + "` | " + (row.severity == Severity::error ? "error" : "warning") + " | " +
               std::string(row.title) + " | " + std::string(row.cure) + " |\n";
    return out;
}

} // namespace bifolio
