// rules_css.cpp: EPUB 3.3 §6.3, style sheets, style elements and style attributes. What they name: rules_resources.cpp.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/media_types.h"

#include <array>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB CSS-001", error, "a style sheet sets direction or unicode-bidi",
             "Use the attribute dir and the elements bdo and bdi."},
    EpubRule{"EPUB CSS-002", error, "an address in a style sheet is empty", "Name a file, or leave it out."},
    EpubRule{"EPUB CSS-003", warning, "a style sheet is UTF-16", "Write it in UTF-8."},
    EpubRule{"EPUB CSS-004", error, "a style sheet is neither UTF-8 nor UTF-16", "Write it in UTF-8."},
    EpubRule{"EPUB CSS-006", note, "a style sheet fixes something to the window",
             "Reading systems may leave position: fixed out."},
    EpubRule{"EPUB CSS-008", error, "a style sheet has a syntax error", "Mend it at the place named."},
    EpubRule{"EPUB CSS-019", warning, "an @font-face is empty", "Name a family and a source, or leave it out."},
    EpubRule{"EPUB CSS-007", note, "a font is of a foreign type", "Use OpenType, WOFF or WOFF2.",
             "fonts need no fallback; text is shown without them"},
};

void report_facts(const CssFacts& facts, const XmlNode* in, const Reporter& report) {
    const auto say = [&](std::string_view rule, const std::vector<CssProblem>& problems, std::string_view words) {
        for (const CssProblem& problem : problems) {
            XmlPlace place = problem.place;
            if (in && problem.place.line > 1) // of an element's text: its lines go on from the element's
                place.line += in->place.line - 1;
            else if (in)
                place = in->place;
            report(rule, words.empty() ? problem.what : problem.what + std::string(words), place);
        }
    };
    say("EPUB CSS-001", facts.forbidden_properties, " is set");
    say("EPUB CSS-002", facts.empty_addresses, " is empty");
    say("EPUB CSS-006", facts.fixed_positions, ": fixed");
    say("EPUB CSS-008", facts.syntax_errors, "");
    say("EPUB CSS-019", facts.empty_font_faces, " is empty");
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    for (const ManifestItem& item : epub.package().items) {
        if (!item.is_inside() || item.media_type != media_type::css) continue;
        const ResourceUses* uses = epub.uses.of(item.address.path);
        if (!uses) continue;
        const Reporter report{findings, uses->path};
        const std::string_view bytes = epub.file.bytes(uses->path);
        const std::string encoding = css_encoding_of(bytes);
        if (encoding.starts_with("utf-16")) {
            report("EPUB CSS-003", "it is encoded in UTF-16");
            continue;
        }
        if (encoding != "utf-8")
            report("EPUB CSS-004", "it says that it is encoded in " + named(encoding));
        else if (first_invalid_utf8(bytes) != std::string_view::npos)
            report("EPUB CSS-004", "it has bytes that are no UTF-8");
        report_facts(uses->css, nullptr, report);
    }
}

void check_document(const ExaminedEpub& epub, const EpubDocument& document, const ManifestItem&, EpubFindings& findings) {
    const ResourceUses* uses = epub.uses.of(document.path);
    if (!uses || !document.xml.well_formed()) return;
    for (const auto& [node, facts] : uses->styles) report_facts(facts, node, {findings, document.path});
}

} // namespace

EpubChapter chapter_of_css() { return {"EPUB 3.3 §6.3, CSS", EpubStandard::epub_3_3, rules, check, check_document}; }

} // namespace bifolio
