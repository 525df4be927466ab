// Words that come from the cache are the same, glyph for glyph, as the run shaped in one go by HarfBuzz; and subsets open in it.

#include "support/support.h"
#include "text_fixture.h"

#include <catch2/catch.hpp>
#include <harfbuzz/hb.h>

#include <map>
#include <sstream>

using namespace bifolio;
using namespace bifolio::test;

namespace {

struct FreeHb {
    void operator()(hb_blob_t* p) const { hb_blob_destroy(p); }
    void operator()(hb_face_t* p) const { hb_face_destroy(p); }
    void operator()(hb_font_t* p) const { hb_font_destroy(p); }
    void operator()(hb_buffer_t* p) const { hb_buffer_destroy(p); }
};
template <class T>
using Owner = std::unique_ptr<T, FreeHb>;

struct OpenFont {
    std::string bytes;
    Owner<hb_blob_t> blob;
    Owner<hb_face_t> face;
    Owner<hb_font_t> font;
    explicit OpenFont(std::string data) : bytes(std::move(data)) {
        blob.reset(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
        face.reset(hb_face_create(blob.get(), 0));
        font.reset(hb_font_create(face.get()));
    }
};

hb_font_t* font_of(const ShapedRun& run) {
    static std::map<std::filesystem::path, std::unique_ptr<OpenFont>> open;
    auto& made = open[fonts().file(run.font)];
    if (!made) made = std::make_unique<OpenFont>(DiskFiles().read(fonts().file(run.font), 1U << 30));
    return made->font.get();
}

std::string shown(const Glyph& g) {
    std::ostringstream out;
    out << g.id << '@' << g.cluster << '+' << g.advance.sp() << ',' << g.x_offset.sp() << ',' << g.y_offset.sp();
    return out.str();
}

// Empty when both are alike.
std::string first_difference(const std::vector<Glyph>& a, const std::vector<Glyph>& b) {
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (shown(a[i]) != shown(b[i])) return shown(a[i]) + " instead of " + shown(b[i]);
    return a.size() == b.size() ? "" : "another number of glyphs";
}

// One unit of the font is one sp where the size is as many sp as the em has units.
std::vector<Glyph> shaped_at_once(const ShapedText& shaped, const ShapedRun& run, const TextStyle& style) {
    const Owner<hb_buffer_t> buffer(hb_buffer_create());
    hb_buffer_add_utf8(buffer.get(), shaped.text.data(), static_cast<int>(shaped.text.size()), run.begin,
                       static_cast<int>(run.end - run.begin));
    hb_buffer_set_direction(buffer.get(), run.bidi_level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer.get(), static_cast<hb_script_t>(run.script));
    hb_buffer_set_language(buffer.get(), hb_language_from_string(style.language.c_str(), -1));
    hb_buffer_set_flags(buffer.get(), HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    const char* shapers[] = {"ot", nullptr};
    hb_shape_full(font_of(run), buffer.get(), nullptr, 0, shapers);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
    const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), &count);
    std::vector<Glyph> glyphs(count);
    for (unsigned i = 0; i < count; ++i) {
        glyphs[i].id = infos[i].codepoint;
        glyphs[i].cluster = infos[i].cluster;
        glyphs[i].advance = Length::from_sp(positions[i].x_advance);
        glyphs[i].x_offset = Length::from_sp(positions[i].x_offset);
        glyphs[i].y_offset = Length::from_sp(positions[i].y_offset);
    }
    return glyphs;
}

void check_against_harfbuzz(const std::string& text, const std::string& family, const std::string& language) {
    TextStyle style = style_of(family, language);
    const ShapedText first = shape(text, style, std::nullopt);
    for (const ShapedRun& wanted : first.runs) {
        // The size that makes sp and font units the same.
        style.size = Length::from_sp(hb_face_get_upem(hb_font_get_face(font_of(wanted))));
        const ShapedText shaped = shape(text, style, std::nullopt);
        for (const ShapedRun& run : shaped.runs) {
            if (run.begin != wanted.begin) continue;
            INFO(family << " " << language << ": " << text.substr(run.begin, run.end - run.begin));
            CHECK(first_difference(run.glyphs, shaped_at_once(shaped, run, style)) == "");
        }
    }
}

} // namespace

TEST_CASE("cached words are what HarfBuzz makes of the whole line") {
    const char* texts[] = {"The “first” AV To We (x) – [A] fi ffi: a-b A-B 3x4 10 x 20 10x AVATAR, T. V, L’Avenir",
                           "x * y + (A) - B -> C <= D @ E  two  spaces x 2x f i ff i Th e H(x) ()",
                           "f j fj f{} Rf hijl t tt f t"};
    for (const char* text : texts)
        for (const char* family : {"Charis SIL", "Inter", "Noto Serif", "Noto Sans", "Lato", "Vollkorn", "EB Garamond", "Andika",
                                   "TeX Gyre Pagella", "DejaVu Sans", "JetBrains Mono"})
            check_against_harfbuzz(text, family, "en");
}

TEST_CASE("cached words are what HarfBuzz makes of whole leaflets") {
    if (!has_corpus("health/nhs-app")) return;
    const std::map<std::string, std::vector<std::string>> families{
        {"ar", {"Amiri", "Scheherazade", "Noto Naskh Arabic", "Noto Sans Arabic"}},
        {"ur", {"Noto Nastaliq Urdu"}},
        {"bn", {"Noto Serif Bengali"}},
        {"gu", {"Noto Sans Gujarati"}},
        {"pa", {"Noto Sans Gurmukhi"}},
        {"pl", {"Charis SIL", "Inter", "Vollkorn"}},
        {"tr", {"Charis SIL", "Inter", "Lato"}}};
    for (const auto& [language, names] : families) {
        std::istringstream file(read_file(corpus("health/nhs-app/" + language + "/positive-test.md")));
        for (std::string line; std::getline(file, line);)
            for (const std::string& name : names)
                if (!line.empty()) check_against_harfbuzz(line, name, language);
    }
}

TEST_CASE("a subset opens in HarfBuzz and keeps the widths") {
    for (const char* family : {"Charis SIL", "Inter", "Amiri", "Noto Serif CJK SC", "Noto Nastaliq Urdu"}) {
        INFO(family);
        const FontId font = fonts().match({{family}});
        const TextStyle style = style_of(family, "");
        std::vector<std::uint32_t> glyphs;
        for (const ShapedRun& run : shape("Affidavit 漢字 ÄÉ مرحبا", style).runs)
            for (const Glyph& g : run.glyphs)
                if (run.font == font) glyphs.push_back(g.id);
        REQUIRE_FALSE(glyphs.empty());
        const FontSubset subset = fonts().subset(font, glyphs);
        const OpenFont opened(subset.bytes);
        REQUIRE(hb_face_get_glyph_count(opened.face.get()) == subset.old_glyphs.size());
        REQUIRE(subset.old_glyphs.at(0) == 0);
        CHECK(std::ranges::is_sorted(subset.old_glyphs));
        const double em = hb_face_get_upem(opened.face.get());
        for (std::uint32_t i = 0; i < subset.old_glyphs.size(); ++i)
            CHECK(hb_font_get_glyph_h_advance(opened.font.get(), i) * 1000.0 / em == Approx(subset.advances[i]));
        for (std::uint32_t glyph : glyphs) CHECK(std::ranges::find(subset.old_glyphs, glyph) != subset.old_glyphs.end());
        CHECK(subset.bytes.size() < 60'000);
        CHECK((subset.format == FontFormat::cff) == !subset.cff_bytes.empty());
        std::ranges::reverse(glyphs);
        CHECK(fonts().subset(font, glyphs).bytes == subset.bytes);
    }
}
