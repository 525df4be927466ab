"""The structure trees of a book that has every construct, as golden text. UPDATE_GOLDEN=1 writes them anew."""
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from support import ROOT, BookTest, main, skip

try:
    from structure import Tree
except ImportError:
    Tree = None

ROLES = {"Aside": "Div", "Address": "Div", "Em": "Span", "Strong": "Span", "Del": "Span", "Ins": "Span", "Struck": "Span"}
GOLDEN = ROOT / "tests/golden/structure"


class TheStructureTree(BookTest):
    @classmethod
    def setUpClass(cls):
        if Tree is None:
            skip("python3-pikepdf is not installed")

    def trees(self, *editions):
        self.build(GOLDEN / "book", *[argument for edition in editions for argument in ("-e", edition)])
        pdfs = {path.parent.name: path for path in self.outputs(".pdf")}
        self.judge_pdf(*pdfs.values())
        return [Tree(pdfs[edition]) for edition in editions]

    def test_of_a_screen_edition_is_the_golden_one(self):
        [tree] = self.trees("screen")
        golden = GOLDEN / "screen.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(tree.text)
        self.maxDiff = None
        self.assertEqual(tree.text, golden.read_text())

    def test_marks_what_is_no_content_as_the_right_kind_of_artifact(self):
        [tree] = self.trees("screen")
        self.assertEqual(tree.artifacts(), ["Background", "Layout", "Pagination", "Pagination Footer", "Pagination Header"])

    def test_maps_the_roles_that_it_uses_to_standard_types(self):
        [tree] = self.trees("screen")
        used = {line.split()[0] for line in tree.text.splitlines() if not line.strip().startswith(('"', "OBJR"))}
        self.assertEqual(tree.roles, {role: standard for role, standard in ROLES.items() if role in used})
        self.assertLessEqual({"Aside", "Em", "Strong", "Del", "Ins", "Struck", "Address"}, used)

    def test_has_no_role_map_where_it_uses_no_role(self):
        self.build(self.write("plain.md", "# Plain\n\nNothing but words.\n"))
        [pdf] = self.outputs(".pdf")
        self.assertEqual(Tree(pdf).roles, {})

    def test_keeps_what_goes_over_pages_in_one_element(self):
        [tree] = self.trees("screen")
        part = tree.text[tree.text.index('"Over pages"', tree.text.index("  Art\n")):tree.text.index("A hostile mix", tree.text.index("  Art\n"))]
        self.assertEqual(part.count("P over"), 1)
        self.assertEqual([part.count("\n    " + kind) for kind in ("L ", "Table\n")], [1, 1])
        self.assertEqual([part.count(kind + "\n") for kind in ("LI", "TR", "THead")], [40, 46, 1])

    def test_of_a_press_edition_differs_in_its_links_only(self):
        screen, press = self.trees("screen", "press")
        self.assertNotIn("Link", press.text)
        self.assertNotIn("OBJR", press.text)
        said = lambda tree: "".join(line.strip()[1:-1] for line in tree.text.splitlines() if line.strip().startswith('"'))
        self.assertEqual(said(screen), said(press))
        kinds = lambda tree: [line.split()[0] for line in tree.text.splitlines()
                              if not line.strip().startswith(('"', "OBJR", "Link", "Reference"))]
        self.assertEqual(kinds(screen), kinds(press))


class TheReadingOrder(BookTest):
    """Numbered words, wherever the layout puts them: in columns, beside floats, at the foot, on the top of the next page."""

    PLAN = """title: Order
language: en
date: 2026-01-02
contents:
  - part: The first part
    articles: [a.md, b.md]
  - part: The second part
    articles: [c.md]
editions:
  screen: {format: [pdf], page: A5, styles: [s.css]}
  folded: {format: [pdf], page: A5, styles: [s.css], impose: {fold: booklet}}
"""
    CSS = """article { columns: 2 } .wide { column-span: all } .left { float: left; width: 30% } .right { float: right; width: 40% }
.top { float: top } table { break-inside: auto }
"""

    @classmethod
    def setUpClass(cls):
        if Tree is None:
            skip("python3-pikepdf is not installed")

    def article(self, name):
        """An article in which every word is a number; a note's words stand where the note is called."""
        self.count = getattr(self, "count", 0)

        def words(count):
            out = ["w%d" % (self.count + i) for i in range(count)]
            self.count += count
            return " ".join(out)

        blocks = []
        for section in range(4):
            blocks += ["## " + words(3)]
            for _ in range(2):
                before = words(30)
                note = words(6)
                self.notes += 1
                blocks += ["%s[^%d]\n%s" % (before, self.notes, words(40)), "[^%d]: %s" % (self.notes, note)]
            place = ("left", "right", "top", "wide")[section]
            blocks += ["{.%s}\n%s" % (place, words(12)), words(60), "> " + words(30)]
            blocks += ["\n".join("- " + words(8) for _ in range(12))]
            head = "| %s | %s |\n|---|---|\n" % (words(1), words(1))
            blocks += [head + "\n".join("| %s | %s |" % (words(2), words(2)) for _ in range(12))]
        self.write("b/%s.md" % name, "---\ntitle: Article %s\n---\n\n%s\n" % (name, "\n\n".join(blocks)))

    def test_is_the_books_across_columns_floats_notes_pages_and_folds(self):
        self.notes = 0
        self.write("b/book.yaml", self.PLAN)
        self.write("b/s.css", self.CSS)
        for name in "abc":
            self.article(name)
        self.build(self.folder / "b")
        pdfs = {path.parent.name: path for path in self.outputs(".pdf")}
        self.judge_pdf(*pdfs.values())
        for edition, path in pdfs.items():
            tree = Tree(path)
            self.assertGreater(len(tree.pages), 4)
            body = tree.text[tree.text.index("\n      Art\n") if "\n      Art\n" in tree.text else tree.text.index("  Art\n"):]
            heard = [int(number) for number in re.findall(r"w(\d+)", body)]
            self.assertEqual(heard[:50], list(range(50)), edition)
            self.assertEqual(heard, list(range(self.count)), edition)

    def test_has_parts_that_hold_their_articles(self):
        self.notes = 0
        self.write("b/book.yaml", self.PLAN)
        self.write("b/s.css", self.CSS)
        for name in "abc":
            self.write("b/%s.md" % name, "---\ntitle: Article %s\n---\nWords.\n" % name)
        self.build(self.folder / "b", "-e", "screen")
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        tree = Tree(pdf).text
        parts = tree[tree.index("  Part\n"):]
        self.assertEqual(re.findall(r"^ *(?:Part|Art)$", parts, re.M), ["  Part", "    Art", "    Art", "  Part", "    Art"])
        # The pages of contents tell the levels as the tree does: a part's title is one level above its articles'.
        self.assertEqual(re.findall(r'^ *(H\d)\n *"(The \w+ part|Article \w)"', parts, re.M),
                         [("H1", "The first part"), ("H1", "Article a"), ("H1", "Article b"), ("H1", "The second part"), ("H1", "Article c")])


class HeadingLevels(BookTest):
    @classmethod
    def setUpClass(cls):
        if Tree is None:
            skip("python3-pikepdf is not installed")

    def test_that_are_skipped_are_warned_of_where_they_stand_and_closed_up_in_the_file(self):
        article = self.write("a.md", "---\ntitle: Levels\n---\n## Two\n\nText.\n\n##### Five\n\nText.\n\n###### Six\n\nText.\n\n## Two again\n\n#### Four\n\nText.\n")
        result = self.build(article)
        self.assertRegex(result.stderr, r"a\.md:8:\d+: warning: .*level.*\[assemble\.skipped-heading\]")
        self.assertRegex(result.stderr, r"a\.md:18:\d+: warning: .*level.*\[assemble\.skipped-heading\]")
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        levels = [int(level) for level in re.findall(r"^ *H(\d)$", Tree(pdf).text, re.M)]
        self.assertEqual(levels, [1, 2, 3, 4, 2, 3])

    def test_are_closed_up_behind_headings_that_nobody_sees_and_in_odd_places(self):
        odd = ["## ", "## \u200b", "<h2>&shy;</h2>", "## <span></span>", "<h2><br></h2>", "<h2 hidden>Not shown</h2>", "## [^1]",
               "<rp>\n\n## Within\n\n</rp>", "<blockquote><li><rt><h2>Within</h2></rt></li></blockquote>", "> - ## Within"]
        for number, one in enumerate(odd):
            self.write("b/a%02d.md" % number, "# Title\n\n%s\n\nWords.\n\n### Three\n\nWords.[^1]\n\n[^1]: A note.\n" % one)
        names = ", ".join("a%02d.md" % number for number in range(len(odd)))
        self.write("b/book.yaml", "title: B\nlanguage: en\ncontents: [%s]\neditions:\n  p: {format: pdf}\n" % names)
        self.build(self.folder / "b")
        self.judge_pdf(*self.outputs(".pdf"))


class Languages(BookTest):
    def test_that_are_none_are_not_written(self):
        article = self.write("a.html", "<html lang=en><title>A</title><p>words</p><p lang=de>Worte</p><pre lang=js>f()</pre></html>")
        self.assertIn("[check.unknown-language]", self.build(article).stderr)
        [pdf] = self.outputs(".pdf")
        uncompressed = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
        self.assertEqual(sorted(set(re.findall(rb"/Lang \((\w+)\)", uncompressed))), [b"de", b"en"])


if __name__ == "__main__":
    main()
