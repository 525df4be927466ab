#include "write/pdf/pdf_document.h"

#include "io/atomic_files.h"
#include "io/deflate.h"
#include "io/files.h"
#include "support/memory_that_runs_out.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <new>
#include <sys/resource.h>
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
    std::string much;
    while (much.size() < 100'000) much += "ü";
    const std::string cut = pdf_text_string(much);
    CHECK(cut.size() < 2 * 32'767);
    CHECK(cut.ends_with("00FC2026>"));
}

namespace {

void write_small_document(Sink& sink, const TaskPool& pool, int objects, bool object_streams, const PdfMemory* memory = nullptr) {
    PdfDocument document(memory);
    const PdfReference page = document.reserve();
    for (int i = 0; i < objects; ++i) document.add_dictionary("/Number " + std::to_string(i));
    const PdfReference content = document.add_compressed_stream("", "0 0 10 10 re f");
    document.set_dictionary(page, "/Type/Page/Parent " + pdf_reference(document.page_tree()) +
                                      "/MediaBox[0 0 100 100]/Resources<<>>/Contents " + pdf_reference(content));
    document.set_page_tree("/Kids[" + pdf_reference(page) + "]/Count 1");
    document.set_catalog("/Lang(en)");
    document.set_information("/Producer(test)");
    PdfDocument::SaveOptions options;
    options.object_streams = object_streams;
    document.begin(sink, options);
    document.add_stream("", "handed over at once");
    document.finish(pool);
}

std::string small_document(const TaskPool& pool, int objects, bool object_streams = true) {
    StringSink sink;
    write_small_document(sink, pool, objects, object_streams);
    return sink.take();
}

bool passes_qpdf(const std::string& bytes) {
    if (std::system("command -v qpdf > /dev/null") != 0) return true;
    const auto path = std::filesystem::temp_directory_path() / ("bifolio-pdf-" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(path, std::ios::binary) << bytes;
    const bool passes = std::system(("qpdf --check " + path.string() + " > /dev/null").c_str()) == 0;
    std::filesystem::remove(path);
    return passes;
}

} // namespace

TEST_CASE("a document is the same bytes with one thread or many, and another program reads it") {
    const std::string bytes = small_document(TaskPool(1), 1000);
    CHECK(bytes == small_document(TaskPool(4), 1000));
    CHECK(bytes.substr(0, 8) == "%PDF-1.7");
    CHECK(passes_qpdf(bytes));
}

TEST_CASE("on wish the cross-reference table is that of PDF 1.4") {
    const std::string bytes = small_document(TaskPool(2), 1000, false);
    CHECK(bytes.find("/ObjStm") == std::string::npos);
    CHECK(bytes.find("\nxref\n0 ") != std::string::npos);
    CHECK(passes_qpdf(bytes));
    CHECK(bytes == small_document(TaskPool(1), 1000, false));
}

namespace {

// ISO 32000-1, 7.3.3: digits, one sign, one point; PDF/A's range. Nothing else may ever stand where a number does.
bool is_plain_number(std::string_view text, std::size_t most_places) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point), places = text.substr(std::min(point + 1, text.size()));
    const auto digits = [](std::string_view part) {
        return std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return !whole.empty() && whole.size() <= 10 && digits(whole) && digits(places) && places.size() <= most_places &&
           (whole.size() == 1 || whole[0] != '0') && (point == text.size() || !places.empty());
}

} // namespace

TEST_CASE("any number whatever is written as digits, and as near to it as its places allow") {
    std::uint64_t state = 0x9E37'79B9'7F4A'7C15;
    const auto next = [&] {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        return state;
    };
    for (int i = 0; i < 300'000; ++i) {
        const std::uint64_t bits = next();
        // Every other one from all bit patterns, so also infinities, what is no number and what is all but nothing; the others
        // as pages have them.
        double value = i % 2 == 0
                           ? std::bit_cast<double>(bits)
                           : (static_cast<double>(bits % 20'000'001) - 1e7) / std::pow(10.0, static_cast<double>(next() % 8));
        if (i % 1000 == 0) value = std::bit_cast<double>(bits | 0x7FF0'0000'0000'0000); // not a number, mostly
        const std::string number = pdf_number(value);
        std::string factor;
        append_pdf_factor(factor, value);
        INFO(value << " is " << number << " and " << factor);
        REQUIRE(is_plain_number(number, 4));
        REQUIRE(is_plain_number(factor, 6));
        REQUIRE(number != "-0");
        REQUIRE(factor != "-0");
        if (std::isnan(value) || std::abs(value) > 2e9) continue;
        REQUIRE(std::abs(std::stod(number) - value) <= 0.51e-4);
        REQUIRE(std::abs(std::stod(factor) - value) <= (std::abs(value) < 9 ? 0.51e-6 : 0.51e-4));
        std::string whole, points;
        append_pdf_number(whole, static_cast<std::int64_t>(static_cast<std::int32_t>(bits)));
        append_pdf_points(points, Length::from_sp(static_cast<std::int32_t>(bits)));
        REQUIRE(is_plain_number(whole, 0));
        REQUIRE(is_plain_number(points, 4));
        REQUIRE(std::abs(std::stod(points) - static_cast<double>(static_cast<std::int32_t>(bits)) / 65'536) <= 0.51e-4);
    }
}

TEST_CASE("numbers of a hostile drawing stay numbers") {
    CHECK(pdf_number(std::numeric_limits<double>::quiet_NaN()) == "0");
    CHECK(pdf_number(std::numeric_limits<double>::infinity()) == "2000000000");
    CHECK(pdf_number(-1e300) == "-2000000000");
    CHECK(pdf_number(5e-324) == "0");
}

TEST_CASE("a disk that is full at any 4 KiB leaves the old file and nothing else") {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("bifolio-full-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const fs::path target = folder / "book.pdf";
    std::ofstream(target) << "the old file";
    const TaskPool pool(1);
    const std::size_t size = small_document(pool, 4000, false).size();
    REQUIRE(size > 100 * 1024);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN); // the limit then makes write() fail, as a full disk does
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    std::size_t failed = 0;
    for (std::size_t most = 0; most < size; most += 4096) {
        rlimit limit = before;
        limit.rlim_cur = most;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        bool has_failed = false;
        try {
            FileSet set;
            FileSink& sink = set.add(target);
            write_small_document(sink, pool, 4000, false);
            sink.finish();
            set.commit();
        } catch (const IoError&) { has_failed = true; }
        ::setrlimit(RLIMIT_FSIZE, &before);
        failed += has_failed;
        std::string content;
        std::getline(std::ifstream(target), content);
        REQUIRE(content == "the old file");
        REQUIRE(std::distance(fs::directory_iterator(folder), {}) == 1);
    }
    std::signal(SIGXFSZ, old_handler);
    CHECK(failed == (size + 4095) / 4096);
    fs::remove_all(folder);
}

namespace {

// Takes every byte, keeps few: where each object begins, and the file's end.
class CountingSink final : public Sink {
public:
    void write(std::string_view bytes) override {
        if (bytes.size() < 40 && bytes.ends_with(" 0 obj\n")) begins_.push_back({std::stoul(std::string(bytes)), size_});
        if (bytes.size() < (1u << 20)) tail_ += bytes;
        size_ += bytes.size();
    }
    std::uint64_t size() const { return size_; }
    const std::string& tail() const { return tail_; } // without the large streams
    const std::vector<std::pair<std::size_t, std::uint64_t>>& begins() const { return begins_; }

private:
    std::uint64_t size_ = 0;
    std::string tail_;
    std::vector<std::pair<std::size_t, std::uint64_t>> begins_;
};

} // namespace

TEST_CASE("offsets beyond 4 GiB are right, in a stream and in a table") {
    for (const bool object_streams : {true, false}) {
        CountingSink sink;
        PdfDocument document;
        document.set_page_tree("/Kids[]/Count 0");
        document.set_catalog("");
        document.set_information("");
        PdfDocument::SaveOptions options;
        options.object_streams = object_streams;
        document.begin(sink, options);
        for (int i = 0; i < 1200; ++i) document.add_stream("", std::string(4u << 20, 'x')); // 4.7 GiB
        document.finish(TaskPool(1));
        REQUIRE(sink.size() > (std::uint64_t{9} << 29));
        const std::string& tail = sink.tail();
        const std::uint64_t start = std::stoull(tail.substr(tail.rfind("startxref\n") + 10));
        CHECK(start > (std::uint64_t{1} << 32));
        if (!object_streams) {
            const std::size_t table = tail.rfind("xref\n0 ", tail.rfind("startxref") - 1);
            const std::size_t rows = tail.find('\n', table + 5) + 1;
            for (const auto& [number, at] : sink.begins()) CHECK(std::stoull(tail.substr(rows + number * 20, 10)) == at);
            continue;
        }
        const std::size_t data = tail.rfind("stream\n", tail.rfind("endstream") - 1) + 7;
        const std::string rows = inflate_zlib(tail.substr(data, tail.rfind("\nendstream") - data), 1u << 20);
        std::string above(8, '\0');
        std::vector<std::uint64_t> offsets;
        for (std::size_t at = 0; at + 9 <= rows.size(); at += 9) { // the predictor's byte, then eight
            for (std::size_t i = 0; i < 8; ++i) above[i] = static_cast<char>(above[i] + rows[at + 1 + i]);
            std::uint64_t offset = 0;
            for (std::size_t i = 1; i < 6; ++i) offset = offset << 8 | static_cast<unsigned char>(above[i]);
            offsets.push_back(above[0] == 1 ? offset : 0);
        }
        for (const auto& [number, at] : sink.begins()) CHECK(offsets.at(number) == at);
    }
}

TEST_CASE("memory that runs out at any of libharu's allocations is an error and never a crash") {
    const PdfMemory memory{test::MemoryThatRunsOut::allocate, test::MemoryThatRunsOut::release};
    const TaskPool pool(1);
    test::MemoryThatRunsOut::begin(test::MemoryThatRunsOut::endless);
    StringSink whole;
    write_small_document(whole, pool, 300, true, &memory);
    const std::size_t all = test::MemoryThatRunsOut::made;
    REQUIRE(all > 300);
    std::size_t failed = 0;
    for (std::size_t left = 0; left < all; ++left) {
        test::MemoryThatRunsOut::begin(left);
        StringSink sink;
        try {
            write_small_document(sink, pool, 300, true, &memory);
        } catch (const PdfError&) { ++failed; } catch (const std::bad_alloc&) {
            ++failed;
        }
    }
    CHECK(failed == all);
    test::MemoryThatRunsOut::begin(test::MemoryThatRunsOut::endless);
    StringSink again;
    write_small_document(again, pool, 300, true, &memory);
    CHECK(again.bytes() == whole.bytes());
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
