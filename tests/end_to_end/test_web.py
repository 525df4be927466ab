"""The web edition: pages that are whole in themselves, say what they are, lose no word, and can be used by everybody."""
import datetime
import html
import json
import re
import xml.etree.ElementTree as xml

from browser import InBrowser
from corpus_books import make_book
from support import AXE, ROOT, BookTest, epub_documents, main, skip, words

WIDTHS = (360, 1000)


class WebTest(BookTest):
    def web(self, book=ROOT / "book", *arguments):
        self.build(book, *arguments)
        return {path.name: path.read_text(encoding="utf-8") for path in self.outputs(".html")}

    def sample(self):
        return self.web(ROOT / "book", "-e", "web")

    def tree(self, page):
        """The markup is well-formed XML too, but for scripts and styles, whose text HTML reads as it stands."""
        return xml.fromstring(re.sub(r"(<(?:script|style)[^>]*>).*?(</(?:script|style)>)", r"\1\2", page.split("\n", 1)[1], flags=re.DOTALL))


class Pages(WebTest):
    def test_each_article_is_a_page_and_an_index_leads_to_all(self):
        pages = self.sample()
        self.assertIn("index.html", pages)
        articles = {path.stem + ".html" for path in (ROOT / "book/articles").glob("*.md")}
        self.assertLessEqual(articles, set(pages))
        linked = set(re.findall(r'href="([\w.-]+\.html)', pages["index.html"]))
        self.assertLessEqual(set(pages) - {"index.html"}, linked)

    def test_every_link_within_the_edition_leads_somewhere(self):
        pages = self.sample()
        ids = {name: set(re.findall(r' id="([^"]*)"', page)) for name, page in pages.items()}
        links = 0
        for name, page in pages.items():
            for address in re.findall(r' href="([^"]*)"', page):
                if re.match(r"[a-z]+:", address):
                    continue
                target, _, fragment = html.unescape(address).partition("#")
                self.assertIn(target or name, pages, (name, address))
                if fragment:
                    self.assertIn(fragment, ids[target or name], (name, address))
                links += 1
        self.assertGreater(links, 200)

    def test_pages_load_nothing_from_elsewhere(self):
        for name, page in self.sample().items():
            self.assertEqual(re.findall(r'<(?:link(?! rel="(?:prev|next|canonical)")|script|img|iframe|object|embed|source)[^>]* (?:src|href)="(?!data:)[^"]*"', page), [], name)
            self.assertEqual(re.findall(r"@import|url\((?!\"?data:)", re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]), [], name)

    def test_markup_is_well_formed_with_language_title_and_landmarks(self):
        for name, page in self.sample().items():
            root = self.tree(page)
            self.assertEqual(root.tag, "html")
            self.assertTrue(root.get("lang"), name)
            self.assertTrue(root.findtext("head/title").strip(), name)
            self.assertEqual(len(root.findall(".//main")), 1, name)
            ids = [element.get("id") for element in root.iter() if element.get("id")]
            self.assertEqual(len(ids), len(set(ids)), name)
            skip_link = root.find("body/a")
            self.assertEqual((skip_link.get("class"), skip_link.get("href")), ("skip-link", "#main"), name)
            self.assertNotIn("epub:type", page)

    def test_an_article_says_who_reviewed_it_and_when(self):
        page = self.sample()["getting-an-assessment.html"]
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
        self.assertEqual(data["@type"], "MedicalWebPage")
        front = (ROOT / "book/articles/getting-an-assessment.md").read_text()
        self.assertEqual(data["lastReviewed"], re.search(r"^reviewed: (\S+)", front, re.MULTILINE)[1])
        self.assertEqual(data["reviewedBy"][0]["@type"], "Person")
        self.assertIn(data["reviewedBy"][0]["name"], page)
        self.assertEqual(data["inLanguage"], "en-GB")
        self.assertEqual(data["publisher"]["name"], "Bifolio Sample Press")
        self.assertEqual(data["datePublished"], re.search(r"^published: (\S+)", front, re.MULTILINE)[1])
        self.assertEqual(len(data["citation"]), page.count('class="reference"'))
        self.assertNotIn("expires", data)  # a date of the next review is none after which the page is of no use

    def shape_of(self, data):
        """Holds a page's data against what Schema.org says of its properties, and the page."""
        texts = {"name", "description", "inLanguage", "keywords", "version", "url", "copyrightNotice", "alternativeHeadline", "bookEdition",
                 "isbn", "identifier", "@context", "@type", "datePublished", "lastReviewed"}
        self.assertEqual(data["@context"], "https://schema.org")
        self.assertIn(data["@type"], ("MedicalWebPage", "Book"))
        self.assertLessEqual(set(data), texts | {"author", "editor", "reviewedBy", "publisher", "citation", "isPartOf"})
        for key in texts & set(data):
            self.assertIsInstance(data[key], str)
            self.assertTrue(data[key].strip(), key)
        for key in {"datePublished", "lastReviewed"} & set(data):
            datetime.date.fromisoformat(data[key])
        self.assertRegex(data.get("inLanguage", "en"), r"^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$")
        for key in ("author", "editor", "reviewedBy"):
            for person in data.get(key, []):
                self.assertIn(person.get("@type", "Person"), ("Person",))
                self.assertTrue(person["name"].strip())
                self.assertLessEqual(set(person), {"@type", "name", "honorificSuffix"})
        if "publisher" in data:
            self.assertEqual((data["publisher"]["@type"], set(data["publisher"])), ("Organization", {"@type", "name"}))

    def data_of(self, page):
        return [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)]

    def test_the_data_of_all_pages_have_the_shape_that_schema_org_gives_them(self):
        pages, reviewed = self.sample(), 0
        for name in ("leaflets in ur", "patient articles", "a blog"):
            book, self.out = self.folder / name, self.folder / "out" / name
            book.mkdir()
            make_book(name, book, {"web": "{format: [html]}"})
            pages |= {name + "/" + page: text for page, text in self.web(book, "--allow", "missing-picture,missing-glyph").items()}
        for name, page in pages.items():
            for data in self.data_of(page):
                self.shape_of(data)
                reviewed += "lastReviewed" in data and "reviewedBy" in data
                for person in data.get("author", []) + data.get("reviewedBy", []):
                    self.assertEqual("@type" in person, "/" not in name, person)  # only the sample says who is a person
        self.assertGreater(reviewed, 8)

    def test_a_name_that_no_register_has_is_called_no_person(self):
        self.write("plain/a.md", "---\ntitle: One\nauthors: [Department of Health, ann]\nreviewers: [A Trust]\n---\n\nText.\n")
        self.write("plain/b.md", "# Two\n\nText.\n")
        self.write("plain/people.yaml", "ann: {name: Ann Bell, credentials: RN}\n")
        self.write("plain/book.yaml", "title: Book\nlanguage: en\ncontents: [a.md, b.md]\neditions: {web: {format: html}}\n")
        pages = self.web(self.folder / "plain")
        [data] = self.data_of(pages["a.html"])
        self.assertEqual(data["author"], [{"name": "Department of Health"}, {"@type": "Person", "name": "Ann Bell", "honorificSuffix": "RN"}])
        self.assertEqual(data["reviewedBy"], [{"name": "A Trust"}])
        [book] = self.data_of(pages["index.html"])
        self.assertEqual(book["author"], [{"name": "Department of Health"}, {"@type": "Person", "name": "Ann Bell"}])

    def test_a_page_names_its_neighbours_and_where_it_stands_on_the_web(self):
        self.write("plain/a.md", "---\nweb-address: https://example.org/a?x=1&y=2\n---\n# One\n\nText.\n")
        self.write("plain/b.md", "# Two\n\nText.\n")
        self.write("plain/book.yaml", "title: Book\nlanguage: cy\ncontents: [a.md, b.md]\neditions: {web: {format: html}}\n")
        pages = self.web(self.folder / "plain")
        self.assertIn('<link rel="canonical" href="https://example.org/a?x=1&amp;y=2"/>\n<link rel="next" href="b.html"/>', pages["a.html"])
        self.assertIn('<link rel="prev" href="a.html"/>', pages["b.html"])
        self.assertNotIn("canonical", pages["b.html"])
        self.assertIn('<a class="skip-link" href="#main">Neidio i’r prif gynnwys</a>', pages["a.html"])
        self.assertIn('<span aria-hidden="true">← </span>One</a>', pages["b.html"])
        (self.folder / "plain/book.yaml").write_text((self.folder / "plain/book.yaml").read_text().replace("language: cy", "language: ar"))
        pages = self.web(self.folder / "plain")  # read from right to left, what is before lies to the right
        self.assertIn('<span aria-hidden="true">→ </span>One</a>', pages["b.html"])
        self.assertIn('Two<span aria-hidden="true"> ←</span></a>', pages["a.html"])

    def test_what_an_article_does_not_say_is_not_claimed(self):
        self.write("plain/a.md", "# Plain <b>words</b>\n\nText.\n")
        self.write("plain/b.md", "# Other\n\nText.\n")
        self.write("plain/book.yaml", "title: \"A </script><b>book\"\nlanguage: en\ncontents: [a.md, b.md]\neditions: {web: {format: html}}\n")
        pages = self.web(self.folder / "plain")
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', pages["a.html"], re.DOTALL)[1])
        self.assertEqual(set(data), {"@context", "@type", "name", "inLanguage", "isPartOf"})
        self.assertEqual(data["isPartOf"]["name"], "A </script><b>book")
        for page in pages.values():
            self.tree(page)

    def test_an_article_has_the_words_of_the_e_book_in_their_order(self):
        self.build(ROOT / "book", "-e", "web", "-e", "ebook")
        pages = {path.name: path.read_text(encoding="utf-8") for path in self.outputs(".html")}
        [epub] = self.outputs(".epub")
        documents = epub_documents(epub)
        compared = 0
        for name, document in documents.items():
            page = pages.get(name.rsplit("/", 1)[-1].replace(".xhtml", ".html"))
            if not name.startswith("OEBPS/text/") or not page:
                continue
            body = xml.fromstring(document).find("{http://www.w3.org/1999/xhtml}body")
            text = words("".join(self.tree(page).find(".//main").itertext()))
            self.assertEqual(text, words("".join(body.itertext())), name)
            compared += len(text)
        self.assertGreater(compared, 8000)

    def test_one_article_is_one_page(self):
        self.write("one/a.md", "---\ntitle: Alone\nauthors: [Ann]\n---\n\nSee [^1].\n\n[^1]: A note.\n")
        self.write("one/book.yaml", "title: Alone\nlanguage: en\ncontents: [a.md]\neditions: {web: {format: html}}\n")
        pages = self.web(self.folder / "one")
        self.assertEqual(len(pages), 1)
        [page] = pages.values()
        self.assertIn("A note.", page)
        self.assertIn("Alone", self.tree(page).findtext("head/title"))

    def test_the_same_bytes_come_from_any_number_of_threads(self):
        first = self.sample()
        self.build(ROOT / "book", "-e", "web", "-j", "1")
        self.assertEqual(first, {path.name: path.read_text(encoding="utf-8") for path in self.outputs(".html")})

    def test_a_web_edition_of_the_book_for_each_clinic_is_refused(self):
        self.write("run/a.md", "# A\n\nText.\n")
        self.write("run/clinics.csv", "name\nOne\nTwo\n")
        self.write("run/book.yaml", "title: Run\nlanguage: en\ncontents: [a.md]\neditions: {web: {format: html, clinics: clinics.csv}}\n")
        self.assertIn("app.web-run", self.build(self.folder / "run", expect=1).stderr)


class PagesInBrowser(InBrowser, WebTest):
    def paths(self):
        self.build(ROOT / "book", "-e", "web")
        return self.outputs(".html")

    def test_no_page_is_wider_than_a_telephone_or_a_desk(self):
        found = []
        for path in self.paths():
            for pixels in WIDTHS:
                self.browser.width(pixels)
                self.browser.open(path)
                facts = self.browser.measure()
                if facts["scroll"] > facts["inner"]:
                    found.append((path.name, pixels, facts["wide"]))
        self.assertEqual(found, [])

    def test_text_stands_out_by_day_and_by_night(self):
        weak = []
        for path in self.paths():
            self.browser.open(path)
            for scheme in ("light", "dark"):
                self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                page, ink = self.browser.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
                page = page if not page.endswith(", 0)") else "rgb(255, 255, 255)"
                weak += [(path.name, scheme, one) for one in self.browser.weak_contrasts(scheme, page, ink)["weak"]]
        self.assertEqual(weak, [])

    def test_the_search_finds_words_of_titles_headings_and_summaries(self):
        self.browser.open(next(path for path in self.paths() if path.name == "index.html"))
        found = self.browser.evaluate("""(() => { const field = document.getElementById('search-words'); const out = [];
          for (const words of ['driving', 'ASSESSM', 'zzz', '']) { field.value = words; field.dispatchEvent(new Event('input'));
            out.push([...document.querySelectorAll('#search-found a')].map(a => a.getAttribute('href'))); }
          return out; })()""")
        self.assertTrue(any("school-work-driving-and-travel.html" in address for address in found[0]), found)
        self.assertTrue(any("getting-an-assessment.html" in address for address in found[1]), found)
        self.assertEqual(found[2:], [[], []])

    def test_axe_finds_no_barrier(self):
        if not AXE.exists():
            skip("axe-core is not installed (scripts/setup-validators)")
        axe, found = AXE.read_text(encoding="utf-8"), []
        for path in self.paths():
            self.browser.width(1000)
            for scheme in ("light", "dark"):
                self.browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
                self.browser.open(path)
                self.browser.evaluate(axe)
                # By night only colours differ.
                rules = "" if scheme == "light" else "runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}, "
                result = self.browser.evaluate("axe.run(document, {" + rules + "resultTypes: ['violations']}).then(r => r.violations.map("
                                               "v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3)]))")
                self.assertIsInstance(result, list)
                found += [(path.name, scheme, *one) for one in result]
        self.assertEqual(found, [])

    def test_the_skip_link_is_seen_where_the_keyboard_reaches_it_and_leads_to_the_text(self):
        self.browser.width(360)
        self.browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.browser.open(self.paths()[0])
        seen = """(() => { const link = document.querySelector('.skip-link'); const box = () => link.getBoundingClientRect();
          const before = box().width; link.focus(); const after = box();
          return [before, after.width, after.left, after.height, document.activeElement === link, document.getElementById('main').tagName]; })()"""
        before, width, left, height, focused, target = self.browser.evaluate(seen)
        self.assertLessEqual(before, 1)
        self.assertGreater(width, 100)
        self.assertGreaterEqual(left, 0)
        self.assertGreater(height, 20)
        self.assertEqual((focused, target), (True, "MAIN"))

    def test_printing_leaves_out_what_only_screens_need(self):
        self.browser.open(self.paths()[1])
        self.browser.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        shown = self.browser.evaluate("""(() => { const display = s => getComputedStyle(document.querySelector(s)).display;
          const body = getComputedStyle(document.body);
          return [display('header.site'), display('footer.site'), display('.skip-link'), body.color, body.backgroundColor]; })()""")
        self.assertEqual(shown, ["none", "none", "none", "rgb(0, 0, 0)", "rgb(255, 255, 255)"])
        self.browser.open(next(path for path in self.outputs(".html") if path.name == "index.html"))
        lines = self.browser.evaluate("[...new Set([...document.querySelectorAll('.contents-link')].map(a => getComputedStyle(a).textDecorationLine))]")
        self.assertEqual(lines, ["none"])  # nobody follows a link on paper


if __name__ == "__main__":
    main()
