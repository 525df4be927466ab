// element.h: the one table of element names. A heading of level 2 is h2, a reviewer's bio is aside.bio.reviewer. CSS selectors
// match these names, the EPUB and the web edition print them, the PDF role map starts from them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bifolio {

enum class Element : std::uint8_t {
    text, // a run of characters; no element
    // the frame
    html,
    body,
    section,
    article,
    header,
    footer,
    nav,
    aside,
    div,
    address,
    main,
    // blocks
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    p,
    blockquote,
    pre,
    hr,
    ul,
    ol,
    li,
    dl,
    dt,
    dd,
    figure,
    figcaption,
    table,
    caption,
    colgroup,
    col,
    thead,
    tbody,
    tfoot,
    tr,
    th,
    td,
    // phrases
    a,
    abbr,
    b,
    bdi,
    bdo,
    br,
    cite,
    code,
    data,
    del,
    dfn,
    em,
    i,
    img,
    ins,
    kbd,
    mark,
    q,
    rp,
    rt,
    ruby,
    s,
    samp,
    small,
    span,
    strong,
    sub,
    sup,
    time,
    u,
    var,
    wbr,
    // a footnote where it is called; its children are its text. EPUB and web: an a.noteref and an aside at the article's end
    note,
    // a further call of a note that stands elsewhere (Node::target)
    note_reference,
};

// What an element is in the tree of a tagged PDF; `none`: the element itself makes no structure element. The structure types of
// ISO 32000-1, 14.8.4, and behind them the roles that these have no name for: each is mapped to one of them.
enum class StructureType : std::uint8_t {
    none,
    document,
    part,
    article,
    section,
    division,
    block_quote,
    toc,
    toc_item,
    index,
    h1,
    h2,
    h3,
    h4,
    h5,
    h6,
    paragraph,
    list,
    list_item,
    label,
    list_body,
    table,
    table_row,
    table_header,
    table_data,
    table_head,
    table_body,
    table_foot,
    caption,
    figure,
    note,
    reference,
    link,
    span,
    quote,
    code,
    ruby,
    ruby_base,
    ruby_text,
    warichu,
    // roles; the first three are types of PDF 2.0 (ISO 32000-2, 14.8.4)
    aside,
    emphasis,
    strong,
    address,
    deletion,
    insertion,
    struck,
};

enum class ElementKind : std::uint8_t { text, frame, block, phrase, empty_phrase, note };

struct ElementInfo {
    Element element;
    std::string_view name; // as in HTML; for selectors, EPUB and web
    ElementKind kind;
    StructureType structure;
};

const ElementInfo& info(Element element);
inline std::string_view name(Element element) { return info(element).name; }
std::optional<Element> element_named(std::string_view name); // lower case; not for text, note_reference
Element heading_element(int level);                          // 1…6; deeper ones are h6
std::optional<int> heading_level(Element element);           // of h1…h6
std::string_view structure_name(StructureType type);         // “Document”, “TH”, “Em”, …
StructureType standard_type(StructureType type);             // where the role map leads; a standard type leads to itself

} // namespace bifolio
