#include "verify/jpeg_2000.h"

#include <algorithm>

namespace bifolio {

namespace {

std::uint64_t number_at(std::string_view data, std::size_t at, std::size_t size) {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < size && at + i < data.size(); ++i) out = out << 8 | static_cast<unsigned char>(data[at + i]);
    return out;
}

// Calls see(type, content) for each box.
template <class See>
void each_box(std::string_view data, const See& see) {
    for (std::size_t at = 0; at + 8 <= data.size();) {
        std::uint64_t size = number_at(data, at, 4);
        std::size_t head = 8;
        if (size == 1 && at + 16 <= data.size()) {
            size = number_at(data, at + 8, 8);
            head = 16;
        } else if (size == 0)
            size = data.size() - at;
        if (size < head) return;
        const std::size_t end = size > data.size() - at ? data.size() : at + static_cast<std::size_t>(size);
        see(data.substr(at + 4, 4), data.substr(at + head, end - at - head));
        at = end;
    }
}

// The components' depths as the codestream's SIZ segment has them. ISO 15444-1, A.5.1.
void read_codestream(std::string_view data, Jpeg2000Header& out) {
    if (data.size() < 42 || number_at(data, 0, 4) != 0xFF4F'FF51) return;
    const auto components = static_cast<std::size_t>(number_at(data, 40, 2));
    if (out.channels == 0) out.channels = static_cast<int>(components);
    for (std::size_t i = 0; i < components && 42 + i * 3 < data.size(); ++i) {
        const int depth = static_cast<int>(number_at(data, 42 + i * 3, 1) & 0x7F) + 1;
        if (i > 0 && depth != out.bit_depth) out.depths_agree = false;
        if (i == 0) out.bit_depth = depth;
    }
    out.readable = true;
}

void read_header_box(std::string_view box, Jpeg2000Header& out) {
    int opacity = 0;
    each_box(box, [&](std::string_view type, std::string_view content) {
        if (type == "ihdr" && content.size() >= 11) {
            out.channels = static_cast<int>(number_at(content, 8, 2));
            if (number_at(content, 10, 1) == 255) out.depths_agree = false; // they are in a box of their own: I.5.3.1
            out.readable = true;
        } else if (type == "colr" && content.size() >= 3) {
            Jpeg2000Header::ColourSpecification one{static_cast<int>(number_at(content, 0, 1)),
                                                    static_cast<int>(number_at(content, 2, 1)), -1};
            if (one.method == 1 && content.size() >= 7) one.enumerated = static_cast<std::int64_t>(number_at(content, 3, 4));
            out.colours.push_back(one);
        } else if (type == "pclr" && content.size() >= 3) {
            out.channels = static_cast<int>(number_at(content, 2, 1)); // the palette's columns are what is shown
        } else if (type == "cdef") {
            const std::uint64_t count = number_at(content, 0, 2);
            for (std::uint64_t i = 0; i < count && 2 + i * 6 + 6 <= content.size(); ++i)
                if (const std::uint64_t kind = number_at(content, 2 + static_cast<std::size_t>(i) * 6 + 2, 2);
                    kind == 1 || kind == 2)
                    ++opacity;
        }
    });
    out.channels = std::max(0, out.channels - opacity);
}

} // namespace

Jpeg2000Header read_jpeg_2000_header(std::string_view data) {
    Jpeg2000Header out;
    if (number_at(data, 0, 4) == 0xFF4F'FF51) {
        read_codestream(data, out);
        return out;
    }
    each_box(data, [&](std::string_view type, std::string_view content) {
        if (type == "jp2h") read_header_box(content, out);
        if (type == "jp2c") read_codestream(content, out);
    });
    return out;
}

} // namespace bifolio
