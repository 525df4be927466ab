#include "check/accessibility.h"

#include "assemble/languages.h"
#include "base/utf8.h"
#include "check/codes.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace bifolio {

namespace {

// What programs and people in a hurry write for a picture, in the languages of our words.
constexpr std::array empty_words{
    "alt",    "alttext",    "bild",   "chart",     "cover",        "delwedd", "diagram", "drawing",     "figure", "foto",
    "grafik", "graphic",    "graph",  "icon",      "illustration", "image",   "imagem",  "imagen",      "img",    "immagine",
    "llun",   "logo",       "obraz",  "photo",     "photograph",   "pic",     "picture", "placeholder", "plate",  "poza",
    "resim",  "screenshot", "spacer", "thumbnail", "untitled",     "zdjecie", "图片",    "صورة"};
// Names that cameras and telephones give.
constexpr std::array camera_names{"dsc", "dscn", "dscf", "img", "imag", "pict", "p", "pxl", "screenshot"};
constexpr std::array picture_endings{".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"};

// The letters of a text without its signs and numbers, in lower case: “Early-morning_2.JPG” and “early morning 2 jpg” are one.
std::string letters_of(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decode_utf8(text, at);
        at += next.size;
        const auto c = static_cast<UChar32>(next.code_point);
        if (u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK)) append_utf8(out, static_cast<char32_t>(u_tolower(c)));
    }
    return out;
}

// Words after which nobody knows where a link leads.
constexpr std::array vague_links{"click here", "here", "link", "more",        "read more", "this",        "this link",
                                 "this page",  "hier", "mehr", "weiterlesen", "ici",       "cliquez ici", "en savoir plus",
                                 "aquí",       "más",  "qui",  "clicca qui",  "yma",       "mwy"};

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 40;
    const std::string words = collapsed(text);
    if (count_characters(words) <= most) return words;
    std::size_t at = 0;
    for (std::size_t i = 0; i < most; ++i) at += decode_utf8(words, at).size;
    return words.substr(0, at) + "…";
}

class Checker {
public:
    explicit Checker(const Book& book) : book_(book) {
        for (const Node& node : book.nodes)
            if (!node.info.id.empty()) ids_.insert(node.info.id);
    }

    AccessibilityFindings check() {
        check_book_language();
        for (std::uint32_t at = 0; at < book_.nodes.size(); ++at) {
            if (is_for_paper(book_, NodeId{at}))
                at = index(book_.nodes[at].end) - 1; // the loop steps past it
            else
                check_node(NodeId{at});
        }
        check_headings();
        for (const BookSection& section : book_.sections)
            if (section.kind == SectionKind::index) check_index(section);
        return std::move(found_);
    }

private:
    void fault(AccessibilityRule rule, NodeId id, std::string message) {
        found_.faults.push_back({rule, place_of(book_, id), std::move(message)});
    }

    void check_node(NodeId id) {
        const Node& node = book_.node(id);
        if (const std::string_view language = node.info.language; !language.empty() && !may_be_language(language))
            fault(AccessibilityRule::language_name, id, "‘" + std::string(language) + "’ is no language");
        switch (node.element) {
        case Element::text: check_text(id, node); break;
        case Element::img: check_picture(id, node); break;
        case Element::table: check_table(id); break;
        case Element::a: check_link(id, node); break;
        case Element::ruby:
            for (const NodeId child : children(book_, id))
                found_.has_ruby = found_.has_ruby || book_.node(child).element == Element::rt;
            break;
        case Element::note:
            if (!is_web_address(node)) ++found_.notes;
            break;
        case Element::note_reference:
            if (node.target == no_node || book_.node(node.target).element != Element::note)
                fault(AccessibilityRule::note_links, id, "the call of a note leads nowhere");
            break;
        default: break;
        }
    }

    bool belongs_to_the_frame(NodeId id, const Node& node) const {
        if (node.resource == book_.cover || has_class(node, "clinic-logo")) return true;
        for (NodeId above = book_.node(id).parent; above != no_node; above = book_.node(above).parent)
            if (has_class(book_.node(above), "portrait")) return true;
        return false;
    }

    void check_picture(NodeId id, const Node& node) {
        if (node.resource == no_resource) return; // its words stand in the text
        const std::string& path = book_.resources[index(node.resource)].path;
        const std::string* alternative = attribute(node, "alt");
        if (alternative && alternative->empty()) {
            ++found_.decorative;
            found_.to_judge.push_back(
                {AccessibilityRule::picture_words, place_of(book_, id), "whether the picture ‘" + path + "’ only decorates"});
            return;
        }
        ++found_.pictures;
        found_.shown += belongs_to_the_frame(id, node) ? 0 : 1;
        bool is_described = node.target != no_node;
        for (const std::string_view relation : {"aria-describedby", "aria-details"})
            if (const std::string* target = attribute(node, relation)) is_described = is_described || ids_.contains(*target);
        found_.long_descriptions += is_described ? 1 : 0;
        if (!alternative) {
            fault(AccessibilityRule::picture_words, id, "the picture ‘" + path + "’ has no text alternative");
        } else if (!describes(*alternative, path)) {
            fault(AccessibilityRule::picture_words, id,
                  "the words ‘" + shortened(*alternative) + "’ do not describe the picture ‘" + path + "’");
        } else {
            ++found_.described;
            if (judged_.insert(index(node.resource)).second)
                found_.to_judge.push_back({AccessibilityRule::picture_words, place_of(book_, id),
                                           "whether ‘" + shortened(*alternative) + "’ says what the picture shows"});
        }
    }

    void check_table(NodeId id) {
        ++found_.tables;
        bool has_header = false;
        for (std::uint32_t at = index(id); at < index(book_.node(id).end); ++at)
            has_header = has_header || (book_.nodes[at].element == Element::th && !is_blank(text_content(book_, NodeId{at})));
        if (has_header)
            ++found_.tables_with_headers;
        else
            fault(AccessibilityRule::table_headers, id, "the table has no header cells");
    }

    void check_link(NodeId id, const Node& node) {
        if (node.target == no_node && !attribute(node, "href")) return; // a place, no link
        ++found_.links;
        const std::string* label = attribute(node, "aria-label");
        const std::string words = label ? *label : text_content(book_, id);
        if (is_blank(words)) {
            fault(AccessibilityRule::link_words, id, "the link has no words");
            return;
        }
        const std::string lower = to_ascii_lower(collapsed(words));
        if (std::ranges::find(vague_links, lower) != vague_links.end())
            found_.to_judge.push_back({AccessibilityRule::link_words, place_of(book_, id),
                                       "whether the text around the link ‘" + collapsed(words) + "’ says where it leads"});
    }

    // ---- headings

    void check_headings() {
        for (const BookSection& section : book_.sections) {
            int last = 0;
            for (std::uint32_t at = index(section.root); at < index(book_.node(section.root).end); ++at) {
                const auto level = heading_level(book_.nodes[at].element);
                if (!level) continue;
                ++found_.headings;
                if (is_blank(text_content(book_, NodeId{at})))
                    fault(AccessibilityRule::heading_order, NodeId{at}, "the heading has no words");
                else if (last > 0 && *level > last + 1)
                    fault(AccessibilityRule::heading_order, NodeId{at},
                          "the heading of level " + std::to_string(*level) + " follows one of level " + std::to_string(last));
                last = *level;
            }
        }
    }

    void check_index(const BookSection& section) {
        for (std::uint32_t at = index(section.root); at < index(book_.node(section.root).end); ++at)
            if (book_.nodes[at].element == Element::a && book_.nodes[at].target != no_node) found_.has_linked_index = true;
    }

    // ---- language

    static bool is_known(std::string_view language) {
        const std::string lower = to_ascii_lower(language);
        return !is_blank(lower) && lower != "und" && !lower.starts_with("und-") && lower != "zxx" && lower != "mis";
    }

    void check_book_language() {
        if (!is_known(book_.metadata.language))
            found_.faults.push_back({AccessibilityRule::language, {}, "the language of the book is not known"});
    }

    // The scripts that a language is written in, as far as ICU knows.
    const std::set<UScriptCode>& scripts_of(std::string_view language) {
        const auto known = scripts_.find(std::string(language));
        if (known != scripts_.end()) return known->second;
        std::array<UScriptCode, 8> codes{};
        UErrorCode status = U_ZERO_ERROR;
        const std::string tag(language);
        const std::int32_t count = uscript_getCode(tag.c_str(), codes.data(), static_cast<std::int32_t>(codes.size()), &status);
        std::set<UScriptCode> scripts;
        if (U_SUCCESS(status)) scripts.insert(codes.begin(), codes.begin() + count);
        return scripts_.emplace(tag, std::move(scripts)).first->second;
    }

    // A passage in another script than its language is written in is in another language. Single letters and signs are not.
    void check_text(NodeId id, const Node& node) {
        if (!found_.has_text) found_.has_text = !is_blank(node.text);
        const bool is_ascii = std::ranges::all_of(node.text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (is_ascii) return; // Latin letters at most
        std::map<UScriptCode, std::size_t> letters;
        for (std::size_t at = 0; at < node.text.size();) {
            const Decoded next = decode_utf8(node.text, at);
            at += next.size;
            UErrorCode status = U_ZERO_ERROR;
            const auto c = static_cast<UChar32>(next.code_point);
            if (u_isalpha(c)) ++letters[uscript_getScript(c, &status)];
        }
        for (const auto& [script, count] : letters) check_script(id, script, count);
    }

    void check_script(NodeId id, UScriptCode script, std::size_t letters) {
        // Latin stands in texts of every language: names, abbreviations, addresses.
        constexpr std::size_t least = 8;
        if (letters < least || script <= USCRIPT_INHERITED || script == USCRIPT_LATIN) return;
        const std::string_view language = language_of(book_, id);
        const std::set<UScriptCode>& usual = scripts_of(language);
        if (usual.empty() || usual.contains(script)) return;
        fault(AccessibilityRule::language, id,
              "text in the " + std::string(uscript_getName(script)) + " script is marked as ‘" + std::string(language) + "’");
    }

    const Book& book_;
    AccessibilityFindings found_;
    std::set<std::string, std::less<>> ids_;
    std::set<std::uint32_t> judged_; // pictures
    std::map<std::string, std::set<UScriptCode>> scripts_;
};

} // namespace

bool describes(std::string_view alternative, std::string_view path) {
    const std::string words = letters_of(alternative);
    if (words.empty()) return false;
    const std::string_view file = path.substr(path.rfind('/') + 1);
    if (words == letters_of(file) || words == letters_of(file.substr(0, file.rfind('.')))) return false;
    const std::string lower = to_ascii_lower(trimmed(alternative));
    if (lower.find(' ') == std::string::npos &&
        std::ranges::any_of(picture_endings, [&](const char* ending) { return lower.ends_with(ending); }))
        return false;
    const bool numbered = std::ranges::any_of(alternative, [](char c) { return c >= '0' && c <= '9'; });
    return std::ranges::find(empty_words, words) == empty_words.end() &&
           !(numbered && std::ranges::find(camera_names, words) != camera_names.end());
}

AccessibilityFindings check_accessibility(const Book& book) { return Checker(book).check(); }

void warn_of_faults(const AccessibilityFindings& findings, Diagnostics& diagnostics) {
    constexpr std::array told{std::pair{AccessibilityRule::picture_words, 0u}, std::pair{AccessibilityRule::table_headers, 1u},
                              std::pair{AccessibilityRule::link_words, 2u}, std::pair{AccessibilityRule::language_name, 3u}};
    for (const AccessibilityFault& fault : findings.faults)
        for (const auto& [rule, code] : told)
            if (fault.rule == rule)
                diagnostics.warning(std::string(check_codes[code].code), fault.where, fault.message,
                                    {std::string(check_codes[code].cure)});
}

} // namespace bifolio
