#include "style/css_tokenizer.h"

#include "base/number.h"
#include "base/utf8.h"
#include "io/limits.h"

#include <optional>

namespace bifolio {

bool ComponentValue::is_ident(std::string_view lower) const {
    return type == TokenType::ident && equals_ignoring_ascii_case(text, lower);
}

bool ComponentValue::is_function(std::string_view lower) const {
    return type == TokenType::function && equals_ignoring_ascii_case(text, lower);
}

namespace {

constexpr std::uint32_t end_of_input = 0xFFFF'FFFF;

bool is_digit(std::uint32_t c) { return c >= '0' && c <= '9'; }
bool is_hex(std::uint32_t c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
std::uint32_t hex_value(std::uint32_t c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }
bool is_newline(std::uint32_t c) { return c == '\n' || c == '\r' || c == '\f'; }
bool is_white_space(std::uint32_t c) { return c == ' ' || c == '\t' || is_newline(c); }
// NUL stands for U+FFFD, so it begins names as every other character beyond ASCII does.
bool begins_name(std::uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != end_of_input) || c == 0;
}
bool is_name(std::uint32_t c) { return begins_name(c) || is_digit(c) || c == '-'; }
bool is_non_printable(std::uint32_t c) { return (c >= 1 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F; }

class Tokenizer {
public:
    Tokenizer(std::string_view text, TokenizerOptions options, std::uint32_t offset)
        : text_(text), options_(options), offset_(offset) {}

    // §4.3.1; opening brackets come as empty blocks, a function as an empty function.
    ComponentValue next() {
        skip_comments();
        ComponentValue token;
        token.begin = position();
        consume(token);
        token.end = position();
        return token;
    }

private:
    std::uint32_t position() const { return static_cast<std::uint32_t>(at_) + offset_; }
    std::uint32_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? static_cast<unsigned char>(text_[at_ + ahead]) : end_of_input;
    }

    void skip_comments() {
        while (peek() == '/' && peek(1) == '*') {
            const std::size_t close = text_.find("*/", at_ + 2);
            at_ = close == std::string_view::npos ? text_.size() : close + 2;
        }
    }

    // The code point at the front goes to `out`; NUL becomes U+FFFD, a line end “\n”.
    void take(std::string& out) {
        const std::uint32_t c = peek();
        if (c == 0)
            out += "\xEF\xBF\xBD";
        else if (is_newline(c)) {
            take_newline();
            out += '\n';
            return;
        } else
            out += static_cast<char>(c);
        ++at_;
    }
    void take_newline() { at_ += peek() == '\r' && peek(1) == '\n' ? 2 : 1; }

    bool valid_escape(std::size_t ahead = 0) const { return peek(ahead) == '\\' && !is_newline(peek(ahead + 1)); }
    bool begins_identifier(std::size_t ahead = 0) const { // §4.3.9
        if (peek(ahead) == '-') return begins_name(peek(ahead + 1)) || peek(ahead + 1) == '-' || valid_escape(ahead + 1);
        return begins_name(peek(ahead)) || valid_escape(ahead);
    }
    bool begins_number() const { // §4.3.10
        const std::size_t sign = peek() == '+' || peek() == '-' ? 1 : 0;
        return is_digit(peek(sign)) || (peek(sign) == '.' && is_digit(peek(sign + 1)));
    }

    void consume_escape(std::string& out) { // §4.3.7; the backslash is behind us
        if (peek() == end_of_input) {
            out += "\xEF\xBF\xBD";
            return;
        }
        if (!is_hex(peek())) {
            take(out);
            return;
        }
        char32_t code_point = 0;
        for (int digits = 0; digits < 6 && is_hex(peek()); ++digits, ++at_) code_point = code_point * 16 + hex_value(peek());
        if (is_white_space(peek())) take_newline();
        if (code_point == 0 || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
        append_utf8(out, code_point);
    }

    std::string consume_name() { // §4.3.11
        std::string name;
        for (;;) {
            if (is_name(peek()))
                take(name);
            else if (valid_escape()) {
                ++at_;
                consume_escape(name);
            } else
                return name;
        }
    }

    void consume(ComponentValue& token) {
        const std::uint32_t c = peek();
        if (c == end_of_input) {
            token.type = TokenType::end_of_file;
        } else if (is_white_space(c)) {
            while (is_white_space(peek())) ++at_;
            token.type = TokenType::white_space;
        } else if (c == '"' || c == '\'') {
            consume_string(token);
        } else if (begins_number()) {
            consume_numeric(token);
        } else if (c == '-' && peek(1) == '-' && peek(2) == '>') {
            at_ += 3;
            token.type = TokenType::cdc;
        } else if ((c | 0x20) == 'u' && options_.unicode_ranges && peek(1) == '+' && (is_hex(peek(2)) || peek(2) == '?')) {
            consume_unicode_range(token);
        } else if (begins_identifier()) {
            consume_identifier_like(token);
        } else if (c == '#' && (is_name(peek(1)) || valid_escape(1))) {
            token.is_id = begins_identifier(1);
            ++at_;
            token.type = TokenType::hash;
            token.text = consume_name();
        } else if (c == '@' && begins_identifier(1)) {
            ++at_;
            token.type = TokenType::at_keyword;
            token.text = consume_name();
        } else if (c == '<' && text_.substr(at_, 4) == "<!--") {
            at_ += 4;
            token.type = TokenType::cdo;
        } else if (!consume_match(token)) {
            consume_sign(token);
        }
    }

    bool consume_match(ComponentValue& token) { // ~= |= ^= $= *= ||
        if (peek() == '|' && peek(1) == '|') {
            token.type = TokenType::column;
        } else {
            if (peek(1) != '=') return false;
            switch (peek()) {
            case '~': token.type = TokenType::include_match; break;
            case '|': token.type = TokenType::dash_match; break;
            case '^': token.type = TokenType::prefix_match; break;
            case '$': token.type = TokenType::suffix_match; break;
            case '*': token.type = TokenType::substring_match; break;
            default: return false;
            }
        }
        at_ += 2;
        return true;
    }

    void consume_sign(ComponentValue& token) {
        switch (peek()) {
        case ':': token.type = TokenType::colon; break;
        case ';': token.type = TokenType::semicolon; break;
        case ',': token.type = TokenType::comma; break;
        case '[': token.type = TokenType::square_block; break;
        case '(': token.type = TokenType::round_block; break;
        case '{': token.type = TokenType::curly_block; break;
        case ']': token.type = TokenType::close_square; break;
        case ')': token.type = TokenType::close_round; break;
        case '}': token.type = TokenType::close_curly; break;
        default: token.type = TokenType::delim; token.text = text_[at_];
        }
        ++at_;
    }

    void consume_string(ComponentValue& token) { // §4.3.5
        token.type = TokenType::string;
        const std::uint32_t quote = peek();
        ++at_;
        for (;;) {
            const std::uint32_t c = peek();
            if (c == end_of_input) {
                token.ended_by_file = true;
                return;
            }
            if (c == quote) {
                ++at_;
                return;
            }
            if (is_newline(c)) {
                token.type = TokenType::bad_string;
                token.text.clear();
                return;
            }
            if (c != '\\') {
                take(token.text);
                continue;
            }
            ++at_;
            if (is_newline(peek()))
                take_newline();
            else if (peek() != end_of_input)
                consume_escape(token.text);
        }
    }

    void consume_numeric(ComponentValue& token) { // §4.3.3
        consume_number(token);
        if (begins_identifier()) {
            token.type = TokenType::dimension;
            token.text = consume_name();
        } else if (peek() == '%') {
            ++at_;
            token.type = TokenType::percentage;
        } else {
            token.type = TokenType::number;
        }
    }

    void consume_number(ComponentValue& token) { // §4.3.12
        const std::size_t from = at_;
        token.is_integer = true;
        if (peek() == '+' || peek() == '-') ++at_;
        while (is_digit(peek())) ++at_;
        if (peek() == '.' && is_digit(peek(1))) {
            token.is_integer = false;
            for (++at_; is_digit(peek());) ++at_;
        }
        if ((peek() | 0x20) == 'e') {
            const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
            if (is_digit(peek(1 + sign))) {
                token.is_integer = false;
                for (at_ += 1 + sign; is_digit(peek());) ++at_;
            }
        }
        token.representation = text_.substr(from, at_ - from);
        token.number = parse_number(token.representation).value_or(0);
    }

    void consume_unicode_range(ComponentValue& token) { // draft of 2013, §4.3.6
        token.type = TokenType::unicode_range;
        at_ += 2;
        int digits = 0;
        bool wild = false;
        for (; digits < 6 && is_hex(peek()); ++digits, ++at_) {
            token.range_begin = token.range_begin * 16 + hex_value(peek());
            token.range_end = token.range_begin;
        }
        for (; digits < 6 && peek() == '?'; ++digits, ++at_) {
            wild = true;
            token.range_begin *= 16;
            token.range_end = token.range_end * 16 + 15;
        }
        if (wild || peek() != '-' || !is_hex(peek(1))) return;
        ++at_;
        token.range_end = 0;
        for (digits = 0; digits < 6 && is_hex(peek()); ++digits, ++at_)
            token.range_end = token.range_end * 16 + hex_value(peek());
    }

    void consume_identifier_like(ComponentValue& token) { // §4.3.4
        token.text = consume_name();
        if (peek() != '(') {
            token.type = TokenType::ident;
            return;
        }
        ++at_;
        token.type = TokenType::function;
        if (!equals_ignoring_ascii_case(token.text, "url")) return;
        std::size_t spaces = 0;
        while (is_white_space(peek(spaces))) ++spaces;
        if (peek(spaces) == '"' || peek(spaces) == '\'') return; // the function token; its spaces are a value of their own
        at_ += spaces;
        consume_url(token);
    }

    void consume_url(ComponentValue& token) { // §4.3.6
        token.type = TokenType::url;
        token.text.clear();
        for (;;) {
            const std::uint32_t c = peek();
            if (c == ')') {
                ++at_;
                return;
            }
            if (is_white_space(c)) {
                while (is_white_space(peek())) ++at_;
                if (peek() != ')' && peek() != end_of_input) return consume_rest_of_bad_url(token);
                continue;
            }
            if (c == end_of_input) {
                token.ended_by_file = true;
                return;
            }
            if (c == '"' || c == '\'' || c == '(' || is_non_printable(c) || (c == '\\' && !valid_escape()))
                return consume_rest_of_bad_url(token);
            if (c == '\\') {
                ++at_;
                consume_escape(token.text);
            } else {
                take(token.text);
            }
        }
    }

    void consume_rest_of_bad_url(ComponentValue& token) { // §4.3.14
        token.type = TokenType::bad_url;
        token.text.clear();
        std::string unused;
        while (peek() != end_of_input) {
            if (peek() == ')') {
                ++at_;
                return;
            }
            if (valid_escape()) {
                ++at_;
                consume_escape(unused);
            } else {
                ++at_;
            }
        }
    }

    std::string_view text_;
    TokenizerOptions options_;
    std::uint32_t offset_;
    std::size_t at_ = 0;
};

bool opens(TokenType type) {
    return type == TokenType::square_block || type == TokenType::round_block || type == TokenType::curly_block ||
           type == TokenType::function;
}

TokenType closing(TokenType opening) {
    switch (opening) {
    case TokenType::square_block: return TokenType::close_square;
    case TokenType::curly_block: return TokenType::close_curly;
    default: return TokenType::close_round;
    }
}

// Reads over a block that lies too deep, with a stack of its own instead of the machine's.
std::uint32_t read_over_block(Tokenizer& tokenizer, TokenType opening) {
    std::vector<TokenType> open{opening};
    for (;;) {
        const ComponentValue token = tokenizer.next();
        if (token.type == TokenType::end_of_file) return token.begin;
        if (opens(token.type))
            open.push_back(token.type);
        else if (token.type == closing(open.back()))
            open.pop_back();
        if (open.empty()) return token.end;
    }
}

// §5.4.7–5.4.9: a token; a bracket or function with everything up to its partner.
void consume_component_value(Tokenizer& tokenizer, ComponentValue& value, std::size_t depth) {
    if (!opens(value.type)) return;
    if (depth >= limits::nesting_depth) {
        value.too_deep = true;
        value.end = read_over_block(tokenizer, value.type);
        return;
    }
    for (;;) {
        ComponentValue inner = tokenizer.next();
        value.end = inner.end;
        if (inner.type == TokenType::end_of_file || inner.type == closing(value.type)) return;
        consume_component_value(tokenizer, inner, depth + 1);
        value.end = inner.end;
        value.values.push_back(std::move(inner));
    }
}

} // namespace

ComponentValues parse_component_values(std::string_view text, TokenizerOptions options, std::uint32_t offset) {
    Tokenizer tokenizer(text, options, offset);
    ComponentValues values;
    for (;;) {
        ComponentValue value = tokenizer.next();
        if (value.type == TokenType::end_of_file) return values;
        consume_component_value(tokenizer, value, 0);
        values.push_back(std::move(value));
    }
}

} // namespace bifolio
