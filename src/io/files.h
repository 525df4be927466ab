// files.h: the disk as a parameter. Only io touches it; tests use MemoryFiles, so “offline” is a property one can see.
//
// Errors  IoError for the surroundings (missing, unreadable, too large). A caller for whom a missing file is wrong
//         content asks exists() first and reports to Diagnostics.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class IoError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Files {
public:
    virtual ~Files() = default;
    virtual std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) const = 0; // throws IoError
    virtual bool exists(const std::filesystem::path& path) const = 0;                                // a regular file
    virtual bool is_folder(const std::filesystem::path& path) const = 0;
    // Names of the files and folders in a folder, sorted by bytes; hidden ones (“.x”) are left out.
    virtual std::vector<std::string> list(const std::filesystem::path& folder) const = 0;
};

class DiskFiles final : public Files {
public:
    std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) const override;
    bool exists(const std::filesystem::path& path) const override;
    bool is_folder(const std::filesystem::path& path) const override;
    std::vector<std::string> list(const std::filesystem::path& folder) const override;
};

class MemoryFiles final : public Files { // for tests: a whole book in ten lines
public:
    void put(const std::filesystem::path& path, std::string bytes) { files_[path.lexically_normal()] = std::move(bytes); }
    std::string read(const std::filesystem::path& path, std::uint64_t most_bytes) const override;
    bool exists(const std::filesystem::path& path) const override;
    bool is_folder(const std::filesystem::path& path) const override;
    std::vector<std::string> list(const std::filesystem::path& folder) const override;

private:
    std::map<std::filesystem::path, std::string> files_;
};

// A path that a document names, kept inside the book: relative, no “..” that leads out, no control characters, no
// backslash, no drive. nullopt otherwise. Links on the disk that lead out of `root` are refused by DiskFiles callers
// through leads_out_of().
bool is_confined(std::string_view path);
bool leads_out_of(const std::filesystem::path& root, const std::filesystem::path& path); // follows symbolic links

} // namespace bifolio
