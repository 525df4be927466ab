// markdown_content.h: where inlines stand in the source.
//
// The problem  cmark-gfm's positions of inlines are wrong after the first line, missing for many kinds, and blind to escapes.
// The method   A cursor replays the tree over the block's own text: each literal is matched letter by letter (past backslashes
//              and character references), delimiters, brackets and destinations are stepped over by their grammar. Where the two
//              do not agree the cursor looks a little ahead, and else stays: a span is then too wide or too narrow, but always
//              inside its block.
#pragma once

#include "read/source_text.h"

#include <string>
#include <string_view>

namespace bifolio {

class ContentCursor {
public:
    ContentCursor(std::string_view content, OffsetMap to_source, const SourceText& source);

    struct Range {
        std::size_t begin = 0, end = 0; // in the content
    };
    std::size_t at() const { return at_; }
    std::string_view content() const { return content_; }
    Span span(std::size_t begin, std::size_t end) const;
    Span span(Range range) const { return span(range.begin, range.end); }
    const OffsetMap& to_source() const { return to_source_; }

    Range take_text(std::string_view literal);
    Range take_break(); // a line end with the space around it
    Range take_code();
    Range take_exactly(std::string_view text); // HTML, markers
    void take_delimiters(std::size_t count);   // of emphasis
    Range take_note_call();                    // [^label]

    // A link's or a picture's beginning, and its end. `label`: of a reference, as written; empty for other forms.
    enum class LinkForm : std::uint8_t { brackets, pointed, bare };
    LinkForm open_link(bool is_picture);
    void close_link(LinkForm form, std::size_t begin, std::string& label);

private:
    bool looking_at(std::string_view text) const { return std::string_view(content_).substr(at_).starts_with(text); }
    void seek(std::string_view text); // to its next occurrence nearby, if any
    bool skip_inline_destination();   // (destination "title")
    void skip_space();

    std::string content_;
    OffsetMap to_source_;
    const SourceText& source_;
    std::size_t at_ = 0;
};

// A label as CommonMark compares it: white space collapsed, ASCII letters folded.
std::string folded_label(std::string_view label);

} // namespace bifolio
