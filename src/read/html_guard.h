// html_guard.h: raw HTML → HTML that is safe to give to gumbo.
//
// Why       HTML 5's tree construction takes the square of the depth or of the attributes, clones unclosed formatting into every
//           later block, moves or swallows what stands in tables, selects and framesets; gumbo frees its tree recursively.
// What      A tokenizer of ours passes tags and text on, with these changes: what is refused (scripts, frames, objects, forms)
//           loses its tags and is reported; what has many attributes without values is a sentence after “<” and becomes text;
//           tags nested too deep lose their tags; a tag keeps its first 100 attributes; `<x/>` becomes `<x></x>` as in XHTML;
//           CDATA becomes text; comments go. No character of text is lost.
#pragma once

#include "read/reading.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class HtmlGuard {
public:
    HtmlGuard(Reading& reading, bool is_document) : reading_(reading), is_document_(is_document) {}

    void add(std::string_view html, const OffsetMap& to_source);
    std::size_t add_placeholder(std::string_view element, Span where); // returns where in html() it begins
    void finish();                                                     // reports what is still open

    const std::string& html() const { return html_; }
    // A script or the like is open at the end of what was added: what comes next belongs to it, if its end tag comes at all.
    const std::string& open_script() const { return raw_; }
    void forget_script() { raw_.clear(); }
    Span span(std::size_t begin, std::size_t end) const; // of offsets in html()

private:
    struct Open {
        std::string name;
        bool is_emitted = true;
        Span where;
    };
    struct Tag {
        std::string name; // lower case
        std::size_t begin = 0, end = 0;
        bool is_end = false, is_self_closing = false;
        std::size_t attributes_end = 0; // where the 100th attribute ends
        bool has_more_attributes = false, is_prose = false;
    };

    void text(std::size_t begin, std::size_t end, bool escape);
    void copy(std::size_t begin, std::size_t end);
    void emit(std::string_view made, std::size_t at);
    std::size_t markup(std::size_t at); // at “<”; returns where to go on
    std::size_t declaration(std::size_t at);
    bool scan_tag(std::size_t at, Tag& tag) const;
    std::size_t start_tag(const Tag& tag);
    void end_tag(const Tag& tag);
    std::size_t raw_text(const std::string& name, std::size_t at); // script, style, textarea, …: up to their end tag
    bool refuse(const Tag& tag);
    void close_implied(std::string_view name);
    void pop_to(std::size_t size);
    Span in_source(std::size_t begin, std::size_t end) const;

    Reading& reading_;
    bool is_document_;
    std::string html_;
    std::vector<std::pair<std::size_t, Span>> origins_; // offset in html_, and where it came from
    std::string_view input_;
    const OffsetMap* to_source_ = nullptr;
    std::vector<Open> open_;
    std::map<std::string, std::size_t, std::less<>> too_deep_; // open tags that were not passed on, by name
    std::size_t lingering_ = 0;                                // formatting that its block closed over
    std::string raw_;      // the element whose content is no markup and that is open beyond the last piece
    std::size_t vain_ = 0; // searches that met the end of the input; after some more of them “<” is text at once
    int foreign_ = 0;      // inside <svg> or <math>
};

bool keeps_words(std::string_view name); // of a raw element: what it holds is no markup, and is text all the same
bool is_void_element(std::string_view name);
bool is_formatting_element(std::string_view name); // HTML 5: reopened in the next block when not closed

} // namespace bifolio
