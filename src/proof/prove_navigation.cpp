#include "proof/prove_navigation.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

namespace {

constexpr double tolerance = 0.6; // points: places are written with few decimals

bool is_near(double a, double b) { return std::abs(a - b) < tolerance; }

// What percent-encoding leaves the same: a file's address is ASCII.
std::string decoded(std::string_view address) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t at = 0; at < address.size(); ++at) {
        const bool coded =
            address[at] == '%' && at + 2 < address.size() && digit(address[at + 1]) >= 0 && digit(address[at + 2]) >= 0;
        out += coded ? static_cast<char>(digit(address[at + 1]) * 16 + digit(address[at + 2])) : address[at];
        if (coded) at += 2;
    }
    return out;
}

bool arrives(const ExpectedArrival& wanted, const PdfArrival& has) {
    if (wanted.page != has.page) return false;
    return !wanted.is_exact || (is_near(wanted.x, has.x) && is_near(wanted.y, has.y));
}

bool is_same(const ExpectedLink& wanted, const FoundLink& has) {
    const bool leads = wanted.address.empty() ? has.address.empty() && arrives(wanted.arrival, has.arrival)
                                              : decoded(wanted.address) == decoded(has.address);
    if (!leads || !wanted.arrival.is_exact) return leads;
    for (std::size_t i = 0; i < 4; ++i)
        if (!is_near(wanted.rectangle[i], has.rectangle[i])) return false;
    return true;
}

std::string named(const FoundLink& link) {
    if (!link.address.empty()) return "‘" + link.address + "’";
    return link.arrival.page > 0 ? "page " + std::to_string(link.arrival.page) : "nowhere";
}

void compare_links(const ExpectedPage& wanted, const std::vector<FoundLink>& has, std::size_t page,
                   DifferenceReporter& reporter) {
    const std::string there = " on page " + std::to_string(page + 1);
    for (std::size_t i = 0; i < std::max(wanted.links.size(), has.size()); ++i) {
        if (i >= has.size()) return reporter.error("proof.changed-link", wanted.links[i].node, " lacks a link" + there);
        if (i >= wanted.links.size())
            return reporter.error("proof.changed-link", no_node,
                                  " has a link to " + named(has[i]) + there + " that the book does not have");
        if (!is_same(wanted.links[i], has[i]))
            return reporter.error("proof.changed-link", wanted.links[i].node,
                                  " leads to " + named(has[i]) + there + ", from another place or to another one than the book");
    }
}

} // namespace

void compare_navigation(const Book& book, const ExpectedPdf& expected, const FoundNavigation& found,
                        DifferenceReporter& reporter) {
    for (std::size_t page = 0; page < std::min(expected.pages.size(), found.links.size()); ++page)
        compare_links(expected.pages[page], found.links[page], page, reporter);
    for (std::size_t i = 0; i < std::max(expected.outline.size(), found.outline.size()); ++i) {
        if (i >= found.outline.size()) {
            reporter.error("proof.changed-link", expected.outline[i].node,
                           " lacks ‘" + expected.outline[i].title + "’ in its outline");
            break;
        }
        const FoundOutlineItem& has = found.outline[i];
        if (i < expected.outline.size() && expected.outline[i].depth == has.depth && expected.outline[i].title == has.title &&
            arrives(expected.outline[i].arrival, has.arrival))
            continue;
        const NodeId node = i < expected.outline.size() ? expected.outline[i].node : no_node;
        reporter.error("proof.changed-link", node, " has ‘" + has.title + "’ in its outline, which the book has not there");
        break;
    }
    if (expected.labels != found.labels)
        reporter.error("proof.changed-page", no_node, " numbers its pages otherwise than the book ‘" + book.name + "’");
}

} // namespace bifolio
