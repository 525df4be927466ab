#include "assemble/lowering.h"
#include "assemble/sections.h"
#include "base/nearest.h"
#include "base/utf8.h"

#include <algorithm>
#include <cassert>

namespace bifolio {

namespace {

// Where a destination inside the book leads.
struct Found {
    enum class Kind { place, web_address, nothing } kind = Kind::nothing;
    FragmentPlace place;
    std::string web_address;
    static Found at(FragmentPlace place) { return {Kind::place, place, {}}; }
};

class Joiner {
public:
    Joiner(Assembly& assembly, Book& book) : assembly_(assembly), book_(book) {}

    void join() {
        std::size_t nodes = 2;
        for (const SectionFragment& fragment : assembly_.fragments) nodes += fragment.nodes.size();
        book_.nodes.reserve(nodes);
        frame();
        for (SectionFragment& fragment : assembly_.fragments) add(fragment);
        book_.nodes[0].end = book_.nodes[1].end = NodeId{static_cast<std::uint32_t>(book_.nodes.size())};
        for (std::size_t i = 0; i < assembly_.fragments.size(); ++i) {
            const SectionFragment& fragment = assembly_.fragments[i];
            for (const auto& [node, place] : fragment.targets) point(in_book({i, node}), in_book(place));
            for (const auto& [node, key] : fragment.generated_links) {
                const auto found = assembly_.generated.find(key);
                assert(found != assembly_.generated.end());
                cross_reference(in_book({i, node}), in_book(found->second));
            }
            for (const auto& [node, key] : fragment.term_links)
                if (const auto found = assembly_.generated.find(key); found != assembly_.generated.end())
                    point(in_book({i, node}), in_book(found->second));
            for (const PendingLink& link : fragment.links) resolve(i, link);
        }
    }

    void contents(const std::vector<OutlineEntry>& entries) {
        for (const OutlineEntry& entry : entries) {
            const NodeId target = in_book(entry.target);
            ensure_id(target);
            book_.contents.push_back({target, entry.depth, entry.title, section_of(book_, target)});
        }
    }

private:
    NodeId in_book(FragmentPlace place) const { return NodeId{offsets_[place.fragment] + index(place.node)}; }

    void frame() {
        book_.nodes.resize(2);
        Node& html = book_.nodes[0];
        html.element = Element::html;
        html.info.language = assembly_.language;
        if (is_right_to_left(assembly_.language)) html.info.attributes.push_back({"dir", "rtl"});
        html.info.origin = {0, 1};
        Node& body = book_.nodes[1];
        body.element = Element::body;
        body.parent = NodeId{0};
        body.info.classes = {assembly_.form == BookForm::book      ? "book"
                             : assembly_.form == BookForm::leaflet ? "leaflet"
                                                                   : "single"};
        body.info.origin = {0, 2};
    }

    void add(SectionFragment& fragment) {
        const auto offset = static_cast<std::uint32_t>(book_.nodes.size());
        offsets_.push_back(offset);
        if (fragment.nodes.empty()) return;
        BookSection section = fragment.section;
        section.root = NodeId{offset};
        if (section.heading != no_node) section.heading = NodeId{offset + index(section.heading)};
        book_.sections.push_back(std::move(section));
        for (Node& node : fragment.nodes) {
            node.parent = node.parent == no_node ? NodeId{1} : NodeId{offset + index(node.parent)};
            node.end = NodeId{offset + index(node.end)};
            if (node.target != no_node) node.target = NodeId{offset + index(node.target)};
            book_.nodes.push_back(std::move(node));
        }
        std::vector<Node>().swap(fragment.nodes); // a long book should not stand in memory twice
        for (const Captioned& caption : fragment.captions) labels_.emplace(NodeId{offset + index(caption.node)}, caption.label);
    }

    void ensure_id(NodeId id) {
        Node& node = book_.nodes[index(id)];
        if (!node.info.id.empty()) return;
        assembly_.name_node(node, book_.sections[section_of(book_, id)].name + "-" + std::string(name(node.element)));
    }

    void point(NodeId link, NodeId target) {
        ensure_id(target);
        book_.nodes[index(link)].target = target;
    }

    void cross_reference(NodeId link, NodeId target) {
        point(link, target);
        const std::string_view pattern = words_for(language_of(book_, link)).page;
        const std::size_t blank = pattern.find("{}");
        Node& node = book_.nodes[index(link)];
        node.info.classes.emplace_back("cross-reference");
        if (section_of(book_, link) == section_of(book_, target)) node.info.classes.emplace_back("within");
        node.info.attributes.push_back({"data-page-before", std::string(pattern.substr(0, blank))});
        node.info.attributes.push_back({"data-page-after", std::string(pattern.substr(blank + 2))});
    }

    void resolve(std::size_t fragment, const PendingLink& link) {
        const NodeId id = in_book({fragment, link.node});
        const Found found = find(link);
        std::string words = link.destination; // what is shown when the author wrote no words and nothing better is known
        switch (found.kind) {
        case Found::Kind::place: {
            const NodeId target = in_book(found.place);
            if (link.describes) return point(id, target);
            cross_reference(id, target);
            if (link.words != no_node) words = words_for_target(id, target);
            break;
        }
        case Found::Kind::web_address:
            if (link.describes) return;
            external_link(book_.nodes[index(id)], found.web_address, link.where, assembly_.diagnostics);
            words = found.web_address;
            break;
        case Found::Kind::nothing:
            if (link.describes) return;
            book_.nodes[index(id)].element = Element::span;
            break;
        }
        if (link.words != no_node) book_.nodes[index(in_book({fragment, link.words}))].text = words;
    }

    // “Table 2”, “12” (of a reference or a numbered item), or the title in quotation marks.
    std::string words_for_target(NodeId link, NodeId target) {
        const Node& node = book_.node(link);
        const std::string language(language_of(book_, link));
        const bool wants_title = has_class(node, "title");
        if (!wants_title) {
            if (const auto label = labels_.find(target); label != labels_.end()) return label->second;
            if (const std::uint32_t number = number_of(target); number != 0) return std::to_string(number);
        }
        return in_quotes(title_of(target), language);
    }

    std::uint32_t number_of(NodeId target) const {
        const Node& node = book_.node(target);
        if (node.element == Element::note) return node.number;
        if (node.element != Element::li || book_.node(node.parent).element != Element::ol) return 0;
        const std::string* start = attribute(book_.node(node.parent), "start");
        std::uint32_t number = start ? static_cast<std::uint32_t>(std::max(0, std::atoi(start->c_str()))) : 1;
        for (const NodeId item : children(book_, node.parent)) {
            if (item == target) return number;
            ++number;
        }
        return 0;
    }

    // Its own title, else that of the heading it stands under.
    std::string title_of(NodeId target) {
        for (const NodeId child : children(book_, target))
            if (book_.node(child).element == Element::caption || book_.node(child).element == Element::figcaption)
                return caption_words(child);
        const BookSection& section = book_.sections[section_of(book_, target)];
        if (target == section.root) return section.title;
        const NodeId heading = heading_before(target);
        return index(heading) > index(section.root) ? line_of_text(book_.nodes, heading) : section.title;
    }

    NodeId heading_before(NodeId id) {
        if (headings_before_.empty()) { // all at once: many links must not each search a long section
            NodeId last{0};
            for (std::uint32_t at = 0; at < book_.nodes.size(); ++at) {
                if (heading_level(book_.nodes[at].element)) last = NodeId{at};
                headings_before_.push_back(last);
            }
        }
        return headings_before_[index(id)];
    }

    std::string caption_words(NodeId caption) const {
        std::string words = line_of_text(book_.nodes, caption);
        for (const NodeId child : children(book_, caption)) {
            if (!has_class(book_.node(child), "label")) continue;
            const std::string label = line_of_text(book_.nodes, child);
            if (words.starts_with(label)) words = std::string(trimmed(std::string_view(words).substr(label.size())));
        }
        return words;
    }

    Found find(const PendingLink& link) {
        const std::string& destination = link.destination;
        if (is_blank(destination)) {
            assembly_.diagnostics.warning("assemble.empty-link", link.where, "a link leads nowhere; only its text is shown",
                                          {"write where it leads, or take the link away"});
            return {};
        }
        const std::size_t hash = destination.find('#');
        const std::string fragment = hash == std::string::npos ? "" : url_decoded(std::string_view(destination).substr(hash + 1));
        std::string_view path_part = std::string_view(destination).substr(0, hash);
        path_part = path_part.substr(0, path_part.find('?'));
        const std::string path = url_decoded(path_part);
        const LinkScope& scope = assembly_.scopes[link.scope];
        if (path.empty()) return find_in_scope(link, scope, fragment);

        const std::optional<std::size_t> article = find_article(scope, path);
        if (!article) return no_such_article(link, path);
        const auto scope_of = assembly_.scope_of_article.find(*article);
        if (scope_of == assembly_.scope_of_article.end()) return outside_edition(link, *article, fragment);
        return find_in_article(link, *article, fragment);
    }

    enum class ArticleName : std::uint8_t { path, stem, id };
    static std::string_view name_of(const Article& article, ArticleName kind) {
        switch (kind) {
        case ArticleName::path: return article.path;
        case ArticleName::stem: return without_extension(article.path);
        case ArticleName::id: return article.id;
        }
        return {};
    }

    // The first article of that name. A leaflet asks a few times, and looking through all of them is quicker than listing them;
    // a long book asks often.
    std::optional<std::size_t> article_named(ArticleName kind, std::string_view wanted) {
        constexpr int few = 100;
        const auto& articles = assembly_.manuscript.articles;
        if (++searches_ <= few) {
            const auto found =
                std::find_if(articles.begin(), articles.end(), [&](const Article& one) { return name_of(one, kind) == wanted; });
            return found == articles.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - articles.begin()));
        }
        if (names_.empty())
            for (const ArticleName each : {ArticleName::path, ArticleName::stem, ArticleName::id})
                for (std::size_t i = 0; i < articles.size(); ++i) names_.try_emplace({each, name_of(articles[i], each)}, i);
        const auto found = names_.find({kind, wanted});
        return found == names_.end() ? std::nullopt : std::optional(found->second);
    }

    std::optional<std::size_t> find_article(const LinkScope& scope, std::string_view path) {
        const auto look = [&](std::string_view key) {
            auto found = article_named(ArticleName::path, key);
            if (!found) found = article_named(ArticleName::stem, key);
            // A name that an earlier site gave it: “sleep.html” of sleep.md.
            if (!found) found = article_named(ArticleName::stem, without_extension(key));
            return found;
        };
        if (const auto found = path.starts_with('/') ? std::nullopt : look(joined_path(scope.folder, path))) return found;
        if (const auto found = look(joined_path("", path))) return found;
        return article_named(ArticleName::id, path);
    }

    Found find_in_scope(const PendingLink& link, const LinkScope& scope, const std::string& fragment) {
        if (const std::optional<FragmentPlace> place = place_in(scope, fragment)) return Found::at(*place);
        if (scope.article != no_article && (fragment.empty() || fragment == "top"))
            return find_in_article(link, scope.article, "");
        if (const auto article = article_named(ArticleName::id, fragment)) {
            if (assembly_.scope_of_article.contains(*article)) return find_in_article(link, *article, "");
            return outside_edition(link, *article, "");
        }
        if (const auto found = assembly_.generated.find(fragment); found != assembly_.generated.end())
            return Found::at(found->second);
        return no_such_id(link, scope, fragment);
    }

    Found find_in_article(const PendingLink& link, std::size_t article, const std::string& fragment) {
        if (fragment.empty()) return Found::at({assembly_.fragment_of_article.at(article), NodeId{0}});
        const LinkScope& scope = assembly_.scopes[assembly_.scope_of_article.at(article)];
        if (const std::optional<FragmentPlace> place = place_in(scope, fragment)) return Found::at(*place);
        return no_such_id(link, scope, fragment);
    }

    static std::optional<FragmentPlace> place_in(const LinkScope& scope, const std::string& fragment) {
        if (const auto found = scope.ids.find(fragment); found != scope.ids.end()) return found->second;
        if (const auto found = scope.anchors.find(fragment); found != scope.anchors.end()) return found->second;
        if (const auto found = scope.anchors.find(heading_anchor(fragment)); found != scope.anchors.end() && !fragment.empty())
            return found->second;
        return std::nullopt;
    }

    Found no_such_id(const PendingLink& link, const LinkScope& scope, const std::string& fragment) {
        std::vector<std::string> known;
        for (const auto& [id, place] : scope.ids) known.push_back(id);
        for (const auto& [anchor, place] : scope.anchors) known.push_back(anchor);
        std::string where = "there is no ‘#" + fragment + "’";
        if (scope.article != no_article) where += " in ‘" + assembly_.manuscript.articles[scope.article].path + "’";
        assembly_.diagnostics.error("assemble.dangling-reference", link.where, std::move(where), hints(fragment, known));
        return {};
    }

    Found no_such_article(const PendingLink& link, const std::string& path) {
        // An address within a web site that is not named, or one that a site's templates would make.
        if (path.starts_with('/') || path.find("{{") != path.npos || path.find("{%") != path.npos) {
            assembly_.diagnostics.warning("assemble.site-link", link.where,
                                          "‘" + link.destination +
                                              "’ is no article and no whole web address; only its text is shown",
                                          {"write the whole address, with https://"});
            return {};
        }
        std::vector<std::string> known;
        const LinkScope& scope = assembly_.scopes[link.scope];
        for (const Article& article : assembly_.manuscript.articles) known.push_back(relative_path(scope.folder, article.path));
        assembly_.diagnostics.error("assemble.dangling-reference", link.where, "there is no article ‘" + path + "’",
                                    hints(path, known));
        return {};
    }

    // Looking for the nearest name takes time; a file full of wrong links must not take hours.
    std::vector<std::string> hints(std::string_view word, const std::vector<std::string>& known) {
        constexpr int most_hints = 200;
        return ++hints_ <= most_hints ? did_you_mean(word, known) : std::vector<std::string>{};
    }

    Found outside_edition(const PendingLink& link, std::size_t article, const std::string& fragment) {
        const Article& target = assembly_.manuscript.articles[article];
        std::string address = target.front_matter.web_address.value;
        if (!address.empty()) return {Found::Kind::web_address, {}, fragment.empty() ? address : address + "#" + fragment};
        assembly_.diagnostics.error("assemble.not-in-edition", link.where,
                                    "the article ‘" + target.path + "’ is not in the edition ‘" + assembly_.edition.name + "’",
                                    {"give it a ‘web-address’ in its front matter, or include it"});
        return {};
    }

    Assembly& assembly_; // a local of its caller only, as the book
    Book& book_;
    std::vector<std::uint32_t> offsets_; // of each fragment's root
    std::map<NodeId, std::string> labels_;
    std::vector<NodeId> headings_before_; // by node: the last heading up to it; made when it is wanted
    int hints_ = 0;
    std::map<std::pair<ArticleName, std::string_view>, std::size_t> names_; // of the manuscript's articles; it outlives this
    int searches_ = 0;
};

} // namespace

Book join(Assembly& assembly, BookMetadata metadata, const std::vector<OutlineEntry>& entries) {
    Book book;
    book.metadata = std::move(metadata);
    book.edition_name = assembly.edition.name;
    Joiner joiner(assembly, book);
    joiner.join();
    joiner.contents(entries);
    book.parts = std::move(assembly.parts);
    book.resources = std::move(assembly.resources);
    return book;
}

} // namespace bifolio
