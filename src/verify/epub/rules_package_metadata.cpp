// rules_package_metadata.cpp: EPUB 3.3 §5.5 and appendix D.3, D.4: what the package says of the publication.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB OPF-048", error, "package has no unique-identifier",
             "Name the id of the dc:identifier that identifies the publication."},
    EpubRule{"EPUB RSC-005.unique-identifier", error, "unique-identifier names no dc:identifier",
             "Name the id of a dc:identifier."},
    EpubRule{"EPUB RSC-005.modified", error, "dcterms:modified is not there once, in the form YYYY-MM-DDThh:mm:ssZ",
             "Write <meta property=\"dcterms:modified\"> once, in UTC."},
    EpubRule{"EPUB RSC-005.refines", error, "refines does not name an element",
             "Write # and the id of an element of the package document."},
    EpubRule{"EPUB RSC-017.refines", warning, "refines names a file, not its item", "Write # and the id of the file's item."},
    EpubRule{"EPUB OPF-065", error, "metadata refine each other in a circle", "Let the chain of refines end."},
    EpubRule{"EPUB RSC-005.meta", error, "a property refines what it must not, or stands where it must not",
             "Let it refine what the vocabulary has for it, once."},
    EpubRule{"EPUB RSC-017.meta", warning, "a property is deprecated", "Leave it out."},
    EpubRule{"EPUB OPF-053", warning, "a date is not of the form that is asked for", "Write YYYY, YYYY-MM or YYYY-MM-DD."},
    EpubRule{"EPUB OPF-085", warning, "an identifier says that it is a UUID and is none",
             "Mend the UUID, or leave urn:uuid: out."},
    EpubRule{"EPUB OPF-092", error, "a language tag is not well-formed", "Write a tag such as en or en-GB."},
    EpubRule{"EPUB RSC-005.link", error, "a link is not as its relation asks", "A record has no refines, voicing has one."},
    EpubRule{"EPUB OPF-089", error, "alternate stands beside other relations", "Write a link of its own for it."},
    EpubRule{"EPUB OPF-093", error, "a link to a file of the container has no media type", "Add media-type."},
    EpubRule{"EPUB OPF-094", error, "a record or voicing link has no media type", "Add media-type."},
    EpubRule{"EPUB OPF-095", error, "a voicing link is not audio", "Link an audio file, with its media type."},
    EpubRule{"EPUB OPF-098", error, "a link names an element of the package document",
             "Link a resource; refines is for elements."},
    EpubRule{"EPUB OPF-067", error, "a resource is linked from the metadata and listed in the manifest", "Leave one out.",
             "EPUB 3.3 allows it where content uses the resource too, which can be told of few cases only"},
    EpubRule{"EPUB RSC-007.link", warning, "a linked file is not in the container", "Add the file, or take the link out."},
    EpubRule{"EPUB OPF-055", note, "an element of the metadata is empty", "Write its value.", "RSC-005.text says so"},
};

class MetadataLook {
public:
    MetadataLook(const ExaminedEpub& epub, const Reporter& report)
        : epub_(epub), package_(epub.package()), report_(report), root_(*package_.package) {
        prefixes_ = read_prefixes(root_.get("prefix"), PrefixPlace::package, root_, {ignored_, {}});
        for (const XmlNode* node = &root_; node; node = next_in_tree(node, &root_))
            if (node->is_element())
                if (const std::string_view* id = node->find("id")) ids_.emplace(trimmed(*id), node);
    }

    void look() {
        check_identifier();
        check_modified();
        for (const XmlNode* node = &root_; node; node = next_in_tree(node, &root_)) {
            if (!node->is_element()) continue;
            if (node->find("refines")) check_refines(*node);
            check_languages(*node);
            if (node->is(xml_space::dc, "date")) check_date(*node);
            if (node->is(xml_space::dc, "identifier")) check_uuid(*node);
            if (node->is(xml_space::opf, "meta")) check_meta(*node);
            if (node->is(xml_space::opf, "link")) check_link(*node);
        }
        check_cycles();
        if (package_.metadata) check_counts(*package_.metadata);
    }

private:
    const XmlNode* refined(const XmlNode& node) const {
        const std::string_view refines = trimmed(node.get("refines"));
        if (!refines.starts_with('#')) return nullptr;
        const auto found = ids_.find(refines.substr(1));
        return found == ids_.end() ? nullptr : found->second;
    }
    static std::string_view property(const XmlNode& node) { return trimmed(node.get("property")); }
    static bool is_meta(const XmlNode* node, std::string_view name) {
        return node && node->is(xml_space::opf, "meta") && property(*node) == name;
    }
    static bool in_collection(const XmlNode& node) {
        for (const XmlNode* at = &node; at; at = at->parent)
            if (at->is(xml_space::opf, "collection")) return true;
        return false;
    }

    void check_identifier() {
        if (package_.unique_identifier.empty()) {
            report_("EPUB OPF-048", "‘package’ has no ‘unique-identifier’", &root_);
            return;
        }
        const auto found = ids_.find(package_.unique_identifier);
        if (found == ids_.end() || !found->second->is(xml_space::dc, "identifier") ||
            !found->second->parent->is(xml_space::opf, "metadata"))
            report_("EPUB RSC-005.unique-identifier", "no dc:identifier has the id " + named(package_.unique_identifier), &root_);
    }

    void check_modified() {
        if (!package_.metadata) return;
        std::size_t count = 0;
        for (const XmlNode& node : *package_.metadata) {
            if (!is_meta(&node, "dcterms:modified")) continue;
            if (!node.find("refines")) ++count;
            const std::string text = text_of(node);
            const std::string_view date = trimmed(text);
            if (date.size() != 20 || !date.ends_with('Z') || !is_w3c_date(date))
                report_("EPUB RSC-005.modified", named(date) + " is not of the form YYYY-MM-DDThh:mm:ssZ", &node);
        }
        if (count != 1)
            report_("EPUB RSC-005.modified", "dcterms:modified is there " + std::to_string(count) + " times", package_.metadata);
    }

    void check_refines(const XmlNode& node) {
        const std::string_view refines = trimmed(node.get("refines"));
        const Address address = resolve(package_.path, refines);
        if (address.kind != Address::Kind::inside)
            report_("EPUB RSC-005.refines", named(refines) + " is no relative address", &node);
        else if (refines.starts_with('#')) {
            if (!ids_.contains(refines.substr(1)))
                report_("EPUB RSC-005.refines", "no element has the id " + named(refines.substr(1)), &node);
        } else if (const auto item = package_.item_at(address.path); item && !address.has_fragment)
            report_("EPUB RSC-017.refines", named(refines) + " is the item #" + package_.items[*item].id, &node);
    }

    void check_cycles() {
        std::map<const XmlNode*, const XmlNode*> seen; // and from which start
        for (const auto& [id, start] : ids_)
            for (const XmlNode* at = start; at; at = refined(*at)) {
                const auto [before, is_new] = seen.emplace(at, start);
                if (is_new) continue;
                if (before->second != start) break;
                report_("EPUB OPF-065", named(id) + " refines itself in the end", start);
                return;
            }
    }

    void check_languages(const XmlNode& node) {
        const auto judge = [&](std::string_view tag) {
            if (!tag.empty() && !is_bcp_47_tag(tag)) report_("EPUB OPF-092", named(tag) + " is no language tag", &node);
        };
        judge(node.get("lang", xml_space::xml));
        judge(node.get("hreflang"));
        if (node.is(xml_space::dc, "language")) judge(trimmed(text_of(node)));
    }

    void check_date(const XmlNode& node) {
        const std::string text = text_of(node);
        if (!is_blank(text) && !is_w3c_date(trimmed(text)))
            report_("EPUB OPF-053", named(trimmed(text)) + " is no such date", &node);
    }

    void check_uuid(const XmlNode& node) {
        const std::string text = to_ascii_lower(trimmed(text_of(node)));
        std::string_view uuid = text;
        if (!uuid.starts_with("urn:uuid:")) return;
        uuid.remove_prefix(9);
        bool fits = uuid.size() == 36;
        for (std::size_t i = 0; fits && i < uuid.size(); ++i)
            fits = i == 8 || i == 13 || i == 18 || i == 23
                       ? uuid[i] == '-'
                       : std::string_view("0123456789abcdef").find(uuid[i]) != std::string_view::npos;
        if (!fits) report_("EPUB OPF-085", named(uuid) + " is no UUID", &node);
    }

    void check_meta(const XmlNode& node) {
        if (!node.find("property")) { // of EPUB 2: name and content
            if (!node.find("name") || !node.find("content"))
                report_("EPUB RSC-005.missing-attribute", "‘meta’ needs ‘property’", &node);
            return;
        }
        if (property(node).empty()) report_("EPUB RSC-005.value", "‘property’ is empty", &node);
        if (is_blank(text_of(node))) report_("EPUB RSC-005.text", "‘meta’ is empty", &node);
        check_properties(node.get("property"), Vocabulary::meta, prefixes_, node, report_);
        check_properties(node.get("scheme"), Vocabulary::meta_scheme, prefixes_, node, report_);
        if (in_collection(node)) return;
        check_targets(node);
        check_rendition(node);
        check_overlay(node);
        const std::string_view name = property(node);
        for (const std::string_view once :
             {"collection-type", "display-seq", "file-as", "group-position", "identifier-type", "source-of", "title-type"})
            if (name == once && !refined_once_.emplace(name, trimmed(node.get("refines"))).second)
                report_("EPUB RSC-005.meta", named(once) + " refines the same twice", &node);
        if (name == "meta-auth") report_("EPUB RSC-017.meta", "‘meta-auth’ is deprecated", &node);
    }

    void check_targets(const XmlNode& node) {
        const std::string_view name = property(node);
        const XmlNode* target = refined(node);
        const auto needs = [&](bool fits, const char* what) {
            if (!fits) report_("EPUB RSC-005.meta", named(name) + " does not refine " + what, &node);
        };
        const auto is_dc = [&](std::initializer_list<std::string_view> names) {
            return target && target->space == xml_space::dc && std::ranges::find(names, target->name) != names.end();
        };
        if (name == "authority" || name == "term") needs(is_dc({"subject"}), "a dc:subject");
        if (name == "belongs-to-collection" && node.find("refines"))
            needs(is_meta(target, name), "another belongs-to-collection");
        if (name == "collection-type") needs(is_meta(target, "belongs-to-collection"), "a belongs-to-collection");
        if (name == "identifier-type") needs(is_dc({"identifier", "source"}), "a dc:identifier or dc:source");
        if (name == "role") needs(is_dc({"creator", "contributor", "publisher"}), "a dc:creator, dc:contributor or dc:publisher");
        if (name == "title-type") needs(is_dc({"title"}), "a dc:title");
        if (name == "source-of") {
            needs(is_dc({"source"}), "a dc:source");
            if (trimmed(text_of(node)) != "pagination") report_("EPUB RSC-005.meta", "‘source-of’ is not ‘pagination’", &node);
        }
    }

    void check_rendition(const XmlNode& node) {
        static const std::map<std::string_view, std::vector<std::string_view>> values{
            {"rendition:flow", {"paginated", "scrolled-continuous", "scrolled-doc", "auto"}},
            {"rendition:layout", {"reflowable", "pre-paginated"}},
            {"rendition:orientation", {"landscape", "portrait", "auto"}},
            {"rendition:spread", {"none", "landscape", "portrait", "both", "auto"}}};
        const std::string text = text_of(node);
        const std::string_view value = trimmed(text);
        if (property(node) == "rendition:viewport" && !is_viewport(value))
            report_("EPUB RSC-005.meta", named(value) + " is not width=…, height=…", &node);
        const auto found = values.find(property(node));
        if (found == values.end()) return;
        if (node.find("refines")) report_("EPUB RSC-005.meta", named(found->first) + " refines something", &node);
        if (std::ranges::find(found->second, value) == found->second.end())
            report_("EPUB RSC-005.meta", named(value) + " is no value of " + named(found->first), &node);
        else if (found->first == "rendition:spread" && value == "portrait")
            report_("EPUB OPF-086", "‘rendition:spread’ ‘portrait’ is deprecated", &node);
    }

    static bool is_viewport(std::string_view text) {
        bool width = false, height = false;
        while (!text.empty()) {
            bool& which = text.starts_with("width=") ? width : height;
            if (which || (!text.starts_with("width=") && !text.starts_with("height="))) return false;
            which = true;
            text.remove_prefix(text.find('=') + 1);
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            if (digits == 0) return false;
            text = trimmed(text.substr(digits));
            if (text.empty()) break;
            if (!text.starts_with(',')) return false;
            text = trimmed(text.substr(1));
        }
        return width && height;
    }

    void check_overlay(const XmlNode& node) {
        const std::string_view name = property(node);
        if (name != "media:active-class" && name != "media:playback-active-class") return;
        if (node.find("refines")) report_("EPUB RSC-005.meta", named(name) + " refines something", &node);
        if (words_of(text_of(node)).size() > 1) report_("EPUB RSC-005.meta", named(name) + " names more than one class", &node);
    }

    // Of properties of the publication as a whole, at most one; authority and term in pairs.
    void check_counts(const XmlNode& metadata) {
        for (const std::string_view once : {"rendition:flow", "rendition:layout", "rendition:orientation", "rendition:spread",
                                            "rendition:viewport", "media:active-class", "media:playback-active-class"}) {
            std::size_t count = 0;
            for (const XmlNode& node : metadata)
                if (is_meta(&node, once) && !(once == "rendition:viewport" && node.find("refines")) && ++count == 2)
                    report_("EPUB RSC-005.meta", named(once) + " is there more than once", &node);
        }
        std::map<const XmlNode*, std::pair<std::size_t, std::size_t>> pairs; // of subjects: authorities, terms
        for (const XmlNode& node : metadata) {
            const XmlNode* target = refined(node);
            if (!target || !target->is(xml_space::dc, "subject")) continue;
            pairs[target].first += is_meta(&node, "authority") ? 1 : 0;
            pairs[target].second += is_meta(&node, "term") ? 1 : 0;
        }
        for (const XmlNode& subject : metadata)
            if (const auto found = pairs.find(&subject);
                found != pairs.end() && (found->second.first != found->second.second || found->second.first > 1))
                report_("EPUB RSC-005.meta", "‘authority’ and ‘term’ do not come as one pair", &subject);
    }

    void check_link(const XmlNode& node) {
        const Address address = resolve(package_.path, node.get("href"));
        const std::vector<std::string> relations = words_of(node.get("rel"));
        const auto is = [&](std::string_view one) { return std::ranges::find(relations, one) != relations.end(); };
        const std::string_view type = trimmed(node.get("media-type"));
        if (!in_collection(node)) {
            if (!node.find("rel")) report_("EPUB RSC-005.missing-attribute", "‘link’ needs ‘rel’", &node);
            check_properties(node.get("rel"), Vocabulary::link_rel, prefixes_, node, report_);
            check_properties(node.get("properties"), Vocabulary::link_properties, prefixes_, node, report_);
            if (const std::string_view* properties = node.find("properties"); properties && is_blank(*properties))
                report_("EPUB RSC-005.value", "‘properties’ is empty", &node);
            if (is("record") && node.find("refines")) report_("EPUB RSC-005.link", "a record refines something", &node);
            if (is("voicing") && !node.find("refines")) report_("EPUB RSC-005.link", "‘voicing’ refines nothing", &node);
            if (is("alternate") && relations.size() > 1) report_("EPUB OPF-089", "‘alternate’ stands beside other words", &node);
            if ((is("record") || is("voicing")) && type.empty())
                report_("EPUB OPF-094", "the link has no media type", &node);
            else if (is("voicing") && !is_audio(type))
                report_("EPUB OPF-095", named(type) + " is no audio", &node);
            else if (type.empty() && address.kind == Address::Kind::inside && address.path != package_.path)
                report_("EPUB OPF-093", "the link has no media type", &node);
        }
        if (address.kind != Address::Kind::inside) return;
        if (address.path == package_.path && address.has_fragment) {
            report_("EPUB OPF-098", named(node.get("href")) + " is an element", &node);
            return;
        }
        if (!address.leaks && !address.absolute && !address.path.empty() && !epub_.file.container().find(address.path))
            report_("EPUB RSC-007.link", "there is no file " + named(address.path), &node);
    }

    const ExaminedEpub& epub_;
    const PackageDocument& package_;
    const Reporter& report_;
    const XmlNode& root_;
    EpubFindings ignored_; // of the prefixes: the chapter of the package document reports them
    Prefixes prefixes_;
    std::map<std::string, const XmlNode*, std::less<>> ids_;
    std::set<std::pair<std::string_view, std::string_view>> refined_once_; // property, refines
};

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    if (epub.package().package) MetadataLook(epub, {findings, epub.package().path}).look();
}

} // namespace

EpubChapter chapter_of_package_metadata() { return {"EPUB 3.3 §5.5, metadata", EpubStandard::epub_3_3, rules, check, nullptr}; }

} // namespace bifolio
