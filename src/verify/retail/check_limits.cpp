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

constexpr std::uint64_t kilobyte = 1000;

void check(const RetailLimit& limit, const EBookFacts& facts, Findings& found) {
    const auto up = [](std::uint64_t bytes) { return (bytes + kilobyte - 1) / kilobyte; };
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
    case LimitedThing::cover_width:
    case LimitedThing::cover_height:
        for (const EBookFacts::Picture& one : facts.cover)
            if (!one.is_drawing)
                found.compare(limit, limit.what == LimitedThing::cover_width ? one.width : one.height,
                              "the cover ‘" + one.path + "’",
                              limit.what == LimitedThing::cover_width ? "pixels in width" : "pixels in height", one.path);
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
    // Of limits for books of so many pages the one with the fewest pages counts that still fits.
    for (const RetailLimit& limit : profile.limits) {
        if (limit.up_to_pages && facts.pages > static_cast<std::size_t>(*limit.up_to_pages)) continue;
        bool narrower = false;
        for (const RetailLimit& other : profile.limits)
            narrower = narrower || (other.what == limit.what && other.up_to_pages &&
                                    facts.pages <= static_cast<std::size_t>(*other.up_to_pages) &&
                                    (!limit.up_to_pages || *other.up_to_pages < *limit.up_to_pages));
        if (!narrower) check(limit, facts, found);
    }
    return std::move(found.all);
}

} // namespace bifolio
