// Finding fonts: the book's own, those of a list and those that the system knows; opening their faces.
#include "layout/text/font_library_state.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <cassert>
#include <set>

namespace bifolio {

FontRecord& FontLibrary::State::add_record(std::string_view family, std::optional<FontKind> kind, std::string file,
                                           unsigned face_index) {
    FontRecord& record = records.emplace_back();
    record.file = std::move(file);
    record.face_index = face_index;
    RecordedFamily& entry = families[to_ascii_lower(family)];
    entry.kind = kind;
    entry.records.push_back(static_cast<std::uint32_t>(records.size() - 1));
    return record;
}

std::optional<std::string> FontLibrary::State::read_font(const std::filesystem::path& file) {
    try {
        return files.read(file, limits::picture_file_bytes);
    } catch (const IoError& error) {
        problems.push_back({file.string(), error.what()});
        return std::nullopt;
    }
}

void FontLibrary::State::add_rule(const FontFaceRule& rule) {
    const auto bytes = read_font(rule.file);
    if (!bytes) return;
    const auto description = describe_face(*bytes, 0);
    if (!description) {
        problems.push_back({rule.file.string(), description.error()});
        return;
    }
    FontRecord& record = add_record(rule.family, std::nullopt, rule.file.string(), 0);
    record.axes = description.value().axes;
    record.stretch_from = record.stretch_to = record.axes.empty() ? description.value().stretch : 1.0;
    record.open_axes();
    if (rule.weight) std::tie(record.weight_from, record.weight_to) = std::minmax(rule.weight->first, rule.weight->second);
    if (rule.stretch) std::tie(record.stretch_from, record.stretch_to) = std::minmax(rule.stretch->first, rule.stretch->second);
    record.slant = rule.slant.value_or(FontSlant::normal);
    if (rule.slant == FontSlant::normal) record.leans = false;
    record.unicode_range = rule.unicode_range;
}

void FontLibrary::State::add_folder(const std::filesystem::path& folder) {
    if (!files.is_folder(folder)) return;
    std::map<std::string, RecordedFamily> before = families; // a rule's family hides the folder's family of that name
    for (const std::string& name : files.list(folder)) {
        const std::string extension = to_ascii_lower(std::filesystem::path(name).extension().string());
        if (extension != ".ttf" && extension != ".otf" && extension != ".ttc" && extension != ".otc") continue;
        const std::filesystem::path file = folder / name;
        const auto bytes = read_font(file);
        if (!bytes) continue;
        const unsigned count = std::max(1U, count_faces(*bytes));
        for (unsigned i = 0; i < count; ++i) {
            const auto description = describe_face(*bytes, i);
            if (!description) {
                problems.push_back({file.string(), description.error()});
                continue;
            }
            const FaceDescription& d = description.value();
            if (before.contains(to_ascii_lower(d.family))) continue;
            FontRecord& record = add_record(d.family, std::nullopt, file.string(), i);
            record.weight_from = d.weight_from;
            record.weight_to = d.weight_to;
            record.slant = d.slant;
            record.stretch_from = record.stretch_to = d.stretch;
            record.axes = d.axes;
            record.open_axes();
        }
    }
}

// The list names folders of several distributions: those that are not here are asked for once.
void FontLibrary::State::add_listed() {
    const std::map<std::string, RecordedFamily> before = families;
    std::map<std::string_view, bool> folders;
    const auto add_faces = [&](const ListedFamily& family, const FontPlace& place) {
        const auto [folder, fresh] = folders.try_emplace(place.folder, false);
        if (fresh) folder->second = files.is_folder(place.folder);
        if (!folder->second) return false;
        bool found = false;
        for (const FontVariant& variant : family.variants) {
            const std::string file = place.file(variant);
            if (!files.exists(file)) continue;
            FontRecord& record = add_record(family.name, family.kind, file, place.face_index);
            record.weight_from = record.weight_to = variant.weight;
            record.slant = variant.slant;
            found = true;
        }
        return found;
    };
    for (const ListedFamily& family : listed.all())
        if (!before.contains(to_ascii_lower(family.name)))
            std::ranges::any_of(family.places, [&](const FontPlace& place) { return add_faces(family, place); });
}

const SystemFonts& FontLibrary::State::read_system() const {
    std::call_once(system_read, [&] {
        system = std::make_unique<SystemFonts>();
        for (const SystemFace& face : system->faces()) {
            FontRecord& record = system_records.emplace_back();
            record.file = face.file;
            record.face_index = face.face_index;
            record.weight_from = face.weight_from;
            record.weight_to = face.weight_to;
            record.slant = face.slant;
            record.stretch_from = record.stretch_to = face.stretch;
            record.axes_unread = face.variable;
            const auto number = static_cast<std::uint32_t>(records.size() + system_records.size() - 1);
            const std::set<std::string> names = [&] {
                std::set<std::string> lower;
                for (const std::string& name : face.families) lower.insert(to_ascii_lower(name));
                return lower;
            }();
            for (const std::string& name : names) system_families[name].records.push_back(number);
        }
    });
    return *system;
}

std::unique_ptr<FontLibrary::Face> FontLibrary::State::open(const FontRecord& record,
                                                            const std::vector<FontVariation>& place) const {
    try {
        auto opened = open_face(files.read(record.file, limits::picture_file_bytes),
                                {record.file, record.face_index, place, record.unicode_range});
        return opened ? opened.take() : nullptr;
    } catch (const IoError&) {
        return nullptr; // named by a list, gone from the disk: the next family serves
    }
}

const FontLibrary::Face* FontLibrary::State::face_of(FontId id) const {
    const std::uint32_t number = index(id);
    if (number < instances_from) {
        const FontRecord& r = record(number);
        std::call_once(r.opened, [&] { r.face = open(r, {}); });
        return r.face.get();
    }
    Instance* instance = nullptr;
    {
        const std::shared_lock lock(instances_mutex);
        const auto found = instances.find(number);
        assert(found != instances.end() && "only ids that match() gave");
        instance = &found->second;
    }
    std::call_once(instance->opened, [&] { instance->face = open(record(instance->record), instance->place); });
    return instance->face.get();
}

void FontLibrary::State::read_axes(const RecordedFamily& family) const {
    const std::scoped_lock lock(axes_mutex);
    for (const std::uint32_t number : family.records) {
        if (number < records.size()) continue;
        FontRecord& r = system_records[number - records.size()];
        if (!r.axes_unread) continue;
        r.axes_unread = false;
        try {
            const auto description = describe_face(files.read(r.file, limits::picture_file_bytes), r.face_index);
            if (description) r.axes = description.value().axes;
        } catch (const IoError&) {
            continue; // gone: face_of() says so
        }
        r.open_axes();
    }
}

FontLibrary::FontLibrary(const Files& files, const FontFamilies& families, std::vector<FontFaceRule> rules,
                         std::vector<std::filesystem::path> font_folders)
    : state_(std::make_unique<State>(files, families)) {
    for (const FontFaceRule& rule : rules) state_->add_rule(rule);
    for (const std::filesystem::path& folder : font_folders) state_->add_folder(folder);
    state_->add_listed();
}

FontLibrary::~FontLibrary() = default;

std::span<const FontProblem> FontLibrary::problems() const { return state_->problems; }

std::vector<std::string> FontLibrary::installed_with(char32_t code_point) const {
    const SystemFonts& fonts = state_->read_system();
    std::set<std::string> names;
    for (const std::size_t i : fonts.with(code_point))
        if (!fonts.faces()[i].families.empty()) names.insert(fonts.faces()[i].families.front());
    return {names.begin(), names.end()};
}

std::vector<std::string> FontLibrary::packages_with(char32_t code_point) const { return state_->listed.packages(code_point); }

bool FontLibrary::family_exists(std::string_view family) const {
    for (const std::string& name : state_->listed.generic(family))
        if (state_->families.contains(to_ascii_lower(name))) return true;
    return state_->family(family) != nullptr;
}

const FontLibrary::Face& FontLibrary::face(FontId font) const {
    const Face* found = state_->face_of(font);
    assert(found && "only ids that match() gave");
    return *found;
}

const FontMetrics& FontLibrary::metrics(FontId font) const { return face(font).metrics; }
std::string_view FontLibrary::postscript_name(FontId font) const { return face(font).postscript_name; }
std::string_view FontLibrary::family_name(FontId font) const { return face(font).family; }
std::string_view FontLibrary::file_bytes(FontId font) const { return face(font).bytes; }
FontIdentity FontLibrary::identity(FontId font) const { return identity_of(face(font)); }
std::filesystem::path FontLibrary::file(FontId font) const { return face(font).file; }
int FontLibrary::weight(FontId font) const { return face(font).weight; }
FontSlant FontLibrary::slant(FontId font) const { return face(font).slant; }
std::vector<FontAxis> FontLibrary::axes(FontId font) const { return axes_of(face(font).face.get()); }
double FontLibrary::stretch(FontId font) const { return face(font).stretch; }

bool FontLibrary::synthesizes_bold(FontId font, const FontRequest& request) const {
    return request.weight >= 600 && face(font).weight < 600;
}

bool FontLibrary::has_glyph(FontId font, char32_t code_point) const { return face(font).has(code_point); }

double FontLibrary::nominal_advance(FontId font, char32_t code_point) const {
    const Face& f = face(font);
    const std::uint32_t glyph = f.glyph(code_point);
    return static_cast<double>(hb_font_get_glyph_h_advance(f.font.get(), glyph)) / f.units_per_em;
}

double FontLibrary::ink_left(FontId font, char32_t code_point) const {
    const Face& f = face(font);
    hb_glyph_extents_t extents{};
    if (!hb_font_get_glyph_extents(f.font.get(), f.glyph(code_point), &extents)) return 0;
    return static_cast<double>(extents.x_bearing) / f.units_per_em;
}

std::optional<char32_t> FontLibrary::code_point_of(FontId font, std::uint32_t glyph) const {
    const Face& f = face(font);
    std::call_once(f.reversed, [&] {
        f.code_points.resize(hb_face_get_glyph_count(f.face.get()));
        const HbOwner<hb_set_t> all(hb_set_create());
        hb_face_collect_unicodes(f.face.get(), all.get());
        for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(all.get(), &c);)
            if (const std::uint32_t id = f.glyph(c); id > 0 && id < f.code_points.size() && !f.code_points[id])
                f.code_points[id] = c;
    });
    if (glyph >= f.code_points.size() || !f.code_points[glyph]) return std::nullopt;
    return f.code_points[glyph];
}

} // namespace bifolio
