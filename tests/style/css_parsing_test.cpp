// The public cases of css-parsing-tests: input, and what a parser must make of it, as JSON.
#include "base/colour.h"
#include "style/anb.h"
#include "style/css_encoding.h"
#include "style/css_parser.h"
#include "style/css_value.h"

#include "support/support.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <set>

using namespace bifolio;
using nlohmann::json;

namespace {

json to_json(const ComponentValues& values);

json error(const char* what) { return json::array({"error", what}); }

json numeric(const char* kind, const ComponentValue& value) {
    return json::array({kind, value.representation, value.number, value.is_integer ? "integer" : "number"});
}

json nested(json head, const ComponentValues& values) {
    for (const json& one : to_json(values)) head.push_back(one);
    return head;
}

json to_json(const ComponentValue& value) {
    switch (value.type) {
    case TokenType::ident: return json::array({"ident", value.text});
    case TokenType::function: return nested(json::array({"function", value.text}), value.values);
    case TokenType::at_keyword: return json::array({"at-keyword", value.text});
    case TokenType::hash: return json::array({"hash", value.text, value.is_id ? "id" : "unrestricted"});
    case TokenType::string: return json::array({"string", value.text});
    case TokenType::bad_string: return error("bad-string");
    case TokenType::url: return json::array({"url", value.text});
    case TokenType::bad_url: return error("bad-url");
    case TokenType::number: return numeric("number", value);
    case TokenType::percentage: return numeric("percentage", value);
    case TokenType::dimension: {
        json made = numeric("dimension", value);
        made.push_back(value.text);
        return made;
    }
    case TokenType::unicode_range: return json::array({"unicode-range", value.range_begin, value.range_end});
    case TokenType::square_block: return nested(json::array({"[]"}), value.values);
    case TokenType::round_block: return nested(json::array({"()"}), value.values);
    case TokenType::curly_block: return nested(json::array({"{}"}), value.values);
    case TokenType::close_square: return error("]");
    case TokenType::close_round: return error(")");
    case TokenType::close_curly: return error("}");
    default: return to_css(value); // delimiters and signs stand for themselves
    }
}

// An unfinished string or address is followed by its error.
json to_json(const ComponentValues& values) {
    json made = json::array();
    for (const ComponentValue& one : values) {
        made.push_back(to_json(one));
        if (one.ended_by_file) made.push_back(error(one.type == TokenType::string ? "eof-in-string" : "eof-in-url"));
    }
    return made;
}

json to_json(const SyntaxNode& node) {
    switch (node.kind) {
    case SyntaxNode::Kind::at_rule:
        return json::array({"at-rule", node.name, to_json(node.prelude), node.has_block ? to_json(node.block) : json()});
    case SyntaxNode::Kind::qualified_rule: return json::array({"qualified rule", to_json(node.prelude), to_json(node.block)});
    case SyntaxNode::Kind::declaration: return json::array({"declaration", node.name, to_json(node.prelude), node.important});
    case SyntaxNode::Kind::invalid: return error("invalid");
    }
    return {};
}

json to_json(const SyntaxNodes& nodes) {
    json made = json::array();
    for (const SyntaxNode& node : nodes) made.push_back(to_json(node));
    return made;
}

template <class T>
json to_json(const Result<T>& result) {
    return result ? to_json(result.value()) : json::array({"error", result.error()});
}

bool same(const json& a, const json& b, double tolerance) {
    if (a.is_number() && b.is_number()) return std::abs(a.get<double>() - b.get<double>()) <= tolerance;
    if (a.is_array() && b.is_array()) {
        if (a.size() != b.size()) return false;
        for (std::size_t at = 0; at < a.size(); ++at)
            if (!same(a[at], b[at], tolerance)) return false;
        return true;
    }
    return a == b;
}

template <class Make>
void run(const char* file, const Make& make, const std::set<std::string>& different = {}, double tolerance = 1e-9) {
    if (!test::has_corpus("css/css-parsing-tests")) return;
    const json cases = json::parse(test::read_file(test::corpus("css/css-parsing-tests") / file));
    std::size_t checked = 0;
    for (std::size_t at = 0; at + 1 < cases.size(); at += 2) {
        const std::string input = cases[at].is_string() ? cases[at].get<std::string>() : cases[at].dump();
        if (different.contains(input)) continue;
        const json made = make(cases[at]);
        INFO(file << ": " << input << "\n  made " << made.dump() << "\n  want " << cases[at + 1].dump());
        CHECK(same(made, cases[at + 1], tolerance));
        ++checked;
    }
    CHECK(checked > 0);
    CHECK(checked + different.size() == cases.size() / 2); // each exception is still a case of the file
}

ComponentValues values_of(const json& input) {
    return parse_component_values(with_replacements(input.get<std::string>()), {.unicode_ranges = true});
}

} // namespace

TEST_CASE("component values are read as CSS Syntax says") {
    run("component_value_list.json", [](const json& input) { return to_json(values_of(input)); });
    run("one_component_value.json", [](const json& input) { return to_json(parse_one_component_value(values_of(input))); });
}

TEST_CASE("declarations are read as CSS Syntax says") {
    run("declaration_list.json", [](const json& input) { return to_json(parse_declaration_list(values_of(input))); });
    run("one_declaration.json", [](const json& input) { return to_json(parse_one_declaration(values_of(input))); });
}

TEST_CASE("rules are read as CSS Syntax says") {
    run("one_rule.json", [](const json& input) { return to_json(parse_one_rule(values_of(input))); });
    run("rule_list.json", [](const json& input) { return to_json(parse_rule_list(values_of(input))); });
    run("stylesheet.json", [](const json& input) { return to_json(parse_stylesheet(values_of(input))); });
}

TEST_CASE("the bytes of a style sheet are decoded by mark, @charset and environment") {
    run("stylesheet_bytes.json", [](const json& input) {
        std::string bytes;
        for (const char32_t c : to_utf32(input["css_bytes"].get<std::string>())) bytes += static_cast<char>(c);
        const auto label = [&](const char* name) {
            return input.contains(name) && input[name].is_string() ? input[name].get<std::string>() : std::string();
        };
        const DecodedStylesheet decoded = decode_stylesheet(bytes, label("protocol_encoding"), label("environment_encoding"));
        return json::array({to_json(parse_stylesheet(parse_component_values(decoded.text))), decoded.encoding});
    });
}

TEST_CASE("An+B is read as CSS Syntax says") {
    run("An+B.json", [](const json& input) -> json {
        const auto position = parse_an_plus_b(parse_component_values(input.get<std::string>()));
        return position ? json::array({position->a, position->b}) : json();
    });
}

namespace {

// Channels from 0 to `most`, opacity from 0 to 1; a channel has 8 bits.
json colour_json(const json& input, double most) {
    const ComponentValues values = parse_component_values(input.get<std::string>());
    ValueReader in(values);
    const auto colour = in.take_colour();
    if (!colour || !in.at_end()) return {};
    if (!colour->colour) return "currentColor";
    const Colour c = *colour->colour;
    return json::array({c.r / 255.0 * most, c.g / 255.0 * most, c.b / 255.0 * most, c.a / 255.0});
}

} // namespace

TEST_CASE("colours are read as CSS Color says") {
    // Color 4 takes what Color 3 refused: an opacity in rgb() and hsl(), none in rgba() and hsla(), percentages for it, angles.
    // And a colour outside of sRGB is brought inside.
    const std::set<std::string> level_4{"rgb(-51, 306, 0)",       "rgb(-12%, 110%, 1400%)", "rgb(0, 0, 0, 0)",
                                        "rgb(0%, 0%, 0%, 0%)",    "rgb(0%, 0%, 0%, 0)",     "rgba(255, 255, 255, 0%)",
                                        "rgba(0, 0, 0)",          "rgba(0%, 0%, 0%)",       "rgba(0%, 0%, 0%, 0%)",
                                        "hsl(30deg, 100%, 100%)", "hsl(0, 0%, 0%, 0%)",     "hsla(30deg, 100%, 100%, 1)",
                                        "hsla(0, 0%, 0%, 50%)"};
    run(
        "color3_keywords.json", [](const json& input) { return colour_json(input, 255); }, {}, 0.5);
    run(
        "color3.json", [](const json& input) { return colour_json(input, 1); }, level_4, 0.5 / 255 + 1e-9);
}
