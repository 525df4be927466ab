"""bifolio verify: our own files pass, seeded faults in them are found by the right rule, files of other programs are judged without a
crash, and a build keeps the last good file when what it wrote does not keep its claims."""
import json
import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

from support import ROOT, SHARED, BookTest, bifolio, epub_documents, main, skip

try:
    import pikepdf
    from pikepdf import Array, Dictionary, Name, Stream, String
except ImportError:
    print("SKIPPED: python3-pikepdf is not installed")
    sys.exit(0)

import structure_variants

ARTICLE = """---
title: Sleeping with pain
language: en-GB
authors: [Jane Sample]
---

Most people who live with pain sleep badly at times.[^1] See [the clinic](https://example.org/sleep).

## What helps

- Get up at the same time
- Keep the room dark

| Day | Dose |
|---|--:|
| Monday | 5 mg |
| Tuesday | 10 mg |

![A bed beside a window](bed.png){width=40%}

[^1]: A note with its own words.
"""
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082")
CHECKER = SHARED / "tools" / "pdfua_check.py"
# The Protocol's numbers that pdfua_check.py calls otherwise.
SAME = {"31-011": "31-010", "31-022": "31-020", "31-023": "31-020", "31-024": "31-023", "31-026": "31-025"}


def elements(pdf, kind):
    out, open_elements, seen = [], [pdf.Root.StructTreeRoot], set()
    while open_elements:
        node = open_elements.pop()
        if isinstance(node, Array):
            open_elements.extend(reversed(list(node)))
        elif isinstance(node, Dictionary):
            if node.objgen[0]:
                if node.objgen in seen:
                    continue
                seen.add(node.objgen)
            if node.get("/S") == Name("/" + kind):
                out.append(node)
            if "/K" in node:
                open_elements.append(node.K)
    return out


def fonts(pdf, subtype="/Type0"):
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font and o.get("/Subtype") == Name(subtype)]


def link(pdf):
    return next(a for page in pdf.pages for a in page.get("/Annots", []) if a.get("/Subtype") == Name.Link)


def wider(pdf):
    widths = fonts(pdf)[0].DescendantFonts[0].W
    inner = next(w for w in widths if isinstance(w, Array))
    for i in range(len(inner)):
        inner[i] = int(inner[i]) + 200


def no_to_unicode(pdf):
    del fonts(pdf)[0].ToUnicode


def not_embedded(pdf):
    descriptor = fonts(pdf)[0].DescendantFonts[0].FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def foreign_glyph(pdf):
    append(pdf, b"/Artifact BMC BT /%s 9 Tf <FFF0> Tj ET EMC" % first_font_name(pdf))


def notdef(pdf):
    append(pdf, b"/Artifact BMC BT /%s 9 Tf 3 Tr <0000> Tj ET EMC" % first_font_name(pdf))


def first_font_name(pdf):
    return next(iter(pdf.pages[0].Resources.Font.keys()))[1:].encode()


def append(pdf, content):
    page = pdf.pages[0]
    page.Contents = Stream(pdf, page.Contents.read_bytes() + b"\n" + content)


def without_artifacts(pdf):
    append(pdf, b"0 0 9 9 re f")


def swapped_parents(pdf):
    nums = pdf.Root.StructTreeRoot.ParentTree
    while "/Nums" not in nums:
        nums = nums.Kids[0]
    array = next(v for v in nums.Nums if isinstance(v, Array) and len(v) > 1)
    first, last = array[0], array[len(array) - 1]
    array[0], array[len(array) - 1] = last, first


def untagged_link(pdf):
    element = elements(pdf, "Link")[0]
    element.S = Name.Span


def set_to(kind, key, value):
    def mutate(pdf):
        for element in elements(pdf, kind):
            element[key] = value
    return mutate


def take(kind, key):
    def mutate(pdf):
        for element in elements(pdf, kind):
            if key in element:
                del element[key]
    return mutate


def root(key, value):
    def mutate(pdf):
        pdf.Root[key] = value
    return mutate


def no_scope(pdf):
    take("TH", "/A")(pdf)
    take("TD", "/A")(pdf)


FAULTS = [
    ("06-001", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    ("07-001", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    ("S-MARKED", root("/MarkInfo", Dictionary(Marked=False))),
    ("11-007", root("/Lang", String("no language"))),
    ("01-005", without_artifacts),
    ("S-PARENTTREE", swapped_parents),
    ("S-PARENT", lambda pdf: elements(pdf, "P")[0].__setitem__("/P", pdf.Root.StructTreeRoot)),
    ("02-001", set_to("LBody", "/S", Name.Body)),
    ("09-005", set_to("LI", "/S", Name.P)),
    ("09-004", set_to("TR", "/S", Name.Div)),
    ("13-004", take("Figure", "/Alt")),
    ("14-002", set_to("H1", "/S", Name.H2)),
    ("14-003", set_to("H2", "/S", Name.H4)),
    ("15-003", no_scope),
    ("19-003", take("Note", "/ID")),
    ("28-008", lambda pdf: [page.obj.__delitem__("/Tabs") for page in pdf.pages if "/Tabs" in page.obj]),
    ("28-011", untagged_link),
    ("28-012", lambda pdf: link(pdf).__delitem__("/Contents")),
    ("10-001", no_to_unicode),
    ("31-009", not_embedded),
    ("31-011", foreign_glyph),
    ("31-016", wider),
    ("31-030", notdef),
    ("31-005", lambda pdf: [f.DescendantFonts[0].__delitem__("/CIDToGIDMap") for f in fonts(pdf) if "/CIDToGIDMap" in f.DescendantFonts[0]]),
    ("31-006", lambda pdf: fonts(pdf)[0].__setitem__("/Encoding", Name("/Own-H"))),
]


def verdict(*arguments):
    result = bifolio("verify", "--format", "json", *arguments)
    return result.returncode, json.loads(result.stdout)


class Verify(BookTest):
    def good_file(self):
        self.write("bed.png", PNG)
        self.build(self.write("sleep.md", ARTICLE))
        [pdf] = self.outputs(".pdf")
        return pdf

    def test_faults_seeded_in_our_own_file_are_found_by_their_rules(self):
        good = self.good_file()
        code, [report] = verdict(good)
        self.assertEqual((code, report["findings"]), (0, []))
        self.assertIn("PDF/UA-1", report["standards"])
        disagreements = []
        for rule, mutate in FAULTS:
            with self.subTest(rule=rule), pikepdf.open(good) as pdf:
                mutate(pdf)
                bad = self.folder / ("bad-%s.pdf" % rule)
                pdf.save(bad)
                code, [report] = verdict("--standard", "pdf/ua-1", bad)
                self.assertEqual(code, 1)
                self.assertIn("UA1 " + rule, report["counts"], report["findings"][:5])
                for finding in report["findings"]:
                    self.assertTrue(finding["cure"].endswith("."), finding)
                if CHECKER.exists():
                    theirs = subprocess.run(["/usr/bin/python3", str(CHECKER), "--json", str(bad)], capture_output=True, text=True)
                    found = {issue["checkpoint"] for issue in json.loads(theirs.stdout)["issues"] if issue["severity"] == "error"}
                    if SAME.get(rule, rule) not in found:
                        disagreements.append((rule, sorted(found)))
        self.assertEqual(disagreements, [], "pdfua_check.py finds something else")

    def test_each_structure_has_its_verdict(self):
        good = self.good_file()
        for number, (what, wanted, change) in enumerate(structure_variants.ROWS):
            path = self.folder / ("structure-%d.pdf" % number)
            with self.subTest(what, wanted=wanted):
                with pikepdf.open(good) as pdf:
                    change(pdf)
                    if "/Tabs" not in pdf.pages[0].obj:
                        pdf.pages[0].obj.Tabs = Name.S
                    pdf.save(path)
                report = verdict("--standard", "pdf/ua-1", path)[1][0]
                self.assertEqual(set(report["counts"]), {"UA1 " + rule for rule in wanted.split()}, report["findings"][:3])

    def test_exit_codes_and_what_is_said(self):
        good = self.good_file()
        broken = self.write("broken.pdf", "%PDF-1.7\nthis is nothing")
        epub = self.write("book.epub", "PK")
        self.assertEqual(bifolio("verify", good).returncode, 0)
        self.assertIn("passes PDF/UA-1", bifolio("verify", good).stdout)
        self.assertEqual(bifolio("verify", good, broken).returncode, 3)
        self.assertEqual(bifolio("verify", self.folder / "none.pdf").returncode, 3)
        self.assertEqual(bifolio("verify", epub).returncode, 3)
        result = bifolio("verify", "--standard", "pdf/ua-1", epub)
        self.assertEqual(result.returncode, 2)
        self.assertIn("EPUB", result.stderr)
        self.assertEqual(bifolio("verify").returncode, 2)
        self.assertEqual(bifolio("verify", "--standard", "pdf/ua-9", good).returncode, 2)
        rules = bifolio("verify", "--rules")
        self.assertEqual(rules.returncode, 0)
        self.assertIn("UA1 14-003", rules.stdout)
        self.assertIn("not checked: only a person", rules.stdout)

    def test_one_thread_and_many_say_the_same(self):
        good = self.good_file()
        with pikepdf.open(good) as pdf:
            without_artifacts(pdf)
            no_scope(pdf)
            pdf.save(self.folder / "bad.pdf")
        one, many = (bifolio("verify", "-j", jobs, self.folder / "bad.pdf").stdout for jobs in (1, 4))
        self.assertEqual(one, many)

    def test_an_encrypted_file_is_read_and_one_with_a_password_is_refused(self):
        good = self.good_file()
        with pikepdf.open(good) as pdf:
            pdf.save(self.folder / "open.pdf", encryption=pikepdf.Encryption(owner="x", user="", R=6))
            pdf.save(self.folder / "closed.pdf", encryption=pikepdf.Encryption(owner="x", user="y", R=6))
        code, [report] = verdict("--standard", "pdf/ua-1", self.folder / "open.pdf")
        self.assertEqual((code, report["findings"]), (0, []))
        self.assertEqual(bifolio("verify", self.folder / "closed.pdf").returncode, 3)
        with pikepdf.open(good) as pdf:
            pdf.save(self.folder / "shut.pdf", encryption=pikepdf.Encryption(owner="x", user="", R=3, aes=False, metadata=False, allow=pikepdf.Permissions(accessibility=False)))
        code, [report] = verdict("--standard", "pdf/ua-1", self.folder / "shut.pdf")
        self.assertEqual((code, list(report["counts"])), (1, ["UA1 26-002"]))

    def test_a_build_that_breaks_its_claim_leaves_the_last_good_file(self):
        good = self.good_file()
        before = good.read_bytes()
        article = self.write("sleep.md", ARTICLE.replace("language: en-GB\n", "").replace("badly", "worse"))
        result = bifolio("build", article, "-o", self.out, "--lang", "no_language")
        self.assertEqual(result.returncode, 1)
        self.assertIn("[app.unproven]", result.stderr)
        self.assertIn("UA1 11-007", result.stderr)
        self.assertEqual(good.read_bytes(), before)
        self.assertEqual([path.name for path in self.out.rglob(".*")], [])  # nor is what was written left behind
        self.assertEqual(bifolio("build", article, "-o", self.out, "--lang", "no_language", "--no-proof").returncode, 0)
        self.assertNotEqual(good.read_bytes(), before)


class Transcripts(BookTest):
    def test_of_the_book_with_every_construct_is_the_golden_one(self):
        golden = ROOT / "tests/golden/transcript/screen.txt"
        self.build(ROOT / "tests/golden/structure/book", "-e", "screen")
        [pdf] = self.outputs(".pdf")
        result = bifolio("transcript", pdf)
        self.assertEqual(result.returncode, 0, result.stderr)
        if os.environ.get("UPDATE_GOLDEN"):
            golden.write_text(result.stdout)
        self.maxDiff = None
        self.assertEqual(result.stdout, golden.read_text())

    def test_of_the_sample_book_says_every_article_word_for_word(self):
        self.build(ROOT / "book", "-e", "print", "-e", "ebook")
        [pdf] = self.outputs(".pdf")
        [epub] = self.outputs(".epub")
        spoken = re.sub(r"[\s\[\]]", "", bifolio("transcript", "--words", pdf).stdout).casefold()
        articles = sorted((ROOT / "book/articles").glob("*.md"))
        documents = epub_documents(epub)
        self.assertGreater(len(articles), 5)
        for article in articles:
            name = next(name for name in documents if name.endswith("/%s.xhtml" % article.stem))
            at, pieces = 0, list(pieces_of(ElementTree.fromstring(documents[name])))
            self.assertGreater(len(pieces), 30, name)
            first = next(i for i, piece in enumerate(pieces) if len(piece) > 60)  # titles stand in the contents too
            at = spoken.find(pieces[first])
            for piece in pieces[first:]:
                found = spoken.find(piece, at)
                self.assertTrue(0 <= found < at + 600, "%s: ‘%s’ is not read aloud, or not in its place" % (article.name, piece))
                at = found + len(piece)

    def test_a_file_without_tags_is_refused_with_a_sentence(self):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(self.folder / "plain.pdf")
        result = bifolio("transcript", self.folder / "plain.pdf")
        self.assertEqual(result.returncode, 1)
        self.assertIn("not tagged", result.stderr)


XHTML = "{http://www.w3.org/1999/xhtml}"


def pieces_of(element):
    """The texts of an EPUB article between its links (paper adds page numbers behind them, and reads a note at its call), abbreviations (which are spelt out) and blocks,
    without white space, in order."""
    if element.tag in (XHTML + "head", XHTML + "svg", XHTML + "script") or element.get("role") in ("doc-endnotes", "doc-footnote", "doc-pagebreak"):
        return
    out = [""]

    def walk(node):
        for part in (node.text, *(piece for child in node for piece in (child, child.tail))):
            if part is None:
                continue
            if isinstance(part, str):
                out[-1] += part
                continue
            if part.get("role") in ("doc-endnotes", "doc-footnote", "doc-pagebreak", "doc-backlink", "doc-noteref") or part.get("aria-hidden") == "true":
                out.append("")
                continue
            if part.tag not in INLINE:
                out.append("")
            walk(part)
            if part.tag not in INLINE:
                out.append("")

    walk(element)
    for piece in out:
        text = re.sub(r"[\s\[\]\u00ad]", "", piece).casefold()
        if text:
            yield text


INLINE = {XHTML + name for name in ("em", "strong", "b", "i", "span", "code", "sup", "sub", "q", "cite", "br", "bdi", "small")}


class OtherPrograms(BookTest):
    HTML = ('<!DOCTYPE html><html lang="en"><head><title>Sleep</title></head><body><h1>Sleep</h1><p>Most <b>people</b> sleep ≤ 8 hours.'
            '<a href="https://example.org">A link</a></p><ul><li>One<li>Two</ul></body></html>')

    def judge(self, pdf):
        code, [report] = verdict("--standard", "pdf/ua-1", pdf)
        self.assertEqual(code, 1)
        self.assertTrue(all(finding["rule"].startswith("UA1 ") for finding in report["findings"]), report["findings"])
        return report

    def test_those_that_write_our_files_anew_are_judged_as_pdfua_check_does(self):
        self.write("bed.png", PNG)
        self.build(self.write("sleep.md", ARTICLE))
        [given] = self.outputs(".pdf")
        made = self.folder / "made.pdf"
        for command in (["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=%s" % made, given],
                        ["pdftocairo", "-pdf", given, made], ["qpdf", "--qdf", "--object-streams=disable", given, made]):
            subprocess.run([str(word) for word in command], capture_output=True, timeout=120, check=True)
            for standard in ("pdf/ua-1", "pdf/a-2a", "pdf/a-2b", "pdf/x-4"):
                code, [report] = verdict("--standard", standard, made)
                self.assertEqual(code, 0 if report["passes"] else 1, (command[0], standard, report))
                if standard == "pdf/ua-1" and CHECKER.exists():
                    theirs = subprocess.run(["/usr/bin/python3", str(CHECKER), str(made)], capture_output=True)
                    self.assertEqual(code, theirs.returncode, command[0])

    def test_weasyprint_and_ghostscript(self):
        if not shutil.which("weasyprint"):
            skip("WeasyPrint is not installed")
        page, pdf = self.write("page.html", self.HTML), self.folder / "weasyprint.pdf"
        subprocess.run(["weasyprint", str(page), str(pdf)], check=True, capture_output=True)
        self.assertIn("UA1 06-001", self.judge(pdf)["counts"])
        if not shutil.which("gs"):
            skip("Ghostscript is not installed")
        again = self.folder / "ghostscript.pdf"
        subprocess.run(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=%s" % again, str(pdf)], check=True)
        self.assertIn("UA1 01-005", self.judge(again)["counts"])

    def test_chromium(self):
        if not shutil.which("chromium"):
            skip("Chromium is not installed")
        page, pdf = self.write("page.html", self.HTML), self.folder / "chromium.pdf"
        try:
            subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=%s" % (self.folder / "profile"),
                            "--print-to-pdf=%s" % pdf, page.as_uri()], capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            skip("Chromium did not end")
        if not pdf.exists():
            skip("Chromium prints nothing here")
        self.assertIn("UA1 28-012", self.judge(pdf)["counts"])


class Hostile(BookTest):
    def test_a_small_file_that_inflates_without_end_is_bounded(self):
        with pikepdf.new() as pdf:
            import zlib
            page = pdf.add_blank_page()
            bomb = zlib.compress(zlib.compress(b"q Q " * (80 << 20), 9), 9)
            stream = Stream(pdf, b"")
            stream.write(bomb, filter=Array([Name.FlateDecode, Name.FlateDecode]), decode_parms=Array([Dictionary(), Dictionary()]))
            page.Contents = stream
            pdf.save(self.folder / "bomb.pdf", compress_streams=False)
        code, [report] = verdict(self.folder / "bomb.pdf")
        self.assertEqual(code, 1)
        self.assertTrue({"PDF 7.8.2", "PDF limit"} & set(report["counts"]), report["counts"])

    def test_an_object_stream_that_inflates_without_end_is_bounded(self):
        import zlib
        compressor = zlib.compressobj(9)
        packed = compressor.compress(b"4 0 \n<< /A 1 >>") + b"".join(compressor.compress(bytes(1 << 20)) for _ in range(400)) + compressor.flush()
        out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
        for number, text in ((1, b"<< /Type /Catalog /Pages 2 0 R >>"), (2, b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"),
                             (3, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << >> >>"),
                             (5, b"<< /Type /ObjStm /N 1 /First 5 /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))):
            offsets[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
        table = len(out)
        rows = b"".join(kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big") for kind, place, index in (
            (0, 0, 65535), (1, offsets[1], 0), (1, offsets[2], 0), (1, offsets[3], 0), (2, 5, 0), (1, offsets[5], 0), (1, table, 0)))
        out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
            len(rows), rows, table)
        (self.folder / "objects.pdf").write_bytes(out)
        code, [report] = verdict(self.folder / "objects.pdf")
        self.assertEqual((code, report["pages"]), (1, 1))
        self.assertIn("PDF limit", report["counts"])

    def test_a_small_file_that_tells_of_millions_of_objects_is_refused(self):
        import zlib
        compressor = zlib.compressobj(9)
        row = b"\1" + (9).to_bytes(2, "big")
        packed = b"".join(compressor.compress(row * (1 << 20)) for _ in range(2)) + compressor.flush()
        head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
        self.write("objects.pdf", head + b"2 0 obj\n<< /Type /XRef /Size %d /W [1 2 0] /Root 1 0 R /Length %d /Filter /FlateDecode >>\nstream\n" % (
            2 << 20, len(packed)) + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head))
        result = bifolio("verify", self.folder / "objects.pdf", timeout=20)
        self.assertEqual(result.returncode, 3)
        self.assertIn("more objects than the limit", result.stderr)

    def test_forms_that_draw_each_other_a_thousandfold_end(self):
        with pikepdf.new() as pdf:
            page = pdf.add_blank_page()
            inner = pdf.make_stream(b"f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
            for _ in range(200):
                inner = pdf.make_stream(b"/X Do " * 50, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1],
                                        Resources=Dictionary(XObject=Dictionary(X=inner)))
            page.Contents = pdf.make_stream(b"/X Do")
            page.Resources = Dictionary(XObject=Dictionary(X=inner))
            pdf.save(self.folder / "forms.pdf")
        self.assertEqual(bifolio("verify", self.folder / "forms.pdf", timeout=60).returncode, 1)


if __name__ == "__main__":
    main()
