#include "proof/expected_pages.h"

#include "base/overloaded.h"
#include "base/utf8.h"
#include "proof/repeated_heads.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio {

namespace {

std::uint64_t sum_of_text(std::string_view text) {
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        if (is_counted(one.code_point)) sum += sum_of(one.code_point);
        at += one.size;
    }
    return sum;
}

// What a line may say that is too long for its place and ends in dots there (text-overflow: ellipsis): any beginning of it.
std::vector<std::uint64_t> sums_of_beginnings(std::string_view text) {
    const std::uint64_t dots = sum_of_text("\u2026");
    std::vector<std::uint64_t> out;
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        if (is_counted(one.code_point)) out.push_back((sum += sum_of(one.code_point)) + dots);
        at += one.size;
    }
    return out;
}

// Which of the file's pages each page of the book stands on, from 1.
std::vector<std::size_t> places_of(const Pages& pages, const Sheets* sheets) {
    std::vector<std::size_t> out(pages.pages.size(), 0);
    for (std::size_t i = 0; !sheets && i < out.size(); ++i) out[i] = i + 1;
    std::size_t side_number = 0;
    if (sheets)
        for (const Sheet& sheet : sheets->sheets)
            for (const SheetSide* side : {&sheet.front, &sheet.back}) {
                ++side_number;
                for (const PlacedPage& placed : side->pages)
                    if (placed.page) out[index(*placed.page)] = side_number;
            }
    return out;
}

class PageWriter {
public:
    PageWriter(const Pages& pages, std::vector<std::size_t> places, bool is_imposed, bool is_for_press)
        : pages_(pages), places_(std::move(places)), is_imposed_(is_imposed), is_for_press_(is_for_press) {}

    ExpectedPage page(const Page& page) const {
        ExpectedPage out;
        std::set<std::pair<ResourceId, bool>> drawings;
        for (const PlacedItem& item : page.items) {
            const bool is_artifact = std::holds_alternative<Artifact>(item.owner);
            if (const auto* picture = std::get_if<PlacedPicture>(&item.item)) {
                out.pictures.push_back(picture->resource);
                if (drawings.emplace(picture->resource, is_artifact || is_decorative(item)).second)
                    for (const auto& command : picture->drawing_text)
                        for (const auto& placed : command)
                            if (!placed.second.glyphs.empty()) out.drawn_words += sum_of_text(placed.second.text);
            }
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (!run || run->glyphs.empty()) continue;
            if (is_artifact) {
                if (std::string text = compared_text(run->text); !text.empty()) out.artifacts.push_back(std::move(text));
                continue;
            }
            text(page, item.at, *run, out);
        }
        std::ranges::sort(out.artifacts);
        if (!is_for_press_)
            for (const LinkArea& area : page.links) link(area, out);
        return out;
    }

    // A picture without words is written as an artifact.
    bool is_decorative(const PlacedItem& item) const {
        const auto* content = std::get_if<Content>(&item.owner);
        const std::string* alternative = content ? attribute(pages_.book->node(content->node), "alt") : nullptr;
        return content && (!alternative || alternative->empty());
    }

    ExpectedArrival arrival(NodeId target) const {
        const auto found = pages_.destinations.find(target);
        if (found == pages_.destinations.end()) return {};
        const auto [page, at] = found->second;
        return {places_[index(page)], at.x.in_pt(), at.y.in_pt(), !is_imposed_};
    }

private:
    void text(const Page& page, PagePoint at, const GlyphRun& run, ExpectedPage& out) const {
        TextLook look;
        if (!is_for_press_)
            look.colour =
                static_cast<std::uint32_t>(run.colour.r) << 16 | static_cast<std::uint32_t>(run.colour.g) << 8 | run.colour.b;
        look.opacity = percent(std::min(1.0, run.opacity * run.colour.opacity()));
        look.is_tiny = is_tiny(run.size.in_pt());
        const std::uint64_t number = number_of(look), sum = sum_of_text(run.text);
        out.sum += sum;
        out.looks.sum += sum * number;
        out.looks.glyphs += run.glyphs.size();
        if (sum != 0) out.looks.all.insert(number);
        const Length edge = Length::pt(1);
        out.has_outside = out.has_outside || at.x < edge || at.y < edge || at.x > page.width - edge || at.y > page.height - edge;
    }

    void link(const LinkArea& area, ExpectedPage& out) const {
        ExpectedLink link{area.link, area.target == no_node ? area.uri : "", arrival(area.target), {}};
        if (link.address.empty() && link.arrival.page == 0) return;
        if (!link.address.empty()) link.arrival.is_exact = !is_imposed_;
        link.rectangle = {area.rect.x.in_pt(), area.rect.y.in_pt(), (area.rect.x + area.rect.width).in_pt(),
                          (area.rect.y + area.rect.height).in_pt()};
        out.links.push_back(std::move(link));
    }

    const Pages& pages_; // a local of the caller
    std::vector<std::size_t> places_;
    bool is_imposed_, is_for_press_;
};

struct NamedString { // on one page (GCPM 3 §2.2)
    std::string start, first, last;
    bool is_set_here = false;
};

constexpr std::size_t most_shortenings = 1'000'000; // of a page's heads together: nobody writes longer ones

class PageFaults {
public:
    PageFaults(const StyledBook& styled, const Pages& pages, const BeginPages& begins)
        : styled_(styled), book_(*styled.book), pages_(pages), repeated_heads_(styled, pages, begins) {
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
            if (!repeated_heads_.are_right(at)) fault(at, "repeats what is not the head or foot of a table that goes on there");
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
            for (const bool is_set_at_top : {false, true})
                if (has_boxes(style, page, is_set_at_top, has)) return true;
        }
        return false;
    }

    // Whether the page's margin boxes say what adds up to `has`, one or more of them shortened if that is their style.
    bool has_boxes(const PageStyle& style, const Page& page, bool is_set_at_top, std::uint64_t has) const {
        std::uint64_t whole = 0;
        std::vector<std::string> may_be_shortened;
        for (const MarginBoxStyle& box : style.margin_boxes) {
            const ComputedStyle& computed = styled_.styles[box.style];
            if (computed.visibility != Visibility::visible) continue;
            std::string text = text_of(box.content, page, is_set_at_top);
            whole += sum_of_text(text);
            if (computed.ellipsis && computed.white_space == WhiteSpace::nowrap) may_be_shortened.push_back(std::move(text));
        }
        if (whole == has) return true;
        std::set<std::uint64_t> wanted{whole};
        for (const std::string& text : may_be_shortened) {
            const std::uint64_t full = sum_of_text(text);
            std::set<std::uint64_t> more = wanted;
            for (const std::uint64_t beginning : sums_of_beginnings(text))
                for (const std::uint64_t others : wanted) more.insert(others - full + beginning);
            wanted = std::move(more);
            if (wanted.contains(has)) return true;
            if (wanted.size() > most_shortenings) return false;
        }
        return false;
    }

    std::string text_of(const GeneratedContent& content, const Page& page, bool is_set_at_top) const {
        std::string out;
        for (const GeneratedItem& item : content)
            std::visit(overloaded{
                           [&](const GeneratedText& text) { out += text.text; },
                           [&](const GeneratedPageNumber& number) {
                               const std::string& style =
                                   number.counter_style.empty() ? page.counter_style : number.counter_style;
                               out += format_counter(number.of_all ? static_cast<std::int64_t>(pages_.pages.size()) : page.number,
                                                     style);
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
    RepeatedHeads repeated_heads_;
    std::vector<PageFault> out_;
};

} // namespace

void expect_pages(const Pages& pages, const Sheets* sheets, ExpectedPdf& out) {
    const PageWriter writer(pages, places_of(pages, sheets), sheets != nullptr, out.is_for_press);
    std::vector<ExpectedPage> single;
    for (const Page& page : pages.pages) single.push_back(writer.page(page));
    std::vector<int> open{0};
    for (const ContentsEntry& entry : pages.book->contents) {
        const ExpectedArrival arrival = writer.arrival(entry.target);
        if (arrival.page == 0 || entry.title.empty()) continue;
        while (open.size() > 1 && open.back() >= entry.depth) open.pop_back();
        out.outline.push_back({entry.target, static_cast<int>(open.size()), entry.title, arrival});
        open.push_back(entry.depth);
    }
    if (!sheets) {
        for (const Page& page : pages.pages) out.labels.push_back(page.label);
        out.pages = std::move(single);
        return;
    }
    for (const Sheet& sheet : sheets->sheets)
        for (const SheetSide* side : {&sheet.front, &sheet.back}) {
            ExpectedPage& whole = out.pages.emplace_back();
            for (const PlacedPage& placed : side->pages) {
                if (!placed.page) continue;
                ExpectedPage& page = single[index(*placed.page)];
                whole.sum += page.sum;
                whole.looks.sum += page.looks.sum;
                whole.looks.glyphs += page.looks.glyphs;
                whole.looks.all.merge(page.looks.all);
                whole.drawn_words += page.drawn_words;
                whole.has_outside = whole.has_outside || page.has_outside;
                std::ranges::move(page.artifacts, std::back_inserter(whole.artifacts));
                std::ranges::move(page.links, std::back_inserter(whole.links));
                whole.pictures.insert(whole.pictures.end(), page.pictures.begin(), page.pictures.end());
            }
            std::ranges::sort(whole.artifacts);
        }
}

std::vector<PageFault> page_faults(const StyledBook& styled, const Pages& pages, const BeginPages& begins) {
    return PageFaults(styled, pages, begins).find();
}

} // namespace bifolio
