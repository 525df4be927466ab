#include "proof/expected_generated.h"

#include "base/number.h"
#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>
#include <tuple>

namespace bifolio {

namespace {

// An ordered list counts its items; `start` and `value` set the count.
std::int64_t ordinal_of(const Book& book, NodeId item) {
    const NodeId list = book.node(item).parent;
    const auto number = [](const std::string* text, std::int64_t otherwise) {
        return text ? static_cast<std::int64_t>(parse_number(*text).value_or(static_cast<double>(otherwise))) : otherwise;
    };
    std::int64_t value = number(attribute(book.node(list), "start"), 1);
    for (const NodeId child : children(book, list)) {
        if (book.node(child).element != Element::li) continue;
        value = number(attribute(book.node(child), "value"), value);
        if (child == item) break;
        ++value;
    }
    return value;
}

// Of the kind that does not collapse: U+00A0, U+2002 and its neighbours, U+202F.
std::size_t size_of_space(std::string_view text) {
    const std::u32string letters = to_utf32(text.substr(text.size() - std::min<std::size_t>(text.size(), 3)));
    const char32_t last = letters.empty() ? 0 : letters.back();
    if (last == 0xA0) return 2;
    return (last >= 0x2000 && last <= 0x200A) || last == 0x202F ? 3 : 0;
}
bool ends_with_space(std::string_view text) { return size_of_space(text) > 0; }

bool holds_pages(const GeneratedContent& content) {
    return std::ranges::any_of(content,
                               [](const GeneratedItem& item) { return std::holds_alternative<GeneratedTargetPages>(item); });
}

} // namespace

ExpectedGenerated::ExpectedGenerated(const StyledBook& styled, const Pages& pages, const BeginPages& begins)
    : styled_(styled), book_(*styled.book), pages_(pages), begins_(begins) {
    std::map<std::pair<NodeId, PseudoElement>, std::vector<std::pair<std::uint32_t, const std::string*>>> parts;
    std::map<std::uint32_t, std::vector<NodeId>> notes;
    for (std::uint32_t page = 0; page < pages.pages.size(); ++page)
        for (const PlacedItem& item : pages.pages[page].items) {
            const auto* owner = std::get_if<Content>(&item.owner);
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (!owner || !run || !owner->generated) continue;
            const PseudoBox* pseudo = styled.pseudo(owner->node, *owner->generated);
            if (!pseudo || holds_pages(pseudo->content) || *owner->generated == PseudoElement::footnote_marker)
                parts[{owner->node, *owner->generated}].push_back({owner->begin, &run->text});
            if (*owner->generated == PseudoElement::footnote_marker && (notes[page].empty() || notes[page].back() != owner->node))
                notes[page].push_back(owner->node);
        }
    for (auto& [key, runs] : parts) {
        std::ranges::stable_sort(runs, {}, [](const auto& one) { return one.first; });
        for (const auto& one : runs) set_[key] += *one.second;
    }
    for (auto& [page, on_page] : notes) {
        std::ranges::sort(on_page);
        std::int64_t number = 0;
        for (const NodeId note : on_page) numbers_on_page_.try_emplace(note, ++number);
    }
}

std::string ExpectedGenerated::set_by_layout(NodeId node, PseudoElement which) const {
    const auto found = set_.find({node, which});
    return found == set_.end() ? std::string() : found->second;
}

GeneratedWords ExpectedGenerated::of(NodeId node, PseudoElement which) const {
    if (which == PseudoElement::marker) return marker(node);
    if (which == PseudoElement::footnote_call || which == PseudoElement::footnote_marker) return note_number(node, which);
    const PseudoBox* pseudo = styled_.pseudo(node, which);
    if (!pseudo) {
        // A number in a list of pages is drawn as a part of the link that leads there.
        const bool is_listed =
            which == PseudoElement::before && book_.node(node).target != no_node && set_.contains({node, which});
        return {is_listed ? page_number(book_.node(node).target, "") : "", nullptr};
    }
    const ComputedStyle& style = styled_.styles[pseudo->style];
    if (style.display == Display::none || style.visibility != Visibility::visible) return {};
    if (holds_pages(pseudo->content)) return {set_by_layout(node, which), nullptr};
    return {text_of(node, which, pseudo->content), &style};
}

GeneratedWords ExpectedGenerated::marker(NodeId node) const {
    const ComputedStyle& style = styled_.style(node);
    if (style.display != Display::list_item) return {};
    const PseudoBox* pseudo = styled_.pseudo(node, PseudoElement::marker);
    const ComputedStyle& own = pseudo ? styled_.styles[pseudo->style] : style;
    if (own.display == Display::none || own.visibility != Visibility::visible) return {};
    if (pseudo && !pseudo->content.empty()) return {text_of(node, PseudoElement::marker, pseudo->content), &own};
    const std::string& type = style.list_style_type;
    if (type.empty() || type == "none") return {};
    if (type.size() >= 2 && (type.front() == '"' || type.front() == '\'')) return {type.substr(1, type.size() - 2), &own};
    if (type == "disc") return {"• ", &own};
    if (type == "circle") return {"◦ ", &own};
    if (type == "square") return {"▪ ", &own};
    return {format_counter(ordinal_of(book_, node), type) + ". ", &own};
}

GeneratedWords ExpectedGenerated::note_number(NodeId node, PseudoElement which) const {
    const bool is_reference = book_.node(node).element == Element::note_reference;
    const NodeId note = is_reference ? book_.node(node).target : node;
    if (note == no_node) return {};
    const PseudoBox* pseudo = styled_.pseudo(node, which);
    if (!pseudo && is_reference) pseudo = styled_.pseudo(note, which);
    const ComputedStyle& style = pseudo ? styled_.styles[pseudo->style] : styled_.style(node);
    if (style.visibility != Visibility::visible) return {};
    const bool is_marker = which == PseudoElement::footnote_marker;
    std::string number = pseudo && !pseudo->content.empty()
                             ? text_of(node, which, pseudo->content)
                             : std::to_string(book_.node(note).number).append(is_marker ? "\u00A0" : "");
    // A space vanishes where the number ends a line, before a table or a rule.
    if (is_marker && !ends_with_space(set_by_layout(node, which)))
        while (ends_with_space(number)) number.resize(number.size() - size_of_space(number));
    return {std::move(number), &style};
}

std::string ExpectedGenerated::page_number(NodeId target, const std::string& counter_style) const {
    const Page* page = begins_.page_of(target);
    if (!page) return "00"; // nowhere: as the layout says it
    return counter_style.empty() ? page->label : format_counter(page->number, counter_style);
}

std::string ExpectedGenerated::text_of(NodeId node, PseudoElement which, const GeneratedContent& content) const {
    std::string out;
    for (const GeneratedItem& item : content)
        std::visit(overloaded{
                       [&](const GeneratedText& text) { out += text.text; },
                       [&](const GeneratedPageNumber& number) {
                           out += number.of_all
                                      ? format_counter(static_cast<std::int64_t>(pages_.pages.size()), number.counter_style)
                                      : page_number(node, number.counter_style);
                       },
                       [&](const GeneratedTargetPage& page) { out += page_number(page.target, page.counter_style); },
                       [&](const GeneratedTargetPages&) { out += set_by_layout(node, which); },
                       [&](const GeneratedNoteNumber& number) {
                           const auto found = numbers_on_page_.find(number.note);
                           out += format_counter(found == numbers_on_page_.end() ? 1 : found->second, number.counter_style);
                       },
                       [&](const GeneratedLeader&) { out += leader_place; },
                       [&](const GeneratedString&) {},
                       [&](const GeneratedPicture&) {},
                   },
                   item);
    return out;
}

} // namespace bifolio
