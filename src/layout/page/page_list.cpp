#include "layout/page/page_list.h"

#include "assemble/words.h"

#include <algorithm>
#include <map>

namespace bifolio {

namespace {

constexpr std::size_t shortest_run = 3; // pages in a row that are joined without the author's word
constexpr std::string_view range_dash = "–";

struct ListedPage {
    NodeId link = no_node;
    const KnownPage* page = nullptr;
    bool principal = false;
    bool goes_on = false; // a range holds the next page, too
};
using ListedPages = std::map<std::uint32_t, ListedPage>; // by the page's index

template <class See>
void each_link(const LayoutContext& context, NodeId owner, const See& see) {
    for (std::uint32_t at = index(owner); at < index(context.book.node(owner).end); ++at)
        if (context.book.nodes[at].element == Element::a && context.book.nodes[at].target != no_node) see(NodeId{at});
}

const KnownPage* page_of(const LayoutContext& context, NodeId link) {
    const auto found = context.known_pages.find(context.book.node(link).target);
    return found != context.known_pages.end() && found->second.known ? &found->second : nullptr;
}

void add(ListedPages& pages, NodeId link, const KnownPage& page, bool principal) {
    ListedPage& listed = pages[page.index];
    if (listed.page && (listed.principal || !principal)) return;
    listed.link = link;
    listed.page = &page;
    listed.principal = principal;
}

ListedPages listed_pages(const LayoutContext& context, NodeId owner) {
    ListedPages pages;
    const KnownPage* before = nullptr;
    each_link(context, owner, [&](NodeId link) {
        const KnownPage* page = page_of(context, link);
        const bool principal = has_class(context.book.node(link), "main");
        if (page) add(pages, link, *page, principal);
        if (page && before && has_class(context.book.node(link), "range-end"))
            for (std::uint32_t at = before->index; at < page->index; ++at) pages[at].goes_on = true;
        before = page;
    });
    return pages;
}

// Numbered on from the one before: not from xii to 1.
bool follows(const ListedPages::value_type& before, const ListedPages::value_type& page) {
    return page.first == before.first + 1 && page.second.page->number == before.second.page->number + 1;
}

// The last page of the run that begins here.
ListedPages::const_iterator run_end(const ListedPages& pages, ListedPages::const_iterator first) {
    auto last = first;
    bool range = true;
    std::size_t count = 1;
    for (auto next = std::next(first); next != pages.end(); ++next) {
        const bool alike = next->second.principal == first->second.principal || last->second.goes_on;
        if (!alike || !follows(*last, *next)) break;
        range = range && last->second.goes_on;
        last = next;
        ++count;
    }
    if (range || count >= shortest_run) return last;
    // Two pages stay apart, and what is written as a range stays together.
    last = first;
    while (last->second.goes_on && std::next(last) != pages.end() && follows(*last, *std::next(last))) ++last;
    return last;
}

} // namespace

std::vector<PageListPart> page_list(const LayoutContext& context, NodeId owner) {
    ListedPages pages = listed_pages(context, owner);
    // Pages within a range that nothing else leads to have no link of their own; they only make the run go on.
    std::vector<PageListPart> parts;
    std::vector<KnownPage> between;
    between.reserve(pages.size());
    for (auto at = pages.begin(); at != pages.end(); ++at) {
        if (at->second.page || at == pages.begin()) continue;
        const ListedPage& before = std::prev(at)->second;
        const std::int64_t number = before.page->number + 1;
        between.push_back({true, number, std::to_string(number), at->first});
        at->second.page = &between.back();
        at->second.principal = before.principal;
    }
    const std::string comma(words_for(language_of(context.book, owner)).comma);
    for (auto first = pages.cbegin(); first != pages.cend();) {
        const auto last = run_end(pages, first);
        if (!parts.empty()) parts.push_back({comma, no_node, false});
        parts.push_back({first->second.page->label, first->second.link, true});
        if (last != first) {
            parts.push_back({std::string(range_dash), no_node, false});
            parts.push_back({last->second.page->label, last->second.link, false});
        }
        first = std::next(last);
    }
    if (parts.empty()) parts.push_back({"00", no_node, true}); // the first pass knows no pages
    return parts;
}

bool has_unknown_page(const LayoutContext& context, NodeId owner) {
    bool unknown = false;
    each_link(context, owner, [&](NodeId link) { unknown = unknown || !page_of(context, link); });
    return unknown;
}

} // namespace bifolio
