// face.h: one opened face, with HarfBuzz's objects. For layout/text only.
//
// Ownership  A Face owns its bytes and its HarfBuzz objects; after open_face() nothing of it changes, so it may be used
//            from any thread.
// Units      HarfBuzz's scale is the face's units per em, so every advance that it gives is in font units.
#pragma once

#include "base/result.h"
#include "layout/text/fonts.h"

#include <hb-ot.h>
#include <hb.h>

#include <array>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

struct FreeHb {
    void operator()(hb_blob_t* p) const noexcept { hb_blob_destroy(p); }
    void operator()(hb_face_t* p) const noexcept { hb_face_destroy(p); }
    void operator()(hb_font_t* p) const noexcept { hb_font_destroy(p); }
    void operator()(hb_buffer_t* p) const noexcept { hb_buffer_destroy(p); }
    void operator()(hb_set_t* p) const noexcept { hb_set_destroy(p); }
};
template <class T>
using HbOwner = std::unique_ptr<T, FreeHb>;

struct FaceSource { // what to open
    std::string file;
    unsigned face_index = 0;
    std::vector<FontVariation> variations{};                    // the instance wanted of a variable font
    std::vector<std::pair<char32_t, char32_t>> unicode_range{}; // empty: everything
};

struct FontLibrary::Face {
    std::string bytes; // the file; HarfBuzz points into it
    std::string file;
    HbOwner<hb_blob_t> blob;
    HbOwner<hb_face_t> face;
    HbOwner<hb_font_t> font;
    std::vector<hb_variation_t> variations; // empty for a static face
    std::vector<std::pair<char32_t, char32_t>> unicode_range;

    std::string family, postscript_name;
    FontMetrics metrics;
    FontFormat format = FontFormat::truetype;
    FontSlant slant = FontSlant::normal;
    int weight = 400;
    double stretch = 1.0;
    int units_per_em = 1000;
    std::uint64_t serial = 0; // differs from that of every other face of this run of the program
    bool subsetting_allowed = true;
    std::uint32_t space_glyph = 0;
    std::int32_t space_advance = 0;                // font units
    std::array<std::uint32_t, 0x250> low_glyphs{}; // nominal glyphs of U+0000 to U+024F; 0 is none

    // Glyph → lowest code point (0: none), made on first use.
    mutable std::once_flag reversed;
    mutable std::vector<char32_t> code_points;

    // 0: none.
    std::uint32_t glyph(char32_t code_point) const;
    bool has(char32_t code_point) const { return glyph(code_point) != 0; }
};

// What a file says of itself, without keeping it open: for user folders.
struct FaceDescription {
    std::string family;
    int weight_from = 400, weight_to = 400;
    FontSlant slant = FontSlant::normal;
    double stretch = 1.0;
    std::vector<FontAxis> axes; // none: not variable
};

std::vector<FontAxis> axes_of(hb_face_t* face);
FontIdentity identity_of(const FontLibrary::Face& face);

// The number of faces in the file (more than one in a collection); 0 when it is no font.
unsigned count_faces(const std::string& bytes);
Result<FaceDescription> describe_face(const std::string& bytes, unsigned face_index);
// The failure is the reason: no font, no outlines, embedding forbidden, …
Result<std::unique_ptr<FontLibrary::Face>> open_face(std::string bytes, const FaceSource& source);

} // namespace bifolio
