"""Editions for a printing house, judged on the plates that Ghostscript makes of them."""
import json
import re
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
from corpus_books import of_today
from support import BookTest, main, skip, structure_text, words

try:
    import pikepdf
    from PIL import Image
except ImportError:
    pikepdf = None

PROFILES = (Path("/usr/local/share/color/icc/ISOcoated_v2_300_bas.icc"), Path("/usr/share/color/icc/ISOcoated_v2_300_bas.icc"))
PLAN = """title: Black & “blacker”
language: en
date: 2026-01-02
contents: [a.md]
editions:
  press: {format: [pdf], page: A5, conformance: [PDF/X-4, PDF/UA-1, PDF/A-2a], press: {MORE}, styles: [s.css]}
"""
ARTICLE = """---
title: Plain text
---
Text with [a link](https://example.org), a cross-reference to [the end](#end) and a note.[^1] {#start}

## The end {#end}

| Head | Head |
|---|---|
| cell | cell |

{.special}
Special words.

[^1]: The note.
"""
BLACK = ("*, *::before, *::after, *::footnote-call, *::footnote-marker { color: black !important; border-color: #777 !important } "
         "@page { @footnote { border-color: black } %s } " %
         " ".join("@%s { color: black !important }" % box for box in ("top-left", "top-right", "bottom-center")))


class PressTest(BookTest):
    def setUp(self):
        super().setUp()
        if not any(path.exists() for path in PROFILES):
            skip("the profile of FOGRA39 is not installed (scripts/setup-profiles)")
        if pikepdf is None:
            skip("python3-pikepdf or python3-pil is not installed")

    def book(self, css="h1, h2, .title { color: black } * { border-color: black }", more="marks: none"):
        self.write("b/book.yaml", PLAN.replace("MORE", more))
        self.write("b/a.md", ARTICLE)
        self.write("b/s.css", css)
        return self.folder / "b"

    def press(self, **keys):
        self.build(self.book(**keys))
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        return pdf

    def inks(self, pdf, *options):
        """Cyan, magenta, yellow, black of each page in per cent."""
        out = subprocess.run(["gs", "-q", *options, "-o", "-", "-sDEVICE=ink_cov", str(pdf)], capture_output=True, text=True, check=True).stdout
        return [[float(value) for value in line.split()[:4]] for line in out.splitlines() if "CMYK" in line]


def painted(pdf):
    """Of each thing that is painted, in order: the operator, the fill colour with its operator, the overprint state."""
    out = []
    for page in pdf.pages:
        states = page.obj["/Resources"]["/ExtGState"]
        colour, over, stack = None, (False, False, 0), []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "q":
                stack.append((colour, over))
            elif name == "Q":
                colour, over = stack.pop()
            elif name == "gs":
                state = states[str(operands[0])]
                if "/op" in state:
                    over = (bool(state["/OP"]), bool(state["/op"]), int(state["/OPM"]))
            elif name in ("g", "rg", "k", "scn", "sc"):
                colour = tuple(str(one) if isinstance(one, pikepdf.Name) else float(one) for one in operands) + (name,)
            elif name in ("Tj", "TJ", "f", "f*", "S", "Do"):
                out.append((name, colour, over))
    return out


class AnEditionForThePress(PressTest):
    def test_says_in_its_content_that_black_text_is_pure_and_laid_over_and_all_else_knocks_out(self):
        path = self.press(css=BLACK + ".special { background: black; color: white !important } h2 { color: #555 !important }")
        with pikepdf.open(path) as pdf:
            things = painted(pdf)
        texts = [(colour, over) for name, colour, over in things if name in ("Tj", "TJ")]
        black = [over for colour, over in texts if colour == (0, 0, 0, 1, "k")]
        self.assertGreater(len(black), len(texts) / 2)
        self.assertEqual(set(black), {(True, True, 1)})
        other = {over for colour, over in texts if colour != (0, 0, 0, 1, "k")}
        self.assertEqual(other, {(False, False, 0)})
        self.assertEqual({colour[:3] for colour, _ in texts}, {(0, 0, 0)})  # white and grey, too, are black ink or none
        areas = [(colour, over) for name, colour, over in things if name in ("f", "f*")]
        self.assertIn(((0, 0, 0, 1, "k"), (False, False, 0)), areas)
        self.assertEqual({over for _, over in areas}, {(False, False, 0)})

    def test_prints_text_and_greys_with_black_ink_alone(self):
        pages = self.inks(self.press(css=BLACK + ".special { color: #888 !important; background: #eee }"))
        self.assertGreater(len(pages), 1)
        for cyan, magenta, yellow, _ in pages:
            self.assertEqual((cyan, magenta, yellow), (0, 0, 0))
        self.assertGreater(max(page[3] for page in pages), 0.1)

    def test_prints_black_text_over_what_lies_beneath(self):
        css = "* { color: black !important } .special { background: device-cmyk(0.5 0 0 0) }"
        cyan = lambda pdf, overprint: sum(page[0] for page in self.inks(pdf, "-dOverprint=/" + overprint))
        pdf = self.press(css=css)
        self.assertGreater(cyan(pdf, "enable"), cyan(pdf, "disable"))
        pdf = self.press(css=css.replace("black", "#222"))  # not all of the ink: it knocks out
        self.assertEqual(cyan(pdf, "enable"), cyan(pdf, "disable"))

    def test_puts_a_spot_colour_on_a_plate_of_its_own(self):
        pdf = self.press(css='.special { color: -bifolio-spot("House Red", device-cmyk(0 1 0.8 0), 60%) }', more="marks: [colour-bar]")
        self.assertEqual(self.operators(pdf)["patches"], 11)  # one more than the four inks and their overprints need
        subprocess.run(["gs", "-q", "-o", str(self.folder / "p%d.tif"), "-sDEVICE=tiffsep", "-r36", str(pdf)], check=True)
        self.assertTrue(list(self.folder.glob("p*(House Red).tif")))

    def test_has_boxes_marks_and_no_links(self):
        pdf = self.press(more="bleed: 5mm")
        boxes = subprocess.run(["pdfinfo", "-box", "-f", "1", "-l", "1", str(pdf)], capture_output=True, text=True, check=True).stdout
        box = {name: [float(v) for v in values.split()] for name, values in re.findall(r"(\w+Box):\s+([\d. ]+)", boxes)}
        trim, bleed = box["TrimBox"], box["BleedBox"]
        self.assertAlmostEqual(trim[2] - trim[0], 148 * 72 / 25.4, delta=0.02)
        self.assertAlmostEqual(trim[0] - bleed[0], 5 * 72 / 25.4, delta=0.02)
        self.assertGreater(bleed[0], 20)
        data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
        self.assertNotIn(b"/Annots", data)
        self.assertNotIn(b"/OBJR", data)
        self.assertIn(b"/Trapped /False", data)
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-1.6"))
        text = subprocess.run(["pdftotext", "-f", "1", "-l", "1", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
        self.assertRegex(text, r"\.pdf\s+·\s+press\s+·\s+2026-01-02\s+·\s+1 of \d+")

    def test_has_the_same_text_as_the_edition_for_a_screen(self):
        book = self.book()
        plan = (book / "book.yaml").read_text()
        (book / "book.yaml").write_text(plan + "  screen: {format: [pdf], page: A5, styles: [s.css]}\n")
        self.build(book)
        press, screen = sorted(self.outputs(".pdf"), key=lambda path: path.parent.name)
        self.assertEqual(words(structure_text(press)), words(structure_text(screen)))

    def test_is_one_file_for_archive_reader_and_press(self):
        """The facts that veraPDF was found to ask for, on the bytes."""
        path = self.press(more="bleed: 3mm")
        self.assertTrue(path.read_bytes().startswith(b"%PDF-1.6"))
        with pikepdf.open(path) as pdf:
            intents = {str(one["/S"]): one for one in pdf.Root["/OutputIntents"]}
            self.assertEqual(set(intents), {"/GTS_PDFX", "/GTS_PDFA1"})
            [profile] = {one["/DestOutputProfile"].objgen for one in intents.values()}
            self.assertEqual(int(pdf.get_object(profile)["/N"]), 4)
            self.assertEqual({str(one["/OutputConditionIdentifier"]) for one in intents.values()}, {"FOGRA39"})
            self.assertEqual(str(intents["/GTS_PDFX"]["/RegistryName"]), "http://www.color.org")
            self.assertEqual(str(pdf.docinfo["/Trapped"]), "/False")
            xmp = bytes(pdf.Root["/Metadata"].read_bytes()).decode()
            for part in ("<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<",
                         "<pdfaSchema:prefix>pdfuaid<", "<pdfaSchema:prefix>pdfxid<", "<xmpMM:DocumentID>uuid:"):
                self.assertIn(part, xmp)
            self.assertNotIn("Trapped", xmp)
            outline = pdf.Root["/Outlines"]["/First"]
            self.assertIn("/Dest", outline)
            self.assertNotIn("/OpenAction", pdf.Root)
            for one in pdf.objects:
                if isinstance(one, pikepdf.Dictionary):
                    self.assertNotIn(str(one.get("/S", "")), ("/GoTo", "/URI", "/JavaScript"))
                    self.assertNotEqual(str(one.get("/Type", "")), "/Annot")
            for page in pdf.pages:
                inside = [[float(value) for value in page.obj[box]] for box in ("/TrimBox", "/BleedBox", "/MediaBox")]
                for inner, outer in zip(inside, inside[1:]):
                    self.assertTrue(all(inner[i] > outer[i] for i in (0, 1)) and all(inner[i] < outer[i] for i in (2, 3)))

    def test_has_the_marks_that_it_asks_for_outside_of_the_bleed_box(self):
        everything = self.operators(self.press(more=""))
        self.assertEqual(everything["dashed"], 0)  # nothing is folded
        without = {}
        for marks in ("crop", "registration", "colour-bar", "slug"):
            self.build(self.book(more="marks: [%s]" % marks))
            without[marks] = self.operators(*self.outputs(".pdf"))
        self.assertEqual([without["crop"][key] for key in ("lines", "patches", "text")], [8, 0, 0])
        self.assertEqual([without["registration"][key] for key in ("lines", "patches", "text")], [4 * (2 + 4), 0, 0])  # cross, ring
        self.assertEqual([without["colour-bar"][key] for key in ("lines", "patches", "text")], [0, 10, 0])
        self.assertEqual([without["slug"][key] for key in ("lines", "patches")], [0, 0])
        self.assertGreater(without["slug"]["text"], 0)
        self.assertEqual(everything["lines"], 8 + 24)
        self.assertEqual(everything["patches"], 10)

    def operators(self, path):
        """What the first page's marks are made of; nothing of them reaches into the bleed box."""
        count = {"lines": 0, "patches": 0, "text": 0, "dashed": 0}
        with pikepdf.open(path) as pdf:
            page = pdf.pages[0]
            bleed = [float(value) for value in page.obj["/BleedBox"]]
            outside = lambda x, y: x <= bleed[0] or y <= bleed[1] or x >= bleed[2] or y >= bleed[3]
            inside_mark = False
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "BDC" and str(operands[0]) == "/Artifact":
                    inside_mark = str(operands[1].get("/Type", "")) == "/Page"
                elif name == "EMC":
                    inside_mark = False
                if not inside_mark:
                    continue
                if name in ("m", "l", "re"):
                    x, y = float(operands[0]), float(operands[1])
                    self.assertTrue(outside(x, y), "%s at %g, %g" % (name, x, y))
                    if name == "re":
                        self.assertTrue(outside(x + float(operands[2]), y + float(operands[3])))
                count["lines"] += name == "l"
                count["patches"] += name == "re"
                count["text"] += name == "TJ"
                count["dashed"] += name == "d" and len(operands[0]) > 0
        return count

    def test_names_the_registry_only_for_conditions_that_are_in_it(self):
        with pikepdf.open(self.press(more="marks: none, condition: Our own press")) as pdf:
            for intent in pdf.Root["/OutputIntents"]:
                self.assertEqual(str(intent["/OutputConditionIdentifier"]), "Our own press")
                self.assertNotIn("/RegistryName", intent)

    def test_refuses_rich_black_text_and_too_much_ink_at_the_styles_place(self):
        book = self.book(css=".special { color: device-cmyk(0.6 0.4 0.4 1);\n  background: device-cmyk(1 1 0.9 0.5) }\n")
        result = self.build(book, expect=1)
        self.assertRegex(result.stderr, r"s\.css:1:19: error: .*\[pdf\.rich-black-text\]")
        self.assertRegex(result.stderr, r"s\.css:2:15: error: .*340 %.*300 %.*\[pdf\.too-much-ink\]")

    def test_takes_the_ink_limit_of_the_printing_house(self):
        css = ".special { background: device-cmyk(1 1 0.6 0) }"
        self.build(self.book(css=css))
        self.assertIn("pdf.too-much-ink", self.build(self.book(css=css, more="ink-limit: 240"), expect=1).stderr)

    def test_says_what_to_do_when_the_profile_is_missing_or_wrong(self):
        result = self.build(self.book(more="profile: nobody.icc"), expect=1)
        self.assertIn("styles/profiles/", result.stderr)
        self.assertIn("app.press-profile", result.stderr)
        book = self.book(more="profile: mine.icc")
        self.write("b/styles/profiles/mine.icc", "no profile")
        self.assertIn("it is no ICC profile", self.build(book, expect=1).stderr)
        good = next(path for path in PROFILES if path.exists()).read_bytes()
        srgb = Path("/usr/share/color/icc/sRGB.icc")
        wrong = {"not cyan, magenta, yellow and black": srgb.read_bytes(),
                 "not a printer's profile": good[:12] + b"scnr" + good[16:],  # of another class
                 "its length is not what it says": good[:70000],
                 "up to version 4 only": good[:8] + b"\5" + good[9:],
                 "it has no tables": good.replace(b"B2A1", b"XXXX", 1).replace(b"B2A0", b"YYYY", 1).replace(b"B2A2", b"ZZZZ", 1)}
        for reason, data in wrong.items():
            (book / "styles/profiles/mine.icc").write_bytes(data)
            result = self.build(book, expect=1)
            self.assertIn(reason, result.stderr)
            self.assertRegex(result.stderr, r"book\.yaml:6:\d+: error: ")  # where the plan names it
            self.assertEqual(list(self.out.rglob("*.pdf")), [])
        self.assertIn("is a path", self.build(self.book(more="profile: ../mine.icc"), expect=1).stderr)

    def test_takes_a_profile_that_the_book_brings(self):
        book = self.book(more="profile: mine.icc, condition: My Press")
        bytes_ = next(path for path in PROFILES if path.exists()).read_bytes()
        self.write("b/styles/profiles/mine.icc", "")
        (book / "styles/profiles/mine.icc").write_bytes(bytes_)
        self.build(book)
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
        self.assertEqual(data.count(b"/OutputConditionIdentifier (My Press)"), 2)

    def test_is_trimmed_to_two_pages_where_it_is_folded(self):
        book = self.book()
        plan = (book / "book.yaml").read_text()
        (book / "book.yaml").write_text(plan.replace("press: {marks: none}", "press: {}, impose: {fold: booklet}"))
        self.build(book)
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        boxes = subprocess.run(["pdfinfo", "-box", "-f", "1", "-l", "1", str(pdf)], capture_output=True, text=True, check=True).stdout
        self.assertGreater(self.operators(pdf)["dashed"], 0)  # the fold
        trim = [float(v) for v in re.search(r"TrimBox:\s+([\d. ]+)", boxes)[1].split()]
        self.assertAlmostEqual(trim[2] - trim[0], 2 * 148 * 72 / 25.4, delta=0.02)


class SpotColoursInGradients(PressTest):
    RED, GREEN = ("-bifolio-spot('House %s', device-cmyk(%s)%s)" % parts for parts in
                  (("Red", "0 1 0.8 0", ""), ("Green", "1 0 1 0", "")))

    def plates(self, *stops, kind="linearGradient"):
        """The share of ink on each plate at the left, in the middle and at the right of a gradient that fills its picture."""
        self.write("b/g.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><%s id="g">%s</%s>'
                   '<rect width="200" height="200" fill="url(#g)"/></svg>' % (kind, "".join(
                       '<stop offset="%s" stop-color="%s" %s/>' % (offset, colour.replace('"', "&quot;"), rest) for offset, colour, rest in stops), kind))
        book = self.book(more="marks: none")
        self.write("b/a.md", "---\ntitle: A gradient\n---\n![A gradient](g.svg)\n")
        self.build(book)
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        for old in self.folder.glob("p*.tif"):
            old.unlink()
        subprocess.run(["gs", "-q", "-o", str(self.folder / "p%d.tif"), "-sDEVICE=tiffsep", "-r72", "-dLastPage=9", str(pdf)], check=True)
        found = {}
        with pikepdf.open(pdf) as file:
            number, box = self.picture_box(file)
        for plate in self.folder.glob("p%d(*).tif" % number):
            with Image.open(plate) as image:
                middle = image.height - (box[1] + box[3]) / 2
                at = lambda share: 1 - image.convert("L").getpixel((int(box[0] + share * (box[2] - box[0] - 1)), int(middle))) / 255
                found[plate.name.split("(")[1].split(")")[0]] = [round(at(share), 2) for share in (0.02, 0.5, 0.98)]
        return found

    @staticmethod
    def picture_box(file):
        for element in file.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure":
                number = next(at for at, page in enumerate(file.pages, 1) if page.obj.objgen == element["/Pg"].objgen)
                return number, [float(value) for value in element["/A"]["/BBox"]]

    def assert_near(self, plate, *shares):
        for one, other in zip(plate, shares):
            self.assertAlmostEqual(one, other, delta=0.05)

    def test_of_one_spot_colour_and_white_prints_on_its_plate_alone(self):
        for kind in ("linearGradient", "radialGradient"):
            found = self.plates((0, self.RED, ""), (1, "white", ""), kind=kind)
            if kind == "linearGradient":
                self.assert_near(found["House Red"], 1, 0.5, 0)
            else:
                self.assert_near(found["House Red"], 0, 1, 0)
            for ink in ("Cyan", "Magenta", "Yellow", "Black"):
                self.assert_near(found[ink], 0, 0, 0)

    def test_of_a_spot_colour_and_inks_keeps_each_on_its_plate(self):
        found = self.plates((0, self.RED, ""), (1, "device-cmyk(0.8 0 0 0)", ""))
        self.assert_near(found["House Red"], 1, 0.5, 0)
        self.assert_near(found["Cyan"], 0, 0.4, 0.8)
        for ink in ("Magenta", "Yellow", "Black"):
            self.assert_near(found[ink], 0, 0, 0)

    def test_of_two_spot_colours_with_a_veil_keeps_both(self):
        found = self.plates((0, self.RED, ""), (1, self.GREEN, 'stop-opacity="0.999"'))
        self.assert_near(found["House Red"], 1, 0.5, 0)
        self.assert_near(found["House Green"], 0, 0.5, 1)
        self.assert_near(found["Cyan"], 0, 0, 0)

    def test_look_like_their_stand_ins_where_their_inks_are_not(self):
        self.plates((0, self.RED, ""), (1, "device-cmyk(0.8 0 0 0)", ""))
        [pdf] = self.outputs(".pdf")
        with pikepdf.open(pdf) as file:
            [space] = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/ShadingType" in one.get("/Shading", {})]
            space = space["/Shading"]["/ColorSpace"]
            self.assertEqual([str(one) for one in space[1]], ["/House Red", "/Cyan", "/Magenta", "/Yellow", "/Black"])
            self.assertEqual(str(space[4]["/Colorants"]["/House Red"][0]), "/Separation")
            program = space[3].read_bytes().decode()
        for given, inks in (((1, 0, 0, 0, 0), (0, 1, 0.8, 0)), ((0.5, 0.4, 0, 0, 0.1), (0.4, 0.5, 0.4, 0.1)), ((1, 0, 0.5, 0, 0), (0, 1.5, 0.8, 0))):
            self.assertEqual([round(value, 6) for value in calculated(program, given)], list(inks))

    def test_that_need_too_much_ink_at_a_stop_are_refused(self):
        self.write("b/g.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><linearGradient id="g"><stop offset="0" '
                   'stop-color="device-cmyk(1 1 1 0.5)"/><stop offset="1" stop-color="white"/></linearGradient><rect width="9" height="9" '
                   'fill="url(#g)"/></svg>')
        book = self.book(more="marks: none")
        self.write("b/a.md", "---\ntitle: A gradient\n---\n![A gradient](g.svg)\n")
        self.assertRegex(self.build(book, expect=1).stderr, r"in the picture ‘.*g\.svg’ .*350 %.*\[pdf\.too-much-ink\]")


def calculated(program, given):
    """A calculator function of PDF (type 4) with these inputs."""
    stack = list(given)
    for word in program.strip("{}").split():
        if word == "index":
            stack.append(stack[-1 - int(stack.pop())])
        elif word == "mul":
            stack.append(stack.pop() * stack.pop())
        elif word == "add":
            stack.append(stack.pop() + stack.pop())
        elif word == "roll":
            by, count = int(stack.pop()), int(stack.pop())
            stack[-count:] = stack[-by:] + stack[-count:-by]
        elif word == "pop":
            stack.pop()
        else:
            stack.append(float(word))
    return stack


class MadeCoversForThePress(PressTest):
    DESIGNS = ("plain", "band", "frame", "strip", "label")

    def cover(self, design, style=""):
        self.build_cover(design, style)
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        return pdf

    def build_cover(self, design, style):
        self.write("b/book.yaml", "title: Living with ADHD\nsubtitle: A guide\nlanguage: en\npublisher: House\nauthors: [Jane Doe]\n"
                   "date: 2026-01-02\ncover: {design: %s}\ncontents: [a.md]\neditions:\n  press: {format: [pdf], page: A5, "
                   "conformance: [PDF/X-4, PDF/UA-1, PDF/A-2a], press: {marks: none}}\n" % design)
        self.write("b/a.md", "# One\n\nText.\n")
        self.write("b/styles/cover.css", style)
        return self.build(self.folder / "b")

    def paints(self, pdf):
        """The colours that the cover's paths are filled with: cyan, magenta, yellow, black."""
        data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
        form = data[data.index(b"/Subtype /Form"):]
        stream = form[:form.index(b"\nendstream")].decode("latin-1")
        self.assertNotRegex(stream, r" (rg|g|RG|G)\n")
        return {tuple(map(float, inks.split())) for inks in re.findall(r"^([\d. ]+) k$", stream, re.MULTILINE)}

    def test_print_their_small_words_with_black_ink_alone(self):
        for design in of_today(self.DESIGNS, 2):
            with self.subTest(design):
                paints = self.paints(self.cover(design, ":root { --colour: device-cmyk(1 0.4 0.2 0.3) }"))
                self.assertIn((1, 0.4, 0.2, 0.3), paints)  # as it was said
                for inks in paints - {(1, 0.4, 0.2, 0.3)}:  # white, the paper's tint, black and grey
                    self.assertTrue(max(inks[:3]) < 0.1 and (inks[3] == 0 or max(inks[:3]) == 0), inks)
                if design != "frame":  # all of it white on the colour
                    self.assertTrue(any(inks[3] > 0.6 for inks in paints), paints)

    def test_reach_into_the_bleed(self):
        pdf = self.cover("frame")
        drawn = subprocess.run(["pdftoppm", "-r", "36", "-l", "1", str(pdf)], capture_output=True, check=True).stdout
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", drawn)
        width, height = int(header[1]), int(header[2])
        self.assertAlmostEqual(width, 154 / 25.4 * 36, delta=1.5)  # the page and 3 mm on both sides
        pixels = drawn[header.end():]
        corners = {pixels[3 * (y * width + x):][:3] for x in (1, width - 2) for y in (1, height - 2)}
        self.assertEqual(len(corners), 1)
        self.assertLess(sum(corners.pop()), 300)

    def test_put_a_spot_colour_on_its_plate(self):
        pdf = self.cover("band", ':root { --colour: -bifolio-spot("House Red", device-cmyk(0 1 0.8 0.2)) }')
        subprocess.run(["gs", "-q", "-o", str(self.folder / "p%d.tif"), "-sDEVICE=tiffsep", "-r36", "-dLastPage=1", str(pdf)], check=True)
        self.assertTrue(list(self.folder.glob("p1(House Red).tif")))


class PicturesForThePress(PressTest):
    def picture(self, name, colour):
        subprocess.run(["gs", "-q", "-o", str(self.folder / "b" / name), "-sDEVICE=" + ("jpegcmyk" if "cmyk" in name else "jpeg"),
                        "-g64x64", "-c", colour + " 0 0 64 64 rectfill showpage"], check=True)
        path = self.folder / "b" / name
        data, at = path.read_bytes(), 2
        while data[at + 1] != 0xDA:  # without Ghostscript's profile
            end = at + 2 + int.from_bytes(data[at + 2:at + 4], "big")
            if data[at + 1] == 0xE2:
                data = data[:at] + data[end:]
            else:
                at = end
        path.write_bytes(data)

    def with_picture(self, name, colour, more):
        book = self.book(more=more)
        self.picture(name, colour)
        (book / "a.md").write_text("---\ntitle: A picture\n---\n![A square](%s)\n" % name)
        return book

    def test_are_kept_with_a_profile_or_converted(self):
        for kind, space in (("keep", b"/ICCBased"), ("convert", b"/DeviceCMYK")):
            self.build(self.with_picture("red.jpg", "1 0 0 setrgbcolor", "marks: none, pictures: " + kind))
            [pdf] = self.outputs(".pdf")
            self.judge_pdf(pdf)
            data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
            image = data[data.index(b"/Subtype /Image") - 400:data.index(b"/Subtype /Image")]
            self.assertIn(space, image)
            [inks] = [page for page in self.inks(pdf) if page[1] > 0.05][:1]
            self.assertGreater(inks[1], 3 * inks[0])

    def image(self, more, colour="0.1 0 0.9 setrgbcolor"):
        self.build(self.with_picture("colour.jpg", colour, "marks: none, " + more))
        [path] = self.outputs(".pdf")
        with pikepdf.open(path) as pdf:
            [image] = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
            space = image["/ColorSpace"]
            return str(image["/Intent"])[1:], space if isinstance(space, pikepdf.Name) else str(space[0]), (
                image.read_bytes() if "/DCTDecode" not in str(image["/Filter"]) else b"")

    def test_follow_the_rendering_intent_that_the_plan_asks_for(self):
        names = {"perceptual": "Perceptual", "saturation": "Saturation", "relative-colorimetric": "RelativeColorimetric",
                 "absolute-colorimetric": "AbsoluteColorimetric"}
        first = {}
        for key, name in names.items():
            self.assertEqual(self.image("pictures: keep, rendering-intent: " + key)[:2], (name, "/ICCBased"))
            said, space, samples = self.image("pictures: convert, rendering-intent: " + key)
            self.assertEqual((said, space), (name, "/DeviceCMYK"))
            first[key] = samples[:4]
        self.assertNotEqual(first["perceptual"], first["relative-colorimetric"])
        self.assertNotEqual(first["absolute-colorimetric"], first["relative-colorimetric"])

    def test_that_are_converted_keep_to_the_ink_limit(self):
        most = lambda samples: max(sum(samples[at:at + 4]) for at in range(0, len(samples), 4)) / 2.55
        dark = "0.02 0.01 0 setrgbcolor"
        self.assertGreater(most(self.image("pictures: convert", dark)[2]), 250)
        limited = most(self.image("pictures: convert, ink-limit: 220", dark)[2])
        self.assertTrue(210 < limited <= 220, limited)

    def test_in_inks_that_are_too_much_are_a_warning(self):
        book = self.with_picture("dark-cmyk.jpg", "1 1 1 1 setcmykcolor", "marks: none")
        result = self.build(book)
        self.assertIn("400 %", result.stderr)
        self.assertIn("pdf.picture-ink", result.stderr)

    def test_drawings_nest_as_deep_as_the_archive_allows(self):
        clips = 45
        self.write("b/deep.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><clipPath id="c"><rect width="80" '
                   'height="80"/></clipPath>' + '<g clip-path="url(#c)"><g opacity="0.9">' * clips +
                   '<rect width="50" height="50" fill="device-cmyk(1 0 0 0)"/>' + "</g></g>" * clips +
                   '<g clip-path="url(#c)">' * clips + '<rect width="9" height="9"/>' + "</g>" * clips + "</svg>")
        book = self.book()
        (book / "a.md").write_text("---\ntitle: A drawing\n---\n![Deep](deep.svg)\n")
        self.build(book)
        [pdf] = self.outputs(".pdf")
        self.judge_pdf(pdf)
        data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True, check=True).stdout
        deepest = 0
        for stream in re.findall(rb"\nstream\n(.*?)\nendstream", data, re.S):
            depth = 0
            for operator in re.findall(rb"^([qQ])$", stream, re.M):
                depth += 1 if operator == b"q" else -1
                deepest = max(deepest, depth)
        self.assertGreater(deepest, 15)
        self.assertLessEqual(deepest, 28)

    def test_in_inks_become_colours_for_a_screen(self):
        book = self.with_picture("cyan-cmyk.jpg", "1 0 0 0 setcmykcolor", "marks: none")
        plan = (book / "book.yaml").read_text()
        (book / "book.yaml").write_text(re.sub("conformance.*styles", "styles", plan))
        self.build(book)
        self.judge_pdf(*self.outputs(".pdf"))


class LockedAndOrderedFiles(BookTest):
    def plan(self, keys):
        self.write("b/book.yaml", "title: Locked\nlanguage: en\ndate: 2026-01-02\ncontents: [a.md]\neditions:\n  pdf: {format: [pdf], page: A5, %s}\n" % keys)
        self.write("b/a.md", "---\ntitle: One\n---\nText behind a password.\n")
        return self.folder / "b"

    def pdf(self, keys):
        self.build(self.plan(keys))
        [pdf] = self.outputs(".pdf")
        return pdf

    def qpdf(self, *arguments):
        return subprocess.run(["qpdf", *map(str, arguments)], capture_output=True, text=True)

    def test_a_linearised_file_is_one_and_keeps_its_standards(self):
        pdf = self.pdf("linearise: true, conformance: [PDF/A-2a, PDF/UA-1]")
        self.assertIn("File is linearized", self.qpdf("--check", pdf).stdout)
        self.judge_pdf(pdf)
        self.assertIn("File is linearized", self.qpdf("--check", self.pdf("linearize: true")).stdout)

    def test_a_locked_file_is_proven_as_it_stands_on_the_disk(self):
        pdf = self.pdf("encrypt: {password: sesame}")
        before = pdf.read_bytes()
        certificate = json.loads((pdf.parent / "certificate.json").read_text())
        self.assertIn('"words"', json.dumps(certificate))
        # A language that is none is found by the verifier only, in the locked bytes; and the last good file stays.
        plan = self.plan("encrypt: {password: sesame}") / "book.yaml"
        plan.write_text(plan.read_text().replace("language: en\n", ""))
        result = self.build(plan.parent, "--lang", "no_language", expect=1)
        self.assertIn("[app.unproven]", result.stderr)
        self.assertIn("UA1 11-007", result.stderr)
        self.assertEqual(pdf.read_bytes(), before)

    def test_a_locked_file_opens_with_its_passwords_only(self):
        pdf = self.pdf("encrypt: {password: sesame, owner-password: open, allow: [print]}")
        self.assertNotEqual(self.qpdf("--check", pdf).returncode, 0)
        for password, owner in (("sesame", False), ("open", True)):
            shown = self.qpdf("--password=" + password, "--check", pdf)
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertEqual("Supplied password is owner password" in shown.stdout, owner)
            self.assertIn("AESv3", shown.stdout)
            self.assertIn("extract for accessibility: allowed", shown.stdout)
            self.assertIn("extract for any purpose: not allowed", shown.stdout)
            self.assertIn("print high resolution: allowed", shown.stdout)

    def test_without_an_owners_password_nobody_is_the_owner(self):
        pdf = self.pdf("encrypt: {password: sesame}")
        self.assertNotEqual(self.qpdf("--check", pdf).returncode, 0)
        self.assertIn("Supplied password is user password", self.qpdf("--password=sesame", "--check", pdf).stdout)

    def test_a_locked_file_is_the_same_bytes_twice_and_claims_no_standard(self):
        keys = "encrypt: {owner-password: open}"
        first = self.pdf(keys).read_bytes()
        time.sleep(1.1)
        pdf = self.pdf(keys)
        self.assertEqual(first, pdf.read_bytes())
        self.assertIn("Supplied password is user password", self.qpdf("--check", pdf).stdout)  # opens without one
        plain = self.folder / "plain.pdf"
        self.assertEqual(self.qpdf("--decrypt", "--password=open", pdf, plain).returncode, 0)
        data = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(plain), "-"], capture_output=True, check=True).stdout
        self.assertNotIn(b"pdfaid:part>", data)
        self.assertNotIn(b"pdfuaid:part>", data)

    def test_a_standard_and_a_lock_exclude_each_other(self):
        for standard in ("conformance: [PDF/UA-1]", "conformance: [PDF/A-2a]", "press: {marks: none}"):
            result = self.build(self.plan(standard + ", encrypt: {password: sesame}"), expect=1)
            self.assertIn("app.encrypted-standard", result.stderr)

    def test_a_file_without_object_streams_keeps_its_standards(self):
        pdf = self.pdf("object-streams: false, conformance: [PDF/A-2a, PDF/UA-1]")
        self.judge_pdf(pdf)
        self.assertIn(b"\nxref\n", pdf.read_bytes())
        self.assertNotIn(b"/ObjStm", pdf.read_bytes())


if __name__ == "__main__":
    main()
