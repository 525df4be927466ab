#include "app/commands.h"

#include "app/certificate.h"
#include "app/edition_builder.h"
#include "app/manifest.h"
#include "app/new_book.h"
#include "app/program_files.h"
#include "app/show.h"
#include "app/source_report.h"
#include "app/verify_certificate.h"
#include "app/verify_command.h"
#include "base/nearest.h"
#include "io/atomic_files.h"
#include "io/digest.h"
#include "io/limits.h"
#include "read/read_manuscript.h"
#include "read/schema.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

// The folder that the book's own paths are relative to.
fs::path folder_of(const fs::path& book, const Files& files) {
    if (files.is_folder(book)) return book;
    return book.has_parent_path() ? book.parent_path() : fs::path(".");
}

// --date, else SOURCE_DATE_EPOCH, else the plan's date, else the newest date of an article. The only clock of the program
// is the one that the caller passes in.
std::optional<Date> build_date(const Settings& settings, const Manuscript& manuscript) {
    if (settings.date) return settings.date;
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch && *epoch) {
        char* end = nullptr;
        const long long seconds = std::strtoll(epoch, &end, 10);
        if (*end == '\0' && seconds >= 0 && seconds < 253'402'300'800) { // the year 10000
            // Days → civil date: Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”, civil_from_days.
            const long long days = seconds / 86'400 + 719'468, era = days / 146'097, day_of_era = days % 146'097;
            const long long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
            const long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
            const long long month = (5 * day_of_year + 2) / 153;
            const auto civil_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
            return Date{static_cast<int>(year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0)), civil_month,
                        static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1)};
        }
    }
    if (manuscript.plan.date) return manuscript.plan.date;
    std::optional<Date> newest;
    for (const Article& article : manuscript.articles)
        for (const auto& date : {article.front_matter.published, article.front_matter.reviewed})
            if (date && (!newest || date->value > *newest)) newest = date->value;
    return newest;
}

// A run from reading to the last line; what build, check and dump share.
class Run {
public:
    explicit Run(const Settings& settings)
        : settings_(settings), program_(files_), pool_(settings.jobs),
          progress_(!settings.quiet && settings.format == DiagnosticsFormat::text) {
        progress_.show("reading");
        const bool proves = !settings.no_proof && settings.command != Command::dump;
        manuscript_ = read_manuscript(settings.book, files_, {settings.strict, settings.allow_missing_picture, settings.language},
                                      pool_, sources_, diagnostics_, proves ? &accounts_ : nullptr);
        read_sources_ = sources_.size();
        report_accounts(accounts_, sources_, report_);
        for (const WordDivision& division : manuscript_.plan.hyphenation)
            hyphenator_.add_exception(division.language, division.word);
        settings_.date = build_date(settings, manuscript_);
        choose_editions();
    }

    // All files of a run take their places together, the manifest last: a run that the disk stops leaves those of the last one.
    ExitCode build(bool write) {
        FileSet set;
        // Print editions whose pages e-books name are built first; outputs are listed in the plan's order all the same.
        std::vector<std::vector<WrittenOutput>> written(editions_.size());
        for (const bool lends_pages : {true, false})
            for (std::size_t at = 0; at < editions_.size(); ++at)
                if (lends_its_pages(*editions_[at]) == lends_pages)
                    build_edition(*editions_[at], write ? &set : nullptr, written[at]);
        std::vector<WrittenOutput> outputs;
        for (auto& one : written) std::ranges::move(one, std::back_inserter(outputs));
        progress_.clear();
        if (write) {
            write_manifest(outputs, set);
            set.commit();
            std::error_code none;
            for (const std::string& path : outdated_) fs::remove(settings_.output / path, none);
        }
        return finish(outputs, write);
    }

    // The proof once more, of files that are finished.
    ExitCode verify_against() {
        FinishedFiles finished(settings_.files, passwords(), files_, pool_);
        const std::vector<const Edition*> wanted = editions_;
        if (finished.wants(FinishedKind::epub)) { // it names the pages of a print edition, whichever is asked for
            editions_.clear();
            for (const Edition& edition : manuscript_.plan.editions) editions_.push_back(&edition);
        }
        Diagnostics of_book = diagnostics_;
        std::vector<std::string> outputs = compare_with_editions(wanted, finished, of_book);
        if (!of_book.has_errors() && finished.needs_second_round()) outputs = compare_with_editions(wanted, finished, of_book);
        progress_.clear();
        return show_comparisons(finished.verdicts(), outputs, of_book, sources_, settings_);
    }

    ExitCode dump() {
        std::string out;
        if (settings_.stage == DumpStage::read) {
            for (const Article& article : manuscript_.articles) out += bifolio::dump(article);
        } else {
            const BuildContext context = this->context();
            for (const Edition* edition : editions_) out += EditionBuilder(context, *edition, diagnostics_).dump(settings_.stage);
        }
        progress_.clear();
        std::fputs(out.c_str(), stdout);
        show_diagnostics(diagnostics_, sources_, DiagnosticsFormat::text);
        return diagnostics_.has_errors() ? ExitCode::content_errors : ExitCode::built;
    }

private:
    BuildContext context() {
        return {settings_, files_,       program_,    pool_,        manuscript_, folder_of(settings_.book, files_),
                sources_,  shape_cache_, hyphenator_, font_digests_};
    }

    std::vector<std::string> passwords() const {
        std::vector<std::string> all;
        if (!settings_.password.empty()) all.push_back(settings_.password);
        for (const Edition& edition : manuscript_.plan.editions)
            if (edition.encrypt)
                for (const std::string& one : {edition.encrypt->password, edition.encrypt->owner_password})
                    if (!one.empty()) all.push_back(one);
        return all;
    }

    // What the wanted editions make. The others are built for their pages alone.
    std::vector<std::string> compare_with_editions(const std::vector<const Edition*>& wanted, FinishedFiles& finished,
                                                   Diagnostics& of_book) {
        std::vector<std::string> outputs;
        BuildContext context = this->context();
        context.finished = &finished;
        for (const bool lends_pages : {true, false})
            for (const Edition* edition : editions_) {
                const bool is_wanted = std::ranges::find(wanted, edition) != wanted.end();
                if (lends_its_pages(*edition) != lends_pages || (!is_wanted && !lends_pages)) continue;
                Diagnostics of_edition = diagnostics_;
                EditionBuilder builder(context, *edition, of_edition);
                FileSet nothing; // no file is made
                builder.build(
                    &nothing, [&](const std::string& what) { progress_.show(what); }, pages_for(*edition));
                if (lends_pages && builder.page_list()) page_lists_.emplace(edition->name, *builder.page_list());
                if (!is_wanted) continue;
                finished.take(builder.take_compared());
                outputs.insert(outputs.end(), builder.outputs().begin(), builder.outputs().end());
                of_book.append(of_edition);
            }
        return outputs;
    }

    void choose_editions() {
        std::vector<std::string> names;
        for (const Edition& edition : manuscript_.plan.editions) names.push_back(edition.name);
        for (const std::string& wanted : settings_.editions)
            if (std::ranges::find(names, wanted) == names.end())
                diagnostics_.error("app.unknown-edition", {}, "there is no edition ‘" + wanted + "’",
                                   did_you_mean(wanted, names));
        for (const Edition& edition : manuscript_.plan.editions)
            if (settings_.editions.empty() || std::ranges::find(settings_.editions, edition.name) != settings_.editions.end())
                editions_.push_back(&edition);
    }

    static bool is_whole_print_book(const Edition* edition) {
        return std::ranges::find(edition->formats, OutputFormat::pdf) != edition->formats.end() &&
               edition->each == EditionScope::book && edition->clinics.value.empty() && edition->fold == Fold::none;
    }

    // An e-book without a word about it takes the pages of the first edition that prints the whole book.
    bool lends_its_pages(const Edition& edition) const {
        if (!is_whole_print_book(&edition)) return false;
        return *std::ranges::find_if(editions_, is_whole_print_book) == &edition ||
               std::ranges::any_of(editions_, [&](const Edition* one) { return one->pages_of.value == edition.name; });
    }
    const PageList* pages_for(const Edition& edition) const {
        const auto lender = std::ranges::find_if(editions_, is_whole_print_book);
        const std::string& name = !edition.pages_of.value.empty() ? edition.pages_of.value
                                  : lender != editions_.end()     ? (*lender)->name
                                                                  : edition.name;
        const auto found = page_lists_.find(name);
        return found == page_lists_.end() ? nullptr : &found->second;
    }

    void build_edition(const Edition& edition, FileSet* set, std::vector<WrittenOutput>& outputs) {
        Diagnostics of_edition = diagnostics_; // what is wrong with the manuscript spoils every edition
        const BuildContext context = this->context();
        EditionBuilder builder(context, edition, of_edition);
        const std::vector<BuiltFile> built = builder.build(
            set, [&](const std::string& what) { progress_.show(what); }, pages_for(edition));
        if (lends_its_pages(edition) && builder.page_list()) page_lists_.emplace(edition.name, *builder.page_list());
        report_.append(builder.report());
        printed_.append(builder.printed());
        std::vector<WrittenOutput> written;
        std::vector<BuiltFile> certified;
        std::set<std::string> names;
        for (const BuiltFile& file : built) {
            if (!names.insert(file.name).second) {
                of_edition.error("app.same-output", edition.where,
                                 "two books of the edition ‘" + edition.name + "’ would be ‘" + file.name + "’");
                set->discard(*file.sink);
                continue;
            }
            written.push_back({edition.name, edition.name + "/" + file.name, file.sha256, file.bytes, file.pages});
            certified.push_back(file);
        }
        if (!certified.empty()) certify(edition, builder, certified, *set, written);
        std::ranges::move(written, std::back_inserter(outputs));
        all_.append(of_edition);
    }

    // Without the proof there is nothing to certify, and the last certificate would describe other files.
    void certify(const Edition& edition, const EditionBuilder& builder, const std::vector<BuiltFile>& files, FileSet& set,
                 std::vector<WrittenOutput>& written) {
        const fs::path path = settings_.output / edition.name / certificate_name;
        if (settings_.no_proof) {
            outdated_.push_back(edition.name + "/" + certificate_name);
            return;
        }
        const std::vector<EditionInput> inputs = edition_inputs(context(), edition, builder, files, read_sources_);
        const std::map<FontId, EditionFont> fonts = builder.used_fonts(files);
        const std::vector<EditionFont> drawn = builder.drawn_fonts(files);
        const std::string text = certificate_text(
            {manuscript_, edition, settings_, accounts_, sources_, inputs, fonts, drawn, hyphenator_, files_}, files);
        FileSink& sink = set.add(path);
        sink.write(text);
        sink.finish();
        written.push_back({edition.name, edition.name + "/" + certificate_name, sha256_hex(text), text.size(), 0});
    }

    void write_manifest(const std::vector<WrittenOutput>& outputs, FileSet& set) {
        if (outputs.empty()) return; // nothing new is in place: the last manifest still holds
        all_.append(diagnostics_);
        FileSink& sink = set.add(settings_.output / "manifest.json");
        sink.write(manifest_text(manuscript_, sources_, all_, outputs, outdated_, settings_, files_));
        sink.finish();
    }

    ExitCode finish(const std::vector<WrittenOutput>& outputs, bool write) {
        all_.append(diagnostics_);
        if (settings_.report && settings_.editions.empty()) report_unprinted(manuscript_, printed_, report_);
        show_diagnostics(all_, sources_, settings_.format, settings_.report ? &report_ : nullptr);
        if (!settings_.quiet && settings_.format == DiagnosticsFormat::text) {
            for (const WrittenOutput& output : outputs) {
                const std::string pages = output.pages > 0 ? "  " + counted(output.pages, "page", "pages") : "";
                std::fprintf(stderr, "%s%s\n", (settings_.output / output.path).c_str(), pages.c_str());
            }
            const std::string found =
                counted(all_.errors(), "error", "errors") + ", " + counted(all_.warnings(), "warning", "warnings");
            std::fprintf(stderr, "%s%s\n", write ? (counted(outputs.size(), "file", "files") + " written, ").c_str() : "",
                         found.c_str());
        }
        if (settings_.report && settings_.format == DiagnosticsFormat::text)
            std::fputs(report_text(report_, sources_).c_str(), stdout);
        return all_.has_errors() ? ExitCode::content_errors : ExitCode::built;
    }

    Settings settings_;
    DiskFiles files_;
    ProgramFiles program_;
    TaskPool pool_;
    SourceMap sources_;
    Diagnostics diagnostics_; // of reading
    Diagnostics all_;         // of everything, in order
    Report report_;
    PrintedText printed_;
    Progress progress_;
    Manuscript manuscript_;
    std::vector<SourceAccount> accounts_; // of its articles' files; empty without the proof
    std::size_t read_sources_ = 0;        // how many texts the manuscript has
    ShapeCache shape_cache_;
    Hyphenator hyphenator_;
    std::map<std::string, std::string> font_digests_; // by file
    std::vector<const Edition*> editions_;
    std::vector<std::string> outdated_;          // certificates that the run makes untrue, relative to the output folder
    std::map<std::string, PageList> page_lists_; // by edition, of those that lends_its_pages()
};

// Those of certificate and manifest are no tables of keys: they describe what is written, not what people write.
std::string schema_text(const std::string& kind) {
    if (kind != "certificate" && kind != "manifest") return json_schema(kind);
    const DiskFiles files;
    return files.read(ProgramFiles(files).schemas() / (kind + ".json"), limits::text_file_bytes);
}

ExitCode verify(const Settings& settings) {
    if (settings.against.empty()) return verify_files(settings);
    if (settings.files.empty()) {
        std::fputs("bifolio: which file shall be compared? `bifolio verify --against BOOK FILE…`\n", stderr);
        return ExitCode::usage;
    }
    return settings.against.extension() == ".json" ? verify_against_certificate(settings) : Run(settings).verify_against();
}

} // namespace

ExitCode run(const Settings& settings) {
    switch (settings.command) {
    case Command::build: return Run(settings).build(true);
    case Command::check: return Run(settings).build(false);
    case Command::dump: return Run(settings).dump();
    case Command::new_book: return make_new_book(settings);
    case Command::schema: std::fputs(schema_text(settings.schema_kind).c_str(), stdout); return ExitCode::built;
    case Command::transcript: return show_transcripts(settings);
    case Command::verify: return verify(settings);
    case Command::errors: std::fputs(error_table().c_str(), stdout); return ExitCode::built;
    }
    return ExitCode::usage;
}

} // namespace bifolio
