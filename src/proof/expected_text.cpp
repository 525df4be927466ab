#include "proof/expected_text.h"

#include "base/utf8.h"
#include "layout/page/text_transform.h"
#include "proof/expected_generated.h"
#include "proof/expected_pages.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bifolio {

namespace {

bool is_block(const Node& node) {
    const ElementKind kind = info(node.element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame || kind == ElementKind::note;
}

class PrintWalk {
    using Mode = ExpectedWriter::WhiteSpaceMode;

public:
    PrintWalk(const StyledBook& styled, const ExpectedGenerated& generated, ExpectedText& out)
        : styled_(styled), book_(*styled.book), generated_(generated), out_(out), writer_(out.text) {}

    void walk() {
        for (const ComputedStyle& style : styled_.styles)
            out_.turns_text = out_.turns_text || style.unicode_bidi == UnicodeBidi::bidi_override ||
                              style.unicode_bidi == UnicodeBidi::isolate_override;
        if (!book_.nodes.empty()) node(NodeId{0});
    }

private:
    void node(NodeId id) {
        const Node& node = book_.node(id);
        if (node.element == Element::text) return text(id, node);
        const ComputedStyle& style = styled_.style(id);
        if (style.display == Display::none) return hidden(id, node);
        switch (node.element) {
        case Element::br: return writer_.boundary();
        case Element::wbr: return writer_.any();
        case Element::img: return picture(id, node);
        case Element::note: return note(id);
        case Element::note_reference: added(id, PseudoElement::footnote_call, TextKind::note_number); return;
        default: break;
        }
        edge(node, style);
        if (const PseudoBox* letter = styled_.pseudo(id, PseudoElement::first_letter))
            first_letter_ = &styled_.styles[letter->style];
        const auto here = static_cast<std::uint32_t>(out_.text.tokens.size());
        const std::size_t labels = out_.labels.size();
        if (const auto level = heading_level(node.element)) out_.labels.push_back({here, "H" + std::to_string(*level), id});
        if (const std::string* title = node.element == Element::abbr ? attribute(node, "title") : nullptr;
            title && !title->empty())
            out_.labels.push_back({here, *title, id});
        if (added(id, PseudoElement::marker, TextKind::list_mark)) writer_.any();
        added(id, PseudoElement::before, TextKind::generated);
        for (const NodeId child : children(book_, id)) this->node(child);
        added(id, PseudoElement::after, TextKind::generated);
        if (is_block(node)) first_letter_ = nullptr;
        if (out_.text.tokens.size() == here) out_.labels.resize(labels); // of nothing nothing is said
        edge(node, style);
    }

    // Links that are not shown may still own the numbers of the pages that they lead to (-bifolio-target-pages()).
    void hidden(NodeId id, const Node& node) {
        out_.omit(Omission::hidden, id, node.text);
        writer_.any();
        for (const PseudoElement which : {PseudoElement::before, PseudoElement::after}) {
            if (which == PseudoElement::after)
                for (const NodeId child : children(book_, id)) hidden(child, book_.node(child));
            if (added(id, which, TextKind::generated)) writer_.any();
        }
    }

    void edge(const Node& node, const ComputedStyle& style) {
        switch (style.display) {
        case Display::inline_:
        case Display::contents:
            if (is_block(node) && style.display == Display::inline_) writer_.any();
            return;
        case Display::ruby:
        case Display::ruby_text:
        case Display::inline_block:
        case Display::inline_table: return writer_.any();
        default: writer_.boundary();
        }
    }

    void note(NodeId id) {
        added(id, PseudoElement::footnote_call, TextKind::note_number);
        writer_.any();
        if (added(id, PseudoElement::footnote_marker, TextKind::note_number)) writer_.any();
        added(id, PseudoElement::before, TextKind::generated);
        const ComputedStyle* outer = std::exchange(first_letter_, nullptr);
        for (const NodeId child : children(book_, id)) node(child);
        first_letter_ = outer;
        added(id, PseudoElement::after, TextKind::generated);
        writer_.any();
    }

    bool added(NodeId id, PseudoElement which, TextKind kind) {
        const GeneratedWords words = generated_.of(id, which);
        if (words.text.empty()) return false;
        writer_.begin(id, kind);
        writer_.apart();
        std::string_view rest = words.text;
        for (std::size_t leader = rest.find(leader_place);; leader = rest.find(leader_place)) {
            const std::string_view part = rest.substr(0, leader);
            if (words.style)
                styled_words(part, *words.style, which == PseudoElement::before);
            else
                writer_.text(part, Mode::collapsed);
            if (leader == std::string_view::npos) return true;
            writer_.any();
            rest.remove_prefix(leader + 1);
        }
    }

    void text(NodeId id, const Node& node) {
        const ComputedStyle& style = styled_.style(id);
        if (style.visibility != Visibility::visible) return out_.omit(Omission::hidden, id, node.text);
        // U+202D and U+202E turn what follows, as unicode-bidi does.
        out_.turns_text =
            out_.turns_text || node.text.find("\u202D") != std::string::npos || node.text.find("\u202E") != std::string::npos;
        writer_.begin(id, TextKind::own);
        styled_words(node.text, style, true);
    }

    // `may_begin`: the block's first letter may stand in it.
    void styled_words(std::string_view rest, const ComputedStyle& style, bool may_begin) {
        const Mode mode = style.white_space == WhiteSpace::normal || style.white_space == WhiteSpace::nowrap ? Mode::collapsed
                          : style.white_space == WhiteSpace::pre_line                                        ? Mode::lines_kept
                                                                                                             : Mode::kept;
        if (may_begin && first_letter_ && mode != Mode::kept && !is_blank(rest)) {
            const ComputedStyle& letter_style = *std::exchange(first_letter_, nullptr);
            const FirstLetter letter = first_letter(rest);
            words(rest.substr(0, letter.begin), style, mode);
            words(rest.substr(letter.begin, letter.end - letter.begin), letter.end > letter.begin ? letter_style : style, mode);
            rest.remove_prefix(letter.end);
        }
        words(rest, style, mode);
    }

    // text-transform works on words parted by white space.
    void words(std::string_view text, const ComputedStyle& style, Mode mode) {
        if (style.text_transform == TextTransform::none || mode == Mode::kept) return writer_.text(text, mode);
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            while (end < text.size() && !is_ascii_space(text[end])) ++end;
            if (end > at) writer_.text(transformed(text.substr(at, end - at), style.text_transform, style.language), mode);
            at = end;
            while (end < text.size() && is_ascii_space(text[end])) ++end;
            writer_.text(text.substr(at, end - at), mode);
            at = end;
        }
    }

    void picture(NodeId id, const Node& node) {
        const std::string* alternative = attribute(node, "alt");
        if (alternative && !alternative->empty()) out_.pictures.push_back({id, *alternative});
    }

    const StyledBook& styled_;
    const Book& book_;
    const ExpectedGenerated& generated_;
    ExpectedText& out_;
    ExpectedWriter writer_;
    const ComputedStyle* first_letter_ = nullptr; // waits for the block's first letter
};

} // namespace

std::string_view name_of(Omission why) {
    switch (why) {
    case Omission::hidden: return "hidden by a style";
    case Omission::for_paper: return "for paper alone";
    case Omission::in_contents_only: return "in the contents alone";
    }
    return "";
}

void ExpectedText::omit(Omission why, NodeId id, std::string_view words) {
    if (is_blank(words)) return;
    OmittedText& all = omitted[why];
    all.characters += count_characters(words);
    if (all.nodes.size() < most_omitted_nodes) all.nodes.push_back(id);
}

std::uint64_t sum_of(char32_t c) { // splitmix64: characters that differ have numbers that differ in all bits
    std::uint64_t z = c + 0x9E37'79B9'7F4A'7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
    return z ^ (z >> 31);
}

std::uint64_t number_of(const TextLook& look) {
    const std::uint64_t packed = look.colour | std::uint64_t{look.opacity} << 24 | (look.is_tiny ? 1ULL << 32 : 0);
    return sum_of(static_cast<char32_t>(packed ^ packed >> 11)) | 1;
}
bool is_tiny(double points) { return points < 0.7331; }
std::uint32_t percent(double opacity) { // by thousandths, as it is written
    return static_cast<std::uint32_t>(std::lround(static_cast<double>(std::lround(opacity * 1000)) / 10.0));
}

std::string compared_text(std::string_view text) {
    std::u32string kept;
    bool turns = false, has_letter = false;
    for (const char32_t c : to_utf32(text))
        if (is_counted(c)) {
            kept += c;
            turns = turns || is_right_to_left_letter(c);
            const bool digit = c >= '0' && c <= '9';
            has_letter = has_letter || digit || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC0;
        }
    if (turns || !has_letter) std::ranges::sort(kept); // signs alone may be drawn from either end
    std::string out;
    for (const char32_t c : kept) append_utf8(out, c);
    return out;
}

ExpectedPdf expected_pdf(const StyledBook& styled, const Pages& pages, const Sheets* sheets, PdfPurpose purpose) {
    ExpectedPdf out;
    const BeginPages begins(pages);
    PrintWalk(styled, ExpectedGenerated(styled, pages, begins), out.text).walk();
    out.is_for_press = purpose == PdfPurpose::press;
    expect_pages(pages, sheets, out);
    out.faults = page_faults(styled, pages, begins);
    return out;
}

} // namespace bifolio
