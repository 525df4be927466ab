// edition_builder.h: the line of stages for one edition: assemble → style → layout → impose → write.
//
// Failure    What is wrong with the content goes to Diagnostics. An output with an error is not made; the others are.
// Files      Each output is written under a temporary name and read back from there (read_back.h). One that does not pass is
//            taken out of the set again, so that the last good file stays.
// Threads    The books of an edition (one an article, one a clinic) are built side by side; their diagnostics and outputs come in
//            order.
#pragma once

#include "app/edition_cover.h"
#include "app/output_account.h"
#include "app/press.h"
#include "app/program_files.h"
#include "app/read_back.h"
#include "app/report.h"
#include "app/retail.h"
#include "app/settings.h"
#include "app/source_report.h"
#include "app/verify_against.h"
#include "assemble/assemble.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "base/task_pool.h"
#include "io/atomic_files.h"
#include "io/files.h"
#include "layout/text/shape.h"
#include "model/manuscript.h"
#include "style/apply_styles.h"
#include "write/epub/page_list.h"
#include "write/epub/write_epub.h"
#include "write/onix/write_onix.h"
#include "write/pdf/write_pdf.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

// One finished file, on the disk under a temporary name.
struct BuiltFile {
    std::string name;               // “understanding-adhd.pdf”
    const FileSink* sink = nullptr; // in the edition's FileSet
    std::string sha256;
    std::uint64_t bytes = 0;
    std::size_t pages = 0;                          // of a PDF
    std::vector<AccessibilityClaim> claims;         // of an e-book: made, or left out and why
    std::shared_ptr<const ProofCounts> proof{};     // nullptr: its text was not compared with the book; web pages share theirs
    std::shared_ptr<const OutputAccount> account{}; // with the proof
    std::vector<Standard> standards{};              // that a PDF was held to
    std::vector<EpubStandard> epub_standards{};
    std::vector<FontIdentity> drawn_fonts{}; // whose letters its made cover shows as a picture
};

std::vector<const OutputAccount*> accounts_of(const std::vector<BuiltFile>& files); // each once: web pages share theirs

// What is shared by all editions of a run.
struct BuildContext {
    const Settings& settings;
    const Files& files;
    const ProgramFiles& program;
    const TaskPool& pool;
    const Manuscript& manuscript;
    std::filesystem::path book_folder;
    SourceMap& sources;
    ShapeCache& shape_cache;
    const Hyphenator& hyphenator;
    std::map<std::string, std::string>& font_digests; // by file: SHA-256, computed once in a run
    const FinishedFiles* finished = nullptr;          // outputs are compared with these, and none is written
};

class EditionBuilder {
public:
    EditionBuilder(const BuildContext& context, const Edition& edition, Diagnostics& diagnostics);

    // All files of the edition, in `set`, which the caller commits; nullptr: everything but the writing (bifolio check).
    // `print_pages`: where the pages of another edition begin, for the e-book of an edition that has no pages of its own;
    // nullptr: unknown. Both are borrowed for the call.
    std::vector<BuiltFile> build(FileSet* set, const std::function<void(const std::string&)>& progress,
                                 const PageList* print_pages = nullptr);
    // After build(): where the pages of this edition begin; nullopt: it has no PDF of the whole book, or that has errors.
    const std::optional<PageList>& page_list() const { return page_list_; }
    const Report& report() const { return report_; }        // after build()
    const PrintedText& printed() const { return printed_; } // after build(), when the settings ask for a report
    // After build(), with BuildContext::finished: what was compared; the outputs that the edition makes, “print/book.pdf”.
    std::vector<Comparison> take_compared() { return std::move(compared_); }
    const std::vector<std::string>& outputs() const { return outputs_; }
    // After build() with the proof: the fonts that its outputs carry; sources that were read for this edition alone.
    std::map<FontId, EditionFont> used_fonts(const std::vector<BuiltFile>& files) const;
    // The fonts whose letters the pictures of made covers show, by name.
    std::vector<EditionFont> drawn_fonts(const std::vector<BuiltFile>& files) const;
    std::vector<SourceId> own_sources() const;
    const PressProfile* press() const { return press_ ? &*press_ : nullptr; }
    const std::string& srgb() const { return srgb_profile_; }
    std::string dump(DumpStage stage); // assemble, style, pages: of each of its books

private:
    struct Made {
        std::vector<BuiltFile> files;
        Diagnostics diagnostics;
        Report report;
        std::optional<PageList> page_list;            // of the PDF
        std::vector<OnixProduct> products;            // for the book trade
        std::shared_ptr<OutputAccount> account;       // with the proof
        std::vector<FontIdentity> drawn;              // in the cover
        std::unique_ptr<PdfProof> proof;              // of the PDF, while it is not read back
        std::unique_ptr<DocumentsProof> screen_proof; // of the e-book or the web edition, likewise
        std::string lender;                           // the edition whose pages the e-book names
        PrintedText printed;
        std::vector<Comparison> compared;
        std::vector<std::string> outputs; // that finished files may be
    };
    Made make(const BookSelection& selection, bool write);
    void make_pdf(const std::shared_ptr<const Book>& book, bool write, Made& made);
    void make_epub(const std::shared_ptr<const Book>& book, bool write, Made& made);
    void compare_epub(const std::shared_ptr<const Book>& book, EpubOptions epub, Made& made) const;
    void make_html(const std::shared_ptr<const Book>& book, bool write, Made& made);
    bool is_wanted(OutputFormat format) const;
    bool checks_shops() const;
    void compare(const ExpectedOutput& output, Made& made) const;
    Made make_cover_images(const Book& book);
    PressOptions press_options(const Book& book, const Shaper& shaper) const;
    void make_record(const Book& book, Made& made) const;
    void tell_of_supply(Made& made) const;
    OnixProduct product_of(const Pages& pages, const BuiltFile& file) const;
    OnixProduct product_of(const Book& book, WrittenEpub written, const PageList* pages, const BuiltFile& file) const;
    void put(std::string name, Made& made, const std::function<void(Sink&)>& write) const;
    void discard(const std::vector<BuiltFile>& files) const;
    void read_back(OutputFormat format, Made& made) const;
    PageList page_list_of_print(const Pages& pages, const StyledBook& styled) const;
    std::shared_ptr<const Stylesheet> stylesheet(OutputFormat format);
    const FontLibrary& fonts(const Stylesheet& stylesheet);
    bool makes(OutputFormat format) const;
    void check_promises();

    const BuildContext& context_;
    const Edition& edition_;
    Diagnostics& diagnostics_;
    std::vector<BookSelection> selections_;
    SourceId first_source_, end_source_; // what the constructor read
    std::shared_ptr<const Stylesheet> print_, screen_, web_;
    std::mutex fonts_guard_;
    std::unique_ptr<FontLibrary> fonts_; // made when the first book is styled: the @font-face rules are the same for all
    std::string srgb_profile_;
    std::optional<EditionCover> cover_;
    std::optional<PressProfile> press_;     // of an edition for a printing house
    std::vector<ColourPlace> colours_;      // of print_, for it
    std::vector<ChosenProfile> profiles_;   // of shops and printers
    FileSet* set_ = nullptr;                // during build()
    const PageList* print_pages_ = nullptr; // during build()
    std::optional<PageList> page_list_;
    Report report_;
    PrintedText printed_;
    std::vector<Comparison> compared_;
    std::vector<std::string> outputs_;
};

} // namespace bifolio
