// rules_ua1.h: the parts of the rules of PDF/UA-1, for their table in rules_ua1.cpp. For verify only.
#pragma once

#include "verify/rules.h"

namespace bifolio::ua1 {

void check_document(const Examined&, Findings&); // header, catalog, metadata, optional content, security, forms
void check_files(const Examined&, Findings&);    // file specifications, media clips, in all objects
void check_tree(const Examined&, Findings&);     // the structure tree as such: roles, parents, parent tree
void check_elements(const Examined&, Findings&); // what stands in what, alternatives, languages, notes
void check_headings(const Examined&, Findings&);
void check_tables(const Examined&, Findings&);
void check_annotations(const Examined&, Findings&);
void check_fonts(const Examined&, Findings&);
std::unique_ptr<ContentRules> content_rules(const Examined&);

bool is_language_tag(std::string_view text); // well-formed as ISO 32000-1, 14.9.2.1 asks, which is RFC 3066
bool has_document_language(const Examined&);

} // namespace bifolio::ua1
