#include "proof/expected_text.h"

#include "base/utf8.h"
#include "layout/page/text_transform.h"

#include <algorithm>
#include <utility>

namespace bifolio {

namespace {

using Generated = std::map<std::pair<NodeId, PseudoElement>, std::string>;

// What the layout says it generated, by element and pseudo-element.
Generated generated_on(const Pages& pages) {
    std::map<std::pair<NodeId, PseudoElement>, std::vector<std::pair<std::uint32_t, const std::string*>>> parts;
    for (const Page& page : pages.pages)
        for (const PlacedItem& item : page.items) {
            const auto* owner = std::get_if<Content>(&item.owner);
            const auto* run = std::get_if<GlyphRun>(&item.item);
            if (owner && run && owner->generated) parts[{owner->node, *owner->generated}].push_back({owner->begin, &run->text});
        }
    Generated out;
    for (auto& [key, runs] : parts) {
        std::ranges::stable_sort(runs, {}, [](const auto& one) { return one.first; });
        for (const auto& one : runs) out[key] += *one.second;
    }
    return out;
}

bool is_block(const Node& node) {
    const ElementKind kind = info(node.element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame || kind == ElementKind::note;
}

class PrintWalk {
public:
    PrintWalk(const StyledBook& styled, const Pages& pages, ExpectedText& out)
        : styled_(styled), book_(*styled.book), generated_(generated_on(pages)), out_(out), writer_(out.text) {}

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
        if (added(id, PseudoElement::marker, TextKind::list_mark)) writer_.any();
        added(id, PseudoElement::before, TextKind::generated);
        for (const NodeId child : children(book_, id)) this->node(child);
        added(id, PseudoElement::after, TextKind::generated);
        if (is_block(node)) first_letter_ = nullptr;
        edge(node, style);
    }

    // Links that are not shown may still own the numbers of the pages that they lead to (-bifolio-target-pages()).
    void hidden(NodeId id, const Node& node) {
        out_.hidden_characters += count_characters(node.text);
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
        const auto found = generated_.find({id, which});
        if (found == generated_.end()) return false;
        writer_.begin(id, kind);
        writer_.text(found->second, ExpectedWriter::WhiteSpaceMode::collapsed);
        if (which == PseudoElement::before) first_letter_ = nullptr;
        return true;
    }

    void text(NodeId id, const Node& node) {
        const ComputedStyle& style = styled_.style(id);
        if (style.visibility != Visibility::visible) {
            out_.hidden_characters += count_characters(node.text);
            return;
        }
        using Mode = ExpectedWriter::WhiteSpaceMode;
        const Mode mode = style.white_space == WhiteSpace::normal || style.white_space == WhiteSpace::nowrap ? Mode::collapsed
                          : style.white_space == WhiteSpace::pre_line                                        ? Mode::lines_kept
                                                                                                             : Mode::kept;
        writer_.begin(id, TextKind::own);
        std::string_view rest = node.text;
        if (first_letter_ && mode != Mode::kept && !is_blank(rest)) {
            const ComputedStyle& letter_style = *std::exchange(first_letter_, nullptr);
            const FirstLetter letter = first_letter(rest);
            words(rest.substr(0, letter.begin), style, mode);
            words(rest.substr(letter.begin, letter.end - letter.begin), letter.end > letter.begin ? letter_style : style, mode);
            rest.remove_prefix(letter.end);
        }
        words(rest, style, mode);
    }

    // text-transform works on words parted by white space.
    void words(std::string_view text, const ComputedStyle& style, ExpectedWriter::WhiteSpaceMode mode) {
        if (style.text_transform == TextTransform::none || mode == ExpectedWriter::WhiteSpaceMode::kept)
            return writer_.text(text, mode);
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
    Generated generated_;
    ExpectedText& out_;
    ExpectedWriter writer_;
    const ComputedStyle* first_letter_ = nullptr; // waits for the block's first letter
};

ExpectedPage expected_page(const Page& page) {
    ExpectedPage out;
    for (const PlacedItem& item : page.items) {
        const auto* run = std::get_if<GlyphRun>(&item.item);
        if (!run || run->glyphs.empty()) continue;
        if (std::holds_alternative<Artifact>(item.owner)) {
            if (std::string text = compared_text(run->text); !text.empty()) out.artifacts.push_back(std::move(text));
            continue;
        }
        for (std::size_t at = 0; at < run->text.size();) {
            const Decoded one = decode_utf8(run->text, at);
            if (is_compared(one.code_point)) out.sum += sum_of(one.code_point);
            at += one.size;
        }
    }
    std::ranges::sort(out.artifacts);
    return out;
}

} // namespace

std::uint64_t sum_of(char32_t c) { // splitmix64: characters that differ have numbers that differ in all bits
    std::uint64_t z = c + 0x9E37'79B9'7F4A'7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
    return z ^ (z >> 31);
}

std::string compared_text(std::string_view text) {
    std::u32string kept;
    bool turns = false;
    for (const char32_t c : to_utf32(text))
        if (is_compared(c)) {
            kept += c;
            turns = turns || is_right_to_left_letter(c);
        }
    if (turns) std::ranges::sort(kept);
    std::string out;
    for (const char32_t c : kept) append_utf8(out, c);
    return out;
}

ExpectedPdf expected_pdf(const StyledBook& styled, const Pages& pages, const Sheets* sheets) {
    ExpectedPdf out;
    PrintWalk(styled, pages, out.text).walk();
    std::vector<ExpectedPage> single;
    for (const Page& page : pages.pages) single.push_back(expected_page(page));
    if (!sheets) {
        out.pages = std::move(single);
        return out;
    }
    for (const Sheet& sheet : sheets->sheets)
        for (const SheetSide* side : {&sheet.front, &sheet.back}) {
            ExpectedPage& whole = out.pages.emplace_back();
            for (const PlacedPage& placed : side->pages) {
                if (!placed.page) continue;
                const ExpectedPage& page = single[index(*placed.page)];
                whole.sum += page.sum;
                whole.artifacts.insert(whole.artifacts.end(), page.artifacts.begin(), page.artifacts.end());
            }
            std::ranges::sort(whole.artifacts);
        }
    return out;
}

} // namespace bifolio
