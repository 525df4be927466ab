// font_facts.h: a used font with its dictionaries and program opened, and the answers that rules of all standards ask of it:
// which glyph a code draws, how wide both sides say it is, which text it stands for.
#pragma once

#include "verify/font_program.h"
#include "verify/font_uses.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace bifolio {

class FontFacts {
public:
    // `before`: another font, whose program is taken over where both have the same.
    FontFacts(const PdfFile& file, const UsedFont& used, const FontFacts* before = nullptr);

    const UsedFont& used;
    std::string subtype, name;        // Type0, Type1, MMType1, TrueType, Type3; BaseFont
    PdfObject descendant, descriptor; // descendant: the CIDFont of a Type0 font, else the font itself
    PdfObject program_stream;         // FontFile, FontFile2, FontFile3; null: not embedded
    std::shared_ptr<const FontProgram> program;
    std::unique_ptr<FontCmap> cmap;       // embedded Encoding of a Type0 font
    std::unique_ptr<FontCmap> to_unicode; // nullptr: none

    bool is_composite() const { return subtype == "Type0"; }
    bool is_symbolic() const { return (descriptor["Flags"].integer_or(0) & 4) != 0; }
    bool is_subset() const; // “ABCDEF+Name”
    bool is_identity() const;

    std::optional<std::uint32_t> cid(CharacterCode code) const; // nullopt: a predefined CMap, or none for this code
    std::optional<double> dictionary_width(CharacterCode code) const;
    std::optional<std::string> unicode(CharacterCode code) const; // nullopt: it cannot be told; UTF-8
    std::string glyph_name(CharacterCode code) const; // simple fonts: by Encoding, Differences, the program; empty: none
    // The glyph that a code draws; 0: .notdef.
    enum class Lookup { found, missing, unknown }; // missing: the program has no such glyph; unknown: not for us to tell
    struct DrawnGlyph {
        Lookup lookup = Lookup::unknown;
        std::uint32_t glyph = 0;
    };
    DrawnGlyph drawn(CharacterCode code) const;
    // Composite fonts with a program: the CIDs that lead to a glyph of it, and whether CIDToGIDMap says anything of a CID.
    std::set<std::uint32_t> cids_of_glyphs() const;
    bool maps_cid(std::uint32_t cid) const { return std::size_t{cid} * 2 + 1 < cid_to_gid_.size(); }

private:
    void read_encoding();
    void read_widths();
    std::u16string encoded_text(std::uint32_t code) const;
    DrawnGlyph drawn_by_truetype(std::uint32_t code) const;
    DrawnGlyph drawn_by_cid(CharacterCode code) const;
    std::uint32_t mapped_glyph(std::uint32_t cid) const; // by a CIDToGIDMap stream

    std::map<std::uint32_t, std::string> glyph_names_; // of a simple font
    std::map<std::uint32_t, double> widths_;
    double default_width_ = 0;
    bool has_widths_ = false, predefined_text_ = false;
    std::string cid_to_gid_;
};

} // namespace bifolio
