// zip_reader.h: the members of a ZIP archive that somebody made, through libzip. zip_archive.h writes.
//
// Bounds     limits::zip_entries, zip_entry_bytes, zip_total_bytes; a member that says it grows more than deflate can is damaged.
// Names      As the archive has them: they may be no UTF-8, name folders, lead out of any folder, occur twice. Ask is_confined().
// Threads    read() may be called from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class ZipMethod : std::uint8_t { stored, deflated, other };

struct ZipMember {
    std::string name;
    ZipMethod method = ZipMethod::stored;
    bool encrypted = false;
    std::uint32_t crc = 0;
    std::uint64_t size = 0, packed_size = 0;
    bool is_folder() const { return name.ends_with('/'); }
};

class ZipReader {
public:
    explicit ZipReader(std::string bytes); // IoError: no ZIP archive, or beyond the limits
    ~ZipReader();
    ZipReader(ZipReader&&) noexcept;

    std::string_view bytes() const;             // of the archive
    std::span<const ZipMember> members() const; // in the order of the central directory
    std::string read(std::size_t member) const; // inflated, size and CRC checked; IoError says what is wrong

private:
    struct Archive; // hides libzip
    std::unique_ptr<Archive> archive_;
};

} // namespace bifolio
