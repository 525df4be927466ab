#include "layout/page/missing_glyphs.h"

#include "base/utf8.h"
#include "layout/text/missing_character.h"

#include <map>
#include <tuple>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t longest_word = 80; // bytes shown

// The characters themselves within their node's place: as often as they stand in the node's text before, so often in the file.
// Where they are written otherwise (“&#x1F9D0;”) the node's place stays.
Span place_of(const MissingGlyph& missing, std::u32string_view characters, const Book& book, const SourceMap* sources) {
    if (!sources || missing.where.source == SourceId{0} || missing.node == no_node) return missing.where;
    const std::string_view text = sources->text(missing.where.source), words = book.node(missing.node).text;
    std::string wanted;
    for (const char32_t c : characters) append_utf8(wanted, c);
    std::size_t before = 0;
    for (std::size_t at = 0; (at = words.find(wanted, at)) < missing.at; at += wanted.size()) ++before;
    std::size_t at = missing.where.begin;
    for (;; at += wanted.size()) {
        at = text.find(wanted, at);
        if (at == std::string_view::npos || at + wanted.size() > missing.where.end) return missing.where;
        if (before-- == 0) break;
    }
    return {missing.where.source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + wanted.size())};
}

// What is told in one message: the same characters of the same file.
struct Group {
    MissingCharacter told;
    const MissingGlyph* first = nullptr;
    std::size_t places = 0;
    bool in_drawing = false;
};

} // namespace

bool MissingGlyphs::InOrder::operator()(const MissingGlyph& a, const MissingGlyph& b) const {
    const auto key = [](const MissingGlyph& m) {
        return std::tie(m.where.source, m.cluster, m.where.begin, m.where.end, m.node, m.at, m.word, m.in_drawing);
    };
    return key(a) < key(b);
}

void MissingGlyphs::add(MissingGlyph missing) {
    const std::lock_guard lock(mutex_);
    all_.insert(std::move(missing));
}

void MissingGlyphs::report(const Book& book, const FontLibrary& fonts, bool allowed, const SourceMap* sources,
                           Diagnostics& diagnostics) const {
    std::map<std::u32string, MissingCharacter> by_cluster;
    std::map<std::pair<SourceId, std::u32string>, Group> groups;
    for (const MissingGlyph& missing : all_) {
        auto told = by_cluster.find(missing.cluster);
        if (told == by_cluster.end()) told = by_cluster.emplace(missing.cluster, missing_character(fonts, missing.cluster)).first;
        Group& group = groups[{missing.where.source, told->second.characters}];
        const auto place = [](const MissingGlyph& m) { return std::tuple(m.where.begin, m.node, m.at); };
        if (!group.first || place(missing) < place(*group.first)) group.first = &missing;
        group.told = told->second;
        group.in_drawing |= missing.in_drawing;
        ++group.places;
    }
    for (const auto& [key, group] : groups) {
        std::string message = group.told.message;
        if (!group.first->word.empty() && group.first->word.size() < longest_word) message += ", in ‘" + group.first->word + "’";
        if (group.in_drawing) message += ", which stands in a drawing";
        if (group.places > 1)
            message += "; it stands at " + std::to_string(group.places - 1) +
                       (group.places == 2 ? " more place" : " more places") + " of this file";
        std::vector<std::string> hints = group.told.hints;
        const Span where = place_of(*group.first, group.told.characters, book, sources);
        if (allowed && !group.in_drawing) {
            diagnostics.warning("layout.missing-glyph", where, std::move(message), std::move(hints));
        } else {
            if (!group.in_drawing) hints.push_back("`--allow missing-glyph` prints a box with its number");
            diagnostics.error("layout.missing-glyph", where, std::move(message), std::move(hints));
        }
    }
}

} // namespace bifolio
