#include "proof/marked_writer.h"

namespace bifolio {

MarkedWriter::MarkedWriter(const Book& book, ExpectedDocuments& out)
    : out_(out), words_(out.text.text), is_target_(book.nodes.size(), false) {
    std::size_t bytes = 0; // no fewer than characters; growing would hold them twice
    for (const Node& node : book.nodes) bytes += node.text.size();
    out_.text.text.tokens.reserve(bytes + bytes / 8);
    const auto reach = [&](NodeId node) {
        if (node != no_node) is_target_[index(node)] = true;
    };
    for (const Node& node : book.nodes) reach(node.target);
    for (const ContentsEntry& entry : book.contents) reach(entry.target);
    for (const BookSection& section : book.sections) {
        reach(section.root);
        reach(section.heading);
    }
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at)
        if (book.nodes[at].element == Element::note) reach(NodeId{at});
}

void MarkedWriter::begin_document() {
    document_ = document_begins_.size();
    document_begins_.push_back(here().token);
    boundary();
}

void MarkedWriter::text(NodeId owner, TextKind kind, std::string_view words, Mode mode) {
    words_.begin(owner, kind);
    words_.text(words, mode);
}

void MarkedWriter::begins(NodeId node) {
    if (is_target_[index(node)]) landings_.try_emplace(node, here());
}
void MarkedWriter::begins_page(std::size_t page) { pages_.try_emplace(page, here()); }

void MarkedWriter::leads_to(std::size_t mark, Landing landing) {
    out_.marks.add_to_name(mark, landing_name(landing.document, landing.token));
}
void MarkedWriter::leads_outside(std::size_t mark, std::string_view address) {
    out_.marks.add_to_name(mark, " → " + std::string(address));
}

std::string MarkedWriter::landing(NodeId target, Arrival arrival) const {
    if (arrival == Arrival::contents) return landing_name(contents_.document, contents_.token);
    const auto found = landings_.find(target);
    if (found == landings_.end()) return std::string(nowhere);
    const auto [document, token] = found->second;
    return landing_name(document, arrival == Arrival::document ? document_begins_[document] : token);
}

std::string MarkedWriter::page_landing(std::size_t page) const {
    const auto found = pages_.find(page);
    return found == pages_.end() ? std::string(nowhere) : landing_name(found->second.document, found->second.token);
}

void MarkedWriter::resolve() {
    for (const Link& link : links_) out_.marks.add_to_name(link.mark, landing(link.target, link.arrival));
    for (const auto& [mark, page] : page_links_) out_.marks.add_to_name(mark, page_landing(page));
}

} // namespace bifolio
