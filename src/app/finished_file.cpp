#include "app/finished_file.h"

#include "base/utf8.h"
#include "io/digest.h"
#include "io/limits.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

std::string ending_of(const fs::path& path) { return to_ascii_lower(path.extension().string()); }
bool is_page(const fs::path& path) { return ending_of(path) == ".html" || ending_of(path) == ".xhtml"; }

std::optional<FinishedKind> kind_of(const fs::path& path, std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 1024);
    if (head.find("%PDF-") != std::string_view::npos) return FinishedKind::pdf;
    if (bytes.starts_with("PK")) return FinishedKind::epub;
    if (head.find("<html") != std::string_view::npos || is_page(path)) return FinishedKind::web;
    // Damaged at its very beginning: the reader says so.
    if (ending_of(path) == ".pdf") return FinishedKind::pdf;
    if (ending_of(path) == ".epub") return FinishedKind::epub;
    return std::nullopt;
}

} // namespace

std::string_view name_of(FinishedKind kind) {
    constexpr std::array<std::string_view, 3> names{"PDF", "EPUB", "web page"};
    return names[static_cast<std::size_t>(kind)];
}

FinishedFile::FinishedFile(fs::path path, const std::vector<std::string>& passwords, const Files& files, const TaskPool& pool)
    : path_(std::move(path)), files_(files), is_folder_(files.is_folder(path_)) {
    if (is_folder_) {
        if (!files.exists(path_ / "META-INF" / "container.xml") && !files.exists(path_ / "mimetype")) return;
        kind_ = FinishedKind::epub;
        open_epub(EpubContainer::of_folder(files, path_), pool);
        return;
    }
    std::string bytes = files.read(path_, std::max({limits::pdf_file_bytes, limits::epub_file_bytes, limits::web_page_bytes}));
    sha256_ = sha256_hex(bytes);
    const auto kind = kind_of(path_, bytes);
    if (!kind) throw UnknownKind("it is no PDF, no EPUB and no web page");
    kind_ = *kind;
    if (kind_ == FinishedKind::pdf) open_pdf(std::move(bytes), passwords, pool);
    if (kind_ == FinishedKind::epub) open_epub(EpubContainer::of_archive(std::move(bytes), pool), pool);
}

void FinishedFile::open_pdf(std::string bytes, const std::vector<std::string>& passwords, const TaskPool& pool) {
    for (std::size_t at = 0; !pdf_; ++at) {
        const bool is_last = at >= passwords.size();
        try {
            pdf_ =
                std::make_unique<PdfFile>(is_last ? std::move(bytes) : bytes, pool, at == 0 ? std::string() : passwords[at - 1]);
        } catch (const LockedPdf&) {
            if (is_last) throw;
        }
    }
    structure_ = std::make_unique<Structure>(*pdf_);
}

void FinishedFile::open_epub(EpubContainer container, const TaskPool& pool) {
    const EpubPublication publication(std::move(container), pool);
    e_book_ = std::make_unique<FoundDocuments>(found_epub(publication, pool));
}

std::vector<std::string> FinishedFile::pages() const {
    const fs::path where = folder();
    std::vector<std::string> names = files_.list(where.empty() ? fs::path(".") : where);
    std::erase_if(names, [](const std::string& name) { return !is_page(name); });
    return names;
}

std::vector<std::pair<std::string, std::string>> FinishedFile::read_pages(const std::vector<std::string>& names) const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const std::string& name : names)
        if (const fs::path page = folder() / name; files_.exists(page))
            out.emplace_back(name, files_.read(page, limits::web_page_bytes));
    return out;
}

} // namespace bifolio
