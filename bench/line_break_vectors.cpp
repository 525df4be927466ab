#include "line_break_vectors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace bifolio::bench {

namespace {

using Json = nlohmann::json;
using Kind = ParagraphItem::Kind;

void set_stretch(ParagraphItem& item, const Json& stretch) {
    if (!stretch.is_string()) {
        item.stretch = Length::from_sp(stretch.get<std::int64_t>());
        return;
    }
    static const std::vector<std::string> orders{"", "fil", "fill", "filll"};
    const auto order = std::find(orders.begin(), orders.end(), stretch.get<std::string>());
    if (order == orders.end()) throw std::runtime_error("unknown stretch " + stretch.dump());
    item.stretch = Length::pt(1);
    item.stretch_order = static_cast<std::uint8_t>(order - orders.begin());
}

ParagraphItem item_of(const Json& j) {
    ParagraphItem item;
    const std::string kind = j.at(0);
    item.width = Length::from_sp(j.at(1).get<std::int64_t>());
    if (kind == "glue") {
        item.kind = Kind::glue;
        set_stretch(item, j.at(2));
        item.shrink = Length::from_sp(j.at(3).get<std::int64_t>());
    } else if (kind == "penalty") {
        item.kind = Kind::penalty;
        item.penalty = j.at(2);
        item.flagged = j.at(3).is_boolean() ? j.at(3).get<bool>() : j.at(3).get<int>() != 0;
    } else if (kind != "box") {
        throw std::runtime_error("unknown item " + kind);
    }
    return item;
}

LineBreakVector vector_of(const Json& j) {
    LineBreakVector out;
    out.id = j.value("id", "");
    for (const Json& item : j.at("items")) out.items.push_back(item_of(item));
    out.shape = {{}, Length::from_sp(j.at("hsize").get<std::int64_t>())};
    LineBreakSettings& settings = out.settings;
    settings.pretolerance = -1;
    settings.tolerance = j.at("tolerance");
    settings.looseness = j.value("looseness", 0);
    settings.line_penalty = j.value("linepenalty", 10);
    settings.adjacent_demerits = j.value("adjdemerits", 10'000);
    settings.double_hyphen_demerits = j.value("doublehyphendemerits", 10'000);
    settings.final_hyphen_demerits = j.value("finalhyphendemerits", 5'000);
    const Json& expect = j.at("expect");
    out.breaks = expect.at("breaks").get<std::vector<std::uint32_t>>();
    out.demerits = expect.at("demerits");
    if (expect.contains("ratios")) out.ratios = expect.at("ratios").get<std::vector<double>>();
    return out;
}

// TeX §108.
int badness(std::int64_t shortfall, std::int64_t total) {
    if (shortfall == 0) return 0;
    if (total <= 0) return 10'000;
    const std::int64_t r = shortfall <= 7'230'584 ? shortfall * 297 / total
                           : total >= 1'663'497   ? shortfall / (total / 297)
                                                  : shortfall;
    return r > 1290 ? 10'000 : static_cast<int>((r * r * r + 131'072) / 262'144);
}

struct Line {
    std::int64_t natural = 0, stretch = 0, shrink = 0;
    bool fills = false;
};

Line line_between(const std::vector<ParagraphItem>& items, std::uint32_t begin, std::uint32_t end) {
    Line line;
    for (std::uint32_t i = begin; i < end; ++i) {
        const ParagraphItem& item = items[i];
        if (item.kind == Kind::penalty) continue;
        line.natural += item.width.sp();
        if (item.kind != Kind::glue) continue;
        line.shrink += item.shrink.sp();
        if (item.stretch_order > 0)
            line.fills |= item.stretch != Length();
        else
            line.stretch += item.stretch.sp();
    }
    if (end < items.size() && items[end].kind == Kind::penalty) line.natural += items[end].width.sp();
    return line;
}

} // namespace

std::vector<LineBreakVector> read_line_break_vectors(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<LineBreakVector> out;
    for (const std::filesystem::path& file : files) {
        std::ifstream stream(file);
        const Json all = Json::parse(stream);
        // A folder may hold other lists (words with their hyphens) beside the paragraphs.
        if (!all.is_array() || all.empty() || !all.front().is_object() || !all.front().contains("items")) continue;
        for (const Json& one : all) out.push_back(vector_of(one));
    }
    return out;
}

std::int64_t demerits_of(const LineBreakVector& paragraph, const std::vector<std::uint32_t>& breaks) {
    const std::vector<ParagraphItem>& items = paragraph.items;
    const LineBreakSettings& settings = paragraph.settings;
    std::int64_t sum = 0;
    std::uint32_t begin = 0;
    int fitness_before = 1; // decent
    bool hyphen_before = false;
    for (std::size_t n = 0; n < breaks.size(); ++n) {
        const std::uint32_t end = breaks[n];
        const bool last = n + 1 == breaks.size();
        if (end > items.size() || (end < begin && n > 0)) return -1;
        const bool at_end = end >= items.size();
        const bool at_penalty = !at_end && items[end].kind == Kind::penalty && items[end].penalty < infinite_penalty;
        const bool at_glue = !at_end && items[end].kind == Kind::glue && end > 0 && items[end - 1].kind == Kind::box;
        if (!at_end && !at_penalty && !at_glue) return -1;

        const Line line = line_between(items, begin, end);
        const std::int64_t shortfall = paragraph.shape.width.sp() - line.natural;
        int bad = 0, fitness = 1;
        if (shortfall > 0) {
            bad = line.fills ? 0 : badness(shortfall, line.stretch);
            fitness = bad > 99 ? 3 : bad > 12 ? 2 : 1;
        } else {
            if (-shortfall > line.shrink) return -1;
            bad = badness(-shortfall, line.shrink);
            fitness = bad > 12 ? 0 : 1;
        }
        if (bad > settings.tolerance) return -1;

        std::int64_t d = settings.line_penalty + bad;
        d = std::abs(d) >= 10'000 ? 100'000'000 : d * d;
        const std::int64_t penalty = at_penalty ? std::max(items[end].penalty, forced_break) : at_end ? forced_break : 0;
        if (penalty > 0)
            d += penalty * penalty;
        else if (penalty > forced_break)
            d -= penalty * penalty;
        const bool hyphen = (at_penalty && items[end].flagged) || last; // TeX breaks the last line as if hyphenated (§873)
        if (hyphen && hyphen_before) d += last ? settings.final_hyphen_demerits : settings.double_hyphen_demerits;
        if (std::abs(fitness - fitness_before) > 1) d += settings.adjacent_demerits;
        sum += d;
        fitness_before = fitness;
        hyphen_before = hyphen;
        for (begin = end + 1; begin < items.size() && items[begin].kind != Kind::box &&
                              !(items[begin].kind == Kind::penalty && items[begin].penalty <= forced_break);)
            ++begin;
    }
    return begin >= items.size() ? sum : -1;
}

} // namespace bifolio::bench
