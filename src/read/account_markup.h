// account_markup.h: the marks of HTML and Markdown as they stand in a file, read anew for the account of a source and not by
// the readers' own code, so that a fault of theirs shows.
//
// Limits   A search for an end that is not there is not made twice: MarkupScanner remembers up to where it looked in vain.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

enum class MarkupKind : std::uint8_t { none, start_tag, end_tag, comment, instruction, cdata_mark };

struct TagAttribute {
    std::string name;               // lower case
    std::size_t begin = 0, end = 0; // of the value, without quotes
};

struct MarkupToken {
    MarkupKind kind = MarkupKind::none;
    std::size_t begin = 0, end = 0;
    std::string name; // of a tag, lower case
};

class MarkupScanner {
public:
    explicit MarkupScanner(std::string_view text) : text_(text) {}

    // The token that begins with the “<” at `at`, or “]]>”; none: it is text.
    MarkupToken token(std::size_t at);
    std::vector<TagAttribute> attributes(const MarkupToken& tag) const;
    // Where the end tag of an element begins whose content is no markup; npos: nowhere.
    std::size_t end_of_raw(std::string_view name, std::size_t from);
    // In the content of such an element that is shown (<textarea>, <xmp>) nothing is markup: where this content ends; 0: `at` is
    // in none. HTML only.
    std::size_t literal_until(std::size_t at);
    // What a character reference at `at` stands for; `size` is what it takes. Empty: it is none.
    const std::string& reference(std::size_t at, std::size_t& size);

private:
    std::size_t find(std::string_view what, std::size_t from);

    std::string_view text_;
    std::map<std::string, std::size_t, std::less<>> vain_; // from where on it is not found
    std::size_t work_ = 0;                                 // bytes of tags looked at
    std::map<std::string, std::string, std::less<>> references_;
    std::vector<std::pair<std::size_t, std::size_t>> literals_; // see literal_until()
    bool knows_literals_ = false;
};

bool is_raw_element(std::string_view name); // what it holds is no markup

// A link definition at the front of the text: “[label]: destination "title"”, with its line end; 0: it is none.
struct LinkDefinitionMarks {
    std::size_t size = 0, label_end = 0; // label_end: behind “]”
    std::size_t title_begin = 0, title_end = 0;
};
LinkDefinitionMarks link_definition(std::string_view text);

// What stands behind a link's words: “](destination "title")”, “][label]”, “][]”, “]”.
struct LinkEndMarks {
    std::size_t size = 0;
    std::size_t title_begin = 0, title_end = 0;
};
LinkEndMarks link_end(std::string_view text);

bool is_markdown_punctuation(char c);

} // namespace bifolio
