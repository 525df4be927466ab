#include "verify/cross_reference_count.h"

#include "verify/pdf_syntax_reader.h"

#include <algorithm>
#include <limits>

namespace bifolio {

namespace {

constexpr std::uint64_t beyond_all = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t most_of_a_byte = 1032; // what Flate can make of one

// Number and count, pair after pair: ISO 32000-1, table 17. Without Index, Size is the count.
std::uint64_t declared_rows(const PdfDictionary& dictionary) {
    const PdfValue* index = find(dictionary, "Index");
    const PdfValue* size = find(dictionary, "Size");
    if ((index && index->as<ObjectId>()) || (!index && size && size->as<ObjectId>())) return beyond_all;
    std::uint64_t rows = 0;
    const auto add = [&](const PdfValue& count) {
        if (const std::int64_t* number = count.as<std::int64_t>(); number && *number > 0)
            rows += std::min<std::uint64_t>(static_cast<std::uint64_t>(*number), beyond_all - rows);
        if (count.as<ObjectId>()) rows = beyond_all;
    };
    if (const PdfArray* pairs = index ? index->array() : nullptr)
        for (std::size_t i = 1; i < pairs->size(); i += 2) add((*pairs)[i]);
    else if (size)
        add(*size);
    return rows;
}

// A row takes a byte at least, of what is inflated.
std::uint64_t rows_of(const PdfDictionary& dictionary, std::uint64_t bytes_behind) {
    const PdfValue* type = find(dictionary, "Type");
    const PdfName* name = type ? type->as<PdfName>() : nullptr;
    if (!find(dictionary, "W") || !type || (name ? name->text != "XRef" : !type->as<ObjectId>())) return 0;
    const PdfValue* filter = find(dictionary, "Filter");
    const bool one_filter = !filter || filter->as<PdfName>() || (filter->array() && filter->array()->size() <= 1);
    return std::min(declared_rows(dictionary), one_filter ? bytes_behind * most_of_a_byte : beyond_all);
}

} // namespace

std::uint64_t count_cross_references(std::string_view file) {
    std::uint64_t rows = 0, read = 0;
    for (std::size_t at = file.find("obj"); at != std::string_view::npos; at = file.find("obj", at + 3)) {
        if (at > 0 && file[at - 1] == 'd') continue; // endobj
        PdfSyntaxReader reader(file, at + 3);
        reader.skip_space();
        if (file.substr(reader.at(), 2) != "<<") continue;
        PdfValue value;
        if (reader.next(value, true) != PdfSyntaxReader::Found::value || !value.dictionary()) continue;
        read += reader.at() - at;
        if (read / 8 > file.size()) return beyond_all; // objects in one another's strings; an honest file is read once
        const std::uint64_t more = rows_of(*value.dictionary(), file.size() - reader.at());
        if (more > beyond_all - rows) return beyond_all;
        rows += more;
    }
    return rows;
}

} // namespace bifolio
