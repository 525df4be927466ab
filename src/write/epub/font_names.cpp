#include "write/epub/font_names.h"

#include "base/utf8.h"
#include "style/css_tokenizer.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

namespace bifolio {

namespace {

using Values = std::span<const ComponentValue>;

bool is_any_of(const ComponentValue& value, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return value.is_ident(word); });
}

// The whole value, in place of a list of families (CSS Cascade 4 §7, CSS Fonts 4 §2.7).
bool is_no_list(Values value) {
    static constexpr std::array<std::string_view, 11> words{"inherit",     "initial",    "unset",       "revert",
                                                            "caption",     "icon",       "menu",        "small-caption",
                                                            "message-box", "status-bar", "revert-layer"};
    const auto counts = [](const ComponentValue& one) { return one.type != TokenType::white_space; };
    if (std::count_if(value.begin(), value.end(), counts) != 1) return false;
    return is_any_of(*std::find_if(value.begin(), value.end(), counts), words);
}

class FontNames {
public:
    FontNames(const std::string& css, const std::map<std::string, std::string, std::less<>>& generic,
              const std::vector<std::string>& fallbacks)
        : css_(css), generic_(generic), fallbacks_(fallbacks) {}

    std::string make() {
        const ComponentValues values = parse_component_values(css_);
        rules(values);
        return std::move(out_.append(css_, copied_, std::string::npos));
    }

private:
    // Rules and declarations alike: what has a block before the next semicolon is a rule.
    void rules(Values values) {
        for (std::size_t at = 0; at < values.size();) {
            std::size_t end = at;
            while (end < values.size() && values[end].type != TokenType::semicolon && values[end].type != TokenType::curly_block)
                ++end;
            if (end < values.size() && values[end].type == TokenType::curly_block)
                rules(values[end].values);
            else
                declaration(values.subspan(at, end - at));
            at = end + 1;
        }
    }

    void declaration(Values values) {
        const auto is_space = [](const ComponentValue& value) { return value.type == TokenType::white_space; };
        const auto name = std::find_if_not(values.begin(), values.end(), is_space);
        if (name == values.end() || !(name->is_ident("font-family") || name->is_ident("font"))) return;
        const auto colon = std::find_if_not(name + 1, values.end(), is_space);
        if (colon == values.end() || colon->type != TokenType::colon) return;
        const auto important = std::find_if(colon, values.end(), [](const ComponentValue& value) { return value.is_delim('!'); });
        auto end = important;
        while (end - 1 > colon && is_space(*(end - 1))) --end;
        const Values list(colon + 1, end);
        if (!is_no_list(list)) families(list);
    }

    void families(Values list) {
        bool fallbacks_stand = false;
        std::set<std::string, std::less<>> named; // one that is named again only keeps the browser's size of text
        for (const ComponentValue& value : list) {
            const std::string lower = value.type == TokenType::ident ? to_ascii_lower(value.text) : std::string();
            if (!is_generic_family(lower)) continue;
            std::string before;
            const bool first = named.insert(lower).second;
            if (const auto found = generic_.find(lower); first && found != generic_.end())
                before += css_string(found->second) + ", ";
            if (!std::exchange(fallbacks_stand, true))
                for (const std::string& name : fallbacks_) before += css_string(name) + ", ";
            insert(value.begin, before);
        }
        if (fallbacks_stand || list.empty()) return;
        std::string behind;
        for (const std::string& name : fallbacks_) behind += ", " + css_string(name);
        insert(list.back().end, behind);
    }

    void insert(std::size_t at, const std::string& text) {
        out_.append(css_, copied_, at - copied_).append(text);
        copied_ = at;
    }

    const std::string& css_; // locals of the caller, as what follows
    const std::map<std::string, std::string, std::less<>>& generic_;
    const std::vector<std::string>& fallbacks_;
    std::string out_;
    std::size_t copied_ = 0;
};

} // namespace

bool is_generic_family(std::string_view name) { // CSS Fonts 4 §2.1.3
    static constexpr std::array<std::string_view, 13> names{"serif",         "sans-serif",   "monospace", "cursive",  "fantasy",
                                                            "system-ui",     "math",         "emoji",     "fangsong", "ui-serif",
                                                            "ui-sans-serif", "ui-monospace", "ui-rounded"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string with_font_names(const std::string& css, const std::map<std::string, std::string, std::less<>>& generic,
                            const std::vector<std::string>& fallbacks) {
    return FontNames(css, generic, fallbacks).make();
}

} // namespace bifolio
