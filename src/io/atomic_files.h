// atomic_files.h: old or new, never half.
//
// The files of a run are written beside their targets under temporary names; commit() syncs them and renames them
// together. Without commit() the temporary files are removed and the last good files stay.
#pragma once

#include "io/sink.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace bifolio {

// Bytes into one file under a temporary name. Errors: IoError on every failed write or close.
class FileSink final : public Sink {
public:
    explicit FileSink(std::filesystem::path path); // creates it; the folder must exist
    ~FileSink() override;                          // removes what was not finished
    void write(std::string_view bytes) override;
    void finish(); // flushes, closes; must be called
    const std::filesystem::path& path() const { return path_; }

private:
    void flush();
    std::filesystem::path path_;
    std::string buffer_;
    int descriptor_ = -1;
    bool finished_ = false;
};

// Any thread may add and discard; one thread commits, when the others are done.
class FileSet {
public:
    FileSet() = default;
    ~FileSet(); // discards what was not committed
    FileSet(const FileSet&) = delete;
    FileSet& operator=(const FileSet&) = delete;

    // A new file that commit() will put at `target`; folders are made. The reference stays good until commit() or discard(). The
    // file can be read back under the sink's path() once it is finished.
    FileSink& add(const std::filesystem::path& target);
    void discard(const FileSink& sink); // removes the file: its target stays as it is
    void commit();                      // syncs, then renames in the order of add(); every sink must be finished; throws IoError

private:
    struct Entry {
        std::filesystem::path target;
        std::unique_ptr<FileSink> sink;
        bool renamed = false;
        void remove();
    };
    void sync_all() const;
    std::mutex guard_;
    std::vector<Entry> entries_;
    std::size_t added_ = 0;
};

} // namespace bifolio
