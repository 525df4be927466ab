#include "io/atomic_files.h"

#include "io/files.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <unistd.h>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t buffer_bytes = 1u << 20;
constexpr std::size_t most_single_syncs = 16;

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& path) {
    throw IoError("cannot " + doing + " " + path.string() + ": " + std::strerror(errno));
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    operator int() const { return number_; }

private:
    int number_;
};

void sync(const std::filesystem::path& path, int (*by)(int)) {
    const Descriptor descriptor(path, O_RDONLY);
    if (descriptor < 0) fail("open", path);
    if (by(descriptor) != 0 && errno != EINVAL && errno != EROFS) fail("sync", path);
}

void sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor >= 0) ::fsync(descriptor); // some file systems cannot; the rename itself has succeeded
}

} // namespace

FileSink::FileSink(std::filesystem::path path)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) fail("create", path_);
    buffer_.reserve(buffer_bytes);
}

FileSink::~FileSink() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!finished_) ::unlink(path_.c_str());
}

void FileSink::write(std::string_view bytes) {
    assert(!finished_);
    if (buffer_.size() + bytes.size() > buffer_bytes) flush();
    buffer_.append(bytes);
    if (buffer_.size() >= buffer_bytes) flush();
}

void FileSink::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t put = ::write(descriptor_, rest.data(), rest.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("write", path_);
        rest.remove_prefix(static_cast<std::size_t>(put));
    }
    buffer_.clear();
}

void FileSink::finish() {
    assert(!finished_);
    flush();
    const int descriptor = std::exchange(descriptor_, -1);
    if (::close(descriptor) != 0) fail("close", path_);
    finished_ = true;
    buffer_ = {}; // of the many files of a run that wait for each other
}

FileSink& FileSet::add(const std::filesystem::path& target) {
    std::error_code error;
    if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), error);
    if (error) throw IoError("cannot make the folder " + target.parent_path().string() + ": " + error.message());
    const std::lock_guard lock(guard_);
    // The process number keeps two builds into one folder apart, the other one two files that want the same target.
    const auto temporary = target.parent_path() / ("." + target.filename().string() + "." + std::to_string(::getpid()) + "." +
                                                   std::to_string(added_++) + ".part");
    ::unlink(temporary.c_str()); // of a process long dead with our number
    entries_.push_back({target, std::make_unique<FileSink>(temporary), false});
    return *entries_.back().sink;
}

void FileSet::Entry::remove() {
    const std::filesystem::path temporary = sink->path();
    sink.reset(); // removes an unfinished file
    ::unlink(temporary.c_str());
}

void FileSet::discard(const FileSink& sink) {
    const std::lock_guard lock(guard_);
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.sink.get() == &sink; });
    assert(found != entries_.end());
    found->remove();
    entries_.erase(found);
}

// fsync() waits for the disk each time; a web edition has thousands of pages, for which the disk is told once.
void FileSet::sync_all() const {
    if (entries_.size() <= most_single_syncs) {
        for (const Entry& entry : entries_) sync(entry.sink->path(), ::fsync);
        return;
    }
    std::set<std::filesystem::path> folders;
    for (const Entry& entry : entries_) folders.insert(entry.sink->path().parent_path());
    for (const std::filesystem::path& folder : folders) sync(folder.empty() ? "." : folder, ::syncfs);
}

void FileSet::commit() {
    sync_all();
    std::set<std::filesystem::path> folders;
    for (Entry& entry : entries_) {
        if (::rename(entry.sink->path().c_str(), entry.target.c_str()) != 0) fail("put in place", entry.target);
        entry.renamed = true;
        folders.insert(entry.target.parent_path().empty() ? "." : entry.target.parent_path());
    }
    for (const std::filesystem::path& folder : folders) sync_folder(folder);
    entries_.clear();
}

FileSet::~FileSet() {
    for (Entry& entry : entries_)
        if (!entry.renamed) entry.remove();
}

} // namespace bifolio
