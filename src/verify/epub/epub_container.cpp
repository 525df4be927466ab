#include "verify/epub/epub_container.h"

#include "io/limits.h"
#include "io/zip_reader.h"
#include "verify/epub/file_names.h"

namespace bifolio {

namespace {

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < size; ++i)
        out |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return out;
}

void list_folder(const Files& files, const std::filesystem::path& root, const std::string& below, int depth,
                 std::vector<ContainerEntry>& out) {
    if (depth > static_cast<int>(limits::nesting_depth)) throw UnreadableEpub("its folders are nested deeper than the limit");
    for (const std::string& name : files.list(below.empty() ? root : root / below)) {
        const std::string path = below.empty() ? name : below + "/" + name;
        if (leads_out_of(root, root / path)) continue;
        if (out.size() >= limits::files_in_book) throw UnreadableEpub("it has more files than the limit");
        if (files.is_folder(root / path))
            list_folder(files, root, path, depth + 1, out);
        else if (files.exists(root / path))
            out.push_back({path, {}, {}});
    }
}

} // namespace

EpubContainer EpubContainer::of_archive(std::string bytes, const TaskPool& pool) {
    try {
        const ZipReader reader(std::move(bytes));
        EpubContainer out;
        out.is_archive_ = true;
        out.entries_ = pool.map(reader.members().size(), [&](std::size_t i) {
            const ZipMember& member = reader.members()[i];
            ContainerEntry entry;
            entry.path = member.name;
            entry.encrypted = member.encrypted;
            entry.packed_otherwise = member.method == ZipMethod::other;
            try {
                entry.bytes = reader.read(i);
            } catch (const IoError& error) { entry.problem = error.what(); }
            return entry;
        });
        // The local header of the entry that comes first in the bytes, whatever the directory says (APPNOTE 4.3.7).
        if (const std::string_view raw = reader.bytes(); raw.size() > 30 && raw.starts_with("PK\x03\x04")) {
            out.first_is_stored_ = little_endian(raw, 8, 2) == 0;
            out.first_has_extra_field_ = little_endian(raw, 28, 2) != 0;
            out.first_name_ = raw.substr(30, little_endian(raw, 26, 2));
        }
        out.index();
        return out;
    } catch (const IoError& error) { throw UnreadableEpub(error.what()); }
}

EpubContainer EpubContainer::of_folder(const Files& files, const std::filesystem::path& folder) {
    EpubContainer out;
    list_folder(files, folder, {}, 0, out.entries_);
    std::uint64_t total = 0;
    for (ContainerEntry& entry : out.entries_) {
        entry.bytes = files.read(folder / entry.path, limits::zip_entry_bytes);
        if ((total += entry.bytes.size()) > limits::zip_total_bytes) throw UnreadableEpub("it is larger than the limit");
    }
    out.index();
    return out;
}

void EpubContainer::index() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        by_path_.emplace(entries_[i].path, i);
        by_path_.emplace(composed(entries_[i].path), i);
    }
}

void EpubContainer::drop_bytes(std::string_view path) {
    if (const auto found = by_path_.find(path); found != by_path_.end()) std::string().swap(entries_[found->second].bytes);
}

const ContainerEntry* EpubContainer::find(std::string_view path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : &entries_[found->second];
}

} // namespace bifolio
