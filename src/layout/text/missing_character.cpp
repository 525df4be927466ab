#include "layout/text/missing_character.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

// “U+A015 YI SYLLABLE WU”.
std::string number_and_name(char32_t c) {
    std::array<char, 128> name{};
    UErrorCode error = U_ZERO_ERROR;
    u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, name.data(), static_cast<std::int32_t>(name.size()), &error);
    std::string out = code_point_label(c);
    if (U_SUCCESS(error) && name[0] != '\0') out.append(" ").append(name.data());
    return out;
}

std::string shown(std::u32string_view cluster) {
    std::string out;
    for (const char32_t c : cluster) append_utf8(out, c);
    // A mark on its own needs something to stand on.
    if (u_getCombiningClass(static_cast<UChar32>(cluster.front())) != 0) out.insert(0, "\u25CC");
    return "‘" + out + "’";
}

// They choose among shapes and join; a font need not have them by themselves.
bool is_joiner(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t most = 4;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) out += (i == 0 ? "" : ", ") + names[i];
    return out + (names.size() > most ? ", …" : "");
}

} // namespace

std::string code_point_label(char32_t c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (int shift = c > 0xF'FFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) hex += digits[(c >> shift) & 15];
    return "U+" + hex;
}

MissingCharacter missing_character(const FontLibrary& fonts, std::u32string_view cluster) {
    MissingCharacter made;
    // The one of them that is nowhere, else all together are nowhere.
    std::optional<char32_t> alone;
    for (const char32_t c : cluster)
        if (!alone && !is_joiner(c) && fonts.installed_with(c).empty()) alone = c;
    if (!alone && std::ranges::count_if(cluster, [](char32_t c) { return !is_joiner(c); }) == 1)
        alone = *std::ranges::find_if_not(cluster, is_joiner);
    const char32_t asked = alone.value_or(cluster.front());
    made.characters = alone ? std::u32string(1, asked) : std::u32string(cluster);
    if (alone) {
        made.message = "no font has the character " + number_and_name(asked) + " (" + shown({&asked, 1}) + ")";
    } else {
        made.message = "no font has all of " + shown(cluster) + " (";
        for (std::size_t i = 0; i < cluster.size(); ++i) made.message += (i == 0 ? "" : ", ") + number_and_name(cluster[i]);
        made.message += ")";
    }
    const auto category = u_charType(static_cast<UChar32>(asked));
    if (category == U_PRIVATE_USE_CHAR) {
        made.hints.push_back("characters of private use mean something in one font only (a bullet of Word's Symbol font, an "
                             "icon): write the character that it stands for, or put that font into the book's folder fonts/");
        return made;
    }
    if (category == U_UNASSIGNED) {
        made.hints.push_back("Unicode has no such character: look whether the file was damaged");
        return made;
    }
    if (const std::vector<std::string> installed = fonts.installed_with(asked); !installed.empty())
        made.hints.push_back(
            alone ? "installed fonts that have it: " + listed(installed) +
                        "; name one in `font:` or put it into the book's folder fonts/, if its licence lets it be embedded"
                  : "installed fonts that have some of it: " + listed(installed));
    if (const std::vector<std::string> packages = fonts.packages_with(asked); !packages.empty())
        made.hints.push_back("install a font that has it (Debian: " + listed(packages) +
                             "), or put one into the book's folder fonts/");
    else if (made.hints.empty())
        made.hints.push_back("put a font that has it into the book's folder fonts/");
    return made;
}

} // namespace bifolio
