#include "proof/expected_sections.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/addresses.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/content_model.h"
#include "write/xhtml/continuation.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <optional>

namespace bifolio {

namespace {

using Mode = MarkedWriter::Mode;

bool is_heading(Element element) { return element >= Element::h1 && element <= Element::h6; }
bool is_sectioning(Element element) {
    return element == Element::section || element == Element::article || element == Element::nav || element == Element::aside ||
           element == Element::header || element == Element::footer;
}
bool is_block(Element element) {
    const ElementKind kind = info(element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame;
}
bool is_plain_place(Element element) { return element == Element::th || element == Element::dt || element == Element::address; }

} // namespace

bool stands_on_index(SectionKind kind) {
    return kind != SectionKind::article && kind != SectionKind::foreword && kind != SectionKind::contributors &&
           kind != SectionKind::glossary && kind != SectionKind::index;
}

const Document* DocumentPlan::document_of(NodeId node) const {
    if (contents != no_contents && section_of(book, node) == contents) return nullptr;
    return documents.empty() ? nullptr : &documents[document_at(documents, {node})];
}

bool DocumentPlan::is_on_contents_page(const Document* document) const {
    return !document || (is_web && (alone || stands_on_index(book.sections[document->section].kind)));
}

MarkedWriter::Arrival DocumentPlan::arrival(const Document* from, NodeId target) const {
    using Arrival = MarkedWriter::Arrival;
    const Document* there = document_of(target);
    if (!there) return Arrival::contents;
    const BookSection& section = book.sections[there->section];
    const bool begins = target == section.root || target == section.heading;
    return begins && from != there && !is_on_contents_page(there) ? Arrival::document : Arrival::node;
}

SectionWalk::SectionWalk(const DocumentPlan& plan, MarkedWriter& writer, ExpectedDocuments& out)
    : plan_(plan), book_(plan.book), writer_(writer), out_(out), bytes_(plan.book.nodes.size(), 0),
      table_widths_(plan.table_widths) {}

void SectionWalk::find_homeless() {
    for (std::uint32_t at = 0; at < book_.nodes.size(); ++at)
        if (const Node& one = book_.nodes[at];
            one.element == Element::text && bytes_[at] != one.text.size() && !is_blank(one.text))
            out_.homeless.push_back(NodeId{at});
}

void SectionWalk::document(const Document& document) {
    document_ = &document;
    notes_.clear();
    call_places_.clear();
    back_links_.clear();
    const auto& pages = plan_.parts.page_marks;
    const auto place_of_page = [](const PageMark& page) { return BookPlace{page.node, page.offset}; };
    page_ = static_cast<std::size_t>(std::ranges::lower_bound(pages, document.from, {}, place_of_page) - pages.begin());
    count_calls();
    writer_.boundary();
    root();
    writer_.boundary();
    for (const BackLink& one : back_links_)
        if (const auto& calls = call_places_[one.note]; one.call < calls.size()) writer_.leads_to(one.mark, calls[one.call]);
}

void SectionWalk::root() {
    const BookSection& section = book_.sections[document_->section];
    const Node& root = book_.node(section.root);
    const Semantics semantics = semantics_of(section, plan_.alone);
    const bool wrapped = root.element == Element::article && !semantics.role.empty();
    std::size_t outer = 0;
    if (wrapped) {
        std::string name = "section";
        append_semantics(name, semantics);
        append_label(name);
        outer = writer_.open(name, section.root);
    }
    page_breaks_before(section.root);
    std::string name(bifolio::name(root.element));
    append_classes(name, root, "");
    if (!wrapped) {
        append_semantics(name, semantics);
        if (is_sectioning(root.element) && root.element != Element::article) append_label(name);
    }
    append_node_attributes(name, root);
    if (is_here(section.root)) writer_.begins(section.root);
    const std::size_t mark = writer_.open(name, section.root);
    content(section.root);
    notes();
    writer_.close(mark);
    if (wrapped) writer_.close(outer);
}

// Where its heading stands in another document.
void SectionWalk::append_label(std::string& name) const {
    const BookSection& section = book_.sections[document_->section];
    if (section.heading != no_node && !is_here(section.heading) && !is_blank(section.title))
        append_attribute(name, "aria-label", section.title);
}

void SectionWalk::append_semantics(std::string& name, Semantics semantics) const {
    if (!plan_.is_web && !semantics.type.empty()) append_attribute(name, "epub:type", semantics.type);
    if (!semantics.role.empty()) append_attribute(name, "role", semantics.role);
}

void SectionWalk::append_classes(std::string& name, const Node& node, std::string_view more) {
    std::string classes(more);
    for (const std::string& one : node.info.classes) classes += (classes.empty() ? "" : " ") + one;
    if (!node.info.classes.empty() || !more.empty()) append_attribute(name, "class", classes);
}

void SectionWalk::count_calls() {
    calls_of_.clear();
    for (NodeId at = document_->from.node; BookPlace{at} < document_->to;) {
        const Node& node = book_.node(at);
        if (is_for_paper(book_, at)) {
            at = node.end;
            continue;
        }
        if (node.element == Element::note) ++calls_of_[at];
        if (node.element == Element::note_reference && node.target != no_node) ++calls_of_[node.target];
        at = NodeId{index(at) + 1};
    }
}

void SectionWalk::content(NodeId id) {
    const bool is_row = again_ == no_node && book_.node(id).element == Element::tr;
    const bool is_part = again_ == no_node && document_->has_some(book_, id);
    if (is_part && document_->is_continued(id)) begin_again(id);
    NodeId child = is_part && !is_row ? document_->first_child(book_, id) : NodeId{index(id) + 1};
    for (; child < book_.node(id).end; child = book_.node(child).end) {
        if (again_ != no_node || document_->has_some(book_, child))
            node(child);
        else if (is_row)
            cell_elsewhere(child);
        else if (child >= document_->to.node)
            return;
    }
}

// ---- what goes on from the document before

void SectionWalk::begin_again(NodeId id) {
    if (book_.node(id).element == Element::table && !has_caption(book_, id)) {
        writer_.boundary();
        const std::size_t caption = writer_.open("caption class=\"continued\"", id);
        writer_.text(id, TextKind::said_again, trimmed(word_of_continued(book_, id)));
        writer_.close(caption);
        writer_.boundary();
    }
    for (const NodeId one : said_again(book_, id, document_->from)) say_again(one);
}

void SectionWalk::say_again(NodeId id) {
    again_ = id;
    node(id);
    again_ = no_node;
}

void SectionWalk::cell_elsewhere(NodeId id) {
    if (is_said_again_in_row(book_, id, document_->from)) return say_again(id);
    Node cell = book_.node(id);
    cell.element = Element::td;
    element(id, cell, name(cell.element));
}

// ---- nodes

void SectionWalk::node(NodeId id) {
    const Node& node = book_.node(id);
    page_breaks_before(id);
    if (is_for_paper(book_, id)) return again_ == no_node ? left_out(id, Omission::for_paper) : void();
    switch (node.element) {
    case Element::text: return text(id, node);
    case Element::note: return call({id, id, node.number});
    case Element::note_reference: return call({id, node.target, node.number});
    case Element::img: return picture(id, node);
    case Element::a: return link(id, node);
    case Element::br: writer_.boundary(); [[fallthrough]];
    case Element::wbr:
    case Element::hr:
    case Element::col: {
        std::string name(bifolio::name(node.element));
        append_classes(name, node, "");
        append_node_attributes(name, node);
        if (is_block(node.element)) writer_.boundary();
        if (is_here(id)) writer_.begins(id);
        return writer_.leaf(name, id);
    }
    case Element::th: return header_cell(id, node);
    default:
        if (is_missing_picture(id, node)) return missing_picture(id, node);
        return element(id, node, printed_name(id, node));
    }
}

void SectionWalk::page_breaks_before(NodeId id) {
    const auto& pages = plan_.parts.page_marks;
    for (; page_ < pages.size() && (pages[page_].node < id || (pages[page_].node == id && pages[page_].offset == 0)); ++page_)
        page_break(page_);
}

void SectionWalk::page_break(std::size_t page) {
    std::string name = "span class=\"page-break\"";
    append_semantics(name, {"pagebreak", "doc-pagebreak"});
    append_attribute(name, "aria-label", plan_.parts.page_marks[page].label);
    writer_.begins_page(page);
    writer_.leaf(name, plan_.parts.page_marks[page].node);
}

void SectionWalk::text(NodeId id, const Node& node) {
    const Mode mode = in_pre_ ? Mode::kept : Mode::collapsed;
    const std::string_view words = node.text;
    if (again_ != no_node) return writer_.text(id, TextKind::said_again, words, mode);
    std::size_t begin = document_->first_byte(id);
    const std::size_t end = document_->end_byte(book_, id);
    bytes_[index(id)] += static_cast<std::uint32_t>(end - begin);
    // Words without a space go on here, and are no two words for that.
    if (begin > 0 && !is_ascii_space(words[begin - 1])) writer_.goes_on();
    const auto& pages = plan_.parts.page_marks;
    for (; page_ < pages.size() && pages[page_].node == id && BookPlace{id, pages[page_].offset} < document_->to; ++page_) {
        writer_.text(id, TextKind::own, words.substr(begin, pages[page_].offset - begin), mode);
        begin = pages[page_].offset;
        page_break(page_);
    }
    writer_.text(id, TextKind::own, words.substr(begin, end - begin), mode);
}

// In place of a picture that was not there when the book was read.
bool SectionWalk::is_missing_picture(NodeId id, const Node& node) const {
    if (node.element != Element::span || node.info.classes.empty() || node.info.classes.front() != "missing-picture")
        return false;
    for (const NodeId child : children(book_, id))
        if (book_.node(child).element != Element::text) return false;
    return true;
}

void SectionWalk::missing_picture(NodeId id, const Node& node) {
    const std::size_t mark = writer_.open(start_tag(id, node, "span"), id);
    const auto& pages = plan_.parts.page_marks;
    for (const NodeId child : children(book_, id)) {
        if (again_ != no_node) continue;
        bytes_[index(child)] += static_cast<std::uint32_t>(book_.node(child).text.size());
        for (; page_ < pages.size() && pages[page_].node <= child; ++page_) page_break(page_);
    }
    shown(id, text_content(book_, id));
    writer_.close(mark);
}

// Of a picture, at length.
bool SectionWalk::is_description(NodeId id) const {
    const Node& node = book_.node(id);
    return node.element == Element::div && has_class(node, "description") && is_here(id) && !document_->goes_on(book_, id) &&
           index(node.end) > index(id) + 1 && has_class(book_.node(NodeId{index(id) + 1}), "description-title");
}

// The name under which HTML allows the element here.
std::string_view SectionWalk::printed_name(NodeId id, const Node& node) const {
    const Element element = node.element;
    const bool moves = element == Element::header || element == Element::footer;
    if (element == Element::main || element == Element::body || element == Element::html) return "div";
    if (plain_place_ > 0 && (is_heading(element) || is_sectioning(element) || element == Element::address)) return "div";
    if (moves && in_header_) return "div";
    if (is_description(id)) return "details";
    if (element == Element::p && has_class(node, "description-title") && is_description(node.parent)) return "summary";
    if (broken_list_ && (element == Element::dt || element == Element::dd)) return "div";
    if (element == Element::dl && !is_well_formed_list(book_, id)) return "div";
    if (element == Element::ruby && !is_well_formed_ruby(book_, id)) return "span";
    if ((element == Element::rt || element == Element::rp) && node.parent != ruby_) return "span";
    return has_what_it_needs(node) ? name(element) : "span";
}

std::string SectionWalk::start_tag(NodeId id, const Node& whole, std::string_view printed) {
    const bool is_part = again_ == no_node && document_->has_some(book_, id);
    const std::optional<Node> part = is_part ? part_of(book_, id, *document_) : std::nullopt;
    const Node& node = part ? *part : whole;
    const bool renamed = printed != name(node.element);
    std::string tag(printed);
    append_classes(tag, node, renamed && printed == "div" ? name(node.element) : table_widths_.of(book_, id));
    if (!renamed) append_semantics(tag, semantics_of(node));
    append_node_attributes(tag, node);
    return tag;
}

void SectionWalk::element(NodeId id, const Node& node, std::string_view printed, std::string_view address) {
    if (is_block(node.element)) writer_.boundary();
    if (is_here(id)) writer_.begins(id);
    const bool renamed = printed != name(node.element);
    const std::size_t mark = writer_.open(start_tag(id, node, printed), id);
    if (printed == "a") {
        if (node.target != no_node)
            writer_.leads(mark, node.target, plan_.arrival(document_, node.target));
        else
            writer_.leads_outside(mark, address);
    }
    if (id == numbered_) note_number(note_);

    const bool plain = is_plain_place(node.element), header = node.element == Element::header || node.element == Element::footer;
    const bool broken = node.element == Element::dl ? renamed : broken_list_ && node.element == Element::div;
    const bool outer_header = std::exchange(in_header_, in_header_ || header);
    const bool outer_broken = std::exchange(broken_list_, broken);
    const NodeId outer_ruby = std::exchange(ruby_, node.element == Element::ruby && !renamed ? id : ruby_);
    const bool outer_pre = std::exchange(in_pre_, in_pre_ || node.element == Element::pre);
    plain_place_ += plain;
    content(id);
    if (id == again_ && node.element == Element::caption)
        writer_.text(id, TextKind::said_again, word_of_continued(book_, node.parent));
    plain_place_ -= plain;
    in_pre_ = outer_pre;
    ruby_ = outer_ruby;
    broken_list_ = outer_broken;
    in_header_ = outer_header;

    if (id == last_paragraph_) back_links(note_);
    writer_.close(mark);
    if (is_block(node.element)) writer_.boundary();
}

// Without words it heads nothing.
void SectionWalk::header_cell(NodeId id, const Node& node) {
    if (node.end != NodeId{index(id) + 1}) return element(id, node, name(node.element));
    Node cell = node;
    cell.element = Element::td;
    element(id, cell, name(cell.element));
}

// A link that leads somewhere can hold no other: calls within it stand behind it.
void SectionWalk::link(NodeId id, const Node& node) {
    const std::string* written = attribute(node, "href");
    std::string address = node.target == no_node && written ? hyperlink(*written) : "";
    if (!plan_.is_web && address.starts_with("sms:")) address.clear(); // which e-books do not take
    if ((node.target == no_node && address.empty()) || in_link_) return element(id, node, "span");
    in_link_ = true;
    element(id, node, "a", address);
    in_link_ = false;
    for (const Call& one : std::exchange(calls_in_link_, {})) append_call(one);
}

void SectionWalk::picture(NodeId id, const Node& node) {
    const std::string* alternative = attribute(node, "alt");
    const auto& pictures = plan_.parts.pictures;
    const bool is_shown =
        node.resource != no_resource && index(node.resource) < pictures.size() && !pictures[index(node.resource)].empty();
    if (is_here(id)) writer_.begins(id);
    std::string name = is_shown ? "img" : "span";
    append_classes(name, node, is_shown ? "" : "missing-picture");
    if (is_shown && alternative) {
        name += " alt";
        const bool is_cover = book_.sections[document_->section].kind == SectionKind::cover && node.resource == book_.cover;
        if (alternative->empty())
            append_attribute(name, "role", "presentation");
        else if (is_cover)
            append_attribute(name, "role", "doc-cover");
    }
    if (is_shown) append_node_attributes(name, node);
    const std::size_t mark = writer_.open(name, id);
    shown(id, alternative ? *alternative : "");
    writer_.close(mark);
}

void SectionWalk::shown(NodeId id, std::string alternative) {
    out_.text.pictures.push_back({id, std::move(alternative)});
    writer_.text(id, TextKind::picture, object_replacement);
}

void SectionWalk::left_out(NodeId id, Omission why) {
    for (NodeId at = id; at < book_.node(id).end; at = NodeId{index(at) + 1}) {
        if (book_.node(at).element != Element::text) continue;
        bytes_[index(at)] += static_cast<std::uint32_t>(book_.node(at).text.size());
        out_.text.omit(why, at, book_.node(at).text);
    }
}

// ---- notes

void SectionWalk::call(const Call& call) {
    if (in_link_)
        calls_in_link_.push_back(call);
    else
        append_call(call);
}

void SectionWalk::append_call(const Call& call) {
    const Node& node = book_.node(call.node);
    std::string name = "a";
    Node classes;
    if (node.element == Element::note_reference) classes.info.classes = node.info.classes;
    append_classes(name, classes, "noteref");
    if (call.note != no_node) append_semantics(name, {"noteref", "doc-noteref"});
    if (node.element == Element::note_reference && again_ == no_node) writer_.begins(call.node);
    if (call.note != no_node && is_here(call.note) && again_ == no_node) {
        if (std::ranges::find(notes_, call.note) == notes_.end()) notes_.push_back(call.note);
        call_places_[call.note].push_back(writer_.here());
    }
    const std::size_t mark = writer_.open(name, call.node);
    if (call.note != no_node) writer_.leads(mark, call.note, MarkedWriter::Arrival::node);
    writer_.text(call.node, TextKind::note_number, std::to_string(call.number));
    writer_.close(mark);
}

void SectionWalk::notes() {
    if (notes_.empty()) return;
    const BookSection& section = book_.sections[document_->section];
    std::string name = "section class=\"footnotes\"";
    append_semantics(name, {"footnotes", ""});
    append_attribute(name, "aria-label", words_for(language_of(book_, section.root)).notes);
    const std::size_t mark = writer_.open(name, section.root);
    for (std::size_t i = 0; i < notes_.size(); ++i) note(notes_[i]); // which may call further ones
    writer_.close(mark);
}

void SectionWalk::note(NodeId id) {
    const Node& node = book_.node(id);
    writer_.boundary();
    writer_.begins(id);
    std::string name = "aside";
    append_classes(name, node, "footnote");
    append_semantics(name, {"footnote", "doc-footnote"});
    append_node_attributes(name, node);
    const std::size_t aside = writer_.open(name, id);
    note_ = id;
    NodeId last = no_node;
    bool has_blocks = false;
    for (const NodeId child : children(book_, id)) {
        last = child;
        has_blocks = has_blocks || is_block(book_.node(child).element);
    }
    const auto paragraph = [&](std::string_view start, const auto& fill) {
        writer_.boundary();
        const std::size_t mark = writer_.open(start, id);
        fill();
        writer_.close(mark);
        writer_.boundary();
    };
    if (!has_blocks) {
        paragraph("p", [&] {
            note_number(id);
            content(id);
            back_links(id);
        });
    } else {
        const NodeId first{index(id) + 1};
        if (book_.node(first).element == Element::p)
            numbered_ = first;
        else
            paragraph("p class=\"note-number-line\"", [&] { note_number(id); });
        if (book_.node(last).element == Element::p) last_paragraph_ = last;
        content(id);
        if (last_paragraph_ == no_node) paragraph("p class=\"backlinks\"", [&] { back_links(id); });
        numbered_ = last_paragraph_ = no_node;
    }
    writer_.close(aside);
    writer_.boundary();
}

void SectionWalk::note_number(NodeId id) {
    const std::size_t mark = writer_.open("span class=\"note-number\"", id);
    writer_.text(id, TextKind::note_number, std::to_string(book_.node(id).number) + ".");
    writer_.close(mark);
    writer_.text(id, TextKind::note_number, " ");
}

void SectionWalk::back_links(NodeId note) {
    for (std::size_t i = 0; i < calls_of_[note]; ++i) {
        writer_.text(note, TextKind::back_link, " ");
        const std::size_t mark = writer_.open("a class=\"backlink\" role=\"doc-backlink\"", note);
        back_links_.push_back({mark, note, i});
        writer_.apart();
        writer_.text(note, TextKind::back_link, "↩\uFE0E");
        if (i > 0) {
            const std::size_t number = writer_.open("sup", note);
            writer_.text(note, TextKind::back_link, std::to_string(i + 1));
            writer_.close(number);
        }
        writer_.close(mark);
    }
}

} // namespace bifolio
