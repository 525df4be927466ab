// resource_uses.h: what each resource of a publication names and needs: addresses with their kind, scripts, embedded SVG and
// MathML, semantics. Read once, in parallel; the rules of several chapters stand on it.
#pragma once

#include "base/task_pool.h"
#include "verify/epub/css_facts.h"
#include "verify/epub/epub_publication.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

enum class UseKind {
    hyperlink, // a, area, SVG a
    image,     // img, SVG image, poster, input
    audio,
    video,
    track,
    embedded, // iframe, object, embed
    stylesheet,
    script,
    font,
    cite,
    symbol, // SVG use
    paint,  // another element of an SVG document: url(#…)
    overlay_text,
    overlay_audio,
    css_url, // background pictures and the like
    other,   // a link element of another relation
};

struct Use {
    UseKind kind = UseKind::other;
    Address address;
    std::string written;
    const XmlNode* node = nullptr; // nullptr: in a style sheet
    XmlPlace place;
    std::string type;          // the media type that the element names
    bool has_fallback = false; // the element offers another resource or content
    bool in_picture = false;   // a picture's img or source
    bool is_source = false;    // a source element
};

struct ResourceUses {
    std::string path;
    std::vector<Use> uses;
    std::set<std::string> classes; // of selectors of its style sheets
    bool has_styles = false;       // a style sheet, a style element or attribute
    bool has_script = false;       // or a form
    bool has_svg = false, has_mathml = false, has_switch = false;
    bool has_form = false;
    std::vector<const XmlNode*> page_breaks, images_without_alt;
    CssFacts css; // of a style sheet; of a document, of its style elements and attributes
    std::vector<std::pair<const XmlNode*, CssFacts>> styles; // of each style element and attribute
};

class UsesOfAll {
public:
    UsesOfAll(const EpubPublication& file, const TaskPool& pool);
    const ResourceUses* of(std::string_view path) const; // nullptr: not read
    const std::map<std::string, ResourceUses, std::less<>>& all() const { return by_path_; }

private:
    std::map<std::string, ResourceUses, std::less<>> by_path_;
};

} // namespace bifolio
