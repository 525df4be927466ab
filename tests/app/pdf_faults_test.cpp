// What goes wrong while a real book becomes a PDF: libharu without memory, a locked file that cannot be opened as it should.
#include "app/program_files.h"
#include "app/read_back.h"
#include "assemble/assemble.h"
#include "layout/page/library_measures.h"
#include "layout/page/paginate.h"
#include "read/read_manuscript.h"
#include "style/apply_styles.h"
#include "write/pdf/pdf_document.h"
#include "write/pdf/post_pass.h"
#include "write/pdf/write_pdf.h"

#include "support/memory_that_runs_out.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <new>

using namespace bifolio;

namespace {

// The sample book's print edition, laid out; or one article of it.
struct LaidOut {
    explicit LaidOut(const std::string& article = {}) {
        const Manuscript manuscript = read_manuscript(test::source_dir() / "book", files, {}, pool, sources, diagnostics);
        Edition edition;
        edition.name = "print";
        edition.formats = {OutputFormat::pdf};
        BookSelection selection{};
        if (!article.empty()) {
            edition.each = EditionScope::article;
            const auto chosen = std::ranges::find(manuscript.articles, article, &Article::id);
            REQUIRE(chosen != manuscript.articles.end());
            selection.article = static_cast<std::size_t>(chosen - manuscript.articles.begin());
        }
        book = std::make_shared<const Book>(assemble(manuscript, edition, selection, diagnostics));
        const auto stylesheet = read_stylesheets(
            {{program.style("base.css"), StyleSource::Level::program}, {program.style("print.css"), StyleSource::Level::program}},
            {}, Medium::print, files, sources, diagnostics);
        const LibraryMeasures measures(fonts);
        styled = std::make_unique<StyledBook>(apply_styles(book, *stylesheet, diagnostics, &measures));
        pages = paginate(*styled, {fonts, cache, hyphenator}, pool, {}, diagnostics);
    }

    std::string written(const PdfMemory* memory = nullptr, bool claims = true) {
        PdfOptions options;
        options.memory = memory;
        options.claims_standards = claims;
        StringSink sink;
        write_pdf(pages, fonts, options, pool, sink, diagnostics);
        return sink.take();
    }

    DiskFiles files;
    ProgramFiles program{files};
    TaskPool pool{1};
    SourceMap sources;
    Diagnostics diagnostics;
    FontLibrary fonts{files, program.font_families(), {}};
    ShapeCache cache;
    Hyphenator hyphenator;
    std::shared_ptr<const Book> book;
    std::unique_ptr<StyledBook> styled;
    Pages pages;
};

void fail_everywhere(LaidOut& laid_out, std::size_t points) {
    const PdfMemory memory{test::MemoryThatRunsOut::allocate, test::MemoryThatRunsOut::release};
    test::MemoryThatRunsOut::begin(test::MemoryThatRunsOut::endless);
    const std::string whole = laid_out.written(&memory);
    const std::size_t all = test::MemoryThatRunsOut::made;
    REQUIRE(all > points);
    for (std::size_t point = 0; point < points; ++point) {
        // The first ones one by one: there libharu makes the document itself. The last one, too.
        const std::size_t left = point < points / 4 ? point : point + 1 == points ? all - 1 : all * point / points;
        test::MemoryThatRunsOut::begin(left);
        INFO("allocation " << left << " of " << all);
        std::string said;
        try {
            laid_out.written(&memory);
        } catch (const PdfError& error) { said = error.what(); } catch (const std::bad_alloc&) {
            said = "out of memory";
        }
        CHECK(said.find("memory") != std::string::npos);
    }
    test::MemoryThatRunsOut::begin(test::MemoryThatRunsOut::endless);
    CHECK(laid_out.written(&memory) == whole); // nothing is left of the failures
}

} // namespace

TEST_CASE("memory that runs out anywhere in the writing of a real book is an error that says so") {
    LaidOut article("getting-an-assessment");
    fail_everywhere(article, 160);
    LaidOut book;
    fail_everywhere(book, 16);
}

TEST_CASE("a locked file is opened as its reader does, and held against its book") {
    LaidOut article("getting-an-assessment");
    EncryptionPlan plan;
    plan.password = "sesame";
    const std::string plain = article.written(nullptr, false), locked = post_pass(plain, {false, true, &plan});
    const auto said = [&](const std::string& bytes, const EncryptionPlan& lock, const LaidOut& book) {
        PdfProof proof{book.book, expected_pdf(*book.styled, book.pages, nullptr), {}};
        Diagnostics diagnostics;
        hold_pdf_against_claims("a.pdf", bytes, {}, &lock, proof, article.pool, diagnostics);
        std::string all;
        for (const Diagnostic& one : diagnostics.all()) all += one.message + "\n";
        if (all.empty()) CHECK(proof.counts.found.characters > 1000);
        return all;
    };
    CHECK(said(locked, plan, article).empty());
    EncryptionPlan other = plan;
    other.password = "wrong";
    CHECK(said(locked, other, article).find("needs a password") != std::string::npos);
    CHECK(said(plain, plan, article).find("it is not") != std::string::npos);

    CHECK(said(locked, plan, LaidOut("how-attention-works")).find("instead of") != std::string::npos); // another's words
}
