// deflate.h: compression through libdeflate (RFC 1950, 1951). Same input and level, same bytes, on any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bifolio {

std::string deflate_raw(std::string_view bytes, int level = 6);  // for ZIP
std::string deflate_zlib(std::string_view bytes, int level = 6); // for PDF's FlateDecode
std::uint32_t crc32(std::string_view bytes);
// Throws IoError when the data is damaged or grows beyond most_bytes.
std::string inflate_zlib(std::string_view bytes, std::uint64_t most_bytes);
std::string inflate_raw(std::string_view bytes, std::uint64_t size); // whose size is known; IoError when it is another

} // namespace bifolio
