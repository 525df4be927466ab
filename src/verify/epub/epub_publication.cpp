#include "verify/epub/epub_publication.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

constexpr std::string_view container_path = "META-INF/container.xml";
constexpr std::string_view encryption_path = "META-INF/encryption.xml";
constexpr std::string_view package_type = "application/oebps-package+xml";
constexpr std::string_view ncx_type = "application/x-dtbncx+xml";

constexpr std::string_view xhtml_type = "application/xhtml+xml";
constexpr std::array xml_types{xhtml_type, std::string_view("image/svg+xml"),          std::string_view("application/smil+xml"),
                               ncx_type,   std::string_view("application/mathml+xml"), std::string_view("text/x-oeb1-document")};

bool is_xml_type(std::string_view type) { return std::ranges::find(xml_types, type) != xml_types.end(); }

std::unique_ptr<EpubDocument> read_document(std::string path, std::string_view bytes) {
    auto document = std::make_unique<EpubDocument>();
    document->path = std::move(path);
    document->xml = read_xml(bytes);
    for (const XmlNode& node : document->xml.nodes) {
        if (!node.is_element()) continue;
        const std::string_view* id = node.find("id");
        if (!id) id = node.find("id", xml_space::xml);
        if (id) document->ids.emplace(trimmed(*id), &node);
    }
    return document;
}

} // namespace

EpubPublication::EpubPublication(EpubContainer container, const TaskPool& pool) : container_(std::move(container)) {
    std::vector<std::string> paths;
    for (const ContainerEntry& entry : container_.entries())
        if (entry.path.starts_with("META-INF/") && entry.path.ends_with(".xml")) paths.push_back(entry.path);
    read_documents(paths, pool);
    read_container();
    read_encryption();
    if (rootfiles_.empty()) return;
    read_documents({rootfiles_.front()}, pool);
    if (const EpubDocument* package = document(rootfiles_.front())) package_ = read_package(rootfiles_.front(), package->xml);
    paths.clear();
    for (const ManifestItem& item : package_.items)
        if (item.is_inside() && is_xml_type(item.media_type) && !encrypted_.contains(item.address.path))
            paths.push_back(item.address.path);
    read_documents(paths, pool);
    for (const SpineItem& one : package_.itemrefs) {
        if (!one.item || package_.items[*one.item].media_type != xhtml_type) continue;
        const EpubDocument* found = document(package_.items[*one.item].address.path);
        if (found && found->xml.well_formed()) container_.drop_bytes(found->path);
    }
}

void EpubPublication::read_documents(const std::vector<std::string>& paths, const TaskPool& pool) {
    std::vector<std::string> wanted;
    for (const std::string& path : paths)
        if (const ContainerEntry* entry = container_.find(path); entry && entry->problem.empty() && !documents_.contains(path))
            wanted.push_back(path);
    std::ranges::sort(wanted);
    wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
    auto read = pool.map(wanted.size(), [&](std::size_t i) { return read_document(wanted[i], bytes(wanted[i])); });
    for (auto& document : read) documents_.emplace(document->path, std::move(document));
}

void EpubPublication::read_container() {
    const EpubDocument* found = document(container_path);
    if (!found || !found->xml.root) return;
    for (const XmlNode* node = found->xml.root; node; node = next_in_tree(node, found->xml.root))
        if (node->is(xml_space::container, "rootfile") && trimmed(node->get("media-type")) == package_type &&
            !node->get("full-path").empty())
            rootfiles_.push_back(resolve({}, node->get("full-path")).path);
}

void EpubPublication::read_encryption() {
    const EpubDocument* found = document(encryption_path);
    if (!found || !found->xml.root) return;
    for (const XmlNode* node = found->xml.root; node; node = next_in_tree(node, found->xml.root)) {
        if (!node->is(xml_space::encryption, "EncryptedData")) continue;
        const XmlNode* method = node->child(xml_space::encryption, "EncryptionMethod");
        const XmlNode* data = node->child(xml_space::encryption, "CipherData");
        const XmlNode* reference = data ? data->child(xml_space::encryption, "CipherReference") : nullptr;
        if (reference)
            encrypted_.emplace(resolve({}, reference->get("URI")).path, method ? std::string(method->get("Algorithm")) : "");
    }
}

const EpubDocument* EpubPublication::document(std::string_view path) const {
    const auto found = documents_.find(path);
    return found == documents_.end() ? nullptr : found->second.get();
}

std::string_view EpubPublication::bytes(std::string_view path) const {
    const ContainerEntry* entry = container_.find(path);
    return entry ? std::string_view(entry->bytes) : std::string_view();
}

std::vector<const EpubDocument*> EpubPublication::spine() const {
    std::vector<const EpubDocument*> out;
    for (const SpineItem& one : package_.itemrefs) {
        const EpubDocument* found = one.item ? document(package_.items[*one.item].address.path) : nullptr;
        if (found && found->xml.root) out.push_back(found);
    }
    return out;
}

const EpubDocument* EpubPublication::navigation() const {
    const auto item = package_.item_with_property("nav");
    return item ? document(package_.items[*item].address.path) : nullptr;
}

const EpubDocument* EpubPublication::ncx() const {
    const std::string_view named = package_.spine ? trimmed(package_.spine->get("toc")) : std::string_view();
    std::optional<std::size_t> item = package_.item_with_id(named);
    if (!item)
        for (std::size_t i = 0; i < package_.items.size() && !item; ++i)
            if (package_.items[i].media_type == ncx_type) item = i;
    return item ? document(package_.items[*item].address.path) : nullptr;
}

} // namespace bifolio
