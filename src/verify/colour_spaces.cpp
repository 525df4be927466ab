#include "verify/colour_spaces.h"

#include "base/utf8.h"
#include "verify/icc_profile.h"

#include <algorithm>

namespace bifolio {

namespace {

using Kind = ColourFact::Kind;

constexpr int deepest_space = 8;            // colour spaces in one another; four can mean something
constexpr std::int64_t most_colorants = 32; // ISO 32000-1, annex C

std::string_view written_out(std::string_view name) { // inline images abbreviate
    return name == "G"      ? "DeviceGray"
           : name == "RGB"  ? "DeviceRGB"
           : name == "CMYK" ? "DeviceCMYK"
           : name == "I"    ? "Indexed"
                            : name;
}

std::string_view name_of(DeviceSpace device) {
    return device == DeviceSpace::rgb ? "DeviceRGB" : device == DeviceSpace::cmyk ? "DeviceCMYK" : "DeviceGray";
}

bool is_process_colorant(std::string_view name) {
    return name == "None" || name == "Cyan" || name == "Magenta" || name == "Yellow" || name == "Black";
}

bool same_content(const PdfObject& a, const PdfObject& b, int& budget) { // budget: of values to compare, against circles
    if (a.value() == b.value()) return true;
    if (--budget < 0 || a.is_null() != b.is_null()) return false;
    if (a.is_null()) return true;
    if (a.is_array()) {
        if (!b.is_array() || a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!same_content(a.at(i), b.at(i), budget)) return false;
        return true;
    }
    if (a.is_dictionary()) {
        if (!b.is_dictionary() || a.is_stream() != b.is_stream()) return false;
        const auto left_out = [&](std::string_view key) {
            return a.is_stream() && (key == "Length" || key == "Filter" || key == "DecodeParms");
        };
        const auto covers = [&](const PdfObject& x, const PdfObject& y) {
            for (std::size_t i = 0; i < x.size(); ++i)
                if (!left_out(x.key(i)) && !same_content(x.entry(i), y[x.key(i)], budget)) return false;
            return true;
        };
        return covers(a, b) && covers(b, a) && (!a.is_stream() || a.file()->decoded(a).bytes == b.file()->decoded(b).bytes);
    }
    if (a.number() || b.number()) return a.number() == b.number();
    if (a.is_name() || b.is_name()) return a.is_name() && b.is_name() && a.name() == b.name();
    if (a.is_string() || b.is_string()) return a.is_string() && b.is_string() && a.bytes() == b.bytes();
    return a.is_true() == b.is_true();
}

} // namespace

bool have_same_content(const PdfObject& a, const PdfObject& b) {
    int budget = 10'000;
    return same_content(a, b, budget);
}

void ColourExaminer::add(Kind kind, std::string what, const Place& place, ObjectId object) {
    facts_.push_back({kind, DeviceSpace::grey, std::move(what), object ? object : place.owner, place.page});
}

void ColourExaminer::look_at(const PdfObject& space, const PdfObject& resources, std::string_view what, ObjectId owner,
                             std::size_t page) {
    if (space) follow(space, {resources, std::string(what), owner, page}, 0);
}

void ColourExaminer::look_at_drawn(const Drawn& drawn) {
    for (const DrawnDevice& one : drawn.devices) look_at_device(one.space, {one.resources, "content", one.owner, one.page}, 0);
    for (const DrawnThing& one : drawn.spaces) look_at(one.object, one.resources, "content", one.owner, one.page);
    std::set<const PdfValue*> masks; // grey by definition, and no colours
    for (const DrawnThing& one : drawn.objects)
        if (const PdfObject mask = one.object["SMask"]) masks.insert(mask.value());
    for (const DrawnThing& one : drawn.objects) {
        const PdfObject& object = one.object;
        if (masks.contains(object.value())) continue;
        const PdfObject own = object.has("Resources") ? object["Resources"] : one.resources;
        if (object["Subtype"].is_name("Image") && !object["ImageMask"].is_true())
            look_at(object["ColorSpace"], one.resources, "a picture", object.holder(), one.page);
        if (object["Group"]["S"].is_name("Transparency"))
            look_at(object["Group"]["CS"], own, "a group", object.holder(), one.page);
    }
    for (const DrawnInline& one : drawn.inline_images) {
        const PdfObject image(file_, *one.dictionary, one.owner);
        if (!image["ImageMask"].is_true()) look_at(image["ColorSpace"], one.resources, "an inline picture", one.owner, one.page);
    }
    for (std::size_t i = 0; i < file_.pages().size(); ++i) {
        const PdfObject page = file_.pages()[i];
        if (const PdfObject group = page["Group"]["CS"])
            look_at(group, file_.inherited(page, "Resources"), "the page's group", page.id(), i + 1);
    }
}

void ColourExaminer::follow(const PdfObject& space, const Place& place, int depth) {
    if (depth > deepest_space)
        return add(Kind::malformed, "colour spaces stand in one another too deeply", place, space.holder());
    if (space.is_array()) return follow_array(space, place, depth);
    if (!space.is_name()) return;
    const std::string_view name = written_out(space.name());
    if (name == "DeviceGray") return look_at_device(DeviceSpace::grey, place, depth);
    if (name == "DeviceRGB") return look_at_device(DeviceSpace::rgb, place, depth);
    if (name == "DeviceCMYK") return look_at_device(DeviceSpace::cmyk, place, depth);
    if (const PdfObject named = place.resources["ColorSpace"][name]) follow(named, place, depth + 1);
}

void ColourExaminer::look_at_device(DeviceSpace device, const Place& place, int depth) {
    const std::string_view key = device == DeviceSpace::rgb    ? "DefaultRGB"
                                 : device == DeviceSpace::cmyk ? "DefaultCMYK"
                                                               : "DefaultGray";
    const PdfObject standing_in = place.resources["ColorSpace"][key];
    if (standing_in.is_array()) { // a name would be a device space again
        if (depth == 0 || !devices_.contains({device, standing_in.value()})) {
            devices_.insert({device, standing_in.value()});
            follow(standing_in, {{}, place.what, place.owner, place.page}, depth + 1);
        }
        return;
    }
    if (!devices_.insert({device, place.resources.value()}).second) return;
    facts_.push_back(
        {Kind::device, device, std::string(name_of(device)) + " is used (" + place.what + ")", place.owner, place.page});
}

void ColourExaminer::follow_array(const PdfObject& space, const Place& place, int depth) {
    const std::string_view family = written_out(space.at(0).name());
    // The same space may lead to other device spaces where other defaults are set.
    if (!seen_.insert({space.value(), place.resources["ColorSpace"].value()}).second) return;
    if (family == "ICCBased")
        look_at_profile(space, place);
    else if (family == "Indexed" || family == "Pattern")
        follow(space.at(1), place, depth + 1);
    else if (family == "Separation")
        look_at_separation(space, place, depth);
    else if (family == "DeviceN")
        look_at_device_n(space, place, depth);
    else if (family == "DeviceGray" || family == "DeviceRGB" || family == "DeviceCMYK")
        follow(space.at(0), place, depth + 1);
    else if (family != "CalGray" && family != "CalRGB" && family != "Lab")
        add(Kind::malformed, "there is no colour space of the family ‘" + with_replacements(family) + "’", place, space.holder());
}

void ColourExaminer::look_at_profile(const PdfObject& space, const Place& place) {
    const PdfObject stream = space.at(1);
    if (!profiles_.insert(stream.value()).second) return;
    if (!stream.is_stream()) return add(Kind::bad_profile, "an ICCBased colour space has no profile", place, space.holder());
    const IccHeader header = icc_header_of(stream);
    if (!header.may_be_input())
        add(Kind::bad_profile,
            header.whole ? "the profile is of class ‘" + with_replacements(header.profile_class) + "’, colour space ‘" +
                               with_replacements(header.colour_space) + "’, version " + std::to_string(header.version)
                         : "the profile is damaged or no ICC profile",
            place, stream.holder());
    else if (stream["N"].integer_or(0) != header.components())
        add(Kind::wrong_components,
            "N is " + std::to_string(stream["N"].integer_or(0)) + ", the profile's colours have " +
                std::to_string(header.components()) + " components",
            place, stream.holder());
}

void ColourExaminer::look_at_separation(const PdfObject& space, const Place& place, int depth) {
    const std::string name(space.at(1).name());
    if (first_invalid_utf8(name) != std::string::npos)
        add(Kind::bad_name, "a colorant's name is not UTF-8", place, space.holder());
    const auto [found, is_new] = separations_.emplace(name, space);
    if (!is_new && !differing_.contains(name)) {
        const PdfObject& first = found->second;
        if (!have_same_content(first.at(2), space.at(2)) || !have_same_content(first.at(3), space.at(3))) {
            differing_.insert(name);
            add(Kind::differing_separation,
                "the colorant ‘" + with_replacements(name) + "’ has differing alternates or tint transforms", place,
                space.holder());
        }
    }
    follow(space.at(2), place, depth + 1);
}

void ColourExaminer::look_at_device_n(const PdfObject& space, const Place& place, int depth) {
    const PdfObject names = space.at(1), colorants = space.at(4)["Colorants"];
    const std::vector<PdfObject> process = space.at(4)["Process"]["Components"].items();
    const auto needs_entry = [&](std::string_view name) {
        return !is_process_colorant(name) &&
               std::ranges::none_of(process, [&](const PdfObject& one) { return one.name() == name; });
    };
    if (static_cast<std::int64_t>(names.size()) > most_colorants)
        add(Kind::many_colorants, "a DeviceN colour space has " + std::to_string(names.size()) + " colorants", place,
            space.holder());
    for (const PdfObject& name : names.items()) {
        if (first_invalid_utf8(name.name()) != std::string::npos)
            add(Kind::bad_name, "a colorant's name is not UTF-8", place, space.holder());
        else if (needs_entry(name.name()) && !colorants.has(name.name())) {
            add(Kind::undescribed_colorant, "the colorant ‘" + std::string(name.name()) + "’ has no entry in Colorants", place,
                space.holder());
            break;
        }
    }
    for (std::size_t i = 0; i < colorants.size() && colorants.is_dictionary(); ++i)
        if (colorants.entry(i).is_array()) follow(colorants.entry(i), place, depth + 1);
    if (const PdfObject of_process = space.at(4)["Process"]["ColorSpace"]) follow(of_process, place, depth + 1);
    follow(space.at(2), place, depth + 1);
}

} // namespace bifolio
