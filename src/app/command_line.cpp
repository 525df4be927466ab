#include "app/command_line.h"

#include "base/utf8.h"
#include "read/schema.h"

#include <CLI/CLI.hpp>

#include <map>

namespace bifolio {

namespace {

constexpr const char* main_footer = R"(Examples:
  bifolio build leaflet.md -o out      one article: an EPUB and an A4 PDF
  bifolio build book -o out            a book with its plan (book/book.yaml)
  bifolio check book                   everything but writing the files
  bifolio new my-book                  a small book to begin with
  bifolio verify out/print/book.pdf    does the PDF keep what it claims (PDF/UA-1)?
  bifolio verify out/ebook/book.epub   does the e-book keep the rules of EPUB 3.3?

Exit codes: 0 built, 1 errors in the content, 2 wrong usage, 3 the surroundings failed (disk, missing files).)";

void add_book(CLI::App& command, Settings& settings) {
    command
        .add_option("book", settings.book,
                    "A book's folder, its book.yaml, a folder of Markdown, or one article (default: this folder)")
        ->option_text("BOOK");
}

// What every command that reads a book understands.
void add_format_and_jobs(CLI::App& command, Settings& settings) {
    command.add_option("--format", settings.format, "How messages are shown: text or json")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, DiagnosticsFormat>{{"text", DiagnosticsFormat::text}, {"json", DiagnosticsFormat::json}}))
        ->option_text("FORMAT");
    command.add_option("-j,--jobs", settings.jobs, "How many threads (default: as many as there are processors)")
        ->check(CLI::Range(1, 256))
        ->option_text("N");
}

// What changes how a book is read, and so what its files say.
void add_reading(CLI::App& command, Settings& settings, std::string& date, std::vector<std::string>& allowed) {
    command.add_flag("--strict", settings.strict, "Unknown keys in an article's front matter are errors");
    command.add_option("--allow", allowed, "Go on with a visible box and a warning: missing-picture, missing-glyph")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"missing-picture", "missing-glyph"}))
        ->option_text("WHAT,...");
    command.add_option("--lang", settings.language, "The language of a text that names none, such as en-GB")
        ->option_text("LANGUAGE");
    command.add_option("--date", date, "The date of the build (default: SOURCE_DATE_EPOCH, else the plan's date)")
        ->check([](const std::string& text) {
            return parse_date(text) ? std::string() : "‘" + text + "’ is no date such as 2026-09-01";
        })
        ->option_text("DATE");
}

void add_common(CLI::App& command, Settings& settings, std::string& date, std::vector<std::string>& allowed) {
    add_book(command, settings);
    command.add_option("-e,--edition", settings.editions, "Only this edition of the plan; may be given several times")
        ->allow_extra_args(false)
        ->option_text("NAME");
    add_format_and_jobs(command, settings);
    command.add_flag("-q,--quiet", settings.quiet, "No progress and no summary");
    add_reading(command, settings, date, allowed);
}

void add_report(CLI::App& command, Settings& settings) {
    command.add_flag("--report", settings.report, "Print what is no fault and yet worth knowing, such as what was left out");
}

std::string standards_that_are_checked() {
    std::string out;
    for (const Standard standard : all_standards)
        if (is_checked(standard)) out += (out.empty() ? "" : ", ") + to_ascii_lower(name_of(standard));
    for (const EpubStandard standard : all_epub_standards) out += ", " + std::string(option_of(standard));
    return out;
}

} // namespace

std::variant<Settings, ExitCode> read_command_line(int argc, const char* const* argv) {
    Settings settings;
    std::string date;
    std::vector<std::string> allowed;
    CLI::App app("bifolio builds EPUB and tagged print PDF from articles.", "bifolio");
    app.set_version_flag("--version", "bifolio " BIFOLIO_VERSION);
    app.require_subcommand(1);
    app.footer(main_footer);

    CLI::App* build = app.add_subcommand("build", "Build the editions of a book, a folder of articles or one article");
    add_common(*build, settings, date, allowed);
    build->add_option("-o,--output", settings.output, "The folder for what is built (default: out)")->option_text("FOLDER");
    build->add_flag("--no-proof", settings.no_proof, "Do not prove that no text was lost, nor read the finished files back");
    add_report(*build, settings);
    CLI::App* check = app.add_subcommand("check", "Show everything that is wrong, without writing files");
    add_common(*check, settings, date, allowed);
    add_report(*check, settings);
    CLI::App* make = app.add_subcommand("new", "Make a small book to begin with");
    make->add_option("folder", settings.book, "The folder to make")->required()->option_text("FOLDER");
    CLI::App* dump = app.add_subcommand("dump", "Print what a stage made, as text");
    add_common(*dump, settings, date, allowed);
    dump->add_option("--stage", settings.stage, "read, assemble, style or pages")
        ->required()
        ->transform(CLI::CheckedTransformer(std::map<std::string, DumpStage>{{"read", DumpStage::read},
                                                                             {"assemble", DumpStage::assemble},
                                                                             {"style", DumpStage::style},
                                                                             {"pages", DumpStage::pages}}))
        ->option_text("STAGE");
    CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of a YAML file, for editors, or of certificate.json");
    std::vector<std::string> kinds;
    for (const std::string_view kind : schema_kinds()) kinds.emplace_back(kind);
    kinds.emplace_back("certificate");
    schema->add_option("file", settings.schema_kind, "Which file")->required()->check(CLI::IsMember(kinds));
    CLI::App* verify =
        app.add_subcommand("verify", "Hold PDF and EPUB files, ours or others', against the standards that they claim");
    verify->add_option("files", settings.files, "PDF and EPUB files, or the folder of an unpacked EPUB (with --against: or of a web edition)")->option_text("FILE");
    CLI::Option* against = verify
                               ->add_option("--against", settings.against,
                                            "Compare the files, also web editions, with the book that they were built from, character by "
                                            "character; or with the certificate.json of their build alone")
                               ->option_text("BOOK");
    verify
        ->add_option("-e,--edition", settings.editions,
                     "With --against: only this edition (default: all that make a file of that name)")
        ->needs(against)
        ->allow_extra_args(false)
        ->option_text("NAME");
    verify->add_option("--password", settings.password, "With --against: of encrypted PDFs, where the plan does not say it")
        ->needs(against)
        ->option_text("PASSWORD");
    add_reading(*verify, settings, date, allowed);
    for (const char* of_reading : {"--strict", "--allow", "--lang", "--date"}) verify->get_option(of_reading)->needs(against);
    std::vector<std::string> standards;
    verify
        ->add_option("--standard", standards,
                     "Hold them to this instead (may be given several times): " + standards_that_are_checked())
        ->check([](const std::string& text) {
            const auto standard = standard_of(text);
            return epub_standard_of(text) || (standard && is_checked(*standard))
                       ? std::string()
                       : "‘" + text + "’ is no standard that can be verified";
        })
        ->allow_extra_args(false)
        ->excludes(against)
        ->option_text("STANDARD");
    verify->add_flag("--rules", settings.list_rules, "List all rules, also those that no machine can check");
    verify->add_flag("-q,--quiet", settings.quiet, "Say nothing of files that pass");
    add_format_and_jobs(*verify, settings);
    verify->footer("Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a file cannot be read.");
    CLI::App* transcript =
        app.add_subcommand("transcript", "Print what a screen reader reads of a tagged PDF, in order and with roles");
    transcript->add_option("files", settings.files, "PDF files")->required()->option_text("FILE.pdf");
    transcript->add_flag("--words", settings.words_only, "The words alone, a line for each block");
    transcript->footer("Exit codes: 0 read, 1 a file is not tagged, 2 wrong usage, 3 a file cannot be read.");
    CLI::App* errors = app.add_subcommand("errors", "Print the table of all messages, as in docs/errors.md");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? ExitCode::built : ExitCode::usage; }
    if (build->parsed()) settings.command = Command::build;
    if (check->parsed()) settings.command = Command::check;
    if (make->parsed()) settings.command = Command::new_book;
    if (dump->parsed()) settings.command = Command::dump;
    if (schema->parsed()) settings.command = Command::schema;
    if (transcript->parsed()) settings.command = Command::transcript;
    if (verify->parsed()) settings.command = Command::verify;
    if (!settings.against.empty()) settings.book = settings.against;
    for (const std::string& standard : standards)
        if (const auto known = standard_of(standard))
            settings.standards.push_back(*known);
        else if (const auto of_epub = epub_standard_of(standard))
            settings.epub_standards.push_back(*of_epub);
    if (errors->parsed()) settings.command = Command::errors;
    settings.date = parse_date(date);
    for (const std::string& what : allowed) {
        if (what == "missing-picture") settings.allow_missing_picture = true;
        if (what == "missing-glyph") settings.allow_missing_glyph = true;
    }
    return settings;
}

} // namespace bifolio
