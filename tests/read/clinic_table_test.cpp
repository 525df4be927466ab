#include "read/clinic_table.h"

#include "read/text_file.h"

#include <catch2/catch.hpp>

using namespace bifolio;

namespace {

struct Read {
    SourceMap sources;
    Diagnostics diagnostics;
    std::vector<Clinic> clinics;

    explicit Read(std::string_view bytes) {
        const SourceId source = add_text("clinics.csv", decode_text(bytes, OtherEncoding::windows_1252), sources, diagnostics);
        clinics = read_clinics(source, sources, diagnostics);
    }
};

std::string shown(const Clinic& clinic) {
    std::string out = clinic.id + ":";
    for (const auto& [name, cell] : clinic.fields) out += " " + name + "=<" + cell.value + ">";
    return out;
}

} // namespace

TEST_CASE("a table of clinics reads the same with any separator, line end or mark") {
    const std::string wanted = "the-old-mill: name=<The \"Old\" Mill> opening-hours=<Mon, Tue\nWed; Thu>";
    for (const char* table : {
             "name,Opening hours\n\"The \"\"Old\"\" Mill\",\"Mon, Tue\nWed; Thu\"\n",
             "name;Opening hours\r\n\"The \"\"Old\"\" Mill\";\"Mon, Tue\r\nWed; Thu\"\r\n;\r\n",
             "\xEF\xBB\xBFname\topening_hours\r\"The \"\"Old\"\" Mill\"\t\"Mon, Tue\rWed; Thu\"",
             "sep=|\nname|Opening hours\nThe \"Old\" Mill|\"Mon, Tue\nWed; Thu\"\n",
         }) {
        const Read read(table);
        INFO(table);
        CHECK(read.diagnostics.all().empty());
        REQUIRE(read.clinics.size() == 1);
        CHECK(shown(read.clinics[0]) == wanted);
    }
}

TEST_CASE("copies, language and ids of clinics are taken from their columns") {
    const Read read("id,name,copies,language\nNorth 1,North,50,en-GB\n,South,,\n,South,3,cy\n");
    CHECK(read.diagnostics.all().empty());
    REQUIRE(read.clinics.size() == 3);
    CHECK(read.clinics[0].id == "north-1");
    CHECK(read.clinics[0].copies == 50);
    CHECK(read.clinics[0].language == "en-GB");
    CHECK(read.clinics[1].id == "south");
    CHECK(read.clinics[1].copies == 1);
    CHECK(read.clinics[2].id == "south-2");
    CHECK(read.clinics[2].language == "cy");
}

TEST_CASE("a number of a country without leading zeros is not suspected") {
    CHECK(Read("name,phone,language\nNorth,2025550143,en-US\n").diagnostics.all().empty());
    CHECK(Read("name,phone,language\nNorth,2079460187,en-GB\n").diagnostics.warnings() == 1);
    CHECK(Read("name,phone\nNorth,020 7946 0187\nSouth,2079460188\n").diagnostics.warnings() == 1);
    CHECK(Read("name,phone\nNorth,+44 20 7946 0187\nSouth,111\n").diagnostics.all().empty());
}
