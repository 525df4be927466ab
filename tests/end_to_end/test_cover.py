"""Covers: made from the title or brought by the user, in the e-book, on paper and as files for bookshops."""
import re
import struct
import subprocess
import zipfile
import zlib

from support import ROOT, BookTest, bifolio, epub_documents, main

BOOK = """title: %s
language: en-GB
publisher: Example Press
authors: [Jane Doe, John Roe]
date: 2026-01-01
%s
contents: [articles/a.md]
editions:
  ebook: {format: epub%s}
  print: {format: pdf, conformance: [PDF/UA-1]}
"""


def png(width, height, grey=200):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes([grey]) * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def jpeg_size(data):
    """Of the frame header: width, height and components."""
    at = 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    height, width = struct.unpack(">HH", data[at + 5:at + 9])
    return width, height, data[at + 9]


class CoverTest(BookTest):
    def book(self, cover, title="Living with ADHD", images="", more=""):
        self.write("book/articles/a.md", "---\ntitle: What it is\nauthors: Jane Doe\n---\nSome text.\n")
        self.write("book/book.yaml", BOOK % (title, cover, ", cover-images: [%s]" % images if images else more))
        return self.folder / "book"

    def codes(self, result):
        return re.findall(r"\[((?:app|read|svg)\.[\w-]+)\]", result.stderr)


class Made(CoverTest):
    def test_each_size_of_the_title_is_smaller_than_the_one_before(self):
        styles = (ROOT / "styles/cover.css").read_text()
        sizes = [float(re.search(r":root \{.*?--title: ([\d.]+)vw", styles, re.DOTALL)[1])]
        sizes += [float(size) for size in re.findall(r"\.fit-\d+ \{ --title: ([\d.]+)vw", styles)]
        self.assertEqual(len(sizes), 16)
        self.assertEqual(sizes, sorted(set(sizes), reverse=True))

    def test_a_made_cover_is_in_the_ebook_and_on_paper(self):
        result = self.build(self.book('cover: {design: band, colour: "#7a1f2b"}', images="jpeg, png, svg"))
        self.assertEqual(self.codes(result), [])
        epub, = self.outputs(".epub")
        documents = epub_documents(epub)
        self.assertIn('href="images/cover.jpg" media-type="image/jpeg" properties="cover-image"', documents["OEBPS/package.opf"])
        page = documents["OEBPS/text/cover.xhtml"]
        self.assertEqual(page.count("<img "), 1)
        self.assertIn('alt="Cover: Living with ADHD. By Jane Doe and John Roe"', page)
        with zipfile.ZipFile(epub) as archive:
            width, height, components = jpeg_size(archive.read("OEBPS/images/cover.jpg"))
        self.assertEqual((width, height, components), (1400, 2240, 3))
        self.assertLessEqual(width * height, 4_000_000)  # Apple Books
        self.judge_epub(epub)
        # For the shops: 1600 × 2560.
        self.assertEqual(jpeg_size((self.out / "ebook/cover.jpg").read_bytes()), (1600, 2560, 3))
        self.assertEqual(struct.unpack(">II", (self.out / "ebook/cover.png").read_bytes()[16:24]), (1600, 2560))
        svg = (self.out / "ebook/cover.svg").read_text(encoding="utf-8")
        self.assertIn("<title>Living with ADHD</title>", svg)
        self.assertNotIn("<text", svg)
        self.assertIn("#7a1f2b", svg)
        # On paper: paths, no pixels, and words for who does not see them.
        pdf, = self.outputs(".pdf")
        self.judge_pdf(pdf)
        self.assertEqual(len(subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True).stdout.splitlines()), 2)
        tree = subprocess.run(["pdfinfo", "-struct", str(pdf)], capture_output=True, text=True).stdout
        self.assertIn("Figure", tree)
        qdf = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", str(pdf), "-"], capture_output=True).stdout
        words = "Cover: Living with ADHD. By Jane Doe and John Roe"
        self.assertTrue(words.encode() in qdf or words.encode("utf-16-be").hex().encode() in qdf.lower(), "no alternative text")

    def test_the_same_book_gives_the_same_cover(self):
        book = self.book("cover: {design: frame}", images="jpeg, svg")
        self.build(book)
        first = {path.relative_to(self.out): path.read_bytes() for path in self.out.rglob("*") if path.is_file() and path.name != "manifest.json"}
        self.build(book, "--jobs", "4")
        for path in self.out.rglob("*"):
            if path.relative_to(self.out) in first:
                self.assertEqual(path.read_bytes(), first[path.relative_to(self.out)], path.name)

    def test_without_the_key_there_is_no_cover(self):
        self.build(self.book(""))
        epub, = self.outputs(".epub")
        self.assertNotIn("cover-image", epub_documents(epub)["OEBPS/package.opf"])
        self.build(self.book("cover: {design: none}"))
        self.assertNotIn("cover-image", epub_documents(epub)["OEBPS/package.opf"])

    def test_a_title_without_room_is_an_error_and_a_shorter_one_the_cure(self):
        long = "A very long title " * 600
        result = self.build(self.book("cover: {design: plain}", title=long), expect=1)
        self.assertIn("app.cover-no-room", self.codes(result))
        result = self.build(self.book("cover: {design: plain, title: A long book}", title=long))
        self.assertEqual(self.codes(result), [])

    def test_a_bad_colour_or_design_is_told_at_its_place(self):
        result = self.build(self.book("cover: {design: bnad, colour: blurple}"), expect=1)
        self.assertIn("read.bad-colour", self.codes(result))
        self.assertIn("band", result.stderr)

    def test_pictures_of_no_cover_are_an_error(self):
        result = self.build(self.book("", images="jpeg"), expect=1)
        self.assertEqual(self.codes(result), ["app.no-cover"])

    def test_where_librsvg_is_missing_the_cure_is_named(self):
        # An empty file of its name stands before the real library on the loader's path.
        self.write("libraries/librsvg-2.so.2", "")
        result = bifolio("build", self.book("cover: {design: plain}"), "-o", self.out,
                         environment={"LD_LIBRARY_PATH": str(self.folder / "libraries")})
        if result.returncode != 0:  # some loaders go on looking
            self.assertIn("app.no-rasteriser", self.codes(result))
            self.assertIn("librsvg2-2", result.stderr)
            self.assertTrue(self.outputs(".pdf"), "paper needs no raster")


class Brought(CoverTest):
    def messages(self, picture, name="media/cover.png"):
        book = self.book("cover: " + name, images="")
        self.write("book/" + name, picture)
        return self.build(book)

    def test_sizes_that_shops_refuse_are_told_with_the_cure(self):
        for (width, height), expected in (((1400, 2240), []), ((400, 640), ["Apple Books: the cover ‘media/cover.png’ has 400 pixels in width, and at least 1,400 are needed",
                                                        "Google Play Books: ", "Kindle (KDP e-book): the cover ‘media/cover.png’ has 640 pixels in height"]),
                                          ((1000, 1600), ["and at least 1,400 are needed"]),
                                          ((1600, 2560), ["has 4,096,000 pixels, and at most 4,000,000 are taken"]),
                                          ((1400, 1400), ["is 1,400 × 1,400 px, which is not 1.2 to 1.9 times as high as wide"])):
            result = self.messages(png(width, height))
            told = [line for line in result.stderr.splitlines() if "[app.cover-size]" in line]
            self.assertEqual(len(told), len(expected), result.stderr)
            for line, words in zip(told, expected):
                self.assertIn(words, line)
                self.assertIn("media/cover.png", line)

    def test_a_shop_that_the_edition_is_for_says_it_once_and_in_full(self):
        self.write("book/media/cover.png", png(1000, 1600))
        said = self.build(self.book("cover: media/cover.png", more=", profiles: kindle")).stderr
        self.assertNotIn("app.cover-size] Kindle", said)
        self.assertIn("Kindle (KDP e-book): the cover ‘OEBPS/images/cover.png’ has 1,600 pixels in height, and 2,560 are asked for", said)
        self.assertEqual(said.count("[app.cover-size]"), 1, said)  # Apple Books asks for more width; nobody asked for its wishes

    def test_inks_are_told_and_converted(self):
        tiff = self.folder / "cmyk.jpg"
        made = subprocess.run(["gs", "-q", "-o", str(tiff), "-sDEVICE=jpegcmyk", "-g1400x2240", "-c",
                               "0 1 1 0 setcmykcolor 0 0 1400 2240 rectfill showpage"], capture_output=True)
        if made.returncode != 0 or not tiff.exists():
            self.skipTest("this Ghostscript makes no CMYK JPEG")
        result = self.messages(tiff.read_bytes(), "media/cover.jpg")
        self.assertIn("app.cover-colour", self.codes(result))
        epub, = self.outputs(".epub")
        with zipfile.ZipFile(epub) as archive:
            name, = [one for one in archive.namelist() if one.startswith("OEBPS/images/")]
            self.assertEqual(jpeg_size(archive.read(name))[2], 3)

    def test_the_largest_text_of_a_drawing_is_measured(self):
        def drawing(size, colour):
            return ('<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="2560"><rect width="1600" height="2560" fill="#17454d"/>'
                    '<text x="100" y="600" font-family="Inter" font-size="%d" fill="%s">Sleep</text></svg>' % (size, colour))
        self.assertNotIn("app.cover-illegible", self.codes(self.messages(drawing(200, "#ffffff"), "media/c.svg")))
        small = self.messages(drawing(60, "#ffffff"), "media/c.svg")
        self.assertIn("4.3 px high", small.stderr)
        pale = self.messages(drawing(200, "#3a6a72"), "media/c.svg")
        self.assertIn("app.cover-illegible", self.codes(pale))
        self.assertIn("contrast", pale.stderr)

    def test_files_for_shops_come_from_the_users_picture_too(self):
        book = self.book("cover: media/cover.png", images="jpeg")
        self.write("book/media/cover.png", png(1400, 2240))
        self.build(book)
        self.assertEqual(jpeg_size((self.out / "ebook/cover.jpg").read_bytes())[:2], (1400, 2240))


if __name__ == "__main__":
    main()
