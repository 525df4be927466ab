#include "style/selector.h"

#include "base/nearest.h"
#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <span>

namespace bifolio {

Atom AtomTable::intern(std::string_view name) {
    const auto found = atoms_.find(name);
    if (found != atoms_.end()) return found->second;
    const Atom atom = static_cast<Atom>(atoms_.size() + 1);
    atoms_.emplace(std::string(name), atom);
    return atom;
}

Atom AtomTable::find(std::string_view name) const {
    const auto found = atoms_.find(name);
    return found == atoms_.end() ? no_atom : found->second;
}

Specificity Specificity::of(std::uint32_t ids, std::uint32_t classes, std::uint32_t types) {
    const auto field = [](std::uint32_t count) { return std::min<std::uint32_t>(count, 1023); };
    return {field(ids) << 20 | field(classes) << 10 | field(types)};
}

Specificity Specificity::operator+(Specificity other) const {
    return of((packed >> 20) + (other.packed >> 20), (packed >> 10 & 1023) + (other.packed >> 10 & 1023),
              (packed & 1023) + (other.packed & 1023));
}

namespace {

constexpr std::size_t most_compounds = 256; // in one selector; more is no selector that somebody wrote

struct PseudoClass {
    std::string_view name;
    SimpleKind kind;
};
constexpr std::array plain_pseudo_classes{
    PseudoClass{"root", SimpleKind::root},
    PseudoClass{"scope", SimpleKind::root},
    PseudoClass{"empty", SimpleKind::empty},
    PseudoClass{"first-child", SimpleKind::first_child},
    PseudoClass{"last-child", SimpleKind::last_child},
    PseudoClass{"only-child", SimpleKind::only_child},
    PseudoClass{"first-of-type", SimpleKind::first_of_type},
    PseudoClass{"last-of-type", SimpleKind::last_of_type},
    PseudoClass{"only-of-type", SimpleKind::only_of_type},
    PseudoClass{"link", SimpleKind::link},
    PseudoClass{"any-link", SimpleKind::link},
    // What no page in a book ever is.
    PseudoClass{"visited", SimpleKind::never},
    PseudoClass{"hover", SimpleKind::never},
    PseudoClass{"active", SimpleKind::never},
    PseudoClass{"focus", SimpleKind::never},
    PseudoClass{"focus-visible", SimpleKind::never},
    PseudoClass{"focus-within", SimpleKind::never},
    PseudoClass{"target", SimpleKind::never},
    PseudoClass{"enabled", SimpleKind::never},
    PseudoClass{"disabled", SimpleKind::never},
    PseudoClass{"checked", SimpleKind::never},
    PseudoClass{"indeterminate", SimpleKind::never},
    PseudoClass{"required", SimpleKind::never},
    PseudoClass{"optional", SimpleKind::never},
    PseudoClass{"valid", SimpleKind::never},
    PseudoClass{"invalid", SimpleKind::never},
    PseudoClass{"read-only", SimpleKind::never},
    PseudoClass{"read-write", SimpleKind::never},
    PseudoClass{"placeholder-shown", SimpleKind::never},
    PseudoClass{"default", SimpleKind::never},
    PseudoClass{"playing", SimpleKind::never},
    PseudoClass{"paused", SimpleKind::never},
    PseudoClass{"fullscreen", SimpleKind::never},
    PseudoClass{"host", SimpleKind::never},
};
constexpr std::array functional_pseudo_classes{
    PseudoClass{"not", SimpleKind::not_},
    PseudoClass{"is", SimpleKind::is},
    PseudoClass{"matches", SimpleKind::is},
    PseudoClass{"where", SimpleKind::where},
    PseudoClass{"lang", SimpleKind::lang},
    PseudoClass{"dir", SimpleKind::dir},
    PseudoClass{"nth-child", SimpleKind::nth_child},
    PseudoClass{"nth-last-child", SimpleKind::nth_last_child},
    PseudoClass{"nth-of-type", SimpleKind::nth_of_type},
    PseudoClass{"nth-last-of-type", SimpleKind::nth_last_of_type},
};

struct PseudoElementName {
    std::string_view name;
    PseudoElement pseudo;
};
constexpr std::array pseudo_elements{
    PseudoElementName{"before", PseudoElement::before},
    PseudoElementName{"after", PseudoElement::after},
    PseudoElementName{"marker", PseudoElement::marker},
    PseudoElementName{"first-letter", PseudoElement::first_letter},
    PseudoElementName{"first-line", PseudoElement::first_line},
    PseudoElementName{"footnote-call", PseudoElement::footnote_call},
    PseudoElementName{"footnote-marker", PseudoElement::footnote_marker},
};
constexpr std::array<std::string_view, 9> pseudo_elements_of_screens{
    "selection",      "placeholder",   "backdrop", "file-selector-button", "target-text",
    "spelling-error", "grammar-error", "cue",      "details-content"};

std::vector<std::string> known_pseudo_names(bool elements) {
    std::vector<std::string> names;
    for (const auto& one : pseudo_elements) names.emplace_back(one.name);
    if (elements) return names;
    for (const auto& one : plain_pseudo_classes) names.emplace_back(one.name);
    for (const auto& one : functional_pseudo_classes) names.emplace_back(one.name);
    return names;
}

class SelectorParser {
public:
    SelectorParser(const ComponentValues& values, AtomTable& atoms) : values_(values), atoms_(atoms) {}

    // Throws nothing; an empty optional means error(), of which the first stays.
    std::optional<std::vector<ComplexSelector>> list() {
        std::vector<ComplexSelector> all;
        for (;;) {
            std::optional<ComplexSelector> one = complex();
            if (!one) return std::nullopt;
            all.push_back(std::move(*one));
            if (at_end()) return all;
            ++at_; // the comma at which complex() ended
        }
    }

    // :is() and :where() pass over what they do not know.
    std::vector<ComplexSelector> forgiving_list() {
        std::vector<ComplexSelector> all;
        std::size_t from = 0;
        for (std::size_t at = 0; at <= values_.size(); ++at) {
            if (at < values_.size() && values_[at].type != TokenType::comma) continue;
            const ComponentValues part(values_.begin() + static_cast<std::ptrdiff_t>(from),
                                       values_.begin() + static_cast<std::ptrdiff_t>(at));
            SelectorParser parser(part, atoms_);
            if (auto one = parser.list()) all.push_back(std::move(one->front()));
            from = at + 1;
        }
        return all;
    }

    SelectorError error() const { return error_.value_or(SelectorError{0, 0, "not a selector", {}}); }

private:
    bool at_end() const { return at_ >= values_.size(); }
    const ComponentValue& current() const { return values_[at_]; }
    bool is(TokenType type) const { return !at_end() && current().type == type; }
    bool is_delim(char c) const { return !at_end() && current().is_delim(c); }
    bool skip_spaces() {
        const std::size_t from = at_;
        while (is(TokenType::white_space)) ++at_;
        return at_ > from;
    }

    std::nullopt_t fail(std::string message, std::vector<std::string> hints = {}) {
        if (error_) return std::nullopt;
        error_ = SelectorError{0, 0, std::move(message), std::move(hints)};
        if (values_.empty()) return std::nullopt;
        const ComponentValue& there = at_end() ? values_.back() : current();
        error_->begin = there.begin;
        error_->end = there.end;
        return std::nullopt;
    }

    std::optional<ComplexSelector> complex() {
        ComplexSelector selector;
        skip_spaces();
        Combinator combinator = Combinator::descendant;
        for (;;) {
            std::optional<CompoundSelector> one = compound(selector);
            if (!one) return std::nullopt;
            one->combinator = combinator;
            selector.compounds.push_back(std::move(*one));
            if (selector.compounds.size() > most_compounds) return fail("the selector is too long");
            const bool spaces = skip_spaces();
            if (at_end() || is(TokenType::comma)) break;
            if (selector.pseudo || selector.never) return fail("nothing may follow a pseudo-element");
            if (is_delim('>'))
                combinator = Combinator::child;
            else if (is_delim('+'))
                combinator = Combinator::next_sibling;
            else if (is_delim('~'))
                combinator = Combinator::subsequent_sibling;
            else if (spaces) {
                combinator = Combinator::descendant;
                continue;
            } else
                return fail("‘" + to_css(current()) + "’ is no part of a selector");
            ++at_;
            skip_spaces();
        }
        // The combinator stood before each compound; from right to left it belongs to the one on its right, as read.
        std::reverse(selector.compounds.begin(), selector.compounds.end());
        return selector;
    }

    std::optional<CompoundSelector> compound(ComplexSelector& selector) {
        CompoundSelector made;
        bool any = type_selector(made, selector);
        if (error_) return std::nullopt;
        for (; !at_end() && !selector.pseudo; any = true) {
            if (is(TokenType::hash) && current().is_id) {
                made.simple.push_back(named(SimpleKind::id, current().text));
                selector.specificity = selector.specificity + Specificity::of(1, 0, 0);
                ++at_;
            } else if (is_delim('.')) {
                if (++at_; !is(TokenType::ident)) return fail("a class name is missing");
                made.simple.push_back(named(SimpleKind::class_, current().text));
                selector.specificity = selector.specificity + Specificity::of(0, 1, 0);
                ++at_;
            } else if (is(TokenType::square_block)) {
                if (!attribute_selector(made)) return std::nullopt;
                selector.specificity = selector.specificity + Specificity::of(0, 1, 0);
                ++at_;
            } else if (is(TokenType::colon)) {
                if (!pseudo(made, selector)) return std::nullopt;
            } else
                break;
        }
        // Behind a pseudo-element only dynamic pseudo-classes are allowed; they never match.
        while (selector.pseudo && is(TokenType::colon)) {
            if (++at_; !is(TokenType::ident)) return fail("nothing may follow a pseudo-element");
            selector.never = true;
            ++at_;
            any = true;
        }
        if (!any) return fail(at_end() ? "the selector ends too early" : "‘" + to_css(current()) + "’ is no part of a selector");
        return made;
    }

    SimpleSelector named(SimpleKind kind, std::string_view name) {
        SimpleSelector simple;
        simple.kind = kind;
        simple.atom = atoms_.intern(name);
        return simple;
    }

    // E, *, ns|E, *|E, |E: all elements of a book are in one namespace. True when there was one.
    bool type_selector(CompoundSelector& made, ComplexSelector& selector) {
        const auto is_name = [&](std::size_t at) {
            return at < values_.size() && (values_[at].type == TokenType::ident || values_[at].is_delim('*'));
        };
        std::size_t name = at_;
        if (is_name(at_) && at_ + 1 < values_.size() && values_[at_ + 1].is_delim('|') && is_name(at_ + 2))
            name = at_ + 2;
        else if (is_delim('|') && is_name(at_ + 1))
            name = at_ + 1;
        else if (!is_name(at_))
            return false;
        at_ = name + 1;
        if (values_[name].type != TokenType::ident) return true;
        selector.specificity = selector.specificity + Specificity::of(0, 0, 1);
        SimpleSelector simple;
        simple.kind = SimpleKind::type;
        const std::string lower = to_ascii_lower(values_[name].text);
        if (lower == "note")
            simple.element = Element::note;
        else
            simple.element = element_named(lower).value_or(Element::text);
        if (simple.element == Element::aside) simple.other_element = Element::note;
        if (simple.element == Element::a) simple.other_element = Element::note_reference;
        made.simple.push_back(std::move(simple));
        return true;
    }

    bool attribute_selector(CompoundSelector& made) {
        ComponentValues inner = values_[at_].values;
        const auto spaces = [](const ComponentValue& v) { return v.type == TokenType::white_space; };
        inner.erase(std::remove_if(inner.begin(), inner.end(), spaces), inner.end());
        SimpleSelector simple;
        simple.kind = SimpleKind::attribute;
        std::size_t at = 0;
        const auto name_at = [&](std::size_t where) { return where < inner.size() && inner[where].type == TokenType::ident; };
        // epub|type, *|type, |type
        if ((name_at(0) || (!inner.empty() && inner[0].is_delim('*'))) && inner.size() > 2 && inner[1].is_delim('|') &&
            name_at(2)) {
            simple.name = (inner[0].is_delim('*') ? "" : to_ascii_lower(inner[0].text) + ":") + to_ascii_lower(inner[2].text);
            at = 3;
        } else {
            if (!inner.empty() && inner[0].is_delim('|')) at = 1;
            if (!name_at(at)) return fail("an attribute's name is missing"), false;
            simple.name = to_ascii_lower(inner[at++].text);
        }
        if (at < inner.size() && !attribute_value(simple, inner, at)) return fail("not an attribute selector"), false;
        made.simple.push_back(std::move(simple));
        return true;
    }

    static bool attribute_value(SimpleSelector& simple, const ComponentValues& inner, std::size_t at) {
        switch (inner[at].type) {
        case TokenType::include_match: simple.match = AttributeMatch::includes; break;
        case TokenType::dash_match: simple.match = AttributeMatch::dash; break;
        case TokenType::prefix_match: simple.match = AttributeMatch::prefix; break;
        case TokenType::suffix_match: simple.match = AttributeMatch::suffix; break;
        case TokenType::substring_match: simple.match = AttributeMatch::substring; break;
        default:
            if (!inner[at].is_delim('=')) return false;
            simple.match = AttributeMatch::equals;
        }
        if (++at >= inner.size()) return false;
        if (inner[at].type != TokenType::ident && inner[at].type != TokenType::string) return false;
        simple.value = inner[at].text;
        if (++at == inner.size()) return true;
        if (!inner[at].is_ident("i") && !inner[at].is_ident("s")) return false;
        simple.ignore_case = inner[at].is_ident("i");
        return at + 1 == inner.size();
    }

    bool pseudo(CompoundSelector& made, ComplexSelector& selector) {
        ++at_;
        const bool element = is(TokenType::colon);
        if (element) ++at_;
        if (is(TokenType::ident)) {
            const std::string name = to_ascii_lower(current().text);
            const bool legacy = name == "before" || name == "after" || name == "first-letter" || name == "first-line";
            return element || legacy ? pseudo_element(name, selector) : pseudo_class(name, made, selector);
        }
        if (!element && is(TokenType::function)) return functional_pseudo_class(made, selector);
        if (element && is(TokenType::function) && current().text.starts_with('-')) return never(selector);
        return fail(element ? "not a known pseudo-element" : "not a known pseudo-class"), false;
    }

    bool never(ComplexSelector& selector) {
        selector.never = true;
        ++at_;
        return true;
    }

    bool pseudo_element(const std::string& name, ComplexSelector& selector) {
        const auto known =
            std::find_if(pseudo_elements.begin(), pseudo_elements.end(), [&](const auto& one) { return one.name == name; });
        if (known != pseudo_elements.end()) {
            selector.pseudo = known->pseudo;
            selector.specificity = selector.specificity + Specificity::of(0, 0, 1);
            ++at_;
            return true;
        }
        const bool of_screens = std::find(pseudo_elements_of_screens.begin(), pseudo_elements_of_screens.end(), name) !=
                                pseudo_elements_of_screens.end();
        if (name.starts_with('-') || of_screens) return never(selector);
        return fail("no pseudo-element ‘::" + name + "’ is known", did_you_mean(name, known_pseudo_names(true))), false;
    }

    bool pseudo_class(const std::string& name, CompoundSelector& made, ComplexSelector& selector) {
        SimpleSelector simple;
        const auto known = std::find_if(plain_pseudo_classes.begin(), plain_pseudo_classes.end(),
                                        [&](const auto& one) { return one.name == name; });
        if (known != plain_pseudo_classes.end())
            simple.kind = known->kind;
        else if (!name.starts_with('-'))
            return fail("no pseudo-class ‘:" + name + "’ is known", did_you_mean(name, known_pseudo_names(false))), false;
        selector.specificity = selector.specificity + Specificity::of(0, 1, 0);
        made.simple.push_back(std::move(simple));
        ++at_;
        return true;
    }

    bool functional_pseudo_class(CompoundSelector& made, ComplexSelector& selector) {
        const ComponentValue& function = current();
        const std::string name = to_ascii_lower(function.text);
        const auto known = std::find_if(functional_pseudo_classes.begin(), functional_pseudo_classes.end(),
                                        [&](const auto& one) { return one.name == name; });
        SimpleSelector simple;
        if (known == functional_pseudo_classes.end()) {
            if (!name.starts_with('-'))
                return fail("no pseudo-class ‘:" + name + "()’ is known", did_you_mean(name, known_pseudo_names(false))), false;
            simple.kind = SimpleKind::never;
            selector.specificity = selector.specificity + Specificity::of(0, 1, 0);
        } else {
            simple.kind = known->kind;
            if (!arguments(function.values, simple, selector.specificity)) return false;
        }
        made.simple.push_back(std::move(simple));
        ++at_;
        return true;
    }

    bool arguments(const ComponentValues& values, SimpleSelector& simple, Specificity& specificity) {
        SelectorParser inner(values, atoms_);
        switch (simple.kind) {
        case SimpleKind::not_: {
            auto list = inner.list();
            if (!list) return take_error(inner), false;
            simple.selectors = std::move(*list);
            break;
        }
        case SimpleKind::is:
        case SimpleKind::where: simple.selectors = inner.forgiving_list(); break;
        case SimpleKind::lang: return languages(values, simple, specificity);
        case SimpleKind::dir: {
            ComponentValues word = values;
            std::erase_if(word, [](const ComponentValue& v) { return v.type == TokenType::white_space; });
            if (word.size() != 1 || word[0].type != TokenType::ident) return fail(":dir() asks for ltr or rtl"), false;
            simple.value = to_ascii_lower(word[0].text);
            specificity = specificity + Specificity::of(0, 1, 0);
            return true;
        }
        default:
            specificity = specificity + Specificity::of(0, 1, 0);
            if (!position(values, simple)) return false;
        }
        if (simple.kind == SimpleKind::where || simple.selectors.empty()) return true;
        Specificity most;
        for (const ComplexSelector& one : simple.selectors) most = std::max(most, one.specificity);
        specificity = specificity + most;
        return true;
    }

    bool languages(const ComponentValues& values, SimpleSelector& simple, Specificity& specificity) {
        for (const ComponentValue& value : values) {
            if (value.type == TokenType::ident || value.type == TokenType::string)
                simple.values.push_back(to_ascii_lower(value.text));
            else if (value.type != TokenType::comma && value.type != TokenType::white_space)
                return fail(":lang() asks for language codes"), false;
        }
        specificity = specificity + Specificity::of(0, 1, 0);
        return simple.values.empty() ? (fail(":lang() asks for language codes"), false) : true;
    }

    bool position(const ComponentValues& values, SimpleSelector& simple) {
        const auto of = std::find_if(values.begin(), values.end(), [](const ComponentValue& v) { return v.is_ident("of"); });
        const auto parsed = parse_an_plus_b(std::span(values.begin(), of));
        if (!parsed) return fail("not a position such as ‘odd’ or ‘2n+1’"), false;
        simple.position = *parsed;
        if (of == values.end()) return true;
        if (simple.kind != SimpleKind::nth_child && simple.kind != SimpleKind::nth_last_child)
            return fail("‘of’ is only for :nth-child() and :nth-last-child()"), false;
        const ComponentValues rest(of + 1, values.end());
        SelectorParser inner(rest, atoms_);
        auto list = inner.list();
        if (!list) return take_error(inner), false;
        simple.selectors = std::move(*list);
        return true;
    }

    void take_error(const SelectorParser& inner) {
        if (!error_) error_ = inner.error();
    }

    const ComponentValues& values_;
    AtomTable& atoms_;
    std::size_t at_ = 0;
    std::optional<SelectorError> error_;
};

} // namespace

std::variant<std::vector<ComplexSelector>, SelectorError> parse_selector_list(const ComponentValues& values, AtomTable& atoms) {
    SelectorParser parser(values, atoms);
    if (auto list = parser.list()) return std::move(*list);
    return parser.error();
}

} // namespace bifolio
