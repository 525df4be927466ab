// selector.h: selectors as values, and how they are read.
//
// Names      Classes and ids are atoms: small numbers that the AtomTable of a stylesheet gives. A name of the book that no
//            selector mentions has none, so that matching compares numbers only.
// Spec       Selectors 3, and of Selectors 4: :is() :where() :not(list) :nth-child(… of …) :dir() :any-link, the i and s flags.
#pragma once

#include "base/result.h"
#include "model/element.h"
#include "style/anb.h"
#include "style/styled_book.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bifolio {

using Atom = std::uint32_t;
inline constexpr Atom no_atom = 0;

class AtomTable {
public:
    Atom intern(std::string_view name);
    Atom find(std::string_view name) const; // no_atom: unknown

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    std::unordered_map<std::string, Atom, Hash, std::equal_to<>> atoms_; // looked up only, never walked
};

enum class Combinator : std::uint8_t { descendant, child, next_sibling, subsequent_sibling };

enum class SimpleKind : std::uint8_t {
    type,
    id,
    class_,
    attribute,
    root,
    empty,
    first_child,
    last_child,
    only_child,
    first_of_type,
    last_of_type,
    only_of_type,
    nth_child,
    nth_last_child,
    nth_of_type,
    nth_last_of_type,
    not_,
    is,
    where,
    lang,
    dir,
    link,
    never, // dynamic: hover, focus, …
};

enum class AttributeMatch : std::uint8_t { exists, equals, includes, dash, prefix, suffix, substring };

struct ComplexSelector;

struct SimpleSelector {
    SimpleKind kind = SimpleKind::never;
    AttributeMatch match = AttributeMatch::exists;
    bool ignore_case = false;
    Atom atom = no_atom; // id, class
    // type: the elements with that name (a footnote is an aside, a further call an a); text: there is none
    Element element = Element::text, other_element = Element::text;
    AnPlusB position;                       // nth_…
    std::string name, value;                // attribute (name in lower case), dir
    std::vector<std::string> values;        // lang
    std::vector<ComplexSelector> selectors; // not, is, where, nth_… of
};

struct CompoundSelector {
    std::vector<SimpleSelector> simple;             // empty: *
    Combinator combinator = Combinator::descendant; // to the compound on its left
};

struct Specificity {
    std::uint32_t packed = 0; // ids, classes, types: 10 bits each
    static Specificity of(std::uint32_t ids, std::uint32_t classes, std::uint32_t types);
    Specificity operator+(Specificity other) const;
    auto operator<=>(const Specificity&) const = default;
};

struct ComplexSelector {
    std::vector<CompoundSelector> compounds; // from right to left
    std::optional<PseudoElement> pseudo;
    bool never = false; // asks for a pseudo-element that no page has (::selection)
    Specificity specificity;
};

struct SelectorError {
    std::uint32_t begin = 0, end = 0; // bytes
    std::string message;
    std::vector<std::string> hints;
};

// A selector list. Everything or nothing, as the specification asks: one wrong selector spoils the rule.
std::variant<std::vector<ComplexSelector>, SelectorError> parse_selector_list(const ComponentValues& values, AtomTable& atoms);

} // namespace bifolio
