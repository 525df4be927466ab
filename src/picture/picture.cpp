#include "picture/picture.h"

#include "io/limits.h"
#include "picture/jpeg.h"
#include "picture/png.h"
#include "picture/publishable_svg.h"
#include "picture/svg.h"
#include "picture/webp.h"

#include <array>
#include <cassert>
#include <cmath>
#include <optional>

namespace bifolio {
namespace {

// An SVG file has no signature: it is text whose first tag, behind comments and the like, is (a prefix and) “svg”. Cheap: the
// first 64 KiB are looked at.
bool looks_like_svg(std::string_view bytes) {
    constexpr std::size_t most = 64u << 10;
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return true; // UTF-16: XML at least
    std::string_view text = bytes.substr(0, most);
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    for (;;) {
        const std::size_t at = text.find_first_not_of(" \t\r\n");
        if (at == std::string_view::npos || text[at] != '<') return false;
        text.remove_prefix(at);
        std::size_t end = 0;
        if (text.starts_with("<!--")) {
            end = text.find("-->", 4);
            if (end != std::string_view::npos) end += 3;
        } else if (text.starts_with("<?")) {
            end = text.find("?>", 2);
            if (end != std::string_view::npos) end += 2;
        } else if (text.starts_with("<!")) {
            end = text.find_first_of("[>", 2);
            if (end != std::string_view::npos && text[end] == '[') {
                end = text.find(']', end);
                if (end != std::string_view::npos) end = text.find('>', end);
            }
            if (end != std::string_view::npos) ++end;
        } else {
            const std::string_view name = text.substr(1, text.find_first_of(" \t\r\n/>", 1) - 1);
            return name == "svg" || name.ends_with(":svg");
        }
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end);
    }
}

std::optional<PictureKind> kind_of(std::string_view bytes) {
    if (bytes.starts_with("\xff\xd8\xff")) return PictureKind::jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return PictureKind::png;
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return PictureKind::webp;
    if (looks_like_svg(bytes)) return PictureKind::svg;
    return std::nullopt;
}

std::string unknown_kind(std::string_view bytes) {
    if (bytes.empty()) return "the file is empty";
    if (bytes.starts_with("GIF8")) return "this is a GIF; JPEG, PNG, WebP and SVG are read";
    if (bytes.starts_with("II*") || bytes.starts_with("MM")) return "this is a TIFF; JPEG, PNG, WebP and SVG are read";
    if (bytes.starts_with("BM")) return "this is a BMP; JPEG, PNG, WebP and SVG are read";
    if (bytes.starts_with("%PDF-")) return "this is a PDF; JPEG, PNG, WebP and SVG are read";
    if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp")
        return "this is a HEIF, AVIF or video file; JPEG, PNG, WebP and SVG are read";
    return "this is no JPEG, PNG, WebP or SVG";
}

Result<PictureInfo> probe_svg(std::string_view bytes) {
    const Result<SvgSize> size = svg_size(bytes);
    if (!size) return Result<PictureInfo>::failure(size.error());
    PictureInfo info;
    info.kind = PictureKind::svg;
    info.width = static_cast<std::uint32_t>(std::ceil(size.value().width));
    info.height = static_cast<std::uint32_t>(std::ceil(size.value().height));
    info.natural_width = Length::px(size.value().width);
    info.natural_height = Length::px(size.value().height);
    info.has_alpha = true;
    return info;
}

std::string too_large(std::string_view bytes) {
    return bytes.size() > limits::picture_file_bytes ? "the file is too large" : std::string();
}

} // namespace

std::string_view media_type(PictureKind kind) {
    switch (kind) {
    case PictureKind::jpeg: return "image/jpeg";
    case PictureKind::png: return "image/png";
    case PictureKind::webp: return "image/webp";
    case PictureKind::svg: return "image/svg+xml";
    }
    assert(false);
    return {};
}

std::string_view file_extension(PictureKind kind) {
    switch (kind) {
    case PictureKind::jpeg: return "jpg";
    case PictureKind::png: return "png";
    case PictureKind::webp: return "webp";
    case PictureKind::svg: return "svg";
    }
    assert(false);
    return {};
}

Result<PictureInfo> probe_picture(std::string_view bytes) {
    using Failure = Result<PictureInfo>;
    if (std::string problem = too_large(bytes); !problem.empty()) return Failure::failure(std::move(problem));
    const std::optional<PictureKind> kind = kind_of(bytes);
    if (!kind) return Failure::failure(unknown_kind(bytes));
    switch (*kind) {
    case PictureKind::jpeg: {
        const Result<JpegFile> file = parse_jpeg(bytes);
        return file ? Result<PictureInfo>(info_of(file.value())) : Failure::failure(file.error());
    }
    case PictureKind::png: {
        const Result<PngFile> file = parse_png(bytes);
        return file ? Result<PictureInfo>(info_of(file.value())) : Failure::failure(file.error());
    }
    case PictureKind::webp: return probe_webp(bytes);
    case PictureKind::svg: return probe_svg(bytes);
    }
    assert(false);
    return Failure::failure({});
}

namespace {

Result<RasterPicture> decode(std::string_view bytes, bool pixels) {
    using Failure = Result<RasterPicture>;
    if (std::string problem = too_large(bytes); !problem.empty()) return Failure::failure(std::move(problem));
    const std::optional<PictureKind> kind = kind_of(bytes);
    if (!kind) return Failure::failure(unknown_kind(bytes));
    switch (*kind) {
    case PictureKind::jpeg: return decode_jpeg(bytes, pixels);
    case PictureKind::png: return decode_png(bytes);
    case PictureKind::webp: return decode_webp(bytes);
    case PictureKind::svg: return Failure::failure("an SVG has no pixels");
    }
    assert(false);
    return Failure::failure({});
}

} // namespace

Result<RasterPicture> decode_raster(std::string_view bytes) { return decode(bytes, false); }
Result<RasterPicture> decode_pixels(std::string_view bytes) { return decode(bytes, true); }

OrientationMatrix orientation_matrix(int orientation) {
    switch (orientation) {
    case 2: return {-1, 0, 0, 1, 1, 0};
    case 3: return {-1, 0, 0, -1, 1, 1};
    case 4: return {1, 0, 0, -1, 0, 1};
    case 5: return {0, -1, -1, 0, 1, 1};
    case 6: return {0, -1, 1, 0, 0, 1};
    case 7: return {0, 1, 1, 0, 0, 0};
    case 8: return {0, 1, -1, 0, 1, 0};
    default: return {1, 0, 0, 1, 0, 0};
    }
}

Result<std::string> publishable_picture(std::string_view bytes) {
    using Failure = Result<std::string>;
    const Result<PictureInfo> info = probe_picture(bytes);
    if (!info) return Failure::failure(info.error());
    if (info.value().kind == PictureKind::svg) return publishable_svg(bytes);
    const Result<RasterPicture> picture = decode_raster(bytes); // what is damaged is not published
    if (!picture) return Failure::failure(picture.error());
    if (info.value().kind == PictureKind::jpeg) return upright_jpeg(bytes);
    if (info.value().orientation != 1) return write_png(picture.value());
    if (info.value().kind == PictureKind::webp) return strip_webp_metadata(bytes);
    const Result<PngFile> file = parse_png(bytes);
    return file ? Result<std::string>(without_metadata(file.value())) : Failure::failure(file.error());
}

} // namespace bifolio
