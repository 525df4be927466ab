// epub_container.h: the files of an EPUB, from its ZIP archive or from the folder into which somebody unpacked it.
//
// Bounds     io/limits.h (zip_*, files_in_book). An entry that cannot be read is there with a `problem` and no bytes.
// Names      As in the archive; not all of them need be UTF-8 or stay inside a folder: nothing here writes files.
// Spec       EPUB 3.3 §4 (Open Container Format).
#pragma once

#include "base/task_pool.h"
#include "io/files.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class UnreadableEpub : public std::runtime_error { // no ZIP archive, no folder, beyond the limits
public:
    using std::runtime_error::runtime_error;
};

struct ContainerEntry {
    std::string path; // from the root, with slashes; a folder's ends with one
    std::string bytes;
    std::string problem;           // why there are no bytes; empty: they are there
    bool encrypted = false;        // by ZIP itself, which EPUB forbids
    bool packed_otherwise = false; // neither stored nor deflated
    bool is_folder() const { return path.ends_with('/'); }
};

class EpubContainer {
public:
    static EpubContainer of_archive(std::string bytes, const TaskPool& pool);                // UnreadableEpub
    static EpubContainer of_folder(const Files& files, const std::filesystem::path& folder); // UnreadableEpub, IoError

    const std::vector<ContainerEntry>& entries() const { return entries_; } // in the order of the archive, or sorted
    const ContainerEntry* find(std::string_view path) const;                // nullptr: no such file; the first of several

    void drop_bytes(std::string_view path); // of an entry that is in memory in another form

    bool is_archive() const { return is_archive_; }
    // Of an archive, what its first bytes say: the name of the first entry, whether it is stored, whether it has an extra field.
    const std::string& first_name() const { return first_name_; }
    bool first_is_stored() const { return first_is_stored_; }
    bool first_has_extra_field() const { return first_has_extra_field_; }

private:
    void index();
    std::vector<ContainerEntry> entries_;
    std::map<std::string, std::size_t, std::less<>> by_path_;
    bool is_archive_ = false, first_is_stored_ = true, first_has_extra_field_ = false;
    std::string first_name_;
};

} // namespace bifolio
