#include "verify/epub/package_document.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

std::optional<std::size_t> look_up(const std::map<std::string, std::size_t, std::less<>>& index, std::string_view key) {
    const auto found = index.find(key);
    if (key.empty() || found == index.end()) return std::nullopt;
    return found->second;
}

// A remote address without its fragment, as the manifest and the documents write it.
std::string_view url_of(std::string_view written) { return trimmed(written.substr(0, written.find('#'))); }

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

std::optional<std::size_t> PackageDocument::item_with_id(std::string_view id) const { return look_up(by_id, id); }

std::optional<std::size_t> PackageDocument::item_at(std::string_view path_in_container) const {
    return look_up(by_path, path_in_container);
}

std::optional<std::size_t> PackageDocument::item_of(const Address& address, std::string_view written) const {
    if (address.kind == Address::Kind::remote) return look_up(by_url, url_of(written));
    return address.kind == Address::Kind::inside ? item_at(address.path) : std::nullopt;
}

std::optional<std::size_t> PackageDocument::item_with_property(std::string_view property) const {
    const auto found = std::ranges::find_if(items, [&](const ManifestItem& item) { return item.has(property); });
    if (found == items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - items.begin());
}

bool PackageDocument::falls_back_on(std::size_t item, bool (*is_wanted)(std::string_view)) const {
    constexpr int longest_chain = 100; // a longer one helps nobody, and a circle must end
    std::optional<std::size_t> at = item;
    for (int steps = 0; at && steps < longest_chain; ++steps) {
        if (is_wanted(items[*at].media_type)) return true;
        at = item_with_id(items[*at].fallback);
    }
    return false;
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
    for (std::size_t i = 0; i < out.items.size(); ++i) {
        const ManifestItem& item = out.items[i];
        out.by_id.emplace(item.id, i);
        if (item.is_inside()) out.by_path.emplace(item.address.path, i);
        if (item.is_remote()) out.by_url.emplace(url_of(item.href), i);
    }
    if (out.spine)
        for (const XmlNode& node : *out.spine) {
            if (!node.is(xml_space::opf, "itemref")) continue;
            SpineItem item;
            item.node = &node;
            item.idref = trimmed(node.get("idref"));
            item.item = out.item_with_id(item.idref);
            if (item.item && !out.items[*item.item].in_spine) out.items[*item.item].in_spine = out.itemrefs.size();
            item.linear = trimmed(node.get("linear")) != "no";
            item.properties = words_of(node.get("properties"));
            out.itemrefs.push_back(std::move(item));
        }
    return out;
}

} // namespace bifolio
