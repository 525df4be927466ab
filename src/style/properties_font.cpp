// Fonts (CSS Fonts 3 and 4).
#include "style/font_face.h"
#include "style/property_builder.h"

#include <array>
#include <cmath>
#include <map>

namespace bifolio {

namespace {

template <class Enum>
using Words = std::vector<std::pair<std::string_view, Enum>>;

OpenTypeFeature feature(std::string_view tag, std::uint32_t value = 1) {
    OpenTypeFeature made;
    std::copy_n(tag.begin(), 4, made.tag.begin());
    made.value = value;
    return made;
}
using Features = std::vector<OpenTypeFeature>;

// ---- family

std::optional<std::string> take_family(ValueReader& in) {
    if (auto quoted = in.take_string()) return quoted;
    std::string name;
    while (auto word = in.take_any_ident()) {
        if (!name.empty()) name += ' ';
        name += *word;
    }
    if (name.empty()) return std::nullopt;
    return name;
}

Setter parse_families(ValueReader& in) {
    std::vector<std::string> families;
    do {
        auto family = take_family(in);
        if (!family) return nullptr;
        families.push_back(std::move(*family));
    } while (in.take_comma());
    return [families](Computing& c) { c.style.computed.font_families = families; };
}

// ---- size

// Fonts 3 §3.5 with “medium” at 12 pt
const Words<double>& absolute_sizes() {
    static const Words<double> sizes{
        {"xx-small", 12 * 3 / 5.0}, {"x-small", 12 * 3 / 4.0}, {"small", 12 * 8 / 9.0}, {"medium", 12},
        {"large", 12 * 6 / 5.0},    {"x-large", 12 * 3 / 2.0}, {"xx-large", 24},        {"xxx-large", 36}};
    return sizes;
}

Setter parse_size(ValueReader& in) {
    const auto set = [](Computing& c, double points) {
        c.style.computed.font_size = to_length(std::clamp(points, 0.0, 10'000.0));
    };
    if (const auto size = in.take_keyword(absolute_sizes())) return [set, size = *size](Computing& c) { set(c, size); };
    const bool larger = in.take_ident("larger");
    if (larger || in.take_ident("smaller"))
        return [set, larger](Computing& c) { set(c, c.parent.computed.font_size.in_pt() * (larger ? 1.2 : 1 / 1.2)); };
    const auto length = in.take_length(Percent::allowed, Negative::refused);
    if (!length) return nullptr;
    return [set, length = *length](Computing& c) { // relative to the parent; so is the context in this phase
        const Resolved resolved = length.resolve(c.lengths);
        set(c, resolved.points + resolved.percent / 100 * c.lengths.font_size);
    };
}

// ---- weight, style, width

Setter parse_weight(ValueReader& in) {
    static const Words<int> words{{"normal", 400}, {"bold", 700}};
    if (const auto weight = in.take_keyword(words))
        return [weight = *weight](Computing& c) { c.style.computed.font_weight = weight; };
    const bool bolder = in.take_ident("bolder");
    if (bolder || in.take_ident("lighter"))
        return [bolder](Computing& c) { // Fonts 4 §2.2.1
            const int weight = c.parent.computed.font_weight;
            c.style.computed.font_weight = bolder ? (weight < 350   ? 400
                                                     : weight < 550 ? 700
                                                                    : std::max(900, weight))
                                                  : (weight < 100   ? weight
                                                     : weight < 550 ? 100
                                                     : weight < 750 ? 400
                                                                    : 700);
        };
    const std::size_t from = in.position();
    const auto number = in.take_number();
    if (number && *number >= 1 && *number <= 1000)
        return [number](Computing& c) { c.style.computed.font_weight = static_cast<int>(std::round(*number)); };
    in.go_to(from);
    return nullptr;
}

Setter parse_style(ValueReader& in) {
    if (in.take_ident("normal")) return [](Computing& c) { c.style.computed.font_style = FontStyle::normal; };
    if (in.take_ident("italic")) return [](Computing& c) { c.style.computed.font_style = FontStyle::italic; };
    if (!in.take_ident("oblique")) return nullptr;
    const ComponentValue* angle = in.peek();
    if (angle && angle->type == TokenType::dimension && equals_ignoring_ascii_case(angle->text, "deg")) in.take();
    return [](Computing& c) { c.style.computed.font_style = FontStyle::oblique; };
}

} // namespace

const std::vector<std::pair<std::string_view, double>>& font_stretch_words() {
    static const Words<double> words{{"normal", 1},      {"ultra-condensed", .5},  {"extra-condensed", .625},
                                     {"condensed", .75}, {"semi-condensed", .875}, {"semi-expanded", 1.125},
                                     {"expanded", 1.25}, {"extra-expanded", 1.5},  {"ultra-expanded", 2}};
    return words;
}

namespace {

Setter parse_stretch(ValueReader& in) {
    std::optional<double> share = in.take_keyword(font_stretch_words());
    if (!share) {
        share = in.take_percentage();
        if (!share || *share < 0) return nullptr;
        *share = std::min(*share / 100, 10.0);
    }
    return [share = *share](Computing& c) { c.style.computed.font_stretch = share; };
}

// ---- variants

struct VariantWord {
    std::string_view word;
    std::vector<std::string_view> tags;
    std::uint32_t value = 1;
};

// One or more of the words; `alone` ones (normal, none) stand by themselves.
std::function<Setter(ValueReader&)> variant_parser(std::vector<VariantWord> words, std::vector<VariantWord> alone,
                                                   Features FontVariants::*member) {
    return [=](ValueReader& in) -> Setter {
        const auto add = [](const VariantWord& word, Features& features) {
            for (const std::string_view tag : word.tags) features.push_back(feature(tag, word.value));
        };
        Features features;
        for (const VariantWord& one : alone)
            if (in.take_ident(one.word)) {
                add(one, features);
                return [features, member](Computing& c) { c.style.variants.*member = features; };
            }
        bool any = false;
        for (bool taken = true; taken;) {
            taken = false;
            for (const VariantWord& one : words)
                if (in.take_ident(one.word)) {
                    add(one, features);
                    any = taken = true;
                }
        }
        if (!any) return nullptr;
        return [features, member](Computing& c) { c.style.variants.*member = features; };
    };
}

struct VariantRow {
    std::string name;
    Features FontVariants::*member;
    std::vector<VariantWord> words, alone;
};

const std::vector<VariantRow>& variant_rows() {
    static const std::vector<VariantRow> rows{
        {"font-variant-caps",
         &FontVariants::caps,
         {},
         {{"normal", {}},
          {"small-caps", {"smcp"}},
          {"all-small-caps", {"smcp", "c2sc"}},
          {"petite-caps", {"pcap"}},
          {"all-petite-caps", {"pcap", "c2pc"}},
          {"unicase", {"unic"}},
          {"titling-caps", {"titl"}}}},
        {"font-variant-numeric",
         &FontVariants::numeric,
         {{"lining-nums", {"lnum"}},
          {"oldstyle-nums", {"onum"}},
          {"proportional-nums", {"pnum"}},
          {"tabular-nums", {"tnum"}},
          {"diagonal-fractions", {"frac"}},
          {"stacked-fractions", {"afrc"}},
          {"ordinal", {"ordn"}},
          {"slashed-zero", {"zero"}}},
         {{"normal", {}}}},
        {"font-variant-ligatures",
         &FontVariants::ligatures,
         {{"common-ligatures", {"liga", "clig"}},
          {"no-common-ligatures", {"liga", "clig"}, 0},
          {"discretionary-ligatures", {"dlig"}},
          {"no-discretionary-ligatures", {"dlig"}, 0},
          {"historical-ligatures", {"hlig"}},
          {"no-historical-ligatures", {"hlig"}, 0},
          {"contextual", {"calt"}},
          {"no-contextual", {"calt"}, 0}},
         {{"normal", {}}, {"none", {"liga", "clig", "dlig", "hlig", "calt"}, 0}}},
        {"font-variant-position", &FontVariants::position, {}, {{"normal", {}}, {"sub", {"subs"}}, {"super", {"sups"}}}},
        {"font-variant-east-asian",
         &FontVariants::east_asian,
         {{"jis78", {"jp78"}},
          {"jis83", {"jp83"}},
          {"jis90", {"jp90"}},
          {"jis04", {"jp04"}},
          {"simplified", {"smpl"}},
          {"traditional", {"trad"}},
          {"full-width", {"fwid"}},
          {"proportional-width", {"pwid"}},
          {"ruby", {"ruby"}}},
         {{"normal", {}}}},
        {"font-variant-alternates", &FontVariants::alternates, {{"historical-forms", {"hist"}}}, {{"normal", {}}}},
        {"font-kerning", &FontVariants::kerning, {}, {{"auto", {}}, {"normal", {"kern"}}, {"none", {"kern"}, 0}}},
    };
    return rows;
}

Setter parse_feature_settings(ValueReader& in) {
    if (in.take_ident("normal")) return [](Computing& c) { c.style.variants.settings.clear(); };
    Features features;
    do {
        const auto tag = in.take_string();
        if (!tag || tag->size() != 4) return nullptr;
        std::optional<int> value = 1;
        if (in.take_ident("off"))
            value = 0;
        else if (!in.take_ident("on") && in.peek() && in.peek()->type == TokenType::number)
            value = in.take_integer(0);
        if (!value) return nullptr;
        features.push_back(feature(*tag, static_cast<std::uint32_t>(*value)));
    } while (in.take_comma());
    return [features](Computing& c) { c.style.variants.settings = features; };
}

Setter parse_variation_settings(ValueReader& in) {
    if (in.take_ident("normal")) return [](Computing& c) { c.style.computed.font_variations.clear(); };
    std::map<std::array<char, 4>, double> settings; // the last one of an axis counts
    do {
        const auto tag = in.take_string();
        const auto value = tag && tag->size() == 4 ? in.take_number() : std::nullopt;
        if (!value) return nullptr;
        settings[feature(*tag).tag] = std::clamp(*value, -32'768.0, 32'767.0);
    } while (in.take_comma());
    std::vector<FontAxisSetting> variations;
    for (const auto& [tag, value] : settings) variations.push_back({tag, value});
    return [variations](Computing& c) { c.style.computed.font_variations = variations; };
}

void add_variants(PropertyBuilder& b) {
    std::vector<PropertyId> ids;
    for (const VariantRow& row : variant_rows()) {
        const auto member = row.member;
        const PropertyId id = b.longhand(
            row.name, inherited, [member](auto& s) -> auto& { return s.variants.*member; },
            variant_parser(row.words, row.alone, member));
        if (row.name != "font-kerning") ids.push_back(id);
    }
    b.longhand(
        "font-feature-settings", inherited, [](auto& s) -> auto& { return s.variants.settings; }, parse_feature_settings);
    b.longhand(
        "font-variation-settings", inherited, [](auto& s) -> auto& { return s.computed.font_variations; },
        parse_variation_settings, Phase::font);
    // normal, none, or any values of the longhands but “normal” itself
    b.shorthand("font-variant", ids, [&table = b.table(), ids](ValueReader& in, Expansion& out) {
        std::vector<Setter> setters(ids.size());
        const bool none = in.take_ident("none");
        if (!none && !in.take_ident("normal")) {
            while (!in.at_end()) {
                bool taken = false;
                for (std::size_t at = 0; at < ids.size() && !taken; ++at)
                    if (!setters[at] && (setters[at] = table.at(ids[at]).parse(in))) taken = true;
                if (!taken) return false;
            }
        }
        for (std::size_t at = 0; at < ids.size(); ++at)
            out.values.push_back(setters[at] ? LonghandValue{ids[at], setters[at]} : PropertyBuilder::initially(table, ids[at]));
        if (none)
            out.values.push_back({ids[2], [](Computing& c) {
                                      c.style.variants.ligatures = {feature("liga", 0), feature("clig", 0), feature("dlig", 0),
                                                                    feature("hlig", 0), feature("calt", 0)};
                                  }});
        return true;
    });
}

// ---- font: [style || variant || weight || stretch]? size [/ line-height]? family

struct FontIds {
    PropertyId style, weight, stretch, size, family, caps, line_height;
};

bool expand_font(ValueReader& in, Expansion& out, const PropertyTable& table, const FontIds& ids,
                 const std::vector<PropertyId>& all) {
    for (const std::string_view system : {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"})
        if (in.take_ident(system)) return true; // the fonts of a screen's furniture
    std::vector<LonghandValue> given;
    const std::array<PropertyId, 4> first{ids.style, ids.caps, ids.weight, ids.stretch};
    // Here a percentage is the size, never the width.
    const auto is_size = [&] { return in.peek() && in.peek()->type == TokenType::percentage; };
    for (int count = 0; count < 4 && !is_size(); ++count) {
        if (in.take_ident("normal")) continue;
        for (const PropertyId one : first)
            if (Setter set = table.at(one).parse(in)) {
                given.push_back({one, std::move(set)});
                break;
            }
    }
    Setter size = table.at(ids.size).parse(in);
    if (!size) return false;
    given.push_back({ids.size, std::move(size)});
    if (in.take_slash()) {
        Setter height = table.at(ids.line_height).parse(in);
        if (!height) return false;
        given.push_back({ids.line_height, std::move(height)});
    }
    Setter families = table.at(ids.family).parse(in);
    if (!families) return false;
    given.push_back({ids.family, std::move(families)});
    for (const PropertyId one : all) out.values.push_back(PropertyBuilder::initially(table, one));
    out.values.insert(out.values.end(), given.begin(), given.end());
    return true;
}

} // namespace

void add_font_properties(PropertyBuilder& b) {
    FontIds ids{};
    ids.family = b.longhand(
        "font-family", inherited, [](auto& s) -> auto& { return s.computed.font_families; }, parse_families, Phase::font);
    ids.size = b.longhand(
        "font-size", inherited, [](auto& s) -> auto& { return s.computed.font_size; }, parse_size, Phase::font_size);
    ids.weight = b.longhand(
        "font-weight", inherited, [](auto& s) -> auto& { return s.computed.font_weight; }, parse_weight, Phase::font);
    ids.style = b.longhand(
        "font-style", inherited, [](auto& s) -> auto& { return s.computed.font_style; }, parse_style, Phase::font);
    ids.stretch = b.longhand(
        "font-stretch", inherited, [](auto& s) -> auto& { return s.computed.font_stretch; }, parse_stretch, Phase::font);
    b.longhand(
        "font-width", inherited, [](auto& s) -> auto& { return s.computed.font_stretch; }, parse_stretch, Phase::font);
    add_variants(b);
    ids.caps = b.id("font-variant-caps");
    ids.line_height = b.id("line-height");
    std::vector<PropertyId> all{ids.style,
                                ids.weight,
                                ids.stretch,
                                ids.size,
                                ids.line_height,
                                ids.family,
                                b.id("font-kerning"),
                                b.id("font-feature-settings"),
                                b.id("font-variation-settings")};
    for (const PropertyId one : b.table().at(b.id("font-variant")).longhands) all.push_back(one);
    b.shorthand("font", all, [&table = b.table(), ids, all](ValueReader& in, Expansion& out) {
        return expand_font(in, out, table, ids, all);
    });
}

} // namespace bifolio
