#include "verify/retail/e_book_facts.h"

#include "base/utf8.h"
#include "io/files.h"
#include "io/zip_reader.h"
#include "model/isbn.h"
#include "picture/picture.h"

#include <pugixml.hpp>

#include <map>
#include <optional>

namespace bifolio {

namespace {

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1); }

// The first descendant of that local name.
pugi::xml_node find(const pugi::xml_node& from, std::string_view name) {
    return from.find_node([&](const pugi::xml_node& node) { return local_name(node.name()) == name; });
}

std::string joined(std::string_view folder, std::string_view path) {
    std::string out(folder);
    while (path.starts_with("../") && !out.empty()) {
        path.remove_prefix(3);
        const std::size_t slash = out.rfind('/', out.size() - 2);
        out.resize(out.size() < 2 || slash == std::string::npos ? 0 : slash + 1);
    }
    return out.append(path);
}

class Reader {
public:
    explicit Reader(std::string bytes) : archive_(std::move(bytes)) {
        for (std::size_t at = 0; at < archive_.members().size(); ++at) members_.emplace(archive_.members()[at].name, at);
    }

    EBookFacts read() {
        facts_.bytes = archive_.bytes().size();
        pugi::xml_document container, package;
        parse(container, "META-INF/container.xml");
        const std::string path = find(container, "rootfile").attribute("full-path").value();
        parse(package, path);
        folder_ = path.substr(0, path.find('/') == path.npos ? 0 : path.rfind('/') + 1);
        read_metadata(find(package, "metadata"));
        for (const pugi::xml_node item : find(package, "manifest").children()) read_item(item, cover_id_);
        return std::move(facts_);
    }

private:
    void parse(pugi::xml_document& document, const std::string& path) const {
        const auto found = members_.find(path);
        if (found == members_.end()) throw IoError("the archive has no ‘" + path + "’");
        const std::string text = archive_.read(found->second);
        if (!document.load_buffer(text.data(), text.size())) throw IoError("‘" + path + "’ is not XML");
    }

    void read_metadata(const pugi::xml_node& metadata) {
        for (const pugi::xml_node one : metadata.children()) {
            const std::string_view name = local_name(one.name());
            const std::string value = one.child_value();
            if (name == "meta") {
                if (const std::string property = one.attribute("property").value(); !property.empty() && !is_blank(value))
                    facts_.metadata.insert(property);
                if (std::string_view(one.attribute("name").value()) == "cover") cover_id_ = one.attribute("content").value();
            } else if (name == "link") {
                facts_.metadata.insert(one.attribute("rel").value());
            } else if (!is_blank(value)) {
                facts_.metadata.insert("dc:" + std::string(name));
                std::string_view identifier = trimmed(value);
                if (identifier.starts_with("urn:isbn:")) identifier.remove_prefix(9);
                if (name == "identifier" && is_isbn(identifier)) facts_.isbns.emplace_back(identifier);
            }
        }
    }

    void read_item(const pugi::xml_node& item, const std::string& cover_id) {
        const std::string path = joined(folder_, item.attribute("href").value());
        const auto found = members_.find(path);
        if (found == members_.end()) return;
        const std::string_view type = item.attribute("media-type").value();
        const std::string_view properties = item.attribute("properties").value();
        if (type == "application/xhtml+xml") {
            facts_.documents.push_back({path, archive_.members()[found->second].size});
            if (properties.find("nav") != properties.npos)
                facts_.has_page_list = archive_.read(found->second).find("page-list") != std::string::npos;
        }
        if (!type.starts_with("image/")) return;
        EBookFacts::Picture picture{path};
        picture.is_drawing = type == "image/svg+xml";
        picture.bytes = archive_.members()[found->second].size;
        if (!picture.is_drawing)
            if (const auto info = probe_picture(archive_.read(found->second))) {
                picture.width = info.value().width;
                picture.height = info.value().height;
                picture.is_cmyk = info.value().components == 4;
            }
        const bool is_cover = properties.find("cover-image") != properties.npos || cover_id == item.attribute("id").value();
        (is_cover && facts_.cover.empty() ? facts_.cover : facts_.pictures).push_back(std::move(picture));
    }

    ZipReader archive_;
    std::map<std::string, std::size_t, std::less<>> members_;
    std::string folder_, cover_id_;
    EBookFacts facts_;
};

} // namespace

EBookFacts e_book_facts(std::string bytes) { return Reader(std::move(bytes)).read(); }

} // namespace bifolio
