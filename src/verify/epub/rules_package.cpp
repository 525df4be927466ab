// rules_package.cpp: EPUB 3.3 §5, the package document: its shape, manifest, spine, collections. Metadata has a file of its own.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/file_names.h"
#include "verify/epub/media_types.h"
#include "verify/epub/schema_model.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    // Of all small vocabularies: package document, container, NCX, media overlays.
    EpubRule{"EPUB RSC-005.element", error, "an element stands where it must not",
             "Take it out, or put it where the specification has it."},
    EpubRule{"EPUB RSC-005.order", error, "an element stands in the wrong order", "Keep the order of the specification."},
    EpubRule{"EPUB RSC-005.missing-element", error, "an element is missing", "Add it."},
    EpubRule{"EPUB RSC-005.attribute", error, "an attribute is not allowed", "Take it out."},
    EpubRule{"EPUB RSC-005.missing-attribute", error, "an attribute is missing", "Add it."},
    EpubRule{"EPUB RSC-005.value", error, "an attribute's value is not of the right form",
             "Write one of the values that the specification has."},
    EpubRule{"EPUB RSC-005.text", error, "an element holds no text where it must, or text where it must not",
             "Write its value, or take the text out."},
    EpubRule{"EPUB RSC-005.id", error, "an id occurs twice in the document", "Give each element an id of its own."},
    EpubRule{"EPUB RSC-005.package", error, "the package document is none",
             "Let its root be package of the namespace http://www.idpf.org/2007/opf."},
    EpubRule{"EPUB OPF-001", error, "the version of the package is unknown", "Say version=\"3.0\"."},
    EpubRule{"EPUB OPF-004", error, "a prefix attribute is not of the right form", "Write prefix, colon, space, address."},
    EpubRule{"EPUB OPF-007", warning, "a reserved prefix has another meaning", "Choose another prefix."},
    EpubRule{"EPUB OPF-007a", error, "the prefix _ is declared", "Choose another prefix."},
    EpubRule{"EPUB OPF-007b", error, "a prefix is declared for a default vocabulary",
             "Leave it out and write the names without a prefix."},
    EpubRule{"EPUB OPF-007c", error, "a prefix is declared for Dublin Core elements", "Use the dc: elements."},
    EpubRule{"EPUB OPF-012", error, "a property does not fit the item's media type",
             "Take the property away, or mend media-type."},
    EpubRule{"EPUB OPF-025", error, "a list stands where one value is asked for", "Write one value."},
    EpubRule{"EPUB OPF-026", error, "a property is no name", "Write prefix:name or name."},
    EpubRule{"EPUB OPF-027", error, "a property is not defined", "Write one of the vocabulary, or declare a prefix of your own."},
    EpubRule{"EPUB OPF-028", error, "a prefix is not declared", "Declare it in the prefix attribute of the root element."},
    EpubRule{"EPUB OPF-086", warning, "a property is deprecated", "Leave it out."},
    EpubRule{"EPUB OPF-031", error, "the guide names a file that is not in the manifest",
             "List the file, or take the reference out."},
    EpubRule{"EPUB OPF-033", error, "nothing in the spine is linear", "Let one itemref at least be linear."},
    EpubRule{"EPUB RSC-005.itemref", error, "the spine names an item twice", "Name each item once."},
    EpubRule{"EPUB OPF-035", warning, "an item is declared as text/html", "EPUB documents are application/xhtml+xml."},
    EpubRule{"EPUB OPF-037", warning, "a media type is deprecated", "Use the media type of today."},
    EpubRule{"EPUB OPF-040", error, "a fallback names no item", "Name the id of an item."},
    EpubRule{"EPUB OPF-043", error, "a foreign resource in the spine has no content document to fall back on",
             "Give the item a fallback that ends at an XHTML or SVG document."},
    EpubRule{"EPUB OPF-045", error, "fallbacks lead in a circle", "Let the chain end."},
    EpubRule{"EPUB OPF-049", error, "an itemref names no item", "Name the id of an item."},
    EpubRule{"EPUB OPF-050", error, "the spine's toc is not the NCX", "Name the id of the NCX's item."},
    EpubRule{"EPUB OPF-070", warning, "a collection's role is no address",
             "Write a role of the specification, or a whole address."},
    EpubRule{"EPUB OPF-074", error, "two items name the same file", "List each file once."},
    EpubRule{"EPUB OPF-090", note, "a media type is not the preferred one",
             "The preferred one is known to more reading systems."},
    EpubRule{"EPUB OPF-091", error, "an item's href has a fragment", "Name the file alone."},
    EpubRule{"EPUB OPF-099", error, "the manifest lists the package document", "Take the item out."},
    EpubRule{"EPUB OPF-003", note, "a file of the container is not in the manifest", "List it, or leave it out of the archive."},
    EpubRule{"EPUB RSC-001", error, "a file of the manifest is not in the container", "Add the file, or take the item out."},
    EpubRule{"EPUB RSC-005.nav-item", error, "not exactly one item is the navigation document",
             "Give one XHTML item properties=\"nav\"."},
    EpubRule{"EPUB RSC-005.cover-image", error, "more than one item is the cover image",
             "Let one item have properties=\"cover-image\"."},
    EpubRule{"EPUB RSC-005.toc", error, "there is an NCX, and the spine's toc does not name it", "Name its id in toc of spine."},
    EpubRule{"EPUB RSC-005.collection", error, "a collection is not as its role asks",
             "A manifest collection stands in another one and holds links alone."},
    EpubRule{"EPUB RSC-017.package", warning, "the package document uses what is deprecated", "Leave it out."},
};

constexpr std::string_view text_attributes = "id xml:lang dir";
constexpr auto text = ElementModel::Text::needed;
constexpr std::array model{
    ElementModel{"package", "version! unique-identifier! id prefix xml:lang dir",
                 "metadata manifest spine guide? bindings? collection*"},
    ElementModel{"metadata", "id xml:lang dir",
                 "& dc:identifier+ dc:title+ dc:language+ dc:date? dc:source* dc:type* dc:format* dc:creator* dc:subject* "
                 "dc:description* dc:publisher* dc:contributor* dc:relation* dc:coverage* dc:rights* meta* link*",
                 ElementModel::Text::none, "package"},
    ElementModel{"metadata", "id xml:lang dir",
                 "& dc:identifier* dc:title* dc:language* dc:date* dc:source* dc:type* dc:format* dc:creator* dc:subject* "
                 "dc:description* dc:publisher* dc:contributor* dc:relation* dc:coverage* dc:rights* meta* link*",
                 ElementModel::Text::none, "collection"},
    ElementModel{"dc:identifier", "id", "", text},
    ElementModel{"dc:title", text_attributes, "", text},
    ElementModel{"dc:language", "id", "", text},
    ElementModel{"dc:date", "id", "", text},
    ElementModel{"dc:source", text_attributes, "", text},
    ElementModel{"dc:type", "id", "", text},
    ElementModel{"dc:format", "id", "", text},
    ElementModel{"dc:creator", text_attributes, "", text},
    ElementModel{"dc:subject", text_attributes, "", text},
    ElementModel{"dc:description", text_attributes, "", text},
    ElementModel{"dc:publisher", text_attributes, "", text},
    ElementModel{"dc:contributor", text_attributes, "", text},
    ElementModel{"dc:relation", text_attributes, "", text},
    ElementModel{"dc:coverage", text_attributes, "", text},
    ElementModel{"dc:rights", text_attributes, "", text},
    ElementModel{"meta", "property refines id scheme xml:lang dir name content", "", ElementModel::Text::any},
    ElementModel{"link", "href! hreflang rel id refines media-type properties", ""},
    ElementModel{"manifest", "id", "item+"},
    ElementModel{"item", "id! href! media-type! fallback media-overlay properties", ""},
    ElementModel{"spine", "id toc page-progression-direction", "itemref+"},
    ElementModel{"itemref", "idref! linear id properties", ""},
    ElementModel{"guide", "", "reference+"},
    ElementModel{"reference", "href! type! title", ""},
    ElementModel{"bindings", "", "mediaType+"},
    ElementModel{"mediaType", "media-type! handler!", ""},
    ElementModel{"collection", "id dir xml:lang role!", "metadata? collection* link*"},
};

// An NCName, as far as ASCII goes.
bool is_xml_name(std::string_view name) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    };
    return !name.empty() && is_letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

bool is_media_type(std::string_view type) {
    const std::size_t slash = type.find('/');
    const auto fits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   std::string_view("!#$&+-^_.").find(c) != std::string_view::npos;
        });
    };
    return slash != std::string_view::npos && fits(type.substr(0, slash)) &&
           fits(trimmed(type.substr(slash + 1, type.find(';') == std::string_view::npos ? std::string_view::npos
                                                                                        : type.find(';') - slash - 1)));
}

void check_values(const PackageDocument& package, const Reporter& report) {
    const auto one_of = [&](const XmlNode& node, std::string_view attribute, std::initializer_list<std::string_view> values) {
        const std::string_view* value = node.find(attribute);
        if (value && std::ranges::find(values, trimmed(*value)) == values.end())
            report("EPUB RSC-005.value", named(*value) + " is no value of " + named(attribute), &node);
    };
    std::set<std::string> ids;
    for (const XmlNode* node = package.package; node; node = next_in_tree(node, package.package)) {
        if (!node->is_element()) continue;
        if (const std::string_view* id = node->find("id"); id && !ids.insert(std::string(trimmed(*id))).second)
            report("EPUB RSC-005.id", "the id " + named(*id) + " occurs twice", node);
        if (const std::string_view* id = node->find("id"); id && !is_xml_name(trimmed(*id)))
            report("EPUB RSC-005.value", named(*id) + " is no id", node);
        one_of(*node, "dir", {"ltr", "rtl", "auto"});
        for (const XmlAttribute& attribute : node->attributes)
            if (!attribute.space.empty() && attribute.space != xml_space::xml && attribute.space != xml_space::opf &&
                attribute.space != xml_space::epub)
                report("EPUB RSC-005.attribute",
                       named(attribute.name) + " of the namespace " + named(attribute.space) + " is not allowed", node);
        if (node->is(xml_space::opf, "spine")) one_of(*node, "page-progression-direction", {"ltr", "rtl", "default"});
        if (node->is(xml_space::opf, "itemref")) one_of(*node, "linear", {"yes", "no"});
        if (node->is(xml_space::opf, "item") && node->find("media-type") && !is_media_type(trimmed(node->get("media-type"))))
            report("EPUB RSC-005.value", named(node->get("media-type")) + " is no media type", node);
        if (node->is(xml_space::opf, "bindings")) report("EPUB RSC-017.package", "‘bindings’ is deprecated", node);
    }
}

void check_fallbacks(const PackageDocument& package, const Reporter& report) {
    for (const ManifestItem& item : package.items) {
        if (item.fallback.empty()) continue;
        const auto next = package.item_with_id(item.fallback);
        if (!next) report("EPUB OPF-040", "no item has the id " + named(item.fallback), item.node);
    }
    std::set<std::size_t> done; // items whose chain is known
    for (std::size_t first = 0; first < package.items.size(); ++first) {
        std::vector<std::size_t> chain;
        std::optional<std::size_t> at = first;
        while (at && !done.contains(*at) && std::ranges::find(chain, *at) == chain.end() && chain.size() < 1000) {
            chain.push_back(*at);
            at = package.item_with_id(package.items[*at].fallback);
        }
        if (at && !done.contains(*at) && !chain.empty())
            report("EPUB OPF-045", "the fallbacks of " + named(package.items[*at].id) + " lead back to it",
                   package.items[*at].node);
        done.insert(chain.begin(), chain.end());
    }
}

void check_properties_of(const ManifestItem& item, const Reporter& report) {
    const auto needs = [&](std::string_view property, bool fits) {
        if (item.has(property) && !fits)
            report("EPUB OPF-012", named(property) + " does not fit " + named(item.media_type), item.node);
    };
    const bool xhtml = item.media_type == media_type::xhtml, svg = item.media_type == media_type::svg;
    needs("cover-image", is_core_image(item.media_type));
    needs("nav", xhtml);
    needs("mathml", xhtml);
    needs("svg", xhtml);
    needs("switch", xhtml);
    needs("scripted", xhtml || svg);
    needs("remote-resources", xhtml || svg || item.media_type == media_type::css || item.media_type == media_type::smil);
}

void check_manifest(const ExaminedEpub& epub, const Prefixes& prefixes, const Reporter& report) {
    const PackageDocument& package = epub.package();
    std::set<std::string> paths;
    std::size_t navs = 0, covers = 0;
    for (const ManifestItem& item : package.items) {
        check_properties(item.node->get("properties"), Vocabulary::item, prefixes, *item.node, report);
        check_properties_of(item, report);
        if (item.has("nav")) ++navs;
        if (item.has("nav") && item.media_type != media_type::xhtml)
            report("EPUB RSC-005.nav-item", "the navigation document is not XHTML", item.node);
        if (item.has("cover-image") && ++covers == 2)
            report("EPUB RSC-005.cover-image", "a second item is the cover image", item.node);
        if (item.media_type == "text/html" && item.in_spine) report("EPUB OPF-035", "it is declared as text/html", item.node);
        if (item.media_type == "text/x-oeb1-document" || item.media_type == "text/x-oeb1-css")
            report("EPUB OPF-037", named(item.media_type) + " is deprecated", item.node);
        for (const std::string_view old : {"application/font-sfnt", "application/vnd.ms-opentype", "application/font-woff",
                                           "application/x-font-ttf", "text/javascript", "application/ecmascript"})
            if (item.media_type == old && old != "text/javascript")
                report("EPUB OPF-090", named(item.media_type) + " is not the preferred media type", item.node);
        if (!item.is_inside()) continue; // what else an address may be: rules_resources.cpp
        if (item.address.path == package.path) report("EPUB OPF-099", "the package document lists itself", item.node);
        if (!paths.insert(item.address.path).second)
            report("EPUB OPF-074", named(item.address.path) + " is listed twice", item.node);
        if (!item.address.leaks && !item.address.absolute && !item.href.empty() && !epub.file.container().find(item.address.path))
            report("EPUB RSC-001", "there is no file " + named(item.address.path), item.node);
    }
    if (package.manifest && navs != 1)
        report("EPUB RSC-005.nav-item", std::to_string(navs) + " items are the navigation document", package.manifest);
    for (const ContainerEntry& entry : epub.file.container().entries()) {
        const bool belongs = entry.is_folder() || entry.path == "mimetype" || entry.path.starts_with("META-INF/") ||
                             std::ranges::find(epub.file.rootfiles(), entry.path) != epub.file.rootfiles().end();
        if (!belongs && !paths.contains(composed(entry.path)) && first_invalid_utf8(entry.path) == std::string::npos)
            report.findings.add("EPUB OPF-003", "the manifest does not list it", entry.path);
    }
}

void check_spine(const PackageDocument& package, const Prefixes& prefixes, const Reporter& report) {
    std::set<std::size_t> seen;
    bool linear = false;
    for (const SpineItem& itemref : package.itemrefs) {
        linear = linear || itemref.linear;
        check_properties(itemref.node->get("properties"), Vocabulary::itemref, prefixes, *itemref.node, report);
        if (!itemref.item) {
            report("EPUB OPF-049", "no item has the id " + named(itemref.idref), itemref.node);
            continue;
        }
        if (!seen.insert(*itemref.item).second)
            report("EPUB RSC-005.itemref", "the item " + named(itemref.idref) + " stands in the spine already", itemref.node);
        if (!package.falls_back_on(*itemref.item, is_content_document))
            report("EPUB OPF-043", named(package.items[*itemref.item].media_type) + " has no content document to fall back on",
                   package.items[*itemref.item].node);
    }
    if (!package.itemrefs.empty() && !linear) report("EPUB OPF-033", "all itemrefs are linear=\"no\"", package.spine);
    const auto ncx = std::ranges::find(package.items, media_type::ncx, &ManifestItem::media_type);
    if (const std::string_view* toc = package.spine ? package.spine->find("toc") : nullptr) {
        const auto item = package.item_with_id(trimmed(*toc));
        if (!item)
            report("EPUB OPF-049", "no item has the id " + named(*toc), package.spine);
        else if (package.items[*item].media_type != media_type::ncx)
            report("EPUB OPF-050", named(*toc) + " is " + named(package.items[*item].media_type), package.spine);
    } else if (package.spine && ncx != package.items.end())
        report("EPUB RSC-005.toc", "‘spine’ has no ‘toc’", package.spine);
}

void check_collections(const XmlNode& root, const Reporter& report) {
    for (const XmlNode* node = &root; node; node = next_in_tree(node, &root)) {
        if (!node->is(xml_space::opf, "collection")) continue;
        if (!node->child(xml_space::opf, "link") && !node->child(xml_space::opf, "collection"))
            report("EPUB RSC-005.missing-element", "‘collection’ holds neither links nor collections", node);
        for (const std::string& role : words_of(node->get("role"))) {
            if (role.find(':') != std::string::npos) {
                const Address address = resolve({}, role);
                if (address.kind == Address::Kind::malformed) report("EPUB OPF-070", named(role) + " is no address", node);
            }
            if (role != "manifest") continue;
            if (!node->parent->is(xml_space::opf, "collection"))
                report("EPUB RSC-005.collection", "a manifest collection does not stand in another one", node);
            if (node->child(xml_space::opf, "metadata") || node->child(xml_space::opf, "collection"))
                report("EPUB RSC-005.collection", "a manifest collection holds more than links", node);
        }
    }
}

void check_guide(const ExaminedEpub& epub, const Reporter& report) {
    const PackageDocument& package = epub.package();
    const XmlNode* guide = package.package->child(xml_space::opf, "guide");
    if (!guide) return;
    std::map<std::pair<std::string, std::string>, const XmlNode*> seen;
    for (const XmlNode& node : *guide) {
        if (!node.is(xml_space::opf, "reference")) continue;
        const std::string_view href = trimmed(node.get("href"));
        if (!seen.emplace(std::pair(to_ascii_lower(trimmed(node.get("type"))), to_ascii_lower(href)), &node).second)
            report("EPUB RSC-017.package", "the guide names the same file twice for the same", &node);
        const Address address = resolve(package.path, href);
        if (address.kind == Address::Kind::inside && !package.item_at(address.path))
            report("EPUB OPF-031", named(href) + " is not in the manifest", &node);
    }
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    const PackageDocument& package = epub.package();
    if (package.path.empty()) return;
    const Reporter report{findings, package.path};
    if (!package.package) {
        if (const EpubDocument* document = epub.file.document(package.path); document && document->xml.root)
            report("EPUB RSC-005.package", "the root element is not ‘package’ of its namespace", document->xml.root);
        return;
    }
    if (package.version != "3.0") report("EPUB OPF-001", "the version is " + named(package.version), package.package);
    check_model(*package.package, xml_space::opf, model, report);
    const Prefixes prefixes = read_prefixes(package.package->get("prefix"), PrefixPlace::package, *package.package, report);
    check_values(package, report);
    check_manifest(epub, prefixes, report);
    check_fallbacks(package, report);
    check_spine(package, prefixes, report);
    check_collections(*package.package, report);
    check_guide(epub, report);
}

} // namespace

EpubChapter chapter_of_package() { return {"EPUB 3.3 §5, package document", EpubStandard::epub_3_3, rules, check, nullptr}; }

} // namespace bifolio
