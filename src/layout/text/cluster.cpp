#include "layout/text/cluster.h"

#include <algorithm>
#include <array>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

namespace bifolio {
namespace {

UChar32 icu(char32_t c) { return static_cast<UChar32>(c); }

// HarfBuzz puts a space of the right width, or a plain hyphen, for these where a face lacks them.
bool has_or_replaces(const FontLibrary::Face& face, char32_t c) {
    if (is_invisible(c) || face.has(c)) return true;
    if (c == 0x2011) return face.has(0x2010);
    return c != 0x1680 && u_charType(icu(c)) == U_SPACE_SEPARATOR && face.has(U' ');
}

bool covers_all(const FontLibrary::Face& face, std::u32string_view cluster) {
    return std::ranges::all_of(cluster, [&](char32_t c) { return has_or_replaces(face, c); });
}

bool covers_normalised(const FontLibrary::Face& face, std::u32string_view cluster, const UNormalizer2* form) {
    std::array<UChar, 64> plain{}, normal{};
    UErrorCode error = U_ZERO_ERROR;
    std::int32_t size = 0;
    u_strFromUTF32(plain.data(), plain.size(), &size, reinterpret_cast<const UChar32*>(cluster.data()),
                   static_cast<std::int32_t>(cluster.size()), &error);
    const std::int32_t normal_size = unorm2_normalize(form, plain.data(), size, normal.data(), normal.size(), &error);
    std::array<UChar32, 64> code_points{};
    u_strToUTF32(code_points.data(), code_points.size(), &size, normal.data(), normal_size, &error);
    if (U_FAILURE(error)) return false;
    return std::all_of(code_points.data(), code_points.data() + size,
                       [&](UChar32 c) { return has_or_replaces(face, static_cast<char32_t>(c)); });
}

} // namespace

bool is_invisible(char32_t c) {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
    if (c < 0xAD) return false;
    if (c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0) return false; // fillers of Hangul: HarfBuzz draws them, empty
    return c == 0x2028 || c == 0x2029 || u_hasBinaryProperty(icu(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool covers(const FontLibrary::Face& face, std::u32string_view cluster) {
    if (covers_all(face, cluster)) return true;
    if (cluster.size() > 16 || (cluster.size() == 1 && cluster[0] < 0xC0)) return false;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* composed = unorm2_getNFCInstance(&error);
    const UNormalizer2* decomposed = unorm2_getNFDInstance(&error);
    if (U_FAILURE(error)) return false;
    return covers_normalised(face, cluster, composed) || covers_normalised(face, cluster, decomposed);
}

char32_t main_code_point(std::u32string_view cluster) {
    for (char32_t c : cluster) {
        UErrorCode error = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(icu(c), &error);
        if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return c;
    }
    const auto drawn = std::ranges::find_if(cluster, [](char32_t c) { return !is_invisible(c); });
    return drawn != cluster.end() ? *drawn : cluster.empty() ? U' ' : cluster.front();
}

std::string script_tag(char32_t code_point) {
    UErrorCode error = U_ZERO_ERROR;
    const char* name = uscript_getShortName(uscript_getScript(icu(code_point), &error));
    return U_SUCCESS(error) && name ? name : "Zyyy";
}

bool is_private_or_unassigned(char32_t code_point) {
    const auto type = u_charType(icu(code_point));
    return type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED || type == U_SURROGATE;
}

} // namespace bifolio
