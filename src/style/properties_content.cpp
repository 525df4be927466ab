// Generated content, counters, lists, notes (Generated Content 3, GCPM 3, Lists 3, Counter Styles 3).
#include "style/property_builder.h"

#include "style/counter_style.h"

namespace bifolio {

namespace {

template <class Enum>
using Words = std::vector<std::pair<std::string_view, Enum>>;

// A counter style where one may be named: an identifier or symbols(…).
std::optional<std::string> take_counter_style(ValueReader& in) {
    if (const ComponentValue* symbols = in.take_function("symbols")) return to_css(*symbols);
    const auto name = in.take_any_ident();
    if (!name) return std::nullopt;
    const std::string lower = to_ascii_lower(*name);
    return is_predefined_counter_style(lower) ? lower : *name;
}

// The style behind a comma, or what there is without one.
bool take_optional_style(ValueReader& in, std::string& style) {
    if (!in.take_comma()) return in.at_end();
    const auto name = take_counter_style(in);
    if (name) style = *name;
    return name && in.at_end();
}

std::optional<ContentPart> parse_counter(const ComponentValue& function) {
    ValueReader in(function.values);
    ContentCounter counter;
    counter.all = function.is_function("counters");
    const auto name = in.take_any_ident();
    if (!name) return std::nullopt;
    counter.name = *name;
    if (counter.all) {
        if (!in.take_comma()) return std::nullopt;
        const auto separator = in.take_string();
        if (!separator) return std::nullopt;
        counter.separator = *separator;
    }
    if (!take_optional_style(in, counter.style)) return std::nullopt;
    return counter;
}

std::optional<ContentAttribute> parse_attribute(const ComponentValue& function) {
    ValueReader in(function.values);
    const auto name = in.take_any_ident();
    if (!name) return std::nullopt;
    ContentAttribute attribute{to_ascii_lower(*name), {}};
    in.take_any_ident(); // a type: string, url
    if (in.take_comma()) {
        const auto otherwise = in.take_string();
        if (!otherwise) return std::nullopt;
        attribute.otherwise = *otherwise;
    }
    if (!in.at_end()) return std::nullopt;
    return attribute;
}

// GCPM 3 §6: target-counter(target, name, style?), target-counters(target, name, string, style?), target-text(target, what?)
std::optional<ContentPart> parse_target(const ComponentValue& function) {
    static const Words<TextOf> texts{
        {"content", TextOf::all}, {"before", TextOf::before}, {"after", TextOf::after}, {"first-letter", TextOf::first_letter}};
    ValueReader in(function.values);
    ContentTarget target;
    target.is_text = function.is_function("target-text");
    target.all = function.is_function("target-counters");
    if (const ComponentValue* attribute = in.take_function("attr")) {
        const auto parsed = parse_attribute(*attribute);
        if (!parsed) return std::nullopt;
        target.attribute = parsed->name;
    } else if (const auto url = in.take_url()) {
        target.address = *url;
    } else if (const auto text = in.take_string()) {
        target.address = *text;
    } else {
        return std::nullopt;
    }
    if (target.is_text) {
        if (in.take_comma()) {
            const auto which = in.take_keyword(texts);
            if (!which) return std::nullopt;
            target.text = *which;
        }
        return in.at_end() ? std::optional<ContentPart>(target) : std::nullopt;
    }
    if (!in.take_comma()) return std::nullopt;
    const auto name = in.take_any_ident();
    if (!name) return std::nullopt;
    target.counter = *name;
    if (target.all) {
        if (!in.take_comma()) return std::nullopt;
        const auto separator = in.take_string();
        if (!separator) return std::nullopt;
        target.separator = *separator;
    }
    if (!take_optional_style(in, target.style)) return std::nullopt;
    return target;
}

std::optional<ContentPart> parse_leader(const ComponentValue& function) {
    ValueReader in(function.values);
    ContentLeader leader;
    if (const auto text = in.take_string())
        leader.pattern = *text;
    else if (in.take_ident("dotted"))
        leader.pattern = ". ";
    else if (in.take_ident("solid"))
        leader.pattern = "_";
    else if (in.take_ident("space"))
        leader.pattern = " ";
    if (leader.pattern.empty() || !in.at_end()) return std::nullopt;
    return leader;
}

std::optional<ContentPart> parse_named_string(const ComponentValue& function) {
    static const Words<StringPosition> positions{{"first", StringPosition::first},
                                                 {"start", StringPosition::start},
                                                 {"last", StringPosition::last},
                                                 {"first-except", StringPosition::first_except}};
    ValueReader in(function.values);
    ContentString string;
    const auto name = in.take_any_ident();
    if (!name) return std::nullopt;
    string.name = *name;
    if (in.take_comma()) {
        const auto position = in.take_keyword(positions);
        if (!position) return std::nullopt;
        string.position = *position;
    }
    return in.at_end() ? std::optional<ContentPart>(string) : std::nullopt;
}

std::optional<ContentPart> parse_element_text(const ComponentValue& function) {
    static const Words<TextOf> texts{{"text", TextOf::all},
                                     {"before", TextOf::before},
                                     {"after", TextOf::after},
                                     {"first-letter", TextOf::first_letter},
                                     {"marker", TextOf::marker}};
    ValueReader in(function.values);
    const auto which = in.at_end() ? std::optional(TextOf::all) : in.take_keyword(texts);
    return which && in.at_end() ? std::optional<ContentPart>(ContentElement{*which}) : std::nullopt;
}

std::optional<ContentPart> take_part(ValueReader& in) {
    static const Words<QuoteKind> quotes{{"open-quote", QuoteKind::open},
                                         {"close-quote", QuoteKind::close},
                                         {"no-open-quote", QuoteKind::no_open},
                                         {"no-close-quote", QuoteKind::no_close}};
    if (auto text = in.take_string()) return ContentText{std::move(*text)};
    if (auto url = in.take_url()) return ContentPicture{std::move(*url)};
    if (const auto quote = in.take_keyword(quotes)) return ContentQuote{*quote};
    const ComponentValue* value = in.peek();
    if (!value || value->type != TokenType::function) return std::nullopt;
    std::optional<ContentPart> part;
    if (value->is_function("counter") || value->is_function("counters"))
        part = parse_counter(*value);
    else if (value->is_function("target-counter") || value->is_function("target-counters") || value->is_function("target-text"))
        part = parse_target(*value);
    else if (value->is_function("-bifolio-target-pages") && ValueReader(value->values).at_end())
        part = ContentTargetPages();
    else if (value->is_function("leader"))
        part = parse_leader(*value);
    else if (value->is_function("string"))
        part = parse_named_string(*value);
    else if (value->is_function("content"))
        part = parse_element_text(*value);
    else if (value->is_function("attr")) {
        if (auto attribute = parse_attribute(*value)) part = std::move(*attribute);
    }
    if (part) in.take();
    return part;
}

std::optional<ContentParts> take_parts(ValueReader& in) {
    ContentParts parts;
    while (auto part = take_part(in)) parts.push_back(std::move(*part));
    if (parts.empty()) return std::nullopt;
    return parts;
}

Setter parse_content(ValueReader& in) {
    if (in.take_ident("normal")) return [](Computing& c) { c.style.content = {}; };
    if (in.take_ident("none")) return [](Computing& c) { c.style.content = {ContentValue::Kind::none, {}}; };
    auto parts = take_parts(in);
    if (!parts) return nullptr;
    if (in.take_slash() && !take_parts(in)) return nullptr; // words for readers who do not see it: nothing is drawn for them
    return [parts = *parts](Computing& c) { c.style.content = {ContentValue::Kind::parts, parts}; };
}

template <class Field>
void add_counter(PropertyBuilder& b, std::string name, std::int64_t otherwise, Field field) {
    b.longhand(std::move(name), not_inherited, field, [field, otherwise](ValueReader& in) -> Setter {
        if (in.take_ident("none")) return [field](Computing& c) { field(c.style).clear(); };
        CounterChanges changes;
        while (auto counter = in.take_any_ident()) {
            CounterChange change{std::move(*counter), otherwise, false};
            if (const auto value = in.take_integer(-1'000'000'000)) {
                change.value = *value;
                change.explicit_value = true;
            }
            changes.push_back(std::move(change));
        }
        if (changes.empty()) return nullptr;
        return [field, changes](Computing& c) { field(c.style) = changes; };
    });
}

Setter parse_string_set(ValueReader& in) {
    if (in.take_ident("none")) return [](Computing& c) { c.style.string_set.clear(); };
    std::vector<StringSetting> settings;
    do {
        const auto name = in.take_any_ident();
        auto parts = name ? take_parts(in) : std::nullopt;
        if (!parts) return nullptr;
        settings.push_back({*name, std::move(*parts)});
    } while (in.take_comma());
    return [settings](Computing& c) { c.style.string_set = settings; };
}

Setter parse_quotes(ValueReader& in) {
    if (in.take_ident("auto")) return [](Computing& c) { c.style.quotes = {}; };
    if (in.take_ident("none")) return [](Computing& c) { c.style.quotes = {false, {}}; };
    Quotes quotes{false, {}};
    while (const auto open = in.take_string()) {
        const auto close = in.take_string();
        if (!close) return nullptr;
        quotes.pairs.emplace_back(*open, *close);
    }
    if (quotes.pairs.empty()) return nullptr;
    return [quotes](Computing& c) { c.style.quotes = quotes; };
}

void add_lists(PropertyBuilder& b) {
    const PropertyId type = b.longhand(
        "list-style-type", inherited, [](auto& s) -> auto& { return s.computed.list_style_type; },
        [](ValueReader& in) -> Setter {
            std::optional<std::string> name;
            if (const auto text = in.take_string())
                name = css_string(*text);
            else if (in.take_ident("none"))
                name = "none";
            else {
                const ComponentValue* word = in.peek();
                if (word && (word->is_ident("inside") || word->is_ident("outside"))) return nullptr; // of list-style-position
                name = take_counter_style(in);
            }
            if (!name) return nullptr;
            return [name = *name](Computing& c) { c.style.computed.list_style_type = name; };
        });
    const PropertyId position = b.keyword(
        "list-style-position", inherited, [](auto& s) -> auto& { return s.computed.list_style_position; },
        Words<ListStylePosition>{{"outside", ListStylePosition::outside}, {"inside", ListStylePosition::inside}});
    b.shorthand("list-style-image", {}, [](ValueReader& in, Expansion& out) {
        if (in.take_ident("none")) return true;
        if (!in.take_url()) return false;
        out.warning = "pictures as list markers are not drawn";
        return true;
    });
    b.shorthand("list-style", {type, position}, [&table = b.table(), type, position](ValueReader& in, Expansion& out) {
        Setter set_type, set_position;
        while (!in.at_end()) {
            if (in.take_url())
                out.warning = "pictures as list markers are not drawn";
            else if (!set_position && (set_position = table.at(position).parse(in)))
                continue;
            else if (set_type || !(set_type = table.at(type).parse(in))) {
                if (!in.take_ident("none")) return false; // the picture's
            }
        }
        out.values.push_back(set_type ? LonghandValue{type, set_type} : PropertyBuilder::initially(table, type));
        out.values.push_back(set_position ? LonghandValue{position, set_position} : PropertyBuilder::initially(table, position));
        return true;
    });
}

} // namespace

void add_content_properties(PropertyBuilder& b) {
    b.longhand(
        "content", not_inherited, [](auto& s) -> auto& { return s.content; }, parse_content);
    add_counter(
        b, "counter-reset", 0, [](auto& s) -> auto& { return s.counter_reset; });
    add_counter(
        b, "counter-increment", 1, [](auto& s) -> auto& { return s.counter_increment; });
    add_counter(
        b, "counter-set", 0, [](auto& s) -> auto& { return s.counter_set; });
    b.paper_only(b.longhand(
        "string-set", not_inherited, [](auto& s) -> auto& { return s.string_set; }, parse_string_set));
    b.longhand(
        "quotes", inherited, [](auto& s) -> auto& { return s.quotes; }, parse_quotes);
    add_lists(b);
    b.paper_only(b.keyword(
        "footnote-display", inherited, [](auto& s) -> auto& { return s.computed.footnote_display; },
        Words<FootnoteDisplay>{
            {"block", FootnoteDisplay::block}, {"inline", FootnoteDisplay::inline_}, {"compact", FootnoteDisplay::compact}}));
}

} // namespace bifolio
