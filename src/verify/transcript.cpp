#include "verify/transcript.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "verify/content_text.h"
#include "verify/structure.h"
#include "verify/structure_table.h"
#include "verify/xmp.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

// Inside a line: where an inline role begins, where its name ends, where it ends; where an expansion begins and ends. Text from
// the file has no controls: clean() takes them out.
constexpr char role_begins = '\1', role_is_said = '\2', role_ends = '\3', expansion_begins = '\4', expansion_ends = '\5';

// With roles and expansions in brackets, or without them.
std::string rendered(std::string_view text, bool with_roles) {
    std::string out;
    bool silent = false;
    for (const char c : text) {
        switch (c) {
        case role_begins:
            with_roles ? out += '[' : out;
            silent = !with_roles;
            break;
        case role_is_said:
            with_roles ? out += ": " : out;
            silent = false;
            break;
        case role_ends:
            while (with_roles && out.ends_with(' ')) out.pop_back();
            if (with_roles) out += ']';
            break;
        case expansion_begins:
            with_roles ? out += " [" : out;
            silent = !with_roles;
            break;
        case expansion_ends:
            with_roles ? out += ']' : out;
            silent = false;
            break;
        default:
            if (!silent) out += c;
        }
    }
    return out;
}

constexpr std::array<std::string_view, 13> inline_types{"Annot", "BibEntry",  "Code", "Form", "Lbl",     "Link", "NonStruct",
                                                        "Quote", "Reference", "Ruby", "Span", "Warichu", "RB"};
bool is_inline(std::string_view type) {
    return std::ranges::find(inline_types, type) != inline_types.end() || type == "RT" || type == "RP" || type == "WT" ||
           type == "WP";
}

std::string role_of(std::string_view type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 24> roles{
        {{"P", "paragraph"},     {"BlockQuote", "quotation"},
         {"Caption", "caption"}, {"TOC", "contents"},
         {"TOCI", "entry"},      {"Index", "index"},
         {"L", "list"},          {"LI", "item"},
         {"Table", "table"},     {"TR", "row"},
         {"TH", "header"},       {"TD", "cell"},
         {"Note", "note"},       {"Figure", "figure"},
         {"Formula", "formula"}, {"H", "heading"},
         {"Art", "article"},     {"Part", "part"},
         {"Code", "code"},       {"Document", "document"},
         {"Link", "link"},       {"Reference", "reference"},
         {"Span", "text"},       {"Quote", "quote"}}};
    if (const int level = heading_level(type)) return "heading " + std::to_string(level);
    const auto found = std::ranges::find(roles, type, [](const auto& row) { return row.first; });
    return std::string(found == roles.end() ? type : found->second);
}

class TranscriptReader {
public:
    TranscriptReader(const PdfFile& file, const Structure& structure, const TaskPool& pool, Transcript& out)
        : structure_(structure), texts_(read_content_texts(file, pool)), out_(out) {
        spaced_ = std::ranges::any_of(texts_, [](const auto& item) { return item.second.text.find(' ') != std::string::npos; });
    }

    void read() {
        for (const std::size_t element : structure_.top()) read_element(element, 0, 0);
        flush();
    }

private:
    // Grouping elements without a word of their own for the listener.
    static bool is_silent(std::string_view type) {
        return type == "Document" || type == "Sect" || type == "Div" || type == "THead" || type == "TBody" || type == "TFoot" ||
               type == "LBody" || type == "Private";
    }

    void read_element(std::size_t index, int level, int depth) {
        if (depth > limits::pdf_nesting * 4) return;
        const StructureElement& element = structure_[index];
        const std::string& type = element.standard.empty() ? element.type : element.standard;
        const bool block = !is_inline(type) || open_ == nothing_open;
        if (is_inline(type) && (!block || type == "NonStruct")) return read_inline(index, level, depth);
        if (is_silent(type)) {
            if (type == "LBody" && open_ != nothing_open) return read_kids(index, level, depth);
            flush();
            return read_kids(index, level, depth);
        }
        if (type == "P" && open_ != nothing_open && begins_its_parent(index)) return read_kids(index, level, depth);
        if (type == "Table") return read_table(index, level, depth);
        if (type == "TR") return read_kids(index, level, depth); // a row of no table
        read_block(index, role_of(type), level, depth);
    }

    // The first paragraph of an item, a cell or a note is that item, cell or note.
    bool begins_its_parent(std::size_t index) const {
        const std::size_t parent = structure_[index].parent;
        if (parent == StructureElement::none || structure_[index].object.has("Lang") ||
            structure_.children(parent).front() != index) {
            // A note begins with its number.
            if (parent == StructureElement::none || structure_[parent].standard != "Note" || structure_[index].object.has("Lang"))
                return false;
            const std::vector<std::size_t> children = structure_.children(parent);
            const auto first =
                std::ranges::find_if(children, [&](std::size_t child) { return !is_inline(structure_[child].standard); });
            if (first == children.end() || *first != index) return false;
        }
        const std::string& type = structure_[parent].standard;
        return type == "LBody" || type == "LI" || type == "TD" || type == "TH" || type == "Note" || type == "Caption" ||
               type == "TOCI";
    }

    void read_block(std::size_t index, std::string role, int level, int depth) {
        flush();
        const StructureElement& element = structure_[index];
        if (const std::string language = language_change(index); !language.empty()) role += " [" + language + "]";
        open_ = level;
        line_ = {level, std::move(role), {}};
        if (!say_replacement(index)) read_kids(index, level + 1, depth);
        if (const std::string expansion = element.object["E"].text(); !expansion.empty())
            line_.text += expansion_begins + clean(expansion) + expansion_ends;
        flush();
    }

    void read_table(std::size_t index, int level, int depth) {
        flush();
        const StructureTable table = structure_table(structure_, index);
        const std::size_t rows = table.rows.size(), columns = table.columns();
        out_.lines.push_back({level, "table",
                              std::to_string(rows) + (rows == 1 ? " row, " : " rows, ") + std::to_string(columns) +
                                  (columns == 1 ? " column" : " columns")});
        for (const std::size_t child : structure_.children(index))
            if (structure_[child].standard == "Caption") read_element(child, level + 1, depth + 1);
        std::size_t row = static_cast<std::size_t>(-1);
        for (const StructureCell& cell : table.cells) {
            if (cell.row != row) out_.lines.push_back({level + 1, "row " + std::to_string(cell.row + 1), {}});
            row = cell.row;
            std::string names;
            for (const StructureCell* header : table.headers_of(structure_, cell))
                names += (names.empty() ? "" : ", ") + flat_text(header->element, 0);
            read_block(cell.element, (cell.is_header ? "header" : "cell") + (names.empty() ? "" : " (" + names + ")"), level + 2,
                       depth + 1);
        }
    }

    // The words of an element on one line, for naming a cell's headers.
    std::string flat_text(std::size_t index, int depth) {
        std::string out;
        const StructureElement& element = structure_[index];
        if (element.object["ActualText"].is_string()) return clean(element.object["ActualText"].text());
        for (const StructureKid& kid : element.kids) {
            if (kid.kind == StructureKid::Kind::content) out += content(kid);
            if (kid.kind == StructureKid::Kind::element && kid.element != StructureElement::none && depth < limits::pdf_nesting &&
                structure_[kid.element].standard != "Note")
                out += flat_text(kid.element, depth + 1);
        }
        return depth == 0 ? collapsed(out) : out;
    }

    void read_inline(std::size_t index, int level, int depth) {
        const StructureElement& element = structure_[index];
        const std::string& type = element.standard;
        const std::string language = language_change(index);
        const std::string name = type == "Link"        ? "link"
                                 : type == "Reference" ? "reference"
                                 : type == "Code"      ? "code"
                                 : type == "Quote"     ? "quote"
                                 : type == "Form"      ? "field"
                                                       : "";
        const std::string opening = language.empty() ? name : name.empty() ? language : name + " " + language;
        // A link inside a reference (or the other way round) is said once.
        const bool says = !opening.empty() && !(language.empty() && (said_ == "link" || said_ == "reference") &&
                                                (name == "link" || name == "reference"));
        const std::string said_around = said_;
        if (says) {
            line_.text += role_begins + opening + role_is_said;
            said_ = name;
        }
        if (!say_replacement(index)) read_kids(index, level, depth);
        if (says) line_.text += role_ends;
        said_ = said_around;
        if (const std::string expansion = element.object["E"].text(); !expansion.empty())
            line_.text += expansion_begins + clean(expansion) + expansion_ends;
        if (type == "Lbl") line_.text += " ";
    }

    // ActualText and Alt stand for all that is inside.
    bool say_replacement(std::size_t index) {
        const PdfObject& object = structure_[index].object;
        const PdfObject text = object["ActualText"].is_string() ? object["ActualText"] : object["Alt"];
        if (!text.is_string()) return false;
        line_.text += clean(text.text());
        return true;
    }

    void read_kids(std::size_t index, int level, int depth) {
        for (const StructureKid& kid : structure_[index].kids) {
            if (kid.kind == StructureKid::Kind::content) say(content(kid), level, index);
            if (kid.kind == StructureKid::Kind::element && kid.element != StructureElement::none) {
                const int open = open_;
                read_element(kid.element, level, depth + 1);
                open_ = open; // what follows a block inside a block goes on with the outer one
            }
        }
    }

    void say(const std::string& text, int level, std::size_t index) {
        if (line_.role.empty() && line_.text.empty()) {
            if (is_blank(text)) return;
            line_.level = open_ == nothing_open ? level : open_;
            if (open_ == nothing_open) {
                line_.role = role_of(structure_[index].standard);
                open_ = level;
            }
        }
        line_.text += text;
    }

    std::string content(const StructureKid& kid) const {
        const auto found = texts_.find({kid.owner, kid.mcid});
        if (found == texts_.end()) return {};
        return clean(spaced_ ? found->second.text : found->second.spaced + " ");
    }

    // Without soft hyphens, which are not said, and controls.
    static std::string clean(const std::string& text) {
        std::string out = text;
        std::ranges::replace_if(
            out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
        for (std::size_t at = out.find("\xC2\xAD"); at != std::string::npos; at = out.find("\xC2\xAD", at)) out.erase(at, 2);
        return out;
    }

    std::string language_change(std::size_t index) const {
        const PdfObject own = structure_[index].object["Lang"];
        if (!own.is_string()) return {};
        const std::size_t parent = structure_[index].parent;
        const std::string around =
            parent == StructureElement::none ? out_.language : structure_.language(parent).value_or(out_.language);
        return own.text() == around ? std::string() : own.text();
    }

    void flush() {
        line_.text = collapsed(line_.text);
        if (!line_.role.empty() || !line_.text.empty()) out_.lines.push_back(std::move(line_));
        line_ = {};
        open_ = nothing_open;
    }

    static constexpr int nothing_open = -1;
    const Structure& structure_;
    ContentTexts texts_;
    Transcript& out_;
    bool spaced_ = false;
    TranscriptLine line_;     // that is being filled
    int open_ = nothing_open; // the level of the block that text belongs to
    std::string said_;        // the inline role around
};

} // namespace

Transcript read_transcript(const PdfFile& file, const TaskPool& pool) {
    Transcript out;
    out.language = file.catalog()["Lang"].text();
    out.title = read_xmp(file).text(xmp_namespace::dc, "title");
    const Structure structure(file);
    out.is_tagged = structure.exists() && !structure.elements().empty();
    if (out.is_tagged) TranscriptReader(file, structure, pool, out).read();
    return out;
}

std::string transcript_text(const Transcript& transcript) {
    std::string out = "title: " + transcript.title + "\nlanguage: " + transcript.language + "\n\n";
    for (const TranscriptLine& line : transcript.lines) {
        out.append(static_cast<std::size_t>(line.level) * 2, ' ');
        out += line.role.empty() ? "…" : line.role;
        out += (line.text.empty() ? "" : (line.role.empty() ? " " : ": ") + rendered(line.text, true)) + "\n";
    }
    return out;
}

std::string spoken_text(const Transcript& transcript) {
    std::string out;
    for (const TranscriptLine& line : transcript.lines)
        if (!line.text.empty() && line.role != "table") out += rendered(line.text, false) + "\n";
    return out;
}

} // namespace bifolio
