#include "assemble/assembly.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bifolio {

namespace {

// Parts that no article is, in an order that never changes: so a part has the same number in every edition.
constexpr std::array fixed_parts{"cover",         "title-page",   "imprint",  "contents",     "list-of-tables", "list-of-figures",
                                 "notices-front", "contributors", "glossary", "notices-back", "back-cover"};

} // namespace

Assembly::Assembly(const Manuscript& from, const Edition& of, const BookSelection& selected, Diagnostics& to)
    : manuscript(from), edition(of), selection(selected), diagnostics(to) {
    // 0 is the frame; the articles follow, whether or not the edition has them; then what is generated.
    parts.resize(1 + manuscript.articles.size());
    for (const std::string_view name : fixed_parts) {
        part_indices_.emplace(name, static_cast<std::uint32_t>(parts.size()));
        parts.emplace_back(name);
    }
}

std::uint32_t Assembly::part(std::string name) {
    const auto [found, is_new] = part_indices_.try_emplace(name, static_cast<std::uint32_t>(parts.size()));
    if (is_new) parts.push_back(std::move(name));
    return found->second;
}

std::uint32_t Assembly::part_of_article(std::size_t article) {
    parts[1 + article] = manuscript.articles[article].path;
    return static_cast<std::uint32_t>(1 + article);
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

std::size_t Assembly::add_scope(Scope scope) {
    scopes.push_back(std::move(scope));
    return scopes.size() - 1;
}

std::size_t Assembly::begin_fragment(SectionKind kind, Matter matter, std::string_view name) {
    Fragment& fragment = fragments.emplace_back();
    fragment.section.root = NodeId{0};
    fragment.section.kind = kind;
    fragment.section.matter = matter;
    fragment.section.name = section_names.take(name.empty() ? "section" : std::string(name));
    return fragments.size() - 1;
}

void Assembly::name_node(Node& node, std::string_view wanted) { node.info.id = ids.take(xml_name(wanted)); }

} // namespace bifolio
