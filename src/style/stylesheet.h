// stylesheet.h: the rules of all style files of an edition, in cascade order.
#pragma once

#include "style/apply_styles.h"
#include "style/condition.h"
#include "style/counter_style.h"
#include "style/property.h"
#include "style/selector.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bifolio {

enum class WideKeyword : std::uint8_t { none, initial, inherit, unset, revert };

// One declaration. A shorthand without var() is already its longhands, each a declaration.
struct Declaration {
    PropertyId property = 0;
    bool important = false;
    WideKeyword wide = WideKeyword::none;
    Setter set;                                     // when nothing has to wait for var()
    std::shared_ptr<const ComponentValues> pending; // the value with var() in it; of a longhand or shorthand
    std::string custom_property;                    // “--accent”; then `pending` is its value, and `property` says nothing
    Span where;
};

struct DeclarationBlock {
    StyleSource::Level level = StyleSource::Level::author;
    bool has_important = false;
    std::vector<Declaration> declarations;
};

struct SelectorOfRule {
    ComplexSelector selector;
    std::uint32_t block = 0;
    std::uint32_t order = 0; // of the rule
};

struct PageSelector { // @page chapter:first
    std::string name; // empty: any
    bool first = false, blank = false, left = false, right = false;
};
struct PageRule {
    std::vector<PageSelector> selectors; // empty: all pages
    std::uint32_t block = 0;
    std::vector<std::pair<MarginBox, std::uint32_t>> margin_boxes; // and their blocks
    std::vector<std::uint32_t> footnote_areas;
};

// A rule as the e-book gets it.
struct ScreenDeclaration {
    std::string name;
    ComponentValues value;
    bool important = false;
    Span where{};
};
struct ScreenRule {
    // group: @media, @supports; other: @namespace, @keyframes; paper: @page,
    // @media print, and @supports that does not hold
    enum class Kind : std::uint8_t { style, font_face, group, other, paper };
    Kind kind = Kind::style;
    bool is_authors = false; // not one of the program's own
    Span where{};
    std::string prelude; // the selectors; “@media (max-width: 30em)”; other: the whole rule
    std::string folder;  // of the style file, for its addresses
    std::vector<ScreenDeclaration> declarations;
    std::vector<ScreenRule> rules; // group
};

struct Stylesheet {
    Medium medium = Medium::print;
    MediaContext media;
    AtomTable atoms;
    std::vector<DeclarationBlock> blocks;
    std::vector<SelectorOfRule> selectors;
    std::vector<PageRule> page_rules;
    std::vector<FontFaceDescriptor> font_faces;
    CounterStyles counter_styles;
    std::vector<ScreenRule> screen_rules; // when the medium is a screen
    std::vector<ColourPlace> colours;     // when it is paper
};

} // namespace bifolio
