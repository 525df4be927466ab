// rules_resources.cpp: EPUB 3.3 §3: where resources are, what they name of each other, fallbacks, and the manifest's properties.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-006", error, "a resource lies on the web that must be in the container",
             "Put the file into the container and list it in the manifest; audio, video and fonts may stay outside."},
    EpubRule{"EPUB RSC-007", error, "a file that is named is not in the container",
             "Add the file and its manifest item, or mend the address."},
    EpubRule{"EPUB RSC-008", error, "a resource that is named is not in the manifest", "Add an item for it."},
    EpubRule{"EPUB RSC-009", warning, "a picture that is no SVG is named with a fragment", "Leave the fragment out."},
    EpubRule{"EPUB RSC-010", error, "a link leads to what is no content document",
             "Link an XHTML or SVG document, or give the item a fallback."},
    EpubRule{"EPUB RSC-011", error, "a link leads to a document that is not in the spine",
             "Add an itemref for it, linear=\"no\" if it is not part of the reading order."},
    EpubRule{"EPUB RSC-012", error, "the element that is named is not there",
             "Give the target this id, or mend the address behind #."},
    EpubRule{"EPUB RSC-013", error, "a style sheet is named with a fragment", "Leave the fragment out."},
    EpubRule{"EPUB RSC-014", error, "the element that is named is of the wrong kind",
             "Link an element that is shown, use a symbol or shape."},
    EpubRule{"EPUB RSC-015", error, "svg:use names no element", "Write # and the id behind the address."},
    EpubRule{"EPUB RSC-020", error, "an address is no URL", "Write spaces and other such characters with % (a space is %20)."},
    EpubRule{"EPUB RSC-026", error, "an address leads out of the container", "Write it relative to the file in which it stands."},
    EpubRule{"EPUB RSC-029", error, "a data: address stands where a file is needed", "Put the data into a file."},
    EpubRule{"EPUB RSC-030", error, "an address is a file: URL", "Write it relative to the file in which it stands."},
    EpubRule{"EPUB RSC-031", warning, "a remote resource is not fetched by https", "Write https."},
    EpubRule{"EPUB RSC-032", error, "a foreign resource has nothing to fall back on",
             "Use a core media type, or give the item a fallback of one."},
    EpubRule{"EPUB RSC-033", error, "the address of a file in the container has a query", "Leave ? and what follows out."},
    EpubRule{"EPUB MED-003", error, "a picture's img is of a foreign type",
             "Let img be of a core media type; source may be foreign."},
    EpubRule{"EPUB MED-004", error, "a picture file is damaged or of another format", "Write the picture anew."},
    EpubRule{"EPUB MED-007", error, "a picture's source is of a foreign type and does not say so", "Add type."},
    EpubRule{"EPUB OPF-013", warning, "an element names another media type than the manifest", "Write the same in both."},
    EpubRule{"EPUB OPF-014", error, "a property of an item is missing", "Add it to properties of the item."},
    EpubRule{"EPUB OPF-015", error, "an item has a property for what its document lacks", "Take it out of properties."},
    EpubRule{"EPUB OPF-018", warning, "an item says remote-resources and names none", "Take it out of properties."},
    EpubRule{"EPUB OPF-029", error, "a file is not of the media type that the manifest says", "Mend media-type, or the file."},
    EpubRule{"EPUB PKG-022", warning, "a picture's extension is that of another format", "Rename the file."},
    EpubRule{"EPUB OPF-096", error, "nothing leads to a document that is not in the reading order",
             "Link it from a document or the navigation, or make it linear."},
    EpubRule{"EPUB OPF-096b", note, "only a script may lead to a document that is not in the reading order",
             "See that it can be reached."},
    EpubRule{"EPUB OPF-097", note, "nothing uses an item", "Take it out of the book, or use it."},
    EpubRule{"EPUB HTM-025", note, "the scheme of an address is not registered", "See that the address is right.",
             "the register changes; an unknown scheme harms nobody"},
    EpubRule{"EPUB RSC-006b", note, "a script may fetch a resource from the web", "See that the text can be read without it.",
             "what scripts do cannot be told"},
};

bool is_scheme_based(std::string_view fragment) {
    return fragment.find('(') != std::string_view::npos || fragment.find('=') != std::string_view::npos;
}

// One resource's uses.
class UseLook {
public:
    UseLook(const ExaminedEpub& epub, const ResourceUses& resource, EpubFindings& findings)
        : epub_(epub), package_(epub.package()), resource_(resource), report_{findings, resource.path} {}

    void look() {
        for (const Use& use : resource_.uses) look_at(use);
    }

private:
    void say(std::string_view rule, const Use& use, std::string message) { report_(rule, std::move(message), use.place); }

    void look_at(const Use& use) {
        const Address& address = use.address;
        if (address.is_file_url) return say("EPUB RSC-030", use, named(use.written) + " is a file: URL");
        switch (address.kind) {
        case Address::Kind::malformed: return say("EPUB RSC-020", use, named(use.written) + " is no URL");
        case Address::Kind::data: return look_at_data(use);
        case Address::Kind::opaque: return;
        case Address::Kind::remote: return look_at_remote(use);
        case Address::Kind::inside: break;
        }
        if (address.leaks || address.absolute)
            return say("EPUB RSC-026", use, named(use.written) + " leads out of the container");
        if (address.has_query) say("EPUB RSC-033", use, named(use.written) + " has a query");
        look_at_inside(use);
    }

    void look_at_data(const Use& use) {
        if (use.kind == UseKind::hyperlink) return say("EPUB RSC-029", use, "the link is a data: address");
        if (use.kind != UseKind::image || use.has_fallback) return;
        const std::string_view rest = std::string_view(use.written).substr(use.written.find(':') + 1);
        const std::string type = to_ascii_lower(trimmed(rest.substr(0, rest.find_first_of(";,"))));
        if (!type.empty() && !is_core_media_type(type) && !is_video(type) && !use.in_picture)
            say("EPUB RSC-032", use, "a picture of the type " + named(type) + " has nothing to fall back on");
    }

    void look_at_remote(const Use& use) {
        if (use.kind == UseKind::cite) {
            if (use.address.scheme == "http") say("EPUB RSC-031", use, named(use.written) + " is not fetched by https");
            return;
        }
        const auto item = package_.item_of(use.address, use.written);
        const std::string_view type = item ? std::string_view(package_.items[*item].media_type) : std::string_view();
        if (use.kind == UseKind::hyperlink || use.kind == UseKind::other) {
            if (use.kind == UseKind::hyperlink && item && !is_audio(type) && !is_video(type) && !is_font(type))
                say("EPUB RSC-006", use, named(use.written) + " is an item and lies on the web");
            return;
        }
        const bool may_be_remote = use.kind == UseKind::audio || use.kind == UseKind::video || use.kind == UseKind::font ||
                                   use.kind == UseKind::overlay_audio || is_audio(type) || is_video(type);
        if (!may_be_remote) return say("EPUB RSC-006", use, named(use.written) + " lies on the web");
        if (use.address.scheme == "http") say("EPUB RSC-031", use, named(use.written) + " is not fetched by https");
        if (!item) say("EPUB RSC-008", use, named(use.written) + " is not in the manifest");
    }

    void look_at_inside(const Use& use) {
        const Address& address = use.address;
        const auto item = package_.item_at(address.path);
        const bool is_own = address.path == resource_.path;
        if (!item && !is_own) {
            if (address.path.empty() || !epub_.file.container().find(address.path))
                say("EPUB RSC-007", use, "there is no file " + named(address.path));
            else if (use.kind != UseKind::other && use.kind != UseKind::cite)
                say("EPUB RSC-008", use, named(address.path) + " is not in the manifest");
            return;
        }
        if (!item || !epub_.file.container().find(address.path)) return; // which is reported of the manifest
        look_at_kind(use, *item);
        if (address.has_fragment) look_at_fragment(use, *item);
        if (use.kind == UseKind::symbol && (!address.has_fragment || address.fragment.empty()))
            say("EPUB RSC-015", use, named(use.written) + " has no #");
    }

    void look_at_kind(const Use& use, std::size_t index) {
        const ManifestItem& item = package_.items[index];
        const bool embeds = use.kind == UseKind::image || use.kind == UseKind::audio || use.kind == UseKind::video ||
                            use.kind == UseKind::embedded;
        if (use.kind == UseKind::hyperlink && use.address.path != resource_.path) {
            if (!package_.falls_back_on(index, is_content_document))
                say("EPUB RSC-010", use, named(use.written) + " is " + named(item.media_type));
            else if (!item.in_spine)
                say("EPUB RSC-011", use, named(use.address.path) + " is not in the spine");
        }
        if (!embeds) return;
        if (!use.type.empty() && use.type != item.media_type && use.node && use.node->space == xml_space::xhtml &&
            use.node->name != "input" && use.node->name != "a")
            say("EPUB OPF-013", use, "the element says " + named(use.type) + ", the manifest " + named(item.media_type));
        if (use.in_picture && !is_core_image(item.media_type)) {
            if (use.is_source && use.type.empty())
                say("EPUB MED-007", use, named(use.written) + " is " + named(item.media_type));
            else if (!use.is_source)
                say("EPUB MED-003", use, named(use.written) + " is " + named(item.media_type));
        } else if (!use.in_picture && !use.has_fallback && !is_video(item.media_type) &&
                   !package_.falls_back_on(index, is_core_media_type))
            say("EPUB RSC-032", use, named(use.written) + " is " + named(item.media_type));
    }

    void look_at_fragment(const Use& use, std::size_t index) {
        const ManifestItem& item = package_.items[index];
        const std::string& fragment = use.address.fragment;
        if (use.kind == UseKind::stylesheet) return say("EPUB RSC-013", use, named(use.written) + " has a fragment");
        if (use.kind == UseKind::image && is_core_image(item.media_type) && item.media_type != media_type::svg)
            return say("EPUB RSC-009", use, named(use.written) + " has a fragment");
        if (fragment.empty() || !is_content_document(item.media_type) || use.kind == UseKind::css_url) return;
        const EpubDocument* document = epub_.file.document(use.address.path);
        if (!document || !document->xml.root || !document->xml.well_formed()) return;
        const auto target = document->ids.find(fragment);
        if (target == document->ids.end()) {
            if (!is_scheme_based(fragment))
                say("EPUB RSC-012", use, "no element of " + named(use.address.path) + " has the id " + named(fragment));
            return;
        }
        if (use.kind == UseKind::hyperlink && target->second->space == xml_space::svg) {
            static constexpr std::array hidden{std::string_view("symbol"),         std::string_view("linearGradient"),
                                               std::string_view("radialGradient"), std::string_view("clipPath"),
                                               std::string_view("mask"),           std::string_view("pattern"),
                                               std::string_view("filter"),         std::string_view("marker")};
            if (std::ranges::find(hidden, target->second->name) != hidden.end())
                say("EPUB RSC-014", use, named(fragment) + " is an SVG " + std::string(target->second->name));
        }
    }

    const ExaminedEpub& epub_;
    const PackageDocument& package_;
    const ResourceUses& resource_;
    const Reporter report_;
};

void check_properties_used(const ResourceUses& uses, const ManifestItem& item, const Reporter& report) {
    const bool remote = std::ranges::any_of(uses.uses, [](const Use& use) {
        return use.address.kind == Address::Kind::remote && use.kind != UseKind::hyperlink && use.kind != UseKind::other &&
               use.kind != UseKind::cite;
    });
    const bool xhtml = item.media_type == media_type::xhtml, svg = item.media_type == media_type::svg;
    const auto look = [&](std::string_view property, bool needed) {
        if (needed && !item.has(property))
            report("EPUB OPF-014", named(item.address.path) + " needs " + named(property), item.node);
        if (!needed && item.has(property) && property != "remote-resources")
            report("EPUB OPF-015", named(item.address.path) + " does not need " + named(property), item.node);
    };
    if (xhtml || svg) look("scripted", uses.has_script);
    if (xhtml) {
        look("svg", uses.has_svg);
        look("mathml", uses.has_mathml);
        look("switch", uses.has_switch);
    }
    look("remote-resources", remote);
    if (item.has("remote-resources") && !remote && !uses.has_script)
        report("EPUB OPF-018", named(item.address.path) + " names nothing on the web", item.node);
}

void check_addresses_of_manifest(const ExaminedEpub& epub, const Reporter& report) {
    const PackageDocument& package = epub.package();
    const bool scripted = std::ranges::any_of(epub.uses.all(), [](const auto& one) { return one.second.has_script; });
    std::set<std::string, std::less<>> fonts; // remote addresses that style sheets use as fonts
    for (const auto& [path, uses] : epub.uses.all())
        for (const Use& use : uses.uses)
            if (use.kind == UseKind::font && use.address.kind == Address::Kind::remote)
                fonts.emplace(trimmed(std::string_view(use.written).substr(0, use.written.find('#'))));
    for (const ManifestItem& item : package.items) {
        const std::string name = named(item.href);
        if (item.address.is_file_url)
            report("EPUB RSC-030", name + " is a file: URL", item.node);
        else if (item.address.kind == Address::Kind::malformed)
            report("EPUB RSC-020", name + " is no URL", item.node);
        else if (item.address.kind == Address::Kind::data)
            report("EPUB RSC-029", "the item is a data: address", item.node);
        else if (item.is_remote()) {
            const bool may =
                is_audio(item.media_type) || is_video(item.media_type) || is_font(item.media_type) || fonts.contains(item.href);
            if (item.in_spine || (!may && !scripted)) report("EPUB RSC-006", name + " lies on the web", item.node);
        } else if (item.is_inside()) {
            if (item.address.has_fragment) report("EPUB OPF-091", name + " has a fragment", item.node);
            if (item.address.has_query) report("EPUB RSC-033", name + " has a query", item.node);
            if (item.address.leaks || item.address.absolute)
                report("EPUB RSC-026", name + " leads out of the container", item.node);
        }
    }
    if (!package.package) return;
    for (const XmlNode* node = package.package; node; node = next_in_tree(node, package.package)) {
        if (!node->is(xml_space::opf, "link") || !node->find("href")) continue;
        const Address address = resolve(package.path, node->get("href"));
        if (address.is_file_url) report("EPUB RSC-030", named(node->get("href")) + " is a file: URL", node);
        if (address.kind == Address::Kind::data) report("EPUB RSC-029", "the link is a data: address", node);
        if (address.kind == Address::Kind::malformed) report("EPUB RSC-020", named(node->get("href")) + " is no URL", node);
        if (address.kind != Address::Kind::inside) continue;
        if (address.has_query) report("EPUB RSC-033", named(node->get("href")) + " has a query", node);
        if (address.leaks || address.absolute)
            report("EPUB RSC-026", named(node->get("href")) + " leads out of the container", node);
    }
}

void check_bytes(const ExaminedEpub& epub, const Reporter& report) {
    for (const ManifestItem& item : epub.package().items) {
        const ContainerEntry* entry = item.is_inside() ? epub.file.container().find(item.address.path) : nullptr;
        if (!entry || !entry->problem.empty() || epub.file.encrypted().contains(item.address.path)) continue;
        const bool raster = is_core_image(item.media_type) && item.media_type != media_type::svg;
        const std::string_view found = type_by_magic(entry->bytes);
        if (raster && found.empty())
            report("EPUB MED-004", named(item.address.path) + " does not begin as a picture does", item.node);
        else if (raster && found != item.media_type)
            report("EPUB OPF-029", named(item.address.path) + " is " + named(found) + ", not " + named(item.media_type),
                   item.node);
        else if (is_core_font(item.media_type) && !found.empty() && !is_font(found))
            report("EPUB OPF-029", named(item.address.path) + " is " + named(found) + ", not a font", item.node);
        const std::string_view by_name = picture_type_of_extension(item.address.path);
        if (raster && found == item.media_type && !by_name.empty() && by_name != item.media_type)
            report("EPUB PKG-022", named(item.address.path) + " is " + named(found), item.node);
    }
}

void check_reach(const ExaminedEpub& epub, const Reporter& report) {
    const PackageDocument& package = epub.package();
    std::set<std::string, std::less<>> linked, used;
    bool scripted = false;
    for (const auto& [path, uses] : epub.uses.all()) {
        scripted = scripted || uses.has_script;
        for (const Use& use : uses.uses) {
            if (use.address.kind != Address::Kind::inside) continue;
            if (use.kind == UseKind::hyperlink && use.address.path != path) linked.insert(use.address.path);
            used.insert(use.address.path);
        }
    }
    for (const SpineItem& itemref : package.itemrefs) {
        if (!itemref.item) continue;
        const ManifestItem& item = package.items[*itemref.item];
        if (itemref.linear || !item.is_inside() || linked.contains(item.address.path)) continue;
        report(scripted ? "EPUB OPF-096b" : "EPUB OPF-096", "nothing links to " + named(item.address.path), itemref.node);
    }
    std::set<std::string, std::less<>> fallbacks;
    for (const ManifestItem& item : package.items) {
        fallbacks.insert(item.fallback);
        fallbacks.insert(item.media_overlay);
    }
    for (const ManifestItem& item : package.items) {
        if (!item.is_inside() || item.in_spine || item.has("nav") || item.has("cover-image") ||
            item.media_type == media_type::ncx || fallbacks.contains(item.id) || used.contains(item.address.path) || scripted)
            continue;
        report("EPUB OPF-097", "nothing uses " + named(item.address.path), item.node);
    }
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    const Reporter report{findings, epub.package().path};
    check_addresses_of_manifest(epub, report);
    check_bytes(epub, report);
    check_reach(epub, report);
    for (const ManifestItem& item : epub.package().items) {
        const ResourceUses* uses = item.is_inside() ? epub.uses.of(item.address.path) : nullptr;
        if (!uses) continue;
        check_properties_used(*uses, item, report);
        if (!epub.file.document(item.address.path)) UseLook(epub, *uses, findings).look(); // a style sheet
    }
}

void check_document(const ExaminedEpub& epub, const EpubDocument& document, const ManifestItem&, EpubFindings& findings) {
    if (const ResourceUses* uses = epub.uses.of(document.path); uses && document.xml.well_formed())
        UseLook(epub, *uses, findings).look();
}

} // namespace

EpubChapter chapter_of_resources() { return {"EPUB 3.3 §3, resources", EpubStandard::epub_3_3, rules, check, check_document}; }

} // namespace bifolio
