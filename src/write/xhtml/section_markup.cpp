#include "write/xhtml/section_markup.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "write/xhtml/attributes.h"
#include "write/xhtml/content_model.h"
#include "write/xhtml/continuation.h"
#include "write/xhtml/markup.h"
#include "write/xhtml/semantics.h"
#include "write/xhtml/table_width.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace bifolio {

namespace {

constexpr std::string_view return_arrow = "↩\uFE0E"; // as text, not as an emoji

bool is_heading(Element element) { return element >= Element::h1 && element <= Element::h6; }
bool is_sectioning(Element element) {
    return element == Element::section || element == Element::article || element == Element::nav || element == Element::aside ||
           element == Element::header || element == Element::footer;
}
bool is_block(Element element) {
    const ElementKind kind = info(element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame;
}
// Within these HTML allows neither headings nor sections.
bool is_plain_place(Element element) { return element == Element::th || element == Element::dt || element == Element::address; }

class SectionMarkup {
public:
    SectionMarkup(const Publication& publication, std::size_t document, Diagnostics& diagnostics)
        : publication_(publication), book_(publication.book), document_(publication.addresses.documents()[document]),
          section_(publication.book.sections[document_.section]), index_(document), diagnostics_(diagnostics),
          table_widths_(publication.addresses.widths_of_divided_tables()) {
        mark_ = std::lower_bound(publication.page_marks.begin(), publication.page_marks.end(), document_.from,
                                 [](const PageMark& mark, BookPlace from) {
                                     return BookPlace{mark.node, mark.offset} < from;
                                 });
    }

    std::string make() {
        root();
        return std::move(out_);
    }

private:
    struct CalledNote {
        NodeId id = no_node;
        std::vector<std::string> calls; // ids of the places that lead to it
        std::string body;
        bool ends_with_paragraph = false;
    };

    // ---- the frame

    void root() {
        const Semantics semantics = semantics_of(section_, publication_.alone);
        const Node& root = book_.node(section_.root);
        // An article takes no doc-chapter role (ARIA in HTML), a section does.
        const bool wrapped = root.element == Element::article && !semantics.role.empty();
        if (wrapped) {
            out_ += "<section";
            append_semantics(semantics);
            append_label();
            out_ += ">\n";
        }
        marks_before(section_.root);
        out_.append("<").append(name(root.element));
        common_attributes(section_.root, root);
        if (!wrapped) {
            append_semantics(semantics);
            if (is_sectioning(root.element) && root.element != Element::article) append_label();
        }
        append_node_attributes(out_, root);
        out_ += ">\n";
        content(section_.root);
        notes();
        out_.append("</").append(name(root.element)).append(">\n");
        if (wrapped) out_ += "</section>\n";
    }

    void append_label() {
        if (section_.heading == no_node) return;
        if (is_here(section_.heading))
            append_attribute(out_, "aria-labelledby", publication_.addresses.id(section_.heading));
        else if (!is_blank(section_.title))
            append_attribute(out_, "aria-label", section_.title);
    }

    void append_semantics(Semantics semantics) {
        if (publication_.epub_types && !semantics.type.empty()) append_attribute(out_, "epub:type", semantics.type);
        if (!semantics.role.empty()) append_attribute(out_, "role", semantics.role);
    }

    void common_attributes(NodeId id, const Node& node, std::string_view more_classes = "") {
        if (!node.info.classes.empty() || !more_classes.empty()) {
            out_ += " class=\"";
            append_value(out_, more_classes);
            bool first = more_classes.empty();
            for (const std::string& one : node.info.classes) {
                if (!std::exchange(first, false)) out_ += ' ';
                append_value(out_, one);
            }
            out_ += '"';
        }
        if (!is_here(id)) return; // an id stands where its element begins
        if (const std::string_view own = publication_.addresses.id(id); !own.empty()) append_attribute(out_, "id", own);
    }

    // Elements may begin in the document before.
    bool is_here(NodeId id) const { return document_.has_start(id); }

    void content(NodeId id) {
        if (again_ != no_node) {
            for (const NodeId child : children(book_, id)) one(child);
        } else if (book_.node(id).element == Element::tr) {
            for (const NodeId child : children(book_, id)) document_.has_some(book_, child) ? one(child) : cell_elsewhere(child);
        } else if (document_.has_some(book_, id)) {
            if (document_.is_continued(id)) begin_again(id);
            for (NodeId child = document_.first_child(book_, id); child < book_.node(id).end && BookPlace{child} < document_.to;
                 child = book_.node(child).end)
                one(child);
        }
    }

    // ---- what goes on from the document before (continuation.h)

    void begin_again(NodeId id) {
        if (book_.node(id).element == Element::table && !has_caption(book_, id)) {
            out_ += "<caption class=\"continued\">";
            append_text(out_, trimmed(word_of_continued(book_, id)));
            out_ += "</caption>\n";
        }
        for (const NodeId one : said_again(book_, id, document_.from)) say_again(one);
    }

    void say_again(NodeId id) {
        again_ = id;
        one(id);
        again_ = no_node;
    }

    // Of a row that is divided within its cells.
    void cell_elsewhere(NodeId id) {
        if (is_said_again_in_row(book_, id, document_.from)) return say_again(id);
        Node cell = book_.node(id);
        cell.element = Element::td;
        element(id, cell, name(cell.element));
    }

    // ---- nodes

    void one(NodeId id) {
        const Node& node = book_.node(id);
        marks_before(id);
        if (is_for_paper(book_, id)) return;
        switch (node.element) {
        case Element::text: text(id, node); return;
        case Element::note: note_call(id, id, node.number); return;
        case Element::note_reference: note_call(id, node.target, node.number); return;
        case Element::img: picture(id, node); return;
        case Element::a: link(id, node); return;
        case Element::br:
        case Element::wbr:
        case Element::hr:
        case Element::col: empty_element(id, node); return;
        case Element::th: header_cell(id, node); return;
        default: element(id, node, printed_name(id, node)); return;
        }
    }

    // The name under which HTML allows the element here.
    std::string_view printed_name(NodeId id, const Node& node) const {
        const Element element = node.element;
        if (element == Element::main || element == Element::body || element == Element::html) return "div";
        if (plain_place_ > 0 && (is_heading(element) || is_sectioning(element) || element == Element::address)) return "div";
        if ((element == Element::header || element == Element::footer) && in_header_) return "div";
        if (is_description(id)) return "details";
        if (element == Element::p && has_class(node, "description-title") && is_description(node.parent)) return "summary";
        if (broken_list_ && (element == Element::dt || element == Element::dd)) return "div";
        if (element == Element::dl && !is_well_formed_list(book_, id)) return "div";
        if (element == Element::ruby && !is_well_formed_ruby(book_, id)) return "span";
        if ((element == Element::rt || element == Element::rp) && node.parent != ruby_) return "span";
        if (!has_what_it_needs(node)) return "span";
        return name(element);
    }

    // Of a picture, at length: closed until it is asked for. Divided between documents it stays open.
    bool is_description(NodeId id) const {
        const Node& node = book_.node(id);
        return node.element == Element::div && has_class(node, "description") && is_here(id) && !document_.goes_on(book_, id) &&
               index(node.end) > index(id) + 1 && has_class(book_.node(NodeId{index(id) + 1}), "description-title");
    }

    void element(NodeId id, const Node& whole, std::string_view printed, std::string_view more_attributes = "") {
        const std::optional<Node> part =
            again_ == no_node && document_.has_some(book_, id) ? part_of(book_, id, document_) : std::nullopt;
        const Node& node = part ? *part : whole;
        const bool renamed = printed != name(node.element);
        out_.append("<").append(printed);
        // A style sheet can still tell what it is: div.h2, div.dt.
        common_attributes(id, node, renamed && printed == "div" ? name(node.element) : table_widths_.of(book_, id));
        if (!renamed) append_semantics_of(id, node);
        append_node_attributes(out_, node);
        out_ += more_attributes;
        out_ += '>';
        out_ += std::exchange(after_start_tag_, {});

        const bool plain = is_plain_place(node.element),
                   header = node.element == Element::header || node.element == Element::footer;
        const bool broken = node.element == Element::dl ? renamed : broken_list_ && node.element == Element::div;
        const bool outer_header = std::exchange(in_header_, in_header_ || header);
        const bool outer_broken = std::exchange(broken_list_, broken);
        const NodeId outer_ruby = std::exchange(ruby_, node.element == Element::ruby && !renamed ? id : ruby_);
        const bool outer_pre = std::exchange(in_pre_, in_pre_ || node.element == Element::pre);
        plain_place_ += plain;
        content(id);
        if (id == again_ && node.element == Element::caption) append_text(out_, word_of_continued(book_, node.parent));
        plain_place_ -= plain;
        in_pre_ = outer_pre;
        ruby_ = outer_ruby;
        broken_list_ = outer_broken;
        in_header_ = outer_header;

        out_.append("</").append(printed).append(">");
        if (is_block(node.element) && !in_pre_) out_ += '\n';
    }

    void append_semantics_of(NodeId id, const Node& node) {
        const Semantics semantics = semantics_of(node);
        append_semantics(semantics);
        if (semantics.role.empty() || node.element == Element::p) return;
        // What a box is called: its heading or its title line.
        const NodeId first{index(id) + 1};
        if (first == node.end || !is_here(first)) return;
        const Node& title = book_.node(first);
        if (!is_heading(title.element) && !names_its_box(title)) return;
        if (const std::string_view name = publication_.addresses.id(first); !name.empty())
            append_attribute(out_, "aria-labelledby", name);
    }

    // A header without words heads nothing: an ordinary cell, which a screen reader does not announce for each cell below it.
    void header_cell(NodeId id, const Node& node) {
        if (node.end != NodeId{index(id) + 1}) {
            element(id, node, name(node.element));
            return;
        }
        Node cell = node;
        cell.element = Element::td;
        element(id, cell, name(cell.element));
    }

    void empty_element(NodeId id, const Node& node) {
        out_.append("<").append(name(node.element));
        common_attributes(id, node);
        append_node_attributes(out_, node);
        out_ += "/>";
        if (is_block(node.element) && !in_pre_) out_ += '\n';
    }

    void text(NodeId id, const Node& node) {
        const bool again = again_ != no_node;
        std::size_t dropped = 0, begin = again ? 0 : document_.first_byte(id);
        const std::size_t end = again ? node.text.size() : document_.end_byte(book_, id);
        const auto& marks = publication_.page_marks;
        for (; !again && mark_ != marks.end() && mark_->node == id && BookPlace{id, mark_->offset} < document_.to; ++mark_) {
            dropped += append_text(out_, std::string_view(node.text).substr(begin, mark_->offset - begin));
            begin = mark_->offset;
            append_mark(*mark_);
        }
        dropped += append_text(out_, std::string_view(node.text).substr(begin, end - begin));
        if (dropped > 0 && !again)
            diagnostics_.warning("xhtml.control-character", node.info.where,
                                 std::to_string(dropped) + (dropped == 1 ? " control character is" : " control characters are") +
                                     " left out");
    }

    void link(NodeId id, const Node& node) {
        std::string href;
        if (node.target != no_node) {
            href = publication_.addresses.link_within(index_, node.target);
        } else if (const std::string* address = attribute(node, "href")) {
            href = hyperlink(*address);
            if (href.empty() && is_here(id))
                diagnostics_.warning("xhtml.unusable-address", node.info.where, "‘" + *address + "’ is no web address",
                                     {"only the link's words are shown"});
            else if (publication_.epub_types && href.starts_with("sms:")) { // EPUBCheck 5.3 knows no such scheme
                href.clear();
                if (is_here(id))
                    diagnostics_.warning("xhtml.unusable-address", node.info.where, "an e-book takes no link of the kind ‘sms:’",
                                         {"only the link's words are shown: let them name the number"});
            }
        }
        if (href.empty() || in_link_) { // HTML knows no link within a link
            element(id, node, "span");
            return;
        }
        in_link_ = true;
        std::string attribute;
        append_attribute(attribute, "href", href);
        element(id, node, "a", attribute);
        in_link_ = false;
        for (const Call& call : std::exchange(calls_in_link_, {})) append_call(call);
    }

    // ---- pictures

    void picture(NodeId id, const Node& node) {
        const std::string* alternative = attribute(node, "alt");
        const std::string* source = node.resource != no_resource && !publication_.picture_sources[index(node.resource)].empty()
                                        ? &publication_.picture_sources[index(node.resource)]
                                        : nullptr;
        if (!source) { // reported where pictures are made; its words take its place
            out_ += "<span";
            common_attributes(id, node, "missing-picture");
            out_ += '>';
            append_text(out_, alternative && !alternative->empty() ? *alternative
                              : node.resource != no_resource       ? book_.resources[index(node.resource)].path
                                                                   : std::string());
            out_ += "</span>";
            return;
        }
        out_ += "<img";
        common_attributes(id, node);
        append_attribute(out_, "src", *source);
        if (alternative) append_attribute(out_, "alt", *alternative);
        if (alternative && alternative->empty())
            append_attribute(out_, "role", "presentation");
        else if (alternative && section_.kind == SectionKind::cover && node.resource == book_.cover)
            append_attribute(out_, "role", "doc-cover");
        if (node.target != no_node && is_here(node.target))
            append_attribute(out_, "aria-details", publication_.addresses.id(node.target));
        append_node_attributes(out_, node);
        out_ += "/>";
    }

    // ---- the print edition's pages

    void marks_before(NodeId id) {
        const auto& marks = publication_.page_marks;
        for (; mark_ != marks.end() && (mark_->node < id || (mark_->node == id && mark_->offset == 0)); ++mark_)
            append_mark(*mark_);
    }

    void append_mark(const PageMark& mark) { append_page_break(out_, publication_, mark); }

    // ---- notes

    struct Call {
        NodeId node = no_node, note = no_node;
        std::uint32_t number = 0;
    };

    void note_call(NodeId node, NodeId note, std::uint32_t number) {
        const Call call{node, note, number};
        if (in_link_)
            calls_in_link_.push_back(call); // right behind the link
        else
            append_call(call);
    }

    void append_call(const Call& call) {
        const Node& node = book_.node(call.node);
        std::string id;
        if (call.note != no_node && is_here(call.note) && again_ == no_node) {
            CalledNote& called = called_note(call.note);
            id = call_id(call, called.calls.size());
            called.calls.push_back(id);
        }
        out_ += "<a class=\"noteref";
        if (node.element == Element::note_reference)
            for (const std::string& one : node.info.classes) {
                out_ += ' ';
                append_value(out_, one);
            }
        out_ += '"';
        if (!id.empty()) append_attribute(out_, "id", id);
        if (call.note != no_node) {
            append_attribute(out_, "href", publication_.addresses.link_within(index_, call.note));
            append_semantics({"noteref", "doc-noteref"});
        }
        out_ += '>';
        out_ += std::to_string(call.number);
        out_ += "</a>";
    }

    // A reference keeps its own id, if it has one: links may lead to it. The note's id belongs to its text.
    std::string call_id(const Call& call, std::size_t earlier_calls) const {
        if (book_.node(call.node).element == Element::note_reference)
            if (const std::string_view own = publication_.addresses.id(call.node); !own.empty()) return std::string(own);
        std::string id(publication_.addresses.id(call.note));
        id += "-call";
        if (earlier_calls > 0) id += "-" + std::to_string(earlier_calls + 1);
        while (publication_.addresses.is_taken(id)) id += "-";
        return id;
    }

    CalledNote& called_note(NodeId note) {
        const auto [known, is_new] = note_of_node_.try_emplace(note, notes_.size());
        if (is_new) notes_.push_back({note, {}, {}, false});
        return notes_[known->second];
    }

    void notes() {
        const std::string document = std::exchange(out_, {});
        for (std::size_t i = 0; i < notes_.size(); ++i) { // a note may call further ones
            note_body(notes_[i].id, i);
            notes_[i].body = std::exchange(out_, {});
        }
        out_ = document;
        if (notes_.empty()) return;
        out_ += "<section class=\"footnotes\"";
        append_semantics({"footnotes", ""});
        append_attribute(out_, "aria-label", words_for(language_of(book_, section_.root)).notes);
        out_ += ">\n";
        for (const CalledNote& note : notes_) {
            const Node& node = book_.node(note.id);
            out_ += "<aside";
            common_attributes(note.id, node, "footnote");
            append_semantics({"footnote", "doc-footnote"});
            append_node_attributes(out_, node);
            out_ += ">\n";
            constexpr std::string_view paragraph_end = "</p>\n";
            const std::string_view body = note.body;
            out_ += note.ends_with_paragraph ? body.substr(0, body.size() - paragraph_end.size()) : body;
            if (!note.ends_with_paragraph) out_ += "<p class=\"backlinks\">";
            append_backlinks(note);
            out_ += paragraph_end;
            out_ += "</aside>\n";
        }
        out_ += "</section>\n";
    }

    void note_body(NodeId id, std::size_t at) {
        const Node& node = book_.node(id);
        const std::string number = "<span class=\"note-number\">" + std::to_string(node.number) + ".</span> ";
        NodeId last = no_node;
        bool has_blocks = false;
        for (const NodeId child : children(book_, id)) {
            last = child;
            has_blocks = has_blocks || is_block(book_.node(child).element);
        }
        if (!has_blocks) {
            out_ += "<p>" + number;
            content(id);
            out_ += "</p>\n";
            notes_[at].ends_with_paragraph = true;
            return;
        }
        if (book_.node(NodeId{index(id) + 1}).element == Element::p)
            after_start_tag_ = number;
        else
            out_ += "<p class=\"note-number-line\">" + number + "</p>\n";
        content(id);
        notes_[at].ends_with_paragraph = book_.node(last).element == Element::p;
    }

    void append_backlinks(const CalledNote& note) {
        for (std::size_t i = 0; i < note.calls.size(); ++i) {
            out_ += " <a class=\"backlink\"";
            append_attribute(out_, "href", "#" + note.calls[i]);
            append_attribute(out_, "role", "doc-backlink");
            out_.append(">").append(return_arrow);
            if (i > 0) out_ += "<sup>" + std::to_string(i + 1) + "</sup>";
            out_ += "</a>";
        }
    }

    const Publication& publication_; // locals of the caller, as what follows
    const Book& book_;
    const Document& document_;
    const BookSection& section_;
    std::size_t index_;
    Diagnostics& diagnostics_;

    std::string out_;
    std::string after_start_tag_; // a note's number waits for the paragraph it stands in
    std::vector<PageMark>::const_iterator mark_;
    std::vector<CalledNote> notes_; // in the order of their first calls
    std::map<NodeId, std::size_t> note_of_node_;
    std::vector<Call> calls_in_link_;
    TableWidths table_widths_;
    bool in_link_ = false, in_pre_ = false, in_header_ = false, broken_list_ = false;
    int plain_place_ = 0;
    NodeId again_ = no_node; // what is being said again
    NodeId ruby_ = no_node;  // the innermost one that is printed as such
};

} // namespace

std::string section_markup(const Publication& publication, std::size_t document, Diagnostics& diagnostics) {
    return SectionMarkup(publication, document, diagnostics).make();
}

void append_page_break(std::string& out, const Publication& publication, const PageMark& mark) {
    out += "<span class=\"page-break\"";
    append_attribute(out, "id", mark.id);
    if (publication.epub_types) append_attribute(out, "epub:type", "pagebreak");
    append_attribute(out, "role", "doc-pagebreak");
    append_attribute(out, "aria-label", mark.label);
    out += "></span>";
}

bool is_right_to_left(const Book& book, NodeId node) {
    for (; node != no_node; node = book.node(node).parent)
        if (const std::string* direction = attribute(book.node(node), "dir")) return *direction == "rtl";
    return false;
}

} // namespace bifolio
