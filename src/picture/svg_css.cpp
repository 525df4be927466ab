#include "picture/svg_css.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {
namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// Comments become spaces of the same length, so that places stay right.
std::string without_comments(std::string_view text) {
    std::string result(text);
    for (std::size_t at = result.find("/*"); at != std::string::npos; at = result.find("/*", at)) {
        const std::size_t end = std::min(result.find("*/", at + 2), result.size() - 2) + 2;
        std::fill(result.begin() + static_cast<std::ptrdiff_t>(at), result.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    }
    return result;
}

// The first of `wanted` outside of quotes, brackets and escapes.
std::size_t find_outside(std::string_view text, std::string_view wanted, std::size_t at) {
    char quote = 0;
    int depth = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\') {
            ++at;
        } else if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (depth == 0 && wanted.find(c) != std::string_view::npos) {
            return at;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[') {
            ++depth;
        } else if ((c == ')' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return std::string_view::npos;
}

// The end of a block whose “{” is at `open`: the place of its “}”, or the end.
std::size_t block_end(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    for (std::size_t at = find_outside(text, "{}", open); at != std::string_view::npos; at = find_outside(text, "{}", at + 1)) {
        if (text[at] == '{')
            ++depth;
        else if (--depth == 0)
            return at;
    }
    return text.size();
}

bool has_word(std::string_view list, std::string_view word) {
    for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
        const bool begins = at == 0 || is_ascii_space(list[at - 1]);
        const bool ends = at + word.size() == list.size() || is_ascii_space(list[at + word.size()]);
        if (begins && ends && !word.empty()) return true;
    }
    return false;
}

} // namespace

std::vector<SvgDeclaration> parse_declarations(std::string_view raw) {
    std::vector<SvgDeclaration> declarations;
    const std::string clean = without_comments(raw);
    const std::string_view text = clean;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(find_outside(text, ";", at), text.size());
        const std::string_view declaration = text.substr(at, end - at);
        at = end + 1;
        const std::size_t colon = declaration.find(':');
        if (colon == std::string_view::npos) continue;
        SvgDeclaration made{to_ascii_lower(trimmed(declaration.substr(0, colon))),
                            std::string(trimmed(declaration.substr(colon + 1)))};
        if (const std::size_t mark = made.value.rfind('!'); mark != std::string::npos) {
            if (equals_ignoring_ascii_case(trimmed(std::string_view(made.value).substr(mark + 1)), "important")) {
                made.important = true;
                made.value = std::string(trimmed(std::string_view(made.value).substr(0, mark)));
            }
        }
        if (!made.property.empty()) declarations.push_back(std::move(made));
    }
    return declarations;
}

// Reads one style sheet into the rules.
class SvgCssReader {
public:
    SvgCssReader(SvgStylesheet& sheet, std::vector<PictureProblem>& problems, std::uint32_t place)
        : sheet_(sheet), problems_(problems), place_(place) {}

    void read_rules(std::string_view text, std::size_t offset, int depth = 0) {
        for (std::size_t at = 0; at < text.size();) {
            at = skip_space_and_comment_marks(text, at);
            if (at >= text.size()) return;
            const std::size_t open = find_outside(text, text[at] == '@' ? "{;" : "{", at);
            if (open == std::string_view::npos) {
                problem(offset + at, text.substr(at), "the style rule is damaged");
                return;
            }
            const std::string_view prelude = trimmed(text.substr(at, open - at));
            const std::size_t end = text[open] == ';' ? open : block_end(text, open);
            const std::string_view block = text[open] == ';' ? std::string_view() : text.substr(open + 1, end - open - 1);
            if (prelude.starts_with('@'))
                read_at_rule(prelude, block, offset + at, offset + open + 1, depth);
            else
                read_style_rule(prelude, block, offset + at);
            at = end + 1;
        }
    }

private:
    using Compound = SvgStylesheet::Compound;

    static std::size_t skip_space_and_comment_marks(std::string_view text, std::size_t at) {
        for (;;) {
            while (at < text.size() && is_ascii_space(text[at])) ++at;
            const std::string_view rest = text.substr(at);
            if (rest.starts_with("<!--"))
                at += 4;
            else if (rest.starts_with("-->"))
                at += 3;
            else
                return at;
        }
    }

    void problem(std::size_t at, std::string_view what, std::string message) {
        const auto begin = place_ == 0 ? 0 : static_cast<std::uint32_t>(place_ + at);
        const auto size = place_ == 0 ? 0 : static_cast<std::uint32_t>(std::min<std::size_t>(what.size(), 80));
        problems_.push_back({begin, begin + size, std::move(message)});
    }

    void read_at_rule(std::string_view prelude, std::string_view block, std::size_t at, std::size_t block_at, int depth) {
        const std::size_t name_end = std::min(prelude.find_first_of(" \t\r\n(\"'"), prelude.size());
        const std::string name = to_ascii_lower(prelude.substr(1, name_end - 1));
        const std::string condition = to_ascii_lower(trimmed(prelude.substr(name_end)));
        if (name == "charset" || name == "namespace" || name.ends_with("keyframes")) return;
        if (name == "media" && depth < 8) {
            if (condition == "all" || condition == "print" || condition == "screen" ||
                condition == "(prefers-color-scheme: light)") {
                read_rules(block, block_at, depth + 1);
                return;
            }
            if (condition.find("prefers-color-scheme: dark") != std::string::npos ||
                condition.find("hover") != std::string::npos || condition.find("prefers-reduced-motion") != std::string::npos) {
                return;
            }
        }
        if (name == "import") return problem(at, prelude, "a style sheet from elsewhere (@import) is not read");
        if (name == "font-face") {
            return problem(
                at, prelude,
                "a font inside the picture (@font-face) is not used; give it to the book, or turn the text into paths");
        }
        problem(at, prelude, "the rule ‘@" + name + "’ is not understood in a picture");
    }

    void read_style_rule(std::string_view prelude, std::string_view block, std::size_t at) {
        const std::size_t index = sheet_.blocks_.size();
        sheet_.blocks_.push_back(parse_declarations(block));
        for (std::size_t begin = 0; begin <= prelude.size();) {
            const std::size_t end = std::min(find_outside(prelude, ",", begin), prelude.size());
            const std::string_view text = trimmed(prelude.substr(begin, end - begin));
            begin = end + 1;
            SvgStylesheet::Rule rule;
            rule.block = index;
            never_ = false;
            if (!read_selector(text, rule)) {
                problem(at, prelude, "the selector ‘" + std::string(text.substr(0, 80)) + "’ is not understood in a picture");
            } else if (!never_) {
                sheet_.rules_.push_back(std::move(rule));
            }
        }
    }

    static std::string take_name(std::string_view& text) {
        std::string name;
        while (!text.empty()) {
            if (text.front() == '\\' && text.size() > 1) {
                name += text[1];
                text.remove_prefix(2);
            } else if (is_name_character(text.front())) {
                name += text.front();
                text.remove_prefix(1);
            } else {
                break;
            }
        }
        return name;
    }

    bool read_selector(std::string_view text, SvgStylesheet::Rule& rule) {
        char combinator = 0;
        std::uint32_t ids = 0, classes = 0, types = 0;
        while (!text.empty()) {
            Compound compound;
            compound.combinator = combinator;
            const std::size_t before = text.size();
            if (text.front() == '*') {
                text.remove_prefix(1);
            } else if (is_name_character(text.front())) {
                compound.type = take_name(text);
                ++types;
            }
            while (!text.empty() && std::string_view("#.[:").find(text.front()) != std::string_view::npos) {
                (text.front() == '#' ? ids : classes) += 1;
                if (!read_simple(text, compound)) return false;
            }
            if (text.size() == before) return false;
            rule.selector.push_back(std::move(compound));
            combinator = take_combinator(text);
            if (combinator == 0 && !text.empty()) return false;
            if (combinator != 0 && combinator != ' ' && text.empty()) return false;
        }
        rule.specificity = std::min(ids, 255u) << 16 | std::min(classes, 255u) << 8 | std::min(types, 255u);
        return !rule.selector.empty();
    }

    static char take_combinator(std::string_view& text) {
        char combinator = 0;
        while (!text.empty() &&
               (is_ascii_space(text.front()) || std::string_view(">+~").find(text.front()) != std::string_view::npos)) {
            if (!is_ascii_space(text.front()))
                combinator = text.front();
            else if (combinator == 0)
                combinator = ' ';
            text.remove_prefix(1);
        }
        return combinator;
    }

    bool read_simple(std::string_view& text, Compound& compound) {
        const char kind = text.front();
        text.remove_prefix(1);
        if (kind == '[') return read_condition(text, compound);
        const std::string name = take_name(text);
        if (name.empty()) return false;
        if (kind == '#') compound.ids.push_back(name);
        if (kind == '.') compound.classes.push_back(name);
        if (kind != ':') return true;
        static constexpr std::string_view states[] = {"hover",        "active",  "focus", "focus-visible",
                                                      "focus-within", "visited", "target"};
        if (std::ranges::find(states, name) != std::end(states))
            never_ = true;
        else if (name == "root")
            compound.root = true;
        else if (name == "first-child")
            compound.first_child = true;
        else if (name == "last-child")
            compound.last_child = true;
        else
            return false;
        return text.empty() || text.front() != '(';
    }

    static bool read_condition(std::string_view& text, Compound& compound) {
        const std::size_t close = find_outside(text, "]", 0);
        if (close == std::string_view::npos) return false;
        const std::string_view inside = trimmed(text.substr(0, close));
        text.remove_prefix(close + 1);
        SvgStylesheet::Condition condition;
        const std::size_t equals = inside.find('=');
        condition.name = std::string(trimmed(inside.substr(0, equals)));
        if (equals != std::string_view::npos) {
            condition.kind = '=';
            if (!condition.name.empty() && std::string_view("~|^$*").find(condition.name.back()) != std::string_view::npos) {
                condition.kind = condition.name.back();
                condition.name = std::string(trimmed(std::string_view(condition.name).substr(0, condition.name.size() - 1)));
            }
            std::string_view value = trimmed(inside.substr(equals + 1));
            if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
                value = value.substr(1, value.size() - 2);
            }
            condition.value = std::string(value);
        }
        const bool sound = !condition.name.empty() &&
                           std::ranges::all_of(condition.name, [](char c) { return is_name_character(c) || c == ':'; });
        compound.conditions.push_back(std::move(condition));
        return sound;
    }

    SvgStylesheet& sheet_;
    std::vector<PictureProblem>& problems_;
    std::uint32_t place_;
    bool never_ = false; // the selector asks for a state that paper does not have
};

SvgStylesheet::SvgStylesheet(const SvgDocument& document, std::vector<PictureProblem>& problems) : document_(document) {
    for (SvgNodeId id = 0; id < document.size(); ++id) {
        if (document[id].name != "style") continue;
        const std::string_view type = document.value(id, "type");
        if (!type.empty() && type != "text/css") {
            problems.push_back(
                {document[id].begin, document[id].end, "a style sheet of the type ‘" + std::string(type) + "’ is not read"});
            continue;
        }
        for (const SvgNodeId child : document[id].children) {
            if (!document[child].is_text()) continue;
            const std::string text = without_comments(document[child].text);
            SvgCssReader(*this, problems, document[child].begin).read_rules(text, 0);
        }
    }
    std::ranges::stable_sort(rules_, {}, &Rule::specificity);
}

bool SvgStylesheet::matches(const Compound& compound, SvgNodeId node) const {
    const SvgNode& element = document_[node];
    if (++steps_ >= most_steps) return false;
    if (!compound.type.empty() && compound.type != element.name) return false;
    if (compound.root && node != SvgDocument::root) return false;
    for (const std::string& id : compound.ids) {
        if (document_.value(node, "id") != id) return false;
    }
    for (const std::string& name : compound.classes) {
        if (!has_word(document_.value(node, "class"), name)) return false;
    }
    for (const Condition& condition : compound.conditions) {
        const SvgAttribute* attribute = document_.attribute(node, condition.name);
        if (attribute == nullptr) return false;
        const std::string_view value = attribute->value, wanted = condition.value;
        bool holds = true;
        switch (condition.kind) {
        case '=': holds = value == wanted; break;
        case '~': holds = has_word(value, wanted); break;
        case '|': holds = value == wanted || (value.starts_with(wanted) && value.substr(wanted.size()).starts_with('-')); break;
        case '^': holds = !wanted.empty() && value.starts_with(wanted); break;
        case '$': holds = !wanted.empty() && value.ends_with(wanted); break;
        case '*': holds = !wanted.empty() && value.find(wanted) != std::string_view::npos; break;
        default: break;
        }
        if (!holds) return false;
    }
    if (!compound.first_child && !compound.last_child) return true;
    if (element.parent == no_svg_node) return true;
    steps_ += document_[element.parent].children.size();
    SvgNodeId first = no_svg_node, last = no_svg_node;
    for (const SvgNodeId child : document_[element.parent].children) {
        if (document_[child].is_text()) continue;
        if (first == no_svg_node) first = child;
        last = child;
    }
    return (!compound.first_child || first == node) && (!compound.last_child || last == node);
}

bool SvgStylesheet::matches(const std::vector<Compound>& selector, std::size_t last, SvgNodeId node) const {
    if (!matches(selector[last], node)) return false;
    if (last == 0) return true;
    const char combinator = selector[last].combinator;
    const SvgNodeId parent = document_[node].parent;
    if (combinator == '>') return parent != no_svg_node && matches(selector, last - 1, parent);
    if (combinator == ' ') {
        for (SvgNodeId up = parent; up != no_svg_node; up = document_[up].parent) {
            if (matches(selector, last - 1, up)) return true;
        }
        return false;
    }
    if (parent == no_svg_node) return false;
    steps_ += document_[parent].children.size();
    const std::vector<SvgNodeId>& siblings = document_[parent].children;
    for (auto at = std::ranges::find(siblings, node); at != siblings.begin();) {
        --at;
        if (document_[*at].is_text()) continue;
        if (matches(selector, last - 1, *at)) return true;
        if (combinator == '+') return false;
    }
    return false;
}

std::vector<const SvgDeclaration*> SvgStylesheet::declarations_for(SvgNodeId node) const {
    std::vector<const SvgDeclaration*> declarations, important;
    for (const Rule& rule : rules_) {
        if (is_exhausted()) break;
        if (!matches(rule.selector, rule.selector.size() - 1, node)) continue;
        steps_ += blocks_[rule.block].size() * 8; // each is read anew for the element
        for (const SvgDeclaration& declaration : blocks_[rule.block]) {
            (declaration.important ? important : declarations).push_back(&declaration);
        }
    }
    declarations.insert(declarations.end(), important.begin(), important.end());
    return declarations;
}

} // namespace bifolio
