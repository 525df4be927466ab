#include "verify/font_program.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_CID_H
#include FT_TRUETYPE_TABLES_H

#include <algorithm>

namespace bifolio {

struct FontProgram::Opened {
    std::string bytes; // FreeType reads from it
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    ~Opened() {
        if (face) FT_Done_Face(face);
        if (library) FT_Done_FreeType(library);
    }
};

std::unique_ptr<FontProgram> FontProgram::open(std::string bytes) {
    auto opened = std::make_unique<Opened>();
    opened->bytes = std::move(bytes);
    if (FT_Init_FreeType(&opened->library) != 0) return nullptr;
    if (FT_New_Memory_Face(opened->library, reinterpret_cast<const FT_Byte*>(opened->bytes.data()),
                           static_cast<FT_Long>(opened->bytes.size()), 0, &opened->face) != 0)
        return nullptr;
    return std::unique_ptr<FontProgram>(new FontProgram(std::move(opened)));
}

FontProgram::FontProgram(std::unique_ptr<Opened> opened) : opened_(std::move(opened)) {
    FT_Face face = opened_->face;
    if (is_cid_keyed()) {
        for (std::uint32_t glyph = 0; glyph < glyph_count(); ++glyph) {
            FT_UInt cid = 0;
            if (FT_Get_CID_From_Glyph_Index(face, glyph, &cid) == 0 && (cid != 0 || glyph == 0)) cids_.emplace(cid, glyph);
        }
    } else if (FT_HAS_GLYPH_NAMES(face)) {
        char name[128];
        for (std::uint32_t glyph = 0; glyph < glyph_count(); ++glyph)
            if (FT_Get_Glyph_Name(face, glyph, name, sizeof name) == 0 && name[0] != '\0') names_.emplace(name, glyph);
    }
    if (!is_sfnt()) return;
    FT_ULong size = 0;
    constexpr FT_ULong cmap = FT_MAKE_TAG('c', 'm', 'a', 'p');
    if (FT_Load_Sfnt_Table(face, cmap, 0, nullptr, &size) == 0 && size >= 4 && size <= opened_->bytes.size()) {
        std::vector<FT_Byte> table(size);
        if (FT_Load_Sfnt_Table(face, cmap, 0, table.data(), &size) == 0)
            for (std::size_t at = 4, left = static_cast<std::size_t>(table[2] << 8 | table[3]);
                 left > 0 && at + 8 <= table.size(); at += 8, --left)
                own_maps_.emplace_back(table[at] << 8 | table[at + 1], table[at + 2] << 8 | table[at + 3]);
    }
}

FontProgram::~FontProgram() = default;

std::uint32_t FontProgram::glyph_count() const { return static_cast<std::uint32_t>(opened_->face->num_glyphs); }
bool FontProgram::is_sfnt() const { return FT_IS_SFNT(opened_->face); }
bool FontProgram::is_cid_keyed() const { return FT_IS_CID_KEYED(opened_->face); }

std::optional<double> FontProgram::width(std::uint32_t glyph) const {
    // Of a bare CID-keyed CFF program FreeType loads glyphs by CID, whatever its documentation calls the number.
    if (is_cid_keyed() && !is_sfnt()) {
        FT_UInt cid = 0;
        if (FT_Get_CID_From_Glyph_Index(opened_->face, glyph, &cid) != 0) return std::nullopt;
        glyph = cid;
    }
    FT_Fixed advance = 0;
    if (opened_->face->units_per_EM == 0 || FT_Get_Advance(opened_->face, glyph, FT_LOAD_NO_SCALE, &advance) != 0)
        return std::nullopt;
    return static_cast<double>(advance) * 1000.0 / opened_->face->units_per_EM;
}

std::optional<std::uint32_t> FontProgram::glyph_of_cid(std::uint32_t cid) const {
    const auto found = cids_.find(cid);
    return found == cids_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::uint32_t, std::string> FontProgram::built_in_encoding() const {
    std::map<std::uint32_t, std::string> out;
    FT_Face face = opened_->face;
    for (int i = 0; i < face->num_charmaps; ++i) {
        const FT_CharMap map = face->charmaps[i];
        if (map->platform_id != 7) continue; // Adobe's: standard, expert or custom
        FT_Set_Charmap(face, map);
        for (FT_ULong code = 0; code < 256; ++code) {
            const FT_UInt glyph = FT_Get_Char_Index(face, code);
            char name[128];
            if (glyph != 0 && FT_Get_Glyph_Name(face, glyph, name, sizeof name) == 0) out.emplace(code, name);
        }
        break;
    }
    return out;
}

std::vector<FontProgram::CharacterMap> FontProgram::character_maps() const {
    std::vector<CharacterMap> out;
    for (int i = 0; i < opened_->face->num_charmaps; ++i) {
        const CharacterMap map{opened_->face->charmaps[i]->platform_id, opened_->face->charmaps[i]->encoding_id};
        if (!is_sfnt() || std::ranges::find(own_maps_, map) != own_maps_.end()) out.push_back(map);
    }
    return out;
}

std::optional<std::uint32_t> FontProgram::glyph(CharacterMap map, std::uint32_t code) const {
    if (is_sfnt() && std::ranges::find(own_maps_, map) == own_maps_.end()) return std::nullopt;
    for (int i = 0; i < opened_->face->num_charmaps; ++i) {
        const FT_CharMap one = opened_->face->charmaps[i];
        if (one->platform_id != map.first || one->encoding_id != map.second) continue;
        if (opened_->face->charmap != one) FT_Set_Charmap(opened_->face, one);
        const FT_UInt glyph = FT_Get_Char_Index(opened_->face, code);
        return glyph == 0 ? std::nullopt : std::optional<std::uint32_t>(glyph);
    }
    return std::nullopt;
}

} // namespace bifolio
