#include "verify/epub/nav_lists.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

bool has_type(const XmlNode& node, std::string_view type) {
    const std::vector<std::string> types = words_of(node.get("type", xml_space::epub));
    return std::ranges::find(types, type) != types.end();
}

const XmlNode* find_nav(const EpubDocument& navigation, std::string_view type) {
    for (const XmlNode& node : navigation.xml.nodes)
        if (node.is(xml_space::xhtml, "nav") && has_type(node, type)) return &node;
    return nullptr;
}

std::vector<NavLink> links_of(const XmlNode& nav, std::string_view path) {
    std::vector<NavLink> out;
    for (const XmlNode* node = &nav; node; node = next_in_tree(node, &nav))
        if (node->is(xml_space::xhtml, "a") && node->find("href")) out.push_back({node, resolve(path, node->get("href"))});
    return out;
}

std::string label_of(const XmlNode& node) {
    std::string out;
    for (const XmlNode* at = &node; at; at = next_in_tree(at, &node)) {
        if (at->kind == XmlNode::Kind::text) out += at->text;
        if (!at->is_element()) continue;
        if (const std::string_view* alt = at->find("alt")) out += *alt;
        if (const std::string_view* label = at->find("aria-label")) out += *label;
    }
    return std::string(trimmed(out));
}

std::optional<ReadingPlace> reading_place(const EpubPublication& file, const Address& address) {
    if (address.kind != Address::Kind::inside) return std::nullopt;
    const PackageDocument& package = file.package();
    const auto item = package.item_at(address.path);
    if (!item || !package.items[*item].in_spine) return std::nullopt;
    ReadingPlace out{*package.items[*item].in_spine, 0};
    if (address.fragment.empty()) return out;
    const EpubDocument* document = file.document(address.path);
    if (!document) return std::nullopt;
    const auto target = document->ids.find(address.fragment);
    if (target == document->ids.end()) return std::nullopt;
    out.in_document = target->second->order;
    return out;
}

} // namespace bifolio
