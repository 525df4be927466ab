"""Real input that no one here wrote: it builds to valid files, with and without a plan; what cannot be shown is named."""
import hashlib
import shutil
import unittest
from datetime import date

from support import ALL, CORPUS, BookTest, bifolio, corpus, main, pdf_text, words

LANGUAGES = ("ar", "bn", "cy", "en", "gu", "pa", "pl", "ro", "so", "tr", "ur", "zh")


def turn(name, of):
    """Corpus books rotate: one of `of` a day, all of them with BIFOLIO_TEST_ALL."""
    return ALL or (int(hashlib.sha256(name.encode()).hexdigest(), 16) + date.today().toordinal()) % of == 0


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


if __name__ == "__main__":
    main()
