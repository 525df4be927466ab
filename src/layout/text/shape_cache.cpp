#include "layout/text/shape_cache.h"

#include "base/utf8.h"
#include "layout/text/cluster.h"

#include <algorithm>
#include <cstring>

namespace bifolio {
namespace {

std::uint16_t big_endian(std::string_view s, std::size_t at) {
    if (at + 2 > s.size()) return 0;
    return static_cast<std::uint16_t>(static_cast<unsigned char>(s[at]) << 8 | static_cast<unsigned char>(s[at + 1]));
}

// The type of a lookup, seen through extension lookups (OpenType 1.9, GSUB type 7, GPOS type 9).
unsigned lookup_type(std::string_view table, unsigned lookup, unsigned extension_type) {
    const std::size_t list = big_endian(table, 8);
    const std::size_t at = list + big_endian(table, list + 2 + 2 * std::size_t{lookup});
    const unsigned type = big_endian(table, at);
    if (type != extension_type) return type;
    const std::size_t subtable = at + big_endian(table, at + 6);
    return big_endian(table, subtable + 2);
}

// How many glyphs beside the one it changes a contextual lookup looks at, on its longer side.
class Reach {
public:
    explicit Reach(std::string_view table) : table_(table) {}

    unsigned of_lookup(unsigned lookup, unsigned extension_type, bool gpos) const {
        const std::size_t list = get(8), at = list + get(list + 2 + 2 * std::size_t{lookup});
        unsigned reach = 0;
        for (unsigned i = 0; i < get(at + 4); ++i) {
            std::size_t subtable = at + get(at + 6 + 2 * std::size_t{i});
            unsigned type = get(at);
            if (type == extension_type) {
                type = get(subtable + 2);
                subtable += std::size_t{get(subtable + 4)} << 16 | get(subtable + 6);
            }
            if (gpos) type -= 2; // contexts are types 7 and 8 there, 5 and 6 in GSUB
            reach = std::max(reach, type == 5   ? of_context(subtable)
                                    : type == 6 ? of_chain(subtable)
                                                : of_reverse_chain(subtable));
        }
        return reach;
    }

private:
    unsigned get(std::size_t at) const { return big_endian(table_, at); }

    template <class OfRule>
    unsigned of_rule_sets(std::size_t subtable, std::size_t count_at, const OfRule& of_rule) const {
        unsigned reach = 0;
        for (unsigned s = 0; s < get(count_at); ++s) {
            const unsigned offset = get(count_at + 2 + 2 * std::size_t{s});
            if (!offset) continue;
            const std::size_t set = subtable + offset;
            for (unsigned r = 0; r < get(set); ++r) reach = std::max(reach, of_rule(set + get(set + 2 + 2 * std::size_t{r})));
        }
        return reach;
    }
    unsigned of_context(std::size_t at) const {
        const auto of_rule = [&](std::size_t rule) { return std::max(get(rule), 1U) - 1; };
        if (get(at) == 3) return of_rule(at + 2);
        return of_rule_sets(at, at + (get(at) == 2 ? 6 : 4), of_rule);
    }
    unsigned of_chain(std::size_t at) const {
        const bool by_coverage = get(at) == 3;
        const auto of_rule = [&](std::size_t rule) {
            const unsigned before = get(rule);
            const std::size_t input = rule + 2 + 2 * std::size_t{before};
            const unsigned changed = std::max(get(input), 1U);
            const unsigned after = get(input + 2 + 2 * std::size_t{changed - (by_coverage ? 0 : 1)});
            return std::max(before, changed - 1 + after);
        };
        if (by_coverage) return of_rule(at + 2);
        return of_rule_sets(at, at + (get(at) == 2 ? 10 : 4), of_rule);
    }
    unsigned of_reverse_chain(std::size_t at) const {
        const unsigned before = get(at + 4);
        return std::max(before, get(at + 6 + 2 * std::size_t{before}));
    }

    std::string_view table_;
};

// What HarfBuzz applies by itself, whatever the script; those asked for are added.
constexpr std::array<hb_tag_t, 24> features_always_on{
    HB_TAG('a', 'b', 'v', 'm'), HB_TAG('b', 'l', 'w', 'm'), HB_TAG('c', 'c', 'm', 'p'), HB_TAG('l', 'o', 'c', 'l'),
    HB_TAG('m', 'a', 'r', 'k'), HB_TAG('m', 'k', 'm', 'k'), HB_TAG('r', 'l', 'i', 'g'), HB_TAG('c', 'a', 'l', 't'),
    HB_TAG('c', 'l', 'i', 'g'), HB_TAG('c', 'u', 'r', 's'), HB_TAG('d', 'i', 's', 't'), HB_TAG('k', 'e', 'r', 'n'),
    HB_TAG('l', 'i', 'g', 'a'), HB_TAG('r', 'c', 'l', 't'), HB_TAG('i', 's', 'o', 'l'), HB_TAG('i', 'n', 'i', 't'),
    HB_TAG('m', 'e', 'd', 'i'), HB_TAG('f', 'i', 'n', 'a'), HB_TAG('p', 'r', 'e', 's'), HB_TAG('a', 'b', 'v', 's'),
    HB_TAG('b', 'l', 'w', 's'), HB_TAG('p', 's', 't', 's'), HB_TAG('h', 'a', 'l', 'n'), HB_TAG('m', 's', 'e', 't')};

struct Table {
    hb_tag_t tag;
    unsigned extension_type;
    std::array<unsigned, 3> contextual_types;
    unsigned pair_type;
};
constexpr std::array tables{Table{HB_OT_TAG_GSUB, 7, {5, 6, 8}, 0}, Table{HB_OT_TAG_GPOS, 9, {7, 8, 8}, 2}};

struct LookupGlyphs {
    HbOwner<hb_set_t> input, output;
};

// Reads the rules that will apply and fills in what the context must know of spaces.
class SpaceRules {
public:
    SpaceRules(const FontLibrary::Face& face, const RunKey& key) : face_(face) {
        features_.assign(features_always_on.begin(), features_always_on.end());
        for (const auto& [tag, value] : key.features) {
            if (value)
                features_.push_back(tag);
            else
                std::erase(features_, tag);
        }
        features_.push_back(HB_TAG_NONE);
        unsigned count = 3, language_count = 0;
        hb_ot_tags_from_script_and_language(key.script, HB_LANGUAGE_INVALID, &count, scripts_.data(), &language_count, nullptr);
        for (hb_tag_t other : {HB_TAG('D', 'F', 'L', 'T'), HB_TAG('d', 'f', 'l', 't'), HB_TAG('l', 'a', 't', 'n')})
            scripts_[count++] = other;
        scripts_[count] = HB_TAG_NONE;
    }

    void fill_in(RunContext& context) {
        if (!face_.space_glyph) {
            context.space_use = SpaceUse::entwined;
            return;
        }
        looking_.reset(hb_set_create());
        for (const Table& t : tables) read(t);
        close_backwards();
        // The old table says nothing of which glyphs it names; a space on each side is right in any case.
        const HbOwner<hb_blob_t> kern(hb_face_reference_table(face_.face.get(), HB_TAG('k', 'e', 'r', 'n')));
        if (hb_blob_get_length(kern.get()) > 0 && use_ == SpaceUse::none) use_ = SpaceUse::kerning;
        context.space_use = use_;
        context.reach = reach_;
        if (!hb_set_is_empty(looking_.get())) context.looks_around = std::move(looking_);
    }

private:
    void read(const Table& t) {
        const HbOwner<hb_blob_t> blob(hb_face_reference_table(face_.face.get(), t.tag));
        unsigned size = 0;
        const char* data = hb_blob_get_data(blob.get(), &size);
        const std::string_view table(data ? data : "", data ? size : 0);
        const HbOwner<hb_set_t> lookups(hb_set_create());
        hb_ot_layout_collect_lookups(face_.face.get(), t.tag, scripts_.data(), nullptr, features_.data(), lookups.get());
        for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups.get(), &lookup);) read_lookup(t, table, lookup);
    }

    void read_lookup(const Table& t, std::string_view table, unsigned lookup) {
        const unsigned type = lookup_type(table, lookup, t.extension_type);
        const HbOwner<hb_set_t> before(hb_set_create()), after(hb_set_create());
        LookupGlyphs glyphs{HbOwner<hb_set_t>(hb_set_create()), HbOwner<hb_set_t>(hb_set_create())};
        hb_ot_layout_lookup_collect_glyphs(face_.face.get(), t.tag, lookup, before.get(), glyphs.input.get(), after.get(),
                                           glyphs.output.get());
        const bool contextual = std::ranges::find(t.contextual_types, type) != t.contextual_types.end();
        if (hb_set_has(glyphs.input.get(), face_.space_glyph)) {
            if (contextual || (t.tag == HB_OT_TAG_GSUB && type != 1))
                use_ = SpaceUse::entwined;
            else if (type == t.pair_type && use_ == SpaceUse::none)
                use_ = SpaceUse::kerning;
        }
        if (contextual && (hb_set_has(before.get(), face_.space_glyph) || hb_set_has(after.get(), face_.space_glyph))) {
            const unsigned reach = Reach(table).of_lookup(lookup, t.extension_type, t.tag == HB_OT_TAG_GPOS);
            if (reach > 1)
                hb_set_union(looking_.get(), glyphs.input.get());
            else if (use_ == SpaceUse::none)
                use_ = SpaceUse::kerning; // it sees the space and nothing behind it
            reach_ = std::max(reach_, reach);
        }
        if (t.tag == HB_OT_TAG_GSUB) substitutions_.push_back(std::move(glyphs));
    }

    // Whatever may become such a glyph counts as one.
    void close_backwards() {
        for (bool grown = !hb_set_is_empty(looking_.get()); grown;) {
            grown = false;
            for (const LookupGlyphs& s : substitutions_) {
                const HbOwner<hb_set_t> made(hb_set_copy(s.output.get()));
                hb_set_intersect(made.get(), looking_.get());
                if (hb_set_is_empty(made.get()) || hb_set_is_subset(s.input.get(), looking_.get())) continue;
                hb_set_union(looking_.get(), s.input.get());
                grown = true;
            }
        }
    }

    const FontLibrary::Face& face_;
    std::vector<hb_tag_t> features_;
    std::array<hb_tag_t, 8> scripts_{};
    SpaceUse use_ = SpaceUse::none;
    HbOwner<hb_set_t> looking_;
    unsigned reach_ = 0;
    std::vector<LookupGlyphs> substitutions_;
};

bool script_joins(hb_script_t script) {
    switch (script) {
    case HB_SCRIPT_ARABIC:
    case HB_SCRIPT_SYRIAC:
    case HB_SCRIPT_MONGOLIAN:
    case HB_SCRIPT_NKO:
    case HB_SCRIPT_MANDAIC:
    case HB_SCRIPT_MANICHAEAN:
    case HB_SCRIPT_PHAGS_PA:
    case HB_SCRIPT_PSALTER_PAHLAVI:
    case HB_SCRIPT_ADLAM:
    case HB_SCRIPT_HANIFI_ROHINGYA:
    case HB_SCRIPT_SOGDIAN:
    case HB_SCRIPT_CHORASMIAN:
    case HB_SCRIPT_OLD_UYGHUR: return true;
    default: return false;
    }
}

hb_buffer_t* empty_buffer() {
    thread_local const HbOwner<hb_buffer_t> buffer(hb_buffer_create());
    hb_buffer_clear_contents(buffer.get());
    return buffer.get();
}

// Younger invisible characters than this HarfBuzz knows: where the face lacks them it would draw a box for them.
void hide_unknown(const RunContext& c, hb_buffer_t* buffer) {
    unsigned count = 0;
    hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count); // still characters
    for (unsigned i = 0; i < count; ++i) {
        hb_codepoint_t& one = infos[i].codepoint;
        const bool is_invisible = one == 0x180F || (one >= 0x1BCA0 && one <= 0x1BCA3);
        if (is_invisible && !c.face->has(one)) one = 0x34F;
    }
}

void shape_buffer(const RunContext& c, hb_buffer_t* buffer) {
    hide_unknown(c, buffer);
    hb_buffer_set_direction(buffer, c.direction);
    hb_buffer_set_script(buffer, c.script);
    hb_buffer_set_language(buffer, c.language);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    // OpenType rules only: a HarfBuzz built with Graphite would take that from fonts that have both, and its rules are not
    // those that SpaceRules reads.
    static constexpr std::array<const char*, 2> shapers{"ot", nullptr};
    hb_shape_full(c.face->font.get(), buffer, c.features.data(), static_cast<unsigned>(c.features.size()), shapers.data());
}

// Takes the glyphs whose clusters lie in [begin, end), counted from `begin`. What the font adds to the spaces beside them goes
// into space_before and space_after.
void take_glyphs(const RunContext& c, hb_buffer_t* buffer, std::uint32_t begin, std::uint32_t end, Word& out) {
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    out = Word{};
    out.glyphs.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const std::uint32_t cluster = infos[i].cluster;
        const hb_glyph_position_t& p = positions[i];
        if (cluster + 1 == begin) {
            out.space_before += p.x_advance - c.face->space_advance;
        } else if (cluster == end) {
            out.space_after += p.x_advance - c.face->space_advance;
        } else if (cluster >= begin && cluster < end) {
            const bool unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
            out.glyphs.push_back({infos[i].codepoint, p.x_advance, p.x_offset, p.y_offset, cluster - begin, unsafe});
            out.missing |= infos[i].codepoint == 0;
        }
    }
}

bool looks_around(const RunContext& c, std::string_view word, const Word& shaped) {
    if (!c.looks_around) return false;
    const hb_set_t* set = c.looks_around.get();
    for (const WordGlyph& g : shaped.glyphs)
        if (hb_set_has(set, g.id)) return true;
    for (std::size_t at = 0; at < word.size();) {
        const Decoded d = decoded(word, at);
        if (hb_set_has(set, c.face->glyph(d.code_point))) return true;
        at += d.size;
    }
    return false;
}

// HarfBuzz's time grows with the square of the marks on one letter. No word of any language is as long as this; what is longer is
// shaped piece by piece, so that hostile text costs no more than its length.
constexpr std::uint32_t longest_shaped_at_once = 2048;

void shape_in_pieces(const RunContext& c, std::string_view word, Word& out) {
    out = Word{};
    for (std::uint32_t at = 0; at < word.size();) {
        auto end = static_cast<std::uint32_t>(std::min<std::size_t>(word.size(), std::size_t{at} + longest_shaped_at_once));
        while (end < word.size() && is_continuation_byte(word[end])) ++end;
        hb_buffer_t* buffer = empty_buffer();
        hb_buffer_add_utf8(buffer, word.data() + at, static_cast<int>(end - at), 0, static_cast<int>(end - at));
        shape_buffer(c, buffer);
        Word piece;
        take_glyphs(c, buffer, 0, end - at, piece);
        for (WordGlyph& glyph : piece.glyphs) glyph.cluster += at;
        out.glyphs.insert(c.direction == HB_DIRECTION_RTL ? out.glyphs.begin() : out.glyphs.end(), piece.glyphs.begin(),
                          piece.glyphs.end());
        out.missing |= piece.missing;
        at = end;
    }
}

void shape_word(const RunContext& c, std::string_view word, unsigned spaces, Word& out) {
    if (word.size() > longest_shaped_at_once) return shape_in_pieces(c, word, out);
    hb_buffer_t* buffer = empty_buffer();
    const auto size = static_cast<std::uint32_t>(word.size());
    if (spaces == 0) {
        hb_buffer_add_utf8(buffer, word.data(), static_cast<int>(size), 0, static_cast<int>(size));
        shape_buffer(c, buffer);
        take_glyphs(c, buffer, 0, size, out);
        return;
    }
    std::string with_spaces;
    if (spaces & 1) with_spaces += ' ';
    with_spaces += word;
    if (spaces & 2) with_spaces += ' ';
    const std::uint32_t begin = spaces & 1;
    hb_buffer_add_utf8(buffer, with_spaces.data(), static_cast<int>(with_spaces.size()), 0, static_cast<int>(with_spaces.size()));
    shape_buffer(c, buffer);
    take_glyphs(c, buffer, begin, begin + size, out);
}

} // namespace

void shape_in_context(const RunContext& c, std::string_view text, std::uint32_t begin, std::uint32_t end, Word& out) {
    const std::string_view word = text.substr(begin, end - begin);
    if (word.size() > longest_shaped_at_once && word.find(' ') == word.npos) return shape_in_pieces(c, word, out);
    // HarfBuzz looks at five characters on either side and no further.
    const std::uint32_t window = begin > 32 ? begin - 32 : 0;
    const std::uint32_t window_end = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), std::size_t{end} + 32));
    hb_buffer_t* buffer = empty_buffer();
    hb_buffer_add_utf8(buffer, text.data() + window, static_cast<int>(window_end - window), begin - window,
                       static_cast<int>(end - begin));
    shape_buffer(c, buffer);
    take_glyphs(c, buffer, begin - window, end - window, out);
}

const RunContext& ShapeCache::State::context(const RunKey& key, const FontLibrary::Face& face) {
    {
        const std::shared_lock lock(contexts_mutex_);
        if (const auto found = contexts_.find(key); found != contexts_.end()) return *found->second;
    }
    const std::unique_lock lock(contexts_mutex_);
    auto& made = contexts_[key];
    if (made) return *made;
    made = std::make_unique<RunContext>();
    made->face = &face;
    made->id = static_cast<std::uint32_t>(contexts_.size());
    made->script = key.script;
    made->direction = key.rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
    made->language = hb_language_from_string(key.language.data(), static_cast<int>(key.language.size()));
    for (const auto& [tag, value] : key.features)
        made->features.push_back({tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
    SpaceRules(face, key).fill_in(*made);
    made->joins = script_joins(key.script);
    return *made;
}

template <class Make>
const Word& ShapeCache::State::kept_or_made(std::string_view key, Word& scratch, const Make& make) {
    Shard& shard = shards_[TransparentHash()(key) % shard_count];
    {
        const std::scoped_lock lock(shard.mutex);
        if (const auto found = shard.words.find(key); found != shard.words.end()) return found->second;
    }
    make(scratch);
    const std::scoped_lock lock(shard.mutex);
    if (shard.words.size() >= most_in_shard) return scratch;
    return shard.words.try_emplace(std::string(key), scratch).first->second;
}

const Word& ShapeCache::State::word(const RunContext& context, std::string_view word, unsigned spaces, Word& scratch) {
    if (context.space_use == SpaceUse::none) spaces = 0;
    const auto make = [&](Word& out) {
        shape_word(context, word, spaces, out);
        out.looks_around = looks_around(context, word, out);
    };
    if (word.size() > longest_kept) {
        make(scratch);
        return scratch;
    }
    std::array<char, longest_kept + 5> key;
    std::memcpy(key.data(), &context.id, 4);
    key[4] = static_cast<char>(spaces);
    std::memcpy(key.data() + 5, word.data(), word.size());
    return kept_or_made({key.data(), word.size() + 5}, scratch, make);
}

const Word& ShapeCache::State::word_between(const RunContext& context, std::string_view window, std::uint32_t begin,
                                            std::uint32_t end, Word& scratch) {
    const auto make = [&](Word& out) {
        hb_buffer_t* buffer = empty_buffer();
        hb_buffer_add_utf8(buffer, window.data(), static_cast<int>(window.size()), 0, static_cast<int>(window.size()));
        shape_buffer(context, buffer);
        take_glyphs(context, buffer, begin, end, out);
    };
    if (window.size() > longest_kept) {
        make(scratch);
        return scratch;
    }
    std::array<char, longest_kept + 7> key;
    std::memcpy(key.data(), &context.id, 4);
    key[4] = 4; // no word has this value here
    key[5] = static_cast<char>(begin);
    key[6] = static_cast<char>(end);
    std::memcpy(key.data() + 7, window.data(), window.size());
    return kept_or_made({key.data(), window.size() + 7}, scratch, make);
}

const std::vector<std::uint32_t>& ShapeCache::State::divisions(const Hyphenator& hyphenator, std::string_view word,
                                                               std::string_view language, const std::array<int, 3>& limits,
                                                               std::vector<std::uint32_t>& scratch) {
    const auto divide = [&] { return hyphenator.points(word, language, limits[0], limits[1], limits[2]); };
    if (word.size() + language.size() > longest_kept) {
        scratch = divide();
        return scratch;
    }
    std::array<char, longest_kept + 4> key_bytes;
    char* end = std::copy(language.begin(), language.end(), key_bytes.data());
    *end++ = '\0';
    for (const int limit : limits) *end++ = static_cast<char>(std::clamp(limit, 0, 127));
    end = std::copy(word.begin(), word.end(), end);
    const std::string_view key(key_bytes.data(), end);
    Shard& shard = shards_[TransparentHash()(key) % shard_count];
    {
        const std::scoped_lock lock(shard.mutex);
        if (const auto found = shard.divisions.find(key); found != shard.divisions.end()) return found->second;
    }
    scratch = divide();
    const std::scoped_lock lock(shard.mutex);
    if (shard.divisions.size() >= most_in_shard) return scratch;
    return shard.divisions.try_emplace(std::string(key), scratch).first->second;
}

ShapeCache::ShapeCache() : state_(std::make_unique<State>()) {}
ShapeCache::~ShapeCache() = default;

} // namespace bifolio
