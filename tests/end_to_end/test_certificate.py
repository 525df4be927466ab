"""The certificate describes the files beside it, comes with them, and is the same however often and however parallel it is made."""
import hashlib
import json

from support import BookTest, bifolio, main

BOOK = """title: A book
identifier: urn:uuid:0a0a0a0a-1111-4222-8333-444444444444
language: en
date: 2026-01-02
contents: [sleep.md]
editions:
  print: {format: pdf, conformance: [PDF/UA-1]}
  ebook: {format: epub}
"""
ARTICLE = "# Sleep\n\nOne two three. <!-- not for readers -->\n\n- a list\n- of two\n"


class TheCertificate(BookTest):
    def book(self):
        self.write("book/book.yaml", BOOK)
        self.write("book/sleep.md", ARTICLE)
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

    def test_counts_what_became_of_the_text(self):
        self.build(self.book())
        certificate = self.certificate("print")
        [source] = certificate["sources"]
        self.assertEqual(source["path"].split("/")[-1], "sleep.md")
        self.assertEqual(source["left_out"]["words"], 3)
        self.assertEqual(source["unexplained"], {"characters": 0, "words": 0})
        self.assertLessEqual(source["reached"]["characters"] + source["left_out"]["characters"], source["in_file"]["characters"])
        [file] = [row for row in certificate["files"] if row["name"].endswith(".pdf")]
        self.assertEqual([one["name"] for one in file["standards"] if one["rules_checked"] > 0][:1], ["PDF/UA-1"])
        self.assertGreaterEqual(file["proof"]["characters"], source["reached"]["characters"])
        self.assertGreater(sum(file["proof"]["added_characters"].values()), 0)  # the list's marks
        self.assertRegex(file["proof"]["text_sha256"], "^[0-9a-f]{64}$")
        [ebook] = [row for row in self.certificate("ebook")["files"] if row["name"].endswith(".epub")]
        self.assertEqual(ebook["standards"][0]["name"], "EPUB 3.3")
        self.assertGreater(ebook["proof"]["characters"], 0)
        self.assertIn("schema:accessibilityFeature", {claim["property"] for claim in ebook["accessibility_claims"]})
        self.assertTrue(all(claim["why"] for claim in ebook["accessibility_claims"]))

    def test_changes_its_digest_with_the_text_alone(self):
        digest = lambda: [row["proof"]["text_sha256"] for row in self.certificate("print")["files"] if row["proof"]]
        self.build(self.book())
        first = digest()
        self.write("book/book.yaml", BOOK.replace("pdf,", "pdf, font-size: 14pt,"))
        self.build(self.folder / "book")
        self.assertEqual(digest(), first)
        self.write("book/sleep.md", ARTICLE.replace("two three", "three two"))
        self.build(self.folder / "book")
        self.assertNotEqual(digest(), first)

    def test_is_the_same_twice_and_on_one_thread(self):
        made = []
        for arguments in ([], [], ["-j1"]):
            self.build(self.book(), *arguments)
            made.append([(self.out / edition / "certificate.json").read_bytes() for edition in ("print", "ebook")])
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
