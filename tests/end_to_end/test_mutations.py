"""Finished e-books and web editions are spoilt by seeds, as a file is spoilt by whoever saves it anew, and compared with their book
by the command: each mutation is told, and those of the book's own text with the line that it is written on. PDFs: test_proof.py."""
import json
import os
import random
import re
import shutil
import zipfile

from PIL import Image

from support import ALL, BookTest, bifolio, main

BOOK = """title: A book
language: en-GB
date: 2026-01-02
contents:
  - part: First
    articles: [sleep.md, rest.md]
  - part: Second
    articles: [walk.md, food.md]
editions:
  print: {format: pdf, page: A6}
  ebook: {format: epub}
  web: {format: html}
"""
BODY = """# %(title)s

## Why %(word)s helps

Most adults need ≥ %(number)d hours of *%(word)s* each week.[^n] Ask about **%(word)s** first, and see [%(other)s](%(other)s.md).

- in a dark %(word)s
- in a quiet %(word)s, for %(number)d minutes

| When %(word)s | How much |
|---|--:|
| at %(word)s morning | %(number)d mg |
| at %(word)s night | 1%(number)d mg |

### More of %(word)s

> The %(word)s is half of it.[^m]

![A square of %(word)s](%(colour)s.png)

And <abbr title="National %(word)s Service">N%(number)dS</abbr> says so.

[^n]: Some need %(number)d more %(word)s.
[^m]: But not the %(word)s of others.
"""
ARTICLES = {"sleep": ("rest", 7, "red"), "rest": ("walk", 4, "blue"), "walk": ("food", 3, "red"), "food": ("sleep", 5, "blue")}
COUNT = int(os.environ.get("BIFOLIO_MUTATIONS", "1000" if ALL else "200"))


def body_of(text):
    return next((at for at in (text.find("<body"), text.find("<navMap")) if at >= 0), 0)


def characters(text):
    """Where the characters that are compared stand, those of entities as one."""
    found, pattern = [], re.compile(r"<[^>]*>|&[^;]+;|\S")
    for one in pattern.finditer(text, body_of(text)):
        if not one[0].startswith("<") and not in_script(text, one.start()):
            found.append(one.span())
    return found


def in_script(text, at):
    return text.rfind("<script", 0, at) > text.rfind("</script>", 0, at)


def of_character(text, how, random_):
    places = characters(text)
    which = random_.randrange(len(places) - 1)
    (begin, end), (next_begin, next_end) = places[which], places[which + 1]
    one, other = text[begin:end], text[next_begin:next_end]
    if how == "drop":
        return text[:begin] + text[end:]
    if how == "double":
        return text[:end] + one + text[end:]
    if how == "swap":
        return text[:begin] + other + text[end:next_begin] + one + text[next_end:]
    return text[:begin] + ("x" if one != "x" else "y") + text[end:]


def elements(text, tag):
    """Of elements that hold no other of their name: where each begins and ends."""
    pattern = re.compile(r"<%s(?=[ >])(?:(?!<%s[ >]).)*?</%s>" % (tag, tag, tag), re.DOTALL)
    return [one.span() for one in pattern.finditer(text, body_of(text))]


def of_element(tag):
    def spoilt(text, how, random_):
        places = elements(text, tag)
        if not places:
            return None
        which = random_.randrange(len(places))
        begin, end = places[which]
        if how == "drop":
            return text[:begin] + text[end:]
        if how == "double":
            return text[:end] + text[begin:end] + text[end:]
        if which + 1 == len(places) or how == "alter":
            return None
        next_begin, next_end = places[which + 1]
        return text[:begin] + text[next_begin:next_end] + text[end:next_begin] + text[begin:end] + text[next_end:]
    spoilt.__name__ = "of_" + tag
    return spoilt


def of_attribute(text, how, random_):
    """Not of those that may be called anything: names of places, and the numbers that only count them."""
    pattern = re.compile(r' (?!id=|aria-labelledby=|aria-details=|playOrder=|type=|value=|xmlns)([\w:-]+)="([^"]+)"')
    places = [one for one in pattern.finditer(text, body_of(text)) if not in_script(text, one.start())]
    if not places or how not in ("drop", "alter"):
        return None
    one = random_.choice(places)
    if how == "drop":
        return text[:one.start()] + text[one.end():]
    at = random_.randrange(one.start(2), one.end(2))
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1:]


HOWS = ("drop", "double", "swap", "alter")
OF_TEXT = [of_character, of_character, of_character, of_element("p"), of_element("td"), of_element("tr"), of_element("li"),
           of_element("aside"), of_element("h2"), of_element("a"), of_element("em"), of_element("table"), of_attribute]
OF_NAVIGATION = [of_character, of_element("a"), of_element("li"), of_attribute]
OF_NCX = [of_character, of_element("navPoint"), of_element("pageTarget"), of_element("text"), of_attribute]


def of_itemref(text, how, random_):
    places = [one.span() for one in re.finditer(r"<itemref [^>]*/>", text)]
    which = random_.randrange(len(places) - 1)
    (begin, end), (next_begin, next_end) = places[which:which + 2]
    if how == "drop":
        return text[:begin] + text[end:]
    if how == "double":
        return text[:end] + text[begin:end] + text[end:]
    if how == "swap":
        return text[:begin] + text[next_begin:next_end] + text[end:next_begin] + text[begin:end] + text[next_end:]
    return text[:end - 2] + ' linear="no"' + text[end - 2:]


OF_PACKAGE = [of_itemref]


def spoilt(files, seed):
    """One of the files with one mutation: its name, its text, what was done; what changes nothing that is said is made anew."""
    random_ = random.Random(seed)
    how = HOWS[seed % len(HOWS)]
    while True:
        name = random_.choice(sorted(files))
        of = (OF_NAVIGATION if name.endswith("nav.xhtml") else OF_NCX if name.endswith(".ncx") else OF_PACKAGE if name.endswith(".opf")
              else OF_TEXT)
        make = random_.choice(of)
        text = make(files[name], how, random_)
        if text is not None and said(text) != said(files[name]):
            return name, text, "%s %s %s, seed %d" % (name, make.__name__, how, seed)


def said(text):
    """What no reader takes for the same: without the names of places, and white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r' (id|playOrder)="[^"]*"', "", text))


class MutationsByCommand(BookTest):
    def setUp(self):
        super().setUp()
        self.book = self.folder / "book"
        self.write("book/book.yaml", BOOK)
        for name, (other, number, colour) in ARTICLES.items():
            self.write("book/%s.md" % name, BODY % {"title": name.title(), "word": name, "other": other, "number": number, "colour": colour})
        for name, colour in (("red", (200, 30, 30)), ("blue", (30, 30, 200))):
            Image.new("RGB", (6, 6), colour).save(self.book / (name + ".png"))
        self.build(self.book, "-q")

    def told(self, paths):
        """{path: its differences}, of the command, which finds fault."""
        out = {}
        for first in range(0, len(paths), 50):
            result = bifolio("verify", "--against", self.book, "--format", "json", *paths[first:first + 50])
            self.assertEqual(result.returncode, 1, result.stdout[-500:] + result.stderr[-2000:])
            out.update({row["file"]: row for row in json.loads(result.stdout)["files"]})
        return out

    def check(self, mutated):
        rows = self.told(sorted(mutated))
        escaped = [what for path, what in mutated.items() if rows[path]["passes"] or not rows[path]["differences"]]
        self.assertEqual(escaped, [])
        placed = 0
        for path, what in mutated.items():
            places = [(one["file"], one["line"]) for one in rows[path]["differences"] if "file" in one]
            placed += len(places) > 0  # what was added, an entry or a document, stands in no source
            for name, line in places:
                text = (self.book / name).read_text().splitlines()[line - 1]
                self.assertTrue(text.strip(), (what, name, line))
            own = re.search(r"(\w+)\.x?html of_(?:td|tr|em|h2|table|aside) (?:drop|swap)", what)
            if own and own[1] in ARTICLES:
                self.assertIn(own[1] + ".md", [name for name, line in places], (what, rows[path]))
        self.assertGreater(placed, len(mutated) // 2)

    def test_of_an_e_book(self):
        source = self.outputs(".epub")[0]
        with zipfile.ZipFile(source) as archive:
            members = {one.filename: archive.read(one) for one in archive.infolist()}
        files = {name: data.decode("utf-8") for name, data in members.items()
                 if name.endswith((".xhtml", ".ncx", ".opf")) and not name.endswith("cover.xhtml")}
        self.assertIn("pageTarget", files["OEBPS/toc.ncx"])
        mutated = {}
        for seed in range(COUNT):
            name, text, what = spoilt(files, seed)
            path = self.folder / ("mutated-%d" % seed) / source.name
            path.parent.mkdir()
            with zipfile.ZipFile(path, "w") as archive:
                for member, data in members.items():
                    archive.writestr(member, text if member == name else data,
                                     zipfile.ZIP_STORED if member == "mimetype" else zipfile.ZIP_DEFLATED)
            mutated[str(path)] = what
        self.check(mutated)

    def test_of_a_web_edition(self):
        source = self.out / "web"
        files = {one.name: one.read_text() for one in source.iterdir() if one.suffix == ".html"}
        mutated = {}
        for seed in range(COUNT):
            name, text, what = spoilt(files, seed)
            path = self.folder / ("mutated-%d" % seed)
            shutil.copytree(source, path)
            (path / name).write_text(text)
            mutated[str(path)] = what
        pages = sorted(set(files) - {"index.html"})
        for which, (one, other) in enumerate(zip(pages, pages[1:])):  # pages: lost, exchanged, doubled
            path = self.folder / ("pages-%d" % which)
            shutil.copytree(source, path)
            if which % 3 == 0:
                (path / one).unlink()
            else:
                (path / one).write_text(files[other])
                if which % 3 == 1:
                    (path / other).write_text(files[one])
            mutated[str(path)] = "page %s, case %d" % (one, which % 3)
        self.check(mutated)


if __name__ == "__main__":
    main()
