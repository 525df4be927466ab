// drawn.h: what the pages draw with: states, pictures, forms, patterns, colour spaces, and how. The rules of PDF/A and PDF/X
// about graphics begin here; each thing is named once, with the page of its first use.
//
// Resources that no content uses are not here: nothing is asked of them.
#pragma once

#include "verify/content_reader.h"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace bifolio {

enum class DeviceSpace : std::uint8_t { grey, rgb, cmyk };

struct DrawnThing {
    PdfObject object;
    PdfObject resources; // in which its names mean something
    ObjectId owner;      // of the content stream
    std::size_t page = 0;
};

struct DrawnDevice { // a device colour space that content names by itself, or paints with before it set any colour
    DeviceSpace space;
    PdfObject resources;
    ObjectId owner;
    std::size_t page = 0;
};

struct DrawnInline { // an inline image; keys and values are written out
    std::shared_ptr<const PdfValue> dictionary;
    PdfObject resources;
    ObjectId owner;
    std::size_t page = 0;
};

struct DrawnNote { // something about the content itself
    enum class Kind : std::uint8_t {
        unknown_operator, // what: its name
        rendering_intent, // what: the name of one that is not of table 70
        nested_states,    // what: how deep q stands in q, beyond 28
        borrowed_resources,
        overprint_with_icc_cmyk,
        out_of_range, // what: an integer beyond 32 bits, a string beyond 32,767 bytes, a name beyond 127
        odd_hexadecimal,
        foreign_hexadecimal,
    };
    Kind kind;
    std::string what;
    ObjectId owner;
    std::size_t page = 0;
};

struct Drawn {
    std::vector<DrawnThing> states;  // ExtGState dictionaries
    std::vector<DrawnThing> objects; // XObjects of any kind, also soft masks' groups
    std::vector<DrawnThing> spaces;  // colour spaces, of cs, CS, sh and patterns
    std::vector<DrawnThing> patterns;
    std::vector<DrawnDevice> devices;
    std::vector<DrawnInline> inline_images;
    std::vector<DrawnNote> notes;            // at most `most_notes`
    std::set<std::size_t> transparent_pages; // something on them blends
    std::set<const PdfValue*> reliant;       // streams that name resources, for fonts whose glyphs have none of their own
};

// One for some pages; those of later pages are appended.
class DrawnCollector final : public ContentObserver {
public:
    static constexpr std::size_t most_notes = 10'000;

    void operation(const ContentOperation& operation, const ContentState& state) override;
    void stream_begins(const ContentState& state) override;
    void stream_ends(const ContentState& state) override;
    void malformed(const ContentState& state, ContentFault fault, const std::string& what) override;
    void append(DrawnCollector&& later);
    Drawn take() { return std::move(drawn_); }

private:
    enum class List : std::uint8_t { states, objects, spaces, patterns };
    struct Seen {
        const PdfValue *object, *resources;
        std::uint32_t kind;
        bool operator==(const Seen&) const = default;
    };
    struct SeenHash {
        std::size_t operator()(const Seen& seen) const {
            return std::hash<const void*>()(seen.object) * 31 + std::hash<const void*>()(seen.resources) * 7 + seen.kind;
        }
    };
    void add(List list, const PdfObject& object, const ContentState& state);
    void add_device(DeviceSpace space, const ContentState& state);
    void note(DrawnNote::Kind kind, std::string what, const ContentState& state);
    void look_at_operands(std::span<const PdfValue> operands, const ContentState& state, int depth);
    void use_state(const PdfObject& parameters, const ContentState& state);
    void use_object(const PdfObject& object, const ContentState& state);
    void use_space(const PdfObject& space, std::string_view name, const ContentState& state);
    void use_pattern(const PdfObject& pattern, const ContentState& state);
    void paint(const ContentState& state, bool fill, bool stroke);
    void paint_with(const ContentColour& colour, const PdfObject& overprint, const ContentState& state);
    void needs_resource(std::string_view kind, std::string_view name, const ContentState& state);
    void needs_resource(std::string_view kind, const ContentOperation& operation, const ContentState& state);
    bool ignores_colours() const { return !levels_.empty() && levels_.back().ignores_colours; }
    static PdfObject named(std::string_view kind, const ContentOperation& operation, const ContentState& state);
    std::vector<DrawnThing>& list(List which);

    Drawn drawn_;
    std::unordered_set<Seen, SeenHash> seen_; // never walked over: its order means nothing
    struct Level {                            // a stream that is open
        std::size_t depth = 0;                // of q
        bool ignores_colours = false;         // a stencil: an uncoloured pattern, a glyph that begins with d1
    };
    std::vector<Level> levels_;
    std::size_t deepest_ = 0;
    const PdfValue* last_resources_ = nullptr;
    unsigned last_devices_ = 0; // bits of DeviceSpace that are known for last_resources_
};

} // namespace bifolio
