// Inlines of cmark's tree, with markers paired and HTML put together.

#include "base/utf8.h"
#include "io/limits.h"
#include "read/markdown_converter.h"

#include <algorithm>
#include <utility>

// cmark's public header only; its tree is walked with its own functions.
#include <cmark-gfm.h>

namespace bifolio {

struct MarkdownConverter::Frame {
    MarkerKind kind = MarkerKind::none; // none: the outermost
    Piece opener;
    Pieces inner;
};

namespace {

// Space that ends a subscript; a backslash before it (Pandoc) binds.
bool has_free_space(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_ascii_space(text[i]) && (text[i] != ' ' || i == 0 || text[i - 1] != '\\')) return true;
    return false;
}

void bind_escaped_spaces(Inlines& inlines) {
    for (Inline& i : inlines)
        if (auto* text = std::get_if<Text>(&i.node))
            for (std::size_t at; (at = text->text.find("\\ ")) != std::string::npos;) text->text.replace(at, 2, "\u00A0");
}

bool is_in_broken_autolink(std::string_view content, std::size_t begin) {
    while (begin > 0 && content[begin - 1] == ' ') --begin;
    return begin > 0 && content[begin - 1] == '<' && (begin == 1 || content[begin - 2] != '\\');
}

std::string words_below(cmark_node* node) {
    std::string words;
    cmark_iter* walk = cmark_iter_new(node);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        if (event != CMARK_EVENT_ENTER) continue;
        cmark_node* at = cmark_iter_get_node(walk);
        switch (kind_of(at)) {
        case SyntaxKind::text:
        case SyntaxKind::code: words += literal_of(at); break;
        case SyntaxKind::marker: words += marker_text(at); break;
        case SyntaxKind::soft_break:
        case SyntaxKind::line_break: words += '\n'; break;
        default: break;
        }
    }
    cmark_iter_free(walk);
    return words;
}

} // namespace

MarkdownConverter::Pieces MarkdownConverter::pieces_of(cmark_node* parent, ContentCursor& cursor, std::size_t depth) {
    Pieces pieces;
    if (depth > limits::nesting_depth) {
        const std::string words = words_below(parent);
        Piece piece;
        piece.range = cursor.take_text(words);
        reading_.report_depth(cursor.span(piece.range));
        piece.node = make_inline(cursor.span(piece.range), Text{with_allowed_characters(words)});
        pieces.push_back(std::move(piece));
        return pieces;
    }
    for (cmark_node* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
        if (!reading_.count_node(cursor.span(cursor.at(), cursor.at()))) break;
        add_piece(node, cursor, depth, pieces);
    }
    return pieces;
}

void MarkdownConverter::add_piece(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces) {
    Piece piece;
    switch (kind_of(node)) {
    case SyntaxKind::text: return add_text(node, cursor, pieces);
    case SyntaxKind::soft_break:
        piece.kind = Piece::Kind::soft_break;
        piece.range = cursor.take_break();
        piece.node = make_inline(cursor.span(piece.range), Text{"\n"});
        break;
    case SyntaxKind::line_break:
        piece.range = cursor.take_break();
        piece.node = make_inline(cursor.span(piece.range), LineBreak{});
        break;
    case SyntaxKind::code:
        piece.range = cursor.take_code();
        piece.node = make_inline(cursor.span(piece.range), Code{with_allowed_characters(literal_of(node))});
        break;
    case SyntaxKind::html_inline:
        piece.kind = Piece::Kind::html;
        piece.text = literal_of(node);
        piece.range = cursor.take_exactly(piece.text);
        piece.node = make_inline(cursor.span(piece.range), Text{piece.text});
        break;
    case SyntaxKind::emphasis: return add_phrase(node, PhraseKind::emphasis, 1, cursor, depth, pieces);
    case SyntaxKind::strong: return add_phrase(node, PhraseKind::strong, 2, cursor, depth, pieces);
    case SyntaxKind::strikethrough: return add_phrase(node, PhraseKind::strikethrough, 2, cursor, depth, pieces);
    case SyntaxKind::link:
    case SyntaxKind::image: return add_link(node, cursor, depth, pieces);
    case SyntaxKind::footnote_reference: return add_note(node, cursor, depth, pieces);
    case SyntaxKind::marker: return add_marker(node, cursor, pieces);
    default: return; // blocks do not stand among inlines
    }
    pieces.push_back(std::move(piece));
}

void MarkdownConverter::add_text(cmark_node* node, ContentCursor& cursor, Pieces& pieces) {
    const std::string_view literal = literal_of(node);
    Piece piece;
    piece.range = cursor.take_text(literal);
    warn_of_missing_notes(piece.range, cursor);
    piece.node = make_inline(cursor.span(piece.range), Text{with_allowed_characters(literal)});
    pieces.push_back(std::move(piece));
}

// cmark gives a call that has no definition back as text.
void MarkdownConverter::warn_of_missing_notes(ContentCursor::Range range, const ContentCursor& cursor) {
    const std::string_view text = cursor.content().substr(range.begin, range.end - range.begin);
    for (std::size_t at = 0; (at = text.find("[^", at)) != std::string_view::npos; at += 2) {
        if (at > 0 && text[at - 1] == '\\') continue;
        const std::size_t end = text.find_first_of("[] \t\n", at + 2);
        if (end == std::string_view::npos || text[end] != ']' || end == at + 2) continue;
        reading_.diagnostics().warning(
            "read.unknown-note", cursor.span(range.begin + at, range.begin + end + 1),
            "no note ‘" + std::string(text.substr(at + 2, end - at - 2)) + "’ is defined; the call stays as text",
            {"add a line “" + std::string(text.substr(at, end + 1 - at)) + ": …”, or write \\[^ for plain brackets"});
    }
}

void MarkdownConverter::add_phrase(cmark_node* node, PhraseKind kind, std::size_t delimiters, ContentCursor& cursor,
                                   std::size_t depth, Pieces& pieces) {
    Piece piece;
    piece.range.begin = cursor.at();
    cursor.take_delimiters(delimiters);
    Inlines body = finished(pieces_of(node, cursor, depth + 1), cursor, depth + 1);
    cursor.take_delimiters(delimiters);
    piece.range.end = cursor.at();
    piece.node = make_inline(cursor.span(piece.range), Phrase{kind, std::move(body)});
    pieces.push_back(std::move(piece));
}

void MarkdownConverter::add_link(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces) {
    const bool is_picture = kind_of(node) == SyntaxKind::image;
    Piece piece;
    const auto form = cursor.open_link(is_picture);
    piece.range.begin = cursor.at() - (is_picture ? 2u : form == ContentCursor::LinkForm::bare ? 0u : 1u);
    const bool was_in_picture = std::exchange(in_picture_, in_picture_ || is_picture);
    Inlines body = finished(pieces_of(node, cursor, depth + 1), cursor, depth + 1);
    in_picture_ = was_in_picture;
    std::string label;
    cursor.close_link(form, piece.range.begin, label);
    if (!label.empty()) used_labels_.insert(folded_label(label));
    piece.range.end = cursor.at();
    const Span where = cursor.span(piece.range);
    const std::string destination = with_allowed_characters(cmark_node_get_url(node)),
                      title = with_allowed_characters(cmark_node_get_title(node));
    const bool refused = reading_.refuses_destination(destination, where);
    if (form == ContentCursor::LinkForm::bare && is_in_broken_autolink(cursor.content(), piece.range.begin)) {
        for (Inline& i : body) { // “<https://a.b c>” is no link in CommonMark; what GitHub would find in it is none either
            piece.node = std::move(i);
            pieces.push_back(piece);
        }
        return;
    }
    if (is_picture) {
        Image image;
        if (!refused) image.source = destination;
        image.alternative = collapsed(plain_text(body));
        image.title = title;
        piece.node = make_inline(where, std::move(image));
    } else if (refused) {
        piece.node = make_inline(where, Phrase{PhraseKind::span, std::move(body)});
    } else {
        piece.node = make_inline(where, Link{destination, title, std::move(body)});
    }
    pieces.push_back(std::move(piece));
}

void MarkdownConverter::add_note(cmark_node* node, ContentCursor& cursor, std::size_t depth, Pieces& pieces) {
    Piece piece;
    piece.range = cursor.take_note_call();
    const Span where = cursor.span(piece.range);
    const std::string_view call = cursor.content().substr(piece.range.begin, piece.range.end - piece.range.begin);
    const auto known = notes_.find(definition_of(node));
    if (known == notes_.end() || in_picture_) {
        piece.node = make_inline(where, Text{in_picture_ ? std::string() : std::string(call)});
    } else if (known->second.called) {
        piece.node = make_inline(where, NoteReference{known->second.label});
    } else {
        known->second.called = true;
        Note note{known->second.label, blocks_of(known->first, depth + 1)};
        piece.node = make_inline(where, std::move(note));
    }
    pieces.push_back(std::move(piece));
}

void MarkdownConverter::add_marker(cmark_node* node, ContentCursor& cursor, Pieces& pieces) {
    Piece piece;
    piece.text = marker_text(node);
    piece.range = cursor.take_exactly(piece.text);
    piece.marker = marker_kind(node);
    const Span where = cursor.span(piece.range);
    if (piece.marker == MarkerKind::field) {
        std::size_t size = 0;
        piece.node = make_inline(where, Field{std::string(declared_field(piece.text, reading_.options(), size))});
    } else {
        piece.kind = Piece::Kind::marker;
        piece.node = make_inline(where, Text{piece.text});
    }
    pieces.push_back(std::move(piece));
}

// ---- pairing ----

Inlines MarkdownConverter::finished(Pieces pieces, const ContentCursor& cursor, std::size_t depth) {
    std::vector<Frame> frames(1);
    const auto give_up_innermost = [&] {
        Frame frame = std::move(frames.back());
        frames.pop_back();
        frame.opener.kind = Piece::Kind::node;
        Pieces& outer = frames.back().inner;
        outer.push_back(std::move(frame.opener));
        std::move(frame.inner.begin(), frame.inner.end(), std::back_inserter(outer));
    };
    const auto is_script = [](MarkerKind kind) { return kind == MarkerKind::subscript || kind == MarkerKind::superscript; };
    const auto holds_span = [](const Frame& frame) { return frame.kind == MarkerKind::span_open; };

    for (std::size_t i = 0; i < pieces.size(); ++i) {
        Piece& piece = pieces[i];
        const auto* text = std::get_if<Text>(&piece.node.node);
        if (piece.kind != Piece::Kind::marker && text && has_free_space(text->text))
            while (is_script(frames.back().kind)) give_up_innermost();
        if (piece.kind != Piece::Kind::marker) {
            frames.back().inner.push_back(std::move(piece));
            continue;
        }
        if (is_script(piece.marker)) {
            std::size_t open = frames.size();
            while (open > 0 && frames[open - 1].kind != piece.marker && frames[open - 1].kind != MarkerKind::span_open) --open;
            if (open > 1 && frames[open - 1].kind == piece.marker) {
                while (frames.size() > open) give_up_innermost();
                close_script(piece.marker, std::move(piece), frames, cursor, depth);
            } else if (frames.size() + depth < limits::nesting_depth) {
                frames.push_back({piece.marker, std::move(piece), {}});
            } else {
                frames.back().inner.push_back(std::move(piece));
            }
        } else if (piece.marker == MarkerKind::span_open && frames.size() + depth < limits::nesting_depth) {
            frames.push_back({piece.marker, std::move(piece), {}});
        } else if (piece.marker == MarkerKind::span_close && std::any_of(frames.begin(), frames.end(), holds_span)) {
            while (!holds_span(frames.back())) give_up_innermost();
            const Piece* next =
                i + 1 < pieces.size() && pieces[i + 1].marker == MarkerKind::attributes ? &pieces[i + 1] : nullptr;
            if (close_span(next, piece.node.info.where, frames, cursor, depth)) {
                ++i;
            } else {
                give_up_innermost();
                frames.back().inner.push_back(std::move(piece));
            }
        } else if (piece.marker != MarkerKind::attributes || !attach_attributes(piece, frames.back().inner, cursor)) {
            piece.kind = Piece::Kind::node;
            frames.back().inner.push_back(std::move(piece));
        }
    }
    while (frames.size() > 1) give_up_innermost();
    return with_html(std::move(frames.front().inner), cursor, depth);
}

void MarkdownConverter::close_script(MarkerKind kind, Piece marker, std::vector<Frame>& frames, const ContentCursor& cursor,
                                     std::size_t depth) {
    Frame frame = std::move(frames.back());
    frames.pop_back();
    Inlines body = with_html(std::move(frame.inner), cursor, depth);
    bind_escaped_spaces(body);
    Pieces& outer = frames.back().inner;
    Piece made;
    made.range = {frame.opener.range.begin, marker.range.end};
    if (body.empty() || has_free_space(plain_text(body))) { // `~*two words*~`: no subscript; this marker may open one
        frame.opener.kind = Piece::Kind::node;
        outer.push_back(std::move(frame.opener));
        for (Inline& i : body) {
            made.node = std::move(i);
            outer.push_back(std::move(made));
            made = {};
        }
        frames.push_back({kind, std::move(marker), {}});
        return;
    }
    made.node =
        make_inline(cursor.span(made.range),
                    Phrase{kind == MarkerKind::subscript ? PhraseKind::subscript : PhraseKind::superscript, std::move(body)});
    outer.push_back(std::move(made));
}

bool MarkdownConverter::close_span(const Piece* attributes, Span end, std::vector<Frame>& frames, const ContentCursor& cursor,
                                   std::size_t depth) {
    if (!attributes) return false;
    std::string_view text = attributes->text;
    std::optional<AttributeList> list = take_attribute_list(text);
    if (!list) return false;
    reading_.keep_known(*list, attributes->node.info.where);
    Frame frame = std::move(frames.back());
    frames.pop_back();
    Piece made;
    made.range = {frame.opener.range.begin, attributes->range.end};
    made.node = make_inline(joined(frame.opener.node.info.where, joined(end, attributes->node.info.where)),
                            Phrase{PhraseKind::span, with_html(std::move(frame.inner), cursor, depth)});
    apply(*list, made.node.info);
    frames.back().inner.push_back(std::move(made));
    return true;
}

// Attributes right behind a link, a picture, code or a phrase.
bool MarkdownConverter::attach_attributes(Piece& marker, Pieces& before, const ContentCursor& cursor) {
    if (before.empty() || before.back().kind != Piece::Kind::node || before.back().range.end != marker.range.begin) return false;
    Inline& target = before.back().node;
    if (std::holds_alternative<Text>(target.node) || std::holds_alternative<Field>(target.node) ||
        std::holds_alternative<LineBreak>(target.node))
        return false;
    std::string_view text = marker.text;
    std::optional<AttributeList> list = take_attribute_list(text);
    if (!list) return false;
    reading_.keep_known(*list, cursor.span(marker.range));
    if (auto* image = std::get_if<Image>(&target.node)) {
        for (Attribute& attribute : list->attributes) {
            if (attribute.name == "alt") {
                image->alternative = attribute.value;
                image->decorative = attribute.value.empty();
            } else if (attribute.name == "title") {
                image->title = attribute.value;
            }
        }
        std::erase_if(list->attributes, [](const Attribute& a) { return a.name == "alt" || a.name == "title"; });
        if (std::find(list->classes.begin(), list->classes.end(), "decorative") != list->classes.end()) image->decorative = true;
    }
    apply(*list, target.info);
    target.info.where = joined(target.info.where, cursor.span(marker.range));
    before.back().range.end = marker.range.end;
    return true;
}

std::optional<AttributeList> MarkdownConverter::take_trailing_attributes(Pieces& pieces, const ContentCursor& cursor) {
    if (pieces.empty() || pieces.back().kind != Piece::Kind::marker || pieces.back().marker != MarkerKind::attributes)
        return std::nullopt;
    const bool is_bound = pieces.size() > 1 && !std::holds_alternative<Text>(pieces[pieces.size() - 2].node.node);
    if (is_bound || (pieces.size() > 1 && pieces[pieces.size() - 2].kind == Piece::Kind::marker)) return std::nullopt;
    std::string_view text = pieces.back().text;
    std::optional<AttributeList> list = take_attribute_list(text);
    if (!list) return std::nullopt;
    reading_.keep_known(*list, cursor.span(pieces.back().range));
    pieces.pop_back();
    if (!pieces.empty())
        if (auto* before = std::get_if<Text>(&pieces.back().node.node))
            before->text.erase(before->text.find_last_not_of(" \t") + 1);
    return list;
}

Inlines MarkdownConverter::with_html(Pieces pieces, const ContentCursor& cursor, std::size_t depth) {
    const bool has_html =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.kind == Piece::Kind::html; });
    Inlines inlines;
    if (!has_html) {
        for (Piece& piece : pieces) {
            const auto* text = std::get_if<Text>(&piece.node.node);
            if (!text || !text->text.empty()) append(inlines, std::move(piece.node));
        }
        return inlines;
    }
    HtmlFragment fragment(reading_, false);
    for (Piece& piece : pieces) {
        if (piece.kind != Piece::Kind::html) {
            fragment.add(std::move(piece.node));
            continue;
        }
        OffsetMap map;
        for (std::size_t i = 0; i < piece.text.size(); ++i)
            if (i == 0 || piece.text[i - 1] == '\n') map.add(i, cursor.to_source().original(piece.range.begin + i));
        fragment.add_html(piece.text, map);
    }
    append(inlines, fragment.take_inlines(depth));
    return inlines;
}

} // namespace bifolio
