#include "proof/expected_pages.h"

#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio {

namespace {

ExpectedPage expected_page(const Page& page) {
    ExpectedPage out;
    for (const PlacedItem& item : page.items) {
        const auto* run = std::get_if<GlyphRun>(&item.item);
        if (!run || run->glyphs.empty()) continue;
        if (std::holds_alternative<Artifact>(item.owner)) {
            if (std::string text = compared_text(run->text); !text.empty()) out.artifacts.push_back(std::move(text));
            continue;
        }
        for (std::size_t at = 0; at < run->text.size();) {
            const Decoded one = decode_utf8(run->text, at);
            if (is_compared(one.code_point)) out.sum += sum_of(one.code_point);
            at += one.size;
        }
    }
    std::ranges::sort(out.artifacts);
    return out;
}

std::uint64_t sum_of_text(std::string_view text) {
    std::uint64_t sum = 0;
    for (const char32_t c : to_utf32(text))
        if (is_compared(c)) sum += sum_of(c);
    return sum;
}

struct NamedString { // on one page (GCPM 3 §2.2)
    std::string start, first, last;
    bool is_set_here = false;
};

class PageFaults {
public:
    PageFaults(const StyledBook& styled, const Pages& pages, const BeginPages& begins)
        : styled_(styled), book_(*styled.book), pages_(pages) {
        for (const auto& [node, sets] : styled.string_sets)
            if (const std::uint32_t page = begins.of(node); page != BeginPages::none) sets_on_[page].push_back(node);
        const auto count = [&](NodeId node, std::int64_t number) {
            if (const std::uint32_t page = begins.of(node); page != BeginPages::none) counts_on_[page].insert(number);
        };
        for (const NodeId node : styled.page_counter_reset) count(node, 1);
        for (const auto& [node, number] : styled.counter_page_set) count(node, number);
    }

    std::vector<PageFault> find() {
        std::int64_t before = 0;
        for (std::uint32_t at = 0; at < pages_.pages.size(); ++at) {
            const Page& page = pages_.pages[at];
            if (page.number != before + 1 && !counts_on_[at].contains(page.number))
                fault(at, "is counted as " + std::to_string(page.number) + " after " + std::to_string(before));
            if (page.label != format_counter(page.number, page.counter_style))
                fault(at, "is called ‘" + page.label + "’ and counted as " + std::to_string(page.number));
            before = page.number;
            set_strings(at);
            if (!is_furnished(at)) fault(at, "has not the running heads and page number that its style asks for");
        }
        return std::move(out_);
    }

private:
    void fault(std::uint32_t page, std::string what) { out_.push_back({page, std::move(what)}); }

    void set_strings(std::uint32_t page) {
        for (auto& [name, string] : strings_) {
            string.start = string.first = string.last;
            string.is_set_here = false;
        }
        for (const NodeId node : sets_on_[page])
            for (const StringSet& set : styled_.string_sets.at(node)) {
                NamedString& string = strings_[set.name];
                if (!string.is_set_here) string.first = set.value;
                string.last = set.value;
                string.is_set_here = true;
            }
    }

    // Whether the heads and folios are those of a page with any name that stands on it.
    bool is_furnished(std::uint32_t at) const {
        const Page& page = pages_.pages[at];
        std::uint64_t has = 0;
        std::set<std::string> names{""};
        for (const PlacedItem& item : page.items) {
            if (const auto* content = std::get_if<Content>(&item.owner)) {
                if (content->node != no_node) names.insert(styled_.style(content->node).page);
                continue;
            }
            const auto* run = std::get_if<GlyphRun>(&item.item);
            const Artifact artifact = std::get<Artifact>(item.owner);
            if (run && (artifact == Artifact::running_head || artifact == Artifact::folio)) has += sum_of_text(run->text);
        }
        if (page.section < book_.sections.size()) names.insert(styled_.style(book_.sections[page.section].root).page);
        if (names.size() == 1 || page.blank)
            for (const ComputedStyle& style : styled_.styles) names.insert(style.page);
        for (const std::string& name : names) {
            const PageStyle style = styled_.page_style({name, page.side, at == 0, page.blank});
            for (const bool is_set_at_top : {false, true}) {
                std::uint64_t wanted = 0;
                for (const MarginBoxStyle& box : style.margin_boxes)
                    if (styled_.styles[box.style].visibility == Visibility::visible)
                        wanted += sum_of_text(text_of(box.content, page, is_set_at_top));
                if (wanted == has) return true;
            }
        }
        return false;
    }

    std::string text_of(const GeneratedContent& content, const Page& page, bool is_set_at_top) const {
        std::string out;
        for (const GeneratedItem& item : content)
            std::visit(overloaded{
                           [&](const GeneratedText& text) { out += text.text; },
                           [&](const GeneratedPageNumber& number) {
                               const std::string& style = number.counter_style.empty() ? page.counter_style : number.counter_style;
                               out += format_counter(
                                   number.of_all ? static_cast<std::int64_t>(pages_.pages.size()) : page.number, style);
                           },
                           [&](const GeneratedString& string) {
                               const auto found = strings_.find(string.name);
                               if (found == strings_.end()) return;
                               const NamedString& state = found->second;
                               switch (string.position) {
                               case StringPosition::first: out += state.first; break;
                               case StringPosition::start: out += is_set_at_top ? state.first : state.start; break;
                               case StringPosition::last: out += state.last; break;
                               case StringPosition::first_except: out += state.is_set_here ? std::string() : state.last; break;
                               }
                           },
                           [](const auto&) {},
                       },
                       item);
        return out;
    }

    const StyledBook& styled_; // locals of the caller
    const Book& book_;
    const Pages& pages_;
    std::map<std::uint32_t, std::vector<NodeId>> sets_on_; // by page: nodes that set strings, in their order
    std::map<std::uint32_t, std::set<std::int64_t>> counts_on_;
    std::map<std::string, NamedString> strings_;
    std::vector<PageFault> out_;
};

} // namespace

std::vector<ExpectedPage> expected_pages(const Pages& pages, const Sheets* sheets) {
    std::vector<ExpectedPage> single;
    for (const Page& page : pages.pages) single.push_back(expected_page(page));
    if (!sheets) return single;
    std::vector<ExpectedPage> out;
    for (const Sheet& sheet : sheets->sheets)
        for (const SheetSide* side : {&sheet.front, &sheet.back}) {
            ExpectedPage& whole = out.emplace_back();
            for (const PlacedPage& placed : side->pages) {
                if (!placed.page) continue;
                const ExpectedPage& page = single[index(*placed.page)];
                whole.sum += page.sum;
                whole.artifacts.insert(whole.artifacts.end(), page.artifacts.begin(), page.artifacts.end());
            }
            std::ranges::sort(whole.artifacts);
        }
    return out;
}

std::vector<PageFault> page_faults(const StyledBook& styled, const Pages& pages, const BeginPages& begins) {
    return PageFaults(styled, pages, begins).find();
}

} // namespace bifolio
