// verify_against.h: the conservation proof once more, of files that are finished: `bifolio verify --against BOOK FILE…`.
//
// Method     The book is read, assembled and set again; each output that this gives is compared with the files of its name, or,
//            where no output has that name, with those of its kind: the nearest counts.
// Threads    compare() may be called from any thread.
#pragma once

#include "app/finished_file.h"
#include "app/settings.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/manuscript.h"
#include "proof/prove.h"

#include <nlohmann/json_fwd.hpp>

#include <set>
#include <string>
#include <vector>

namespace bifolio {

// What one output of an edition has to say; borrowed for the call. Either of the last two.
struct ExpectedOutput {
    const Edition& edition;
    const Book& book;
    std::string name; // “book.pdf”; of a web edition its first page
    FinishedKind kind = FinishedKind::pdf;
    const ExpectedPdf* pdf = nullptr;
    const ExpectedDocuments* documents = nullptr;
};

struct Comparison {
    std::size_t file = 0; // index
    std::string edition, output;
    bool has_its_name = false;
    std::set<std::string> pages; // of a web edition, that belong to this output
    ProofCounts counts;
    Diagnostics differences;
};

class FinishedFiles {
public:
    // Those that cannot be read are told by unreadable().
    FinishedFiles(const std::vector<std::filesystem::path>& paths, const std::vector<std::string>& passwords, const Files& files,
                  const TaskPool& pool);

    bool wants(FinishedKind kind) const;
    std::vector<Comparison> compare(const ExpectedOutput& output, const TaskPool& pool) const;

    // After all outputs were compared. A file that no output has the name of is compared with all of its kind in a second round.
    void take(std::vector<Comparison> comparisons);
    bool needs_second_round();
    bool knows(std::size_t file) const; // something was compared with it

    struct Row { // the verdict on a file
        std::filesystem::path path;
        std::string problem;  // empty: it could be read
        bool is_missing = false;
        std::string edition, output; // that it was compared with; empty: with none
        ProofCounts counts;
        Diagnostics differences;
        bool passes() const { return problem.empty() && !edition.empty() && !differences.has_errors(); }
    };
    std::vector<Row> verdicts() const;

private:
    struct Entry {
        std::filesystem::path path;
        std::unique_ptr<FinishedFile> file; // null: `problem`
        std::string problem;
        bool is_missing = false;
    };
    Comparison compared(std::size_t at, const ExpectedOutput& output, const TaskPool& pool) const;
    bool has_name_of(const FinishedFile& file, const ExpectedOutput& output) const;
    Row folder_verdict(std::size_t at) const; // of a web edition

    std::vector<Entry> entries_;
    std::vector<Comparison> comparisons_;
    bool by_any_name_ = false; // the second round
};

// The outcome of `verify --against`; returns its exit code. `outputs`: what the editions make, for the message about a file that
// fits none. `of_book`: what is wrong with the book itself.
ExitCode show_comparisons(const std::vector<FinishedFiles::Row>& rows, const std::vector<std::string>& outputs,
                          const Diagnostics& of_book, const SourceMap& sources, const Settings& settings);

} // namespace bifolio
