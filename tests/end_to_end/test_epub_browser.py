"""The sample book's e-books: every document in a browser, as wide as a telephone and as a desk's screen, where nothing leaves the
page, on light and on dark; the fonts that they bring along; their covers; the print edition's page breaks, where they have them."""
import re
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

from browser import COLOURS, InBrowser
from support import ROOT, BookTest, epub_documents, main, skip, words

WIDTHS = (360, 1000)


class EpubInBrowser(InBrowser, BookTest):
    def overflowing(self, documents):
        found = []
        for pixels in WIDTHS:
            self.browser.width(pixels)
            for document in documents:
                self.browser.open(document)
                facts = self.browser.measure()
                self.assertEqual((facts["inner"], facts["styled"]), (pixels, 1), document)
                if facts["scroll"] > facts["inner"]:
                    found.append((document.name, pixels, facts["scroll"], facts["wide"]))
        return found

    def unpacked(self, epub):
        folder = self.folder / epub.stem
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(folder)
        return sorted(folder.rglob("*.xhtml"))

    def test_no_document_is_wider_than_the_screen(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "print", "-e", "leaflet")
        epubs = self.outputs(".epub")
        self.assertGreater(len(epubs), 2)
        for epub in epubs:
            documents = self.unpacked(epub)
            self.assertGreater(len(documents), 1, epub)
            self.assertEqual(self.overflowing(documents), [], epub)

    def test_long_words_code_and_wide_tables_stay_within_a_telephone(self):
        self.write("long.md", "# Long\n\nSee <https://www.example.org/%s>, `%s` and %s.\n\n    %s\n\n| %s |\n|%s\n| %s |\n" % (
            "a" * 90, "b" * 70, "c" * 70, "d" * 90, " | ".join(["Lisdexamfetamine"] * 6), "---|" * 6, " | ".join(["e" * 30] * 6)))
        self.build(self.folder / "long.md", "--lang", "en")
        self.assertEqual(self.overflowing(self.unpacked(self.outputs(".epub")[0])), [])

    def test_no_word_of_a_table_is_broken_on_a_telephone_where_all_can_be_whole(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "web")
        self.browser.width(360)
        broken, tables = [], 0
        for document in self.unpacked(self.outputs(".epub")[0]) + self.outputs(".html"):
            self.browser.open(document)
            broken += [(document.name, word) for word in self.browser.broken_words()]
            tables += self.browser.evaluate("document.querySelectorAll('table:not(.very-wide)').length")
        self.assertGreater(tables, 16)
        self.assertEqual(broken, [])

    def test_code_is_as_large_as_its_surroundings(self):
        self.write("code.md", "# Code\n\nPress `X`.\n\n    f()\n")
        for options in (["-e", "e"], ["-e", "w"], ["-e", "f"]):
            self.write("book.yaml", "title: Code\nlanguage: en\ncontents: [code.md]\neditions: {e: {format: epub}, f: {format: epub, embed-fonts: true}, w: {format: html}}\n")
            self.build(self.folder / "book.yaml", *options)
            documents = self.outputs(".html") or self.unpacked(self.outputs(".epub")[0])
            [document] = [path for path in documents if "f()" in path.read_text(encoding="utf-8")]
            self.browser.open(document)
            sizes = self.browser.evaluate("""['p', 'p code', 'pre', 'pre code'].map(s => parseFloat(getComputedStyle(document.querySelector(s)).fontSize))""")
            self.assertEqual([round(size / sizes[0], 2) for size in sizes], [1, 0.92, 0.85, 0.85], options)

    def test_a_telephone_number_keeps_its_order_among_words_that_run_leftwards(self):
        self.write("book/a.md", "# الهاتف\n\nاتصل بنا على 020 7946 0018 في أي وقت، أو بين 10-20 يوم.\n")
        self.write("book/book.yaml", "title: الهاتف\nlanguage: ar\ncontents: [a.md]\neditions: {e: {format: epub}, p: {format: pdf}, w: {format: html}}\n")
        self.build(self.folder / "book")
        [epub], [pdf] = self.outputs(".epub"), self.outputs(".pdf")
        for document in [path for path in self.unpacked(epub) + self.outputs(".html") if "7946" in path.read_text(encoding="utf-8")]:
            self.browser.open(document)
            places = self.browser.evaluate("""(() => { const found = []; const walk = document.createTreeWalker(document.body, 4);
              for (let text = walk.nextNode(); text; text = walk.nextNode())
                for (const group of ['020', '7946', '0018']) { const at = text.data.indexOf(group); if (at < 0) continue;
                  const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + group.length);
                  found.push(range.getBoundingClientRect().left); }
              return found; })()""")
            self.assertEqual(len(places), 3)
            self.assertEqual(places, sorted(places), document)
        boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        places = [float(re.search(r'xMin="([\d.]+)"[^>]*>%s<' % group, boxes)[1]) for group in ("020", "7946", "0018")]
        self.assertEqual(places, sorted(places))

    def test_text_stands_out_on_white_on_dark_and_on_sepia(self):
        self.build(ROOT / "book", "-e", "ebook")
        weak, texts = [], 0
        for document in self.unpacked(self.outputs(".epub")[0]):
            self.browser.open(document)
            for colours in COLOURS:
                facts = self.browser.weak_contrasts(*colours)
                texts += facts["texts"]
                weak += [(document.name, *colours[:2], one) for one in facts["weak"]]
        self.assertGreater(texts, 1000)
        self.assertEqual(weak, [])

    def test_every_word_is_drawn_with_a_font_that_the_book_brings(self):
        self.build(ROOT / "book", "-e", "ebook")
        seen = set()
        for document in self.unpacked(self.outputs(".epub")[0]):
            self.browser.open(document)
            seen |= self.browser.fonts()
        self.assertIn(("Charis SIL", True), seen)
        self.assertEqual({family for family, brought in seen if not brought}, set())

    def test_weak_text_and_a_font_from_elsewhere_are_found(self):
        self.browser.open(self.write("weak.html", "<style>p { color: #888; font-family: monospace }</style><p>weak</p>"))
        self.assertEqual([len(self.browser.weak_contrasts(*colours)["weak"]) for colours in COLOURS], [1, 0, 1])
        self.assertEqual([brought for _, brought in self.browser.fonts()], [False])

    def test_a_page_that_is_too_wide_is_found(self):
        page = self.write("wide.html", "<style>p { width: 2000px }</style><p>wide")
        self.assertEqual([pixels for _, pixels, _, _ in self.overflowing([page])], list(WIDTHS))


class Fonts(BookTest):
    PLAN = """title: A book
language: en-GB
date: 2026-01-02
contents: [one.md]
editions:
  ebook: {format: epub, embed-fonts: opentype, font: "%s"}
"""

    def plan(self, family):
        self.write("book/book.yaml", self.PLAN % family)
        self.write("book/one.md", "# One\n\nPlain ≤ 5 mg, *slanted déjà*, **heavy ß**, `code`.\n\n[مرحبا]{lang=ar dir=rtl} and Ελλάδα.\n")
        return self.folder / "book"

    def tools(self):
        try:
            from fontTools.ttLib import TTFont
        except ImportError:
            skip("python3-fonttools is not here")
        return TTFont

    def test_each_has_the_characters_of_its_text_and_the_book_is_valid(self):
        TTFont = self.tools()
        book = self.plan("serif")
        self.build(book)
        [epub] = self.outputs(".epub")
        self.judge_epub(epub)
        seen = {}
        with zipfile.ZipFile(epub) as archive:
            css, package = archive.read("OEBPS/styles/book.css").decode(), archive.read("OEBPS/package.opf").decode()
            for rule in re.findall(r"@font-face {(.*?)}", css, re.DOTALL):
                family, weight, style = (re.search(r"font-%s: \"?([^\";]*)" % word, rule)[1] for word in ("family", "weight", "style"))
                path = re.search(r'url\("\.\./([^"]*)"\)', rule)[1]
                self.assertRegex(package, r'href="%s" media-type="font/%s"' % (re.escape(path), "otf" if path.endswith(".otf") else "ttf"))
                with archive.open("OEBPS/" + path) as stream:
                    font = TTFont(stream)
                    seen[family, weight, style] = {chr(code) for code in font.getBestCmap()}
                    self.assertNotIn("fpgm", font)
        for face, text in ((("400", "normal"), "Plain≤5mg,"), (("400", "italic"), "slanteddéjà"), (("700", "normal"), "heavyß")):
            self.assertLessEqual(set(text), seen["Charis SIL", *face])
        self.assertLessEqual(set("code"), seen["JetBrains Mono", "400", "normal"])
        self.assertLessEqual(set("مرحبا"), seen["Amiri", "400", "normal"])
        # A font may have a letter and its accent in place of the two in one; shaping puts them together.
        self.assertLessEqual(set(unicodedata.normalize("NFD", "Ελλάδα")), set().union(*seen.values()))
        self.assertIn("GSUB", font)
        first = epub.read_bytes()
        self.build(book, "-j", "3")
        self.assertEqual(first, epub.read_bytes())

    def test_one_whose_licence_forbids_it_is_refused_by_name(self):
        TTFont = self.tools()
        book = self.plan("Charis SIL")
        (book / "fonts").mkdir()
        source = Path("/usr/share/fonts/truetype/charis/CharisSIL-Regular.ttf")
        if not source.exists():
            skip("Charis SIL is not installed")
        for rights, code in ((0x0002, 1), (0x0200, 1), (0x0004, 0), (0x0008, 0)):
            font = TTFont(source)
            font["OS/2"].fsType = rights
            font.save(book / "fonts/mine.ttf")
            shutil.rmtree(self.out, ignore_errors=True)
            result = self.build(book, expect=code)
            self.assertEqual(list(self.out.rglob("*.epub")) == [], code == 1, rights)
            if code:
                self.assertRegex(result.stderr, r"mine\.ttf’ cannot be used: its licence .*app\.unusable-font", rights)

    def test_without_being_asked_none_are_carried(self):
        book = self.plan("serif")
        (book / "book.yaml").write_text((self.PLAN % "serif").replace("embed-fonts: opentype, ", ""))
        self.build(book)
        with zipfile.ZipFile(self.outputs(".epub")[0]) as archive:
            self.assertEqual([name for name in archive.namelist() if "fonts/" in name], [])
            self.assertNotIn(b"@font-face", archive.read("OEBPS/styles/book.css"))


class Covers(BookTest):
    def plan(self, cover):
        self.write("book/book.yaml", "title: A book\nlanguage: en-GB\ndate: 2026-01-02\ncontents: [one.md, two.md]\n" + cover +
                   "editions:\n  ebook: {format: epub}\n  large: {format: epub, font-size: 18pt}\n  leaflet: {format: epub, each: article}\n")
        for name in ("one", "two"):
            self.write("book/%s.md" % name, "# %s\n\nText.\n" % name.title())
        self.write("book/front.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900"><rect width="600" height="900"/></svg>')
        return self.folder / "book"

    def test_stand_in_every_e_book_of_the_whole_book_and_leaflets_have_none(self):
        self.build(self.plan("cover: front.svg\n"))
        epubs = self.outputs(".epub")
        self.assertEqual(len(epubs), 4)
        self.judge_epub(*epubs)
        for epub in epubs:
            documents = epub_documents(epub)
            package = documents["OEBPS/package.opf"]
            if "leaflet" in str(epub):
                self.assertNotIn("cover", package)
                continue
            self.assertEqual(package.count('properties="cover-image"'), 1, epub)
            self.assertRegex(package, r'<meta name="cover" content="picture-\d+"/>')
            self.assertRegex(documents["OEBPS/text/cover.xhtml"], r'epub:type="cover"(.|\n)*<img[^>]*alt="Cover: A book"[^>]*role="doc-cover"')
            self.assertIn('epub:type="cover" href="text/cover.xhtml"', documents["OEBPS/nav.xhtml"])

    def test_are_not_made_up(self):
        self.build(self.plan(""))
        for epub in self.outputs(".epub"):
            self.assertNotIn("cover", "".join(epub_documents(epub)[name] for name in ("OEBPS/package.opf", "OEBPS/nav.xhtml")))


if __name__ == "__main__":
    main()
