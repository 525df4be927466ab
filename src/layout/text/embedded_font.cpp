#include "layout/text/embedded_font.h"

#include "layout/text/cluster.h"
#include "layout/text/itemise.h"
#include "layout/text/unusable_font.h"

#include <algorithm>
#include <hb-subset.h>
#include <new>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

namespace bifolio {
namespace {

struct FreeSubset {
    void operator()(hb_subset_input_t* p) const noexcept { hb_subset_input_destroy(p); }
};

std::u16string utf16_of(std::u32string_view text) {
    std::u16string out(text.size() * 2, u'\0');
    std::int32_t size = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF32(out.data(), static_cast<std::int32_t>(out.size()), &size, reinterpret_cast<const UChar32*>(text.data()),
                   static_cast<std::int32_t>(text.size()), &error);
    out.resize(U_SUCCESS(error) ? static_cast<std::size_t>(size) : 0);
    return out;
}

std::u32string utf32_of(std::u16string_view text) {
    std::u32string out(text.size(), U'\0');
    std::int32_t size = 0;
    UErrorCode error = U_ZERO_ERROR;
    u_strToUTF32(reinterpret_cast<UChar32*>(out.data()), static_cast<std::int32_t>(out.size()), &size, text.data(),
                 static_cast<std::int32_t>(text.size()), &error);
    out.resize(U_SUCCESS(error) ? static_cast<std::size_t>(size) : 0);
    return out;
}

void add_normalised(std::set<char32_t>& characters, std::u32string_view cluster, const UNormalizer2* form) {
    const std::u16string plain = utf16_of(cluster);
    std::u16string normal(plain.size() * 4 + 16, u'\0');
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t size = unorm2_normalize(form, plain.data(), static_cast<std::int32_t>(plain.size()), normal.data(),
                                               static_cast<std::int32_t>(normal.size()), &error);
    if (U_FAILURE(error)) return; // no cluster of any language is so long
    for (const char32_t c : utf32_of(std::u16string_view(normal).substr(0, static_cast<std::size_t>(size)))) characters.insert(c);
}

// The characters themselves, and what HarfBuzz looks for in their place: composed, decomposed, mirrored, the plain hyphen.
void add_cluster(std::set<char32_t>& characters, std::u32string_view cluster) {
    for (const char32_t c : cluster) {
        characters.insert(c);
        if (c >= 0x80) characters.insert(static_cast<char32_t>(u_charMirror(static_cast<UChar32>(c))));
        if (c == 0x2011) characters.insert(0x2010);
    }
    if (cluster.size() == 1 && cluster[0] < 0xC0) return;
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* composed = unorm2_getNFCInstance(&error);
    const UNormalizer2* decomposed = unorm2_getNFDInstance(&error);
    if (U_FAILURE(error)) return;
    add_normalised(characters, cluster, composed);
    add_normalised(characters, cluster, decomposed);
}

template <class Convert>
std::string converted(std::string_view text, std::string_view language, Convert convert) {
    const std::string locale(language);
    const std::u16string wide = to_utf16(text);
    std::u16string out(wide.size() * 3 + 1, u'\0'); // no letter becomes more than three
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t size = convert(out.data(), static_cast<std::int32_t>(out.size()), wide.data(),
                                      static_cast<std::int32_t>(wide.size()), locale.c_str(), &error);
    std::string utf8;
    if (U_FAILURE(error)) return utf8;
    for (const char32_t c : utf32_of(std::u16string_view(out).substr(0, static_cast<std::size_t>(size)))) append_utf8(utf8, c);
    return utf8;
}

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob, &size);
    return std::string(data, size);
}

// A face of a collection becomes a file of its own.
std::string whole_face(const FontLibrary::Face& face) {
    if (hb_face_count(face.blob.get()) == 1) return face.bytes;
    const HbOwner<hb_face_t> builder(hb_face_builder_create());
    std::array<hb_tag_t, 64> tags{};
    unsigned count = tags.size();
    hb_face_get_table_tags(face.face.get(), 0, &count, tags.data());
    for (const hb_tag_t tag : std::span(tags.data(), count)) {
        const HbOwner<hb_blob_t> table(hb_face_reference_table(face.face.get(), tag));
        hb_face_builder_add_table(builder.get(), tag, table.get());
    }
    const HbOwner<hb_blob_t> whole(hb_face_reference_blob(builder.get()));
    return bytes_of(whole.get());
}

void pin_axes(hb_subset_input_t* input, const FontLibrary::Face& face) {
    std::array<hb_ot_var_axis_info_t, 32> axes{};
    unsigned count = axes.size();
    hb_ot_var_get_axis_infos(face.face.get(), 0, &count, axes.data());
    for (const hb_ot_var_axis_info_t& axis : std::span(axes.data(), count)) {
        const auto set = std::ranges::find(face.variations, axis.tag, &hb_variation_t::tag);
        if (set != face.variations.end())
            hb_subset_input_pin_axis_location(input, face.face.get(), axis.tag, set->value);
        else
            hb_subset_input_pin_axis_to_default(input, face.face.get(), axis.tag);
    }
}

} // namespace

void FontUse::add_text(const FontRequest& request, std::string_view language, std::string_view text, Style& style,
                       std::vector<std::u32string>& missing) {
    WideText wide;
    widen(text, wide);
    const std::vector<std::uint32_t> starts = grapheme_starts(text, wide);
    std::u32string cluster;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : text.size();
        const auto first = static_cast<unsigned char>(text[starts[i]]);
        if (first < 0x80 && end == starts[i] + 1 && std::exchange(style.ascii[first], true)) continue;
        cluster.clear();
        for (std::size_t at = starts[i]; at < end;) {
            const Decoded d = decoded(text, at);
            cluster += d.code_point;
            at += d.size;
        }
        if (std::ranges::all_of(cluster, is_invisible) || !style.clusters.insert(cluster).second) continue;
        if (const auto font = fonts_->match_for(request, cluster, language)) {
            Face& face = faces_[*font];
            face.requests.insert(request);
            add_cluster(face.characters, cluster);
        } else {
            missing.push_back(cluster);
        }
    }
}

std::vector<std::u32string> FontUse::add(const FontRequest& request, std::string_view language, std::string_view text,
                                         LetterCase letter_case) {
    Style& style = styles_[{request, std::string(language)}];
    std::vector<std::u32string> missing;
    add_text(request, language, text, style, missing);
    if (letter_case == LetterCase::upper || letter_case == LetterCase::both)
        add_text(request, language, converted(text, language, u_strToUpper), style, missing);
    if (letter_case == LetterCase::lower || letter_case == LetterCase::both)
        add_text(request, language, converted(text, language, u_strToLower), style, missing);
    return missing;
}

FontFormat format_of(const FontLibrary& fonts, FontId font) { return fonts.face(font).format; }

EmbeddedFont embedded_font(const FontLibrary& fonts, FontId font, const std::set<char32_t>& characters,
                           std::span<const std::array<char, 4>> features, Axes axes) {
    const FontLibrary::Face& source = fonts.face(font);
    if (!source.subsetting_allowed) return {source.format, whole_face(source)};
    const std::unique_ptr<hb_subset_input_t, FreeSubset> input(hb_subset_input_create_or_fail());
    if (!input) throw std::bad_alloc();
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t* wanted = hb_subset_input_unicode_set(input.get());
    for (const char32_t c : characters) hb_set_add(wanted, c);
    // What a reading system may set that stands in no document: spaces, hyphens at the ends of lines, joiners. Beside Latin
    // letters also numbers and signs, of lists for example.
    for (const char32_t c : {0x20, 0xA0, 0x2D, 0x2010, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC})
        if (source.has(c)) hb_set_add(wanted, c);
    const bool latin = std::ranges::any_of(characters, [](char32_t c) { return c < 0x80 && u_isalpha(static_cast<UChar32>(c)); });
    for (char32_t c = 0x21; latin && c < 0x7F; ++c)
        if (source.has(c)) hb_set_add(wanted, c);
    hb_set_t* kept = hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    for (const std::array<char, 4>& tag : features) hb_set_add(kept, HB_TAG(tag[0], tag[1], tag[2], tag[3]));
    hb_set_t* names = hb_subset_input_set(input.get(), HB_SUBSET_SETS_NAME_ID);
    hb_set_add(names, HB_OT_NAME_ID_LICENSE);
    hb_set_add(names, HB_OT_NAME_ID_LICENSE_URL);
    if (axes == Axes::pinned) pin_axes(input.get(), source);

    const HbOwner<hb_face_t> made(hb_subset_or_fail(source.face.get(), input.get()));
    if (!made) throw UnusableFont({source.file, "its tables are damaged: no part of it can be put into a file"});
    const HbOwner<hb_blob_t> blob(hb_face_reference_blob(made.get()));
    return {source.format, bytes_of(blob.get())};
}

} // namespace bifolio
