"""Big e-books: documents that slow reading systems like, whatever is in them, and the same bytes however many threads pack them."""
import hashlib
import re
import unittest
import zipfile
from xml.etree import ElementTree

from support import BookTest, bifolio, main

MOST = 300_000  # bytes of one XHTML document
XHTML = "{http://www.w3.org/1999/xhtml}"
SENTENCE = "Most adults need seven hours of sleep or more, and pain takes some of them away (%d). "


class BigBook(BookTest):
    def book(self, articles):
        names = []
        for number, text in enumerate(articles):
            names.append("a%03d.md" % number)
            self.write("b/" + names[-1], text)
        self.write("b/book.yaml", "title: Big\nlanguage: en\ndate: 2026-01-02\ncontents: [%s]\neditions:\n  e: {format: epub}\n" % ", ".join(names))
        return self.folder / "b"

    def documents(self):
        with zipfile.ZipFile(self.outputs(".epub")[0]) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name.endswith(".xhtml")}

    def test_no_document_is_larger_than_slow_reading_systems_like(self):
        paragraphs = lambda count: "\n\n".join("".join(SENTENCE % (i * 5 + j) for j in range(5)) for i in range(count))
        huge = "# Huge\n\n" + paragraphs(3000)  # 1.3 MB without a heading
        halves = "# Halves\n\n" + "\n\n".join("## Part %d\n\n" % part + paragraphs(300) for part in range(6))
        items = "# List\n\n" + "\n".join("- " + SENTENCE % i for i in range(9000))
        small = ["# Small %d\n\n" % i + paragraphs(3) for i in range(40)]
        result = self.build(self.book([huge, halves, items, *small]))
        self.assertNotIn("epub.large-document", result.stderr)
        documents = self.documents()
        self.assertGreater(sum(map(len, documents.values())), 3_000_000)
        self.assertEqual({name: len(data) for name, data in documents.items() if len(data) > MOST}, {})
        # Articles share no document, and none is divided that need not be.
        self.assertEqual(len([name for name in documents if "/a0" in name and b"Small" in documents[name]]), 40)

    def check_whole(self, book):
        """Every judge finds it right: the limit, our own verification, the proof against the book, EPUBCheck."""
        documents = self.documents()
        self.assertEqual({name: len(data) for name, data in documents.items() if len(data) > MOST}, {})
        [path] = self.outputs(".epub")
        ids = [one for data in documents.values() for one in re.findall(r' id="([^"]*)"', data.decode())]
        self.assertEqual(sorted(one for one in set(ids) if ids.count(one) > 1), [])
        for arguments in (("verify", path), ("verify", "--against", book, path)):
            result = bifolio(*arguments)
            self.assertEqual(result.returncode, 0, result.stdout[-2000:] + result.stderr[-2000:])
        self.judge_epub(path)
        return [(name, ElementTree.fromstring(data)) for name, data in sorted(documents.items(), key=lambda one: self.order(one[0]))]

    @staticmethod
    def order(name):
        stem, number = re.fullmatch(r"(.*?)(?:-(\d+))?\.xhtml", name).groups()
        return stem, int(number or 1)

    def test_what_alone_is_too_large_is_divided_within_itself(self):
        head = "| Day | What to do[^1] |\n|--:|---|\n"
        row = "| %d | Take *one tablet* with a glass of water, and [no other](a001.md#there) medicine that has the same substance. |\n"
        table = "# Table\n\nWords.\n\n" + head + "".join(row % i for i in range(15000)) + "\n[^1]: As told.\n"
        items = "# List\n\n7. Short.\n8. " + "".join(SENTENCE % i for i in range(6000)) + "\n\n   Within it.\n9. Short.\n\n" + \
            "## There {#there}\n\n" + "\n".join("- " + SENTENCE % i for i in range(3000))
        emphasis = lambda i: "**%s** and *%s*[^%d] " % (SENTENCE % i, SENTENCE % i, i) if i % 100 == 0 else SENTENCE % i
        paragraph = "# Paragraph\n\n" + "".join(map(emphasis, range(8000))) + "\n\nThe next one.\n\n" + \
            "".join("[^%d]: Note %d.\n\n" % (i, i) for i in range(0, 8000, 100))
        code = "# Code\n\n```\n" + "".join("    if (day < %d) { // of many\n        take();\n" % i for i in range(20000)) + "```\n"
        result = self.build(self.book([table, items, paragraph, code]))
        self.assertNotIn("epub.large-document", result.stderr)
        documents = self.check_whole(self.folder / "b")
        tables = [one for name, root in documents for one in root.iter(XHTML + "table") if "a000" in name]
        self.assertGreater(len(tables), 5)
        self.assertEqual(sum(len(one.findall("%stbody/%str" % (XHTML, XHTML))) for one in tables), 15000)
        for one in tables[1:]:
            self.assertEqual("".join(one.find(XHTML + "caption").itertext()), "(continued)")
            self.assertEqual(["".join(cell.itertext()).strip() for cell in one.iter(XHTML + "th")], ["Day", "What to do1"])
        [listed] = [root for name, root in documents if name.endswith("a001-2.xhtml")]
        ordered = listed.find(".//%sol" % XHTML)
        self.assertEqual((ordered.get("start"), ordered[0].get("class")), ("8", "continued"))

    def test_other_languages_are_divided_as_they_are_written(self):
        rows = "".join("| %d | تناول قرصًا واحدًا مع كوب من الماء، ولا تتناول دواءً آخر يحتوي على المادة نفسها. |\n" % i for i in range(4000))
        arabic = "---\nlanguage: ar\n---\n# جدول\n\n| اليوم | ما تفعله |\n|---|---|\n" + rows + "\n" + \
            "".join("يحتاج معظم البالغين إلى سبع ساعات من النوم (%d)؛ هل تنام جيدًا؟ " % i for i in range(8000)) + "\n"
        chinese = "---\nlanguage: zh\n---\n# 段落\n\n" + "".join("大多数成年人每天需要睡七个小时以上（%d）。" % i for i in range(14000)) + "\n"
        emoji = "# Emoji\n\n" + "👩🏽\u200d🔬" * 30000 + "\n"
        result = self.build(self.book([arabic, chinese, emoji]))
        self.assertNotIn("epub.large-document", result.stderr)
        documents = self.check_whole(self.folder / "b")
        parts = {stem: [root for name, root in documents if stem in name] for stem in ("a000", "a001", "a002")}
        for roots in parts.values():
            self.assertGreater(len(roots), 1)
        captions = ["".join(one.itertext()) for root in parts["a000"] for one in root.iter(XHTML + "caption")]
        self.assertEqual(captions, ["(تابع)"] * len(captions))
        self.assertGreater(len(captions), 1)
        for root in parts["a000"] + parts["a001"] + parts["a002"]:
            for one in root.iter(XHTML + "p"):
                words = "".join(one.itertext())
                self.assertRegex(words, "^(يحتاج|大多数|👩🏽\u200d🔬)")
                self.assertRegex(words.strip(), "(؟|。|🔬)$")

    def test_a_web_edition_is_not_divided(self):
        book = self.book(["# Long\n\n" + "".join(SENTENCE % i for i in range(6000)), "# Short\n\nWords.\n"])
        plan = book / "book.yaml"
        plan.write_text(plan.read_text() + "  w: {format: html}\n")
        self.build(book)
        self.assertEqual(sorted(one.name for one in self.outputs(".html")), ["a000.html", "a001.html", "index.html"])

    def test_what_cannot_be_divided_is_told(self):
        cells = "".join("<tr><td>%s</td></tr>\n" % (SENTENCE % i) for i in range(4000))
        spanned = "# Table\n\n<table>\n<tr><th rowspan=\"4000\">All</th><td>First</td></tr>\n" + cells + "</table>\n"
        heading = "# Heading\n\n## " + "".join(SENTENCE % i for i in range(6000)) + "\n"
        result = self.build(self.book([spanned, heading]))
        told = [line for line in result.stderr.splitlines() if "[epub.large-document]" in line]
        self.assertEqual(len(told), 2, result.stderr)
        self.assertRegex(told[0], r"a000\.md:4:\d+: warning: ‹tbody› in ‘Table’ cannot be divided, and makes a document of \d+ KB")
        self.assertRegex(told[1], r"a001\.md:3:\d+: warning: ‹h2› in ‘Heading’ cannot be divided")
        large = [name for name, data in self.documents().items() if len(data) > MOST and "nav" not in name]
        self.assertEqual(len(large), 2, large)

    def test_any_number_of_threads_packs_the_same_bytes(self):
        book = self.book(["# Article %d\n\n" % i + "\n\n".join(SENTENCE % (i * j) * 4 for j in range(1, 400)) for i in range(12)])
        digests = set()
        for jobs in ("1", "2", "3", "8", "1"):
            self.build(book, "--jobs", jobs)
            [path] = self.outputs(".epub")
            digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(len(digests), 1)
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())
            packed = [entry for entry in archive.infolist() if entry.filename.endswith(".xhtml")]
            self.assertGreater(sum(entry.file_size for entry in packed), 1_500_000)
            self.assertTrue(all(entry.compress_type == zipfile.ZIP_DEFLATED for entry in packed))


if __name__ == "__main__":
    main()
