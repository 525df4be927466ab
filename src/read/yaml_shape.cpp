#include "read/yaml_shape.h"

#include "base/nearest.h"
#include "base/number.h"
#include "base/utf8.h"
#include "io/files.h"
#include "model/isbn.h"
#include "read/countries.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 60;
    std::size_t cut = std::min(text.size(), 4 * most);
    while (cut < text.size() && is_continuation_byte(text[cut])) --cut;
    std::string shown = collapsed(text.substr(0, cut));
    if (count_characters(shown) > most) {
        std::size_t end = 0;
        for (std::size_t i = 0; i < most; ++i) end += decode_utf8(shown, end).size;
        shown = shown.substr(0, end) + "…";
    }
    return "‘" + shown + "’";
}

std::string_view noun(YamlKind kind) {
    switch (kind) {
    case YamlKind::null: return "nothing";
    case YamlKind::scalar: return "a text";
    case YamlKind::sequence: return "a list";
    case YamlKind::mapping: return "a group of keys";
    }
    return "";
}

std::string noun(const Shape& shape) {
    switch (shape.kind) {
    case ShapeKind::text:
    case ShapeKind::line:
    case ShapeKind::markdown: return "a text";
    case ShapeKind::date: return "a date";
    case ShapeKind::length: return "a length";
    case ShapeKind::whole_number: return "a whole number";
    case ShapeKind::flag: return "true or false";
    case ShapeKind::word: return "a word";
    case ShapeKind::language: return "a language tag";
    case ShapeKind::file: return "a file";
    case ShapeKind::isbn: return "an ISBN";
    case ShapeKind::price: return "a price";
    case ShapeKind::country: return "a country";
    case ShapeKind::anything: return "anything";
    case ShapeKind::list: return "a list";
    case ShapeKind::one_or_list: return noun(*shape.inner) + " or a list";
    case ShapeKind::entries:
    case ShapeKind::mapping: return "a group of keys";
    case ShapeKind::one_of: return noun(*shape.options.front());
    }
    return "";
}

bool takes(const Shape& shape, YamlKind kind) {
    switch (shape.kind) {
    case ShapeKind::anything: return true;
    case ShapeKind::list: return kind == YamlKind::sequence;
    case ShapeKind::one_or_list: return kind == YamlKind::sequence || takes(*shape.inner, kind);
    case ShapeKind::entries:
    case ShapeKind::mapping: return kind == YamlKind::mapping;
    case ShapeKind::one_of: return std::ranges::any_of(shape.options, [&](const Shape* option) { return takes(*option, kind); });
    default: return kind == YamlKind::scalar;
    }
}

std::string joined(std::span<const std::string> words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return out;
}

// A group of which nothing is required, such as an edition: its name alone is enough.
bool may_be_empty(const Shape& shape) {
    return shape.kind == ShapeKind::mapping && std::ranges::none_of(shape.keys, &Key::required);
}

class Checker {
public:
    Checker(const ShapeOptions& options, Diagnostics& diagnostics) : options_(options), diagnostics_(diagnostics) {}

    void check(const YamlValue& value, const Shape& shape, std::string_view name, Span where) {
        if (shape.kind == ShapeKind::anything) return;
        if (shape.kind == ShapeKind::one_of) return check_one_of(value, shape, name, where);
        if (!takes(shape, value.kind)) {
            const Span place = value.where.begin == value.where.end ? where : value.where;
            diagnostics_.error("read.wrong-type", place,
                               in_quotes(name) + " must be " + noun(shape) + ", not " + std::string(noun(value.kind)));
            return;
        }
        switch (shape.kind) {
        case ShapeKind::list:
        case ShapeKind::one_or_list:
            if (value.kind == YamlKind::sequence) {
                for (const YamlValue& item : value.items)
                    check(item, *shape.inner, name, item.where.begin == item.where.end ? where : item.where);
            } else {
                check(value, *shape.inner, name, where);
            }
            return;
        case ShapeKind::entries:
            for (const YamlEntry& entry : value.entries)
                if (entry.value.kind != YamlKind::null || !may_be_empty(*shape.inner))
                    check(entry.value, *shape.inner, entry.key, entry.key_where);
            return;
        case ShapeKind::mapping: return check_mapping(value, shape, name, where);
        default: return check_scalar(value, shape);
        }
    }

private:
    void check_mapping(const YamlValue& value, const Shape& shape, std::string_view name, Span where) {
        std::vector<std::string> known;
        for (const Key& key : shape.keys)
            if (!key.other_name) known.emplace_back(key.name);
        for (const YamlEntry& entry : value.entries) {
            const auto key = std::ranges::find(shape.keys, entry.key, &Key::name);
            if (key == shape.keys.end()) {
                report_unknown(entry, known, shape.open);
            } else if (entry.value.kind == YamlKind::null) {
                if (key->required)
                    diagnostics_.error("read.missing-key", entry.key_where, in_quotes(entry.key) + " has no value");
            } else {
                check(entry.value, *key->shape, entry.key, entry.key_where);
            }
        }
        for (const Key& key : shape.keys)
            if (key.required && !value.find(key.name))
                diagnostics_.error("read.missing-key", where,
                                   in_quotes(key.name) + " is missing" + (name.empty() ? "" : " in " + in_quotes(name)),
                                   {std::string(key.name) + ": " + std::string(key.description)});
    }

    void report_unknown(const YamlEntry& entry, const std::vector<std::string>& known, bool open) {
        constexpr std::size_t most_listed = 16;
        std::vector<std::string> hints = did_you_mean(entry.key, known);
        if (hints.empty() && known.size() <= most_listed) hints.push_back("known here: " + joined(known));
        diagnostics_.report({open && !options_.strict ? Severity::warning : Severity::error, "read.unknown-key", entry.key_where,
                             "unknown key " + in_quotes(entry.key), std::move(hints)});
    }

    // The first option that fits; else the complaints of the one that was most likely meant: of a mapping the one whose first
    // key is there.
    void check_one_of(const YamlValue& value, const Shape& shape, std::string_view name, Span where) {
        const Shape* meant = nullptr;
        for (const Shape* option : shape.options) {
            if (!takes(*option, value.kind)) continue;
            Diagnostics silent;
            Checker(options_, silent).check(value, *option, name, where);
            if (!silent.has_errors()) {
                diagnostics_.append(silent);
                return;
            }
            const bool told = option->kind == ShapeKind::mapping && value.find(option->keys.front().name);
            if (!meant || told) meant = option;
        }
        if (meant) {
            check(value, *meant, name, where);
            return;
        }
        std::vector<std::string> nouns;
        for (const Shape* option : shape.options)
            if (std::string word = noun(*option); std::ranges::find(nouns, word) == nouns.end()) nouns.push_back(std::move(word));
        const Span place = value.where.begin == value.where.end ? where : value.where;
        diagnostics_.error("read.wrong-type", place,
                           in_quotes(name) + " must be " + joined(nouns) + ", not " + std::string(noun(value.kind)));
    }

    void check_scalar(const YamlValue& value, const Shape& shape) {
        const std::string shown = in_quotes(value.text);
        const auto wrong = [&](std::string code, std::string message, std::vector<std::string> hints) {
            diagnostics_.error(std::move(code), value.where, std::move(message), std::move(hints));
        };
        switch (shape.kind) {
        case ShapeKind::date:
            if (!parse_date_or_time(value.text))
                wrong("read.bad-date", shown + " is not a date", {"write year, month and day: 2026-09-01"});
            return;
        case ShapeKind::length: return check_length(value);
        case ShapeKind::whole_number: {
            const auto number = parse_number(value.text);
            if (!number || *number < shape.least || *number > shape.most || *number != static_cast<int>(*number))
                wrong("read.bad-number",
                      shown + " is not a whole number from " + std::to_string(shape.least) + " to " + std::to_string(shape.most),
                      {});
            return;
        }
        case ShapeKind::flag:
            if (!equals_ignoring_ascii_case(value.text, "true") && !equals_ignoring_ascii_case(value.text, "false"))
                wrong("read.wrong-type", shown + " is neither true nor false", {"write true or false"});
            return;
        case ShapeKind::word: {
            if (index_of_word(shape.words, value.text)) return;
            const std::vector<std::string> words(shape.words.begin(), shape.words.end());
            std::vector<std::string> hints = did_you_mean(value.text, words);
            if (hints.empty()) hints.push_back("known here: " + joined(words));
            return wrong("read.unknown-word", shown + " is not a word that is known here", std::move(hints));
        }
        case ShapeKind::language:
            if (!is_language_tag(value.text))
                wrong("read.bad-language", shown + " is not a language tag",
                      {"write a tag such as en, en-GB or pt-BR, with a hyphen"});
            return;
        case ShapeKind::file:
            if (!is_confined(value.text))
                wrong("read.path-leaves-book", shown + " is not a path inside the book",
                      {"write a path relative to the book's folder, with ‘/’ and without ‘..’ out of it"});
            return;
        case ShapeKind::isbn:
            if (!is_isbn(value.text))
                wrong("read.bad-isbn", shown + " is not an ISBN",
                      {"an ISBN has 10 or 13 digits; the last one proves the others"});
            return;
        case ShapeKind::price:
            if (!parse_price(value.text) && !equals_ignoring_ascii_case(trimmed(value.text), "free"))
                wrong("read.bad-price", shown + " is not a price",
                      {"write an amount with a point and the currency's three letters: 9.99 GBP; or free"});
            return;
        case ShapeKind::country:
            if (!is_country_code(trimmed(value.text)) && !equals_ignoring_ascii_case(trimmed(value.text), "world"))
                wrong("read.bad-country", shown + " is not the code of a country",
                      {trimmed(value.text) == "UK" ? "the United Kingdom's code is GB"
                                                   : "write two capital letters, such as GB, IE or US; or world"});
            return;
        default: return;
        }
    }

    void check_length(const YamlValue& value) {
        const auto length = parse_length(value.text);
        if (!length) {
            std::vector<std::string> hints{"write a number and a unit: 10.5pt, 148mm, 6in"};
            if (parse_number(value.text))
                hints.front() = "write the unit too: " + std::string(trimmed(value.text)) + "pt or " +
                                std::string(trimmed(value.text)) + "mm";
            diagnostics_.error("read.bad-length", value.where, in_quotes(value.text) + " is not a length", std::move(hints));
        } else if (*length <= Length() || *length > Length::mm(5000)) {
            diagnostics_.error("read.bad-length", value.where, in_quotes(value.text) + " is not a size that can be printed");
        }
    }

    const ShapeOptions& options_;
    Diagnostics& diagnostics_;
};

bool all_of(std::string_view text, bool (*test)(char)) { return std::ranges::all_of(text, test); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

} // namespace

void check_shape(const YamlValue& value, const Shape& shape, std::string_view name, Span where, const ShapeOptions& options,
                 Diagnostics& diagnostics) {
    Checker(options, diagnostics).check(value, shape, name, where);
}

const YamlValue* given(const YamlValue& mapping, std::string_view key) {
    const YamlValue* value = mapping.kind == YamlKind::mapping ? mapping.find(key) : nullptr;
    return value && value->kind != YamlKind::null ? value : nullptr;
}

std::string text_of(const YamlValue& mapping, std::string_view key) {
    const YamlValue* value = given(mapping, key);
    return value && value->kind == YamlKind::scalar ? std::string(trimmed(value->text)) : std::string();
}

std::optional<bool> flag_of(const YamlValue& mapping, std::string_view key) {
    const std::string text = text_of(mapping, key);
    if (equals_ignoring_ascii_case(text, "true")) return true;
    if (equals_ignoring_ascii_case(text, "false")) return false;
    return std::nullopt;
}

std::optional<Date> date_of(const YamlValue& mapping, std::string_view key) { return parse_date_or_time(text_of(mapping, key)); }
std::optional<Length> length_of(const YamlValue& mapping, std::string_view key) { return parse_length(text_of(mapping, key)); }

std::optional<int> whole_number_of(const YamlValue& mapping, std::string_view key) {
    const auto number = parse_number(text_of(mapping, key));
    if (!number || *number < -1e9 || *number > 1e9 || *number != static_cast<int>(*number)) return std::nullopt;
    return static_cast<int>(*number);
}

std::vector<const YamlValue*> scalars_of(const YamlValue& mapping, std::string_view key) {
    std::vector<const YamlValue*> scalars;
    const YamlValue* value = given(mapping, key);
    if (!value) return scalars;
    if (value->kind == YamlKind::scalar) scalars.push_back(value);
    for (const YamlValue& item : value->items)
        if (item.kind == YamlKind::scalar) scalars.push_back(&item);
    return scalars;
}

std::optional<std::size_t> index_of_word(std::span<const std::string_view> words, std::string_view word) {
    for (std::size_t i = 0; i < words.size(); ++i)
        if (equals_ignoring_ascii_case(words[i], trimmed(word))) return i;
    return std::nullopt;
}

std::optional<Date> parse_date_or_time(std::string_view text) {
    text = trimmed(text);
    constexpr std::size_t date_size = 10;
    if (text.size() > date_size) {
        // ISO 8601 and what Jekyll writes: 2013-05-08T23:46:11Z, 2013-05-08 23:46:11 +0200
        const std::string_view time = text.substr(date_size + 1);
        const bool parted = text[date_size] == 'T' || text[date_size] == 't' || text[date_size] == ' ';
        if (!parted || time.find_first_not_of("0123456789:.+- Zz") != time.npos || time.find(':') == time.npos)
            return std::nullopt;
    }
    return parse_date(text.substr(0, date_size));
}

std::optional<Price> parse_price(std::string_view text) {
    text = trimmed(text);
    const std::size_t space = text.find_first_of(" \t"), point = text.find('.');
    if (space == text.npos) return std::nullopt;
    const std::string_view amount = text.substr(0, space), currency = trimmed(text.substr(space));
    const std::string_view whole = amount.substr(0, point), parts = point < space ? amount.substr(point + 1) : "0";
    const bool fits = !whole.empty() && whole.size() <= 9 && !parts.empty() && parts.size() <= 3 && currency.size() == 3;
    if (!fits || !all_of(whole, is_digit) || !all_of(parts, is_digit) ||
        !all_of(currency, [](char c) { return c >= 'A' && c <= 'Z'; }))
        return std::nullopt;
    return Price{std::string(amount), std::string(currency)};
}

std::optional<Length> parse_length(std::string_view text) {
    text = trimmed(text);
    const auto number = take_number(text);
    if (!number || std::abs(*number) > 1e6) return std::nullopt;
    const std::string unit = to_ascii_lower(trimmed(text));
    if (unit == "pt") return Length::pt(*number);
    if (unit == "mm") return Length::mm(*number);
    if (unit == "cm") return Length::mm(*number * 10);
    if (unit == "in") return Length::pt(*number * 72);
    if (unit == "pc") return Length::pt(*number * 12);
    if (unit == "px") return Length::px(*number);
    if (unit == "q") return Length::mm(*number / 4);
    return std::nullopt;
}

bool is_language_tag(std::string_view text) {
    bool first = true;
    do {
        const std::size_t end = std::min(text.find('-'), text.size());
        const std::string_view subtag = text.substr(0, end);
        if (subtag.empty() || subtag.size() > 8 || !all_of(subtag, is_letter_or_digit)) return false;
        if (first && (!all_of(subtag, is_letter) || (subtag.size() == 1 && subtag != "x" && subtag != "i"))) return false;
        if (first && subtag.size() > 3) return false; // the four to eight letters that RFC 5646 reserves have never been used
        first = false;
        if (end == text.size()) return true;
        text.remove_prefix(end + 1);
    } while (true);
}

} // namespace bifolio
