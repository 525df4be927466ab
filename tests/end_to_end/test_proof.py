"""Finished PDFs are compared with their book once more: what was built passes, and each seeded mutation is told."""
import os
import random
import re
import unicodedata

import pikepdf
from PIL import Image

from support import ALL, BookTest, bifolio, main

ARTICLE = "# Sleep\n\n" + "\n\n".join("## Part %d\n\nIn part %d we rest for %d hours[^n%d] and wake.\n\n| Night | Hours |\n|---|---|\n| first%d | %d |\n\n[^n%d]: See note %d." % (
    i, i, i + 3, i, i, i + 40, i, i) for i in range(1, 13)) + """

![A red square](red.png)

![A blue square](blue.png)

1. Read [part two](#part-2) first.
2. Then <https://example.org/sleep>.

The <abbr title="National Health Service">NHS</abbr> says so, and the <abbr title="World Health Organization">WHO</abbr>.

<p lang="he">שלום 5 עולם</p>

<p lang="bn">কোনো ক্ষতি</p>
"""


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


def says(element, kid):
    """Whether a kid is more than a marked sequence without content."""
    if not isinstance(kid, int):
        return True
    drawn = element.Pg.Contents.read_bytes().split(b"/MCID %d" % kid, 1)[1].split(b"EMC", 1)[0]
    return b"TJ" in drawn or b"Tj" in drawn or b"Do" in drawn


def of_kids(pdf, random_, how):
    while True:
        element = random_.choice(elements(pdf))
        kids = list(element.K)
        at = random_.randrange(len(kids) - 1)
        if says(element, kids[at]) and says(element, kids[at + 1]):
            break
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
        said = lambda i: pikepdf.unparse_content_stream([instructions[i]])
        other = random_.choice([i for i in shown if said(i) != said(at)])
        instructions[at], instructions[other] = instructions[other], one
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def codes_that_speak(pdf):
    """By font: the codes that are shown where no ActualText speaks for them."""
    spoken = {}
    for page in pdf.pages:
        font, marks = None, []
        for one in pikepdf.parse_content_stream(page):
            operator = str(one.operator)
            if operator == "Tf":
                font = page.Resources.Font[str(one.operands[0])].objgen
            elif operator in ("BDC", "BMC"):
                marks.append(operator == "BDC" and isinstance(one.operands[1], pikepdf.Dictionary) and "/ActualText" in one.operands[1])
            elif operator == "EMC":
                marks.pop()
            elif operator in ("Tj", "TJ") and not any(marks):
                for part in one.operands[0] if operator == "TJ" else one.operands:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        spoken.setdefault(font, set()).update(int.from_bytes(codes[i:i + 2], "big") for i in range(0, len(codes), 2))
    return spoken


def of_maps(pdf, random_, how):
    """What a glyph says by itself. Under an ActualText nobody hears it."""
    spoken = codes_that_speak(pdf)
    rows = []
    for font in [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one]:
        for row in re.finditer(rb"<([0-9A-Fa-f]{4})> *<([0-9A-Fa-f]{4})>(?=\s*\n)", font.ToUnicode.read_bytes()):
            if row[2].upper() not in (b"0020", b"00AD", b"FFFF", b"200B") and int(row[1], 16) in spoken.get(font.objgen, ()):
                rows.append((font, row))
    font, row = random_.choice(rows)
    text = font.ToUnicode.read_bytes()
    font.ToUnicode.write(text[:row.start(2)] + b"0416" + text[row.end(2):])


def of_texts(pdf, random_, key):
    """What is said instead of or beside an element: Alt, E."""
    found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and key in one and "/S" in one]
    if random_.random() < 0.5:
        one, text = random_.choice([(one, str(one[key])) for one in found if len(str(one[key])) > 1])
        at = random_.randrange(len(text))
        one[key] = pikepdf.String(text[:at] + random_.choice(["", "Q", text[at].replace(" ", "Q") * 2]) + text[at + 1:])
    else:
        one, other = random_.sample(found, 2)
        one[key], other[key] = pikepdf.String(str(other[key])), pikepdf.String(str(one[key]))


def of_headings(pdf, random_, how):
    one = random_.choice([one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") in ("/H1", "/H2")])
    one.S = pikepdf.Name("/P" if random_.random() < 0.5 else "/H3")


def links(pdf):
    return [one for page in pdf.pages for one in page.get("/Annots", [])]


def of_links(pdf, random_, how):
    found = links(pdf)
    one = random_.choice(found)
    if how == "drop":
        page = random_.choice([page for page in pdf.pages if "/Annots" in page])
        del page.Annots[random_.randrange(len(page.Annots))]
    elif how == "alter":
        if "/A" in one:
            one.A.URI = pikepdf.String(str(one.A.URI) + "x")
        else:
            one.Dest = pikepdf.String(str(random_.choice([other for other in found if "/Dest" in other and str(other.Dest) != str(one.Dest)]).Dest))
    else:
        other = random_.choice([other for other in found if [float(x) for x in other.Rect] != [float(x) for x in one.Rect]])
        one.Rect, other.Rect = pikepdf.Array(list(other.Rect)), pikepdf.Array(list(one.Rect))


def of_outline(pdf, random_, how):
    items = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Title" in one and "/Parent" in one]
    one, other = random_.sample(items, 2)
    if how == "drop":
        if "/Next" in one:
            one.Title, one.Dest = one.Next.Title, one.Next.Dest
        else:
            one.Title = pikepdf.String("")
    elif how == "alter":
        one.Dest = pikepdf.Array([pdf.pages[random_.randrange(len(pdf.pages))].obj, pikepdf.Name("/XYZ"), 3, 7, None])
    else:
        one.Title, other.Title = pikepdf.String(str(other.Title)), pikepdf.String(str(one.Title))


def of_labels(pdf, random_, how):
    numbers = pdf.Root.PageLabels.Nums
    at = random_.choice(range(1, len(numbers), 2))
    numbers[at].St = int(numbers[at].get("/St", 1)) + 1


def of_pictures(pdf, random_, how):
    pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    one, other = random_.sample(pictures, 2)
    if how == "alter":
        data = bytearray(one.read_bytes())
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        one.write(bytes(data))
    else:
        data, other_data = one.read_bytes(), other.read_bytes()
        one.write(other_data)
        other.write(data)


def of_sight(pdf, random_, how):
    """Text that nobody can see any more, though it is still there."""
    page = random_.choice([page for page in pdf.pages if len(shown_in(pikepdf.parse_content_stream(page))) > 1])
    instructions = list(pikepdf.parse_content_stream(page))
    artifact, visible = False, []
    for i, one in enumerate(instructions):
        operator = str(one.operator)
        if operator in ("BMC", "BDC") and one.operands[0] == "/Artifact":
            artifact = True
        elif operator == "EMC":
            artifact = False
        elif operator in ("Tj", "TJ") and not artifact:
            visible.append(i)
    at = random_.choice(visible)
    before, after = {
        "invisible": (([3], "Tr"), ([0], "Tr")),
        "white": (([1], "g"), ([0], "g")),
        "small": (([pikepdf.Name("/F0"), 0.01], "Tf"), None),
        "beyond": (([1, 0, 0, 1, -900, 40], "Tm"), None),
    }[how]
    make = lambda one: pikepdf.ContentStreamInstruction(one[0], pikepdf.Operator(one[1]))
    if how == "small":
        font = [one for one in instructions[:at] if str(one.operator) == "Tf"][-1]
        before = ([font.operands[0], 0.01], "Tf")
    if after:
        instructions.insert(at + 1, make(after))
    instructions.insert(at, make(before))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def of_cover(pdf, random_, how):
    """Text that something is painted over, or that a clipping path shuts out."""
    page = random_.choice([page for page in pdf.pages if len(shown_in(pikepdf.parse_content_stream(page))) > 1])
    instructions = list(pikepdf.parse_content_stream(page))
    make = lambda operands, operator: pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))
    at = random_.choice(shown_in(instructions))
    begin = max(i for i in range(at) if str(instructions[i].operator) == "BT")
    if how == "clipped":
        instructions[begin:begin] = [make([0, 0, 1, 1], "re"), make([], random_.choice(["W", "W*"])), make([], "n")]
    else:
        x = y = 0
        for one in instructions[begin:at]:
            if str(one.operator) == "Td":
                x, y = x + float(one.operands[0]), y + float(one.operands[1])
            elif str(one.operator) == "Tm":
                x, y = float(one.operands[4]), float(one.operands[5])
        left, bottom, right, top = x - 2, y - 4, x + 12, y + 12
        if how == "annotation":
            look = pdf.make_stream(b"1 g 0 0 14 16 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 14, 16])
            note = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=random_.choice([pikepdf.Name.Square, pikepdf.Name.FreeText, pikepdf.Name.Link]),
                                                        Rect=[left, bottom, right, top], F=4, AP=pikepdf.Dictionary(N=look)))
            page.obj["/Annots"] = pikepdf.Array(list(page.obj.get("/Annots", [])) + [note])
            return
        if how == "shading":
            white = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 1, 1], C1=[1, 1, 1])
            page.obj.Resources["/Shading"] = pikepdf.Dictionary(White=pikepdf.Dictionary(
                ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB, Coords=[0, 0, 1, 0], Extend=[True, True], Function=white))
            paint = [make([], "W"), make([], "n"), make([pikepdf.Name.White], "sh")]
        elif how == "form":
            form = pdf.make_stream(b"1 g 0 0 14 16 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 14, 16])
            page.obj.Resources["/XObject"] = pikepdf.Dictionary({**dict(page.obj.Resources.get("/XObject", {})), "/Again": form})
            draw = lambda x, y: [make([], "q"), make([1, 0, 0, 1, x, y], "cm"), make([pikepdf.Name.Again], "Do"), make([], "Q")]
            instructions += [make([pikepdf.Name("/Artifact")], "BMC"), *draw(0, 0), *draw(left, bottom), make([], "EMC")]
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
            return
        else:
            paint = [make([], "f")]
        if random_.random() < 0.5:
            shape = [make([left, bottom, right - left, top - bottom], "re")]
        else:
            shape = [make([left - 5, bottom - 5], "m"), make([right + 9, bottom - 5], "l"), make([x, top + 9, x, top + 9, left - 5, top + 9], "c"), make([], "h")]
        instructions += [make([pikepdf.Name("/Artifact")], "BMC"), make([], "q"), make([1], "g"), *shape, *paint, make([], "Q"), make([], "EMC")]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def of_actual_text(pdf, random_, how):
    """What is read out under other glyphs."""
    pages = []
    for page in pdf.pages:
        instructions = list(pikepdf.parse_content_stream(page))
        places = [i for i, one in enumerate(instructions) if str(one.operator) == "BDC" and isinstance(one.operands[1], pikepdf.Dictionary)
                  and len(str(one.operands[1].get("/ActualText", "")).strip("\u00ad")) > 0]
        pages += [(page, instructions, i) for i in places]
    page, instructions, at = random_.choice(pages)
    properties = instructions[at].operands[1]
    text = str(properties.ActualText)
    place = random_.randrange(len(text))
    properties.ActualText = pikepdf.String(text[:place] + "\u0416" + text[place + 1:])
    instructions[at] = pikepdf.ContentStreamInstruction([instructions[at].operands[0], properties], pikepdf.Operator("BDC"))
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


MUTATIONS = [(kind, how) for kind in (of_pages, of_kids, of_glyphs) for how in ("drop", "double", "swap")] + [(of_maps, "alter")] + [
    (of_texts, "/Alt"), (of_texts, "/E"), (of_headings, "alter"), (of_links, "drop"), (of_links, "alter"), (of_links, "swap"),
    (of_outline, "drop"), (of_outline, "alter"), (of_outline, "swap"), (of_labels, "alter"), (of_pictures, "alter"), (of_pictures, "swap"),
    (of_sight, "invisible"), (of_sight, "white"), (of_sight, "small"), (of_sight, "beyond"), (of_cover, "covered"), (of_cover, "clipped"), (of_cover, "shading"), (of_cover, "annotation"), (of_cover, "form"), (of_actual_text, "alter")]
# Each kind eight times in each run of the tests, many times with BIFOLIO_TEST_ALL.
COUNT = int(os.environ.get("BIFOLIO_MUTATIONS", len(MUTATIONS) * (40 if ALL else 8)))


class TheProofOnceMore(BookTest):
    def book(self):
        self.write("book/book.yaml", "title: A book\nlanguage: en\ndate: 2026-01-02\ncontents: [sleep.md]\neditions:\n  print: {format: pdf, page: A5}\n  ebook: {format: epub}\n")
        self.write("book/sleep.md", ARTICLE)
        for name, colour in (("red", (200, 30, 30)), ("blue", (30, 30, 200))):
            Image.new("RGB", (60, 60), colour).save(self.folder / "book" / (name + ".png"))
        self.build(self.folder / "book")
        return self.outputs(".pdf")[0]

    def test_passes_what_was_built_and_tells_each_mutation(self):
        pdf = self.book()
        result = bifolio("verify", "--against", self.folder / "book", pdf)
        self.assertEqual(result.returncode, 0, result.stderr)
        files = {}
        for seed in range(COUNT):
            kind, how = MUTATIONS[seed % len(MUTATIONS)]
            path = self.folder / ("mutated-%d" % seed) / pdf.name
            path.parent.mkdir()
            with pikepdf.open(pdf) as mutated:
                kind(mutated, random.Random(seed), how)
                mutated.save(path)
            files[path] = "%s %s %d" % (kind.__name__, how, seed)
        escaped, told = [], ""
        for first in range(0, COUNT, 100):  # more differences than are shown would hide one another
            some = dict(list(files.items())[first:first + 100])
            result = bifolio("verify", "--against", self.folder / "book", "-q", *some)
            self.assertEqual(result.returncode, 1, result.stderr[-2000:])
            escaped += [what for path, what in some.items() if str(path) not in result.stderr]
            told += result.stderr
        self.assertEqual(escaped, [])
        self.assertRegex(told, r"sleep\.md:\d+:\d+: error: .*lacks")

    def test_says_what_cannot_be_compared(self):
        pdf = self.book()
        self.assertEqual(bifolio("verify", "--against", self.folder / "book").returncode, 2)
        self.assertEqual(bifolio("verify", "--allow", "missing-glyph", pdf).returncode, 2)
        self.assertEqual(bifolio("verify", "-e", "print", pdf).returncode, 2)
        result = bifolio("verify", "--against", self.folder / "book", "-e", "ebook", pdf)
        self.assertEqual(result.returncode, 2)
        self.assertIn("no edition of the book makes such a file; its editions make nothing", result.stderr)
        page = self.write("page.html", "<html><body><main/></body></html>")
        result = bifolio("verify", "--against", self.folder / "book", page)
        self.assertEqual(result.returncode, 2)
        pdf.rename(pdf.parent / "other.pdf")
        self.assertEqual(bifolio("verify", "--against", self.folder / "book", pdf).returncode, 3)


# What goes into articles to damage them: markup that opens and never closes, letters of all kinds, spaces and marks that nobody sees.
PIECES = ["*", "**", "`", "[", "](x)", "\n\n", "\n", "> ", "- ", "7) ", "| a | b |\n|---|---|\n| c | d |\n", "# ", "---\n", "<b>", "</p>",
          "<table><tr><td>", "<details><summary>s</summary>", "<ruby>\u6f22<rt>\u304b\u3093</rt></ruby>", "<q>", "<a href=\"#x\">", "<ul><li>",
          "<ol start=\"-3\" reversed><li value=5>", "<dl><dt>t<dd>d</dl>", "<pre>\n a\n\tb</pre>", "<span dir=\"rtl\">", "<bdo dir=rtl>abc</bdo>", "<br>",
          "<wbr>", "&nbsp;", "&shy;", "\u202eabc\u202c", "\u05e9\u05dc\u05d5\u05dd (5) \u05e2\u05d5\u05dc\u05dd", "\u0645\u0631\u062d\u0628\u0627 12.5",
          "\u65e5\u672c\u8a9e\u3001\u300c\u30c6\u300d", "\u0928\u092e\u0938\u094d\u0924\u0947", "e\u0301", "\ufeff", "\u00ad", "\u200d", "\u2028", "\u00a0", "\u2003", "\u3000",
          "[^n1]", "[^new]: note\n", "<abbr title=\"World\">W</abbr>", "<caption>c</caption>", "<th colspan=2 rowspan=3>", "<h5>", "\\", "&amp;", "<", "  \n", "\t"]


# Characters of all scripts, and those that nobody sees but that join, select and turn others.
SCRIPTS = [[chr(c) for c in range(first, last + 1) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Cc")] for first, last in (
    (0x41, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x591, 0x5F4), (0x600, 0x6FF), (0x700, 0x85E), (0x8A0, 0x8FF), (0x900, 0xD7F), (0xD80, 0xFFF), (0x1000, 0x139F), (0x1780, 0x18AA),
    (0x1B00, 0x1BFF), (0x1E00, 0x1FFF), (0x2010, 0x218B), (0x2190, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x4EFF), (0xAC00, 0xACFF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFC), (0x10800, 0x1091F),
    (0x1D400, 0x1D4FF), (0x1E900, 0x1E95F), (0x1F300, 0x1F6FC))]
UNSEEN = [chr(c) for c in (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x180F, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2028, 0x2060, 0x2062,
                           0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x3164, 0xFE00, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1BCA0, 0x1D173, 0xE0001, 0xE0067, 0xE007F, 0xE0100)]
WIDE = "\u00a0\u1680\u2002\u2003\u2007\u200a\u202f\u205f\u3000"


class DamagedArticles(BookTest):
    """Whatever an article is, what is built of it says what was read: the proof raises no false alarm."""

    def damaged(self, random_):
        at = random_.randrange(len(ARTICLE) - 900)
        text = ARTICLE[at:at + 900]
        for _ in range(random_.choice([1, 3, 9, 20])):
            begin = random_.randrange(len(text))
            end = min(len(text), begin + random_.choice([0, 0, 1, 9, 60]))
            text = text[:begin] + "".join(random_.choice(PIECES) for _ in range(random_.choice([0, 1, 1, 4]))) + text[end:]
        return text

    def test_odd_articles_pass(self):
        """What once was lost, or not told rightly, or made a file that its own verifier faulted."""
        odd = {
            "cells that lie over one another": '<table><tr><td rowspan="2">a</td><td>b</td><td rowspan="3">c</td></tr><tr><td colspan="4">d</td></tr><tr><th colspan="2" rowspan="0">e</th></tr></table>',
            "a time in a time": 'On <time datetime="2026-01-02">the <time datetime="2026-01-03">third</time></time> of it.',
            "a stand-in for objects": "one \ufffc two\ufffcthree",
            "a mark of byte order at a letter": "a\ufeff\u0301 \u05d0\ufeff b\ufeff",
            "selectors without a character": "\ufe0e\ufe0f one \ufe02 two \U000e0041 three\u180e",
            "signs among words of both directions": "\u05d0\u05d1 \u25c1\u25e3\u25fd\u25f5 ~/< \u05d2 \u201cquote\u201d 12 \u060c\u0301 hours \u05bfhours",
            "an accent or its letter that no font has": "$\u0fb4 \U0001f6d7\u0301 \u07a5\u0301 end",
            "a private character": "one \ue000 two, \u05d0\ue001",
            "signs that nobody sees": "1. \ufe0f*\u200d*\U0001f3f4\U000e0067 <q>\ufe0f\u034f</q> <code>\U0001f3f4\U000e006e</code>\n2. \u202b\U0001f3f4\U000e0067 \u05d0<q>\ufe0e\u05d1</q>\n\n\u180f \uffa0 \u3164<abbr title=\"World\">\u115f</abbr>",
            "an abbreviation whose letter would make one glyph with the word before it": 'off<abbr title="World">i</abbr> q<abbr title="Sign">\ufe0f\u1dd0</abbr>',
            "the number of what no font has, in a font that exchanges digits": "| \u0378 | \U000e0fff |\n|---|---|\n| \ufffe\U000108ff | 1\u0378 |",
            "turned letters": 'one <bdo dir="rtl">two, three (4)</bdo> five <bdo dir="ltr">\u05d0\u05d1\u05d2 (\u05d3)</bdo>',
        }
        for number, (what, text) in enumerate(odd.items()):
            with self.subTest(what):
                for direction in ("ltr", "rtl"):
                    self.write("odd%d%s/book.yaml" % (number, direction), "title: A book\nlanguage: %s\ndate: 2026-01-02\ncontents: [a.md]\neditions:\n  print: {format: pdf, page: A5}\n  ebook: {format: epub}\n  web: {format: html}\n"
                               % ("en" if direction == "ltr" else "ar"))
                    self.write("odd%d%s/a.md" % (number, direction), "# Title\n\n" + text + "\n")
                    result = bifolio("build", self.folder / ("odd%d%s" % (number, direction)), "-o", self.out, "--allow", "missing-glyph")
                    self.assertEqual(result.returncode, 0, result.stderr[-2000:])

    def test_text_of_all_scripts_passes(self):
        def word(random_, scripts):
            kinds = [random_.choice(scripts)] * 12 + [UNSEEN, UNSEEN, WIDE, "\U0001f3f4\u2764\U0001f469", "([.,;:!?)]-"]
            return "".join(random_.choice(random_.choice(kinds)) for _ in range(random_.choice([1, 2, 3, 6])))

        def words(random_, scripts):
            return "".join(word(random_, scripts) + random_.choice("   -") for _ in range(random_.choice([1, 3, 7])))

        around = ("*%s*", "**%s**", "`%s`", "<q>%s</q>", '<span dir="rtl">%s</span>', '<span dir="ltr">%s</span>', '<bdo dir="rtl">%s</bdo>', '<abbr title="W">%s</abbr>', "%s", "%s")
        begins = ("\n\n", "\n\n## ", "\n- ", "\n1. ", "\n\n> ", '\n\n<p dir="rtl">', "\n\n| a | b |\n|---|---|\n| c | ", "")
        for language in ("en", "ar"):
            self.write(language + "/own.css", "h2 { text-transform: uppercase } strong { font-variant: small-caps } li { text-transform: capitalize } p { text-align: justify }")
            names = ["%d.md" % i for i in range(100 if ALL else 12)]
            self.write(language + "/book.yaml", "title: A book\nlanguage: %s\ndate: 2026-01-02\ncontents: [%s]\neditions:\n  print: {format: pdf, page: A6, styles: [own.css]}\n" % (language, ", ".join(names)))
            for seed, name in enumerate(names):
                random_ = random.Random(language + name)
                scripts = random_.sample(SCRIPTS, 4)
                parts = [random_.choice(begins) + random_.choice(around) % words(random_, scripts) for _ in range(20)]
                self.write(language + "/" + name, "# Title " + words(random_, scripts) + "\n\nText[^n]" + "".join(parts) + "\n\n[^n]: " + words(random_, scripts) + "\n")
            result = bifolio("build", self.folder / language, "-o", self.out, "--allow", "missing-glyph")
            self.assertEqual(result.returncode, 0, [line for line in result.stderr.splitlines() if "error: " in line])

    def test_no_false_alarm(self):
        self.write("book/book.yaml", "title: A book\nlanguage: en\ndate: 2026-01-02\ncontents: [%s]\neditions:\n  print: {format: pdf, page: A5}\n  ebook: {format: epub}\n  web: {format: html}\n"
                   % ", ".join("a%d.%s" % (i, "html" if i % 3 == 2 else "md") for i in range(12)))
        for seed in range(40 if ALL else 4):
            random_ = random.Random(seed)
            for i in range(12):
                self.write("book/a%d.%s" % (i, "html" if i % 3 == 2 else "md"), self.damaged(random_))
            result = bifolio("build", self.folder / "book", "-o", self.out, "--allow", "missing-picture,missing-glyph")
            self.assertIn(result.returncode, (0, 1), result.stderr[-2000:])
            self.assertNotIn("[proof.", result.stderr, "seed %d" % seed)


if __name__ == "__main__":
    main()
