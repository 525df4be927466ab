#include "proof/expected_documents.h"

#include "base/utf8.h"
#include "write/xhtml/documents.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <map>
#include <utility>

namespace bifolio {

namespace {

using Mode = ExpectedWriter::WhiteSpaceMode;
constexpr std::uint32_t no_contents = 0xFFFF'FFFF;

bool is_block(Element element) {
    const ElementKind kind = info(element).kind;
    return kind == ElementKind::block || kind == ElementKind::frame;
}

class ScreenWalk {
public:
    ScreenWalk(const Book& book, ExpectedDocuments& out)
        : book_(book), out_(out), writer_(out.text.text), times_(book.nodes.size(), 0) {}

    void epub(std::size_t most_document_bytes) {
        const std::uint32_t contents = contents_section();
        bool is_navigation_named = contents == no_contents;
        for (const Document& one : documents_of(book_, contents, most_document_bytes)) {
            if (!is_navigation_named && one.section > contents) {
                out_.documents.emplace_back("nav.xhtml");
                is_navigation_named = true;
            }
            out_.documents.push_back(one.name + ".xhtml");
            document(one);
        }
        if (!is_navigation_named || book_.sections.empty()) out_.documents.emplace_back("nav.xhtml");
        if (contents != no_contents) left_out(book_.sections[contents].root);
        find_homeless();
        navigation();
    }

    void web() {
        is_web_ = true;
        const std::uint32_t contents = contents_section();
        const bool is_alone = std::ranges::count(book_.sections, SectionKind::article, &BookSection::kind) <= 1;
        constexpr auto undivided = static_cast<std::size_t>(-1);
        const std::vector<Document> all = documents_of(book_, contents, undivided, is_alone ? book_.name : "index");
        out_.documents.push_back(is_alone ? book_.name + ".html" : "index.html");
        if (is_alone) {
            for (const Document& one : all) document(one);
        } else {
            for (const WebPlace place : {WebPlace::head, WebPlace::foot, WebPlace::page})
                for (const Document& one : all) {
                    if (web_place(book_.sections[one.section].kind) != place) continue;
                    if (place == WebPlace::page) out_.documents.push_back(one.name + ".html");
                    document(one);
                }
            for (const BookSection& section : book_.sections)
                if (section.kind == SectionKind::part && section.heading != no_node) left_out(section.heading);
        }
        if (contents != no_contents) left_out(book_.sections[contents].root);
        find_homeless();
        if (!is_alone) navigation();
    }

private:
    enum class WebPlace : std::uint8_t { head, foot, page, none }; // of the index page, before and behind the contents

    static WebPlace web_place(SectionKind kind) {
        switch (kind) {
        case SectionKind::cover:
        case SectionKind::title_page:
        case SectionKind::back_cover: return WebPlace::head;
        case SectionKind::article:
        case SectionKind::foreword:
        case SectionKind::contributors:
        case SectionKind::glossary:
        case SectionKind::index: return WebPlace::page;
        case SectionKind::part: return WebPlace::none;
        default: return WebPlace::foot;
        }
    }

    std::uint32_t contents_section() const {
        for (std::uint32_t i = 0; i < book_.sections.size(); ++i)
            if (book_.sections[i].kind == SectionKind::contents) return i;
        return no_contents;
    }

    void find_homeless() {
        for (std::uint32_t at = 0; at < book_.nodes.size(); ++at)
            if (book_.nodes[at].element == Element::text && times_[at] != 1 && !is_blank(book_.nodes[at].text))
                out_.homeless.push_back(NodeId{at});
    }

    void document(const Document& document) {
        document_ = &document;
        notes_.clear();
        count_calls();
        writer_.boundary();
        content(book_.sections[document.section].root);
        for (std::size_t i = 0; i < notes_.size(); ++i) note(notes_[i]); // which may call further ones
        writer_.boundary();
    }

    void count_calls() {
        calls_of_.clear();
        for (NodeId at = document_->from; at < document_->to;) {
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

    bool is_here(NodeId id) const { return id >= document_->from && id < document_->to; }

    void content(NodeId id) {
        for (const NodeId child : children(book_, id))
            if (book_.node(child).end > document_->from && child < document_->to) node(child);
    }

    void node(NodeId id) {
        const Node& node = book_.node(id);
        if (is_for_paper(book_, id)) return left_out(id);
        switch (node.element) {
        case Element::text: return text(id, node);
        case Element::note: return call(id, id, node.number);
        case Element::note_reference: return call(id, node.target, node.number);
        case Element::img: {
            const std::string* alternative = attribute(node, "alt");
            return picture(id, alternative ? *alternative : "");
        }
        case Element::br: return writer_.boundary();
        case Element::wbr: return;
        case Element::a: return link(id, node);
        default: element(id, node);
        }
    }

    // In place of a picture that was not there when the book was read.
    bool is_missing_picture(NodeId id, const Node& node) const {
        if (node.element != Element::span || node.info.classes.empty() || node.info.classes.front() != "missing-picture")
            return false;
        for (const NodeId child : children(book_, id))
            if (book_.node(child).element != Element::text) return false;
        return true;
    }

    void element(NodeId id, const Node& node) {
        if (is_missing_picture(id, node)) {
            for (const NodeId child : children(book_, id)) ++times_[index(child)];
            return picture(id, text_content(book_, id));
        }
        if (is_block(node.element)) writer_.boundary();
        const bool outer = std::exchange(in_pre_, in_pre_ || node.element == Element::pre);
        content(id);
        in_pre_ = outer;
        if (is_block(node.element)) writer_.boundary();
    }

    void text(NodeId id, const Node& node) {
        ++times_[index(id)];
        writer_.begin(id, TextKind::own);
        writer_.text(node.text, in_pre_ ? Mode::kept : Mode::collapsed);
    }

    // A link that leads somewhere can hold no other: calls within it stand behind it.
    void link(NodeId id, const Node& node) {
        const std::string* address = attribute(node, "href");
        std::string href = address ? hyperlink(*address) : "";
        if (!is_web_ && href.starts_with("sms:")) href.clear(); // which e-books do not take
        if ((node.target == no_node && href.empty()) || in_link_) return content(id);
        in_link_ = true;
        content(id);
        in_link_ = false;
        for (const auto& [call, number] : std::exchange(calls_in_link_, {})) call_number(call, number);
    }

    void call(NodeId id, NodeId note, std::uint32_t number) {
        if (note != no_node && is_here(note) && std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
        if (in_link_)
            calls_in_link_.emplace_back(id, number);
        else
            call_number(id, number);
    }

    void call_number(NodeId id, std::uint32_t number) {
        writer_.begin(id, TextKind::note_number);
        writer_.text(std::to_string(number), Mode::collapsed);
    }

    void note(NodeId id) {
        const Node& node = book_.node(id);
        writer_.boundary();
        writer_.begin(id, TextKind::note_number);
        writer_.text(std::to_string(node.number) + ". ", Mode::collapsed);
        content(id);
        writer_.begin(id, TextKind::back_link);
        for (std::size_t i = 0; i < calls_of_[id]; ++i)
            writer_.text(" ↩\uFE0E" + (i > 0 ? std::to_string(i + 1) : std::string()), Mode::collapsed);
        writer_.boundary();
    }

    void picture(NodeId id, std::string alternative) {
        out_.text.pictures.push_back({id, std::move(alternative)});
        writer_.begin(id, TextKind::picture);
        writer_.text(object_replacement, Mode::collapsed);
    }

    void left_out(NodeId id) {
        for (NodeId at = id; at < book_.node(id).end; at = NodeId{index(at) + 1}) {
            if (book_.node(at).element != Element::text) continue;
            ++times_[index(at)];
            out_.text.hidden_characters += count_characters(book_.node(at).text);
        }
    }

    // ---- the contents

    void navigation() {
        bool is_empty = true;
        for (const ContentsEntry& entry : book_.contents) {
            if (heading_level(book_.node(entry.target).element).value_or(1) > 3) continue; // lines, not all headings
            navigation_line(entry.target, entry.title);
            is_empty = false;
        }
        if (!is_empty) return;
        for (const BookSection& section : book_.sections) navigation_line(section.root, section.title);
    }

    void navigation_line(NodeId target, const std::string& title) {
        const BookSection& section = book_.sections[section_of(book_, target)];
        const NodeId heading = target == section.root ? section.heading : target;
        std::string words;
        if (heading != no_node && heading_level(book_.node(heading).element)) label(heading, words);
        if (is_blank(words)) words = is_blank(title) ? section.name : title;
        writer_.boundary();
        writer_.begin(target, TextKind::navigation);
        writer_.text(words, Mode::collapsed);
        writer_.boundary();
    }

    void label(NodeId parent, std::string& out) const {
        for (const NodeId child : children(book_, parent)) {
            const Node& node = book_.node(child);
            if (node.element == Element::text) out += node.text;
            if (node.element == Element::br) out += ' ';
            if (node.element == Element::img)
                if (const std::string* alternative = attribute(node, "alt")) out += *alternative;
            if (node.element != Element::note && node.element != Element::note_reference) label(child, out);
        }
    }

    const Book& book_; // a local of the caller, as what follows
    ExpectedDocuments& out_;
    ExpectedWriter writer_;
    std::vector<std::uint8_t> times_; // by node: in how many places a text stands
    const Document* document_ = nullptr;
    std::vector<NodeId> notes_; // of the document, in the order of their first calls
    std::map<NodeId, std::size_t> calls_of_;
    std::vector<std::pair<NodeId, std::uint32_t>> calls_in_link_;
    bool in_pre_ = false, in_link_ = false, is_web_ = false;
};

} // namespace

ExpectedDocuments expected_epub(const Book& book, std::size_t most_document_bytes) {
    ExpectedDocuments out;
    ScreenWalk(book, out).epub(most_document_bytes);
    return out;
}

ExpectedDocuments expected_web(const Book& book) {
    ExpectedDocuments out;
    ScreenWalk(book, out).web();
    return out;
}

} // namespace bifolio
