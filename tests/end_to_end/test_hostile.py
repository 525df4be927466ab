"""Hostile input: every sample ends in bounded time and memory with an exit code of ours, never a crash or a hang."""
import json
import resource
import subprocess
import sys
import unittest
from pathlib import Path

from support import PROGRAM, BookTest, corpus, main

SECONDS = 60
SANITIZED = "sanitize" in PROGRAM
MEMORY = 3 << 30


def limits():
    if not SANITIZED:  # the sanitizers reserve terabytes of addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class Hostile(BookTest):
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
                self.write("book/book.yaml", "title: T\nlanguage: en\ncontents: [a.md]\neditions: {e: {format: [pdf, epub], styles: [hostile.css]}}\n")
                self.write("book/a.md", "Text.\n")
            elif sample.suffix in (".svg", ".png", ".jpg", ".jpeg", ".webp"):
                (self.folder / "book").mkdir(exist_ok=True)
                (self.folder / "book" / ("p" + sample.suffix)).write_bytes(sample.read_bytes())
                self.write("book/a.md", "Text ![words](p%s)\n" % sample.suffix)
            else:
                self.write("book/a" + (sample.suffix if sample.suffix != ".txt" else ".md"), sample.read_bytes())
            with self.subTest(sample=str(sample.relative_to(samples))):
                result = subprocess.run([PROGRAM, "build", str(book), "-o", str(self.out), "-q", "-j", "1"], capture_output=True, timeout=SECONDS * (6 if SANITIZED else 1),
                                        preexec_fn=limits)
                self.assertIn(result.returncode, (0, 1, 3), result.stderr[-2000:])
                if result.returncode != 0:
                    self.assertNotEqual(result.stderr, b"")
            for path in book.iterdir():
                path.unlink()
            tried += 1
        self.assertGreater(tried, 100)


if __name__ == "__main__":
    main()
