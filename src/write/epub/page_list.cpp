#include "write/epub/page_list.h"

#include "base/utf8.h"
#include <algorithm>
#include <tuple>

namespace bifolio {

namespace {

// Where a run of the text lies in the book; in the order in which the book is read.
struct Placed {
    NodeId node = no_node;
    std::uint32_t begin = 0, end = 0;
    bool divides_a_word = false; // with a hyphen that is not in the text
};
bool is_before(const Placed& a, const Placed& b) { return std::tie(a.node, a.begin) < std::tie(b.node, b.begin); }

class PageListMaker {
public:
    PageListMaker(const Pages& pages, const StyledBook& styled) : pages_(pages), styled_(styled), book_(*pages.book) {
        const auto& nodes = book_.nodes;
        flows_.resize(nodes.size(), Flow::main);
        contents_link_.resize(nodes.size(), no_node);
        for (std::uint32_t at = 0; at < nodes.size(); ++at) {
            if (nodes[at].parent == no_node) continue;
            const Flow of_parent = flows_[index(nodes[at].parent)];
            flows_[at] = nodes[at].element == Element::note ? Flow::note
                         : of_parent != Flow::main          ? of_parent
                         : floats_away(NodeId{at})          ? Flow::beside
                                                            : Flow::main;
        }
        for (const BookSection& section : book_.sections) {
            if (section.kind != SectionKind::contents) continue;
            for (std::uint32_t at = index(section.root); at < index(book_.node(section.root).end); ++at) {
                const NodeId above = contents_link_[index(nodes[at].parent)];
                contents_link_[at] = nodes[at].element == Element::a && nodes[at].target != no_node ? NodeId{at} : above;
            }
        }
    }

    std::vector<PrintPage> make() {
        std::vector<PrintPage> made;
        std::vector<bool> notes_alone;
        for (const Page& page : pages_.pages) {
            if (page.label.empty()) continue;
            sort_out(page);
            PrintPage one{page.label, page.blank, {}};
            for (const Placed& placed : starts()) add_place(one, placed);
            notes_alone.push_back(one.places.empty() && has_note_);
            made.push_back(std::move(one));
            remember();
        }
        // Where only a note goes on, the page begins where the text after it does.
        for (std::size_t at = made.size(); at-- > 0;)
            if (notes_alone[at] && at + 1 < made.size()) made[at].places = made[at + 1].places;
        return made;
    }

private:
    enum class Flow : std::uint8_t { main, beside, note };

    bool floats_away(NodeId id) const {
        if (book_.node(id).element == Element::text) return false;
        const Float how = styled_.style(id).float_;
        return how == Float::top || how == Float::bottom || how == Float::snap_block;
    }

    void sort_out(const Page& page) {
        main_.clear();
        beside_.clear();
        has_note_ = false;
        for (const PlacedItem& item : page.items) {
            const Content* content = std::get_if<Content>(&item.owner);
            if (!content || content->generated || content->node == no_node) continue;
            const Element element = book_.node(content->node).element;
            if (element != Element::text && element != Element::img) continue;
            Placed placed{content->node, content->begin, content->end};
            if (const auto* run = std::get_if<GlyphRun>(&item.item))
                placed.divides_a_word =
                    std::ranges::any_of(run->glyphs, [&](const Glyph& glyph) { return glyph.cluster >= run->text.size(); });
            switch (flows_[index(content->node)]) {
            case Flow::main: main_.push_back(placed); break;
            case Flow::beside: beside_.push_back(placed); break;
            case Flow::note: has_note_ = true; break;
            }
        }
        std::ranges::stable_sort(main_, is_before);
        std::ranges::stable_sort(beside_, is_before);
    }

    // What the page shows, the first of each node, from where the pages before it have come; what floated here stands behind.
    std::vector<Placed> starts() const {
        std::vector<Placed> found;
        const auto take = [&](const std::vector<Placed>& from, auto fits) {
            for (const Placed& placed : from)
                if (fits(placed) && (found.empty() || found.back().node != placed.node)) found.push_back(placed);
        };
        take(main_,
             [&](const Placed& placed) { return std::tie(placed.node, placed.begin) >= std::tie(reached_.node, reached_.end); });
        if (found.empty()) take(main_, [](const Placed&) { return true; }); // the rest of a row's cells
        take(beside_, [](const Placed&) { return true; });
        return found;
    }

    void remember() {
        for (const Placed& placed : main_)
            if (std::tie(placed.node, placed.end) >= std::tie(reached_.node, reached_.end)) reached_ = placed;
    }

    void add_place(PrintPage& page, const Placed& placed) const {
        NodeId node = placed.node;
        std::uint32_t offset = placed.begin;
        const std::string& text = book_.node(node).text;
        while (offset < text.size() && is_continuation_byte(text[offset])) ++offset;
        // A word that is divided over two pages stays whole on the first.
        if (page.places.empty() && reached_.divides_a_word && reached_.node == node && reached_.end == offset) {
            constexpr std::string_view ends = " \t\n.,;:!?()[]/";
            while (offset < text.size() && ends.find(text[offset]) == ends.npos) ++offset;
        }
        const bool of_contents = contents_link_[index(node)] != no_node;
        if (of_contents) {
            node = book_.node(contents_link_[index(node)]).target;
            offset = 0;
        }
        const Origin& origin = book_.node(node).info.origin;
        if (origin.part >= book_.parts.size()) return; // a book made by hand, without origins
        page.places.push_back({origin.part, origin.place, offset, fingerprint(book_.node(node).text), of_contents});
    }

    const Pages& pages_;
    const StyledBook& styled_;
    const Book& book_;
    std::vector<Flow> flows_;           // by NodeId
    std::vector<NodeId> contents_link_; // by NodeId: the contents' link that it stands in
    std::vector<Placed> main_, beside_; // of the page at hand
    bool has_note_ = false;
    Placed reached_{NodeId{0}}; // as far as the pages so far have come in the main text
};

} // namespace

std::uint64_t fingerprint(std::string_view text) { // FNV-1a
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01B3;
    return hash;
}

PageList page_list_of(const Pages& pages, const StyledBook& styled, std::string source) {
    return {std::move(source), pages.book->edition_name, pages.book->parts, PageListMaker(pages, styled).make()};
}

} // namespace bifolio
