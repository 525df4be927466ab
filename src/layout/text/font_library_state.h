// font_library_state.h: what a FontLibrary keeps: the faces that may be opened (found by font_library.cpp), and what was chosen
// among them (by font_matching.cpp). Internal to this folder.
#pragma once

#include "layout/text/cluster.h"
#include "layout/text/face.h"
#include "layout/text/font_families.h"
#include "layout/text/fonts.h"
#include "layout/text/system_fonts.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

struct FontRecord { // a face that may be opened
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

struct RecordedFamily {
    std::optional<FontKind> kind; // unknown for a user's family until a face of it is open
    std::vector<std::uint32_t> records;
};

// Variable faces are opened once for each instance. Its id comes of what it is, so that it is the same whatever thread asks
// first.
inline constexpr std::uint32_t instances_from = 0x8000'0000;

struct FontLibrary::State {
    const Files& files;
    const FontFamilies& listed;
    std::vector<FontProblem> problems;
    std::deque<FontRecord> records;                 // rules, folders, default files: fixed after construction
    std::map<std::string, RecordedFamily> families; // by lower-case name

    mutable std::once_flag system_read;
    mutable std::unique_ptr<SystemFonts> system;
    mutable std::deque<FontRecord> system_records;                 // record number records.size() + i
    mutable std::map<std::string, RecordedFamily> system_families; // fixed after system_read

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

    FontRecord& add_record(std::string_view family, std::optional<FontKind> kind, std::string file, unsigned face_index);
    void add_rule(const FontFaceRule& rule);
    void add_folder(const std::filesystem::path& folder);
    void add_listed();
    std::optional<std::string> read_font(const std::filesystem::path& file);

    const SystemFonts& read_system() const;
    const FontRecord& record(std::uint32_t number) const {
        return number < records.size() ? records[number] : system_records[number - records.size()];
    }
    std::unique_ptr<Face> open(const FontRecord& record, const std::vector<FontVariation>& place) const;
    void read_axes(const RecordedFamily& family) const;
    FontId id_of(std::uint32_t number, const FontRequest& request) const;
    const Face* face_of(FontId id) const;

    const RecordedFamily* family(std::string_view name) const;
    FontKind kind_of_family(const RecordedFamily& family, FontId face) const;
    std::vector<std::vector<FontId>> ranked_faces(const RecordedFamily& family, const FontRequest& request) const;
    std::vector<FontId> faces_in(const RecordedFamily& family, const FontRequest& request) const;
    std::vector<FontId> faces_of(std::string_view name, const FontRequest& request, std::optional<FontKind>* kind) const;
    const Matched& match(const FontRequest& request) const;
    std::unique_ptr<Matched> find_match(const FontRequest& request) const;
    const std::vector<FontId>& others(const Matched& matched, const FontRequest& request) const;
    const std::vector<FontId>& fallback(const FallbackKey& key) const;
    std::optional<FontId> last_resort(const FallbackKey& key, std::u32string_view cluster) const;
    std::optional<FontId> first_with(const std::vector<FontId>& faces, std::u32string_view cluster) const;
};

} // namespace bifolio
