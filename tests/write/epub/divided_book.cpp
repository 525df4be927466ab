#include "divided_book.h"

#include "assemble/builders.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <pugixml.hpp>

#include <map>
#include <set>
#include <utility>

namespace bifolio::test {

namespace {

// What a part says once more of an element that began in a document before.
bool is_said_again(const pugi::xml_node& node) {
    const pugi::xml_node parent = node.parent();
    const auto is_continued = [](const pugi::xml_node& one) {
        return (" " + std::string(one.attribute("class").value()) + " ").find(" continued ") != std::string::npos;
    };
    const std::string_view name = node.name();
    if (!is_continued(parent)) return false;
    if (name == "caption" || name == "thead") return true;
    if (name == "dt") return is_continued(node.next_sibling("dd")) && !node.previous_sibling("dd");
    if (name == "th") return is_continued(parent) && !is_continued(node) && std::string_view(parent.name()) == "tr";
    return name == "tr" && !node.previous_sibling("tr") && !node.child("td") && node.child("th");
}

// The words of all documents in the order of the spine.
void add_text(const pugi::xml_node& node, std::string& out) {
    for (const pugi::xml_node child : node.children()) {
        const std::string_view classes = child.attribute("class").value();
        if (classes == "noteref" || classes == "footnotes" || is_said_again(child)) continue;
        if (child.type() == pugi::node_pcdata) out += child.value();
        add_text(child, out);
    }
}

std::string folder_of(const std::string& name) { return name.substr(0, name.rfind('/') + 1); }

std::string resolved(const std::string& folder, std::string href) {
    std::string base = folder;
    while (href.starts_with("../")) {
        href = href.substr(3);
        base = base.substr(0, base.rfind('/', base.size() - 2) + 1);
    }
    return base + href;
}

} // namespace

Divided divided(const Book& book, const PageList* pages) {
    Diagnostics diagnostics;
    const TaskPool pool(2);
    EpubOptions options;
    options.css = "p { margin: 0 }\n";
    options.page_list = pages;
    Divided out;
    out.archive = write_epub(book, options, pool, diagnostics).bytes;
    out.files = unpack(out.archive);
    out.said = said(diagnostics);
    pugi::xml_document package;
    package.load_string(out.files["OEBPS/package.opf"].c_str());
    std::map<std::string, std::string> items;
    for (const pugi::xml_node item : package.child("package").child("manifest").children("item"))
        items[item.attribute("id").value()] = std::string("OEBPS/") + item.attribute("href").value();
    for (const pugi::xml_node item : package.child("package").child("spine").children("itemref"))
        out.documents.push_back(items[item.attribute("idref").value()]);

    std::set<std::string> places, ids;
    std::vector<std::pair<std::string, std::string>> links;
    std::vector<std::string> all = out.documents;
    for (const char* more : {"OEBPS/nav.xhtml", "OEBPS/toc.ncx"}) all.emplace_back(more);
    for (const std::string& name : all) {
        pugi::xml_document document;
        REQUIRE(document.load_string(out.files[name].c_str(), pugi::parse_default | pugi::parse_ws_pcdata));
        places.insert(name);
        for (const pugi::xpath_node found : document.select_nodes("//*[@id]")) {
            const std::string id = found.node().attribute("id").value();
            places.insert(name + "#" + id);
            if (name.starts_with("OEBPS/text/") && !ids.insert(id).second) out.faults += id + " twice\n";
        }
        if (name.starts_with("OEBPS/text/") && out.files[name].size() > most_document_bytes)
            out.faults += name + " is too large\n";
        for (const pugi::xpath_node found : document.select_nodes("//@href | //@src"))
            links.emplace_back(name, found.attribute().value());
        for (const pugi::xpath_node found : document.select_nodes("//@aria-labelledby"))
            links.emplace_back(name, std::string("#") + found.attribute().value());
        if (name.starts_with("OEBPS/text/")) add_text(document.document_element().child("body"), out.text);
    }
    for (const auto& [name, href] : links) {
        if (href.ends_with(".css")) continue;
        if (!places.contains(href.starts_with("#") ? name + href : resolved(folder_of(name), href)))
            out.broken += name + " → " + href + "\n";
    }
    return out;
}

std::string sentence(int number) {
    std::string out = "Sentence " + std::to_string(number) + ":";
    for (int i = 0; i < 40; ++i) out += " calm & night";
    return out + ".";
}

std::string without_space(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\n') out += c;
    return out;
}

std::string words_of(const Book& book) {
    std::string out;
    for (const Node& node : book.nodes) {
        bool in_note = false;
        for (NodeId at = node.parent; at != no_node; at = book.node(at).parent)
            in_note = in_note || book.node(at).element == Element::note;
        if (!in_note) out += node.text;
    }
    return out;
}

} // namespace bifolio::test
