#include "verify/retail/check_limits.h"

#include <cstdio>

namespace bifolio {

namespace {

std::string with_groups(std::uint64_t number) {
    std::string out = std::to_string(number);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
    return out;
}

std::string millimetres(Length length) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f mm", length.in_pt() * 25.4 / 72);
    return text;
}

// 120 per cent: “1.2”
std::string times(int per_cent) {
    char text[32];
    std::snprintf(text, sizeof text, "%d.%d", per_cent / 100, per_cent % 100 / 10);
    return text;
}

class Findings {
public:
    explicit Findings(const RetailProfile& profile) : profile_(profile) {}

    void add(const RetailLimit& limit, std::string what, std::string path = "") {
        add(limit, limit.severity, std::move(what), std::move(path));
    }
    void add(const RetailLimit& limit, Severity severity, std::string what, std::string path = "") {
        const std::string source = limit.source + (limit.checked ? " (read " + iso_date(*limit.checked) + ")" : "");
        all.push_back({severity, profile_.name + ": " + std::move(what), limit.cure, source, std::move(path)});
    }
    // “the file has 3,000 kB, and at most 2,000 are taken”
    void compare(const RetailLimit& limit, std::uint64_t number, const std::string& subject, const std::string& unit,
                 const std::string& path = "") {
        const auto reach = [](std::optional<int> bound) { return static_cast<std::uint64_t>(bound.value_or(0)); };
        const std::string found = subject + " has " + with_groups(number) + " " + unit;
        if (limit.most && number > reach(limit.most))
            add(limit, found + ", and at most " + with_groups(reach(limit.most)) + " are taken", path);
        else if (limit.least && number < reach(limit.least))
            add(limit, found + ", and at least " + with_groups(reach(limit.least)) + " are needed", path);
        else if (limit.ideal && number < reach(limit.ideal))
            add(limit, Severity::warning, found + ", and " + with_groups(reach(limit.ideal)) + " are asked for", path);
    }

    std::vector<RetailFinding> all;

private:
    const RetailProfile& profile_;
};

std::uint64_t up(std::uint64_t bytes) {
    constexpr std::uint64_t kilobyte = 1000;
    return (bytes + kilobyte - 1) / kilobyte;
}

void check_cover(const RetailLimit& limit, const EBookFacts::Picture& cover, Findings& found) {
    const std::string name = "the cover ‘" + cover.path + "’";
    const std::uint64_t width = cover.width, height = cover.height;
    switch (limit.what) {
    case LimitedThing::cover_width: found.compare(limit, width, name, "pixels in width", cover.path); break;
    case LimitedThing::cover_height: found.compare(limit, height, name, "pixels in height", cover.path); break;
    case LimitedThing::cover_pixels: found.compare(limit, width * height, name, "pixels", cover.path); break;
    case LimitedThing::cover_kilobytes: found.compare(limit, up(cover.bytes), name, "kB", cover.path); break;
    case LimitedThing::cover_proportion:
        if (const std::uint64_t proportion = width > 0 ? height * 100 / width : 0;
            proportion < static_cast<std::uint64_t>(limit.least.value_or(0)) ||
            (limit.most && proportion > static_cast<std::uint64_t>(*limit.most)))
            found.add(limit,
                      name + " is " + with_groups(width) + " × " + with_groups(height) + " px, which is not " +
                          times(limit.least.value_or(0)) + " to " + times(limit.most.value_or(10'000)) + " times as high as wide",
                      cover.path);
        break;
    default: break; // of other things
    }
}

void check(const RetailLimit& limit, const EBookFacts& facts, Findings& found) {
    switch (limit.what) {
    case LimitedThing::file_kilobytes: found.compare(limit, up(facts.bytes), "the file", "kB"); break;
    case LimitedThing::document_kilobytes:
        for (const EBookFacts::Document& one : facts.documents)
            found.compare(limit, up(one.bytes), "the document ‘" + one.path + "’", "kB", one.path);
        break;
    case LimitedThing::picture_pixels:
        for (const EBookFacts::Picture& one : facts.pictures)
            if (!one.is_drawing)
                found.compare(limit, std::uint64_t{one.width} * one.height, "the picture ‘" + one.path + "’", "pixels", one.path);
        break;
    case LimitedThing::picture_colours:
        for (const auto* pictures : {&facts.cover, &facts.pictures})
            for (const EBookFacts::Picture& one : *pictures)
                if (one.is_cmyk) found.add(limit, "the picture ‘" + one.path + "’ is in CMYK, and only RGB is taken", one.path);
        break;
    case LimitedThing::cover:
        if (facts.cover.empty())
            found.add(limit, "the book has no cover");
        else if (facts.cover.front().is_drawing)
            found.add(limit, "the cover ‘" + facts.cover.front().path + "’ is a drawing, and only JPEG and PNG are taken",
                      facts.cover.front().path);
        break;
    case LimitedThing::picture_kilobytes:
        for (const EBookFacts::Picture& one : facts.pictures)
            found.compare(limit, up(one.bytes), "the picture ‘" + one.path + "’", "kB", one.path);
        break;
    case LimitedThing::cover_width:
    case LimitedThing::cover_height:
    case LimitedThing::cover_pixels:
    case LimitedThing::cover_kilobytes:
    case LimitedThing::cover_proportion:
        for (const EBookFacts::Picture& one : facts.cover)
            if (!one.is_drawing) check_cover(limit, one, found);
        break;
    case LimitedThing::isbn:
        if (facts.isbns.empty()) found.add(limit, "no identifier of the book is an ISBN");
        break;
    case LimitedThing::metadata:
        for (const std::string& need : limit.needs)
            if (!facts.metadata.contains(need)) found.add(limit, "the metadata lack " + need);
        break;
    case LimitedThing::page_list:
        if (!facts.has_page_list) found.add(limit, "the book gives no page numbers of a print edition");
        break;
    default: break; // of print
    }
}

void check(const RetailLimit& limit, const PrintFacts& facts, Findings& found) {
    const auto too_small = [&](Length length, const std::string& what, const std::string& page) {
        if (limit.length && length < *limit.length)
            found.add(limit, what + " is " + millimetres(length) + (page.empty() ? "" : " on page " + page) + ", and at least " +
                                 millimetres(*limit.length) + " are needed");
    };
    switch (limit.what) {
    case LimitedThing::pages: found.compare(limit, facts.pages, "the book", "pages"); break;
    case LimitedThing::bleed:
        if (facts.reaches_edge) too_small(facts.bleed, "something reaches the edge of a page, and the bleed", "");
        break;
    case LimitedThing::gutter: too_small(facts.gutter, "the margin at the binding", facts.gutter_page); break;
    case LimitedThing::outer_margin: too_small(facts.outer_margin, "the margin at an outer edge", facts.outer_page); break;
    case LimitedThing::marks:
        if (facts.has_marks) found.add(limit, "there are printer's marks beyond the page");
        break;
    case LimitedThing::single_pages:
        if (facts.has_spreads) found.add(limit, "two pages stand on one sheet");
        break;
    case LimitedThing::encryption:
        if (facts.is_encrypted) found.add(limit, "the file is encrypted");
        break;
    default: break; // of e-books
    }
}

} // namespace

std::vector<RetailFinding> check_limits(const RetailProfile& profile, const EBookFacts& facts) {
    Findings found(profile);
    for (const RetailLimit& limit : profile.limits) check(limit, facts, found);
    return std::move(found.all);
}

std::vector<RetailFinding> check_limits(const RetailProfile& profile, const PrintFacts& facts) {
    Findings found(profile);
    // Of limits for books of so many pages the one with the fewest pages counts that still fits; one for books with colour up to
    // the edge stands in the place of that for all.
    for (const RetailLimit& limit : profile.limits) {
        if (limit.with_bleed && !facts.reaches_edge) continue;
        if (limit.up_to_pages && facts.pages > static_cast<std::size_t>(*limit.up_to_pages)) continue;
        bool narrower = false;
        for (const RetailLimit& other : profile.limits)
            narrower =
                narrower || (other.what == limit.what && other.with_bleed && !limit.with_bleed && facts.reaches_edge) ||
                (other.what == limit.what && other.up_to_pages && facts.pages <= static_cast<std::size_t>(*other.up_to_pages) &&
                 (!limit.up_to_pages || *other.up_to_pages < *limit.up_to_pages));
        if (!narrower) check(limit, facts, found);
    }
    return std::move(found.all);
}

} // namespace bifolio
