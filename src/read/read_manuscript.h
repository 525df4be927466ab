// read_manuscript.h: a book's folder, its book.yaml, a plain folder of Markdown or one single file → a Manuscript.
//
// Without a plan: title and language from front matter; else the first heading, else the first line of at most 120 characters
// that ends without a full stop, else the file name; order by SUMMARY.md or by name. Nothing is invented: what is missing is said
// once.
// Errors   Content → Diagnostics, all of a run. IoError when the path itself cannot be read.
// Threads  Articles are read in parallel; the SourceMap gets its files in the plan's order.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "base/task_pool.h"
#include "io/files.h"
#include "model/manuscript.h"
#include "model/source_account.h"

#include <filesystem>

namespace bifolio {

struct ReadOptions {
    bool strict = false;                // unknown keys of a front matter are errors
    bool allow_missing_picture = false; // a warning and the alternative text instead of an error
    std::string language;               // --lang: for a manuscript that names none
};

// `accounts`: one for each article, in their order: the proof that nothing of its file was lost; nullptr: without the proof.
Manuscript read_manuscript(const std::filesystem::path& book, const Files& files, const ReadOptions& options,
                           const TaskPool& pool, SourceMap& sources, Diagnostics& diagnostics,
                           std::vector<SourceAccount>* accounts = nullptr);

} // namespace bifolio
