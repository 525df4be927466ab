// article.h: what an author wrote: a tree of plain values.
//
// Ownership  Values own their text. Nothing points; copying copies.
// Spec       CommonMark 0.31 for the blocks and inlines; HTML for the phrases.
#pragma once

#include "base/date.h"
#include "base/ids.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace bifolio {

struct Attribute {
    std::string name, value; // “width” “60%”, “dir” “rtl”, “title” “…”, “scope” “row”; names in lower case
    bool operator==(const Attribute&) const = default;
};

// Where a node belongs, the same in every edition: the article (or generated part) and the node's place in it, counted in
// preorder. Page lists, certificates and page parity are joined by it.
struct Origin {
    std::uint32_t part = 0;  // index into Book::parts; set by assemble
    std::uint32_t place = 0; // set by the reader (article) or by assemble (generated part)
    auto operator<=>(const Origin&) const = default;
};

// On every node, without exception: where it came from and what the author called it.
struct NodeInfo {
    Span where;
    std::string id;
    std::vector<std::string> classes;
    std::string language; // BCP 47; empty: its parent's
    std::vector<Attribute> attributes;
    Origin origin;
};

struct Inline;
struct Block;
using Inlines = std::vector<Inline>;
using Blocks = std::vector<Block>;

struct Text {
    std::string text; // a soft line end is “\n”
};
// The phrases that only differ in their name.
enum class PhraseKind : std::uint8_t {
    emphasis,
    strong,
    strikethrough,
    deleted,
    inserted,
    subscript,
    superscript,
    small,
    mark,
    keyboard,
    sample,
    variable,
    citation,
    definition,
    abbreviation,
    quotation,
    underline,
    bold,
    italic,
    time,
    span,
    isolate,
    override_direction,
    ruby,
    ruby_text,
    ruby_parenthesis,
    data,
};
struct Phrase {
    PhraseKind kind = PhraseKind::emphasis;
    Inlines body;
};
struct Code {
    std::string text;
};
// Destination as written: “https://…”, “mailto:…”, “tel:…”, “#id”, “other.md#id”. An empty body or the classes number, title,
// page ask for words made from the target.
struct Link {
    std::string destination, title;
    Inlines body;
};
struct Image {
    std::string source; // as written, relative to the article
    std::string alternative;
    bool decorative = false; // alternative text left empty on purpose (alt="" or class decorative)
    std::string title;
};
struct LineBreak {};
struct WordBreak {}; // <wbr>
struct Note {        // at its first call
    std::string label;
    Blocks body;
};
struct NoteReference { // a further call of the same note
    std::string label;
};
struct Field { // {{clinic.name}}
    std::string name;
};
struct Inline {
    NodeInfo info;
    std::variant<Text, Phrase, Code, Link, Image, LineBreak, WordBreak, Note, NoteReference, Field> node;
};

struct Paragraph {
    Inlines body;
};
struct Heading {
    int level = 1; // as written, 1…6
    Inlines title;
};
struct Quote {
    Blocks body;
};
struct CodeBlock {
    std::string language; // the first word of the info string
    std::string text;
};
struct ThematicBreak {};
struct ListItem {
    NodeInfo info;
    std::optional<bool> checked; // a task
    Blocks body;
};
struct List {
    bool ordered = false;
    int start = 1;
    bool tight = true; // paragraphs directly in a tight item carry no margins: they get the class “tight”
    std::vector<ListItem> items;
};
struct DefinitionItem {
    NodeInfo info;
    std::vector<std::pair<NodeInfo, Inlines>> terms;
    std::vector<std::pair<NodeInfo, Blocks>> definitions;
};
struct DefinitionList {
    std::vector<DefinitionItem> items;
};
enum class CellAlignment : std::uint8_t { unset, left, centre, right, decimal };
struct TableCell {
    NodeInfo info;
    int column_span = 1, row_span = 1; // at least 1
    bool header = false;
    CellAlignment alignment = CellAlignment::unset;
    Blocks body;
};
struct TableRow {
    NodeInfo info;
    std::vector<TableCell> cells;
};
struct TableRowGroup {
    NodeInfo info;
    std::vector<TableRow> rows;
};
struct TableColumn {
    CellAlignment alignment = CellAlignment::unset;
    std::string width; // as written: “30%”, “4em”; empty: automatic
};
struct Table {
    NodeInfo caption_info;
    Inlines caption; // empty: none
    std::vector<TableColumn> columns;
    std::optional<TableRowGroup> head, foot;
    std::vector<TableRowGroup> bodies;
};
struct Figure {
    Blocks body; // pictures, tables, code; usually one paragraph with one picture
    NodeInfo caption_info;
    Inlines caption; // empty: none
};
enum class CallOutKind : std::uint8_t { note, tip, important, warning, caution, care, dose, contact };
struct CallOut {
    CallOutKind kind = CallOutKind::note;
    Inlines title; // empty: the kind's word in the book's language
    Blocks body;
};
// A box with a name: <section>, <aside>, <div>, <header>, …, or a fenced or attributed block.
enum class DivisionKind : std::uint8_t { division, section, article, aside, header, footer, navigation, address, main };
struct Division {
    DivisionKind kind = DivisionKind::division;
    Blocks body;
};
struct Block {
    NodeInfo info;
    std::variant<Paragraph, Heading, Quote, CodeBlock, ThematicBreak, List, DefinitionList, Table, Figure, CallOut, Division>
        node;
};

// A value with its place, for messages.
template <class T>
struct Located {
    T value{};
    Span where;
};

struct Reference { // an entry of the article's list of sources
    NodeInfo info;
    Inlines text; // the whole entry, ready to print
};

// The YAML front matter. Empty or absent: not given; nothing is invented.
struct FrontMatter {
    Located<std::string> title, subtitle, summary, language, version, print_code, description;
    std::vector<Located<std::string>> authors, reviewers, editors; // person ids, or names
    std::optional<Located<Date>> published, reviewed, next_review;
    std::vector<std::string> keywords;
    std::vector<Reference> references;
    std::vector<Located<std::string>> notices; // ids, beyond those by rule
    Located<std::string> web_address;          // where the article stands on the web, for links from editions that lack it
};

struct Article {
    SourceId source{};
    std::string path; // “articles/sleep.md”, relative to the book's folder, with “/”
    std::string id;   // “sleep”: the file's stem, unique in the book
    FrontMatter front_matter;
    Span front_matter_where; // empty at the file's beginning where there is none
    Inlines title;       // parsed title: from the front matter, else the first heading (then removed from the body), else guessed
    NodeInfo title_info; // of the heading that was removed: its id, classes, language; links to its id mean the article's title
    Blocks body;
    std::uint32_t nodes = 0, pictures = 0; // how many it has: number_places() counts
};

// The words of some inlines, for outlines and file names. Notes are left out, a picture gives its alternative text, a ruby its
// base.
std::string plain_text(const Inlines& inlines);
std::string plain_text(const Blocks& blocks); // blocks parted by “\n”

// Gives every node its Origin::place, in preorder from 1: title, body, then the front matter's references; and counts. Readers call
// it last.
void number_places(Article& article);

std::string dump(const Article& article); // for golden tests: one node a line, indented

} // namespace bifolio
