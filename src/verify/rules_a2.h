// rules_a2.h: the parts of the rules of PDF/A-2, for their table in rules_a2.cpp. For verify only.
#pragma once

#include "verify/rules.h"

namespace bifolio::a2 {

void check_syntax(const Examined&, Findings&);   // 6.1: how the file is written
void check_objects(const Examined&, Findings&);  // 6.1, 6.8: objects, streams, embedded files
void check_document(const Examined&, Findings&); // 6.1.3, 6.1.12, 6.9, 6.10, 6.11
void check_content(const Examined&, Findings&);  // 6.2.2, 6.2.6
void check_colours(const Examined&, Findings&);  // 6.2.3, 6.2.4, 6.2.10
void check_states(const Examined&, Findings&);   // 6.2.5, 6.2.6, 6.2.10
void check_pictures(const Examined&, Findings&); // 6.2.8, 6.2.9
void check_fonts(const Examined&, Findings&);    // 6.2.11
void check_annotations(const Examined&, Findings&);
void check_actions(const Examined&, Findings&); // 6.4, 6.5
void check_metadata(const Examined&, Findings&);
void check_structure(const Examined&, Findings&); // 6.7
std::unique_ptr<ContentRules> content_rules(const Examined&);

} // namespace bifolio::a2
