"""Big e-books: documents that slow reading systems like, and the same bytes however many threads pack them."""
import hashlib
import unittest
import zipfile

from support import BookTest, bifolio, main

MOST = 300_000  # bytes of one XHTML document
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

    def test_what_cannot_be_divided_is_told(self):
        row = "| %d | Take one tablet with a glass of water, and no other medicine that has the same substance in it. |\n"
        table = "# Table\n\nWords.\n\n| Day | What to do |\n|---|---|\n" + "".join(row % i for i in range(4000))
        paragraph = "# Paragraph\n\n" + "".join(SENTENCE % i for i in range(6000))
        result = self.build(self.book([table, paragraph]))
        told = [line for line in result.stderr.splitlines() if "[epub.large-document]" in line]
        self.assertEqual(len(told), 2, result.stderr)
        self.assertRegex(told[0], r"a000\.md:1:\d+: warning: a table or paragraph of ‘Table’ stays whole, and makes a document of \d+ KB")
        self.assertIn("a001.md", told[1])
        large = [name for name, data in self.documents().items() if len(data) > MOST]
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
