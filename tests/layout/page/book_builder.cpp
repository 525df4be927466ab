#include "layout/page/book_builder.h"

#include <cassert>
#include <map>

namespace bifolio::test {

namespace {

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto entity = [&](std::string_view name, std::string_view value) {
            if (text.substr(i, name.size()) != name) return false;
            out += value;
            i += name.size();
            return true;
        };
        if (text[i] == '&' && (entity("&lt;", "<") || entity("&gt;", ">") || entity("&amp;", "&") ||
                               entity("&shy;", "\xC2\xAD") || entity("&nbsp;", "\xC2\xA0")))
            continue;
        out += text[i++];
    }
    return out;
}

class Reader {
public:
    Reader(Book& book, std::string_view markup) : book_(book), markup_(markup) {}

    void read(NodeId parent) {
        while (at_ < markup_.size()) {
            if (markup_.substr(at_, 2) == "</") return;
            if (markup_[at_] == '<')
                read_element(parent);
            else
                read_text(parent);
        }
    }
    std::map<NodeId, std::string> targets;
    std::uint32_t notes = 0;

private:
    NodeId add(NodeId parent) {
        const NodeId id{static_cast<std::uint32_t>(book_.nodes.size())};
        Node& node = book_.nodes.emplace_back();
        node.parent = parent;
        node.end = NodeId{index(id) + 1};
        node.info.where = {SourceId{1}, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + 1)};
        return id;
    }

    void read_text(NodeId parent) {
        const std::size_t end = std::min(markup_.find('<', at_), markup_.size());
        const std::string_view text = markup_.substr(at_, end - at_);
        const NodeId id = add(parent);
        book_.nodes[index(id)].text = decode(text);
        at_ = end;
    }

    void read_element(NodeId parent) {
        const NodeId id = add(parent);
        const std::size_t end = markup_.find('>', at_);
        std::string_view tag = markup_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        const bool closed = !tag.empty() && tag.back() == '/';
        if (closed) tag.remove_suffix(1);
        const std::size_t name_end = std::min(tag.find(' '), tag.size());
        const std::string name(tag.substr(0, name_end));
        Node& node = book_.nodes[index(id)];
        if (name == "note") {
            node.element = Element::note;
            node.number = ++notes;
        } else if (name == "note_reference") {
            node.element = Element::note_reference;
        } else {
            const auto element = element_named(name);
            assert(element);
            node.element = *element;
        }
        read_attributes(tag.substr(name_end), id);
        if (!closed) {
            read(id);
            at_ = std::min(markup_.find('>', at_), markup_.size()) + 1;
        }
        book_.nodes[index(id)].end = NodeId{static_cast<std::uint32_t>(book_.nodes.size())};
    }

    void read_attributes(std::string_view rest, NodeId id) {
        while (true) {
            const std::size_t begin = rest.find_first_not_of(" \n");
            if (begin == std::string_view::npos) return;
            rest.remove_prefix(begin);
            const std::size_t equals = rest.find('=');
            const std::string name(rest.substr(0, equals));
            const std::size_t quote = equals + 1, close = rest.find('"', quote + 1);
            const std::string value = decode(rest.substr(quote + 1, close - quote - 1));
            rest.remove_prefix(close + 1);
            Node& node = book_.nodes[index(id)];
            if (name == "id") {
                node.info.id = value;
            } else if (name == "class") {
                for (std::size_t from = 0; from <= value.size();) {
                    const std::size_t to = std::min(value.find(' ', from), value.size());
                    if (to > from) node.info.classes.push_back(value.substr(from, to - from));
                    from = to + 1;
                }
            } else if (name == "lang") {
                node.info.language = value;
            } else if (name == "href" && value.starts_with("#")) {
                targets[id] = value.substr(1);
            } else if (name == "src") {
                for (std::size_t i = 0; i < book_.resources.size(); ++i)
                    if (book_.resources[i].path == value) node.resource = ResourceId{static_cast<std::uint32_t>(i)};
            } else {
                node.info.attributes.push_back({name, value});
            }
        }
    }

    Book& book_;
    std::string_view markup_;
    std::size_t at_ = 0;
};

} // namespace

std::shared_ptr<Book> make_book(std::string_view markup, std::vector<Resource> resources, std::string direction) {
    auto book = std::make_shared<Book>();
    book->name = "test";
    book->metadata.title = "Test";
    book->metadata.language = "en";
    book->resources = std::move(resources);
    book->parts.emplace_back("test");
    Node html, body;
    html.element = Element::html;
    html.info.language = "en";
    if (!direction.empty()) html.info.attributes.push_back({"dir", direction});
    body.element = Element::body;
    body.parent = NodeId{0};
    book->nodes = {html, body};
    Reader reader(*book, markup);
    reader.read(NodeId{1});
    book->nodes[0].end = book->nodes[1].end = NodeId{static_cast<std::uint32_t>(book->nodes.size())};
    std::map<std::string, NodeId> ids;
    for (std::uint32_t i = 0; i < book->nodes.size(); ++i)
        if (!book->nodes[i].info.id.empty()) ids[book->nodes[i].info.id] = NodeId{i};
    for (const auto& [node, target] : reader.targets) book->nodes[index(node)].target = ids.at(target);
    for (const NodeId child : children(*book, NodeId{1})) {
        if (book->node(child).element == Element::text) continue;
        BookSection section;
        section.root = child;
        section.name = "section-" + std::to_string(book->sections.size() + 1);
        book->sections.push_back(section);
    }
    return book;
}

} // namespace bifolio::test
