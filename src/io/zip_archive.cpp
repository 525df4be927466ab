#include "io/zip_archive.h"

#include "io/deflate.h"
#include "io/files.h"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace bifolio {

namespace {

struct DiscardZip {
    void operator()(zip_t* zip) const noexcept { zip_discard(zip); }
};
using ZipHandle = std::unique_ptr<zip_t, DiscardZip>;
struct FreeSource {
    void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
using SourceHandle = std::unique_ptr<zip_source_t, FreeSource>;

[[noreturn]] void fail(const std::string& doing, const char* why) { throw IoError("cannot " + doing + ": " + why); }

// libzip reads an entry's data through this; its statistics say that the data is already compressed, so it is copied.
struct ReadyData {
    const ZipEntry* entry;
    std::size_t at = 0;
    zip_error_t error{};
};

zip_int64_t serve(void* state, void* buffer, zip_uint64_t size, zip_source_cmd_t command) noexcept {
    auto* data = static_cast<ReadyData*>(state);
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    case ZIP_SOURCE_OPEN: data->at = 0; return 0;
    case ZIP_SOURCE_READ: {
        const std::size_t count = std::min<std::size_t>(size, data->entry->data.size() - data->at);
        std::memcpy(buffer, data->entry->data.data() + data->at, count);
        data->at += count;
        return static_cast<zip_int64_t>(count);
    }
    case ZIP_SOURCE_CLOSE: return 0;
    case ZIP_SOURCE_STAT: {
        auto* stat = static_cast<zip_stat_t*>(buffer);
        zip_stat_init(stat);
        stat->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
        stat->size = data->entry->size;
        stat->comp_size = data->entry->data.size();
        stat->crc = data->entry->crc;
        stat->comp_method = data->entry->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
        return sizeof(zip_stat_t);
    }
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&data->error, buffer, size);
    case ZIP_SOURCE_FREE: return 0;
    default: zip_error_set(&data->error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

} // namespace

ZipEntry stored_entry(std::string name, std::string bytes) {
    const std::uint32_t crc = crc32(bytes);
    const std::uint64_t size = bytes.size();
    return {std::move(name), std::move(bytes), false, crc, size};
}

ZipEntry deflated_entry(std::string name, std::string_view bytes, int level) {
    std::string deflated = deflate_raw(bytes, level);
    if (deflated.size() >= bytes.size()) return stored_entry(std::move(name), std::string(bytes));
    return {std::move(name), std::move(deflated), true, crc32(bytes), bytes.size()};
}

std::string write_zip(const std::vector<ZipEntry>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    SourceHandle archive(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!archive) fail("create an archive", zip_error_strerror(&error));
    ZipHandle zip(zip_open_from_source(archive.get(), ZIP_CREATE | ZIP_TRUNCATE, &error));
    if (!zip) fail("create an archive", zip_error_strerror(&error));
    zip_source_keep(archive.get()); // the archive frees one, we free the other

    std::vector<ReadyData> served(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        served[i].entry = &entries[i];
        zip_source_t* source = zip_source_function(zip.get(), serve, &served[i]);
        if (!source) fail("add " + entries[i].name, zip_strerror(zip.get()));
        const zip_int64_t at = zip_file_add(zip.get(), entries[i].name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (at < 0) {
            zip_source_free(source);
            fail("add " + entries[i].name, zip_strerror(zip.get()));
        }
        const auto entry = static_cast<zip_uint64_t>(at);
        // 1 January 1980, 00:00: the first date that ZIP knows.
        if (zip_set_file_compression(zip.get(), entry, entries[i].deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(zip.get(), entry, 0, (1 << 5) | 1, 0) != 0)
            fail("add " + entries[i].name, zip_strerror(zip.get()));
    }
    // zip_close() can fail, so it is never left to a destructor.
    if (zip_close(zip.get()) != 0) fail("write the archive", zip_strerror(zip.get()));
    static_cast<void>(zip.release()); // zip_close() has freed it

    if (zip_source_open(archive.get()) != 0) fail("read the archive back", zip_error_strerror(zip_source_error(archive.get())));
    std::string bytes;
    std::string chunk(1u << 20, '\0');
    for (zip_int64_t got; (got = zip_source_read(archive.get(), chunk.data(), chunk.size())) != 0;) {
        if (got < 0) fail("read the archive back", zip_error_strerror(zip_source_error(archive.get())));
        bytes.append(chunk, 0, static_cast<std::size_t>(got));
    }
    zip_source_close(archive.get());
    return bytes;
}

} // namespace bifolio
