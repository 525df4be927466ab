"""Books of the corpus in a browser: every document of their e-books and every page of their web editions, as wide as a telephone and
as a desk's screen. Nothing leaves the page, and axe finds only what our own warnings named."""
import zipfile

from browser import InBrowser
from corpus_books import BOOKS, make_book, of_today
from support import AXE, ALL, BookTest, bifolio, main, skip

WIDTHS = (360, 1280)
MOST = 200 if ALL else 12  # documents of a book

# Our diagnostic that has to have named what a rule of axe finds.
NAMED = {"image-alt": "check.picture-words", "link-name": "check.link-words",
         "empty-table-header": "check.table-headers", "td-has-header": "check.table-headers"}
# Of a page of the web: a document of an e-book is a part of its publication, and Ace asks for none of these either.
OF_PAGES = {"landmark-one-main", "page-has-heading-one", "region"}


class CorpusInBrowser(InBrowser, BookTest):
    def documents(self, name):
        """The book's documents and pages, and what was said when it was built."""
        book, self.out = self.folder / "books" / name, self.folder / "out" / name
        book.mkdir(parents=True)
        make_book(name, book, {"ebook": "{format: [epub]}", "web": "{format: [html]}"})
        result = bifolio("build", book, "-o", self.out, "--allow", "missing-picture,missing-glyph", timeout=600)
        self.assertEqual(result.returncode, 0, result.stderr[-4000:])
        [epub] = self.outputs(".epub")
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(self.folder / "epub" / name)
        pages = sorted(self.outputs(".html"), key=lambda path: -path.stat().st_size)[:MOST]
        return sorted((self.folder / "epub" / name).rglob("*.xhtml"), key=lambda path: -path.stat().st_size)[:MOST] + pages, result.stderr

    def test_nothing_is_wider_than_the_screen_and_axe_finds_only_what_was_named(self):
        if not AXE.exists():
            skip("axe-core is not installed (scripts/setup-validators)")
        axe, wide, found = AXE.read_text(encoding="utf-8"), [], []
        for name in of_today(BOOKS, 1):
            documents, said = self.documents(name)
            self.assertGreater(len(documents), 2)
            for document in documents:
                for pixels in WIDTHS:
                    self.browser.width(pixels)
                    self.browser.open(document)
                    facts = self.browser.measure()
                    if facts["scroll"] > facts["inner"]:
                        wide.append((name, document.name, pixels, facts["scroll"], facts["wide"]))
                self.browser.evaluate(axe)
                result = self.browser.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                                               "v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3)]))")
                self.assertIsInstance(result, list, document)
                found += [(name, document.name, *one) for one in result if "[%s]" % NAMED.get(one[0]) not in said
                          and not (document.suffix == ".xhtml" and one[0] in OF_PAGES)]
        self.assertEqual(wide, [])
        self.assertEqual(found, [])


if __name__ == "__main__":
    main()
