// builders.h: small makers of model values, so that a test's manuscript reads like a page.
#pragma once

#include "assemble/assemble.h"
#include "model/manuscript.h"

#include <string>
#include <utility>
#include <vector>

namespace bifolio::test {

template <class T>
Located<T> at(T value, std::uint32_t begin = 0) {
    return {std::move(value), Span{SourceId{1}, begin, begin + 1}};
}
inline Located<std::string> named(std::string value) { return at(std::move(value)); }

inline NodeInfo id(std::string name) {
    NodeInfo info;
    info.id = std::move(name);
    return info;
}
inline NodeInfo classed(std::string name) {
    NodeInfo info;
    info.classes.push_back(std::move(name));
    return info;
}

inline Inline text(std::string words) { return {{}, Text{std::move(words)}}; }
inline Inlines words(std::string plain) { return {text(std::move(plain))}; }
inline Inline phrase(PhraseKind kind, Inlines body) { return {{}, Phrase{kind, std::move(body)}}; }
inline Inline link_to(std::string destination, Inlines body = {}, NodeInfo info = {}) {
    return {std::move(info), Link{std::move(destination), "", std::move(body)}};
}
inline Inline field(std::string name) { return {{}, Field{std::move(name)}}; }
inline Inline image(std::string source, std::string alternative) {
    return {{}, Image{std::move(source), std::move(alternative), false, ""}};
}

inline Block paragraph(Inlines body, NodeInfo info = {}) { return {std::move(info), Paragraph{std::move(body)}}; }
inline Block paragraph(std::string plain) { return paragraph(words(std::move(plain))); }
inline Block heading(int level, std::string title, NodeInfo info = {}) {
    return {std::move(info), Heading{level, words(std::move(title))}};
}
inline Block division(std::string class_name, Blocks body) {
    return {classed(std::move(class_name)), Division{DivisionKind::division, std::move(body)}};
}
inline Inline note(std::string label, std::string plain) { return {{}, Note{std::move(label), {paragraph(std::move(plain))}}}; }

inline Article article(std::string path, std::string title, Blocks body) {
    Article article;
    article.source = SourceId{1};
    article.path = std::move(path);
    const std::size_t slash = article.path.rfind('/'), stem = slash == std::string::npos ? 0 : slash + 1;
    article.id = article.path.substr(stem, article.path.rfind('.') - stem);
    article.title = words(std::move(title));
    article.body = std::move(body);
    number_places(article);
    return article;
}

inline Edition edition(std::string name = "book") {
    Edition edition;
    edition.name = std::move(name);
    return edition;
}

// A plan that names all articles, so that the manuscript is a book and no single article.
inline Manuscript book(std::vector<Article> articles) {
    Manuscript manuscript;
    manuscript.plan.source = SourceId{1};
    manuscript.plan.title = "Living well";
    PlannedPart part;
    for (const Article& one : articles) part.articles.push_back({named(one.path), Matter::automatic});
    manuscript.plan.contents.push_back(std::move(part));
    manuscript.articles = std::move(articles);
    return manuscript;
}

inline Person person(std::string id, std::string name, std::string bio) {
    Person person;
    person.id = std::move(id);
    person.name = std::move(name);
    if (!bio.empty()) person.bio = {paragraph(std::move(bio))};
    return person;
}

inline Notice notice(std::string id, std::string words, std::vector<NoticeRule> rules) {
    Notice notice;
    notice.id = std::move(id);
    notice.text = {paragraph(std::move(words))};
    notice.rules = std::move(rules);
    return notice;
}

inline Resource picture(std::string path) {
    return {std::move(path), "image/png", std::make_shared<const std::string>("(bytes)")};
}

// Each diagnostic as “error code: message”, one a line.
inline std::string said(const Diagnostics& diagnostics) {
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) {
        out += (one.severity == Severity::error ? "error " : "warning ") + one.code + ": " + one.message + "\n";
        for (const std::string& hint : one.hints) out += "  hint: " + hint + "\n";
    }
    return out;
}

inline Book assembled(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection = {}) {
    Diagnostics diagnostics;
    Book book = assemble(manuscript, edition, selection, diagnostics);
    if (!diagnostics.all().empty()) throw std::runtime_error("unexpected: " + said(diagnostics));
    return book;
}

// All that assembly says about a manuscript.
inline std::string complaints(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection = {}) {
    Diagnostics diagnostics;
    assemble(manuscript, edition, selection, diagnostics);
    return said(diagnostics);
}

// The first node of a class; no_node: there is none.
inline NodeId first(const Book& book, std::string_view class_name) {
    for (std::uint32_t i = 0; i < book.nodes.size(); ++i)
        if (has_class(book.nodes[i], class_name)) return NodeId{i};
    return no_node;
}
inline NodeId with_id(const Book& book, std::string_view id) {
    for (std::uint32_t i = 0; i < book.nodes.size(); ++i)
        if (book.nodes[i].info.id == id) return NodeId{i};
    return no_node;
}
inline std::string words_of(const Book& book, std::string_view class_name) {
    const NodeId node = first(book, class_name);
    return node == no_node ? "(none)" : text_content(book, node);
}

} // namespace bifolio::test
