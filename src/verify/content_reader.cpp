#include "verify/content_reader.h"

#include "io/limits.h"
#include "verify/pdf_syntax_reader.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

// Inline images abbreviate their keys and values. ISO 32000-1, tables 93 and 94.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> long_keys{{{"BPC", "BitsPerComponent"},
                                                                                   {"CS", "ColorSpace"},
                                                                                   {"D", "Decode"},
                                                                                   {"DP", "DecodeParms"},
                                                                                   {"F", "Filter"},
                                                                                   {"H", "Height"},
                                                                                   {"I", "Interpolate"},
                                                                                   {"IM", "ImageMask"},
                                                                                   {"L", "Length"},
                                                                                   {"W", "Width"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> long_values{{{"G", "DeviceGray"},
                                                                                     {"RGB", "DeviceRGB"},
                                                                                     {"CMYK", "DeviceCMYK"},
                                                                                     {"I", "Indexed"},
                                                                                     {"AHx", "ASCIIHexDecode"},
                                                                                     {"A85", "ASCII85Decode"},
                                                                                     {"LZW", "LZWDecode"},
                                                                                     {"Fl", "FlateDecode"},
                                                                                     {"RL", "RunLengthDecode"},
                                                                                     {"CCF", "CCITTFaxDecode"},
                                                                                     {"DCT", "DCTDecode"}}};

template <class Table>
std::string_view written_out(const Table& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, [](const auto& row) { return row.first; });
    return found == table.end() ? name : found->second;
}

PdfValue written_out(const PdfValue& value) {
    if (const PdfName* name = value.as<PdfName>()) return PdfName{std::string(written_out(long_values, name->text))};
    const PdfArray* array = value.array();
    if (!array) return value;
    PdfArray out;
    for (const PdfValue& item : *array) out.push_back(item.array() ? item : written_out(item));
    return PdfValue::Variant(std::make_shared<const PdfArray>(std::move(out)));
}

// Whether the image data can end before `at`, where “EI” stands: what follows looks like content and not like pixels.
bool is_end_of_image(std::string_view bytes, std::size_t at) {
    if (at + 2 < bytes.size() && !is_pdf_space(bytes[at + 2])) return false;
    return std::ranges::all_of(bytes.substr(at + 2, 12), [](char c) {
        return (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F) || is_pdf_space(c);
    });
}

} // namespace

void ContentReader::malformed(ContentFault fault, const std::string& what) {
    for (ContentObserver* observer : observers_) observer->malformed(state_, fault, what);
}

PdfObject ContentReader::operand(const ContentOperation& operation, std::size_t index) const {
    return index < operation.operands.size() ? PdfObject(file_, operation.operands[index], state_.owner) : PdfObject();
}

// The resource of a kind that the last operand names.
PdfObject ContentReader::resource(std::string_view kind, const ContentOperation& operation) const {
    if (operation.operands.empty()) return {};
    const PdfName* name = operation.operands.back().as<PdfName>();
    return name ? state_.resources[kind][name->text] : PdfObject();
}

std::string ContentReader::stream_bytes(const PdfObject& stream) {
    const std::uint64_t most = file_.limits().content_bytes;
    const auto give_up = [&] {
        if (!exhausted_) malformed(ContentFault::beyond_limit, "the content is larger than the limit; the rest was not examined");
        exhausted_ = true;
        return std::string();
    };
    if (drawn_.load() > most) return give_up(); // what is not looked at is not inflated, either
    DecodedStream decoded = file_.decoded(stream);
    if (!decoded.problem.empty())
        malformed(ContentFault::damaged_stream, "a content stream cannot be decoded: " + decoded.problem);
    if (drawn_.fetch_add(std::max<std::uint64_t>(decoded.bytes.size(), limits::pdf_stream_cost)) > most) return give_up();
    return std::move(decoded.bytes);
}

std::string ContentReader::page_bytes(const PdfObject& page) {
    const std::vector<PdfObject> streams = page["Contents"].items();
    if (streams.size() == 1) return stream_bytes(streams[0]);
    std::string out;
    for (const PdfObject& stream : streams) {
        out += stream_bytes(stream);
        out += '\n'; // tokens end with their stream: 7.8.2
        if (exhausted_) break;
        if (out.size() > limits::pdf_stream_bytes) {
            malformed(ContentFault::beyond_limit, "the page's content is larger than the limit");
            break;
        }
    }
    return out;
}

void ContentReader::read_page(std::size_t number) {
    const PdfObject page = file_.pages()[number - 1];
    state_ = {};
    state_.page = number;
    state_.page_object = page;
    state_.owner = page.id();
    state_.resources = file_.inherited(page, "Resources");
    saved_.clear();
    drawn_forms_.clear();
    open_.clear();
    saved_floor_ = marks_floor_ = 0;
    read_stream(page_bytes(page));
    state_.graphics = {};
    read_appearances(page);
}

void ContentReader::read_appearances(const PdfObject& page) {
    for (const PdfObject& annotation : file_.annotations(page)) {
        const PdfObject normal = annotation["AP"]["N"];
        if (normal.is_stream())
            read_other(normal, ContentSource::appearance, normal["Resources"], false);
        else
            for (std::size_t i = 0; i < normal.size() && normal.is_dictionary(); ++i)
                if (normal.entry(i).is_stream())
                    read_other(normal.entry(i), ContentSource::appearance, normal.entry(i)["Resources"], false);
    }
}

// A stream with its own graphics state and, except for forms, outside of the marked content around its use.
void ContentReader::read_other(const PdfObject& stream, ContentSource source, PdfObject resources, bool keeps_marks) {
    if (exhausted_ || open_.contains(stream.value())) return;
    if (state_.depth >= static_cast<std::size_t>(limits::pdf_form_depth)) {
        malformed(ContentFault::beyond_limit,
                  "forms are drawn in forms more than " + std::to_string(limits::pdf_form_depth) + " times");
        return;
    }
    ContentState around = state_;
    std::vector<GraphicsState> saved_around;
    saved_around.swap(saved_);
    const std::size_t saved_floor = saved_floor_, marks_floor = marks_floor_;
    std::vector<PdfValue> operands_around;
    operands_around.swap(operands_);
    open_.insert(stream.value());

    state_.owner = stream.holder();
    state_.stream = stream;
    if (state_.source == ContentSource::page || source != ContentSource::form) state_.source = source;
    if (resources) state_.resources = resources;
    if (!keeps_marks) {
        state_.marks.clear();
        state_.graphics = {};
    }
    ++state_.depth;
    saved_floor_ = 0;
    marks_floor_ = state_.marks.size();
    read_stream(stream_bytes(stream));

    open_.erase(stream.value());
    operands_.swap(operands_around);
    saved_.swap(saved_around);
    saved_floor_ = saved_floor;
    marks_floor_ = marks_floor;
    state_ = std::move(around);
}

void ContentReader::read_stream(const std::string& bytes) {
    for (ContentObserver* observer : observers_) observer->stream_begins(state_);
    PdfSyntaxReader reader(bytes);
    operands_.clear();
    constexpr std::size_t most_operands = 4096; // far more than any operator takes
    for (;;) {
        PdfValue value;
        const PdfSyntaxReader::Found found = reader.next(value, false);
        if (found == PdfSyntaxReader::Found::end) break;
        if (found == PdfSyntaxReader::Found::value) {
            if (operands_.size() < most_operands) operands_.push_back(std::move(value));
            continue;
        }
        if (reader.keyword() == "BI")
            read_inline_image(reader, bytes);
        else
            perform({content_operator(reader.keyword()), reader.keyword(), operands_, state_.owner});
        operands_.clear();
        if (exhausted_) break;
    }
    if (reader.malformed() > 0)
        malformed(ContentFault::bad_token, "the content stream has " + std::to_string(reader.malformed()) + " malformed tokens");
    if (reader.odd_hexadecimal() > 0)
        malformed(ContentFault::odd_hexadecimal,
                  std::to_string(reader.odd_hexadecimal()) + " hexadecimal strings have an odd number of digits");
    if (reader.foreign_hexadecimal() > 0)
        malformed(ContentFault::foreign_hexadecimal,
                  std::to_string(reader.foreign_hexadecimal()) + " hexadecimal strings have characters that are no digits");
    if (state_.marks.size() > marks_floor_) {
        malformed(ContentFault::unbalanced_marks,
                  std::to_string(state_.marks.size() - marks_floor_) + " marked-content sequences are not ended");
        state_.marks.resize(marks_floor_);
    }
    for (ContentObserver* observer : observers_) observer->stream_ends(state_);
}

void ContentReader::read_inline_image(PdfSyntaxReader& reader, std::string_view bytes) {
    PdfDictionary image;
    PdfValue value;
    std::string key;
    for (;;) {
        const PdfSyntaxReader::Found found = reader.next(value, false);
        if (found == PdfSyntaxReader::Found::end)
            return malformed(ContentFault::bad_inline_image, "an inline image does not end");
        if (found == PdfSyntaxReader::Found::keyword) {
            if (reader.keyword() == "ID") break;
            return malformed(ContentFault::bad_inline_image, "an inline image has no data");
        }
        if (key.empty()) {
            const PdfName* name = value.as<PdfName>();
            if (name) key = written_out(long_keys, name->text);
        } else {
            image.emplace_back(std::move(key), written_out(value));
            key.clear();
        }
    }
    sort_entries(image);
    std::size_t at = reader.at() + 1;
    // Unfiltered pixels, and those whose length is given (PDF 2.0), may hold any bytes.
    const PdfValue* length = find(image, "Length");
    const std::int64_t* known = length ? length->as<std::int64_t>() : nullptr;
    if (known && *known > 0 && static_cast<std::uint64_t>(*known) < bytes.size()) at += static_cast<std::size_t>(*known);
    for (;; ++at) {
        at = bytes.find("EI", at);
        if (at == std::string_view::npos) {
            malformed(ContentFault::bad_inline_image, "an inline image does not end");
            reader.go_to(bytes.size());
            return;
        }
        if (at > 0 && (is_pdf_space(bytes[at - 1]) || known) && is_end_of_image(bytes, at)) break;
    }
    reader.go_to(at + 2);
    operands_.clear();
    operands_.push_back(PdfValue::Variant(std::make_shared<const PdfDictionary>(std::move(image))));
    perform({inline_image_operator, "EI", operands_, state_.owner});
}

void ContentReader::perform(const ContentOperation& operation) {
    GraphicsState& graphics = state_.graphics;
    bool ends_marked = false, draws = false;
    switch (operation.code) {
    case content_operator("q"):
        if (saved_.size() < limits::pdf_saved_states)
            saved_.push_back(graphics);
        else
            malformed(ContentFault::beyond_limit, "q is nested too deeply");
        break;
    case content_operator("Q"):
        if (saved_.size() > saved_floor_) {
            graphics = std::move(saved_.back());
            saved_.pop_back();
        } else
            malformed(ContentFault::unbalanced_states, "Q without q");
        break;
    case content_operator("BMC"): begin_marked(operation, false); break;
    case content_operator("BDC"): begin_marked(operation, true); break;
    case content_operator("EMC"): ends_marked = true; break;
    case content_operator("Tf"):
        if (operation.operands.size() >= 2) {
            const PdfName* name = operation.operands[0].as<PdfName>();
            graphics.font = name ? state_.resources["Font"][name->text] : PdfObject();
            graphics.font_size = operand(operation, 1).number_or(0);
            if (graphics.font["Subtype"].is_name("Type3")) read_glyphs_of(graphics.font);
        }
        break;
    case content_operator("Tr"): graphics.rendering_mode = static_cast<int>(operand(operation, 0).integer_or(0)); break;
    case content_operator("ri"): graphics.rendering_intent = operand(operation, 0).name(); break;
    case content_operator("gs"): use_parameters(resource("ExtGState", operation)); break;
    case content_operator("g"):
    case content_operator("rg"):
    case content_operator("k"):
    case content_operator("sc"):
    case content_operator("scn"): set_colour(graphics.fill, operation); break;
    case content_operator("G"):
    case content_operator("RG"):
    case content_operator("K"):
    case content_operator("SC"):
    case content_operator("SCN"): set_colour(graphics.stroke, operation); break;
    case content_operator("cs"): set_colour_space(graphics.fill, operation); break;
    case content_operator("CS"): set_colour_space(graphics.stroke, operation); break;
    case content_operator("Do"): draws = true; break;
    default: break;
    }
    for (ContentObserver* observer : observers_) observer->operation(operation, state_);
    if (ends_marked) end_marked();
    if (draws) draw(operation);
}

void ContentReader::begin_marked(const ContentOperation& operation, bool with_properties) {
    if (state_.marks.size() >= limits::pdf_saved_states) {
        malformed(ContentFault::beyond_limit, "marked content is nested too deeply");
        return;
    }
    MarkedSequence mark;
    mark.tag = operand(operation, 0).name();
    if (with_properties) {
        const PdfObject given = operand(operation, 1);
        // A property list in line lives as long as its operator; its own copy has to live as long as the sequence.
        mark.properties = given.is_name() ? state_.resources["Properties"][given.name()] : PdfObject();
        if (given.is_dictionary()) {
            mark.inline_properties = std::make_shared<const PdfValue>(*given.value());
            mark.properties = PdfObject(file_, *mark.inline_properties, state_.owner);
        }
        mark.mcid = mark.properties["MCID"].integer_or(-1);
    }
    mark.is_artifact = mark.tag == "Artifact";
    mark.stream_depth = state_.depth;
    mark.owner = state_.owner;
    state_.marks.push_back(std::move(mark));
}

void ContentReader::end_marked() {
    if (state_.marks.size() > marks_floor_)
        state_.marks.pop_back();
    else
        malformed(ContentFault::unbalanced_marks, "EMC without BMC or BDC");
}

void ContentReader::use_parameters(const PdfObject& parameters) {
    GraphicsState& graphics = state_.graphics;
    graphics.parameters = parameters;
    const auto take = [&](std::string_view key, PdfObject& into) {
        if (const PdfObject value = parameters[key]) into = value;
    };
    take("BM", graphics.blend_mode);
    take("SMask", graphics.soft_mask);
    take("OPM", graphics.overprint_mode);
    take("ca", graphics.fill_alpha);
    take("CA", graphics.stroke_alpha);
    take("OP", graphics.overprint_stroke);
    take("OP", graphics.overprint_fill); // OP alone means both: table 58
    take("op", graphics.overprint_fill);
    if (const PdfObject font = parameters["Font"]; font.is_array()) {
        graphics.font = font.at(0);
        graphics.font_size = font.at(1).number_or(0);
    }
    if (const PdfObject intent = parameters["RI"]; intent.is_name()) graphics.rendering_intent = intent.name();
    if (graphics.soft_mask.is_dictionary())
        if (const PdfObject group = graphics.soft_mask["G"];
            group.is_stream() && drawn_forms_.emplace(group.value(), true, false, "").second)
            read_other(group, ContentSource::form, group["Resources"], true);
}

void ContentReader::set_colour(ContentColour& colour, const ContentOperation& operation) {
    switch (operation.code) {
    case content_operator("g"):
    case content_operator("G"): colour.space = "DeviceGray"; break;
    case content_operator("rg"):
    case content_operator("RG"): colour.space = "DeviceRGB"; break;
    case content_operator("k"):
    case content_operator("K"): colour.space = "DeviceCMYK"; break;
    default: break; // the space stays
    }
    colour.is_initial = false;
    if (operation.code != content_operator("sc") && operation.code != content_operator("SC") &&
        operation.code != content_operator("scn") && operation.code != content_operator("SCN"))
        colour.resource = {};
    colour.pattern = {};
    colour.components.clear();
    for (std::size_t i = 0; i < operation.operands.size(); ++i)
        if (const auto component = operand(operation, i).number()) colour.components.push_back(*component);
    if (const PdfObject pattern = resource("Pattern", operation)) {
        colour.pattern = pattern;
        if (pattern.is_stream() && drawn_forms_.emplace(pattern.value(), true, false, "").second)
            read_other(pattern, ContentSource::pattern, pattern["Resources"], false);
    }
}

void ContentReader::set_colour_space(ContentColour& colour, const ContentOperation& operation) {
    colour = {};
    colour.is_initial = false;
    colour.space = operand(operation, 0).name();
    colour.resource = resource("ColorSpace", operation);
}

void ContentReader::read_glyphs_of(const PdfObject& font) {
    if (!drawn_forms_.emplace(font.value(), true, false, "").second) return;
    const PdfObject glyphs = font["CharProcs"];
    for (std::size_t i = 0; i < glyphs.size(); ++i)
        if (glyphs.entry(i).is_stream()) read_other(glyphs.entry(i), ContentSource::glyph, font["Resources"], false);
}

void ContentReader::draw(const ContentOperation& operation) {
    const PdfObject form = resource("XObject", operation);
    if (!form.is_stream() || !form["Subtype"].is_name("Form")) return;
    bool tagged = false, artifact = false;
    std::string language;
    for (const MarkedSequence& mark : state_.marks) {
        tagged = tagged || (mark.mcid >= 0 && !mark.is_artifact);
        artifact = artifact || mark.is_artifact;
        if (const PdfObject said = mark.properties["Lang"]) language = said.bytes();
    }
    // Drawn again in the same surroundings it shows nothing new to any rule. One with content items of its own counts each time.
    const bool is_new = drawn_forms_.emplace(form.value(), tagged, artifact, language).second;
    if (is_new) read_other(form, ContentSource::form, form["Resources"], true);
}

} // namespace bifolio
