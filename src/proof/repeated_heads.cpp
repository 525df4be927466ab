#include "proof/repeated_heads.h"

#include "base/utf8.h"
#include "layout/page/text_transform.h"
#include "proof/expected_text.h"

#include <algorithm>
#include <tuple>

namespace bifolio {

namespace {

constexpr std::size_t most_sums = 100'000; // of tables that go on side by side or in each other: nobody writes more

std::uint64_t sum_without_hyphens(std::string_view text) {
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        const bool is_hyphen = one.code_point == U'-' || one.code_point == 0x2010 || one.code_point == 0xAD;
        if (!is_hyphen && is_counted(one.code_point)) sum += sum_of(one.code_point);
        at += one.size;
    }
    return sum;
}

// text-transform works on words.
std::uint64_t sum_of_words(std::string_view text, const ComputedStyle& style) {
    if (style.text_transform == TextTransform::none) return sum_without_hyphens(text);
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \t\r\n\f", at), text.size());
        sum += sum_without_hyphens(transformed(text.substr(at, end - at), style.text_transform, style.language));
        at = end + 1;
    }
    return sum;
}

bool is_repeated(const PlacedItem& item) {
    const auto* artifact = std::get_if<Artifact>(&item.owner);
    return artifact && *artifact == Artifact::repeated_table_head && std::holds_alternative<GlyphRun>(item.item);
}

} // namespace

RepeatedHeads::RepeatedHeads(const StyledBook& styled, const Pages& pages, const BeginPages& begins)
    : styled_(styled), book_(*styled.book), pages_(pages) {
    bool any = false;
    for (const Page& page : pages.pages) {
        std::uint64_t& sum = repeated_.emplace_back();
        for (const PlacedItem& item : page.items) {
            if (!is_repeated(item)) continue;
            sum += sum_without_hyphens(std::get<GlyphRun>(item.item).text);
            any = true;
        }
    }
    if (!any) return;
    find_tables();
    for (std::uint32_t at = 0; at < pages.pages.size(); ++at)
        for (const PlacedItem& item : pages.pages[at].items) {
            const auto* content = std::get_if<Content>(&item.owner);
            if (!content || content->node == no_node) continue;
            const auto* run = std::get_if<GlyphRun>(&item.item);
            add(content->node, run ? sum_without_hyphens(run->text) : 0, at);
        }
    end_tables(begins);
}

// Tables are told by what they repeat: the first group of head rows, of foot rows, a caption with a word for it.
void RepeatedHeads::find_tables() {
    table_of_.assign(book_.nodes.size(), 0);
    for (std::uint32_t i = 0; i < book_.nodes.size(); ++i) {
        const Node& node = book_.nodes[i];
        if (node.element == Element::text || node.parent == no_node) continue;
        const ComputedStyle& style = styled_.style(NodeId{i});
        const bool head = style.display == Display::table_header_group, foot = style.display == Display::table_footer_group;
        const bool caption = style.display == Display::table_caption && !style.table_continued.empty();
        if (!head && !foot && !caption) continue;
        std::uint32_t& number = table_of_[index(node.parent)];
        if (number == 0) {
            tables_.emplace_back().node = node.parent;
            number = static_cast<std::uint32_t>(tables_.size());
        }
        Table& table = tables_[number - 1];
        if (head && table.head == no_node) table.head = NodeId{i};
        if (foot && table.foot == no_node) table.foot = NodeId{i};
        if (caption) table.captions.insert(continued_caption(NodeId{i}));
    }
}

std::uint64_t RepeatedHeads::continued_caption(NodeId caption) const {
    const ComputedStyle& style = styled_.style(caption);
    std::uint64_t sum = sum_of_words(text_content(book_, caption) + style.table_continued, style);
    if (const PseudoBox* before = styled_.pseudo(caption, PseudoElement::before))
        for (const GeneratedItem& item : before->content)
            if (const auto* text = std::get_if<GeneratedText>(&item))
                sum += sum_of_words(text->text, styled_.styles[before->style]);
    return sum;
}

void RepeatedHeads::add(NodeId node, std::uint64_t sum, std::uint32_t page) {
    NodeId below = no_node;
    for (NodeId at = node; at != no_node; below = at, at = book_.node(at).parent) {
        const std::uint32_t number = table_of_[index(at)];
        if (number == 0) continue;
        Table& table = tables_[number - 1];
        table.first = std::min(table.first, page);
        table.last = std::max(table.last, page);
        if (below == table.head) table.head_sum += sum;
        if (below == table.foot) table.foot_sum += sum;
    }
}

void RepeatedHeads::end_tables(const BeginPages& begins) {
    const auto nodes = static_cast<std::uint32_t>(book_.nodes.size());
    for (Table& table : tables_) {
        // Rows without words may stand behind the last that has any.
        table.end = static_cast<std::uint32_t>(pages_.pages.size());
        for (std::uint32_t i = index(book_.node(table.node).end); i < nodes; i = index(book_.nodes[i].end))
            if (const std::uint32_t page = begins.of(NodeId{i}); page != BeginPages::none) {
                table.end = std::max(table.last, page);
                break;
            }
    }
    std::ranges::sort(tables_, {}, [](const Table& table) { return std::tuple(table.first, index(table.node)); });
}

bool RepeatedHeads::are_right(std::uint32_t page) {
    for (; next_ < tables_.size() && tables_[next_].first <= page; ++next_) going_on_.push_back(&tables_[next_]);
    std::erase_if(going_on_, [&](const Table* table) { return table->end < page; });
    return repeated_[page] == 0 || may_repeat(page).contains(repeated_[page]);
}

// The sums of all that may stand repeated on a page.
std::set<std::uint64_t> RepeatedHeads::may_repeat(std::uint32_t page) const {
    std::set<std::uint64_t> sums{0};
    for (const Table* table : going_on_) {
        std::set<std::uint64_t> own{0};
        if (table->first < page) {
            own.insert(table->head_sum);
            for (const std::uint64_t caption : table->captions) own.insert({caption, caption + table->head_sum});
        }
        if (table->last > page)
            for (const std::uint64_t head : std::vector(own.begin(), own.end())) own.insert(head + table->foot_sum);
        std::set<std::uint64_t> both;
        for (const std::uint64_t one : sums)
            for (const std::uint64_t other : own) both.insert(one + other);
        if (both.size() > most_sums) return sums;
        sums = std::move(both);
    }
    return sums;
}

} // namespace bifolio
