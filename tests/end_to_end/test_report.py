"""What was left out is told with its place; what no font has is told with its name; what was not meant is named and stays."""
import json

from support import BookTest, bifolio, main

ARTICLE = """---
title: Sleep
language: en
version: "7.7"
layout: post
---

# Sleep

Words that stay. <!-- not for readers -->

<p placeholder="Type here">More words.</p>
"""


class TheReport(BookTest):
    def book(self):
        self.write("book/book.yaml", "title: A book\nlanguage: en\ndate: 2026-01-02\ncontents: [articles/sleep.md]\neditions:\n  ebook: {format: epub}\n")
        self.write("book/people.yaml", "jane:\n  name: Jane\n  bio: Her bio is nowhere.\n")
        self.write("book/notices.yaml", "unused:\n  kind: disclaimer\n  text: Nobody sees this.\n")
        self.write("book/articles/sleep.md", ARTICLE)
        return self.folder / "book"

    def test_lists_what_was_left_out_with_its_place(self):
        told = bifolio("check", self.book(), "--report").stdout
        self.assertIn("articles/sleep.md:10:18: a comment: <!-- not for readers -->", told)
        self.assertIn("articles/sleep.md:12:17: an attribute that has no effect here: Type here", told)
        self.assertIn("articles/sleep.md:5:1: a key of the front matter that is ignored: layout: post", told)

    def test_names_what_no_edition_prints(self):
        told = bifolio("check", self.book(), "--report").stdout
        self.assertIn("notices.yaml:1:1: the notice ‘unused’: no edition shows it", told)
        self.assertIn("the bio of ‘jane’: no edition shows it", told)
        self.assertIn("articles/sleep.md:4:10: the version: no edition shows it", told)

    def test_comes_as_json_beside_the_diagnostics(self):
        told = json.loads(bifolio("check", self.book(), "--report", "--format", "json").stdout)
        [section] = [section for section in told["report"] if section["title"] == "Left out of the sources"]
        self.assertIn({"text": "a comment: <!-- not for readers -->", "file": "articles/sleep.md", "line": 10, "column": 18}, section["lines"])

    def test_tells_what_of_the_styles_an_e_book_has_not(self):
        book = self.book()
        self.write("book/mine.css", "@page { margin: 2cm }\nbody { font-size: 11pt; }\nh1 { margin: 1em }\n")
        (book / "book.yaml").write_text((book / "book.yaml").read_text().replace("format: epub", "format: epub, styles: [mine.css]"))
        told = bifolio("build", book, "-o", self.out, "--report").stdout
        self.assertIn("mine.css:1:1: ‘@page’ left out: for paper only", told)
        self.assertIn("mine.css:2:8: ‘font-size’ of ‘body’ left out: readers choose the size of the text and its lines", told)
        self.assertNotIn("h1", told.partition("Styles that")[2])

    def test_says_nothing_of_the_sources_without_the_proof(self):
        self.assertNotIn("Left out", bifolio("build", self.book(), "-o", self.out, "--report", "--no-proof").stdout)


class MissingCharacters(BookTest):
    def test_are_told_once_with_name_word_caret_and_cure(self):
        path = self.write("one.md", "# One\n\nTake a\U00018B00b, and \U00018B00 again.\n")
        result = bifolio("check", path)
        if "layout.missing-glyph" not in result.stderr:
            self.skipTest("a font on this machine has a character of Khitan")
        lines = result.stderr.splitlines()
        [at] = [i for i, line in enumerate(lines) if "U+18B00" in line]
        self.assertIn("one.md:3:7: error: no font has the character U+18B00 KHITAN SMALL SCRIPT CHARACTER-18B00", lines[at])
        self.assertIn("at 1 more place", lines[at])
        self.assertEqual(lines[at + 2].index("^"), lines[at + 1].index("\U00018B00"))
        self.assertIn("folder fonts/", lines[at + 3])

    def test_that_were_not_meant_are_warnings_and_stay(self):
        path = self.write("one.md", "# One\n\nDonâ€™t take \u0420aracetamol.\n")
        result = bifolio("check", path)
        self.assertIn("one.md:3:4: warning: ‘â€™’ is probably ‘’’", result.stderr)
        self.assertIn("‘\u0420aracetamol’ mixes alphabets", result.stderr)
        self.assertIn("Donâ€™t take \u0420aracetamol", bifolio("dump", path, "--stage", "read").stdout)


if __name__ == "__main__":
    main()
