// element_style.h: everything the cascade computes for an element: the ComputedStyle that other stages read, and what only style/
// needs: generated content, counters, the page box.
#pragma once

#include "style/computed_style.h"
#include "style/css_value.h"
#include "style/styled_book.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace bifolio {

// ---- generated content, as a style sheet asks for it (Generated Content 3, GCPM 3)

struct ContentText {
    std::string text;
    bool operator==(const ContentText&) const = default;
};
struct ContentCounter { // counter(), counters()
    std::string name, style = "decimal", separator;
    bool all = false; // counters()
    bool operator==(const ContentCounter&) const = default;
};
struct ContentAttribute { // attr()
    std::string name, otherwise;
    bool operator==(const ContentAttribute&) const = default;
};
enum class QuoteKind : std::uint8_t { open, close, no_open, no_close };
struct ContentQuote {
    QuoteKind kind = QuoteKind::open;
    bool operator==(const ContentQuote&) const = default;
};
struct ContentPicture { // url()
    std::string path;
    bool operator==(const ContentPicture&) const = default;
};
enum class TextOf : std::uint8_t { all, before, after, first_letter, marker };
struct ContentTarget {              // target-counter(), target-counters(), target-text()
    std::string attribute, address; // attr(href), or url(#id)
    std::string counter, style, separator;
    bool all = false, is_text = false;
    TextOf text = TextOf::all;
    bool operator==(const ContentTarget&) const = default;
};
struct ContentTargetPages { // -bifolio-target-pages()
    bool operator==(const ContentTargetPages&) const = default;
};
struct ContentLeader {
    std::string pattern;
    bool operator==(const ContentLeader&) const = default;
};
struct ContentString { // string()
    std::string name;
    StringPosition position = StringPosition::first;
    bool operator==(const ContentString&) const = default;
};
struct ContentElement { // content(); in string-set
    TextOf text = TextOf::all;
    bool operator==(const ContentElement&) const = default;
};
using ContentPart = std::variant<ContentText, ContentCounter, ContentAttribute, ContentQuote, ContentPicture, ContentTarget,
                                 ContentTargetPages, ContentLeader, ContentString, ContentElement>;
using ContentParts = std::vector<ContentPart>;

struct ContentValue {
    enum class Kind : std::uint8_t { normal, none, parts };
    Kind kind = Kind::normal;
    ContentParts parts;
    bool operator==(const ContentValue&) const = default;
};

struct CounterChange {
    std::string name;
    std::int64_t value = 0;
    bool explicit_value = false; // “counter-reset: page 1”, not “counter-reset: page”
    bool operator==(const CounterChange&) const = default;
};
using CounterChanges = std::vector<CounterChange>;

struct StringSetting {
    std::string name;
    ContentParts value;
    bool operator==(const StringSetting&) const = default;
};

using QuotePairs = std::vector<std::pair<std::string, std::string>>;
struct Quotes { // auto: as the language has it
    bool automatic = true;
    QuotePairs pairs; // none: empty, not automatic
    bool operator==(const Quotes&) const = default;
};

// What font-variant-* and font-kerning ask for, before they become one list of features.
struct FontVariants {
    std::vector<OpenTypeFeature> caps, numeric, ligatures, position, east_asian, alternates, kerning, settings;
    bool operator==(const FontVariants&) const = default;
};

// ---- the page box

struct PageProperties {
    std::optional<Length> width, height; // size with lengths, or the sheet's name
    enum class Orientation : std::uint8_t { unset, portrait, landscape } orientation = Orientation::unset;
    bool crop_marks = false;
    std::optional<Length> bleed;         // auto
    PageDepth depth = PageDepth::ragged; // “-bifolio-page-depth”
    std::string counter_style;           // “-bifolio-page-counter-style”; empty: as the folio is printed
    bool operator==(const PageProperties&) const = default;
};

// Values after var() has been put in. An empty pointer inside: guaranteed-invalid.
using CustomProperties = std::map<std::string, ComponentValues>;

struct ElementStyle {
    ComputedStyle computed;
    FontVariants variants;
    Quotes quotes;
    ContentValue content;
    CounterChanges counter_reset, counter_increment, counter_set;
    std::vector<StringSetting> string_set;
    PageProperties page;
    std::shared_ptr<const CustomProperties> custom; // inherited; never null
};

const ElementStyle& initial_style();

// What a setter may look at.
struct Computing {
    ElementStyle& style;
    const ElementStyle& parent;
    LengthContext lengths;
    std::optional<PageSide> page_side; // in a page context
};
using Setter = std::function<void(Computing&)>;

} // namespace bifolio
