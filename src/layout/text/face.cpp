#include "layout/text/face.h"

#include "base/utf8.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <hb-ot.h>
#include <span>

namespace bifolio {

std::vector<FontAxis> axes_of(hb_face_t* face) {
    std::array<hb_ot_var_axis_info_t, 32> infos{};
    unsigned count = infos.size();
    hb_ot_var_get_axis_infos(face, 0, &count, infos.data());
    std::vector<FontAxis> axes;
    for (const hb_ot_var_axis_info_t& info : std::span(infos.data(), count)) {
        const auto letter = [&](int shift) { return static_cast<char>(info.tag >> shift & 0xFF); };
        axes.push_back({{letter(24), letter(16), letter(8), letter(0)}, info.min_value, info.default_value, info.max_value});
    }
    return axes;
}

namespace {

constexpr unsigned restricted_licence = 0x0002, preview_and_print = 0x0004, editable = 0x0008, no_subsetting = 0x0100,
                   bitmap_only = 0x0200;

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
    std::array<char, 256> buffer{};
    unsigned size = buffer.size();
    hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, buffer.data());
    return std::string(buffer.data(), std::min<std::size_t>(size, buffer.size() - 1));
}

// The typographic family (“Inter”) before the legacy one (“Inter Medium”).
std::string family_name_of(hb_face_t* face) {
    std::string name = name_of(face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
    return name.empty() ? name_of(face, HB_OT_NAME_ID_FONT_FAMILY) : name;
}

// PDF names allow no space or delimiter; a face without a name of its own gets one from its family.
std::string postscript_name_of(hb_face_t* face) {
    std::string name = name_of(face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    if (name.empty()) name = family_name_of(face);
    std::erase_if(name,
                  [](char c) { return c <= ' ' || c > '~' || std::string_view("[](){}<>/%").find(c) != std::string::npos; });
    return name.empty() ? "Unnamed" : name;
}

HbOwner<hb_blob_t> table(hb_face_t* face, hb_tag_t tag) { return HbOwner<hb_blob_t>(hb_face_reference_table(face, tag)); }

bool has_table(hb_face_t* face, hb_tag_t tag) { return hb_blob_get_length(table(face, tag).get()) > 0; }

unsigned big_endian_16(hb_blob_t* blob, unsigned offset) {
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob, &size);
    if (offset + 2 > size) return 0;
    return static_cast<unsigned>(static_cast<unsigned char>(data[offset])) << 8 | static_cast<unsigned char>(data[offset + 1]);
}

int signed_16(unsigned value) { return value < 0x8000 ? static_cast<int>(value) : static_cast<int>(value) - 0x10000; }

// Sets the face to the place on its axes; what its weight, width and slant are there.
void set_instance(FontLibrary::Face& f, const std::vector<FontVariation>& wanted) {
    for (const FontAxis& axis : axes_of(f.face.get())) {
        const auto asked = std::ranges::find(wanted, axis.tag, &FontVariation::tag);
        const double value = std::clamp(asked == wanted.end() ? axis.normal : asked->value, axis.least, axis.most);
        const std::string tag(axis.tag.begin(), axis.tag.end());
        f.variations.push_back({hb_tag_from_string(tag.data(), 4), static_cast<float>(value)});
        if (tag == "wght") f.weight = static_cast<int>(std::lround(value));
        if (tag == "wdth") f.stretch = value / 100;
        if (tag == "slnt" && value < 0) f.slant = FontSlant::oblique;
        if (tag == "ital" && value >= 0.5) f.slant = FontSlant::italic;
        if (tag == "wght" || std::abs(value - axis.normal) > 1e-6) {
            const double hundredths = std::round(value * 100) / 100;
            std::string number = std::to_string(hundredths);
            number.erase(number.find_last_not_of('0') + 1);
            if (number.back() == '.') number.pop_back();
            f.postscript_name += "-" + tag + number;
        }
    }
    if (!f.variations.empty())
        hb_font_set_variations(f.font.get(), f.variations.data(), static_cast<unsigned>(f.variations.size()));
}

FontSlant slant_of(hb_face_t* face) {
    const auto os2 = table(face, HB_TAG('O', 'S', '/', '2'));
    const unsigned selection = big_endian_16(os2.get(), 62);
    if (selection & 0x0001) return FontSlant::italic;
    if (selection & 0x0200) return FontSlant::oblique;
    const auto head = table(face, HB_TAG('h', 'e', 'a', 'd'));
    return big_endian_16(head.get(), 44) & 0x0002 ? FontSlant::italic : FontSlant::normal;
}

int weight_of(hb_face_t* face) {
    const auto os2 = table(face, HB_TAG('O', 'S', '/', '2'));
    const unsigned weight = big_endian_16(os2.get(), 4);
    return weight >= 1 && weight <= 1000 ? static_cast<int>(weight) : 400;
}

double stretch_of(hb_face_t* face) {
    static constexpr std::array<double, 10> percent{1.0, 0.5, 0.625, 0.75, 0.875, 1.0, 1.125, 1.25, 1.5, 2.0};
    const auto os2 = table(face, HB_TAG('O', 'S', '/', '2'));
    const unsigned width = big_endian_16(os2.get(), 6);
    return width < percent.size() ? percent[width] : 1.0;
}

// Why the face may not or cannot be set; empty when it can.
std::string objection(hb_face_t* face) {
    if (hb_face_get_glyph_count(face) == 0) return "it is not a font";
    if (!has_table(face, HB_TAG('c', 'm', 'a', 'p'))) return "it has no character map";
    if (!has_table(face, HB_TAG('h', 'm', 't', 'x'))) return "it has no glyph widths";
    const bool outlines = has_table(face, HB_TAG('g', 'l', 'y', 'f')) || has_table(face, HB_TAG('C', 'F', 'F', ' '));
    if (has_table(face, HB_TAG('C', 'F', 'F', '2'))) return "it is a variable font with CFF2 outlines, which cannot be subset";
    if (!outlines) return "it has no outlines (a bitmap or colour font)";
    const auto os2 = table(face, HB_TAG('O', 'S', '/', '2'));
    const unsigned rights = big_endian_16(os2.get(), 8);
    // The least restrictive of several bits counts (OpenType, OS/2 fsType).
    if ((rights & restricted_licence) && !(rights & (preview_and_print | editable)))
        return "its licence forbids embedding (OS/2 fsType)";
    if (rights & bitmap_only) return "its licence allows only bitmaps to be embedded (OS/2 fsType)";
    return {};
}

// Of the file: the program's own instances of a variable font are told by the name alone.
std::string version_of(hb_face_t* face) {
    std::string version = name_of(face, HB_OT_NAME_ID_VERSION_STRING);
    if (!version.empty()) return version;
    const auto head = table(face, HB_TAG('h', 'e', 'a', 'd')); // fontRevision, 16.16
    const unsigned thousandths = big_endian_16(head.get(), 6) * 1000 / 65536;
    const std::string digits = std::to_string(1000 + thousandths).substr(1);
    return "Version " + std::to_string(big_endian_16(head.get(), 4)) + "." + digits;
}

class MetricReader {
public:
    MetricReader(hb_font_t* font, int units_per_em) : font_(font), em_(units_per_em) {}
    std::optional<double> get(hb_ot_metrics_tag_t tag) const {
        hb_position_t position = 0;
        if (!hb_ot_metrics_get_position(font_, tag, &position)) return std::nullopt;
        return static_cast<double>(position) / em_;
    }
    // The height of a letter above the baseline, where the font does not state it.
    std::optional<double> height_of(char32_t letter) const {
        hb_codepoint_t glyph = 0;
        hb_glyph_extents_t extents{};
        if (!hb_font_get_nominal_glyph(font_, letter, &glyph) || !hb_font_get_glyph_extents(font_, glyph, &extents))
            return std::nullopt;
        return static_cast<double>(extents.y_bearing) / em_;
    }

private:
    hb_font_t* font_;
    double em_;
};

// HarfBuzz takes the typographic values where USE_TYPO_METRICS is set and those of hhea otherwise, as every browser does.
FontMetrics read_metrics(hb_face_t* face, hb_font_t* font, int units_per_em) {
    FontMetrics m;
    const MetricReader read(font, units_per_em);
    m.ascent = read.get(HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER).value_or(m.ascent);
    m.descent = std::abs(read.get(HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER).value_or(m.descent));
    m.line_gap = std::max(0.0, read.get(HB_OT_METRICS_TAG_HORIZONTAL_LINE_GAP).value_or(0));
    m.x_height = read.get(HB_OT_METRICS_TAG_X_HEIGHT).value_or(0);
    if (m.x_height <= 0) m.x_height = read.height_of(U'x').value_or(0.5);
    m.cap_height = read.get(HB_OT_METRICS_TAG_CAP_HEIGHT).value_or(0);
    if (m.cap_height <= 0) m.cap_height = read.height_of(U'H').value_or(0.7);
    m.underline_position = read.get(HB_OT_METRICS_TAG_UNDERLINE_OFFSET).value_or(m.underline_position);
    m.underline_thickness = read.get(HB_OT_METRICS_TAG_UNDERLINE_SIZE).value_or(m.underline_thickness);
    if (m.underline_thickness <= 0) m.underline_thickness = 0.05;
    m.strikeout_position = read.get(HB_OT_METRICS_TAG_STRIKEOUT_OFFSET).value_or(m.x_height / 2);
    m.strikeout_thickness = read.get(HB_OT_METRICS_TAG_STRIKEOUT_SIZE).value_or(m.underline_thickness);
    if (m.strikeout_thickness <= 0) m.strikeout_thickness = m.underline_thickness;
    const auto post = table(face, HB_TAG('p', 'o', 's', 't'));
    m.italic_angle = signed_16(big_endian_16(post.get(), 4)) + big_endian_16(post.get(), 6) / 65536.0;
    m.fixed_pitch = big_endian_16(post.get(), 12) != 0 || big_endian_16(post.get(), 14) != 0;
    return m;
}

} // namespace

std::uint32_t FontLibrary::Face::glyph(char32_t code_point) const {
    if (code_point < low_glyphs.size()) return low_glyphs[code_point];
    if (!unicode_range.empty() &&
        std::ranges::none_of(unicode_range, [&](const auto& r) { return r.first <= code_point && code_point <= r.second; }))
        return 0;
    hb_codepoint_t found = 0;
    return hb_font_get_nominal_glyph(font.get(), code_point, &found) ? found : 0;
}

FontIdentity identity_of(const FontLibrary::Face& f) {
    hb_face_t* face = f.face.get();
    std::string style = name_of(face, HB_OT_NAME_ID_TYPOGRAPHIC_SUBFAMILY);
    if (style.empty()) style = name_of(face, HB_OT_NAME_ID_FONT_SUBFAMILY);
    const auto os2 = table(face, HB_TAG('O', 'S', '/', '2'));
    return {f.family, style, f.postscript_name, version_of(face), f.file, big_endian_16(os2.get(), 8), f.subsetting_allowed};
}

unsigned count_faces(const std::string& bytes) {
    const HbOwner<hb_blob_t> blob(
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    return hb_face_count(blob.get());
}

Result<FaceDescription> describe_face(const std::string& bytes, unsigned face_index) {
    const HbOwner<hb_blob_t> blob(
        hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const HbOwner<hb_face_t> face(hb_face_create(blob.get(), face_index));
    if (std::string reason = objection(face.get()); !reason.empty()) return Result<FaceDescription>::failure(std::move(reason));
    FaceDescription d{family_name_of(face.get()), weight_of(face.get()),  weight_of(face.get()),
                      slant_of(face.get()),       stretch_of(face.get()), axes_of(face.get())};
    return d;
}

Result<std::unique_ptr<FontLibrary::Face>> open_face(std::string bytes, const FaceSource& source) {
    using Opened = Result<std::unique_ptr<FontLibrary::Face>>;
    auto made = std::make_unique<FontLibrary::Face>();
    FontLibrary::Face& f = *made;
    static std::atomic<std::uint64_t> last_serial = 0;
    f.serial = ++last_serial;
    f.bytes = std::move(bytes);
    f.file = source.file;
    f.blob.reset(
        hb_blob_create(f.bytes.data(), static_cast<unsigned>(f.bytes.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    if (source.face_index >= hb_face_count(f.blob.get())) return Opened::failure("it is not a font");
    f.face.reset(hb_face_create(f.blob.get(), source.face_index));
    if (std::string reason = objection(f.face.get()); !reason.empty()) return Opened::failure(std::move(reason));

    f.units_per_em = static_cast<int>(hb_face_get_upem(f.face.get()));
    f.font.reset(hb_font_create(f.face.get()));
    hb_font_set_scale(f.font.get(), f.units_per_em, f.units_per_em);
    f.weight = weight_of(f.face.get());
    f.stretch = stretch_of(f.face.get());
    f.slant = slant_of(f.face.get());
    f.postscript_name = postscript_name_of(f.face.get());
    set_instance(f, source.variations);
    hb_font_make_immutable(f.font.get());
    hb_face_make_immutable(f.face.get());

    f.unicode_range = source.unicode_range;
    f.family = family_name_of(f.face.get());
    f.format = has_table(f.face.get(), HB_TAG('C', 'F', 'F', ' ')) ? FontFormat::cff : FontFormat::truetype;
    const auto os2 = table(f.face.get(), HB_TAG('O', 'S', '/', '2'));
    f.subsetting_allowed = !(big_endian_16(os2.get(), 8) & no_subsetting);
    f.metrics = read_metrics(f.face.get(), f.font.get(), f.units_per_em);
    for (char32_t c = 0; c < f.low_glyphs.size(); ++c) {
        hb_codepoint_t glyph = 0;
        const bool wanted = f.unicode_range.empty() ||
                            std::ranges::any_of(f.unicode_range, [&](const auto& r) { return r.first <= c && c <= r.second; });
        if (wanted && hb_font_get_nominal_glyph(f.font.get(), c, &glyph)) f.low_glyphs[c] = glyph;
    }
    f.space_glyph = f.glyph(U' ');
    f.space_advance = f.space_glyph ? hb_font_get_glyph_h_advance(f.font.get(), f.space_glyph) : f.units_per_em / 4;
    return Opened(std::move(made));
}

} // namespace bifolio
