// content_reader.h: walks what a page draws, operator by operator, with the state that holds there. ISO 32000-1, 7.8, 8.4, 14.6.
//
// Visited    The page's own content, form XObjects where they are drawn, tiling patterns and Type 3 glyphs where they are used
//            (once a page each), the appearances of its annotations; not the pixels of pictures.
// Observers  Each set of rules watches through its own ContentObserver, one a page, so pages are read on all threads and the
//            rules know nothing of each other.
// Bounds     PdfLimits::content_bytes of everything that is drawn; limits.h: pdf_form_depth, pdf_saved_states.
#pragma once

#include "verify/pdf_file.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace bifolio {

// An operator's letters as a number, for a switch: case content_operator("BDC").
constexpr std::uint32_t content_operator(std::string_view name) {
    std::uint32_t out = 0;
    for (const char c : name) out = out << 8 | static_cast<unsigned char>(c);
    return name.size() <= 4 ? out : 0;
}
inline constexpr std::uint32_t inline_image_operator =
    content_operator("EI"); // its only operand: the dictionary, keys written out

struct ContentOperation {
    std::uint32_t code; // content_operator(name); 0 for names that are none
    std::string_view name;
    std::span<const PdfValue> operands;
    ObjectId owner; // of the stream: what PdfObject(file, operand, owner) needs
};

struct MarkedSequence { // BMC or BDC … EMC
    std::string tag;
    PdfObject properties;                              // null: none
    std::shared_ptr<const PdfValue> inline_properties; // keeps those that stand in the stream
    std::int64_t mcid = -1;
    bool is_artifact = false;
    std::size_t stream_depth = 0; // of the forms around it: an MCID belongs to the innermost stream
    ObjectId owner;               // that stream: the page, or the form
};

struct ContentColour {
    std::string space = "DeviceGray"; // a family or a resource's name
    PdfObject resource;               // the colour space where the name is a resource's
    std::vector<double> components{0};
    PdfObject pattern;
    bool is_initial = true; // nothing has set it
};

struct GraphicsState {
    PdfObject font;
    double font_size = 0;
    int rendering_mode = 0;
    ContentColour fill, stroke;
    PdfObject parameters; // the last ExtGState
    // What ExtGStates said so far of what rules ask for; null objects: the initial value.
    PdfObject blend_mode, soft_mask, overprint_stroke, overprint_fill, overprint_mode, fill_alpha, stroke_alpha;
    std::string rendering_intent = "RelativeColorimetric";
};

enum class ContentSource : std::uint8_t { page, form, appearance, pattern, glyph };

struct ContentState {
    std::size_t page = 0; // from 1
    PdfObject page_object;
    ObjectId owner;                             // of the stream that is read: the page, or the form
    PdfObject stream;                           // null for the page's own content
    ContentSource source = ContentSource::page; // appearance stays for the forms in it, and so on
    PdfObject resources;
    GraphicsState graphics;
    std::vector<MarkedSequence> marks; // from the outermost
    std::size_t depth = 0;             // forms around it
};

enum class ContentFault : std::uint8_t {
    damaged_stream,
    bad_token,
    bad_inline_image,
    unbalanced_marks,
    unbalanced_states,
    odd_hexadecimal,     // allowed, but not everywhere
    foreign_hexadecimal, // characters that are no digits
    beyond_limit
};

class ContentObserver {
public:
    virtual ~ContentObserver() = default;
    // After the operator took effect; for EMC the sequence is still there.
    virtual void operation(const ContentOperation&, const ContentState&) = 0;
    // Before and after the operators of a page, form, appearance, pattern or glyph.
    virtual void stream_begins(const ContentState&) {}
    virtual void stream_ends(const ContentState&) {}
    virtual void malformed(const ContentState&, ContentFault, const std::string&) {} // the stream as such; a sentence
};

// What a page names is looked up: a form is drawn once per page in the same surroundings, unless it owns content items.
class ContentReader {
public:
    // `drawn` counts bytes over all pages, see PdfLimits::content_bytes.
    ContentReader(const PdfFile& file, std::vector<ContentObserver*> observers, std::atomic<std::uint64_t>& drawn)
        : file_(file), observers_(std::move(observers)), drawn_(drawn) {}
    void read_page(std::size_t number); // from 1

private:
    void read_stream(const std::string& bytes);
    std::string page_bytes(const PdfObject& page);
    std::string stream_bytes(const PdfObject& stream);
    void read_other(const PdfObject& stream, ContentSource source, PdfObject resources, bool keeps_marks);
    void read_appearances(const PdfObject& page);
    void read_inline_image(class PdfSyntaxReader& reader, std::string_view bytes);
    void perform(const ContentOperation& operation);
    void begin_marked(const ContentOperation& operation, bool with_properties);
    void end_marked();
    void use_parameters(const PdfObject& parameters);
    void set_colour(ContentColour& colour, const ContentOperation& operation);
    void set_colour_space(ContentColour& colour, const ContentOperation& operation);
    void draw(const ContentOperation& operation);
    void read_glyphs_of(const PdfObject& font);
    PdfObject resource(std::string_view kind, const ContentOperation& operation) const;
    PdfObject operand(const ContentOperation& operation, std::size_t index) const;
    void malformed(ContentFault fault, const std::string& what);

    const PdfFile& file_;
    std::vector<ContentObserver*> observers_;
    std::atomic<std::uint64_t>& drawn_;
    ContentState state_;
    std::vector<GraphicsState> saved_;
    std::size_t saved_floor_ = 0, marks_floor_ = 0; // of the stream that is read
    std::vector<PdfValue> operands_;
    using Surroundings = std::tuple<const PdfValue*, bool, bool, std::string>; // form, tagged, artifact, language
    std::set<Surroundings> drawn_forms_;
    std::set<const PdfValue*> open_;
    bool exhausted_ = false;
};

} // namespace bifolio
