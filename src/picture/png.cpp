#include "picture/png.h"

#include "io/deflate.h"
#include "io/files.h"
#include "io/limits.h"
#include "picture/bytes.h"
#include "picture/samples.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <png.h>

namespace bifolio {
namespace {

constexpr std::string_view png_signature("\x89PNG\r\n\x1a\n", 8);
constexpr std::string_view too_early = "the PNG data end too early";

std::string read_header(PngFile& file, std::string_view data) {
    if (data.size() != 13) return "the PNG header is damaged";
    file.width = big32(data, 0);
    file.height = big32(data, 4);
    file.bits = byte_at(data, 8);
    file.colour_type = byte_at(data, 9);
    file.interlaced = byte_at(data, 12) != 0;
    return size_problem(file.width, file.height, 1);
}

void read_chunk(PngFile& file, const PngChunk& chunk) {
    const std::string_view type = chunk.type, data = chunk.data;
    if (type == "IDAT") {
        file.compressed_bytes += data.size();
    } else if (type == "tRNS") {
        file.has_transparency = true;
    } else if (type == "acTL") {
        file.animated = true;
    } else if (type == "sRGB") {
        file.has_srgb = true;
    } else if (type == "gAMA") {
        file.has_gamma = true;
    } else if (type == "iCCP") {
        file.icc_chunk = data;
    } else if (type == "pHYs" && data.size() == 9 && byte_at(data, 8) == 1) { // per metre
        file.x_per_inch = big32(data, 0) * 0.0254;
        file.y_per_inch = big32(data, 4) * 0.0254;
    } else if (type == "eXIf") {
        file.exif = read_exif(data);
        file.has_metadata = true;
    } else if (type == "tEXt" || type == "zTXt" || type == "iTXt" || type == "tIME") {
        file.has_metadata = true;
    }
}

// The profile of an iCCP chunk: name, 0, method 0, zlib data.
void read_profile(PngFile& file) {
    constexpr std::uint64_t most_profile_bytes = 16u << 20;
    if (file.icc_chunk.empty()) return;
    file.profile = ProfileState::damaged;
    const std::size_t name_end = file.icc_chunk.find('\0');
    if (name_end == std::string_view::npos || name_end + 2 >= file.icc_chunk.size() || file.icc_chunk[name_end + 1] != 0) return;
    try {
        std::string profile = inflate_zlib(file.icc_chunk.substr(name_end + 2), most_profile_bytes);
        file.profile = profile_state(profile, file.components());
        if (file.profile == ProfileState::fits) file.icc = std::move(profile);
    } catch (const IoError&) {} // damaged, or larger than any
}

// libpng reports an error by a call that must not return; here it jumps back into read_header_rows(). That function and the
// callbacks hold nothing but plain data; all memory belongs to their caller.
struct Reader {
    png_structp png = nullptr;
    png_infop info = nullptr;
    const char* bytes = nullptr;
    std::size_t size = 0, at = 0;
    bool applies_gamma = false;
    unsigned channels = 0; // of the rows libpng gives: colours and alpha
    unsigned char* row = nullptr;
    unsigned char** rows = nullptr; // for interlaced pictures: all of them
    unsigned char *samples = nullptr, *alpha = nullptr;
    char message[200] = {};
};

void jump_out(png_structp png, png_const_charp message) {
    auto* reader = static_cast<Reader*>(png_get_error_ptr(png));
    std::strncpy(reader->message, message, sizeof reader->message - 1);
    png_longjmp(png, 1);
}
void ignore_message(png_structp, png_const_charp) {}
void give_bytes(png_structp png, png_bytep out, std::size_t count) {
    auto* reader = static_cast<Reader*>(png_get_io_ptr(png));
    if (count > reader->size - reader->at) png_error(png, "the data end too early");
    std::memcpy(out, reader->bytes + reader->at, count);
    reader->at += count;
}

// Chunks that we read ourselves, or nobody needs; libpng must not unpack them.
constexpr png_byte passed_over[] = "iCCP\0iTXt\0tEXt\0zTXt\0eXIf\0sPLT\0hIST\0tIME\0pCAL\0sCAL\0oFFs\0pHYs\0bKGD\0cHRM";

bool read_png_header(Reader* reader) {
    if (setjmp(png_jmpbuf(reader->png)) != 0) return false;
    png_structp png = reader->png;
    png_set_read_fn(png, reader, give_bytes);
    png_set_user_limits(png, limits::picture_side, limits::picture_side);
    png_set_chunk_malloc_max(png, 8u << 20);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, passed_over, (sizeof passed_over) / 5);
    png_read_info(png, reader->info);
    png_set_expand(png); // palettes, low depths, tRNS
    if (reader->applies_gamma) {
        png_fixed_point gamma = 0;
        // Two values at the ends of what is sensible: beyond them, the file is not believed.
        if (png_get_gAMA_fixed(png, reader->info, &gamma) != 0 && gamma >= 10'000 && gamma <= 500'000) {
            png_set_gamma_fixed(png, PNG_DEFAULT_sRGB, gamma);
        }
    }
    png_set_scale_16(png); // rounds; strip_16 would cut
    png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
    reader->channels = png_get_channels(png, reader->info);
    return png_get_bit_depth(png, reader->info) == 8;
}

// Parts the alpha of one row from its colours.
void take_row(Reader* reader, const unsigned char* row, std::size_t width) {
    if (reader->alpha == nullptr) {
        std::memcpy(reader->samples, row, width * reader->channels);
        reader->samples += width * reader->channels;
        return;
    }
    for (std::size_t x = 0; x < width; ++x) {
        for (unsigned i = 0; i + 1 < reader->channels; ++i) *reader->samples++ = *row++;
        *reader->alpha++ = *row++;
    }
}

bool read_png_rows(Reader* reader, std::uint32_t width, std::uint32_t height) {
    if (setjmp(png_jmpbuf(reader->png)) != 0) return false;
    if (reader->rows != nullptr) {
        png_read_image(reader->png, reader->rows);
        for (std::uint32_t y = 0; y < height; ++y) take_row(reader, reader->rows[y], width);
    } else {
        for (std::uint32_t y = 0; y < height; ++y) {
            png_read_row(reader->png, reader->row, nullptr);
            take_row(reader, reader->row, width);
        }
    }
    return true;
}

struct ReaderOwner : Reader {
    ReaderOwner() = default;
    ReaderOwner(const ReaderOwner&) = delete;
    ReaderOwner& operator=(const ReaderOwner&) = delete;
    ~ReaderOwner() { png_destroy_read_struct(&png, &info, nullptr); }
};

std::string damage(const Reader& reader) { return "the PNG data are damaged (" + std::string(reader.message) + ")"; }

// What the rows take before compression, at least (the passes of interlacing add a little). Deflate gains at most 1032 to 1, so a
// file that promises more is refused before any memory is set aside for it.
bool promises_too_much(const PngFile& file) {
    const int channels = file.colour_type == 3 ? 1 : file.components() + ((file.colour_type & 4) != 0 ? 1 : 0);
    const std::uint64_t bits = static_cast<std::uint64_t>(channels) * static_cast<std::uint64_t>(file.bits);
    return (file.width * bits + 7) / 8 * file.height > file.compressed_bytes * 1032 + 1024;
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_big32(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t begin = out.size();
    out += type;
    out += data;
    append_big32(out, crc32(std::string_view(out).substr(begin)));
}

unsigned char paeth(int left, int up, int corner) {
    const int estimate = left + up - corner;
    const int to_left = std::abs(estimate - left), to_up = std::abs(estimate - up), to_corner = std::abs(estimate - corner);
    return static_cast<unsigned char>(to_left <= to_up && to_left <= to_corner ? left : to_up <= to_corner ? up : corner);
}

// One row behind the filter (PNG § 9) whose bytes have the least sum of sizes: the usual guess at what compresses best.
void append_filtered(std::string& out, std::string_view row, std::string_view above, std::size_t pixel_bytes) {
    std::array<std::string, 5> candidates;
    std::array<std::uint64_t, 5> sums{};
    for (std::size_t filter = 0; filter < candidates.size(); ++filter) {
        std::string& candidate = candidates[filter];
        candidate.reserve(row.size() + 1);
        candidate += static_cast<char>(filter);
        for (std::size_t i = 0; i < row.size(); ++i) {
            const int left = i < pixel_bytes ? 0 : byte_at(row, i - pixel_bytes), up = byte_at(above, i);
            const int corner = i < pixel_bytes ? 0 : byte_at(above, i - pixel_bytes);
            const std::array guesses{0, left, up, (left + up) / 2, static_cast<int>(paeth(left, up, corner))};
            const auto rest = static_cast<unsigned char>(byte_at(row, i) - guesses[filter]);
            sums[filter] += rest < 128 ? rest : 256u - rest;
            candidate += static_cast<char>(rest);
        }
    }
    out += candidates[static_cast<std::size_t>(std::ranges::min_element(sums) - sums.begin())];
}

} // namespace

Result<PngFile> parse_png(std::string_view bytes) {
    using Failure = Result<PngFile>;
    PngFile file;
    if (!bytes.starts_with(png_signature)) return Failure::failure("this is no PNG");
    for (std::size_t at = png_signature.size(); bytes.size() - at >= 12;) {
        const std::uint64_t length = big32(bytes, at);
        if (length > bytes.size() - at - 12) break;
        const auto size = static_cast<std::size_t>(length);
        const PngChunk chunk{bytes.substr(at + 4, 4), bytes.substr(at + 8, size), bytes.substr(at, size + 12)};
        at += size + 12;
        if (file.chunks.empty() != (chunk.type == "IHDR")) return Failure::failure("the PNG header is damaged");
        if (file.chunks.empty()) {
            if (std::string problem = read_header(file, chunk.data); !problem.empty())
                return Failure::failure(std::move(problem));
        }
        file.chunks.push_back(chunk);
        read_chunk(file, chunk);
        if (chunk.type == "IEND") {
            file.has_end = true;
            if (at < bytes.size()) file.has_metadata = true;
            break;
        }
    }
    if (file.chunks.empty()) return Failure::failure(std::string(too_early));
    read_profile(file);
    return file;
}

PictureInfo info_of(const PngFile& file) {
    PictureInfo info;
    info.kind = PictureKind::png;
    info.orientation = file.exif.orientation;
    info.components = file.components();
    info.bits = file.bits;
    info.has_alpha = file.has_alpha();
    info.profile = file.profile;
    info.has_icc = !file.icc.empty();
    info.animated = file.animated;
    info.has_metadata = file.has_metadata;
    const bool by_exif = file.x_per_inch <= 0;
    const NaturalSize size = natural_size(file.width, file.height, by_exif ? file.exif.x_per_inch : file.x_per_inch,
                                          by_exif ? file.exif.y_per_inch : file.y_per_inch);
    const bool swaps = swaps_sides(info.orientation);
    info.width = swaps ? file.height : file.width;
    info.height = swaps ? file.width : file.height;
    info.natural_width = swaps ? size.height : size.width;
    info.natural_height = swaps ? size.width : size.height;
    return info;
}

Result<RasterPicture> decode_png(std::string_view bytes) {
    using Failure = Result<RasterPicture>;
    const Result<PngFile> parsed = parse_png(bytes);
    if (!parsed) return Failure::failure(parsed.error());
    const PngFile& file = parsed.value();
    const auto channels = static_cast<std::uint64_t>(file.components() + (file.has_alpha() ? 1 : 0));
    if (std::string problem = size_problem(file.width, file.height, channels * (file.interlaced ? 2 : 1)); !problem.empty()) {
        return Failure::failure(std::move(problem));
    }
    if (promises_too_much(file)) return Failure::failure(std::string(too_early));

    RasterPicture picture;
    picture.width = file.width;
    picture.height = file.height;
    picture.icc = file.icc;
    ReaderOwner reader;
    reader.bytes = bytes.data();
    reader.size = bytes.size();
    reader.applies_gamma = file.has_gamma && !file.has_srgb && picture.icc.empty();
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, static_cast<Reader*>(&reader), jump_out, ignore_message);
    if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
    if (reader.info == nullptr) throw std::bad_alloc();
    if (!read_png_header(&reader)) return Failure::failure(damage(reader));

    const bool has_alpha = reader.channels == 2 || reader.channels == 4;
    picture.components = static_cast<int>(reader.channels) - (has_alpha ? 1 : 0);
    const std::size_t pixels = static_cast<std::size_t>(file.width) * file.height;
    picture.samples.resize(pixels * static_cast<std::size_t>(picture.components));
    if (has_alpha) picture.alpha.resize(pixels);
    reader.samples = reinterpret_cast<unsigned char*>(picture.samples.data());
    reader.alpha = has_alpha ? reinterpret_cast<unsigned char*>(picture.alpha.data()) : nullptr;
    const std::size_t row_bytes = static_cast<std::size_t>(file.width) * reader.channels;
    std::vector<unsigned char> rows(row_bytes * (file.interlaced ? file.height : 1));
    std::vector<unsigned char*> row_starts;
    reader.row = rows.data();
    if (file.interlaced) {
        for (std::uint32_t y = 0; y < file.height; ++y) row_starts.push_back(rows.data() + y * row_bytes);
        reader.rows = row_starts.data();
    }
    if (!read_png_rows(&reader, file.width, file.height)) return Failure::failure(damage(reader));
    simplify(picture);
    make_upright(picture, file.exif.orientation);
    return picture;
}

std::string without_metadata(const PngFile& file) {
    static constexpr std::array kept =
        std::to_array<std::string_view>({"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD",
                                         "pHYs", "cICP", "mDCV", "cLLI", "acTL", "fcTL", "fdAT"});
    std::string out(png_signature);
    for (const PngChunk& chunk : file.chunks) {
        if (chunk.type == "iCCP" && file.icc.empty()) continue; // it does not fit
        if (std::ranges::find(kept, chunk.type) != kept.end()) out += chunk.whole;
    }
    if (!file.has_end) append_chunk(out, "IEND", {});
    return out;
}

std::string write_png(const RasterPicture& picture) {
    assert(picture.components == 1 || picture.components == 3);
    const bool has_alpha = !picture.alpha.empty();
    const auto colours = static_cast<std::size_t>(picture.components);
    const std::size_t pixel_bytes = colours + (has_alpha ? 1 : 0);
    std::string out(png_signature), header;
    append_big32(header, picture.width);
    append_big32(header, picture.height);
    header += '\x08';
    header += static_cast<char>((picture.components == 3 ? 2 : 0) + (has_alpha ? 4 : 0));
    header.append(3, '\0');
    append_chunk(out, "IHDR", header);
    if (picture.icc.empty()) {
        append_chunk(out, "sRGB", std::string_view("\0", 1));
    } else {
        append_chunk(out, "iCCP", std::string("ICC\0\0", 5) + deflate_zlib(picture.icc, 9));
    }
    std::string filtered, row, above(picture.width * pixel_bytes, '\0');
    filtered.reserve((picture.width * pixel_bytes + 1) * picture.height);
    for (std::size_t y = 0; y < picture.height; ++y) {
        row.clear();
        for (std::size_t x = 0; x < picture.width; ++x) {
            const std::size_t pixel = y * picture.width + x;
            row.append(picture.samples, pixel * colours, colours);
            if (has_alpha) row += picture.alpha[pixel];
        }
        append_filtered(filtered, row, above, pixel_bytes);
        above = row;
    }
    append_chunk(out, "IDAT", deflate_zlib(filtered, 9));
    append_chunk(out, "IEND", {});
    return out;
}

} // namespace bifolio
