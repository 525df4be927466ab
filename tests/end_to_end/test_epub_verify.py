"""`bifolio verify` on EPUB files: a fault for each rule that matters, what it costs to be lied to, and what is said."""
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile

import epub_faults
from support import ALL, CORPUS, ROOT, BookTest, bifolio, main

ARTICLE = """---
title: Sleep
authors: [Ann Example]
published: 2026-01-05
language: en-GB
summary: How long to sleep.
---

Most adults need *seven* hours.[^n] See [below](#table).

![A bed](media/p.jpg)

## How long {#table}

| Age | Hours |
|-----|-------|
| 20  | 8     |

### More

- one

[^n]: A note.
"""
BOTH = ("--standard", "epub-3.3", "--standard", "epub-accessibility-1.1")


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path, files, stored=("mimetype",), extra=b""):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.extra = extra if name == "mimetype" else b""
            archive.writestr(entry, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return path


def verdicts(*paths, standards=BOTH):
    run = bifolio("verify", "--format", "json", *standards, *paths)
    return run.returncode, json.loads(run.stdout)


class EpubVerify(BookTest):
    maxDiff = None

    def made(self):
        self.write("sleep.md", ARTICLE)
        picture = next(iter(sorted((ROOT / "book").rglob("early-morning.jpg"))))
        self.write("media/p.jpg", picture.read_bytes())
        self.build(self.folder / "sleep.md")
        [epub] = self.outputs(".epub")
        return epub

    def test_each_fault_is_found_by_its_rule_alone(self):
        good = self.made()
        code, [verdict] = verdicts(good)
        self.assertEqual((code, verdict["errors"], verdict["warnings"]), (0, 0, 0), verdict["findings"])
        files = read(good)
        paths = []
        for number, (_, mutate) in enumerate(epub_faults.FAULTS):
            changed = dict(files)
            mutate(changed)
            paths.append(pack(self.folder / ("%d.epub" % number), changed))
        code, results = verdicts(*paths)
        self.assertEqual(code, 1)
        wrong = []
        for (rules, _), result in zip(epub_faults.FAULTS, results):
            expected = {rule if rule.startswith("A11Y") else "EPUB " + rule for rule in re.findall(r"A11Y \S+|\S+", rules)}
            found = {one["rule"] for one in result["findings"] if one["severity"] != "note"}
            if found != expected:
                wrong.append((rules, sorted(found), [one["message"] for one in result["findings"] if one["severity"] != "note"][:3]))
            for one in result["findings"]:
                self.assertTrue(one["cure"].endswith((".", ")")), one)
        self.assertEqual(wrong, [])
        self.assertGreater(len({rules for rules, _ in epub_faults.FAULTS}), 120)

    def test_the_archive_itself(self):
        files = read(self.made())
        order = dict(sorted(files.items()))
        for rule, path in [("EPUB PKG-005", pack(self.folder / "a.epub", files, extra=b"\x99\x99\x00\x00")),
                           ("EPUB PKG-007", pack(self.folder / "b.epub", files, stored=())),
                           ("EPUB PKG-006", pack(self.folder / "c.epub", order))]:
            code, [verdict] = verdicts(path)
            self.assertEqual((code, list(verdict["counts"])), (1, [rule]), verdict["findings"])
        data = bytearray(pack(self.folder / "d.epub", files, stored=files).read_bytes())
        at = data.index(b"\xff\xd8\xff")  # a picture that is not what its checksum says
        data[at + 100] ^= 0xFF
        code, [verdict] = verdicts(self.write("d.epub", bytes(data)))
        self.assertIn("EPUB PKG-008", verdict["counts"])

    def test_a_folder_two_kinds_of_files_and_what_is_said(self):
        epub = self.made()
        folder = self.folder / "unpacked"
        shutil.unpack_archive(epub, folder, "zip")
        [pdf] = self.outputs(".pdf")
        run = bifolio("verify", epub, folder, pdf)
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertEqual(len(re.findall("passes EPUB 3.3", run.stdout)), 2)
        self.assertIn("passes PDF/UA-1", run.stdout)
        (folder / "OEBPS/nav.xhtml").write_text("<html>\n<b></html>")
        run = bifolio("verify", folder)
        self.assertEqual(run.returncode, 1)
        self.assertIn("OEBPS/nav.xhtml:2:", run.stdout)
        self.assertIn("cure: ", run.stdout)
        self.assertEqual(bifolio("verify", "--standard", "epub-3.3", pdf).returncode, 2)
        self.assertEqual(bifolio("verify", self.write("x.epub", b"PK\3\4")).returncode, 3)
        rules = bifolio("verify", "--rules").stdout
        for name in ("EPUB RSC-012", "A11Y PAGE-1", "not checked: colours come together"):
            self.assertIn(name, rules)
        one, many = (bifolio("verify", "-j", jobs, folder, epub).stdout for jobs in (1, 4))
        self.assertEqual(one, many)

    def test_lies_and_noise_end_soon(self):
        whole = self.made().read_bytes()
        chance = random.Random(7)
        paths = []
        for number in range(400 if ALL else 120):
            data = bytearray(whole)
            for _ in range(chance.choice((1, 4, 40))):
                data[chance.randrange(len(data))] = chance.randrange(256)
            if number % 3 == 0:
                data = data[: chance.randrange(len(data))]
            paths.append(self.write("noise/%d.epub" % number, bytes(data)))
        # Noise in what is deflated stops at the checksum; this reaches the documents.
        files = read(self.outputs(".epub")[0])
        for number in range(200 if ALL else 80):
            changed = dict(files)
            name = chance.choice([name for name in files if not name.endswith(".jpg")])
            data = bytearray(files[name])
            for _ in range(chance.choice((1, 3, 20))):
                data[chance.randrange(len(data))] = chance.choice(b"<>/\"'&;#{}=\x00\xff a")
            changed[name] = bytes(data)
            paths.append(pack(self.folder / ("noise/d%d.epub" % number), changed))
        for name, data in {"deep.xhtml": "<a>" * 100000, "laughs.xhtml": "<!DOCTYPE a [<!ENTITY a 'x'>" + "".join(
                "<!ENTITY a%d '%s'>" % (n, ("&a%s;" % ("" if n == 0 else n - 1)) * 20) for n in range(12)) + "]><a>&a11;</a>"}.items():
            changed = dict(files)
            changed["OEBPS/text/sleep.xhtml"] = data.encode()
            paths.append(pack(self.folder / ("noise/" + name + ".epub"), changed))
        run = bifolio("verify", "--format", "json", *BOTH, *paths, timeout=60)
        self.assertIn(run.returncode, (1, 3), run.stderr[-2000:])
        self.assertEqual(len(json.loads(run.stdout)), len(paths))

    def test_the_hostile_corpus(self):
        maker = CORPUS / "hostile/make.py"
        if not maker.exists():
            self.skipTest("the hostile corpus is not here")
        made = self.folder / "hostile"
        subprocess.run([sys.executable, str(maker), str(made)], check=True, capture_output=True, timeout=300)
        archives = [path for path in sorted(made.rglob("*")) if path.is_file() and path.suffix in (".epub", ".zip", ".docx")]
        for path in archives:
            run = bifolio("verify", *BOTH, path, timeout=60)
            self.assertIn(run.returncode, (0, 1, 2, 3), "%s: %s" % (path.name, run.stderr[-500:]))


if __name__ == "__main__":
    main()
