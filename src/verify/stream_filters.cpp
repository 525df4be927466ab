#include "verify/stream_filters.h"

#include "io/deflate.h"
#include "io/files.h"
#include "io/limits.h"

#include <cstdlib>

namespace bifolio {

namespace {

std::int64_t integer_of(const PdfDictionary& dictionary, std::string_view key, std::int64_t fallback) {
    const PdfValue* value = find(dictionary, key);
    const std::int64_t* integer = value ? value->as<std::int64_t>() : nullptr;
    return integer ? *integer : value ? -1 : fallback; // -1: there, but not usable here
}

unsigned char paeth(int left, int above, int above_left) { // PNG, 9.4
    const int estimate = left + above - above_left;
    const int to_left = std::abs(estimate - left), to_above = std::abs(estimate - above),
              to_corner = std::abs(estimate - above_left);
    if (to_left <= to_above && to_left <= to_corner) return static_cast<unsigned char>(left);
    return static_cast<unsigned char>(to_above <= to_corner ? above : above_left);
}

std::optional<std::string> without_png_predictor(const std::string& data, std::size_t row, std::size_t pixel) {
    std::string out;
    out.reserve(data.size());
    for (std::size_t at = 0; at < data.size(); at += row + 1) {
        const std::size_t size = std::min(row, data.size() - at - 1), before = out.size();
        const auto kind = static_cast<unsigned char>(data[at]);
        if (kind > 4) return std::nullopt;
        for (std::size_t i = 0; i < size; ++i) {
            const auto old = [&](std::size_t place) { return static_cast<unsigned char>(out[place]); };
            const int left = i >= pixel ? old(before + i - pixel) : 0, above = before >= row ? old(before + i - row) : 0;
            const int corner = i >= pixel && before >= row ? old(before + i - row - pixel) : 0;
            const int base = kind == 1   ? left
                             : kind == 2 ? above
                             : kind == 3 ? (left + above) / 2
                             : kind == 4 ? paeth(left, above, corner)
                                         : 0;
            out += static_cast<char>(static_cast<unsigned char>(data[at + 1 + i]) + base);
        }
    }
    return out;
}

} // namespace

std::optional<std::string> decoded_here(const PdfDictionary& dictionary, std::string_view encoded) {
    if (find(dictionary, "F")) return std::nullopt;
    // An array of one filter is that filter.
    const auto only = [&](std::string_view key) -> const PdfValue* {
        const PdfValue* value = find(dictionary, key);
        const PdfArray* array = value ? value->array() : nullptr;
        return array && array->size() == 1 ? &array->front() : value;
    };
    const PdfValue* filter = only("Filter");
    if (!filter || (filter->array() && filter->array()->empty())) return std::string(encoded);
    const PdfName* name = filter->as<PdfName>();
    if (!name || (name->text != "FlateDecode" && name->text != "Fl")) return std::nullopt;
    std::int64_t predictor = 1, colours = 1, bits = 8, columns = 1;
    if (const PdfValue* parameters = only("DecodeParms"); parameters && !parameters->as<std::monostate>()) {
        if (!parameters->dictionary()) return std::nullopt;
        predictor = integer_of(*parameters->dictionary(), "Predictor", 1);
        colours = integer_of(*parameters->dictionary(), "Colors", 1);
        bits = integer_of(*parameters->dictionary(), "BitsPerComponent", 8);
        columns = integer_of(*parameters->dictionary(), "Columns", 1);
    }
    if (predictor != 1 && (predictor < 10 || predictor > 15)) return std::nullopt;
    if (colours < 1 || colours > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1 << 24) return std::nullopt;
    std::string data;
    try {
        data = inflate_zlib(encoded, limits::pdf_stream_bytes);
    } catch (const IoError&) { return std::nullopt; }
    if (predictor == 1) return data;
    const auto row = static_cast<std::size_t>((columns * colours * bits + 7) / 8);
    return without_png_predictor(data, row, static_cast<std::size_t>(std::max<std::int64_t>(1, colours * bits / 8)));
}

} // namespace bifolio
