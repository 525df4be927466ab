"""Faults against EPUB 3.3 and EPUB Accessibility 1.1, one rule each, to be seeded in an EPUB that bifolio wrote of one article.

Each row: the rules that must be found (exactly these, errors and warnings), and the change to the files (a dict of name → bytes, in the order
of the archive). The rules are named without their family's prefix “EPUB ” where they have it."""

OPF, NAV, NCX, CSS, DOC = "OEBPS/package.opf", "OEBPS/nav.xhtml", "OEBPS/toc.ncx", "OEBPS/styles/book.css", "OEBPS/text/sleep.xhtml"
XHTML = ('<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en"><head><title>x</title>%s</head>'
         '<body>%s</body></html>')


def change(name, old, new, count=1):
    def mutate(files):
        text = files[name].decode()
        assert old in text, (name, old)
        files[name] = text.replace(old, new, count).encode()
    return mutate


def every(*mutations):
    def mutate(files):
        for one in mutations:
            one(files)
    return mutate


def body(markup):
    return change(DOC, "</article>", markup + "</article>")


def head(markup):
    return change(DOC, "</head>", markup + "</head>")


def metadata(markup):
    return change(OPF, "</metadata>", markup + "</metadata>")


def item(markup):
    return change(OPF, "</manifest>", markup + "</manifest>")


def itemref(markup):
    return change(OPF, "</spine>", markup + "</spine>")


def add(name, data):
    def mutate(files):
        files[name] = data if isinstance(data, bytes) else data.encode()
    return mutate


def remove(name):
    return lambda files: files.pop(name)


def document(name="x", markup="<p>x</p>", properties="", head_markup="", spine=True, type="application/xhtml+xml", data=None):
    """A further document, linked from the nav so that it can be reached."""
    parts = [add("OEBPS/text/%s.xhtml" % name, data if data is not None else XHTML % (head_markup, markup)),
             item('<item id="%s" href="text/%s.xhtml" media-type="%s"%s/>' % (name, name, type, properties))]
    if spine:
        parts.append(itemref('<itemref idref="%s"/>' % name))
    return every(*parts)


def smil(par, attribute=' media-overlay="o"', document_properties=""):
    return every(add("OEBPS/o.smil", '<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>%s</body></smil>' % par),
                 add("OEBPS/a.mp3", b"ID3"), item('<item id="o" href="o.smil" media-type="application/smil+xml"/>'
                                                  '<item id="a" href="a.mp3" media-type="audio/mpeg"/>'),
                 metadata('<meta property="media:duration">0:00:02</meta><meta property="media:duration" refines="#o">2s</meta>'),
                 change(OPF, '<item id="section-sleep"', '<item id="section-sleep"' + attribute))


PAR = '<par><text src="text/sleep.xhtml#sleep"/><audio src="a.mp3" clipBegin="%s" clipEnd="%s"/></par>'
FIXED = change(OPF, '<itemref idref="section-sleep"/>', '<itemref idref="section-sleep" properties="rendition:layout-pre-paginated"/>')

FAULTS = [
    # §4 container
    ("PKG-006", remove("mimetype")),
    ("PKG-007", add("mimetype", "application/epub+zip\n")),
    ("PKG-009", every(add("OEBPS/text/a*b.xhtml", XHTML % ("", "")), item('<item id="s" href="text/a*b.xhtml" media-type="application/xhtml+xml"/>'), itemref('<itemref idref="s"/>'))),
    ("PKG-010", every(add("OEBPS/text/a b.xhtml", XHTML % ("", "")), item('<item id="s" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>'), itemref('<itemref idref="s"/>'))),
    ("PKG-011", add("OEBPS/ab.", "x")),
    ("PKG-025", every(add("META-INF/x.txt", "x"), item('<item id="s" href="../META-INF/x.txt" media-type="text/plain"/>'))),
    ("OPF-060", add("OEBPS/NAV.xhtml", "x")),
    ("RSC-002", remove("META-INF/container.xml")),
    ("OPF-002", change("META-INF/container.xml", "package.opf", "other.opf")),
    ("RSC-005.container", change("META-INF/container.xml", "<rootfiles>", "<x/><rootfiles>")),
    ("PKG-026", add("META-INF/encryption.xml", '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
                    'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><CipherData>'
                    '<CipherReference URI="OEBPS/images/p.jpg"/></CipherData></EncryptedData></encryption>')),
    ("RSC-005.encryption", add("META-INF/encryption.xml", '<encryption/>')),
    # §3.9 XML
    ("RSC-016", change(DOC, "</h1>", "</h2>")),
    ("RSC-016", body("<p>&nbsp;</p>")),
    ("HTM-004", change(DOC, "<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">')),
    ("HTM-003", change(DOC, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x SYSTEM "x.txt">]>')),
    ("HTM-001", change(NCX, 'version="1.0"', 'version="1.1"')),
    ("RSC-028", change(NCX, 'encoding="UTF-8"', 'encoding="ISO-8859-1"')),
    ("HTM-058", change(DOC, 'encoding="UTF-8"', 'encoding="ISO-8859-1"')),
    # §5 package
    ("OPF-001", change(OPF, 'version="3.0"', 'version="3.9"')),
    ("RSC-005.element", metadata("<dc:colour>x</dc:colour>")),
    ("RSC-005.missing-element", change(OPF, "<dc:language>en-GB</dc:language>", "")),
    ("RSC-005.attribute", change(OPF, '<spine toc="ncx">', '<spine toc="ncx" colour="x">')),
    ("RSC-005.missing-attribute", change(NCX, 'version="2005-1"', "")),
    ("RSC-005.value", change(OPF, '<spine toc="ncx">', '<spine toc="ncx" page-progression-direction="up">')),
    ("RSC-005.text", change(OPF, "<dc:date>2026-01-05</dc:date>", "<dc:date></dc:date>")),
    ("RSC-005.id", change(OPF, 'id="picture-1"', 'id="style"')),
    ("OPF-004", change(OPF, "<package ", '<package prefix="x http://example.org/" ')),
    ("OPF-007", change(OPF, "<package ", '<package prefix="media: http://example.org/" ')),
    ("OPF-007a", change(OPF, "<package ", '<package prefix="_: http://example.org/" ')),
    ("OPF-007c", change(OPF, "<package ", '<package prefix="d: http://purl.org/dc/elements/1.1/" ')),
    ("OPF-012", change(OPF, 'id="style"', 'id="style" properties="cover-image"')),
    ("OPF-025", metadata('<meta property="dcterms:a dcterms:b">x</meta>')),
    ("OPF-026", metadata('<meta property="dcterms:">x</meta>')),
    ("OPF-027", metadata('<meta property="colour">x</meta>')),
    ("OPF-028", metadata('<meta property="x:colour">x</meta>')),
    ("OPF-086", metadata('<link rel="xmp-record" href="https://example.org/" media-type="application/xml"/>')),
    ("OPF-031", change(OPF, "</package>", '<guide><reference type="text" href="gone.xhtml"/></guide></package>')),
    ("OPF-033", every(document(), change(NAV, '<a epub:type="bodymatter"', '<a epub:type="chapter" href="text/x.xhtml">x</a></li><li><a epub:type="bodymatter"'),
                      change(OPF, "<itemref ", '<itemref linear="no" ', 2))),
    ("RSC-005.itemref", itemref('<itemref idref="section-sleep"/>')),
    ("OPF-040", change(OPF, 'id="picture-1"', 'id="picture-1" fallback="none"')),
    ("OPF-043", itemref('<itemref idref="picture-1"/>')),
    ("OPF-045", change(OPF, 'id="picture-1"', 'id="picture-1" fallback="picture-1"')),
    ("OPF-049", itemref('<itemref idref="none"/>')),
    ("OPF-050", change(OPF, 'toc="ncx"', 'toc="style"')),
    ("RSC-005.toc", change(OPF, ' toc="ncx"', "")),
    ("OPF-074", item('<item id="again" href="nav.xhtml" media-type="application/xhtml+xml"/>')),
    ("OPF-091", change(OPF, 'href="images/p.jpg"', 'href="images/p.jpg#x"')),
    ("OPF-099", item('<item id="self" href="package.opf" media-type="application/oebps-package+xml"/>')),
    ("RSC-001", item('<item id="gone" href="gone.txt" media-type="text/plain"/>')),
    ("RSC-005.nav-item A11Y META-8 A11Y PAGE-1", change(OPF, ' properties="nav"', "")),
    ("RSC-005.cover-image", every(add("OEBPS/q.jpg", b"\xff\xd8\xff"), item('<item id="q" href="q.jpg" media-type="image/jpeg" properties="cover-image"/>'),
                                  change(OPF, 'id="picture-1"', 'id="picture-1" properties="cover-image"'))),
    ("RSC-005.unique-identifier", change(OPF, 'unique-identifier="publication-id"', 'unique-identifier="title"')),
    ("OPF-048 RSC-005.missing-attribute", change(OPF, 'unique-identifier="publication-id"', "")),
    ("RSC-005.modified", change(OPF, "2026-01-05T00:00:00Z", "2026-01-05")),
    ("RSC-005.refines", metadata('<meta property="dcterms:a" refines="#none">x</meta>')),
    ("RSC-017.refines", metadata('<meta property="dcterms:a" refines="nav.xhtml">x</meta>')),
    ("OPF-065", metadata('<meta property="dcterms:a" id="r1" refines="#r2">x</meta><meta property="dcterms:a" id="r2" refines="#r1">x</meta>')),
    ("RSC-005.meta", metadata('<meta property="role" refines="#title">x</meta>')),
    ("OPF-053", change(OPF, "<dc:date>2026-01-05", "<dc:date>5 January 2026")),
    ("OPF-085", metadata("<dc:identifier>urn:uuid:12</dc:identifier>")),
    ("OPF-092", change(OPF, "<dc:language>en-GB", "<dc:language>en_GB")),
    ("OPF-093", every(add("OEBPS/r.xml", "<x/>"), metadata('<link rel="dcterms:x" href="r.xml"/>'))),
    ("OPF-094", metadata('<link rel="record" href="https://example.org/"/>')),
    ("OPF-089", metadata('<link rel="alternate record" href="https://example.org/" media-type="application/xml"/>')),
    ("OPF-098", metadata('<link rel="dcterms:x" href="#title"/>')),
    ("RSC-007.link", metadata('<link rel="dcterms:x" href="gone.xml" media-type="application/xml"/>')),
    # §3 resources
    ("RSC-006", every(body('<p><img src="https://example.org/x.png" alt="x"/></p>'), change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="remote-resources"'))),
    ("RSC-007", body('<p><a href="gone.xhtml">x</a></p>')),
    ("RSC-008", every(add("OEBPS/text/q.png", b"\x89PNG\r\n\x1a\n"), body('<p><img src="q.png" alt="x"/></p>'))),
    ("RSC-009", body('<p><img src="../images/p.jpg#x" alt="x"/></p>')),
    ("RSC-010", body('<p><a href="../images/p.jpg">x</a></p>')),
    ("RSC-011", every(document(spine=False), body('<p><a href="x.xhtml">x</a></p>'))),
    ("RSC-012", body('<p><a href="#none">x</a></p>')),
    ("RSC-013", change(DOC, "book.css", "book.css#x")),
    ("RSC-015", every(body('<p><svg xmlns="http://www.w3.org/2000/svg"><use href="../images/s.svg"/></svg></p>'), change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="svg"'),
                      add("OEBPS/images/s.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'), item('<item id="s" href="images/s.svg" media-type="image/svg+xml"/>'))),
    ("RSC-020", body('<p><a href="https://example.org/a b">x</a></p>')),
    ("RSC-026", body('<p><a href="../../../x.xhtml">x</a></p>')),
    ("RSC-029", body('<p><a href="data:text/plain,x">x</a></p>')),
    ("RSC-030", body('<p><a href="file:///x">x</a></p>')),
    ("RSC-031", every(body('<p><audio controls="controls" src="http://example.org/a.mp3"></audio></p>'),
                      change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="remote-resources"'),
                      item('<item id="r" href="http://example.org/a.mp3" media-type="audio/mpeg"/>'))),
    ("RSC-032", every(add("OEBPS/q.bmp", b"BM"), item('<item id="q" href="q.bmp" media-type="image/bmp"/>'), body('<p><img src="../q.bmp" alt="x"/></p>'))),
    ("RSC-033", body('<p><a href="sleep.xhtml?x=1">x</a></p>')),
    ("MED-004", add("OEBPS/images/p.jpg", b"nothing of the kind")),
    ("OPF-029", add("OEBPS/images/p.jpg", b"\x89PNG\r\n\x1a\n")),
    ("OPF-014", body('<p><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/></p>')),
    ("OPF-015", change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="scripted"')),
    ("OPF-018", change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="remote-resources"')),
    ("OPF-096", every(document(spine=False), itemref('<itemref idref="x" linear="no"/>'))),
    # §6.1 XHTML
    ("RSC-005.xhtml", document(data="<x/>")),
    ("RSC-005.html-element", body("<center>x</center>")),
    ("RSC-005.html-content", body("<p><div>x</div></p>")),
    ("RSC-005.html-content", body("<ul>x</ul>")),
    ("RSC-005.html-order", body("<dl><dd>x</dd></dl>")),
    ("RSC-005.html-nesting", body('<p><a href="#sleep">x <button>y</button></a></p>')),
    ("RSC-005.html-attribute", body('<p align="center">x</p>')),
    ("RSC-005.html-value", body('<p dir="up">x</p>')),
    ("RSC-005.html-id", body('<p id="sleep-more">x</p>')),
    ("RSC-005.id-reference", body('<p aria-describedby="none">x</p>')),
    ("RSC-005.lang", body('<p lang="fr" xml:lang="de">x</p>')),
    ("RSC-005.title A11Y TITLE-1", change(DOC, "<title>Sleep</title>", "<title></title>")),
    ("RSC-017.title A11Y TITLE-1", change(DOC, "<title>Sleep</title>", "")),
    ("RSC-005.encoding", head('<meta http-equiv="content-type" content="text/html; charset=utf-8"/>')),
    ("RSC-005.epub-type", change(DOC, "<head>", '<head epub:type="chapter" role="doc-chapter">')),
    ("RSC-005.role", body('<p role="nonsense">x</p>')),
    ("RSC-017.role", body('<ol><li role="doc-endnote">x</li></ol>')),
    ("RSC-005.mathml", every(body('<p><math xmlns="http://www.w3.org/1998/Math/MathML"><ci>x</ci></math></p>'), change(OPF, 'id="section-sleep"', 'id="section-sleep" properties="mathml"'))),
    ("HTM-054", body('<p xmlns:x="http://www.w3.org/x" x:y="1">x</p>')),
    ("HTM-061", body('<p data-X="1">x</p>')),
    ("CSS-015", head('<link rel="alternate stylesheet" href="../styles/book.css"/>')),
    ("OPF-028", body('<p epub:type="x:y">x</p>')),
    # §6.2 SVG
    ("RSC-005.svg", every(add("OEBPS/s.svg", "<x/>"), item('<item id="s" href="s.svg" media-type="image/svg+xml"/>'), body('<p><img src="../s.svg" alt="x"/></p>'))),
    ("RSC-005.svg-id", every(add("OEBPS/s.svg", '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/><g id="a"/></svg>'), item('<item id="s" href="s.svg" media-type="image/svg+xml"/>'),
                             body('<p><img src="../s.svg" alt="x"/></p>'))),
    # §6.3 CSS
    ("CSS-001", change(CSS, "{", "{ direction: rtl;")),
    ("CSS-002", change(CSS, "{", "{ background: url();")),
    ("CSS-004", add(CSS, '@charset "latin1"; p { margin: 0 }')),
    ("CSS-008", change(CSS, "{", "{ colour red;")),
    ("CSS-019", lambda files: files.update({CSS: files[CSS] + b"\n@font-face { }"})),
    ("RSC-007", change(CSS, "{", '{ background: url("gone.png");')),
    # §7 navigation, NCX
    ("RSC-005.nav-toc A11Y META-8", change(NAV, 'epub:type="toc" role="doc-toc"', "")),
    ("RSC-005.nav-twice", change(NAV, "</body>", '<nav epub:type="landmarks"><ol><li><a epub:type="toc" href="#toc">x</a></li></ol></nav></body>')),
    ("RSC-005.nav-content", change(NAV, '<ol class="contents-list">', '<p>x</p><ol class="contents-list">')),
    ("RSC-005.nav-label A11Y LINK-1", change(NAV, ">How long</a>", "></a>")),
    ("RSC-005.nav-heading", change(NAV, "</body>", '<nav epub:type="loi"><ol><li><a href="text/sleep.xhtml">x</a></li></ol></nav></body>')),
    ("RSC-005.nav-landmark", change(NAV, ' epub:type="bodymatter"', "")),
    ("NAV-010 A11Y PAGE-5", change(NAV, 'href="text/sleep.xhtml#page-1"', 'href="https://example.org/"')),
    ("NAV-011", every(change(NAV, "sleep.xhtml#sleep-table", "sleep.xhtml#X"), change(NAV, "sleep.xhtml#sleep-more", "sleep.xhtml#sleep-table"), change(NAV, "sleep.xhtml#X", "sleep.xhtml#sleep-more"))),
    ("RSC-005.play-order", change(NCX, 'playOrder="1"', 'playOrder="70"')),
    ("NCX-001", change(NCX, 'name="dtb:uid" content="', 'name="dtb:uid" content="x')),
    ("RSC-012", change(NCX, "#sleep-more", "#none")),
    # §8 layout
    ("HTM-046", FIXED),
    ("HTM-047", every(FIXED, head('<meta name="viewport" content="=600"/>'))),
    ("HTM-056", every(FIXED, head('<meta name="viewport" content="width=600"/>'))),
    ("HTM-057", every(FIXED, head('<meta name="viewport" content="width=600px, height=800"/>'))),
    ("HTM-059", every(FIXED, head('<meta name="viewport" content="width=600, height=800, width=700"/>'))),
    ("RSC-005.rendition", change(OPF, '<itemref idref="section-sleep"/>', '<itemref idref="section-sleep" properties="page-spread-left page-spread-right"/>')),
    # §9 media overlays
    ("RSC-005.overlay RSC-005.duration", change(OPF, 'id="section-sleep"', 'id="section-sleep" media-overlay="style"')),
    ("RSC-005.clock", smil(PAR % ("0s", "x"))),
    ("MED-008", smil(PAR % ("3s", "2s"))),
    ("MED-009", smil(PAR % ("2s", "2s"))),
    ("MED-010", smil(PAR % ("0s", "2s"), attribute="")),
    ("MED-010 MED-013", smil('<par><text src="nav.xhtml#toc"/></par>')),
    ("MED-014", smil((PAR % ("0s", "2s")).replace("a.mp3", "a.mp3#t=1"))),
    ("MED-016", every(smil(PAR % ("0s", "2s")), change(OPF, "0:00:02", "0:00:09"))),
    # EPUB Accessibility 1.1
    ("A11Y META-1", lambda files: files.update({OPF: b"\n".join(line for line in files[OPF].split(b"\n") if b"schema:accessMode\"" not in line)})),
    ("A11Y META-3", change(OPF, '<meta property="schema:accessibilityHazard">none</meta>', "")),
    ("A11Y META-6", metadata('<meta property="schema:accessibilityFeature">beauty</meta>')),
    ("A11Y META-7", metadata('<meta property="schema:accessibilityHazard">flashing</meta>')),
    ("A11Y META-8 A11Y IMG-1", change(DOC, ' alt="A bed"', "")),
    ("A11Y META-9", change(OPF, '<meta property="schema:accessMode">visual</meta>', "")),
    ("A11Y CONF-1", metadata('<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>')),
    ("A11Y CONF-2", metadata('<meta property="dcterms:conformsTo" id="c">EPUB Accessibility 1.1 - WCAG 2.2 AA</meta><meta property="a11y:certifiedBy" refines="#c">x</meta>')),
    ("A11Y PAGE-2", change(OPF, '<meta property="pageBreakSource">Sleep, PDF (article)</meta>', "")),
    ("A11Y PAGE-3", change(DOC, ' aria-label="1"', "")),
    ("A11Y PAGE-5", body('<span id="page-2" epub:type="pagebreak" role="doc-pagebreak" aria-label="2"></span>')),
    ("A11Y TABLE-1", every(change(DOC, "<th ", "<td ", -1), change(DOC, "</th>", "</td>", -1), change(DOC, " scope=\"col\"", "", -1))),
    ("A11Y HEAD-1", body("<h6>x</h6>")),
    ("A11Y HEAD-2", body("<h3></h3>")),
    ("A11Y LANG-1", change(DOC, ' lang="en-GB" xml:lang="en-GB"', "")),
    ("A11Y LANG-2", change(OPF, ' xml:lang="en-GB"', "")),
    ("A11Y LINK-1", body('<p><a href="#sleep"></a></p>')),
    ("A11Y ROLE-1", change(DOC, ' role="doc-footnote"', "")),
    ("A11Y LAND-1", change(NAV, ' epub:type="landmarks"', "")),
    ("A11Y FRAME-1", every(document(), body('<p><iframe src="x.xhtml"></iframe></p>'))),
    ("A11Y ZOOM-1", head('<meta name="viewport" content="width=600, user-scalable=no"/>')),
]
