#include "proof/stage_counts.h"

#include "base/utf8.h"
#include "proof/text_digest.h"
#include "proof/text_stream.h"

#include <algorithm>
#include <set>
#include <utility>

namespace bifolio {

namespace {

using Mode = ExpectedWriter::WhiteSpaceMode;

struct Placed { // bytes of a text node
    NodeId node = no_node;
    std::uint32_t begin = 0, end = 0;
    auto operator<=>(const Placed&) const = default;
};

// The Book's own text, in the order of its nodes; with `placed`: only those bytes of it, and the white space around them.
class BookText {
public:
    BookText(const Book& book, const std::vector<Placed>* placed) : book_(book), placed_(placed), writer_(stream_) {}

    StageCount count() {
        if (!book_.nodes.empty()) node(NodeId{0});
        take(stream_.tokens.size());
        out_.nodes += stream_.stretches.size();
        out_.digest = digest_.hex();
        return std::move(out_);
    }

private:
    void take(std::size_t size) {
        for (std::size_t at = 0; at < size; ++at) {
            const TextToken token = stream_.tokens[at];
            const bool gap = gap_of(token) != Gap::none && gap_of(token) != Gap::optional;
            out_.words += gap ? 1 : 0;
            digest_.add(code_point(token), gap);
        }
        out_.characters += size;
    }
    // A book's text need not be in memory twice; the last of it tells what follows.
    void take_most() {
        constexpr std::size_t most = 32 << 10;
        if (stream_.tokens.size() < most) return;
        take(stream_.tokens.size() - 1);
        stream_.tokens.erase(stream_.tokens.begin(), stream_.tokens.end() - 1);
        out_.nodes += stream_.stretches.size() - 1;
        stream_.stretches.erase(stream_.stretches.begin(), stream_.stretches.end() - 1);
    }

    void node(NodeId id) {
        const Node& node = book_.node(id);
        if (node.element == Element::text) return text(id, node.text);
        const ElementKind kind = info(node.element).kind;
        const bool edge =
            kind == ElementKind::block || kind == ElementKind::frame || kind == ElementKind::note || node.element == Element::br;
        const bool outer = std::exchange(in_pre_, in_pre_ || node.element == Element::pre);
        if (edge) writer_.boundary();
        for (const NodeId child : children(book_, id)) this->node(child);
        if (edge) writer_.boundary();
        in_pre_ = outer;
    }

    void text(NodeId id, const std::string& whole) {
        take_most();
        writer_.begin(id, TextKind::own);
        const Mode mode = in_pre_ ? Mode::kept : Mode::collapsed;
        if (!placed_) return writer_.text(whole, mode);
        auto piece = std::ranges::lower_bound(*placed_, id, {}, &Placed::node);
        std::string shown;
        for (std::size_t at = 0; at < whole.size(); ++at) {
            while (piece != placed_->end() && piece->node == id && piece->end <= at) ++piece;
            const bool is_placed = piece != placed_->end() && piece->node == id && piece->begin <= at;
            if (is_placed || is_ascii_space(whole[at])) shown += whole[at];
        }
        writer_.text(shown, mode);
    }

    const Book& book_; // of the caller, as what follows
    const std::vector<Placed>* placed_;
    TextStream stream_;
    ExpectedWriter writer_;
    TextDigest digest_;
    StageCount out_;
    bool in_pre_ = false;
};

std::string name_of(Artifact artifact) {
    switch (artifact) {
    case Artifact::running_head: return "running heads";
    case Artifact::folio: return "page numbers";
    case Artifact::repeated_table_head: return "repeated table heads";
    default: return "leaders and other decoration";
    }
}

void add(Addition& to, std::string_view text) {
    ++to.pieces;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        at += one.size;
        to.characters += is_compared(one.code_point) ? 1 : 0;
    }
}

// Of each node the note that it stands in, and the nearest figure, table or box around it.
struct Surroundings {
    std::vector<NodeId> note, box;

    explicit Surroundings(const Book& book) : note(book.nodes.size(), no_node), box(book.nodes.size(), no_node) {
        for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
            const Node& node = book.nodes[at];
            if (node.parent != no_node) note[at] = note[index(node.parent)], box[at] = box[index(node.parent)];
            if (node.element == Element::note) note[at] = NodeId{at};
            if (node.element == Element::figure || node.element == Element::table || node.element == Element::aside)
                box[at] = NodeId{at};
        }
    }
};

std::map<std::string, std::size_t> moved_on(const Pages& pages) {
    const Surroundings around(*pages.book);
    std::map<NodeId, std::set<std::size_t>> notes; // the pages of each
    std::set<NodeId> later;                        // boxes that stand behind text that follows them in the book
    NodeId reached{0};                             // the last node of the text on the pages before
    for (std::size_t at = 0; at < pages.pages.size(); ++at) {
        NodeId here = reached;
        for (const PlacedItem& item : pages.pages[at].items) {
            const auto* content = std::get_if<Content>(&item.owner);
            const bool shows = std::holds_alternative<GlyphRun>(item.item) || std::holds_alternative<PlacedPicture>(item.item);
            if (!content || !shows || content->node == no_node) continue;
            if (const NodeId note = around.note[index(content->node)]; note != no_node) {
                if (content->generated != PseudoElement::footnote_call) notes[note].insert(at);
                continue;
            }
            here = std::max(here, content->node);
            const NodeId box = around.box[index(content->node)];
            // A table that runs over the page has its rows in their order: what was moved begins before what stood there.
            if (content->node < reached && box != no_node && pages.book->node(box).end <= reached) later.insert(box);
        }
        reached = here;
    }
    std::map<std::string, std::size_t> out;
    if (!notes.empty()) out["notes to the foot of the page"] = notes.size();
    const auto continued =
        static_cast<std::size_t>(std::ranges::count_if(notes, [](const auto& one) { return one.second.size() > 1; }));
    if (continued > 0) out["notes continued on the next page"] = continued;
    if (!later.empty()) out["figures and boxes to a later page"] = later.size();
    return out;
}

} // namespace

StageCount assembled_count(const Book& book) {
    StageCount out = BookText(book, nullptr).count();
    out.pictures = static_cast<std::size_t>(std::ranges::count(book.nodes, Element::img, &Node::element));
    return out;
}

StageCount laid_out_count(const Pages& pages) {
    std::vector<Placed> placed;
    std::set<NodeId> pictures;
    for (const Page& page : pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* content = std::get_if<Content>(&item.owner);
            if (!content || content->generated) continue;
            if (std::holds_alternative<PlacedPicture>(item.item)) pictures.insert(content->node);
            if (std::holds_alternative<GlyphRun>(item.item)) placed.push_back({content->node, content->begin, content->end});
        }
    std::ranges::sort(placed);
    StageCount out = BookText(*pages.book, &placed).count();
    out.pictures = pictures.size();
    return out;
}

LayoutMoves layout_moves(const Pages& pages) {
    LayoutMoves out;
    for (const Page& page : pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (!run || run->glyphs.empty()) continue;
            if (const auto* artifact = std::get_if<Artifact>(&item.owner))
                add(out.added[name_of(*artifact)], run->text);
            else if (std::ranges::any_of(run->glyphs, [&](const Glyph& one) { return one.cluster == run->text.size(); }))
                add(out.added["hyphens at line ends"], "-");
        }
    out.moved = moved_on(pages);
    return out;
}

} // namespace bifolio
