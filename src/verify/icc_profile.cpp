#include "verify/icc_profile.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr std::size_t header_size = 128;

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
    return std::ranges::find(words, word) != words.end();
}

} // namespace

IccHeader read_icc_header(std::string_view profile) {
    IccHeader out;
    if (profile.size() < header_size) return out;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(profile[at]); };
    const std::uint64_t size = static_cast<std::uint64_t>(byte(0)) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
    out.whole = profile.substr(36, 4) == "acsp" && size >= header_size && size <= profile.size();
    out.version = byte(8);
    out.profile_class = profile.substr(12, 4);
    out.colour_space = profile.substr(16, 4);
    return out;
}

IccHeader icc_header_of(const PdfObject& stream) {
    return stream.is_stream() ? read_icc_header(stream.file()->decoded(stream).bytes) : IccHeader();
}

int IccHeader::components() const {
    if (colour_space == "GRAY") return 1;
    if (colour_space == "RGB " || colour_space == "Lab ") return 3;
    return colour_space == "CMYK" ? 4 : 0;
}

bool IccHeader::may_be_output() const {
    return whole && version < 5 && is_one_of(profile_class, std::array<std::string_view, 2>{"prtr", "mntr"}) &&
           is_one_of(colour_space, std::array<std::string_view, 3>{"GRAY", "RGB ", "CMYK"});
}

bool IccHeader::may_be_input() const {
    return whole && version < 5 && is_one_of(profile_class, std::array<std::string_view, 4>{"prtr", "mntr", "scnr", "spac"}) &&
           components() != 0;
}

} // namespace bifolio
