#include "impose/impose.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace bifolio {

namespace {

// A page in the middle of its part of the sheet, no page where there is none of this number; made smaller only when it is larger
// than that.
PlacedPage place_page(const Pages& pages, std::size_t number, Length left, Length width, Length height) {
    PlacedPage placed;
    Length page_width = width, page_height = height;
    if (number < pages.pages.size()) {
        placed.page = PageIndex{static_cast<std::uint32_t>(number)};
        page_width = pages.pages[number].width;
        page_height = pages.pages[number].height;
    }
    if (page_width > Length() && page_height > Length()) placed.scale = std::min({1.0, width / page_width, height / page_height});
    placed.at.x = left + (width - page_width.scaled(placed.scale)) / 2;
    placed.at.y = (height - page_height.scaled(placed.scale)) / 2;
    return placed;
}

bool ends_with_back_cover(const Pages& pages) {
    if (!pages.book || pages.pages.empty()) return false;
    const std::vector<BookSection>& sections = pages.book->sections;
    const std::uint32_t section = pages.pages.back().section;
    return section < sections.size() && sections[section].kind == SectionKind::back_cover;
}

// Two pages on each side; the outermost sheet holds the first and the last page. The blanks that pad the booklet stand at its
// end, or before a back cover, which is on the outside.
void impose_booklet(const Pages& pages, const SheetPlan& plan, Sheets& out) {
    const std::size_t count = (pages.pages.size() + 3) / 4 * 4;
    out.blanks = count - pages.pages.size();
    const std::size_t blank_at = pages.pages.size() - (ends_with_back_cover(pages) ? 1 : 0);
    const auto page_at = [&](std::size_t place) {
        if (place < blank_at) return place;
        return place < blank_at + out.blanks ? pages.pages.size() : place - out.blanks;
    };
    const Length half = plan.width / 2;
    const auto side = [&](std::size_t low, std::size_t high, bool low_on_left) {
        if (plan.right_to_left) low_on_left = !low_on_left;
        SheetSide made;
        made.pages.push_back(place_page(pages, page_at(low_on_left ? low : high), Length(), half, plan.height));
        made.pages.push_back(place_page(pages, page_at(low_on_left ? high : low), half, half, plan.height));
        return made;
    };
    for (std::size_t i = 0; i < count / 4; ++i)
        out.sheets.push_back({side(2 * i, count - 1 - 2 * i, false), side(2 * i + 1, count - 2 - 2 * i, true)});
}

void impose_single(const Pages& pages, const SheetPlan& plan, Sheets& out) {
    for (std::size_t i = 0; i < pages.pages.size(); i += 2) {
        Sheet sheet;
        sheet.front.pages.push_back(place_page(pages, i, Length(), plan.width, plan.height));
        if (i + 1 < pages.pages.size()) sheet.back.pages.push_back(place_page(pages, i + 1, Length(), plan.width, plan.height));
        out.sheets.push_back(std::move(sheet));
    }
}

std::string millimetres(Length length) {
    std::array<char, 32> buffer{};
    // Hundredths of a millimetre, rounded; no locale.
    const std::int64_t value = (length.sp() * 2540 / 72 + (length.sp() < 0 ? -32768 : 32768)) / 65536;
    const std::int64_t size = value < 0 ? -value : value;
    std::snprintf(buffer.data(), buffer.size(), "%s%lld.%02lld", value < 0 ? "-" : "", static_cast<long long>(size / 100),
                  static_cast<long long>(size % 100));
    return buffer.data();
}

void dump_side(const char* name, const SheetSide& side, std::string& out) {
    out += std::string("  ") + name + ":";
    for (const PlacedPage& page : side.pages) {
        out += page.page ? " page " + std::to_string(index(*page.page) + 1) : std::string(" blank");
        out += " at " + millimetres(page.at.x) + "," + millimetres(page.at.y);
        if (page.scale < 1) out += " × " + std::to_string(static_cast<int>(page.scale * 1000 + 0.5)) + "/1000";
        if (page.upside_down) out += " upside down";
        if (&page != &side.pages.back()) out += ";";
    }
    out += "\n";
}

} // namespace

Sheets impose(const Pages& pages, const SheetPlan& plan) {
    Sheets out;
    out.width = plan.width;
    out.height = plan.height;
    switch (plan.fold) {
    case Fold::booklet: impose_booklet(pages, plan, out); break;
    case Fold::none: impose_single(pages, plan, out); break;
    }
    return out;
}

std::string dump(const Sheets& sheets) {
    std::string out = std::to_string(sheets.sheets.size()) + " sheets " + millimetres(sheets.width) + " × " +
                      millimetres(sheets.height) + " mm, " + std::to_string(sheets.blanks) + " blanks\n";
    for (std::size_t i = 0; i < sheets.sheets.size(); ++i) {
        out += "sheet " + std::to_string(i + 1) + "\n";
        dump_side("front", sheets.sheets[i].front, out);
        dump_side("back", sheets.sheets[i].back, out);
    }
    return out;
}

} // namespace bifolio
