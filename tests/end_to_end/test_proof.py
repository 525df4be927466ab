"""Finished PDFs are compared with their book once more: what was built passes, and each of 200 seeded mutations is told."""
import random
import re

import pikepdf

from support import BookTest, bifolio, main

ARTICLE = "# Sleep\n\n" + "\n\n".join("## Part %d\n\nIn part %d we rest for %d hours[^n%d] and wake.\n\n| Night | Hours |\n|---|---|\n| first%d | %d |\n\n[^n%d]: See note %d." % (
    i, i, i + 3, i, i, i + 40, i, i) for i in range(1, 13)) + "\n"


def elements(pdf):
    """The structure elements with at least two kids. Not links: their annotation says nothing, wherever it stands among them."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one and "/K" in one:
            if isinstance(one.K, pikepdf.Array) and len(one.K) > 1 and one.S != "/Link":
                found.append(one)
            waiting.append(one.K)
    return found


def of_pages(pdf, random_, how):
    at = random_.randrange(len(pdf.pages) - 1)
    if how == "drop":
        del pdf.pages[at]
    elif how == "double":
        pdf.pages.insert(at, pdf.pages[at])
    else:
        page = pdf.pages[at]
        pdf.pages.insert(at + 2, page)
        del pdf.pages[at]


def of_kids(pdf, random_, how):
    element = random_.choice(elements(pdf))
    kids = list(element.K)
    at = random_.randrange(len(kids) - 1)
    if how == "drop":
        del kids[at]
    elif how == "double":
        kids.insert(at, kids[at])
    else:
        kids[at], kids[at + 1] = kids[at + 1], kids[at]
    element.K = pikepdf.Array(kids)


def shown_in(instructions):
    return [i for i, one in enumerate(instructions) if str(one.operator) in ("Tj", "TJ")]


def of_glyphs(pdf, random_, how):
    pages = [page for page in pdf.pages if len(shown_in(pikepdf.parse_content_stream(page))) > 1]
    page = random_.choice(pages)
    instructions = list(pikepdf.parse_content_stream(page))
    shown = shown_in(instructions)
    at = random_.choice(shown)
    one = instructions[at]
    if how == "drop":
        del instructions[at]
    elif how == "double":
        instructions.insert(at, one)
    else:
        other = random_.choice([i for i in shown if i != at])
        instructions[at], instructions[other] = instructions[other], one
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def of_maps(pdf, random_, how):
    fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one]
    font = random_.choice(fonts)
    text = font.ToUnicode.read_bytes()
    rows = list(re.finditer(rb"<[0-9A-Fa-f]+> *(?:<[0-9A-Fa-f]+> *)?<([0-9A-Fa-f]{4})>(?=\s)", text))
    row = random_.choice([one for one in rows if one[1].upper() not in (b"0020", b"00AD", b"FFFF")])
    font.ToUnicode.write(text[:row.start(1)] + b"0416" + text[row.end(1):])


MUTATIONS = [(kind, how) for kind in (of_pages, of_kids, of_glyphs) for how in ("drop", "double", "swap")] + [(of_maps, "alter")]


class TheProofOnceMore(BookTest):
    def book(self):
        self.write("book/book.yaml", "title: A book\nlanguage: en\ndate: 2026-01-02\ncontents: [sleep.md]\neditions:\n  print: {format: pdf, page: A5}\n  ebook: {format: epub}\n")
        self.write("book/sleep.md", ARTICLE)
        self.build(self.folder / "book")
        return self.outputs(".pdf")[0]

    def test_passes_what_was_built_and_tells_each_mutation(self):
        pdf = self.book()
        result = bifolio("verify", "--against", self.folder / "book", pdf)
        self.assertEqual(result.returncode, 0, result.stderr)
        files = {}
        for seed in range(200):
            kind, how = MUTATIONS[seed % len(MUTATIONS)]
            path = self.folder / ("mutated-%d" % seed) / pdf.name
            path.parent.mkdir()
            with pikepdf.open(pdf) as mutated:
                kind(mutated, random.Random(seed), how)
                mutated.save(path)
            files[path] = "%s %s %d" % (kind.__name__, how, seed)
        result = bifolio("verify", "--against", self.folder / "book", "-q", *files)
        self.assertEqual(result.returncode, 1, result.stderr[-2000:])
        self.assertEqual([what for path, what in files.items() if str(path) not in result.stderr], [])
        self.assertRegex(result.stderr, r"sleep\.md:\d+:\d+: error: .*lacks")

    def test_says_what_cannot_be_compared(self):
        pdf = self.book()
        self.assertEqual(bifolio("verify", "--against", self.folder / "book").returncode, 2)
        self.assertEqual(bifolio("verify", "--against", self.folder / "book", self.outputs(".epub")[0]).returncode, 2)
        other = pdf.rename(pdf.parent / "other.pdf")
        result = bifolio("verify", "--against", self.folder / "book", other)
        self.assertEqual(result.returncode, 2)
        self.assertIn("no edition of the book makes a PDF of that name", result.stderr)
        self.assertEqual(bifolio("verify", "--against", self.folder / "book", pdf).returncode, 3)
        self.assertEqual(bifolio("verify", "-e", "print", other).returncode, 2)


if __name__ == "__main__":
    main()
