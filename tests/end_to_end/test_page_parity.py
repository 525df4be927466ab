"""Page parity: between two page marks of the e-book stand the words that the printed page between them shows, no more and no less."""
import re
import shutil
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

import pikepdf

from structure import Page
from support import ROOT, BookTest, corpus, main

XHTML = "{http://www.w3.org/1999/xhtml}"


def bare(text):
    """Without what a line's end may add or take: white space, soft hyphens, hyphens."""
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text)


def sorted_right_to_left(text):
    """Words from right to left stand in a PDF as their glyphs do, so of them only the letters are compared."""
    return re.sub("[\u0590-\u08ff]+", lambda found: "".join(sorted(found[0])), text)


class PrintedPages:
    """The main text of each page of a PDF in its logical order: no notes, labels, drawings, and nothing that floats."""

    def __init__(self, path):
        with pikepdf.open(path) as pdf:
            maps = {}
            self.pages = [Page(page, maps) for page in pdf.pages]
            self.number = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            self.text = [""] * len(pdf.pages)
            self.figures = [""] * len(pdf.pages)
            self.lists = set()  # pages with contents or a list of tables, whose page numbers an e-book does not need
            self.walk(pdf.Root["/StructTreeRoot"]["/K"], None, False, False)
            self.labels = [page.label for page in pdf.pages]

    def walk(self, element, page, in_figure, in_list):
        if isinstance(element, pikepdf.Array):
            for kid in element:
                self.walk(kid, page, in_figure, in_list)
            return
        kind = str(element["/S"])
        page = self.number[element["/Pg"].objgen] if "/Pg" in element else page
        if kind == "/Note":
            return
        in_list = in_list or kind == "/TOC"
        in_figure = in_figure or kind == "/Caption"
        kids = element.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                where, mcid = page, kid
            elif kid.get("/Type") == "/MCR":
                where, mcid = self.number[kid["/Pg"].objgen] if "/Pg" in kid else page, int(kid["/MCID"])
            elif kid.get("/Type") == "/OBJR":
                continue
            else:
                self.walk(kid, page, in_figure or kind == "/Figure", in_list)
                continue
            if in_list:
                self.lists.add(where)
            if kind == "/Figure":
                continue  # the words of a drawing
            said = self.pages[where].spoken.get(mcid, self.pages[where].said[mcid])
            if kind == "/Lbl" and re.fullmatch(r"[\s•◦▪–]*|\W?\w{1,3}[.)]\s*", said):
                continue  # a list's mark
            if re.fullmatch(r"\s*(\d+|[a-z])\s*", said) and kind in ("/Link", "/Reference", "/Lbl"):
                continue  # a note's number, a page number in a list
            if in_figure:
                self.figures[where] += said
            else:
                self.text[where] += said


def spine(archive):
    package = ElementTree.fromstring(archive.read("OEBPS/package.opf"))
    opf = "{http://www.idpf.org/2007/opf}"
    files = {item.get("id"): item.get("href") for item in package.iter(opf + "item")}
    return [files[item.get("idref")] for item in package.iter(opf + "itemref")]


class MarkedText:
    """The e-book's text between its page marks, in reading order; notes stand apart, as they do on paper."""

    def __init__(self, path):
        self.pages, self.label = {}, None
        self.unlike = set()  # pages of the index: it has page numbers on paper, links to titles on a screen
        with zipfile.ZipFile(path) as archive:
            for name in spine(archive):
                document = ElementTree.fromstring(archive.read("OEBPS/" + name))
                self.in_index = any(element.get("role") == "doc-index" for element in document.iter())
                if name == "nav.xhtml":
                    self.begin(None)
                    continue
                self.walk(document.find(XHTML + "body"), False)

    def begin(self, label):
        self.label = label
        if label is not None:
            self.pages[label] = {"text": "", "figures": ""}

    def say(self, text, in_figure):
        if self.in_index:
            self.unlike.add(self.label)
        if text and self.label is not None:
            self.pages[self.label]["figures" if in_figure else "text"] += text

    def walk(self, element, in_figure):
        classes = element.get("class", "").split()
        if element.get("role") == "doc-pagebreak":
            self.begin(element.get("aria-label"))
        elif not {"noteref", "footnotes", "backlink", "note-number"} & set(classes) and element.get("role") != "doc-footnote":
            figure = in_figure or element.tag in (XHTML + "figcaption", XHTML + "caption")
            self.say(element.text, figure)
            for kid in element:
                self.walk(kid, figure)
                self.say(kid.tail, figure)


class PageParity(BookTest):
    def compare(self, epub, pdf):
        printed, marked = PrintedPages(pdf), MarkedText(epub)
        compared = 0
        for at, label in enumerate(printed.labels):
            if label not in marked.pages or label in marked.unlike or at in printed.lists:
                continue
            wanted = sorted_right_to_left(bare(re.sub(r"\s*\(page\s*[\divxl]+\)", "", printed.text[at])))
            found = sorted_right_to_left(bare(marked.pages[label]["text"]))
            self.assertEqual(found, wanted, "page " + label)
            compared += 1
        return compared

    def output(self, suffix):
        [path] = self.outputs(suffix)
        return path

    def test_sample_book(self):
        result = self.build(ROOT / "book", "-e", "ebook", "-e", "print", "--report")
        epub = self.output(".epub")
        self.assertGreater(self.compare(epub, self.output(".pdf")), 80)
        with zipfile.ZipFile(epub) as archive:
            nav, ncx = archive.read("OEBPS/nav.xhtml").decode(), archive.read("OEBPS/toc.ncx").decode()
        listed = re.findall(r">([^<]*)</a>", nav.split("doc-pagelist")[1])
        self.assertEqual(len(listed), ncx.count("<pageTarget"))
        pages = PrintedPages(self.output(".pdf")).labels
        told = re.findall(r"^  page (\w+): ", result.stdout, re.M)
        self.assertEqual(sorted(listed + told), sorted(pages))  # each page has its mark or is told

    def test_books_of_the_corpus(self):
        for path, language in (("health/nhs-app/en", "en-GB"), ("markdown/articles-jekyll", "en"), ("markdown/gfm/spec.txt", "en")):
            shutil.rmtree(self.out, ignore_errors=True)
            self.build(corpus(path), "--lang", language, "--allow", "missing-picture,missing-glyph", "--no-proof")
            self.assertGreater(self.compare(self.output(".epub"), self.output(".pdf")), 5, path)

    def test_there_are_no_page_breaks_without_a_print_edition(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "booklet")
        with zipfile.ZipFile(self.output(".epub")) as archive:
            text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(("html", "opf", "ncx")))
        self.assertNotIn("pagebreak", text)
        self.assertNotIn("pageBreakSource", text)
        self.assertNotIn("pageNavigation", text)

    def test_whose_pages_the_e_book_names(self):
        self.write("one.md", "# One\n\n" + "Some words that fill a page or two.\n\n" * 120)
        editions = "editions:\n  ebook: {format: epub%s}\n  large: {format: pdf, interior: large-print}\n  small: {format: pdf, isbn: 978-0-306-40615-7}\n"
        sources, counts = [], []
        for choice in ("", ", pages-of: small"):
            self.write("book.yaml", "title: Two\nlanguage: en\ncontents: [one.md]\n" + editions % choice)
            self.build(self.folder / "book.yaml")
            with zipfile.ZipFile(self.output(".epub")) as archive:
                package = archive.read("OEBPS/package.opf").decode()
                counts.append(archive.read("OEBPS/toc.ncx").decode().count("<pageTarget"))
            sources.append(re.search('"pageBreakSource">([^<]*)<', package)[1])
        self.assertEqual(sources, ["Two, PDF (large)", "urn:isbn:9780306406157"])
        self.assertGreater(counts[0], counts[1])
        self.write("book.yaml", "title: Two\nlanguage: en\ncontents: [one.md]\n" + editions % ", pages-of: smal")
        self.assertIn("did you mean ‘small’?", self.build(self.folder / "book.yaml", expect=1).stderr)


if __name__ == "__main__":
    main()
