// Serialising component values (CSS Syntax 3 §9, CSSOM 1 §2.1).
#include "style/css_tokenizer.h"

#include <array>

namespace bifolio {

namespace {

void append_hex_escape(std::string& out, unsigned char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '\\';
    if (c >= 16) out += digits[c / 16];
    out += digits[c % 16];
    out += ' ';
}

bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::string escaped_name(std::string_view name) { // of a hash, where a digit may come first
    std::string out;
    for (const char c : name) {
        if (is_name_byte(c))
            out += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            append_hex_escape(out, static_cast<unsigned char>(c));
        else
            (out += '\\') += c;
    }
    return out;
}

// §9: pairs of neighbours between which nothing at all would make another token.
bool needs_gap(const ComponentValue& left, const ComponentValue& right) {
    using enum TokenType;
    const auto is_word = [](const ComponentValue& v) {
        return v.type == ident || v.type == function || v.type == url || v.type == bad_url;
    };
    const auto is_numeric = [](const ComponentValue& v) {
        return v.type == number || v.type == percentage || v.type == dimension;
    };
    const bool name_like = left.type == ident || left.type == at_keyword || left.type == hash || left.type == dimension;
    if (name_like || left.is_delim('#') || left.is_delim('-') || left.type == number) {
        if (is_word(right) || is_numeric(right) || right.type == cdc || right.is_delim('-')) return true;
        if (left.type == ident && right.type == round_block) return true;
        if (left.type == number && right.is_delim('%')) return true;
    }
    if (left.is_delim('@')) return is_word(right) || right.is_delim('-');
    if (left.is_delim('.') || left.is_delim('+')) return is_numeric(right);
    return left.is_delim('/') && right.is_delim('*');
}

std::string enclosed(char open, const ComponentValues& values, char close) { return open + to_css(values) + close; }

} // namespace

std::string css_identifier(std::string_view name) {
    if (name == "-") return "\\-";
    std::string out;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t from = 0;
    if (!name.empty() && name[0] == '-' && name.size() > 1 && is_digit(name[1])) {
        out += '-';
        from = 1;
    }
    if (from < name.size() && is_digit(name[from])) append_hex_escape(out, static_cast<unsigned char>(name[from++]));
    return out + escaped_name(name.substr(from));
}

std::string css_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            append_hex_escape(out, static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + '"';
}

std::string to_css(const ComponentValue& value) {
    switch (value.type) {
    case TokenType::ident: return css_identifier(value.text);
    case TokenType::function: return css_identifier(value.text) + enclosed('(', value.values, ')');
    case TokenType::at_keyword: return "@" + css_identifier(value.text);
    case TokenType::hash: return "#" + (value.is_id ? css_identifier(value.text) : escaped_name(value.text));
    case TokenType::string: return css_string(value.text);
    case TokenType::url: return "url(" + css_string(value.text) + ")";
    case TokenType::bad_string: return "\"";
    case TokenType::bad_url: return "url(\")";
    case TokenType::delim: return value.text;
    case TokenType::number: return value.representation;
    case TokenType::percentage: return value.representation + "%";
    case TokenType::dimension: {
        // “1e3” as number and unit must not read back as a number.
        std::string unit = css_identifier(value.text);
        if (unit.size() > 1 && (unit[0] | 0x20) == 'e' && (unit[1] == '-' || (unit[1] >= '0' && unit[1] <= '9')))
            unit = "\\65 " + unit.substr(1);
        return value.representation + unit;
    }
    case TokenType::unicode_range: {
        std::array<char, 32> buffer{};
        std::snprintf(buffer.data(), buffer.size(), "U+%X-%X", value.range_begin, value.range_end);
        return buffer.data();
    }
    case TokenType::include_match: return "~=";
    case TokenType::dash_match: return "|=";
    case TokenType::prefix_match: return "^=";
    case TokenType::suffix_match: return "$=";
    case TokenType::substring_match: return "*=";
    case TokenType::column: return "||";
    case TokenType::white_space: return " ";
    case TokenType::cdo: return "<!--";
    case TokenType::cdc: return "-->";
    case TokenType::colon: return ":";
    case TokenType::semicolon: return ";";
    case TokenType::comma: return ",";
    case TokenType::square_block: return enclosed('[', value.values, ']');
    case TokenType::round_block: return enclosed('(', value.values, ')');
    case TokenType::curly_block: return enclosed('{', value.values, '}');
    case TokenType::close_square: return "]";
    case TokenType::close_round: return ")";
    case TokenType::close_curly: return "}";
    case TokenType::end_of_file: return {};
    }
    return {};
}

std::string to_css(const ComponentValues& values) {
    std::string out;
    for (std::size_t at = 0; at < values.size(); ++at) {
        if (at > 0 && needs_gap(values[at - 1], values[at])) out += "/**/";
        out += to_css(values[at]);
    }
    return out;
}

} // namespace bifolio
