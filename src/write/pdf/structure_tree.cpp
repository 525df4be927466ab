#include "write/pdf/structure_tree.h"

#include "assemble/languages.h"
#include "write/pdf/table_headers.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

namespace bifolio {

namespace {

using S = StructureType;
constexpr std::uint32_t none = 0xFFFF'FFFF;
constexpr std::size_t numbers_in_leaf = 64; // of the parent tree

bool is_inline(Element element) {
    const ElementKind kind = info(element).kind;
    return kind == ElementKind::phrase || kind == ElementKind::empty_phrase || kind == ElementKind::text;
}

} // namespace

// Walks the Book once, in reading order.
struct StructureTree::Builder {
    StructureTree& tree;
    const Book& book;

    struct Context {
        const TableHeaders* table = nullptr; // of the nearest table
        std::uint32_t parent = 0;
        std::string_view language; // of the nearest structure element
        bool in_contents = false;
    };

    // Whether the node is in another language than what is round it. What is no language is not written: nobody could read by it.
    bool has_own_language(NodeId id, std::string_view language) const {
        const std::string& own = book.node(id).info.language;
        return !own.empty() && own != language && may_be_language(own);
    }

    void set_language(std::uint32_t element, NodeId id, std::string_view& language) const {
        if (!has_own_language(id, language)) return;
        const std::string& own = book.node(id).info.language;
        tree.elements_[element].attributes += "/Lang" + pdf_text_string(own);
        language = own;
    }

    void children_of(NodeId id, const Context& context) const {
        for (const NodeId child : children(book, id)) build(child, context);
    }

    void build(NodeId id, Context context) const {
        const Node& node = book.node(id);
        tree.element_of_node_[index(id)] = context.parent;
        switch (node.element) {
        case Element::text: return;
        case Element::body: return sections(id, context);
        case Element::ul:
        case Element::ol: return context.in_contents ? plain(id, S::toc, context) : list(id, context);
        case Element::nav: return navigation(id, context);
        case Element::li: return context.in_contents ? plain(id, S::toc_item, context) : list_item(id, context);
        case Element::dl: return definition_list(id, context);
        case Element::note: return note(id, context);
        case Element::a:
        case Element::note_reference: return link(id, context);
        case Element::img: return picture(id, context);
        case Element::ruby: return ruby(id, context);
        case Element::table: return table(id, context);
        case Element::th:
        case Element::td: return cell(id, context);
        case Element::tr: {
            const std::uint32_t row = tree.add(S::table_row, context.parent, id, 2);
            tree.elements_[row].keep_empty = true;
            return inside(id, row, context);
        }
        case Element::abbr: return abbreviation(id, context);
        default: break;
        }
        S type = info(node.element).structure;
        if (node.element == Element::section) type = type_of_section(id);
        // A change of language needs an element to carry it.
        if (type == S::none && !node.info.language.empty() && node.info.language != context.language)
            type = is_inline(node.element) ? S::span : S::division;
        if (type == S::none) return inside(id, context.parent, context);
        plain(id, type, context);
    }

    // The node's own content and its children go into `element`.
    void inside(NodeId id, std::uint32_t element, Context context) const {
        tree.element_of_node_[index(id)] = element;
        if (element != context.parent) set_language(element, id, context.language);
        context.parent = element;
        children_of(id, context);
    }

    // A part's articles are roots beside its title page; in the tree they belong to it.
    void sections(NodeId body, Context context) const {
        const std::uint32_t whole = context.parent;
        auto section = book.sections.begin(); // they stand in the book's order
        for (const NodeId child : children(book, body)) {
            while (section != book.sections.end() && section->root < child) ++section;
            const bool is_section = section != book.sections.end() && section->root == child;
            const bool opens_part = is_section && section->kind == SectionKind::part;
            if (!is_section || opens_part || section->depth < 2) context.parent = whole;
            const auto made = static_cast<std::uint32_t>(tree.elements_.size());
            build(child, context);
            if (opens_part) context.parent = made;
        }
    }

    void plain(NodeId id, S type, const Context& context) const { inside(id, tree.add(type, context.parent, id, 2), context); }

    S type_of_section(NodeId id) const {
        const auto found = std::ranges::find(book.sections, id, &BookSection::root);
        const bool is_root = found != book.sections.end();
        return is_root && found->kind == SectionKind::part    ? S::part
               : is_root && found->kind == SectionKind::index ? S::index
                                                              : info(Element::section).structure;
    }

    void navigation(NodeId id, Context context) const {
        context.in_contents = true;
        plain(id, S::section, context);
    }

    void list(NodeId id, const Context& context) const {
        const std::uint32_t element = tree.add(S::list, context.parent, id, 2);
        const bool ordered = book.node(id).element == Element::ol;
        tree.elements_[element].attributes +=
            ordered ? "/A<</O/List/ListNumbering/Decimal>>" : "/A<</O/List/ListNumbering/Disc>>";
        inside(id, element, context);
    }

    void list_item(NodeId id, Context context) const {
        const std::uint32_t item = tree.add(S::list_item, context.parent, id, 2);
        set_language(item, id, context.language);
        tree.marker_elements_[id] = tree.add(S::label, item, id, 0);
        inside(id, tree.add(S::list_body, item, id, 1), context);
    }

    // Each run of terms with its definitions is a list item: the terms its label, the definitions its body.
    void definition_list(NodeId id, Context context) const {
        const std::uint32_t element = tree.add(S::list, context.parent, id, 2);
        tree.elements_[element].attributes += "/A<</O/List/ListNumbering/None>>";
        set_language(element, id, context.language);
        tree.element_of_node_[index(id)] = element;
        definition_groups(id, element, context);
    }

    void definition_groups(NodeId id, std::uint32_t list_element, Context context) const {
        std::uint32_t item = none, label = none, body = none;
        for (const NodeId child : children(book, id)) {
            const Element element = book.node(child).element;
            if (element == Element::div) { // HTML allows div to group them
                context.parent = list_element;
                definition_groups(child, list_element, context);
                item = none;
                continue;
            }
            const bool term = element == Element::dt;
            if (item == none || (term && body != none)) {
                item = tree.add(S::list_item, list_element, child, 2);
                label = body = none;
            }
            if (term && label == none) label = tree.add(S::label, item, child, 0);
            if (!term && body == none) body = tree.add(S::list_body, item, child, 1);
            context.parent = term ? label : body;
            if (has_own_language(child, context.language))
                plain(child, term ? S::span : S::division, context);
            else
                inside(child, context.parent, context);
        }
    }

    void note(NodeId id, Context context) const {
        const std::uint32_t reference = tree.add(S::reference, context.parent, id, 0);
        tree.call_elements_[id] = reference;
        if (tree.links_) tree.call_elements_[id] = tree.link_elements_[id] = tree.add(S::link, reference, id, 0);
        const std::uint32_t element = tree.add(S::note, context.parent, id, 2);
        tree.set_identifier(element, "note-" + std::to_string(index(id)));
        tree.marker_elements_[id] = tree.add(S::label, element, id, 0);
        if (tree.links_) // the number in the note leads back to its call
            tree.marker_elements_[id] = tree.back_link_elements_[id] = tree.add(S::link, tree.marker_elements_[id], id, 0);
        context.in_contents = false;
        inside(id, element, context);
    }

    void link(NodeId id, const Context& context) const {
        const Node& node = book.node(id);
        const bool leads_somewhere = node.target != no_node || attribute(node, "href");
        if (!leads_somewhere) return build_phrase(id, context);
        if (!tree.links_) return node.target != no_node ? plain(id, S::reference, context) : build_phrase(id, context);
        std::uint32_t parent = context.parent;
        if (context.in_contents || node.element == Element::note_reference) parent = tree.add(S::reference, parent, id, 2);
        const std::uint32_t element = tree.add(S::link, parent, id, 2);
        tree.link_elements_[id] = element;
        inside(id, element, context);
    }

    void build_phrase(NodeId id, const Context& context) const {
        const Node& node = book.node(id);
        if (!node.info.language.empty() && node.info.language != context.language) return plain(id, S::span, context);
        inside(id, context.parent, context);
    }

    void picture(NodeId id, const Context& context) const {
        const std::string* alternative = attribute(book.node(id), "alt");
        if (!alternative || alternative->empty()) { // decorative: an artifact
            tree.element_of_node_[index(id)] = none;
            return;
        }
        const std::uint32_t figure = tree.add(S::figure, context.parent, id, 2);
        tree.elements_[figure].attributes += "/Alt" + pdf_text_string(*alternative);
        inside(id, figure, context);
    }

    bool has_rows(NodeId group) const {
        for (const NodeId row : children(book, group))
            if (book.node(row).element == Element::tr) return true;
        return false;
    }

    // At most one head and one foot, and only beside a body; rows without a group get one where others have. ISO 32000-1,
    // 14.8.4.3.4.
    void table(NodeId id, Context context) const {
        const TableHeaders headers = table_headers(book, id);
        context.table = &headers;
        const std::uint32_t element = tree.add(S::table, context.parent, id, 2);
        set_language(element, id, context.language);
        tree.element_of_node_[index(id)] = context.parent = element;
        bool has_body = false, has_groups = false;
        for (const NodeId child : children(book, id)) {
            const Element kind = book.node(child).element;
            has_groups = has_groups || kind == Element::thead || kind == Element::tbody || kind == Element::tfoot;
            has_body = has_body || kind == Element::tr || (kind == Element::tbody && has_rows(child));
        }
        bool may_head = has_body, may_foot = has_body;
        std::uint32_t loose = none;
        for (const NodeId child : children(book, id)) {
            const Element kind = book.node(child).element;
            if (kind == Element::tr && has_groups) {
                if (loose == none) loose = tree.add(S::table_body, element, child, 2);
                Context in_body = context;
                in_body.parent = loose;
                build(child, in_body);
                continue;
            }
            loose = none;
            const bool head = kind == Element::thead, foot = kind == Element::tfoot;
            if ((head || foot) && has_rows(child))
                plain(child,
                      head && std::exchange(may_head, false)   ? S::table_head
                      : foot && std::exchange(may_foot, false) ? S::table_foot
                                                               : S::table_body,
                      context);
            else
                build(child, context);
        }
    }

    void cell(NodeId id, const Context& context) const {
        const Node& node = book.node(id);
        const bool header = node.element == Element::th;
        const std::uint32_t element = tree.add(header ? S::table_header : S::table_data, context.parent, id, 2);
        std::string attributes;
        const auto span_of = [&](std::string_view name) {
            const std::string* value = attribute(node, name);
            return value && *value != "1" && value->find_first_not_of("0123456789") == std::string::npos ? *value : std::string();
        };
        if (const std::string columns = span_of("colspan"); !columns.empty()) attributes += "/ColSpan " + columns;
        if (const std::string rows = span_of("rowspan"); !rows.empty()) attributes += "/RowSpan " + rows;
        if (header) {
            const auto row = context.table ? context.table->heads_row.find(id) : std::map<NodeId, bool>::const_iterator();
            attributes += context.table && row != context.table->heads_row.end() && row->second ? "/Scope/Row" : "/Scope/Column";
        }
        if (context.table) {
            if (const auto named = context.table->headers.find(id); named != context.table->headers.end()) {
                attributes += "/Headers[";
                for (const NodeId one : named->second) attributes += pdf_text_string(identifier_of(one));
                attributes += "]";
            }
            if (header && !context.table->headers.empty()) tree.set_identifier(element, identifier_of(id));
        }
        if (!attributes.empty()) tree.elements_[element].attributes += "/A<</O/Table" + attributes + ">>";
        tree.elements_[element].keep_empty = true;
        inside(id, element, context);
    }

    static std::string identifier_of(NodeId header) { return "head-" + std::to_string(index(header)); }

    // Each stretch of base text, then what is read over it. ISO 32000-1, table 338.
    void ruby(NodeId id, Context context) const {
        const std::uint32_t whole = tree.add(S::ruby, context.parent, id, 2);
        set_language(whole, id, context.language);
        tree.element_of_node_[index(id)] = whole;
        std::uint32_t base = none;
        for (const NodeId child : children(book, id)) {
            if (book.node(child).element == Element::rt) {
                context.parent = whole;
                plain(child, S::ruby_text, context);
                base = none;
                continue;
            }
            if (base == none) base = tree.add(S::ruby_base, whole, child, 2);
            context.parent = base;
            build(child, context);
        }
    }

    void abbreviation(NodeId id, const Context& context) const {
        const std::uint32_t element = tree.add(S::span, context.parent, id, 2);
        if (const std::string* title = attribute(book.node(id), "title"); title && !title->empty())
            tree.elements_[element].attributes += "/E" + pdf_text_string(*title);
        inside(id, element, context);
    }
};

StructureTree::StructureTree(const Book& book, bool links) : book_(book), links_(links), element_of_node_(book.nodes.size(), 0) {
    elements_.push_back({S::document, none, NodeId{0}, {}, "", true, {}, {}, "", true, {}});
    const Builder builder{*this, book};
    builder.children_of(NodeId{0}, {nullptr, 0, book.metadata.language, false});
}

std::uint32_t StructureTree::add(StructureType type, std::uint32_t parent, NodeId node, std::uint32_t order) {
    const auto made = static_cast<std::uint32_t>(elements_.size());
    elements_.push_back({type, parent, node, {index(node), 1, order, 0}, "", false, {}, {}, "", false, {}});
    elements_[parent].children.push_back(made);
    return made;
}

StructureIndex StructureTree::element_of(const Content& content) const {
    const auto in = [&](const std::map<NodeId, std::uint32_t>& map) {
        const auto found = map.find(content.node);
        return StructureIndex{found != map.end() ? found->second : element_of_node_[index(content.node)]};
    };
    if (content.generated == PseudoElement::marker || content.generated == PseudoElement::footnote_marker)
        return in(marker_elements_);
    if (content.generated == PseudoElement::footnote_call) return in(call_elements_);
    return StructureIndex{element_of_node_[index(content.node)]};
}

// A node's own kids come after what is generated before it and before what is generated after it; what comes after an inner
// element stands before what comes after the outer one.
ReadingKey StructureTree::key_of(const Content& content) const {
    const std::uint32_t node = index(content.node);
    if (!content.generated) return {node, 1, 2, content.begin};
    switch (*content.generated) {
    case PseudoElement::after: return {index(book_.node(content.node).end), 0, 0xFFFF'FFFF - node, content.begin};
    case PseudoElement::footnote_call:
    case PseudoElement::marker:
    case PseudoElement::footnote_marker: return {node, 1, 0, content.begin};
    default: return {node, 1, 1, content.begin};
    }
}

std::string_view StructureTree::tag(StructureIndex element) const {
    return structure_name(elements_[static_cast<std::uint32_t>(element)].type);
}

void StructureTree::set_identifier(std::uint32_t element, const std::string& identifier) {
    elements_[element].attributes += "/ID" + pdf_text_string(identifier);
    identifiers_.push_back({identifier, element});
}

StructureIndex StructureTree::link_element(const LinkArea& link) const {
    const bool back = book_.node(link.link).element == Element::note && link.target != link.link;
    const std::map<NodeId, std::uint32_t>& elements = back ? back_link_elements_ : link_elements_;
    const auto found = elements.find(link.link);
    return found != elements.end() ? StructureIndex{found->second} : no_structure;
}

void StructureTree::add_content(StructureIndex element, ReadingKey key, std::uint32_t page, std::uint32_t mcid) {
    elements_[static_cast<std::uint32_t>(element)].kids.push_back({key, page, mcid, {}});
}

void StructureTree::add_annotation(StructureIndex element, std::uint32_t page, PdfReference annotation) {
    const auto at = static_cast<std::uint32_t>(element);
    elements_[at].kids.push_back({{none, none, 0, 0}, page, 0, annotation}); // after the words
    annotations_.push_back({at, annotation});
}

void StructureTree::set_bounding_box(StructureIndex element, std::string box) {
    TreeElement& figure = elements_[static_cast<std::uint32_t>(element)];
    if (figure.bounding_box.empty()) figure.bounding_box = std::move(box);
}

void StructureTree::write_element(PdfDocument& document, TreeElement& element, const std::vector<PdfReference>& pages) const {
    std::vector<std::pair<ReadingKey, std::string>> kids;
    const std::uint32_t page = element.kids.empty() ? none : element.kids.front().page;
    for (const Kid& kid : element.kids) {
        const std::string on_page = kid.page == page ? "" : "/Pg " + pdf_reference(pages[kid.page]);
        if (kid.annotation.number != 0)
            kids.push_back({kid.key, "<</Type/OBJR" + on_page + "/Obj " + pdf_reference(kid.annotation) + ">>"});
        else if (on_page.empty())
            kids.push_back({kid.key, std::to_string(kid.mcid)});
        else
            kids.push_back({kid.key, "<</Type/MCR" + on_page + "/MCID " + std::to_string(kid.mcid) + ">>"});
    }
    for (const std::uint32_t child : element.children)
        if (elements_[child].has_content) kids.push_back({elements_[child].key, pdf_reference(elements_[child].object)});
    std::ranges::stable_sort(kids, {}, [](const auto& kid) { return kid.first; });
    std::string entries =
        "/S/" + std::string(structure_name(element.type)) + "/P " + pdf_reference(elements_[element.parent].object);
    if (page != none) entries += "/Pg " + pdf_reference(pages[page]);
    entries += element.attributes;
    if (!element.bounding_box.empty()) entries += "/A<</O/Layout/Placement/Block/BBox" + element.bounding_box + ">>";
    if (!kids.empty()) {
        entries += "/K[";
        for (const auto& [key, text] : kids) entries += text + " ";
        entries += "]";
    }
    document.set_dictionary(element.object, std::move(entries));
}

// Of the roles that the written elements have. ISO 32000-1, 14.7.3.
std::string StructureTree::role_map() const {
    std::set<StructureType> roles;
    for (const TreeElement& element : elements_)
        if (element.has_content && standard_type(element.type) != element.type) roles.insert(element.type);
    std::string map;
    for (const StructureType role : roles)
        map += "/" + std::string(structure_name(role)) + "/" + std::string(structure_name(standard_type(role)));
    return map.empty() ? map : "/RoleMap<<" + map + ">>";
}

// A name tree of two levels. ISO 32000-1, 7.9.6.
PdfReference StructureTree::write_identifiers(PdfDocument& document) {
    std::erase_if(identifiers_, [&](const auto& one) { return !elements_[one.second].has_content; });
    if (identifiers_.empty()) return {};
    std::ranges::sort(identifiers_);
    std::string kids;
    for (std::size_t at = 0; at < identifiers_.size(); at += numbers_in_leaf) {
        const std::size_t end = std::min(identifiers_.size(), at + numbers_in_leaf);
        std::string names;
        for (std::size_t i = at; i < end; ++i)
            names += pdf_text_string(identifiers_[i].first) + pdf_reference(elements_[identifiers_[i].second].object) + " ";
        kids += pdf_reference(document.add_dictionary("/Limits[" + pdf_text_string(identifiers_[at].first) +
                                                      pdf_text_string(identifiers_[end - 1].first) + "]/Names[" + names + "]")) +
                " ";
    }
    return document.add_dictionary("/Kids[" + kids + "]");
}

PdfReference StructureTree::write(PdfDocument& document, const std::vector<PdfReference>& pages,
                                  const std::vector<std::uint32_t>& content_counts) {
    // Children stand behind their parents, so going backwards tells each parent in time.
    for (std::size_t at = elements_.size(); at-- > 1;) {
        TreeElement& element = elements_[at];
        element.has_content = element.has_content || !element.kids.empty();
        if (element.has_content) elements_[element.parent].has_content = true;
    }
    // A table row that has content anywhere in its table keeps its empty cells: the table stays regular.
    for (std::size_t at = 1; at < elements_.size(); ++at) {
        TreeElement& element = elements_[at];
        const TreeElement& parent = elements_[element.parent];
        const bool in_table = parent.type == S::table || parent.type == S::table_head || parent.type == S::table_body ||
                              parent.type == S::table_foot || parent.type == S::table_row;
        if (element.keep_empty && in_table && parent.has_content) element.has_content = true;
    }
    const PdfReference root = document.reserve();
    for (TreeElement& element : elements_)
        if (element.has_content) element.object = document.reserve();

    std::vector<std::vector<PdfReference>> parents(content_counts.size());
    for (std::size_t page = 0; page < parents.size(); ++page) parents[page].resize(content_counts[page]);
    for (std::size_t at = 0; at < elements_.size(); ++at) {
        TreeElement& element = elements_[at];
        if (!element.has_content) continue;
        for (const Kid& kid : element.kids)
            if (kid.annotation.number == 0) parents[kid.page][kid.mcid] = element.object;
        if (at == 0) {
            std::string kids;
            for (const std::uint32_t child : element.children)
                if (elements_[child].has_content) kids += pdf_reference(elements_[child].object) + " ";
            document.set_dictionary(element.object, "/S/Document/P " + pdf_reference(root) + "/K[" + kids + "]");
        } else {
            write_element(document, element, pages);
        }
    }

    // The parent tree: pages first, then the annotations. ISO 32000-1, 14.7.4.4.
    std::vector<std::string> entries;
    for (const auto& page : parents) {
        std::string array = "[";
        for (const PdfReference element : page) array += pdf_reference(element) + " ";
        entries.push_back(array + "]");
    }
    for (const Annotation& annotation : annotations_) entries.push_back(pdf_reference(elements_[annotation.element].object));
    std::string leaves;
    for (std::size_t at = 0; at < entries.size(); at += numbers_in_leaf) {
        const std::size_t end = std::min(entries.size(), at + numbers_in_leaf);
        std::string numbers = "/Limits[" + std::to_string(at) + " " + std::to_string(end - 1) + "]/Nums[";
        for (std::size_t i = at; i < end; ++i) numbers += std::to_string(i) + " " + entries[i] + " ";
        leaves += pdf_reference(document.add_dictionary(numbers + "]")) + " ";
    }
    const PdfReference parent_tree = document.add_dictionary("/Kids[" + leaves + "]");
    std::string text = "/Type/StructTreeRoot/K " + pdf_reference(elements_[0].object) + "/ParentTree " +
                       pdf_reference(parent_tree) + "/ParentTreeNextKey " + std::to_string(entries.size()) + role_map();
    if (const PdfReference names = write_identifiers(document); names.number != 0) text += "/IDTree " + pdf_reference(names);
    document.set_dictionary(root, std::move(text));
    return root;
}

} // namespace bifolio
