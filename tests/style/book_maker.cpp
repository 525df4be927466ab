#include "style/book_maker.h"

#include "base/utf8.h"

#include <map>
#include <stdexcept>

namespace bifolio::test {

namespace {

class Maker {
public:
    explicit Maker(Book& book) : book_(book) {}

    void open(std::string_view name) {
        Node node;
        if (name == "note")
            node.element = Element::note;
        else if (name == "noteref")
            node.element = Element::note_reference;
        else if (const auto known = element_named(name))
            node.element = *known;
        else
            throw std::runtime_error("no element " + std::string(name));
        add(std::move(node));
        open_.push_back(static_cast<std::uint32_t>(book_.nodes.size() - 1));
    }
    void attribute(const std::string& name, const std::string& value) {
        Node& node = book_.nodes[open_.back()];
        if (name == "id")
            node.info.id = value;
        else if (name == "lang")
            node.info.language = value;
        else if (name == "number")
            node.number = static_cast<std::uint32_t>(std::stoul(value));
        else if (name == "class") {
            std::string word;
            for (const char c : value + " ") {
                if (c != ' ')
                    word += c;
                else if (!word.empty())
                    node.info.classes.push_back(std::exchange(word, {}));
            }
        } else if (name == "href" && value.starts_with('#'))
            links_.emplace_back(open_.back(), value.substr(1));
        else
            node.info.attributes.push_back({name, value});
    }
    void close() {
        book_.nodes[open_.back()].end = NodeId{static_cast<std::uint32_t>(book_.nodes.size())};
        open_.pop_back();
    }
    void text(std::string text) {
        Node node;
        node.text = std::move(text);
        add(std::move(node));
        book_.nodes.back().end = NodeId{static_cast<std::uint32_t>(book_.nodes.size())};
    }
    void resolve_links() {
        for (const auto& [node, id] : links_)
            for (std::uint32_t at = 0; at < book_.nodes.size(); ++at)
                if (book_.nodes[at].info.id == id) book_.nodes[node].target = NodeId{at};
    }

private:
    void add(Node node) {
        node.parent = open_.empty() ? no_node : NodeId{open_.back()};
        book_.nodes.push_back(std::move(node));
    }
    Book& book_;
    std::vector<std::uint32_t> open_;
    std::vector<std::pair<std::uint32_t, std::string>> links_;
};

void read_attributes(std::string_view rest, Maker& maker) {
    while (!(rest = trimmed(rest)).empty()) {
        const std::size_t equals = rest.find("=\""), close = rest.find('"', equals + 2);
        if (equals == std::string_view::npos || close == std::string_view::npos)
            throw std::runtime_error("bad attribute in test mark-up");
        maker.attribute(std::string(rest.substr(0, equals)), std::string(rest.substr(equals + 2, close - equals - 2)));
        rest.remove_prefix(close + 1);
    }
}

} // namespace

std::shared_ptr<const Book> make_book(std::string_view markup, std::string_view language) {
    auto book = std::make_shared<Book>();
    book->metadata.language = language;
    Maker maker(*book);
    maker.open("html");
    maker.open("body");
    while (!markup.empty()) {
        if (markup[0] != '<') {
            const std::size_t end = std::min(markup.find('<'), markup.size());
            maker.text(std::string(markup.substr(0, end)));
            markup.remove_prefix(end);
            continue;
        }
        const std::size_t end = markup.find('>');
        std::string_view tag = markup.substr(1, end - 1);
        markup.remove_prefix(end + 1);
        if (tag[0] == '/') {
            maker.close();
            continue;
        }
        const bool empty = tag.ends_with('/');
        if (empty) tag.remove_suffix(1);
        const std::size_t space = std::min(tag.find(' '), tag.size());
        maker.open(tag.substr(0, space));
        read_attributes(tag.substr(space), maker);
        if (empty) maker.close();
    }
    maker.close();
    maker.close();
    maker.resolve_links();
    return book;
}

NodeId Styled::find(std::string_view id) const {
    for (std::uint32_t at = 0; at < book.book->nodes.size(); ++at)
        if (book.book->nodes[at].info.id == id) return NodeId{at};
    throw std::runtime_error("no node #" + std::string(id));
}

std::string Styled::pseudo_text(std::string_view id, PseudoElement which) const {
    const PseudoBox* box = book.pseudo(find(id), which);
    if (!box) return "∅";
    std::string text;
    for (const GeneratedItem& item : box->content) {
        if (const auto* one = std::get_if<GeneratedText>(&item))
            text += one->text;
        else if (const auto* page = std::get_if<GeneratedPageNumber>(&item))
            text += "[" + std::string(page->of_all ? "pages " : "page ") + page->counter_style + "]";
        else if (const auto* target = std::get_if<GeneratedTargetPage>(&item))
            text += "[page of " + book.book->node(target->target).info.id +
                    (target->counter_style.empty() ? "" : " " + target->counter_style) + "]";
        else if (const auto* leader = std::get_if<GeneratedLeader>(&item))
            text += "[leader " + leader->pattern + "]";
        else if (const auto* string = std::get_if<GeneratedString>(&item))
            text += "[string " + string->name + "]";
        else if (const auto* number = std::get_if<GeneratedNoteNumber>(&item))
            text += "[number of note " + book.book->node(number->note).info.id + " " + number->counter_style + "]";
        else
            text += "[picture]";
    }
    return text;
}

std::string Styled::messages() const {
    std::string text;
    for (const Diagnostic& one : diagnostics.all()) text += render(one, sources);
    return text;
}

std::shared_ptr<const Stylesheet> read_css(std::string_view css, Medium medium, SourceMap& sources, Diagnostics& diagnostics) {
    MemoryFiles files;
    files.put("book.css", std::string(css));
    return read_stylesheets({{"book.css", StyleSource::Level::author, {}}}, {}, medium, files, sources, diagnostics);
}

Styled style_book(std::string_view markup, std::string_view css, Medium medium, std::string_view language,
                  const FontMeasures* fonts) {
    Styled styled;
    const auto sheet = read_css(css, medium, styled.sources, styled.diagnostics);
    styled.book = apply_styles(make_book(markup, language), *sheet, styled.diagnostics, fonts);
    return styled;
}

} // namespace bifolio::test
