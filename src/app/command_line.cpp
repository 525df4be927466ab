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

// What is typed and becomes a setting only when all of it is read.
struct Typed {
    std::string date;
    std::vector<std::string> allowed, standards;
};

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
void add_reading(CLI::App& command, Settings& settings, Typed& typed) {
    command.add_flag("--strict", settings.strict, "Unknown keys in an article's front matter are errors");
    command.add_option("--allow", typed.allowed, "Go on with a visible box and a warning: missing-picture, missing-glyph")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"missing-picture", "missing-glyph"}))
        ->option_text("WHAT,...");
    command.add_option("--lang", settings.language, "The language of a text that names none, such as en-GB")
        ->option_text("LANGUAGE");
    command.add_option("--date", typed.date, "The date of the build (default: SOURCE_DATE_EPOCH, else the plan's date)")
        ->check([](const std::string& text) {
            return parse_date(text) ? std::string() : "‘" + text + "’ is no date such as 2026-09-01";
        })
        ->option_text("DATE");
}

void add_common(CLI::App& command, Settings& settings, Typed& typed) {
    add_book(command, settings);
    command.add_option("-e,--edition", settings.editions, "Only this edition of the plan; may be given several times")
        ->allow_extra_args(false)
        ->option_text("NAME");
    add_format_and_jobs(command, settings);
    command.add_flag("-q,--quiet", settings.quiet, "No progress and no summary");
    add_reading(command, settings, typed);
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

CLI::App& add_build(CLI::App& app, Settings& settings, Typed& typed) {
    CLI::App& build = *app.add_subcommand("build", "Build the editions of a book, a folder of articles or one article");
    add_common(build, settings, typed);
    build.add_option("-o,--output", settings.output, "The folder for what is built (default: out)")->option_text("FOLDER");
    build.add_flag("--no-proof", settings.no_proof, "Do not prove that no text was lost, nor read the finished files back");
    add_report(build, settings);
    return build;
}

CLI::App& add_dump(CLI::App& app, Settings& settings, Typed& typed) {
    CLI::App& dump = *app.add_subcommand("dump", "Print what a stage made, as text");
    add_common(dump, settings, typed);
    dump.add_option("--stage", settings.stage, "read, assemble, style or pages")
        ->required()
        ->transform(CLI::CheckedTransformer(std::map<std::string, DumpStage>{{"read", DumpStage::read},
                                                                             {"assemble", DumpStage::assemble},
                                                                             {"style", DumpStage::style},
                                                                             {"pages", DumpStage::pages}}))
        ->option_text("STAGE");
    return dump;
}

CLI::App& add_schema(CLI::App& app, Settings& settings) {
    CLI::App& schema = *app.add_subcommand(
        "schema", "Print the JSON Schema of a YAML file, for editors, or of certificate.json or manifest.json");
    std::vector<std::string> kinds;
    for (const std::string_view kind : schema_kinds()) kinds.emplace_back(kind);
    kinds.emplace_back("certificate");
    kinds.emplace_back("manifest");
    schema.add_option("file", settings.schema_kind, "Which file")->required()->check(CLI::IsMember(kinds));
    return schema;
}

// The options of `verify --against`, which mean nothing without it.
void add_against(CLI::App& verify, Settings& settings, Typed& typed) {
    CLI::Option* against =
        verify
            .add_option("--against", settings.against,
                        "Compare the files, also web editions, with the book that they were built from, character by "
                        "character; or with the certificate.json of their build alone")
            ->option_text("BOOK");
    verify
        .add_option("-e,--edition", settings.editions,
                    "With --against: only this edition (default: all that make a file of that name)")
        ->needs(against)
        ->allow_extra_args(false)
        ->option_text("NAME");
    verify.add_option("--password", settings.password, "With --against: of encrypted PDFs, where the plan does not say it")
        ->needs(against)
        ->option_text("PASSWORD");
    add_reading(verify, settings, typed);
    for (const char* of_reading : {"--strict", "--allow", "--lang", "--date"}) verify.get_option(of_reading)->needs(against);
}

CLI::App& add_verify(CLI::App& app, Settings& settings, Typed& typed) {
    CLI::App& verify =
        *app.add_subcommand("verify", "Hold PDF and EPUB files, ours or others', against the standards that they claim");
    verify
        .add_option("files", settings.files,
                    "PDF and EPUB files, or the folder of an unpacked EPUB (with --against: or of a web edition)")
        ->option_text("FILE");
    add_against(verify, settings, typed);
    verify
        .add_option("--standard", typed.standards,
                    "Hold them to this instead (may be given several times): " + standards_that_are_checked())
        ->check([](const std::string& text) {
            const auto standard = standard_of(text);
            return epub_standard_of(text) || (standard && is_checked(*standard))
                       ? std::string()
                       : "‘" + text + "’ is no standard that can be verified";
        })
        ->allow_extra_args(false)
        ->excludes("--against")
        ->option_text("STANDARD");
    verify.add_flag("--rules", settings.list_rules, "List all rules, also those that no machine can check");
    verify.add_flag("-q,--quiet", settings.quiet, "Say nothing of files that pass");
    add_format_and_jobs(verify, settings);
    verify.footer("Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a file cannot be read.");
    return verify;
}

CLI::App& add_transcript(CLI::App& app, Settings& settings) {
    CLI::App& transcript =
        *app.add_subcommand("transcript", "Print what a screen reader reads of a tagged PDF, in order and with roles");
    transcript.add_option("files", settings.files, "PDF files")->required()->option_text("FILE.pdf");
    transcript.add_flag("--words", settings.words_only, "The words alone, a line for each block");
    transcript.footer("Exit codes: 0 read, 1 a file is not tagged, 2 wrong usage, 3 a file cannot be read.");
    return transcript;
}

void take_standards(const std::vector<std::string>& names, Settings& settings) {
    for (const std::string& name : names)
        if (const auto standard = standard_of(name))
            settings.standards.push_back(*standard);
        else if (const auto of_epub = epub_standard_of(name))
            settings.epub_standards.push_back(*of_epub);
}

void take_allowed(const std::vector<std::string>& names, Settings& settings) {
    for (const std::string& name : names) {
        if (name == "missing-picture") settings.allow_missing_picture = true;
        if (name == "missing-glyph") settings.allow_missing_glyph = true;
    }
}

} // namespace

std::variant<Settings, ExitCode> read_command_line(int argc, const char* const* argv) {
    Settings settings;
    Typed typed;
    CLI::App app("bifolio builds EPUB and tagged print PDF from articles.", "bifolio");
    app.set_version_flag("--version", "bifolio " BIFOLIO_VERSION);
    app.require_subcommand(1);
    app.footer(main_footer);

    std::vector<std::pair<const CLI::App*, Command>> commands; // in the order of --help
    commands.emplace_back(&add_build(app, settings, typed), Command::build);
    CLI::App& check = *app.add_subcommand("check", "Show everything that is wrong, without writing files");
    add_common(check, settings, typed);
    add_report(check, settings);
    commands.emplace_back(&check, Command::check);
    CLI::App& make = *app.add_subcommand("new", "Make a small book to begin with");
    make.add_option("folder", settings.book, "The folder to make")->required()->option_text("FOLDER");
    commands.emplace_back(&make, Command::new_book);
    commands.emplace_back(&add_dump(app, settings, typed), Command::dump);
    commands.emplace_back(&add_schema(app, settings), Command::schema);
    commands.emplace_back(&add_verify(app, settings, typed), Command::verify);
    commands.emplace_back(&add_transcript(app, settings), Command::transcript);
    commands.emplace_back(app.add_subcommand("errors", "Print the table of all messages, as in docs/errors.md"), Command::errors);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) { return app.exit(error) == 0 ? ExitCode::built : ExitCode::usage; }
    for (const auto& [command, kind] : commands)
        if (command->parsed()) settings.command = kind;
    if (!settings.against.empty()) settings.book = settings.against;
    take_standards(typed.standards, settings);
    take_allowed(typed.allowed, settings);
    settings.date = parse_date(typed.date);
    return settings;
}

} // namespace bifolio
