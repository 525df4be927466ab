#include "layout/page/pages.h"

#include "base/overloaded.h"

#include <array>
#include <cstdio>

namespace bifolio {

namespace {

std::string points(Length length) {
    std::array<char, 32> buffer{};
    // Thousandths of a point, rounded; no locale.
    const std::int64_t value = (length.sp() * 1000 + (length.sp() < 0 ? -32768 : 32768)) / 65536;
    const std::int64_t whole = (value < 0 ? -value : value) / 1000, rest = (value < 0 ? -value : value) % 1000;
    std::snprintf(buffer.data(), buffer.size(), "%s%lld.%03lld", value < 0 ? "-" : "", static_cast<long long>(whole),
                  static_cast<long long>(rest));
    return buffer.data();
}

std::string_view artifact_name(Artifact artifact) {
    switch (artifact) {
    case Artifact::running_head: return "running-head";
    case Artifact::folio: return "folio";
    case Artifact::footnote_rule: return "footnote-rule";
    case Artifact::repeated_table_head: return "repeated-table-head";
    case Artifact::background: return "background";
    case Artifact::border: return "border";
    case Artifact::rule: return "rule";
    case Artifact::crop_mark: return "crop-mark";
    case Artifact::decoration: return "decoration";
    }
    return "";
}

std::string_view pseudo_name(PseudoElement pseudo) {
    switch (pseudo) {
    case PseudoElement::before: return "::before";
    case PseudoElement::after: return "::after";
    case PseudoElement::marker: return "::marker";
    case PseudoElement::first_letter: return "::first-letter";
    case PseudoElement::first_line: return "::first-line";
    case PseudoElement::footnote_call: return "::footnote-call";
    case PseudoElement::footnote_marker: return "::footnote-marker";
    }
    return "";
}

std::string node_name(const Book& book, NodeId id) {
    if (id == no_node || index(id) >= book.nodes.size()) return "node ?";
    const Node& node = book.node(id);
    const Node& named = node.element == Element::text && node.parent != no_node ? book.node(node.parent) : node;
    std::string out(name(named.element));
    if (!named.info.id.empty()) return out + "#" + named.info.id;
    for (const std::string& one : named.info.classes) out += "." + one;
    return out;
}

std::string owner_name(const Book& book, const Owner& owner) {
    return std::visit(overloaded{
                          [&](const Content& content) {
                              std::string out = node_name(book, content.node);
                              if (content.generated)
                                  out += pseudo_name(*content.generated);
                              else if (content.end > content.begin)
                                  out += "[" + std::to_string(content.begin) + "," + std::to_string(content.end) + ")";
                              return out;
                          },
                          [](Artifact artifact) { return std::string(artifact_name(artifact)); },
                      },
                      owner);
}

std::string item_text(const PlacedItem& placed) {
    return std::visit(
        overloaded{
            [](const GlyphRun& run) {
                std::string text;
                for (const char c : run.text)
                    if (c == '\n')
                        text += "\\n";
                    else
                        text += c;
                const bool rtl = (run.bidi_level & 1) != 0;
                return points(run.size) + "pt" + (rtl ? " rtl" : "") + " width " + points(run.width()) + " “" + text + "”";
            },
            [](const BoxDecoration& box) { return "box " + points(box.width) + " × " + points(box.height); },
            [](const LineRule& rule) {
                return std::string(rule.vertical ? "vertical " : "") + "rule " + points(rule.length) + " × " +
                       points(rule.thickness);
            },
            [](const PlacedPicture& picture) {
                return "picture " + std::to_string(index(picture.resource)) + " " + points(picture.width) + " × " +
                       points(picture.height) +
                       (picture.whole ? " of " + points(picture.whole->width) + " × " + points(picture.whole->height) : "");
            },
        },
        placed.item);
}

} // namespace

Length GlyphRun::width() const {
    Length sum;
    for (const Glyph& glyph : glyphs) sum += glyph.advance;
    return sum;
}

std::string dump(const Pages& pages) {
    const Book& book = *pages.book;
    std::string out;
    std::uint32_t number = 0;
    for (const Page& page : pages.pages) {
        out += "page " + std::to_string(++number) + " “" + page.label + "” " +
               (page.side == PageSide::right ? "right " : "left ") + points(page.width) + " × " + points(page.height) +
               (page.blank ? " blank" : "") + "\n";
        for (const PlacedItem& item : page.items)
            out += "  " + points(item.at.x) + "," + points(item.at.y) + " " + owner_name(book, item.owner) + " " +
                   item_text(item) + "\n";
        for (const LinkArea& link : page.links)
            out += "  link " + points(link.rect.x) + "," + points(link.rect.y) + " " + points(link.rect.width) + " × " +
                   points(link.rect.height) + " → " + (link.target == no_node ? link.uri : node_name(book, link.target)) + "\n";
    }
    for (const auto& [node, destination] : pages.destinations)
        out += "destination " + node_name(book, node) + " page " + std::to_string(index(destination.page) + 1) + " at " +
               points(destination.at.x) + "," + points(destination.at.y) + "\n";
    return out;
}

} // namespace bifolio
