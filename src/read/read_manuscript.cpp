#include "read/read_manuscript.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/limits.h"
#include "read/account_for_source.h"
#include "read/article_reader.h"
#include "read/clinic_table.h"
#include "read/folder_order.h"
#include "read/paths.h"
#include "read/pictures.h"
#include "read/read_plan.h"
#include "read/read_register.h"
#include "read/text_file.h"

#include <algorithm>
#include <set>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

enum class Shown { plan, folder, single_article }; // what was given on the command line

class ManuscriptReader {
public:
    ManuscriptReader(const Files& files, const ReadOptions& options, const TaskPool& pool, SourceMap& sources,
                     Diagnostics& diagnostics, std::vector<SourceAccount>* accounts)
        : files_(files), options_(options), pool_(pool), sources_(sources), diagnostics_(diagnostics), accounts_(accounts) {}

    Manuscript read(const fs::path& given_path) {
        const fs::path path = given_path.lexically_normal();
        const std::string ending = to_ascii_lower(path.extension().string());
        if (files_.is_folder(path)) {
            root_ = path;
            if (files_.exists(root_ / "book.yaml"))
                read_with_plan("book.yaml");
            else
                read_folder();
        } else {
            root_ = path.has_parent_path() ? path.parent_path() : fs::path(".");
            if (ending == ".yaml" || ending == ".yml")
                read_with_plan(path.filename().string());
            else
                read_single(path.filename().string());
        }
        read_pictures(made_, root_, files_, options_.allow_missing_picture, pool_, sources_, diagnostics_);
        return std::move(made_);
    }

private:
    std::string read_bytes(const std::string& path) const { return files_.read(root_ / path, limits::text_file_bytes); }

    SourceId add_source(const std::string& path, OtherEncoding other = OtherEncoding::refused) {
        return add_text(path, decode_text(read_bytes(path), other), sources_, diagnostics_);
    }

    // ---- the three ways in

    void read_with_plan(const std::string& plan_file) {
        PlanReading reading = read_plan(add_source(plan_file), sources_, diagnostics_);
        made_.plan = std::move(reading.plan);
        plan_has_language_ = reading.has_language;
        if (const auto file = register_file(reading.people, "people.yaml")) {
            made_.has_people_file = true;
            made_.people = read_people(add_source(*file), sources_, diagnostics_);
        }
        if (const auto file = register_file(reading.notices, "notices.yaml"))
            made_.notices = read_notices(add_source(*file), sources_, diagnostics_);
        if (const auto file = register_file(reading.glossary, "glossary.yaml"))
            made_.glossary = read_glossary(add_source(*file), sources_, diagnostics_);
        read_clinic_files();
        if (!reading.has_contents) made_.plan.contents = order_of_folder(root_, files_, sources_, diagnostics_).parts;
        read_articles(Shown::plan);
        check_editions();
        check_notices();
        check_uses();
        settle_language();
        if (made_.plan.title.empty()) made_.plan.title = folder_name();
    }

    void read_folder() {
        FolderOrder order = order_of_folder(root_, files_, sources_, diagnostics_);
        made_.plan.contents = std::move(order.parts);
        made_.plan.language.clear();
        made_.plan.editions = {default_edition("book", paper_size("A5"))};
        read_articles(Shown::folder);
        made_.plan.title = std::move(order.title);
        if (made_.plan.title.empty() && made_.articles.size() == 1)
            made_.plan.title = collapsed(plain_text(made_.articles.front().title));
        if (made_.plan.title.empty()) made_.plan.title = folder_name();
        settle_language();
        report_what_is_missing();
    }

    void read_single(const std::string& file) {
        made_.plan.contents = {{{}, {{{file, {}}, Matter::automatic}}}};
        made_.plan.language.clear();
        made_.plan.editions = {default_edition("article", paper_size("A4"))};
        if (!files_.exists(root_ / file)) read_bytes(file); // throws: the path itself cannot be read
        read_articles(Shown::single_article);
        if (!made_.articles.empty()) made_.plan.title = collapsed(plain_text(made_.articles.front().title));
        settle_language();
        report_what_is_missing();
    }

    // ---- files that the plan names

    std::optional<std::string> register_file(const Located<std::string>& named, const std::string& usual) {
        if (named.value.empty())
            return files_.exists(root_ / usual) && !leaves_book(usual, {made_.plan.source, 0, 0}) ? std::optional(usual)
                                                                                                  : std::nullopt;
        return is_there(named) ? std::optional(named.value) : std::nullopt;
    }

    bool leaves_book(const std::string& path, Span where) {
        if (!leads_out_of(root_, root_ / path)) return false;
        diagnostics_.error("read.path-leaves-book", where, "‘" + path + "’ is a link that leads out of the book's folder",
                           {"copy the file into the book's folder"});
        return true;
    }

    bool is_there(const Located<std::string>& path) {
        if (files_.exists(root_ / path.value)) return !leaves_book(path.value, path.where);
        diagnostics_.error("read.missing-file", path.where, "there is no file ‘" + path.value + "’",
                           hints_for_missing(root_, path.value, files_));
        return false;
    }

    void read_clinic_files() {
        for (const Edition& edition : made_.plan.editions) {
            const Located<std::string>& file = edition.clinics;
            if (file.value.empty() || made_.clinics.contains(file.value) || !is_there(file)) continue;
            const SourceId source = add_source(file.value, OtherEncoding::windows_1252);
            made_.clinics.emplace(file.value, read_clinics(source, sources_, diagnostics_));
        }
    }

    // ---- articles

    // Drops from the contents what cannot be read, so that they and the articles stay in step.
    void settle_contents(Shown shown) {
        std::set<std::string> seen;
        std::size_t count = 0;
        for (PlannedPart& part : made_.plan.contents)
            std::erase_if(part.articles, [&](PlannedArticle& article) {
                Located<std::string>& path = article.path;
                if (!is_confined(path.value)) {
                    // In a plan the shape has told it.
                    if (shown != Shown::plan)
                        diagnostics_.error("read.path-leaves-book", path.where,
                                           "‘" + path.value + "’ is not a path inside the book");
                    return true;
                }
                path.value = normal_path(path.value);
                if (!article_format(path.value)) {
                    diagnostics_.error("read.unknown-format", path.where, "‘" + path.value + "’ is of no format that can be read",
                                       {"articles are called " + format_endings()});
                    return true;
                }
                if (!is_there(path)) return true;
                if (!seen.insert(path.value).second) {
                    diagnostics_.error("read.duplicate-article", path.where, "‘" + path.value + "’ stands in the contents twice");
                    return true;
                }
                if (++count > limits::files_in_book) {
                    diagnostics_.error("read.too-many-articles", path.where,
                                       "more than " + std::to_string(limits::files_in_book) + " articles");
                    return true;
                }
                return false;
            });
    }

    void read_articles(Shown shown) {
        settle_contents(shown);
        std::vector<const PlannedArticle*> planned;
        for (const PlannedPart& part : made_.plan.contents)
            for (const PlannedArticle& article : part.articles) planned.push_back(&article);
        if (planned.empty() && !diagnostics_.has_errors())
            diagnostics_.error("read.no-articles", {made_.plan.source, 0, 0}, "there are no articles",
                               {"articles are called " + format_endings()});

        auto texts = pool_.map(planned.size(), [&](std::size_t i) { return decode_text(read_bytes(planned[i]->path.value)); });
        std::vector<SourceId> ids;
        for (std::size_t i = 0; i < planned.size(); ++i)
            ids.push_back(add_text(planned[i]->path.value, std::move(texts[i]), sources_, diagnostics_));

        struct Read {
            Article article;
            SourceAccount account;
            Diagnostics found, lost;
        };
        auto read = pool_.map(planned.size(), [&](std::size_t i) {
            Read made;
            ArticleReading reading = read_article(sources_, ids[i], planned[i]->path.value, options_.strict, made.found);
            if (accounts_) made.account = account_for_source(sources_, reading, made.found.all(), made.lost);
            made.article = std::move(reading.article);
            return made;
        });
        std::vector<Diagnostics> found;
        for (Read& one : read) {
            made_.articles.push_back(std::move(one.article));
            if (accounts_) accounts_->push_back(std::move(one.account));
            found.push_back(std::move(one.found));
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            diagnostics_.append(found[i]);
            diagnostics_.append(read[i].lost);
            // What a broken front matter says is not known, so nobody can say that it is missing.
            const std::uint32_t end = made_.articles[i].front_matter_where.end;
            if (std::ranges::any_of(found[i].all(),
                                    [&](const Diagnostic& d) { return d.severity == Severity::error && d.where.begin < end; }))
                unreadable_.insert(made_.articles[i].path);
        }
        name_articles(planned, shown);
    }

    // The id is the file's stem; where two are the same, the later ones take their folders before it.
    void name_articles(const std::vector<const PlannedArticle*>& planned, Shown shown) {
        std::map<std::string, std::string> taken; // id → path
        for (std::size_t i = 0; i < made_.articles.size(); ++i) {
            Article& article = made_.articles[i];
            const fs::path path(article.path);
            article.id = path.stem().string();
            for (fs::path folder = path.parent_path(); taken.contains(article.id) && !folder.empty();
                 folder = folder.parent_path())
                article.id = folder.filename().string() + "-" + article.id;
            const std::string wanted = article.id;
            for (std::size_t number = 2; taken.contains(article.id); ++number) article.id = wanted + "-" + std::to_string(number);
            taken.emplace(article.id, article.path);
            if (const auto first = taken.find(path.stem().string()); shown == Shown::plan && first->second != article.path)
                diagnostics_.warning("read.same-name", planned[i]->path.where,
                                     "‘" + article.path + "’ is named like ‘" + first->second + "’; it is called ‘" + article.id +
                                         "’ here",
                                     {"give every article a file name of its own"});
        }
    }

    // ---- what only shows when all is read

    void check_editions() {
        std::vector<std::string> names;
        std::set<std::string> known;
        for (const Article& article : made_.articles) {
            names.push_back(article.path);
            names.push_back(article.id);
        }
        known.insert(names.begin(), names.end());
        for (Edition& edition : made_.plan.editions) {
            for (const Located<std::string>& article : edition.include)
                if (!known.contains(article.value) && !known.contains(normal_path(article.value)))
                    diagnostics_.error("read.unknown-article", article.where, "‘" + article.value + "’ is not in the contents",
                                       did_you_mean(article.value, names));
            for (const Located<std::string>& style : edition.styles) is_there(style);
            check_pages_of(edition);
        }
    }

    void check_pages_of(const Edition& edition) {
        if (edition.pages_of.value.empty()) return;
        std::vector<std::string> names;
        for (const Edition& other : made_.plan.editions)
            if (std::ranges::find(other.formats, OutputFormat::pdf) != other.formats.end() && other.each == EditionScope::book &&
                other.clinics.value.empty() && other.fold == Fold::none)
                names.push_back(other.name);
        if (std::ranges::find(names, edition.pages_of.value) == names.end())
            diagnostics_.error("read.unknown-edition", edition.pages_of.where,
                               "‘" + edition.pages_of.value + "’ is no edition that prints the whole book",
                               did_you_mean(edition.pages_of.value, names));
    }

    void check_notices() {
        std::vector<std::string> names;
        for (const Edition& edition : made_.plan.editions) names.push_back(edition.name);
        for (const auto& [id, notice] : made_.notices)
            for (const std::string& name : notice.editions)
                if (std::ranges::find(names, name) == names.end())
                    diagnostics_.error("read.unknown-edition", notice.where,
                                       "notice ‘" + id + "’ names the edition ‘" + name + "’, and there is none",
                                       did_you_mean(name, names));
    }

    // What is in a register and in no file of any edition is perhaps a name that was misspelt where it is used.
    void check_uses() {
        if (!unreadable_.empty()) return; // whom those name is not known
        std::set<std::string> people, notices;
        const auto add = [](std::set<std::string>& to, const std::vector<Located<std::string>>& names) {
            for (const Located<std::string>& name : names) to.insert(name.value);
        };
        for (const auto* names : {&made_.plan.authors, &made_.plan.editors}) add(people, *names);
        for (const Article& article : made_.articles) {
            const FrontMatter& front = article.front_matter;
            for (const auto* names : {&front.authors, &front.reviewers, &front.editors}) add(people, *names);
            add(notices, front.notices);
        }
        for (const auto& [id, person] : made_.people)
            if (!people.contains(id) && !people.contains(person.name))
                diagnostics_.warning("read.unused-person", person.where, "nothing names the person ‘" + id + "’");
        for (const auto& [id, notice] : made_.notices) {
            const bool has_rule =
                std::ranges::any_of(notice.rules, [](NoticeRule rule) { return rule != NoticeRule::on_request; });
            if (!has_rule && !notices.contains(id))
                diagnostics_.warning("read.unused-notice", notice.where,
                                     "the notice ‘" + id + "’ has no ‘where’, and no article names it: it prints nowhere");
        }
    }

    // The plan's language; else that of most articles; else --lang; else English, which is said.
    void settle_language() {
        if (!made_.plan.language.empty()) return;
        std::map<std::string, std::size_t> counts;
        std::string most;
        std::size_t without = 0;
        for (const Article& article : made_.articles) {
            const std::string& language = article.front_matter.language.value;
            if (!language.empty())
                ++counts[language];
            else if (!unreadable_.contains(article.path))
                ++without;
        }
        for (const Article& article : made_.articles) { // the first of equals
            const std::string& language = article.front_matter.language.value;
            if (!language.empty() && (most.empty() || counts[language] > counts[most])) most = language;
        }
        const bool settled = made_.plan.source == SourceId{0} && !most.empty() && (without == 0 || options_.language.empty());
        made_.plan.language = settled ? most : !options_.language.empty() ? options_.language : !most.empty() ? most : "en";
        if (made_.plan.source != SourceId{0}) {
            if (options_.language.empty() && !plan_has_language_)
                diagnostics_.warning("read.no-language", {made_.plan.source, 0, 0},
                                     "no language is given; ‘" + made_.plan.language + "’ is taken",
                                     {"write ‘language: en-GB’ in book.yaml, or say --lang en-GB"});
        } else if (settled ? counts.size() > 1 : options_.language.empty()) {
            report_lacking("read.no-language", "language; ‘" + made_.plan.language + "’ is taken",
                           "write ‘language: en-GB’ in the front matter, or say --lang en-GB",
                           [](const Article& a) { return a.front_matter.language.value.empty(); });
        }
    }

    // Once, with the first article that lacks it as the place.
    void report_lacking(std::string code, const std::string& what, const std::string& hint, bool (*lacks)(const Article&)) {
        std::vector<const Article*> lacking;
        for (const Article& article : made_.articles)
            if (lacks(article) && !unreadable_.contains(article.path)) lacking.push_back(&article);
        if (lacking.empty()) return;
        const std::size_t count = lacking.size(), all = made_.articles.size();
        const std::string who = all == 1       ? "the article names "
                                : count == all ? "the articles name "
                                : count == 1   ? "one article names "
                                               : std::to_string(count) + " articles name ";
        diagnostics_.warning(std::move(code), {lacking.front()->source, 0, 0}, who + "no " + what, {hint});
    }

    // Nothing is invented; what readers of health information look for is said once where it is not there.
    void report_what_is_missing() {
        report_lacking("read.no-author", "author", "write ‘authors: [Jane Doe]’ in the front matter",
                       [](const Article& a) { return a.front_matter.authors.empty(); });
        report_lacking("read.no-reviewer", "reviewer", "write ‘reviewers: [Jane Doe]’ in the front matter",
                       [](const Article& a) { return a.front_matter.reviewers.empty(); });
        report_lacking("read.no-date", "date of publication or review",
                       "write ‘published: 2026-09-01’ or ‘reviewed: 2026-09-01’ in the front matter",
                       [](const Article& a) { return !a.front_matter.published && !a.front_matter.reviewed; });
        report_lacking("read.no-notice", "notice", "notices need a plan: book.yaml and notices.yaml",
                       [](const Article& a) { return a.front_matter.notices.empty(); });
    }

    std::string folder_name() const {
        fs::path folder = root_;
        if (folder.filename().empty()) folder = folder.parent_path();
        if (folder.empty() || folder == ".") {
            std::error_code ignored;
            folder = fs::current_path(ignored);
        }
        const std::string name = with_replacements(folder.filename().string());
        return name.empty() ? "book" : name;
    }

    const Files& files_;
    const ReadOptions& options_;
    const TaskPool& pool_;
    SourceMap& sources_;
    Diagnostics& diagnostics_;
    std::vector<SourceAccount>* accounts_; // nullptr: none are asked for
    fs::path root_;
    Manuscript made_;
    bool plan_has_language_ = false;
    std::set<std::string> unreadable_; // paths of articles whose front matter is broken
};

} // namespace

Manuscript read_manuscript(const std::filesystem::path& book, const Files& files, const ReadOptions& options,
                           const TaskPool& pool, SourceMap& sources, Diagnostics& diagnostics,
                           std::vector<SourceAccount>* accounts) {
    return ManuscriptReader(files, options, pool, sources, diagnostics, accounts).read(book);
}

} // namespace bifolio
