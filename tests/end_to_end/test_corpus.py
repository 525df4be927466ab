"""Real input that no one here wrote: it builds to valid files, with and without a plan; what cannot be shown is named."""
import re
import unittest

from corpus_books import BOOKS, EDITIONS, LANGUAGES, make_book, of_today, turn
from support import ALL, BookTest, bifolio, corpus, main, pdf_text, words


class Corpus(BookTest):
    def allowed(self, book, *arguments):
        result = bifolio("build", book, "-o", self.out, "--allow", "missing-picture,missing-glyph", *arguments, timeout=600)
        self.assertEqual(result.returncode, 0, result.stderr[-4000:])
        return result

    def judged(self):
        self.judge_pdf(*self.outputs(".pdf"))
        self.judge_epub(*self.outputs(".epub"))

    def test_leaflets_in_english(self):
        folder = corpus("health/nhs-app/en")
        for leaflet in sorted(folder.glob("*.md")):
            self.allowed(leaflet, "--lang", "en-GB")
        self.judged()

    def test_leaflets_in_other_languages(self):
        for language in LANGUAGES:
            folder = corpus("health/nhs-app/" + language)
            leaflets = sorted(folder.glob("*.md"))
            for leaflet in leaflets if ALL else leaflets[:1]:
                self.out = self.folder / "out" / language
                result = self.allowed(leaflet, "--lang", language)
                self.assertEqual(result.returncode, 0, result.stderr[-3000:])
                self.assertNotIn("missing-glyph", result.stderr)
                self.judge_pdf(*self.outputs(".pdf"))
                if turn(str(leaflet.name) + language, 6):
                    self.judge_epub(*self.outputs(".epub"))

    def test_long_patient_articles_as_one_book(self):
        self.allowed(corpus("health/medquad"), "--lang", "en-US")
        self.judged()

    def test_posts_of_a_blog_as_one_book(self):
        result = self.allowed(corpus("markdown/articles-jekyll"), "--lang", "en")
        self.assertIn("assemble.site-link", result.stderr)  # the links that only Jekyll can make
        self.judged()

    def test_the_specifications_of_markdown(self):
        for name in ("commonmark", "gfm"):
            self.out = self.folder / "out" / name
            self.allowed(corpus("markdown/%s/spec.txt" % name), "--lang", "en")
            self.judged()


class Editions(BookTest):
    """Each book in each kind of edition, judged by our verifier (every build asks it), the other checkers and EPUBCheck."""

    def test_every_kind_of_edition_of_every_book_is_valid(self):
        self.assertGreaterEqual(len(BOOKS), 20)
        for name in of_today(BOOKS, 2):
            with self.subTest(name):
                book, self.out = self.folder / "books" / name, self.folder / "out" / name
                book.mkdir(parents=True)
                make_book(name, book)
                result = bifolio("build", book, "-o", self.out, "--allow", "missing-picture,missing-glyph", timeout=600)
                self.assertEqual(result.returncode, 0, result.stderr[-4000:])
                pdfs = self.outputs(".pdf")
                self.assertEqual({path.parent.name for path in pdfs + self.outputs(".epub") + self.outputs(".html")}, set(EDITIONS))
                self.judge_pdf(*pdfs)
                self.judge_epub(*[path for path in self.outputs(".epub") if path.parent.name == "ebook"])
                press = next(path for path in pdfs if path.parent.name == "press").read_bytes()
                self.assertIn(b"<pdfxid:GTS_PDFXVersion>PDF/X-4<", press)


if __name__ == "__main__":
    main()
