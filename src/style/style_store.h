// style_store.h: every distinct style once.
//
// An element style is looked for by what it is computed from (its parent's style and the blocks that matched), so equal elements
// cost one look-up; the ComputedStyle in it is interned by value.
#pragma once

#include "style/compute_style.h"

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace bifolio {

using StyleId = std::uint32_t; // of an ElementStyle in the store

class StyleStore {
public:
    StyleStore();

    static constexpr StyleId initial = 0;
    const ElementStyle& element_style(StyleId id) const { return styles_[id]; }
    std::uint32_t computed_index(StyleId id) const { return computed_of_[id]; }

    // The style with that key, or `missing`.
    static constexpr StyleId missing = 0xFFFF'FFFF;
    StyleId find(const std::vector<std::uint32_t>& key) const;
    StyleId add(std::vector<std::uint32_t> key, ElementStyle style);
    StyleId add(ElementStyle style); // without a key

    const std::vector<ComputedStyle>& computed() const { return computed_; }
    std::vector<ComputedStyle> take_computed() { return std::move(computed_); }

private:
    struct Hash {
        std::size_t operator()(const std::vector<std::uint32_t>& key) const;
    };
    std::deque<ElementStyle> styles_; // a deque: growing moves none
    std::vector<std::uint32_t> computed_of_;
    std::vector<ComputedStyle> computed_;
    std::unordered_map<std::vector<std::uint32_t>, StyleId, Hash> by_key_;           // looked up only
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> computed_by_hash_; // looked up only
};

} // namespace bifolio
