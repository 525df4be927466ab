// source_text.h: the text of one file, or of a part of it, as its reader sees it, and the way back to the file's bytes.
//
// The reader's text is valid UTF-8 of characters that XML allows, without a byte-order mark: U+FFFD stands for what is not.
// Lines end with LF, CR LF or CR, as in CommonMark.
#pragma once

#include "base/ids.h"
#include "read/read_markdown.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

// Where the bytes of a derived text (a paragraph without its “>”, a table cell without its “\|”) stand in another.
class OffsetMap {
public:
    void add(std::size_t derived, std::size_t original); // ascending in `derived`
    std::size_t original(std::size_t derived) const;
    bool empty() const { return pieces_.empty(); }

private:
    std::vector<std::pair<std::size_t, std::size_t>> pieces_;
};

// Neither C0 controls (but tab and line ends) nor U+FFFE, U+FFFF and surrogates: XML 1.0, § 2.2.
constexpr bool is_allowed_in_xml(char32_t c) {
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF) : c == '\t' || c == '\n' || c == '\r';
}

// U+FFFC stands for what is no text, and would be set as such.
constexpr bool is_kept(char32_t c) { return c != 0xFFFC && is_allowed_in_xml(c); }

class SourceText {
public:
    explicit SourceText(const MarkdownSource& source);

    std::string_view text() const { return text_; }
    std::size_t lines() const { return line_begins_.size(); }
    std::string_view line(std::size_t index) const; // from 0, without its line end
    std::size_t line_begin(std::size_t index) const { return line_begins_[index]; }
    std::size_t line_of(std::size_t offset) const;

    const std::vector<std::size_t>& control_characters() const { return controls_; } // where in text() U+FFFD stands for one

    // Offsets in text() → bytes of the file. Both are clamped to the text.
    Span span(std::size_t begin, std::size_t end) const;

private:
    std::uint32_t in_file(std::size_t offset) const;

    SourceId source_;
    std::string text_;
    std::vector<std::size_t> controls_;
    OffsetMap to_original_; // text_ → the text that was given
    std::size_t original_size_;
    std::vector<std::size_t> line_begins_;          // in text_
    std::vector<std::size_t> original_line_begins_; // in the text that was given
    std::vector<std::uint32_t> line_offsets_;       // in the file; empty: the text given is the file
};

} // namespace bifolio
