#include "layout/text/system_fonts.h"

#include <algorithm>
#include <fontconfig/fontconfig.h>
#include <set>

namespace bifolio {
namespace {

struct FreeFontconfig {
    void operator()(FcConfig* p) const noexcept { FcConfigDestroy(p); }
    void operator()(FcFontSet* p) const noexcept { FcFontSetDestroy(p); }
    void operator()(FcPattern* p) const noexcept { FcPatternDestroy(p); }
    void operator()(FcObjectSet* p) const noexcept { FcObjectSetDestroy(p); }
};
template <class T>
using FcOwner = std::unique_ptr<T, FreeFontconfig>;

std::string text_of(FcPattern* pattern, const char* object, int n = 0) {
    FcChar8* value = nullptr;
    if (FcPatternGetString(pattern, object, n, &value) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(value);
}

int integer_of(FcPattern* pattern, const char* object, int otherwise) {
    int value = 0;
    return FcPatternGetInteger(pattern, object, 0, &value) == FcResultMatch ? value : otherwise;
}

std::pair<int, int> weights_of(FcPattern* pattern) {
    double low = 0, high = 0;
    FcRange* range = nullptr;
    if (FcPatternGetRange(pattern, FC_WEIGHT, 0, &range) == FcResultMatch && FcRangeGetDouble(range, &low, &high))
        return {static_cast<int>(FcWeightToOpenTypeDouble(low)), static_cast<int>(FcWeightToOpenTypeDouble(high))};
    const int weight = FcWeightToOpenType(integer_of(pattern, FC_WEIGHT, FC_WEIGHT_REGULAR));
    return {weight, weight};
}

FontSlant slant_of(FcPattern* pattern) {
    const int slant = integer_of(pattern, FC_SLANT, FC_SLANT_ROMAN);
    return slant == FC_SLANT_ITALIC ? FontSlant::italic : slant == FC_SLANT_OBLIQUE ? FontSlant::oblique : FontSlant::normal;
}

constexpr int variable_index = 0x8000; // fontconfig's mark, above the index, of a variable font's own entry

// Outline fonts in an sfnt; of a variable font only the file itself, not fontconfig's named instances.
bool is_usable(FcPattern* pattern) {
    const std::string format = text_of(pattern, FC_FONTFORMAT);
    return (format == "TrueType" || format == "CFF") && (integer_of(pattern, FC_INDEX, 0) >> 16) == 0;
}

} // namespace

struct SystemFonts::State {
    FcOwner<FcConfig> config;
    FcOwner<FcFontSet> set;
    std::vector<FcPattern*> patterns; // owned by the set, in the order of faces_
};

SystemFonts::SystemFonts() : state_(std::make_unique<State>()) {
    state_->config.reset(FcInitLoadConfigAndFonts());
    if (!state_->config) return;
    const FcOwner<FcPattern> all(FcPatternCreate());
    FcPatternAddBool(all.get(), FC_OUTLINE, FcTrue);
    const FcOwner<FcObjectSet> wanted(FcObjectSetBuild(FC_FILE, FC_INDEX, FC_FAMILY, FC_WEIGHT, FC_SLANT, FC_WIDTH, FC_FONTFORMAT,
                                                       FC_CHARSET, static_cast<char*>(nullptr)));
    state_->set.reset(FcFontList(state_->config.get(), all.get(), wanted.get()));
    if (!state_->set) return;
    std::set<std::pair<std::string, int>> variable;
    for (int i = 0; i < state_->set->nfont; ++i) {
        FcPattern* pattern = state_->set->fonts[i];
        const int place = integer_of(pattern, FC_INDEX, 0);
        if ((place >> 16 & 0xFFFF) == variable_index) variable.emplace(text_of(pattern, FC_FILE), place & 0xFFFF);
    }
    for (int i = 0; i < state_->set->nfont; ++i)
        if (is_usable(state_->set->fonts[i])) state_->patterns.push_back(state_->set->fonts[i]);
    std::ranges::sort(state_->patterns, {},
                      [](FcPattern* p) { return std::pair(text_of(p, FC_FILE), integer_of(p, FC_INDEX, 0)); });
    for (FcPattern* pattern : state_->patterns) {
        SystemFace face;
        face.file = text_of(pattern, FC_FILE);
        face.face_index = static_cast<unsigned>(integer_of(pattern, FC_INDEX, 0));
        for (int n = 0;; ++n) {
            std::string name = text_of(pattern, FC_FAMILY, n);
            if (name.empty()) break;
            face.families.push_back(std::move(name));
        }
        std::tie(face.weight_from, face.weight_to) = weights_of(pattern);
        face.slant = slant_of(pattern);
        face.stretch = std::clamp(integer_of(pattern, FC_WIDTH, 100) / 100.0, 0.5, 2.0);
        face.variable = variable.contains({face.file, static_cast<int>(face.face_index)});
        faces_.push_back(std::move(face));
    }
}

SystemFonts::~SystemFonts() = default;

std::vector<std::size_t> SystemFonts::with(char32_t code_point) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < state_->patterns.size(); ++i) {
        FcCharSet* characters = nullptr;
        if (FcPatternGetCharSet(state_->patterns[i], FC_CHARSET, 0, &characters) == FcResultMatch &&
            FcCharSetHasChar(characters, static_cast<FcChar32>(code_point)))
            found.push_back(i);
    }
    return found;
}

} // namespace bifolio
