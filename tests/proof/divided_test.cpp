// The proof of e-books whose tables, lists, paragraphs and code go on from one document to the next: what is said again is
// expected, and whatever is done to it or to the edges is found.
#include "proof/prove.h"

#include "io/zip_archive.h"
#include "write/epub/book_builder.h"
#include "write/epub/write_epub.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

using Random = std::mt19937; // its numbers are the same everywhere; distributions' are not

constexpr std::size_t most_bytes = 3000; // small documents, so that everything is divided

const TaskPool& pool() {
    static const TaskPool one(1);
    return one;
}

struct Made {
    Unpacked files;
    ScreenParts parts;
};

Made made_of(const Book& book, const PageList* pages = nullptr) {
    Diagnostics of_writer;
    EpubOptions options;
    options.most_bytes = most_bytes;
    options.page_list = pages;
    WrittenEpub written = write_epub(book, options, pool(), of_writer);
    return {unpack(written.bytes), {"", written.marks, written.picture_digests, written.files}};
}

std::string archive_of(const Unpacked& files) {
    std::vector<ZipEntry> entries;
    for (const auto& [name, bytes] : files.entries) entries.push_back(stored_entry(name, bytes));
    return write_zip(entries);
}

std::string proven(const Book& book, const Unpacked& files, const ScreenParts& parts, ProofCounts* counts = nullptr) {
    const EpubPublication file(EpubContainer::of_archive(archive_of(files), pool()), pool());
    Diagnostics diagnostics;
    ProofCounts found =
        prove_documents("book.epub", book, expected_epub(book, most_bytes, parts), found_epub(file, pool()), diagnostics);
    if (counts) *counts = std::move(found);
    std::string out;
    for (const Diagnostic& one : diagnostics.all()) out += std::string(one.code) + ": " + one.message + "\n";
    return out;
}

// Words that differ, so that no two exchanged ones are the same.
class Words {
public:
    std::string next(std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += "word" + std::to_string(++number_) + (i % 7 == 6 ? ". " : " ");
        return out;
    }

private:
    int number_ = 0;
};

void attribute(BookBuilder& made, NodeId node, std::string name, std::string value) {
    made.node(node).info.attributes.push_back({std::move(name), std::move(value)});
}

void add_table(BookBuilder& made, Words& words, bool captioned) {
    const NodeId table = made.open(Element::table);
    if (captioned) attribute(made, table, "aria-label", "All doses");
    if (captioned) made.element(Element::caption, "Doses & more");
    made.open(Element::thead);
    made.open(Element::tr);
    attribute(made, made.element(Element::th, "Age"), "scope", "col");
    made.open(Element::th);
    made.text("Dose ");
    made.element(Element::em, "by mouth");
    made.note(1, "Unless told otherwise.");
    made.close();
    made.close();
    made.close();
    made.open(Element::tbody);
    for (int i = 0; i < 40; ++i) {
        if (i % 15 == 0) {
            made.open(Element::tr);
            attribute(made, made.element(Element::th, "Group " + std::to_string(i)), "colspan", "2");
            made.close();
        }
        made.open(Element::tr);
        if (i % 2 == 0) attribute(made, made.element(Element::th, words.next(1)), "rowspan", "2");
        made.element(Element::td, words.next(9));
        made.close();
    }
    made.open(Element::tr);
    made.element(Element::th, "One row");
    made.element(Element::td, words.next(900));
    made.close();
    made.close();
    made.close();
}

const Book& sample() {
    static const Book book = [] {
        BookBuilder made;
        Words words;
        made.section("tables", "Tables");
        add_table(made, words, true);
        add_table(made, words, false);
        made.section("lists", "Lists");
        const NodeId down = made.open(Element::ol);
        attribute(made, down, "reversed", "reversed");
        for (int i = 0; i < 50; ++i) made.element(Element::li, words.next(9));
        made.close();
        made.open(Element::ol);
        made.open(Element::li);
        made.text(words.next(700));
        made.open(Element::ul);
        for (int i = 0; i < 20; ++i) made.element(Element::li, words.next(20));
        made.close();
        made.close();
        made.close();
        made.open(Element::dl);
        made.element(Element::dt, "A term");
        made.element(Element::dd, words.next(700));
        made.element(Element::dd, words.next(700));
        made.close();
        made.section("words", "Words");
        made.open(Element::aside, "call-out");
        made.open(Element::p);
        made.text(words.next(300));
        const NodeId note = made.note(1, "A note.");
        made.open(Element::strong);
        made.text(words.next(600));
        made.link("a link", note);
        made.text(words.next(600));
        made.close();
        made.call_again(note);
        made.close();
        made.close();
        made.element(Element::p, std::string(9000, 'x'));
        made.open(Element::pre);
        std::string code;
        for (int i = 0; i < 300; ++i) code += "  line " + std::to_string(i) + "\n" + (i % 9 == 0 ? "\n" : "");
        made.element(Element::code, code);
        made.close();
        return made.done();
    }();
    return book;
}

// Where what is written once more begins and ends.
std::vector<std::pair<std::size_t, std::size_t>> said_again(const std::string& document) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    const std::size_t table = document.find("<table class=\"continued\"");
    if (table == std::string::npos) return out;
    const std::size_t begin = document.find("<caption", table), end = document.find("<tbody", table);
    if (begin < end && end != std::string::npos) out.emplace_back(begin, end - begin);
    return out;
}

} // namespace

TEST_CASE("what is divided within itself says what its book says, and what is said again is counted apart") {
    const Made made = made_of(sample());
    REQUIRE(made.files.entries.size() > 40);
    ProofCounts counts;
    CHECK(proven(sample(), made.files, made.parts, &counts).empty());
    CHECK(counts.added["said again"].pieces > 10);
    // A word that was divided where there was no space is no two words.
    ProofCounts whole;
    Diagnostics of_writer;
    const WrittenEpub undivided = [&] {
        EpubOptions options;
        options.most_bytes = 100'000'000;
        return write_epub(sample(), options, pool(), of_writer);
    }();
    const EpubPublication file(EpubContainer::of_archive(undivided.bytes, pool()), pool());
    const ScreenParts parts{"", undivided.marks, undivided.picture_digests, undivided.files};
    whole =
        prove_documents("book.epub", sample(), expected_epub(sample(), 100'000'000, parts), found_epub(file, pool()), of_writer);
    CHECK(whole.found.words == counts.found.words);
    CHECK(whole.found.characters == counts.found.characters);
    CHECK(epubcheck(archive_of(made.files)) == "");
}

TEST_CASE("no damage to what is said again passes, nor to the edges of documents") {
    const Made whole = made_of(sample());
    std::vector<std::string> documents;
    for (const auto& [name, bytes] : whole.files.entries)
        if (name.starts_with("OEBPS/text/")) documents.push_back(name);
    Random random(20'261'129);
    const char* wanted = std::getenv("BIFOLIO_MUTATIONS");
    const std::size_t mutations = wanted ? std::strtoul(wanted, nullptr, 10) : 150;
    for (std::size_t done = 0; done < mutations;) {
        Unpacked files = whole.files;
        const std::string& name = documents[random() % documents.size()];
        std::string& document = std::ranges::find(files.entries, name, [](const auto& one) { return one.first; })->second;
        const std::string before = document;
        const std::size_t body = document.find("<body"), last = document.find("</body>");
        const auto again = said_again(document);
        switch (random() % 6) {
        case 0: // the last word of what a document has
        case 1: {
            std::size_t at = last;
            while (at > body && (document[at - 1] == '\n' || document[at - 1] == '>')) at = document.rfind('<', at - 1);
            if (at <= body) continue;
            document.erase(at - 2, 1);
            break;
        }
        case 2: { // its first one
            const std::size_t at = document.find("word", body);
            if (at == std::string::npos) continue;
            document.replace(at, 4, "ward");
            break;
        }
        case 3: // all that is said again
            if (again.empty()) continue;
            document.erase(again[0].first, again[0].second);
            break;
        case 4: { // one character of it, or of its tags
            if (again.empty()) continue;
            const std::size_t at = again[0].first + random() % again[0].second;
            if (document[at] == '\n' || document[at] == ' ') continue;
            document[at] = document[at] == 'x' ? 'y' : 'x';
            break;
        }
        default: { // that something goes on
            const std::size_t at = document.find("continued", body);
            if (at == std::string::npos) continue;
            document.erase(at, 9);
        }
        }
        if (document == before) continue;
        ++done;
        INFO("damage " << done << " to " << name << ":\n" << document);
        REQUIRE_FALSE(proven(sample(), files, whole.parts).empty());
    }
}

namespace {

class RandomBook {
public:
    explicit RandomBook(Random& random) : random_(random) {
        made_.section("one", "One");
        for (int i = 0; i < 6; ++i) blocks(0);
    }
    const Book& done() { return made_.done(); }

private:
    bool one_in(unsigned count) { return random_() % count == 0; }

    void phrases(int depth) {
        constexpr std::array elements{Element::em, Element::strong, Element::span, Element::code, Element::q,
                                      Element::a,  Element::bdi,    Element::sub,  Element::ruby, Element::del};
        for (std::size_t i = 0, count = 1 + random_() % 4; i < count; ++i) {
            switch (depth < 3 ? random_() % 6 : 0) {
            case 0:
            case 1: made_.text(words_.next(1 + random_() % (one_in(9) ? 900 : 30))); break;
            case 2: made_.leaf(Element::br); break;
            case 3: made_.note(++notes_, words_.next(3)); break;
            default:
                made_.open(elements[random_() % elements.size()]);
                phrases(depth + 1);
                made_.close();
            }
        }
    }

    void box(Element element, int depth) {
        const NodeId id = made_.open(element);
        if (one_in(7)) attribute(made_, id, "dir", "auto");
        blocks(depth + 1);
        made_.close();
    }

    void blocks(int depth) {
        for (std::size_t i = 0, count = 1 + random_() % 5; i < count; ++i) {
            switch (depth < 4 && made_.book.nodes.size() < 1500 ? random_() % 9 : 0) {
            case 0:
            case 1:
                made_.open(one_in(5) ? Element::pre : Element::p);
                phrases(0);
                made_.close();
                break;
            case 2: box(Element::blockquote, depth); break;
            case 3: box(Element::aside, depth); break;
            case 4: box(Element::div, depth); break;
            case 5: list(depth); break;
            case 6: definitions(depth); break;
            default: table(depth);
            }
        }
    }

    void list(int depth) {
        const NodeId list = made_.open(one_in(2) ? Element::ol : Element::ul);
        if (made_.node(list).element == Element::ol && one_in(3)) attribute(made_, list, "reversed", "reversed");
        for (int item = 0; item < 6; ++item) box(Element::li, depth);
        made_.close();
    }

    void definitions(int depth) {
        made_.open(Element::dl);
        for (int item = 0; item < 3; ++item) {
            made_.element(Element::dt, words_.next(2));
            box(Element::dd, depth);
            if (one_in(2)) box(Element::dd, depth);
        }
        made_.close();
    }

    void table(int depth) {
        made_.open(Element::table);
        if (one_in(2)) made_.element(Element::caption, words_.next(2));
        for (const Element group : {Element::thead, Element::tbody, Element::tbody, Element::tfoot}) {
            if (group != Element::tbody && one_in(3)) continue;
            made_.open(group);
            for (int row = 0; row < (group == Element::tbody ? 5 : 1); ++row) {
                made_.open(Element::tr);
                for (int cell = 0; cell < 3; ++cell) this->cell(group == Element::thead || one_in(4), depth);
                made_.close();
            }
            made_.close();
        }
        made_.close();
    }

    void cell(bool heads, int depth) {
        const NodeId id = made_.open(heads ? Element::th : Element::td);
        if (one_in(12)) attribute(made_, id, "rowspan", std::to_string(random_() % 4));
        if (heads || !one_in(4))
            made_.text(words_.next(2));
        else
            blocks(depth + 2);
        made_.close();
    }

    Random& random_; // of the caller
    BookBuilder made_;
    Words words_;
    std::uint32_t notes_ = 0;
};

} // namespace

TEST_CASE("books of any shape are divided and say what they say") {
    Random random(20'261'130);
    const char* wanted = std::getenv("BIFOLIO_MUTATIONS");
    for (std::size_t round = 0; round < (wanted ? std::strtoul(wanted, nullptr, 10) : 40); ++round) {
        RandomBook made(random);
        const Book& book = made.done();
        PageList pages{"print", "print", book.parts, {}};
        for (std::uint32_t at = 0, label = 0; at < book.nodes.size(); ++at)
            if (book.nodes[at].element == Element::text && random() % 5 == 0 && !book.nodes[at].text.empty())
                pages.pages.push_back(page_at(book, std::to_string(++label), NodeId{at},
                                              static_cast<std::uint32_t>(random() % book.nodes[at].text.size())));
        const Made file = made_of(book, &pages);
        INFO("round " << round);
        REQUIRE(proven(book, file.files, file.parts).empty());
    }
}
