// bytes.h: whole numbers out of foreign bytes. The caller has checked that they are there.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

inline std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
    assert(at < bytes.size());
    return static_cast<std::uint8_t>(bytes[at]);
}
inline std::uint16_t big16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(byte_at(bytes, at) << 8 | byte_at(bytes, at + 1));
}
inline std::uint32_t big32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(big16(bytes, at)) << 16 | big16(bytes, at + 2);
}
inline std::uint16_t little16(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(byte_at(bytes, at + 1) << 8 | byte_at(bytes, at));
}
inline std::uint32_t little32(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(little16(bytes, at + 2)) << 16 | little16(bytes, at);
}

inline void append_big16(std::string& out, std::uint32_t value) {
    out += static_cast<char>(value >> 8 & 0xff);
    out += static_cast<char>(value & 0xff);
}
inline void append_big32(std::string& out, std::uint32_t value) {
    append_big16(out, value >> 16);
    append_big16(out, value & 0xffff);
}

} // namespace bifolio
