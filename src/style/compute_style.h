// compute_style.h: declarations in cascade order + the parent's style → the style of an element (Cascade 4 §4, Variables 1).
#pragma once

#include "style/stylesheet.h"

#include <span>

namespace bifolio {

// Where a style is computed.
struct StyleContext {
    const ElementStyle& parent; // the initial style for the root
    bool is_root = false;
    LengthContext root; // of the root element; only root_… and page_… count
    std::optional<PageSide> page_side;
    std::string language; // of the element itself; empty: its parent's
};

// `declarations` from weakest to strongest; importance and origin have been sorted out by the caller.
struct CascadedDeclaration {
    const Declaration* declaration = nullptr;
    StyleSource::Level level = StyleSource::Level::author;
};

ElementStyle compute_style(const StyleContext& context, std::span<const CascadedDeclaration> declarations,
                           Diagnostics& diagnostics);

// What lengths in a style (and in its children) are relative to.
LengthContext length_context(const ElementStyle& style, const LengthContext& root);

// var() put in. nullopt: a name is not defined, or the result grows beyond bounds.
std::optional<ComponentValues> substitute_variables(const ComponentValues& values, const CustomProperties& defined);

} // namespace bifolio
