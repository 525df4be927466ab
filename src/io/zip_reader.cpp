#include "io/zip_reader.h"

#include "io/deflate.h"
#include "io/files.h"
#include "io/limits.h"

#include <zip.h>

#include <mutex>

namespace bifolio {

namespace {

constexpr std::uint64_t most_growth = 1032; // of deflate: 258 bytes from two bits

struct DiscardZip {
    void operator()(zip_t* zip) const noexcept { zip_discard(zip); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

[[noreturn]] void fail(const std::string& why) { throw IoError("cannot read the archive: " + why); }

ZipMember member_of(zip_t* zip, zip_uint64_t index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    const zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(zip, index, ZIP_FL_UNCHANGED, &stat) != 0) fail(zip_strerror(zip));
    if ((stat.valid & needed) != needed) fail("an entry has no size");
    const char* name = zip_get_name(zip, index, ZIP_FL_ENC_RAW);
    if (!name) fail(zip_strerror(zip));
    ZipMember member;
    member.name = name;
    member.method = stat.comp_method == ZIP_CM_STORE     ? ZipMethod::stored
                    : stat.comp_method == ZIP_CM_DEFLATE ? ZipMethod::deflated
                                                         : ZipMethod::other;
    member.encrypted = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
    member.crc = stat.crc;
    member.size = stat.size;
    member.packed_size = stat.comp_size;
    return member;
}

} // namespace

struct ZipReader::Archive {
    std::string bytes; // libzip reads from them
    std::unique_ptr<zip_t, DiscardZip> zip;
    std::vector<ZipMember> members;
    mutable std::mutex guard; // one reader at a time; inflating is outside

    std::string packed(std::size_t index) const {
        const std::lock_guard lock(guard);
        const std::unique_ptr<zip_file_t, CloseFile> file(
            zip_fopen_index(zip.get(), index, ZIP_FL_COMPRESSED | ZIP_FL_UNCHANGED));
        if (!file) throw IoError(zip_strerror(zip.get()));
        std::string out(members[index].packed_size, '\0');
        std::size_t have = 0;
        while (have < out.size()) {
            const zip_int64_t got = zip_fread(file.get(), out.data() + have, out.size() - have);
            if (got <= 0) throw IoError("its data ends early");
            have += static_cast<std::size_t>(got);
        }
        return out;
    }
};

ZipReader::ZipReader(std::string bytes) : archive_(std::make_unique<Archive>()) {
    if (bytes.empty()) fail("the file is empty"); // which libzip takes for an archive without entries
    archive_->bytes = std::move(bytes);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(archive_->bytes.data(), archive_->bytes.size(), 0, &error);
    if (!source) fail(zip_error_strerror(&error));
    archive_->zip.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive_->zip) {
        zip_source_free(source);
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        fail(why);
    }
    const zip_int64_t count = zip_get_num_entries(archive_->zip.get(), ZIP_FL_UNCHANGED);
    if (count < 0 || static_cast<std::uint64_t>(count) > limits::zip_entries) fail("more entries than the limit");
    std::uint64_t total = 0, packed = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        ZipMember member = member_of(archive_->zip.get(), static_cast<zip_uint64_t>(i));
        if (member.size > limits::zip_entry_bytes || (total += member.size) > limits::zip_total_bytes)
            fail("larger than the limit when unpacked");
        // Members that share bytes would make a bomb of a small file.
        if (member.packed_size > archive_->bytes.size() || (packed += member.packed_size) > archive_->bytes.size())
            fail("its entries overlap");
        archive_->members.push_back(std::move(member));
    }
}

ZipReader::~ZipReader() = default;
ZipReader::ZipReader(ZipReader&&) noexcept = default;

std::string_view ZipReader::bytes() const { return archive_->bytes; }

std::span<const ZipMember> ZipReader::members() const { return archive_->members; }

std::string ZipReader::read(std::size_t index) const {
    const ZipMember& member = archive_->members.at(index);
    if (member.encrypted) throw IoError("it is encrypted by ZIP");
    if (member.method == ZipMethod::other) throw IoError("it is compressed in another way than deflate");
    if (member.size > member.packed_size * most_growth) throw IoError("damaged compressed data");
    std::string out = archive_->packed(index);
    if (member.method == ZipMethod::deflated) out = inflate_raw(out, member.size);
    if (out.size() != member.size) throw IoError("its size is not the one in the directory");
    if (crc32(out) != member.crc) throw IoError("its checksum (CRC) is wrong");
    return out;
}

} // namespace bifolio
