#include "style/rule_index.h"

#include <algorithm>

namespace bifolio {

namespace {

std::uint32_t scrambled(std::uint32_t value) {
    value *= 0x9E37'79B1;
    return value ^ value >> 15;
}

// Ancestors that a selector asks for: all compounds that a descendant or child combinator leads to.
NameMask ancestors_of(const ComplexSelector& selector) {
    NameMask mask{};
    for (std::size_t at = 1; at < selector.compounds.size(); ++at) {
        const Combinator combinator = selector.compounds[at - 1].combinator;
        if (combinator != Combinator::descendant && combinator != Combinator::child) continue;
        for (const SimpleSelector& simple : selector.compounds[at].simple) {
            if (simple.kind == SimpleKind::id) add_bit(mask, id_hash(simple.atom));
            if (simple.kind == SimpleKind::class_) add_bit(mask, class_hash(simple.atom));
            if (simple.kind == SimpleKind::type && simple.other_element == Element::text)
                add_bit(mask, element_hash(simple.element));
        }
    }
    return mask;
}

const SimpleSelector* first_of(const CompoundSelector& compound, SimpleKind kind) {
    const auto found =
        std::find_if(compound.simple.begin(), compound.simple.end(), [&](const SimpleSelector& one) { return one.kind == kind; });
    return found == compound.simple.end() ? nullptr : &*found;
}

void file_under(std::vector<std::vector<std::uint32_t>>& buckets, Atom atom, std::uint32_t at) {
    if (buckets.size() <= atom) buckets.resize(atom + 1);
    buckets[atom].push_back(at);
}

} // namespace

void add_bit(NameMask& mask, std::uint32_t hash) { mask[hash >> 6 & 3] |= std::uint64_t{1} << (hash & 63); }
std::uint32_t element_hash(Element element) { return scrambled(static_cast<std::uint32_t>(element) + 0x1000'0000); }
std::uint32_t id_hash(Atom atom) { return scrambled(atom + 0x2000'0000); }
std::uint32_t class_hash(Atom atom) { return scrambled(atom + 0x4000'0000); }

RuleIndex::RuleIndex(const Stylesheet& stylesheet) {
    selectors_.reserve(stylesheet.selectors.size());
    for (const SelectorOfRule& one : stylesheet.selectors) {
        IndexedSelector made;
        made.selector = &one.selector;
        made.block = one.block;
        const std::uint64_t level = stylesheet.blocks[one.block].level == StyleSource::Level::author ? 1 : 0;
        made.weight = level << 63 | static_cast<std::uint64_t>(one.selector.specificity.packed) << 32 | one.order;
        if (one.selector.pseudo) made.slot = static_cast<std::uint8_t>(1 + static_cast<int>(*one.selector.pseudo));
        made.ancestors = ancestors_of(one.selector);
        selectors_.push_back(made);
        file(static_cast<std::uint32_t>(selectors_.size() - 1));
    }
}

void RuleIndex::file(std::uint32_t at) {
    const CompoundSelector& last = selectors_[at].selector->compounds.front();
    if (const SimpleSelector* id = first_of(last, SimpleKind::id)) return file_under(by_id_, id->atom, at);
    if (const SimpleSelector* one = first_of(last, SimpleKind::class_)) return file_under(by_class_, one->atom, at);
    if (const SimpleSelector* type = first_of(last, SimpleKind::type)) {
        if (type->element == Element::text) return; // no such element
        by_element_[static_cast<std::size_t>(type->element)].push_back(at);
        if (type->other_element != Element::text) by_element_[static_cast<std::size_t>(type->other_element)].push_back(at);
        return;
    }
    if (first_of(last, SimpleKind::root)) {
        by_element_[static_cast<std::size_t>(Element::html)].push_back(at);
        return;
    }
    any_.push_back(at);
}

} // namespace bifolio
