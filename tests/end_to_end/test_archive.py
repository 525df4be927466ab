"""PDF/A-2 and PDF/X-4: what bifolio writes keeps them, and one fault after the other, seeded in its files, is found by its rule."""
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from support import JUDGES, ROOT, SHARED, BookTest, bifolio, main, skip

try:
    import pikepdf
    from pikepdf import Dictionary, Name, String
except ImportError:
    print("SKIPPED: python3-pikepdf is not installed")
    sys.exit(0)

import archive_faults as faults
import archive_variants as variants

PROFILES = (Path("/usr/local/share/color/icc/ISOcoated_v2_300_bas.icc"), Path("/usr/share/color/icc/ISOcoated_v2_300_bas.icc"))
CHECKER = SHARED / "tools" / "pdfax_check.py"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082")
PLAN = """title: Sleep and pain
language: en
date: 2026-01-02
contents: [a.md]
editions:
  screen: {format: [pdf], page: A5}
  press: {format: [pdf], page: A5, conformance: [PDF/X-4, PDF/UA-1, PDF/A-2a], press: {marks: none}}
"""
ARTICLE = """---
title: Sleeping with pain
---

Most people who live with pain sleep badly at times. See [the clinic](https://example.org/sleep) and [what helps](#helps).

## What helps {#helps}

| Day | Dose |
|---|--:|
| Monday | 5 mg |

![A bed beside a window](bed.png){width=40%}
"""


def verdict(file, *standards):
    result = bifolio("verify", "--format", "json", *(option for one in standards for option in ("--standard", one)), file)
    return json.loads(result.stdout)[0]


def rules():
    """Number → whether it is checked."""
    out, last = {}, None
    for line in bifolio("verify", "--rules").stdout.splitlines():
        if found := re.match(r"  ((?:A2|X4) \S+)  ", line):
            last = found.group(1)
            out[last] = True
        elif last and "not checked:" in line:
            out[last] = False
    return out


class Archive(BookTest):
    def editions(self):
        if not any(path.exists() for path in PROFILES):
            skip("the profile of FOGRA39 is not installed (scripts/setup-profiles)")
        self.write("b/book.yaml", PLAN)
        self.write("b/a.md", ARTICLE)
        self.write("b/bed.png", PNG)
        self.build(self.folder / "b")
        return {pdf.parent.name: pdf for pdf in self.outputs(".pdf")}

    def theirs(self, files):
        """What pdfax_check.py says of each of the files, whose values are what is expected of it: whether it finds anything. One that it
        breaks down over has no verdict."""
        if not CHECKER.exists():
            return {}

        def judge(file):
            options = ["--a2", "a"] if file.name.startswith("A2") else ["--x4"]
            if files[file] == faults.BY_A2:
                options = ["--a2", "a", "--x4"]
            result = subprocess.run(["/usr/bin/python3", str(CHECKER), *options, str(file)], capture_output=True, text=True)
            return None if "Traceback" in result.stderr or result.returncode == 2 else result.returncode == 1

        with ThreadPoolExecutor(2) as pool:
            verdicts = dict(zip(files, pool.map(judge, files)))
        return {file: found for file, found in verdicts.items() if found is not None}

    def seeded(self, good):
        """Each file with its fault: rules, path, what pdfax_check.py is expected to say."""
        for number, (names, edition, change, theirs) in enumerate(faults.PDF + faults.RAW):
            family = names.split()[0]
            if theirs == faults.COUNT and not JUDGES:
                continue  # millions of objects: too many for a program with sanitizers
            path = self.folder / ("%s-%03d.pdf" % (family, number))
            with pikepdf.open(good[edition]) as pdf:
                if number < len(faults.PDF):
                    change(pdf)
                else:
                    faults.hexadecimal(pdf)
                pdf.save(path, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=pikepdf.StreamDecodeLevel.none,
                         compress_streams=False)
            if number >= len(faults.PDF):
                path.write_bytes(change(path.read_bytes()))
            yield {"%s %s" % (family, name) for name in names.split()[1:]}, path, theirs

    def test_each_seeded_fault_is_found_by_its_rule_alone(self):
        good = self.editions()
        for edition, standards in (("screen", ["pdf/a-2a"]), ("press", ["pdf/a-2a", "pdf/x-4"])):
            with pikepdf.open(good[edition]) as pdf:  # what is not changed passes, also when pikepdf has written it anew
                faults.hexadecimal(pdf)
                pdf.save(self.folder / (edition + ".pdf"), object_stream_mode=pikepdf.ObjectStreamMode.disable)
            for file in (good[edition], self.folder / (edition + ".pdf")):
                report = verdict(file, *standards)
                self.assertEqual((report["passes"], report["findings"]), (True, []), file)
        found_by = set()
        expected = {}
        for wanted, path, theirs in self.seeded(good):
            with self.subTest(rules=wanted, file=path.name):
                report = verdict(path, "pdf/a-2a" if path.name.startswith("A2") else "pdf/x-4")
                found = {rule for rule in report.get("counts", {}) if not rule.startswith("PDF ")}
                self.assertEqual(found, wanted, report)
            found_by |= wanted
            expected[path] = theirs
        checked = {rule for rule, is_checked in rules().items() if is_checked}
        left_out = {"%s %s" % (names.split()[0], name) for names, _, _, theirs in faults.PDF + faults.RAW if theirs == faults.COUNT for name in names.split()[1:]}
        self.assertEqual(sorted(checked - found_by - (set() if JUDGES else left_out)), [], "rules without a seeded fault")
        theirs = self.theirs({file: one for file, one in expected.items() if one != faults.COUNT})
        disagreements = [(path.name, expected[path]) for path in theirs if theirs[path] != (expected[path] in (True, faults.BY_A2))]
        self.assertEqual(disagreements, [], "pdfax_check.py judges otherwise than the table says")

    def test_each_variant_of_a_condition_has_its_verdict(self):
        good = self.editions()
        for number, (edition, (what, wanted, change)) in enumerate([("screen", one) for one in variants.SCREEN] + [("press", one) for one in variants.PRESS]):
            path = self.folder / ("variant-%d.pdf" % number)
            with self.subTest(what, wanted=wanted):
                with pikepdf.open(good[edition]) as pdf:
                    change(pdf)
                    pdf.save(path, fix_metadata_version=False, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
                report = verdict(path, "pdf/a-2b")
                self.assertEqual(set(report["counts"]), {"A2 " + rule for rule in wanted.split()}, report["findings"][:3])

    def test_what_only_looks_like_a_fault_is_none(self):
        good = self.editions()
        for number, (what, edition, change) in enumerate(faults.ALLOWED):
            with self.subTest(what), pikepdf.open(good[edition]) as pdf:
                change(pdf)
                path = self.folder / ("allowed-%d.pdf" % number)
                pdf.save(path, fix_metadata_version=False)
                self.assertEqual(verdict(path, "pdf/a-2a")["findings"], [])

    def test_encryption_is_refused(self):
        good = self.editions()
        with pikepdf.open(good["press"]) as pdf:
            pdf.save(self.folder / "closed.pdf", encryption=pikepdf.Encryption(owner="x", user="", R=6))
        report = verdict(self.folder / "closed.pdf", "pdf/a-2b", "pdf/x-4")
        self.assertIn("A2 6.1.3-2", report["counts"])
        self.assertIn("X4 FILE-4", report["counts"])

    def test_levels_ask_for_more_and_more(self):
        good = self.editions()["screen"]
        with pikepdf.open(good) as pdf:
            del pdf.Root["/StructTreeRoot"]
            pdf.save(self.folder / "u.pdf")
            faults.each_font(lambda pdf, font: font.__delitem__("/ToUnicode"), "/Type0")(pdf)
            pdf.save(self.folder / "b.pdf")
        for file, passed in (("u.pdf", "bu"), ("b.pdf", "b")):
            for level in "bua":
                report = verdict(self.folder / file, "pdf/a-2" + level)
                self.assertEqual(report["passes"], level in passed, (file, level, report["counts"]))

    def test_all_editions_of_the_sample_book_keep_what_they_claim(self):
        self.build(ROOT / "book", "--no-proof")
        files = self.outputs(".pdf")
        self.assertGreater(len(files), 4)
        for file in files:
            report = verdict(file)
            self.assertIn("PDF/A-2a", report["standards"], file)
            self.assertEqual(report["findings"], [], file)
        self.judge_pdf(*files)

    def test_a_file_in_a_file_is_verified_too(self):
        good = self.editions()["screen"]
        data = good.read_bytes()
        with pikepdf.open(good) as pdf:
            faults.embedded(data)(pdf)
            pdf.save(self.folder / "holds-good.pdf")
        self.assertTrue(verdict(self.folder / "holds-good.pdf", "pdf/a-2a")["passes"])
        with pikepdf.open(good) as pdf:
            faults.embedded(data.replace(b"%PDF-1.", b"%PDF-9.", 1))(pdf)
            pdf.save(self.folder / "holds-bad.pdf")
        self.assertIn("A2 6.8-5", verdict(self.folder / "holds-bad.pdf", "pdf/a-2a")["counts"])

    def test_a_file_of_part_1_in_a_file_is_held_to_what_both_parts_ask(self):
        good = self.editions()["screen"]
        for name, spoil, passes in (("good", lambda pdf: None, True), ("bad", faults.root("/AA", Dictionary()), False),
                                    ("other", faults.page("/PresSteps", Dictionary()), True)):
            with pikepdf.open(good) as pdf:
                faults.metadata(lambda packet: packet.replace(b"pdfaid:part>2", b"pdfaid:part>1").replace(b'pdfaid:part="2"', b'pdfaid:part="1"'))(pdf)
                spoil(pdf)
                pdf.save(self.folder / "inner.pdf", fix_metadata_version=False)
            with pikepdf.open(good) as pdf:
                faults.embedded((self.folder / "inner.pdf").read_bytes())(pdf)
                pdf.save(self.folder / "outer.pdf")
            self.assertEqual(verdict(self.folder / "outer.pdf", "pdf/a-2a")["passes"], passes, name)


if __name__ == "__main__":
    main()
