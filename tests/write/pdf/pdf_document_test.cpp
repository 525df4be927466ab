#include "write/pdf/pdf_document.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace bifolio;

TEST_CASE("a PDF number has no exponent, no negative zero and at most four places") {
    CHECK(pdf_number(-0.00001) == "0");
    CHECK(pdf_number(1e9) == "1000000000");
    CHECK(pdf_number(0.1) == "0.1");
    CHECK(pdf_number(-12.34567) == "-12.3457");
    std::string out;
    append_pdf_points(out, Length::pt(-10.5));
    CHECK(out == "-10.5");
}

TEST_CASE("names and strings are escaped") {
    CHECK(pdf_name("A B/ü") == "/A#20B#2F#C3#BC");
    CHECK(pdf_text_string("a(b)\\") == "(a\\(b\\)\\\\)");
    CHECK(pdf_text_string("≤") == "<FEFF2264>");
    CHECK(pdf_text_string("𝄞") == "<FEFFD834DD1E>");
}

namespace {

std::string small_document(const TaskPool& pool, int objects) {
    PdfDocument document;
    const PdfReference page = document.reserve();
    for (int i = 0; i < objects; ++i) document.add_dictionary("/Number " + std::to_string(i));
    const PdfReference content = document.add_compressed_stream("", "0 0 10 10 re f");
    document.set_dictionary(page, "/Type/Page/Parent " + pdf_reference(document.page_tree()) +
                                      "/MediaBox[0 0 100 100]/Resources<<>>/Contents " + pdf_reference(content));
    document.set_page_tree("/Kids[" + pdf_reference(page) + "]/Count 1");
    document.set_catalog("/Lang(en)");
    document.set_information("/Producer(test)");
    StringSink sink;
    document.save(sink, pool, {});
    return sink.take();
}

} // namespace

TEST_CASE("a document is the same bytes with one thread or many, and another program reads it") {
    const std::string bytes = small_document(TaskPool(1), 1000);
    CHECK(bytes == small_document(TaskPool(4), 1000));
    CHECK(bytes.substr(0, 8) == "%PDF-1.7");
    const auto path = std::filesystem::temp_directory_path() / ("bifolio-pdf-" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(path, std::ios::binary) << bytes;
    if (std::system("command -v qpdf > /dev/null") == 0)
        CHECK(std::system(("qpdf --check " + path.string() + " > /dev/null").c_str()) == 0);
    std::filesystem::remove(path);
}

TEST_CASE("a failing sink ends the saving with its own error") {
    struct Failing final : Sink {
        std::size_t left = 300;
        void write(std::string_view bytes) override {
            if (bytes.size() > left) throw std::runtime_error("disk full");
            left -= bytes.size();
        }
    } sink;
    PdfDocument document;
    document.set_page_tree("/Kids[]/Count 0");
    document.set_catalog("");
    document.set_information("");
    document.add_stream("", std::string(1000, 'x'));
    CHECK_THROWS_WITH(document.save(sink, TaskPool(1), {}), "disk full");
}
