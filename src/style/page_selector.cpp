#include "style/page_selector.h"

#include <array>

namespace bifolio {

namespace {

// In the order of MarginBox.
constexpr std::array<std::string_view, 16> names{"top-left-corner",  "top-left",      "top-center",   "top-right",
                                                 "top-right-corner", "left-top",      "left-middle",  "left-bottom",
                                                 "right-top",        "right-middle",  "right-bottom", "bottom-left-corner",
                                                 "bottom-left",      "bottom-center", "bottom-right", "bottom-right-corner"};

} // namespace

std::optional<MarginBox> margin_box_named(std::string_view lower_name) {
    for (std::size_t at = 0; at < names.size(); ++at)
        if (names[at] == lower_name) return static_cast<MarginBox>(at);
    return std::nullopt;
}

std::vector<std::string> margin_box_names() { return {names.begin(), names.end()}; }

std::optional<std::vector<PageSelector>> parse_page_selectors(const ComponentValues& prelude) {
    std::vector<PageSelector> selectors;
    ValueReader whole(prelude);
    if (whole.at_end()) return selectors;
    for (const ComponentValues& part : split_at_commas(prelude)) {
        PageSelector selector;
        std::size_t at = 0;
        if (!part.empty() && part[0].type == TokenType::ident) selector.name = part[at++].text;
        for (; at + 1 < part.size() && part[at].type == TokenType::colon; at += 2) {
            const ComponentValue& word = part[at + 1];
            if (word.is_ident("first"))
                selector.first = true;
            else if (word.is_ident("blank"))
                selector.blank = true;
            else if (word.is_ident("left") || word.is_ident("verso"))
                selector.left = true;
            else if (word.is_ident("right") || word.is_ident("recto"))
                selector.right = true;
            else
                return std::nullopt;
        }
        if (at != part.size() || part.empty()) return std::nullopt;
        selectors.push_back(std::move(selector));
    }
    return selectors;
}

} // namespace bifolio
