#include "verify/drawn.h"

#include "io/limits.h"
#include "verify/output_intent.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bifolio {

namespace {

constexpr std::size_t most_saved_states = 28; // ISO 32000-1, annex C

// All operators of ISO 32000-1, annex A, sorted by their numbers.
constexpr auto known_operators = [] {
    std::array codes{
        content_operator("b"),   content_operator("B"),   content_operator("b*"), content_operator("B*"), content_operator("BDC"),
        content_operator("BI"),  content_operator("BMC"), content_operator("BT"), content_operator("BX"), content_operator("c"),
        content_operator("cm"),  content_operator("CS"),  content_operator("cs"), content_operator("d"),  content_operator("d0"),
        content_operator("d1"),  content_operator("Do"),  content_operator("DP"), content_operator("EI"), content_operator("EMC"),
        content_operator("ET"),  content_operator("EX"),  content_operator("f"),  content_operator("F"),  content_operator("f*"),
        content_operator("G"),   content_operator("g"),   content_operator("gs"), content_operator("h"),  content_operator("i"),
        content_operator("ID"),  content_operator("j"),   content_operator("J"),  content_operator("K"),  content_operator("k"),
        content_operator("l"),   content_operator("m"),   content_operator("M"),  content_operator("MP"), content_operator("n"),
        content_operator("q"),   content_operator("Q"),   content_operator("re"), content_operator("RG"), content_operator("rg"),
        content_operator("ri"),  content_operator("s"),   content_operator("S"),  content_operator("SC"), content_operator("sc"),
        content_operator("SCN"), content_operator("scn"), content_operator("sh"), content_operator("T*"), content_operator("Tc"),
        content_operator("Td"),  content_operator("TD"),  content_operator("Tf"), content_operator("Tj"), content_operator("TJ"),
        content_operator("TL"),  content_operator("Tm"),  content_operator("Tr"), content_operator("Ts"), content_operator("Tw"),
        content_operator("Tz"),  content_operator("v"),   content_operator("w"),  content_operator("W"),  content_operator("W*"),
        content_operator("y"),   content_operator("'"),   content_operator("\"")};
    std::ranges::sort(codes);
    return codes;
}();

bool is_device_space(std::string_view name) { return name == "DeviceGray" || name == "DeviceRGB" || name == "DeviceCMYK"; }

DeviceSpace device_of(std::string_view name) {
    return name == "DeviceRGB" ? DeviceSpace::rgb : name == "DeviceCMYK" ? DeviceSpace::cmyk : DeviceSpace::grey;
}

bool blends(const PdfObject& parameters) {
    if (const PdfObject mask = parameters["SMask"]; mask && !mask.is_name("None")) return true;
    for (const PdfObject& mode : parameters["BM"].items())
        if (!mode.is_name("Normal") && !mode.is_name("Compatible")) return true;
    return parameters["ca"].number_or(1) < 1 || parameters["CA"].number_or(1) < 1;
}

} // namespace

std::vector<DrawnThing>& DrawnCollector::list(List which) {
    return which == List::states    ? drawn_.states
           : which == List::objects ? drawn_.objects
           : which == List::spaces  ? drawn_.spaces
                                    : drawn_.patterns;
}

void DrawnCollector::add(List which, const PdfObject& object, const ContentState& state) {
    if (seen_.insert({object.value(), state.resources.value(), static_cast<std::uint32_t>(which)}).second)
        list(which).push_back({object, state.resources, state.owner, state.page});
}

void DrawnCollector::add_device(DeviceSpace space, const ContentState& state) {
    if (ignores_colours()) return;
    if (state.resources.value() != last_resources_) {
        last_resources_ = state.resources.value();
        last_devices_ = 0;
    }
    const unsigned bit = 1u << static_cast<unsigned>(space);
    if (last_devices_ & bit) return;
    last_devices_ |= bit;
    if (seen_.insert({nullptr, state.resources.value(), 16 + static_cast<std::uint32_t>(space)}).second)
        drawn_.devices.push_back({space, state.resources, state.owner, state.page});
}

void DrawnCollector::note(DrawnNote::Kind kind, std::string what, const ContentState& state) {
    if (drawn_.notes.size() < most_notes) drawn_.notes.push_back({kind, std::move(what), state.owner, state.page});
}

PdfObject DrawnCollector::named(std::string_view kind, const ContentOperation& operation, const ContentState& state) {
    if (operation.operands.empty()) return {};
    const PdfName* name = operation.operands.back().as<PdfName>();
    return name ? state.resources[kind][name->text] : PdfObject();
}

void DrawnCollector::needs_resource(std::string_view kind, const ContentOperation& operation, const ContentState& state) {
    const PdfName* name = operation.operands.empty() ? nullptr : operation.operands.front().as<PdfName>();
    needs_resource(kind, name ? std::string_view(name->text) : std::string_view(), state);
}

// The stream names a resource: is it in the stream's own dictionary, or in that of the page or the page tree? ISO 32000-1, 7.8.3;
// ISO 19005-2, 6.2.2.
void DrawnCollector::needs_resource(std::string_view kind, std::string_view name, const ContentState& state) {
    const PdfFile& file = *state.page_object.file();
    const auto is_elsewhere = [&](const PdfObject& from) {
        return !state.resources[kind].has(name) && file.inherited(from, "Resources")[kind].has(name);
    };
    if (state.stream.is_null()) {
        if (state.page_object.has("Resources") ? !is_elsewhere(state.page_object["Parent"])
                                               : !file.inherited(state.page_object, "Resources"))
            return;
        if (seen_.insert({state.page_object.value(), nullptr, 32}).second)
            note(DrawnNote::Kind::borrowed_resources, "the page's content uses the resources of the page tree", state);
        return;
    }
    if (state.source == ContentSource::glyph) drawn_.reliant.insert(state.stream.value()); // its font's are its own
    const bool has_own = state.stream.has("Resources") || state.source == ContentSource::glyph;
    if (has_own && !is_elsewhere(state.page_object)) return;
    if (seen_.insert({state.stream.value(), nullptr, 32}).second)
        note(DrawnNote::Kind::borrowed_resources, "the form's content uses the resources of what draws it", state);
}

void DrawnCollector::look_at_operands(std::span<const PdfValue> operands, const ContentState& state, int depth) {
    for (const PdfValue& operand : operands) {
        if (const std::int64_t* integer = operand.as<std::int64_t>()) {
            if (*integer > 2'147'483'647 || *integer < -2'147'483'648LL)
                note(DrawnNote::Kind::out_of_range, "the integer " + std::to_string(*integer) + " is beyond 32 bits", state);
        } else if (const std::string* text = operand.as<std::string>()) {
            if (text->size() > 32'767) note(DrawnNote::Kind::out_of_range, "a string is longer than 32,767 bytes", state);
        } else if (const double* real = operand.as<double>()) {
            const double size = std::abs(*real);
            if (size > 3.403e38) note(DrawnNote::Kind::out_of_range, "a number is too large", state);
            if (size != 0 && size < 1.175e-38) note(DrawnNote::Kind::out_of_range, "a number is too near to 0", state);
        } else if (const PdfName* name = operand.as<PdfName>()) {
            if (name->text.size() > 127) note(DrawnNote::Kind::out_of_range, "a name is longer than 127 bytes", state);
        } else if (depth > limits::pdf_nesting)
            return;
        else if (const PdfArray* array = operand.array())
            look_at_operands(*array, state, depth + 1);
        else if (const PdfDictionary* dictionary = operand.dictionary())
            for (const auto& [key, value] : *dictionary) {
                if (key.size() > 127) note(DrawnNote::Kind::out_of_range, "a name is longer than 127 bytes", state);
                look_at_operands({&value, 1}, state, depth + 1);
            }
    }
}

void DrawnCollector::use_state(const PdfObject& parameters, const ContentState& state) {
    if (!parameters) return;
    add(List::states, parameters, state);
    if (blends(parameters)) drawn_.transparent_pages.insert(state.page);
    if (const PdfObject group = parameters["SMask"]["G"]; group.is_stream()) add(List::objects, group, state);
}

void DrawnCollector::use_object(const PdfObject& object, const ContentState& state) {
    if (!object) return;
    add(List::objects, object, state);
    if (object.has("SMask") || object["SMaskInData"].integer_or(0) != 0 || object["Group"]["S"].is_name("Transparency"))
        drawn_.transparent_pages.insert(state.page);
    if (const PdfObject mask = object["SMask"]; mask.is_stream()) add(List::objects, mask, state);
    if (const PdfObject mask = object["Mask"]; mask.is_stream()) add(List::objects, mask, state);
    if (object["Subtype"].is_name("Image") && !object["ImageMask"].is_true()) {
        // What lies over it in overprint mode matters for its own colours, too.
        if (const PdfObject space = object["ColorSpace"]; space.is_array()) {
            ContentColour colour;
            colour.resource = space;
            paint_with(colour, state.graphics.overprint_fill, state);
        }
    }
}

void DrawnCollector::use_space(const PdfObject& space, std::string_view name, const ContentState& state) {
    if (ignores_colours()) return;
    if (is_device_space(name)) return add_device(device_of(name), state);
    if (name == "Pattern") return;
    needs_resource("ColorSpace", name, state);
    if (space) add(List::spaces, space, state);
}

void DrawnCollector::use_pattern(const PdfObject& pattern, const ContentState& state) {
    if (!pattern || ignores_colours()) return;
    add(List::patterns, pattern, state);
    if (const PdfObject space = pattern["Shading"]["ColorSpace"]) add(List::spaces, space, state);
    if (const PdfObject parameters = pattern["ExtGState"]; parameters.is_dictionary()) use_state(parameters, state);
}

void DrawnCollector::paint_with(const ContentColour& colour, const PdfObject& overprint, const ContentState& state) {
    // A glyph begins with the colour of the text, which was looked at where that is shown.
    if (ignores_colours() || (colour.is_initial && state.source == ContentSource::glyph)) return;
    if (colour.resource.is_null() && is_device_space(colour.space)) add_device(device_of(colour.space), state);
    if (state.graphics.overprint_mode.integer_or(0) != 1 || !overprint.is_true()) return;
    if (!colour.resource.at(0).is_name("ICCBased") || colour.resource.at(1)["N"].integer_or(0) != 4) return;
    if (seen_.insert({colour.resource.value(), nullptr, 33}).second)
        note(DrawnNote::Kind::overprint_with_icc_cmyk, "an ICC-based CMYK colour overprints in overprint mode 1", state);
}

void DrawnCollector::paint(const ContentState& state, bool fill, bool stroke) {
    if (fill) paint_with(state.graphics.fill, state.graphics.overprint_fill, state);
    if (stroke) paint_with(state.graphics.stroke, state.graphics.overprint_stroke, state);
}

void DrawnCollector::operation(const ContentOperation& operation, const ContentState& state) {
    look_at_operands(operation.operands, state, 0);
    switch (operation.code) {
    case content_operator("q"):
        if (!levels_.empty() && ++levels_.back().depth > most_saved_states) deepest_ = std::max(deepest_, levels_.back().depth);
        break;
    case content_operator("Q"):
        if (!levels_.empty() && levels_.back().depth > 0) --levels_.back().depth;
        break;
    case content_operator("d1"):
        if (!levels_.empty() && state.source == ContentSource::glyph) levels_.back().ignores_colours = true;
        break;
    case content_operator("g"):
    case content_operator("G"): add_device(DeviceSpace::grey, state); break;
    case content_operator("rg"):
    case content_operator("RG"): add_device(DeviceSpace::rgb, state); break;
    case content_operator("k"):
    case content_operator("K"): add_device(DeviceSpace::cmyk, state); break;
    case content_operator("cs"): use_space(state.graphics.fill.resource, state.graphics.fill.space, state); break;
    case content_operator("CS"): use_space(state.graphics.stroke.resource, state.graphics.stroke.space, state); break;
    case content_operator("scn"):
    case content_operator("SCN"):
        if (const PdfName* name = operation.operands.empty() ? nullptr : operation.operands.back().as<PdfName>()) {
            needs_resource("Pattern", name->text, state);
            use_pattern(operation.code == content_operator("scn") ? state.graphics.fill.pattern : state.graphics.stroke.pattern,
                        state);
        }
        break;
    case content_operator("sh"):
        needs_resource("Shading", operation, state);
        if (const PdfObject space = named("Shading", operation, state)["ColorSpace"]) {
            if (space.is_name())
                use_space(state.resources["ColorSpace"][space.name()], space.name(), state);
            else
                add(List::spaces, space, state);
        }
        break;
    case content_operator("gs"):
        needs_resource("ExtGState", operation, state);
        use_state(named("ExtGState", operation, state), state);
        break;
    case content_operator("Do"):
        needs_resource("XObject", operation, state);
        use_object(named("XObject", operation, state), state);
        if (const PdfObject object = named("XObject", operation, state); object["ImageMask"].is_true()) paint(state, true, false);
        break;
    case content_operator("Tf"): needs_resource("Font", operation, state); break;
    case content_operator("Tj"):
    case content_operator("TJ"):
    case content_operator("'"):
    case content_operator("\""): {
        const int mode = state.graphics.rendering_mode;
        paint(state, mode % 4 == 0 || mode % 4 == 2, mode % 4 == 1 || mode % 4 == 2);
        break;
    }
    case content_operator("f"):
    case content_operator("F"):
    case content_operator("f*"): paint(state, true, false); break;
    case content_operator("S"):
    case content_operator("s"): paint(state, false, true); break;
    case content_operator("B"):
    case content_operator("B*"):
    case content_operator("b"):
    case content_operator("b*"): paint(state, true, true); break;
    case content_operator("ri"):
        if (const std::string& intent = state.graphics.rendering_intent; !is_rendering_intent(intent))
            note(DrawnNote::Kind::rendering_intent, intent, state);
        break;
    case inline_image_operator:
        if (!operation.operands.empty()) {
            drawn_.inline_images.push_back(
                {std::make_shared<const PdfValue>(operation.operands[0]), state.resources, state.owner, state.page});
            if (PdfObject(*state.page_object.file(), operation.operands[0], state.owner)["ImageMask"].is_true())
                paint(state, true, false);
        }
        break;
    default:
        if (!std::ranges::binary_search(known_operators, operation.code))
            note(DrawnNote::Kind::unknown_operator, std::string(operation.name.substr(0, 40)), state);
    }
}

void DrawnCollector::stream_begins(const ContentState& state) {
    if (levels_.empty()) deepest_ = 0;
    const bool is_stencil = state.source == ContentSource::pattern && state.stream["PaintType"].integer_or(1) == 2;
    levels_.push_back({0, is_stencil || ignores_colours()});
    if (state.source == ContentSource::appearance && state.stream) use_object(state.stream, state);
}

void DrawnCollector::stream_ends(const ContentState& state) {
    if (!levels_.empty()) levels_.pop_back();
    if (deepest_ > most_saved_states)
        note(DrawnNote::Kind::nested_states, "q stands " + std::to_string(deepest_) + " deep in q", state);
    deepest_ = 0;
}

void DrawnCollector::malformed(const ContentState& state, ContentFault fault, const std::string& what) {
    if (fault == ContentFault::odd_hexadecimal) note(DrawnNote::Kind::odd_hexadecimal, what, state);
    if (fault == ContentFault::foreign_hexadecimal) note(DrawnNote::Kind::foreign_hexadecimal, what, state);
}

void DrawnCollector::append(DrawnCollector&& later) {
    for (const List which : {List::states, List::objects, List::spaces, List::patterns})
        for (DrawnThing& thing : later.list(which))
            if (seen_.insert({thing.object.value(), thing.resources.value(), static_cast<std::uint32_t>(which)}).second)
                list(which).push_back(std::move(thing));
    for (DrawnDevice& device : later.drawn_.devices)
        if (seen_.insert({nullptr, device.resources.value(), 16 + static_cast<std::uint32_t>(device.space)}).second)
            drawn_.devices.push_back(std::move(device));
    std::ranges::move(later.drawn_.inline_images, std::back_inserter(drawn_.inline_images));
    for (DrawnNote& one : later.drawn_.notes)
        if (drawn_.notes.size() < most_notes) drawn_.notes.push_back(std::move(one));
    drawn_.transparent_pages.merge(later.drawn_.transparent_pages);
    drawn_.reliant.merge(later.drawn_.reliant);
}

} // namespace bifolio
