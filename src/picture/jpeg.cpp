#include "picture/jpeg.h"

#include "io/limits.h"
#include "picture/bytes.h"
#include "picture/jpeg_codec.h"
#include "picture/samples.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace bifolio {
namespace {

constexpr std::uint8_t marker_soi = 0xD8, marker_eoi = 0xD9, marker_sos = 0xDA, marker_dht = 0xC4, marker_jpg = 0xC8,
                       marker_dac = 0xCC, marker_app0 = 0xE0, marker_app1 = 0xE1, marker_app2 = 0xE2, marker_app14 = 0xEE,
                       marker_app15 = 0xEF, marker_jpg0 = 0xF0, marker_com = 0xFE;
constexpr std::string_view icc_name("ICC_PROFILE\0", 12), exif_name("Exif\0\0", 6), jfif_name("JFIF\0", 5),
    adobe_name("Adobe", 5);
constexpr std::size_t most_scans = 1000; // a progressive picture has about ten; each costs a walk over all coefficients

bool is_frame(std::uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != marker_dht && marker != marker_jpg && marker != marker_dac;
}
bool is_restart(std::uint8_t marker) { return marker >= 0xD0 && marker <= 0xD7; }

// Where the entropy-coded data that begin at `at` end: at the next marker that is neither a restart nor a stuffed byte.
std::size_t entropy_end(std::string_view bytes, std::size_t at) {
    for (;;) {
        at = bytes.find('\xff', at);
        if (at == std::string_view::npos || at + 1 >= bytes.size()) return bytes.size();
        const std::uint8_t next = byte_at(bytes, at + 1);
        if (next == 0xFF) {
            ++at; // a fill byte
        } else if (next == 0 || is_restart(next)) {
            at += 2;
        } else {
            return at;
        }
    }
}

std::string read_frame(JpegFile& file, const JpegSegment& segment) {
    if (file.frame_marker != 0) return "the JPEG data hold more than one frame";
    const std::string_view payload = segment.payload;
    if (payload.size() < 6) return "the JPEG frame header is damaged";
    file.frame_marker = segment.marker;
    file.bits = byte_at(payload, 0);
    file.height = big16(payload, 1);
    file.width = big16(payload, 3);
    file.components = byte_at(payload, 5);
    if (payload.size() < 6u + 3u * static_cast<unsigned>(file.components)) return "the JPEG frame header is damaged";
    if (file.components == 3) file.ids_are_rgb = payload[6] == 'R' && payload[9] == 'G' && payload[12] == 'B';
    return size_problem(file.width, file.height, 1);
}

void read_jfif(JpegFile& file, std::string_view payload) {
    if (file.has_jfif || payload.size() < 14) return;
    file.has_jfif = true;
    const int unit = byte_at(payload, 7);
    if (unit != 1 && unit != 2) return; // an aspect ratio only
    const double per_inch = unit == 1 ? 1 : 2.54;
    file.x_per_inch = big16(payload, 8) * per_inch;
    file.y_per_inch = big16(payload, 10) * per_inch;
}

// The chunks of a profile, by their numbers; a profile that is not whole is none.
class IccChunks {
public:
    void add(std::string_view payload) {
        if (payload.size() < icc_name.size() + 2) return;
        count_ = byte_at(payload, icc_name.size() + 1);
        chunks_.emplace(byte_at(payload, icc_name.size()), payload.substr(icc_name.size() + 2));
    }
    void join(JpegFile& file) const {
        if (chunks_.empty()) return;
        const bool all = chunks_.size() == static_cast<std::size_t>(count_) && chunks_.begin()->first == 1 &&
                         chunks_.rbegin()->first == count_;
        std::string profile;
        for (const auto& [number, chunk] : chunks_) profile += chunk;
        file.profile = all ? profile_state(profile, file.components) : ProfileState::damaged;
        if (file.profile == ProfileState::fits) file.icc = std::move(profile);
    }

private:
    int count_ = 0;
    std::map<int, std::string_view> chunks_;
};

bool is_icc(const JpegSegment& segment) { return segment.marker == marker_app2 && segment.payload.starts_with(icc_name); }
bool is_jfif(const JpegSegment& segment) { return segment.marker == marker_app0 && segment.payload.starts_with(jfif_name); }
bool is_adobe(const JpegSegment& segment) {
    return segment.marker == marker_app14 && segment.payload.starts_with(adobe_name) && segment.payload.size() >= 12;
}
bool is_application_data(std::uint8_t marker) { return marker >= marker_app0 && marker <= marker_app15; }
// Thumbnails in APP0 and reserved extensions count as metadata, too.
bool is_shown(const JpegSegment& segment) {
    if (is_application_data(segment.marker)) return is_icc(segment) || is_jfif(segment) || is_adobe(segment);
    return segment.marker != marker_com && segment.marker < marker_jpg0 && segment.marker != marker_jpg;
}

void read_application_data(JpegFile& file, const JpegSegment& segment, IccChunks& icc, bool& has_exif) {
    const std::string_view payload = segment.payload;
    if (is_jfif(segment)) {
        read_jfif(file, payload);
    } else if (segment.marker == marker_app1 && payload.starts_with(exif_name) && !has_exif) {
        has_exif = true;
        file.exif = read_exif(payload.substr(exif_name.size()));
    } else if (is_icc(segment)) {
        icc.add(payload);
    } else if (is_adobe(segment) && byte_at(payload, 11) <= 2) {
        file.adobe_transform = byte_at(payload, 11);
    }
    if (!is_shown(segment)) file.has_metadata = true;
}

struct SegmentStart {
    std::uint8_t marker = 0;
    std::size_t begin = 0, length_at = 0;
};
// The next marker at or behind `at`; fill bytes and stray data before it are passed over, as every decoder does.
bool find_marker(std::string_view bytes, std::size_t at, SegmentStart& start) {
    for (;;) {
        at = bytes.find('\xff', at);
        if (at == std::string_view::npos) return false;
        std::size_t code = at + 1;
        while (code < bytes.size() && bytes[code] == '\xff') ++code;
        if (code >= bytes.size()) return false;
        if (bytes[code] != 0) {
            start = {byte_at(bytes, code), code - 1, code + 1};
            return true;
        }
        at = code + 1;
    }
}

std::string parse_segments(JpegFile& file, std::string_view bytes) {
    IccChunks icc;
    bool has_exif = false;
    std::size_t scans = 0;
    SegmentStart start;
    for (std::size_t at = 2; find_marker(bytes, at, start);) {
        if (start.marker == marker_eoi) {
            file.has_end = true;
            if (bytes.size() - start.length_at > 0) file.has_metadata = true; // previews and the like behind the end
            break;
        }
        if (start.marker == marker_soi || start.marker == 0x01 || is_restart(start.marker)) { // markers that stand alone
            at = start.length_at;
            continue;
        }
        if (start.length_at + 2 > bytes.size()) break;
        const std::size_t length = big16(bytes, start.length_at);
        if (length < 2) return "a JPEG segment has a wrong length";
        if (length > bytes.size() - start.length_at) break;
        JpegSegment segment{start.marker, start.begin, start.length_at + length, bytes.substr(start.length_at + 2, length - 2)};
        if (segment.marker == marker_sos) {
            if (file.frame_marker == 0) return "the JPEG data have no frame header";
            if (++scans > most_scans) return "the JPEG data have more than " + std::to_string(most_scans) + " scans";
            segment.end = entropy_end(bytes, segment.end);
        } else if (is_frame(segment.marker)) {
            if (std::string problem = read_frame(file, segment); !problem.empty()) return problem;
        } else if (is_application_data(segment.marker)) {
            read_application_data(file, segment, icc, has_exif);
        } else if (segment.marker == marker_com) {
            file.has_metadata = true;
        }
        file.segments.push_back(segment);
        at = segment.end;
    }
    if (file.frame_marker == 0) return "the JPEG data end before the picture begins";
    if (scans == 0) return "the JPEG data end before the picture begins";
    icc.join(file);
    return {};
}

// An EXIF block with one entry: Orientation.
std::string orientation_segment(int orientation) {
    std::string segment("\xff\xe1\0\x22"
                        "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
                        29);
    segment += static_cast<char>(orientation);
    segment.append(6, '\0'); // rest of the value, no next directory
    return segment;
}

} // namespace

Result<JpegFile> parse_jpeg(std::string_view bytes) {
    JpegFile file;
    if (!bytes.starts_with("\xff\xd8")) return Result<JpegFile>::failure("this is no JPEG");
    if (std::string problem = parse_segments(file, bytes); !problem.empty()) return Result<JpegFile>::failure(std::move(problem));
    const int n = file.components;
    if (n != 1 && n != 3 && n != 4) {
        return Result<JpegFile>::failure("a JPEG of " + std::to_string(n) + " components cannot be shown");
    }
    return file;
}

PictureInfo info_of(const JpegFile& file) {
    PictureInfo info;
    info.kind = PictureKind::jpeg;
    info.orientation = file.exif.orientation;
    info.components = file.components;
    info.bits = file.bits;
    info.profile = file.profile;
    info.has_icc = !file.icc.empty();
    info.has_metadata = file.has_metadata;
    // JFIF's density goes before EXIF's where both mean something.
    const bool by_jfif = file.x_per_inch > 96;
    const NaturalSize size = natural_size(file.width, file.height, by_jfif ? file.x_per_inch : file.exif.x_per_inch,
                                          by_jfif ? file.y_per_inch : file.exif.y_per_inch);
    const bool swaps = swaps_sides(info.orientation);
    info.width = swaps ? file.height : file.width;
    info.height = swaps ? file.width : file.height;
    info.natural_width = swaps ? size.height : size.width;
    info.natural_height = swaps ? size.width : size.height;
    return info;
}

std::string without_metadata(const JpegFile& file, std::string_view bytes, StoredOrientation orientation) {
    std::string out("\xff\xd8");
    const bool keeps_orientation = orientation == StoredOrientation::keep && file.exif.orientation != 1;
    bool wrote_jfif = false;
    if (keeps_orientation && !file.has_jfif) out += orientation_segment(file.exif.orientation);
    for (const JpegSegment& segment : file.segments) {
        if (!is_shown(segment)) continue;
        if (is_jfif(segment)) {
            if (wrote_jfif || segment.payload.size() < 14) continue;
            wrote_jfif = true;
            out.append("\xff\xe0\0\x10", 4);
            out += segment.payload.substr(0, 12); // to the densities
            out.append(2, '\0');                  // no thumbnail
            if (keeps_orientation) out += orientation_segment(file.exif.orientation);
            continue;
        }
        // JFIF says that three components are YCbCr, whatever APP14 says; decoders of PDF look at APP14 only.
        if (is_adobe(segment) && file.has_jfif && file.components == 3 && file.adobe_transform != 1) continue;
        if (is_icc(segment) && file.icc.empty()) continue; // it does not fit
        out += bytes.substr(segment.begin, segment.end - segment.begin);
    }
    out += "\xff\xd9";
    return out;
}

Result<RasterPicture> decode_jpeg(std::string_view bytes, bool pixels) {
    const Result<JpegFile> parsed = parse_jpeg(bytes);
    if (!parsed) return Result<RasterPicture>::failure(parsed.error());
    const JpegFile& file = parsed.value();
    RasterPicture picture;
    picture.width = file.width;
    picture.height = file.height;
    picture.components = file.components;
    picture.orientation = file.exif.orientation;
    picture.icc = file.icc;
    if (pixels)
        if (std::string problem = jpeg_damage(bytes); !problem.empty()) return Result<RasterPicture>::failure(std::move(problem));
    if (pixels || !file.is_plain()) {
        Result<std::string> samples = decode_jpeg_samples(file, bytes);
        if (!samples) return Result<RasterPicture>::failure(samples.error());
        picture.samples = samples.take();
        make_upright(picture, picture.orientation);
        picture.orientation = 1;
        return picture;
    }
    if (std::string problem = jpeg_damage(bytes); !problem.empty()) return Result<RasterPicture>::failure(std::move(problem));
    picture.jpeg = without_metadata(file, bytes, StoredOrientation::drop);
    picture.inverted = file.components == 4 && file.adobe_transform >= 0;
    if (file.components == 3 && !file.has_jfif && file.adobe_transform < 0 && file.ids_are_rgb) picture.colour_transform = 0;
    return picture;
}

Result<std::string> strip_jpeg_metadata(std::string_view bytes, StoredOrientation orientation) {
    const Result<JpegFile> file = parse_jpeg(bytes);
    if (!file) return Result<std::string>::failure(file.error());
    return without_metadata(file.value(), bytes, orientation);
}

Result<std::string> upright_jpeg(std::string_view bytes) {
    const Result<JpegFile> parsed = parse_jpeg(bytes);
    if (!parsed) return Result<std::string>::failure(parsed.error());
    const std::string plain = without_metadata(parsed.value(), bytes, StoredOrientation::drop);
    const int orientation = parsed.value().exif.orientation;
    return orientation == 1 && parsed.value().is_plain() ? Result<std::string>(plain)
                                                         : turned_jpeg(parsed.value(), plain, orientation);
}

} // namespace bifolio
