#include "style/generate_content.h"

#include "base/overloaded.h"
#include "base/utf8.h"
#include "style/counters.h"
#include "style/page_table.h"

#include <algorithm>
#include <set>

namespace bifolio {

namespace {

constexpr std::string_view footnote = "footnote", list_item = "list-item", page = "page", pages = "pages";

void append_text(GeneratedContent& content, std::string text) {
    if (text.empty()) return;
    if (!content.empty())
        if (auto* last = std::get_if<GeneratedText>(&content.back())) {
            last->text += text;
            return;
        }
    content.push_back(GeneratedText{std::move(text)});
}

std::string text_of(const GeneratedContent& content) {
    std::string text;
    for (const GeneratedItem& item : content)
        if (const auto* one = std::get_if<GeneratedText>(&item)) text += one->text;
    return text;
}

std::pair<std::string, std::string> quote_pair(const ElementStyle& style, std::size_t level) {
    if (style.quotes.automatic) return quotes_of_language(style.computed.language, level);
    if (style.quotes.pairs.empty()) return {};
    return style.quotes.pairs[std::min(level, style.quotes.pairs.size() - 1)];
}

// What target-counter() and target-text() want to know of a node that a link leads to.
struct TargetFacts {
    std::map<std::string, std::vector<std::int64_t>> counters;
    std::string before, after, marker;
};

// One walk over the book. The first of two only gathers facts about targets, when some style asks for them.
class ContentWalk {
public:
    ContentWalk(const StyledTree& tree, const Stylesheet& stylesheet, StyledBook& styled, Diagnostics& diagnostics)
        : tree_(tree), styles_(stylesheet.counter_styles), book_(*styled.book), styled_(styled), diagnostics_(diagnostics) {
        for (std::uint32_t at = 0; at < book_.resources.size(); ++at)
            resources_.emplace(book_.resources[at].path, ResourceId{at});
        for (const BookSection& section : book_.sections) section_roots_.insert(index(section.root));
        for (const auto& [name, kinds] : styled_.page_rules->by_name)
            for (const PageStyle& one : kinds) notes_by_page_ = notes_by_page_ || one.restarts_notes;
    }

    void run() {
        if (const std::set<std::string> names = counters_of_targets(); !names.empty() || wants_texts_) {
            find_targets();
            wanted_counters_ = names;
            gathering_ = true;
            walk();
            gathering_ = false;
            counters_ = {};
        }
        walk();
    }

private:
    struct Open {
        std::uint32_t end;
        std::uint32_t node;
        std::size_t first_pseudo, last_pseudo;
    };

    const ElementStyle& style(std::uint32_t node) const { return tree_.store.element_style(tree_.style_of[node]); }

    void walk() {
        std::vector<Open> open;
        std::size_t pseudo = 0;
        quote_depth_ = 0;
        added_notes_ = last_number_ = 0;
        const auto close = [&] {
            leave(open.back(), open.size() - 1);
            open.pop_back();
        };
        for (std::uint32_t at = 0; at < book_.nodes.size(); ++at) {
            while (!open.empty() && open.back().end <= at) close();
            const Node& node = book_.nodes[at];
            if (node.element == Element::text) continue;
            if (style(at).computed.display == Display::none) {
                at = index(node.end) - 1; // the loop steps past it
                continue;
            }
            while (pseudo < tree_.pseudo_elements.size() && index(tree_.pseudo_elements[pseudo].node) < at) ++pseudo;
            const std::size_t first = pseudo;
            while (pseudo < tree_.pseudo_elements.size() && index(tree_.pseudo_elements[pseudo].node) == at) ++pseudo;
            open.push_back({index(node.end), at, first, pseudo});
            enter(open.back(), open.size() - 1);
        }
        while (!open.empty()) close();
    }

    void enter(const Open& element, std::size_t level) {
        const ElementStyle& own = style(element.node);
        if (section_roots_.contains(element.node)) added_notes_ = last_number_ = 0;
        change_counters(element.node, own, level);
        note_element(element.node, own);
        for (const PseudoElement which : {PseudoElement::footnote_call, PseudoElement::footnote_marker, PseudoElement::marker,
                                          PseudoElement::first_line, PseudoElement::first_letter, PseudoElement::before})
            make_pseudo(element, which, level);
        for (const StringSetting& setting : own.string_set) set_string(element.node, setting, own);
        if (gathering_ && targets_.contains(element.node))
            for (const std::string& name : wanted_counters_) facts_[element.node].counters[name] = counters_.values(name);
    }

    void leave(const Open& element, std::size_t level) {
        counters_.leave(level); // what children made is gone before ::after, which is a child of its own
        make_pseudo(element, PseudoElement::after, level);
        counters_.leave(level);
    }

    // ---- counters

    static bool mentions(const CounterChanges& changes, std::string_view name) {
        return std::any_of(changes.begin(), changes.end(), [&](const CounterChange& one) { return one.name == name; });
    }

    void change_counters(std::uint32_t at, const ElementStyle& own, std::size_t level) {
        const Node& node = book_.nodes[at];
        if (node.element == Element::ol || node.element == Element::ul) {
            const std::string* start = node.element == Element::ol ? attribute(node, "start") : nullptr;
            counters_.reset(list_item, (start ? integer(*start).value_or(1) : 1) - 1, level);
        }
        for (const CounterChange& one : own.counter_reset) {
            if (one.name == page)
                set_page(at, one.explicit_value ? one.value : 1);
            else
                counters_.reset(one.name, one.value, level);
        }
        if (own.computed.display == Display::list_item && !mentions(own.counter_increment, list_item))
            counters_.increment(list_item, 1, level);
        if (node.element == Element::li)
            if (const std::string* value = attribute(node, "value"))
                if (const auto number = integer(*value)) counters_.set(list_item, *number, level);
        for (const CounterChange& one : own.counter_increment)
            if (one.name != page) counters_.increment(one.name, one.value, level);
        for (const CounterChange& one : own.counter_set) {
            if (one.name == page)
                set_page(at, one.value);
            else
                counters_.set(one.name, one.value, level);
        }
    }

    // A note brings its number in its section along: less the notes that a style sheet counts itself, more the web addresses that
    // it shows. A further call has the number of its note.
    void note_element(std::uint32_t at, const ElementStyle& own) {
        const Node& node = book_.nodes[at];
        if (node.element == Element::note) {
            note_ = NodeId{at};
            const bool is_counted = mentions(own.counter_increment, footnote) || mentions(own.counter_set, footnote);
            const bool is_added = node.number == 0;
            if (!is_counted) last_number_ = is_added ? last_number_ + 1 : std::int64_t{node.number} + added_notes_;
            added_notes_ += (is_added ? 1 : 0) - (is_counted ? 1 : 0);
            note_number_ = is_counted ? counters_.value(footnote) : last_number_;
            note_numbers_[at] = note_number_;
        } else if (node.element == Element::note_reference && node.target != no_node) {
            note_ = node.target;
            const auto known = note_numbers_.find(index(node.target));
            note_number_ = known != note_numbers_.end() ? known->second : std::int64_t{book_.node(node.target).number};
        }
    }
    bool counts_note(std::uint32_t at) const {
        return book_.nodes[at].element == Element::note || book_.nodes[at].element == Element::note_reference;
    }

    static std::optional<std::int64_t> integer(std::string_view text) {
        const ComponentValues values = parse_component_values(trimmed(text));
        if (values.size() != 1 || values[0].type != TokenType::number || !values[0].is_integer) return std::nullopt;
        return static_cast<std::int64_t>(std::clamp(values[0].number, -1e9, 1e9));
    }

    void set_page(std::uint32_t node, std::int64_t value) {
        if (gathering_) return;
        if (value == 1)
            styled_.page_counter_reset.insert(NodeId{node});
        else
            styled_.counter_page_set[NodeId{node}] = value;
    }

    std::vector<std::int64_t> counter_values(const std::string& name) const {
        std::vector<std::int64_t> values = counters_.values(name);
        if (values.empty()) values.push_back(name == footnote ? note_number_ : 0);
        return values;
    }

    std::string joined(const std::vector<std::int64_t>& values, bool all, const std::string& separator,
                       const std::string& style) const {
        if (!all) return styles_.representation(values.back(), style);
        std::string text;
        for (const std::int64_t value : values) text += (text.empty() ? "" : separator) + styles_.representation(value, style);
        return text;
    }

    // ---- pseudo-elements

    const StyledPseudoElement* find_pseudo(const Open& element, PseudoElement which) const {
        for (std::size_t at = element.first_pseudo; at < element.last_pseudo; ++at)
            if (tree_.pseudo_elements[at].pseudo == which) return &tree_.pseudo_elements[at];
        return nullptr;
    }

    void make_pseudo(const Open& element, PseudoElement which, std::size_t level) {
        const StyledPseudoElement* found = find_pseudo(element, which);
        if (!found) return;
        const ElementStyle& own = tree_.store.element_style(found->style);
        PseudoBox box{which, tree_.store.computed_index(found->style), {}};
        if (which != PseudoElement::first_letter && which != PseudoElement::first_line) {
            if (own.computed.display == Display::none || own.content.kind == ContentValue::Kind::none) return;
            if (own.content.kind == ContentValue::Kind::normal &&
                (which == PseudoElement::before || which == PseudoElement::after))
                return;
            for (const CounterChange& one : own.counter_reset) counters_.reset(one.name, one.value, level + 1);
            for (const CounterChange& one : own.counter_increment) counters_.increment(one.name, one.value, level + 1);
            for (const CounterChange& one : own.counter_set) counters_.set(one.name, one.value, level + 1);
            auto content = own.content.kind == ContentValue::Kind::normal ? std::optional(usual_content(element.node, which))
                                                                          : generate(element.node, own.content.parts, own);
            if (!content) return;
            const bool marks = which != PseudoElement::before && which != PseudoElement::after;
            if (marks && content->empty()) return;
            box.content = std::move(*content);
        }
        if (gathering_)
            gather_text(element.node, which, box.content);
        else
            styled_.pseudo_boxes[NodeId{element.node}].push_back(std::move(box));
    }

    void gather_text(std::uint32_t node, PseudoElement which, const GeneratedContent& content) {
        if (!targets_.contains(node)) return;
        if (which == PseudoElement::before) facts_[node].before = text_of(content);
        if (which == PseudoElement::after) facts_[node].after = text_of(content);
        if (which == PseudoElement::marker) facts_[node].marker = text_of(content);
    }

    // content: normal of markers and notes
    GeneratedContent usual_content(std::uint32_t node, PseudoElement which) const {
        GeneratedContent content;
        if (which == PseudoElement::marker)
            append_text(content, styles_.marker(counters_.value(list_item), style(node).computed.list_style_type));
        else
            add_note_number(content, node, "decimal");
        return content;
    }

    // nullopt: it leans on a target that is not there, and words around nothing are worse than nothing.
    std::optional<GeneratedContent> generate(std::uint32_t node, const ContentParts& parts, const ElementStyle& own) {
        GeneratedContent content;
        bool complete = true;
        for (const ContentPart& part : parts)
            std::visit(overloaded{
                           [&](const ContentText& one) { append_text(content, one.text); },
                           [&](const ContentCounter& one) { add_counter(content, node, one); },
                           [&](const ContentAttribute& one) { append_text(content, attribute_text(node, one)); },
                           [&](const ContentQuote& one) { append_text(content, quote(one.kind, own)); },
                           [&](const ContentPicture& one) { add_picture(content, one); },
                           [&](const ContentTarget& one) { complete = add_target(content, node, one) && complete; },
                           [&](const ContentTargetPages&) { content.push_back(GeneratedTargetPages{NodeId{node}}); },
                           [&](const ContentLeader& one) { content.push_back(GeneratedLeader{one.pattern}); },
                           [&](const ContentString& one) {
                               content.push_back(GeneratedString{one.name, one.position});
                           },
                           [&](const ContentElement& one) { append_text(content, element_text(node, one.text)); },
                       },
                       part);
        if (!complete) return std::nullopt;
        return content;
    }

    // counter(footnote) of a note, or of its further calls.
    void add_note_number(GeneratedContent& content, std::uint32_t node, const std::string& style) const {
        if (notes_by_page_ && counts_note(node))
            content.push_back(GeneratedNoteNumber{note_, styles_.portable(style)});
        else
            append_text(content, styles_.representation(note_number_, style));
    }

    void add_counter(GeneratedContent& content, std::uint32_t node, const ContentCounter& one) const {
        if (one.name == footnote && counts_note(node)) return add_note_number(content, node, one.style);
        if (one.name == page || one.name == pages)
            content.push_back(GeneratedPageNumber{one.name == pages, styles_.portable(one.style)});
        else
            append_text(content, joined(counter_values(one.name), one.all, one.separator, one.style));
    }

    std::string attribute_text(std::uint32_t at, const ContentAttribute& one) const {
        const Node& node = book_.nodes[at];
        if (one.name == "id" && !node.info.id.empty()) return node.info.id;
        if (one.name == "lang" && !node.info.language.empty()) return node.info.language;
        const std::string* value = attribute(node, one.name);
        return value ? *value : one.otherwise;
    }

    std::string quote(QuoteKind kind, const ElementStyle& own) {
        switch (kind) {
        case QuoteKind::open: return quote_pair(own, quote_depth_++).first;
        case QuoteKind::no_open: ++quote_depth_; return {};
        case QuoteKind::close: return quote_depth_ == 0 ? std::string() : quote_pair(own, --quote_depth_).second;
        case QuoteKind::no_close:
            if (quote_depth_ > 0) --quote_depth_;
            return {};
        }
        return {};
    }

    void add_picture(GeneratedContent& content, const ContentPicture& one) {
        const auto found = resources_.find(one.path);
        if (found != resources_.end())
            content.push_back(GeneratedPicture{found->second});
        else
            diagnostics_.warning("style.missing-picture", {}, "the book has no picture ‘" + one.path + "’ for generated content");
    }

    std::string element_text(std::uint32_t node, TextOf which) const {
        const std::string all = collapsed(text_content(book_, NodeId{node}));
        const auto made = styled_.pseudo_boxes.find(NodeId{node});
        const auto of_pseudo = [&](PseudoElement pseudo) {
            if (made == styled_.pseudo_boxes.end()) return std::string();
            for (const PseudoBox& box : made->second)
                if (box.pseudo == pseudo) return text_of(box.content);
            return std::string();
        };
        switch (which) {
        case TextOf::all: return all;
        case TextOf::before: return of_pseudo(PseudoElement::before);
        case TextOf::after: return of_pseudo(PseudoElement::after);
        case TextOf::marker: return of_pseudo(PseudoElement::marker);
        case TextOf::first_letter: return all.empty() ? all : all.substr(0, decode_utf8(all, 0).size);
        }
        return {};
    }

    void set_string(std::uint32_t node, const StringSetting& setting, const ElementStyle& own) {
        if (gathering_) return;
        auto content = generate(node, setting.value, own);
        if (!content) return;
        // string() of a string set before: what it is here
        for (GeneratedItem& item : *content)
            if (const auto* string = std::get_if<GeneratedString>(&item)) {
                std::string current = strings_[string->name];
                item = GeneratedText{std::move(current)};
            }
        std::string value = collapsed(text_of(*content));
        strings_[setting.name] = value;
        styled_.string_sets[NodeId{node}].push_back({setting.name, std::move(value)});
    }

    // ---- targets

    std::set<std::string> counters_of_targets() {
        std::set<std::string> names;
        const auto look_at = [&](const ContentParts& parts) {
            for (const ContentPart& part : parts)
                if (const auto* target = std::get_if<ContentTarget>(&part)) {
                    if (target->is_text && target->text != TextOf::all) wants_texts_ = true;
                    if (!target->is_text && target->counter != page) names.insert(target->counter);
                }
        };
        for (const StyledPseudoElement& one : tree_.pseudo_elements) look_at(tree_.store.element_style(one.style).content.parts);
        return names;
    }

    void find_targets() {
        for (const Node& node : book_.nodes)
            if (node.target != no_node) targets_.insert(index(node.target));
    }

    NodeId target_of(std::uint32_t at, const ContentTarget& one) {
        const Node& node = book_.nodes[at];
        if (!one.attribute.empty() && node.target != no_node) return node.target;
        std::string address = one.address;
        if (!one.attribute.empty()) {
            const std::string* value = attribute(node, one.attribute);
            if (!value) return no_node;
            address = *value;
        }
        if (!address.starts_with('#')) return no_node;
        if (by_id_.empty())
            for (std::uint32_t each = 0; each < book_.nodes.size(); ++each)
                if (!book_.nodes[each].info.id.empty()) by_id_.emplace(book_.nodes[each].info.id, NodeId{each});
        const auto found = by_id_.find(std::string_view(address).substr(1));
        return found == by_id_.end() ? no_node : found->second;
    }

    bool add_target(GeneratedContent& content, std::uint32_t node, const ContentTarget& one) {
        const NodeId target = target_of(node, one);
        if (target == no_node) return false;
        if (!one.is_text && one.counter == page) {
            content.push_back(GeneratedTargetPage{target, one.style.empty() ? std::string() : styles_.portable(one.style)});
            return true;
        }
        if (one.is_text && one.text == TextOf::all) {
            append_text(content, collapsed(text_content(book_, target)));
            return true;
        }
        const auto found = facts_.find(index(target));
        if (one.is_text && one.text == TextOf::first_letter) {
            const std::string all = collapsed(text_content(book_, target));
            append_text(content, all.empty() ? all : all.substr(0, decode_utf8(all, 0).size));
        } else if (one.is_text && found != facts_.end()) {
            append_text(content, one.text == TextOf::before ? found->second.before : found->second.after);
        } else if (!one.is_text) {
            std::vector<std::int64_t> values;
            if (found != facts_.end()) values = found->second.counters[one.counter];
            if (values.empty()) values.push_back(0);
            append_text(content, joined(values, one.all, one.separator, one.style.empty() ? "decimal" : one.style));
        }
        return true;
    }

    const StyledTree& tree_;
    const CounterStyles& styles_;
    const Book& book_;
    StyledBook& styled_;
    Diagnostics& diagnostics_;
    Counters counters_;
    std::size_t quote_depth_ = 0;
    std::int64_t note_number_ = 0;
    NodeId note_ = no_node; // the last one met, or called again
    std::map<std::uint32_t, std::int64_t> note_numbers_;
    std::int64_t added_notes_ = 0, last_number_ = 0; // in the section
    std::set<std::uint32_t> section_roots_;
    bool notes_by_page_ = false;
    bool gathering_ = false, wants_texts_ = false;
    std::set<std::string> wanted_counters_;
    std::map<std::string, std::string> strings_; // as set last
    std::set<std::uint32_t> targets_;
    std::map<std::uint32_t, TargetFacts> facts_;
    std::map<std::string, ResourceId, std::less<>> resources_;
    std::map<std::string, NodeId, std::less<>> by_id_;
};

} // namespace

void generate_content(const StyledTree& tree, const Stylesheet& stylesheet, StyledBook& styled, Diagnostics& diagnostics) {
    ContentWalk(tree, stylesheet, styled, diagnostics).run();
}

GeneratedContent page_content(const ContentValue& content, const ElementStyle& style, const CounterStyles& counter_styles) {
    GeneratedContent made;
    std::size_t depth = 0;
    for (const ContentPart& part : content.parts)
        std::visit(overloaded{[&](const ContentText& one) { append_text(made, one.text); },
                              [&](const ContentCounter& one) {
                                  if (one.name == page || one.name == pages)
                                      made.push_back(GeneratedPageNumber{one.name == pages, counter_styles.portable(one.style)});
                              },
                              [&](const ContentQuote& one) {
                                  if (one.kind == QuoteKind::open) append_text(made, quote_pair(style, depth++).first);
                                  if (one.kind == QuoteKind::close && depth > 0)
                                      append_text(made, quote_pair(style, --depth).second);
                              },
                              [&](const ContentLeader& one) { made.push_back(GeneratedLeader{one.pattern}); },
                              [&](const ContentString& one) {
                                  made.push_back(GeneratedString{one.name, one.position});
                              },
                              // These belong to an element; a page has none.
                              [](const ContentAttribute&) {}, [](const ContentPicture&) {}, [](const ContentTarget&) {},
                              [](const ContentTargetPages&) {}, [](const ContentElement&) {}},
                   part);
    return made;
}

} // namespace bifolio
