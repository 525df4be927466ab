#include "base/utf8.h"
#include "io/files.h"
#include "io/limits.h"
#include "layout/text/cluster.h"
#include "layout/text/shape.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <hyphen.h>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace bifolio {
namespace {

constexpr std::size_t longest_word = 100; // characters; nothing longer is a word that patterns know

const std::vector<std::filesystem::path>& folders() {
    static const std::vector<std::filesystem::path> all{"/usr/share/hyphen", "/usr/share/myspell/dicts"};
    return all;
}

struct FreeDictionary {
    void operator()(HyphenDict* p) const noexcept { hnj_hyphen_free(p); }
};
using Dictionary = std::unique_ptr<HyphenDict, FreeDictionary>;

struct CloseFile {
    void operator()(std::FILE* p) const noexcept { std::fclose(p); }
};
struct CloseConverter {
    void operator()(UConverter* p) const noexcept { ucnv_close(p); }
};

Dictionary load(const std::filesystem::path& file) {
    std::string bytes = DiskFiles().read(file, limits::text_file_bytes);
    if (bytes.empty()) return nullptr;
    const std::unique_ptr<std::FILE, CloseFile> stream(fmemopen(bytes.data(), bytes.size(), "r"));
    if (!stream) return nullptr;
#ifdef __SANITIZE_ADDRESS__
    // libhyphen forgets a pattern that a file states twice (the German one does): some bytes, once a run.
    const __lsan::ScopedDisabler known_leak;
#endif
    return Dictionary(hnj_hyphen_load_file(stream.get()));
}

struct Tag { // of BCP 47, what names a pattern file
    std::string primary, region;
};

Tag parse_tag(std::string_view language) {
    Tag tag;
    std::size_t at = 0;
    for (int part = 0; at <= language.size(); ++part) {
        const std::size_t end = std::min(language.find_first_of("-_", at), language.size());
        const std::string_view subtag = language.substr(at, end - at);
        if (part == 0)
            tag.primary = to_ascii_lower(subtag);
        else if (subtag.size() == 1)
            break; // extensions
        else if (subtag.size() == 2 && tag.region.empty())
            for (char c : to_ascii_lower(subtag)) tag.region += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        at = end + 1;
    }
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (!std::ranges::all_of(tag.primary, is_letter) || tag.primary.size() > 3) tag.primary.clear();
    if (tag.primary == "nb" || tag.primary == "nn") { // one package serves both
        if (tag.region.empty()) tag.region = "NO";
    }
    return tag;
}

// “en-GB” → hyph_en_GB.dic; “en-IE” → hyph_en.dic; “pl” → hyph_pl_PL.dic, the first by name of that language.
std::optional<std::filesystem::path> find_file(std::string_view language) {
    const Tag tag = parse_tag(language);
    if (tag.primary.empty()) return std::nullopt;
    const DiskFiles disk;
    std::vector<std::string> names;
    if (!tag.region.empty()) names.push_back("hyph_" + tag.primary + "_" + tag.region + ".dic");
    names.push_back("hyph_" + tag.primary + ".dic");
    std::string upper;
    for (char c : tag.primary) upper += static_cast<char>(c - 'a' + 'A');
    names.push_back("hyph_" + tag.primary + "_" + upper + ".dic");
    for (const std::filesystem::path& folder : folders()) {
        for (const std::string& name : names)
            if (disk.exists(folder / name)) return folder / name;
        if (!disk.is_folder(folder)) continue;
        for (const std::string& name : disk.list(folder))
            if (name.starts_with("hyph_" + tag.primary + "_") && name.ends_with(".dic")) return folder / name;
    }
    return std::nullopt;
}

struct Patterns {
    Dictionary dictionary;
    bool utf8 = true;
    std::string character_set;
};

// The word in the dictionary's character set; empty when it cannot be written in it.
std::string in_character_set(const std::string& word, const std::string& character_set) {
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(character_set.c_str(), &error));
    if (U_FAILURE(error)) return {};
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    const std::u16string wide = to_utf16(word);
    std::string out(wide.size() * 2 + 16, '\0');
    const std::int32_t size = ucnv_fromUChars(converter.get(), out.data(), static_cast<std::int32_t>(out.size()), wide.data(),
                                              static_cast<std::int32_t>(wide.size()), &error);
    if (U_FAILURE(error) || static_cast<std::size_t>(size) != wide.size()) return {};
    out.resize(static_cast<std::size_t>(size));
    return out;
}

// For each character of the word: may it be divided after it? Points that would change the spelling (German ck, Hungarian
// double letters) are left out: what is set must be what was written.
std::vector<bool> divide(const Patterns& patterns, const std::string& word, std::size_t characters) {
    std::vector<bool> after(characters, false);
    const std::string text = patterns.utf8 ? word : in_character_set(word, patterns.character_set);
    if (text.empty()) return after;
    std::string marks(text.size() + 8, '\0');
    char** replacements = nullptr;
    int* positions = nullptr;
    int* cuts = nullptr;
    const int failed = hnj_hyphen_hyphenate2(patterns.dictionary.get(), text.c_str(), static_cast<int>(text.size()), marks.data(),
                                             nullptr, &replacements, &positions, &cuts);
    for (std::size_t i = 0; !failed && i < characters; ++i) after[i] = (marks[i] & 1) && !(replacements && replacements[i]);
    if (replacements)
        for (std::size_t i = 0; i < text.size(); ++i) std::free(replacements[i]);
    std::free(replacements);
    std::free(positions);
    std::free(cuts);
    return after;
}

bool is_mark(char32_t c) {
    if (c < 0x300) return false;
    const auto type = u_charType(static_cast<UChar32>(c));
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0x200C ||
           c == 0x200D;
}

std::string folded(std::string_view word) {
    std::string lower;
    for (std::size_t at = 0; at < word.size();) {
        const Decoded d = decoded(word, at);
        append_utf8(lower, d.code_point == 0x2019 ? U'\'' : static_cast<char32_t>(u_tolower(static_cast<UChar32>(d.code_point))));
        at += d.size;
    }
    return lower;
}

} // namespace

struct Hyphenator::State {
    // By language and folded word: how many characters stand before each division.
    std::map<std::string, std::map<std::string, std::vector<std::size_t>, std::less<>>, std::less<>> exceptions;

    const std::vector<std::size_t>* exception(std::string_view word, std::string_view language) const {
        if (exceptions.empty()) return nullptr;
        const std::string key = folded(word), tag = to_ascii_lower(language);
        for (const std::string_view one :
             {std::string_view(tag), std::string_view(tag).substr(0, tag.find('-')), std::string_view()}) {
            const auto words = exceptions.find(one);
            if (words == exceptions.end()) continue;
            if (const auto found = words->second.find(key); found != words->second.end()) return &found->second;
        }
        if (key.ends_with("'s")) return exception(std::string_view(key).substr(0, key.size() - 2), language);
        return nullptr;
    }

    mutable std::shared_mutex mutex;
    mutable std::map<std::string, std::shared_ptr<const Patterns>, std::less<>> by_language; // null: no patterns
    mutable std::map<std::string, std::shared_ptr<const Patterns>> by_file;

    const Patterns* patterns(std::string_view language) const {
        {
            const std::shared_lock lock(mutex);
            if (const auto found = by_language.find(language); found != by_language.end()) return found->second.get();
        }
        const std::unique_lock lock(mutex);
        if (const auto found = by_language.find(language); found != by_language.end()) return found->second.get();
        std::shared_ptr<const Patterns> made;
        if (const auto file = find_file(language)) {
            auto& known = by_file[file->string()];
            if (!known) {
                auto fresh = std::make_shared<Patterns>();
                fresh->dictionary = load(*file);
                if (fresh->dictionary) {
                    fresh->utf8 = fresh->dictionary->utf8 != 0;
                    fresh->character_set = fresh->dictionary->cset;
                    known = std::move(fresh);
                }
            }
            made = known;
        }
        return by_language.emplace(std::string(language), std::move(made)).first->second.get();
    }
};

Hyphenator::Hyphenator() : state_(std::make_unique<State>()) {}
Hyphenator::~Hyphenator() = default;

void Hyphenator::add_exception(std::string_view language, std::string_view word) {
    std::string whole;
    std::vector<std::size_t> divisions;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < word.size();) {
        const Decoded d = decoded(word, at);
        if (d.code_point == '-' || d.code_point == 0xAD || d.code_point == 0x2010) {
            if (characters > 0 && at + d.size < word.size()) divisions.push_back(characters);
        } else {
            whole += word.substr(at, d.size);
            ++characters;
        }
        at += d.size;
    }
    if (!whole.empty()) state_->exceptions[to_ascii_lower(language)][folded(whole)] = std::move(divisions);
}

bool Hyphenator::has_exception(std::string_view word, std::string_view language) const {
    return state_->exception(word, language) != nullptr;
}

std::optional<std::filesystem::path> Hyphenator::pattern_file(std::string_view language) const {
    return has_patterns(language) ? find_file(language) : std::nullopt;
}

bool Hyphenator::has_patterns(std::string_view language) const { return state_->patterns(language) != nullptr; }

std::vector<std::uint32_t> Hyphenator::points(std::string_view word, std::string_view language, int least_word, int least_before,
                                              int least_after) const {
    if (least_word <= 0) least_word = 5;
    if (least_before <= 0) least_before = 2;
    if (least_after <= 0) least_after = 3;
    if (const auto* divisions = state_->exception(word, language)) {
        std::vector<std::uint32_t> points;
        std::size_t characters = 0;
        for (std::size_t at = 0; at < word.size(); at += decoded(word, at).size, ++characters)
            if (std::ranges::binary_search(*divisions, characters)) points.push_back(static_cast<std::uint32_t>(at));
        return points;
    }
    const Patterns* patterns = state_->patterns(language);
    if (!patterns || word.empty() || word.size() > longest_word * 4) return {};

    // Patterns are in lower case; the byte where each character begins is kept, as case may change the size in bytes.
    std::string lower;
    std::vector<std::uint32_t> begins;
    std::vector<int> letters_before; // marks are no letters of their own
    int letters = 0;
    for (std::size_t at = 0; at < word.size();) {
        const Decoded d = decoded(word, at);
        begins.push_back(static_cast<std::uint32_t>(at));
        letters_before.push_back(letters);
        if (!is_mark(d.code_point)) ++letters;
        const char32_t plain = d.code_point == 0x2019 ? U'\'' : d.code_point;
        append_utf8(lower, static_cast<char32_t>(u_tolower(static_cast<UChar32>(plain))));
        at += d.size;
    }
    if (letters < least_word || begins.size() > longest_word) return {};
    const std::vector<bool> after = divide(*patterns, lower, begins.size());
    std::vector<std::uint32_t> points;
    for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
        const char32_t next = decoded(word, begins[i + 1]).code_point;
        if (after[i] && letters_before[i + 1] >= least_before && letters - letters_before[i + 1] >= least_after && !is_mark(next))
            points.push_back(begins[i + 1]);
    }
    return points;
}

} // namespace bifolio
