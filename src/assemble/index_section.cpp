// The index: marks in the text → entries, sorted as the book's language sorts, under the letters that it has.
#include "assemble/generated_section.h"
#include "assemble/sections.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <unicode/alphaindex.h>
#include <unicode/locid.h>
#include <unicode/tblcoll.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace bifolio {

namespace {

constexpr std::size_t most_levels = 6; // of an entry; no reader follows more: what is deeper stands behind the last

struct Locator {
    FragmentPlace place, end; // end: of a range; its node is no_node where there is none
    bool principal = false;
    auto in_order() const { return std::pair(place.fragment, place.node); }
};

struct Entry {
    std::string words, sort_as, language; // language: where it is not the book's
    std::vector<Locator> locators;
    std::vector<Located<std::string>> see, see_also;
    std::map<std::string, Entry> below; // by key_of()
    FragmentPlace made;                 // the item that shows it
};

std::string to_text(const icu::UnicodeString& string) {
    std::string text;
    string.toUTF8String(text);
    return text;
}

std::string folded(std::string_view words) {
    return to_text(
        icu::UnicodeString::fromUTF8(icu::StringPiece(words.data(), static_cast<std::int32_t>(words.size()))).foldCase());
}

int capitals(const std::string& words) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(words);
    int count = 0;
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) count += u_isupper(text.char32At(at)) ? 1 : 0;
    return count;
}

std::string key_of(std::string_view words, std::string_view language) {
    return std::string(words) + '\n' + std::string(language);
}

// Parts between single marks; a doubled mark stands for itself.
std::vector<std::string> parts_between(std::string_view text, char mark) {
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != mark)
            parts.back() += text[at];
        else if (at + 1 < text.size() && text[at + 1] == mark)
            parts.back() += text[++at];
        else
            parts.emplace_back();
    }
    for (std::string& part : parts) part = collapsed(part);
    std::erase_if(parts, [](const std::string& part) { return part.empty(); });
    return parts;
}

// ---- order

// Words that do not count where they begin a term: “the Mental Health Act” stands under M.
bool is_article(std::string_view word, std::string_view language) {
    struct Articles {
        std::string_view language;
        std::array<std::string_view, 10> words;
    };
    static constexpr std::array all{
        Articles{"en", {"a", "an", "the", "The"}},
        Articles{"de", {"der", "die", "das", "ein", "eine"}},
        Articles{"fr", {"le", "la", "les", "un", "une"}},
        Articles{"es", {"el", "la", "los", "las", "un", "una"}},
        Articles{"it", {"il", "lo", "la", "i", "gli", "le", "un", "uno", "una"}},
        Articles{"nl", {"de", "het", "een"}},
        Articles{"pt", {"o", "a", "os", "as", "um", "uma"}},
        Articles{"cy", {"y", "yr"}},
    };
    language = language.substr(0, language.find('-'));
    for (const Articles& one : all)
        if (one.language == language)
            return !word.empty() && std::find(one.words.begin(), one.words.end(), word) != one.words.end();
    return false;
}

// What a term is sorted by: without signs in front and without an article.
std::string sortable(const std::string& words, std::string_view language) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(words);
    std::int32_t begin = 0;
    while (begin < text.length() && !u_isalnum(text.char32At(begin))) begin = text.moveIndex32(begin, 1);
    std::string rest = begin < text.length() ? to_text(text.tempSubString(begin)) : words;
    const std::size_t space = rest.find(' ');
    if (space != std::string::npos && is_article(std::string_view(rest).substr(0, space), language)) rest.erase(0, space + 1);
    for (const std::string_view elided : {"l'", "l’", "un'", "un’"})
        if ((language.starts_with("fr") || language.starts_with("it")) && rest.size() > elided.size() && rest.starts_with(elided))
            rest.erase(0, elided.size());
    constexpr std::string_view al = "ال"; // the Arabic article is written with its word, here of three letters or more
    if (language.starts_with("ar") && rest.size() >= al.size() + 6 && rest.starts_with(al)) rest.erase(0, al.size());
    return rest;
}

// The letters of the languages that an index holds, and its order.
class Alphabet {
public:
    Alphabet(const std::string& language, const std::set<std::string>& others, const std::set<UScriptCode>& scripts) {
        UErrorCode status = U_ZERO_ERROR;
        icu::AlphabeticIndex index(locale_of(language), status);
        index.addLabels(icu::Locale::getEnglish(), status);
        for (const std::string& other : others) index.addLabels(locale_of(other), status);
        for (const UScriptCode script : scripts) { // a language that writes with it
            icu::Locale likely = locale_of(std::string("und-") + uscript_getShortName(script));
            likely.addLikelySubtags(status);
            index.addLabels(likely, status);
        }
        index.setUnderflowLabel(icu::UnicodeString(u"0–9"), status);
        buckets_.reset(index.buildImmutableIndex(status));
        collator_.reset(index.getCollator().clone());
        UErrorCode numeric = U_ZERO_ERROR;
        collator_->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, numeric); // “vitamin B6” before “vitamin B12”
        if (U_FAILURE(status)) buckets_.reset();
    }

    std::int32_t bucket_of(const std::string& words) const {
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t at = buckets_ ? buckets_->getBucketIndex(icu::UnicodeString::fromUTF8(words), status) : 0;
        return U_SUCCESS(status) ? at : 0;
    }
    // `first`: the words that come first under it.
    std::string label_of(std::int32_t bucket, const std::string& first) const {
        const icu::AlphabeticIndex::Bucket* found = buckets_ ? buckets_->getBucket(bucket) : nullptr;
        const icu::UnicodeString words = icu::UnicodeString::fromUTF8(first);
        if (found && found->getLabelType() == U_ALPHAINDEX_NORMAL) return to_text(found->getLabel());
        const UChar32 letter = words.isEmpty() ? U'#' : words.char32At(0);
        if (u_isdigit(letter)) return "0–9";
        return u_isalpha(letter) ? to_text(icu::UnicodeString(letter).toUpper()) : "#";
    }
    std::string sort_key(const std::string& words) const {
        const icu::UnicodeString text = icu::UnicodeString::fromUTF8(words);
        const std::int32_t size = collator_->getSortKey(text, nullptr, 0);
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
        collator_->getSortKey(text, bytes.data(), size);
        return {bytes.begin(), bytes.end()};
    }

private:
    static icu::Locale locale_of(const std::string& language) {
        UErrorCode status = U_ZERO_ERROR;
        icu::Locale locale = icu::Locale::forLanguageTag(language, status);
        return U_SUCCESS(status) && !locale.isBogus() ? locale : icu::Locale::getRoot();
    }
    std::unique_ptr<icu::AlphabeticIndex::ImmutableIndex> buckets_;
    std::unique_ptr<icu::RuleBasedCollator> collator_;
};

// ---- the entries

class Entries {
public:
    explicit Entries(Assembly& assembly) : assembly_(assembly) {
        // Entries that somebody spelled come first: a term taken from the text joins the one that differs from it in capitals
        // only.
        for (const bool spelled : {true, false})
            for (std::size_t i = 0; i < assembly.fragments.size(); ++i)
                for (const IndexMark& mark : assembly.fragments[i].index_marks)
                    if (mark.entry.empty() != spelled) add(i, mark);
        put_in_order(root);
    }
    Entry root;

private:
    void add(std::size_t fragment, const IndexMark& mark) {
        if (mark.entry.empty()) return add_own_words(fragment, mark);
        const std::string language = language_of(fragment, mark.node);
        for (const std::string& path : parts_between(mark.entry, ';')) {
            Entry* entry = &root;
            std::vector<std::string> levels = parts_between(path, '!');
            for (std::size_t i = most_levels; i < levels.size(); ++i)
                levels[most_levels - 1] += std::string(words_for(language).comma) + levels[i];
            if (levels.size() > most_levels) levels.resize(most_levels);
            for (std::string& words : levels) {
                Entry& next = entry->below[key_of(words, language)];
                next.words = std::move(words);
                next.language = language;
                if (entry == &root) spelled_.try_emplace(key_of(folded(next.words), language), key_of(next.words, language));
                entry = &next;
            }
            if (entry != &root) locate(*entry, fragment, mark);
        }
    }

    void add_own_words(std::size_t fragment, const IndexMark& mark) {
        std::string words = line_of_text(assembly_.fragments[fragment].nodes, mark.node);
        for (std::size_t at; (at = words.find("\u00AD")) != std::string::npos;) words.erase(at, 2);
        if (words.empty()) {
            assembly_.diagnostics.warning("assemble.index-without-words", mark.where, "this mark for the index names nothing",
                                          {"write the entry: ‘[]{.index entry=\"…\"}’"});
            return;
        }
        const std::string language = language_of(fragment, mark.node), key = key_of(folded(words), language);
        const auto spelled = spelled_.find(key);
        Entry& entry = root.below[spelled == spelled_.end() ? key : spelled->second];
        // The beginning of a sentence is no reason for a capital.
        if (entry.words.empty() || (spelled == spelled_.end() && capitals(words) < capitals(entry.words))) entry.words = words;
        entry.language = language;
        locate(entry, fragment, mark);
    }

    static void locate(Entry& entry, std::size_t fragment, const IndexMark& mark) {
        if (!mark.sort_as.empty()) entry.sort_as = mark.sort_as;
        for (std::string& one : parts_between(mark.see, ';')) entry.see.push_back({std::move(one), mark.where});
        for (std::string& one : parts_between(mark.see_also, ';')) entry.see_also.push_back({std::move(one), mark.where});
        if (mark.see.empty() && mark.see_also.empty())
            entry.locators.push_back({{fragment, mark.node}, {fragment, mark.end}, mark.principal});
    }

    // Empty where it is the book's.
    std::string language_of(std::size_t fragment, NodeId node) const {
        const std::vector<Node>& nodes = assembly_.fragments[fragment].nodes;
        for (NodeId at = node; at != no_node; at = nodes[index(at)].parent)
            if (const std::string& own = nodes[index(at)].info.language; !own.empty())
                return own == assembly_.language ? std::string() : own;
        return {};
    }

    static void put_in_order(Entry& entry) {
        std::stable_sort(entry.locators.begin(), entry.locators.end(),
                         [](const Locator& a, const Locator& b) { return a.in_order() < b.in_order(); });
        for (auto& [key, below] : entry.below) put_in_order(below);
    }

    Assembly& assembly_;                         // a local of its caller only
    std::map<std::string, std::string> spelled_; // by folded words: the key of the first such entry
};

// ---- the section

class IndexSection {
public:
    IndexSection(Assembly& assembly, Entry& root)
        : assembly_(assembly), root_(root),
          section_(assembly, {SectionKind::index, Matter::back, "book-index", Element::section, "index", "index"}),
          words_(section_.words()), alphabet_(assembly.language, languages_of(root), scripts_of(root)) {}

    void make() {
        assembly_.generated.try_emplace("index", FragmentPlace{section_.index(), section_.root()});
        const std::string& title = assembly_.manuscript.plan.index_title;
        section_.heading(title.empty() ? words_.index : std::string_view(title));
        const auto body = tree().element(Element::div, "index-groups");
        const std::vector<Sorted> all = sorted(root_);
        for (std::size_t at = 0; at < all.size();) {
            std::size_t end = at;
            while (end < all.size() && all[end].label == all[at].label) ++end;
            const auto group = tree().element(Element::div, "index-group");
            {
                const auto letter = tree().element(Element::h2, "index-letter");
                tree().text(all[at].label);
            }
            list({all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(end)});
            at = end;
        }
        refer();
    }

private:
    struct Sorted {
        std::int32_t bucket = 0;
        std::string key, label;
        Entry* entry = nullptr;
    };
    struct Reference { // see, see also
        NodeId link = no_node;
        const Located<std::string>* wanted = nullptr;
    };

    Tree& tree() { return section_.tree(); }

    static void collect_languages(const Entry& entry, std::set<std::string>& languages) {
        for (const auto& [key, below] : entry.below) {
            if (!below.language.empty()) languages.insert(below.language);
            collect_languages(below, languages);
        }
    }
    static std::set<std::string> languages_of(const Entry& root) {
        std::set<std::string> languages;
        collect_languages(root, languages);
        return languages;
    }
    static std::set<UScriptCode> scripts_of(const Entry& root) {
        std::set<UScriptCode> scripts;
        for (const auto& [key, entry] : root.below) {
            const icu::UnicodeString words = icu::UnicodeString::fromUTF8(sortable(entry.words, ""));
            UErrorCode status = U_ZERO_ERROR;
            const UScriptCode script = words.isEmpty() ? USCRIPT_COMMON : uscript_getScript(words.char32At(0), &status);
            if (U_SUCCESS(status) && script > USCRIPT_INHERITED && script != USCRIPT_LATIN) scripts.insert(script);
        }
        return scripts;
    }

    std::vector<Sorted> sorted(Entry& parent) const {
        std::vector<Sorted> all;
        for (auto& [key, entry] : parent.below) {
            const std::string by = !entry.sort_as.empty()
                                       ? entry.sort_as
                                       : sortable(entry.words, entry.language.empty() ? assembly_.language : entry.language);
            Sorted one{alphabet_.bucket_of(by), alphabet_.sort_key(by), {}, &entry};
            one.label = alphabet_.label_of(one.bucket, by);
            all.push_back(std::move(one));
        }
        const bool top = &parent == &root_; // the letters of other scripts have their places among the buckets
        std::stable_sort(all.begin(), all.end(), [&](const Sorted& a, const Sorted& b) {
            return top && a.bucket != b.bucket ? a.bucket < b.bucket : a.key < b.key;
        });
        return all;
    }

    void list(const std::vector<Sorted>& entries) {
        const auto open = tree().element(Element::ul, "index-list");
        for (const Sorted& one : entries) item(*one.entry);
    }

    void item(Entry& entry) {
        const auto open = tree().element(Element::li, "index-entry");
        entry.made = {section_.index(), open};
        const std::string name = id_slug(entry.words);
        assembly_.name_node(tree()[open], name.empty() ? "index-entry" : "index-" + name);
        {
            const auto term = tree().element(Element::span, "index-term");
            if (!entry.language.empty()) tree().set_language(term, entry.language);
            tree().text(entry.words);
        }
        if (!entry.locators.empty()) locators(entry);
        see(entry.see, words_.see, "index-see", words_.comma);
        see(entry.see_also, words_.see_also, "index-see-also",
            entry.locators.empty() && entry.see.empty() ? words_.comma : words_.semicolon);
        if (!entry.below.empty()) list(sorted(entry));
    }

    // On a screen, links with the titles of the articles that they lead to, and of their sections where an article has several.
    // On paper the style prints
    // the pages of all links instead (-bifolio-target-pages()).
    void locators(const Entry& entry) {
        const auto outer = tree().element(Element::span, "index-locators");
        const auto places = tree().element(Element::span, "index-places");
        std::vector<NodeId> headings; // of each locator
        std::map<std::size_t, std::set<NodeId>> headings_of_article;
        for (const Locator& locator : entry.locators) {
            headings.push_back(heading_above(locator.place));
            headings_of_article[locator.place.fragment].insert(headings.back());
        }
        std::set<std::pair<std::size_t, NodeId>> shown;
        for (std::size_t i = 0; i < entry.locators.size(); ++i) {
            const Locator& locator = entry.locators[i];
            const SectionFragment& from = assembly_.fragments[locator.place.fragment];
            const bool again = !shown.insert({locator.place.fragment, headings[i]}).second;
            if (!again) tree().text(std::string(shown.size() == 1 ? words_.colon : words_.semicolon));
            const std::string classes = std::string("index-locator") + (locator.principal ? " main" : "");
            name_target(locator.place, entry);
            {
                const auto link = tree().element(Element::a, classes);
                section_.fragment().targets.emplace_back(link, locator.place);
                if (!again) {
                    if (const std::string& own = from.nodes.front().info.language; !own.empty()) tree().set_language(link, own);
                    const bool alone = headings_of_article[locator.place.fragment].size() == 1 || headings[i] == no_node;
                    tree().text(alone ? from.section.title
                                      : from.section.title + std::string(words_.colon) + line_of_text(from.nodes, headings[i]));
                }
            }
            if (locator.end.node == no_node) continue;
            name_target(locator.end, entry);
            const auto link = tree().element(Element::a, classes + " range-end");
            section_.fragment().targets.emplace_back(link, locator.end);
        }
    }

    void name_target(FragmentPlace place, const Entry& entry) {
        SectionFragment& fragment = assembly_.fragments[place.fragment];
        Node& node = fragment.nodes[index(place.node)];
        if (!node.info.id.empty()) return;
        const std::string name = id_slug(entry.words);
        assembly_.name_node(node, fragment.section.name + "-index" + (name.empty() ? "" : "-" + name));
    }

    // The heading under which a place stands; no_node: none, it is the section's own.
    NodeId heading_above(FragmentPlace place) {
        std::vector<NodeId>& above = headings_above_[place.fragment];
        if (above.empty()) {
            NodeId last = no_node;
            const std::vector<Node>& nodes = assembly_.fragments[place.fragment].nodes;
            for (std::uint32_t at = 0; at < nodes.size(); ++at) {
                if (heading_level(nodes[at].element) && nodes[at].element != Element::h1) last = NodeId{at};
                above.push_back(last);
            }
        }
        return above[index(place.node)];
    }

    void see(const std::vector<Located<std::string>>& wanted, std::string_view pattern, std::string_view classes,
             std::string_view joint) {
        if (wanted.empty()) return;
        tree().text(std::string(joint));
        const auto open = tree().element(Element::span, classes);
        const std::size_t blank = pattern.find("{}");
        const std::string_view before = trimmed(pattern.substr(0, blank));
        {
            const auto word = tree().element(Element::span, "index-see-word");
            tree().text(std::string(before));
        }
        tree().text(std::string(pattern.substr(before.size(), blank - before.size())));
        std::set<std::string> shown;
        for (const Located<std::string>& one : wanted) {
            if (!shown.insert(one.value).second) continue;
            if (shown.size() > 1) tree().text(std::string(words_.semicolon));
            const auto link = tree().element(Element::a, "index-reference");
            std::string words; // “medicines: stimulant”
            for (const std::string& part : parts_between(one.value, '!'))
                words += (words.empty() ? "" : std::string(words_.colon)) + part;
            tree().text(words);
            references_.push_back({link, &one});
        }
        tree().text(std::string(pattern.substr(blank + 2)));
    }

    void refer() {
        for (const Reference& reference : references_) {
            const Entry* entry = &root_;
            for (const std::string& words : parts_between(reference.wanted->value, '!'))
                entry = entry ? below(*entry, words) : entry;
            if (entry && entry != &root_) {
                section_.fragment().targets.emplace_back(reference.link, entry->made);
                continue;
            }
            std::vector<std::string> known;
            for (const auto& [key, one] : root_.below) known.push_back(one.words);
            assembly_.diagnostics.warning("assemble.index-see", reference.wanted->where,
                                          "the index has no entry ‘" + reference.wanted->value + "’",
                                          did_you_mean(reference.wanted->value, known));
            tree()[reference.link].element = Element::span;
        }
    }

    static const Entry* below(const Entry& parent, const std::string& words) {
        const std::string wanted = folded(words);
        const Entry* alike = nullptr;
        for (const auto& [key, entry] : parent.below) {
            if (entry.words == words) return &entry;
            if (!alike && folded(entry.words) == wanted) alike = &entry;
        }
        return alike;
    }

    Assembly& assembly_; // a local of its caller only, as the entries
    Entry& root_;
    GeneratedSection section_;
    const Words& words_;
    Alphabet alphabet_;
    std::vector<Reference> references_;
    std::map<std::size_t, std::vector<NodeId>> headings_above_; // by fragment and node
};

} // namespace

void add_index(Assembly& assembly) {
    Entries entries(assembly);
    if (entries.root.below.empty()) {
        assembly.diagnostics.warning("assemble.no-index-marks", {}, "the plan asks for an index, but nothing is marked for it",
                                     {"mark places in the articles: ‘[methylphenidate]{.index}’"});
        return;
    }
    IndexSection(assembly, entries.root).make();
}

} // namespace bifolio
