"""The sample book: every edition, judged by programs that are not ours, and every word of its articles."""
import json
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support import ROOT, BookTest, bifolio, main, pdf_text, structure_text, words


class SampleBook(BookTest):
    @classmethod
    def setUpClass(cls):
        cls.built = Path(tempfile.mkdtemp(prefix="bifolio-sample-"))
        cls.result = bifolio("build", ROOT / "book", "-o", cls.built)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.built)

    def setUp(self):
        super().setUp()
        self.out = self.built

    def test_builds_without_an_error_or_a_warning(self):
        self.assertEqual(self.result.returncode, 0, self.result.stderr)
        self.assertNotIn("warning:", self.result.stderr)

    def test_every_pdf_is_sound_and_accessible(self):
        self.judge_pdf(*self.outputs(".pdf"))

    def test_every_epub_passes_epubcheck(self):
        self.judge_epub(*self.outputs(".epub"))

    def test_every_sentence_of_the_articles_is_printed_in_order(self):
        """Every run of text, whatever its length, behind the one before it; what only a clinic's copy shows is left out."""
        [book] = [path for path in self.outputs(".pdf") if path.parent.name == "print"]
        printed = " ".join(words(structure_text(book))) + " "
        dump = bifolio("dump", ROOT / "book", "--stage", "read").stdout
        articles = [part.split("\nbody\n", 1)[1] for part in re.split(r'^(?=article ")', dump, flags=re.M)[1:]]
        self.assertGreater(len(articles), 10)
        found = 0
        for body in articles:
            body = re.sub(r"\n( *)[\w-]+[^\n\"]* \.clinic-only[^\n]*(\n\1 [^\n]*)*", "", body)
            runs = [" ".join(words(json.loads(text))) for text in re.findall(r' text ("(?:[^"\\]|\\.)*")', body)]
            long = next(run for run in runs if len(run.split()) > 12)
            at = printed.index(long) - 2000  # the title and a short sentence stand before it
            at = max(at, 0)
            start = printed.find(runs[0], at)
            for run in runs:
                if not run:
                    continue
                if re.search("[\u0590-\u08ff]", run):  # pdfinfo gives right-to-left words as the glyphs stand
                    run = run[::-1]
                at = printed.find(run, max(start, 0))
                self.assertGreaterEqual(at, 0, "missing or out of order: " + run)
                self.assertLess(at - start, 4000, "far from the text before it: " + run)
                start = at + len(run)
                found += 1
        self.assertGreater(found, 900)

    def test_no_word_is_divided_over_two_pages(self):
        [book] = [path for path in self.outputs(".pdf") if path.parent.name == "print"]
        text = subprocess.run(["pdftotext", "-raw", str(book), "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn("\u00ad\n", text)  # words are divided within pages
        for page in text.split("\f"):
            # The page number stands last, the text's last line before it.
            body = re.sub(r"\n(\d+|[ivxl]+)\s*$", "", page).rstrip("\n ")
            self.assertFalse(body.endswith("\u00ad"), body[-200:])

    def test_the_same_bytes_with_one_thread(self):
        again = self.folder / "again"
        bifolio("build", ROOT / "book", "-o", again, "-j", "1")
        for path in self.outputs(""):
            self.assertEqual(path.read_bytes(), (again / path.relative_to(self.built)).read_bytes(), path)

    def test_the_leaflets_carry_each_clinics_name(self):
        pdfs = [path for path in self.outputs(".pdf") if path.parent.name == "clinic"]
        self.assertEqual(len(pdfs), 6)
        self.assertEqual(len({pdf_text(path) for path in pdfs}), 6)

    def test_the_press_and_the_screen_edition_hold_the_same_text(self):
        [press] = [path for path in self.outputs(".pdf") if path.parent.name == "press"]
        [screen] = [path for path in self.outputs(".pdf") if path.parent.name == "print"]
        self.assertEqual(words(structure_text(press)), words(structure_text(screen)))
        self.assertGreater(len(words(structure_text(press))), 10000)

    def test_the_booklet_has_two_pages_a_side(self):
        [booklet] = [path for path in self.outputs(".pdf") if path.parent.name == "booklet"]
        [book] = [path for path in self.outputs(".pdf") if path.parent.name == "print"]
        count = lambda path: int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True).stdout)[1])
        self.assertEqual(count(booklet), (count(book) + 3) // 4 * 2)


if __name__ == "__main__":
    main()
