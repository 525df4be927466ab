// Choosing faces: which of a family's serves a request, and which other family has a letter that the wished ones lack.
#include "layout/text/font_library_state.h"

#include "base/utf8.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bifolio {

namespace {

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
std::vector<FontVariation> place_of(const FontRecord& record, const FontRequest& request) {
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
int slant_rank(FontSlant wanted, const FontRecord& record) {
    const FontSlant have = record.slant;
    if (wanted == have) return 0;
    if (wanted == FontSlant::normal) return have == FontSlant::oblique ? 1 : 2;
    if (record.leans) return wanted == FontSlant::oblique ? 0 : 1;
    return have == FontSlant::normal ? 2 : 1;
}

// CSS Fonts 4 §5.2: lower is better; the first of the pair is the group, the second the distance in it.
std::pair<int, int> weight_rank(int wanted, const FontRecord& record) {
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
std::pair<int, double> stretch_rank(double wanted, const FontRecord& record) {
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

// The record's face as the request wants it: of a variable font an instance.
FontId FontLibrary::State::id_of(std::uint32_t number, const FontRequest& request) const {
    const FontRecord& r = record(number);
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

const RecordedFamily* FontLibrary::State::family(std::string_view name) const {
    const std::string lower = to_ascii_lower(name);
    if (const auto found = families.find(lower); found != families.end()) return &found->second;
    read_system();
    const auto found = system_families.find(lower);
    return found == system_families.end() ? nullptr : &found->second;
}

FontKind FontLibrary::State::kind_of_family(const RecordedFamily& family, FontId face) const {
    return family.kind ? *family.kind : kind_of(*face_of(face));
}

// The faces of the family, best first, in groups of equal rank: several in one group differ only in their unicode-range, and
// the last declared stands first. Nothing is opened.
std::vector<std::vector<FontId>> FontLibrary::State::ranked_faces(const RecordedFamily& family,
                                                                  const FontRequest& request) const {
    read_axes(family);
    const auto rank = [&](std::uint32_t number) {
        const FontRecord& r = record(number);
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
std::vector<FontId> FontLibrary::State::faces_in(const RecordedFamily& family, const FontRequest& request) const {
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
        const RecordedFamily* found = known != families.end() ? &known->second : generic ? nullptr : family(candidate);
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
        const RecordedFamily* its_family = family(candidate.families.front());
        if (!its_family) continue;
        if (const auto id = first_with(faces_in(*its_family, request), cluster)) return place->second = id;
    }
    return std::nullopt;
}

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

} // namespace bifolio
