#include "layout/text/fonts.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "layout/text/cluster.h"
#include "layout/text/face.h"
#include "layout/text/font_families.h"
#include "layout/text/system_fonts.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace bifolio {
namespace {

struct Record { // a face that may be opened
    std::string file;
    unsigned face_index = 0;
    int weight_from = 400, weight_to = 400;
    FontSlant slant = FontSlant::normal;
    double stretch_from = 1.0, stretch_to = 1.0;
    bool leans = false; // a variable font that is upright or oblique as it is asked
    std::vector<std::pair<char32_t, char32_t>> unicode_range;
    std::vector<FontAxis> axes; // of a variable font
    bool axes_unread = false;

    const FontAxis* axis(std::string_view tag) const {
        const auto found = std::ranges::find_if(
            axes, [&](const FontAxis& one) { return std::string_view(one.tag.data(), one.tag.size()) == tag; });
        return found == axes.end() ? nullptr : &*found;
    }
    // All of the axes that the file has.
    void open_axes() {
        if (const FontAxis* weight = axis("wght")) {
            weight_from = static_cast<int>(std::lround(weight->least));
            weight_to = static_cast<int>(std::lround(weight->most));
        }
        if (const FontAxis* width = axis("wdth")) {
            stretch_from = width->least / 100;
            stretch_to = width->most / 100;
        }
        leans = axis("slnt") || axis("ital");
    }

    mutable std::once_flag opened;
    mutable std::unique_ptr<FontLibrary::Face> face; // null after `opened`: the file is no use
};

struct Family {
    std::optional<FontKind> kind; // unknown for a user's family until a face of it is open
    std::vector<std::uint32_t> records;
};

// Variable faces are opened once for each instance. Its id comes of what it is, so that it is the same whatever thread asks
// first.
constexpr std::uint32_t instances_from = 0x8000'0000;

std::uint32_t instance_number(std::uint32_t record, const std::vector<FontVariation>& place) {
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325; // FNV-1a
    const auto mix = [&](std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ (value >> shift & 0xFF)) * 0x100'0000'01B3;
    };
    mix(record);
    for (const FontVariation& one : place) {
        for (const char c : one.tag) mix(static_cast<unsigned char>(c));
        mix(static_cast<std::uint64_t>(std::llround(one.value * 65536)));
    }
    return instances_from | static_cast<std::uint32_t>(hash >> 33);
}

constexpr double oblique_angle = 14; // degrees: what “oblique” means without an angle (CSS Fonts 4 §2.4)

// Where on its axes the face is to be (CSS Fonts 4 §7.1: settings of single axes come last).
std::vector<FontVariation> place_of(const Record& record, const FontRequest& request) {
    std::vector<FontVariation> place;
    for (const FontAxis& axis : record.axes) {
        const std::string_view tag(axis.tag.data(), axis.tag.size());
        double value = axis.normal;
        if (tag == "wght") value = std::clamp(request.weight, record.weight_from, record.weight_to);
        if (tag == "wdth") value = 100 * std::clamp(request.stretch, record.stretch_from, record.stretch_to);
        if (tag == "ital" && record.leans) value = request.slant == FontSlant::italic ? 1 : 0;
        const bool has_italics = record.axis("ital") && request.slant == FontSlant::italic;
        if (tag == "slnt" && record.leans) value = request.slant == FontSlant::normal || has_italics ? 0 : -oblique_angle;
        for (const FontVariation& setting : request.variations)
            if (setting.tag == axis.tag) value = setting.value;
        place.push_back({axis.tag, std::clamp(value, axis.least, axis.most)});
    }
    return place;
}

// CSS Fonts 4 §5.2: the order in which slants are tried.
int slant_rank(FontSlant wanted, const Record& record) {
    const FontSlant have = record.slant;
    if (wanted == have) return 0;
    if (wanted == FontSlant::normal) return have == FontSlant::oblique ? 1 : 2;
    if (record.leans) return wanted == FontSlant::oblique ? 0 : 1;
    return have == FontSlant::normal ? 2 : 1;
}

// CSS Fonts 4 §5.2: lower is better; the first of the pair is the group, the second the distance in it.
std::pair<int, int> weight_rank(int wanted, const Record& record) {
    if (record.weight_from <= wanted && wanted <= record.weight_to) return {0, 0};
    const bool heavier = record.weight_from > wanted;
    const int distance = heavier ? record.weight_from - wanted : wanted - record.weight_to;
    if (wanted >= 400 && wanted <= 500) {
        if (heavier) return {record.weight_from <= 500 ? 1 : 3, distance};
        return {2, distance};
    }
    return {heavier == (wanted > 500) ? 1 : 2, distance};
}

// CSS Fonts 4 §5.2: narrower ones first for a normal or condensed wish, wider ones first otherwise.
std::pair<int, double> stretch_rank(double wanted, const Record& record) {
    const double have = std::clamp(wanted, record.stretch_from, record.stretch_to);
    if (std::abs(wanted - have) < 1e-6) return {0, 0};
    return {(have < wanted) == (wanted <= 1.0) ? 1 : 2, std::abs(wanted - have)};
}

FontKind kind_of(const FontLibrary::Face& face) {
    if (face.metrics.fixed_pitch) return FontKind::mono;
    unsigned size = 0;
    const HbOwner<hb_blob_t> os2(hb_face_reference_table(face.face.get(), HB_TAG('O', 'S', '/', '2')));
    const char* data = hb_blob_get_data(os2.get(), &size);
    if (size < 34 || data[32] != 2) return FontKind::serif; // PANOSE family type 2: Latin text
    return data[33] >= 11 && data[33] <= 15 ? FontKind::sans : FontKind::serif;
}

} // namespace

struct FontLibrary::State {
    const Files& files;
    const FontFamilies& listed;
    std::vector<FontProblem> problems;
    std::deque<Record> records;             // rules, folders, default files: fixed after construction
    std::map<std::string, Family> families; // by lower-case name

    mutable std::once_flag system_read;
    mutable std::unique_ptr<SystemFonts> system;
    mutable std::deque<Record> system_records;             // record number records.size() + i
    mutable std::map<std::string, Family> system_families; // fixed after system_read

    struct Instance {
        std::uint32_t record = 0;
        std::vector<FontVariation> place;
        std::once_flag opened;
        std::unique_ptr<Face> face;
    };
    mutable std::shared_mutex instances_mutex;
    mutable std::map<std::uint32_t, Instance> instances;
    mutable std::mutex axes_mutex; // of the system's variable fonts, whose axes are read when their family is first wanted

    struct Matched {               // a request, resolved
        std::vector<FontId> first; // faces of the first family that exists
        FontKind kind = FontKind::serif;
        mutable std::once_flag others_found;
        mutable std::vector<FontId> others; // faces of the later families
    };
    mutable std::shared_mutex matched_mutex;
    mutable std::map<FontRequest, std::unique_ptr<Matched>> matched;

    struct FallbackKey {
        std::string script, language;
        FontKind kind;
        int weight;
        FontSlant slant;
        double stretch;
        std::vector<FontVariation> variations;
        auto operator<=>(const FallbackKey&) const = default;
    };
    mutable std::shared_mutex fallbacks_mutex;
    mutable std::map<FallbackKey, std::unique_ptr<std::vector<FontId>>> fallbacks;
    mutable std::mutex last_resort_mutex;
    mutable std::map<std::pair<FallbackKey, std::u32string>, std::optional<FontId>> last_resorts;

    State(const Files& f, const FontFamilies& l) : files(f), listed(l) {}

    Record& add_record(std::string_view family, std::optional<FontKind> kind, std::string file, unsigned face_index);
    void add_rule(const FontFaceRule& rule);
    void add_folder(const std::filesystem::path& folder);
    void add_listed();
    std::optional<std::string> read_font(const std::filesystem::path& file);

    const SystemFonts& read_system() const;
    const Record& record(std::uint32_t number) const {
        return number < records.size() ? records[number] : system_records[number - records.size()];
    }
    std::unique_ptr<Face> open(const Record& record, const std::vector<FontVariation>& place) const;
    void read_axes(const Family& family) const;
    FontId id_of(std::uint32_t number, const FontRequest& request) const;
    const Face* face_of(FontId id) const;

    const Family* family(std::string_view name) const;
    FontKind kind_of_family(const Family& family, FontId face) const;
    std::vector<std::vector<FontId>> ranked_faces(const Family& family, const FontRequest& request) const;
    std::vector<FontId> faces_in(const Family& family, const FontRequest& request) const;
    std::vector<FontId> faces_of(std::string_view name, const FontRequest& request, std::optional<FontKind>* kind) const;
    const Matched& match(const FontRequest& request) const;
    std::unique_ptr<Matched> find_match(const FontRequest& request) const;
    const std::vector<FontId>& others(const Matched& matched, const FontRequest& request) const;
    const std::vector<FontId>& fallback(const FallbackKey& key) const;
    std::optional<FontId> last_resort(const FallbackKey& key, std::u32string_view cluster) const;
    std::optional<FontId> first_with(const std::vector<FontId>& faces, std::u32string_view cluster) const;
};

Record& FontLibrary::State::add_record(std::string_view family, std::optional<FontKind> kind, std::string file,
                                       unsigned face_index) {
    Record& record = records.emplace_back();
    record.file = std::move(file);
    record.face_index = face_index;
    Family& entry = families[to_ascii_lower(family)];
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
    Record& record = add_record(rule.family, std::nullopt, rule.file.string(), 0);
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
    std::map<std::string, Family> before = families; // a rule's family hides the folder's family of that name
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
            Record& record = add_record(d.family, std::nullopt, file.string(), i);
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
    const std::map<std::string, Family> before = families;
    std::map<std::string_view, bool> folders;
    const auto add_faces = [&](const ListedFamily& family, const FontPlace& place) {
        const auto [folder, fresh] = folders.try_emplace(place.folder, false);
        if (fresh) folder->second = files.is_folder(place.folder);
        if (!folder->second) return false;
        bool found = false;
        for (const FontVariant& variant : family.variants) {
            const std::string file = place.file(variant);
            if (!files.exists(file)) continue;
            Record& record = add_record(family.name, family.kind, file, place.face_index);
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
            Record& record = system_records.emplace_back();
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

std::unique_ptr<FontLibrary::Face> FontLibrary::State::open(const Record& record, const std::vector<FontVariation>& place) const {
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
        const Record& r = record(number);
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

void FontLibrary::State::read_axes(const Family& family) const {
    const std::scoped_lock lock(axes_mutex);
    for (const std::uint32_t number : family.records) {
        if (number < records.size()) continue;
        Record& r = system_records[number - records.size()];
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

// The record's face as the request wants it: of a variable font an instance.
FontId FontLibrary::State::id_of(std::uint32_t number, const FontRequest& request) const {
    const Record& r = record(number);
    if (r.axes.empty()) return FontId{number};
    std::vector<FontVariation> place = place_of(r, request);
    std::uint32_t id = instance_number(number, place);
    const std::unique_lock lock(instances_mutex);
    for (;; id = (id + 1) | instances_from) { // two that share a number are as good as impossible
        Instance& instance = instances[id];
        if (instance.place.empty()) {
            instance.record = number;
            instance.place = std::move(place);
            return FontId{id};
        }
        if (instance.record == number && instance.place == place) return FontId{id};
    }
}

const Family* FontLibrary::State::family(std::string_view name) const {
    const std::string lower = to_ascii_lower(name);
    if (const auto found = families.find(lower); found != families.end()) return &found->second;
    read_system();
    const auto found = system_families.find(lower);
    return found == system_families.end() ? nullptr : &found->second;
}

FontKind FontLibrary::State::kind_of_family(const Family& family, FontId face) const {
    return family.kind ? *family.kind : kind_of(*face_of(face));
}

// The faces of the family, best first, in groups of equal rank: several in one group differ only in their unicode-range, and
// the last declared stands first. Nothing is opened.
std::vector<std::vector<FontId>> FontLibrary::State::ranked_faces(const Family& family, const FontRequest& request) const {
    read_axes(family);
    const auto rank = [&](std::uint32_t number) {
        const Record& r = record(number);
        return std::tuple(stretch_rank(request.stretch, r), slant_rank(request.slant, r), weight_rank(request.weight, r));
    };
    std::vector<std::uint32_t> order(family.records.rbegin(), family.records.rend());
    std::ranges::stable_sort(order, {}, rank);
    std::vector<std::vector<FontId>> groups;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || rank(order[i]) != rank(order[i - 1])) groups.emplace_back();
        groups.back().push_back(id_of(order[i], request));
    }
    return groups;
}

// The best group of which at least one file is a usable font.
std::vector<FontId> FontLibrary::State::faces_in(const Family& family, const FontRequest& request) const {
    for (std::vector<FontId>& group : ranked_faces(family, request)) {
        std::erase_if(group, [&](FontId id) { return !face_of(id); });
        if (!group.empty()) return std::move(group);
    }
    return {};
}

std::vector<FontId> FontLibrary::State::faces_of(std::string_view name, const FontRequest& request,
                                                 std::optional<FontKind>* kind) const {
    std::vector<std::string> names = listed.generic(name);
    const bool generic = !names.empty();
    if (!generic) names.emplace_back(name);
    for (const std::string& candidate : names) {
        // A generic name stands for listed families only; fontconfig is asked for names that people wrote.
        const auto known = families.find(to_ascii_lower(candidate));
        const Family* found = known != families.end() ? &known->second : generic ? nullptr : family(candidate);
        if (!found) continue;
        std::vector<FontId> faces = faces_in(*found, request);
        if (faces.empty()) continue;
        if (kind && !*kind) *kind = kind_of_family(*found, faces.front());
        return faces;
    }
    return {};
}

std::unique_ptr<FontLibrary::State::Matched> FontLibrary::State::find_match(const FontRequest& request) const {
    auto made = std::make_unique<Matched>();
    std::optional<FontKind> kind;
    for (const std::string& name : request.families) {
        made->first = faces_of(name, request, &kind);
        if (!made->first.empty()) break;
    }
    if (made->first.empty()) made->first = faces_of("serif", request, &kind);
    for (const auto& [name, family] : families) {
        if (!made->first.empty()) break;
        made->first = faces_in(family, request);
    }
    if (made->first.empty())
        for (std::size_t i = 0; i < read_system().faces().size() && made->first.empty(); ++i) {
            const FontId id{static_cast<std::uint32_t>(records.size() + i)};
            if (system_records[i].weight_from == system_records[i].weight_to && face_of(id)) made->first.push_back(id);
        }
    if (made->first.empty()) throw IoError("no usable font on this machine; install the package fonts-sil-charis");
    made->kind = kind.value_or(FontKind::serif);
    return made;
}

const FontLibrary::State::Matched& FontLibrary::State::match(const FontRequest& request) const {
    {
        const std::shared_lock lock(matched_mutex);
        if (const auto found = matched.find(request); found != matched.end()) return *found->second;
    }
    auto made = find_match(request);
    const std::unique_lock lock(matched_mutex);
    return *matched.try_emplace(request, std::move(made)).first->second;
}

const std::vector<FontId>& FontLibrary::State::others(const Matched& m, const FontRequest& request) const {
    std::call_once(m.others_found, [&] {
        for (const std::string& name : request.families)
            for (FontId id : faces_of(name, request, nullptr))
                if (std::ranges::find(m.first, id) == m.first.end()) m.others.push_back(id);
    });
    return m.others;
}

const std::vector<FontId>& FontLibrary::State::fallback(const FallbackKey& key) const {
    {
        const std::shared_lock lock(fallbacks_mutex);
        if (const auto found = fallbacks.find(key); found != fallbacks.end()) return *found->second;
    }
    const FontRequest request{{}, key.weight, key.slant, key.stretch, key.variations};
    auto faces = std::make_unique<std::vector<FontId>>();
    for (const std::string& name : listed.fallback(key.script, key.language, key.kind)) {
        const auto found = families.find(to_ascii_lower(name));
        if (found == families.end()) continue;
        // Nothing is opened before it is needed: a CJK collection has 27 MB.
        for (const std::vector<FontId>& group : ranked_faces(found->second, request)) {
            faces->insert(faces->end(), group.begin(), group.end());
            break;
        }
    }
    const std::unique_lock lock(fallbacks_mutex);
    return *fallbacks.try_emplace(key, std::move(faces)).first->second;
}

std::optional<FontId> FontLibrary::State::first_with(const std::vector<FontId>& faces, std::u32string_view cluster) const {
    for (FontId id : faces)
        if (const Face* face = face_of(id); face && covers(*face, cluster)) return id;
    return std::nullopt;
}

// Any font on the machine. Not for private-use characters: what they mean only the font that was asked for knows.
std::optional<FontId> FontLibrary::State::last_resort(const FallbackKey& key, std::u32string_view cluster) const {
    const char32_t main = main_code_point(cluster);
    if (is_private_or_unassigned(main)) return std::nullopt;
    const std::scoped_lock lock(last_resort_mutex);
    const auto [place, fresh] = last_resorts.try_emplace({key, std::u32string(cluster)}, std::nullopt);
    if (!fresh) return place->second;
    const SystemFonts& fonts = read_system();
    const FontRequest request{{}, key.weight, key.slant, key.stretch, key.variations};
    for (std::size_t i : fonts.with(main)) {
        const SystemFace& candidate = fonts.faces()[i];
        if (candidate.families.empty()) continue;
        const Family* its_family = family(candidate.families.front());
        if (!its_family) continue;
        if (const auto id = first_with(faces_in(*its_family, request), cluster)) return place->second = id;
    }
    return std::nullopt;
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

FontId FontLibrary::match(const FontRequest& request) const { return state_->match(request).first.front(); }

std::optional<FontId> FontLibrary::match_for(const FontRequest& request, std::u32string_view cluster,
                                             std::string_view language) const {
    const State::Matched& matched = state_->match(request);
    if (const auto id = state_->first_with(matched.first, cluster)) return id;
    if (const auto id = state_->first_with(state_->others(matched, request), cluster)) return id;
    const State::FallbackKey key{script_tag(main_code_point(cluster)),
                                 std::string(language),
                                 matched.kind,
                                 request.weight,
                                 request.slant,
                                 request.stretch,
                                 request.variations};
    if (const auto id = state_->first_with(state_->fallback(key), cluster)) return id;
    return state_->last_resort(key, cluster);
}

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
