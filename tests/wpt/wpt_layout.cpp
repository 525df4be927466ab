// wpt_layout.cpp: a page of the CSS reference tests → PDF, with the page's own styles on those of a browser, not on ours.
//
// Usage      wpt_layout BROWSER.css AHEM.ttf (PAGE.html OUT.pdf)…
// Exit code  0; 3 where a file cannot be read or written.
#include "io/files.h"
#include "layout/page/library_measures.h"
#include "layout/page/paginate.h"
#include "layout/text/font_families.h"
#include "style/apply_styles.h"
#include "write/pdf/write_pdf.h"

#include <gumbo.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>

using namespace bifolio;

namespace {

constexpr std::uint64_t most_bytes = 4'000'000;

std::string attribute_of(const GumboElement& element, const char* name) {
    const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
    return attribute ? attribute->value : std::string();
}

std::string name_of(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece tag = element.original_tag;
    gumbo_tag_from_original_text(&tag);
    return std::string(tag.data, tag.length);
}

// Attributes that look like styles (HTML, “Presentational hints”), as declarations.
std::string hints_of(const GumboElement& element, const std::string& name) {
    std::string css;
    const auto measure = [](const std::string& value) {
        return value.ends_with('%') ? value : std::to_string(std::atof(value.c_str())) + "px";
    };
    const bool is_cell = name == "td" || name == "th";
    const bool is_row = name == "tr" || name == "thead" || name == "tbody" || name == "tfoot";
    if (name == "table" || is_cell || is_row || name == "col" || name == "colgroup")
        for (const char* side : {"width", "height"})
            if (const std::string value = attribute_of(element, side); !value.empty()) css += side + (":" + measure(value)) + ";";
    if (const std::string colour = attribute_of(element, "bgcolor"); !colour.empty()) css += "background-color:" + colour + ";";
    if (is_cell || is_row)
        for (const auto& [attribute, property] : {std::pair("align", "text-align"), std::pair("valign", "vertical-align")})
            if (const std::string value = attribute_of(element, attribute); !value.empty()) css += property + (":" + value) + ";";
    if (name == "table") {
        if (const std::string spacing = attribute_of(element, "cellspacing"); !spacing.empty())
            css += "border-spacing:" + measure(spacing) + ";";
        if (const std::string border = attribute_of(element, "border"); !border.empty() && border != "0")
            css += "border:" + measure(border) + " outset gray;";
    }
    return css;
}

struct Converted {
    std::shared_ptr<Book> book = std::make_shared<Book>();
    std::string hints, styles, inline_styles; // in the order of the cascade
    std::uint32_t styled = 0;
};

class Converter {
public:
    Converter(const Files& files, std::filesystem::path folder) : files_(files), folder_(std::move(folder)) {}

    Converted convert(const GumboNode* root) {
        out_.book->name = "page";
        out_.book->metadata.title = "Page";
        out_.book->parts.emplace_back("page");
        add(root, no_node);
        BookSection section;
        section.root = NodeId{1};
        section.name = "page";
        out_.book->sections.push_back(section);
        return std::move(out_);
    }

private:
    NodeId begin(Element element, NodeId parent) {
        const NodeId id{static_cast<std::uint32_t>(out_.book->nodes.size())};
        Node& node = out_.book->nodes.emplace_back();
        node.element = element;
        node.parent = parent;
        node.end = NodeId{index(id) + 1};
        return id;
    }

    void add(const GumboNode* node, NodeId parent) {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
            if (parent == no_node || parent == NodeId{0}) return; // between head and body
            const NodeId id = begin(Element::text, parent);
            out_.book->nodes[index(id)].text = node->v.text.text;
            return;
        }
        if (node->type != GUMBO_NODE_ELEMENT) return;
        const GumboElement& element = node->v.element;
        const std::string name = name_of(element);
        if (name == "style") return add_style(element);
        if (name == "link") return add_link(element);
        if (name == "head" || name == "meta" || name == "title" || name == "script" || name == "base") {
            if (name == "head") add_children(element, no_node);
            return;
        }
        const auto known = element_named(name);
        const NodeId id = begin(known.value_or(Element::span), parent);
        add_attributes(element, name, id);
        add_children(element, id);
        out_.book->nodes[index(id)].end = NodeId{static_cast<std::uint32_t>(out_.book->nodes.size())};
    }

    void add_children(const GumboElement& element, NodeId parent) {
        const std::string border = border_, padding = padding_;
        if (element.tag == GUMBO_TAG_TABLE) {
            border_ = attribute_of(element, "border");
            padding_ = attribute_of(element, "cellpadding");
        }
        for (unsigned i = 0; i < element.children.length; ++i)
            add(static_cast<const GumboNode*>(element.children.data[i]), parent);
        border_ = border;
        padding_ = padding;
    }

    void add_style(const GumboElement& element) {
        for (unsigned i = 0; i < element.children.length; ++i)
            out_.styles += static_cast<const GumboNode*>(element.children.data[i])->v.text.text;
        out_.styles += "\n";
        for (const std::string_view mark : {"<![CDATA[", "]]>"}) // of XHTML pages
            for (std::size_t at = out_.styles.find(mark); at != std::string::npos; at = out_.styles.find(mark))
                out_.styles.erase(at, mark.size());
    }

    void add_link(const GumboElement& element) {
        const std::string address = attribute_of(element, "href");
        if (attribute_of(element, "rel") != "stylesheet" || address.starts_with("/")) return; // Ahem is always there
        if (const auto path = folder_ / address; files_.exists(path)) out_.styles += files_.read(path, most_bytes) + "\n";
    }

    void add_attributes(const GumboElement& element, const std::string& name, NodeId id) {
        Node& node = out_.book->nodes[index(id)];
        std::string own;
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            const auto& attribute = *static_cast<const GumboAttribute*>(element.attributes.data[i]);
            const std::string key = attribute.name, value = attribute.value;
            if (key == "id")
                node.info.id = value;
            else if (key == "lang")
                node.info.language = value;
            else if (key == "style")
                own = value;
            else if (key == "class")
                add_classes(value, node);
            else
                node.info.attributes.push_back({key, value});
        }
        std::string hints = hints_of(element, name);
        if (name == "td" || name == "th") {
            if (!padding_.empty()) hints += "padding:" + padding_ + "px;";
            if (!border_.empty() && border_ != "0") hints += "border:1px inset gray;";
        }
        if (own.empty() && hints.empty()) return;
        const std::string mark = "wpt-own-" + std::to_string(out_.styled++);
        node.info.classes.push_back(mark);
        if (!hints.empty()) out_.hints += ":where(." + mark + "){" + hints + "}\n";
        if (!own.empty()) out_.inline_styles += "." + mark + ":not(#wpt-a#wpt-b#wpt-c){" + own + "}\n"; // over all selectors
    }

    static void add_classes(const std::string& value, Node& node) {
        for (std::size_t from = 0; from < value.size();) {
            const std::size_t to = std::min(value.find_first_of(" \t\n", from), value.size());
            if (to > from) node.info.classes.push_back(value.substr(from, to - from));
            from = to + 1;
        }
    }

    const Files& files_;
    std::filesystem::path folder_;
    Converted out_;
    std::string border_, padding_; // of the table around
};

struct FreeOutput {
    void operator()(GumboOutput* output) const noexcept { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

void typeset(const std::filesystem::path& page, const std::filesystem::path& out, const std::string& browser,
             const FontLibrary& fonts) {
    const DiskFiles disk;
    const std::string html = disk.read(page, most_bytes);
    const std::unique_ptr<GumboOutput, FreeOutput> parsed(gumbo_parse(html.c_str()));
    const Converted converted = Converter(disk, page.parent_path()).convert(parsed->root);
    MemoryFiles files;
    files.put("browser.css", browser + converted.hints);
    files.put("page.css", converted.styles + converted.inline_styles);
    SourceMap sources;
    Diagnostics diagnostics;
    const auto sheet = read_stylesheets({{"browser.css", StyleSource::Level::program}, {"page.css", StyleSource::Level::author}},
                                        {}, Medium::print, files, sources, diagnostics);
    const LibraryMeasures measures(fonts);
    const StyledBook styled = apply_styles(converted.book, *sheet, diagnostics, &measures);
    ShapeCache cache;
    const Hyphenator hyphenator;
    const Shaper shaper{fonts, cache, hyphenator};
    const TaskPool pool(1);
    const Pages pages = paginate(styled, shaper, pool, {}, diagnostics);
    StringSink sink;
    write_pdf(pages, fonts, {}, pool, sink, diagnostics);
    std::ofstream(out, std::ios::binary) << sink.bytes();
    for (const Diagnostic& one : diagnostics.all())
        std::cout << page.filename().string() << ": " << one.code << ": " << one.message << "\n";
    if (std::getenv("WPT_DUMP")) std::cout << dump(styled) << dump(pages);
}

} // namespace

int main(int argc, char** argv) {
    try {
        const DiskFiles disk;
        const FontFamilies families = read_font_families(disk, BIFOLIO_SOURCE_DIR "/share/fonts/families.txt");
        if (argc < 5) return 2;
        const FontLibrary fonts(disk, families, {{"Ahem", argv[2], std::pair(1, 1000), {}, {}}}, {});
        for (int i = 3; i + 1 < argc; i += 2) typeset(argv[i], argv[i + 1], disk.read(argv[1], most_bytes), fonts);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 3;
    }
    return 0;
}
