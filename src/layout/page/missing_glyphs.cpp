#include "layout/page/missing_glyphs.h"

#include "base/utf8.h"
#include "layout/text/missing_character.h"

#include <tuple>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t longest_word = 80; // bytes shown

// The cluster itself within its node's place: as often as it stands in the node's text before, so often in the file. Where it is
// written otherwise (“&#x1F9D0;”) the node's place stays.
Span place_of(const MissingGlyph& missing, const Book& book, const SourceMap* sources) {
    if (!sources || missing.where.source == SourceId{0} || missing.node == no_node) return missing.where;
    const std::string_view text = sources->text(missing.where.source), words = book.node(missing.node).text;
    std::string cluster;
    for (const char32_t c : missing.cluster) append_utf8(cluster, c);
    std::size_t before = 0;
    for (std::size_t at = 0; (at = words.find(cluster, at)) < missing.at; at += cluster.size()) ++before;
    std::size_t at = missing.where.begin;
    for (;; at += cluster.size()) {
        at = text.find(cluster, at);
        if (at == std::string_view::npos || at + cluster.size() > missing.where.end) return missing.where;
        if (before-- == 0) break;
    }
    return {missing.where.source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + cluster.size())};
}

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
    for (auto first = all_.begin(); first != all_.end();) {
        auto end = first;
        std::size_t places = 0;
        bool in_drawing = false;
        for (; end != all_.end() && end->where.source == first->where.source && end->cluster == first->cluster; ++end, ++places)
            in_drawing |= end->in_drawing;
        const MissingCharacter told = missing_character(fonts, first->cluster);
        std::string message = told.message;
        if (!first->word.empty() && first->word.size() < longest_word) message += ", in ‘" + first->word + "’";
        if (in_drawing) message += ", which stands in a drawing";
        if (places > 1)
            message +=
                "; it stands at " + std::to_string(places - 1) + (places == 2 ? " more place" : " more places") + " of this file";
        std::vector<std::string> hints = told.hints;
        const Span where = place_of(*first, book, sources);
        if (allowed && !in_drawing) {
            diagnostics.warning("layout.missing-glyph", where, std::move(message), std::move(hints));
        } else {
            if (!in_drawing) hints.push_back("`--allow missing-glyph` prints a box with its number");
            diagnostics.error("layout.missing-glyph", where, std::move(message), std::move(hints));
        }
        first = end;
    }
}

} // namespace bifolio
