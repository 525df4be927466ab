#include "picture/colour_conversion.h"

#include <lcms2.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace bifolio {

namespace {

struct CloseProfile {
    void operator()(void* profile) const noexcept { cmsCloseProfile(profile); }
};
struct DeleteTransform {
    void operator()(void* transform) const noexcept { cmsDeleteTransform(transform); }
};
struct DeleteContext {
    void operator()(cmsContext context) const noexcept { cmsDeleteContext(context); }
};
using Profile = std::unique_ptr<void, CloseProfile>;
using Transform = std::unique_ptr<void, DeleteTransform>;
using Context = std::unique_ptr<std::remove_pointer_t<cmsContext>, DeleteContext>;

constexpr cmsUInt32Number flags = cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION; // without the cache threads may share

Profile open(cmsContext context, std::string_view icc) {
    return Profile(cmsOpenProfileFromMemTHR(context, icc.data(), static_cast<cmsUInt32Number>(icc.size())));
}

cmsUInt32Number intent_number(RenderingIntent intent) {
    switch (intent) {
    case RenderingIntent::perceptual: return INTENT_PERCEPTUAL;
    case RenderingIntent::relative_colorimetric: return INTENT_RELATIVE_COLORIMETRIC;
    case RenderingIntent::saturation: return INTENT_SATURATION;
    case RenderingIntent::absolute_colorimetric: return INTENT_ABSOLUTE_COLORIMETRIC;
    }
    return INTENT_RELATIVE_COLORIMETRIC;
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

std::string description_of(cmsHPROFILE profile) {
    std::array<char, 256> text{};
    cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), text.size() - 1);
    return text.data();
}

// Profiles whose makers left the name of the data out of them: how their descriptions begin, and whose data they were made from
// (eci.org and fogra.org say so).
constexpr std::array<std::pair<std::string_view, const char*>, 6> known_conditions{{{"ISO COATED V2", "FOGRA39"},
                                                                                    {"PSO COATED V3", "FOGRA51"},
                                                                                    {"PSO UNCOATED V3", "FOGRA52"},
                                                                                    {"PSO UNCOATED ISO12647", "FOGRA47"},
                                                                                    {"PSO LWC IMPROVED", "FOGRA45"},
                                                                                    {"PSO LWC STANDARD", "FOGRA46"}}};

// What the characterisation data say of themselves: “ORIGINATOR "Fogra…"  DESCRIPTOR "FOGRA39L"”. ICC.1, 9.2.15 (targ).
std::string condition_of(cmsHPROFILE profile, const std::string& description) {
    std::string where = description;
    if (const auto* text = static_cast<const cmsMLU*>(cmsReadTag(profile, cmsSigCharTargetTag))) {
        std::string target(4096, '\0');
        target.resize(std::min<std::size_t>(cmsMLUgetASCII(text, cmsNoLanguage, cmsNoCountry, target.data(), 4096), 4096));
        where += " " + target;
    }
    std::ranges::transform(where, where.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const std::size_t at = where.find("FOGRA");
    if (at == std::string::npos) {
        for (const auto& [begins, condition] : known_conditions)
            if (where.starts_with(begins)) return condition;
        return "";
    }
    std::size_t end = at + 5;
    while (end < where.size() && where[end] >= '0' && where[end] <= '9') ++end;
    return end > at + 5 ? where.substr(at, end - at) : "";
}

// Lightness of an sRGB gray, 0 to 100. IEC 61966-2-1; CIE 1976 L*.
double lightness(std::uint8_t gray) {
    const double v = gray / 255.0, linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    return linear > 216.0 / 24389 ? 116 * std::cbrt(linear) - 16 : linear * 24389 / 27;
}

} // namespace

Result<ProfileFacts> profile_facts(std::string_view icc) {
    using Failure = Result<ProfileFacts>;
    if (icc.size() < 132 || icc.substr(36, 4) != "acsp") return Failure::failure("it is no ICC profile");
    if (number_at(icc, 0) != icc.size()) return Failure::failure("its length is not what it says");
    const Context context(cmsCreateContext(nullptr, nullptr));
    const Profile profile = open(context.get(), icc);
    const int version = static_cast<unsigned char>(icc[8]);
    if (!profile) return Failure::failure(version > 4 ? "PDF/X-4 knows profiles up to version 4 only" : "it is damaged");
    ProfileFacts facts;
    const std::string_view space = icc.substr(16, 4);
    facts.components = space == "GRAY" ? 1 : space == "RGB " ? 3 : space == "CMYK" ? 4 : 0;
    facts.device_class = icc.substr(12, 4);
    facts.version = version;
    facts.description = description_of(profile.get());
    facts.condition = condition_of(profile.get(), facts.description);
    return facts;
}

struct PressColours::State {
    Context context;
    std::string cmyk_bytes;
    Profile cmyk, srgb;
    Transform from_srgb; // 8 bit RGB → shares of ink in per cent
    std::array<double, 256> black{};
};

PressColours::PressColours(std::unique_ptr<State> state) : state_(std::move(state)) {}
PressColours::~PressColours() = default;

Result<std::shared_ptr<const PressColours>> PressColours::from_profile(std::string_view cmyk, std::string_view srgb) {
    using Failure = Result<std::shared_ptr<const PressColours>>;
    const Result<ProfileFacts> facts = profile_facts(cmyk);
    if (!facts) return Failure::failure(facts.error());
    if (facts.value().components != 4) return Failure::failure("its colours are not cyan, magenta, yellow and black");
    if (facts.value().device_class != "prtr") return Failure::failure("it is not a printer's profile");
    if (facts.value().version > 4) return Failure::failure("PDF/X-4 knows profiles up to version 4 only");
    auto state = std::make_unique<State>();
    state->context.reset(cmsCreateContext(nullptr, nullptr));
    state->cmyk = open(state->context.get(), cmyk);
    state->srgb = srgb.empty() ? Profile(cmsCreate_sRGBProfileTHR(state->context.get())) : open(state->context.get(), srgb);
    const Profile lab(cmsCreateLab4ProfileTHR(state->context.get(), nullptr));
    if (!state->cmyk || !state->srgb || !lab) return Failure::failure("it is damaged");
    state->from_srgb.reset(cmsCreateTransformTHR(state->context.get(), state->srgb.get(), TYPE_RGB_8, state->cmyk.get(),
                                                 TYPE_CMYK_DBL, INTENT_RELATIVE_COLORIMETRIC, flags));
    const Transform to_lab(cmsCreateTransformTHR(state->context.get(), state->cmyk.get(), TYPE_CMYK_DBL, lab.get(), TYPE_Lab_DBL,
                                                 INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE));
    if (!state->from_srgb || !to_lab) return Failure::failure("it has no tables for one of the two directions");

    // How light each share of black ink is; paper counts as 100, all of the ink as 0.
    std::array<double, 101> light{};
    for (std::size_t per_cent = 0; per_cent <= 100; ++per_cent) {
        const std::array<double, 4> ink{0, 0, 0, static_cast<double>(per_cent)};
        std::array<double, 3> seen{};
        cmsDoTransform(to_lab.get(), ink.data(), seen.data(), 1);
        light[per_cent] = per_cent > 0 ? std::min(seen[0], light[per_cent - 1]) : seen[0];
    }
    const double paper = light.front(), darkest = light.back();
    if (!(paper - darkest > 1)) return Failure::failure("its black ink does not print");
    for (std::size_t gray = 0; gray < 256; ++gray) {
        const double wanted = darkest + (paper - darkest) * lightness(static_cast<std::uint8_t>(gray)) / 100;
        std::size_t at = 0;
        while (at < 100 && light[at + 1] > wanted) ++at;
        const double step = at < 100 ? light[at] - light[at + 1] : 0;
        const double share = static_cast<double>(at) + (step > 0 ? std::clamp((light[at] - wanted) / step, 0.0, 1.0) : 0);
        state->black[gray] = std::round(share * 100) / 10'000;
    }
    state->black.front() = 1;
    state->black.back() = 0;
    return std::shared_ptr<const PressColours>(new PressColours(std::move(state)));
}

double PressColours::black(std::uint8_t gray) const { return state_->black[gray]; }

Inks PressColours::inks(Colour colour) const {
    if (colour.ink) {
        Inks inks = colour.ink->process;
        for (double& share : inks) share *= colour.ink->tint;
        return inks;
    }
    if (colour.is_gray()) return {0, 0, 0, state_->black[colour.r]};
    const std::array<std::uint8_t, 3> rgb{colour.r, colour.g, colour.b};
    Inks inks{};
    cmsDoTransform(state_->from_srgb.get(), rgb.data(), inks.data(), 1);
    for (double& share : inks) share = std::clamp(std::round(share * 10) / 1000, 0.0, 1.0); // a tenth of a per cent is enough
    return inks;
}

namespace {

void limit_ink(std::string& samples, double most) {
    const double limit = std::max(0.0, most) * 255;
    for (std::size_t at = 0; at + 3 < samples.size(); at += 4) {
        const auto ink = [&](std::size_t i) { return static_cast<unsigned char>(samples[at + i]); };
        const int colours = ink(0) + ink(1) + ink(2), black = ink(3);
        if (colours + black <= limit || colours == 0) continue;
        const double share = std::max(0.0, (limit - black) / colours);
        for (std::size_t i = 0; i < 3; ++i) samples[at + i] = static_cast<char>(static_cast<unsigned char>(ink(i) * share));
    }
}

} // namespace

Result<RasterPicture> PressColours::converted(RasterPicture picture, RenderingIntent intent, double ink_limit) const {
    using Failure = Result<RasterPicture>;
    if (picture.components == 1) {
        if (!picture.icc.empty()) { // as sRGB shows it, and then as any grey
            const Profile own = open(state_->context.get(), picture.icc);
            if (!own) return Failure::failure("its colour profile is damaged");
            const Transform transform(cmsCreateTransformTHR(state_->context.get(), own.get(), TYPE_GRAY_8, state_->srgb.get(),
                                                            TYPE_RGB_8, intent_number(intent), flags));
            if (!transform) return Failure::failure("its colour profile cannot be converted to the press's");
            std::array<std::uint8_t, 256> grays{}, shown{};
            std::array<std::uint8_t, 768> rgb{};
            std::iota(grays.begin(), grays.end(), std::uint8_t{0});
            cmsDoTransform(transform.get(), grays.data(), rgb.data(), 256);
            for (std::size_t gray = 0; gray < 256; ++gray) shown[gray] = rgb[gray * 3 + 1];
            for (char& sample : picture.samples) sample = static_cast<char>(shown[static_cast<unsigned char>(sample)]);
            picture.icc.clear();
        }
        for (char& sample : picture.samples) {
            const double share = state_->black[static_cast<unsigned char>(sample)];
            sample = static_cast<char>(static_cast<unsigned char>(255 * (1 - share) + 0.5));
        }
        return picture;
    }
    if (picture.components == 4 && picture.icc.empty()) return picture;
    const Profile own = picture.icc.empty() ? Profile() : open(state_->context.get(), picture.icc);
    if (!picture.icc.empty() && !own) return Failure::failure("its colour profile is damaged");
    const cmsUInt32Number format = picture.components == 3 ? TYPE_RGB_8 : TYPE_CMYK_8;
    const Transform transform(cmsCreateTransformTHR(state_->context.get(), own ? own.get() : state_->srgb.get(), format,
                                                    state_->cmyk.get(), TYPE_CMYK_8, intent_number(intent), flags));
    if (!transform) return Failure::failure("its colour profile cannot be converted to the press's");
    const std::size_t pixels = std::size_t{picture.width} * picture.height;
    std::string inks(pixels * 4, '\0');
    cmsDoTransform(transform.get(), picture.samples.data(), inks.data(), static_cast<cmsUInt32Number>(pixels));
    limit_ink(inks, ink_limit);
    picture.samples = std::move(inks);
    picture.components = 4;
    picture.icc.clear();
    return picture;
}

RasterPicture shown_on_screen(RasterPicture picture) {
    if (picture.components != 4) return picture;
    std::string rgb;
    rgb.reserve(picture.samples.size() / 4 * 3);
    for (std::size_t at = 0; at + 3 < picture.samples.size(); at += 4) {
        const auto ink = [&](std::size_t i) { return static_cast<unsigned char>(picture.samples[at + i]) / 255.0; };
        for (std::size_t i = 0; i < 3; ++i)
            rgb += static_cast<char>(static_cast<unsigned char>(255 * (1 - ink(i)) * (1 - ink(3)) + 0.5));
    }
    picture.samples = std::move(rgb);
    picture.components = 3;
    return picture;
}

double most_ink(const RasterPicture& picture) {
    int most = 0;
    for (std::size_t at = 0; at + 3 < picture.samples.size() && picture.components == 4; at += 4) {
        int sum = 0;
        for (std::size_t i = 0; i < 4; ++i) sum += static_cast<unsigned char>(picture.samples[at + i]);
        most = std::max(most, sum);
    }
    return most / 255.0;
}

} // namespace bifolio
