#include "app/new_book.h"

#include "app/program_files.h"
#include "io/atomic_files.h"
#include "io/limits.h"

#include <cstdio>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

void copy_folder(const fs::path& from, const fs::path& to, const Files& files, FileSet& set) {
    for (const std::string& name : files.list(from)) {
        if (files.is_folder(from / name)) {
            copy_folder(from / name, to / name, files, set);
            continue;
        }
        FileSink& sink = set.add(to / name);
        sink.write(files.read(from / name, limits::picture_file_bytes));
        sink.finish();
    }
}

} // namespace

ExitCode make_new_book(const Settings& settings) {
    const DiskFiles files;
    const fs::path& folder = settings.book;
    if (fs::exists(folder) && (!files.is_folder(folder) || !fs::is_empty(folder))) {
        std::fprintf(stderr, "bifolio: %s is there already; name a new folder\n", folder.c_str());
        return ExitCode::usage;
    }
    FileSet set;
    copy_folder(ProgramFiles(files).new_book(), folder, files, set);
    set.commit();
    std::fprintf(stderr, "Made %s. Next: bifolio build %s -o out\n", folder.c_str(), folder.c_str());
    return ExitCode::built;
}

} // namespace bifolio
