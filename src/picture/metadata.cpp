#include "picture/metadata.h"

#include "picture/bytes.h"

#include <cmath>

namespace bifolio {
namespace {

class TiffReader {
public:
    explicit TiffReader(std::string_view tiff) : tiff_(tiff), little_(tiff.starts_with("II")) {}

    bool has(std::uint64_t at, std::uint64_t count) const { return at <= tiff_.size() && count <= tiff_.size() - at; }
    std::uint32_t u16(std::size_t at) const { return little_ ? little16(tiff_, at) : big16(tiff_, at); }
    std::uint32_t u32(std::size_t at) const { return little_ ? little32(tiff_, at) : big32(tiff_, at); }

    // The value of a RATIONAL entry, 0 when it is not sound.
    double rational(std::size_t entry) const {
        constexpr std::uint32_t type_rational = 5;
        const std::uint64_t at = u32(entry + 8);
        if (u16(entry + 2) != type_rational || !has(at, 8)) return 0;
        const double denominator = u32(static_cast<std::size_t>(at) + 4);
        return denominator > 0 ? u32(static_cast<std::size_t>(at)) / denominator : 0;
    }

private:
    std::string_view tiff_;
    bool little_;
};

} // namespace

Exif read_exif(std::string_view tiff) {
    Exif exif;
    if (tiff.size() < 8 || (!tiff.starts_with("II") && !tiff.starts_with("MM"))) return exif;
    const TiffReader reader(tiff);
    const std::size_t directory = reader.u32(4);
    if (!reader.has(directory, 2)) return exif;
    const std::size_t count = reader.u16(directory);
    double per_inch = 1; // EXIF's default unit is the inch
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        if (!reader.has(entry, 12)) break;
        switch (reader.u16(entry)) {
        case 0x0112: { // Orientation
            const std::uint32_t value = reader.u16(entry + 8);
            if (value >= 1 && value <= 8) exif.orientation = static_cast<int>(value);
            break;
        }
        case 0x011A: exif.x_per_inch = reader.rational(entry); break;
        case 0x011B: exif.y_per_inch = reader.rational(entry); break;
        case 0x0128: per_inch = reader.u16(entry + 8) == 3 ? 2.54 : reader.u16(entry + 8) == 2 ? 1 : 0; break; // ResolutionUnit
        default: break;
        }
    }
    exif.x_per_inch *= per_inch;
    exif.y_per_inch *= per_inch;
    return exif;
}

ProfileState profile_state(std::string_view profile, int components) {
    constexpr std::size_t header_size = 128, tag_count_size = 4, tag_size = 12;
    if (profile.size() < header_size + tag_count_size || profile.substr(36, 4) != "acsp" || big32(profile, 0) != profile.size())
        return ProfileState::damaged;
    const std::size_t tags = big32(profile, header_size), table = header_size + tag_count_size;
    if (tags > (profile.size() - table) / tag_size) return ProfileState::damaged;
    for (std::size_t i = 0; i < tags; ++i) {
        const std::size_t offset = big32(profile, table + i * tag_size + 4), size = big32(profile, table + i * tag_size + 8);
        if (offset > profile.size() || size > profile.size() - offset) return ProfileState::damaged;
    }
    const std::string_view kind = profile.substr(12, 4), space = profile.substr(16, 4);
    constexpr int last_version = 4; // PDF 1.7 and PDF/A-2 know none later
    if ((kind != "scnr" && kind != "mntr" && kind != "prtr" && kind != "spac") ||
        static_cast<unsigned char>(profile[8]) > last_version)
        return ProfileState::wrong_kind;
    return space == (components == 1   ? "GRAY"
                     : components == 3 ? "RGB "
                                       : "CMYK")
               ? ProfileState::fits
               : ProfileState::wrong_colours;
}

std::string_view profile_problem(ProfileState state) {
    switch (state) {
    case ProfileState::none:
    case ProfileState::fits: break;
    case ProfileState::damaged: return "is damaged";
    case ProfileState::wrong_kind: return "is not of a kind that pictures have";
    case ProfileState::wrong_colours: return "is for other colours than the picture's";
    }
    return {};
}

NaturalSize natural_size(std::uint32_t width, std::uint32_t height, double x_per_inch, double y_per_inch) {
    const auto plausible = [](double density) { return density > 96 && density <= 4800; };
    const bool use =
        plausible(x_per_inch) && plausible(y_per_inch) && x_per_inch <= 2 * y_per_inch && y_per_inch <= 2 * x_per_inch;
    return {Length::pt(width * 72.0 / (use ? x_per_inch : 96)), Length::pt(height * 72.0 / (use ? y_per_inch : 96))};
}

} // namespace bifolio
