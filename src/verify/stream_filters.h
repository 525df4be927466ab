// stream_filters.h: the filters that nearly all streams have, without libqpdf. ISO 32000-1, 7.4.
#pragma once

#include "verify/pdf_value.h"

#include <optional>
#include <string>
#include <string_view>

namespace bifolio {

// The decoded bytes of a stream with no filter, or with FlateDecode alone (with its predictors). nullopt: another filter, or
// damaged, or larger than limits::pdf_stream_bytes: libqpdf is asked.
std::optional<std::string> decoded_here(const PdfDictionary& dictionary, std::string_view encoded);

} // namespace bifolio
