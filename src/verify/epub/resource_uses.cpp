#include "verify/epub/resource_uses.h"

#include "base/utf8.h"
#include "verify/epub/media_types.h"

#include <algorithm>

namespace bifolio {

namespace {

// The base of relative addresses at a node: the document, unless <base> or xml:base say otherwise.
class Bases {
public:
    Bases(const EpubDocument& document, std::string_view own) : own_(own) {
        for (const XmlNode& node : document.xml.nodes) {
            if (!node.is_element()) continue;
            if (node.find("base", xml_space::xml)) uses_xml_base_ = true;
            if (node.is(xml_space::xhtml, "base") && node.find("href") && base_.empty()) base_ = trimmed(node.get("href"));
        }
    }
    Address resolve_at(const XmlNode& node, std::string_view written) const {
        const std::string_view text = trimmed(written);
        if (text.starts_with('#') && base_.empty() && !uses_xml_base_) return resolve(own_, text);
        Address plain = resolve(own_, text);
        if (plain.kind != Address::Kind::inside || text.starts_with('#')) return plain;
        std::string_view base = base_;
        if (uses_xml_base_)
            for (const XmlNode* at = &node; at; at = at->parent)
                if (const std::string_view* found = at->find("base", xml_space::xml)) {
                    base = *found;
                    break;
                }
        if (trimmed(base).empty()) return plain;
        const Address from = resolve(own_, base);
        if (from.kind == Address::Kind::remote) {
            plain.kind = Address::Kind::remote;
            plain.scheme = from.scheme;
            return plain;
        }
        return from.kind == Address::Kind::inside ? resolve(from.path, text) : plain;
    }

private:
    std::string own_, base_;
    bool uses_xml_base_ = false;
};

// The addresses of a srcset: “a.png 1x, b.png 2x”.
std::vector<std::string> addresses_of_srcset(std::string_view text) {
    std::vector<std::string> out;
    while (true) {
        while (!text.empty() && (is_ascii_space(text.front()) || text.front() == ',')) text.remove_prefix(1);
        if (text.empty()) return out;
        const auto end = static_cast<std::size_t>(std::ranges::find_if(text, is_ascii_space) - text.begin());
        std::string_view one = text.substr(0, end);
        text.remove_prefix(end);
        const bool no_descriptor = one.ends_with(',');
        while (one.ends_with(',')) one.remove_suffix(1);
        out.emplace_back(one);
        if (!no_descriptor) text.remove_prefix(std::min(text.find(','), text.size()));
    }
}

bool has_child(const XmlNode& node, std::string_view name) { return node.child(xml_space::xhtml, name) != nullptr; }

bool has_words(std::string_view attribute, std::string_view word) {
    return std::ranges::any_of(words_of(attribute),
                               [&](const std::string& one) { return equals_ignoring_ascii_case(one, word); });
}

class DocumentUses {
public:
    DocumentUses(const EpubDocument& document, ResourceUses& out)
        : document_(document), out_(out), bases_(document, document.path) {}

    void read() {
        for (const XmlNode& node : document_.xml.nodes) {
            if (node.kind == XmlNode::Kind::instruction) read_instruction(node);
            if (!node.is_element()) continue;
            if (node.space == xml_space::xhtml)
                read_html(node);
            else if (node.space == xml_space::svg)
                read_svg(node);
            else if (node.space == xml_space::mathml)
                read_mathml(node);
            else if (node.space == xml_space::smil)
                read_smil(node);
            else if (node.is(xml_space::ncx, "content"))
                add_attribute(UseKind::hyperlink, node, "src");
            else if (node.is(xml_space::epub, "switch"))
                out_.has_switch = true;
            if (node.space == xml_space::xhtml || node.space == xml_space::svg) read_common(node);
        }
    }

private:
    Use& add(UseKind kind, const XmlNode& node, std::string_view written) {
        Use use;
        use.kind = kind;
        use.node = &node;
        use.place = node.place;
        use.written = written;
        use.address = bases_.resolve_at(node, written);
        use.type = to_ascii_lower(trimmed(node.get("type").substr(0, node.get("type").find(';'))));
        return out_.uses.emplace_back(std::move(use));
    }
    void add_attribute(UseKind kind, const XmlNode& node, std::string_view attribute) {
        if (const std::string_view* written = node.find(attribute)) add(kind, node, *written);
    }

    void read_common(const XmlNode& node) {
        if (const std::string_view* style = node.find("style")) add_css(node, *style, CssText::declarations);
        for (const XmlAttribute& attribute : node.attributes) {
            if (attribute.space.empty() && attribute.name.size() > 2 && attribute.name.starts_with("on")) out_.has_script = true;
            if (node.space == xml_space::svg && attribute.space.empty() && attribute.value.find("url(") != std::string::npos &&
                attribute.name != "style")
                add_css(node, std::string(attribute.name).append(":").append(attribute.value), CssText::declarations);
        }
        if (has_words(node.get("type", xml_space::epub), "pagebreak") || has_words(node.get("role"), "doc-pagebreak"))
            out_.page_breaks.push_back(&node);
    }

    void add_css(const XmlNode& node, std::string_view text, CssText kind) {
        CssFacts facts = read_css(text, kind);
        out_.has_styles = true;
        out_.classes.insert(facts.classes.begin(), facts.classes.end());
        for (const CssAddress& one : facts.addresses) {
            const UseKind use = one.kind == CssAddress::Kind::import    ? UseKind::stylesheet
                                : one.kind == CssAddress::Kind::font    ? UseKind::font
                                : trimmed(one.written).starts_with('#') ? UseKind::paint
                                                                        : UseKind::css_url;
            add(use, node, one.written).type.clear();
        }
        out_.styles.emplace_back(&node, std::move(facts));
    }

    void read_instruction(const XmlNode& node) {
        if (node.name != "xml-stylesheet") return;
        for (const char* quote : {"\"", "'"}) {
            const std::string start = std::string("href=") + quote;
            const std::size_t at = node.text.find(start);
            if (at == std::string::npos) continue;
            const std::size_t end = node.text.find(quote, at + start.size());
            if (end == std::string::npos) continue;
            add(UseKind::stylesheet, node, node.text.substr(at + start.size(), end - at - start.size()));
            out_.has_styles = true;
        }
    }

    void read_html(const XmlNode& node) {
        const std::string_view name = node.name;
        const auto media = [&](UseKind kind) {
            const bool is_media = kind == UseKind::audio || kind == UseKind::video;
            add_attribute(kind, node, "src");
            if (is_media && !out_.uses.empty() && out_.uses.back().node == &node && has_child(node, "source"))
                out_.uses.back().has_fallback = true;
        };
        if (name == "a" || name == "area")
            add_attribute(UseKind::hyperlink, node, "href");
        else if (name == "img")
            read_image(node);
        else if (name == "audio")
            media(UseKind::audio);
        else if (name == "video") {
            media(UseKind::video);
            add_attribute(UseKind::image, node, "poster");
        } else if (name == "source")
            read_source(node);
        else if (name == "track")
            add_attribute(UseKind::track, node, "src");
        else if (name == "iframe" || name == "embed")
            add_attribute(UseKind::embedded, node, "src");
        else if (name == "object") {
            if (const std::string_view* data = node.find("data")) {
                Use& use = add(UseKind::embedded, node, *data);
                for (const XmlNode& child : node)
                    if ((child.is_element() && !child.is(xml_space::xhtml, "param")) ||
                        (child.kind == XmlNode::Kind::text && !is_blank(child.text)))
                        use.has_fallback = true;
            }
        } else if (name == "input" && equals_ignoring_ascii_case(node.get("type"), "image")) {
            if (const std::string_view* source = node.find("src")) add(UseKind::image, node, *source).type.clear();
        } else if (name == "link")
            read_link(node);
        else if (name == "script")
            read_script(node);
        else if (name == "style") {
            if (const std::string_view type = node.get("type"); type.empty() || type == "text/css")
                add_css(node, text_of(node), CssText::stylesheet);
        } else if (name == "form") {
            out_.has_script = true;
            out_.has_form = true;
        }
        if (name == "blockquote" || name == "q" || name == "ins" || name == "del") add_attribute(UseKind::cite, node, "cite");
    }

    void read_image(const XmlNode& node) {
        const bool in_picture = node.parent && node.parent->is(xml_space::xhtml, "picture");
        const auto one = [&](std::string_view written) { add(UseKind::image, node, written).in_picture = in_picture; };
        if (const std::string_view* source = node.find("src"); source && !is_blank(*source)) one(*source);
        for (const std::string& address : addresses_of_srcset(node.get("srcset"))) one(address);
        if (!node.find("alt")) out_.images_without_alt.push_back(&node);
    }

    void read_source(const XmlNode& node) {
        if (!node.parent) return;
        if (node.parent->is(xml_space::xhtml, "picture")) {
            for (const std::string& address : addresses_of_srcset(node.get("srcset"))) {
                Use& use = add(UseKind::image, node, address);
                use.in_picture = use.is_source = true;
            }
        } else if (const std::string_view* source = node.find("src")) {
            const bool video = node.parent->is(xml_space::xhtml, "video");
            Use& use = add(video ? UseKind::video : UseKind::audio, node, *source);
            use.is_source = true;
            std::size_t sources = 0;
            for (const XmlNode& child : *node.parent) sources += child.is(xml_space::xhtml, "source") ? 1 : 0;
            use.has_fallback = sources > 1;
        }
    }

    void read_link(const XmlNode& node) {
        const std::string_view* href = node.find("href");
        if (!href) return;
        const bool stylesheet = has_words(node.get("rel"), "stylesheet");
        if (stylesheet) out_.has_styles = true;
        add(stylesheet ? UseKind::stylesheet : UseKind::other, node, *href);
    }

    void read_script(const XmlNode& node) {
        if (!is_script_type(node.get("type"))) return; // a block of data
        out_.has_script = true;
        add_attribute(UseKind::script, node, "src");
    }

    void read_svg(const XmlNode& node) {
        if (node.name == "svg") out_.has_svg = true;
        const std::string_view* href = node.find("href");
        if (!href) href = node.find("href", xml_space::xlink);
        if (node.name == "style")
            add_css(node, text_of(node), CssText::stylesheet);
        else if (node.name == "script") {
            out_.has_script = true;
            if (href) add(UseKind::script, node, *href);
        } else if (!href)
            return;
        else if (node.name == "a")
            add(UseKind::hyperlink, node, *href);
        else if (node.name == "image" || node.name == "feImage")
            add(UseKind::image, node, *href);
        else if (node.name == "use")
            add(UseKind::symbol, node, *href);
        else if (node.name == "font-face-uri")
            add(UseKind::font, node, *href);
        else
            add(UseKind::paint, node, *href);
    }

    void read_mathml(const XmlNode& node) {
        if (node.name == "math") {
            out_.has_mathml = true;
            add_attribute(UseKind::image, node, "altimg");
        }
        add_attribute(UseKind::hyperlink, node, "href");
    }

    void read_smil(const XmlNode& node) {
        if (node.name == "text") add_attribute(UseKind::overlay_text, node, "src");
        if (node.name == "audio") add_attribute(UseKind::overlay_audio, node, "src");
        if (const std::string_view* reference = node.find("textref", xml_space::epub))
            add(UseKind::overlay_text, node, *reference);
    }

    const EpubDocument& document_;
    ResourceUses& out_;
    Bases bases_;
};

ResourceUses uses_of_stylesheet(std::string path, std::string_view bytes) {
    ResourceUses out;
    out.path = std::move(path);
    out.css = read_css(bytes, CssText::stylesheet);
    out.classes = out.css.classes;
    for (const CssAddress& one : out.css.addresses) {
        Use use;
        use.kind = one.kind == CssAddress::Kind::import ? UseKind::stylesheet
                   : one.kind == CssAddress::Kind::font ? UseKind::font
                                                        : UseKind::css_url;
        if (trimmed(one.written).starts_with('#')) continue; // of the document that is styled
        use.written = one.written;
        use.place = one.place;
        use.address = resolve(out.path, one.written);
        out.uses.push_back(std::move(use));
    }
    return out;
}

} // namespace

UsesOfAll::UsesOfAll(const EpubPublication& file, const TaskPool& pool) {
    std::vector<std::string> paths;
    for (const ManifestItem& item : file.package().items)
        if (item.is_inside() && file.container().find(item.address.path) &&
            (item.media_type == media_type::css || file.document(item.address.path)) &&
            !file.encrypted().contains(item.address.path))
            paths.push_back(item.address.path);
    std::ranges::sort(paths);
    paths.erase(std::ranges::unique(paths).begin(), paths.end());
    std::vector<ResourceUses> read = pool.map(paths.size(), [&](std::size_t i) {
        const EpubDocument* document = file.document(paths[i]);
        if (!document) return uses_of_stylesheet(paths[i], file.bytes(paths[i]));
        ResourceUses out;
        out.path = paths[i];
        DocumentUses(*document, out).read();
        return out;
    });
    for (ResourceUses& one : read) by_path_.emplace(one.path, std::move(one));
}

const ResourceUses* UsesOfAll::of(std::string_view path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : &found->second;
}

} // namespace bifolio
