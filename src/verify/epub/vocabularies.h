// vocabularies.h: names that EPUB gives a meaning: properties with their prefixes, epub:type values, language tags, dates.
//
// Spec       EPUB 3.3, appendix D (vocabularies, prefixes), EPUB Structural Semantics Vocabulary 1.1, BCP 47, W3C date and time
//            formats.
#pragma once

#include "verify/epub/epub_findings.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace bifolio {

// The prefixes in force in one document.
using Prefixes = std::set<std::string, std::less<>>;

enum class PrefixPlace { package, content };
// Reads a prefix attribute, adds to what is reserved there, and reports EPUB OPF-004, OPF-007, -007a, -007b, -007c.
Prefixes read_prefixes(std::string_view attribute, PrefixPlace place, const XmlNode& node, const Reporter& report);

enum class Vocabulary { meta, meta_scheme, item, itemref, link_rel, link_properties };
// Holds a list of properties against its vocabulary: EPUB OPF-025 (one only), -026, -027, -028, -086.
void check_properties(std::string_view attribute, Vocabulary vocabulary, const Prefixes& prefixes, const XmlNode& node,
                      const Reporter& report);

enum class SemanticType { unknown, known, deprecated };
SemanticType semantic_type(std::string_view epub_type); // a value without a prefix
bool is_aria_role(std::string_view role);               // WAI-ARIA 1.2, DPUB-ARIA 1.1, Graphics-ARIA
bool is_aria_attribute(std::string_view name);          // “aria-label”

bool is_bcp_47_tag(std::string_view text); // well-formed by BCP 47
bool is_w3c_date(std::string_view text);   // YYYY, YYYY-MM, YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss[.s]]TZD

} // namespace bifolio
