#include "style/selector_match.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;
constexpr std::uint64_t steps_of_a_book = 400'000'000; // some seconds

bool is_element(const Node& node) { return node.element != Element::text; }

bool compare_values(const SimpleSelector& simple, std::string_view value) {
    if (simple.ignore_case) {
        SimpleSelector folded = simple;
        folded.ignore_case = false;
        folded.value = to_ascii_lower(simple.value);
        return compare_values(folded, to_ascii_lower(value));
    }
    const std::string_view wanted = simple.value;
    switch (simple.match) {
    case AttributeMatch::exists: return true;
    case AttributeMatch::equals: return value == wanted;
    case AttributeMatch::dash: return value.starts_with(wanted) && (value.size() == wanted.size() || value[wanted.size()] == '-');
    case AttributeMatch::prefix: return !wanted.empty() && value.starts_with(wanted);
    case AttributeMatch::suffix: return !wanted.empty() && value.ends_with(wanted);
    case AttributeMatch::substring: return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    case AttributeMatch::includes:
        for (std::size_t from = 0; from < value.size();) {
            std::size_t end = from;
            while (end < value.size() && !is_ascii_space(value[end])) ++end;
            if (end > from && value.substr(from, end - from) == wanted) return true;
            from = end + 1;
        }
        return false;
    }
    return false;
}

} // namespace

SelectorMatcher::SelectorMatcher(const Book& book, const AtomTable& atoms) : book_(book), steps_(steps_of_a_book) {
    ids_.reserve(book.nodes.size());
    class_begin_.reserve(book.nodes.size() + 1);
    const Atom footnote = atoms.find("footnote"), noteref = atoms.find("noteref");
    for (const Node& node : book.nodes) {
        class_begin_.push_back(static_cast<std::uint32_t>(classes_.size()));
        ids_.push_back(node.info.id.empty() ? no_atom : atoms.find(node.info.id));
        for (const std::string& one : node.info.classes)
            if (const Atom atom = atoms.find(one)) classes_.push_back(atom);
        if (node.element == Element::note && footnote != no_atom) classes_.push_back(footnote);
        if (node.element == Element::note_reference && noteref != no_atom) classes_.push_back(noteref);
    }
    class_begin_.push_back(static_cast<std::uint32_t>(classes_.size()));
    index_siblings();
}

void SelectorMatcher::index_siblings() {
    const std::size_t count = book_.nodes.size();
    previous_.assign(count, none);
    next_.assign(count, none);
    position_.assign(count, 1);
    position_from_end_.assign(count, 1);
    std::vector<std::uint32_t> last_child(count, none);
    for (std::uint32_t at = 1; at < count; ++at) {
        if (!is_element(book_.nodes[at])) continue;
        std::uint32_t& last = last_child[parent(at)];
        previous_[at] = last;
        if (last != none) {
            next_[last] = at;
            position_[at] = position_[last] + 1;
        }
        last = at;
    }
    for (std::uint32_t at = static_cast<std::uint32_t>(count); at-- > 0;)
        if (next_[at] != none) position_from_end_[at] = position_from_end_[next_[at]] + 1;
}

// Positions among siblings of the same element; one pass forwards, one backwards.
void SelectorMatcher::index_types() {
    const std::size_t count = book_.nodes.size();
    type_position_.assign(count, 1);
    type_position_from_end_.assign(count, 1);
    constexpr std::size_t kinds = static_cast<std::size_t>(Element::note_reference) + 1;
    for (std::uint32_t first = 0; first < count; ++first) {
        if (!is_element(book_.nodes[first]) || previous_[first] != none) continue;
        std::array<int, kinds> seen{};
        std::uint32_t last = first;
        for (std::uint32_t at = first; at != none; at = next_[at]) {
            type_position_[at] = ++seen[static_cast<std::size_t>(book_.nodes[at].element)];
            last = at;
        }
        seen.fill(0);
        for (std::uint32_t at = last; at != none; at = previous_[at])
            type_position_from_end_[at] = ++seen[static_cast<std::size_t>(book_.nodes[at].element)];
    }
}

bool SelectorMatcher::matches(const ComplexSelector& selector, NodeId node) {
    return !selector.never && match_from(selector, 0, index(node)) == Outcome::match;
}

SelectorMatcher::Outcome SelectorMatcher::match_from(const ComplexSelector& selector, std::size_t compound, std::uint32_t node) {
    if (!step() || !match_compound(selector.compounds[compound], node)) return Outcome::fails_here;
    if (compound + 1 == selector.compounds.size()) return Outcome::match;
    switch (selector.compounds[compound].combinator) {
    case Combinator::descendant:
        for (std::uint32_t at = parent(node); at != none; at = parent(at)) {
            const Outcome outcome = match_from(selector, compound + 1, at);
            if (outcome == Outcome::match || outcome == Outcome::fails_completely) return outcome;
        }
        return Outcome::fails_completely;
    case Combinator::child: {
        if (parent(node) == none) return Outcome::fails_completely;
        const Outcome outcome = match_from(selector, compound + 1, parent(node));
        return outcome == Outcome::fails_here ? Outcome::fails_for_all_siblings : outcome;
    }
    case Combinator::next_sibling:
        if (previous_[node] == none) return Outcome::fails_for_all_siblings;
        return match_from(selector, compound + 1, previous_[node]);
    case Combinator::subsequent_sibling:
        for (std::uint32_t at = previous_[node]; at != none; at = previous_[at]) {
            const Outcome outcome = match_from(selector, compound + 1, at);
            if (outcome != Outcome::fails_here) return outcome;
        }
        return Outcome::fails_for_all_siblings;
    }
    return Outcome::fails_completely;
}

bool SelectorMatcher::match_compound(const CompoundSelector& compound, std::uint32_t node) {
    return std::all_of(compound.simple.begin(), compound.simple.end(),
                       [&](const SimpleSelector& one) { return match_simple(one, node); });
}

bool SelectorMatcher::matches_any(const std::vector<ComplexSelector>& selectors, std::uint32_t node) {
    return std::any_of(selectors.begin(), selectors.end(), [&](const ComplexSelector& one) {
        return !one.pseudo && !one.never && match_from(one, 0, node) == Outcome::match;
    });
}

bool SelectorMatcher::match_simple(const SimpleSelector& simple, std::uint32_t at) {
    const Node& node = book_.nodes[at];
    switch (simple.kind) {
    case SimpleKind::type:
        return node.element == simple.element || (simple.other_element != Element::text && node.element == simple.other_element);
    case SimpleKind::id: return simple.atom == ids_[at];
    case SimpleKind::class_: {
        const auto classes = class_atoms(NodeId{at});
        return std::find(classes.begin(), classes.end(), simple.atom) != classes.end();
    }
    case SimpleKind::attribute: return match_attribute(simple, node);
    case SimpleKind::root: return at == 0;
    case SimpleKind::empty: return is_empty(at);
    case SimpleKind::first_child: return previous_[at] == none;
    case SimpleKind::last_child: return next_[at] == none;
    case SimpleKind::only_child: return previous_[at] == none && next_[at] == none;
    case SimpleKind::first_of_type:
    case SimpleKind::last_of_type:
    case SimpleKind::only_of_type:
    case SimpleKind::nth_child:
    case SimpleKind::nth_last_child:
    case SimpleKind::nth_of_type:
    case SimpleKind::nth_last_of_type: return match_position(simple, at);
    case SimpleKind::not_: return !matches_any(simple.selectors, at);
    case SimpleKind::is:
    case SimpleKind::where: return matches_any(simple.selectors, at);
    case SimpleKind::lang: return match_language(simple, at);
    case SimpleKind::dir: {
        for (std::uint32_t up = at; up != none; up = parent(up))
            if (const std::string* dir = attribute(book_.nodes[up], "dir")) return equals_ignoring_ascii_case(*dir, simple.value);
        return simple.value == "ltr";
    }
    case SimpleKind::link:
        return node.element == Element::note_reference ||
               (node.element == Element::a && (node.target != no_node || attribute(node, "href")));
    case SimpleKind::never: return false;
    }
    return false;
}

bool SelectorMatcher::match_attribute(const SimpleSelector& simple, const Node& node) const {
    if (simple.name == "id") return !node.info.id.empty() && compare_values(simple, node.info.id);
    if (simple.name == "lang" || simple.name == "xml:lang")
        return !node.info.language.empty() && compare_values(simple, node.info.language);
    if (simple.name == "class") {
        std::string all;
        for (const std::string& one : node.info.classes) all += (all.empty() ? "" : " ") + one;
        return !all.empty() && compare_values(simple, all);
    }
    if (simple.name == "href" && node.target != no_node) { // a link inside the book has its destination in the tree
        return compare_values(simple, "#" + book_.node(node.target).info.id);
    }
    const std::string* value = attribute(node, simple.name);
    return value && compare_values(simple, *value);
}

bool SelectorMatcher::match_position(const SimpleSelector& simple, std::uint32_t node) {
    const bool of_type = simple.kind != SimpleKind::nth_child && simple.kind != SimpleKind::nth_last_child;
    if (of_type && type_position_.empty()) index_types();
    switch (simple.kind) {
    case SimpleKind::first_of_type: return type_position_[node] == 1;
    case SimpleKind::last_of_type: return type_position_from_end_[node] == 1;
    case SimpleKind::only_of_type: return type_position_[node] == 1 && type_position_from_end_[node] == 1;
    case SimpleKind::nth_of_type: return simple.position.matches(type_position_[node]);
    case SimpleKind::nth_last_of_type: return simple.position.matches(type_position_from_end_[node]);
    default: break;
    }
    const bool from_the_end = simple.kind == SimpleKind::nth_last_child;
    if (simple.selectors.empty()) return simple.position.matches(from_the_end ? position_from_end_[node] : position_[node]);
    if (!matches_any(simple.selectors, node)) return false;
    return simple.position.matches(position_among(simple, node, from_the_end));
}

// The position of a matching node among its matching siblings. Nodes come in reading order, so counting goes on where it was
// left.
int SelectorMatcher::position_among(const SimpleSelector& simple, std::uint32_t node, bool from_the_end) {
    Count& count = counts_[&simple];
    std::uint32_t first = node;
    if (count.parent != parent(node) || count.upto > node) {
        while (previous_[first] != none) first = previous_[first];
        count = {parent(node), first, matches_any(simple.selectors, first) ? 1 : 0, -1};
    }
    while (count.upto != node) {
        count.upto = next_[count.upto];
        if (matches_any(simple.selectors, count.upto)) ++count.count;
    }
    if (!from_the_end) return count.count;
    if (count.total < 0) {
        count.total = count.count;
        for (std::uint32_t at = next_[node]; at != none; at = next_[at])
            if (matches_any(simple.selectors, at)) ++count.total;
    }
    return count.total - count.count + 1;
}

bool SelectorMatcher::match_language(const SimpleSelector& simple, std::uint32_t node) const {
    const std::string language = to_ascii_lower(language_of(book_, NodeId{node}));
    return std::any_of(simple.values.begin(), simple.values.end(), [&](std::string_view wanted) {
        if (wanted.starts_with("*-")) return language.find(wanted.substr(1)) != std::string::npos;
        if (wanted == "*") return !language.empty();
        return !wanted.empty() && language.starts_with(wanted) &&
               (language.size() == wanted.size() || language[wanted.size()] == '-');
    });
}

bool SelectorMatcher::is_empty(std::uint32_t node) const {
    const std::uint32_t end = index(book_.nodes[node].end);
    for (std::uint32_t at = node + 1; at < end; ++at)
        if (is_element(book_.nodes[at]) || !book_.nodes[at].text.empty()) return false;
    return true;
}

} // namespace bifolio
