#include "app/verify_against.h"

#include "app/show.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace bifolio {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string name_in(const fs::path& path) {
    const fs::path whole = path.lexically_normal();
    return whole.filename().empty() ? whole.parent_path().filename().string() : whole.filename().string();
}

// How far a file is from what it was compared with: in how many places, and how much the messages quote.
template <typename Compared>
std::pair<std::size_t, std::size_t> distance(const Compared& one) {
    std::size_t quoted = 0;
    for (const Diagnostic& difference : one.differences.all()) quoted += difference.message.size();
    return {one.counts.differences, quoted};
}

} // namespace

FinishedFiles::FinishedFiles(const std::vector<fs::path>& paths, const std::vector<std::string>& passwords, const Files& files,
                             const TaskPool& pool) {
    for (const fs::path& path : paths) {
        Entry& entry = entries_.emplace_back(Entry{path, nullptr, {}, false});
        try {
            entry.file = std::make_unique<FinishedFile>(path, passwords, files, pool);
        } catch (const IoError& error) {
            entry.problem = error.what();
            entry.is_missing = true;
        } catch (const std::runtime_error& error) { // UnreadablePdf, UnreadableEpub, UnknownKind
            entry.problem = error.what();
        }
    }
}

bool FinishedFiles::wants(FinishedKind kind) const {
    return std::ranges::any_of(entries_, [&](const Entry& one) { return one.file && one.file->kind() == kind; });
}

bool FinishedFiles::has_name_of(const FinishedFile& file, const ExpectedOutput& output) const {
    if (output.kind != FinishedKind::web) return file.is_folder() || name_in(file.path()) == output.name;
    if (file.is_folder()) return !file.read_pages({output.name}).empty();
    return std::ranges::find(output.documents->documents, name_in(file.path())) != output.documents->documents.end();
}

Comparison FinishedFiles::compared(std::size_t at, const ExpectedOutput& output, const TaskPool& pool) const {
    const FinishedFile& file = *entries_[at].file;
    Comparison out{at, output.edition.name, output.name, !by_any_name_, {}, {}, {}};
    const std::string shown = file.path().string();
    if (output.kind == FinishedKind::pdf) {
        out.counts = prove_pdf(shown, output.book, *output.pdf, file.pdf(), file.structure(), pool, out.differences);
    } else if (output.kind == FinishedKind::epub) {
        out.counts = prove_documents(shown, output.book, *output.documents, file.e_book(), out.differences);
    } else {
        const std::vector<std::string>& names = output.documents->documents;
        out.pages.insert(names.begin(), names.end());
        std::vector<std::pair<std::string, std::string>> pages =
            file.read_pages(by_any_name_ ? std::vector{name_in(file.path())} : names);
        if (by_any_name_ && !pages.empty()) pages.front().first = names.front();
        out.counts = prove_documents(shown, output.book, *output.documents, found_web(pages, pool), out.differences);
    }
    return out;
}

std::vector<Comparison> FinishedFiles::compare(const ExpectedOutput& output, const TaskPool& pool) const {
    std::vector<Comparison> out;
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        const Entry& entry = entries_[at];
        if (!entry.file || entry.file->kind() != output.kind) continue;
        if (!by_any_name_) {
            if (has_name_of(*entry.file, output)) out.push_back(compared(at, output, pool));
        } else if (!knows(at) && !entry.file->is_folder()) {
            const bool is_one_page = output.kind != FinishedKind::web || output.documents->documents.size() == 1;
            if (is_one_page) out.push_back(compared(at, output, pool));
        }
    }
    return out;
}

void FinishedFiles::take(std::vector<Comparison> comparisons) {
    std::ranges::move(comparisons, std::back_inserter(comparisons_));
}

bool FinishedFiles::knows(std::size_t file) const {
    return std::ranges::any_of(comparisons_, [&](const Comparison& one) { return one.file == file && one.has_its_name; });
}

bool FinishedFiles::needs_second_round() {
    for (std::size_t at = 0; at < entries_.size(); ++at)
        by_any_name_ = by_any_name_ || (entries_[at].file && !entries_[at].file->is_folder() && !knows(at));
    return by_any_name_;
}

// A folder may hold several outputs of one edition, one for each article; a page in it that belongs to none has no book.
FinishedFiles::Row FinishedFiles::folder_verdict(std::size_t at) const {
    std::map<std::string, Row> by_edition;
    std::map<std::string, std::set<std::string>> pages;
    for (const Comparison& one : comparisons_) {
        if (one.file != at) continue;
        Row& row = by_edition[one.edition];
        row.edition = one.edition;
        row.output = row.output.empty() ? one.output : "*.html";
        row.counts.found.characters += one.counts.found.characters;
        row.counts.found.words += one.counts.found.words;
        row.counts.pages += one.counts.pages;
        row.counts.differences += one.counts.differences;
        row.differences.append(one.differences);
        pages[one.edition].insert(one.pages.begin(), one.pages.end());
    }
    const Row* best = nullptr;
    for (auto& [edition, row] : by_edition) {
        for (const std::string& page : entries_[at].file->pages())
            if (!pages[edition].contains(page)) {
                ++row.counts.differences;
                row.differences.error("proof.changed-document", {},
                                      "‘" + entries_[at].path.string() + "’ has the page ‘" + page + "’, which the edition ‘" +
                                          edition + "’ does not make");
            }
        if (!best || distance(row) < distance(*best)) best = &row;
    }
    return best ? *best : Row();
}

std::vector<FinishedFiles::Row> FinishedFiles::verdicts() const {
    std::vector<Row> rows;
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        const Entry& entry = entries_[at];
        Row row;
        if (entry.file && entry.file->kind() == FinishedKind::web && entry.file->is_folder()) {
            row = folder_verdict(at);
        } else {
            const Comparison* best = nullptr;
            for (const Comparison& one : comparisons_)
                if (one.file == at && (!best || distance(one) < distance(*best))) best = &one;
            if (best) {
                row.edition = best->edition;
                row.output = best->output;
                row.counts = best->counts;
                row.differences = best->differences;
            }
        }
        row.path = entry.path;
        row.problem = entry.problem;
        row.is_missing = entry.is_missing;
        rows.push_back(std::move(row));
    }
    return rows;
}

namespace {

std::string text_of(const FinishedFiles::Row& row) {
    const std::string name = row.path.string() + ": ";
    const std::string output = "‘" + row.edition + "/" + row.output + "’";
    if (!row.passes())
        return name + "differs from " + output + " (" + counted(row.differences.errors(), "difference", "differences") + ")\n";
    const StageCount& found = row.counts.found;
    return name + "says what " + output + " has to say (" + counted(found.characters, "character", "characters") + ", " +
           counted(found.words, "word", "words") + ")\n";
}

Json as_json(const FinishedFiles::Row& row, const SourceMap& sources) {
    Json out{{"file", row.path.string()}};
    if (!row.problem.empty()) {
        out["unreadable"] = row.problem;
        return out;
    }
    out["passes"] = row.passes();
    if (row.edition.empty()) return out;
    out["edition"] = row.edition;
    out["output"] = row.output;
    out["characters"] = row.counts.found.characters;
    out["words"] = row.counts.found.words;
    out["differences"] = diagnostics_as_json(row.differences, sources);
    return out;
}

} // namespace

ExitCode show_comparisons(const std::vector<FinishedFiles::Row>& rows, const std::vector<std::string>& outputs,
                          const Diagnostics& of_book, const SourceMap& sources, const Settings& settings) {
    const bool is_json = settings.format == DiagnosticsFormat::json;
    bool fails = of_book.has_errors(), is_missing = false, fits_none = false;
    Json files = Json::array();
    if (!is_json) show_diagnostics(of_book, sources, settings.format);
    for (const FinishedFiles::Row& row : rows) {
        is_missing = is_missing || row.is_missing;
        const bool is_unknown = row.problem.empty() && row.edition.empty() && !of_book.has_errors();
        fits_none = fits_none || is_unknown;
        fails = fails || !row.passes();
        if (is_json) {
            files.push_back(as_json(row, sources));
        } else if (!row.problem.empty()) {
            std::fprintf(stderr, "%s: %s\n", row.path.c_str(), row.problem.c_str());
        } else if (is_unknown) {
            std::string known;
            for (const std::string& one : outputs) known += (known.empty() ? "" : ", ") + one;
            std::fprintf(stderr, "bifolio: %s: no edition of the book makes such a file; its editions make %s\n",
                         row.path.c_str(), known.empty() ? "nothing" : known.c_str());
        } else if (!row.edition.empty()) {
            show_diagnostics(row.differences, sources, settings.format);
            if (!settings.quiet || !row.passes()) std::fputs(text_of(row).c_str(), stdout);
        }
    }
    if (is_json) {
        const Json all{{"files", std::move(files)}, {"diagnostics", diagnostics_as_json(of_book, sources)}};
        std::printf("%s\n", all.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    }
    return is_missing ? ExitCode::surroundings : fits_none ? ExitCode::usage : fails ? ExitCode::content_errors : ExitCode::built;
}

} // namespace bifolio
