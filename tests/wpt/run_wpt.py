"""The CSS reference tests (web-platform-tests) against the page layout.

Each page that names a reference page (<link rel=match>) is typeset, and so is its reference; the finished pages must look the
same. expected.txt lists every file: pass, fail or n/a (not applicable: with what it needs that a printed page does not have). A
listed pass that fails is an error; so is a file that is not listed.

  WPT_LAYOUT=build/release/bin/wpt_layout tests/wpt/run_wpt.py [--all] [--update] [TEST…]

--all: every file (also BIFOLIO_TEST_ALL=1); else a fixed sample. --update: writes expected.txt as the tests came out; reasons
behind a failure that stays are kept. TEST: only these, with what the layout had to say; their pictures stay in a folder.
"""
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SUITE = ROOT.parent / "shared/corpus/css/wpt"
FOLDERS = ["css-gcpm", "css-lists", "css-page", "css-tables", "css-text"]
EXPECTED = HERE / "expected.txt"
LAYOUT = os.environ.get("WPT_LAYOUT", str(ROOT / "build/release/bin/wpt_layout"))

# What DESIGN.md leaves out, by what gives it away in a page. Checked in this order; the first is the reason.
MISSING = [
    ("testharness.js reads values that a script computes", r"testharness\.js"),
    ("scripts", r"<script|onload="),
    ("positioned layout", r"position\s*:\s*(absolute|fixed|sticky|relative)"),
    ("vertical writing modes", r"writing-mode\s*:\s*(vertical|sideways|tb)"),
    ("flex and grid layout", r"display\s*:\s*(inline-)?(flex|grid)"),
    ("transforms", r"(transform|perspective|will-change|filter)\s*:"),
    ("box-shadow", r"box-shadow"),
    ("outline", r"outline(-\w+)?\s*:"),
    ("pictures drawn by scripts and form controls", r"<(canvas|input|select|textarea|button|iframe|video|object|fieldset|details)\b"),
    ("editable text", r"contenteditable"),
]


def tests():
    """All files of the suite that are no references, as paths below css/."""
    found = []
    for folder in FOLDERS:
        for path in sorted((SUITE / "css" / folder).rglob("*")):
            if path.suffix not in (".html", ".xht", ".htm", ".xhtml"):
                continue
            below = path.relative_to(SUITE / "css")
            if {"reference", "support", "tools"} & set(below.parts) or re.search(r"-(not)?ref(-|\d|\.|$)", path.stem + "."):
                continue
            found.append(str(below))
    return found


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


def without_comments(page):
    return re.sub(r"<!--.*?-->|/\*.*?\*/", "", page, flags=re.S)


def references_of(page):
    """Where there are several, one of them must look the same."""
    links = [link for link in re.findall(r"<link\b[^>]*>", page) if re.search(r"rel=[\"']?match\b", link)]
    return [re.search(r"href=[\"']?([^\"'\s>]+)", link).group(1) for link in links]


def needs(test):
    """Why a file cannot be held against the layout; None: it can."""
    path = SUITE / "css" / test
    page = text_of(path)
    plain = without_comments(page)
    if re.search(r"testharness\.js", plain):
        return MISSING[0][0]
    crash = "crash" in path.stem or "crashtests" in path.parts
    references = references_of(plain)
    if not references and not crash:
        if re.search(r"rel=[\"']?mismatch", plain):
            return "a reference that must differ"
        return "judged by eye: no reference page"
    pages = [plain]
    for reference in references:
        if (path.parent / reference).exists():
            pages.append(without_comments(text_of(path.parent / reference)))
    for one in pages:
        for reason, pattern in MISSING:
            if re.search(pattern, one, re.I):
                return reason
    return None


def reference_pages(test, folder):
    """The references at hand. The suite's shared squares are not in the corpus: made of the test's own first sentence."""
    path = SUITE / "css" / test
    page = without_comments(text_of(path))
    known = []
    for reference in references_of(page):
        square = re.search(r"ref-filled-green-(\d+)px-square", reference)
        if (path.parent / reference).exists():
            known.append(path.parent / reference)
        elif square:
            sentence = re.search(r"<p\b.*?(</p>|(?=<div|<table|<style))", page, re.S)
            made = folder / "reference.html"
            made.write_text("<!DOCTYPE html><body>" + (sentence.group(0) if sentence else "") +
                            '<div style="width:%spx;height:%spx;background:green"></div>' % (square.group(1), square.group(1)),
                            encoding="utf-8")
            known.append(made)
    return known


def typeset(pairs):
    arguments = [LAYOUT, str(HERE / "browser.css"), str(SUITE / "fonts/Ahem.ttf")]
    for page, out in pairs:
        arguments += [str(page), str(out)]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60)


def picture(pdf):
    """All pages at 96 dots per inch, hard edges: [(width, height, bytes)]."""
    subprocess.run(["pdftoppm", "-r", "96", "-aa", "no", "-aaVector", "no", str(pdf), str(pdf.with_suffix(""))], check=True)
    pages = []
    for path in sorted(pdf.parent.glob(pdf.stem + "-*.ppm")):
        data = path.read_bytes()
        head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", data)
        pages.append((int(head.group(1)), int(head.group(2)), data[head.end():]))
    return pages


def looks_like(one, other):
    """Equal but for edges that lie a pixel aside: each pixel has its colour in the other picture within one pixel."""
    if len(one) != len(other):
        return "%d pages, the reference %d" % (len(one), len(other))
    for number, ((width, height, a), (other_width, other_height, b)) in enumerate(zip(one, other), 1):
        if (width, height) != (other_width, other_height):
            return "a page of another size"
        for left, right in ((a, b), (b, a)):
            place = first_odd_pixel(left, right, width, height)
            if place:
                return "page %d differs at %d, %d" % ((number,) + place)
    return None


def first_odd_pixel(a, b, width, height):
    row = width * 3
    for y in range(height):
        line = a[y * row:(y + 1) * row]
        if line == b[y * row:(y + 1) * row]:
            continue
        near = [b[k * row:(k + 1) * row] for k in range(max(y - 1, 0), min(y + 2, height))]
        for x in range(width):
            pixel = line[3 * x:3 * x + 3]
            if pixel == near[min(y, 1)][3 * x:3 * x + 3]:
                continue
            if not any(close(pixel, other[3 * k:3 * k + 3]) for other in near for k in range(max(x - 1, 0), min(x + 2, width))):
                return x, y
    return None


def close(a, b):
    return all(abs(one - other) < 12 for one, other in zip(a, b))


def run(test, folder, aloud):
    """(verdict, reason)."""
    reason = needs(test)
    if reason:
        return "n/a", reason
    page = SUITE / "css" / test
    references = reference_pages(test, folder)
    only_no_crash = not references_of(without_comments(text_of(page)))
    if not references and not only_no_crash:
        return "n/a", "the reference page is not in the corpus"
    ours = folder / "test.pdf"
    theirs = [folder / ("reference%d.pdf" % number) for number in range(len(references))]
    done = typeset([(page, ours)] + list(zip(references, theirs)))
    if done.returncode != 0:
        return "fail", "the layout ended with %d" % done.returncode
    if aloud:
        print(done.stdout, end="")
    if only_no_crash:
        return "pass", ""
    own = picture(ours)
    differences = [looks_like(own, picture(one)) for one in theirs]
    if aloud:
        print(differences)
    return ("pass", "") if None in differences else ("fail", "")


def read_expected():
    expected = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines() if EXPECTED.exists() else []:
        if line and not line.startswith("#"):
            verdict, test, *reason = line.split(" ", 2)
            expected[test] = (verdict, reason[0] if reason else "")
    return expected


def write_expected(results):
    counts = table(results)
    lines = ["# Every file of the CSS reference tests: verdict, path, reason. Written by run_wpt.py --update."]
    lines += ["# " + line for line in counts]
    lines += [" ".join(filter(None, (verdict, test, reason))) for test, (verdict, reason) in sorted(results.items())]
    EXPECTED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(results):
    counts = {folder: Counter() for folder in FOLDERS}
    for test, (verdict, _) in results.items():
        counts[test.split("/")[0]][verdict] += 1
    lines = []
    for folder, count in list(counts.items()) + [("all", sum(counts.values(), Counter()))]:
        applicable = count["pass"] + count["fail"]
        share = " (%d %% of what applies)" % (100 * count["pass"] // applicable) if applicable else ""
        lines.append("%s: pass %d, fail %d, n/a %d%s" % (folder, count["pass"], count["fail"], count["n/a"], share))
    return lines


def main():
    if not SUITE.is_dir():
        print("SKIPPED: no CSS reference tests at " + str(SUITE))
        return 0
    if subprocess.run(["sh", "-c", "command -v pdftoppm"], capture_output=True).returncode != 0:
        print("SKIPPED: pdftoppm is not installed")
        return 0
    chosen = [one for one in sys.argv[1:] if not one.startswith("--")]
    expected, names = read_expected(), chosen or tests()
    results, broken = {}, []
    with tempfile.TemporaryDirectory() as scratch:
        if chosen:
            scratch = tempfile.mkdtemp(prefix="wpt-")
            print("pictures in " + scratch)
        for test in names:
            folder = Path(scratch) / test.replace("/", "_")
            folder.mkdir()
            results[test] = run(test, folder, bool(chosen))
            verdict, known = results[test][0], expected.get(test)
            if known is None:
                broken.append("%s is not in the list" % test)
            elif verdict != known[0] and known[0] != "fail":
                broken.append("%s: expected %s, came out as %s %s" % (test, known[0], *results[test]))
            elif verdict == "pass" and known[0] == "fail":
                print("passes now: %s (run with --update)" % test)
            elif verdict == "fail" and known[0] == "fail" and known[1]:
                results[test] = (verdict, known[1])
    if "--update" in sys.argv and not chosen:
        write_expected(results)
        broken = []
    if chosen:
        for test, result in results.items():
            print(test, *result)
    print("\n".join(table(results)))
    for line in broken:
        print("WRONG: " + line)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
