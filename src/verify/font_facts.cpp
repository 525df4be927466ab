#include "verify/font_facts.h"

#include "base/utf8.h"
#include "verify/glyph_names.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr std::array<std::string_view, 4> adobe_orderings{"Japan1", "GB1", "CNS1", "Korea1"};

std::string to_utf8(std::u16string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t c = text[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < text.size()) c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00u);
        append_utf8(bytes, c);
    }
    return bytes;
}

// Mac OS Roman's code of a character, for the (1, 0) maps of TrueType programs.
std::optional<std::uint32_t> mac_roman_code(std::string_view glyph_name) {
    const GlyphEncoding& mac = *glyph_encoding("MacRomanEncoding");
    for (std::uint32_t code = 0; code < mac.size(); ++code)
        if (!mac[code].empty() && mac[code] == glyph_name) return code;
    return std::nullopt;
}

} // namespace

FontFacts::FontFacts(const PdfFile& file, const UsedFont& used_font, const FontFacts* before) : used(used_font) {
    const PdfObject& font = used.font;
    subtype = font["Subtype"].name();
    name = font["BaseFont"].is_name() ? font["BaseFont"].name() : font["Name"].name();
    descendant = is_composite() ? font["DescendantFonts"].at(0) : font;
    descriptor = descendant["FontDescriptor"];
    for (const char* key : {"FontFile", "FontFile2", "FontFile3"})
        if (descriptor[key].is_stream()) program_stream = descriptor[key];
    if (before && program_stream && program_stream.value() == before->program_stream.value())
        program = before->program;
    else if (program_stream)
        program = FontProgram::open(file.decoded(program_stream).bytes);
    if (is_composite() && font["Encoding"].is_stream()) cmap = std::make_unique<FontCmap>(file.decoded_cmap(font["Encoding"]));
    if (font["ToUnicode"].is_stream()) to_unicode = std::make_unique<FontCmap>(file.decoded_cmap(font["ToUnicode"]));
    if (descendant["CIDToGIDMap"].is_stream()) cid_to_gid_ = file.decoded(descendant["CIDToGIDMap"]).bytes;
    const PdfObject system = descendant["CIDSystemInfo"];
    predefined_text_ = (is_composite() && !cmap && !is_identity()) || font["Encoding"].is_name("MacExpertEncoding") ||
                       (is_composite() && system["Registry"].bytes() == "Adobe" &&
                        std::ranges::find(adobe_orderings, system["Ordering"].bytes()) != adobe_orderings.end());
    if (!is_composite()) read_encoding();
    read_widths();
}

bool FontFacts::is_subset() const {
    return name.size() > 7 && name[6] == '+' &&
           std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool FontFacts::is_identity() const {
    return used.font["Encoding"].is_name("Identity-H") || used.font["Encoding"].is_name("Identity-V");
}

// ISO 32000-1, 9.6.6.
void FontFacts::read_encoding() {
    const PdfObject encoding = used.font["Encoding"];
    const PdfObject base = encoding.is_name() ? encoding : encoding["BaseEncoding"];
    const bool type_1 = subtype == "Type1" || subtype == "MMType1";
    const auto take = [&](std::string_view known) {
        if (const GlyphEncoding* table = glyph_encoding(known))
            for (std::uint32_t code = 0; code < table->size(); ++code)
                if (!(*table)[code].empty()) glyph_names_[code] = (*table)[code];
    };
    if (base.is_name())
        take(base.name());
    else if (type_1 && program)
        glyph_names_ = program->built_in_encoding();
    else if (subtype != "Type3" && !is_symbolic() && (type_1 || encoding))
        take("StandardEncoding");
    std::uint32_t code = 0;
    for (const PdfObject& one : encoding["Differences"].items()) {
        if (one.is_name()) {
            if (code < 256) glyph_names_[code++] = one.name();
        } else
            code = static_cast<std::uint32_t>(std::clamp<std::int64_t>(one.integer_or(0), 0, 256));
    }
}

void FontFacts::read_widths() {
    if (!is_composite()) {
        const PdfObject widths = used.font["Widths"];
        has_widths_ = widths.is_array();
        const std::int64_t first = used.font["FirstChar"].integer_or(0);
        for (std::size_t i = 0; i < widths.size() && i < 256 && has_widths_; ++i)
            if (first >= 0 && first < 256)
                widths_[static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(i)] = widths.at(i).number_or(0);
        default_width_ = descriptor["MissingWidth"].number_or(0);
        return;
    }
    has_widths_ = true;
    default_width_ = descendant["DW"].number_or(1000);
    const PdfObject widths = descendant["W"]; // c [w …] or from to w: 9.7.4.3
    for (std::size_t i = 0; i < widths.size() && widths.is_array();) {
        const std::int64_t from = widths.at(i).integer_or(-1);
        if (from < 0 || from > 65'535) break;
        const PdfObject second = widths.at(i + 1);
        if (second.is_array()) {
            for (std::size_t j = 0; j < second.size() && from + static_cast<std::int64_t>(j) <= 65'535; ++j)
                widths_[static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(j)] = second.at(j).number_or(0);
            i += 2;
        } else {
            const std::int64_t to = std::min<std::int64_t>(second.integer_or(-1), 65'535);
            for (std::int64_t cid = from; cid <= to; ++cid)
                widths_[static_cast<std::uint32_t>(cid)] = widths.at(i + 2).number_or(0);
            i += 3;
        }
    }
}

std::optional<std::uint32_t> FontFacts::cid(CharacterCode code) const {
    if (cmap) return cmap->cid(code);
    return is_identity() ? std::optional(code.value) : std::nullopt;
}

std::optional<double> FontFacts::dictionary_width(CharacterCode code) const {
    if (!has_widths_) return std::nullopt;
    const std::optional<std::uint32_t> at = is_composite() ? cid(code) : std::optional(code.value);
    if (!at) return std::nullopt;
    const auto found = widths_.find(*at);
    return found == widths_.end() ? default_width_ : found->second;
}

std::string FontFacts::glyph_name(CharacterCode code) const {
    const auto found = glyph_names_.find(code.value);
    return found == glyph_names_.end() ? std::string() : found->second;
}

std::u16string FontFacts::encoded_text(std::uint32_t code) const {
    const auto found = glyph_names_.find(code);
    return found == glyph_names_.end() ? std::u16string() : utf16_of_glyph_name(found->second);
}

std::optional<std::string> FontFacts::unicode(CharacterCode code) const {
    if (to_unicode)
        if (std::optional<std::string> text = to_unicode->unicode(code)) return text;
    if (!is_composite())
        if (const std::u16string text = encoded_text(code.value); !text.empty()) return to_utf8(text);
    return predefined_text_ ? std::optional<std::string>("\xEF\xBF\xBD") : std::nullopt;
}

FontFacts::DrawnGlyph FontFacts::drawn(CharacterCode code) const {
    if (!program) return {};
    if (is_composite()) return drawn_by_cid(code);
    if (subtype == "TrueType" && program->is_sfnt()) return drawn_by_truetype(code.value);
    if (program->names().empty() || used.font["Encoding"].is_name("MacExpertEncoding")) return {};
    const std::string glyph = glyph_name(code);
    if (glyph.empty() || glyph == ".notdef") return {Lookup::found, 0};
    const auto found = program->names().find(glyph);
    return found == program->names().end() ? DrawnGlyph{Lookup::missing, 0} : DrawnGlyph{Lookup::found, found->second};
}

std::uint32_t FontFacts::mapped_glyph(std::uint32_t cid) const {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(cid_to_gid_[i]); };
    return maps_cid(cid) ? static_cast<std::uint32_t>(byte(std::size_t{cid} * 2) << 8 | byte(std::size_t{cid} * 2 + 1)) : 0;
}

std::set<std::uint32_t> FontFacts::cids_of_glyphs() const {
    std::set<std::uint32_t> out;
    if (descendant["CIDToGIDMap"].is_stream()) {
        for (std::uint32_t cid = 0; cid < 65'536 && maps_cid(cid); ++cid)
            if (const std::uint32_t glyph = mapped_glyph(cid); glyph != 0 && glyph < program->glyph_count()) out.insert(cid);
    } else if (program->is_cid_keyed()) {
        for (const auto& [cid, glyph] : program->cids()) out.insert(cid);
    } else
        for (std::uint32_t glyph = 0; glyph < program->glyph_count(); ++glyph) out.insert(out.end(), glyph);
    return out;
}

// ISO 32000-1, 9.7.4.2.
FontFacts::DrawnGlyph FontFacts::drawn_by_cid(CharacterCode code) const {
    const std::optional<std::uint32_t> at = cid(code);
    if (!at) return {};
    std::uint32_t glyph = *at;
    if (descendant["CIDToGIDMap"].is_stream())
        glyph = mapped_glyph(*at);
    else if (program->is_cid_keyed() && descendant["Subtype"].is_name("CIDFontType0")) {
        const std::optional<std::uint32_t> found = program->glyph_of_cid(*at);
        if (!found) return {Lookup::missing, 0};
        glyph = *found;
    }
    return glyph < program->glyph_count() ? DrawnGlyph{Lookup::found, glyph} : DrawnGlyph{Lookup::missing, glyph};
}

// ISO 32000-1, 9.6.6.4.
FontFacts::DrawnGlyph FontFacts::drawn_by_truetype(std::uint32_t code) const {
    if (!is_symbolic() || (used.font.has("Encoding") && !glyph_names_.empty())) {
        const std::u16string text = encoded_text(code);
        if (!text.empty())
            if (const auto glyph = program->glyph({3, 1}, text[0])) return {Lookup::found, *glyph};
        if (const auto mac = mac_roman_code(glyph_name({code, 1})))
            if (const auto glyph = program->glyph({1, 0}, *mac)) return {Lookup::found, *glyph};
        const auto named = program->names().find(glyph_name({code, 1}));
        if (named != program->names().end()) return {Lookup::found, named->second};
        if (!is_symbolic()) return {Lookup::missing, 0};
    }
    for (const std::uint32_t offset : {0xF000u, 0u, 0xF100u, 0xF200u})
        if (const auto glyph = program->glyph({3, 0}, offset + code)) return {Lookup::found, *glyph};
    if (const auto glyph = program->glyph({1, 0}, code)) return {Lookup::found, *glyph};
    if (program->character_maps().empty() && code < program->glyph_count()) return {Lookup::found, code};
    return {Lookup::missing, 0};
}

} // namespace bifolio
