#include "verify/epub/vocabularies.h"

#include "base/utf8.h"
#include "verify/epub/html_model.h"
#include "verify/epub/package_document.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bifolio {

namespace {

using Words = std::span<const std::string_view>;

bool holds(Words words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> package_prefixes{
    {{"a11y", "http://www.idpf.org/epub/vocab/package/a11y/#"},
     {"dcterms", "http://purl.org/dc/terms/"},
     {"marc", "http://id.loc.gov/vocabulary/"},
     {"media", "http://www.idpf.org/epub/vocab/overlays/#"},
     {"onix", "http://www.editeur.org/ONIX/book/codelists/current.html#"},
     {"rendition", "http://www.idpf.org/vocab/rendition/#"},
     {"schema", "http://schema.org/"},
     {"xsd", "http://www.w3.org/2001/XMLSchema#"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> content_prefixes{
    {{"msv", "http://www.idpf.org/epub/vocab/structure/magazine/#"},
     {"prism", "http://www.prismstandard.org/specifications/3.0/PRISM_CV_Spec_3.0.htm#"}}};
constexpr std::array default_vocabularies{
    std::string_view("http://idpf.org/epub/vocab/package/meta/#"), std::string_view("http://idpf.org/epub/vocab/package/link/#"),
    std::string_view("http://idpf.org/epub/vocab/package/item/#"),
    std::string_view("http://idpf.org/epub/vocab/package/itemref/#"), std::string_view("http://idpf.org/epub/vocab/structure/#")};

constexpr std::string_view meta_words[]{"alternate-script",
                                        "authority",
                                        "belongs-to-collection",
                                        "collection-type",
                                        "display-seq",
                                        "file-as",
                                        "group-position",
                                        "identifier-type",
                                        "meta-auth",
                                        "pageBreakSource",
                                        "role",
                                        "source-of",
                                        "term",
                                        "title-type"};
constexpr std::string_view item_words[]{"cover-image", "data-nav",         "dictionary", "glossary",       "index", "mathml",
                                        "nav",         "remote-resources", "scripted",   "search-key-map", "svg",   "switch"};
constexpr std::string_view itemref_words[]{"page-spread-left", "page-spread-right"};
constexpr std::string_view link_rel_words[]{"acquire", "alternate", "marc21xml-record", "mods-record", "onix-record",
                                            "record",  "voicing",   "xml-signature",    "xmp-record"};
constexpr std::string_view link_words[]{"onix", "xmp"};
constexpr std::string_view rendition_meta[]{"flow", "layout", "orientation", "spread", "viewport"};
constexpr std::string_view rendition_itemref[]{"align-x-center",           "flow-auto",          "flow-paginated",
                                               "flow-scrolled-continuous", "flow-scrolled-doc",  "layout-pre-paginated",
                                               "layout-reflowable",        "orientation-auto",   "orientation-landscape",
                                               "orientation-portrait",     "page-spread-center", "page-spread-left",
                                               "page-spread-right",        "spread-auto",        "spread-both",
                                               "spread-landscape",         "spread-none",        "spread-portrait"};
constexpr std::string_view media_meta[]{"active-class", "duration", "narrator", "playback-active-class"};
constexpr std::string_view a11y_meta[]{"certifiedBy", "certifierCredential", "certifierReport", "contactEmail", "exemption"};
constexpr std::string_view deprecated_links[]{"marc21xml-record", "mods-record", "onix-record", "xml-signature", "xmp-record"};

Words words_of_vocabulary(Vocabulary vocabulary) {
    switch (vocabulary) {
    case Vocabulary::meta: return meta_words;
    case Vocabulary::item: return item_words;
    case Vocabulary::itemref: return itemref_words;
    case Vocabulary::link_rel: return link_rel_words;
    case Vocabulary::link_properties: return link_words;
    case Vocabulary::meta_scheme: return {};
    }
    return {};
}

// Of prefixes whose vocabulary is closed; nullopt: anything may stand behind the prefix.
std::optional<Words> closed_vocabulary(std::string_view prefix, Vocabulary vocabulary) {
    const bool meta = vocabulary == Vocabulary::meta;
    if (prefix == "rendition" && meta) return Words(rendition_meta);
    if (prefix == "rendition" && vocabulary == Vocabulary::itemref) return Words(rendition_itemref);
    if (prefix == "media" && meta) return Words(media_meta);
    if (prefix == "a11y" && (meta || vocabulary == Vocabulary::link_rel)) return Words(a11y_meta);
    return std::nullopt;
}

bool is_ncname(std::string_view text) {
    return !text.empty() && text.find(':') == std::string_view::npos && !(text[0] >= '0' && text[0] <= '9') && text[0] != '-' &&
           text[0] != '.';
}

bool is_alpha(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}
bool is_digits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

constexpr std::string_view structure_types =
    "abstract acknowledgments afterword aside appendix assessment assessments backmatter balloon backlink biblioentry "
    "bibliography biblioref bodymatter bridgehead case-study chapter colophon concluding-sentence conclusion "
    "contributors copyright-page cover covertitle credit credits dedication division endnote endnotes epigraph "
    "epilogue errata example figure fill-in-the-blank-problem footnote footnotes foreword frontmatter fulltitle "
    "general-problem glossary glossdef glossref glossterm halftitle halftitlepage imprimatur imprint index "
    "index-editor-note index-entry index-entry-list index-group index-headnotes index-legend index-locator "
    "index-locator-list index-locator-range index-term index-term-categories index-term-category index-xref-preferred "
    "index-xref-related introduction keyword keywords label landmarks learning-objective learning-objectives "
    "learning-outcome learning-outcomes learning-resource learning-resources learning-standard learning-standards "
    "list list-item loa loi lot lov match-problem multiple-choice-problem noteref notice ordinal other-credits "
    "page-list pagebreak panel panel-group part practice practices preamble preface prologue pullquote qna question "
    "answer referrer revision-history seriespage sound-area subtitle table table-cell table-row text-area tip title "
    "titlepage toc toc-brief topic-sentence true-false-problem volume antonym-group condensed-entry def dictentry "
    "dictionary etymology gram-info idiom part-of-speech part-of-speech-group part-of-speech-list "
    "phonetic-transcription phrase-group phrase-list sense-group sense-list synonym-group tran tran-info feedback "
    "help region-based";
constexpr std::string_view deprecated_types =
    "annoref annotation biblioentry bridgehead endnote help marginalia note rearnote rearnotes sidebar subchapter "
    "warning";

constexpr std::string_view roles =
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox "
    "comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form "
    "generic grid gridcell group heading image img insertion link list listbox listitem log main mark marquee math "
    "menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation "
    "progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider "
    "spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term text textbox "
    "time timer toolbar tooltip tree treegrid treeitem doc-abstract doc-acknowledgments doc-afterword doc-appendix "
    "doc-backlink doc-biblioentry doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover "
    "doc-credit doc-credits doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example "
    "doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice "
    "doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna "
    "doc-subtitle doc-tip doc-toc graphics-document graphics-object graphics-symbol";

constexpr std::string_view aria_names =
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex "
    "colindextext colspan controls current describedby description details disabled dropeffect errormessage expanded "
    "flowto grabbed haspopup hidden invalid keyshortcuts label labelledby level live modal multiline multiselectable "
    "orientation owns placeholder posinset pressed readonly relevant required roledescription rowcount rowindex "
    "rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext";

} // namespace

Prefixes read_prefixes(std::string_view attribute, PrefixPlace place, const XmlNode& node, const Reporter& report) {
    Prefixes out;
    const auto reserve = [&](const auto& list) {
        for (const auto& [prefix, address] : list) out.emplace(prefix);
    };
    if (place == PrefixPlace::package) reserve(package_prefixes);
    reserve(content_prefixes); // a package may use those too
    if (place == PrefixPlace::content) reserve(package_prefixes);
    const std::vector<std::string> words = words_of(attribute);
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view prefix = words[i];
        if (!prefix.ends_with(':') || prefix.size() < 2) {
            report("EPUB OPF-004", "‘" + words[i] + "’ is no prefix with a colon behind it", &node);
            // A colon that stands alone, or an address without a prefix: the next word may be a prefix again.
            if (i + 1 < words.size() && words[i + 1] == ":") ++i;
            if (i + 1 < words.size() && !words[i + 1].ends_with(':') && words[i].find("://") == std::string::npos) ++i;
            continue;
        }
        prefix.remove_suffix(1);
        if (!is_ncname(prefix)) report("EPUB OPF-004", "‘" + std::string(prefix) + "’ is no name", &node);
        if (i + 1 >= words.size() || words[i + 1].ends_with(':')) {
            report("EPUB OPF-004", "the prefix ‘" + std::string(prefix) + "’ has no address", &node);
            continue;
        }
        const std::string_view address = words[++i];
        if (prefix == "_") report("EPUB OPF-007a", "the prefix ‘_’ is declared", &node);
        if (holds(default_vocabularies, address))
            report("EPUB OPF-007b", "‘" + std::string(prefix) + "’ is declared for a default vocabulary", &node);
        if (address == xml_space::dc)
            report("EPUB OPF-007c", "‘" + std::string(prefix) + "’ is declared for Dublin Core elements", &node);
        const auto overrides = [&](const auto& list) {
            return std::ranges::any_of(list, [&](const auto& one) { return one.first == prefix && one.second != address; });
        };
        if (place == PrefixPlace::package ? overrides(package_prefixes) : overrides(content_prefixes))
            report("EPUB OPF-007", "the reserved prefix ‘" + std::string(prefix) + "’ is declared for another address", &node);
        out.emplace(prefix);
    }
    return out;
}

void check_properties(std::string_view attribute, Vocabulary vocabulary, const Prefixes& prefixes, const XmlNode& node,
                      const Reporter& report) {
    const std::vector<std::string> words = words_of(attribute);
    if ((vocabulary == Vocabulary::meta || vocabulary == Vocabulary::meta_scheme) && words.size() > 1) {
        report("EPUB OPF-025", "‘" + std::string(attribute) + "’ are several values", &node);
        return;
    }
    for (const std::string& word : words) {
        const std::size_t colon = word.find(':');
        const std::string_view prefix = std::string_view(word).substr(0, colon == std::string::npos ? 0 : colon);
        const std::string_view name = std::string_view(word).substr(colon == std::string::npos ? 0 : colon + 1);
        if (name.empty() || (colon != std::string::npos && prefix.empty()))
            report("EPUB OPF-026", "‘" + word + "’ is not a name with or without a prefix", &node);
        else if (colon == std::string::npos) {
            if (!holds(words_of_vocabulary(vocabulary), name)) report("EPUB OPF-027", "‘" + word + "’ is not defined", &node);
            if (vocabulary == Vocabulary::link_rel && holds(deprecated_links, name))
                report("EPUB OPF-086", "‘" + word + "’ is deprecated", &node);
        } else if (!prefixes.contains(prefix))
            report("EPUB OPF-028", "the prefix of ‘" + word + "’ is not declared", &node);
        else if (const auto closed = closed_vocabulary(prefix, vocabulary); closed && !holds(*closed, name))
            report("EPUB OPF-027", "‘" + word + "’ is not defined", &node);
        else if (word == "rendition:viewport" || word == "rendition:spread-portrait")
            report("EPUB OPF-086", "‘" + word + "’ is deprecated", &node);
    }
}

SemanticType semantic_type(std::string_view epub_type) {
    if (holds_word(deprecated_types, epub_type)) return SemanticType::deprecated;
    return holds_word(structure_types, epub_type) ? SemanticType::known : SemanticType::unknown;
}

bool is_aria_role(std::string_view role) { return holds_word(roles, role); }

bool is_aria_attribute(std::string_view name) { return name.starts_with("aria-") && holds_word(aria_names, name.substr(5)); }

bool is_bcp_47_tag(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::string_view rest = text;;) {
        const std::size_t dash = rest.find('-');
        const std::string_view part = rest.substr(0, dash);
        const bool fits = !part.empty() && part.size() <= 8 && std::ranges::all_of(part, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        if (!fits) return false;
        parts.push_back(part);
        if (dash == std::string_view::npos) break;
        rest.remove_prefix(dash + 1);
    }
    const auto is_private = [](std::string_view part) { return part == "x" || part == "X"; };
    if (is_private(parts[0]) || parts[0] == "i" || parts[0] == "I") return parts.size() > 1;
    if (parts[0].size() < 2 || !is_alpha(parts[0])) return false;
    std::size_t at = 1;
    for (int i = 0; i < 3 && parts[0].size() <= 3 && at < parts.size() && parts[at].size() == 3 && is_alpha(parts[at]); ++i) ++at;
    if (at < parts.size() && parts[at].size() == 4 && is_alpha(parts[at])) ++at; // script
    if (at < parts.size() && ((parts[at].size() == 2 && is_alpha(parts[at])) || (parts[at].size() == 3 && is_digits(parts[at]))))
        ++at;
    while (at < parts.size() && (parts[at].size() >= 5 || (parts[at].size() == 4 && is_digits(parts[at].substr(0, 1)))))
        ++at; // variants
    while (at < parts.size() && parts[at].size() == 1) {
        const bool ours = is_private(parts[at]);
        std::size_t count = 0;
        for (++at; at < parts.size() && (ours || parts[at].size() > 1); ++at) ++count;
        if (count == 0) return false;
    }
    return at == parts.size();
}

bool is_w3c_date(std::string_view text) {
    const auto take = [&](std::size_t size, int least, int most) {
        if (text.size() < size || !is_digits(text.substr(0, size))) return false;
        int value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value * 10 + (text[i] - '0');
        text.remove_prefix(size);
        return value >= least && value <= most;
    };
    const auto sign = [&](char c) {
        if (!text.starts_with(c)) return false;
        text.remove_prefix(1);
        return true;
    };
    if (!take(4, 0, 9999)) return false;
    if (text.empty()) return true;
    if (!sign('-') || !take(2, 1, 12)) return false;
    if (text.empty()) return true;
    if (!sign('-') || !take(2, 1, 31)) return false;
    if (text.empty()) return true;
    if (!sign('T') || !take(2, 0, 24) || !sign(':') || !take(2, 0, 59)) return false;
    if (sign(':')) {
        if (!take(2, 0, 60)) return false;
        if (sign('.')) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            if (digits == 0) return false;
            text.remove_prefix(digits);
        }
    }
    if (text == "Z") return true;
    return (sign('+') || sign('-')) && take(2, 0, 23) && sign(':') && take(2, 0, 59) && text.empty();
}

} // namespace bifolio
