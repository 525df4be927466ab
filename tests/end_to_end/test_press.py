"""Editions for a printing house, judged on the plates that Ghostscript makes of them."""
import re
import subprocess
import time
from pathlib import Path

from support import BookTest, bifolio, main, skip, structure_text, words

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


class PressTest(BookTest):
    def setUp(self):
        super().setUp()
        if not any(path.exists() for path in PROFILES):
            skip("the profile of FOGRA39 is not installed (scripts/setup-profiles)")

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


class AnEditionForThePress(PressTest):
    def test_prints_text_and_greys_with_black_ink_alone(self):
        css = ("*, *::before, *::after, *::footnote-call, *::footnote-marker { color: black !important; border-color: #777 !important } "
               ".special { color: #888 !important; background: #eee } @page { @footnote { border-color: black } %s }" %
               " ".join("@%s { color: black !important }" % box for box in ("top-left", "top-right", "bottom-center")))
        pages = self.inks(self.press(css=css))
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
        pdf = self.press(css='.special { color: -bifolio-spot("House Red", device-cmyk(0 1 0.8 0), 60%) }')
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
        srgb = Path("/usr/share/color/icc/sRGB.icc")
        (book / "styles/profiles/mine.icc").write_bytes(srgb.read_bytes())
        self.assertIn("not cyan, magenta, yellow and black", self.build(book, expect=1).stderr)

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
        trim = [float(v) for v in re.search(r"TrimBox:\s+([\d. ]+)", boxes)[1].split()]
        self.assertAlmostEqual(trim[2] - trim[0], 2 * 148 * 72 / 25.4, delta=0.02)


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
