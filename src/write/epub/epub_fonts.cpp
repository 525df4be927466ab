#include "write/epub/epub_fonts.h"

#include "assemble/names.h"
#include "assemble/words.h"
#include "base/utf8.h"
#include "layout/page/library_measures.h"
#include "layout/text/embedded_font.h"
#include "layout/text/missing_character.h"
#include "layout/text/unusable_font.h"
#include "style/css_tokenizer.h"
#include "write/epub/font_names.h"
#include "write/epub/woff2.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace bifolio {

namespace {

FontSlant slant_of(FontStyle style) {
    return style == FontStyle::normal ? FontSlant::normal : style == FontStyle::italic ? FontSlant::italic : FontSlant::oblique;
}

LetterCase case_of(const ComputedStyle& style) {
    if (style.small_caps) return LetterCase::both;
    switch (style.text_transform) {
    case TextTransform::none: return LetterCase::as_written;
    case TextTransform::lowercase: return LetterCase::lower;
    default: return LetterCase::upper;
    }
}

std::string code_points_of(std::u32string_view cluster) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char32_t c : cluster) {
        out += out.empty() ? "U+" : " U+";
        for (int shift = c > 0xFFFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) out += digits[(c >> shift) & 0xF];
    }
    return out;
}

struct NamedFace { // one @font-face rule
    std::string family;
    std::string weight = "400", style = "normal", stretch = "100%"; // descriptors: a value or a range
    std::vector<std::pair<char32_t, char32_t>> unicode_range;
    std::string path; // “fonts/charis-sil-bold.ttf”
    FontId font{};
    Axes axes = Axes::pinned; // kept: of its file, whatever the instance
};

std::string text_of(FontSlant slant) {
    return slant == FontSlant::normal ? "normal" : slant == FontSlant::italic ? "italic" : "oblique";
}
std::string rounded(double value) { return std::to_string(std::lround(value)); }
std::string range_of(const std::string& from, const std::string& to) { return from == to ? from : from + " " + to; }

// The descriptors of a font that keeps its axes: all that they, and the rule, allow.
void describe_axes(const std::vector<FontAxis>& axes, const FontFaceDescriptor* rule, NamedFace& named) {
    for (const FontAxis& axis : axes) {
        const std::string_view tag(axis.tag.data(), axis.tag.size());
        if (tag == "wght") named.weight = range_of(rounded(axis.least), rounded(axis.most));
        if (tag == "wdth") named.stretch = range_of(rounded(axis.least) + "%", rounded(axis.most) + "%");
        if (tag == "slnt") named.style = "oblique " + rounded(-axis.most) + "deg " + rounded(-axis.least) + "deg";
    }
    if (rule && rule->weight) named.weight = range_of(std::to_string(rule->weight->first), std::to_string(rule->weight->second));
    if (rule && rule->style) named.style = text_of(slant_of(*rule->style));
}

std::string unicode_range_of(const NamedFace& face) {
    std::string out;
    for (const auto& [first, last] : face.unicode_range)
        out += (out.empty() ? "" : ", ") + code_points_of({&first, 1}) +
               (last == first ? "" : "-" + code_points_of({&last, 1}).substr(2));
    return out;
}

} // namespace

struct EpubFonts::State {
    const StyledBook& styled;
    const Book& book;
    const FontLibrary& fonts;
    Diagnostics& diagnostics;
    EmbeddedFonts packing;
    FontUse use;
    std::set<std::array<char, 4>> features;
    std::set<std::u32string> missing;
    std::map<std::string, std::string, std::less<>> generic; // what stands for “serif”
    std::set<std::string> fallbacks;
    std::vector<NamedFace> faces;

    State(const StyledBook& s, const FontLibrary& f, Diagnostics& d, EmbeddedFonts p)
        : styled(s), book(*s.book), fonts(f), diagnostics(d), packing(p), use(f) {}

    void add(const ComputedStyle& style, const FontRequest& request, std::string_view text, Span where) {
        for (const OpenTypeFeature& feature : style.font_features) features.insert(feature.tag);
        for (const std::u32string& cluster : use.add(request, style.language, text, case_of(style))) {
            if (!missing.insert(cluster).second) continue;
            const MissingCharacter told = missing_character(fonts, cluster);
            diagnostics.warning("epub.character-without-font", where, told.message + ", so the e-book carries none for it",
                                told.hints);
        }
    }
    void add(const ComputedStyle& style, std::string_view text, Span where) { add(style, font_request(style), text, where); }

    void add_document_text() {
        for (std::uint32_t at = 0; at < book.nodes.size(); ++at)
            if (const Node& node = book.nodes[at]; node.element == Element::text)
                add(styled.style(NodeId{at}), node.text, node.info.where);
        for (const auto& [node, boxes] : styled.pseudo_boxes)
            for (const PseudoBox& box : boxes) {
                const ComputedStyle& style = styled.styles[box.style];
                if (box.pseudo == PseudoElement::first_letter || box.pseudo == PseudoElement::first_line)
                    add(style, text_content(book, node), book.node(node).info.where);
                for (const GeneratedItem& item : box.content)
                    if (const auto* text = std::get_if<GeneratedText>(&item)) add(style, text->text, book.node(node).info.where);
            }
    }

    // What the writer adds: headings as lines of the navigation document, the words above them, arrows back from notes.
    void add_navigation_text() {
        if (book.nodes.size() < 2) return;
        const ComputedStyle& body = styled.style(NodeId{1});
        add(body, words_for(book.metadata.language).contents, {});
        bool notes = false;
        for (const Node& node : book.nodes) notes = notes || node.element == Element::note;
        if (notes) add(body, "↩", {});
        for (const ContentsEntry& entry : book.contents) {
            add(body, entry.title, book.node(entry.target).info.where);
            const ComputedStyle& heading = styled.style(entry.target);
            for (std::uint32_t at = index(entry.target); at < index(book.node(entry.target).end); ++at) {
                if (book.nodes[at].element != Element::text) continue;
                const ComputedStyle& style = styled.style(NodeId{at});
                FontRequest request = font_request(body);
                if (style.font_style != heading.font_style) request.slant = slant_of(style.font_style);
                if (style.font_weight > heading.font_weight) request.weight = style.font_weight;
                add(body, request, book.nodes[at].text, book.nodes[at].info.where);
            }
        }
    }

    const FontFaceDescriptor* rule_of(FontId font, const FontRequest& request) const {
        const std::string file = fonts.file(font).string();
        for (const FontFaceDescriptor& rule : styled.font_faces)
            for (const std::string& name : request.families)
                if (rule.file == file && slant_of(rule.style.value_or(FontStyle::normal)) == request.slant &&
                    equals_ignoring_ascii_case(rule.family, name))
                    return &rule;
        for (const FontFaceDescriptor& rule : styled.font_faces)
            for (const std::string& name : request.families)
                if (rule.file == file && equals_ignoring_ascii_case(rule.family, name)) return &rule;
        return nullptr;
    }

    // The name by which the stylesheet calls the face.
    std::string name_of(FontId font, const FontRequest& request) {
        const std::string own(fonts.family_name(font));
        for (const std::string& name : request.families) {
            const std::string lower = to_ascii_lower(name);
            const bool is_generic = is_generic_family(lower);
            if (!is_generic && !fonts.family_exists(name)) continue;
            if (fonts.family_name(fonts.match({{name}, request.weight, request.slant, request.stretch})) != own) continue;
            if (!is_generic) return name;
            generic.emplace(lower, own);
            return own;
        }
        fallbacks.insert(own);
        return own;
    }

    void name_faces() {
        // Where a style sets single axes, no descriptor tells instances apart: the file keeps all of its axes.
        std::set<std::string> free_axes;
        for (const auto& [font, face] : use.faces())
            if (!fonts.axes(font).empty() &&
                std::ranges::any_of(face.requests, [](const FontRequest& request) { return !request.variations.empty(); }))
                free_axes.insert(fonts.file(font).string());
        std::set<std::tuple<std::string, std::string, std::string, std::string, std::string>> known;
        std::map<std::string, std::string> paths; // by what is in the file
        UniqueNames names;
        for (const auto& [font, face] : use.faces())
            for (const FontRequest& request : face.requests) {
                NamedFace named = named_face(font, request, free_axes.contains(fonts.file(font).string()));
                const std::string content = named.axes == Axes::kept ? fonts.file(font).string() : std::to_string(index(font));
                if (!known.emplace(to_ascii_lower(named.family), named.weight, named.style, named.stretch, content).second)
                    continue;
                std::string& path = paths[content];
                if (path.empty()) path = file_name(font, named.axes, names);
                named.path = path;
                faces.push_back(std::move(named));
            }
        std::sort(faces.begin(), faces.end(), [](const NamedFace& a, const NamedFace& b) {
            return std::tie(a.family, a.weight, a.style, a.stretch, a.path) <
                   std::tie(b.family, b.weight, b.style, b.stretch, b.path);
        });
    }

    std::set<char32_t> characters_of(const NamedFace& named) const {
        if (named.axes == Axes::pinned) return use.faces().at(named.font).characters;
        std::set<char32_t> all;
        for (const auto& [font, face] : use.faces())
            if (fonts.file(font) == fonts.file(named.font)) all.insert(face.characters.begin(), face.characters.end());
        return all;
    }

    NamedFace named_face(FontId font, const FontRequest& request, bool keeps_axes) {
        NamedFace named;
        named.font = font;
        named.weight = std::to_string(fonts.weight(font));
        named.style = text_of(fonts.slant(font));
        named.stretch = rounded(fonts.stretch(font) * 100) + "%";
        const std::vector<FontAxis> axes = fonts.axes(font);
        const FontFaceDescriptor* rule = rule_of(font, request);
        if (rule) {
            named.family = rule->family;
            if (axes.empty() && !rule->weight) named.weight = "400";
            if (rule->weight && rule->weight->first == rule->weight->second) named.weight = std::to_string(rule->weight->first);
            if (rule->style || axes.empty()) named.style = text_of(slant_of(rule->style.value_or(FontStyle::normal)));
            named.unicode_range = rule->unicode_range;
        } else {
            named.family = name_of(font, request);
        }
        if (keeps_axes) {
            named.axes = Axes::kept;
            describe_axes(axes, rule, named);
        }
        return named;
    }

    std::string file_name(FontId font, Axes axes, UniqueNames& names) const {
        const std::string stem = slug(axes == Axes::kept ? fonts.family_name(font) : fonts.postscript_name(font));
        return "fonts/" + names.take(stem.empty() ? "font" : stem) +
               (packing == EmbeddedFonts::woff2             ? ".woff2"
                : format_of(fonts, font) == FontFormat::cff ? ".otf"
                                                            : ".ttf");
    }
};

EpubFonts::EpubFonts(const StyledBook& styled, const FontLibrary& fonts, Diagnostics& diagnostics, EmbeddedFonts packing)
    : state_(std::make_unique<State>(styled, fonts, diagnostics, packing)) {
    state_->add_document_text();
    state_->add_navigation_text();
    state_->name_faces();
}

EpubFonts::~EpubFonts() = default;

std::vector<EpubFile> EpubFonts::files(const TaskPool& pool) const {
    std::vector<const NamedFace*> made_of; // one face for each file
    std::set<std::string> paths;
    for (const NamedFace& face : state_->faces)
        if (paths.insert(face.path).second) made_of.push_back(&face);
    const std::vector<std::array<char, 4>> features(state_->features.begin(), state_->features.end());
    std::vector<EpubFile> files = pool.map(made_of.size(), [&](std::size_t i) {
        const NamedFace& face = *made_of[i];
        EmbeddedFont made = embedded_font(state_->fonts, face.font, state_->characters_of(face), features, face.axes);
        if (state_->packing == EmbeddedFonts::woff2) return EpubFile{face.path, "font/woff2", std::move(made.bytes)};
        const bool cff = made.format == FontFormat::cff;
        return EpubFile{face.path, cff ? "font/otf" : "font/ttf", std::move(made.bytes)};
    });
    if (state_->packing == EmbeddedFonts::woff2)
        for (std::size_t at = 0; at < files.size(); ++at) {
            std::optional<std::string> packed = woff2_of(files[at].bytes);
            if (!packed)
                throw UnusableFont({state_->fonts.identity(state_->faces[at].font).file,
                                    "its tables are damaged: WOFF2 cannot pack it; mend it, or write ‘embed-fonts: opentype’"});
            files[at].bytes = std::move(*packed);
        }
    return files;
}

std::vector<FontId> EpubFonts::used() const {
    std::set<FontId> out;
    for (const NamedFace& face : state_->faces) out.insert(face.font);
    return {out.begin(), out.end()};
}

std::string EpubFonts::stylesheet(const std::string& css) const {
    std::string rules;
    for (const NamedFace& face : state_->faces) {
        rules += "@font-face {\n  font-family: " + css_string(face.family) + ";\n  font-weight: " + face.weight +
                 ";\n  font-style: " + face.style + ";\n";
        if (face.stretch != "100%") rules += "  font-stretch: " + face.stretch + ";\n";
        if (!face.unicode_range.empty()) rules += "  unicode-range: " + unicode_range_of(face) + ";\n";
        rules += "  src: url(\"../" + face.path + "\");\n}\n";
    }
    const std::vector<std::string> fallbacks(state_->fallbacks.begin(), state_->fallbacks.end());
    // Text whose style names no family has the default serif.
    if (state_->generic.contains("serif") || !fallbacks.empty())
        rules += with_font_names("html {\n  font-family: serif;\n}\n", state_->generic, fallbacks);
    std::size_t head = 0; // @namespace must come first
    while (css.compare(head, 10, "@namespace") == 0) head = std::min(css.find('\n', head), css.size() - 1) + 1;
    return css.substr(0, head) + rules + with_font_names(css.substr(head), state_->generic, fallbacks);
}

} // namespace bifolio
