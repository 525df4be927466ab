#include "app/edition_builder.h"

#include "app/claims.h"
#include "app/font_rules.h"
#include "check/accessibility.h"
#include "impose/impose.h"
#include "io/digest.h"
#include "io/limits.h"
#include "layout/page/library_measures.h"
#include "layout/page/paginate.h"
#include "layout/text/unusable_font.h"
#include "model/isbn.h"
#include "style/stylesheet.h"
#include "write/epub/epub_fonts.h"
#include "write/epub/write_epub.h"
#include "write/html/write_html.h"
#include "write/pdf/post_pass.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr const char* producer = "bifolio " BIFOLIO_VERSION;
constexpr std::size_t books_at_a_time = 64; // of a clinic run: for its line of progress

// Passes bytes on and keeps account of them.
class CountingSink final : public Sink {
public:
    explicit CountingSink(FileSink& to) : to_(to) {}
    void write(std::string_view bytes) override {
        to_.write(bytes);
        digest_.update(bytes);
        bytes_ += bytes.size();
    }
    BuiltFile finish(std::string name) {
        to_.finish();
        return {std::move(name), &to_, hex(digest_.digest()), bytes_, 0, {}};
    }

private:
    FileSink& to_; // the caller's
    Sha256 digest_;
    std::uint64_t bytes_ = 0;
};

} // namespace

std::vector<const OutputAccount*> accounts_of(const std::vector<BuiltFile>& files) {
    std::vector<const OutputAccount*> out;
    for (const BuiltFile& file : files)
        if (file.account && (out.empty() || out.back() != file.account.get())) out.push_back(file.account.get());
    return out;
}

EditionBuilder::EditionBuilder(const BuildContext& context, const Edition& edition, Diagnostics& diagnostics)
    : context_(context), edition_(edition), diagnostics_(diagnostics),
      selections_(selections(context.manuscript, edition, diagnostics)),
      first_source_(SourceId{static_cast<std::uint32_t>(context.sources.size())}), srgb_profile_(srgb_profile(context.files)) {
    if (edition.press && makes(OutputFormat::pdf))
        press_ = press_profile(edition, context.book_folder, context.program, context.files, srgb_profile_, diagnostics);
    profiles_ = retail_profiles(edition, context.book_folder, context.program, context.files, context.sources, diagnostics);
    check_promises();
    // Stylesheets are read here, before the books are built side by side: the SourceMap grows for one thread only.
    if (makes(OutputFormat::pdf)) print_ = stylesheet(OutputFormat::pdf);
    if (press_ && print_) colours_ = colour_places(*print_);
    if (makes(OutputFormat::epub)) screen_ = stylesheet(OutputFormat::epub);
    if (makes(OutputFormat::html)) web_ = stylesheet(OutputFormat::html);
    cover_.emplace(CoverMaker::Surroundings{context.files, context.program, context.book_folder, context.manuscript.plan,
                                            context.settings, context.pool, context.shape_cache, context.hyphenator},
                   edition, print_.get(), context.sources, diagnostics);
    end_source_ = SourceId{static_cast<std::uint32_t>(context.sources.size())};
}

std::vector<SourceId> EditionBuilder::own_sources() const {
    std::vector<SourceId> out;
    for (std::uint32_t at = index(first_source_); at < index(end_source_); ++at) out.push_back(SourceId{at});
    return out;
}

std::map<FontId, EditionFont> EditionBuilder::used_fonts(const std::vector<BuiltFile>& files) const {
    std::map<FontId, EditionFont> out;
    if (!fonts_) return out;
    for (const BuiltFile& file : files)
        if (file.account)
            for (const FontId font : file.account->fonts) out.try_emplace(font);
    std::map<std::string, FontId> unread; // one face of each file
    for (auto& [font, used] : out) {
        used.facts = fonts_->identity(font);
        if (!context_.font_digests.contains(used.facts.file)) unread.emplace(used.facts.file, font);
    }
    const std::vector<std::pair<std::string, FontId>> files_to_read(unread.begin(), unread.end());
    const std::vector<std::string> digests = context_.pool.map(
        files_to_read.size(), [&](std::size_t at) { return sha256_hex(fonts_->file_bytes(files_to_read[at].second)); });
    for (std::size_t at = 0; at < digests.size(); ++at) context_.font_digests.emplace(files_to_read[at].first, digests[at]);
    for (auto& [font, used] : out) used.sha256 = context_.font_digests.at(used.facts.file);
    return out;
}

std::vector<EditionFont> EditionBuilder::drawn_fonts(const std::vector<BuiltFile>& files) const {
    std::map<std::pair<std::string, std::string>, EditionFont> by_name; // a collection's faces share a file
    for (const BuiltFile& file : files)
        for (const FontIdentity& drawn : file.drawn_fonts) {
            const auto [place, is_new] = by_name.try_emplace({drawn.postscript_name, drawn.file});
            if (!is_new) continue;
            auto digest = context_.font_digests.find(drawn.file);
            if (digest == context_.font_digests.end())
                digest = context_.font_digests
                             .emplace(drawn.file, sha256_hex(context_.files.read(drawn.file, limits::picture_file_bytes)))
                             .first;
            place->second = {drawn, digest->second};
        }
    std::vector<EditionFont> out;
    for (auto& [name, font] : by_name) out.push_back(std::move(font));
    return out;
}

// What the plan asks for and this program cannot do yet must not pass in silence.
void EditionBuilder::check_promises() {
    if (edition_.encrypt && (edition_.press || !edition_.conformance.empty()))
        diagnostics_.error("app.encrypted-standard", edition_.encrypt->where,
                           "the edition ‘" + edition_.name + "’ is encrypted and asks for " +
                               (edition_.conformance.empty() ? "PDF/X-4" : edition_.conformance.front()),
                           {"leave `encrypt` or the standard away"});
    if (makes(OutputFormat::html) && edition_.each == EditionScope::book && !edition_.clinics.value.empty())
        diagnostics_.error("app.web-run", edition_.clinics.where,
                           "a web edition of the whole book cannot be made for each clinic",
                           {"leave `clinics` away, or say `each: article`"});
    if ((edition_.is_free || !edition_.prices.empty()) && !context_.manuscript.plan.supply)
        diagnostics_.warning("app.price-without-supply", edition_.price_where,
                             "the price is in no record, since book.yaml does not say who supplies the book",
                             {"add `supply: {supplier: …, territory: …}`"});
    for (const std::string& standard : edition_.conformance) {
        if (standard == "EPUB-A11Y-1.1" && makes(OutputFormat::epub)) continue; // the finished e-book shows whether it keeps it
        const bool claimed =
            makes(OutputFormat::pdf) &&
            (standard == "PDF/UA-1" || (standard == "PDF/A-2a" && (press_ || !srgb_profile_.empty())) || standard == "PDF/X-4");
        if (!claimed)
            diagnostics_.error(
                "app.unmet-conformance", edition_.where,
                "the edition ‘" + edition_.name + "’ asks for " + standard + ", which its files do not claim",
                {"PDF/UA-1, PDF/A-2a and PDF/X-4 can be asked for, of an edition that makes a PDF; EPUB-A11Y-1.1 of an e-book"});
    }
}

bool EditionBuilder::makes(OutputFormat format) const {
    return std::ranges::find(edition_.formats, format) != edition_.formats.end();
}

std::shared_ptr<const Stylesheet> EditionBuilder::stylesheet(OutputFormat format) {
    const Medium medium = format == OutputFormat::pdf ? Medium::print : Medium::screen;
    const auto own = [&](const char* name) { return context_.program.style_source(name); };
    std::vector<StyleSource> sources{own("base.css"), own(medium == Medium::print ? "print.css" : "epub.css")};
    if (format == OutputFormat::html) sources.push_back(own("web.css"));
    if (medium == Medium::print && edition_.each == EditionScope::article) sources.push_back(own("leaflet.css"));
    if (medium == Medium::print && edition_.interior != Interior::classic) { // classic is print.css itself
        constexpr std::array names{"", "modern.css", "clear.css", "large-print.css"};
        sources.push_back(own(names[static_cast<std::size_t>(edition_.interior)]));
    }
    for (const Located<std::string>& style : edition_.styles) {
        const std::filesystem::path path = context_.book_folder / style.value;
        if (!is_confined(style.value) || leads_out_of(context_.book_folder, path))
            diagnostics_.error("app.style-outside", style.where,
                               "the stylesheet ‘" + style.value + "’ is not inside the book's folder");
        else if (!context_.files.exists(path))
            diagnostics_.error("app.missing-style", style.where, "no stylesheet ‘" + style.value + "’");
        else
            sources.push_back({path, StyleSource::Level::author, {}, style.value});
    }
    PlainStyles plain;
    if (edition_.page) {
        plain.page_width = edition_.page->width;
        plain.page_height = edition_.page->height;
    }
    plain.font = edition_.font;
    if (medium == Medium::print) plain.font_size = edition_.font_size; // on a screen the reader chooses
    if (edition_.press && medium == Medium::print) plain.bleed = edition_.press->bleed.value_or(Length::mm(3));
    return read_stylesheets(sources, plain, medium, context_.files, context_.sources, diagnostics_);
}

namespace {

void report_unusable(const FontProblem& font, const std::filesystem::path& book_folder, Diagnostics& diagnostics) {
    const std::filesystem::path inside =
        std::filesystem::path(font.file).lexically_normal().lexically_relative(book_folder.lexically_normal());
    const std::string shown = inside.empty() || *inside.begin() == ".." ? font.file : inside.generic_string();
    diagnostics.error("app.unusable-font", {}, "the font file ‘" + shown + "’ cannot be used: " + font.reason);
}

} // namespace

const FontLibrary& EditionBuilder::fonts(const Stylesheet& stylesheet) {
    const std::lock_guard lock(fonts_guard_);
    if (fonts_) return *fonts_;
    fonts_ = std::make_unique<FontLibrary>(context_.files, context_.program.font_families(), font_rules(stylesheet.font_faces),
                                           std::vector<std::filesystem::path>{context_.book_folder / "fonts"});
    for (const FontProblem& problem : fonts_->problems()) report_unusable(problem, context_.book_folder, diagnostics_);
    return *fonts_;
}

EditionBuilder::Made EditionBuilder::make(const BookSelection& selection, bool write) {
    Made made;
    const auto book = std::make_shared<const Book>(assemble(context_.manuscript, edition_, selection, made.diagnostics));
    if (context_.settings.report) made.printed.add(*book);
    warn_of_faults(check_accessibility(*book), made.diagnostics);
    const Diagnostics shared = made.diagnostics;
    // The two screens show the same cover; it is made once.
    CoveredBook on_screen;
    Diagnostics of_screen_cover;
    const auto with_cover = [&](OutputFormat format, Diagnostics& diagnostics) {
        if (format == OutputFormat::pdf) return cover_->on_paper(book, diagnostics);
        if (!on_screen.book) {
            on_screen = cover_->on_screen(book, (write || checks_shops()) && !shared.has_errors(), of_screen_cover);
            cover_->check_picture(*book, made.report, of_screen_cover);
        }
        diagnostics.append(of_screen_cover);
        return on_screen;
    };
    // An error in the book spoils all its outputs; an error in one output spoils that one only.
    const auto output = [&](OutputFormat format, auto make_it) {
        Made one;
        if (!makes(format)) return one;
        if (!is_wanted(format)) return one;
        one.page_list = made.page_list;
        CoveredBook shown = with_cover(format, one.diagnostics);
        one.drawn = std::move(shown.drawn);
        try {
            (this->*make_it)(shown.book, write && !shared.has_errors() && !one.diagnostics.has_errors(), one);
        } catch (const UnusableFont& error) { report_unusable(error.problem, context_.book_folder, one.diagnostics); }
        if (!one.diagnostics.has_errors()) read_back(format, one);
        if (one.diagnostics.has_errors()) {
            discard(one.files);
            Made nothing;
            nothing.diagnostics = std::move(one.diagnostics);
            return nothing;
        }
        std::shared_ptr<const ProofCounts> counts;
        if (one.proof) counts = std::make_shared<const ProofCounts>(std::move(one.proof->counts));
        if (one.screen_proof) counts = std::make_shared<const ProofCounts>(std::move(one.screen_proof->counts));
        for (BuiltFile& file : one.files) {
            file.account = one.account;
            file.drawn_fonts = one.drawn;
            file.proof = counts;
            if (one.proof) file.standards = one.proof->standards;
            if (one.screen_proof) file.epub_standards = one.screen_proof->standards;
        }
        return one;
    };
    // The e-book names the pages of the print edition, so these come first; its file is named first.
    Made print = output(OutputFormat::pdf, &EditionBuilder::make_pdf);
    made.page_list = std::move(print.page_list);
    Made screen = output(OutputFormat::epub, &EditionBuilder::make_epub);
    Made web = output(OutputFormat::html, &EditionBuilder::make_html);
    Made images = write && !shared.has_errors() && !context_.finished ? make_cover_images(*book) : Made();
    for (Made* one : {&screen, &print, &web, &images}) {
        std::ranges::move(one->files, std::back_inserter(made.files));
        made.diagnostics.append(one->diagnostics);
        made.report.append(std::move(one->report));
        std::ranges::move(one->products, std::back_inserter(made.products));
        std::ranges::move(one->compared, std::back_inserter(made.compared));
        std::ranges::move(one->outputs, std::back_inserter(made.outputs));
    }
    made.lender = screen.lender;
    if (edition_.onix && !made.products.empty()) make_record(*book, made);
    return made;
}

void EditionBuilder::put(std::string name, Made& made, const std::function<void(Sink&)>& write) const {
    FileSink& file = set_->add(context_.settings.output / edition_.name / name);
    CountingSink sink(file);
    try {
        write(sink);
    } catch (...) {
        set_->discard(file); // the other files of the set may still take their places
        throw;
    }
    made.files.push_back(sink.finish(std::move(name)));
}

void EditionBuilder::discard(const std::vector<BuiltFile>& files) const {
    for (const BuiltFile& file : files) set_->discard(*file.sink);
}

// Holds what stands on the disk against what it claims.
void EditionBuilder::read_back(OutputFormat format, Made& made) const {
    if (context_.settings.no_proof) return;
    const auto bytes = [&](const BuiltFile& file, std::uint64_t most) { return context_.files.read(file.sink->path(), most); };
    if (format == OutputFormat::html && made.screen_proof) {
        std::vector<std::string> pages;
        for (const BuiltFile& file : made.files) pages.push_back(file.name);
        DocumentsProof& proof = *made.screen_proof;
        const auto page = [&](std::size_t at) { return bytes(made.files[at], limits::web_page_bytes); };
        at_once(
            context_.pool, [&] { hold_web_against_book(proof.book->name, pages, page, proof, context_.pool, made.diagnostics); },
            [&] { count_output(*proof.book, nullptr, nullptr, *made.account); });
    }
    for (const BuiltFile& file : made.files) {
        if (format == OutputFormat::pdf)
            hold_pdf_against_claims(file.name, bytes(file, limits::pdf_file_bytes), edition_.where,
                                    edition_.encrypt ? &*edition_.encrypt : nullptr, *made.proof, context_.pool,
                                    made.diagnostics);
        if (format == OutputFormat::epub)
            at_once(
                context_.pool,
                [&] {
                    hold_epub_against_rules(file.name, bytes(file, limits::epub_file_bytes), edition_.where, *made.screen_proof,
                                            context_.pool, made.diagnostics);
                },
                [&] { count_output(*made.screen_proof->book, nullptr, nullptr, *made.account); });
    }
}

void EditionBuilder::make_pdf(const std::shared_ptr<const Book>& book, bool write, Made& made) {
    const FontLibrary& library = fonts(*print_);
    const LibraryMeasures measures(library);
    const StyledBook styled = apply_styles(book, *print_, made.diagnostics, &measures);
    const Shaper shaper{library, context_.shape_cache, context_.hyphenator};
    const LayoutOptions options{context_.settings.allow_missing_glyph, context_.settings.allow_missing_picture,
                                &context_.sources};
    const Pages pages = paginate(styled, shaper, context_.pool, options, made.diagnostics);
    PrintFacts facts = print_facts(pages);
    facts.has_marks = facts.has_marks || (press_ && !edition_.press->marks.empty());
    facts.has_spreads = edition_.fold != Fold::none;
    facts.is_encrypted = edition_.encrypt.has_value();
    hold_print_to_limits(profiles_, facts, made.diagnostics);
    if (made.diagnostics.has_errors() || !library.problems().empty()) return;            // these are reported where it is made
    if (edition_.fold == Fold::none) made.page_list = page_list_of_print(pages, styled); // folded sheets are not what people cite
    if (!write) return;
    if (edition_.press && !press_) return; // its profile is missing, which has been reported
    PdfOptions pdf;
    pdf.producer = producer;
    pdf.date = context_.settings.date.value_or(pdf.date);
    pdf.srgb_profile = srgb_profile_;
    pdf.object_streams = edition_.object_streams;
    pdf.claims_standards = !edition_.encrypt;
    PressOptions press;
    if (press_) {
        press = press_options(*book, shaper);
        pdf.press = &press;
    }
    std::optional<Sheets> sheets;
    if (edition_.fold != Fold::none) {
        const std::string* direction = attribute(book->nodes[0], "dir");
        Length wide = max(edition_.sheet.width, edition_.sheet.height), narrow = min(edition_.sheet.width, edition_.sheet.height);
        if (press_ && !pages.pages.empty()) // the printing house has its own sheets; pages keep their size
            wide = pages.pages.front().width * 2, narrow = pages.pages.front().height;
        sheets = impose(pages, {edition_.fold, wide, narrow, direction && *direction == "rtl"});
        pdf.sheets = &*sheets;
    }
    const PdfPurpose purpose = press_ ? PdfPurpose::press : PdfPurpose::screen;
    if (context_.finished) {
        const ExpectedPdf expected = expected_pdf(styled, pages, pdf.sheets, purpose);
        return compare({edition_, *book, book->name + ".pdf", FinishedKind::pdf, &expected, nullptr}, made);
    }
    const PostPass pass{edition_.linearise, edition_.object_streams, edition_.encrypt ? &*edition_.encrypt : nullptr};
    if (!context_.settings.no_proof) {
        made.proof = std::make_unique<PdfProof>(PdfProof{book, {}, {}});
        made.account = std::make_shared<OutputAccount>();
        at_once(
            context_.pool, [&] { made.proof->expected = expected_pdf(styled, pages, pdf.sheets, purpose); },
            [&] { count_output(*book, &styled, &pages, *made.account); });
    }
    const auto write_file = [&](Sink& sink) {
        const std::vector<FontId> used = write_pdf(pages, library, pdf, context_.pool, sink, made.diagnostics);
        if (made.account) made.account->fonts = used;
    };
    put(book->name + ".pdf", made, [&](Sink& file) {
        if (!pass.wanted()) return write_file(file);
        StringSink whole;
        write_file(whole);
        if (!made.diagnostics.has_errors()) file.write(post_pass(whole.take(), pass));
    });
    made.files.back().pages = pages.pages.size();
    made.products.push_back(product_of(pages, made.files.back()));
}

// Of files that are compared those of their kind; the pages of a PDF also for the e-book that names them.
bool EditionBuilder::is_wanted(OutputFormat format) const {
    const FinishedFiles* finished = context_.finished;
    if (!finished) return true;
    if (format == OutputFormat::html) return finished->wants(FinishedKind::web);
    return finished->wants(FinishedKind::epub) || (format == OutputFormat::pdf && finished->wants(FinishedKind::pdf));
}

// `bifolio check` makes an e-book in memory where shops have a word to say about it.
bool EditionBuilder::checks_shops() const {
    return !set_ &&
           std::ranges::any_of(profiles_, [](const ChosenProfile& one) { return one.profile.kind == RetailKind::e_book; });
}

void EditionBuilder::compare(const ExpectedOutput& output, Made& made) const {
    made.outputs.push_back(edition_.name + "/" + output.name);
    std::ranges::move(context_.finished->compare(output, context_.pool), std::back_inserter(made.compared));
}

PressOptions EditionBuilder::press_options(const Book& book, const Shaper& shaper) const {
    PressOptions options;
    options.colours = press_->colours.get();
    options.profile = press_->bytes;
    options.condition = press_->condition;
    options.description = press_->description;
    options.plan = *edition_.press;
    options.file_name = book.name + ".pdf";
    options.edition_name = edition_.name;
    options.shaper = &shaper;
    // The last place counts, as in the cascade; one that sets the colour of text before others.
    options.place_of = [this](Colour colour, bool of_text) {
        Span found;
        for (const ColourPlace& place : colours_) {
            if (!(place.colour.opaque() == colour)) continue;
            if (place.of_text || !of_text || found == Span()) found = place.where;
        }
        return found;
    };
    return options;
}

// Where the e-book and the print edition share the plan's identifier, the pages' source is named in words.
PageList EditionBuilder::page_list_of_print(const Pages& pages, const StyledBook& styled) const {
    const BookMetadata& book = pages.book->metadata;
    std::string source = isbn_urn(edition_.isbn);
    if (source.empty()) source = edition_.identifier;
    if (source.empty()) {
        source = book.title.empty() ? pages.book->name : book.title;
        if (!book.edition.empty()) source += ", " + book.edition;
        source += ", PDF (" + edition_.name + ")";
    }
    return page_list_of(pages, styled, std::move(source));
}

void EditionBuilder::make_epub(const std::shared_ptr<const Book>& book, bool write, Made& made) {
    EpubOptions epub;
    const bool is_made = write || (checks_shops() && !made.diagnostics.has_errors());
    const bool embeds_fonts = edition_.embed_fonts != EmbeddedFonts::none;
    ScreenStylesheet screen = stylesheet_for_screen(*screen_, {}, ScreenTarget::e_book);
    epub.css = std::move(screen.css);
    Diagnostics of_styles; // told with the fonts; without them the styles are only looked at
    const StyledBook styled = apply_styles(book, *screen_, embeds_fonts ? made.diagnostics : of_styles);
    const ContrastFindings contrast = check_contrast(styled);
    std::vector<FontId> used;
    if (embeds_fonts) {
        const FontLibrary& library = fonts(*screen_);
        const EpubFonts embedded(styled, library, made.diagnostics, edition_.embed_fonts);
        if (!is_made || !library.problems().empty()) return; // the problems are reported where the library is made
        epub.css = embedded.stylesheet(epub.css);
        epub.files = embedded.files(context_.pool);
        used = embedded.used();
    }
    if (!is_made) return;
    epub.producer = producer;
    epub.date = context_.settings.date.value_or(Date{1980, 1, 1});
    const bool names_own_pages = edition_.pages_of.value.empty() || edition_.pages_of.value == edition_.name;
    epub.page_list = made.page_list && names_own_pages ? &*made.page_list : print_pages_;
    epub.contrast = &contrast;
    epub.accessibility = context_.manuscript.plan.accessibility;
    if (context_.finished) return compare_epub(book, epub, made);
    WrittenEpub written = write_epub(*book, epub, context_.pool, made.diagnostics);
    hold_e_book_to_limits(profiles_, written.bytes, written.pictures, made.diagnostics);
    if (!write) return;
    if (std::ranges::find(edition_.conformance, "EPUB-A11Y-1.1") != edition_.conformance.end())
        require_conformity(edition_, written, made.diagnostics);
    report_claims(book->name + ".epub", edition_, written, made.report);
    report_screen_styles(edition_, screen.changes, made.report);
    if (!context_.settings.no_proof) {
        const ScreenParts parts{epub.css, written.marks, written.picture_digests, written.files};
        made.screen_proof = std::make_unique<DocumentsProof>(
            DocumentsProof{book, [book, parts] { return expected_epub(*book, most_document_bytes, parts); }, {}});
        made.account = std::make_shared<OutputAccount>();
        made.account->fonts = std::move(used);
    }
    put(book->name + ".epub", made, [&](Sink& file) { file.write(written.bytes); });
    if (epub.page_list) made.lender = epub.page_list->edition;
    made.files.back().claims = written.claims;
    made.products.push_back(product_of(*book, std::move(written), epub.page_list, made.files.back()));
}

// An e-book that was built alone does not name the pages that another edition has.
void EditionBuilder::compare_epub(const std::shared_ptr<const Book>& book, EpubOptions epub, Made& made) const {
    while (true) {
        const WrittenEpub written = write_epub(*book, epub, context_.pool, made.diagnostics);
        const ExpectedDocuments expected =
            expected_epub(*book, most_document_bytes, {epub.css, written.marks, written.picture_digests, written.files});
        compare({edition_, *book, book->name + ".epub", FinishedKind::epub, nullptr, &expected}, made);
        if (!epub.page_list || epub.page_list != print_pages_) return;
        made.outputs.pop_back();
        epub.page_list = nullptr;
    }
}

void EditionBuilder::make_html(const std::shared_ptr<const Book>& book, bool write, Made& made) {
    if (!write) return;
    const HtmlOptions html{stylesheet_for_screen(*web_, {}, ScreenTarget::web).css, producer};
    std::vector<std::string> pictures;
    const auto put_page = [&](WebPage page) {
        if (!context_.finished) put(std::move(page.name), made, [&](Sink& file) { file.write(page.bytes); });
    };
    write_html(*book, html, context_.pool, made.diagnostics, put_page, &pictures);
    if (context_.settings.no_proof || (made.files.empty() && !context_.finished)) return;
    const ScreenParts parts{html.css, {}, pictures, {}};
    if (context_.finished) {
        const ExpectedDocuments expected = expected_web(*book, parts);
        if (!expected.documents.empty())
            compare({edition_, *book, expected.documents.front(), FinishedKind::web, nullptr, &expected}, made);
        return;
    }
    made.screen_proof =
        std::make_unique<DocumentsProof>(DocumentsProof{book, [book, parts] { return expected_web(*book, parts); }, {}});
    made.account = std::make_shared<OutputAccount>();
}

EditionBuilder::Made EditionBuilder::make_cover_images(const Book& book) {
    Made made;
    const std::vector<CoverFile> files = cover_->images(book, made.diagnostics);
    if (made.diagnostics.has_errors()) return made;
    for (const CoverFile& image : files) {
        put(image.name, made, [&](Sink& file) { file.write(image.bytes); });
        made.files.back().drawn_fonts = image.drawn;
    }
    return made;
}

std::vector<BuiltFile> EditionBuilder::build(FileSet* set, const std::function<void(const std::string&)>& progress,
                                             const PageList* print_pages) {
    const bool spoilt = diagnostics_.has_errors();
    const bool one_book = edition_.each == EditionScope::book && edition_.clinics.value.empty();
    set_ = set;
    print_pages_ = one_book ? print_pages : nullptr;
    std::vector<BuiltFile> files;
    for (std::size_t from = 0; from < selections_.size(); from += books_at_a_time) {
        const std::size_t count = std::min(books_at_a_time, selections_.size() - from);
        progress(edition_.name + (selections_.size() > 1
                                      ? " " + std::to_string(from + count) + " of " + std::to_string(selections_.size())
                                      : ""));
        std::vector<Made> made =
            context_.pool.map(count, [&](std::size_t at) { return make(selections_[from + at], set && !spoilt); });
        for (Made& one : made) {
            diagnostics_.append(one.diagnostics);
            report_.append(std::move(one.report));
            printed_.append(one.printed);
            std::ranges::move(one.compared, std::back_inserter(compared_));
            std::ranges::move(one.outputs, std::back_inserter(outputs_));
            std::ranges::move(one.files, std::back_inserter(files));
            if (one_book) page_list_ = std::move(one.page_list);
        }
    }
    return files;
}

std::string EditionBuilder::dump(DumpStage stage) {
    std::string out;
    for (const BookSelection& selection : selections_) {
        auto book = std::make_shared<const Book>(assemble(context_.manuscript, edition_, selection, diagnostics_));
        if (stage == DumpStage::pages) book = cover_->on_paper(book, diagnostics_).book;
        if (stage == DumpStage::assemble) {
            out += bifolio::dump(*book);
            continue;
        }
        const Stylesheet& stylesheet = print_ ? *print_ : screen_ ? *screen_ : *web_;
        const FontLibrary& library = fonts(stylesheet);
        const LibraryMeasures measures(library);
        const StyledBook styled = apply_styles(book, stylesheet, diagnostics_, &measures);
        if (stage == DumpStage::style) {
            out += bifolio::dump(styled);
            continue;
        }
        const Shaper shaper{library, context_.shape_cache, context_.hyphenator};
        out += bifolio::dump(paginate(
            styled, shaper, context_.pool,
            {context_.settings.allow_missing_glyph, context_.settings.allow_missing_picture, &context_.sources}, diagnostics_));
    }
    return out;
}

} // namespace bifolio
