#include "proof/prove.h"

#include "base/utf8.h"
#include "proof/compare.h"
#include "proof/difference_reporter.h"
#include "proof/file_digests.h"
#include "proof/picture_digest.h"
#include "proof/prove_navigation.h"
#include "proof/prove_pictures.h"
#include "proof/text_digest.h"

#include <algorithm>
#include <functional>
#include <set>

namespace bifolio {

namespace {

constexpr std::size_t excerpt_characters = 60;

std::string excerpt(const std::vector<TextToken>& tokens, std::size_t begin, std::size_t end, bool is_expected) {
    const std::size_t shown = std::min(end, begin + excerpt_characters);
    return text_of(tokens.data() + begin, tokens.data() + shown, is_expected) + (shown < end ? "…" : "");
}

// `name_place`: of a stretch's place, “ on page 3”.
void report(const Difference& one, const TextStream& expected, const TextStream& found,
            const std::function<std::string(std::uint32_t)>& name_place, DifferenceReporter& reporter) {
    const std::size_t at = std::min(one.expected_begin, expected.tokens.empty() ? 0 : expected.tokens.size() - 1);
    const Stretch* stretch = expected.stretch_at(at);
    const Stretch* place = found.stretch_at(std::min(one.found_begin, found.tokens.empty() ? 0 : found.tokens.size() - 1));
    NodeId node = stretch ? stretch->node : no_node;
    if (node == no_node && at > 0) // what was added between the book's words and others stands behind these words
        if (const Stretch* before = expected.stretch_at(at - 1)) node = before->node;
    const std::string there = place ? name_place(place->place) : "";
    const std::string wanted = excerpt(expected.tokens, one.expected_begin, one.expected_end, true);
    const std::string has = excerpt(found.tokens, one.found_begin, one.found_end, false);
    if (one.found_begin == one.found_end)
        reporter.error("proof.lost-text", node, " lacks ‘" + wanted + "’" + there);
    else if (one.expected_begin == one.expected_end)
        reporter.error("proof.added-text", node, " has ‘" + has + "’" + there + ", which the book does not have there");
    else if (wanted == has)
        reporter.error("proof.changed-text", node, " parts ‘" + wanted + "’" + there + " in another way than the book");
    else
        reporter.error("proof.changed-text", node, " has ‘" + has + "’" + there + " instead of ‘" + wanted + "’");
}

// Also parted by the same gaps.
bool is_same_text(std::string_view wanted, std::string_view has) {
    TextStream expected, found;
    ExpectedWriter(expected).text(wanted, ExpectedWriter::WhiteSpaceMode::collapsed);
    FoundWriter(found).text(collapsed(has));
    return compare(expected, found).empty();
}

void compare_pictures(const ExpectedText& expected, const FoundPdf& found, DifferenceReporter& reporter) {
    const std::size_t both = std::min(expected.pictures.size(), found.pictures.size());
    for (std::size_t i = 0; i < both; ++i) {
        const ExpectedPicture& wanted = expected.pictures[i];
        const FoundPicture& has = found.pictures[i];
        const std::string on_page = has.page > 0 ? " on page " + std::to_string(has.page) : "";
        if (!is_same_text(wanted.alternative, has.alternative))
            return reporter.error("proof.lost-picture", wanted.node,
                                  " has the alternative text ‘" + has.alternative + "’" + on_page + " instead of ‘" +
                                      wanted.alternative + "’");
        if (has.drawn == 0)
            reporter.error("proof.lost-picture", wanted.node,
                           " does not draw the picture ‘" + wanted.alternative + "’" + on_page);
    }
    if (both < expected.pictures.size())
        reporter.error("proof.lost-picture", expected.pictures[both].node,
                       " lacks the picture ‘" + expected.pictures[both].alternative + "’");
    if (both < found.pictures.size())
        reporter.error("proof.lost-picture", no_node,
                       " has a picture ‘" + found.pictures[both].alternative + "’ that the book does not have");
}

void compare_pages(const ExpectedPdf& expected, const FoundPdf& found, DifferenceReporter& reporter) {
    for (const PageFault& fault : expected.faults)
        reporter.error("proof.changed-page", no_node,
                       " has page " + std::to_string(fault.page + 1) + " of the book, which " + fault.what);
    if (expected.pages.size() != found.pages.size())
        reporter.error("proof.changed-page", no_node,
                       " has " + std::to_string(found.pages.size()) + (found.pages.size() == 1 ? " page" : " pages") +
                           " instead of " + std::to_string(expected.pages.size()));
    for (std::size_t i = 0; i < std::min(expected.pages.size(), found.pages.size()); ++i) {
        const ExpectedPage& wanted = expected.pages[i];
        const FoundPage& has = found.pages[i];
        const std::string page = " on page " + std::to_string(i + 1);
        if (has.is_repeated)
            return reporter.error("proof.changed-page", no_node, " has page " + std::to_string(i + 1) + " twice");
        if (!has.unread.empty())
            reporter.error("proof.added-text", no_node,
                           " shows ‘" + has.unread.substr(0, 80) + "’" + page + ", which its structure tree does not have");
        if (wanted.sum != has.sum)
            return reporter.error("proof.changed-page", no_node, " has other text" + page + " than was set there");
        if (!has.outside.empty() && !wanted.has_outside)
            reporter.error("proof.hidden-text", no_node, " has ‘" + has.outside.substr(0, 80) + "’ beyond the edge" + page);
        if (!has.covered.empty())
            reporter.error("proof.hidden-text", no_node,
                           " has ‘" + has.covered + "’" + page + ", over which something is painted");
        if (!has.is_cover_known)
            reporter.error("proof.hidden-text", no_node, " paints more" + page + " than can be looked at: it may hide text");
        if (!has.annotation.empty())
            reporter.error("proof.changed-page", no_node,
                           " has an annotation (" + has.annotation + ")" + page + " that was not written there");
        if (!has.clipped.empty())
            reporter.error("proof.hidden-text", no_node, " has ‘" + has.clipped + "’" + page + ", which is cut off");
        if (!has.misspoken.empty())
            reporter.error("proof.hidden-text", no_node,
                           " shows ‘" + has.misspoken + "’" + page + " and says something else of it");
        if (wanted.looks.glyphs != has.looks.glyphs)
            reporter.error("proof.hidden-text", no_node,
                           " draws " + std::to_string(has.looks.glyphs) + " glyphs of text" + page + " instead of " +
                               std::to_string(wanted.looks.glyphs));
        const bool may_be_summed = !has.looks.is_mixed;
        if (may_be_summed ? wanted.looks.sum != has.looks.sum : !std::ranges::includes(wanted.looks.all, has.looks.all))
            reporter.error("proof.hidden-text", no_node,
                           " has text" + page + " that is not as visible as it was set: its colour, opacity or size is another");
        if (wanted.drawn_words != has.drawn_words)
            reporter.error("proof.changed-page", no_node, " has other words in its drawings" + page + " than were set there");
        if (wanted.artifacts != has.artifacts)
            return reporter.error("proof.changed-page", no_node,
                                  " has other running heads, page numbers or repeated heads" + page + " than were set there");
    }
}

// Their places are counted in characters: they say nothing where those differ.
void compare_labels(const ExpectedText& expected, const FoundPdf& found, DifferenceReporter& reporter) {
    for (std::size_t i = 0; i < std::max(expected.labels.size(), found.labels.size()); ++i) {
        const TextLabel* wanted = i < expected.labels.size() ? &expected.labels[i] : nullptr;
        const std::string* has = i < found.labels.size() ? &found.labels[i] : nullptr;
        if (wanted && has && wanted->begin == found.text.places[i] && wanted->name == *has) continue;
        return reporter.error("proof.changed-structure", wanted ? wanted->node : no_node,
                              " has ‘" + (has ? *has : std::string()) + "’ as a heading or what an abbreviation stands for " +
                                  "instead of ‘" + (wanted ? wanted->name : std::string()) + "’");
    }
}

// Where a picture is not shown, its words stand there, or the name of its file.
void compare_pictures(const Book& book, const ExpectedDocuments& expected, const FoundDocuments& found,
                      DifferenceReporter& reporter) {
    const std::vector<ExpectedPicture>& pictures = expected.text.pictures;
    const std::size_t both = std::min(pictures.size(), found.pictures.size());
    for (std::size_t i = 0; i < both; ++i) {
        const ExpectedPicture& one = pictures[i];
        const FoundDocumentPicture& has = found.pictures[i];
        const ResourceId resource = book.node(one.node).resource;
        const bool is_named = !has.is_shown && one.alternative.empty() && resource != no_resource;
        const std::string& wanted = is_named ? book.resources[index(resource)].path : one.alternative;
        const std::string there = " in " + found.documents[has.document];
        if (!is_same_text(wanted, has.alternative))
            return reporter.error("proof.lost-picture", one.node,
                                  " has the alternative text ‘" + has.alternative + "’" + there + " instead of ‘" + wanted + "’");
        if (has.is_shown && (resource == no_resource || index(resource) >= expected.pictures.size() ||
                             expected.pictures[index(resource)] != has.sha256))
            reporter.error("proof.lost-picture", one.node, " shows another picture" + there + " than ‘" + wanted + "’");
    }
    if (both < pictures.size())
        reporter.error("proof.lost-picture", pictures[both].node, " lacks the picture ‘" + pictures[both].alternative + "’");
    if (both < found.pictures.size())
        reporter.error("proof.lost-picture", no_node,
                       " has a picture ‘" + found.pictures[both].alternative + "’ in " +
                           found.documents[found.pictures[both].document] + " that the book does not have");
}

// How many pictures show the very data of the book's file, whatever else was taken out of it.
std::size_t pictures_as_they_were(const Book& book, const ExpectedDocuments& expected, const FoundDocuments& found) {
    std::map<ResourceId, std::string> digests;
    std::size_t out = 0;
    for (std::size_t i = 0; i < std::min(expected.text.pictures.size(), found.pictures.size()); ++i) {
        const ResourceId resource = book.node(expected.text.pictures[i].node).resource;
        if (!found.pictures[i].is_shown || resource == no_resource || !book.resources[index(resource)].bytes) continue;
        const auto [known, is_new] = digests.try_emplace(resource);
        if (is_new) known->second = picture_digest(*book.resources[index(resource)].bytes);
        out += known->second == found.pictures[i].content ? 1 : 0;
    }
    return out;
}

std::string shortened(const std::string& name) {
    constexpr std::size_t most = 90;
    if (name.size() <= most) return name;
    std::size_t end = most;
    while (is_continuation_byte(name[end])) --end;
    return name.substr(0, end) + "…";
}

// `places`: the documents' names; of the NCX its own.
void compare_structure(const DocumentMarks& expected, const DocumentMarks& found, const std::vector<std::string>& places,
                       DifferenceReporter& reporter) {
    for (const MarkDifference& one : compare_marks(expected, found, most_differences)) {
        const DocumentMark* wanted = one.expected == MarkDifference::missing ? nullptr : &expected.all()[one.expected];
        const DocumentMark* has = one.found == MarkDifference::missing ? nullptr : &found.all()[one.found];
        const std::string there = has ? " in " + places[has->owner] : "";
        const NodeId node = wanted ? NodeId{wanted->owner} : no_node;
        if (!has)
            reporter.error("proof.changed-structure", node, " lacks ‹" + shortened(expected.name(*wanted)) + "›");
        else if (!wanted)
            reporter.error("proof.changed-structure", node,
                           " has ‹" + shortened(found.name(*has)) + "›" + there + ", which the book does not have there");
        else if (expected.name(*wanted) != found.name(*has))
            reporter.error("proof.changed-structure", node,
                           " has ‹" + shortened(found.name(*has)) + "›" + there + " instead of ‹" +
                               shortened(expected.name(*wanted)) + "›");
        else
            reporter.error("proof.changed-structure", node,
                           " has other text in ‹" + shortened(found.name(*has)) + "›" + there + " than the book");
    }
}

void compare_files(const ExpectedDocuments& expected, const FoundDocuments& found, DifferenceReporter& reporter) {
    for (const auto& [path, digest] : expected.files) {
        const auto has = found.files.find(path);
        if (has == found.files.end())
            reporter.error("proof.changed-file", no_node, " lacks the file ‘" + path + "’");
        else if (has->second != digest)
            reporter.error("proof.changed-file", no_node, " has another file ‘" + path + "’ than was put there");
    }
    for (const auto& [path, digest] : found.files)
        if (!expected.files.contains(path))
            reporter.error("proof.changed-file", no_node, " has the file ‘" + path + "’, which was not put there");
}

void compare_documents(const Book& book, const ExpectedDocuments& expected, const FoundDocuments& found,
                       DifferenceReporter& reporter) {
    for (const NodeId node : expected.homeless)
        reporter.error("proof.lost-text", node, " has not one place for ‘" + book.node(node).text.substr(0, 80) + "’");
    for (const std::string& document : found.unread)
        reporter.error("proof.changed-document", no_node, " has " + document + ", which cannot be read");
    const std::size_t both = std::min(expected.documents.size(), found.spine.size());
    for (std::size_t i = 0; i < both; ++i)
        if (expected.documents[i] != found.spine[i])
            return reporter.error("proof.changed-document", no_node,
                                  " has the document ‘" + found.spine[i] + "’ where ‘" + expected.documents[i] + "’ belongs");
    if (both < expected.documents.size())
        reporter.error("proof.changed-document", no_node, " lacks the document ‘" + expected.documents[both] + "’");
    if (both < found.spine.size())
        reporter.error("proof.changed-document", no_node, " has the document ‘" + found.spine[both] + "’ too much");
}

std::string first_characters(std::string_view text, std::size_t most) {
    std::string out = collapsed(text);
    std::size_t at = 0;
    for (std::size_t count = 0; at < out.size() && count < most; ++count) at += decode_utf8(out, at).size;
    if (at < out.size()) out.replace(at, std::string::npos, "…");
    return out;
}

std::vector<OmittedWords> words_of(const Book& book, const std::map<Omission, OmittedText>& omitted) {
    std::vector<OmittedWords> out;
    for (const auto& [why, text] : omitted) {
        OmittedWords& one = out.emplace_back(OmittedWords{std::string(name_of(why)), text.characters, {}});
        if (why == Omission::in_contents_only) continue; // all of it is there in another form
        for (const NodeId node : text.nodes) one.texts.push_back(first_characters(book.node(node).text, excerpt_characters));
    }
    return out;
}

ProofCounts counts_of(const Book& book, const ExpectedText& wanted, const TextStream& found, bool is_proven) {
    const TextStream& expected = wanted.text;
    ProofCounts out;
    std::vector<bool> is_there(book.nodes.size(), false);
    TextDigest own;
    for (std::size_t i = 0; i < expected.stretches.size(); ++i) {
        const Stretch& stretch = expected.stretches[i];
        const std::size_t end = i + 1 < expected.stretches.size() ? expected.stretches[i + 1].begin : expected.tokens.size();
        if (stretch.kind == TextKind::picture) continue; // counted where they are compared
        if (stretch.kind != TextKind::own) {
            Addition& addition = out.added[std::string(name_of(stretch.kind))];
            ++addition.pieces;
            addition.characters += end - stretch.begin;
            continue;
        }
        if (const std::size_t node = index(stretch.node); node < is_there.size() && !is_there[node]) {
            is_there[node] = true;
            ++out.found.nodes;
        }
        out.found.characters += end - stretch.begin;
        for (std::size_t at = stretch.begin; at < end; ++at) {
            // Proven: the file's character is the book's, so the gap can be told from the book.
            const bool gap = gap_of(expected.tokens[at]) != Gap::none && gap_of(expected.tokens[at]) != Gap::optional;
            out.found.words += gap ? 1 : 0;
            if (is_proven) own.add(code_point(found.tokens[at]), gap);
        }
    }
    if (is_proven) out.found.digest = own.hex();
    out.omitted = words_of(book, wanted.omitted);
    return out;
}

} // namespace

ProofCounts prove_pdf(const std::string& name, const Book& book, const ExpectedPdf& expected, const PdfFile& file,
                      const Structure& structure, const TaskPool& pool, Diagnostics& diagnostics) {
    FoundPdf found = found_pdf(file, structure, {expected.text.turns_text, expected.is_for_press}, pool);
    // As whoever has no book reads the file; before comparing turns what may stand either way.
    std::string digest = file_digest(expected.text.turns_text ? found_pdf(file, structure, {}, pool) : found);
    DifferenceReporter reporter(name, book, diagnostics);
    const auto on_page = [](std::uint32_t page) { return " on page " + std::to_string(page); };
    for (const Difference& one : compare(expected.text.text, found.text))
        report(one, expected.text.text, found.text, on_page, reporter);
    compare_pictures(expected.text, found, reporter);
    compare_pages(expected, found, reporter);
    if (!reporter.has_found()) compare_labels(expected.text, found, reporter);
    compare_navigation(book, expected, found_navigation(file), reporter);
    compare_drawn_pictures(book, expected, found, file, pool, reporter);
    for (const StructureFault& fault : structure.faults()) // a reader of the tree goes its way once only
        if (fault.kind == StructureFault::Kind::met_twice || fault.kind == StructureFault::Kind::content_twice)
            reporter.error("proof.added-text", no_node, " has a part of its structure tree twice");
    ProofCounts counts = counts_of(book, expected.text, found.text, !reporter.has_found());
    counts.differences = reporter.count();
    counts.found.pictures = found.pictures.size();
    counts.pages = found.pages.size();
    counts.file_digest = std::move(digest);
    return counts;
}

ProofCounts prove_documents(const std::string& name, const Book& book, const ExpectedDocuments& expected, FoundDocuments found,
                            Diagnostics& diagnostics) {
    DifferenceReporter reporter(name, book, diagnostics);
    const auto in_document = [&](std::uint32_t at) { return " in " + found.documents[at]; };
    for (const Difference& one : compare(expected.text.text, found.text))
        report(one, expected.text.text, found.text, in_document, reporter);
    compare_pictures(book, expected, found, reporter);
    compare_documents(book, expected, found, reporter);
    compare_files(expected, found, reporter);
    // The places of marks are counted in characters: they say nothing where those differ.
    if (!reporter.has_found()) {
        compare_structure(expected.marks, found.marks, found.documents, reporter);
        compare_structure(expected.ncx, found.ncx, {"toc.ncx"}, reporter);
    }
    ProofCounts counts = counts_of(book, expected.text, found.text, !reporter.has_found());
    counts.differences = reporter.count();
    counts.found.pictures = found.pictures.size();
    counts.pictures_as_they_were = pictures_as_they_were(book, expected, found);
    counts.pages = found.spine.size();
    return counts;
}

} // namespace bifolio
