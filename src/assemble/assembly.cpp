#include "assemble/assembly.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bifolio {

namespace {

// Parts that no article is, in an order that never changes: so a part has the same number in every edition.
constexpr std::array fixed_parts{"cover",         "title-page",   "imprint",  "contents",     "list-of-tables", "list-of-figures",
                                 "notices-front", "contributors", "glossary", "notices-back", "back-cover",     "index"};

} // namespace

Assembly::Assembly(const Manuscript& from, const Edition& of, const BookSelection& selected, Diagnostics& to)
    : manuscript(from), edition(of), selection(selected), diagnostics(to) {}

void Assembly::number_parts() {
    parts.emplace_back("frame"); // html and body
    // A book counts all articles, whether or not this edition has them; a leaflet has one.
    if (form == BookForm::book)
        for (const Article& article : manuscript.articles) part(article.path);
    else
        part(manuscript.articles[articles.front()].path);
    for (const std::string_view name : fixed_parts) part(std::string(name));
    if (form != BookForm::book) {
        part("frame:" + manuscript.articles[articles.front()].path);
        return;
    }
    for (const Article& article : manuscript.articles) part("frame:" + article.path);
    for (std::size_t i = 0; i < manuscript.plan.contents.size(); ++i) part("part:" + std::to_string(i + 1));
    for (const auto& [id, person] : manuscript.people) part("bio:" + id);
    for (const auto& [id, notice] : manuscript.notices) part("notice:" + id);
}

std::uint32_t Assembly::part(std::string name) {
    const auto [found, is_new] = part_indices_.try_emplace(name, static_cast<std::uint32_t>(parts.size()));
    if (is_new) parts.push_back(std::move(name));
    return found->second;
}

std::uint32_t Assembly::part_of_article(std::size_t article) const {
    return form == BookForm::book ? static_cast<std::uint32_t>(1 + article) : 1;
}

ResourceId Assembly::resource(std::string_view path) {
    if (const auto known = resource_ids_.find(path); known != resource_ids_.end()) return known->second;
    const auto found = manuscript.resources.find(std::string(path));
    if (found == manuscript.resources.end() || !found->second.bytes) return no_resource;
    const ResourceId id{static_cast<std::uint32_t>(resources.size())};
    resources.push_back(found->second);
    resource_ids_.emplace(path, id);
    return id;
}

std::string Assembly::article_language(std::size_t article) const {
    const std::string& own = manuscript.articles[article].front_matter.language.value;
    return own.empty() ? language : own;
}

std::size_t Assembly::add_scope(LinkScope scope) {
    scopes.push_back(std::move(scope));
    return scopes.size() - 1;
}

std::size_t Assembly::add_scope(std::string id_prefix) {
    LinkScope scope;
    scope.id_prefix = std::move(id_prefix);
    return add_scope(std::move(scope));
}

std::size_t Assembly::begin_fragment(SectionKind kind, Matter matter, std::string_view name) {
    SectionFragment& fragment = fragments.emplace_back();
    fragment.section.root = NodeId{0};
    fragment.section.kind = kind;
    fragment.section.matter = matter;
    fragment.section.name = section_names.take(name.empty() ? "section" : std::string(name));
    return fragments.size() - 1;
}

void Assembly::name_node(Node& node, std::string_view wanted) { node.info.id = ids.take(xml_name(wanted)); }

} // namespace bifolio
