#include "style/css_parser.h"

#include <algorithm>
#include <iterator>

namespace bifolio {

namespace {

bool is_space(const ComponentValue& value) { return value.type == TokenType::white_space; }

// Walks over a list whose values it may move out.
class Rules {
public:
    explicit Rules(ComponentValues values) : values_(std::move(values)) {}

    bool at_end() const { return at_ >= values_.size(); }
    const ComponentValue& current() const { return values_[at_]; }
    void skip() { ++at_; }
    void skip_spaces() {
        while (!at_end() && is_space(current())) skip();
    }

    SyntaxNode consume_at_rule() { // §5.4.2
        SyntaxNode rule = begun(SyntaxNode::Kind::at_rule);
        rule.name = std::move(values_[at_].text);
        rule.name_begin = rule.begin;
        rule.name_end = values_[at_].end;
        for (skip(); !at_end(); skip()) {
            rule.end = current().end;
            if (current().type == TokenType::semicolon) {
                skip();
                return rule;
            }
            if (current().type == TokenType::curly_block) {
                rule.has_block = true;
                rule.block = std::move(values_[at_].values);
                skip();
                return rule;
            }
            rule.prelude.push_back(std::move(values_[at_]));
        }
        return rule;
    }

    SyntaxNode consume_qualified_rule() { // §5.4.3; Kind::invalid when the input ends before the block
        SyntaxNode rule = begun(SyntaxNode::Kind::invalid);
        for (; !at_end(); skip()) {
            rule.end = current().end;
            if (current().type == TokenType::curly_block) {
                rule.kind = SyntaxNode::Kind::qualified_rule;
                rule.has_block = true;
                rule.block = std::move(values_[at_].values);
                skip();
                return rule;
            }
            rule.prelude.push_back(std::move(values_[at_]));
        }
        return rule;
    }

    // §5.4.5, up to the semicolon or, with `to_the_end`, to the end. Kind::invalid where it is none.
    SyntaxNode consume_declaration(bool to_the_end) {
        SyntaxNode declaration = begun(SyntaxNode::Kind::invalid);
        const std::size_t from = at_;
        const auto ends = [&] { return at_end() || (!to_the_end && current().type == TokenType::semicolon); };
        bool valid = current().type == TokenType::ident;
        if (valid) {
            declaration.name = current().text;
            declaration.name_begin = current().begin;
            declaration.name_end = current().end;
            skip();
            skip_spaces();
            valid = !at_end() && current().type == TokenType::colon;
            if (valid) skip();
        }
        if (!valid) at_ = from;
        while (!ends()) {
            declaration.end = current().end;
            declaration.prelude.push_back(std::move(values_[at_]));
            skip();
        }
        if (declaration.prelude.empty()) declaration.end = at_ > 0 ? values_[at_ - 1].end : declaration.begin;
        if (!valid) return declaration;
        declaration.kind = SyntaxNode::Kind::declaration;
        take_important(declaration);
        return declaration;
    }

private:
    SyntaxNode begun(SyntaxNode::Kind kind) const {
        SyntaxNode node;
        node.kind = kind;
        node.begin = current().begin;
        node.end = current().end;
        return node;
    }

    // The last two values that are not white space are “!” and “important”.
    static void take_important(SyntaxNode& declaration) {
        ComponentValues& value = declaration.prelude;
        const auto skip_back = [&](std::size_t at) {
            while (at > 0 && is_space(value[at - 1])) --at;
            return at;
        };
        const std::size_t word = skip_back(value.size());
        if (word == 0 || !value[word - 1].is_ident("important")) return;
        const std::size_t mark = skip_back(word - 1);
        if (mark == 0 || !value[mark - 1].is_delim('!')) return;
        value.resize(mark - 1);
        declaration.important = true;
    }

    ComponentValues values_;
    std::size_t at_ = 0;
};

SyntaxNodes consume_rules(ComponentValues values, bool top_level) { // §5.4.1
    Rules input(std::move(values));
    SyntaxNodes rules;
    while (!input.at_end()) {
        const TokenType type = input.current().type;
        if (type == TokenType::white_space || (top_level && (type == TokenType::cdo || type == TokenType::cdc)))
            input.skip();
        else if (type == TokenType::at_keyword)
            rules.push_back(input.consume_at_rule());
        else
            rules.push_back(input.consume_qualified_rule());
    }
    return rules;
}

} // namespace

SyntaxNodes parse_stylesheet(ComponentValues values) { return consume_rules(std::move(values), true); }
SyntaxNodes parse_rule_list(ComponentValues values) { return consume_rules(std::move(values), false); }

SyntaxNodes parse_declaration_list(ComponentValues values) { // §5.4.4
    Rules input(std::move(values));
    SyntaxNodes nodes;
    while (!input.at_end()) {
        const TokenType type = input.current().type;
        if (type == TokenType::white_space || type == TokenType::semicolon)
            input.skip();
        else if (type == TokenType::at_keyword)
            nodes.push_back(input.consume_at_rule());
        else
            nodes.push_back(input.consume_declaration(false));
    }
    return nodes;
}

Result<SyntaxNode> parse_one_rule(ComponentValues values) {
    Rules input(std::move(values));
    input.skip_spaces();
    if (input.at_end()) return Result<SyntaxNode>::failure("empty");
    SyntaxNode rule = input.current().type == TokenType::at_keyword ? input.consume_at_rule() : input.consume_qualified_rule();
    if (rule.kind == SyntaxNode::Kind::invalid) return Result<SyntaxNode>::failure("invalid");
    input.skip_spaces();
    if (!input.at_end()) return Result<SyntaxNode>::failure("extra-input");
    return rule;
}

Result<SyntaxNode> parse_one_declaration(ComponentValues values) {
    Rules input(std::move(values));
    input.skip_spaces();
    if (input.at_end()) return Result<SyntaxNode>::failure("empty");
    SyntaxNode declaration = input.consume_declaration(true);
    if (declaration.kind == SyntaxNode::Kind::invalid) return Result<SyntaxNode>::failure("invalid");
    return declaration;
}

Result<ComponentValue> parse_one_component_value(ComponentValues values) {
    trim_white_space(values);
    if (values.empty()) return Result<ComponentValue>::failure("empty");
    if (values.size() > 1) return Result<ComponentValue>::failure("extra-input");
    return std::move(values.front());
}

void trim_white_space(ComponentValues& values) {
    while (!values.empty() && is_space(values.back())) values.pop_back();
    const auto first = std::find_if_not(values.begin(), values.end(), is_space);
    values.erase(values.begin(), first);
}

} // namespace bifolio
