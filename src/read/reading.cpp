#include "read/reading.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "io/limits.h"
#include "read/stand_ins.h"

#include <algorithm>

namespace bifolio {

Reading::Reading(const MarkdownSource& source, const MarkdownOptions& options, Diagnostics& diagnostics)
    : source_(source), options_(options), diagnostics_(diagnostics) {
    for (const std::size_t at : source_.control_characters())
        diagnostics_.warning("read.control-character", source_.span(at, at + 3),
                             "a control character stands here; U+FFFD is put in its place");
}

bool Reading::count_node(Span where) {
    if (++nodes_ <= limits::nodes_in_article) return true;
    if (is_first("too many nodes"))
        diagnostics_.error("read.too-long", where,
                           "the article has more than " + std::to_string(limits::nodes_in_article) +
                               " nodes; the rest is left out",
                           {"divide it into several articles"});
    return false;
}

void Reading::report_depth(Span where) {
    if (is_first("too deep"))
        diagnostics_.error("read.nested-too-deep", where,
                           "blocks or phrases are nested more than " + std::to_string(limits::nesting_depth) +
                               " deep; below that only their text is kept");
}

void Reading::keep_known(AttributeList& list, Span where) {
    std::erase_if(list.attributes, [&](const Attribute& attribute) {
        if (attribute.name.starts_with("on")) {
            diagnostics_.error("read.html-refused", where,
                               "the attribute ‘" + attribute.name + "’ would run a script and is refused");
            return true;
        }
        if (is_known_attribute(attribute.name)) return false;
        diagnostics_.warning("read.unknown-attribute", where,
                             "the attribute ‘" + attribute.name + "’ has no meaning here and is left out",
                             did_you_mean(attribute.name, known_attributes()));
        return true;
    });
}

bool Reading::refuses_destination(std::string_view destination, Span where) {
    std::string scheme; // as a browser sees it: without control characters and space
    for (const char c : destination) {
        if (static_cast<unsigned char>(c) <= ' ') continue;
        if (c == ':') break;
        scheme += c;
        if (scheme.size() > 16) return false;
    }
    scheme = to_ascii_lower(scheme);
    if (destination.find(':') == std::string_view::npos || (scheme != "javascript" && scheme != "vbscript" && scheme != "data"))
        return false;
    diagnostics_.error("read.html-refused", where, "a link to ‘" + scheme + ":’ is refused; its text is kept");
    return true;
}

std::string with_allowed_characters(std::string_view text) {
    const bool clean = std::none_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || static_cast<unsigned char>(c) == 0xEF;
    });
    if (clean) return std::string(text);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode_utf8(text, at);
        const char32_t c = decoded.code_point < 0x20
                               ? static_cast<char32_t>(without_stand_in(static_cast<char>(decoded.code_point)))
                               : decoded.code_point;
        append_utf8(out, is_kept(c) ? c : U'\uFFFD');
        at += decoded.size;
    }
    return out;
}

void append(Inlines& inlines, Inline next) {
    if (const auto* text = std::get_if<Text>(&next.node); text && !inlines.empty()) {
        if (auto* last = std::get_if<Text>(&inlines.back().node)) {
            last->text += text->text;
            inlines.back().info.where = joined(inlines.back().info.where, next.info.where);
            return;
        }
    }
    inlines.push_back(std::move(next));
}

void append(Inlines& inlines, Inlines next) {
    for (Inline& i : next) append(inlines, std::move(i));
}

void append_text(Inlines& inlines, std::string_view text, Span where) {
    if (!text.empty()) append(inlines, make_inline(where, Text{with_allowed_characters(text)}));
}

Block make_block(Span where, decltype(Block::node) node) {
    Block block;
    block.info.where = where;
    block.node = std::move(node);
    return block;
}

Inline make_inline(Span where, decltype(Inline::node) node) {
    Inline made;
    made.info.where = where;
    made.node = std::move(node);
    return made;
}

Span joined(Span first, Span last) { return {first.source, std::min(first.begin, last.begin), std::max(first.end, last.end)}; }

Image* only_picture(Inlines& inlines, NodeInfo*& info) {
    Inline* only = nullptr;
    for (Inline& i : inlines) {
        if (const auto* text = std::get_if<Text>(&i.node); text && is_blank(text->text)) continue;
        if (only) return nullptr;
        only = &i;
    }
    if (!only) return nullptr;
    if (auto* link = std::get_if<Link>(&only->node)) return only_picture(link->body, info);
    info = &only->info;
    return std::get_if<Image>(&only->node);
}

void become_figure(Block& block) {
    auto* paragraph = std::get_if<Paragraph>(&block.node);
    NodeInfo* picture_info = nullptr;
    Image* picture = paragraph ? only_picture(paragraph->body, picture_info) : nullptr;
    if (!picture) return;
    Figure figure;
    figure.caption_info.where = picture_info->where;
    append_text(figure.caption, picture->title, picture_info->where);
    picture->title.clear();
    Block made = make_block(block.info.where, ThematicBreak{});
    made.info.id = std::exchange(picture_info->id, {});
    figure.body.push_back(std::move(block));
    made.node = std::move(figure);
    block = std::move(made);
}

} // namespace bifolio
