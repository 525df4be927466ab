#include "layout/text/glyph_outline.h"

#include "layout/text/face.h"

namespace bifolio {

namespace {

void add(void* outline, OutlineVerb verb, std::initializer_list<OutlinePoint> points) {
    auto& to = *static_cast<GlyphOutline*>(outline);
    to.verbs.push_back(verb);
    to.points.insert(to.points.end(), points);
}

void move_to(hb_draw_funcs_t*, void* outline, hb_draw_state_t*, float x, float y, void*) {
    add(outline, OutlineVerb::move, {{x, y}});
}
void line_to(hb_draw_funcs_t*, void* outline, hb_draw_state_t*, float x, float y, void*) {
    add(outline, OutlineVerb::line, {{x, y}});
}
void quadratic_to(hb_draw_funcs_t*, void* outline, hb_draw_state_t*, float cx, float cy, float x, float y, void*) {
    add(outline, OutlineVerb::quadratic, {{cx, cy}, {x, y}});
}
void cubic_to(hb_draw_funcs_t*, void* outline, hb_draw_state_t*, float cx, float cy, float dx, float dy, float x, float y,
              void*) {
    add(outline, OutlineVerb::cubic, {{cx, cy}, {dx, dy}, {x, y}});
}
void close_path(hb_draw_funcs_t*, void* outline, hb_draw_state_t*, void*) { add(outline, OutlineVerb::close, {}); }

hb_draw_funcs_t* draw_functions() {
    static hb_draw_funcs_t* const functions = [] {
        hb_draw_funcs_t* made = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(made, move_to, nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(made, line_to, nullptr, nullptr);
        hb_draw_funcs_set_quadratic_to_func(made, quadratic_to, nullptr, nullptr);
        hb_draw_funcs_set_cubic_to_func(made, cubic_to, nullptr, nullptr);
        hb_draw_funcs_set_close_path_func(made, close_path, nullptr, nullptr);
        hb_draw_funcs_make_immutable(made);
        return made;
    }();
    return functions;
}

} // namespace

GlyphOutline glyph_outline(const FontLibrary& fonts, FontId font, std::uint32_t glyph) {
    GlyphOutline outline;
    hb_font_get_glyph_shape(fonts.face(font).font.get(), glyph, draw_functions(), &outline);
    return outline;
}

int units_per_em(const FontLibrary& fonts, FontId font) { return fonts.face(font).units_per_em; }

InkExtents ink_extents(const FontLibrary& fonts, FontId font, std::uint32_t glyph) {
    const FontLibrary::Face& face = fonts.face(font);
    hb_glyph_extents_t extents{};
    if (!hb_font_get_glyph_extents(face.font.get(), glyph, &extents)) return {};
    const double em = face.units_per_em; // HarfBuzz: the height grows downwards, so it is negative
    return {extents.x_bearing / em, (extents.y_bearing + extents.height) / em, (extents.x_bearing + extents.width) / em,
            extents.y_bearing / em};
}

} // namespace bifolio
