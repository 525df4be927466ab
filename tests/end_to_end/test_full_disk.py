"""A disk that is full at any point leaves every old file as it was: PDF, e-book, web pages, certificates, manifest."""
import os
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
from support import PROGRAM, BookTest, main

BOOK = """title: A full disk
language: en
date: 2026-01-02
contents: [a.md, b.md]
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
        return self.folder / "b"

    def build_within(self, book, most):
        """No file may grow beyond `most` bytes: a write beyond them fails as it does on a full disk."""
        def limits():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        return subprocess.run([PROGRAM, "build", str(book), "-o", str(self.out), "--quiet", "--jobs", "1"], preexec_fn=limits,
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
        # Every step, and the last byte of each of the files: there its own finishing fails and not a larger one's beginning.
        points = sorted({*range(0, largest, STEP), *(len(data) - 200 for data in old.values())})
        self.assertGreater(len(points), 12)
        failed = set()
        for most in points:
            result = self.build_within(book, most)
            self.assertEqual(result.returncode, 3, "%d bytes: %s" % (most, result.stderr))
            self.assertRegex(result.stderr, r"bifolio: .*(cannot|could not) .*write|File too large")
            now = self.tree()
            self.assertEqual(set(now), set(old))  # nothing is left lying about
            changed = {name for name in old if now[name] != old[name]}
            # Editions that were in place before are new as a whole; of the one that failed nothing is.
            for edition in ("paper", "locked", "reader", "web"):
                own = {name for name in old if name.startswith(edition + "/")}
                new = {name for name in changed if name.startswith(edition + "/")}
                if new:
                    self.assertTrue(any(name.endswith("certificate.json") for name in new), (most, sorted(new)))
                else:
                    failed.add(edition)
                for name in own:
                    self.assertGreater(len(now[name]), 100)
            self.assertNotIn("manifest.json", changed)  # it names only what a whole run has made
            for name in changed:
                (self.out / name).write_bytes(old[name])
        self.assertEqual(failed, {"paper", "locked", "reader", "web"})
        self.assertEqual(self.build_within(book, 1 << 30).returncode, 0)
        self.assertNotEqual(self.tree()["manifest.json"], old["manifest.json"])


if __name__ == "__main__":
    main()
