// shape_cache.h: shaped words in font units, so that one entry serves every size. For layout/text only.
//
// Key        (face, direction, script, language, features) is interned as a RunContext; a word is looked up by that context,
//            by whether spaces stand beside it, and by its bytes.
// Bounds     A full shard takes no more words; what is not kept is shaped again. Entries are never changed or removed, so a
//            pointer to one holds as long as the cache.
#pragma once

#include "layout/text/face.h"
#include "layout/text/shape.h"

#include <array>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace bifolio {

// How the font's rules treat U+0020: whether words may be shaped one by one. Contextual rules that look across a space are
// another matter, see RunContext::looks_around.
enum class SpaceUse {
    none,    // no rule places or replaces the space
    kerning, // pairs name it: a word is shaped with a space on each side
    entwined // rules replace the space itself, or join it with letters: only whole items are shaped
};

struct RunKey {
    std::uint64_t face_serial = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    bool rtl = false;
    std::string language;
    std::vector<std::pair<hb_tag_t, std::uint32_t>> features;
    auto operator<=>(const RunKey&) const = default;
};

struct RunContext {
    const FontLibrary::Face* face = nullptr;
    std::uint32_t id = 0;
    hb_script_t script = HB_SCRIPT_COMMON;
    hb_direction_t direction = HB_DIRECTION_LTR;
    hb_language_t language = HB_LANGUAGE_INVALID;
    std::vector<hb_feature_t> features;
    SpaceUse space_use = SpaceUse::none;
    // Glyphs that contextual rules change by what stands beyond a space; nominal ones and those made on the way. A word with one
    // of them is shaped between its neighbours, all other words alone. Null: there are none.
    HbOwner<hb_set_t> looks_around;
    unsigned reach = 0; // how many glyphs away those rules look
    bool joins = false; // letters join their neighbours, so a word's neighbours count
};

struct WordGlyph { // font units; visual order
    std::uint32_t id = 0;
    std::int32_t advance = 0, x_offset = 0, y_offset = 0;
    std::uint32_t cluster = 0; // byte in the word
    bool unsafe_to_break = false;
};

struct Word {
    std::vector<WordGlyph> glyphs;
    std::int32_t space_before = 0, space_after = 0; // kerning that falls on the spaces beside it
    bool missing = false;                           // a glyph 0 is among them
    bool looks_around = false;                      // has a glyph of RunContext::looks_around
};

struct TransparentHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
};

struct ShapeCache::State {
    const RunContext& context(const RunKey& key, const FontLibrary::Face& face);
    // The word by itself; `spaces`: 1 one stands before it, 2 one stands after it. `scratch` serves what cannot be kept.
    const Word& word(const RunContext& context, std::string_view word, unsigned spaces, Word& scratch);
    // The word at [begin, end) of the window, which holds its neighbours too.
    const Word& word_between(const RunContext& context, std::string_view window, std::uint32_t begin, std::uint32_t end,
                             Word& scratch);
    // Where a word may be divided, from the hyphenator or from memory.
    const std::vector<std::uint32_t>& divisions(const Hyphenator& hyphenator, std::string_view word, std::string_view language,
                                                const std::array<int, 3>& limits, std::vector<std::uint32_t>& scratch);

private:
    template <class Make>
    const Word& kept_or_made(std::string_view key, Word& scratch, const Make& make);
    static constexpr std::size_t shard_count = 64, most_in_shard = 16'384, longest_kept = 96; // bytes
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Word, TransparentHash, std::equal_to<>> words;
        std::unordered_map<std::string, std::vector<std::uint32_t>, TransparentHash, std::equal_to<>> divisions;
    };
    std::array<Shard, shard_count> shards_;
    std::shared_mutex contexts_mutex_;
    std::map<RunKey, std::unique_ptr<RunContext>> contexts_;
};

// Shapes [begin, end) of `text` as it stands there, uncached. `text` gives the neighbours that joining letters look at.
void shape_in_context(const RunContext& context, std::string_view text, std::uint32_t begin, std::uint32_t end, Word& out);

} // namespace bifolio
