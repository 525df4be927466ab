// Text (SVG 2 § 11): the letters of a text element, each with what x, y, dx, dy and rotate say about it, gathered into spans.
//
// Not done   textPath and vertical writing are refused. Bidirectional reordering across spans is the business of no one: each
//            span is shaped by itself.
// DEVIATION: white space before a letter with a place of its own is dropped (browsers keep it at the end of the line before,
//            where it shifts centred text by half a space); the span is marked as the beginning of a line instead.
#include "picture/svg_reader.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {
namespace {

struct Letter {
    char32_t character = 0;
    std::uint32_t style = 0; // index into Letters::prototypes
    bool may_collapse = false, begins_line = false, begins_element = false;
    std::optional<double> x, y, dx, dy, rotate;
    std::uint32_t fit = 0;
};

// Marks and joiners that belong to the letter before them; a span never begins with one.
bool belongs_to_letter_before(char32_t c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5C7) || (c >= 0x610 && c <= 0x61A) ||
           (c >= 0x64B && c <= 0x65F) || c == 0x670 || (c >= 0x6D6 && c <= 0x6ED) || (c >= 0x900 && c <= 0x903) ||
           (c >= 0x93A && c <= 0x94F && c != 0x93D) || (c >= 0x981 && c <= 0x983) || (c >= 0x9BC && c <= 0x9CD && c != 0x9BD) ||
           c == 0xE31 || (c >= 0xE34 && c <= 0xE3A) || (c >= 0xE47 && c <= 0xE4E) || (c >= 0x1AB0 && c <= 0x1AFF) ||
           (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x200C && c <= 0x200D) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE20 && c <= 0xFE2F) || (c >= 0x1F3FB && c <= 0x1F3FF) ||
           (c >= 0xE0020 && c <= 0xE007F);
}

} // namespace

struct SvgReader::Letters {
    std::vector<Letter> list;
    std::vector<TextSpan> prototypes; // one an element, without text and place
    std::vector<TextFit> fits;
    bool after_space = true; // so that white space at the beginning vanishes
    double baseline_shift = 0;
};

void SvgReader::collect_text(SvgNodeId text, const SvgStyle& style, Letters& letters) {
    const std::string_view bytes = document_[text].text;
    if (!spend(bytes.size() * sizeof(Letter) / sizeof(DrawingPoint), text)) return;
    for (std::size_t at = 0; at < bytes.size();) {
        const Decoded decoded = decode_utf8(bytes, at);
        at += decoded.size;
        const bool is_space = decoded.size == 1 && is_ascii_space(bytes[at - 1]);
        if (is_space && !style.preserves_space && letters.after_space) continue;
        letters.after_space = is_space && !style.preserves_space;
        Letter letter;
        letter.character = is_space ? U' ' : decoded.code_point;
        letter.may_collapse = letters.after_space;
        letter.style = static_cast<std::uint32_t>(letters.prototypes.size() - 1);
        letters.list.push_back(letter);
    }
}

void SvgReader::collect_letters(SvgNodeId node, const SvgStyle& style, const Place& place, Letters& letters) {
    if (!visit(node, document_[node].children.size())) return;
    const double outer_shift = letters.baseline_shift;
    letters.baseline_shift += style.own.baseline_shift;
    TextSpan prototype;
    prototype.baseline_shift = letters.baseline_shift;
    prototype.baseline = style.baseline;
    prototype.anchor = style.anchor;
    prototype.right_to_left = style.right_to_left;
    prototype.font = style.font;
    prototype.letter_spacing = style.letter_spacing;
    prototype.word_spacing = style.word_spacing;
    prototype.underline = style.underline;
    prototype.overline = style.overline;
    prototype.line_through = style.line_through;
    prototype.language = style.language;
    if (style.visible) {
        prototype.fill = paint_of(node, style.fill, style.fill_opacity, style, place, nullptr);
        prototype.stroke = stroke_of(node, style, place, nullptr);
    }
    const std::size_t begin = letters.list.size();
    bool is_own = false; // the last prototype is this element's
    for (const SvgNodeId child : document_[node].children) {
        const std::string_view name = document_[child].name;
        if (document_[child].is_text()) {
            if (!is_own) letters.prototypes.push_back(prototype);
            is_own = true;
            collect_text(child, style, letters);
        } else if (name == "tspan" || name == "a") {
            const SvgStyle inner = styler_.style_of(child, style);
            is_own = false;
            if (!inner.own.displayed || !conditions_hold(child)) continue;
            if (inner.own.opacity < 1 && name == "tspan")
                problem(child, "‘opacity’ on a tspan cannot be drawn; use ‘fill-opacity’");
            collect_letters(child, inner, place, letters);
        } else if (name != "title" && name != "desc" && name != "metadata" && name != "style") {
            problem(child, "‘" + std::string(name.substr(0, 40)) + "’ inside of text cannot be drawn");
        }
    }
    place_letters(node, begin, letters.list.size(), style, place, letters);
    letters.baseline_shift = outer_shift;
}

// The lists of the element for its letters; an inner element has had its say before.
void SvgReader::place_letters(SvgNodeId node, std::size_t begin, std::size_t end, const SvgStyle& style, const Place& place,
                              Letters& letters) {
    if (begin < end) letters.list[begin].begins_element = true;
    const auto distribute = [&](std::string_view name, Axis axis, std::optional<double> Letter::*member) {
        const SvgAttribute* attribute = document_.attribute(node, name);
        if (attribute == nullptr) return;
        bool valid = false;
        const std::vector<SvgLength> lengths = parse_svg_lengths(attribute->value, valid);
        if (!valid) problem(*attribute, "the lengths of ‘" + std::string(name) + "’ are not understood");
        for (std::size_t i = 0; i < lengths.size() && begin + i < end; ++i) {
            std::optional<double>& target = letters.list[begin + i].*member;
            if (!target) target = resolve(lengths[i], axis, style, place);
        }
    };
    distribute("x", Axis::x, &Letter::x);
    distribute("y", Axis::y, &Letter::y);
    distribute("dx", Axis::x, &Letter::dx);
    distribute("dy", Axis::y, &Letter::dy);
    if (const SvgAttribute* rotate = document_.attribute(node, "rotate")) {
        const std::optional<std::vector<double>> angles = parse_svg_numbers(rotate->value);
        if (!angles) problem(*rotate, "the angles of ‘rotate’ are not understood");
        for (std::size_t i = begin; angles && !angles->empty() && i < end; ++i) {
            if (!letters.list[i].rotate) letters.list[i].rotate = (*angles)[std::min(i - begin, angles->size() - 1)];
        }
    }
    if (has_length(node, "textLength", style) && begin < end) {
        const double wanted = length(node, "textLength", Axis::x, style, place, 0);
        if (!(wanted > 0)) return;
        letters.fits.push_back({wanted, document_.value(node, "lengthAdjust") == "spacingAndGlyphs"});
        for (std::size_t i = begin; i < end; ++i) {
            if (letters.list[i].fit == 0) letters.list[i].fit = static_cast<std::uint32_t>(letters.fits.size());
        }
    }
}

namespace {

// Drops the white space that only the file's own lines made, and marks where lines begin.
void settle_white_space(std::vector<Letter>& list) {
    std::vector<Letter> kept;
    kept.reserve(list.size());
    for (Letter& letter : list) {
        const bool has_place = letter.x.has_value() || letter.y.has_value();
        if (has_place && !kept.empty()) {
            letter.begins_line = letter.begins_element && letter.x && (letter.y || letter.dy.value_or(0) != 0);
            if (kept.back().may_collapse) {
                kept.pop_back();
                letter.begins_line = true;
            }
        }
        kept.push_back(letter);
    }
    if (!kept.empty() && kept.back().may_collapse) kept.pop_back();
    list = std::move(kept);
}

bool begins_span(const Letter& letter, const Letter& before) {
    if (letter.style != before.style) return true;
    if (belongs_to_letter_before(letter.character)) return false;
    const bool is_moved = letter.x || letter.y || letter.dx.value_or(0) != 0 || letter.dy.value_or(0) != 0;
    const bool is_turned = letter.rotate.value_or(0) != 0 || letter.rotate.value_or(0) != before.rotate.value_or(0);
    return is_moved || is_turned || letter.fit != before.fit || letter.begins_line;
}

} // namespace

void SvgReader::draw_text(SvgNodeId node, const SvgStyle& style, const Place& place) {
    Letters letters;
    collect_letters(node, style, place, letters);
    settle_white_space(letters.list);
    if (letters.list.empty()) return;
    if (!letters.list.front().x) letters.list.front().x = 0;
    if (!letters.list.front().y) letters.list.front().y = 0;
    TextCommand command;
    command.transform = place.transform;
    for (std::size_t i = 0; i < letters.list.size(); ++i) {
        const Letter& letter = letters.list[i];
        if (i == 0 || begins_span(letter, letters.list[i - 1])) {
            if (!spend(sizeof(TextSpan) / sizeof(DrawingPoint), node)) return;
            TextSpan span = letters.prototypes[letter.style];
            span.x = letter.x;
            span.y = letter.y;
            span.dx = letter.dx.value_or(0);
            span.dy = letter.dy.value_or(0);
            span.rotate = letter.rotate.value_or(0);
            span.fit = letter.fit;
            span.begins_line = letter.begins_line;
            command.spans.push_back(std::move(span));
        }
        append_utf8(command.spans.back().text, letter.character);
    }
    command.fits = std::move(letters.fits);
    emit(std::move(command), node);
}

} // namespace bifolio
