#include "picture/svg.h"

#include "base/utf8.h"
#include "picture/svg_document.h"
#include "picture/svg_reader.h"
#include "picture/svg_style.h"

#include <algorithm>
#include <set>

namespace bifolio {

SvgReading read_svg(std::string_view bytes) {
    SvgReading reading;
    const SvgDocument document(bytes);
    reading.problems = document.problems();
    if (!document.is_svg()) return reading;
    reading.drawing.emplace();
    SvgReader(document, *reading.drawing, reading.problems).read();
    std::ranges::stable_sort(reading.problems, {}, &PictureProblem::begin);
    return reading;
}

Result<SvgSize> svg_size(std::string_view bytes) {
    const SvgDocument document(bytes);
    if (!document.is_svg()) return Result<SvgSize>::failure(document.problems().front().message);
    std::vector<PictureProblem> problems; // read_svg() tells them
    const SvgStylesheet sheet(document, problems);
    const SvgStyler styler(document, sheet, [](std::uint32_t, std::uint32_t, const std::string&) {});
    return size_of_root(document, styler.style_of(SvgDocument::root, SvgStyle()));
}

namespace {

// url() and @import of something outside of the file, in CSS.
bool leads_out(std::string_view css) {
    const std::string lower = to_ascii_lower(css);
    if (lower.find("@import") != std::string::npos) return true;
    for (std::size_t at = lower.find("url("); at != std::string::npos; at = lower.find("url(", at + 4)) {
        const std::string_view target = trimmed(std::string_view(lower).substr(at + 4));
        const std::size_t quote = target.starts_with('"') || target.starts_with('\'') ? 1 : 0;
        if (!target.substr(quote).starts_with('#') && !target.substr(quote).starts_with("data:")) return true;
    }
    return false;
}

bool is_animation(std::string_view name) { return name.starts_with("animate") || name == "set"; }

// Browsers pass over control characters in an address: what is left must name a scheme that runs nothing, or none at all.
bool is_plain_link(std::string_view address) {
    std::string seen;
    for (const char c : address)
        if (static_cast<unsigned char>(c) > ' ' && c != '\x7f') seen += c;
    const std::size_t colon = seen.find_first_of(":/?#");
    if (colon == std::string::npos || seen[colon] != ':') return true;
    const std::string scheme = to_ascii_lower(seen.substr(0, colon));
    return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

// A drawing within the drawing could bring along what is refused here.
bool is_raster_address(std::string_view address) {
    return address.starts_with("data:image/") && !to_ascii_lower(address.substr(0, 16)).starts_with("data:image/svg");
}

class EpubCheck {
public:
    explicit EpubCheck(const SvgDocument& document) : document_(document), problems_(document.problems()) {}

    std::vector<PictureProblem> run() {
        if (!document_.is_svg()) return problems_;
        if (!document_.has_namespace()) at(SvgDocument::root, "the root lacks xmlns=\"http://www.w3.org/2000/svg\"");
        if (!document_.is_utf8()) at(SvgDocument::root, "the file is not in UTF-8");
        for (SvgNodeId id = 0; id < document_.size() && problems_.size() < 100; ++id) check(id);
        std::ranges::stable_sort(problems_, {}, &PictureProblem::begin);
        return problems_;
    }

private:
    void at(SvgNodeId node, std::string message) {
        problems_.push_back({document_[node].begin, document_[node].end, std::move(message)});
    }
    void at(const SvgAttribute& attribute, std::string message) {
        problems_.push_back({attribute.begin, attribute.end, std::move(message)});
    }

    bool animates_more_than_the_look(SvgNodeId id) const {
        const std::string name = to_ascii_lower(trimmed(document_.value(id, "attributeName")));
        return name == "href" || name.ends_with(":href") || name.starts_with("on");
    }

    void check(SvgNodeId id) {
        const SvgNode& node = document_[id];
        if (node.name == "script" || node.name == "handler" || node.name == "listener") at(id, "a script is not shipped");
        if (is_animation(node.name) && animates_more_than_the_look(id))
            at(id, "an animation of a link or of a script (‘" + std::string(node.name) + "’) is not shipped");
        if (node.name == "foreignObject") at(id, "foreign content (foreignObject) is not shipped");
        if (node.name == "style" && leads_out(document_.text_of(id)))
            at(id, "the style sheet refers to something outside of the file");
        std::set<std::string_view> names;
        for (const SvgAttribute& attribute : node.attributes) {
            if (!names.insert(attribute.name).second)
                at(attribute, "the attribute ‘" + std::string(attribute.name) + "’ is there twice");
            check(node, attribute);
        }
    }

    void check(const SvgNode& node, const SvgAttribute& attribute) {
        const std::string_view name = attribute.name, value = trimmed(attribute.value);
        if (name.size() > 2 && name.starts_with("on"))
            return at(attribute, "the event attribute ‘" + std::string(name) + "’ is not shipped");
        if (name == "id" && !ids_.insert(value).second)
            return at(attribute, "the id ‘" + std::string(value.substr(0, 80)) + "’ is there twice");
        if (name == "href" && node.name == "a") {
            if (!is_plain_link(value)) at(attribute, "a link that is no web, mail or telephone address is not shipped");
            return;
        }
        if (name == "href" && !value.starts_with('#') && !is_raster_address(value)) {
            return at(attribute, "the reference ‘" + std::string(value.substr(0, 80)) + "’ leads out of the file");
        }
        if (name == "xml:base") return at(attribute, "‘xml:base’ leads out of the file");
        if (name != "href" && leads_out(value))
            at(attribute, "‘" + std::string(name) + "’ refers to something outside of the file");
    }

    const SvgDocument& document_;
    std::vector<PictureProblem> problems_;
    std::set<std::string_view> ids_;
};

} // namespace

std::vector<PictureProblem> check_svg_for_epub(std::string_view bytes) {
    const SvgDocument document(bytes);
    return EpubCheck(document).run();
}

std::string with_words(std::string_view bytes, const SvgWords& words) {
    const SvgDocument document(bytes);
    if (!document.is_svg() || !document.is_utf8()) return std::string(bytes);
    const SvgNode& root = document[SvgDocument::root];
    if (root.begin >= bytes.size() || bytes[root.begin] != '<') return std::string(bytes);
    const auto has = [&](std::string_view name) {
        return std::ranges::any_of(root.children, [&](SvgNodeId child) { return document[child].name == name; });
    };
    // The end of the root's start tag; “>” may stand in a value.
    std::size_t end = root.begin;
    for (char quote = 0; end < bytes.size() && (quote != 0 || bytes[end] != '>'); ++end)
        if (quote == 0 ? bytes[end] == '"' || bytes[end] == '\'' : bytes[end] == quote) quote = quote == 0 ? bytes[end] : '\0';
    if (end >= bytes.size() || bytes[end - 1] == '/') return std::string(bytes); // it draws nothing
    // Named as the root is: “svg:title”.
    const std::size_t name_end = bytes.find_first_of(" \t\r\n>", root.begin);
    const std::string_view qualified = bytes.substr(root.begin + 1, name_end - root.begin - 1);
    const std::string prefix(qualified.substr(0, qualified.find(':') == std::string_view::npos ? 0 : qualified.find(':') + 1));
    std::string made(bytes.substr(0, end));
    if (!document.attribute(SvgDocument::root, "role")) made += " role=\"img\"";
    made += '>';
    const auto add = [&](std::string_view name, const std::string& text) {
        if (is_blank(text) || has(name)) return;
        made += "<" + prefix + std::string(name);
        if (!words.language.empty()) made += " xml:lang=\"" + words.language + "\"";
        made += ">";
        for (const char c : text) made += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
        made += "</" + prefix + std::string(name) + ">";
    };
    add("title", words.title);
    add("desc", words.description);
    return made.append(bytes.substr(end + 1));
}

} // namespace bifolio
