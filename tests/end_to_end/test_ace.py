"""The e-books of the sample book before Ace by DAISY, which looks at them in a browser: nothing is found, however small."""
import json
import os
import shutil
import subprocess
import unittest
import zipfile

from corpus_books import BOOKS, make_book, of_today
from support import ACE, JUDGES, ROOT, BookTest, bifolio, main, skip

# Our diagnostic that has to have named what a rule of Ace finds.
NAMED = {"image-alt": "check.picture-words", "link-name": "check.link-words",
         "empty-table-header": "check.table-headers", "td-has-header": "check.table-headers"}

# Ace starts it: nothing leaves this machine.
BROWSER = """#!/bin/sh
exec chromium --no-sandbox --disable-quic --disable-background-networking --disable-component-update --disable-gpu \\
    --disable-dev-shm-usage --host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE localhost" "$@"
"""


class Ace(BookTest):
    def findings(self, epub):
        """Each finding of Ace: rule, weight, document, place."""
        browser = self.write("browser", BROWSER)
        browser.chmod(0o755)
        report = self.folder / "report"
        subprocess.run([str(ACE), "-f", "-s", "-o", str(report), str(epub)], capture_output=True, text=True, timeout=300,
                       env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(browser), "ACE_TIMEOUT_INITIAL": "60000"})
        found = json.loads((report / "report.json").read_text())
        return [(one["earl:test"]["dct:title"], one["earl:test"]["earl:impact"], document["earl:testSubject"]["url"],
                 one["earl:result"].get("earl:pointer", {}).get("css"))
                for document in found["assertions"] for one in document["assertions"]]

    def setUp(self):
        super().setUp()
        if not JUDGES or not ACE.exists() or not shutil.which("chromium"):
            skip("Ace is not installed (scripts/setup-validators), or this build leaves it to the other one")

    def test_finds_nothing_in_the_sample_books_e_books(self):
        self.build(ROOT / "book", "-e", "print", "-e", "ebook", "-e", "leaflet")
        epubs = self.outputs(".epub")
        self.assertEqual(len(epubs), 3)
        for epub in epubs:
            self.assertEqual(self.findings(epub), [], epub.name)

    def test_finds_only_what_our_own_warnings_named(self):
        self.write("x.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>')
        self.write("a.md", "---\ntitle: A\nlanguage: en\n---\n\nA word.\n\n![](x.svg)\n")
        result = self.build(self.folder / "a.md")
        self.assertRegex(result.stderr, r"a\.md:8:1: warning: the picture ‘x\.svg’ has no text alternative \[check\.picture-words\]")
        self.assertEqual({rule for rule, *_ in self.findings(self.outputs(".epub")[0])}, {"image-alt"})

    def test_finds_only_what_our_own_warnings_named_in_books_of_the_corpus(self):
        for name in of_today(BOOKS, 1):
            with self.subTest(name):
                book, self.out = self.folder / "books" / name, self.folder / "out" / name
                book.mkdir(parents=True)
                make_book(name, book, {"ebook": "{format: [epub]}"})
                result = bifolio("build", book, "-o", self.out, "--allow", "missing-picture,missing-glyph", timeout=600)
                self.assertEqual(result.returncode, 0, result.stderr[-4000:])
                [epub] = self.outputs(".epub")
                self.assertEqual([one for one in self.findings(epub) if "[%s]" % NAMED.get(one[0]) not in result.stderr], [])
                with zipfile.ZipFile(epub) as archive:
                    package = archive.read("OEBPS/package.opf").decode()
                self.assertNotIn("conformsTo", package)  # nobody has certified it
                if "[check.picture-words]" in result.stderr:
                    self.assertNotIn(">alternativeText<", package)
                    self.assertNotIn(">textual</meta>", package.replace('accessMode">textual', ""))

    def test_languages_that_are_none_and_landmarks_without_names_are_named_or_gone(self):
        self.write("a.html", "<html lang=en><title>A</title><nav><ul><li>one</ul></nav><nav><ul><li>two</ul></nav><aside><p>beside</aside>"
                   "<aside><p>beside</aside><main><p>words</p></main><pre lang=js>f()</pre><pre lang=python>g()</pre></html>")
        result = self.build(self.folder / "a.html")
        for name in ("js", "python"):
            self.assertRegex(result.stderr, r"a\.html:1:\d+: warning: ‘%s’ is no language \[check\.unknown-language\]" % name)
        self.assertEqual(self.findings(self.outputs(".epub")[0]), [])


if __name__ == "__main__":
    main()
