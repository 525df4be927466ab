#include "verify/pdf_syntax_reader.h"

#include "io/limits.h"

#include <array>
#include <charconv>

namespace bifolio {

namespace {

enum : unsigned char { space = 1, delimiter = 2 };
constexpr std::array<unsigned char, 256> classes = [] {
    std::array<unsigned char, 256> table{};
    for (int c = 0; c < 256; ++c) {
        if (is_pdf_space(static_cast<char>(c))) table[static_cast<std::size_t>(c)] = space;
        if (is_pdf_delimiter(static_cast<char>(c))) table[static_cast<std::size_t>(c)] = delimiter;
    }
    return table;
}();
unsigned char class_of(char c) { return classes[static_cast<unsigned char>(c)]; }

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

void PdfSyntaxReader::skip_space() {
    while (at_ < bytes_.size()) {
        if (class_of(bytes_[at_]) == space)
            ++at_;
        else if (bytes_[at_] == '%')
            while (at_ < bytes_.size() && bytes_[at_] != '\n' && bytes_[at_] != '\r') ++at_;
        else
            return;
    }
}

std::string_view PdfSyntaxReader::regular() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && class_of(bytes_[at_]) == 0) ++at_;
    return bytes_.substr(begin, at_ - begin);
}

PdfSyntaxReader::Found PdfSyntaxReader::next(PdfValue& value, bool references) {
    for (;;) {
        skip_space();
        if (ended()) return Found::end;
        if (read_value(value, references, 0)) return Found::value;
        keyword_ = regular();
        if (!keyword_.empty()) return Found::keyword;
        ++malformed_; // a closing bracket without its opening one, or a brace
        ++at_;
    }
}

bool PdfSyntaxReader::read_value(PdfValue& value, bool references, int depth) {
    const char c = peek();
    if ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.') {
        if (references && c >= '0' && c <= '9' && read_reference(value)) return true;
        read_number(value);
        return true;
    }
    switch (c) {
    case '/': value = PdfName{read_name()}; return true;
    case '(': value = PdfValue::Variant(read_literal_string()); return true;
    case '[': read_array(value, references, depth); return true;
    case '<':
        if (peek(1) == '<')
            read_dictionary(value, references, depth);
        else
            value = PdfValue::Variant(read_hexadecimal_string());
        return true;
    default: break;
    }
    const std::size_t begin = at_;
    if (c == 't' || c == 'f' || c == 'n') {
        const std::string_view word = regular();
        if (word == "true" || word == "false") {
            value = PdfValue::Variant(word == "true");
            return true;
        }
        if (word == "null") {
            value = PdfValue();
            return true;
        }
        at_ = begin;
    }
    return false;
}

bool PdfSyntaxReader::read_reference(PdfValue& value) {
    const std::size_t begin = at_;
    const auto whole = [&](std::int32_t& number) {
        const char* from = bytes_.data() + at_;
        const auto [end, error] = std::from_chars(from, bytes_.data() + bytes_.size(), number);
        at_ += static_cast<std::size_t>(end - from);
        return error == std::errc{} && number >= 0 && !ended() && class_of(bytes_[at_]) == space;
    };
    ObjectId id;
    if (whole(id.number)) {
        skip_space();
        if (peek() >= '0' && peek() <= '9' && whole(id.generation)) {
            skip_space();
            if (peek() == 'R' && (at_ + 1 >= bytes_.size() || class_of(bytes_[at_ + 1]) != 0)) {
                ++at_;
                value = id.number > 0 ? PdfValue(id) : PdfValue();
                return true;
            }
        }
    }
    at_ = begin;
    return false;
}

// Numbers as readers take them: “--5” and “1.2.3” occur, are malformed, and have a value all the same.
void PdfSyntaxReader::read_number(PdfValue& value) {
    const std::string_view word = regular();
    const std::string_view digits = word.starts_with('+') ? word.substr(1) : word;
    const char* end = digits.data() + digits.size();
    if (digits.find('.') == std::string_view::npos) {
        std::int64_t integer = 0;
        const auto [stop, error] = std::from_chars(digits.data(), end, integer);
        if (error == std::errc{} && stop == end) {
            value = PdfValue::Variant(integer);
            return;
        }
    }
    double real = 0;
    const auto [stop, error] = std::from_chars(digits.data(), end, real, std::chars_format::fixed);
    if (error != std::errc{} || stop != end) ++malformed_;
    value = PdfValue::Variant(error == std::errc{} ? real : 0.0);
}

void PdfSyntaxReader::read_array(PdfValue& value, bool references, int depth) {
    auto array = std::make_shared<PdfArray>();
    ++at_;
    for (;;) {
        skip_space();
        if (ended()) {
            ++malformed_;
            break;
        }
        if (peek() == ']') {
            ++at_;
            break;
        }
        PdfValue item;
        if (depth < limits::pdf_nesting && read_value(item, references, depth + 1)) {
            array->push_back(std::move(item));
            continue;
        }
        ++malformed_;
        if (regular().empty()) ++at_;
    }
    value = PdfValue::Variant(std::shared_ptr<const PdfArray>(std::move(array)));
}

void PdfSyntaxReader::read_dictionary(PdfValue& value, bool references, int depth) {
    auto dictionary = std::make_shared<PdfDictionary>();
    at_ += 2;
    for (;;) {
        skip_space();
        if (ended()) {
            ++malformed_;
            break;
        }
        if (peek() == '>') {
            at_ += peek(1) == '>' ? 2 : 1;
            break;
        }
        if (peek() != '/') {
            ++malformed_;
            if (regular().empty()) ++at_;
            continue;
        }
        std::string key = read_name();
        skip_space();
        if (ended() || peek() == '>') continue; // a key without its value; the end is seen above
        PdfValue item;
        if (depth >= limits::pdf_nesting || !read_value(item, references, depth + 1)) {
            ++malformed_;
            if (regular().empty()) ++at_;
            continue;
        }
        if (!item.as<std::monostate>()) dictionary->emplace_back(std::move(key), std::move(item)); // null is absence: 7.3.7
    }
    sort_entries(*dictionary);
    value = PdfValue::Variant(std::shared_ptr<const PdfDictionary>(std::move(dictionary)));
}

std::string PdfSyntaxReader::read_name() {
    ++at_;
    const std::string_view word = regular();
    if (word.find('#') == std::string_view::npos) return std::string(word);
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const int high = word[i] == '#' && i + 2 < word.size() ? hexadecimal(word[i + 1]) : -1;
        const int low = high >= 0 ? hexadecimal(word[i + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else
            out += word[i];
    }
    return out;
}

std::string PdfSyntaxReader::read_hexadecimal_string() {
    std::string out;
    int high = -1;
    bool foreign = false, odd = false; // of all characters but space
    for (++at_; at_ < bytes_.size(); ++at_) {
        const char c = bytes_[at_];
        if (c == '>') break;
        if (class_of(c) == space) continue;
        odd = !odd;
        const int digit = hexadecimal(c);
        if (digit < 0) {
            ++malformed_;
            foreign = true;
            continue;
        }
        if (high < 0)
            high = digit;
        else {
            out += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    if (foreign) ++foreign_hexadecimal_;
    if (odd) ++odd_hexadecimal_;
    if (high >= 0) out += static_cast<char>(high * 16);
    if (ended())
        ++malformed_;
    else
        ++at_;
    return out;
}

std::string PdfSyntaxReader::read_literal_string() {
    std::string out;
    int open = 1;
    for (++at_; at_ < bytes_.size(); ++at_) {
        // Runs of plain bytes at once.
        const std::size_t begin = at_;
        while (at_ < bytes_.size() && bytes_[at_] != '(' && bytes_[at_] != ')' && bytes_[at_] != '\\' && bytes_[at_] != '\r')
            ++at_;
        out.append(bytes_, begin, at_ - begin);
        if (ended()) break;
        const char c = bytes_[at_];
        if (c == '(') ++open;
        if (c == ')' && --open == 0) {
            ++at_;
            return out;
        }
        if (c == '\r') { // an end of line inside a string is a line feed, however it is written
            out += '\n';
            if (peek(1) == '\n') ++at_;
            continue;
        }
        if (c != '\\') {
            out += c;
            continue;
        }
        ++at_;
        const char escaped = peek();
        switch (escaped) {
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case '\n': break; // the line goes on
        case '\r':
            if (peek(1) == '\n') ++at_;
            break;
        default:
            if (escaped >= '0' && escaped <= '7') {
                int code = 0, digits = 0;
                while (digits < 3 && peek() >= '0' && peek() <= '7') {
                    code = code * 8 + (peek() - '0');
                    ++at_;
                    ++digits;
                }
                --at_;
                out += static_cast<char>(code & 0xFF);
            } else if (!ended())
                out += escaped;
        }
    }
    ++malformed_;
    return out;
}

} // namespace bifolio
