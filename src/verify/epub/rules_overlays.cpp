// rules_overlays.cpp: EPUB 3.3 §9, media overlays.
#include "base/number.h"
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"
#include "verify/epub/schema_model.h"
#include "verify/epub/vocabularies.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB RSC-005.overlay", error, "a media overlay is not named as it must be",
             "media-overlay names a SMIL item, on XHTML and SVG items."},
    EpubRule{"EPUB RSC-005.duration", error, "the duration of the publication or of an overlay is missing",
             "Add media:duration for the whole, and one that refines each overlay."},
    EpubRule{"EPUB RSC-005.clock", error, "a time cannot be read", "Write 0:12:34.5, 12:34 or 12.5s."},
    EpubRule{"EPUB MED-005", error, "an overlay plays audio of a foreign type", "Use MP3, AAC in MP4, or Opus."},
    EpubRule{"EPUB MED-008", error, "a clip begins after its end", "Mend the times."},
    EpubRule{"EPUB MED-009", error, "a clip begins at its end", "Mend the times."},
    EpubRule{"EPUB MED-010", error, "an overlay reads a document that does not name it",
             "Add media-overlay to the document's item."},
    EpubRule{"EPUB MED-011", error, "two overlays read the same document", "Keep one overlay for a document."},
    EpubRule{"EPUB MED-012", error, "a document names another overlay than the one that reads it", "Mend media-overlay."},
    EpubRule{"EPUB MED-013", error, "a document's overlay does not read it", "Mend media-overlay, or the overlay."},
    EpubRule{"EPUB MED-014", error, "an audio file is named with a fragment", "Use clipBegin and clipEnd."},
    EpubRule{"EPUB MED-015", note, "an overlay reads a document out of order", "Order it as the document is."},
    EpubRule{"EPUB MED-016", warning, "the whole duration is not the sum of the overlays'", "Write the sum."},
    EpubRule{"EPUB MED-017", warning, "an overlay names part of an XHTML document by a scheme", "Name an element's id."},
    EpubRule{"EPUB MED-018", warning, "an overlay names part of an SVG document by an unknown scheme",
             "Name an element's id, or a view."},
    EpubRule{"EPUB CSS-030", error, "a class for what is being read is named and the document has no style sheet",
             "Link a style sheet with the class."},
    EpubRule{"EPUB CSS-029", note, "a style sheet has a well-known class that the package does not name",
             "Add media:active-class.", "it is told of style sheets, of which many share these names"},
};

constexpr std::array model{
    ElementModel{"smil", "version! id epub:prefix xml:lang dir", "head? body"},
    ElementModel{"head", "", "metadata?"},
    ElementModel{"metadata", "*", "…", ElementModel::Text::any},
    ElementModel{"body", "epub:type id epub:textref", "& seq* par*"},
    ElementModel{"seq", "epub:type id epub:textref!", "& seq* par*"},
    ElementModel{"par", "epub:type id", "text audio?"},
    ElementModel{"text", "id src!", ""},
    ElementModel{"audio", "id clipBegin clipEnd src!", ""},
};

// SMIL 3.0 clock values, in seconds.
std::optional<double> seconds_of(std::string_view text) {
    text = trimmed(text);
    std::vector<std::string_view> parts;
    for (std::string_view rest = text;;) {
        const std::size_t colon = rest.find(':');
        parts.push_back(rest.substr(0, colon));
        if (colon == std::string_view::npos) break;
        rest.remove_prefix(colon + 1);
    }
    const auto number = [](std::string_view part, bool fraction) -> std::optional<double> {
        if (part.empty() || part[0] < '0' || part[0] > '9' ||
            part.find_first_not_of(fraction ? "0123456789." : "0123456789") != std::string_view::npos)
            return std::nullopt;
        return parse_number(part);
    };
    if (parts.size() == 1) {
        double factor = 1;
        for (const auto& [unit, seconds] : {std::pair<std::string_view, double>{"ms", 0.001}, {"min", 60}, {"h", 3600}, {"s", 1}})
            if (text.ends_with(unit)) {
                factor = seconds;
                text.remove_suffix(unit.size());
                break;
            }
        const auto value = number(text, true);
        return value ? std::optional(*value * factor) : std::nullopt;
    }
    if (parts.size() > 3) return std::nullopt;
    double out = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size(), hours = parts.size() == 3 && i == 0;
        const auto value = number(parts[i], last);
        const std::size_t digits = std::min(parts[i].find('.'), parts[i].size());
        if (!value || (!hours && (digits != 2 || *value >= 60))) return std::nullopt;
        out = out * 60 + *value;
    }
    return out;
}

void check_smil(const ExaminedEpub&, const EpubDocument& document, const ManifestItem& item, EpubFindings& findings) {
    if (item.media_type != media_type::smil || !document.xml.well_formed()) return;
    const Reporter report{findings, document.path};
    const XmlNode& root = *document.xml.root;
    check_model(root, xml_space::smil, model, report);
    const Prefixes prefixes = read_prefixes(root.get("prefix", xml_space::epub), PrefixPlace::content, root, report);
    std::set<std::string_view> ids;
    for (const XmlNode& node : document.xml.nodes) {
        if (!node.is_element()) continue;
        if (const std::string_view* id = node.find("id"); id && !ids.insert(trimmed(*id)).second)
            report("EPUB RSC-005.id", "the id " + named(*id) + " occurs twice", &node);
        for (const std::string& type : words_of(node.get("type", xml_space::epub)))
            if (const std::size_t colon = type.find(':'); colon != std::string::npos && !prefixes.contains(type.substr(0, colon)))
                report("EPUB OPF-028", "the prefix of " + named(type) + " is not declared", &node);
        if (!node.is(xml_space::smil, "audio")) continue;
        if (node.get("src").find('#') != std::string_view::npos)
            report("EPUB MED-014", named(node.get("src")) + " has a fragment", &node);
        std::optional<double> times[2];
        for (const int i : {0, 1}) {
            const std::string_view* written = node.find(i == 0 ? "clipBegin" : "clipEnd");
            if (!written) continue;
            times[i] = seconds_of(*written);
            if (!times[i]) report("EPUB RSC-005.clock", named(*written) + " is no time", &node);
        }
        const bool begins = node.find("clipBegin") != nullptr;
        const double begin = begins ? times[0].value_or(-1) : 0;
        if (times[1] && begin >= 0 && begin > *times[1]) report("EPUB MED-008", "the clip begins after its end", &node);
        if (times[1] && begin >= 0 && begin == *times[1]) report("EPUB MED-009", "the clip begins at its end", &node);
    }
}

void check_durations(const PackageDocument& package, const Reporter& report) {
    if (!package.metadata) return;
    std::optional<double> whole;
    std::map<std::string, double, std::less<>> of_items;
    const XmlNode* where = nullptr;
    for (const XmlNode& node : *package.metadata) {
        if (!node.is(xml_space::opf, "meta") || trimmed(node.get("property")) != "media:duration") continue;
        const std::string text = text_of(node);
        const auto seconds = seconds_of(text);
        if (!seconds) report("EPUB RSC-005.clock", named(trimmed(text)) + " is no time", &node);
        const std::string_view refines = trimmed(node.get("refines"));
        if (refines.starts_with('#'))
            of_items[std::string(refines.substr(1))] = seconds.value_or(0);
        else if (!node.find("refines")) {
            whole = seconds.value_or(0);
            where = &node;
        }
    }
    std::set<std::string> overlays;
    for (const ManifestItem& item : package.items)
        if (!item.media_overlay.empty()) overlays.insert(item.media_overlay);
    if (overlays.empty()) return;
    if (!whole) report("EPUB RSC-005.duration", "the publication has no media:duration", package.metadata);
    double sum = 0;
    bool complete = true;
    for (const std::string& id : overlays) {
        const auto found = of_items.find(id);
        complete = complete && found != of_items.end();
        if (found == of_items.end())
            report("EPUB RSC-005.duration", "no media:duration refines #" + id, package.metadata);
        else
            sum += found->second;
    }
    if (whole && complete && std::abs(sum - *whole) > 1)
        report("EPUB MED-016", "the overlays last " + std::to_string(std::lround(sum)) + " s", where);
}

// Which overlays read which documents, against what the documents' items say.
void check_readers(const ExaminedEpub& epub, EpubFindings& findings) {
    const PackageDocument& package = epub.package();
    const Reporter report{findings, package.path};
    std::map<std::size_t, std::set<std::size_t>> readers; // of a document's item, the overlays' items
    for (std::size_t i = 0; i < package.items.size(); ++i) {
        const ManifestItem& overlay = package.items[i];
        const ResourceUses* uses =
            overlay.is_inside() && overlay.media_type == media_type::smil ? epub.uses.of(overlay.address.path) : nullptr;
        if (!uses) continue;
        const Reporter in_overlay{findings, uses->path};
        std::map<std::size_t, std::uint32_t> reached; // how far in each document
        for (const Use& use : uses->uses) {
            const auto item = package.item_of(use.address, use.written);
            if (!item) continue;
            const ManifestItem& target = package.items[*item];
            if (use.kind == UseKind::overlay_audio && is_audio(target.media_type) && !is_core_media_type(target.media_type))
                in_overlay("EPUB MED-005", named(use.written) + " is " + named(target.media_type), use.place);
            if (use.kind != UseKind::overlay_text || !is_content_document(target.media_type)) continue;
            if (use.node && use.node->name == "text") {
                readers[*item].insert(i);
                if (const EpubDocument* document = epub.file.document(target.address.path)) {
                    const auto found = document->ids.find(use.address.fragment);
                    if (found != document->ids.end()) {
                        std::uint32_t& before = reached[*item];
                        if (found->second->order < before)
                            in_overlay("EPUB MED-015", named(use.written) + " stands before what was read last", use.place);
                        before = std::max(before, found->second->order);
                    }
                }
            }
            const std::string& fragment = use.address.fragment;
            const bool scheme = fragment.find('(') != std::string::npos || fragment.find('=') != std::string::npos;
            if (scheme && target.media_type == media_type::xhtml)
                in_overlay("EPUB MED-017", named(use.written) + " is no id", use.place);
            if (scheme && target.media_type == media_type::svg && !fragment.starts_with("svgView(") &&
                !fragment.starts_with("xywh=") && !fragment.starts_with("t="))
                in_overlay("EPUB MED-018", named(use.written) + " is no view", use.place);
        }
    }
    for (const auto& [item, overlays] : readers) {
        const ManifestItem& document = package.items[item];
        if (overlays.size() > 1)
            report("EPUB MED-011", named(document.address.path) + " is read by several overlays", document.node);
        if (document.media_overlay.empty())
            report("EPUB MED-010", named(document.address.path) + " does not name its overlay", document.node);
        else if (std::ranges::none_of(overlays, [&](std::size_t one) { return package.items[one].id == document.media_overlay; }))
            report("EPUB MED-012", named(document.address.path) + " names " + named(document.media_overlay), document.node);
    }
    const bool has_class = !package.metas("media:active-class").empty() || !package.metas("media:playback-active-class").empty();
    for (std::size_t i = 0; i < package.items.size(); ++i) {
        const ManifestItem& document = package.items[i];
        if (document.media_overlay.empty()) continue;
        const auto overlay = package.item_with_id(document.media_overlay);
        if (!overlay || package.items[*overlay].media_type != media_type::smil)
            report("EPUB RSC-005.overlay", named(document.media_overlay) + " is no media overlay", document.node);
        else if (!is_content_document(document.media_type))
            report("EPUB RSC-005.overlay", "‘media-overlay’ stands on an item of the type " + named(document.media_type),
                   document.node);
        else if (!readers.contains(i) && epub.file.document(package.items[*overlay].address.path) &&
                 epub.file.document(document.address.path))
            report("EPUB MED-013", "the overlay does not read " + named(document.address.path), document.node);
        const ResourceUses* uses = document.is_inside() ? epub.uses.of(document.address.path) : nullptr;
        if (has_class && uses && is_content_document(document.media_type) && !uses->has_styles)
            report("EPUB CSS-030", named(document.address.path) + " has no style sheet", document.node);
    }
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    check_durations(epub.package(), {findings, epub.package().path});
    check_readers(epub, findings);
}

} // namespace

EpubChapter chapter_of_overlays() { return {"EPUB 3.3 §9, media overlays", EpubStandard::epub_3_3, rules, check, check_smil}; }

} // namespace bifolio
