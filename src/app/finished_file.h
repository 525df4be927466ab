// finished_file.h: a file that was built once, PDF, e-book or web edition, read for what it says.
//
// Kind       By its first bytes, then by its name. A folder is an unpacked EPUB where it has the container of one, else a web
//            edition. A page of a web edition stands for itself and is read with those beside it that belong to the same book.
// Errors     IoError: it is not there or beyond the limits. UnreadablePdf, UnreadableEpub: damaged. UnknownKind: something else.
// Threads    Read by the constructor; everything else is const.
#pragma once

#include "base/task_pool.h"
#include "io/files.h"
#include "proof/found_documents.h"
#include "verify/structure.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

class UnknownKind : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class FinishedKind { pdf, epub, web };
std::string_view name_of(FinishedKind kind); // “PDF”

class FinishedFile {
public:
    // `passwords` are tried in their order on an encrypted PDF. `files` outlives this.
    FinishedFile(std::filesystem::path path, const std::vector<std::string>& passwords, const Files& files, const TaskPool& pool);

    const std::filesystem::path& path() const { return path_; }
    FinishedKind kind() const { return kind_; }
    bool is_folder() const { return is_folder_; }
    const std::string& sha256() const { return sha256_; } // empty: a folder

    const PdfFile& pdf() const { return *pdf_; }                // of a PDF
    const Structure& structure() const { return *structure_; } // likewise
    const FoundDocuments& e_book() const { return *e_book_; }   // of an EPUB

    // Of a web edition: names of the pages in its folder; those of them, with their bytes, that stand there.
    std::vector<std::string> pages() const;
    std::vector<std::pair<std::string, std::string>> read_pages(const std::vector<std::string>& names) const;

private:
    std::filesystem::path folder() const { return is_folder_ ? path_ : path_.parent_path(); }
    void open_pdf(std::string bytes, const std::vector<std::string>& passwords, const TaskPool& pool);
    void open_epub(EpubContainer container, const TaskPool& pool);

    std::filesystem::path path_;
    const Files& files_;
    FinishedKind kind_ = FinishedKind::web;
    bool is_folder_ = false;
    std::string sha256_;
    std::unique_ptr<PdfFile> pdf_;
    std::unique_ptr<Structure> structure_;
    std::unique_ptr<FoundDocuments> e_book_;
};

} // namespace bifolio
