#include "app/font_rules.h"

namespace bifolio {

std::vector<FontFaceRule> font_rules(const std::vector<FontFaceDescriptor>& faces) {
    std::vector<FontFaceRule> rules;
    for (const FontFaceDescriptor& face : faces) {
        std::optional<FontSlant> slant;
        if (face.style)
            slant = *face.style == FontStyle::normal   ? FontSlant::normal
                    : *face.style == FontStyle::italic ? FontSlant::italic
                                                       : FontSlant::oblique;
        rules.push_back({face.family, face.file, face.weight, slant, face.unicode_range, face.stretch});
    }
    return rules;
}

} // namespace bifolio
