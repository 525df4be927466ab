// font_program.h: a font program inside a PDF: its glyphs, their widths and names, its character maps. Through FreeType.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

class FontProgram {
public:
    static std::unique_ptr<FontProgram> open(std::string bytes); // nullptr: FreeType makes nothing of it
    ~FontProgram();
    FontProgram(const FontProgram&) = delete;
    FontProgram& operator=(const FontProgram&) = delete;

    std::uint32_t glyph_count() const;
    std::optional<double> width(std::uint32_t glyph) const; // in thousandths of the em
    bool is_sfnt() const;                                   // TrueType or OpenType
    bool is_cid_keyed() const;
    std::optional<std::uint32_t> glyph_of_cid(std::uint32_t cid) const;                       // CID-keyed programs
    const std::map<std::uint32_t, std::uint32_t>& cids() const { return cids_; }              // CID → glyph
    const std::map<std::string, std::uint32_t, std::less<>>& names() const { return names_; } // Type 1 and CFF without CIDs
    std::map<std::uint32_t, std::string> built_in_encoding() const;                           // code → glyph name

    using CharacterMap = std::pair<int, int>; // platform, encoding
    std::vector<CharacterMap> character_maps() const;
    std::optional<std::uint32_t> glyph(CharacterMap map, std::uint32_t code) const; // nullopt: no such map, or code not in it

private:
    struct Opened; // hides FreeType
    explicit FontProgram(std::unique_ptr<Opened> opened);
    std::unique_ptr<Opened> opened_;
    std::map<std::uint32_t, std::uint32_t> cids_;
    std::map<std::string, std::uint32_t, std::less<>> names_;
    std::vector<CharacterMap> own_maps_; // sfnt: those of its cmap table; FreeType adds one that it makes from glyph names
};

} // namespace bifolio
