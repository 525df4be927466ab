// ids.h: things that are counted, each with a type of its own, so that none is taken for another.
#pragma once

#include <cstdint>

namespace bifolio {

enum class SourceId : std::uint32_t {}; // a file in the SourceMap
enum class NodeId : std::uint32_t {};   // a node of one Book (one edition), numbered in reading order; an index into Book::nodes
enum class ResourceId : std::uint32_t {}; // a picture or other file that the Book shows; an index into Book::resources
enum class PageIndex : std::uint32_t {};  // physical page, counted from 0
enum class FontId : std::uint32_t {};     // a face in the FontLibrary

inline constexpr NodeId no_node{0xFFFF'FFFF};
inline constexpr ResourceId no_resource{0xFFFF'FFFF};

template <class Id>
constexpr std::uint32_t index(Id id) {
    return static_cast<std::uint32_t>(id);
}

// A range of bytes in one source file; end is excluded. Source 0 is “no place” (see SourceMap).
struct Span {
    SourceId source{};
    std::uint32_t begin = 0, end = 0;
    bool operator==(const Span&) const = default;
};

} // namespace bifolio
