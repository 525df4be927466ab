#include "read/account_front_matter.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

using Names = std::vector<std::string_view>;

// Names of one or several values, as front_matter.cpp takes them.
void add_names(const YamlValue& value, std::vector<std::string>& names) {
    if (value.kind == YamlKind::sequence) {
        for (const YamlValue& item : value.items) add_names(item, names);
        return;
    }
    const YamlValue* name = value.kind == YamlKind::mapping ? value.find("name") : &value;
    if (name && name->kind == YamlKind::scalar && !is_blank(name->text)) names.emplace_back(trimmed(name->text));
}

std::vector<std::string> values_of(const std::vector<Located<std::string>>& list) {
    std::vector<std::string> values;
    for (const Located<std::string>& one : list) values.push_back(one.value);
    return values;
}

class FrontMatterReader {
public:
    FrontMatterReader(std::string_view text, const Article& article, const YamlValue& written, SourceBytes& bytes)
        : text_(text), article_(article), made_(article.front_matter), root_(written), bytes_(bytes) {}

    FrontMatterFindings read() {
        for (const YamlEntry& entry : root_.entries) {
            if (entry.value.kind == YamlKind::null) continue;
            if (!account_for(entry)) leave_out(entry);
        }
        bytes_.set(0, article_.front_matter_where.end, ByteClass::markup);
        return std::move(found_);
    }

private:
    void reached(const YamlValue& value) {
        // What the parser says is compared with the bytes where that is simple.
        if (value.kind == YamlKind::scalar && value.plain &&
            collapsed(text_.substr(value.where.begin, value.where.end - value.where.begin)) != collapsed(value.text))
            found_.differing.push_back(value.where);
        if (value.kind == YamlKind::scalar) bytes_.set(value.where.begin, value.where.end, ByteClass::text);
        for (const YamlValue& item : value.items) reached(item);
        for (const YamlEntry& entry : value.entries) reached(entry.value);
    }

    void leave_out(const YamlEntry& entry) {
        constexpr std::size_t most = 120;
        const Span where{entry.key_where.source, entry.key_where.begin, std::max(entry.key_where.end, entry.value.where.end)};
        bytes_.set(where.begin, where.end, ByteClass::left_out);
        std::string words = collapsed(text_.substr(where.begin, std::min<std::size_t>(where.end - where.begin, most)));
        found_.left_out.push_back({LeftOutReason::ignored_key, where, with_replacements(words)});
    }

    // The first given of some keys counts.
    bool is_first_given(std::string_view key, const Names& names) const {
        for (const std::string_view name : names) {
            const YamlValue* value = root_.find(name);
            if (value && value->kind != YamlKind::null) return name == key;
        }
        return false;
    }

    bool account_for(const YamlEntry& entry) {
        const auto is_one_of = [&](const Names& names) { return std::ranges::find(names, entry.key) != names.end(); };
        const auto line = [&](const Names& names, const std::string& kept) {
            if (!is_one_of(names) || entry.value.kind != YamlKind::scalar || !is_first_given(entry.key, names)) return false;
            compare(entry.value, kept == trimmed(entry.value.text));
            return true;
        };
        const auto list = [&](const Names& names, const std::vector<std::string>& kept) {
            if (!is_one_of(names)) return false;
            std::vector<std::string> written;
            for (const std::string_view name : names)
                if (const YamlValue* value = root_.find(name)) add_names(*value, written);
            compare(entry.value, written == kept);
            return true;
        };
        const auto date = [&](const Names& names, const std::optional<Located<Date>>& kept) {
            if (!is_one_of(names) || !kept || kept->where.begin != entry.value.where.begin) return false;
            compare(entry.value, entry.value.text.find(iso_date(kept->value)) != std::string::npos);
            return true;
        };
        if (entry.key == "title" && entry.value.kind == YamlKind::scalar) {
            compare(entry.value,
                    bare_words(plain_text(article_.title)) == bare_words(entry.value.text) || has_markup(entry.value.text));
            return true;
        }
        if (entry.key == "references") return references(entry.value), true;
        const std::string& language = made_.language.value;
        return line({"subtitle"}, made_.subtitle.value) || line({"summary", "abstract"}, made_.summary.value) ||
               line({"description", "excerpt"}, made_.description.value) || line({"version"}, made_.version.value) ||
               line({"print-code"}, made_.print_code.value) ||
               line({"web-address", "canonical", "canonical_url"}, made_.web_address.value) ||
               (!language.empty() && line({"language", "lang", "locale"}, language)) ||
               list({"authors", "author", "by"}, values_of(made_.authors)) ||
               list({"reviewers", "reviewer"}, values_of(made_.reviewers)) ||
               list({"editors", "editor"}, values_of(made_.editors)) || list({"keywords", "tags"}, made_.keywords) ||
               list({"notices", "notice"}, values_of(made_.notices)) || date({"published", "date"}, made_.published) ||
               date({"reviewed"}, made_.reviewed) || date({"next-review"}, made_.next_review);
    }

    // Links, notes and pictures in a title: its words are not all that is written.
    static bool has_markup(std::string_view text) { return text.find_first_of("[<&`\\") != std::string_view::npos; }

    void compare(const YamlValue& value, bool is_same) {
        if (!is_same) found_.differing.push_back(value.where);
        reached(value);
    }

    // ---- references ----

    void references(const YamlValue& list) {
        const auto entries = list.kind == YamlKind::sequence ? std::span<const YamlValue>(list.items) : std::span(&list, 1);
        std::size_t next = 0;
        for (const YamlValue& entry : entries) {
            const Reference* made = nullptr;
            if (next < made_.references.size() && made_.references[next].info.where.begin == entry.where.begin)
                made = &made_.references[next++];
            reference(entry, made);
        }
        if (next != made_.references.size()) found_.differing.push_back(list.where);
    }

    void reference(const YamlValue& entry, const Reference* made) {
        const std::string kept = made ? bare_words(words_of(made->text)) : std::string();
        if (entry.kind == YamlKind::scalar) return compare(entry, has_markup(entry.text) || kept == bare_words(entry.text));
        static constexpr std::array<std::string_view, 11> shown{"text",      "authors", "author", "title", "container", "journal",
                                                                "publisher", "year",    "date",   "doi",   "url"};
        const YamlValue* text = entry.find("text");
        std::size_t letters = 0;
        bool has_markup_somewhere = false;
        for (const YamlEntry& part : entry.entries) {
            const bool is_shown =
                (part.key == "text" || !text) && (std::ranges::find(shown, part.key) != shown.end() || part.key == "accessed");
            if (part.key == "id" || part.value.kind == YamlKind::null) continue;
            const std::string words = bare_words(part.value.text);
            has_markup_somewhere |= part.key == "text" && has_markup(part.value.text);
            if (is_shown && part.value.kind == YamlKind::scalar &&
                (has_markup_somewhere || kept.find(words) != std::string::npos)) {
                letters += words.size();
                reached(part.value);
            } else if (is_shown && part.value.kind == YamlKind::scalar && !is_second_name(entry, part.key)) {
                compare(part.value, false);
            } else {
                leave_out(part);
            }
        }
        constexpr std::size_t longest_address = 12; // “httpsdoiorg” before a bare DOI
        if (!has_markup_somewhere && (kept.size() < letters || kept.size() > letters + longest_address))
            found_.differing.push_back(entry.where);
    }

    static bool is_second_name(const YamlValue& entry, std::string_view key) {
        return (key == "author" && entry.find("authors")) || (key == "journal" && entry.find("container")) ||
               (key == "date" && entry.find("year"));
    }

    static std::string words_of(const Inlines& inlines) { return plain_text(inlines); }

    std::string_view text_;
    const Article& article_;
    const FrontMatter& made_;
    const YamlValue& root_;
    SourceBytes& bytes_;
    FrontMatterFindings found_;
};

} // namespace

std::string bare_words(std::string_view text) {
    std::string bare;
    for (const char c : text) {
        const bool is_kept =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (is_kept) bare += c;
    }
    return bare;
}

FrontMatterFindings account_for_front_matter(std::string_view text, const Article& article, const YamlValue& written,
                                             SourceBytes& bytes) {
    if (article.front_matter_where.end == 0) return {};
    return FrontMatterReader(text, article, written, bytes).read();
}

} // namespace bifolio
