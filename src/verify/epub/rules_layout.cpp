// rules_layout.cpp: EPUB 3.3 §8, fixed layout and the properties of itemrefs.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB HTM-046", error, "a fixed-layout document has no viewport",
             "Add <meta name=\"viewport\" content=\"width=…, height=…\"/>."},
    EpubRule{"EPUB HTM-047", error, "a viewport cannot be read", "Write width=…, height=…."},
    EpubRule{"EPUB HTM-048", error, "a fixed-layout SVG document has no viewBox", "Add viewBox to its svg element."},
    EpubRule{"EPUB HTM-056", error, "a viewport lacks width or height", "Write both."},
    EpubRule{"EPUB HTM-057", error, "a viewport's width or height is no number", "Write a number of CSS pixels without a unit."},
    EpubRule{"EPUB HTM-059", error, "a viewport has a dimension twice", "Write it once."},
    EpubRule{"EPUB HTM-060a", note, "a second viewport is ignored", "Leave it out."},
    EpubRule{"EPUB HTM-060b", note, "a viewport in a reflowable document is ignored", "Leave it out."},
    EpubRule{"EPUB RSC-005.rendition", error, "an itemref has properties that exclude each other", "Keep one of them."},
};

struct ViewportProperty {
    std::string name, value;
    bool has_value = false;
};

// EPUB 3.3, appendix F. nullopt: not of that form.
std::optional<std::vector<ViewportProperty>> parse_viewport(std::string_view text) {
    std::vector<ViewportProperty> out;
    text = trimmed(text);
    const auto is_separator = [](char c) { return c == ',' || c == ';'; };
    if (text.empty() || is_separator(text.front()) || is_separator(text.back())) return std::nullopt;
    const auto is_end = [&](char c) { return is_separator(c) || is_ascii_space(c) || c == '='; };
    const auto skip_space = [&] {
        text.remove_prefix(static_cast<std::size_t>(std::ranges::find_if_not(text, is_ascii_space) - text.begin()));
    };
    const auto take_word = [&] {
        const auto size = static_cast<std::size_t>(std::ranges::find_if(text, is_end) - text.begin());
        std::string word(text.substr(0, size));
        text.remove_prefix(size);
        return word;
    };
    while (!text.empty()) {
        ViewportProperty one;
        one.name = take_word();
        if (one.name.empty()) return std::nullopt; // “=value”
        skip_space();
        if (text.starts_with('=')) {
            text.remove_prefix(1);
            skip_space();
            one.value = take_word();
            one.has_value = true;
            if (one.value.empty()) return std::nullopt;
            skip_space();
            if (text.starts_with('=')) return std::nullopt;
        }
        out.push_back(std::move(one));
        while (!text.empty() && (is_separator(text.front()) || is_ascii_space(text.front()))) text.remove_prefix(1);
    }
    return out;
}

bool is_positive_number(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (text.find_first_of("123456789") == std::string_view::npos) return false;
    return point == std::string_view::npos ? digits(text)
                                           : (point == 0 || digits(text.substr(0, point))) && digits(text.substr(point + 1));
}

void check_viewport(const XmlNode& meta, const Reporter& report) {
    const std::string content(meta.get("content"));
    const auto properties = parse_viewport(content);
    if (!properties) {
        const std::string lower = to_ascii_lower(content);
        // “height=” alone: the dimension is there and has no value.
        if (lower.find("width") != std::string::npos && trimmed(content).ends_with('='))
            report("EPUB HTM-057", named(content) + " has a dimension without a value", &meta);
        else
            report("EPUB HTM-047", named(content) + " is no viewport", &meta);
        return;
    }
    for (const std::string_view dimension : {"width", "height"}) {
        std::size_t count = 0;
        for (const ViewportProperty& one : *properties) {
            if (one.name != dimension) continue;
            if (++count == 2) report("EPUB HTM-059", named(dimension) + " is there twice", &meta);
            if (count == 1 && one.value != "device-" + std::string(dimension) && !is_positive_number(one.value))
                report("EPUB HTM-057", named(one.value) + " is no number of pixels for " + named(dimension), &meta);
        }
        if (count == 0) report("EPUB HTM-056", named(content) + " has no " + named(dimension), &meta);
    }
}

void check_fixed(const EpubDocument& document, std::string_view type, const Reporter& report) {
    const XmlNode& root = *document.xml.root;
    if (type == media_type::svg) {
        if (root.is(xml_space::svg, "svg") && !root.find("viewBox")) report("EPUB HTM-048", "‘svg’ has no ‘viewBox’", &root);
        return;
    }
    const XmlNode* head = root.child(xml_space::xhtml, "head");
    const XmlNode* first = nullptr;
    if (head)
        for (const XmlNode& node : *head) {
            if (!node.is(xml_space::xhtml, "meta") || !equals_ignoring_ascii_case(trimmed(node.get("name")), "viewport"))
                continue;
            if (first)
                report("EPUB HTM-060a", "a second viewport", &node);
            else {
                first = &node;
                check_viewport(node, report);
            }
        }
    if (!first) report("EPUB HTM-046", "the document has no viewport", head ? head : &root);
}

void check_exclusions(const SpineItem& itemref, const Reporter& report) {
    for (const std::string_view group :
         {"rendition:flow-", "rendition:layout-", "rendition:orientation-", "rendition:spread-", "page-spread-"}) {
        std::size_t count = 0;
        for (const std::string_view one : itemref.properties) {
            const std::string_view plain = group == "page-spread-" && one.starts_with("rendition:") ? one.substr(10) : one;
            if (plain.starts_with(group) && ++count == 2)
                report("EPUB RSC-005.rendition", "more than one property begins with " + named(group), itemref.node);
        }
    }
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    const PackageDocument& package = epub.package();
    const std::vector<std::string> layouts = package.metas("rendition:layout");
    const bool all_fixed = !layouts.empty() && layouts.front() == "pre-paginated";
    for (const SpineItem& itemref : package.itemrefs) {
        check_exclusions(itemref, {findings, package.path});
        if (!itemref.item) continue;
        const auto says = [&](std::string_view property) {
            return std::ranges::find(itemref.properties, property) != itemref.properties.end();
        };
        const bool fixed = says("rendition:layout-pre-paginated") || (all_fixed && !says("rendition:layout-reflowable"));
        const ManifestItem& item = package.items[*itemref.item];
        const EpubDocument* document = item.is_inside() ? epub.file.document(item.address.path) : nullptr;
        if (!document || !document->xml.well_formed() || !is_content_document(item.media_type)) continue;
        if (fixed) {
            check_fixed(*document, item.media_type, {findings, document->path});
            continue;
        }
        const XmlNode* head = document->xml.root->child(xml_space::xhtml, "head");
        if (head)
            for (const XmlNode& node : *head)
                if (node.is(xml_space::xhtml, "meta") && equals_ignoring_ascii_case(trimmed(node.get("name")), "viewport"))
                    findings.add("EPUB HTM-060b", "the document is reflowable", document->path, node.place);
    }
}

} // namespace

EpubChapter chapter_of_layout() { return {"EPUB 3.3 §8, layout", EpubStandard::epub_3_3, rules, check, nullptr}; }

} // namespace bifolio
