"""The program as its users meet it: one article, a folder, a plan, wrong input, interrupted builds."""
import json
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from support import PROGRAM, ROOT, BookTest, bifolio, epub_documents, main, pdf_text, structure_text, words

ARTICLE = """---
title: Sleeping with pain
language: en-GB
authors: [Jane Sample]
---

Most people who live with pain sleep badly at times.[^1] Take 5 mg ≤ 2 times a day.

## What helps

- Get up at the same time
- Keep the room dark

| Day | Dose |
|---|--:|
| Monday | 5 mg |
| Tuesday | 10 mg |

> [!WARNING]
> Never take more than your prescription says.

[^1]: A note with its own words.
"""


class Interiors(BookTest):
    FONTS = {"classic": ("CharisSIL", 10), "modern": ("Inter", 9), "clear": ("Inter", 14), "large-print": ("Inter", 18)}

    def test_each_interior_sets_the_text_in_its_letter_and_passes_the_judges(self):
        self.write("sleep.md", ARTICLE)
        editions = "".join("  %s: {format: pdf, page: A5, interior: %s}\n" % (name, name) for name in self.FONTS)
        self.write("book.yaml", "title: Sleep\nlanguage: en\ncontents:\n  - article: sleep.md\neditions:\n" + editions)
        self.build(self.folder)
        for name, (family, size) in self.FONTS.items():
            [pdf] = [path for path in self.outputs(".pdf") if path.parent.name == name]
            self.judge_pdf(pdf)
            xml = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", str(pdf)], capture_output=True, text=True, check=True).stdout
            sizes = dict(re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml))
            [font] = re.findall(r'font="(\d+)">Most people who', xml)
            # pdftohtml's pixels are two thirds of a point.
            self.assertAlmostEqual(int(sizes[font]), size * 1.5, delta=1.1, msg=name)
            fonts = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
            self.assertIn(family, fonts)


class OddStyles(BookTest):
    def test_text_of_no_size_is_still_there_for_those_who_listen(self):
        self.write("sleep.md", ARTICLE)
        self.write("own.css", "p { font-size: 0 } li { font-size: 0.001pt; line-height: 0 }")
        self.write("book.yaml", "title: Sleep\nlanguage: en\ncontents:\n  - article: sleep.md\n"
                                "editions:\n  print: {format: pdf, page: A5, styles: [own.css]}\n")
        self.build(self.folder)
        self.judge_pdf(*self.outputs(".pdf"))
        self.assertIn("Most people who live with pain sleep badly", structure_text(self.outputs(".pdf")[0]))


class OneArticle(BookTest):
    def test_becomes_a_valid_epub_and_a_tagged_pdf(self):
        self.write("sleep.md", ARTICLE)
        self.build(self.folder / "sleep.md")
        [pdf], [epub] = self.outputs(".pdf"), self.outputs(".epub")
        self.judge_pdf(pdf)
        self.judge_epub(epub)
        information = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout
        self.assertIn("Tagged:          yes", information)
        self.assertIn("A4", information)
        text = pdf_text(pdf)
        for sentence in ("Most people who live with pain sleep badly at times.", "Take 5 mg ≤ 2 times a day.", "Never take more than"):
            self.assertIn(" ".join(words(sentence)), " ".join(words(text)))
        self.assertIn("≤", text)

    def test_is_the_same_bytes_with_one_thread_or_many_and_twice(self):
        self.write("sleep.md", ARTICLE)
        seen = []
        for jobs in ("1", "4", "4"):
            self.build(self.folder / "sleep.md", "-j", jobs)
            seen.append([path.read_bytes() for path in self.outputs("")])
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[1], seen[2])

    def test_needs_no_language_but_says_so_once(self):
        self.write("plain.md", "A heading without a full stop\n\nSome text.\n")
        result = self.build(self.folder / "plain.md")
        self.assertEqual(result.stderr.count("read.no-language"), 1, result.stderr)
        self.assertTrue(any("a-heading-without-a-full-stop" in str(p) or "plain" in str(p) for p in self.outputs(".pdf")))

    def test_in_the_folder_one_works_in_is_told_of_its_neighbours(self):
        self.write("sleep.md", ARTICLE + "\n![A bed](bed.pgn)\n")
        self.write("bed.png", b"")
        result = bifolio("check", "sleep.md", folder=self.folder)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("there is no picture ‘bed.pgn’", result.stderr)
        self.assertIn("did you mean ‘bed.png’?", result.stderr)

    def test_without_text_still_gives_files_or_an_error(self):
        self.write("empty.md", "")
        result = bifolio("build", self.folder / "empty.md", "-o", self.out)
        self.assertIn(result.returncode, (0, 1), result.stderr)


class WebAddresses(BookTest):
    TEXT = ("---\ntitle: Links\nlang: en\n---\n\nSee [Access to Work](https://www.gov.uk/access-to-work) and <https://example.org/plain>.[^a]\n\n"
            "[www.example.org](https://www.example.org/) says itself.\n\n[^a]: A note with [a link](https://example.org/in-note).\n\n"
            "| Where |\n|---|\n| [Here](https://example.org/cell) |\n")

    def test_stand_in_footnotes_on_paper_and_nowhere_twice(self):
        self.build(self.write("links.md", self.TEXT))
        [pdf], [epub] = self.outputs(".pdf"), self.outputs(".epub")
        self.judge_pdf(pdf)
        self.judge_epub(epub)
        text = pdf_text(pdf)
        self.assertEqual([text.count(address) for address in ("www.gov.uk/access-to-work", "example.org/plain", "www.example.org",
                                                              "example.org/in-note", "example.org/cell")], [1, 1, 1, 0, 1])
        self.assertRegex(text, r"(?m)^1\s+www\.gov\.uk/access-to-work")
        self.assertRegex(text, r"(?m)^2\s+A note with a link")
        self.assertRegex(text, r"(?m)^a\s+example\.org/cell")
        documents = "".join(epub_documents(epub).values())
        self.assertNotIn("web-address", re.sub(r"note\.web-address[^{]*{[^}]*}", "", documents))
        self.assertEqual(documents.count("gov.uk/access-to-work"), 1)

    def test_are_left_out_where_the_style_says_so(self):
        self.write("book/links.md", self.TEXT)
        self.write("book/plain.css", "note.web-address { display: none }")
        self.write("book/book.yaml", "title: T\nlanguage: en\ncontents: [links.md]\neditions: {print: {format: pdf, styles: [plain.css]}}\n")
        self.build(self.folder / "book")
        text = pdf_text(self.outputs(".pdf")[0])
        self.assertNotIn("gov.uk", text)
        self.assertRegex(text, r"(?m)^1\s+A note with a link")


class AFolder(BookTest):
    def test_becomes_one_book_in_natural_order(self):
        for number in (1, 2, 10):
            self.write("book/%d-part.md" % number, "---\nlanguage: en\n---\n# Part %d\n\nText number %d.\n" % (number, number))
        self.build(self.folder / "book")
        text = pdf_text(self.outputs(".pdf")[0])
        self.assertLess(text.rindex("Text number 2"), text.rindex("Text number 10"))
        self.judge_pdf(*self.outputs(".pdf"))
        self.judge_epub(*self.outputs(".epub"))


class APlan(BookTest):
    def plan(self, article=ARTICLE):
        self.write("book/book.yaml", "title: A book\nlanguage: en-GB\ndate: 2026-01-02\ncontents: [articles/sleep.md]\n"
                   "editions:\n  print: {format: pdf, page: A5}\n  ebook: {format: epub}\n")
        self.write("book/people.yaml", "jane-sample:\n  name: Jane Sample\n  bio: A bio.\n")
        self.write("book/articles/sleep.md", article.replace("[Jane Sample]", "[jane-sample]"))
        return self.folder / "book"

    def test_with_an_error_leaves_the_last_good_files(self):
        book = self.plan()
        self.build(book)
        before = {path: path.read_bytes() for path in self.outputs("")}
        self.plan(ARTICLE.replace("Get up", "![](nowhere.png) Get up"))
        result = self.build(book, expect=1)
        self.assertIn("read.missing-picture", result.stderr)
        self.assertEqual(before, {path: path.read_bytes() for path in before})

    def test_builds_one_edition_and_keeps_the_other_in_the_manifest(self):
        book = self.plan()
        self.build(book)
        self.build(book, "-e", "print")
        self.assertEqual(sorted(path.suffix for path in self.outputs("")), [".epub", ".json", ".json", ".pdf"])

    def test_tells_all_errors_in_one_run_with_places(self):
        book = self.plan(ARTICLE.replace("[Jane Sample]", "[jane-smaple]").replace("## What helps", "[gone](other.md) ![](nowhere.png)"))
        result = self.build(book, expect=1)
        self.assertIn("articles/sleep.md:", result.stderr)
        for word in ("assemble.unknown-person", "read.missing-picture", "did you mean ‘jane-sample’?", "^^^"):
            self.assertIn(word, result.stderr)

    def test_diagnostics_come_as_json(self):
        book = self.plan(ARTICLE.replace("[Jane Sample]", "[jane-smaple]"))
        result = bifolio("check", book, "--format", "json")
        rows = json.loads(result.stdout)
        [row] = [row for row in rows if row["code"] == "assemble.unknown-person"]
        self.assertEqual((row["file"], row["line"]), ("articles/sleep.md", 4))

    def test_a_failed_disk_is_exit_code_3_and_no_half_file(self):
        book = self.plan()
        self.write("blocked", "a file where the output folder should be")
        result = bifolio("build", book, "-o", self.folder / "blocked")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("bifolio:", result.stderr)


    def test_what_cannot_be_claimed_is_an_error_and_not_a_silence(self):
        book = self.plan()
        plan = (book / "book.yaml").read_text()
        (book / "book.yaml").write_text(plan.replace("page: A5", "page: A5, conformance: [PDF/X-1a]"))
        result = self.build(book, expect=1)
        self.assertIn("app.unmet-conformance", result.stderr)
        self.assertEqual([path.name for path in self.outputs("") if path.suffix != ".epub"], ["certificate.json"])


class TheCommands(BookTest):
    def test_help_names_every_command_and_each_has_its_own(self):
        help_text = bifolio("--help").stdout
        for command in ("build", "check", "new", "dump", "schema", "errors"):
            self.assertIn(command, help_text)
            self.assertEqual(bifolio(command, "--help").returncode, 0)
        self.assertRegex(bifolio("--version").stdout, r"bifolio \d")

    def test_wrong_usage_is_exit_code_2(self):
        self.assertEqual(bifolio("biuld").returncode, 2)
        self.assertEqual(bifolio("build", "--jobs", "none").returncode, 2)
        self.assertEqual(bifolio("schema", "boko").returncode, 2)

    def test_a_missing_book_is_exit_code_3(self):
        self.assertEqual(bifolio("build", self.folder / "nowhere").returncode, 3)

    def test_a_new_book_builds_without_a_word(self):
        self.assertEqual(bifolio("new", self.folder / "mine").returncode, 0)
        result = self.build(self.folder / "mine")
        self.assertNotIn("warning:", result.stderr)
        self.judge_pdf(*self.outputs(".pdf"))
        self.judge_epub(*self.outputs(".epub"))
        self.assertEqual(bifolio("new", self.folder / "mine").returncode, 2)

    def test_dump_shows_each_stage(self):
        self.write("sleep.md", ARTICLE)
        for stage in ("read", "assemble", "style", "pages"):
            result = bifolio("dump", self.folder / "sleep.md", "--stage", stage)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("Most people who live" if stage != "style" else "h1", result.stdout)

    def test_an_option_takes_one_value_and_leaves_the_book_behind_it(self):
        self.write("sleep.md", ARTICLE)
        for option in (("--allow", "missing-glyph"), ("-e", "article")):
            result = bifolio("check", *option, self.folder / "sleep.md")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("sleep.md:1:1: warning", result.stderr)

    def test_the_table_of_errors_is_the_one_in_docs(self):
        table = bifolio("errors").stdout
        path = ROOT / "docs/errors.md"
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.write_text(table)
        self.assertEqual(table, path.read_text(), "run UPDATE_GOLDEN=1 ctest -R end-to-end.program")

    def test_every_code_in_the_sources_is_in_the_table(self):
        table = bifolio("errors").stdout

        for source in list((ROOT / "src").rglob("*.cpp")):
            for code in re.findall(r'"((?:read|assemble|style|layout|epub|pdf|app|base)\.[a-z][a-z0-9-]+)"', source.read_text()):
                if not code.endswith(".css"):
                    self.assertIn("`%s`" % code, table, source)


class AnInstallation(BookTest):
    """`cmake --install` into a folder of its own: the program finds everything there, from wherever it is called."""

    def setUp(self):
        super().setUp()
        build = Path(PROGRAM).resolve().parents[1]
        result = subprocess.run(["cmake", "--install", str(build), "--prefix", str(self.folder / "usr")], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.share = self.folder / "usr/share/bifolio"
        self.elsewhere = self.folder / "elsewhere"
        self.elsewhere.mkdir()

    def installed(self, *arguments):
        environment = {name: value for name, value in os.environ.items() if name != "BIFOLIO_SHARE"}
        return subprocess.run([str(self.folder / "usr/bin/bifolio"), *map(str, arguments)], cwd=self.elsewhere, env=environment,
                              capture_output=True, text=True, timeout=300)

    def test_has_all_files_of_the_source_tree(self):
        for folder, source in (("styles", "styles"), ("schema", "share/schema"), ("template", "share/template"), ("fonts", "share/fonts")):
            wanted = {path.relative_to(ROOT / source): path.read_bytes() for path in (ROOT / source).rglob("*") if path.is_file()}
            have = {path.relative_to(self.share / folder): path.read_bytes() for path in (self.share / folder).rglob("*") if path.is_file()}
            self.assertTrue(wanted)
            self.assertEqual(wanted, have, folder)

    def test_builds_an_article_as_the_source_tree_does(self):
        self.write("sleep.md", ARTICLE)
        result = self.installed("build", self.folder / "sleep.md", "-o", self.folder / "there")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.build(self.folder / "sleep.md")
        for path in self.outputs(""):
            self.assertEqual(path.read_bytes(), (self.folder / "there" / path.relative_to(self.out)).read_bytes(), path.name)

    def test_uses_its_own_files_and_not_those_of_the_source_tree(self):
        self.write("sleep.md", ARTICLE)
        with open(self.share / "styles/print.css", "a") as style:
            style.write("p::before { content: 'installed style' }\n")
        fonts = self.share / "fonts/families.txt"
        fonts.write_text(re.sub(r"(?m)^generic serif .*$", "generic serif: DejaVu Serif", fonts.read_text()))
        # The family by its generic name: base.css names another before it.
        self.write("plan/book.yaml", "title: A book\nlanguage: en-GB\ncontents: [sleep.md]\neditions:\n  print: {format: pdf, page: A5, styles: [own.css]}\n")
        self.write("plan/own.css", "html { font-family: serif }\n")
        self.write("plan/sleep.md", ARTICLE.replace("authors: [Jane Sample]\n", ""))
        result = self.installed("build", self.folder / "plan", "-o", self.out)
        self.assertEqual(result.returncode, 0, result.stderr)
        pdf = self.outputs(".pdf")[0]
        self.assertIn("installed style", pdf_text(pdf))
        names = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertIn("DejaVuSerif", names)

    def test_makes_a_new_book_from_its_own_template(self):
        template = self.share / "template/book.yaml"
        template.write_text("# installed template\n" + template.read_text())
        self.assertEqual(self.installed("new", "mine").returncode, 0)
        self.assertTrue((self.elsewhere / "mine/book.yaml").read_text().startswith("# installed template"))

    def test_with_a_broken_list_of_fonts_says_where_and_how_to_mend_it(self):
        self.write("sleep.md", ARTICLE)
        fonts = self.share / "fonts/families.txt"
        text = fonts.read_text()
        fonts.write_text(text + "family Mine: serf, book, noto/Mine*.ttf\n")
        result = self.installed("build", self.folder / "sleep.md", "-o", self.out)
        self.assertEqual(result.returncode, 3)
        self.assertIn("share/bifolio/fonts/families.txt:%d: unknown kind of family ‘serf’; did you mean ‘serif’?" % (text.count("\n") + 1), result.stderr)
        fonts.unlink()
        result = self.installed("build", self.folder / "sleep.md", "-o", self.out)
        self.assertEqual(result.returncode, 3)
        self.assertIn("share/bifolio/fonts/families.txt", result.stderr)


if __name__ == "__main__":
    main()
