#include "typography_figures.h"

#include "io/files.h"
#include "layout/page/library_measures.h"
#include "layout/page/paginate.h"
#include "layout/text/font_families.h"
#include "style/apply_styles.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace bifolio::bench {

namespace {

std::shared_ptr<Book> book_of(const std::vector<std::string>& paragraphs) {
    auto book = std::make_shared<Book>();
    book->name = "sample";
    book->metadata.title = "Sample";
    book->metadata.language = "en-US";
    book->parts.emplace_back("sample");
    const auto add = [&](Element element, std::uint32_t parent) {
        Node& node = book->nodes.emplace_back();
        node.element = element;
        if (book->nodes.size() > 1) node.parent = NodeId{parent};
        node.end = NodeId{static_cast<std::uint32_t>(book->nodes.size())};
        return static_cast<std::uint32_t>(book->nodes.size() - 1);
    };
    add(Element::html, 0);
    book->nodes[0].info.language = "en-US";
    add(Element::body, 0);
    const std::uint32_t section = add(Element::section, 1);
    for (const std::string& text : paragraphs) {
        const std::uint32_t p = add(Element::p, section);
        book->nodes[add(Element::text, p)].text = text;
        book->nodes[p].end = NodeId{static_cast<std::uint32_t>(book->nodes.size())};
    }
    for (std::uint32_t around = 0; around <= section; ++around)
        book->nodes[around].end = NodeId{static_cast<std::uint32_t>(book->nodes.size())};
    BookSection one;
    one.root = NodeId{section};
    one.name = "sample";
    book->sections.push_back(one);
    return book;
}

std::string css_of(const Setting& setting) {
    const auto pt = [](double value) { return std::to_string(value) + "pt"; };
    return "html, body, section, p { display: block; margin: 0 } html { font: " + pt(setting.size) + "/" + pt(setting.leading) +
           " \"" + setting.family +
           "\"; text-align: justify; hyphens: auto; hyphenate-limit-chars: 5 2 3; hyphenate-limit-lines: 2; " +
           "hanging-punctuation: first allow-end last; -bifolio-letter-spacing-limit: 1% 1.5% } " +
           "p + p { text-indent: 1em } @page { size: " + pt(setting.measure + 100) + " 700pt; margin: 50pt }";
}

struct SeenLine {
    NodeId node = no_node;
    double spaces = 0;
    int count = 0;
    bool hyphen = false;
};

std::vector<SeenLine> lines_of(const Pages& pages) {
    std::vector<SeenLine> lines;
    for (const Page& page : pages.pages) {
        std::optional<Length> y;
        for (const PlacedItem& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item.item);
            const auto* content = std::get_if<Content>(&item.owner);
            if (!run || !content) continue;
            if (!y || *y != item.at.y) lines.emplace_back().node = content->node;
            y = item.at.y;
            for (const Glyph& glyph : run->glyphs) {
                const bool space = glyph.cluster < run->text.size() && run->text[glyph.cluster] == ' ';
                if (space && glyph.advance > Length()) {
                    lines.back().spaces += glyph.advance.in_pt();
                    ++lines.back().count;
                }
                if (!space) lines.back().hyphen = glyph.cluster >= run->text.size() || run->text[glyph.cluster] == '-';
            }
        }
    }
    return lines;
}

} // namespace

Figures figures_of(const std::vector<LineFigure>& lines) {
    Figures figures;
    std::vector<double> ratios;
    int ladder = 0;
    for (const LineFigure& line : lines) {
        ladder = line.hyphen ? ladder + 1 : 0;
        if (ladder == 3) ++figures.ladders;
        figures.hyphens += line.hyphen;
        figures.overfull += line.overfull;
        if (line.last) continue;
        ++figures.lines;
        ratios.push_back(std::abs(line.ratio));
        figures.mean += std::abs(line.ratio);
    }
    if (ratios.empty()) return figures;
    figures.mean /= static_cast<double>(ratios.size());
    std::ranges::sort(ratios);
    figures.percentile_95 = ratios[ratios.size() * 95 / 100];
    return figures;
}

Figures set_by_us(const Setting& setting, const std::vector<std::string>& paragraphs) {
    static const DiskFiles disk;
    static const FontFamilies families =
        read_font_families(disk, std::filesystem::path(BIFOLIO_SOURCE_DIR) / "share" / "fonts" / "families.txt");
    static const FontLibrary fonts(disk, families, {});
    static ShapeCache cache;
    static const Hyphenator hyphenator;
    const Shaper shaper{fonts, cache, hyphenator};
    if (!fonts.family_exists(setting.family)) throw std::runtime_error("no font family " + setting.family);

    MemoryFiles files;
    files.put("sample.css", css_of(setting));
    SourceMap sources;
    Diagnostics diagnostics;
    const auto sheet =
        read_stylesheets({{"sample.css", StyleSource::Level::author}}, {}, Medium::print, files, sources, diagnostics);
    const LibraryMeasures measures(fonts);
    const StyledBook styled = apply_styles(book_of(paragraphs), *sheet, diagnostics, &measures);
    const Pages pages = paginate(styled, shaper, TaskPool(1), {}, diagnostics);

    const FontId font = fonts.match({{setting.family}});
    const double natural = fonts.nominal_advance(font, ' ') * setting.size;
    const std::vector<SeenLine> seen = lines_of(pages);
    std::vector<LineFigure> lines;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        LineFigure line;
        line.last = i + 1 == seen.size() || seen[i + 1].node != seen[i].node;
        line.hyphen = seen[i].hyphen && !line.last;
        const double change = seen[i].count > 0 ? seen[i].spaces / seen[i].count / natural - 1 : 0;
        line.ratio = change > 0 ? change * 2 : change * 3;
        lines.push_back(line);
    }
    Figures figures = figures_of(lines);
    for (const Diagnostic& one : diagnostics.all()) figures.overfull += one.code == "layout.overfull-line";
    return figures;
}

} // namespace bifolio::bench
