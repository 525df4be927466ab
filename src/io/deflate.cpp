#include "io/deflate.h"

#include "io/files.h"

#include <libdeflate.h>

#include <map>
#include <memory>
#include <new>

namespace bifolio {

namespace {

struct FreeCompressor {
    void operator()(libdeflate_compressor* c) const noexcept { libdeflate_free_compressor(c); }
};
struct FreeDecompressor {
    void operator()(libdeflate_decompressor* d) const noexcept { libdeflate_free_decompressor(d); }
};

libdeflate_compressor* compressor(int level) { // one a thread and level: making one costs more than a small page
    thread_local std::map<int, std::unique_ptr<libdeflate_compressor, FreeCompressor>> compressors;
    auto& made = compressors[level];
    if (!made) made.reset(libdeflate_alloc_compressor(level));
    if (!made) throw std::bad_alloc();
    return made.get();
}

libdeflate_decompressor* decompressor() { // one a thread
    thread_local std::unique_ptr<libdeflate_decompressor, FreeDecompressor> made(libdeflate_alloc_decompressor());
    if (!made) throw std::bad_alloc();
    return made.get();
}

template <class Bound, class Compress>
std::string compress(std::string_view bytes, int level, Bound bound, Compress work) {
    libdeflate_compressor* c = compressor(level);
    std::string out(bound(c, bytes.size()), '\0');
    out.resize(work(c, bytes.data(), bytes.size(), out.data(), out.size()));
    return out;
}

} // namespace

std::string deflate_raw(std::string_view bytes, int level) {
    return compress(bytes, level, libdeflate_deflate_compress_bound, libdeflate_deflate_compress);
}

std::string deflate_zlib(std::string_view bytes, int level) {
    return compress(bytes, level, libdeflate_zlib_compress_bound, libdeflate_zlib_compress);
}

std::uint32_t crc32(std::string_view bytes) { return libdeflate_crc32(0, bytes.data(), bytes.size()); }

std::string inflate_zlib(std::string_view bytes, std::uint64_t most_bytes) {
    for (std::uint64_t room = std::min<std::uint64_t>(most_bytes, std::max<std::uint64_t>(bytes.size() * 4, 4096));;) {
        std::string out(room, '\0');
        std::size_t size = 0;
        const auto result = libdeflate_zlib_decompress(decompressor(), bytes.data(), bytes.size(), out.data(), out.size(), &size);
        if (result == LIBDEFLATE_SUCCESS) {
            out.resize(size);
            return out;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE) throw IoError("damaged compressed data");
        if (room >= most_bytes)
            throw IoError("compressed data larger than the limit of " + std::to_string(most_bytes) + " bytes");
        room = std::min(most_bytes, room * 4);
    }
}

std::string inflate_raw(std::string_view bytes, std::uint64_t size) {
    std::string out(size, '\0');
    if (libdeflate_deflate_decompress(decompressor(), bytes.data(), bytes.size(), out.data(), out.size(), nullptr) !=
        LIBDEFLATE_SUCCESS)
        throw IoError("damaged compressed data");
    return out;
}

} // namespace bifolio
