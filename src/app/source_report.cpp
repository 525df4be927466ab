#include "app/source_report.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr std::size_t most_entries = 200;        // of one file that are listed
constexpr std::size_t longest_value_line = 2000; // longer texts are an article's own, not values

std::string_view name_of(LeftOutReason reason) {
    switch (reason) {
    case LeftOutReason::comment: return "a comment";
    case LeftOutReason::script: return "a script, a style or a frame";
    case LeftOutReason::head: return "the page's head";
    case LeftOutReason::instruction: return "an instruction to a program";
    case LeftOutReason::attribute: return "an attribute that has no effect here";
    case LeftOutReason::link_title: return "a link's title";
    case LeftOutReason::unused_link: return "a link definition that nothing refers to";
    case LeftOutReason::fence_words: return "words behind a fence";
    case LeftOutReason::replaced_words: return "a picture's words, replaced by its attribute ‘alt’";
    case LeftOutReason::way_back: return "the way back from a note, which is made anew";
    case LeftOutReason::notes_heading: return "the heading of the notes, which stand where they are called";
    case LeftOutReason::ignored_key: return "a key of the front matter that is ignored";
    case LeftOutReason::cut_off: return "beyond a limit that was reported";
    }
    return "";
}

std::string counted(const TextCount& count) {
    return std::to_string(count.characters) + " characters, " + std::to_string(count.words) + " words";
}

Span first_place(const Blocks& blocks, Span otherwise) { return blocks.empty() ? otherwise : blocks.front().info.where; }
Span first_place(const Inlines& inlines, Span otherwise) { return inlines.empty() ? otherwise : inlines.front().info.where; }

} // namespace

void report_accounts(std::span<const SourceAccount> accounts, const SourceMap& sources, Report& report) {
    TextCount in_file, reached, left_out;
    for (const SourceAccount& account : accounts) {
        in_file += account.in_file;
        reached += account.reached;
        left_out += account.left_out;
        for (std::size_t i = 0; i < std::min(account.entries.size(), most_entries); ++i) {
            const LeftOut& one = account.entries[i];
            report.add("Left out of the sources", {std::string(name_of(one.reason)) + ": " + one.words, one.where});
        }
        if (account.entries.size() > most_entries)
            report.add("Left out of the sources", {std::to_string(account.entries.size() - most_entries) + " more in this file",
                                                   account.entries[most_entries].where});
    }
    const auto add = [&](const std::string& name, TextCount whole, TextCount text, TextCount out) {
        report.add("Characters of the sources", {name + ": " + counted(whole) + " with the markup; " + counted(text) +
                                                     " reached the book; " + counted(out) + " left out",
                                                 {}});
    };
    for (const SourceAccount& account : accounts)
        add(std::string(sources.path(account.source)), account.in_file, account.reached, account.left_out);
    if (accounts.size() > 1) add("all", in_file, reached, left_out);
}

void PrintedText::add(const Book& book) {
    for (const Node& node : book.nodes) {
        if (node.info.where.source != SourceId{0}) begins_.emplace(index(node.info.where.source), node.info.where.begin);
        if (node.text.empty() || node.text.size() > longest_value_line) continue;
        lines_.insert(node.text);
        if (node.parent == no_node) continue;
        const std::vector<std::string>& classes = book.nodes[index(node.parent)].info.classes;
        const bool is_detail =
            std::ranges::any_of(classes, [](std::string_view c) { return c == "version" || c == "print-code"; });
        if (is_detail) details_.insert(node.text);
    }
    lines_.insert(book.metadata.description);
}

void PrintedText::append(const PrintedText& other) {
    begins_.insert(other.begins_.begin(), other.begins_.end());
    lines_.insert(other.lines_.begin(), other.lines_.end());
    details_.insert(other.details_.begin(), other.details_.end());
}

bool PrintedText::shows_detail(std::string_view value) const {
    return std::ranges::any_of(details_, [&](const std::string& line) { return line.find(value) != std::string::npos; });
}

void report_unprinted(const Manuscript& manuscript, const PrintedText& printed, Report& report) {
    const auto unprinted = [&](const std::string& what, Span where) {
        report.add("Never printed", {what + ": no edition shows it", where});
    };
    for (const auto& [id, notice] : manuscript.notices)
        if (!printed.shows(notice.where)) unprinted("the notice ‘" + id + "’", notice.where);
    for (const auto& [id, person] : manuscript.people) {
        const std::string name = "‘" + id + "’";
        if (!person.bio.empty() && !printed.shows(first_place(person.bio, person.where)))
            unprinted("the bio of " + name, first_place(person.bio, person.where));
        if (!person.interests.empty() && !printed.shows(first_place(person.interests, person.where)))
            unprinted("the interests of " + name, first_place(person.interests, person.where));
        for (const Inlines& disclosure : person.disclosures)
            if (!printed.shows(first_place(disclosure, person.where)))
                unprinted("a disclosure of " + name, first_place(disclosure, person.where));
        for (const auto& [what, value] : {std::pair{"credentials", &person.credentials}, std::pair{"role", &person.role}})
            if (!value->empty() && !printed.shows(*value)) unprinted(std::string("the ") + what + " of " + name, person.where);
    }
    for (const GlossaryEntry& entry : manuscript.glossary)
        if (!entry.definition.empty() && !printed.shows(first_place(entry.definition, entry.where)))
            unprinted("the glossary's entry ‘" + entry.term + "’", entry.where);
    for (const Article& article : manuscript.articles) {
        const FrontMatter& front = article.front_matter;
        for (const auto& [what, value] : {std::pair{"subtitle", &front.subtitle}, std::pair{"summary", &front.summary},
                                          std::pair{"description", &front.description}})
            if (!is_blank(value->value) && !printed.shows(value->where) && !printed.shows(value->value))
                unprinted(std::string("the ") + what, value->where);
        for (const auto& [what, value] : {std::pair{"version", &front.version}, std::pair{"print code", &front.print_code}})
            if (!is_blank(value->value) && !printed.shows_detail(value->value))
                unprinted(std::string("the ") + what, value->where);
    }
}

} // namespace bifolio
