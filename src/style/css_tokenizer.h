// css_tokenizer.h: CSS text → component values (tokens, with blocks and functions as trees).
//
// Input      Valid UTF-8 (see css_encoding.h). Line ends and NUL are treated as the specification's preprocessing would, while
//            reading, so that every value keeps the byte range of the text that it came from.
// Bounds     Blocks and functions deeper than limits::nesting_depth are read over: the value is there, empty, and `too_deep`.
// Spec       CSS Syntax 3 §3 and §4; <unicode-range> and the match tokens (~= |= ^= $= *= ||) as in the draft of 2013, the former
//            only where asked for, because elsewhere it would take “u+a” away from selectors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class TokenType : std::uint8_t {
    ident,
    function,
    at_keyword,
    hash,
    string,
    bad_string,
    url,
    bad_url,
    delim,
    number,
    percentage,
    dimension,
    unicode_range,
    include_match,
    dash_match,
    prefix_match,
    suffix_match,
    substring_match,
    column,
    white_space,
    cdo,
    cdc,
    colon,
    semicolon,
    comma,
    square_block,
    round_block,
    curly_block, // [] () {}: their content is in `values`
    close_square,
    close_round,
    close_curly, // without a partner: an error
    end_of_file,
};

struct ComponentValue;
using ComponentValues = std::vector<ComponentValue>;

// A preserved token, a function or a simple block.
struct ComponentValue {
    TokenType type = TokenType::delim;
    bool is_id = false;                           // hash: its value is an identifier
    bool is_integer = false;                      // number, percentage, dimension
    bool ended_by_file = false;                   // string, url: the file ended within
    bool too_deep = false;                        // block, function: what it held was read over
    std::uint32_t begin = 0, end = 0;             // bytes of the source
    std::uint32_t range_begin = 0, range_end = 0; // unicode_range
    double number = 0;
    std::string text;           // name, string, address, the delimiter, a dimension's unit
    std::string representation; // a number as written
    ComponentValues values;     // of a block or function

    bool is_delim(char c) const { return type == TokenType::delim && text.size() == 1 && text[0] == c; }
    bool is_ident(std::string_view lower) const;    // ignoring ASCII case
    bool is_function(std::string_view lower) const; // ignoring ASCII case
};

struct TokenizerOptions {
    bool unicode_ranges = false;
};

// Parse a list of component values (§5.3.10). `offset` is added to every begin and end.
ComponentValues parse_component_values(std::string_view text, TokenizerOptions options = {}, std::uint32_t offset = 0);

// The values as CSS text that reads back as the same values; comments are gone, white space is one space.
std::string to_css(const ComponentValues& values);
std::string to_css(const ComponentValue& value);
std::string css_identifier(std::string_view name); // escaped where it must be (CSSOM, “serialize an identifier”)
std::string css_string(std::string_view text);     // in double quotes

} // namespace bifolio
