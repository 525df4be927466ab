// libjpeg reports an error by a call that must not return; here it jumps back into read_all() or write_all(). Between that
// setjmp and the library there is nothing but plain data: these two functions and the callbacks have no object with a
// destructor, all memory belongs to their caller.
#include "picture/jpeg_codec.h"

#include "io/limits.h"
#include "picture/bytes.h"
#include "picture/samples.h"

#include <algorithm>
#include <cassert>
#include <csetjmp>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

#include <jpeglib.h> // first: its configuration decides which messages jerror.h has

#include <jerror.h>
#include <turbojpeg.h>

namespace bifolio {
namespace {

struct ErrorManager {
    jpeg_error_mgr base{};
    std::jmp_buf jump{};
    char message[JMSG_LENGTH_MAX] = {};
};

void jump_out(j_common_ptr codec) {
    auto* manager = reinterpret_cast<ErrorManager*>(codec->err);
    manager->base.format_message(codec, manager->message);
    std::longjmp(manager->jump, 1);
}

// A warning that means lost picture data is as bad as an error. Others, such as stray bytes between segments, harm nothing.
void judge_warning(j_common_ptr codec, int level) {
    if (level >= 0) return; // a trace message
    const int code = codec->err->msg_code;
    if (code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_ARITH_BAD_CODE || code == JWRN_MUST_RESYNC) {
        jump_out(codec);
    }
}

void ignore_message(j_common_ptr) {}

void set_up(ErrorManager& errors) {
    jpeg_std_error(&errors.base);
    errors.base.error_exit = jump_out;
    errors.base.emit_message = judge_warning;
    errors.base.output_message = ignore_message;
}

struct Reader {
    jpeg_decompress_struct codec{};
    ErrorManager errors;
    const unsigned char* bytes = nullptr;
    unsigned long size = 0;
    unsigned scale_denominator = 1;
    int colour_space = JCS_UNKNOWN; // wanted; JCS_UNKNOWN: as stored
    unsigned char* row = nullptr;   // room for one row; reused when `out` is null
    unsigned char* out = nullptr;
    std::size_t row_bytes = 0;
};

// True when all rows were read; else errors.message says why.
bool read_all(Reader* reader) {
    if (setjmp(reader->errors.jump) != 0) {
        jpeg_destroy_decompress(&reader->codec);
        return false;
    }
    reader->codec.err = &reader->errors.base;
    jpeg_create_decompress(&reader->codec);
    reader->codec.mem->max_memory_to_use = static_cast<long>(limits::picture_decoded_bytes);
    jpeg_mem_src(&reader->codec, reader->bytes, reader->size);
    jpeg_read_header(&reader->codec, TRUE);
    reader->codec.scale_num = 1;
    reader->codec.scale_denom = reader->scale_denominator;
    reader->codec.dct_method = JDCT_ISLOW;
    reader->codec.out_color_space =
        reader->colour_space == JCS_UNKNOWN ? reader->codec.jpeg_color_space : static_cast<J_COLOR_SPACE>(reader->colour_space);
    jpeg_start_decompress(&reader->codec);
    while (reader->codec.output_scanline < reader->codec.output_height) {
        JSAMPROW row = reader->out != nullptr ? reader->out + reader->codec.output_scanline * reader->row_bytes : reader->row;
        jpeg_read_scanlines(&reader->codec, &row, 1);
    }
    jpeg_destroy_decompress(&reader->codec);
    return true;
}

struct Writer {
    jpeg_compress_struct codec{};
    ErrorManager errors;
    const unsigned char* samples = nullptr;
    std::uint32_t width = 0, height = 0;
    int components = 3;
    int colour_space = JCS_YCbCr; // of samples and, when nothing else is said, of the file
    int stored_space = JCS_UNKNOWN;
    bool jfif = true, adobe = false;
    unsigned x_per_inch = 0, y_per_inch = 0;            // 0: not stated
    int horizontal_sampling = 1, vertical_sampling = 1; // of the first component
    unsigned char* buffer = nullptr;                    // made by libjpeg; the caller frees it
    unsigned long size = 0;
};

bool write_all(Writer* writer) {
    if (setjmp(writer->errors.jump) != 0) {
        jpeg_destroy_compress(&writer->codec);
        return false;
    }
    jpeg_compress_struct& codec = writer->codec;
    codec.err = &writer->errors.base;
    jpeg_create_compress(&codec);
    jpeg_mem_dest(&codec, &writer->buffer, &writer->size);
    codec.image_width = writer->width;
    codec.image_height = writer->height;
    codec.input_components = writer->components;
    codec.in_color_space = static_cast<J_COLOR_SPACE>(writer->colour_space);
    jpeg_set_defaults(&codec);
    jpeg_set_colorspace(&codec, writer->stored_space == JCS_UNKNOWN ? codec.in_color_space
                                                                    : static_cast<J_COLOR_SPACE>(writer->stored_space));
    jpeg_set_quality(&codec, 95, TRUE);
    codec.dct_method = JDCT_ISLOW;
    codec.optimize_coding = TRUE;
    codec.write_JFIF_header = static_cast<boolean>(writer->jfif);
    codec.write_Adobe_marker = static_cast<boolean>(writer->adobe);
    if (writer->x_per_inch > 0 && writer->y_per_inch > 0) {
        codec.density_unit = 1;
        codec.X_density = static_cast<UINT16>(writer->x_per_inch);
        codec.Y_density = static_cast<UINT16>(writer->y_per_inch);
    }
    for (int i = 0; i < codec.num_components; ++i) {
        const bool finest = i == 0 || i == 3; // K is as fine as Y
        codec.comp_info[i].h_samp_factor = finest ? writer->horizontal_sampling : 1;
        codec.comp_info[i].v_samp_factor = finest ? writer->vertical_sampling : 1;
    }
    jpeg_start_compress(&codec, TRUE);
    const std::size_t row_bytes = static_cast<std::size_t>(writer->width) * static_cast<std::size_t>(writer->components);
    while (codec.next_scanline < codec.image_height) {
        auto* row = const_cast<JSAMPLE*>(writer->samples + codec.next_scanline * row_bytes);
        jpeg_write_scanlines(&codec, &row, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    return true;
}

std::unique_ptr<Reader> new_reader(std::string_view bytes) {
    auto reader = std::make_unique<Reader>();
    set_up(reader->errors);
    reader->bytes = reinterpret_cast<const unsigned char*>(bytes.data());
    reader->size = bytes.size();
    return reader;
}

std::string damage_message(const ErrorManager& errors) {
    std::string detail = errors.message;
    if (detail.starts_with("Corrupt JPEG data: ")) detail.erase(0, 19);
    return "the JPEG data are damaged (" + detail + ")";
}

Result<std::string> read_samples(const JpegFile& file, std::string_view bytes, int colour_space) {
    const auto channels = static_cast<std::size_t>(file.components);
    if (std::string problem = size_problem(file.width, file.height, channels); !problem.empty()) {
        return Result<std::string>::failure(std::move(problem));
    }
    const std::unique_ptr<Reader> reader = new_reader(bytes);
    std::string samples(file.width * channels * file.height, '\0');
    reader->row_bytes = file.width * channels;
    reader->out = reinterpret_cast<unsigned char*>(samples.data());
    reader->colour_space = colour_space;
    if (!read_all(reader.get())) return Result<std::string>::failure(damage_message(reader->errors));
    return samples;
}

// How the components are meant: the rules of libjpeg (jdapimin.c, default_decompress_parms), on the stripped file.
J_COLOR_SPACE stored_space(const JpegFile& file) {
    if (file.components == 1) return JCS_GRAYSCALE;
    if (file.components == 4) return file.adobe_transform == 2 ? JCS_YCCK : JCS_CMYK;
    if (file.has_jfif) return JCS_YCbCr;
    if (file.adobe_transform >= 0) return file.adobe_transform == 0 ? JCS_RGB : JCS_YCbCr;
    return file.ids_are_rgb ? JCS_RGB : JCS_YCbCr;
}

// SOI, APP0 and APP14 of `made` first, then the profile, then the rest of `made`.
std::string with_profile(const std::string& made, const JpegFile& file) {
    if (file.icc.empty()) return made;
    std::size_t at = 2;
    while (at + 4 <= made.size() && byte_at(made, at) == 0xFF &&
           (byte_at(made, at + 1) == 0xE0 || byte_at(made, at + 1) == 0xEE)) {
        at += 2 + static_cast<std::size_t>(big16(made, at + 2));
    }
    constexpr std::size_t most = 65'519; // of a profile in one segment
    const std::size_t count = (file.icc.size() + most - 1) / most;
    std::string out = made.substr(0, at);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string_view chunk = std::string_view(file.icc).substr(i * most, most);
        out += "\xff\xe2";
        append_big16(out, static_cast<std::uint32_t>(chunk.size() + 16));
        out.append("ICC_PROFILE\0", 12);
        out += static_cast<char>(i + 1);
        out += static_cast<char>(count);
        out += chunk;
    }
    return out + made.substr(at);
}

TJXOP transform_of(int orientation) {
    switch (orientation) {
    case 2: return TJXOP_HFLIP;
    case 3: return TJXOP_ROT180;
    case 4: return TJXOP_VFLIP;
    case 5: return TJXOP_TRANSPOSE;
    case 6: return TJXOP_ROT90;
    case 7: return TJXOP_TRANSVERSE;
    case 8: return TJXOP_ROT270;
    default: return TJXOP_NONE;
    }
}

// Moves the blocks of coefficients; empty when partial blocks at an edge would have to move inside.
std::string turned_without_loss(const JpegFile& file, std::string_view plain, int orientation) {
    if (!file.is_plain() || !size_problem(file.width, file.height, 6).empty()) return {}; // 16 bit coefficients
    if (file.components == 4 && file.adobe_transform < 0) return {}; // the library would write Adobe's marker: inverted
    const std::unique_ptr<void, int (*)(tjhandle)> transformer(tjInitTransform(), tjDestroy);
    if (!transformer) return {};
    tjtransform transform{};
    transform.op = transform_of(orientation);
    transform.options = TJXOPT_PERFECT | TJXOPT_COPYNONE | (file.frame_marker == 0xC2 ? TJXOPT_PROGRESSIVE : 0);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    const int failed = tjTransform(transformer.get(), reinterpret_cast<const unsigned char*>(plain.data()), plain.size(), 1,
                                   &buffer, &size, &transform, TJFLAG_STOPONWARNING);
    std::string made = failed != 0 ? std::string() : std::string(reinterpret_cast<const char*>(buffer), size);
    tjFree(buffer);
    return made;
}

// The sampling factors of the first component, from the frame header.
void copy_sampling(Writer& writer, const JpegFile& file, bool swaps) {
    for (const JpegSegment& segment : file.segments) {
        if (segment.marker != file.frame_marker || file.components == 1) continue;
        const int sampling = byte_at(segment.payload, 7);
        int horizontal = sampling >> 4, vertical = sampling & 15;
        for (int i = 1; i < std::min(file.components, 3); ++i) {
            const int other = byte_at(segment.payload, static_cast<std::size_t>(7 + 3 * i));
            if (other != 0x11) horizontal = vertical = 1; // an unusual choice: keep all of the colour
        }
        if (horizontal > 2 || vertical > 2 || horizontal < 1 || vertical < 1) horizontal = vertical = 1;
        writer.horizontal_sampling = swaps ? vertical : horizontal;
        writer.vertical_sampling = swaps ? horizontal : vertical;
    }
}

std::string written(Writer& writer, bool& done) {
    set_up(writer.errors);
    done = write_all(&writer);
    const std::unique_ptr<unsigned char, void (*)(void*)> buffer(writer.buffer, std::free);
    return done ? std::string(reinterpret_cast<const char*>(buffer.get()), writer.size) : damage_message(writer.errors);
}

} // namespace

std::string jpeg_damage(std::string_view bytes) {
    const std::unique_ptr<Reader> reader = new_reader(bytes);
    std::vector<unsigned char> row(static_cast<std::size_t>(limits::picture_side / 8 + 2) * 4);
    reader->row = row.data();
    reader->scale_denominator = 8;
    return read_all(reader.get()) ? std::string() : damage_message(reader->errors);
}

Result<std::string> decode_jpeg_samples(const JpegFile& file, std::string_view bytes) {
    const int space = file.components == 1 ? JCS_GRAYSCALE : file.components == 3 ? JCS_RGB : JCS_CMYK;
    Result<std::string> read = read_samples(file, bytes, space);
    if (!read || file.components != 4 || file.adobe_transform < 0) return read;
    std::string samples = read.take();
    for (char& sample : samples) sample = static_cast<char>(~sample); // Adobe stores ink upside down
    return samples;
}

Result<std::string> turned_jpeg(const JpegFile& file, std::string_view plain, int orientation) {
    if (std::string made = turned_without_loss(file, plain, orientation); !made.empty()) return with_profile(made, file);
    const J_COLOR_SPACE space = stored_space(file);
    Result<std::string> read = read_samples(file, plain, space); // no colour is converted: only the blocks are cut anew
    if (!read) return read;
    const std::string samples = turned(read.value(), file.width, file.height, file.components, orientation);
    const bool swaps = swaps_sides(orientation);
    const auto writer = std::make_unique<Writer>();
    writer->samples = reinterpret_cast<const unsigned char*>(samples.data());
    writer->width = swaps ? file.height : file.width;
    writer->height = swaps ? file.width : file.height;
    writer->components = file.components;
    writer->colour_space = space;
    writer->jfif = space == JCS_GRAYSCALE || space == JCS_YCbCr;
    writer->adobe = space == JCS_RGB || file.adobe_transform >= 0;
    const PictureInfo info = info_of(file);
    const auto density = [](std::uint32_t pixels, Length length) {
        return static_cast<unsigned>(static_cast<double>(pixels) * 72 / length.in_pt() + 0.5);
    };
    writer->x_per_inch = density(info.width, info.natural_width);
    writer->y_per_inch = density(info.height, info.natural_height);
    if (space == JCS_YCbCr || space == JCS_YCCK) copy_sampling(*writer, file, swaps);
    bool done = false;
    std::string made = written(*writer, done);
    return done ? with_profile(made, file) : Result<std::string>::failure(std::move(made));
}

std::string write_jpeg(const RasterPicture& picture) {
    assert(picture.components == 1 || picture.components == 3);
    const auto writer = std::make_unique<Writer>();
    writer->samples = reinterpret_cast<const unsigned char*>(picture.samples.data());
    writer->width = picture.width;
    writer->height = picture.height;
    writer->components = picture.components;
    writer->colour_space = picture.components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    writer->stored_space = picture.components == 1 ? JCS_GRAYSCALE : JCS_YCbCr;
    bool done = false;
    std::string made = written(*writer, done);
    if (!done) throw std::runtime_error(made);
    return made;
}

} // namespace bifolio
