// Subsetting by hb-subset.
//
// Embedding in PDF needs outlines and widths only: layout rules, hints and colour are dropped, a variable font is pinned to
// its instance. Glyphs keep the order of the original face, so the same set always gives the same bytes.

#include "layout/text/face.h"
#include "layout/text/fonts.h"
#include "layout/text/unusable_font.h"

#include <algorithm>
#include <array>
#include <hb-subset.h>
#include <numeric>

namespace bifolio {
namespace {

struct FreeSubset {
    void operator()(hb_subset_input_t* p) const noexcept { hb_subset_input_destroy(p); }
    void operator()(hb_subset_plan_t* p) const noexcept { hb_subset_plan_destroy(p); }
};

constexpr std::array<hb_tag_t, 24> tables_not_for_print{
    HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'), HB_TAG('G', 'D', 'E', 'F'), HB_TAG('B', 'A', 'S', 'E'),
    HB_TAG('J', 'S', 'T', 'F'), HB_TAG('M', 'A', 'T', 'H'), HB_TAG('k', 'e', 'r', 'n'), HB_TAG('D', 'S', 'I', 'G'),
    HB_TAG('C', 'O', 'L', 'R'), HB_TAG('C', 'P', 'A', 'L'), HB_TAG('S', 'V', 'G', ' '), HB_TAG('C', 'B', 'D', 'T'),
    HB_TAG('C', 'B', 'L', 'C'), HB_TAG('s', 'b', 'i', 'x'), HB_TAG('S', 'T', 'A', 'T'), HB_TAG('v', 'h', 'e', 'a'),
    HB_TAG('v', 'm', 't', 'x'), HB_TAG('V', 'O', 'R', 'G'), HB_TAG('g', 'a', 's', 'p'), HB_TAG('h', 'd', 'm', 'x'),
    HB_TAG('V', 'D', 'M', 'X'), HB_TAG('L', 'T', 'S', 'H'), HB_TAG('P', 'C', 'L', 'T'), HB_TAG('m', 'e', 't', 'a')};

std::string bytes_of(hb_blob_t* blob) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob, &size);
    return std::string(data, size);
}

unsigned get_16(const std::string& s, std::size_t at) {
    if (at + 2 > s.size()) return 0;
    return static_cast<unsigned>(static_cast<unsigned char>(s[at])) << 8 | static_cast<unsigned char>(s[at + 1]);
}
void put_16(std::string& s, std::size_t at, unsigned value) {
    if (at + 2 > s.size()) return;
    s[at] = static_cast<char>(value >> 8);
    s[at + 1] = static_cast<char>(value & 0xFF);
}

// The byte after the CFF INDEX at `at` (Adobe Technical Note 5176 §5); npos when it is broken.
std::size_t after_index(const std::string& cff, std::size_t at) {
    const unsigned count = get_16(cff, at);
    if (count == 0) return at + 2;
    if (at + 3 > cff.size()) return std::string::npos;
    const std::size_t size = static_cast<unsigned char>(cff[at + 2]);
    const std::size_t last = at + 3 + count * size;
    if (size < 1 || size > 4 || last + size > cff.size()) return std::string::npos;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < size; ++i) offset = offset << 8 | static_cast<unsigned char>(cff[last + i]);
    return last + size - 1 + offset;
}

struct TopDict {
    bool keyed_by_cid = false;
    std::size_t charset = 0; // offset; 0 to 2 are predefined
};

TopDict read_top_dict(const std::string& cff) {
    TopDict top;
    if (cff.size() < 4) return top;
    const std::size_t index = after_index(cff, static_cast<unsigned char>(cff[2])); // past the name INDEX
    if (index == std::string::npos || get_16(cff, index) == 0) return top;
    const std::size_t end = std::min(after_index(cff, index), cff.size());
    const std::size_t offset_size = static_cast<unsigned char>(cff[index + 2]);
    long operand = 0;
    for (std::size_t i = index + 3 + 2 * offset_size; i < end;) {
        const auto b = static_cast<unsigned char>(cff[i++]);
        if (b <= 21) {
            if (b == 12 && i < end && cff[i++] == 30) top.keyed_by_cid = true; // ROS
            if (b == 15) top.charset = static_cast<std::size_t>(std::max(operand, 0L));
        } else if (b == 28) {
            operand = static_cast<std::int16_t>(get_16(cff, i));
            i += 2;
        } else if (b == 29) {
            operand = static_cast<long>(get_16(cff, i)) << 16 | get_16(cff, i + 2);
            i += 4;
        } else if (b == 30) {
            while (i < end && (cff[i] & 0xF) != 0xF && (static_cast<unsigned char>(cff[i]) >> 4) != 0xF) ++i;
            ++i;
        } else if (b >= 32 && b <= 246) {
            operand = b - 139;
        } else if (b >= 247 && b <= 250) {
            operand = (b - 247) * 256 + static_cast<unsigned char>(i < end ? cff[i] : 0) + 108;
            ++i;
        } else if (b >= 251 && b <= 254) {
            operand = -(b - 251) * 256 - static_cast<unsigned char>(i < end ? cff[i] : 0) - 108;
            ++i;
        }
    }
    return top;
}

// A PDF reader finds the glyphs of a CID-keyed face by CID and those of any other by glyph id. Writing the charset anew in its
// place, CID = glyph id, makes both alike, so that callers need not know the difference.
void make_cids_glyph_ids(std::string& cff, std::size_t glyphs) {
    const TopDict top = read_top_dict(cff);
    if (!top.keyed_by_cid || top.charset < 3 || top.charset >= cff.size()) return;
    const int format = cff[top.charset];
    std::size_t at = top.charset + 1;
    for (unsigned cid = 1; cid < glyphs && at < cff.size();) {
        put_16(cff, at, cid);
        at += 2;
        if (format == 0) {
            ++cid;
        } else if (format == 1) {
            cid += 1U + (at < cff.size() ? static_cast<unsigned char>(cff[at]) : 0U);
            at += 1;
        } else {
            cid += 1U + get_16(cff, at);
            at += 2;
        }
    }
}

// The same sfnt with another “CFF ” table, its checksums made anew.
std::string with_cff(const std::string& sfnt, const std::string& cff) {
    const HbOwner<hb_blob_t> old(
        hb_blob_create(sfnt.data(), static_cast<unsigned>(sfnt.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbOwner<hb_face_t> opened(hb_face_create(old.get(), 0));
    hb_face_t* face = opened.get();
    const HbOwner<hb_face_t> builder(hb_face_builder_create());
    std::array<hb_tag_t, 64> tags{};
    unsigned count = tags.size();
    hb_face_get_table_tags(face, 0, &count, tags.data());
    for (hb_tag_t tag : std::span(tags.data(), count)) {
        const bool is_cff = tag == HB_TAG('C', 'F', 'F', ' ');
        const HbOwner<hb_blob_t> blob(
            is_cff ? hb_blob_create(cff.data(), static_cast<unsigned>(cff.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr)
                   : hb_face_reference_table(face, tag));
        hb_face_builder_add_table(builder.get(), tag, blob.get());
    }
    const HbOwner<hb_blob_t> whole(hb_face_reference_blob(builder.get()));
    return bytes_of(whole.get());
}

void fill_in_cff(FontSubset& subset, hb_face_t* face) {
    const HbOwner<hb_blob_t> table(hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')));
    subset.cff_bytes = bytes_of(table.get());
    std::string rewritten = subset.cff_bytes;
    make_cids_glyph_ids(rewritten, subset.old_glyphs.size());
    if (rewritten == subset.cff_bytes) return;
    subset.cff_bytes = std::move(rewritten);
    subset.bytes = with_cff(subset.bytes, subset.cff_bytes);
}

void fill_in_advances(FontSubset& subset, const FontLibrary::Face& face) {
    subset.advances.reserve(subset.old_glyphs.size());
    for (std::uint32_t glyph : subset.old_glyphs)
        subset.advances.push_back(1000.0 * hb_font_get_glyph_h_advance(face.font.get(), glyph) / face.units_per_em);
}

// The licence forbids subsetting: every glyph stays, with its own id.
FontSubset whole_face(const FontLibrary::Face& face) {
    FontSubset whole;
    whole.format = face.format;
    whole.old_glyphs.resize(hb_face_get_glyph_count(face.face.get()));
    std::iota(whole.old_glyphs.begin(), whole.old_glyphs.end(), 0U);
    const HbOwner<hb_blob_t> blob(hb_face_reference_blob(face.face.get()));
    whole.bytes = bytes_of(blob.get());
    if (face.format == FontFormat::cff) fill_in_cff(whole, face.face.get());
    fill_in_advances(whole, face);
    return whole;
}

} // namespace

FontSubset FontLibrary::subset(FontId font, std::vector<std::uint32_t> glyphs) const {
    const Face& source = face(font);
    if (!source.subsetting_allowed) return whole_face(source);

    const std::unique_ptr<hb_subset_input_t, FreeSubset> input(hb_subset_input_create_or_fail());
    if (!input) throw std::bad_alloc();
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
    hb_set_add(wanted, 0);
    for (std::uint32_t glyph : glyphs) hb_set_add(wanted, glyph);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (hb_tag_t tag : tables_not_for_print) hb_set_add(dropped, tag);

    std::array<hb_ot_var_axis_info_t, 32> axes{};
    unsigned axis_count = axes.size();
    hb_ot_var_get_axis_infos(source.face.get(), 0, &axis_count, axes.data());
    for (const hb_ot_var_axis_info_t& axis : std::span(axes.data(), axis_count)) {
        const auto set = std::ranges::find(source.variations, axis.tag, &hb_variation_t::tag);
        if (set != source.variations.end())
            hb_subset_input_pin_axis_location(input.get(), source.face.get(), axis.tag, set->value);
        else
            hb_subset_input_pin_axis_to_default(input.get(), source.face.get(), axis.tag);
    }

    const std::unique_ptr<hb_subset_plan_t, FreeSubset> plan(hb_subset_plan_create_or_fail(source.face.get(), input.get()));
    const HbOwner<hb_face_t> made(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
    if (!made) throw UnusableFont({source.file, "its tables are damaged: no part of it can be put into a file"});

    FontSubset subset;
    subset.format = source.format;
    const hb_map_t* old_glyphs = hb_subset_plan_new_to_old_glyph_mapping(plan.get());
    subset.old_glyphs.resize(hb_map_get_population(old_glyphs));
    for (std::uint32_t i = 0; i < subset.old_glyphs.size(); ++i) subset.old_glyphs[i] = hb_map_get(old_glyphs, i);
    const HbOwner<hb_blob_t> blob(hb_face_reference_blob(made.get()));
    subset.bytes = bytes_of(blob.get());
    if (source.format == FontFormat::cff) fill_in_cff(subset, made.get());
    fill_in_advances(subset, source);
    return subset;
}

} // namespace bifolio
