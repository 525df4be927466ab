// settings.h: what the command line asked for.
#pragma once

#include "base/date.h"
#include "verify/epub/epub_rules.h"
#include "verify/rules.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

enum class Command { build, check, new_book, dump, schema, errors, verify, transcript };
enum class DiagnosticsFormat { text, json };
enum class DumpStage { read, assemble, style, pages };

struct Settings {
    Command command = Command::build;
    std::filesystem::path book = "."; // folder, book.yaml or one file; for `new` the folder to make
    std::filesystem::path output = "out";
    std::vector<std::string> editions; // empty: all
    DiagnosticsFormat format = DiagnosticsFormat::text;
    DumpStage stage = DumpStage::assemble;
    std::string schema_kind;
    unsigned jobs = 0; // 0: as many as the machine has
    bool quiet = false, strict = false;
    bool no_proof = false; // no account of the sources; finished files are not read back and held against what they claim
    bool report = false;   // print the Report
    bool allow_missing_picture = false, allow_missing_glyph = false;
    std::string language;
    std::optional<Date> date;
    std::vector<std::filesystem::path> files; // of verify
    std::filesystem::path against;            // the book or certificate that verify compares files with; empty: none
    std::string password;                     // of encrypted PDFs that verify compares
    std::vector<Standard> standards;          // that verify holds PDFs to; empty: what they claim
    std::vector<EpubStandard> epub_standards; // the same of EPUBs
    bool list_rules = false;
    bool words_only = false; // of transcript
};

// DESIGN.md, “Exit codes”.
enum class ExitCode { built = 0, content_errors = 1, usage = 2, surroundings = 3 };

} // namespace bifolio
