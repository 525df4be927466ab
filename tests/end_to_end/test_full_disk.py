"""A disk that is full at any point leaves every old file as it was: PDF, e-book, web pages, certificates, manifest."""
import os
import re
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
from support import PROGRAM, BookTest, main

BOOK = """title: A full disk
language: en
date: 2026-01-02
contents: [a.md, b.md, c.md]
editions:
  paper: {format: [pdf], page: A5}
  locked: {format: [pdf], page: A5, encrypt: {owner-password: open}}
  reader: {format: [epub]}
  web: {format: [html]}
"""
STEP = 4096


class AFullDisk(BookTest):
    def book(self, word):
        self.write("b/book.yaml", BOOK)
        for name in "ab":
            self.write("b/%s.md" % name, "---\ntitle: Article %s\n---\n%s\n" % (name, ("A sentence that is %s. " % word) * 40))
        # A hundred warnings, each of which the manifest repeats: it is larger than an e-book then.
        self.write("b/c.md", "---\ntitle: Levels\n---\n" + "## %s\n\n#### %s\n\n" % (word, word) * 100)
        return self.folder / "b"

    def build_within(self, book, most, *options):
        """No file may grow beyond `most` bytes: a write beyond them fails as it does on a full disk."""
        def limits():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return subprocess.run([PROGRAM, "build", str(book), "-o", str(self.out), "--quiet", "--jobs", "1", *options], preexec_fn=limits,
                              capture_output=True, text=True, timeout=120)

    def tree(self):
        return {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}

    def test_leaves_the_old_files_at_every_4_kib_and_says_why(self):
        self.build(self.book("old"))
        old = self.tree()
        kinds = {os.path.splitext(name)[1] for name in old}
        self.assertEqual(kinds, {".pdf", ".epub", ".html", ".json"})
        self.assertEqual(sum(name.endswith("certificate.json") for name in old), 4)
        book = self.book("new")
        largest = max(map(len, old.values()))
        runs = [(most, ()) for most in range(0, largest, STEP)]
        self.assertGreater(len(runs), 5)
        # Each edition alone, so that each is the first to fail, and then the manifest alone.
        size = lambda name: max(len(data) for path, data in old.items() if path.startswith(name))
        runs += [(size(edition + "/") // 2, ("-e", edition)) for edition in ("paper", "locked", "reader", "web")]
        runs.append((size("manifest.json") - 8000, ("-e", "reader")))
        failed = set()
        for most, options in runs:
            result = self.build_within(book, most, *options)
            self.assertEqual(result.returncode, 3, "%d bytes: %s" % (most, result.stderr))
            self.assertRegex(result.stderr, r"bifolio: .*(cannot|could not) .*write|File too large")
            now = self.tree()
            self.assertEqual(set(now), set(old))  # nothing is left lying about
            self.assertEqual([name for name in old if now[name] != old[name]], [])  # all of the run, or nothing of it
            failed.update(re.findall(r"/out/\.?(\w+)", result.stderr))
        self.assertEqual(failed, {"paper", "locked", "reader", "web", "manifest"})
        self.assertEqual(self.build_within(book, 1 << 30).returncode, 0)
        new = self.tree()
        self.assertEqual([name for name in old if new[name] == old[name]], [])


if __name__ == "__main__":
    main()
