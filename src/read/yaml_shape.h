// yaml_shape.h: what a YAML file may hold, as data. One table of keys per file: the reader checks against it, the JSON Schema
// is made from it, and editors show its sentences.
//
// Use        check_shape() reports everything that does not fit. The getters below then take what fits and are silent.
#pragma once

#include "base/date.h"
#include "base/diagnostics.h"
#include "base/length.h"
#include "model/manuscript.h"
#include "read/yaml_document.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class ShapeKind {
    text,     // any scalar
    line,     // Markdown of one paragraph
    markdown, // Markdown
    date,     // 2026-09-01; a time of day after it is let pass
    length,   // 10.5pt
    whole_number,
    flag,     // true or false
    word,     // one of some words
    language, // a BCP 47 tag
    file,     // a path inside the book, relative to its folder
    isbn,
    price,       // 9.99 GBP, or free
    country,     // two letters of ISO 3166-1, or world
    anything,    // of other programs; not looked at
    list,        // of inner
    one_or_list, // of inner
    entries,     // a mapping from names of the author's to inner
    mapping,     // of known keys
    one_of,      // the first of some shapes that fits
};

struct Key;
struct Shape {
    ShapeKind kind = ShapeKind::text;
    std::span<const std::string_view> words{};
    const Shape* inner = nullptr;
    std::span<const Key> keys{};
    std::span<const Shape* const> options{};
    int least = 0, most = 0; // of a whole number
    bool open = false;       // a mapping whose unknown keys are a warning
};

struct Key {
    std::string_view name;
    const Shape* shape;
    std::string_view description; // for editors; empty: the same as the key before it in another spelling
    bool required = false;
    bool other_name = false; // understood, but not offered
};

// One kind of file: “book”, “people”, “notices”, “glossary”, “profile”, “front-matter”.
struct FileShape {
    std::string_view kind, title;
    const Shape* root;
};
std::span<const FileShape> file_shapes();
const FileShape& file_shape(std::string_view kind); // one of these

struct ShapeOptions {
    bool strict = false; // an unknown key is an error also in an open mapping
};
// Reports every unknown, missing or ill-formed thing. `where` is the place of what is missing.
void check_shape(const YamlValue& value, const Shape& shape, std::string_view name, Span where, const ShapeOptions& options,
                 Diagnostics& diagnostics);

// Takes what is there. nullptr, nullopt or empty: not given, null, or of another shape (which has been reported).
const YamlValue* given(const YamlValue& mapping, std::string_view key); // not null
std::string text_of(const YamlValue& mapping, std::string_view key);
std::optional<bool> flag_of(const YamlValue& mapping, std::string_view key);
std::optional<Date> date_of(const YamlValue& mapping, std::string_view key);
std::optional<Length> length_of(const YamlValue& mapping, std::string_view key);
std::optional<int> whole_number_of(const YamlValue& mapping, std::string_view key);
std::vector<const YamlValue*> scalars_of(const YamlValue& mapping, std::string_view key); // one or a list
// The place of a word in the list, in any case of its letters.
std::optional<std::size_t> index_of_word(std::span<const std::string_view> words, std::string_view word);

std::optional<Date> parse_date_or_time(std::string_view text); // 2026-09-01, 2026-09-01 12:00:00 +0100, 2026-09-01T12:00
std::optional<Price> parse_price(std::string_view text);       // 9.99 GBP; not “free”
std::optional<Length> parse_length(std::string_view text);     // CSS absolute units: pt mm cm in pc px q
bool is_language_tag(std::string_view text);                   // the syntax of BCP 47, not its registry

} // namespace bifolio
