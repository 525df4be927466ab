"""The sample book's e-books: every document in a browser, as wide as a telephone and as a desk's screen, where nothing leaves the
page; and the print edition's page breaks, where it has them."""
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from support import JUDGES, ROOT, BookTest, epub_documents, main, skip, words

WIDTHS = (360, 1000)
# The page's width, and whatever leaves it (what its own box hides or scrolls does not make the page wider).
MEASURE = """(() => {
  const page = document.scrollingElement, wide = [];
  if (page.scrollWidth > innerWidth)
    for (const element of document.body.querySelectorAll('*')) {
      const box = element.getBoundingClientRect();
      if (box.right > innerWidth + 1 || box.left < -1) wide.push(element.tagName + '.' + element.className + ': ' + element.textContent.slice(0, 60));
    }
  return {inner: innerWidth, scroll: page.scrollWidth, wide: wide.slice(0, 3), styled: document.styleSheets.length};
})()"""


class Browser:
    """One headless Chromium, spoken to in the DevTools protocol through a pair of pipes (--remote-debugging-pipe)."""

    def __init__(self, program):
        self.profile = tempfile.TemporaryDirectory(prefix="bifolio-browser-", ignore_cleanup_errors=True)
        read_commands, self.commands = os.pipe()
        self.answers, write_answers = os.pipe()
        # The browser reads from descriptor 3 and writes to 4; first copied out of the way, as they may be just these two.
        copies = [os.dup(read_commands), os.dup(write_answers)]

        def connect():
            spare = [os.dup(copies[0]), os.dup(copies[1])]
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
             "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--remote-debugging-pipe",
             "--user-data-dir=" + self.profile.name, "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in (read_commands, write_answers, *copies):
            os.close(descriptor)
        self.unread, self.number, self.session, self.events = b"", 0, None, []
        page = next(target for target in self.call("Target.getTargets")["targetInfos"] if target["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        self.call("Page.enable")

    def close(self):
        self.process.terminate()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.profile.cleanup()

    def message(self):
        while b"\0" not in self.unread:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise EOFError("the browser has ended")
            self.unread += piece
        first, _, self.unread = self.unread.partition(b"\0")
        return json.loads(first)

    def call(self, method, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError("%s: %s" % (method, answer["error"]))
                return answer["result"]
            self.events.append(answer.get("method"))

    def open(self, path):
        self.events = []
        self.call("Page.navigate", url=Path(path).as_uri())
        while "Page.loadEventFired" not in self.events:
            self.events.append(self.message().get("method"))

    def width(self, pixels):
        self.call("Emulation.setDeviceMetricsOverride", width=pixels, height=800, deviceScaleFactor=1, mobile=False)

    def measure(self):
        return self.call("Runtime.evaluate", expression=MEASURE, returnByValue=True)["result"]["value"]


class EpubInBrowser(BookTest):
    def setUp(self):
        super().setUp()
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if not JUDGES:
            skip("the validators run in the other build")
        if not program:
            skip("there is no chromium")
        self.browser = Browser(program)
        self.addCleanup(self.browser.close)

    def overflowing(self, documents):
        found = []
        for pixels in WIDTHS:
            self.browser.width(pixels)
            for document in documents:
                self.browser.open(document)
                facts = self.browser.measure()
                self.assertEqual((facts["inner"], facts["styled"]), (pixels, 1), document)
                if facts["scroll"] > facts["inner"]:
                    found.append((document.name, pixels, facts["scroll"], facts["wide"]))
        return found

    def unpacked(self, epub):
        folder = self.folder / epub.stem
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(folder)
        return sorted(folder.rglob("*.xhtml"))

    def test_no_document_is_wider_than_the_screen(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "print", "-e", "leaflet")
        epubs = self.outputs(".epub")
        self.assertGreater(len(epubs), 2)
        for epub in epubs:
            documents = self.unpacked(epub)
            self.assertGreater(len(documents), 1, epub)
            self.assertEqual(self.overflowing(documents), [], epub)

    def test_long_words_code_and_wide_tables_stay_within_a_telephone(self):
        self.write("long.md", "# Long\n\nSee <https://www.example.org/%s>, `%s` and %s.\n\n    %s\n\n| %s |\n|%s\n| %s |\n" % (
            "a" * 90, "b" * 70, "c" * 70, "d" * 90, " | ".join(["Lisdexamfetamine"] * 6), "---|" * 6, " | ".join(["e" * 30] * 6)))
        self.build(self.folder / "long.md", "--lang", "en")
        self.assertEqual(self.overflowing(self.unpacked(self.outputs(".epub")[0])), [])

    def test_a_page_that_is_too_wide_is_found(self):
        page = self.write("wide.html", "<style>p { width: 2000px }</style><p>wide")
        self.assertEqual([pixels for _, pixels, _, _ in self.overflowing([page])], list(WIDTHS))


def plain(markup):
    """The words of a piece of a document; the numbers at the calls of notes are not among them."""
    return words(re.sub(r"&#?\w+;", " ", re.sub(r"<[^>]*>", "", re.sub(r"<a class=\"noteref.*?</a>", "", markup))))


class PageParity(BookTest):
    def page_words(self, pdf, labels):
        pages = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True).stdout.split("\f")
        self.assertGreaterEqual(len(pages), len(labels))
        return ["".join(words(page)) for page in pages]  # one more than there are pages: what follows the last form feed

    def test_page_breaks_stand_where_the_print_edition_breaks(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "print")
        [epub], [pdf] = self.outputs(".epub"), self.outputs(".pdf")
        documents = epub_documents(epub)
        labels = re.findall(r'#[^"]*">([^<]*)</a>', documents["OEBPS/nav.xhtml"].split("doc-pagelist")[1])
        self.assertGreater(len(labels), 50)
        self.assertEqual(documents["OEBPS/toc.ncx"].count("<pageTarget"), len(labels))
        self.assertEqual("".join(documents.values()).count('role="doc-pagebreak"'), len(labels))
        self.assertIn('property="pageBreakSource"', documents["OEBPS/package.opf"])
        self.assertIn('accessibilityFeature">pageBreakMarkers<', documents["OEBPS/package.opf"])
        pages = self.page_words(pdf, labels)
        body = len(pages) - 1 - max(int(label) for label in labels if label.isdigit())
        compared = 0
        for name, text in documents.items():
            marks = list(re.finditer(r'<span class="page-break"[^>]*aria-label="(\d+)"></span>', text))
            for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(text)]):
                first_block = re.split(r"</(?:p|li|h\d|t[dh]|dt|dd|caption|figcaption)>", text[mark.end():end])[0]
                begins = "".join(plain(first_block)[:3])
                page = pages[body + int(mark[1]) - 1]
                self.assertIn(begins, page, (name, mark[1]))
                if "<img" not in first_block:  # a drawing's words stand before its caption
                    self.assertLess(page.index(begins), 120, (name, mark[1]))  # behind the running head
                compared += 1
        self.assertGreater(compared, 40)

    def test_there_are_no_page_breaks_without_a_print_edition(self):
        self.build(ROOT / "book", "-e", "ebook", "-e", "booklet")
        text = "".join(epub_documents(self.outputs(".epub")[0]).values())
        self.assertNotIn("pagebreak", text)
        self.assertNotIn("pageBreakSource", text)


if __name__ == "__main__":
    main()
