"""Hostile input: every sample ends in bounded time and memory with an exit code of ours, never a crash or a hang; and nothing that is
written runs a script, loads anything from elsewhere or leads to what would."""
import html.parser
import re
import resource
import shutil
import subprocess
import sys
import unittest
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

try:
    import pikepdf
except ImportError:
    pikepdf = None

from support import PROGRAM, BookTest, corpus, main

SECONDS = 60
SANITIZED = "sanitize" in PROGRAM
MEMORY = 3 << 30
EVERY_FORMAT = "title: T\nlanguage: en\npublisher: P\neditions: {e: {format: [pdf, epub, html]}}\n"


def limits():
    if not SANITIZED:  # the sanitizers reserve terabytes of addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


LINKS = ("http", "https", "mailto", "tel", "ftp", "urn", "doi", "sms", "geo", "news", "xmpp", "sip")
LOADING = {"img": "src", "image": "href", "use": "href", "link": "href", "source": "src", "track": "src", "feImage": "href"}
NEVER = ("script", "iframe", "object", "embed", "applet", "base", "form", "input", "button", "foreignObject", "frame", "meta-refresh", "handler")


def scheme(address):
    """As browsers see it: they pass over white space and control characters."""
    bare = re.sub(r"[\x00-\x20\x7f]", "", address)
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    return found[1].lower() if found else ""


def faults_of_css(css):
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\\([0-9a-fA-F]{1,6})\s?", lambda m: chr(int(m[1], 16)) if int(m[1], 16) < 0x110000 else "?", css)  # escapes
    # What stands in quotation marks is text, but for the address in url() and behind @import.
    addresses = re.findall(r"""url\(\s*["']?([^"')]*)""", css, re.IGNORECASE)
    bare = re.sub(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'""", '""', css)
    yield from ("url(%s)" % one[:60] for one in addresses if scheme(one) not in ("", "data") or one.startswith(("//", "\\\\", "/")))
    yield from re.findall(r"@import[^;]*|expression\s*\(|(?<![\w-])behavior\s*:|-moz-binding", bare, re.IGNORECASE)


def faults_of_element(name, attributes, ours=()):
    local = name.rsplit("}", 1)[-1].rsplit(":", 1)[-1]
    if local in NEVER and name not in ours:
        yield "<%s>" % local
    for key, value in attributes.items():
        key, value = key.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower(), value or ""
        if key.startswith("on"):
            yield "%s=%s" % (key, value[:60])
        if key == "style":
            yield from faults_of_css(value)
        if key in ("href", "src", "action", "formaction", "poster", "cite", "data", "srcset", "background"):
            of = scheme(value)
            if of == "data" and not (local in ("img", "image", "link") and value.startswith("data:image/")):
                yield "%s=%s" % (key, value[:60])
            elif of and of != "data" and of not in LINKS:
                yield "%s=%s" % (key, value[:60])
            elif LOADING.get(local) == key and (of not in ("", "data") or value.startswith("//")):
                yield "loads " + value[:60]
        if local in ("set", "animate") and key == "attributename" and (value.endswith("href") or value.startswith("on")):
            yield "animates " + value


def faults_of_xml(text):
    if re.search(r"<!ENTITY|<\?xml-stylesheet", text):
        yield "an entity or a style sheet declared"
    for element in xml.fromstring(text).iter():
        if isinstance(element.tag, str):
            yield from faults_of_element(element.tag, element.attrib)
            if element.tag.endswith("}style"):
                yield from faults_of_css("".join(element.itertext()))


class WebFaults(html.parser.HTMLParser):
    """What a browser would make of the page; its search and its facts for search engines are ours."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.found, self.inside, self.scripts = [], "", 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        is_ours = ("script", "input", "form") if tag in ("input", "form") or (tag == "script" and "src" not in given) else ()
        self.found += faults_of_element(tag, given, is_ours)
        self.scripts += tag == "script" and "json" not in (given.get("type") or "")
        if tag == "meta" and "http-equiv" in given:
            self.found.append("http-equiv")
        self.inside = tag if tag in ("style", "script") else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside == "style":
            self.found += faults_of_css(data)


def faults_of_pdf(path):
    with pikepdf.open(path) as document:
        for item in document.objects:
            if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                if item.get("/S") in ("/JavaScript", "/Launch", "/GoToR", "/ImportData", "/SubmitForm", "/Rendition") or any(key in item for key in ("/JS", "/AA", "/OpenAction", "/EmbeddedFiles")):
                    yield str(item.get("/S", "an action"))
                if "/URI" in item and item.get("/S") == "/URI" and scheme(str(item["/URI"])) not in LINKS:
                    yield str(item["/URI"])[:60]


def faults(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            web = WebFaults(path.read_text(encoding="utf-8"))
            yield from ((path.name, fault) for fault in web.found)
            if web.scripts > (path.name == "index.html"):
                yield path.name, "a script more than ours"
        elif path.suffix == ".epub":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if name.endswith((".xhtml", ".opf", ".ncx", ".xml", ".svg")):
                        yield from ((name, fault) for fault in faults_of_xml(archive.read(name).decode("utf-8")))
                    elif name.endswith(".css"):
                        yield from ((name, fault) for fault in faults_of_css(archive.read(name).decode("utf-8")))
        elif path.suffix == ".pdf" and pikepdf:
            yield from ((path.name, fault) for fault in faults_of_pdf(path))


ATTACKS = {
    "html": """<html><head><title>T</title><base href="//evil.example/"><meta http-equiv="refresh" content="0;url=javascript:x()"></head><body>
<h1>T</h1><p onclick="x()" style="background:url(//evil.example/a)">One <a href="java&#10;script:x()">a</a> <a href=" JAVASCRIPT:x()">b</a>
<a href="data:text/html;base64,PHNjcmlwdD4=">c</a> <a href="vbscript:x">d</a> <img src="//evil.example/p.png" onerror="x()" alt="w">
<img src="javascript:x()" alt="w"> <a href="https://good.example/" onmouseover="x()">good</a></p><svg onload="x()"><script>x()</script></svg>
<math href="javascript:x()"><mtext>m</mtext></math><form action="javascript:x()"><input formaction="javascript:x()" autofocus onfocus="x()"></form>
<blockquote cite="javascript:x()">q</blockquote><style>@import url(//evil.example/a.css);</style><q cite="javascript:x()">q</q></body></html>""",
    "md": """# T\n\n[a](javascript:x()) [b](<java\nscript:x>) [c](data:text/html,x) [d](JaVaScRiPt&colon;x) [e](vbscript:x) <javascript:x>
![w](javascript:x) ![w](//evil.example/p.png)\n\n<p onclick="x()" style="behavior:url(//evil.example)">Two <b onmouseover='x()'>b</b></p>
\n\n<script>x()</script>\n\n<iframe src="javascript:x()"></iframe>\n\n[f][r]\n\n[r]: javascript:x() "</style><script>x()</script>"
\nText {onclick=x href=javascript:x style="width:expression(x())"}\n\n# H {#" onload="x .c" onclick=x}\n""",
    "css": """@import "//evil.example/a.css"; @import url(http://evil.example/b.css); p { background: url(//evil.example/c); behavior: url(x.htc);
width: expression(x()); -moz-binding: url(//evil.example/d#e) } q::before { content: "</style><script>x()</script>" }
@font-face { font-family: F; src: url(http://evil.example/f.woff2) } \\70 { background-image: u\\72l("//evil.example/g") } p { --x: url(//evil.example/h); color: var(--x) }
@namespace "x"; li { list-style-image: url('http://evil.example/i') } p::after { content: url(//evil.example/j) }""",
    "yaml": """title: "T</title><script>x()</script>"\nsummary: "\\" onclick=\\"x()"\nauthors: ["<img src=x onerror=x()>"]\nkeywords: ["</script><script>x()</script>"]
web-address: javascript:x()\nreferences: [{title: R, url: "javascript:x()"}]\nlanguage: 'en" onload="x'""",
}


class Hostile(BookTest):
    def check_outputs(self):
        """What was written has nothing that runs or loads."""
        self.assertEqual(list(faults(self.out)), [])
        shutil.rmtree(self.out, ignore_errors=True)

    def build_hostile(self, kind, text):
        self.write("book/book.yaml", "title: T\nlanguage: en\npublisher: P\neditions: {e: {format: [pdf, epub, html]%s}}\n" %
                   (", styles: [h.css]" if kind == "css" else ""))
        self.write("book/b.md", "# B\n\nWords and *more*.\n\n- Item\n")
        if kind == "css":
            self.write("book/h.css", text)
        elif kind == "yaml":
            self.write("book/a.md", "---\n" + text + "\n---\n\nText.\n")
        else:
            self.write("book/a." + kind, text)
        return subprocess.run([PROGRAM, "build", str(self.folder / "book"), "-o", str(self.out), "-q", "--allow", "missing-picture"],
                              capture_output=True, text=True, timeout=SECONDS)

    def test_no_attack_reaches_an_output(self):
        """Whole, and without the lines that are refused, so that what is left is really written."""
        written = 0
        for kind, attack in ATTACKS.items():
            pieces = [attack] + re.split(r"(?<=[;}>])\s|\n", attack)
            for piece in pieces:
                with self.subTest(kind=kind, piece=piece[:60]):
                    result = self.build_hostile(kind, piece)
                    self.assertIn(result.returncode, (0, 1), result.stderr[-500:])
                    written += sum(1 for path in self.out.rglob("*.*") if path.suffix in (".epub", ".html", ".pdf")) if self.out.exists() else 0
                    self.check_outputs()
                for path in (self.folder / "book").iterdir():
                    path.unlink()
        self.assertGreater(written, 40)

    def test_every_sample_is_refused_or_built(self):
        generator = corpus("hostile/make.py")
        samples = self.folder / "samples"
        subprocess.run([sys.executable, str(generator), str(samples)], check=True, capture_output=True)
        tried = 0
        for sample in sorted(path for path in samples.rglob("*") if path.is_file() and path.suffix in (".md", ".html", ".xhtml", ".htm", ".yaml", ".yml", ".css", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".txt")):
            book = self.folder / "book"
            if sample.suffix in (".yaml", ".yml"):
                self.write("book/a.md", b"---\n" + sample.read_bytes()[: 4 << 20] + b"\n---\n\nText.\n")
            elif sample.suffix == ".css":
                (self.folder / "book").mkdir(exist_ok=True)
                (self.folder / "book/hostile.css").write_bytes(sample.read_bytes())
                self.write("book/book.yaml", "title: T\nlanguage: en\ncontents: [a.md]\neditions: {e: {format: [pdf, epub, html], styles: [hostile.css]}}\n")
                self.write("book/a.md", "Text.\n")
            elif sample.suffix in (".svg", ".png", ".jpg", ".jpeg", ".webp"):
                (self.folder / "book").mkdir(exist_ok=True)
                (self.folder / "book" / ("p" + sample.suffix)).write_bytes(sample.read_bytes())
                self.write("book/a.md", "Text ![words](p%s)\n" % sample.suffix)
                self.write("book/book.yaml", EVERY_FORMAT)
            else:
                self.write("book/book.yaml", EVERY_FORMAT)
                self.write("book/a" + (sample.suffix if sample.suffix != ".txt" else ".md"), sample.read_bytes())
            with self.subTest(sample=str(sample.relative_to(samples))):
                result = subprocess.run([PROGRAM, "build", str(book), "-o", str(self.out), "-q", "-j", "1"], capture_output=True, timeout=SECONDS * (6 if SANITIZED else 1),
                                        preexec_fn=limits)
                self.assertIn(result.returncode, (0, 1, 3), result.stderr[-2000:])
                if result.returncode != 0:
                    self.assertNotEqual(result.stderr, b"")
                self.check_outputs()
            for path in book.iterdir():
                path.unlink()
            tried += 1
        self.assertGreater(tried, 100)


if __name__ == "__main__":
    main()
