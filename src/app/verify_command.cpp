#include "app/verify_command.h"

#include "app/epub_verdict.h"
#include "app/finding_list.h"
#include "app/show.h"
#include "base/utf8.h"
#include "io/files.h"
#include "io/limits.h"
#include "verify/transcript.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace bifolio {

namespace {

nlohmann::ordered_json verdict_as_json(const std::string& file, const PdfVerdict& verdict) {
    nlohmann::ordered_json out{{"file", file}, {"passes", verdict.findings.empty()}, {"pages", verdict.pages}};
    out["standards"] = nlohmann::ordered_json::array();
    for (const Standard standard : verdict.standards) out["standards"].push_back(name_of(standard));
    out["notes"] = verdict.notes;
    add_findings(listed(verdict.findings), out);
    return out;
}

// By the first bytes; where they say nothing, by the name. A folder is an unpacked EPUB.
bool is_epub(const std::filesystem::path& file, std::string_view bytes) {
    if (bytes.starts_with("PK")) return true;
    return bytes.substr(0, 1024).find("%PDF-") == std::string_view::npos && to_ascii_lower(file.extension().string()) == ".epub";
}

struct Judged {
    bool passes = true, is_clean = true; // clean: there is nothing to say
    std::string text;                    // or, where JSON is asked for,
    nlohmann::ordered_json json;
};

Judged judge_epub(const std::filesystem::path& file, EpubContainer container, const Settings& settings, const TaskPool& pool) {
    const EpubVerdict verdict = verify_epub(std::move(container), settings.epub_standards, pool);
    Judged out{verdict.passes(), verdict.errors + verdict.warnings == 0, {}, {}};
    if (settings.format == DiagnosticsFormat::json)
        out.json = verdict_as_json(file.string(), verdict);
    else
        out.text = verdict_text(file.string(), verdict);
    return out;
}

Judged judge_pdf(const std::filesystem::path& file, std::string bytes, const Settings& settings, const TaskPool& pool) {
    const PdfVerdict verdict = verify_pdf(std::move(bytes), settings.standards, pool);
    Judged out{verdict.findings.empty(), verdict.findings.empty(), {}, {}};
    if (settings.format == DiagnosticsFormat::json)
        out.json = verdict_as_json(file.string(), verdict);
    else
        out.text = verdict_text(file.string(), verdict);
    return out;
}

class UnfitStandard : public std::runtime_error { // asked for, and for the other kind of file
public:
    using std::runtime_error::runtime_error;
};

Judged judge(const std::filesystem::path& file, const Settings& settings, const TaskPool& pool) {
    const DiskFiles files;
    const bool of_epub_only = settings.standards.empty() && !settings.epub_standards.empty();
    const bool of_pdf_only = settings.epub_standards.empty() && !settings.standards.empty();
    if (files.is_folder(file)) {
        if (of_pdf_only) throw UnfitStandard("it is an unpacked EPUB, and a standard for PDF is asked for");
        return judge_epub(file, EpubContainer::of_folder(files, file), settings, pool);
    }
    std::string bytes = files.read(file, std::max(limits::pdf_file_bytes, limits::epub_file_bytes));
    if (is_epub(file, bytes)) {
        if (of_pdf_only) throw UnfitStandard("it is an EPUB, and a standard for PDF is asked for");
        return judge_epub(file, EpubContainer::of_archive(std::move(bytes), pool), settings, pool);
    }
    if (of_epub_only) throw UnfitStandard("it is no EPUB, and a standard for EPUB is asked for");
    return judge_pdf(file, std::move(bytes), settings, pool);
}

} // namespace

std::string verdict_text(const std::string& file, const PdfVerdict& verdict) {
    const std::string held = verdict.standards.empty() ? "as a PDF file" : names_of(verdict.standards);
    std::size_t total = 0;
    for (const auto& one : verdict.findings.counts()) total += one.second;
    std::string out = file + ": " + (total == 0 ? "passes " : "fails ") + held + " (" + counted(verdict.pages, "page", "pages") +
                      (total == 0 ? "" : ", " + counted(total, "finding", "findings")) + ")\n";
    for (const std::string& note : verdict.notes) out += "  note: " + note + "\n";
    return out + findings_text(listed(verdict.findings));
}

std::string rule_list() {
    std::string out;
    for (const RuleFamily& family : rule_families()) {
        std::size_t unchecked = 0;
        for (const ConformanceRule& rule : family.rules) unchecked += rule.unchecked.empty() ? 0 : 1;
        out += std::string(family.name) + ": " + std::to_string(family.rules.size() - unchecked) + " rules are checked, " +
               std::to_string(unchecked) + " are not\n";
        for (const ConformanceRule& rule : family.rules) {
            out += "  " + std::string(rule.number) + "  " + std::string(rule.title);
            if (!rule.levels.empty()) out += " (levels " + std::string(rule.levels) + ")";
            if (!rule.unchecked.empty()) out += "\n      not checked: " + std::string(rule.unchecked);
            out += "\n";
        }
    }
    return out + epub_rule_list();
}

ExitCode show_transcripts(const Settings& settings) {
    const DiskFiles files;
    const TaskPool pool(settings.jobs);
    ExitCode code = ExitCode::built;
    for (const std::filesystem::path& path : settings.files) {
        try {
            const PdfFile file(files.read(path, limits::pdf_file_bytes), pool);
            const Transcript transcript = read_transcript(file, pool);
            if (!transcript.is_tagged) {
                std::fprintf(stderr, "%s: the file is not tagged; a screen reader has to guess what to read\n", path.c_str());
                if (code == ExitCode::built) code = ExitCode::content_errors;
            } else
                std::fputs((settings.words_only ? spoken_text(transcript) : transcript_text(transcript)).c_str(), stdout);
        } catch (const UnreadablePdf& error) {
            std::fprintf(stderr, "%s: %s\n", path.c_str(), error.what());
            code = ExitCode::surroundings;
        }
    }
    return code;
}

ExitCode verify_files(const Settings& settings) {
    if (settings.list_rules) {
        std::fputs(rule_list().c_str(), stdout);
        return ExitCode::built;
    }
    if (settings.files.empty()) {
        std::fputs("bifolio: which file shall be verified? `bifolio verify FILE.pdf`, `bifolio verify FILE.epub`, or `bifolio "
                   "verify --rules`\n",
                   stderr);
        return ExitCode::usage;
    }
    const TaskPool pool(settings.jobs);
    auto all = nlohmann::ordered_json::array();
    bool failed = false, unreadable = false;
    for (const std::filesystem::path& file : settings.files) {
        std::string problem;
        try {
            Judged judged = judge(file, settings, pool);
            failed = failed || !judged.passes;
            if (settings.format == DiagnosticsFormat::json)
                all.push_back(std::move(judged.json));
            else if (!settings.quiet || !judged.is_clean)
                std::fputs(judged.text.c_str(), stdout);
        } catch (const UnfitStandard& error) {
            std::fprintf(stderr, "bifolio: %s: %s\n", file.c_str(), error.what());
            return ExitCode::usage;
        } catch (const UnreadablePdf& error) { problem = error.what(); } catch (const UnreadableEpub& error) {
            problem = error.what();
        } catch (const IoError& error) { problem = error.what(); }
        if (problem.empty()) continue;
        unreadable = true;
        if (settings.format == DiagnosticsFormat::json)
            all.push_back({{"file", file.string()}, {"unreadable", problem}});
        else
            std::fprintf(stderr, "%s: %s\n", file.c_str(), problem.c_str());
    }
    if (settings.format == DiagnosticsFormat::json)
        std::printf("%s\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    return unreadable ? ExitCode::surroundings : failed ? ExitCode::content_errors : ExitCode::built;
}

} // namespace bifolio
