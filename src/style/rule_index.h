// rule_index.h: which selectors may match an element at all.
//
// A selector is filed under the rarest thing its last compound asks for: an id, else a class, else an element's name, else under
// “any”. What its ancestors must have (ids, classes, names) is kept as a bit mask; an element whose ancestors lack a bit is
// passed over without matching. Bits may stand for several names, so the mask never says no where a match is possible.
#pragma once

#include "style/stylesheet.h"

#include <array>
#include <optional>
#include <vector>

namespace bifolio {

using NameMask = std::array<std::uint64_t, 4>;
void add_bit(NameMask& mask, std::uint32_t hash);
std::uint32_t element_hash(Element element);
std::uint32_t id_hash(Atom atom);
std::uint32_t class_hash(Atom atom);

struct IndexedSelector {
    const ComplexSelector* selector = nullptr;
    std::uint32_t block = 0;
    std::uint64_t weight = 0; // level, specificity, order: sorts the normal cascade
    std::uint8_t slot = 0;    // 0: the element, else 1 + PseudoElement
    NameMask ancestors{};
};

class RuleIndex {
public:
    explicit RuleIndex(const Stylesheet& stylesheet); // which must outlive it

    // Calls visit(const IndexedSelector&) for the selectors that may match.
    template <class Visit>
    void for_each_candidate(Element element, Atom id, std::span<const Atom> classes, const NameMask& ancestors,
                            const Visit& visit) const {
        const auto visit_all = [&](const std::vector<std::uint32_t>& bucket) {
            for (const std::uint32_t at : bucket) {
                const IndexedSelector& one = selectors_[at];
                bool possible = true;
                for (std::size_t word = 0; word < 4; ++word) possible &= (one.ancestors[word] & ~ancestors[word]) == 0;
                if (possible) visit(one);
            }
        };
        if (id != no_atom && id < by_id_.size()) visit_all(by_id_[id]);
        for (const Atom one : classes)
            if (one < by_class_.size()) visit_all(by_class_[one]);
        visit_all(by_element_[static_cast<std::size_t>(element)]);
        visit_all(any_);
    }

private:
    void file(std::uint32_t at);
    std::vector<IndexedSelector> selectors_;
    std::vector<std::vector<std::uint32_t>> by_id_, by_class_;
    std::array<std::vector<std::uint32_t>, static_cast<std::size_t>(Element::note_reference) + 1> by_element_;
    std::vector<std::uint32_t> any_;
};

} // namespace bifolio
