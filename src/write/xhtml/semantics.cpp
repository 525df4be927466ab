#include "write/xhtml/semantics.h"

#include <array>

namespace bifolio {

Semantics semantics_of(const BookSection& section, bool alone) {
    switch (section.kind) {
    case SectionKind::cover: return {"cover", ""};
    case SectionKind::title_page: return {"titlepage", ""};
    case SectionKind::imprint: return {"copyright-page", ""};
    case SectionKind::contents: return {"toc", "doc-toc"};
    case SectionKind::list_of_tables: return {"lot", ""};
    case SectionKind::list_of_figures: return {"loi", ""};
    case SectionKind::foreword: return {"foreword", "doc-foreword"};
    case SectionKind::part: return {"part", "doc-part"};
    case SectionKind::article:
        if (alone) return {};
        return section.matter == Matter::back ? Semantics{"appendix", "doc-appendix"} : Semantics{"chapter", "doc-chapter"};
    case SectionKind::notices: return {};
    case SectionKind::contributors: return {"contributors", ""};
    case SectionKind::glossary: return {"glossary", "doc-glossary"};
    case SectionKind::index: return {"index", "doc-index"};
    case SectionKind::back_cover: return {};
    }
    return {};
}

Semantics semantics_of(const Node& node) {
    struct Row {
        Element element;
        std::string_view class_name;
        Semantics semantics;
    };
    static constexpr std::array rows{
        Row{Element::section, "references", {"bibliography", "doc-bibliography"}},
        // EPUB Indexes 1.0
        Row{Element::div, "index-group", {"index-group", ""}},
        Row{Element::ul, "index-list", {"index-entry-list", ""}},
        Row{Element::li, "index-entry", {"index-entry", ""}},
        Row{Element::span, "index-term", {"index-term", ""}},
        Row{Element::a, "index-locator", {"index-locator", ""}},
        Row{Element::span, "index-see", {"index-xref-preferred", ""}},
        Row{Element::span, "index-see-also", {"index-xref-related", ""}},
        Row{Element::a, "glossary-link", {"glossref", "doc-glossref"}},
        Row{Element::a, "backlink", {"", "doc-backlink"}},
        Row{Element::p, "subtitle", {"subtitle", "doc-subtitle"}},
        Row{Element::p, "book-subtitle", {"subtitle", "doc-subtitle"}},
        Row{Element::aside, "tip", {"tip", "doc-tip"}},
        Row{Element::aside, "call-out", {"", "note"}}, // doc-notice is not for an aside
        Row{Element::aside, "notice", {"", "note"}},
    };
    for (const Row& row : rows)
        if (node.element == row.element && has_class(node, row.class_name)) return row.semantics;
    // By itself it would be a landmark of the whole page, which nothing within a chapter is.
    return node.element == Element::aside ? Semantics{"", "note"} : Semantics{};
}

std::string_view landmark(SectionKind kind) {
    switch (kind) {
    case SectionKind::cover: return "cover";
    case SectionKind::title_page: return "titlepage";
    case SectionKind::imprint: return "copyright-page";
    case SectionKind::contents: return "toc";
    case SectionKind::list_of_tables: return "lot";
    case SectionKind::list_of_figures: return "loi";
    case SectionKind::foreword: return "foreword";
    case SectionKind::glossary: return "glossary";
    case SectionKind::index: return "index";
    case SectionKind::part:
    case SectionKind::article:
    case SectionKind::notices:
    case SectionKind::contributors:
    case SectionKind::back_cover: return "";
    }
    return "";
}

} // namespace bifolio
