// css_parser.h: component values → rules and declarations (CSS Syntax 3 §5.3 and §5.4).
#pragma once

#include "base/result.h"
#include "style/css_tokenizer.h"

namespace bifolio {

// A rule or declaration as the syntax sees it; what it means is said elsewhere.
struct SyntaxNode {
    enum class Kind : std::uint8_t { at_rule, qualified_rule, declaration, invalid };
    Kind kind = Kind::invalid;
    bool has_block = false;                     // at_rule
    bool important = false;                     // declaration
    std::uint32_t begin = 0, end = 0;           // bytes of the whole
    std::uint32_t name_begin = 0, name_end = 0; // bytes of the name
    std::string name;                           // at_rule without “@”; declaration
    ComponentValues prelude;                    // a declaration's value; white space at the ends is kept
    ComponentValues block;
};
using SyntaxNodes = std::vector<SyntaxNode>;

SyntaxNodes parse_stylesheet(ComponentValues values);       // §5.3.3: CDO and CDC are ignored at the top
SyntaxNodes parse_rule_list(ComponentValues values);        // §5.3.4
SyntaxNodes parse_declaration_list(ComponentValues values); // §5.3.8: declarations and at-rules

// These ask for exactly one. The reasons are “empty”, “extra-input”, “invalid”.
Result<SyntaxNode> parse_one_rule(ComponentValues values);                // §5.3.5
Result<SyntaxNode> parse_one_declaration(ComponentValues values);         // §5.3.6
Result<ComponentValue> parse_one_component_value(ComponentValues values); // §5.3.9

void trim_white_space(ComponentValues& values); // at both ends

} // namespace bifolio
