// zip_archive.h: ZIP archives through libzip.
//
// Writing  Entries in the order given, no timestamps but the fixed one, no extra fields: same input, same bytes. Data comes
//          ready-deflated (deflate it in parallel with deflate_raw), so libzip only packs.
#pragma once

#include "io/sink.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bifolio {

struct ZipEntry {
    std::string name;
    std::string data; // stored, or deflated with deflate_raw()
    bool deflated = false;
    std::uint32_t crc = 0;  // of the uncompressed bytes
    std::uint64_t size = 0; // uncompressed
};

ZipEntry stored_entry(std::string name, std::string bytes);
ZipEntry deflated_entry(std::string name, std::string_view bytes, int level = 6); // stored where deflating gains nothing

std::string write_zip(const std::vector<ZipEntry>& entries); // the archive's bytes; throws IoError

} // namespace bifolio
