// Text against its background, WCAG 2.2, 1.4.3 and 1.4.6.
#include "check/accessibility.h"

#include "base/utf8.h"

#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

namespace bifolio {

namespace {

// “Large scale”: 18 pt, or 14 pt and bold.
bool is_large(const ComputedStyle& style) {
    return style.font_size >= Length::pt(18) || (style.font_size >= Length::pt(14) && style.font_weight >= 700);
}

std::string ratio_text(double ratio) {
    char text[16]; // cut, not rounded: 4.499 is not 4.5
    std::snprintf(text, sizeof text, "%.2f", std::floor(ratio * 100) / 100);
    return std::string(text) + ":1";
}

class ContrastChecker {
public:
    explicit ContrastChecker(const StyledBook& styled) : styled_(styled), book_(*styled.book) {}

    ContrastFindings check() {
        std::vector<Colour> backgrounds(book_.nodes.size(), Colour::white());
        std::vector<double> opacities(book_.nodes.size(), 1);
        std::vector<char> shown(book_.nodes.size(), 1);
        for (std::uint32_t at = 0; at < book_.nodes.size(); ++at) {
            const NodeId id{at}, parent = book_.nodes[at].parent;
            Colour behind = Colour::white();
            if (parent != no_node) {
                behind = backgrounds[index(parent)];
                opacities[at] = opacities[index(parent)];
                shown[at] = shown[index(parent)];
            }
            const ComputedStyle& style = styled_.style(id);
            if (book_.nodes[at].element == Element::text) {
                if (shown[at] && style.visibility == Visibility::visible && !is_blank(book_.nodes[at].text))
                    compare(id, style, faded(style.colour, opacities[at]), behind);
                continue;
            }
            if (style.display == Display::none) shown[at] = 0;
            opacities[at] *= style.opacity;
            backgrounds[at] = over(faded(style.background_colour, opacities[at]), behind);
        }
        for (const auto& [id, boxes] : styled_.pseudo_boxes)
            for (const PseudoBox& box : boxes) {
                const ComputedStyle& style = styled_.styles[box.style];
                const double opacity = opacities[index(id)] * style.opacity;
                if (shown[index(id)] && has_text(box.content))
                    compare(id, style, faded(style.colour, opacity),
                            over(faded(style.background_colour, opacity), backgrounds[index(id)]));
            }
        return std::move(found_);
    }

private:
    static bool has_text(const GeneratedContent& content) {
        for (const GeneratedItem& item : content)
            if (const auto* text = std::get_if<GeneratedText>(&item); text && !is_blank(text->text)) return true;
        return false;
    }

    static Colour faded(Colour colour, double opacity) {
        return opacity >= 1 ? colour : colour.with_alpha(static_cast<std::uint8_t>(colour.a * std::max(opacity, 0.0) + 0.5));
    }

    void compare(NodeId id, const ComputedStyle& style, Colour text, Colour background) {
        const bool large = is_large(style);
        const Colour seen = over(text, background);
        const auto key = std::tuple(to_css(seen), to_css(background), large);
        if (!seen_.try_emplace(key, true).second) return;
        const double ratio = contrast_ratio(seen, background);
        if (ratio >= (large ? 4.5 : 7.0)) return;
        const AccessibilityFault fault{AccessibilityRule::contrast, place_of(book_, id),
                                       (large ? "large text in " : "text in ") + to_css(seen) + " on " + to_css(background) +
                                           " has a contrast of " + ratio_text(ratio)};
        found_.below_enhanced.push_back(fault);
        if (ratio < (large ? 3.0 : 4.5)) found_.faults.push_back(fault);
    }

    const StyledBook& styled_;
    const Book& book_;
    ContrastFindings found_;
    std::map<std::tuple<std::string, std::string, bool>, bool> seen_;
};

} // namespace

ContrastFindings check_contrast(const StyledBook& styled) { return ContrastChecker(styled).check(); }

} // namespace bifolio
