// The cascade over a book: which rules match which element, and the style that comes of it.
//
// The method    One walk in reading order. For each element the candidates of the rule index are matched and sorted; parent's
// style
//               and matching blocks are the key under which the style is found again. Only the first of its kind is computed.
// Not chosen    Sharing styles between siblings that look alike, as browsers do: with the key it gains nothing.
#include "style/apply_styles.h"

#include "style/generate_content.h"
#include "style/hints.h"
#include "style/page_table.h"
#include "style/rule_index.h"
#include "style/selector_match.h"
#include "style/style_store.h"

#include <algorithm>
#include <cassert>

namespace bifolio {

namespace {

constexpr std::size_t slots = 8; // the element and its seven pseudo-elements

struct Matched {
    std::uint64_t weight;
    std::uint32_t block;
};

class StyleApplier {
public:
    StyleApplier(const Book& book, const Stylesheet& stylesheet, Diagnostics& diagnostics, const FontMeasures* fonts)
        : book_(book), stylesheet_(stylesheet), diagnostics_(diagnostics), index_(stylesheet), matcher_(book, stylesheet.atoms),
          hints_(book) {
        root_lengths_.page_width = stylesheet.media.width.in_pt();
        root_lengths_.page_height = stylesheet.media.height.in_pt();
        root_lengths_.fonts = fonts;
    }

    StyledTree run() {
        tree_.style_of.assign(book_.nodes.size(), StyleStore::initial);
        std::vector<std::pair<std::uint32_t, NameMask>> open; // end of the element, names of it and its ancestors
        for (std::uint32_t at = 0; at < book_.nodes.size(); ++at) {
            while (!open.empty() && open.back().first <= at) open.pop_back();
            const Node& node = book_.nodes[at];
            const StyleId parent = node.parent == no_node ? StyleStore::initial : tree_.style_of[index(node.parent)];
            if (node.element == Element::text) {
                tree_.style_of[at] = parent;
                continue;
            }
            const NameMask ancestors = open.empty() ? NameMask{} : open.back().second;
            style_element(NodeId{at}, parent, ancestors);
            if (index(node.end) > at + 1) open.emplace_back(index(node.end), with_names_of(NodeId{at}, ancestors));
        }
        if (matcher_.ran_out())
            diagnostics_.warning("style.too-complex", {}, "the selectors of the style sheets ask for too much comparing");
        tree_.root_lengths = root_lengths_;
        return std::move(tree_);
    }

private:
    NameMask with_names_of(NodeId id, NameMask mask) const {
        add_bit(mask, element_hash(book_.node(id).element));
        if (matcher_.id_atom(id) != no_atom) add_bit(mask, id_hash(matcher_.id_atom(id)));
        for (const Atom one : matcher_.class_atoms(id)) add_bit(mask, class_hash(one));
        return mask;
    }

    void style_element(NodeId id, StyleId parent, const NameMask& ancestors) {
        for (std::vector<Matched>& one : matched_) one.clear();
        index_.for_each_candidate(book_.node(id).element, matcher_.id_atom(id), matcher_.class_atoms(id), ancestors,
                                  [&](const IndexedSelector& one) {
                                      if (matcher_.matches(*one.selector, id))
                                          matched_[one.slot].push_back({one.weight, one.block});
                                  });
        const StyleId own = style_of_slot(id, 0, parent);
        tree_.style_of[index(id)] = own;
        if (index(id) == 0) root_lengths_ = root_context(own);
        add_pseudo_elements(id, own);
    }

    LengthContext root_context(StyleId root) const {
        LengthContext context = length_context(tree_.store.element_style(root), root_lengths_);
        context.root_font_size = context.font_size;
        context.root_line_height = context.line_height;
        context.root_font_style = context.font_style; // the store moves no style
        return context;
    }

    // Only those that the element can have.
    void add_pseudo_elements(NodeId id, StyleId own) {
        const Element element = book_.node(id).element;
        const Display display = tree_.store.element_style(own).computed.display;
        if (display == Display::none) return;
        for (std::size_t slot = 1; slot < slots; ++slot) {
            const auto pseudo = static_cast<PseudoElement>(slot - 1);
            bool wanted = !matched_[slot].empty();
            if (pseudo == PseudoElement::marker) wanted = display == Display::list_item;
            if (pseudo == PseudoElement::footnote_call) wanted = element == Element::note || element == Element::note_reference;
            if (pseudo == PseudoElement::footnote_marker) wanted = element == Element::note;
            if (wanted) tree_.pseudo_elements.push_back({id, pseudo, style_of_slot(id, slot, own)});
        }
    }

    StyleId style_of_slot(NodeId id, std::size_t slot, StyleId parent) {
        std::vector<Matched>& matched = matched_[slot];
        std::sort(matched.begin(), matched.end(), [](const Matched& a, const Matched& b) { return a.weight < b.weight; });
        const std::string& language = slot == 0 ? book_.node(id).info.language : no_language_;
        const bool is_root = index(id) == 0 && slot == 0;
        key_.clear();
        key_.push_back(parent);
        const bool is_picture = slot == 0 && book_.node(id).element == Element::img;
        key_.push_back(static_cast<std::uint32_t>(is_picture ? slots + 1 : is_root ? slots : slot));
        key_.push_back(language_number(is_root && language.empty() ? book_.metadata.language : language));
        const std::uint32_t hint = slot == 0 ? hints_.of(id) : Hints::none;
        key_.push_back(hint);
        for (const Matched& one : matched) key_.push_back(one.block);
        const StyleId found = tree_.store.find(key_);
        if (found != StyleStore::missing) return found;
        const std::string own_language = is_root && language.empty() ? book_.metadata.language : language;
        const StyleContext context{tree_.store.element_style(parent), is_root, root_lengths_, std::nullopt, own_language};
        ElementStyle style = compute_style(context, cascaded(matched, hint), diagnostics_);
        if (is_picture && is_of_table(style.computed.display)) style.computed.display = Display::inline_; // Tables 3 §2.1
        return tree_.store.add(key_, std::move(style));
    }

    static bool is_of_table(Display display) {
        return display == Display::table || display == Display::inline_table ||
               (display >= Display::table_row_group && display <= Display::table_caption);
    }

    // Cascade 4 §6.1, weakest first: program, hints, author, author !important, program !important.
    std::vector<CascadedDeclaration> cascaded(const std::vector<Matched>& matched, std::uint32_t hint) const {
        std::vector<CascadedDeclaration> made;
        const auto append = [&](StyleSource::Level level, bool important) {
            for (const Matched& one : matched) {
                const DeclarationBlock& block = stylesheet_.blocks[one.block];
                if (block.level != level || (important && !block.has_important)) continue;
                for (const Declaration& declaration : block.declarations)
                    if (declaration.important == important) made.push_back({&declaration, level});
            }
        };
        append(StyleSource::Level::program, false);
        if (hint != Hints::none)
            for (const Declaration& one : hints_.declarations(hint)) made.push_back({&one, StyleSource::Level::author});
        append(StyleSource::Level::author, false);
        append(StyleSource::Level::author, true);
        append(StyleSource::Level::program, true);
        return made;
    }

    std::uint32_t language_number(const std::string& language) {
        if (language.empty()) return 0;
        return languages_.emplace(language, static_cast<std::uint32_t>(languages_.size() + 1)).first->second;
    }

    const Book& book_;
    const Stylesheet& stylesheet_;
    Diagnostics& diagnostics_;
    RuleIndex index_;
    SelectorMatcher matcher_;
    Hints hints_;
    StyledTree tree_;
    LengthContext root_lengths_;
    std::array<std::vector<Matched>, slots> matched_;
    std::vector<std::uint32_t> key_;
    std::map<std::string, std::uint32_t> languages_;
    const std::string no_language_;
};

} // namespace

StyledBook apply_styles(std::shared_ptr<const Book> book, const Stylesheet& stylesheet, Diagnostics& diagnostics,
                        const FontMeasures* fonts) {
    StyledBook styled;
    if (!book->nodes.empty()) {
        StyledTree tree = StyleApplier(*book, stylesheet, diagnostics, fonts).run();
        styled.book = book;
        styled.page_rules = make_page_table(tree, stylesheet, diagnostics);
        generate_content(tree, stylesheet, styled, diagnostics);
        styled.style_of.reserve(tree.style_of.size());
        for (const StyleId id : tree.style_of) styled.style_of.push_back(tree.store.computed_index(id));
        styled.styles = tree.store.take_computed();
    }
    styled.book = std::move(book);
    styled.font_faces = stylesheet.font_faces;
    return styled;
}

} // namespace bifolio
