#include "picture/webp.h"

#include "picture/bytes.h"
#include "picture/metadata.h"
#include "picture/samples.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include <webp/decode.h>
#include <webp/demux.h>

namespace bifolio {
namespace {

using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

const std::uint8_t* data_of(std::string_view bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

Demuxer demux(std::string_view bytes) {
    const WebPData data{data_of(bytes), bytes.size()};
    return {WebPDemux(&data), WebPDemuxDelete};
}

std::string chunk(const WebPDemuxer* demuxer, const char* name) {
    WebPChunkIterator iterator;
    std::string data;
    if (WebPDemuxGetChunk(demuxer, name, 1, &iterator) != 0) {
        data.assign(reinterpret_cast<const char*>(iterator.chunk.bytes), iterator.chunk.size);
    }
    WebPDemuxReleaseChunkIterator(&iterator);
    return data;
}

Exif exif_of(const WebPDemuxer* demuxer) {
    const std::string data = chunk(demuxer, "EXIF");
    const std::string_view view = data; // some writers keep JPEG's prefix
    return read_exif(view.starts_with(std::string_view("Exif\0\0", 6)) ? view.substr(6) : view);
}

struct WebpFile {
    Demuxer demuxer;
    std::uint32_t width, height;
    bool has_alpha, animated;
};

std::optional<WebpFile> open(std::string_view bytes) {
    Demuxer demuxer = demux(bytes);
    if (!demuxer) return std::nullopt;
    const std::uint32_t width = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH);
    const std::uint32_t height = WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT);
    const std::uint32_t flags = WebPDemuxGetI(demuxer.get(), WEBP_FF_FORMAT_FLAGS);
    bool has_alpha = (flags & ALPHA_FLAG) != 0;
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(data_of(bytes), bytes.size(), &features) == VP8_STATUS_OK)
        has_alpha = has_alpha || features.has_alpha != 0;
    return WebpFile{std::move(demuxer), width, height, has_alpha, (flags & ANIMATION_FLAG) != 0};
}

constexpr std::string_view damaged = "the WebP data are damaged or end too early";

// RGBA of the first frame, laid on a transparent canvas; empty when the data are damaged.
std::vector<std::uint8_t> decode_canvas(const WebpFile& file) {
    WebPIterator frame;
    if (WebPDemuxGetFrame(file.demuxer.get(), 1, &frame) == 0) return {};
    const std::unique_ptr<WebPIterator, decltype(&WebPDemuxReleaseIterator)> release(&frame, WebPDemuxReleaseIterator);
    if (frame.complete == 0 || frame.x_offset < 0 || frame.y_offset < 0 || frame.width <= 0 || frame.height <= 0) return {};
    const auto x = static_cast<std::uint32_t>(frame.x_offset), y = static_cast<std::uint32_t>(frame.y_offset);
    const auto width = static_cast<std::uint32_t>(frame.width), height = static_cast<std::uint32_t>(frame.height);
    if (x + width > file.width || y + height > file.height) return {};
    std::vector<std::uint8_t> canvas(static_cast<std::size_t>(file.width) * file.height * 4);
    const std::size_t stride = static_cast<std::size_t>(file.width) * 4;
    std::uint8_t* corner = canvas.data() + y * stride + static_cast<std::size_t>(x) * 4;
    const std::size_t room = canvas.size() - static_cast<std::size_t>(corner - canvas.data());
    if (WebPDecodeRGBAInto(frame.fragment.bytes, frame.fragment.size, corner, room, static_cast<int>(stride)) == nullptr)
        return {};
    return canvas;
}

} // namespace

namespace {

ProfileState profile_of(const WebpFile& file) {
    const std::string profile(chunk(file.demuxer.get(), "ICCP"));
    return profile.empty() ? ProfileState::none : profile_state(profile, 3);
}

} // namespace

Result<PictureInfo> probe_webp(std::string_view bytes) {
    const std::optional<WebpFile> file = open(bytes);
    if (!file) return Result<PictureInfo>::failure(std::string(damaged));
    if (std::string problem = size_problem(file->width, file->height, 1); !problem.empty()) {
        return Result<PictureInfo>::failure(std::move(problem));
    }
    const Exif exif = exif_of(file->demuxer.get());
    PictureInfo info;
    info.kind = PictureKind::webp;
    info.orientation = exif.orientation;
    info.has_alpha = file->has_alpha;
    info.animated = file->animated;
    info.profile = profile_of(*file);
    info.has_icc = info.profile == ProfileState::fits;
    info.has_metadata = !chunk(file->demuxer.get(), "EXIF").empty() || !chunk(file->demuxer.get(), "XMP ").empty();
    const NaturalSize size = natural_size(file->width, file->height, exif.x_per_inch, exif.y_per_inch);
    const bool swaps = swaps_sides(info.orientation);
    info.width = swaps ? file->height : file->width;
    info.height = swaps ? file->width : file->height;
    info.natural_width = swaps ? size.height : size.width;
    info.natural_height = swaps ? size.width : size.height;
    return info;
}

Result<RasterPicture> decode_webp(std::string_view bytes) {
    using Failure = Result<RasterPicture>;
    const std::optional<WebpFile> file = open(bytes);
    if (!file) return Failure::failure(std::string(damaged));
    // RGBA and its parts are held at once.
    if (std::string problem = size_problem(file->width, file->height, 8); !problem.empty())
        return Failure::failure(std::move(problem));
    const std::vector<std::uint8_t> canvas = decode_canvas(*file);
    if (canvas.empty()) return Failure::failure(std::string(damaged));
    RasterPicture picture;
    picture.width = file->width;
    picture.height = file->height;
    picture.samples.reserve(canvas.size() / 4 * 3);
    picture.alpha.reserve(canvas.size() / 4);
    for (std::size_t i = 0; i < canvas.size(); i += 4) {
        picture.samples.append(reinterpret_cast<const char*>(canvas.data() + i), 3);
        picture.alpha += static_cast<char>(canvas[i + 3]);
    }
    if (profile_of(*file) == ProfileState::fits) picture.icc = chunk(file->demuxer.get(), "ICCP");
    simplify(picture);
    make_upright(picture, exif_of(file->demuxer.get()).orientation);
    return picture;
}

Result<std::string> strip_webp_metadata(std::string_view bytes) {
    static constexpr std::array kept = std::to_array<std::string_view>({"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"});
    const std::optional<WebpFile> file = open(bytes);
    if (!file) return Result<std::string>::failure(std::string(damaged));
    const bool keeps_profile = profile_of(*file) == ProfileState::fits;
    std::string body = "WEBP";
    const std::size_t end = std::min<std::size_t>(bytes.size(), static_cast<std::size_t>(little32(bytes, 4)) + 8);
    for (std::size_t at = 12; end - at >= 8;) {
        const std::size_t size = little32(bytes, at + 4);
        if (size > end - at - 8) break;
        const std::size_t next = std::min(at + 8 + size + (size & 1), end);
        const std::string_view name = bytes.substr(at, 4);
        if (std::ranges::find(kept, name) != kept.end() && (name != "ICCP" || keeps_profile)) {
            const std::size_t begin = body.size();
            body += bytes.substr(at, next - at);
            constexpr int profile_flag = 0x20, exif_flag = 0x08, xmp_flag = 0x04;
            const int dropped = exif_flag | xmp_flag | (keeps_profile ? 0 : profile_flag);
            if (name == "VP8X" && size >= 1) body[begin + 8] = static_cast<char>(body[begin + 8] & ~dropped);
        }
        at = next;
    }
    if (body.size() % 2 != 0) body += '\0';
    std::string out = "RIFF";
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(body.size() >> shift & 0xff);
    return out + body;
}

} // namespace bifolio
