#include "write/xhtml/addresses.h"

#include "assemble/names.h"

#include <algorithm>

namespace bifolio {

namespace {

bool is_ascii_name(std::string_view id) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !id.empty() && is_letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

} // namespace

bool names_its_box(const Node& node) {
    return node.element == Element::p && (has_class(node, "call-out-title") || has_class(node, "notice-title"));
}

Addresses::Addresses(const Book& book, const AddressForm& form, std::span<const PageMark> page_marks)
    : book_(&book), form_(form) {
    for (std::uint32_t i = 0; i < book.sections.size() && contents_ == no_section; ++i)
        if (book.sections[i].kind == SectionKind::contents) contents_ = i;
    const std::string_view contents_page = form.contents.substr(0, form.contents.find('#'));
    const bool beside = form.folder.empty() && contents_page.ends_with(form.extension);
    documents_ = documents_of(book, contents_, form.most_bytes, page_marks,
                              beside ? contents_page.substr(0, contents_page.size() - form.extension.size()) : "");
    table_widths_ = bifolio::widths_of_divided_tables(book, documents_);
    std::vector<NodeId> unnamed;
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        const std::string& id = book.nodes[at].info.id;
        if (id.empty()) continue;
        if (!is_ascii_name(id) || !ids_.insert(id).second) unnamed.push_back(NodeId{at});
    }
    for (const NodeId node : unnamed) own_ids_.emplace(node, take_id(xml_name(book.node(node).info.id)));

    for (const Node& node : book.nodes)
        if (node.target != no_node) need_id(node.target);
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at)
        if ((book.nodes[at].element == Element::note && !is_web_address(book.nodes[at])) || names_its_box(book.nodes[at]))
            need_id(NodeId{at});
    for (const ContentsEntry& entry : book.contents) need_id(entry.target);
    for (const BookSection& section : book.sections)
        if (section.heading != no_node) need_id(section.heading);
}

void Addresses::need_id(NodeId node) {
    if (!book_->node(node).info.id.empty() || own_ids_.contains(node)) return;
    own_ids_.emplace(node, take_id("node-" + std::to_string(index(node))));
}

std::string Addresses::take_id(std::string wanted) {
    std::string id = wanted;
    for (int number = 2; !ids_.insert(id).second; ++number) id = wanted + "-" + std::to_string(number);
    return id;
}

std::string_view Addresses::id(NodeId node) const {
    if (!own_ids_.empty())
        if (const auto own = own_ids_.find(node); own != own_ids_.end()) return own->second;
    return book_->node(node).info.id;
}

std::size_t Addresses::document_of(BookPlace place) const {
    if (documents_.empty() || (contents_ != no_section && section_of(*book_, place.node) == contents_)) return no_document;
    return document_at(documents_, place);
}

bool Addresses::is_on_contents_page(std::size_t document) const {
    return document == no_document ||
           (form_.is_on_contents_page && form_.is_on_contents_page(book_->sections[documents_[document].section].kind));
}

std::string Addresses::path(std::size_t document) const {
    if (is_on_contents_page(document)) return std::string(form_.contents.substr(0, form_.contents.find('#')));
    return std::string(form_.folder).append(documents_[document].name).append(form_.extension);
}

std::string Addresses::to_root(std::size_t document) const {
    return form_.folder.empty() || is_on_contents_page(document) ? "" : "../";
}

bool Addresses::begins_document(NodeId target, std::uint32_t section) const {
    return target == book_->sections[section].root || target == book_->sections[section].heading;
}

std::string Addresses::link(NodeId target) const {
    const std::uint32_t section = section_of(*book_, target);
    if (section == contents_) return std::string(form_.contents);
    const std::size_t document = document_of({target});
    std::string href = path(document);
    if (is_on_contents_page(document) || !begins_document(target, section)) href.append("#").append(id(target));
    return href;
}

std::string Addresses::link_within(std::size_t document, NodeId target) const {
    const std::size_t there = document_of({target});
    if (there == document) return "#" + std::string(id(target));
    const std::string href = link(target);
    return is_on_contents_page(there) ? to_root(document) + href : href.substr(form_.folder.size());
}

} // namespace bifolio
