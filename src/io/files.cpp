#include "io/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace bifolio {

namespace {

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& path, const std::string& why) {
    throw IoError("cannot " + doing + " " + path.string() + ": " + why);
}

struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

} // namespace

std::string DiskFiles::read(const std::filesystem::path& path, std::uint64_t most_bytes) const {
    // O_NONBLOCK: a named pipe must not hold the program for ever; it is refused below.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.number < 0) fail("read", path, std::strerror(errno));
    struct stat status {};
    if (::fstat(file.number, &status) != 0) fail("read", path, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) fail("read", path, "not a regular file");
    const auto too_large = "larger than the limit of " + std::to_string(most_bytes) + " bytes";
    if (static_cast<std::uint64_t>(status.st_size) > most_bytes) fail("read", path, too_large);
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    for (;;) {
        if (have == bytes.size()) { // grown meanwhile, or of unknown size
            if (bytes.size() > most_bytes) fail("read", path, too_large);
            bytes.resize(bytes.size() + 4096);
        }
        const ssize_t got = ::read(file.number, bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read", path, std::strerror(errno));
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    if (bytes.size() > most_bytes) fail("read", path, too_large);
    return bytes;
}

bool DiskFiles::exists(const std::filesystem::path& path) const {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

bool DiskFiles::is_folder(const std::filesystem::path& path) const {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

std::vector<std::string> DiskFiles::list(const std::filesystem::path& folder) const {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        std::string name = it->path().filename().string();
        if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) fail("list", folder, error.message());
    std::ranges::sort(names);
    return names;
}

std::string MemoryFiles::read(const std::filesystem::path& path, std::uint64_t most_bytes) const {
    const auto found = files_.find(path.lexically_normal());
    if (found == files_.end()) fail("read", path, "No such file or directory");
    if (found->second.size() > most_bytes)
        fail("read", path, "larger than the limit of " + std::to_string(most_bytes) + " bytes");
    return found->second;
}

bool MemoryFiles::exists(const std::filesystem::path& path) const { return files_.contains(path.lexically_normal()); }

bool MemoryFiles::is_folder(const std::filesystem::path& path) const {
    const std::string prefix = path.lexically_normal().string() + "/";
    return std::ranges::any_of(files_, [&](const auto& file) { return file.first.string().starts_with(prefix); });
}

std::vector<std::string> MemoryFiles::list(const std::filesystem::path& folder) const {
    const std::string normal = folder.lexically_normal().string();
    const std::string prefix = normal.empty() || normal == "." ? "" : normal.ends_with('/') ? normal : normal + "/";
    std::set<std::string> names;
    for (const auto& [path, bytes] : files_) {
        const std::string name = path.string();
        if (!name.starts_with(prefix)) continue;
        const std::string rest = name.substr(prefix.size());
        if (!rest.empty() && !rest.starts_with('.')) names.insert(rest.substr(0, rest.find('/')));
    }
    return {names.begin(), names.end()};
}

bool is_confined(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != path.npos || path.find(':') != path.npos) return false;
    if (std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) return false;
    const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
    return !normal.empty() && *normal.begin() != "..";
}

bool leads_out_of(const std::filesystem::path& root, const std::filesystem::path& path) {
    std::error_code error;
    const auto real_root = std::filesystem::weakly_canonical(root, error);
    if (error) return true;
    const auto real_path = std::filesystem::weakly_canonical(path, error);
    if (error) return true;
    const auto [in_root, in_path] = std::ranges::mismatch(real_root, real_path);
    return in_root != real_root.end() && !in_root->empty();
}

} // namespace bifolio
