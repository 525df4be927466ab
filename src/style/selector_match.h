// selector_match.h: does a selector match a node of the book?
//
// Cost       What siblings and positions a node has is found out once for the whole tree. Matching goes from right to left and,
//            like browsers do, tells “here not” from “further up neither”, so that chains of descendant combinators stay linear.
//            Still a selector can be made to match badly on purpose; so there is a budget of steps for a whole book.
#pragma once

#include "assemble/book.h"
#include "style/selector.h"

#include <span>
#include <unordered_map>
#include <vector>

namespace bifolio {

class SelectorMatcher {
public:
    // Both must outlive the matcher.
    SelectorMatcher(const Book& book, const AtomTable& atoms);

    bool matches(const ComplexSelector& selector, NodeId node);
    Atom id_atom(NodeId node) const { return ids_[index(node)]; }
    // The atoms of the node's classes that some selector mentions.
    std::span<const Atom> class_atoms(NodeId node) const {
        return {classes_.data() + class_begin_[index(node)], classes_.data() + class_begin_[index(node) + 1]};
    }
    bool ran_out() const { return steps_ == 0; } // from then on nothing matches

private:
    enum class Outcome : std::uint8_t { match, fails_here, fails_for_all_siblings, fails_completely };
    Outcome match_from(const ComplexSelector& selector, std::size_t compound, std::uint32_t node);
    bool match_compound(const CompoundSelector& compound, std::uint32_t node);
    bool match_simple(const SimpleSelector& simple, std::uint32_t node);
    bool match_attribute(const SimpleSelector& simple, const Node& node) const;
    bool match_position(const SimpleSelector& simple, std::uint32_t node);
    bool matches_any(const std::vector<ComplexSelector>& selectors, std::uint32_t node);
    int position_among(const SimpleSelector& simple, std::uint32_t node, bool from_the_end);
    bool match_language(const SimpleSelector& simple, std::uint32_t node) const;
    bool is_empty(std::uint32_t node) const;
    std::uint32_t parent(std::uint32_t node) const { return index(book_.node(NodeId{node}).parent); }
    void index_siblings();
    void index_types();
    bool step() { return steps_ > 0 && --steps_ > 0; }

    const Book& book_;
    std::vector<Atom> ids_, classes_;
    std::vector<std::uint32_t> class_begin_;
    std::vector<std::uint32_t> previous_, next_; // element siblings; none: 0xFFFF'FFFF
    std::vector<int> position_, position_from_end_;
    std::vector<int> type_position_, type_position_from_end_; // made when first asked for
    // :nth-child(… of S): how many of the parent's children up to the last one asked for match
    struct Count {
        std::uint32_t parent = 0xFFFF'FFFF, upto = 0;
        int count = 0, total = -1;
    };
    std::unordered_map<const SimpleSelector*, Count> counts_; // looked up only
    std::uint64_t steps_;
};

} // namespace bifolio
