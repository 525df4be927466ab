"""The certificate describes the files beside it, comes with them, and is the same however often and however parallel it is made."""
import copy
import hashlib
import json
import re
import struct
import subprocess
import zipfile
import zlib

from schema_check import faults
from support import ROOT, BookTest, bifolio, main

BOOK = """title: A book
identifier: urn:uuid:0a0a0a0a-1111-4222-8333-444444444444
language: en-GB
date: 2026-01-02
contents: [sleep.md, rest.md]
editions:
  print: {format: pdf, conformance: [PDF/UA-1], include: [sleep.md], styles: [own.css]}
  ebook: {format: epub, embed-fonts: true}
  web: {format: html}
"""
SLEEP = """# Sleep

One two three.[^n] <!-- not for readers -->

- a list
- of two

![A moon](moon.png)

<p class="gone">Nobody sees these words.</p>

[^n]: A note at the foot.

""" + "The incomprehensibilities of internationalisation notwithstanding, institutionalised responsibilities multiply. " * 30 + "\n"
REST = "# Rest\n\nAnother article.\n"


def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 8) * 8)) + chunk(b"IEND", b"")


class TheCertificate(BookTest):
    def book(self):
        self.write("book/book.yaml", BOOK)
        self.write("book/sleep.md", SLEEP)
        self.write("book/rest.md", REST)
        self.write("book/own.css", ".gone { display: none }\n")
        self.write("book/moon.png", png())
        return self.folder / "book"

    def certificate(self, edition):
        return json.loads((self.out / edition / "certificate.json").read_text())

    def test_describes_the_files_beside_it(self):
        self.build(self.book())
        outputs = {row["path"]: row for row in json.loads((self.out / "manifest.json").read_text())["outputs"]}
        for edition in ("print", "ebook"):
            certificate = self.certificate(edition)
            own = (self.out / edition / "certificate.json").read_bytes()
            self.assertEqual(outputs[edition + "/certificate.json"]["sha256"], hashlib.sha256(own).hexdigest())
            self.assertEqual((certificate["edition"], certificate["identifier"]), (edition, "urn:uuid:0a0a0a0a-1111-4222-8333-444444444444"))
            self.assertEqual({edition + "/" + row["name"] for row in certificate["files"]} | {edition + "/certificate.json"},
                             {path for path in outputs if path.startswith(edition + "/")})
            for row in certificate["files"]:
                bytes_ = (self.out / edition / row["name"]).read_bytes()
                self.assertEqual((row["sha256"], row["bytes"]), (hashlib.sha256(bytes_).hexdigest(), len(bytes_)))

    def test_keeps_its_schema(self):
        schema = json.loads(bifolio("schema", "certificate").stdout)
        self.assertEqual(schema, json.loads((ROOT / "share/schema/certificate.json").read_text()))
        self.build(self.book())
        for edition in ("print", "ebook", "web"):
            certificate = self.certificate(edition)
            self.assertEqual(faults(certificate, schema), [], edition)
            spoilt = copy.deepcopy(certificate)
            spoilt["files"][0]["sha256"] = "none"
            del spoilt["options"]
            spoilt["inputs"].append({"path": "x", "sha256": "0" * 64, "more": 1})
            self.assertEqual(len(faults(spoilt, schema)), 3)

    def test_counts_what_became_of_the_text(self):
        self.build(self.book())
        certificate = self.certificate("print")
        [source] = certificate["sources"]  # the edition's articles alone
        self.assertEqual(source["path"], "sleep.md")
        self.assertEqual(source["left_out"]["words"], 3)
        self.assertEqual(source["unexplained"], {"characters": 0, "words": 0})
        self.assertLessEqual(source["reached"]["characters"] + source["left_out"]["characters"], source["in_file"]["characters"])
        [file] = [row for row in certificate["files"] if row["name"].endswith(".pdf")]
        self.assertEqual([one["name"] for one in file["standards"] if one["rules_checked"] > 0][:1], ["PDF/UA-1"])
        [ebook] = [row for row in self.certificate("ebook")["files"] if row["name"].endswith(".epub")]
        self.assertEqual(ebook["standards"][0]["name"], "EPUB 3.3")
        self.assertIn("schema:accessibilityFeature", {claim["property"] for claim in ebook["accessibility_claims"]})
        self.assertTrue(all(claim["why"] for claim in ebook["accessibility_claims"]))

        stages = file["proof"]["stages"]
        self.assertEqual(list(stages), ["read", "assembled", "laid_out", "published"])
        self.assertEqual((stages["read"]["articles"], stages["read"]["pictures"]), (1, 1))
        self.assertGreaterEqual(stages["assembled"]["characters"], source["reached"]["characters"])
        hidden = "Nobody sees these words."
        [omitted] = file["proof"]["omitted"]
        self.assertEqual((omitted["why"], omitted["texts"]), ("hidden by a style", [hidden]))
        letters = len(hidden.replace(" ", ""))
        for stage in ("laid_out", "published"):
            self.assertEqual(stages[stage]["characters"], stages["assembled"]["characters"] - letters, stage)
            self.assertEqual(stages[stage]["words"], stages["assembled"]["words"] - 4, stage)
            self.assertEqual((stages[stage]["nodes"], stages[stage]["pictures"]), (stages["assembled"]["nodes"] - 1, 1), stage)
        epub = ebook["proof"]["stages"]
        self.assertEqual(list(epub), ["read", "assembled", "published"])
        self.assertEqual(epub["read"]["articles"], 2)
        self.assertEqual(epub["assembled"]["characters"] - sum(one["characters"] for one in ebook["proof"]["omitted"] if one["why"] != "in the contents alone"),
                         epub["published"]["characters"] + sum(one["characters"] for one in ebook["proof"]["omitted"] if one["why"] == "in the contents alone"))

        added = file["proof"]["added"]
        self.assertEqual(added["list marks"]["pieces"], 2)
        self.assertEqual(added["note numbers"]["characters"], 3)  # at the call “1”, before the note “1.”
        self.assertGreater(added["hyphens at line ends"]["pieces"], 0)
        self.assertGreater(added["page numbers"]["pieces"], 0)
        # The way back from the note; what the navigation document says, heading by heading and link by link.
        self.assertEqual(ebook["proof"]["added"]["back links"], {"pieces": 1, "characters": 2})  # with U+FE0E
        with zipfile.ZipFile(self.out / "ebook" / ebook["name"]) as archive:
            navigation = archive.read("OEBPS/nav.xhtml").decode()
        self.assertEqual(ebook["proof"]["added"]["navigation"]["pieces"], len(re.findall(r"<(?:a|h[1-6]) ?[^>]*>[^<]", navigation)))
        self.assertEqual(file["proof"]["moved"], {"notes to the foot of the page": 1})
        self.assertEqual(ebook["proof"]["moved"], {"notes to the end of their document": 1})

    def test_names_what_shapes_the_files(self):
        self.build(self.book())
        certificate = self.certificate("print")
        inputs = {row["path"]: row["sha256"] for row in certificate["inputs"]}
        for path in ("book.yaml", "sleep.md", "own.css", "moon.png"):
            self.assertEqual(inputs[path], hashlib.sha256((self.folder / "book" / path).read_bytes()).hexdigest(), path)
        self.assertIn("bifolio:styles/print.css", inputs)
        self.assertNotIn("rest.md", inputs)
        self.assertNotIn("bifolio:styles/web.css", inputs)
        self.assertIn("rest.md", {row["path"] for row in self.certificate("web")["inputs"]})
        self.assertLessEqual({"libharu", "HarfBuzz", "ICU", "lcms2", "libqpdf", "libzip", "cmark-gfm"}, set(certificate["libraries"]))
        self.assertTrue(all(one[0].isdigit() for one in certificate["libraries"].values()), certificate["libraries"])
        self.assertEqual([row["patterns"] for row in certificate["hyphenation"]], ["hyph_en_GB.dic"])

        embedded = subprocess.run(["pdffonts", str(self.out / "print/a-book.pdf")], capture_output=True, text=True, check=True).stdout
        embedded = {line.split()[0].split("+")[-1] for line in embedded.splitlines()[2:]}
        fonts = {row["postscript_name"]: row for row in certificate["fonts"]}
        self.assertEqual(set(fonts), embedded)
        self.assertEqual(set(certificate["files"][0]["fonts"]), embedded)
        for font in fonts.values():
            paths = subprocess.run(["fc-list", ":postscriptname=" + font["postscript_name"], "file"], capture_output=True, text=True).stdout
            digests = {hashlib.sha256(open(line.rstrip(": "), "rb").read()).hexdigest() for line in paths.splitlines()}
            self.assertIn(font["sha256"], digests)
            self.assertRegex(font["version"], r"[0-9]\.[0-9]")
            self.assertEqual(font["embedded"], "subset")
        self.assertTrue(self.certificate("ebook")["fonts"])
        self.assertEqual(self.certificate("web")["fonts"], [])

    def test_is_the_same_wherever_the_book_lies(self):
        book = self.book()
        self.build(book)
        first = (self.out / "print/certificate.json").read_bytes()
        moved = book.rename(self.folder / "elsewhere")
        self.build(moved)
        self.assertEqual((self.out / "print/certificate.json").read_bytes(), first)

    def test_counts_neighbouring_additions_one_by_one(self):
        self.write("book/sleep.md", "# Sleep\n\nOne,[^n] two,[^n] three.[^n]\n\n[^n]: A note.\n")
        self.write("book/book.yaml", "title: A book\nlanguage: en\ncontents: [sleep.md]\neditions:\n  ebook: {format: epub}\n")
        self.build(self.folder / "book")
        [ebook] = [row for row in self.certificate("ebook")["files"] if row["name"].endswith(".epub")]
        self.assertEqual(ebook["proof"]["added"]["back links"], {"pieces": 3, "characters": 8})  # ↩ ↩2 ↩3

    def test_names_fonts_that_are_only_drawn(self):
        schema = json.loads(bifolio("schema", "certificate").stdout)
        self.write("book/book.yaml", "title: Sleep\nlanguage: en-GB\ncover: {design: plain}\ncontents: [sleep.md]\neditions:\n"
                   "  ebook: {format: epub, cover-images: svg}\n  print: {format: pdf}\n")
        self.write("book/sleep.md", "# Sleep\n\nWords.\n")
        self.build(self.folder / "book")
        for edition in ("ebook", "print"):
            certificate = self.certificate(edition)
            self.assertEqual(faults(certificate, schema), [], edition)
            drawn = {row["postscript_name"] for row in certificate["fonts"] if row["embedded"] == "drawn"}
            named = {name for row in certificate["files"] for name in row.get("fonts_drawn", [])}
            self.assertTrue(named, edition)
            self.assertLessEqual(drawn, named)
            self.assertLessEqual(named, {row["postscript_name"] for row in certificate["fonts"]})
        self.assertEqual([row["name"] for row in self.certificate("ebook")["files"] if row.get("fonts_drawn")], ["sleep.epub", "cover.svg"])

    def test_the_manifest_keeps_its_schema_and_is_the_same_wherever_the_book_lies(self):
        schema = json.loads(bifolio("schema", "manifest").stdout)
        self.assertEqual(schema, json.loads((ROOT / "share/schema/manifest.json").read_text()))
        book = self.book()
        self.write("book/own.css", "@import 'parts/more.css';\n.gone { display: none; colr: red }\n")
        self.write("book/parts/more.css", "p { colr: red }\n")
        self.build(book)
        first = json.loads((self.out / "manifest.json").read_text())
        self.assertEqual(faults(first, schema), [])
        paths = {row["path"] for row in first["inputs"]}
        self.assertLessEqual({"book.yaml", "sleep.md", "own.css", "parts/more.css", "moon.png", "bifolio:styles/print.css"}, paths)
        self.assertEqual({row["file"] for row in first["diagnostics"] if row["code"] == "style.unknown-property"}, {"own.css", "parts/more.css"})
        moved = book.rename(self.folder / "elsewhere")
        again = bifolio("build", ".", "-o", self.out, folder=moved)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(json.loads((self.out / "manifest.json").read_text()), first)

    def test_changes_its_digest_with_the_text_alone(self):
        digest = lambda: [row["proof"]["stages"]["published"]["text_sha256"] for row in self.certificate("print")["files"] if row["proof"]]
        self.build(self.book())
        first = digest()
        self.write("book/book.yaml", BOOK.replace("pdf,", "pdf, font-size: 14pt,", 1))
        self.build(self.folder / "book")
        self.assertEqual(digest(), first)
        self.write("book/sleep.md", SLEEP.replace("two three", "three two"))
        self.build(self.folder / "book")
        self.assertNotEqual(digest(), first)

    def test_is_the_same_twice_and_on_one_thread(self):
        made = []
        for arguments in ([], [], ["-j1"]):
            self.build(self.book(), *arguments)
            made.append([(self.out / edition / "certificate.json").read_bytes() for edition in ("print", "ebook", "web")])
        self.assertEqual(made[0], made[1])
        self.assertEqual(made[0], made[2])

    def test_is_not_left_beside_files_without_a_proof(self):
        self.build(self.book())
        self.build(self.folder / "book", "--no-proof", "-e", "print")
        self.assertFalse((self.out / "print/certificate.json").exists())
        self.assertTrue((self.out / "ebook/certificate.json").exists())
        paths = [row["path"] for row in json.loads((self.out / "manifest.json").read_text())["outputs"]]
        self.assertNotIn("print/certificate.json", paths)
        self.assertIn("ebook/certificate.json", paths)


if __name__ == "__main__":
    main()
