#include "verify/glyph_names.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

namespace bifolio {

namespace {

// Codes 32 to 255 of the encodings of ISO 32000-1, annex D; “-”: nothing there.
constexpr std::string_view standard_names =
    "space exclam quotedbl numbersign dollar percent ampersand quoteright parenleft parenright asterisk plus comma hyphen "
    "period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D "
    "E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore quoteleft a b c "
    "d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde - - - - - - - - - - - - - - - - - - "
    "- - - - - - - - - - - - - - - - exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft "
    "guillemotleft guilsinglleft guilsinglright fi fl - endash dagger daggerdbl periodcentered - paragraph bullet "
    "quotesinglbase quotedblbase quotedblright guillemotright ellipsis perthousand - questiondown - grave acute circumflex "
    "tilde macron breve dotaccent dieresis - ring cedilla - hungarumlaut ogonek caron emdash - - - - - - - - - - - - - - - "
    "- AE - ordfeminine - - - - Lslash Oslash OE ordmasculine - - - - - ae - - - dotlessi - - lslash oslash oe germandbls - "
    "- - -";
constexpr std::string_view mac_roman_names =
    "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen "
    "period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D "
    "E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e "
    "f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde DEL Adieresis Aring Ccedilla Eacute "
    "Ntilde Odieresis Udieresis aacute agrave acircumflex adieresis atilde aring ccedilla eacute egrave ecircumflex "
    "edieresis iacute igrave icircumflex idieresis ntilde oacute ograve ocircumflex odieresis otilde uacute ugrave "
    "ucircumflex udieresis dagger degree cent sterling section bullet paragraph germandbls registered copyright trademark "
    "acute dieresis notequal AE Oslash infinity plusminus lessequal greaterequal yen mu partialdiff summation product pi "
    "integral ordfeminine ordmasculine Omega ae oslash questiondown exclamdown logicalnot radical florin approxequal Delta "
    "guillemotleft guillemotright ellipsis nbspace Agrave Atilde Otilde OE oe endash emdash quotedblleft quotedblright "
    "quoteleft quoteright divide lozenge ydieresis Ydieresis fraction currency guilsinglleft guilsinglright fi fl daggerdbl "
    "periodcentered quotesinglbase quotedblbase perthousand Acircumflex Ecircumflex Aacute Edieresis Egrave Iacute "
    "Icircumflex Idieresis Igrave Oacute Ocircumflex apple Ograve Uacute Ucircumflex Ugrave dotlessi circumflex tilde "
    "macron breve dotaccent ring cedilla hungarumlaut ogonek caron";
constexpr std::string_view win_ansi_names =
    "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen "
    "period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at A B C D "
    "E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum underscore grave a b c d e "
    "f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde bullet Euro bullet quotesinglbase florin "
    "quotedblbase ellipsis dagger daggerdbl circumflex perthousand Scaron guilsinglleft OE bullet Zcaron bullet bullet "
    "quoteleft quoteright quotedblleft quotedblright bullet endash emdash tilde trademark scaron guilsinglright oe bullet "
    "zcaron Ydieresis space exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine "
    "guillemotleft logicalnot hyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph "
    "periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters questiondown Agrave "
    "Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex "
    "Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis "
    "Yacute Thorn germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex "
    "edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash "
    "ugrave uacute ucircumflex udieresis yacute thorn ydieresis";

GlyphEncoding encoding_of(std::string_view names) {
    GlyphEncoding out{};
    for (std::size_t code = 32; code < out.size() && !names.empty(); ++code) {
        const std::string_view name = names.substr(0, names.find(' '));
        names.remove_prefix(std::min(names.size(), name.size() + 1));
        if (name != "-") out[code] = name;
    }
    return out;
}

// Type 1's encryption. Adobe Type 1 Font Format, 7.
std::string encrypted(std::string_view plain, std::uint16_t key) {
    std::string out;
    for (const char c : plain) {
        const auto cipher = static_cast<unsigned char>(static_cast<unsigned char>(c) ^ key >> 8);
        out += static_cast<char>(cipher);
        key = static_cast<std::uint16_t>((cipher + key) * 52845u + 22719u);
    }
    return out;
}

// FreeType has the Adobe Glyph List inside but no call for it. It gives every Type 1 font a Unicode character map made from the
// names of its glyphs: so a font of one empty glyph of that name is the question, and its map the answer.
std::string font_of_one_glyph(std::string_view name) {
    const std::string head = "%!PS-AdobeFont-1.0: One\n9 dict begin\n/FontName /One def\n/PaintType 0 def\n/FontType 1 def\n"
                             "/FontMatrix [0.001 0 0 0.001 0 0] def\n/Encoding StandardEncoding def\n/FontBBox {0 0 1 1} def\n"
                             "currentdict end\ncurrentfile eexec\n";
    const std::string glyph = " 8 RD " + encrypted(std::string_view("\0\0\0\0\x8B\x8B\x0D\x0E", 8), 4330) + " ND\n";
    std::string program = "\1\1\1\1dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n"
                          "/ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n/BlueValues [] def\n"
                          "/password 5839 def\n2 index /CharStrings 2 dict dup begin\n/.notdef";
    program += glyph + "/" + std::string(name) + glyph +
               "end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n";
    return head + encrypted(program, 55665) + std::string(512, '0') + "\ncleartomark\n";
}

char32_t ask_freetype(std::string_view name) {
    struct EndLibrary {
        void operator()(FT_Library library) const noexcept { FT_Done_FreeType(library); }
    };
    thread_local const std::unique_ptr<FT_LibraryRec_, EndLibrary> library = [] {
        FT_Library made = nullptr;
        FT_Init_FreeType(&made);
        return std::unique_ptr<FT_LibraryRec_, EndLibrary>(made);
    }();
    const std::string font = font_of_one_glyph(name);
    FT_Face face = nullptr;
    if (!library || FT_New_Memory_Face(library.get(), reinterpret_cast<const FT_Byte*>(font.data()),
                                       static_cast<FT_Long>(font.size()), 0, &face) != 0)
        return 0;
    char32_t out = 0;
    if (FT_Select_Charmap(face, FT_ENCODING_UNICODE) == 0) {
        FT_UInt glyph = 0;
        const FT_ULong first = FT_Get_First_Char(face, &glyph);
        if (glyph != 0) out = static_cast<char32_t>(first);
    }
    FT_Done_Face(face);
    return out;
}

bool is_plain(std::string_view name) {
    return name.size() < 64 && std::ranges::all_of(name, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

char32_t listed(std::string_view name) {
    if (name.empty() || !is_plain(name)) return 0;
    thread_local std::map<std::string, char32_t, std::less<>> known;
    auto found = known.find(name);
    if (found == known.end()) found = known.emplace(name, ask_freetype(name)).first;
    return found->second;
}

// “uni” and groups of four digits, or “u” and four to six. Upper case only.
std::optional<std::u32string> by_digits(std::string_view name) {
    const auto number = [](std::string_view digits) -> std::optional<char32_t> {
        char32_t out = 0;
        for (const char c : digits) {
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))) return std::nullopt;
            out = out * 16 + static_cast<char32_t>(c <= '9' ? c - '0' : c - 'A' + 10);
        }
        return out < 0x11'0000 && (out < 0xD800 || out > 0xDFFF) ? std::optional(out) : std::nullopt;
    };
    std::u32string out;
    if (name.starts_with("uni") && name.size() >= 7 && name.size() % 4 == 3) {
        for (std::size_t at = 3; at < name.size(); at += 4) {
            const auto one = number(name.substr(at, 4));
            if (!one) return std::nullopt;
            out += *one;
        }
        return out;
    }
    if (name.starts_with('u') && name.size() >= 5 && name.size() <= 7)
        if (const auto one = number(name.substr(1))) return std::u32string(1, *one);
    return std::nullopt;
}

} // namespace

bool is_listed_glyph_name(std::string_view name) { return by_digits(name) || listed(name) != 0; }

std::u16string utf16_of_glyph_name(std::string_view name) {
    std::u16string out;
    if (name.starts_with(".")) return out;
    name = name.substr(0, name.find('.'));
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('_'));
        name.remove_prefix(std::min(name.size(), part.size() + 1));
        std::u32string characters;
        if (auto digits = by_digits(part))
            characters = std::move(*digits);
        else if (const char32_t one = listed(part))
            characters = one;
        for (const char32_t c : characters) {
            if (c >= 0x10000) {
                out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
                out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
            } else
                out += static_cast<char16_t>(c);
        }
    }
    return out;
}

const GlyphEncoding* glyph_encoding(std::string_view name) {
    static const GlyphEncoding standard = encoding_of(standard_names), mac_roman = encoding_of(mac_roman_names),
                               win_ansi = encoding_of(win_ansi_names);
    return name == "StandardEncoding"   ? &standard
           : name == "MacRomanEncoding" ? &mac_roman
           : name == "WinAnsiEncoding"  ? &win_ansi
                                        : nullptr;
}

} // namespace bifolio
