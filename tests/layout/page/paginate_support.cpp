#include "layout/page/paginate_support.h"

#include "io/files.h"
#include "layout/page/library_measures.h"
#include "layout/text/font_families.h"
#include "style/apply_styles.h"
#include "support/support.h"

#include <algorithm>
#include <set>

namespace bifolio::test {

namespace {

constexpr std::string_view basic_styles = R"(
html, body, section, article, header, footer, nav, aside, div, main, address, h1, h2, h3, h4, h5, h6, p, blockquote, pre, hr, ul, ol, dl, dt,
dd, figure, figcaption { display: block }
li { display: list-item } ul { list-style-type: disc } ol { list-style-type: decimal }
table { display: table } thead { display: table-header-group } tbody { display: table-row-group } tfoot { display: table-footer-group }
tr { display: table-row } td, th { display: table-cell } caption { display: table-caption } col { display: table-column }
colgroup { display: table-column-group }
html { font: 10pt/12pt "Noto Serif"; text-align: start; orphans: 2; widows: 2; hyphens: manual }
h1, h2, h3 { break-after: avoid; font-size: 10pt; font-weight: bold }
pre { white-space: pre; font-family: monospace }
b, strong { font-weight: bold } i, em { font-style: italic }
bdi { unicode-bidi: isolate }
note { float: footnote; font-size: 8pt; line-height: 10pt }
@page { size: 120mm 100mm; margin: 10mm }
@page { @footnote { border-top: 0.5pt solid; padding-top: 3pt; margin-top: 6pt } }
)";

const Shaper& shaper() {
    static const DiskFiles files;
    static const FontFamilies listed = read_font_families(files, source_dir() / "share/fonts/families.txt");
    static const FontLibrary fonts(files, listed, {});
    static ShapeCache cache;
    static const Hyphenator hyphenator;
    static const Shaper shared{fonts, cache, hyphenator};
    return shared;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

} // namespace

Layout lay_out(const LayoutInput& input) {
    Layout out;
    out.book = make_book(input.markup, input.resources, input.direction);
    MemoryFiles files;
    files.put("base.css", std::string(basic_styles));
    files.put("test.css", input.css);
    SourceMap sources;
    const auto sheet = read_stylesheets({{"base.css", StyleSource::Level::program}, {"test.css", StyleSource::Level::author}}, {},
                                        Medium::print, files, sources, out.diagnostics);
    const LibraryMeasures measures(shaper().fonts);
    out.styled = std::make_shared<StyledBook>(apply_styles(out.book, *sheet, out.diagnostics, &measures));
    const TaskPool pool(input.threads);
    out.fonts = &shaper().fonts;
    out.pages = paginate(*out.styled, shaper(), pool, input.options, out.diagnostics);
    return out;
}

std::string page_text(const Pages& pages, std::size_t page) {
    std::string out;
    Length last_y;
    for (const PlacedItem& item : pages.pages.at(page).items) {
        const auto* run = std::get_if<GlyphRun>(&item.item);
        if (!run || !std::holds_alternative<Content>(item.owner)) continue;
        if (!out.empty() && item.at.y != last_y) {
            while (!out.empty() && out.back() == ' ') out.pop_back();
            out += "|";
        }
        last_y = item.at.y;
        out += run->text;
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

TextPlace place_of(const Layout& layout, const std::string& text) {
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p)
        for (const PlacedItem& item : layout.pages.pages[p].items)
            if (const auto* run = std::get_if<GlyphRun>(&item.item); run && run->text == text)
                return {p, item.at.x.in_mm(), item.at.y.in_mm()};
    return {};
}

std::string short_lines(int count, const std::string& word) {
    std::string out;
    for (int i = 1; i <= count; ++i) out += "<p>" + word + std::to_string(i) + ".</p>";
    return out;
}

std::string notes_text(const Pages& pages, std::size_t page) {
    std::string out;
    for (const PlacedItem& item : pages.pages.at(page).items) {
        const auto* run = std::get_if<GlyphRun>(&item.item);
        const auto* content = std::get_if<Content>(&item.owner);
        if (!run || !content) continue;
        for (NodeId id = content->node; id != no_node; id = pages.book->node(id).parent)
            if (pages.book->node(id).element == Element::note && content->generated != PseudoElement::footnote_call) {
                out += run->text;
                break;
            }
    }
    return out;
}

std::vector<std::string> broken_promises(const Layout& layout) {
    std::vector<std::string> broken;
    const Book& book = *layout.book;
    std::vector<std::vector<bool>> shown(book.nodes.size());
    for (std::size_t i = 0; i < book.nodes.size(); ++i) shown[i].resize(book.nodes[i].text.size());
    const Length slack = Length::pt(1);
    for (std::size_t p = 0; p < layout.pages.pages.size(); ++p) {
        const Page& page = layout.pages.pages[p];
        const std::string where = "page " + std::to_string(p + 1) + ": ";
        struct Line {
            Length left, right, top, bottom;
            std::string text;
        };
        std::vector<Line> lines;
        for (const PlacedItem& item : page.items) {
            if (const auto* run = std::get_if<GlyphRun>(&item.item)) {
                if (item.at.x < -slack || item.at.x + run->width() > page.width + slack)
                    broken.push_back(where + "‘" + run->text + "’ leaves the page sideways");
                if (item.at.y < Length() || item.at.y > page.height)
                    broken.push_back(where + "‘" + run->text + "’ leaves the page");
                if (std::holds_alternative<Content>(item.owner) && run->width() > slack)
                    lines.push_back(
                        {item.at.x, item.at.x + run->width(), item.at.y - run->size.scaled(0.5), item.at.y, run->text});
            }
            const auto* content = std::get_if<Content>(&item.owner);
            if (!content || content->generated || !std::holds_alternative<GlyphRun>(item.item)) continue;
            for (std::uint32_t i = content->begin; i < content->end; ++i) {
                if (i >= shown[index(content->node)].size()) {
                    broken.push_back(where + "a range behind its node's text");
                    break;
                }
                if (shown[index(content->node)][i] && !is_space(book.node(content->node).text[i]))
                    broken.push_back(where + "shown twice: byte " + std::to_string(i) + " of ‘" + book.node(content->node).text +
                                     "’");
                shown[index(content->node)][i] = true;
            }
        }
        std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.top < b.top; });
        for (std::size_t i = 0; i < lines.size(); ++i)
            for (std::size_t k = i + 1; k < lines.size() && lines[k].top < lines[i].bottom; ++k)
                if (lines[i].left + slack < lines[k].right && lines[k].left + slack < lines[i].right)
                    broken.push_back(where + "‘" + lines[i].text + "’ and ‘" + lines[k].text + "’ overlap");
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const Node& node = book.nodes[i];
        if (node.element != Element::text) continue;
        for (std::size_t b = 0; b < node.text.size(); ++b)
            if (!shown[i][b] && !is_space(node.text[b])) {
                broken.push_back("lost: byte " + std::to_string(b) + " of ‘" + node.text + "’");
                break;
            }
    }
    return broken;
}

} // namespace bifolio::test
