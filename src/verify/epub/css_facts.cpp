#include "verify/epub/css_facts.h"

#include "base/utf8.h"
#include "style/css_parser.h"
#include "verify/epub/epub_findings.h"

#include <algorithm>

namespace bifolio {

namespace {

class CssReader {
public:
    CssReader(std::string_view text, CssFacts& out) : text_(text), out_(out) {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (text[i] == '\n') lines_.push_back(i + 1);
    }

    void read_rules(const SyntaxNodes& rules, int depth) {
        if (depth > 32) return;
        for (const SyntaxNode& rule : rules) {
            if (rule.kind == SyntaxNode::Kind::invalid) {
                problem(out_.syntax_errors, "no rule begins here", rule.begin);
                read_values(rule.prelude, CssAddress::Kind::other); // what it names is named all the same
            } else if (rule.kind == SyntaxNode::Kind::at_rule)
                read_at_rule(rule, depth);
            else {
                check_selector_end(rule);
                read_selector(rule.prelude);
                check_end(rule);
                read_declarations(parse_declaration_list(rule.block), CssAddress::Kind::other);
            }
        }
    }

    void read_declarations(const SyntaxNodes& declarations, CssAddress::Kind kind) {
        for (const SyntaxNode& one : declarations) {
            if (one.kind == SyntaxNode::Kind::invalid) problem(out_.syntax_errors, "no declaration begins here", one.begin);
            if (one.kind == SyntaxNode::Kind::at_rule) {
                read_at_rule(one, 0);
                continue;
            }
            const std::string name = to_ascii_lower(one.name);
            if (one.kind == SyntaxNode::Kind::declaration && (name == "direction" || name == "unicode-bidi"))
                problem(out_.forbidden_properties, name, one.begin);
            if (name == "position" && std::ranges::any_of(one.prelude, [](const auto& v) { return v.is_ident("fixed"); }))
                problem(out_.fixed_positions, name, one.begin);
            const bool is_empty =
                std::ranges::all_of(one.prelude, [](const auto& v) { return v.type == TokenType::white_space; });
            if (one.kind == SyntaxNode::Kind::declaration && is_empty && !name.starts_with("--"))
                problem(out_.syntax_errors, named(one.name) + " has no value", one.begin);
            const bool font = kind == CssAddress::Kind::font && name == "src";
            read_values(one.prelude, font ? CssAddress::Kind::font : CssAddress::Kind::other);
        }
    }

    void read_values(const ComponentValues& values, CssAddress::Kind kind) {
        for (const ComponentValue& value : values) {
            if (value.type == TokenType::url)
                address(kind, value.text, value.begin);
            else if (value.is_function("url")) {
                for (const ComponentValue& inner : value.values)
                    if (inner.type == TokenType::string) address(kind, inner.text, value.begin);
            } else if (value.type == TokenType::bad_string || value.type == TokenType::bad_url || value.ended_by_file)
                problem(out_.syntax_errors, "a string or an address does not end", value.begin);
            else if (value.type == TokenType::close_curly || value.type == TokenType::close_round ||
                     value.type == TokenType::close_square)
                problem(out_.syntax_errors, "a bracket closes that was not opened", value.begin);
            if (!value.values.empty() && !value.is_function("url")) read_values(value.values, kind);
        }
    }

    // A comment that does not end: the tokenizer reads over it.
    void read_end(const ComponentValues& values) {
        const std::size_t begin = text_.rfind("/*"), end = text_.rfind("*/");
        const bool open = begin != std::string_view::npos && (end == std::string_view::npos || end < begin + 2);
        if (open && (values.empty() || values.back().end <= begin))
            problem(out_.syntax_errors, "a comment does not end", static_cast<std::uint32_t>(begin));
    }

private:
    XmlPlace place(std::uint32_t at) const {
        const auto line = std::ranges::upper_bound(lines_, at) - lines_.begin();
        const std::size_t begin = line == 0 ? 0 : lines_[static_cast<std::size_t>(line - 1)];
        return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(at - begin + 1)};
    }
    void problem(std::vector<CssProblem>& list, std::string what, std::uint32_t at) {
        list.push_back({std::move(what), place(at)});
    }
    void address(CssAddress::Kind kind, const std::string& written, std::uint32_t at) {
        if (is_blank(written))
            problem(out_.empty_addresses, "url()", at);
        else
            out_.addresses.push_back({kind, written, place(at)});
    }

    void read_at_rule(const SyntaxNode& rule, int depth) {
        const std::string name = to_ascii_lower(rule.name);
        if (name == "namespace" || name == "charset") return;
        if (name == "import") {
            for (const ComponentValue& value : rule.prelude) {
                if (value.type == TokenType::white_space) continue;
                if (value.type == TokenType::string)
                    address(CssAddress::Kind::import, value.text, value.begin);
                else
                    read_values({value}, CssAddress::Kind::import);
                break;
            }
            return;
        }
        if (name == "font-face") {
            const SyntaxNodes declarations = parse_declaration_list(rule.block);
            if (declarations.empty()) problem(out_.empty_font_faces, "@font-face", rule.begin);
            read_declarations(declarations, CssAddress::Kind::font);
            return;
        }
        read_values(rule.prelude, CssAddress::Kind::other);
        if (!rule.has_block) return;
        check_end(rule);
        const bool holds_rules = name == "media" || name == "supports" || name == "layer" || name == "container" ||
                                 name == "document" || name == "-moz-document" || name == "keyframes" ||
                                 name.ends_with("-keyframes") || name == "scope";
        if (holds_rules)
            read_rules(parse_rule_list(rule.block), depth + 1);
        else
            read_values(rule.block, CssAddress::Kind::other); // of @page and what there may be: not judged
    }

    void check_selector_end(const SyntaxNode& rule) {
        const auto last = std::find_if(rule.prelude.rbegin(), rule.prelude.rend(),
                                       [](const ComponentValue& value) { return value.type != TokenType::white_space; });
        if (last == rule.prelude.rend())
            problem(out_.syntax_errors, "a rule has no selector", rule.begin);
        else if (last->type == TokenType::comma || last->is_delim('>') || last->is_delim('+') || last->is_delim('~'))
            problem(out_.syntax_errors, "a selector does not end", rule.begin);
    }

    void check_end(const SyntaxNode& rule) {
        if (rule.end == 0 || rule.end > text_.size() || text_[rule.end - 1] != '}')
            problem(out_.syntax_errors, "the block of this rule does not end", rule.begin);
    }

    void read_selector(const ComponentValues& selector) {
        for (std::size_t i = 0; i < selector.size(); ++i) {
            const ComponentValue& value = selector[i];
            if (value.is_delim('.') && i + 1 < selector.size() && selector[i + 1].type == TokenType::ident)
                out_.classes.insert(selector[i + 1].text);
            if (value.type == TokenType::bad_string || value.type == TokenType::close_round ||
                value.type == TokenType::close_square || value.type == TokenType::close_curly ||
                value.type == TokenType::semicolon)
                problem(out_.syntax_errors, "a selector that cannot be read", value.begin);
            if (!value.values.empty()) read_selector(value.values);
        }
    }

    std::string_view text_;
    CssFacts& out_;
    std::vector<std::size_t> lines_; // where lines begin, but the first
};

} // namespace

CssFacts read_css(std::string_view text, CssText kind) {
    CssFacts out;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::string valid = first_invalid_utf8(text) == std::string_view::npos ? std::string(text) : with_replacements(text);
    CssReader reader(valid, out);
    ComponentValues values = parse_component_values(valid);
    reader.read_end(values);
    if (kind == CssText::declarations)
        reader.read_declarations(parse_declaration_list(std::move(values)), CssAddress::Kind::other);
    else
        reader.read_rules(parse_stylesheet(std::move(values)), 0);
    return out;
}

std::string css_encoding_of(std::string_view bytes) {
    if (bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") || bytes.starts_with(std::string_view("@\0", 2)) ||
        bytes.starts_with(std::string_view("\0@", 2)))
        return "utf-16";
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    constexpr std::string_view declared = "@charset \"";
    if (!bytes.starts_with(declared)) return "utf-8";
    bytes.remove_prefix(declared.size());
    return to_ascii_lower(bytes.substr(0, std::min<std::size_t>(bytes.find('"'), 40)));
}

} // namespace bifolio
