// reading.h: what the parts of one reading share: the text, the messages, the limits; and small makers of nodes.
#pragma once

#include "base/diagnostics.h"
#include "model/article.h"
#include "read/attribute_list.h"
#include "read/read_markdown.h"
#include "read/source_text.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace bifolio {

class Reading {
public:
    Reading(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics);

    const SourceText& source() const { return source_; }
    const MarkdownOptions& options() const { return options_; }
    Diagnostics& diagnostics() { return diagnostics_; }

    // False, and an error once, when the article has more nodes than limits::nodes_in_article.
    bool count_node(Span where);
    void report_depth(Span where); // an error, once
    // True the first time: for messages that would come with every element of a page made elsewhere.
    bool is_first(const std::string& matter) { return told_.insert(matter).second; }

    // Reports attributes that have no meaning here and takes them out.
    void keep_known(AttributeList& list, Span where);

    // javascript:, vbscript: and data: run or smuggle in; true, and an error, when the destination is one of them.
    bool refuses_destination(std::string_view destination, Span where);

private:
    SourceText source_;
    const MarkdownOptions& options_;
    Diagnostics& diagnostics_;
    std::size_t nodes_ = 0;
    std::set<std::string> told_;
};

// Decoded references such as “&#1;” may bring in what XML forbids: U+FFFD instead.
std::string with_allowed_characters(std::string_view text);

// Appends, joining text to text.
void append(Inlines& inlines, Inline next);
void append(Inlines& inlines, Inlines next);
void append_text(Inlines& inlines, std::string_view text, Span where);

Block make_block(Span where, decltype(Block::node) node);
Inline make_inline(Span where, decltype(Inline::node) node);
Span joined(Span first, Span last);

// The only picture of a paragraph that holds nothing else, in a link or not; nullptr otherwise.
Image* only_picture(Inlines& inlines, NodeInfo*& info);
// Makes a figure of such a paragraph: its title is the caption, its id the figure's. Other blocks stay as they are.
void become_figure(Block& block);

} // namespace bifolio
