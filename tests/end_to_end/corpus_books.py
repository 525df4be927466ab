"""Books made of the corpus: their articles are copied beside a plan of its own, with every kind of edition that there is. What a book
cannot have (scripts, links to chapters that the corpus lacks) is taken out of the copies."""
import hashlib
import re
import shutil
from datetime import date

from support import ALL, CORPUS, skip

EDITIONS = {
    "print": "{format: [pdf], page: A5, conformance: [PDF/UA-1, PDF/A-2a]}",
    "large": "{format: [pdf], page: A4, interior: large-print}",
    "leaflet": "{format: [pdf, epub], each: EACH, page: {width: 100mm, height: 210mm}}",
    "folded": "{format: [pdf], page: A5, interior: clear, each: EACH, impose: {fold: booklet, sheet: A4}}",
    "press": "{format: [pdf], page: A5, interior: modern, conformance: [PDF/X-4, PDF/UA-1, PDF/A-2a], press: {bleed: 3mm, pictures: PICTURES}}",
    "booklet": "{format: [pdf], page: A5, impose: {fold: booklet, sheet: A4}}",
    "ebook": "{format: [epub], pages-of: print, embed-fonts: true}",
    "web": "{format: [html]}",
}
DESIGNS = ("plain", "band", "frame", "strip", "label")
LANGUAGES = ("ar", "bn", "cy", "en", "gu", "pa", "pl", "ro", "so", "tr", "ur", "zh")
MARKUP = [(r"(?s)<(script|form|iframe|object|svg)\b.*?</\1>", ""), (r"<(?:input|embed)\b[^>]*>", "")]
REPEATED = [(r'<div id="Community"', "<div"), (r' id="(?:td_fixed|col_auto)"', "")]
# name: (language, folder of the corpus, its articles, what is replaced in them, whether they can stand alone)
BOOKS = {"leaflets in " + language: ("en-GB" if language == "en" else language, "health/nhs-app/" + language, ["*.md"], [], True)
         for language in LANGUAGES}
BOOKS |= {
    "patient articles": ("en-US", "health/medquad", ["niddk*.md"], [], True),
    "a blog": ("en", "markdown/articles-jekyll", ["*.md", "*.markdown"], [], True),
    "the specification of CommonMark": ("en", "markdown/commonmark", ["spec.txt"], [], True),
    "the specification of GFM": ("en", "markdown/gfm", ["spec.txt"], [], True),
    "extensions of GFM": ("en", "markdown/gfm", ["extensions.txt"], [], True),
    "tables": ("en", "markdown/gfm-table", ["*.md"], [], True),
    "tables in HTML": ("en", "markdown/gfm-table", ["*.html"], [], True),
    "notes": ("en", "markdown/gfm-footnote", ["*.md"], [(r"\[\^\s*\]|\[\^$", "[^no call"), (r"\]\(b\)", "](https://example.org/b)"),
                                                        (r"(?m)^(\[\d\]:) [abc]$", r"\1 https://example.org/")], True),
    "notes in HTML": ("en", "markdown/gfm-footnote", ["*.html"], [(r' href="(?![#h])[^"]*"', "")], True),
    "Alice": ("en-GB", "html/alice", ["text/*.xhtml"], [], True),
    "Flatland": ("en-GB", "html/flatland", ["text/*.xhtml"], [(r' href="chapter-1\d\.xhtml[^"]*"', "")], False),
    "Kusamakura": ("ja", "html/kusamakura", ["*.xhtml"], [(r'src="\.\./', 'src="')], False),
    "articles from the web": ("en", "html/readability", ["*/expected.html"], [(r' href="#Community"', "")], True),
    "pages from the web": ("en", "html/readability", ["*/source.html"], MARKUP + REPEATED, True),
    "a page of Wikipedia": ("en", "html/readability/wikipedia", ["source.html"], MARKUP + REPEATED, True),
    "a story": ("en", "text/gutenberg", ["1952-0.txt"], [], True),
    "another story": ("en", "text/gutenberg", ["ylwlp10.txt"], [], True),
    "a story in Latin-1": ("en", "text/gutenberg", ["1952.txt"], [], True),
    "licences": ("en", ".", ["html/*/LICENCE*.md", "epub/*/LICENCE*.md"], [], True),
    "sources": ("en", ".", ["*/*/SOURCE.md", "README.md", "html/html5lib/*README.md"], [], True),
    "tables of web-platform-tests": ("en", "css/wpt/css/css-tables", ["*.html"], MARKUP + REPEATED + [(r' src="\.\./', ' src="')], True),
    "pages of web-platform-tests": ("en", "css/wpt/css/css-page", ["*.html"], MARKUP, True),
    "lists of web-platform-tests": ("en", "css/wpt/css/css-lists", ["**/*.html"], MARKUP, True),
    "text of web-platform-tests": ("en", "css/wpt/css/css-text", ["**/*.html"], MARKUP, True),
    "leaders of web-platform-tests": ("en", "css/wpt/css/css-gcpm", ["**/*.html"], MARKUP, True),
    "documents of EPUBCheck": ("en", "epub/epubcheck", ["**/*-valid.xhtml"], MARKUP + [(r' href="(?!https?:)[^"]*"', "")], True),
    "pictures": ("en", "images", ["**/*.png", "**/*.jpg", "**/*.webp", "**/*.gif"], [], True),
}


def turn(name, of):
    """Corpus books rotate: one of `of` a day, all of them with BIFOLIO_TEST_ALL."""
    return ALL or (int(hashlib.sha256(name.encode()).hexdigest(), 16) + date.today().toordinal()) % of == 0


def of_today(names, count):
    """`count` of the names, others each day, all of them with BIFOLIO_TEST_ALL."""
    names = list(names)
    return names if ALL else [names[(date.today().toordinal() * count + i) % len(names)] for i in range(count)]


def picture_article(folder, files):
    lines = ["---", "title: Pictures", "---", ""]
    for number, path in enumerate(files, 1):
        caption = ' "Caption of %s"' % path.name if number % 2 else ""
        lines += ["", "## Part %d" % (number // 12 + 1), ""] if number % 12 == 1 else []
        lines += ["", "![The test picture of number %d](%s%s)" % (number, path.relative_to(folder).as_posix(), caption), ""]
    (folder / "pictures.md").write_text("\n".join(lines), encoding="utf-8")
    return ["pictures.md"]


def make_book(name, folder, editions=EDITIONS):
    """Writes the book into `folder`. Its cover has one design after the other."""
    language, source, patterns, changes, stands_alone = BOOKS[name]
    if not (CORPUS / source).exists():
        skip("the corpus folder %s is not here" % source)
    files = []
    for path in [path for pattern in patterns for path in sorted((CORPUS / source).glob(pattern)) if path.is_file()]:
        if name == "pictures" and (path.name.startswith("x") or re.search("broken|bomb|truncated", path.name)):
            continue
        if not ALL and len(files) == 24 and name != "pictures":
            break  # as much as a usual run has time for
        target = folder / path.relative_to(CORPUS / source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if changes:
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            for old, new in changes:
                text = re.sub(old, new, text)
            target.write_bytes(text.encode("utf-8", "surrogateescape"))
        else:
            shutil.copyfile(path, target)
        files.append(target)
    articles = picture_article(folder, files) if name == "pictures" else [path.relative_to(folder).as_posix() for path in files]
    number = list(BOOKS).index(name)
    plan = 'title: "The corpus: %s"\nlanguage: %s\ndate: 2026-01-02\nauthors: [Various Hands]\ncover: {design: %s}\ncontents:\n' % (
        name, language, DESIGNS[number % len(DESIGNS)])
    plan += "".join('  - "%s"\n' % article for article in articles) + "editions:\n"
    for edition, keys in editions.items():
        keys = keys.replace("EACH", "article" if stands_alone else "book").replace("PICTURES", ("keep", "convert")[number % 2])
        plan += "  %s: %s\n" % (edition, keys)
    (folder / "book.yaml").write_text(plan, encoding="utf-8")
    return folder
