#include "layout/text/shape_cache.h"

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
constexpr std::array tables{Table{HB_OT_TAG_GSUB, 7, {5, 6, 8}, 4 /* a ligature across a space */},
                            Table{HB_OT_TAG_GPOS, 9, {7, 8, 8}, 2}};

SpaceUse find_space_use(const FontLibrary::Face& face, const RunKey& key) {
    if (!face.space_glyph) return SpaceUse::contextual;
    std::vector<hb_tag_t> features(features_always_on.begin(), features_always_on.end());
    for (const auto& [tag, value] : key.features) {
        if (value)
            features.push_back(tag);
        else
            std::erase(features, tag);
    }
    features.push_back(HB_TAG_NONE);
    std::array<hb_tag_t, 8> scripts{};
    unsigned script_count = 3, language_count = 0;
    hb_ot_tags_from_script_and_language(key.script, HB_LANGUAGE_INVALID, &script_count, scripts.data(), &language_count, nullptr);
    for (hb_tag_t other : {HB_TAG('D', 'F', 'L', 'T'), HB_TAG('d', 'f', 'l', 't'), HB_TAG('l', 'a', 't', 'n')})
        scripts[script_count++] = other;
    scripts[script_count] = HB_TAG_NONE;

    SpaceUse use = SpaceUse::none;
    for (const Table& t : tables) {
        const HbOwner<hb_blob_t> blob(hb_face_reference_table(face.face.get(), t.tag));
        unsigned size = 0;
        const char* data = hb_blob_get_data(blob.get(), &size);
        const std::string_view table(data ? data : "", data ? size : 0);
        const HbOwner<hb_set_t> lookups(hb_set_create());
        hb_ot_layout_collect_lookups(face.face.get(), t.tag, scripts.data(), nullptr, features.data(), lookups.get());
        for (hb_codepoint_t lookup = HB_SET_VALUE_INVALID; hb_set_next(lookups.get(), &lookup);) {
            const unsigned type = lookup_type(table, lookup, t.extension_type);
            const bool contextual = std::ranges::find(t.contextual_types, type) != t.contextual_types.end();
            if (!contextual && type != t.pair_type) continue;
            const HbOwner<hb_set_t> before(hb_set_create()), input(hb_set_create()), after(hb_set_create());
            hb_ot_layout_lookup_collect_glyphs(face.face.get(), t.tag, lookup, before.get(), input.get(), after.get(), nullptr);
            const bool names_space = hb_set_has(before.get(), face.space_glyph) || hb_set_has(input.get(), face.space_glyph) ||
                                     hb_set_has(after.get(), face.space_glyph);
            if (!names_space) continue;
            if (contextual || t.tag == HB_OT_TAG_GSUB) return SpaceUse::contextual;
            use = SpaceUse::kerning;
        }
    }
    // The old table says nothing of which glyphs it names; a space on each side is right in any case.
    const HbOwner<hb_blob_t> kern(hb_face_reference_table(face.face.get(), HB_TAG('k', 'e', 'r', 'n')));
    return hb_blob_get_length(kern.get()) > 0 && use == SpaceUse::none ? SpaceUse::kerning : use;
}

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

void shape_buffer(const RunContext& c, hb_buffer_t* buffer) {
    hb_buffer_set_direction(buffer, c.direction);
    hb_buffer_set_script(buffer, c.script);
    hb_buffer_set_language(buffer, c.language);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(c.face->font.get(), buffer, c.features.data(), static_cast<unsigned>(c.features.size()));
}

// Takes the glyphs whose clusters lie in [begin, end), counted from `begin`. What the font adds to the spaces outside goes into
// space_before and space_after.
void take_glyphs(const RunContext& c, hb_buffer_t* buffer, std::uint32_t begin, std::uint32_t end, Word& out) {
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
    out.glyphs.clear();
    out.glyphs.reserve(count);
    out.space_before = out.space_after = 0;
    out.missing = false;
    for (unsigned i = 0; i < count; ++i) {
        const std::uint32_t cluster = infos[i].cluster;
        const hb_glyph_position_t& p = positions[i];
        if (cluster < begin) {
            out.space_before += p.x_advance - c.face->space_advance;
        } else if (cluster >= end) {
            out.space_after += p.x_advance - c.face->space_advance;
        } else {
            const bool unsafe = hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK;
            out.glyphs.push_back({infos[i].codepoint, p.x_advance, p.x_offset, p.y_offset, cluster - begin, unsafe});
            out.missing |= infos[i].codepoint == 0;
        }
    }
}

void shape_word(const RunContext& c, std::string_view word, unsigned spaces, Word& out) {
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
    made->space_use = find_space_use(face, key);
    made->joins = script_joins(key.script);
    return *made;
}

const Word& ShapeCache::State::word(const RunContext& context, std::string_view word, unsigned spaces, Word& scratch) {
    if (context.space_use == SpaceUse::none) spaces = 0;
    if (word.size() > longest_kept) {
        shape_word(context, word, spaces, scratch);
        return scratch;
    }
    std::array<char, longest_kept + 5> key_bytes;
    std::memcpy(key_bytes.data(), &context.id, 4);
    key_bytes[4] = static_cast<char>(spaces);
    std::memcpy(key_bytes.data() + 5, word.data(), word.size());
    const std::string_view key(key_bytes.data(), word.size() + 5);
    Shard& shard = shards_[TransparentHash()(key) % shard_count];
    {
        const std::scoped_lock lock(shard.mutex);
        if (const auto found = shard.words.find(key); found != shard.words.end()) return found->second;
    }
    shape_word(context, word, spaces, scratch);
    const std::scoped_lock lock(shard.mutex);
    if (shard.words.size() >= most_in_shard) return scratch;
    return shard.words.try_emplace(std::string(key), scratch).first->second;
}

const std::vector<std::uint32_t>& ShapeCache::State::divisions(const Hyphenator& hyphenator, std::string_view word,
                                                               std::string_view language, std::vector<std::uint32_t>& scratch) {
    if (word.size() + language.size() > longest_kept) {
        scratch = hyphenator.points(word, language);
        return scratch;
    }
    std::array<char, longest_kept + 1> key_bytes;
    std::memcpy(key_bytes.data(), language.data(), language.size());
    key_bytes[language.size()] = '\0';
    std::memcpy(key_bytes.data() + language.size() + 1, word.data(), word.size());
    const std::string_view key(key_bytes.data(), language.size() + 1 + word.size());
    Shard& shard = shards_[TransparentHash()(key) % shard_count];
    {
        const std::scoped_lock lock(shard.mutex);
        if (const auto found = shard.divisions.find(key); found != shard.divisions.end()) return found->second;
    }
    scratch = hyphenator.points(word, language);
    const std::scoped_lock lock(shard.mutex);
    if (shard.divisions.size() >= most_in_shard) return scratch;
    return shard.divisions.try_emplace(std::string(key), scratch).first->second;
}

ShapeCache::ShapeCache() : state_(std::make_unique<State>()) {}
ShapeCache::~ShapeCache() = default;

} // namespace bifolio
