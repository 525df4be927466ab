#include "verify/epub/package_document.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

std::optional<std::size_t> position(const std::vector<ManifestItem>& items, const auto& matches) {
    const auto found = std::ranges::find_if(items, matches);
    if (found == items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - items.begin());
}

ManifestItem read_item(const XmlNode& node, std::string_view package_path) {
    ManifestItem item;
    item.node = &node;
    item.id = trimmed(node.get("id"));
    item.href = trimmed(node.get("href"));
    const std::string_view type = node.get("media-type");
    item.media_type = to_ascii_lower(trimmed(type.substr(0, type.find(';'))));
    item.address = resolve(package_path, item.href);
    item.properties = words_of(node.get("properties"));
    item.fallback = trimmed(node.get("fallback"));
    item.media_overlay = trimmed(node.get("media-overlay"));
    return item;
}

} // namespace

bool ManifestItem::has(std::string_view property) const { return std::ranges::find(properties, property) != properties.end(); }

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const auto end = std::ranges::find_if(text, is_ascii_space);
        out.emplace_back(text.begin(), end);
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
    }
    return out;
}

std::optional<std::size_t> PackageDocument::item_with_id(std::string_view id) const {
    return position(items, [&](const ManifestItem& item) { return !id.empty() && item.id == id; });
}

std::optional<std::size_t> PackageDocument::item_at(std::string_view path_in_container) const {
    return position(items, [&](const ManifestItem& item) { return item.is_inside() && item.address.path == path_in_container; });
}

std::optional<std::size_t> PackageDocument::item_with_property(std::string_view property) const {
    return position(items, [&](const ManifestItem& item) { return item.has(property); });
}

std::vector<std::string> PackageDocument::metas(std::string_view property) const {
    std::vector<std::string> out;
    if (metadata)
        for (const XmlNode& node : *metadata)
            if (node.is(xml_space::opf, "meta") && trimmed(node.get("property")) == property && !node.find("refines"))
                out.emplace_back(trimmed(text_of(node)));
    return out;
}

std::vector<std::string> PackageDocument::dublin_core(std::string_view name) const {
    std::vector<std::string> out;
    if (metadata)
        for (const XmlNode& node : *metadata)
            if (node.is(xml_space::dc, name)) out.emplace_back(trimmed(text_of(node)));
    return out;
}

PackageDocument read_package(std::string path, const XmlDocument& document) {
    PackageDocument out;
    out.path = std::move(path);
    if (!document.root || !document.root->is(xml_space::opf, "package")) return out;
    out.package = document.root;
    out.version = trimmed(out.package->get("version"));
    out.unique_identifier = trimmed(out.package->get("unique-identifier"));
    out.metadata = out.package->child(xml_space::opf, "metadata");
    out.manifest = out.package->child(xml_space::opf, "manifest");
    out.spine = out.package->child(xml_space::opf, "spine");
    if (out.manifest)
        for (const XmlNode& node : *out.manifest)
            if (node.is(xml_space::opf, "item")) out.items.push_back(read_item(node, out.path));
    if (out.spine)
        for (const XmlNode& node : *out.spine) {
            if (!node.is(xml_space::opf, "itemref")) continue;
            SpineItem item;
            item.node = &node;
            item.idref = trimmed(node.get("idref"));
            item.item = out.item_with_id(item.idref);
            item.linear = trimmed(node.get("linear")) != "no";
            item.properties = words_of(node.get("properties"));
            out.itemrefs.push_back(std::move(item));
        }
    return out;
}

} // namespace bifolio
