#include "proof/found_documents.h"

#include "base/utf8.h"
#include "model/element.h"

#include <algorithm>
#include <utility>

namespace bifolio {

namespace {

bool is_block(const XmlNode& node) {
    if (node.name == "summary" || node.name == "details") return true;
    const auto element = element_named(node.name);
    const ElementKind kind = element ? info(*element).kind : ElementKind::phrase;
    return kind == ElementKind::block || kind == ElementKind::frame;
}

// Words in place of a picture; pages of the print edition may begin among them.
bool is_missing_picture(const XmlNode& node) {
    const std::string_view classes = node.get("class");
    if (node.name != "span" || classes.substr(0, classes.find(' ')) != "missing-picture") return false;
    return std::ranges::all_of(
        node, [](const XmlNode& child) { return child.kind == XmlNode::Kind::text || child.get("class") == "page-break"; });
}

class DocumentReader {
public:
    explicit DocumentReader(FoundDocuments& out) : out_(out), writer_(out.text) {}

    void document(const std::string& path, const XmlNode& root) {
        writer_.place(static_cast<std::uint32_t>(out_.documents.size()));
        out_.documents.push_back(path);
        writer_.boundary();
        node(root);
        writer_.boundary();
    }

private:
    // What a web edition's index page has of its own.
    static bool is_navigation(const XmlNode& node) {
        const bool is_in_main = node.parent && node.parent->name == "main";
        return is_in_main &&
               (node.name == "search" || node.name == "form" || (node.name == "nav" && node.get("id") == "contents") ||
                (node.name == "h1" && node.attributes.empty()));
    }

    void node(const XmlNode& node) {
        if (node.kind == XmlNode::Kind::text) return text(node.text);
        if (!node.is_element() || node.name == "head") return;
        if (node.name == "img") return picture(std::string(node.get("alt")), true);
        if (is_missing_picture(node)) return picture(bifolio::text_of(node), false);
        if (is_navigation(node)) return;
        if (node.name == "br") return writer_.boundary();
        const bool edge = is_block(node);
        if (edge) writer_.boundary();
        const bool outer = std::exchange(in_pre_, in_pre_ || node.name == "pre");
        for (const XmlNode& child : node) this->node(child);
        in_pre_ = outer;
        if (edge) writer_.boundary();
    }

    // A line end is white space like other: a file's lines are not those of a page.
    void text(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const Decoded one = decode_utf8(text, at);
            at += one.size;
            if (one.code_point == '\n') writer_.character(' ');
            if (one.code_point != '\n' || in_pre_) writer_.character(one.code_point);
        }
    }

    void picture(std::string alternative, bool is_shown) {
        writer_.text(object_replacement);
        out_.pictures.push_back({std::move(alternative), static_cast<std::uint32_t>(out_.documents.size() - 1), is_shown});
    }

    FoundDocuments& out_; // a local of the caller
    FoundWriter writer_;
    bool in_pre_ = false;
};

const XmlNode* contents_of(const EpubDocument& navigation) {
    const XmlNode* root = navigation.xml.root;
    for (const XmlNode* node = root; node; node = next_in_tree(node, root))
        if (node->is(xml_space::xhtml, "nav") && node->get("type", xml_space::epub) == "toc")
            return node->child(xml_space::xhtml, "ol");
    return nullptr;
}

} // namespace

FoundDocuments found_epub(const EpubPublication& file) {
    FoundDocuments out;
    DocumentReader reader(out);
    const EpubDocument* navigation = file.navigation();
    for (const SpineItem& item : file.package().itemrefs) {
        const std::string& path = item.item ? file.package().items[*item.item].address.path : item.idref;
        out.spine.push_back(path.substr(path.rfind('/') + 1));
        const EpubDocument* document = item.item ? file.document(path) : nullptr;
        if (!document || !document->xml.well_formed())
            out.unread.push_back(path);
        else if (document != navigation)
            reader.document(path, *document->xml.root);
    }
    if (navigation)
        if (const XmlNode* contents = contents_of(*navigation)) reader.document(navigation->path, *contents);
    return out;
}

FoundDocuments found_web(const std::vector<std::pair<std::string, std::string>>& pages) {
    FoundDocuments out;
    DocumentReader reader(out);
    XmlDocument index;
    for (const auto& [name, bytes] : pages) {
        out.spine.push_back(name);
        constexpr std::string_view end_tag = "</main>";
        const std::size_t begin = bytes.find("<main", std::min(bytes.size(), bytes.find("<body"))), end = bytes.rfind(end_tag);
        XmlDocument main;
        if (begin < end && end != std::string::npos)
            main = read_xml(std::string_view(bytes).substr(begin, end + end_tag.size() - begin));
        if (!main.well_formed()) {
            out.unread.push_back(name);
            continue;
        }
        reader.document(name, *main.root);
        if (out.spine.size() == 1) index = std::move(main);
    }
    for (const XmlNode* node = index.root; node; node = next_in_tree(node, index.root))
        if (node->name == "nav" && node->get("id") == "contents")
            for (const XmlNode& child : *node)
                if (child.name != "h2") reader.document(out.spine.front(), child);
    return out;
}

} // namespace bifolio
