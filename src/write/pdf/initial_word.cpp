#include "write/pdf/initial_word.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr double least_ratio = 1.3; // of the letter's size to the text's
constexpr std::string_view white_space = " \t\n\r\u00A0";

} // namespace

std::optional<InitialWord> initial_word(const PlacedItem& letter, const PlacedItem& next) {
    const auto *first = std::get_if<GlyphRun>(&letter.item), *second = std::get_if<GlyphRun>(&next.item);
    const auto *first_owner = std::get_if<Content>(&letter.owner), *second_owner = std::get_if<Content>(&next.owner);
    if (!first || !second || !first_owner || !second_owner) return std::nullopt;
    if (first_owner->node != second_owner->node || first_owner->end != second_owner->begin || first_owner->generated ||
        second_owner->generated)
        return std::nullopt;
    if (first->bidi_level % 2 != 0 || second->bidi_level % 2 != 0 || first->text.empty()) return std::nullopt;
    if (first->size < second->size.scaled(least_ratio) || first->text.find_first_of(white_space) != std::string::npos)
        return std::nullopt;
    const std::size_t end = second->text.find_first_of(white_space);
    if (end == std::string::npos || end == 0) return std::nullopt;
    const auto split = std::ranges::find_if(second->glyphs, [&](const Glyph& glyph) { return glyph.cluster >= end; });
    if (split == second->glyphs.begin() || split == second->glyphs.end() || split->cluster != end) return std::nullopt;

    InitialWord word{first->text + second->text.substr(0, end), next, next};
    GlyphRun &head = std::get<GlyphRun>(word.head.item), &rest = std::get<GlyphRun>(word.rest.item);
    head.text.resize(end);
    head.glyphs.assign(second->glyphs.begin(), split);
    rest.text.erase(0, end);
    rest.glyphs.assign(split, second->glyphs.end());
    for (Glyph& glyph : rest.glyphs) glyph.cluster -= static_cast<std::uint32_t>(end);
    word.rest.at.x += head.width();
    return word;
}

} // namespace bifolio
