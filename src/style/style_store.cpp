#include "style/style_store.h"

#include <functional>

namespace bifolio {

namespace {

constexpr std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash ^= value + 0x9E37'79B9'7F4A'7C15 + (hash << 6) + (hash >> 2);
    return hash;
}

// Not all of a style: enough that equal hashes are nearly always equal styles.
std::uint64_t hash_of(const ComputedStyle& style) {
    std::uint64_t hash = static_cast<std::uint64_t>(style.font_size.sp());
    const auto add = [&](std::uint64_t value) { hash = mixed(hash, value); };
    const auto add_length = [&](Length length) { add(static_cast<std::uint64_t>(length.sp())); };
    const auto add_dimension = [&](const Dimension& one) {
        add(one.automatic);
        add_length(one.length);
        add(static_cast<std::uint64_t>(static_cast<std::int64_t>(one.percent * 1000)));
    };
    const auto add_colour = [&](Colour c) {
        add(static_cast<std::uint64_t>(c.r) << 24 | static_cast<std::uint64_t>(c.g) << 16 | static_cast<std::uint64_t>(c.b) << 8 |
            c.a);
        if (c.ink) add(static_cast<std::uint64_t>(c.ink->tint * 1000) + 7 * c.ink->spot.size());
    };
    add(static_cast<std::uint64_t>(style.display));
    add(static_cast<std::uint64_t>(style.font_weight));
    add(static_cast<std::uint64_t>(style.font_style) << 8 | static_cast<std::uint64_t>(style.text_align));
    for (std::size_t side = 0; side < 4; ++side) {
        add_dimension(style.margin[side]);
        add_dimension(style.padding[side]);
        add_length(style.border_width[side]);
    }
    add_dimension(style.width);
    add_dimension(style.text_indent);
    add_colour(style.colour);
    add_colour(style.background_colour);
    add(std::hash<std::string>()(style.language));
    add(std::hash<std::string>()(style.page));
    add(std::hash<std::string>()(style.list_style_type));
    add(style.font_features.size());
    return hash;
}

} // namespace

std::size_t StyleStore::Hash::operator()(const std::vector<std::uint32_t>& key) const {
    std::uint64_t hash = key.size();
    for (const std::uint32_t value : key) hash = mixed(hash, value);
    return static_cast<std::size_t>(hash);
}

StyleStore::StyleStore() { add(initial_style()); }

StyleId StyleStore::find(const std::vector<std::uint32_t>& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? missing : found->second;
}

StyleId StyleStore::add(std::vector<std::uint32_t> key, ElementStyle style) {
    const StyleId id = add(std::move(style));
    by_key_.emplace(std::move(key), id);
    return id;
}

StyleId StyleStore::add(ElementStyle style) {
    std::vector<std::uint32_t>& same = computed_by_hash_[hash_of(style.computed)];
    std::uint32_t computed = static_cast<std::uint32_t>(computed_.size());
    for (const std::uint32_t one : same)
        if (computed_[one] == style.computed) computed = one;
    if (computed == computed_.size()) {
        computed_.push_back(style.computed);
        same.push_back(computed);
    }
    styles_.push_back(std::move(style));
    computed_of_.push_back(computed);
    return static_cast<StyleId>(styles_.size() - 1);
}

} // namespace bifolio
