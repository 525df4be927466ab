#include "app/verify_certificate.h"

#include "app/finished_file.h"
#include "io/digest.h"
#include "io/limits.h"
#include "proof/file_digests.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>

namespace bifolio {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct CertifiedFile {
    std::string name, sha256, text; // text: of all that it says; empty: that was not proven
};

struct CertifiedEdition {
    std::string edition, program;
    std::vector<CertifiedFile> files;
};

std::string text_at(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// IoError: it is no certificate.
CertifiedEdition read_certificate(const fs::path& path, const Files& files) {
    const Json json = Json::parse(files.read(path, limits::text_file_bytes), nullptr, false);
    if (!json.is_object() || !text_at(json, "program").starts_with("bifolio ") || !json.contains("files") ||
        !json["files"].is_array())
        throw IoError(path.string() + " is no certificate that `bifolio build` wrote");
    CertifiedEdition out{text_at(json, "edition"), text_at(json, "program"), {}};
    for (const Json& file : json["files"]) {
        const Json proof = file.is_object() && file.contains("proof") ? file["proof"] : Json();
        out.files.push_back({text_at(file, "name"), text_at(file, "sha256"), text_at(proof, "file_text_sha256")});
    }
    return out;
}

enum class Likeness { identical, same_text, other, unknown };

struct Verdict {
    Likeness likeness = Likeness::unknown;
    std::string certified; // the file's name in the certificate
    std::string problem;   // why it cannot be read
    bool is_missing = false;
    bool passes() const { return likeness == Likeness::identical || likeness == Likeness::same_text; }
};

class CertificateCheck {
public:
    CertificateCheck(const CertifiedEdition& certified, const Settings& settings, const Files& files, const TaskPool& pool)
        : certified_(certified), settings_(settings), files_(files), pool_(pool) {}

    Verdict look_at(const fs::path& path) const {
        Verdict verdict;
        try {
            if (!files_.is_folder(path)) {
                const std::string digest = sha256_hex(files_.read(path, limits::epub_file_bytes));
                for (const CertifiedFile& one : certified_.files)
                    if (one.sha256 == digest) return {Likeness::identical, one.name, {}, false};
            }
            verdict = compare(FinishedFile(path, passwords(), files_, pool_));
        } catch (const IoError& error) {
            verdict.problem = error.what();
            verdict.is_missing = true;
        } catch (const std::runtime_error& error) { // UnreadablePdf, UnreadableEpub, UnknownKind
            verdict.problem = error.what();
        }
        return verdict;
    }

private:
    std::vector<std::string> passwords() const {
        return settings_.password.empty() ? std::vector<std::string>() : std::vector{settings_.password};
    }

    static bool is_of_kind(const std::string& name, FinishedKind kind) {
        return name.ends_with(kind == FinishedKind::pdf ? ".pdf" : kind == FinishedKind::epub ? ".epub" : ".html");
    }

    Verdict compare(const FinishedFile& file) const {
        if (file.kind() == FinishedKind::web && file.is_folder()) return compare_folder(file);
        std::string digest;
        if (file.kind() == FinishedKind::pdf) {
            digest = file_digest(found_pdf(file.pdf(), file.structure(), {}, pool_));
        } else if (file.kind() == FinishedKind::epub) {
            digest = file_digest(file.e_book());
        } else {
            const std::string name = file.path().filename().string();
            digest = page_digests(found_web(file.read_pages({name}), pool_))[name];
        }
        return nearest(file.kind(), file.path().filename().string(), digest);
    }

    // By its text; where none has it, the file of its name, else the only one of its kind, is the one that it differs from.
    Verdict nearest(FinishedKind kind, const std::string& name, const std::string& digest) const {
        std::vector<const CertifiedFile*> of_kind;
        for (const CertifiedFile& one : certified_.files)
            if (!one.text.empty() && is_of_kind(one.name, kind)) of_kind.push_back(&one);
        for (const CertifiedFile* one : of_kind)
            if (one->text == digest) return {Likeness::same_text, one->name, {}, false};
        for (const CertifiedFile* one : of_kind)
            if (one->name == name || of_kind.size() == 1) return {Likeness::other, one->name, {}, false};
        return {Likeness::unknown, {}, {}, false};
    }

    // All pages that the certificate names, and no other.
    Verdict compare_folder(const FinishedFile& folder) const {
        std::map<std::string, const CertifiedFile*> wanted;
        for (const CertifiedFile& one : certified_.files)
            if (is_of_kind(one.name, FinishedKind::web)) wanted[one.name] = &one;
        Verdict worst{wanted.empty() ? Likeness::unknown : Likeness::identical, {}, {}, false};
        const auto take = [&](Likeness likeness, const std::string& page) {
            if (likeness <= worst.likeness) return;
            worst.likeness = likeness;
            worst.certified = page;
        };
        for (const std::string& page : folder.pages())
            if (!wanted.contains(page)) take(Likeness::other, page);
        for (const auto& [name, page] : wanted) {
            const auto bytes = folder.read_pages({name});
            if (bytes.empty())
                take(Likeness::other, name);
            else if (sha256_hex(bytes.front().second) != page->sha256)
                take(page_digests(found_web(bytes, pool_))[name] == page->text ? Likeness::same_text : Likeness::other, name);
        }
        return worst;
    }

    const CertifiedEdition& certified_; // of the caller, as what follows
    const Settings& settings_;
    const Files& files_;
    const TaskPool& pool_;
};

std::string text_of(const fs::path& path, const Verdict& verdict, const CertifiedEdition& certified) {
    const std::string name = path.string() + ": ";
    const std::string of = verdict.certified.empty() ? "the edition ‘" + certified.edition + "’"
                                                     : "‘" + verdict.certified + "’ of the edition ‘" + certified.edition + "’";
    switch (verdict.likeness) {
    case Likeness::identical: return name + "is " + of + ", byte for byte\n";
    case Likeness::same_text: return name + "says all that " + of + " says; the bytes are others\n";
    case Likeness::other:
        return name + "does not say what " + of + " says\n  `bifolio verify --against BOOK` tells where; another version than “" +
               certified.program + "” may read files in another way\n";
    case Likeness::unknown: return name + "is like no file that the certificate names\n";
    }
    return name;
}

Json as_json(const fs::path& path, const Verdict& verdict, const CertifiedEdition& certified) {
    Json out{{"file", path.string()}};
    if (!verdict.problem.empty()) {
        out["unreadable"] = verdict.problem;
        return out;
    }
    out["passes"] = verdict.passes();
    if (!verdict.certified.empty()) out["output"] = verdict.certified;
    out["edition"] = certified.edition;
    out["identical"] = verdict.likeness == Likeness::identical;
    out["same_text"] = verdict.passes();
    return out;
}

} // namespace

ExitCode verify_against_certificate(const Settings& settings) {
    const DiskFiles files;
    const TaskPool pool(settings.jobs);
    const CertifiedEdition certified = read_certificate(settings.against, files);
    if (!settings.editions.empty() && settings.editions != std::vector{certified.edition}) {
        std::fprintf(stderr, "bifolio: %s is the certificate of the edition ‘%s’\n", settings.against.c_str(),
                     certified.edition.c_str());
        return ExitCode::usage;
    }
    const CertificateCheck check(certified, settings, files, pool);
    Json rows = Json::array();
    bool fails = false, is_missing = false;
    for (const fs::path& path : settings.files) {
        const Verdict verdict = check.look_at(path);
        fails = fails || !verdict.passes();
        is_missing = is_missing || verdict.is_missing;
        if (settings.format == DiagnosticsFormat::json)
            rows.push_back(as_json(path, verdict, certified));
        else if (!verdict.problem.empty())
            std::fprintf(stderr, "%s: %s\n", path.c_str(), verdict.problem.c_str());
        else if (!settings.quiet || !verdict.passes())
            std::fputs(text_of(path, verdict, certified).c_str(), stdout);
    }
    if (settings.format == DiagnosticsFormat::json) {
        Json all = Json::object();
        all["files"] = std::move(rows);
        std::printf("%s\n", all.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
    }
    return is_missing ? ExitCode::surroundings : fails ? ExitCode::content_errors : ExitCode::built;
}

} // namespace bifolio
