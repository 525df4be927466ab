"""The structure trees of a book that has every construct, as golden text. UPDATE_GOLDEN=1 writes them anew."""
import os
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
from support import ROOT, BookTest, main, skip

try:
    from structure import Tree
except ImportError:
    Tree = None

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


if __name__ == "__main__":
    main()
