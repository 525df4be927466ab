// jpeg_2000.h: what the boxes of a JPEG 2000 picture say of its channels and colours. ISO 15444-1, annex I; ISO 15444-2, annex M.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bifolio {

struct Jpeg2000Header {
    struct ColourSpecification {
        int method = 0, approximation = 0;
        std::int64_t enumerated = -1; // method 1
    };
    bool readable = false;
    int channels = 0;  // components of the codestream, less those that a channel definition calls opacity
    int bit_depth = 0; // 0: not the same for all
    bool depths_agree = true;
    std::vector<ColourSpecification> colours;
};

Jpeg2000Header read_jpeg_2000_header(std::string_view data);

} // namespace bifolio
