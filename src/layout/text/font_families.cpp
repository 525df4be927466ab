#include "layout/text/font_families.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <span>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace bifolio {
namespace {

constexpr std::array generic_names{"serif",   "sans-serif", "monospace", "system-ui",    "math",       "emoji",        "cursive",
                                   "fantasy", "fangsong",   "ui-serif",  "ui-monospace", "ui-rounded", "ui-sans-serif"};
constexpr std::array kind_names{"serif", "sans", "mono", "symbol"}; // in the order of FontKind
constexpr std::array line_names{"folder", "faces", "family", "generic", "fallback", "packages"};

// The regional forms of Noto's CJK families.
constexpr std::array<std::string_view, 5> regions{"JP", "KR", "SC", "TC", "HK"};
constexpr std::string_view region_mark = "{region}";

std::string in_region(std::string name, std::string_view region) {
    if (const std::size_t at = name.find(region_mark); at != std::string::npos) name.replace(at, region_mark.size(), region);
    return name;
}

// Which regional form a language reads (the same character has other shapes in Japan and in China).
std::string_view region_of(std::string_view script, std::string_view language) {
    const std::string tag = to_ascii_lower(language);
    const auto has = [&](std::string_view part) { return tag.find(part) != std::string::npos; };
    if (tag.starts_with("ja")) return "JP";
    if (tag.starts_with("ko")) return "KR";
    if (has("-hk") || has("-mo") || tag.starts_with("yue")) return "HK";
    if (has("hant") || has("-tw")) return "TC";
    if (tag.starts_with("zh")) return "SC";
    if (script == "Hira" || script == "Kana") return "JP";
    if (script == "Hang") return "KR";
    if (script == "Bopo") return "TC";
    return "SC";
}

bool is_in_language(std::string_view tag, std::string_view primary) {
    return tag.starts_with(primary) && (tag.size() == primary.size() || tag[primary.size()] == '-');
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        parts.push_back(trimmed(text.substr(from, to - from)));
        from = to + 1;
    }
    return parts;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words = split(text, ' ');
    std::erase(words, std::string_view());
    return words;
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<FontKind> kind_named(std::string_view name) {
    const auto* found = std::ranges::find(kind_names, name);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<FontKind>(found - kind_names.begin());
}

template <typename Names>
std::string listed(const Names& names) {
    std::string out;
    for (const auto& name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

} // namespace

class FontListParser {
public:
    FontListParser(std::string_view text, const std::filesystem::path& file) : text_(text), file_(file) {}

    FontFamilies parse() {
        for (std::string_view line : split(text_, '\n')) {
            ++line_;
            if (!line.empty() && line.front() != '#') read_line(line);
        }
        for (const auto& [name, line] : used_) check_listed(name, line);
        if (!out_.generic_.contains("serif")) fail("no line ‘generic serif:’ names the families to begin with");
        return std::move(out_);
    }

private:
    [[noreturn]] void fail(const std::string& message) const {
        throw IoError(file_.string() + ":" + std::to_string(std::max(line_, 1)) + ": " + message);
    }

    template <typename Names>
    [[noreturn]] void fail_unknown(const std::string& what, std::string_view name, const Names& known) const {
        const std::vector<std::string> candidates(std::begin(known), std::end(known));
        std::string message = what + " ‘" + std::string(name) + "’";
        if (const auto meant = nearest(name, candidates)) fail(message + "; did you mean ‘" + *meant + "’?");
        fail(candidates.size() < 20 ? message + "; known are: " + listed(candidates) : message);
    }

    void read_line(std::string_view line) {
        const bool ascii = std::ranges::all_of(line, [](char c) { return c >= 0; }); // nearly always, and quickly seen
        if (!ascii && first_invalid_utf8(line) != std::string_view::npos) fail("the line is not UTF-8");
        const std::size_t colon = line.find(':');
        const std::string_view head = trimmed(line.substr(0, colon));
        const std::string_view keyword = head.substr(0, head.find(' '));
        if (std::ranges::find(line_names, keyword) == line_names.end()) fail_unknown("unknown kind of line", keyword, line_names);
        if (colon == std::string_view::npos) fail("a ‘:’ is missing; write ‘" + std::string(keyword) + " name: value, value’");
        const std::string_view name = trimmed(head.substr(keyword.size()));
        if (name.empty()) fail("a name is missing between ‘" + std::string(keyword) + "’ and ‘:’");
        const std::vector<std::string_view> items = split(line.substr(colon + 1), ',');
        if (items.size() > limits::font_list_items)
            fail("more than " + std::to_string(limits::font_list_items) + " values; divide the line");
        if (std::ranges::find(items, std::string_view()) != items.end()) fail("an empty value; take the spare comma away");
        if (keyword == "folder") return read_folder(name, items);
        if (keyword == "faces") return read_faces(name, items);
        if (keyword == "family") return read_family(name, items);
        if (keyword == "generic") return read_generic(name, items);
        if (keyword == "packages") return read_packages(name, items);
        read_fallback(name, items);
    }

    void read_folder(std::string_view name, std::span<const std::string_view> items) {
        if (name.find('/') != std::string_view::npos) fail("a folder's name has no ‘/’; write ‘folder name: path, path’");
        std::vector<std::string>& paths = folders_[std::string(name)];
        if (!paths.empty()) fail("the folder ‘" + std::string(name) + "’ is listed twice; put its paths on one line");
        for (const std::string_view path : items)
            paths.push_back((file_.parent_path() / path).lexically_normal().string()); // an absolute one stays as it is
    }

    // “-BoldItalic 700 italic”: suffix (none for a file without one), weight, slant.
    FontVariant variant(std::string_view item) const {
        std::vector<std::string_view> words = words_of(item);
        FontVariant out;
        if (words.back() == "italic" || words.back() == "oblique") {
            out.slant = words.back() == "italic" ? FontSlant::italic : FontSlant::oblique;
            words.pop_back();
        }
        const std::optional<int> weight = words.empty() ? std::nullopt : whole_number(words.back());
        if (!weight || *weight < 1 || *weight > 1000 || words.size() > 2)
            fail("‘" + std::string(item) + "’ is no face; write the suffix, the weight from 1 to 1000 and, where it leans, " +
                 "‘italic’ or ‘oblique’: -BoldItalic 700 italic");
        out.weight = *weight;
        if (words.size() == 2) out.suffix = words.front();
        return out;
    }

    void read_faces(std::string_view name, std::span<const std::string_view> items) {
        std::vector<FontVariant>& variants = faces_[std::string(name)];
        if (!variants.empty()) fail("the faces ‘" + std::string(name) + "’ are listed twice; put them on one line");
        for (const std::string_view item : items) variants.push_back(variant(item));
    }

    void add_places(ListedFamily& family, std::string_view item) const {
        FontPlace place;
        std::string_view path = item;
        if (const std::size_t mark = item.rfind('#'); mark != std::string_view::npos) {
            const std::optional<int> face = whole_number(item.substr(mark + 1));
            if (!face || *face < 0) fail("‘" + std::string(item) + "’: a face's number in its collection stands behind ‘#’");
            place.face_index = static_cast<unsigned>(*face);
            path = item.substr(0, mark);
        }
        const std::size_t slash = path.front() == '/' ? path.rfind('/') : path.find('/');
        if (slash == std::string_view::npos)
            fail("‘" + std::string(item) +
                 "’ names no folder; write ‘folder/file’ with the name of a folder line, or a whole path");
        const std::string_view folder = path.substr(0, slash), file = path.substr(slash + 1);
        const std::size_t star = file.find('*');
        const bool plain = family.variants.size() == 1 && family.variants.front().suffix.empty();
        if (star == std::string_view::npos ? !plain : file.find('*', star + 1) != std::string_view::npos)
            fail("‘" + std::string(item) + "’ needs one ‘*’ where the file names of the faces differ");
        place.before = file.substr(0, star);
        if (star != std::string_view::npos) place.after = file.substr(star + 1);
        if (path.front() == '/') {
            place.folder = folder;
            family.places.push_back(place);
            return;
        }
        const auto found = folders_.find(folder);
        if (found == folders_.end()) fail_unknown("no folder line before this one names", folder, names_of(folders_));
        family.places.reserve(family.places.size() + found->second.size());
        for (const std::string& each : found->second) {
            place.folder = each;
            family.places.push_back(place);
        }
    }

    // “kind, faces, folder/file, …, for Script Script”
    void read_family(std::string_view name, std::vector<std::string_view> items) {
        if (!names_.insert(to_ascii_lower(name)).second)
            fail("the family ‘" + std::string(name) + "’ is listed twice; put all its places on one line");
        ListedFamily family;
        family.name = name;
        if (items.back().starts_with("for ")) {
            for (const std::string_view script : words_of(items.back().substr(4))) {
                check_script(script);
                family.scripts.emplace_back(script);
                out_.by_script_[std::string(script)].push_back(out_.families_.size());
            }
            items.pop_back();
        }
        if (items.size() < 3)
            fail("a family needs its kind, the name of its faces and at least one place: serif, book, noto/NotoSerif*.ttf");
        const std::optional<FontKind> kind = kind_named(items[0]);
        if (!kind) fail_unknown("unknown kind of family", items[0], kind_names);
        family.kind = *kind;
        const auto variants = faces_.find(items[1]);
        if (variants == faces_.end()) fail_unknown("no faces line before this one is named", items[1], names_of(faces_));
        family.variants = variants->second;
        for (std::size_t i = 2; i < items.size(); ++i) add_places(family, items[i]);
        out_.families_.push_back(std::move(family));
    }

    void read_generic(std::string_view head, std::span<const std::string_view> items) {
        for (const std::string_view name : words_of(head)) {
            if (std::ranges::find(generic_names, name) == generic_names.end())
                fail_unknown("CSS has no generic family", name, generic_names);
            std::vector<std::string>& families = out_.generic_[std::string(name)];
            if (!families.empty()) fail("‘generic " + std::string(name) + "’ is listed twice; put its families on one line");
            families = used_families(items);
        }
    }

    void read_fallback(std::string_view head, std::span<const std::string_view> items) {
        FontFamilies::Fallback fallback;
        bool any = false;
        for (const std::string_view word : words_of(head)) {
            if (word == "any") {
                any = true;
            } else if (const auto kind = kind_named(word)) {
                fallback.kinds.push_back(*kind);
            } else if (word.front() >= 'A' && word.front() <= 'Z') {
                check_script(word);
                fallback.scripts.emplace_back(word);
            } else if (std::ranges::all_of(word,
                                           [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; })) {
                fallback.languages.emplace_back(word);
            } else {
                fail("‘" + std::string(word) + "’ is no script (Arab), kind (serif, sans, mono, symbol) or language (ur)");
            }
        }
        if (any == !fallback.scripts.empty()) fail("a fallback is either for scripts (Arab Syrc) or for ‘any’");
        fallback.families = used_families(items);
        out_.fallbacks_.push_back(std::move(fallback));
    }

    void read_packages(std::string_view head, std::span<const std::string_view> items) {
        for (const std::string_view word : words_of(head)) {
            FontFamilies::Packages made;
            made.names.assign(items.begin(), items.end());
            if (word.starts_with("U+")) {
                const std::size_t hyphen = std::min(word.find('-'), word.size());
                const auto number = [&](std::string_view digits) {
                    std::uint32_t value = 0;
                    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
                    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
                        fail("‘" + std::string(word) + "’ is no range of code points; write U+1F300-1FAFF");
                    return static_cast<char32_t>(value);
                };
                made.first = number(word.substr(2, hyphen - 2));
                made.last = hyphen < word.size() ? number(word.substr(hyphen + 1)) : made.first;
            } else {
                check_script(word);
                made.script = word;
            }
            out_.packages_.push_back(std::move(made));
        }
    }

    void check_script(std::string_view script) const {
        if (script.size() != 4 || u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(script).c_str()) == UCHAR_INVALID_CODE)
            fail("‘" + std::string(script) + "’ is no script; write its four letters of ISO 15924, for example Arab");
    }

    std::vector<std::string> used_families(std::span<const std::string_view> items) {
        std::vector<std::string> names(items.begin(), items.end());
        for (const std::string& name : names) used_.emplace_back(name, line_);
        return names;
    }

    void check_listed(const std::string& name, int line) {
        for (const std::string_view region : regions) {
            const std::string whole = in_region(name, region);
            if (names_.contains(to_ascii_lower(whole))) {
                if (whole == name) return;
                continue;
            }
            line_ = line;
            std::vector<std::string> known;
            for (const ListedFamily& family : out_.families_) known.push_back(family.name);
            fail_unknown("no family line names", whole, known);
        }
    }

    template <typename Map>
    static std::vector<std::string> names_of(const Map& map) {
        std::vector<std::string> names;
        for (const auto& [name, value] : map) names.push_back(name);
        return names;
    }

    std::string_view text_;
    const std::filesystem::path& file_;
    int line_ = 0; // from 1
    std::map<std::string, std::vector<std::string>, std::less<>> folders_;
    std::map<std::string, std::vector<FontVariant>, std::less<>> faces_;
    std::set<std::string> names_;                   // of families, lower-case
    std::vector<std::pair<std::string, int>> used_; // family and line
    FontFamilies out_;
};

const std::vector<std::string>& FontFamilies::generic(std::string_view name) const {
    static const std::vector<std::string> none;
    const auto found = generic_.find(to_ascii_lower(name));
    return found == generic_.end() ? none : found->second;
}

std::vector<std::string> FontFamilies::fallback(std::string_view script, std::string_view language, FontKind kind) const {
    std::vector<std::string> names;
    // Serif beside serif, anything else beside anything else.
    if (const auto found = by_script_.find(script); found != by_script_.end())
        for (const bool alike : {true, false})
            for (const std::size_t at : found->second)
                if (((families_[at].kind == FontKind::serif) == (kind == FontKind::serif)) == alike)
                    names.push_back(families_[at].name);
    const std::string tag = to_ascii_lower(language);
    for (const Fallback& line : fallbacks_) {
        const auto meets = [](const auto& conditions, const auto& condition) {
            return conditions.empty() || std::ranges::any_of(conditions, condition);
        };
        if (!meets(line.scripts, [&](const std::string& s) { return s == script; })) continue;
        if (!meets(line.kinds, [&](FontKind k) { return k == kind; })) continue;
        if (!meets(line.languages, [&](const std::string& l) { return is_in_language(tag, l); })) continue;
        for (const std::string& name : line.families) names.push_back(in_region(name, region_of(script, language)));
    }
    return names;
}

FontFamilies parse_font_families(std::string_view text, const std::filesystem::path& file) {
    return FontListParser(text, file).parse();
}

std::vector<std::string> FontFamilies::packages(char32_t code_point) const {
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode code = uscript_getScript(static_cast<UChar32>(code_point), &error);
    const std::string script = U_SUCCESS(error) ? uscript_getShortName(code) : "";
    std::vector<std::string> names;
    const auto add = [&](const Packages& line) {
        for (const std::string& name : line.names)
            if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    };
    for (const Packages& line : packages_)
        if (line.script.empty() && code_point >= line.first && code_point <= line.last) add(line);
    for (const Packages& line : packages_)
        if (!line.script.empty() && line.script == script) add(line);
    return names;
}

FontFamilies read_font_families(const Files& files, const std::filesystem::path& file) {
    return parse_font_families(files.read(file, limits::font_list_bytes), file);
}

} // namespace bifolio
