#include "io/atomic_files.h"
#include "io/deflate.h"
#include "io/digest.h"
#include "io/files.h"
#include "io/zip_archive.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <sys/stat.h>

using namespace bifolio;
namespace fs = std::filesystem;

namespace {

struct TemporaryFolder {
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "bifolio-io-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        path = name;
    }
    ~TemporaryFolder() { fs::remove_all(path); }
    fs::path path;
};

} // namespace

TEST_CASE("SHA-256 of “abc” is the one in the standard") {
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("deflated data inflates to itself and a bomb is stopped") {
    const std::string zeros(1 << 20, '\0');
    CHECK(inflate_zlib(deflate_zlib(zeros), zeros.size()) == zeros);
    CHECK_THROWS_AS(inflate_zlib(deflate_zlib(zeros), 1000), IoError);
    CHECK_THROWS_AS(inflate_zlib("no zlib data", 1000), IoError);
}

TEST_CASE("paths that a document names stay inside the book") {
    for (const char* good : {"media/a.png", "./a.md", "a/../b.md", "über/x.svg"}) CHECK(is_confined(good));
    for (const char* bad : {"", "/etc/passwd", "../x", "a/../../x", "C:\\x", "a\\b", "http://x/y", "a\nb"})
        CHECK_FALSE(is_confined(bad));
}

TEST_CASE("a link on the disk that leads out of the book is seen") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path / "book");
    std::ofstream(folder.path / "secret.txt") << "x";
    fs::create_symlink(folder.path / "secret.txt", folder.path / "book" / "link.txt");
    std::ofstream(folder.path / "book" / "own.txt") << "x";
    CHECK(leads_out_of(folder.path / "book", folder.path / "book" / "link.txt"));
    CHECK_FALSE(leads_out_of(folder.path / "book", folder.path / "book" / "own.txt"));
    CHECK_FALSE(leads_out_of(folder.path / "book" / "", folder.path / "book" / "own.txt"));
}

TEST_CASE("a pipe, a folder and a file over the limit are refused") {
    const TemporaryFolder folder;
    const DiskFiles files;
    REQUIRE(::mkfifo((folder.path / "pipe").c_str(), 0600) == 0);
    std::ofstream(folder.path / "large") << std::string(100, 'x');
    CHECK_THROWS_AS(files.read(folder.path / "pipe", 10), IoError);
    CHECK_THROWS_AS(files.read(folder.path, 10), IoError);
    CHECK_THROWS_AS(files.read(folder.path / "large", 99), IoError);
    CHECK(files.read(folder.path / "large", 100).size() == 100);
}

TEST_CASE("a set of files appears together or not at all") {
    const TemporaryFolder folder;
    std::ofstream(folder.path / "a") << "old";
    {
        FileSet abandoned;
        abandoned.add(folder.path / "a").write("half");
    }
    CHECK(test::read_file(folder.path / "a") == "old");
    CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 1);
    FileSet set;
    FileSink& a = set.add(folder.path / "a");
    FileSink& b = set.add(folder.path / "sub" / "b");
    a.write("new");
    b.write(std::string(3 << 20, 'b'));
    a.finish();
    b.finish();
    CHECK(test::read_file(a.path()) == "new");
    FileSink& discarded = set.add(folder.path / "a"); // the same target: the first one stays as it is
    discarded.write("third");
    discarded.finish();
    set.discard(discarded);
    set.commit();
    CHECK(test::read_file(folder.path / "a") == "new");
    CHECK(fs::file_size(folder.path / "sub" / "b") == 3u << 20);
    CHECK(std::distance(fs::directory_iterator(folder.path), {}) == 2);
}

TEST_CASE("an archive has its entries in order, the first stored, and the same bytes twice") {
    const std::vector<ZipEntry> entries{stored_entry("mimetype", "application/epub+zip"),
                                        deflated_entry("a/text.txt", std::string(1000, 'x')),
                                        deflated_entry("über.txt", "short")};
    const std::string bytes = write_zip(entries);
    CHECK(bytes == write_zip(entries));
    CHECK(bytes.substr(0, 4) == "PK\3\4");
    CHECK(bytes.substr(30, 28) == "mimetypeapplication/epub+zip");
    CHECK(bytes.size() < 600);
}
