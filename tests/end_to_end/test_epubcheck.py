"""EPUBCheck's own cases, as far as the corpus has them: no false alarm on those that are right, and which of the others are found.

The expectations are read from the .feature files. epubcheck_expected.txt lists the cases that are not found, with reasons; the test
fails when the list no longer holds, either way. `--measure` prints the figures, `--update` writes the list."""
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path
from xml.sax.saxutils import quoteattr

from support import CORPUS, bifolio, skip

CASES = CORPUS / "epub/epubcheck"
EXPECTED = Path(__file__).with_name("epubcheck_expected.txt")

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/%s" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="q">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="q">x</dc:identifier><dc:title>x</dc:title>
<dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest>%s</manifest><spine>%s</spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body>
<nav epub:type="toc"><ol><li><a href=%s>x</a></li></ol></nav></body></html>"""

# A package document or a document that stands alone has none of the files that it names: these rules say nothing of it.
OF_MISSING_FILES = {"MED-004", "OPF-029", "OPF-014", "OPF-015", "OPF-018", "OPF-096", "MED-013", "CSS-030", "RSC-006", "RSC-007", "RSC-008",
                    "RSC-011", "RSC-012", "RSC-010"}


def scenarios():
    """(case, kind, expected ids): kind is error, warning or valid."""
    for feature in sorted(CASES.glob("*/*.feature")):
        is_navigation = feature.parent.name.startswith("07")
        for block in re.split(r"\n\s*(?:Scenario|Example)(?: Outline)?:", feature.read_text(encoding="utf-8"))[1:]:
            checked = re.search(r"checking (?:EPUB|file|document) '([^']+)'", block)
            if not checked:
                continue
            ids = re.findall(r"(?:error|warning) ([A-Z]{3}-\d{3}[a-z]?) (?:is|are) reported", block)
            ids += re.findall(r"^\s*\| ([A-Z]{3}-\d{3}[a-z]?) +\|", block, re.MULTILINE)
            kind = "warning" if re.search(r"\bwarnings? ", block) and not re.search(r"\berrors? [A-Z]|errors are reported\s*$", block, re.MULTILINE) \
                else "error"
            path = feature.parent / "files" / checked.group(1)
            yield path, ("valid" if not ids else kind), set(ids), is_navigation


def unpacked(folder, package_name, package, files):
    for name, data in {"mimetype": b"application/epub+zip", "META-INF/container.xml": (CONTAINER % package_name).encode(),
                       "EPUB/" + package_name: package, **files}.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError:
            pass  # a name that this disk does not take


def wrapped(path, folder, is_navigation):
    """A folder with the single file in it, and the path in it that counts."""
    data = path.read_bytes()
    if path.suffix == ".opf":
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace")
        files = {}
        for href in re.findall(r"<item\b[^>]*?\bhref=\"([^\"]+)\"", text):
            if ":" not in href and not href.startswith(("/", "..")):
                name = re.sub("%([0-9A-Fa-f]{2})", lambda m: chr(int(m.group(1), 16)), href.split("#")[0].split("?")[0])
                files["EPUB/" + name.removeprefix("./").encode("latin-1", "replace").decode("utf-8", "replace")] = b" "
        for href in re.findall(r"<link\b[^>]*?\bhref=\"([^\":#]+)\"", text):
            if not href.startswith(("/", "..")):
                files["EPUB/" + href.split("?")[0]] = b" "
        files.pop("EPUB/" + path.name, None)
        unpacked(folder, path.name, data, files)
        return "EPUB/" + path.name
    name = path.name
    kind = {".svg": "image/svg+xml", ".smil": "application/smil+xml"}.get(path.suffix, "application/xhtml+xml")
    item = '<item id="d" href=%s media-type="%s"%s/>' % (quoteattr(name), kind, ' properties="nav"' if is_navigation else "")
    files = {"EPUB/" + name: data}
    if not is_navigation:
        item += '<item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        files["EPUB/n.xhtml"] = (NAV % quoteattr(name)).encode()
    unpacked(folder, "p.opf", (PACKAGE % (item, '<itemref idref="d"/>')).encode(), files)
    return "EPUB/" + name


def short(rule):
    """“EPUB RSC-005.title” → “RSC-005”."""
    return rule.split(" ", 1)[-1].split(".")[0]


def judged():
    """For each scenario: (case, kind, expected ids, found [(id, severity, message)])."""
    rows, absent = [], 0
    with tempfile.TemporaryDirectory() as temporary:
        paths, of = [], []
        for number, (path, kind, ids, is_navigation) in enumerate(scenarios()):
            if not path.exists():
                absent += 1
                continue
            only = None
            if path.is_dir() or path.suffix.lower() == ".epub":
                target = path
            else:
                target = Path(temporary) / str(number)
                only = wrapped(path, target, is_navigation)
            paths.append(target)
            of.append((path, kind, ids, only))
        run = bifolio("verify", "--format", "json", "--standard", "epub-3.3", *paths)
        results = json.loads(run.stdout)
        for (path, kind, ids, only), result in zip(of, results):
            if "unreadable" in result:
                found = [("PKG-008", "error", result["unreadable"]), ("PKG-004", "error", "")]
            else:
                found = [(short(one["rule"]), one["severity"], one["message"]) for one in result["findings"]
                         if only is None or ((one.get("path") == only or one["rule"].startswith("EPUB PKG")) and
                                             (short(one["rule"]) not in OF_MISSING_FILES or short(one["rule"]) in ids))]
            rows.append((str(path.relative_to(CASES)), kind, ids, found))
    return rows, absent


def missed(rows):
    out = []
    for case, kind, ids, found in rows:
        if kind == "valid":
            continue
        plain = {re.sub("[a-z]$", "", one) for one in ids}
        hits = {one for one, _, _ in found} & (ids | plain)
        if not hits and not any({re.sub("[a-z]$", "", one)} & plain for one, _, _ in found):
            out.append("%s expected %s, found %s" % (case, ",".join(sorted(ids)), ",".join(sorted({one for one, s, _ in found if s != "note"})) or "nothing"))
    return sorted(set(out))


class Corpus(unittest.TestCase):
    def test_cases(self):
        if not CASES.exists():
            skip("EPUBCheck's cases are not here")
        rows, _ = judged()
        alarms = {(case, one, message) for case, kind, _, found in rows if kind == "valid" for one, severity, message in found if severity != "note"}
        self.assertEqual(sorted(alarms), [], "false alarms")
        listed = [line for line in EXPECTED.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        self.assertEqual(missed(rows), listed)
        bad = [row for row in rows if row[1] != "valid"]
        self.assertGreater(len(bad), 100)
        self.assertGreaterEqual(1 - len(listed) / len(bad), 0.9)


if __name__ == "__main__":
    if "--measure" in sys.argv:
        rows, absent = judged()
        for case, kind, ids, found in rows:
            extra = sorted({(one, message) for one, severity, message in found if severity != "note" and one not in ids})
            if extra:
                print("ALARM" if kind == "valid" else "extra", case, sorted(ids), extra)
        for line in missed(rows):
            print("MISSED", line)
        bad = [row for row in rows if row[1] != "valid"]
        print("%d valid, %d faulty, %d missed; %d cases are not in the corpus" % (len(rows) - len(bad), len(bad), len(missed(rows)), absent))
    elif "--update" in sys.argv:
        comments = [line for line in EXPECTED.read_text(encoding="utf-8").splitlines() if line.startswith("#")] if EXPECTED.exists() else []
        EXPECTED.write_text("\n".join(comments + missed(judged()[0])) + "\n", encoding="utf-8")
    else:
        unittest.main()
