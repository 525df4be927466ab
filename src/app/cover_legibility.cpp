#include "app/cover_legibility.h"

#include "base/utf8.h"
#include "layout/text/glyph_outline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace bifolio {

namespace {

// Letters of alphabets with capitals, as they stand in titles: Latin, Greek, Cyrillic, Armenian with what extends them.
bool has_capitals(char32_t c) {
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xc0 && c <= 0x24f) || (c >= 0x370 && c <= 0x52f) ||
           (c >= 0x531 && c <= 0x587) || (c >= 0x1e00 && c <= 0x1fff);
}

bool inside(const NodeId node, const Book& book, std::string_view wanted) {
    for (NodeId at = node; at != no_node; at = book.node(at).parent)
        if (has_class(book.node(at), wanted)) return true;
    return false;
}

struct Rect {
    Length left, top, right, bottom;
    bool contains(const Rect& other) const {
        return left <= other.left && top <= other.top && right >= other.right && bottom >= other.bottom;
    }
    bool meets(const Rect& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

// All colours that lie behind the rectangle when the first `count` items are painted on white paper.
std::vector<Colour> behind(const Page& page, std::size_t count, const Rect& rect) {
    std::vector<Colour> colours{Colour::white()};
    for (std::size_t i = 0; i < count; ++i) {
        const auto* box = std::get_if<BoxDecoration>(&page.items[i].item);
        if (!box || box->background.is_invisible()) continue;
        const PagePoint at = page.items[i].at;
        const Rect painted{at.x, at.y, at.x + box->width, at.y + box->height};
        if (!painted.meets(rect)) continue;
        const Colour ground = box->background.with_alpha(static_cast<std::uint8_t>(box->background.a * box->opacity + 0.5));
        std::vector<Colour> now;
        if (!painted.contains(rect)) now = colours;
        for (const Colour& colour : colours) now.push_back(over(ground, colour));
        std::ranges::sort(now, {}, [](Colour c) { return std::array{c.r, c.g, c.b}; });
        now.erase(std::ranges::unique(now).begin(), now.end());
        colours = std::move(now);
    }
    return colours;
}

} // namespace

double letter_height(const GlyphRun& run, const FontLibrary& fonts) {
    for (std::size_t at = 0; at < run.text.size();) {
        const Decoded one = decode_utf8(run.text, at);
        if (has_capitals(one.code_point)) return fonts.metrics(run.font).cap_height;
        at += one.size;
    }
    std::vector<double> heights;
    for (const Glyph& glyph : run.glyphs)
        if (const double height = ink_extents(fonts, run.font, glyph.id).height(); height > 0) heights.push_back(height);
    if (heights.empty()) return 0;
    std::ranges::sort(heights, std::greater<>());
    const std::size_t taller = (heights.size() + 1) / 2;
    double sum = 0;
    for (std::size_t i = 0; i < taller; ++i) sum += heights[i];
    return sum / static_cast<double>(taller);
}

TitleLegibility title_legibility(const Pages& pages, PageIndex page_index, const FontLibrary& fonts,
                                 std::string_view title_class) {
    const Page& page = pages.pages[index(page_index)];
    TitleLegibility found;
    std::optional<double> height, contrast;
    std::map<Length, std::pair<Length, Length>> lines; // by baseline: where it begins and ends
    bool first = true;
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto* content = std::get_if<Content>(&page.items[i].owner);
        const auto* run = std::get_if<GlyphRun>(&page.items[i].item);
        if (!content || !run || !inside(content->node, *pages.book, title_class)) continue;
        const double letters = letter_height(*run, fonts);
        if (letters <= 0) continue; // spaces
        const PagePoint at = page.items[i].at;
        const Length tall = run->size.scaled(letters);
        // Signs alone, such as a dash set in another face, say nothing about the letters.
        const bool has_letters = std::ranges::any_of(to_utf32(run->text), [](char32_t c) {
            return c >= 0x80 ? c != 0x2013 && c != 0x2014 && c != 0x2019 && c != 0x201c && c != 0x201d
                             : (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
        });
        if (has_letters) height = std::min(height.value_or(1e9), tall / page.width * thumbnail_width);
        const Rect rect{at.x, at.y - tall, at.x + run->width(), at.y};
        const double opacity = run->opacity;
        for (const Colour& ground : behind(page, i, rect)) {
            const Colour ink = over(run->colour.with_alpha(static_cast<std::uint8_t>(run->colour.a * opacity + 0.5)), ground);
            contrast = std::min(contrast.value_or(21), contrast_ratio(ink, ground));
        }
        const auto [line, is_new] = lines.try_emplace(rect.bottom, rect.left, rect.right);
        line->second = {min(line->second.first, rect.left), max(line->second.second, rect.right)};
        if (first || rect.top < found.top) found.top = rect.top;
        if (first || rect.bottom > found.bottom) found.bottom = rect.bottom;
        first = false;
    }
    Length longest, shortest;
    for (const auto& [baseline, ends] : lines) {
        const Length width = ends.second - ends.first;
        longest = max(longest, width);
        shortest = shortest == Length() ? width : min(shortest, width);
    }
    if (longest > Length()) found.shortest_line = shortest / longest;
    found.height = height.value_or(0);
    found.contrast = contrast.value_or(1);
    return found;
}

std::optional<DrawnText> largest_text(const Pages& pages, PageIndex page_index, const FontLibrary& fonts) {
    std::optional<DrawnText> largest;
    const Page& page = pages.pages[index(page_index)];
    for (const PlacedItem& item : page.items) {
        const auto* picture = std::get_if<PlacedPicture>(&item.item);
        if (!picture || picture->resource == no_resource) continue;
        const auto& drawing = pages.drawings[index(picture->resource)];
        if (!drawing || drawing->width <= 0) continue;
        const double scale = thumbnail_width / drawing->width; // it is as wide as the page
        std::size_t at = 0;
        for (const DrawingCommand& command : drawing->commands) {
            const auto* text = std::get_if<TextCommand>(&command);
            if (!text) continue;
            if (at >= picture->drawing_text.size()) break;
            const AffineTransform& to = text->transform;
            for (const auto& [point, run] : picture->drawing_text[at++]) {
                const double letters = letter_height(run, fonts) * run.size.in_pt() / 0.75;
                const double height = letters * std::sqrt(std::abs(to.determinant())) * scale;
                if (height <= 0 || (largest && height <= largest->height)) continue;
                const double x = point.x.in_pt() / 0.75, y = point.y.in_pt() / 0.75, width = run.width().in_pt() / 0.75;
                DrawnText found{height, run.colour, 1e9, 1e9, -1e9, -1e9};
                for (const DrawingPoint corner :
                     {to({x, y}), to({x + width, y}), to({x, y - letters}), to({x + width, y - letters})}) {
                    found.left = std::min(found.left, corner.x * scale);
                    found.right = std::max(found.right, corner.x * scale);
                    found.top = std::min(found.top, corner.y * scale);
                    found.bottom = std::max(found.bottom, corner.y * scale);
                }
                largest = found;
            }
        }
    }
    return largest;
}

double least_contrast(const DrawnText& text, const RasterPicture& thumbnail) {
    const auto within = [](double value, std::uint32_t most) {
        return static_cast<std::uint32_t>(std::clamp(value, 0.0, static_cast<double>(most)));
    };
    std::vector<double> contrasts;
    for (std::uint32_t y = within(text.top, thumbnail.height); y < within(text.bottom + 1, thumbnail.height); ++y)
        for (std::uint32_t x = within(text.left, thumbnail.width); x < within(text.right + 1, thumbnail.width); ++x) {
            const std::size_t pixel = (std::size_t{y} * thumbnail.width + x) * 3;
            const auto channel = [&](std::size_t i) { return static_cast<std::uint8_t>(thumbnail.samples[pixel + i]); };
            const Colour ground{channel(0), channel(1), channel(2)};
            contrasts.push_back(contrast_ratio(over(text.colour, ground), ground));
        }
    if (contrasts.empty()) return 1;
    const auto tenth = contrasts.begin() + static_cast<std::ptrdiff_t>(contrasts.size() / 10);
    std::ranges::nth_element(contrasts, tenth);
    return *tenth;
}

} // namespace bifolio
