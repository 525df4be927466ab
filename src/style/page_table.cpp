#include "style/page_table.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr std::size_t most_names = 200; // of pages; a book has a handful
constexpr std::size_t kinds = 8, margin_boxes = 16;

// Which blocks apply to a part of a page, with their weights.
struct Weighted {
    std::uint64_t weight;
    std::uint32_t block;
};

struct PageKind {
    std::string name;
    PageSide side = PageSide::right;
    bool first = false, blank = false;
};

// Paged Media 3 §4.3: (name, :first and :blank, :left and :right)
std::optional<std::uint64_t> specificity(const PageSelector& selector, const PageKind& kind) {
    if (!selector.name.empty() && selector.name != kind.name) return std::nullopt;
    if ((selector.first && !kind.first) || (selector.blank && !kind.blank)) return std::nullopt;
    if ((selector.left && kind.side != PageSide::left) || (selector.right && kind.side != PageSide::right)) return std::nullopt;
    const auto count = [](bool a, bool b) { return static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b); };
    return static_cast<std::uint64_t>(!selector.name.empty()) << 4 | count(selector.first, selector.blank) << 2 |
           count(selector.left, selector.right);
}

class PageTableMaker {
public:
    PageTableMaker(StyledTree& tree, const Stylesheet& stylesheet, Diagnostics& diagnostics)
        : tree_(tree), stylesheet_(stylesheet), diagnostics_(diagnostics) {}

    std::shared_ptr<const PageRules> run() {
        auto rules = std::make_shared<PageRules>();
        for (const std::string& name : names()) {
            std::array<PageStyle, kinds>& styles = rules->by_name[name];
            for (std::size_t at = 0; at < kinds; ++at)
                styles[at] = page({name, at & 1 ? PageSide::right : PageSide::left, (at & 2) != 0, (at & 4) != 0});
            // A page without a folio counts as its fellows do.
            for (std::size_t at = 0; at < kinds; ++at)
                if (!is_numbered(styles[at]))
                    styles[at].page_counter_style =
                        styles[is_numbered(styles[at & 1]) ? at & 1 : 1 - (at & 1)].page_counter_style;
        }
        return rules;
    }

private:
    std::set<std::string> names() {
        std::set<std::string> all{""};
        for (const PageRule& rule : stylesheet_.page_rules)
            for (const PageSelector& selector : rule.selectors) {
                if (all.size() < most_names)
                    all.insert(selector.name);
                else if (!all.contains(selector.name))
                    diagnostics_.warning("style.too-many-pages", {}, "more than " + std::to_string(most_names) + " named pages");
            }
        return all;
    }

    static bool is_numbered(const PageStyle& style) {
        return style.page_counter_style != "decimal" ||
               std::any_of(style.margin_boxes.begin(), style.margin_boxes.end(),
                           [](const MarginBoxStyle& box) { return folio_style(box).has_value(); });
    }
    static std::optional<std::string> folio_style(const MarginBoxStyle& box) {
        for (const GeneratedItem& item : box.content)
            if (const auto* number = std::get_if<GeneratedPageNumber>(&item); number && !number->of_all)
                return number->counter_style;
        return std::nullopt;
    }

    struct Matched {
        std::vector<Weighted> page, footnote_area;
        std::array<std::vector<Weighted>, margin_boxes> boxes;
    };

    Matched match(const PageKind& kind) const {
        Matched matched;
        for (std::size_t order = 0; order < stylesheet_.page_rules.size(); ++order) {
            const PageRule& rule = stylesheet_.page_rules[order];
            std::optional<std::uint64_t> best;
            if (rule.selectors.empty()) best = 0;
            for (const PageSelector& selector : rule.selectors)
                if (const auto one = specificity(selector, kind)) best = std::max(best.value_or(0), *one);
            if (!best) continue;
            const std::uint64_t level = stylesheet_.blocks[rule.block].level == StyleSource::Level::author ? 1 : 0;
            const std::uint64_t weight = level << 63 | *best << 40 | order;
            matched.page.push_back({weight, rule.block});
            for (const auto& [box, block] : rule.margin_boxes)
                matched.boxes[static_cast<std::size_t>(box)].push_back({weight, block});
            for (const std::uint32_t block : rule.footnote_areas) matched.footnote_area.push_back({weight, block});
        }
        return matched;
    }

    StyleId style_of(std::vector<Weighted> blocks, StyleId parent, std::uint32_t part, PageSide side) {
        std::stable_sort(blocks.begin(), blocks.end(), [](const Weighted& a, const Weighted& b) { return a.weight < b.weight; });
        std::vector<std::uint32_t> key{parent, 1000 + part * 2 + (side == PageSide::right ? 1u : 0u)};
        for (const Weighted& one : blocks) key.push_back(one.block);
        if (const StyleId found = tree_.store.find(key); found != StyleStore::missing) return found;
        std::vector<CascadedDeclaration> declarations;
        const auto append = [&](StyleSource::Level level, bool important) {
            for (const Weighted& one : blocks) {
                const DeclarationBlock& block = stylesheet_.blocks[one.block];
                if (block.level != level) continue;
                for (const Declaration& declaration : block.declarations)
                    if (declaration.important == important) declarations.push_back({&declaration, level});
            }
        };
        append(StyleSource::Level::program, false);
        append(StyleSource::Level::author, false);
        append(StyleSource::Level::author, true);
        append(StyleSource::Level::program, true);
        const StyleContext context{tree_.store.element_style(parent), false, tree_.root_lengths, side, {}};
        return tree_.store.add(std::move(key), compute_style(context, declarations, diagnostics_));
    }

    PageStyle page(const PageKind& kind) {
        const Matched matched = match(kind);
        const StyleId root = tree_.style_of.front();
        const StyleId own = style_of(matched.page, root, 0, kind.side);
        PageStyle made = box_of(tree_.store.element_style(own));
        const std::string& numbered = tree_.store.element_style(own).page.counter_style;
        for (std::size_t at = 0; at < margin_boxes; ++at) {
            if (matched.boxes[at].empty()) continue;
            const StyleId id = style_of(matched.boxes[at], own, static_cast<std::uint32_t>(1 + at), kind.side);
            const ElementStyle& style = tree_.store.element_style(id);
            MarginBoxStyle box{static_cast<MarginBox>(at), tree_.store.computed_index(id),
                               page_content(style.content, style, stylesheet_.counter_styles)};
            if (box.content.empty() || style.computed.display == Display::none) continue;
            if (const auto folio = folio_style(box)) made.page_counter_style = *folio;
            made.margin_boxes.push_back(std::move(box));
        }
        if (!numbered.empty()) made.page_counter_style = stylesheet_.counter_styles.portable(numbered);
        made.footnote_area_style = tree_.store.computed_index(style_of(matched.footnote_area, own, 1 + margin_boxes, kind.side));
        return made;
    }

    PageStyle box_of(const ElementStyle& style) {
        PageStyle made;
        made.width = style.page.width.value_or(stylesheet_.media.width);
        made.height = style.page.height.value_or(stylesheet_.media.height);
        using Orientation = PageProperties::Orientation;
        const bool wide = made.width > made.height;
        if ((style.page.orientation == Orientation::landscape && !wide) ||
            (style.page.orientation == Orientation::portrait && wide))
            std::swap(made.width, made.height);
        for (std::size_t side = 0; side < 4; ++side) {
            const Length whole = side % 2 == 0 ? made.height : made.width; // Paged Media 3 §7.1
            made.margin[side] = max(style.computed.margin[side].resolve(whole), Length{});
            made.padding[side] = max(style.computed.padding[side].resolve(whole), Length{});
        }
        made.border_width = style.computed.border_width;
        made.border_style = style.computed.border_style;
        made.border_colour = style.computed.border_colour;
        made.background = style.computed.background_colour;
        made.crop_marks = style.page.crop_marks;
        made.depth = style.page.depth;
        made.restarts_notes = std::any_of(style.counter_reset.begin(), style.counter_reset.end(),
                                          [](const CounterChange& one) { return one.name == "footnote"; });
        made.bleed = style.page.bleed.value_or(style.page.crop_marks ? Length::pt(6) : Length{});
        keep_room(made, 0, made.height);
        keep_room(made, 1, made.width);
        return made;
    }

    // At least a tenth of the page is for the text; else nothing could ever be laid out.
    void keep_room(PageStyle& style, std::size_t side, Length whole) {
        const std::size_t other = side + 2;
        const Length taken = style.margin[side] + style.margin[other] + style.padding[side] + style.padding[other] +
                             style.border_width[side] + style.border_width[other];
        const Length most = whole.scaled(0.9);
        if (taken <= most) return;
        diagnostics_.warning("style.narrow-page", {}, "the margins of a page leave no room for text");
        for (const std::size_t at : {side, other}) {
            const double factor = most / taken;
            style.margin[at] = style.margin[at].scaled(factor);
            style.padding[at] = style.padding[at].scaled(factor);
            style.border_width[at] = style.border_width[at].scaled(factor);
        }
    }

    StyledTree& tree_;
    const Stylesheet& stylesheet_;
    Diagnostics& diagnostics_;
};

} // namespace

std::shared_ptr<const PageRules> make_page_table(StyledTree& tree, const Stylesheet& stylesheet, Diagnostics& diagnostics) {
    return PageTableMaker(tree, stylesheet, diagnostics).run();
}

const PseudoBox* StyledBook::pseudo(NodeId id, PseudoElement which) const {
    const auto found = pseudo_boxes.find(id);
    if (found == pseudo_boxes.end()) return nullptr;
    for (const PseudoBox& box : found->second)
        if (box.pseudo == which) return &box;
    return nullptr;
}

PageStyle StyledBook::page_style(const PageContext& context) const {
    if (!page_rules) return {};
    auto found = page_rules->by_name.find(context.name);
    if (found == page_rules->by_name.end()) found = page_rules->by_name.find(""); // no rule names it
    return found->second[page_kind(context.side, context.first, context.blank)];
}

} // namespace bifolio
