#include "read/html_head.h"

#include "base/utf8.h"
#include "read/yaml_shape.h"

#include <gumbo.h>

#include <memory>

namespace bifolio {

namespace {

const GumboNode* child(const GumboNode* parent, GumboTag tag) {
    if (!parent || parent->type != GUMBO_NODE_ELEMENT) return nullptr;
    const GumboVector& children = parent->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) {
        const auto* node = static_cast<const GumboNode*>(children.data[i]);
        if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag) return node;
    }
    return nullptr;
}

} // namespace

HtmlHead read_html_head(std::string_view text) {
    // The head alone: the body can be large, and it is read elsewhere.
    const std::string lower = to_ascii_lower(text.substr(0, 64u << 10));
    const std::string_view front = text.substr(0, std::min(lower.find("<body"), lower.size()));
    const auto free_output = [](GumboOutput* output) { gumbo_destroy_output(&kGumboDefaultOptions, output); };
    const std::unique_ptr<GumboOutput, decltype(free_output)> output(
        gumbo_parse_with_options(&kGumboDefaultOptions, front.data(), front.size()), free_output);
    HtmlHead head;
    const GumboNode* html = output->root;
    if (html->type != GUMBO_NODE_ELEMENT) return head;
    for (const char* name : {"lang", "xml:lang"})
        if (const GumboAttribute* language = gumbo_get_attribute(&html->v.element.attributes, name);
            language && head.language.empty() && is_language_tag(language->value))
            head.language = language->value;
    if (const GumboNode* title = child(child(html, GUMBO_TAG_HEAD), GUMBO_TAG_TITLE)) {
        const GumboVector& children = title->v.element.children;
        for (unsigned i = 0; i < children.length; ++i)
            if (const auto* node = static_cast<const GumboNode*>(children.data[i]);
                node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
                head.title += with_replacements(node->v.text.text);
        head.title = collapsed(head.title);
    }
    return head;
}

} // namespace bifolio
