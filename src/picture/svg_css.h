// svg_css.h: the rules of <style> elements and style attributes, as far as drawings use them.
//
// Selectors   type, *, .class, #id, [attribute] in its six forms, :root, :first-child, :last-child; descendant, child and sibling
//             combinators; lists.
// Never true  :hover and the other states that paper does not have.
// At-rules    @media all, print, screen are followed; @charset, @namespace, @keyframes have no look of their own.
// Refused     every other selector and at-rule, as a PictureProblem: their look would be lost.
#pragma once

#include "picture/svg_document.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct SvgDeclaration {
    std::string property; // lower case
    std::string value;    // trimmed
    bool important = false;
};
std::vector<SvgDeclaration> parse_declarations(std::string_view text);

class SvgStylesheet {
public:
    // All <style> elements of the document.
    SvgStylesheet(const SvgDocument& document, std::vector<PictureProblem>& problems);

    // The declarations that hold for the element, the weakest first. Important ones come last.
    std::vector<const SvgDeclaration*> declarations_for(SvgNodeId node) const;
    // Matching took more steps than any sound file needs; from then on no rule holds.
    bool is_exhausted() const { return steps_ >= most_steps; }

private:
    friend class SvgCssReader;
    struct Condition { // of an attribute
        std::string name, value;
        char kind = 0; // 0 present, ‘=’, ‘~’, ‘|’, ‘^’, ‘$’, ‘*’
    };
    struct Compound {
        std::string type; // empty: any
        std::vector<std::string> ids, classes;
        std::vector<Condition> conditions;
        bool root = false, first_child = false, last_child = false;
        char combinator = 0; // to the compound before: ‘ ’, ‘>’, ‘+’, ‘~’
    };
    struct Rule {
        std::vector<Compound> selector;
        std::uint32_t specificity = 0; // ids, classes, types, eight bits each
        std::size_t block = 0;         // index into blocks_
    };
    bool matches(const Compound& compound, SvgNodeId node) const;
    bool matches(const std::vector<Compound>& selector, std::size_t last, SvgNodeId node) const;

    static constexpr std::uint64_t most_steps = 20'000'000;
    const SvgDocument& document_;
    mutable std::uint64_t steps_ = 0;
    std::vector<Rule> rules_;
    std::vector<std::vector<SvgDeclaration>> blocks_;
};

} // namespace bifolio
