"""Finished files of every kind are held against their book, or against the certificate of their build, years later."""
import io
import json
import shutil
import zipfile

import pikepdf

from support import BookTest, bifolio, main

BOOK = """title: A book
language: en-GB
date: 2026-01-02
contents: [sleep.md, rest.md]
editions:
  print: {format: pdf, page: A5}
  booklet: {format: pdf, page: A5, impose: {fold: booklet, sheet: A4}}
  locked: {format: pdf, encrypt: {password: secret, owner-password: master}}
  ebook: {format: epub}
  web: {format: html}
  leaflets: {format: [pdf, epub, html], each: article}
  clinics: {format: pdf, each: article, include: [rest.md], clinics: clinics.csv}
"""
SLEEP = "# Sleep\n\nMost adults need seven hours.[^n]\n\n- in a dark room\n- in a quiet room\n\n[^n]: Some need eight.\n"
REST = "# Rest\n\nAsk at once.\n\n::: {.clinic-only}\nThis is {{clinic.name}}.\n:::\n"
CLINICS = "id,name\nnorth,The northern clinic\nsouth,The southern clinic\n"


def archive(path, change):
    """The archive with other members: change(name, bytes) gives the bytes, or None to leave the member out."""
    with zipfile.ZipFile(path) as old:
        members = [(one, change(one.filename, old.read(one))) for one in old.infolist()]
    with zipfile.ZipFile(path, "w") as new:
        for one, data in members:
            if data is not None:
                new.writestr(one, data, one.compress_type)


class FinishedFiles(BookTest):
    def book(self, *arguments):
        self.write("book/book.yaml", BOOK)
        self.write("book/sleep.md", SLEEP)
        self.write("book/rest.md", REST)
        self.write("book/clinics.csv", CLINICS)
        self.build(self.folder / "book", "-q", *arguments)
        return self.folder / "book"

    def against(self, book, *arguments, expect=0):
        result = bifolio("verify", "--against", book, *arguments)
        self.assertEqual(result.returncode, expect, result.stdout + result.stderr[-3000:])
        return result

    def test_of_every_kind_say_what_the_book_says(self):
        book = self.book()
        files = self.outputs(".pdf") + self.outputs(".epub")
        unpacked = self.folder / "unpacked"
        zipfile.ZipFile(self.out / "ebook/a-book.epub").extractall(unpacked)
        pages = [self.out / "web", self.out / "web/sleep.html", self.out / "leaflets", self.out / "leaflets/rest.html"]
        result = self.against(book, *files, unpacked, *pages)
        self.assertEqual(len(result.stdout.splitlines()), len(files) + 5, result.stdout)
        self.assertIn("a-book.epub: says what ‘ebook/a-book.epub’ has to say (", result.stdout)
        self.assertIn("rest-south.pdf: says what ‘clinics/rest-south.pdf’ has to say", result.stdout)
        rows = json.loads(self.against(book, "--format", "json", *files).stdout)
        self.assertEqual(rows["diagnostics"], [])
        self.assertTrue(all(row["passes"] and row["characters"] > 0 and row["differences"] == [] for row in rows["files"]), rows)

    def test_are_told_apart_from_their_book(self):
        book = self.book()
        self.write("book/sleep.md", SLEEP.replace("seven", "severe"))
        names = ["print/a-book.pdf", "booklet/a-book.pdf", "locked/a-book.pdf", "ebook/a-book.epub", "web", "web/index.html", "leaflets/sleep.pdf",
                 "leaflets/sleep.epub", "leaflets/sleep.html"]
        result = self.against(book, *(self.out / name for name in names), expect=1)
        self.assertEqual(result.stdout.count(": differs from ‘"), len(names), result.stdout)
        self.assertEqual(result.stderr.count("sleep.md:3:1:"), len(names), result.stderr)
        self.against(book, self.out / "leaflets/rest.html", self.out / "clinics/rest-north.pdf")
        rows = json.loads(self.against(book, "--format", "json", self.out / "ebook/a-book.epub", expect=1).stdout)["files"]
        self.assertEqual([(row["passes"], row["differences"][0]["file"], row["differences"][0]["line"]) for row in rows], [(False, "sleep.md", 3)])

    def test_are_known_by_what_they_say_where_the_name_is_another(self):
        book = self.book()
        named = shutil.copy(self.out / "clinics/rest-south.pdf", self.folder / "from-the-rack.pdf")
        page = shutil.copy(self.out / "leaflets/rest.html", self.folder / "downloaded.html")
        result = self.against(book, named, page)
        self.assertIn("from-the-rack.pdf: says what ‘clinics/rest-south.pdf’ has to say", result.stdout)
        self.assertIn("downloaded.html: says what ‘leaflets/rest.html’ has to say", result.stdout)
        self.write("book/rest.md", REST.replace("Ask", "Tell"))
        self.assertIn("from-the-rack.pdf: differs from ‘clinics/rest-south.pdf’ (", self.against(book, named, expect=1).stdout)

    def test_are_held_against_the_edition_that_they_are_least_unlike(self):
        articles = ["article-%d.md" % i for i in range(30)]
        self.write("book/book.yaml", "title: A book\nlanguage: en-GB\ndate: 2026-01-02\ncontents: [%s]\neditions:\n" % ", ".join(articles) +
                   "  press: {format: pdf, page: A6, press: {}}\n  print: {format: pdf, page: A6}\n")
        for article in articles:
            self.write("book/" + article, "# %s\n\nSee [the page](https://example.org/%s).\n" % (article, article))
        self.build(self.folder / "book", "-q")
        short = self.folder / "a-book.pdf"
        with pikepdf.open(self.out / "print/a-book.pdf") as pdf:
            del pdf.pages[8] # all that follows stands a page too early: too many differences to be told one by one
            pdf.save(short)
        result = self.against(self.folder / "book", short, expect=1)
        self.assertIn("differs from ‘print/a-book.pdf’", result.stdout)

    def test_have_no_pages_that_the_book_does_not_have(self):
        book = self.book()
        shutil.copy(self.out / "web/rest.html", self.out / "web/expired.html")
        result = self.against(book, self.out / "web", expect=1)
        self.assertIn("has the page ‘expired.html’, which the edition ‘web’ does not make", result.stderr)
        (self.out / "web/expired.html").unlink()
        (self.out / "web/rest.html").unlink()
        self.against(book, self.out / "web", expect=1)

    def test_are_read_with_the_options_of_their_build(self):
        self.write("book/book.yaml", "title: A book\nlanguage: en\ncontents: [a.md]\neditions: {print: {format: pdf}, ebook: {format: epub}}\n")
        self.write("book/a.md", "# A\n\n![A lost picture](lost.png)\n")
        book = self.folder / "book"
        self.build(book, "-q", "--allow", "missing-picture", "--date", "2026-02-03")
        files = self.outputs(".pdf") + self.outputs(".epub")
        self.against(book, *files, expect=1)
        self.against(book, "--allow", "missing-picture", "--date", "2026-02-03", *files)

    def test_name_the_pages_of_print_or_not(self):
        book = self.book()
        self.against(book, "-e", "ebook", self.out / "ebook/a-book.epub")
        self.build(book, "-q", "-e", "ebook")
        self.against(book, self.out / "ebook/a-book.epub")

    def test_are_held_against_the_certificate_alone(self):
        self.book()
        shutil.rmtree(self.folder / "book")
        for name in ("print/a-book.pdf", "ebook/a-book.epub", "web/rest.html", "leaflets/rest.html", "clinics/rest-north.pdf"):
            path = self.out / name
            certificate = path.parent / "certificate.json"
            result = self.against(certificate, path)
            self.assertIn("is ‘%s’ of the edition ‘%s’, byte for byte" % (path.name, path.parent.name), result.stdout)
        self.assertIn("byte for byte", self.against(self.out / "web/certificate.json", self.out / "web").stdout)

        pdf = self.out / "print/a-book.pdf"
        with pikepdf.open(pdf, allow_overwriting_input=True) as saved:
            saved.save(pdf, linearize=True)
        epub = self.out / "ebook/a-book.epub"
        archive(epub, lambda name, data: data.replace(b"</dc:title>", b" (lent)</dc:title>"))
        page = self.out / "web/rest.html"
        page.write_bytes(page.read_bytes().replace(b"<meta ", b"<meta  ", 1))
        for path in (pdf, epub, page):
            result = self.against(path.parent / "certificate.json", path)
            self.assertIn("says all that ‘%s’ of the edition ‘%s’ says; the bytes are others" % (path.name, path.parent.name), result.stdout)
        self.assertIn("the bytes are others", self.against(self.out / "web/certificate.json", self.out / "web").stdout)

        archive(epub, lambda name, data: data.replace(b"seven", b"eight"))
        page.write_bytes(page.read_bytes().replace(b"Ask", b"Tell"))
        with pikepdf.open(pdf, allow_overwriting_input=True) as cut:
            del cut.pages[-1]
            cut.save(pdf)
        for path in (pdf, epub, page, page.parent):
            folder = path if path.is_dir() else path.parent
            rows = json.loads(self.against(folder / "certificate.json", "--format", "json", path, expect=1).stdout)["files"]
            self.assertEqual([(row["passes"], row["same_text"]) for row in rows], [(False, False)], rows)

    def test_may_be_locked(self):
        book = self.book()
        pdf = self.out / "locked/a-book.pdf"
        certificate = pdf.parent / "certificate.json"
        self.against(certificate, pdf)
        self.write("book/book.yaml", BOOK.replace("password: secret", "password: changed"))
        self.against(book, "-e", "locked", pdf)  # the owner's still opens it
        self.write("book/book.yaml", BOOK.replace("password: secret", "password: changed").replace("master", "changed too"))
        self.assertIn("needs a password", self.against(book, "-e", "locked", pdf, expect=1).stderr)
        self.against(book, "-e", "locked", "--password", "secret", pdf)
        with pikepdf.open(pdf, password="secret", allow_overwriting_input=True) as saved:
            saved.save(pdf, encryption=pikepdf.Encryption(user="secret", owner="other"))
        self.against(certificate, pdf, expect=1)
        self.assertIn("the bytes are others", self.against(certificate, "--password", "secret", pdf).stdout)

    def test_that_are_damaged_or_hostile_are_refused(self):
        book = self.book()
        good = (self.out / "ebook/a-book.epub").read_bytes()
        path = self.folder / "a-book.epub"
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
            made.writestr("META-INF/container.xml", b" " * (200 << 20))
        outside = io.BytesIO(good)
        with zipfile.ZipFile(outside, "a") as made:
            made.writestr("../../outside.xhtml", "<html/>")
            made.writestr("/etc/passwd", "root")
        cases = [good[:size] for size in (0, 3, 100, len(good) // 2, len(good) - 10)] + [bomb.getvalue(), outside.getvalue()]
        cases += [good.replace(b"package.opf", b"package.opg"), b"%PDF-1.7\n%%EOF", b"PK" + bytes(1000)]
        for at, case in enumerate(cases):
            path.write_bytes(case)
            result = self.against(book, path, expect=1)
            self.assertNotIn("terminate", result.stderr)
            # What lies beside the book in its archive says nothing, and leads nowhere.
            self.against(self.out / "ebook/certificate.json", path, expect=0 if case == outside.getvalue() else 1)
        for lost in ("META-INF/container.xml", "OEBPS/package.opf", "OEBPS/nav.xhtml", "OEBPS/text/sleep.xhtml", "OEBPS/styles/book.css"):
            path.write_bytes(good)
            archive(path, lambda name, data: None if name == lost else data)
            self.against(book, path, expect=1)
        self.assertFalse((self.folder.parent / "outside.xhtml").exists())
        page = self.out / "web/sleep.html"
        text = page.read_bytes()
        for case in (text[:len(text) // 2], text.replace(b"<p", b"<p" + b"<b>" * 500, 1), text.replace(b"<main", b"<main" + b" " * (30 << 20)),
                     b"<html><body>" + b"<div>" * 100000 + b"</body></html>", b""):
            page.write_bytes(case)
            if case.count(b" ") < 1 << 20:
                self.against(book, page, expect=1)
            else:
                self.against(book, page)  # white space in a tag says nothing
        for case in ("", "{", "[]", '{"program": "bifolio 0", "files": 3}', '{"program": "bifolio 0", "files": [3, {"name": 4}]}'):
            certificate = self.write("certificate.json", case)
            self.assertIn(bifolio("verify", "--against", certificate, page).returncode, (1, 3), case)


if __name__ == "__main__":
    main()
