// rules_navigation.cpp: EPUB 3.3 §7, the navigation document, and the NCX of EPUB 2 (§5.9.3).
#include "base/number.h"
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"
#include "verify/epub/nav_lists.h"
#include "verify/epub/schema_model.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-005.nav-toc", error, "the navigation document has not exactly one table of contents",
             "Add one <nav epub:type=\"toc\">."},
    EpubRule{"EPUB RSC-005.nav-twice", error, "there are two page lists or lists of landmarks", "Keep one."},
    EpubRule{"EPUB RSC-005.nav-content", error, "a nav element is not built as it must be",
             "A heading may come first, then one ol; in each li an a, or a span with an ol."},
    EpubRule{"EPUB RSC-005.nav-label", error, "an entry or a heading of the navigation has no text", "Write what it leads to."},
    EpubRule{"EPUB RSC-005.nav-heading", error, "a list of another kind has no heading", "Begin the nav element with a heading."},
    EpubRule{"EPUB RSC-005.nav-landmark", error, "a landmark has no epub:type, or is there twice",
             "Say what it is with epub:type, once for each place."},
    EpubRule{"EPUB RSC-017.nav-nested", warning, "a page list or a list of landmarks is nested", "Write one flat list."},
    EpubRule{"EPUB NAV-010", error, "the navigation leads to the web", "Lead to the publication's own documents."},
    EpubRule{"EPUB NAV-011", warning, "the table of contents is not in reading order",
             "Order it as the spine and the documents are."},
    EpubRule{"EPUB NCX-001", error, "the NCX names another identifier than the package", "Write the same in dtb:uid."},
    EpubRule{"EPUB NCX-006", note, "a label of the NCX is empty", "Write what it leads to."},
    EpubRule{"EPUB RSC-005.ncx", error, "an id, or a page, occurs twice in the NCX",
             "Give each element an id of its own, each page its number."},
    EpubRule{"EPUB RSC-005.play-order", error, "the playOrder of the NCX does not count from 1 without gaps",
             "Count anew, or leave playOrder out."},
};

bool is_heading(const XmlNode& node) {
    return node.space == xml_space::xhtml &&
           ((node.name.size() == 2 && node.name[0] == 'h' && node.name[1] >= '1' && node.name[1] <= '6') ||
            node.name == "hgroup");
}

class NavLook {
public:
    NavLook(const ExaminedEpub& epub, const EpubDocument& document, EpubFindings& findings)
        : epub_(epub), document_(document), report_{findings, document.path} {}

    void look() {
        const XmlNode& root = *document_.xml.root;
        std::map<std::string, int> kinds;
        for (const XmlNode* node = &root; node; node = next_in_tree(node, &root)) {
            if (is_heading(*node) && label_of(*node).empty()) report_("EPUB RSC-005.nav-label", "the heading has no text", node);
            if (!node->is(xml_space::xhtml, "nav")) continue;
            const std::string_view* type = node->find("type", xml_space::epub);
            if (!type) continue;
            for (const std::string& one : words_of(*type)) {
                if (++kinds[one] == 2 && (one == "page-list" || one == "landmarks"))
                    report_("EPUB RSC-005.nav-twice", "a second nav is " + named(one), node);
            }
            look_at_nav(*node, *type);
        }
        if (kinds["toc"] != 1)
            report_("EPUB RSC-005.nav-toc", std::to_string(kinds["toc"]) + " nav elements are the table of contents");
    }

private:
    void look_at_nav(const XmlNode& nav, std::string_view type) {
        const auto is = [&](std::string_view one) { return has_type(nav, one); };
        bool heading = false, list = false, first = true;
        for (const XmlNode& child : nav) {
            if (child.kind == XmlNode::Kind::text && !is_blank(child.text))
                report_("EPUB RSC-005.nav-content", "text stands right in ‘nav’", &child);
            if (!child.is_element() || child.name == "script" || child.name == "template") continue;
            if (is_heading(child) && first)
                heading = true;
            else if (child.is(xml_space::xhtml, "ol") && !list) {
                list = true;
                look_at_list(child);
            } else
                report_("EPUB RSC-005.nav-content", named(child.name) + " must not stand here in ‘nav’", &child);
            first = false;
        }
        if (!list) report_("EPUB RSC-005.nav-content", "the nav " + named(type) + " has no ‘ol’", &nav);
        if (!heading && !is("toc") && !is("page-list") && !is("landmarks"))
            report_("EPUB RSC-005.nav-heading", "the nav " + named(type) + " has no heading", &nav);
        if (is("page-list") || is("landmarks")) {
            std::size_t lists = 0;
            for (const XmlNode* node = &nav; node; node = next_in_tree(node, &nav))
                if (node->is(xml_space::xhtml, "ol") && ++lists == 2)
                    report_("EPUB RSC-017.nav-nested", "the nav " + named(type) + " is nested", node);
        }
        if (is("landmarks")) look_at_landmarks(nav);
        if (is("toc") || is("page-list") || is("landmarks"))
            for (const NavLink& link : links_of(nav, document_.path))
                if (link.address.kind == Address::Kind::remote)
                    report_("EPUB NAV-010", named(link.node->get("href")) + " leads to the web", link.node);
        if (is("toc")) look_at_order(nav);
    }

    void look_at_list(const XmlNode& list) {
        std::size_t entries = 0;
        for (const XmlNode& entry : list) {
            if (!entry.is_element() || entry.name == "script" || entry.name == "template") continue;
            if (!entry.is(xml_space::xhtml, "li")) continue; // HTML's own rules say so
            ++entries;
            look_at_entry(entry);
        }
        if (entries == 0) report_("EPUB RSC-005.nav-content", "a list of the navigation is empty", &list);
    }

    void look_at_entry(const XmlNode& entry) {
        const XmlNode *label = nullptr, *list = nullptr;
        for (const XmlNode& child : entry) {
            if (child.kind == XmlNode::Kind::text && !is_blank(child.text)) {
                report_("EPUB RSC-005.nav-content", "text stands right in ‘li’", &child);
                continue;
            }
            if (!child.is_element() || child.name == "script" || child.name == "template") continue;
            const bool is_label = child.is(xml_space::xhtml, "a") || child.is(xml_space::xhtml, "span");
            if (is_label && !label && !list)
                label = &child;
            else if (child.is(xml_space::xhtml, "ol") && label && !list) {
                list = &child;
                look_at_list(child);
            } else if (child.is(xml_space::xhtml, "ol") && !list) {
                list = &child;
                report_("EPUB RSC-005.nav-content", "an entry has no ‘a’ or ‘span’ before its list", &child);
                look_at_list(child);
            } else
                report_("EPUB RSC-005.nav-content", named(child.name) + " must not stand here in an entry", &child);
        }
        if (!label && !list) report_("EPUB RSC-005.nav-content", "an entry is empty", &entry);
        if (label && label->name == "span" && !list)
            report_("EPUB RSC-005.nav-content", "an entry without a link has no list", &entry);
        if (!label) return;
        for (const XmlNode* node = label; node; node = next_in_tree(node, label))
            if ((node->is(xml_space::xhtml, "a") || node->is(xml_space::xhtml, "span")) && label_of(*node).empty())
                report_("EPUB RSC-005.nav-label", named(node->name) + " has no text", node);
    }

    void look_at_landmarks(const XmlNode& nav) {
        std::set<std::pair<std::string, std::string>> seen;
        for (const NavLink& link : links_of(nav, document_.path)) {
            const std::string_view* type = link.node->find("type", xml_space::epub);
            if (!type)
                report_("EPUB RSC-005.nav-landmark", "the landmark has no ‘epub:type’", link.node);
            else
                for (const std::string& one : words_of(to_ascii_lower(*type)))
                    if (!seen.emplace(one, to_ascii_lower(trimmed(link.node->get("href")))).second)
                        report_("EPUB RSC-005.nav-landmark", named(one) + " is there twice for the same place", link.node);
        }
    }

    void look_at_order(const XmlNode& nav) {
        std::optional<ReadingPlace> before;
        for (const NavLink& link : links_of(nav, document_.path)) {
            const std::optional<ReadingPlace> here = reading_place(epub_.file, link.address);
            if (!here) continue;
            if (before && *here < *before)
                report_("EPUB NAV-011", named(link.node->get("href")) + " comes before the entry above it", link.node);
            before = here;
        }
    }

    const ExaminedEpub& epub_;
    const EpubDocument& document_;
    const Reporter report_;
};

constexpr auto any = ElementModel::Text::any;
constexpr auto no_text = ElementModel::Text::none;
constexpr std::array ncx_model{
    ElementModel{"ncx", "version! xml:lang dir", "head docTitle docAuthor* navMap pageList? navList*"},
    ElementModel{"head", "", "& meta* smilCustomTest*"},
    ElementModel{"meta", "name! content! scheme", ""},
    ElementModel{"smilCustomTest", "id! defaultState override bookStruct", ""},
    ElementModel{"docTitle", "id xml:lang dir", "text audio? img?"},
    ElementModel{"docAuthor", "id xml:lang dir", "text audio? img?"},
    ElementModel{"text", "id class", "", any},
    ElementModel{"audio", "id class src! clipBegin! clipEnd!", ""},
    ElementModel{"img", "id class src!", ""},
    ElementModel{"navMap", "id", "navInfo* navLabel* navPoint+", no_text},
    ElementModel{"navPoint", "id! class playOrder", "navLabel+ content navPoint*"},
    ElementModel{"navInfo", "xml:lang dir", "text? audio? img?"},
    ElementModel{"navLabel", "xml:lang dir", "text? audio? img?"},
    ElementModel{"content", "id src!", ""},
    ElementModel{"pageList", "id class", "navInfo* navLabel* pageTarget+"},
    ElementModel{"pageTarget", "id value type! class playOrder", "navLabel+ content"},
    ElementModel{"navList", "id class", "navInfo* navLabel+ navTarget+"},
    ElementModel{"navTarget", "id! class value playOrder", "navLabel+ content"},
};

void check_ncx(const ExaminedEpub& epub, const EpubDocument& document, const Reporter& report) {
    const XmlNode& root = *document.xml.root;
    check_model(root, xml_space::ncx, ncx_model, report);
    std::set<std::string_view> ids;
    std::set<double> places;
    std::set<std::pair<std::string_view, std::string_view>> pages; // value, type
    const PackageDocument& package = epub.package();
    std::string identifier;
    if (package.metadata)
        for (const XmlNode& node : *package.metadata)
            if (node.is(xml_space::dc, "identifier") && trimmed(node.get("id")) == package.unique_identifier)
                identifier = trimmed(text_of(node));
    for (const XmlNode& node : document.xml.nodes) {
        if (!node.is_element()) continue;
        if (const std::string_view* id = node.find("id"); id && !ids.insert(trimmed(*id)).second)
            report("EPUB RSC-005.ncx", "the id " + named(*id) + " occurs twice", &node);
        if (node.is(xml_space::ncx, "meta") && node.get("name") == "dtb:uid" && !identifier.empty() &&
            trimmed(node.get("content")) != identifier)
            report("EPUB NCX-001", named(node.get("content")) + " is not " + named(identifier), &node);
        if (const std::string_view* place = node.find("playOrder"))
            if (const auto number = parse_number(trimmed(*place))) places.insert(*number);
        if (node.is(xml_space::ncx, "pageTarget") && node.find("value") &&
            !pages.emplace(node.get("value"), node.get("type")).second)
            report("EPUB RSC-005.ncx", "the page " + named(node.get("value")) + " occurs twice", &node);
        if (node.is(xml_space::ncx, "text") && is_blank(text_of(node))) report("EPUB NCX-006", "the label is empty", &node);
    }
    if (!places.empty() && (*places.begin() != 1 || *places.rbegin() != static_cast<double>(places.size())))
        report("EPUB RSC-005.play-order", "the order has gaps, or does not begin with 1");
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    if (const EpubDocument* document = epub.file.navigation(); document && document->xml.well_formed())
        NavLook(epub, *document, findings).look();
    if (const EpubDocument* document = epub.file.ncx(); document && document->xml.well_formed())
        check_ncx(epub, *document, {findings, document->path});
}

} // namespace

EpubChapter chapter_of_navigation() { return {"EPUB 3.3 §7, navigation", EpubStandard::epub_3_3, rules, check, nullptr}; }

} // namespace bifolio
