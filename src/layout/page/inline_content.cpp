#include "layout/page/inline_content.h"

#include "base/overloaded.h"
#include "base/utf8.h"
#include "layout/page/page_list.h"
#include "layout/page/ruby.h"
#include "layout/page/text_transform.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

namespace bifolio {

namespace {

constexpr std::string_view object_replacement = "\xEF\xBF\xBC";
constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
constexpr std::string_view pop_isolate = "\xE2\x81\xA9", pop_embedding = "\xE2\x80\xAC";

struct BidiControls {
    std::string_view open, close;
};

BidiControls bidi_controls(const ComputedStyle& style) {
    const bool rtl = style.direction == Direction::rtl;
    switch (style.unicode_bidi) {
    case UnicodeBidi::normal: return {};
    case UnicodeBidi::embed: return {rtl ? "\xE2\x80\xAB" : "\xE2\x80\xAA", pop_embedding};         // RLE, LRE
    case UnicodeBidi::isolate: return {rtl ? "\xE2\x81\xA7" : "\xE2\x81\xA6", pop_isolate};         // RLI, LRI
    case UnicodeBidi::plaintext: return {"\xE2\x81\xA8", pop_isolate};                              // FSI
    case UnicodeBidi::bidi_override: return {rtl ? "\xE2\x80\xAE" : "\xE2\x80\xAD", pop_embedding}; // RLO, LRO
    case UnicodeBidi::isolate_override:
        return {rtl ? "\xE2\x81\xA8\xE2\x80\xAE" : "\xE2\x81\xA8\xE2\x80\xAD", "\xE2\x80\xAC\xE2\x81\xA9"}; // FSI RLO
    }
    return {};
}

struct Source { // whose text is being added
    NodeId node = no_node;
    std::optional<PseudoElement> generated;
    std::uint32_t box = 0, style = 0;
};

bool is_ignorable(char32_t c) { return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0; }

// The first character that may have a glyph; U+0000: none.
char32_t first_seen(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        if (one.code_point < 0x80 || !is_ignorable(one.code_point)) return one.code_point;
        at += one.size;
    }
    return 0;
}

char32_t last_seen(std::string_view text) {
    for (std::size_t at = text.size(); at > 0;) {
        do --at;
        while (at > 0 && is_continuation_byte(text[at]));
        const char32_t c = decode_utf8(text, at).code_point;
        if (c < 0x80 || !is_ignorable(c)) return c;
    }
    return 0;
}

bool is_mark(char32_t c) { return c >= 0x80 && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_GRAPHEME_EXTEND); }
bool may_melt(char32_t c) {
    return u_isalpha(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_COMBINING_SPACING_MARK;
}

class InlineBuilder {
public:
    InlineBuilder(const LayoutContext& context, NodeId block, std::uint32_t block_style, InlineReport& report)
        : context_(context), report_(report) {
        InlineBox root;
        root.node = block;
        root.style = block_style;
        for (NodeId at = block; at != no_node; at = context.book.node(at).parent)
            if (is_link(at)) {
                root.link = at;
                break;
            }
        out_.boxes.push_back(root);
    }

    void expect_first_letter() { first_letter_ = context_.styled.pseudo(out_.boxes[0].node, PseudoElement::first_letter); }

    void add(const InlinePart& part) {
        std::visit(overloaded{
                       [&](NodeId node) { add_node(node, 0); },
                       [&](const GeneratedPart& generated) { add_generated(generated, 0); },
                   },
                   part);
    }

    void add_plain(std::string_view text, std::uint32_t style) {
        if (text.empty()) return;
        append(text, {no_node, {}, 0, style}, 0, static_cast<std::uint32_t>(text.size()), true);
    }

    InlineContent finish(std::optional<TextDirection> direction) {
        trim_end();
        out_.boxes[0].end = here();
        if (spans_.empty()) return std::move(out_);
        out_.has_text = true;
        out_.shaped = shape_text(context_.shaper, std::move(text_), spans_, context_.text_styles, direction);
        return std::move(out_);
    }

private:
    std::uint32_t here() const { return static_cast<std::uint32_t>(text_.size()); }

    bool is_link(NodeId id) const {
        const Node& node = context_.book.node(id);
        return node.element == Element::a && (node.target != no_node || attribute(node, "href"));
    }

    // The one place where the text grows.
    void append(std::string_view text, const Source& source, std::uint32_t node_begin, std::uint32_t node_end, bool linear) {
        const std::uint32_t begin = here();
        text_ += text;
        TextPiece* last = out_.pieces.empty() ? nullptr : &out_.pieces.back();
        const bool owned_by_another = last && (last->node != source.node || last->generated != source.generated);
        if (last && last->linear && linear && last->node == source.node && last->generated == source.generated &&
            last->box == source.box && last->style == source.style && last->node_end == node_begin) {
            last->end = here();
            last->node_end = node_end;
        } else {
            out_.pieces.push_back(
                {begin, here(), source.node, node_begin, node_end, source.generated, linear, source.box, source.style});
        }
        // A mark of its own element is drawn apart from the letter or the quotation mark of another: one glyph has one owner. So
        // is a letter that might make one glyph with the letter before it, where its element says more than its text.
        bool apart = owned_by_another && is_mark(first_seen(text));
        if (source.node != no_node && std::exchange(begins_element_, false))
            apart = apart || (may_melt(first_seen(text)) && may_melt(last_seen(std::string_view(text_).substr(0, begin))));
        if (!spans_.empty() && spans_.back().style == source.style && !apart)
            spans_.back().end = here();
        else
            spans_.push_back({begin, here(), source.style, apart});
    }

    void append_control(std::string_view control, const Source& source) {
        if (!control.empty()) append(control, {no_node, {}, source.box, source.style}, 0, 0, false);
    }

    void add_text(std::string_view text, const Source& source) {
        const ComputedStyle& style = context_.computed(source.style);
        const std::uint32_t from = first_letter_ ? add_first_letter(text, source, style) : 0;
        switch (style.white_space) {
        case WhiteSpace::normal:
        case WhiteSpace::nowrap: add_collapsed(text, from, source, style, false); break;
        case WhiteSpace::pre_line: add_collapsed(text, from, source, style, true); break;
        case WhiteSpace::pre:
        case WhiteSpace::pre_wrap:
        case WhiteSpace::break_spaces: add_preserved(text, source, style); break;
        }
    }

    // Gives where the rest of the text begins.
    std::uint32_t add_first_letter(std::string_view text, const Source& source, const ComputedStyle& style) {
        const bool counts = !source.generated || *source.generated == PseudoElement::before;
        const bool collapses = style.white_space == WhiteSpace::normal || style.white_space == WhiteSpace::nowrap ||
                               style.white_space == WhiteSpace::pre_line;
        const FirstLetter letter = first_letter(text);
        if (!counts) return 0;
        if (letter.begin == letter.end) { // blank so far, or letters that must not be parted
            if (!is_blank(text)) first_letter_ = nullptr;
            return 0;
        }
        const std::uint32_t letter_style = std::exchange(first_letter_, nullptr)->style;
        if (!collapses) return 0;
        if (letter.begin > 0 && !after_space_) append_stretch(text, letter.begin - 1, letter.begin, source);
        const std::uint32_t box = open_box(out_.boxes[0].node, letter_style, source.box, letter_style);
        const InitialLetter initial = context_.computed(letter_style).initial_letter;
        if (initial.size > 0) {
            const StyleMetrics& strut = context_.metrics[out_.boxes[0].style];
            out_.boxes[box].shift = -(strut.line_above + strut.line_below) * (initial.sink - 1);
            const FontId font = context_.metrics[letter_style].font;
            out_.boxes[box].edge_start -= context_.text_styles[letter_style].size.scaled(
                context_.shaper.fonts.ink_left(font, decode_utf8(text, letter.begin).code_point));
        }
        append_words(text, letter.begin, letter.end, {source.node, source.generated, box, letter_style},
                     context_.computed(letter_style));
        out_.boxes[box].end = here();
        out_.no_break.push_back(here());
        if (initial.size > 0) {
            out_.initial_letter_end = here();
            out_.initial_letter_sink = initial.sink;
        }
        after_space_ = false;
        return letter.end;
    }

    void append_stretch(std::string_view text, std::uint32_t begin, std::uint32_t end, const Source& source) {
        if (begin == end) return;
        const std::uint32_t at = here();
        append(text.substr(begin, end - begin), source, begin, end, true);
        for (std::uint32_t i = at; i < here(); ++i)
            if (is_ascii_space(text_[i])) text_[i] = ' ';
    }

    void append_words(std::string_view text, std::uint32_t begin, std::uint32_t end, const Source& source,
                      const ComputedStyle& style) {
        if (style.text_transform == TextTransform::none) return append_stretch(text, begin, end, source);
        for (std::uint32_t i = begin; i < end;) {
            std::uint32_t j = i;
            while (j < end && !is_ascii_space(text[j])) ++j;
            if (j > i)
                for (const TransformedPart& part : transformed_parts(text.substr(i, j - i), style.text_transform, style.language))
                    append(part.becomes, source, i + part.begin, i + part.end, part.becomes.size() == part.end - part.begin);
            i = j;
            while (j < end && is_ascii_space(text[j])) ++j;
            append_stretch(text, i, j, source);
            i = j;
        }
    }

    void add_collapsed(std::string_view text, std::uint32_t from, const Source& source, const ComputedStyle& style,
                       bool keep_newlines) {
        const auto size = static_cast<std::uint32_t>(text.size());
        std::uint32_t begin = from; // of the stretch not yet appended
        for (std::uint32_t i = from; i < size;) {
            if (!is_ascii_space(text[i])) {
                after_space_ = false;
                ++i;
                continue;
            }
            std::uint32_t end = i;
            bool newline = false;
            for (; end < size && is_ascii_space(text[end]); ++end) newline = newline || text[end] == '\n';
            if (keep_newlines && newline) {
                append_words(text, begin, i, source, style);
                trim_spaces();
                for (std::uint32_t k = i; k < end; ++k)
                    if (text[k] == '\n') append("\n", source, k, k + 1, true);
                after_space_ = true;
                begin = end;
            } else if (after_space_ || (newline && joins_ideographs(text, i, end))) {
                append_words(text, begin, i, source, style);
                begin = end;
            } else if (end > i + 1) {
                append_words(text, begin, i + 1, source, style);
                begin = end;
                after_space_ = true;
            } else {
                after_space_ = true;
            }
            i = end;
        }
        append_words(text, begin, size, source, style);
    }

    // A line end in the source between two ideographs is no space (CSS Text 3 §4.1.3).
    static bool joins_ideographs(std::string_view text, std::uint32_t begin, std::uint32_t end) {
        const auto wide = [](char32_t c) {
            return (c >= 0x2E80 && c <= 0xA4CF && !(c >= 0x3130 && c <= 0x318F)) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFD);
        };
        if (begin == 0 || end >= text.size()) return false;
        std::uint32_t before = begin - 1;
        while (before > 0 && is_continuation_byte(text[before])) --before;
        return wide(decode_utf8(text, before).code_point) && wide(decode_utf8(text, end).code_point);
    }

    void add_preserved(std::string_view text, const Source& source, const ComputedStyle& style) {
        const auto size = static_cast<std::uint32_t>(text.size());
        std::uint32_t begin = 0;
        const auto flush = [&](std::uint32_t end) {
            if (end > begin) append(text.substr(begin, end - begin), source, begin, end, true);
        };
        for (std::uint32_t i = 0; i < size; ++i) {
            const char c = text[i];
            if (c == '\t') { // a tab stop: every `tab_size` characters
                flush(i);
                const int stop = std::max(style.tab_size, 1);
                const int spaces = stop - column_ % stop;
                append(std::string(static_cast<std::size_t>(spaces), ' '), source, i, i + 1, spaces == 1);
                column_ += spaces;
                begin = i + 1;
            } else if (c == '\r') {
                flush(i);
                begin = i + 1;
            } else if (c == '\n') {
                column_ = 0;
            } else if (!is_continuation_byte(c)) {
                ++column_;
            }
        }
        flush(size);
        if (size > 0) after_space_ = false;
        if (size > 0 && text.back() == '\n') after_space_ = true;
    }

    // Collapsible spaces at the end of a line.
    void trim_spaces() {
        while (!text_.empty() && text_.back() == ' ' && !out_.pieces.empty()) {
            TextPiece& last = out_.pieces.back();
            const WhiteSpace mode = context_.computed(last.style).white_space;
            if (mode == WhiteSpace::pre || mode == WhiteSpace::pre_wrap || mode == WhiteSpace::break_spaces) return;
            text_.pop_back();
            --last.end;
            if (last.linear) --last.node_end;
            if (last.begin == last.end) out_.pieces.pop_back();
            if (--spans_.back().end == spans_.back().begin) spans_.pop_back();
            for (InlineBox& box : out_.boxes) {
                box.begin = std::min(box.begin, here());
                box.end = std::min(box.end, here());
            }
        }
    }

    void trim_end() {
        trim_spaces();
        // The line end that closes a block of preformatted text makes no line of its own.
        if (!text_.empty() && text_.back() == '\n' && !out_.pieces.empty() && out_.pieces.back().node != no_node &&
            context_.book.node(out_.pieces.back().node).element == Element::text) {
            TextPiece& last = out_.pieces.back();
            text_.pop_back();
            --last.end;
            if (last.linear) --last.node_end;
            if (last.begin == last.end) out_.pieces.pop_back();
            if (--spans_.back().end == spans_.back().begin) spans_.pop_back();
            for (InlineBox& box : out_.boxes) box.end = std::min(box.end, here());
        }
        for (Anchor& anchor : out_.anchors) anchor.at = std::min(anchor.at, here());
    }

    std::uint32_t open_box(NodeId node, std::uint32_t style_index, std::uint32_t parent, std::uint32_t metrics_style) {
        const ComputedStyle& style = context_.computed(style_index);
        const InlineBox& around = out_.boxes[parent];
        InlineBox box;
        box.node = node;
        box.style = style_index;
        box.parent = parent;
        box.begin = here();
        box.link = around.link;
        box.painted = is_inline_painted(style);
        const bool rtl = style.direction == Direction::rtl;
        const auto edge = [&](Side side) {
            return at(style.margin, side).resolve({}) + at(style.border_width, side) + at(style.padding, side).resolve({});
        };
        box.edge_start = edge(rtl ? Side::right : Side::left);
        box.edge_end = edge(rtl ? Side::left : Side::right);
        box.shift = around.shift + (metrics_style < context_.style_count
                                        ? shift_of(style, metrics_style, around.style)
                                        : context_.text_styles[around.style].size.scaled(0.34)); // a note's number
        out_.boxes.push_back(box);
        return static_cast<std::uint32_t>(out_.boxes.size() - 1);
    }

    static bool is_inline_painted(const ComputedStyle& style) {
        if (!style.background_colour.is_invisible()) return true;
        return std::any_of(style.border_width.begin(), style.border_width.end(), [](Length width) { return width > Length(); });
    }

    // How far its baseline stands above its parent's: CSS 2.1 §10.8.1.
    Length shift_of(const ComputedStyle& style, std::uint32_t style_index, std::uint32_t parent_style) const {
        const StyleMetrics& own = context_.metrics[style_index];
        const StyleMetrics& parent = context_.metrics[parent_style];
        const Length parent_size = context_.text_styles[parent_style].size;
        switch (style.vertical_align.keyword) {
        case VerticalAlignKeyword::baseline: return {};
        case VerticalAlignKeyword::sub: return -parent_size.scaled(0.2);
        case VerticalAlignKeyword::super: return parent_size.scaled(0.34);
        case VerticalAlignKeyword::top:
        case VerticalAlignKeyword::text_top: return parent.ascent - own.ascent;
        case VerticalAlignKeyword::middle: return parent.x_height / 2 - (own.ascent - own.descent) / 2;
        case VerticalAlignKeyword::bottom:
        case VerticalAlignKeyword::text_bottom: return own.descent - parent.descent;
        case VerticalAlignKeyword::length: return style.vertical_align.length;
        }
        return {};
    }

    void add_anchor(NodeId node) {
        if (context_.has(node, NodeFlag::marked)) out_.anchors.push_back({here(), node});
    }

    void add_node(NodeId id, std::uint32_t box) {
        const Node& node = context_.book.node(id);
        const std::uint32_t style_index = context_.style_of(id);
        if (node.element == Element::text) return add_text(node.text, {id, {}, box, style_index});
        const ComputedStyle& style = context_.computed(style_index);
        if (style.display == Display::none) return;
        if (node.element == Element::note) return add_note(id, id, box);
        if (node.element == Element::note_reference) return add_note(id, node.target, box);
        if (style.float_ == Float::left || style.float_ == Float::right || style.float_ == Float::inside ||
            style.float_ == Float::outside) {
            add_anchor(id);
            out_.floats.push_back(id);
            return;
        }
        add_anchor(id);
        switch (node.element) {
        case Element::br:
            trim_spaces();
            append("\n", {id, {}, box, style_index}, 0, 0, false);
            after_space_ = true;
            column_ = 0;
            return;
        case Element::wbr: return append_control(zero_width_space, {no_node, {}, box, style_index});
        case Element::img: return add_atom(Atom::Kind::picture, id, {}, node.resource, box, style_index);
        default: break;
        }
        if (style.display == Display::inline_block || style.display == Display::inline_table || is_block_level(style))
            return add_atom(Atom::Kind::block, id, {}, no_resource, box, style_index);
        add_inline_element(id, style_index, box);
    }

    void add_inline_element(NodeId id, std::uint32_t style_index, std::uint32_t box) {
        const ComputedStyle& style = context_.computed(style_index);
        const BidiControls controls = bidi_controls(style);
        const VerticalAlignKeyword raised = style.vertical_align.keyword; // “word[6]” as the numbers of notes
        if (!after_space_ && (raised == VerticalAlignKeyword::super || raised == VerticalAlignKeyword::sub))
            out_.no_break.push_back(here());
        append_control(controls.open, {no_node, {}, box, style_index});
        const std::uint32_t inner = open_box(id, style_index, box, style_index);
        if (is_link(id)) out_.boxes[inner].link = id;
        begins_element_ = begins_element_ || is_link(id) || context_.book.node(id).element == Element::abbr;
        add_pseudo(id, PseudoElement::before, inner);
        if (style.display == Display::ruby)
            add_ruby(id, inner);
        else
            for (const NodeId child : children(context_.book, id)) add_node(child, inner);
        add_pseudo(id, PseudoElement::after, inner);
        out_.boxes[inner].end = here();
        append_control(controls.close, {no_node, {}, box, style_index});
    }

    void add_ruby(NodeId id, std::uint32_t box) {
        for (RubySegment& segment : ruby_segments(context_, id)) {
            if (segment.stands_above) {
                first_letter_ = nullptr;
                add_atom(Atom::Kind::ruby, id, {}, no_resource, box, context_.style_of(id));
                out_.atoms.back().base = std::move(segment.base);
                out_.atoms.back().annotation = std::move(segment.annotation);
                continue;
            }
            for (const NodeId node : segment.base) add_node(node, box);
            for (const NodeId node : segment.annotation) add_node(node, box);
        }
    }

    void add_pseudo(NodeId id, PseudoElement which, std::uint32_t box) {
        if (const PseudoBox* pseudo = context_.styled.pseudo(id, which))
            if (context_.computed(pseudo->style).display != Display::none)
                add_generated({id, which, pseudo->style, pseudo->content}, box);
    }

    void add_generated(const GeneratedPart& part, std::uint32_t box) {
        const BidiControls controls = bidi_controls(context_.computed(part.style));
        append_control(controls.open, {part.node, part.pseudo, box, part.style});
        const std::uint32_t inner =
            open_box(part.node, part.style % static_cast<std::uint32_t>(context_.style_count), box, part.style);
        if (part.pseudo == PseudoElement::footnote_marker) out_.boxes[inner].link = part.node; // back to the call
        const Source source{part.node, part.pseudo, inner, part.style};
        for (const GeneratedItem& item : part.content) add_item(item, source);
        out_.boxes[inner].end = here();
        append_control(controls.close, {part.node, part.pseudo, box, part.style});
    }

    void add_item(const GeneratedItem& item, const Source& source) {
        std::visit(overloaded{
                       [&](const GeneratedText& text) { add_text(text.text, source); },
                       [&](const GeneratedPageNumber& number) {
                           add_reference(number.of_all ? UsedReference::Kind::pages : UsedReference::Kind::page, source.node,
                                         number.counter_style, source);
                       },
                       [&](const GeneratedTargetPage& page) {
                           add_reference(UsedReference::Kind::page, page.target, page.counter_style, source);
                       },
                       [&](const GeneratedTargetPages& pages) { add_page_list(pages.links, source); },
                       [&](const GeneratedNoteNumber& number) {
                           add_reference(UsedReference::Kind::note_number, number.note, number.counter_style, source);
                       },
                       [&](const GeneratedLeader& leader) {
                           add_atom(Atom::Kind::leader, source.node, source.generated, no_resource, source.box, source.style);
                           out_.atoms.back().pattern = leader.pattern;
                       },
                       [&](const GeneratedString&) {}, // margin boxes only
                       [&](const GeneratedPicture& picture) {
                           add_atom(Atom::Kind::picture, source.node, source.generated, picture.resource, source.box,
                                    source.style);
                       },
                   },
                   item);
    }

    void add_reference(UsedReference::Kind kind, NodeId target, const std::string& counter_style, const Source& source) {
        const std::string text = reference_text(context_, kind, target, counter_style);
        report_.references.push_back({kind, target, source.node, counter_style, text});
        add_text(text, source);
    }

    // Each page's number is drawn as a part of the link that leads to it.
    void add_page_list(NodeId links, const Source& source) {
        UsedReference used{UsedReference::Kind::page_list, links, source.node, {}, {}};
        for (const PageListPart& part : page_list(context_, links)) {
            used.text += part.text;
            if (part.link == no_node) {
                add_text(part.text, source);
                continue;
            }
            if (!part.begins_line) out_.no_break.push_back(here());
            const std::uint32_t style = context_.style_of(part.link), box = open_box(part.link, style, source.box, style);
            out_.boxes[box].link = part.link;
            add_text(part.text, {part.link, PseudoElement::before, box, style});
            out_.boxes[box].end = here();
        }
        report_.references.push_back(std::move(used));
    }

    void add_atom(Atom::Kind kind, NodeId node, std::optional<PseudoElement> generated, ResourceId resource, std::uint32_t box,
                  std::uint32_t style) {
        Atom atom;
        atom.kind = kind;
        atom.at = here();
        atom.node = node;
        atom.generated = generated;
        atom.resource = resource;
        atom.box = box;
        atom.style = style;
        append(object_replacement, {no_node, {}, box, style}, 0, 0, false);
        out_.atoms.push_back(std::move(atom));
        after_space_ = false;
    }

    // The number at the place of the call. `note` is where the text of the note stands.
    void add_note(NodeId caller, NodeId note, std::uint32_t box) {
        if (note == no_node) return;
        if (caller != note) add_anchor(caller);
        GeneratedPart part{caller, PseudoElement::footnote_call, 0, {}};
        const PseudoBox* call = context_.styled.pseudo(caller, PseudoElement::footnote_call);
        if (!call) call = context_.styled.pseudo(note, PseudoElement::footnote_call);
        if (call && !call->content.empty()) {
            part.style = call->style;
            part.content = call->content;
        } else { // no style says how: a small raised number
            const std::uint32_t around = call ? call->style : out_.boxes[box].style;
            part.style = around + (call ? 0 : static_cast<std::uint32_t>(context_.style_count));
            part.content = {GeneratedText{std::to_string(context_.book.node(note).number)}};
        }
        out_.no_break.push_back(here());
        if (caller == note) out_.notes.push_back({here(), note});
        const auto inner = static_cast<std::uint32_t>(out_.boxes.size());
        add_generated(part, box);
        out_.boxes[inner].link = caller;
        after_space_ = false;
    }

    const LayoutContext& context_;
    InlineReport& report_;
    InlineContent out_;
    std::string text_;
    std::vector<StyledSpan> spans_;
    const PseudoBox* first_letter_ = nullptr; // until it has been met
    bool begins_element_ = false;             // a link or an abbreviation
    bool after_space_ = true;                 // a further collapsible space vanishes
    int column_ = 0;                          // characters since the last line end, for tabs
};

} // namespace

InlineContent build_inline_content(const LayoutContext& context, NodeId block, std::uint32_t block_style,
                                   const std::vector<InlinePart>& parts, InlineReport& report, bool begins_block) {
    InlineBuilder builder(context, block, block_style, report);
    if (begins_block) builder.expect_first_letter();
    for (const InlinePart& part : parts) builder.add(part);
    const ComputedStyle& style = context.computed(block_style);
    if (style.unicode_bidi == UnicodeBidi::plaintext) return builder.finish(std::nullopt);
    return builder.finish(style.direction == Direction::rtl ? TextDirection::rtl : TextDirection::ltr);
}

void size_leader(const LayoutContext& context, Atom& atom) {
    if (atom.kind == Atom::Kind::leader) atom.width = context.text_styles[atom.style].size;
}

InlineContent plain_inline_content(const LayoutContext& context, std::uint32_t style, std::string text) {
    InlineReport report;
    InlineBuilder builder(context, no_node, style, report);
    builder.add_plain(text, style);
    return builder.finish(context.computed(style).direction == Direction::rtl ? TextDirection::rtl : TextDirection::ltr);
}

} // namespace bifolio
