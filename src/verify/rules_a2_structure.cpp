// rules_a2_structure.cpp: what level A asks beyond the others. ISO 19005-2, 6.2.11.7.3 and 6.7.
#include "verify/font_facts.h"
#include "verify/rules_a2.h"
#include "verify/rules_ua1.h"

#include "base/utf8.h"

#include <map>
#include <set>

namespace bifolio::a2 {

namespace {

bool is_language(std::string_view text) { return text.empty() || ua1::is_language_tag(text); }

bool is_private(std::u32string_view text) {
    for (const char32_t c : text)
        if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD)) return true;
    return false;
}

// Private characters want a replacement, property lists have languages.
class ReplacementRules final : public ContentRules {
public:
    explicit ReplacementRules(const Examined& examined) : examined_(examined) {}

    void operation(const ContentOperation& operation, const ContentState& state) override {
        switch (operation.code) {
        case content_operator("BDC"):
            if (!state.marks.empty())
                if (const PdfObject language = state.marks.back().properties["Lang"]; language && !is_language(language.text()))
                    findings_.add("A2 6.7.4-1", "Lang of marked content is ‘" + language.text() + "’", state.owner, state.page);
            break;
        case content_operator("Tj"):
        case content_operator("TJ"):
        case content_operator("'"):
        case content_operator("\""):
            if (!operation.operands.empty()) show(operation.operands.back(), state);
            break;
        default: break;
        }
    }
    void append(ContentRules& later) override { findings_.append(std::move(static_cast<ReplacementRules&>(later).findings_)); }
    Findings finish(const Examined&) override { return std::move(findings_); }

private:
    struct Font {
        bool composite = false;
        std::unique_ptr<FontCmap> encoding, to_unicode;
        UsedFont used;
        std::unique_ptr<FontFacts> facts; // of a simple font whose characters only the names of its glyphs tell
        std::map<CharacterCode, bool> known;
        CodePairs pairs; // of codes of up to two bytes: 0 not asked yet, 1 no, 2 private
    };

    Font& font_of(const PdfObject& object) {
        if (object.value() == last_object_) return *last_;
        constexpr std::size_t most_fonts = 200; // at a time: each may hold a large map
        if (fonts_.size() >= most_fonts && !fonts_.contains(object.value())) fonts_.clear();
        std::unique_ptr<Font>& font = fonts_[object.value()];
        if (!font) {
            font = std::make_unique<Font>();
            font->composite = object["Subtype"].is_name("Type0");
            if (object["ToUnicode"].is_stream())
                font->to_unicode = std::make_unique<FontCmap>(examined_.file.decoded_cmap(object["ToUnicode"]));
            if (font->composite && object["Encoding"].is_stream()) {
                auto cmap = std::make_unique<FontCmap>(examined_.file.decoded_cmap(object["Encoding"]));
                if (cmap->has_code_spaces()) font->encoding = std::move(cmap);
            }
            if (!font->composite && !font->to_unicode) {
                font->used.font = object;
                font->facts = std::make_unique<FontFacts>(examined_.file, font->used);
            }
        }
        last_object_ = object.value();
        last_ = font.get();
        return *font;
    }

    static std::u32string text_of(const Font& font, CharacterCode code) {
        return to_utf32((font.facts ? font.facts->unicode(code) : font.to_unicode->unicode(code)).value_or(""));
    }

    bool is_private_code(Font& font, CharacterCode code) {
        if (code.length <= 2) {
            // The codes of a font have one length, or differ in value.
            std::uint8_t& known =
                font.pairs.at(static_cast<std::uint8_t>(code.value >> 8), static_cast<std::uint8_t>(code.value));
            if (known == 0) known = is_private(text_of(font, code)) ? 2 : 1;
            return known == 2;
        }
        const auto [found, is_new] = font.known.try_emplace(code, false);
        if (is_new) found->second = is_private(text_of(font, code));
        return found->second;
    }

    void show(const PdfValue& shown, const ContentState& state) {
        if (!state.graphics.font.is_dictionary()) return;
        Font& font = font_of(state.graphics.font);
        if (!font.to_unicode && !font.facts) return;
        if (const std::string* text = shown.as<std::string>())
            show_text(font, *text, state);
        else if (const PdfArray* parts = shown.array())
            for (const PdfValue& part : *parts)
                if (const std::string* one = part.as<std::string>()) show_text(font, *one, state);
    }

    void show_text(Font& font, std::string_view text, const ContentState& state) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
        for (std::size_t at = 0; at < text.size();) {
            CharacterCode code;
            if (!font.composite)
                code = {byte(at++), 1};
            else if (font.encoding)
                code = font.encoding->next_code(text, at);
            else {
                code = {static_cast<std::uint32_t>(byte(at) << 8 | (at + 1 < text.size() ? byte(at + 1) : 0)), 2};
                at += 2;
            }
            if (!is_private_code(font, code) || is_replaced(state)) continue;
            return findings_.add("A2 6.2.11.7.3-1",
                                 "the code " + hexadecimal(code) + " stands for a private character and has no ActualText",
                                 state.owner, state.page);
        }
    }

    bool is_replaced(const ContentState& state) const {
        for (const MarkedSequence& mark : state.marks) {
            if (mark.properties.has("ActualText")) return true;
            if (mark.mcid < 0) continue;
            for (std::size_t element = examined_.structure.element_of_content(mark.owner, mark.mcid);
                 element != StructureElement::none; element = examined_.structure[element].parent)
                if (examined_.structure[element].object.has("ActualText")) return true;
        }
        return false;
    }

    const Examined& examined_;
    Findings findings_;
    std::map<const PdfValue*, std::unique_ptr<Font>> fonts_;
    const PdfValue* last_object_ = nullptr;
    Font* last_ = nullptr;
};

} // namespace

std::unique_ptr<ContentRules> content_rules(const Examined& examined) {
    if (!examined.is_held_to(Standard::pdf_a_2a)) return nullptr;
    return std::make_unique<ReplacementRules>(examined);
}

void check_structure(const Examined& examined, Findings& findings) {
    const PdfObject catalog = examined.file.catalog();
    const Structure& structure = examined.structure;
    if (!catalog["MarkInfo"]["Marked"].is_true())
        findings.add("A2 6.7.2.2-1", "MarkInfo does not say that the file is tagged", catalog);
    if (!structure.exists()) findings.add("A2 6.7.3.3-1", "there is no structure tree", catalog);
    std::set<std::string_view> seen;
    for (const StructureElement& element : structure.elements()) {
        if (const PdfObject language = element.object["Lang"]; language && !is_language(language.text()))
            findings.add("A2 6.7.4-1", "Lang of an element is ‘" + language.text() + "’", element.object);
        if (element.type.empty() || !seen.insert(element.type).second) continue;
        const Structure::RoleMapping role = structure.role(element.type);
        if (role.circular)
            findings.add("A2 6.7.3.4-2", "the role map leads from " + with_replacements(element.type) + " in a circle",
                         element.object);
        else if (role.standard.empty())
            findings.add("A2 6.7.3.4-1", "the structure type " + with_replacements(element.type) + " leads to no standard type",
                         element.object);
    }
    const PdfObject roles = structure.root()["RoleMap"];
    for (std::size_t i = 0; i < roles.size() && roles.is_dictionary(); ++i) // ISO 32000-1, 14.7.3, lets them change places
        if (is_standard_structure_type(roles.key(i)) && !is_standard_structure_type(roles.entry(i).name()))
            findings.add("A2 6.7.3.4-3",
                         "the role map makes the standard type " + std::string(roles.key(i)) + " one that is none", roles);
    if (const PdfObject language = catalog["Lang"]; language && !is_language(language.text()))
        findings.add("A2 6.7.4-1", "Lang of the document is ‘" + language.text() + "’", catalog);
}

} // namespace bifolio::a2
