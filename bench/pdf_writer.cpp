// pdf_writer: how long and how much memory the object writer takes for a book of 10,000 pages with 200,000 structure elements.
// The pages' text is made up; making it is counted in, as a book's text is. Usage: pdf_writer [pages] [out.pdf]
// Measured on two shared cores: 10,000 pages 2.6 s of processor time (text and compression included), 106 MB.
#include "io/atomic_files.h"
#include "io/deflate.h"
#include "write/pdf/pdf_document.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

using namespace bifolio;

namespace {

constexpr std::size_t glyphs_on_page = 3000, glyphs_in_line = 75, elements_on_page = 20, pages_at_a_time = 256;

// A generator of its own, so that the text is the same everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(0x9E37'79B9'7F4A'7C15 * (seed + 1)) {}
    std::uint64_t operator()() {
        state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
        return state_;
    }

private:
    std::uint64_t state_;
};

struct Word {
    std::string shown; // glyphs in hexadecimal with their kerning
    std::size_t glyphs = 0;
};

// Two thousand words, the frequent ones short, so that the pages compress as a language's do.
std::vector<Word> vocabulary() {
    Random random(7);
    std::vector<Word> words(2000);
    for (std::size_t at = 0; at < words.size(); ++at) {
        Word& word = words[at];
        word.glyphs = 2 + random() % (at < 100 ? 4 : 9);
        for (std::size_t i = 0; i < word.glyphs; ++i) {
            append_pdf_hex(word.shown, static_cast<std::uint32_t>(2 + random() % 50), 4);
            if (random() % 12 == 0) word.shown += ">" + std::to_string(10 + random() % 40) + "<";
        }
        word.shown += "0001";
        ++word.glyphs;
    }
    return words;
}

std::string page_text(std::size_t page) {
    static const std::vector<Word> words = vocabulary();
    Random random(page);
    std::string out;
    std::size_t mcid = 0, shown = 0;
    for (int y = 560; shown < glyphs_on_page; y -= 12) {
        if (shown >= mcid * (glyphs_on_page / elements_on_page) && mcid < elements_on_page) {
            if (mcid > 0) out += "ET\nEMC\n";
            out += "/P<</MCID " + std::to_string(mcid++) + ">>BDC\nBT\n/F0 10 Tf\n";
        }
        out += "56.6929 " + std::to_string(y) + " Td\n[<";
        for (std::size_t line = 0; line < glyphs_in_line;) {
            const std::size_t frequent = random() % 3 > 0 ? 100 : words.size();
            const Word& word = words[random() % frequent];
            out += word.shown;
            line += word.glyphs;
            shown += word.glyphs;
        }
        out += ">]TJ\n";
    }
    return out + "ET\nEMC\n";
}

double seconds_of(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

} // namespace

int main(int argc, char** argv) {
    const std::size_t pages = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
    const std::string path = argc > 2 ? argv[2] : "pdf_writer.pdf";
    const auto begin = std::chrono::steady_clock::now();
    const TaskPool pool;
    FileSet files;
    FileSink& sink = files.add(path);
    PdfDocument document;
    document.begin(sink, {});
    const PdfReference root = document.reserve(), whole = document.reserve();
    const PdfReference font = document.add_dictionary("/Type/Font/Subtype/Type1/BaseFont/Helvetica");
    std::vector<PdfReference> page_objects, nodes, sections;
    for (std::size_t at = 0; at < pages; ++at) {
        if (at % 100 == 0) nodes.push_back(document.reserve());
        page_objects.push_back(document.reserve());
    }
    std::string numbers;
    for (std::size_t from = 0; from < pages; from += pages_at_a_time) {
        const auto contents =
            pool.map(std::min(pages_at_a_time, pages - from), [&](std::size_t i) { return deflate_zlib(page_text(from + i)); });
        for (std::size_t i = 0; i < contents.size(); ++i) {
            const std::size_t at = from + i;
            const PdfReference content = document.add_stream("/Filter/FlateDecode", contents[i]);
            document.set_dictionary(page_objects[at], "/Type/Page/Parent " + pdf_reference(nodes[at / 100]) +
                                                          "/MediaBox[0 0 420 595]/Resources<</Font<</F0 " + pdf_reference(font) +
                                                          ">>>>/Contents " + pdf_reference(content) + "/StructParents " +
                                                          std::to_string(at) + "/Tabs/S");
            if (at % 20 == 0) sections.push_back(document.reserve());
            numbers += std::to_string(at) + "[";
            for (std::size_t mcid = 0; mcid < elements_on_page; ++mcid)
                numbers +=
                    pdf_reference(document.add_dictionary("/S/P/P " + pdf_reference(sections.back()) + "/Pg " +
                                                          pdf_reference(page_objects[at]) + "/K " + std::to_string(mcid))) +
                    " ";
            numbers += "]";
        }
    }
    std::string kids;
    for (std::size_t at = 0; at < nodes.size(); ++at) {
        std::string own;
        const std::size_t end = std::min(pages, at * 100 + 100);
        for (std::size_t i = at * 100; i < end; ++i) own += pdf_reference(page_objects[i]) + " ";
        document.set_dictionary(nodes[at], "/Type/Pages/Parent " + pdf_reference(document.page_tree()) + "/Count " +
                                               std::to_string(end - at * 100) + "/Kids[" + own + "]");
        kids += pdf_reference(nodes[at]) + " ";
    }
    document.set_page_tree("/Count " + std::to_string(pages) + "/Kids[" + kids + "]");
    std::string all;
    for (const PdfReference section : sections) {
        document.set_dictionary(section, "/S/Sect/P " + pdf_reference(whole));
        all += pdf_reference(section) + " ";
    }
    document.set_dictionary(whole, "/S/Document/P " + pdf_reference(root) + "/K[" + all + "]");
    document.set_dictionary(root, "/Type/StructTreeRoot/K " + pdf_reference(whole) + "/ParentTree " +
                                      pdf_reference(document.add_dictionary("/Nums[" + numbers + "]")));
    document.set_catalog("/MarkInfo<</Marked true>>/StructTreeRoot " + pdf_reference(root));
    document.set_information("/Producer(bench)");
    document.finish(pool);
    sink.finish();
    files.commit();
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu pages, %zu structure elements: %.2f s, %.2f s of processor time, %ld MB\n", pages, pages * elements_on_page,
                wall, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss / 1024);
}
