// The SVG of a page beside the PDF of the same page, as pixels: two writers, two renderers, one look.
#include "app/program_files.h"
#include "assemble/assemble.h"
#include "layout/page/library_measures.h"
#include "layout/page/paginate.h"
#include "picture/rasterise.h"
#include "read/read_manuscript.h"
#include "style/apply_styles.h"
#include "write/pdf/write_pdf.h"
#include "write/svg/write_svg.h"

#include "support/support.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>

using namespace bifolio;

namespace {

// A PPM (P6) file, as pdftoppm writes it.
RasterPicture read_ppm(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::string magic;
    RasterPicture picture;
    int most = 0;
    in >> magic >> picture.width >> picture.height >> most;
    in.get();
    picture.samples.resize(std::size_t{picture.width} * picture.height * 3);
    in.read(picture.samples.data(), static_cast<std::streamsize>(picture.samples.size()));
    return picture;
}

struct Difference {
    double mean = 0; // of a channel, 0 to 255
    double far = 0;  // share of pixels of which a channel is more than 96 off
};
Difference difference(const RasterPicture& one, const RasterPicture& other) {
    double sum = 0, far = 0;
    for (std::size_t at = 0; at + 2 < one.samples.size(); at += 3) {
        int worst = 0;
        for (std::size_t i = at; i < at + 3; ++i) {
            const int off = std::abs(static_cast<std::uint8_t>(one.samples[i]) - static_cast<std::uint8_t>(other.samples[i]));
            sum += off;
            worst = std::max(worst, off);
        }
        far += worst > 96;
    }
    const auto pixels = static_cast<double>(one.samples.size()) / 3;
    return {sum / pixels / 3, far / pixels};
}

} // namespace

TEST_CASE("the SVG of a page looks as its PDF does") {
    if (!can_rasterise() || std::system("pdftoppm -v > /dev/null 2>&1") != 0) {
        std::cout << "SKIPPED: librsvg or pdftoppm is not installed\n";
        return;
    }
    const DiskFiles files;
    const ProgramFiles program(files);
    const TaskPool pool(1);
    SourceMap sources;
    Diagnostics diagnostics;
    const Manuscript manuscript = read_manuscript(test::source_dir() / "book", files, {}, pool, sources, diagnostics);
    Edition edition;
    edition.name = "print";
    edition.formats = {OutputFormat::pdf};
    edition.each = EditionScope::article;
    const auto chosen =
        std::ranges::find_if(manuscript.articles, [](const Article& one) { return one.id == "getting-an-assessment"; });
    REQUIRE(chosen != manuscript.articles.end());
    const BookSelection selection{static_cast<std::size_t>(chosen - manuscript.articles.begin()), nullptr};
    const auto book = std::make_shared<const Book>(assemble(manuscript, edition, selection, diagnostics));
    const auto stylesheet = read_stylesheets(
        {{program.style("base.css"), StyleSource::Level::program}, {program.style("print.css"), StyleSource::Level::program}}, {},
        Medium::print, files, sources, diagnostics);
    const FontLibrary fonts(files, program.font_families(), {});
    const LibraryMeasures measures(fonts);
    ShapeCache cache;
    const Hyphenator hyphenator;
    const StyledBook styled = apply_styles(book, *stylesheet, diagnostics, &measures);
    Pages pages = paginate(styled, {fonts, cache, hyphenator}, pool, {}, diagnostics);
    REQUIRE(pages.pages.size() >= 2);

    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "bifolio-svg-page-test";
    std::filesystem::create_directories(folder);
    StringSink pdf;
    write_pdf(pages, fonts, {}, pool, pdf, diagnostics);
    std::ofstream(folder / "book.pdf", std::ios::binary) << pdf.bytes();
    const std::string command =
        "pdftoppm -r 192 -l 6 -cropbox " + (folder / "book.pdf").string() + " " + (folder / "page").string();
    REQUIRE(std::system(command.c_str()) == 0);
    std::vector<std::filesystem::path> ppms;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".ppm") ppms.push_back(entry.path());
    std::ranges::sort(ppms);
    REQUIRE(ppms.size() == std::min<std::size_t>(6, pages.pages.size()));
    for (std::size_t i = 0; i < ppms.size(); ++i) {
        const RasterPicture of_pdf = read_ppm(ppms[i]);
        // The whole pixels that pdftoppm has made of the page, so that neither is stretched.
        pages.pages[i].width = Length::px(of_pdf.width / 2.0);
        pages.pages[i].height = Length::px(of_pdf.height / 2.0);
        SvgOptions options;
        options.title = "Page " + pages.pages[i].label;
        const std::string svg = write_svg(pages, PageIndex{static_cast<std::uint32_t>(i)}, fonts, options, diagnostics);
        const auto of_svg = rasterise_svg(svg, of_pdf.width, of_pdf.height);
        REQUIRE(of_svg);
        const Difference found = difference(of_pdf, of_svg.value());
        INFO("page " << i << ": mean " << found.mean << ", far " << found.far);
        CHECK(found.mean < 6);
        CHECK(found.far < 0.02);
        // A page of white would be further off than that: the page has ink.
        RasterPicture white = of_pdf;
        std::ranges::fill(white.samples, '\xff');
        CHECK(difference(of_pdf, white).mean > 2 * found.mean);
    }
    std::filesystem::remove_all(folder);
}
