#include "io/atomic_files.h"
#include "io/deflate.h"
#include "io/digest.h"
#include "io/files.h"
#include "io/zip_archive.h"
#include "io/zip_reader.h"
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

TEST_CASE("an archive is read back as it was written, in its order") {
    const std::string text(5000, 'a');
    const ZipReader reader(write_zip({stored_entry("mimetype", "x"), deflated_entry("b/é.txt", text)}));
    REQUIRE(reader.members().size() == 2);
    CHECK(reader.members()[0].method == ZipMethod::stored);
    CHECK(reader.members()[1].name == "b/é.txt");
    CHECK(reader.members()[1].method == ZipMethod::deflated);
    CHECK(reader.read(0) == "x");
    CHECK(reader.read(1) == text);
}

TEST_CASE("what is no archive, ends early, or lies about sizes and checksums is refused") {
    const std::string whole = write_zip({stored_entry("a", "hello"), deflated_entry("b", std::string(5000, 'b'))});
    CHECK_THROWS_AS(ZipReader(""), IoError);
    CHECK_THROWS_AS(ZipReader("no archive"), IoError);
    for (std::size_t size = 0; size < whole.size(); size += 7) CHECK_THROWS_AS(ZipReader(whole.substr(0, size)), IoError);
    std::string changed = whole;
    changed[whole.find("hello")] = 'j';
    CHECK_THROWS_WITH(ZipReader(changed).read(0), Catch::Contains("CRC"));
    ZipEntry bomb = deflated_entry("b", std::string(5000, 'b'));
    bomb.size = 400u << 20;
    CHECK_THROWS_WITH(ZipReader(write_zip({bomb})).read(0), Catch::Contains("damaged"));
    bomb.size = 600ull << 20;
    CHECK_THROWS_WITH(ZipReader(write_zip({bomb})), Catch::Contains("limit"));
}
