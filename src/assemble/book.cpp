#include "assemble/book.h"

#include <algorithm>

namespace bifolio {

const std::string* attribute(const Node& node, std::string_view name) {
    const auto found = std::find_if(node.info.attributes.begin(), node.info.attributes.end(),
                                    [&](const Attribute& one) { return one.name == name; });
    return found == node.info.attributes.end() ? nullptr : &found->value;
}

bool has_class(const Node& node, std::string_view name) {
    return std::find(node.info.classes.begin(), node.info.classes.end(), name) != node.info.classes.end();
}

bool is_for_paper(const Book& book, NodeId id) {
    const Node& node = book.node(id);
    if (is_web_address(node)) return true;
    const bool is_empty = index(node.end) == index(id) + 1;
    return is_empty && (has_class(node, "index-locator") || has_class(node, "index-end"));
}

bool is_web_address(const Node& node) { return node.element == Element::note && has_class(node, "web-address"); }

std::string_view language_of(const Book& book, NodeId id) {
    for (; id != no_node; id = book.node(id).parent)
        if (!book.node(id).info.language.empty()) return book.node(id).info.language;
    return book.metadata.language;
}

std::string text_content(const Book& book, NodeId id) {
    std::string text;
    const std::uint32_t end = index(book.node(id).end);
    for (std::uint32_t at = index(id); at < end; ++at) {
        const Node& node = book.nodes[at];
        if (node.element == Element::note && at != index(id)) {
            at = index(node.end) - 1; // the loop steps past it
            continue;
        }
        if (node.element == Element::text) text += node.text;
        if (node.element == Element::br) text += '\n';
        if (const std::string* alternative = node.element == Element::img ? attribute(node, "alt") : nullptr)
            text += *alternative;
    }
    return text;
}

Span place_of(const Book& book, NodeId id) {
    for (; id != no_node; id = book.node(id).parent)
        if (book.node(id).info.where.source != SourceId{0}) return book.node(id).info.where;
    return {};
}

std::uint32_t section_of(const Book& book, NodeId id) {
    // The roots stand in reading order, and a node lies in the last one that does not begin behind it.
    const auto behind =
        std::upper_bound(book.sections.begin(), book.sections.end(), id,
                         [](NodeId node, const BookSection& section) { return index(node) < index(section.root); });
    return behind == book.sections.begin() ? 0 : static_cast<std::uint32_t>(behind - book.sections.begin() - 1);
}

namespace {

std::string quoted(std::string_view text) {
    std::string out = "“";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + "”";
}

std::string_view kind_name(SectionKind kind) {
    switch (kind) {
    case SectionKind::cover: return "cover";
    case SectionKind::title_page: return "title-page";
    case SectionKind::imprint: return "imprint";
    case SectionKind::contents: return "contents";
    case SectionKind::list_of_tables: return "list-of-tables";
    case SectionKind::list_of_figures: return "list-of-figures";
    case SectionKind::foreword: return "foreword";
    case SectionKind::part: return "part";
    case SectionKind::article: return "article";
    case SectionKind::notices: return "notices";
    case SectionKind::contributors: return "contributors";
    case SectionKind::glossary: return "glossary";
    case SectionKind::index: return "index";
    case SectionKind::back_cover: return "back-cover";
    }
    return "";
}

std::string_view matter_name(Matter matter) {
    switch (matter) {
    case Matter::automatic: return "automatic";
    case Matter::front: return "front";
    case Matter::body: return "body";
    case Matter::back: return "back";
    }
    return "";
}

// A node is named by its id where it has one, so that a dump does not change with every node before it.
std::string reference(const Book& book, NodeId id) {
    const std::string& name = book.node(id).info.id;
    return name.empty() ? "node " + std::to_string(index(id)) : "#" + name;
}

std::string line_of(const Book& book, const Node& node) {
    if (node.element == Element::text) return quoted(node.text);
    // Both are called as they are written out, which would hide what they are.
    std::string line(node.element == Element::note             ? "note"
                     : node.element == Element::note_reference ? "note-reference"
                                                               : name(node.element));
    for (const std::string& one : node.info.classes) line += "." + one;
    if (!node.info.id.empty()) line += " #" + node.info.id;
    if (!node.info.language.empty()) line += " lang=" + node.info.language;
    for (const Attribute& one : node.info.attributes) line += " " + one.name + "=" + quoted(one.value);
    if (node.number != 0) line += " number=" + std::to_string(node.number);
    if (node.target != no_node) line += " → " + reference(book, node.target);
    if (node.resource != no_resource) line += " ⇒ " + book.resources[index(node.resource)].path;
    return line;
}

void dump_metadata(const BookMetadata& metadata, std::string& out) {
    const auto field = [&](std::string_view key, std::string_view value) {
        if (!value.empty()) out.append(key).append(": ").append(value).append("\n");
    };
    field("title", metadata.title);
    field("subtitle", metadata.subtitle);
    field("language", metadata.language);
    field("identifier", metadata.identifier);
    field("isbn", metadata.isbn);
    field("publisher", metadata.publisher);
    field("place", metadata.place);
    field("rights", metadata.rights);
    field("description", metadata.description);
    field("edition", metadata.edition);
    field("version", metadata.version);
    field("print code", metadata.print_code);
    if (metadata.date) field("date", iso_date(*metadata.date));
    for (const std::string& keyword : metadata.keywords) field("keyword", keyword);
    for (const Contributor& one : metadata.contributors)
        field("contributor", one.role + " " + one.name + (one.person.empty() ? "" : " (" + one.person + ")"));
}

} // namespace

std::string dump(const Book& book) {
    std::string out = "book " + book.name + " (" + book.edition_name + ")\n";
    dump_metadata(book.metadata, out);
    if (book.cover != no_resource) out += "cover: " + book.resources[index(book.cover)].path + "\n";
    for (const BookSection& section : book.sections) {
        out += "section ";
        out += kind_name(section.kind);
        out += " " + section.name + " " + quoted(section.title) + " " + std::string(matter_name(section.matter)) +
               " depth=" + std::to_string(section.depth) + (section.in_contents ? "" : " not-in-contents") + "\n";
    }
    for (const ContentsEntry& entry : book.contents)
        out += "entry " + std::string(static_cast<std::size_t>(std::max(0, entry.depth - 1)) * 2, ' ') + quoted(entry.title) +
               " → " + reference(book, entry.target) + "\n";
    std::vector<std::uint32_t> open; // ends of the elements around the node
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        while (!open.empty() && open.back() <= at) open.pop_back();
        out += std::string(open.size() * 2, ' ') + line_of(book, book.nodes[at]) + "\n";
        open.push_back(index(book.nodes[at].end));
    }
    return out;
}

} // namespace bifolio
