"""The fonts inside of finished PDFs, read from the written bytes: subsets, widths, what each glyph says, and licences."""
import io
import struct
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from support import ROOT, BookTest, main, skip

try:
    import pikepdf
    from fontTools import cffLib
    from fontTools.ttLib import TTFont
    from structure import unicode_map
except ImportError:
    pikepdf = None

FREE_FONT = Path("/usr/share/fonts/truetype/noto/NotoSansOgham-Regular.ttf")
RESTRICTED, NO_SUBSETTING, BITMAP_ONLY = 0x0002, 0x0100, 0x0200


class PdfFontsTest(BookTest):
    def setUp(self):
        super().setUp()
        if pikepdf is None:
            skip("python3-pikepdf or python3-fonttools is not installed")


def shown_codes(pdf):
    """Font object -> character codes that any content shows, in pages and in the forms that they draw."""
    codes, seen = {}, set()

    def read(stream, resources):
        font, stack = None, []
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name == "q":
                stack.append(font)
            elif name == "Q":
                font = stack.pop()
            elif name == "Tf":
                font = codes.setdefault(resources["/Font"][str(operands[0])].objgen, set())
            elif name in ("Tj", "TJ"):
                for piece in operands[0] if name == "TJ" else operands:
                    if isinstance(piece, pikepdf.String):
                        data = bytes(piece)
                        font.update(int.from_bytes(data[i:i + 2], "big") for i in range(0, len(data), 2))
            elif name == "Do":
                form = resources["/XObject"][str(operands[0])]
                if form.get("/Subtype") == "/Form" and form.objgen not in seen:
                    seen.add(form.objgen)
                    read(form, form.get("/Resources", resources))

    for page in pdf.pages:
        read(page, page.obj["/Resources"])
    return codes


def program_widths(descendant):
    """Of each glyph in the embedded program itself, in thousandths of an em."""
    descriptor = descendant["/FontDescriptor"]
    if "/FontFile2" in descriptor:
        font = TTFont(io.BytesIO(descriptor["/FontFile2"].read_bytes()))
        units = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        return [metrics[name][0] * 1000 / units for name in font.getGlyphOrder()]
    fonts = cffLib.CFFFontSet()
    fonts.decompile(io.BytesIO(descriptor["/FontFile3"].read_bytes()), None)
    top = fonts[0]
    scale = 1000 * (top.FontMatrix[0] if "FontMatrix" in top.rawDict else 0.001)
    out = []
    for name in top.charset:
        glyph = top.CharStrings[name]
        glyph.draw(type("Nowhere", (), {step: lambda self, *a: None for step in
                                        ("moveTo", "lineTo", "curveTo", "closePath", "endPath", "qCurveTo")})())
        out.append(glyph.width * scale)
    return out


class EmbeddedFonts(PdfFontsTest):
    def test_are_subsets_whose_widths_and_words_are_exact_and_which_never_draw_notdef(self):
        self.build(ROOT / "tests/golden/structure/book", "-e", "screen")
        paths = self.outputs(".pdf")
        self.build(ROOT / "book", "-e", "print")
        paths += self.outputs(".pdf")
        formats = set()
        for path in paths:
            with pikepdf.open(path) as pdf:
                codes = shown_codes(pdf)
                self.assertGreater(len(codes), 3)
                for objgen, shown in codes.items():
                    font = pdf.get_object(objgen)
                    name = str(font["/BaseFont"])
                    self.assertRegex(name, r"^/[A-Z]{6}\+", "not a subset")
                    self.assertNotIn(0, shown, name + " draws .notdef")
                    says = unicode_map(font)
                    self.assertEqual([code for code in shown if not says.get(code)], [], name + ": glyphs without text")
                    self.assertFalse([text for text in says.values() if set(text) & set("\0\uFEFF\uFFFE\uFFFD")], name)
                    [descendant] = font["/DescendantFonts"]
                    first, written = descendant["/W"]
                    self.assertEqual(int(first), 0)
                    real = program_widths(descendant)
                    self.assertEqual(len(written), len(real))
                    for glyph, (one, other) in enumerate(zip(written, real)):
                        self.assertAlmostEqual(float(one), other, delta=0.06, msg="%s, glyph %d" % (name, glyph))
                    self.assertLessEqual(len(real), 2 * len(shown) + 40, name + " is no subset")
                    formats.add("CFF" if "/FontFile3" in descendant["/FontDescriptor"] else "TrueType")
        self.assertEqual(formats, {"CFF", "TrueType"})


class DamagedFonts(PdfFontsTest):
    def test_of_which_no_part_can_be_made_spoil_their_edition_alone_and_are_named(self):
        if not FREE_FONT.exists():
            skip("the package fonts-noto-core is not installed")
        whole = FREE_FONT.read_bytes()
        tables = {tag: (offset, size) for tag, _, offset, size in
                  struct.iter_unpack(">4sIII", whole[12:12 + 16 * struct.unpack(">H", whole[4:6])[0]])}
        self.write("b/book.yaml", "title: Ogham\nlanguage: en\ndate: 2026-01-02\ncontents: [a.md]\neditions:\n"
                   "  ebook: {format: epub, embed-fonts: true, styles: [s.css]}\n  plain: {format: epub}\n")
        self.write("b/a.md", "---\ntitle: Trees\n---\nA line of ᚛ᚁᚂᚃᚄᚅ᚜.\n")
        self.write("b/s.css", "p { font-family: Mine, serif } @font-face { font-family: Mine; src: url(fonts/mine.ttf) }\n")
        for tag, filling in ((b"head", b"\0"), (b"glyf", b"\xff")):
            offset, size = tables[tag]
            self.write("b/fonts/mine.ttf", whole[:offset] + filling * size + whole[offset + size:])
            result = self.build(self.folder / "b", expect=1)
            self.assertRegex(result.stderr, r"the font file ‘fonts/mine\.ttf’ cannot be used: .*\[app\.unusable-font\]", tag)
            self.assertEqual([path.parent.name for path in self.out.rglob("*.epub")], ["plain"], tag)


class LicenceBits(PdfFontsTest):
    def book(self, rights):
        if not FREE_FONT.exists():
            skip("the package fonts-noto-core is not installed")
        self.write("b/book.yaml", "title: Ogham\nlanguage: en\ndate: 2026-01-02\ncontents: [a.md]\n"
                   "editions:\n  pdf: {format: [pdf], page: A5, styles: [s.css]}\n")
        self.write("b/a.md", "---\ntitle: Trees\n---\nA line of ᚛ᚁᚂᚃᚄᚅ᚜.\n")
        self.write("b/s.css", "p { font-family: Mine, serif } @font-face { font-family: Mine; src: url(fonts/mine.ttf) }\n")
        font = TTFont(FREE_FONT)
        font["OS/2"].fsType = rights
        for record in font["name"].names:
            if record.nameID in (1, 4, 6):
                record.string = "Mine"
        (self.folder / "b/fonts").mkdir(parents=True, exist_ok=True)
        font.save(self.folder / "b/fonts/mine.ttf")
        return self.folder / "b"

    def test_that_forbid_embedding_or_allow_bitmaps_only_are_an_error_and_no_file_is_written(self):
        for rights, reason in ((RESTRICTED, "its licence forbids embedding"), (BITMAP_ONLY, "only bitmaps to be embedded"),
                               (RESTRICTED | NO_SUBSETTING, "its licence forbids embedding")):
            result = self.build(self.book(rights), expect=1)
            self.assertIn("app.unusable-font", result.stderr)
            self.assertIn("mine.ttf", result.stderr)
            self.assertIn(reason, result.stderr)
            self.assertEqual(list(self.out.rglob("*.pdf")), [])

    def test_that_forbid_subsetting_are_kept_by_embedding_all_of_the_font(self):
        sizes = {}
        for rights in (0, NO_SUBSETTING):
            self.build(self.book(rights))
            [path] = self.outputs(".pdf")
            self.judge_pdf(path)
            with pikepdf.open(path) as pdf:
                [font] = [one for one in pdf.pages[-1].obj["/Resources"]["/Font"].as_dict().values() if str(one["/BaseFont"]).endswith("Mine")]
                sizes[rights] = len(program_widths(font["/DescendantFonts"][0]))
        whole = len(TTFont(FREE_FONT).getGlyphOrder())
        self.assertLess(sizes[0], whole)
        self.assertEqual(sizes[NO_SUBSETTING], whole)


if __name__ == "__main__":
    main()
