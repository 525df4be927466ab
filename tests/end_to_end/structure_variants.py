"""Structure trees that keep the conditions of PDF/UA-1 and that break them, beside one another as in veraPDF's corpus. Each row: what it is, the
rules that have to be found (none: the file is right), the change."""
from archive_seeds import annotation, layers, metadata, page, root
from pikepdf import Array, Dictionary, Name, String

ROWS = []


def row(what, rules, change):
    ROWS.append((what, rules, change))


def document(pdf):
    top = pdf.Root.StructTreeRoot.K
    return top[0] if isinstance(top, Array) else top


def E(kind, *kids, **entries):
    return kind, kids, entries


def made(pdf, parent, element):
    kind, kids, entries = element
    out = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, **entries))
    out.K = Array([made(pdf, out, kid) for kid in kids])
    return out


def tree(*elements, roles=None):
    """Further elements of the document, without content."""
    def mutate(pdf):
        for element in elements:
            document(pdf).K.append(made(pdf, document(pdf), element))
        if roles:
            table = pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())
            for role, standard in roles.items():
                table["/" + role] = Name("/" + standard)
            pdf.Root.StructTreeRoot.RoleMap = table
    return mutate


def of_table(**entries):
    return Dictionary(O=Name.Table, **entries)


def TH(**entries):
    return E("TH", A=of_table(Scope=Name.Column, **entries))


def TR(*cells):
    return E("TR", *cells)


TD, ITEM = E("TD"), E("LI", E("LBody"))

# tables
row("a table", "", tree(E("Table", TR(TH(), TH()), TR(TD, TD))))
row("a table with groups", "", tree(E("Table", E("THead", TR(TH())), E("TBody", TR(TD)), E("TFoot", TR(TD)))))
row("two heads", "09-004", tree(E("Table", E("THead", TR(TH())), E("THead", TR(TH())), E("TBody", TR(TD)))))
row("two feet", "09-004", tree(E("Table", E("TBody", TR(TH())), E("TFoot", TR(TD)), E("TFoot", TR(TD)))))
row("a head and no body", "09-004", tree(E("Table", E("THead", TR(TH())), TR(TD))))
row("a paragraph in a table", "09-004", tree(E("Table", TR(TH()), E("P"))))
row("a caption above", "", tree(E("Table", E("Caption"), TR(TH()), TR(TD))))
row("a caption below", "", tree(E("Table", TR(TH()), TR(TD), E("Caption"))))
row("a caption between rows", "09-004", tree(E("Table", TR(TH()), E("Caption"), TR(TD))))
row("two captions", "09-004", tree(E("Table", E("Caption"), TR(TH()), TR(TD), E("Caption"))))
row("a row outside of a table", "09-004", tree(E("Div", TR(TD))))
row("a cell outside of a row", "09-004", tree(E("P", TD)))
row("a head outside of a table", "09-004", tree(E("Div", E("THead", TR(TH())))))
row("a paragraph in a row", "09-004", tree(E("Table", TR(TH(), E("P")), TR(TD))))
row("a cell in a head", "09-004", tree(E("Table", E("THead", TD), E("TBody", TR(TH())))))
row("a row in a NonStruct", "", tree(E("Table", E("NonStruct", TR(TH())), TR(TD))))
row("a row too short", "S-TABLE", tree(E("Table", TR(TH(), TH()), TR(TD))))
row("a cell over two columns", "", tree(E("Table", TR(TH(ColSpan=2)), TR(TD, TD))))
row("a cell that reaches below the table", "S-TABLE", tree(E("Table", TR(TH(), TH(RowSpan=3)), TR(TD))))
row("a row with one cell too many beside a long one", "S-TABLE", tree(E("Table", TR(TH(RowSpan=2), TH()), TR(TD, TD))))
row("headers without a scope", "15-003", tree(E("Table", TR(E("TH"), E("TH")), TR(TD, TD))))
row("headers by name", "", tree(E("Table", TR(E("TH", ID=String("h1"))), TR(E("TD", A=of_table(Headers=Array([String("h1")])))))))
row("headers by a name that nothing has", "15-003", tree(E("Table", TR(E("TH", ID=String("h1"))), TR(E("TD", A=of_table(Headers=Array([String("h2")])))))))
row("a scope in a class", "", lambda pdf: tree(E("Table", TR(E("TH", C=Name.c)), TR(TD)))(pdf) or pdf.Root.StructTreeRoot.__setitem__(
    "/ClassMap", Dictionary(c=of_table(Scope=Name.Column))))
# lists and contents
row("a list", "", tree(E("L", E("Caption"), E("LI", E("Lbl"), E("LBody", E("L", ITEM))))))
row("a list in a list", "", tree(E("L", E("L", ITEM))))
row("an item outside of a list", "09-005", tree(E("Div", ITEM)))
row("a body outside of an item", "09-005", tree(E("L", E("LBody"))))
row("a paragraph in an item", "09-005", tree(E("L", E("LI", E("P")))))
row("a list in an item", "09-005", tree(E("L", E("LI", E("LBody"), E("L", ITEM)))))
row("a caption below a list", "09-005", tree(E("L", ITEM, E("Caption"))))
row("contents", "", tree(E("TOC", E("Caption"), E("TOCI", E("Lbl"), E("Reference"), E("P"), E("TOC", E("TOCI"))))))
row("contents in contents", "", tree(E("TOC", E("TOC", E("TOCI")))))
row("an entry outside of contents", "09-006", tree(E("Div", E("TOCI"))))
row("a paragraph in contents", "09-006", tree(E("TOC", E("P"))))
row("a caption below contents", "09-006", tree(E("TOC", E("TOCI"), E("Caption"))))
# phrases
row("a ruby", "", tree(E("P", E("Ruby", E("RB"), E("RP"), E("RT"), E("RP")))))
row("a reading outside of a ruby", "09-007", tree(E("P", E("RT"))))
row("a warichu", "", tree(E("P", E("Warichu", E("WP"), E("WT"), E("WP")))))
row("a warichu's text in a ruby", "09-007 09-008", tree(E("P", E("Ruby", E("WT")))))
# alternatives, headings, notes, forms
row("a figure that says nothing", "13-004", tree(E("Figure")))
row("a figure with an empty text", "13-004", tree(E("Figure", Alt=String(""))))
row("a figure of text", "", tree(E("Figure", ActualText=String("x"))))
row("a formula that says nothing", "17-002", tree(E("Formula")))
row("a formula", "", tree(E("Formula", Alt=String("x"))))
row("headings down to the seventh", "", tree(E("H2"), E("H3"), E("H4"), E("H5"), E("H6"), E("H7")))
row("a heading too deep", "14-003", tree(E("H4")))
row("headings with and without numbers", "14-007", tree(E("H")))
row("a note", "", tree(E("Note", ID=String("a"))))
row("a note without an ID", "19-003", tree(E("Note")))
row("two notes of one ID", "19-004", tree(E("Note", ID=String("a")), E("Note", ID=String("a"))))
row("a form without a widget", "S-FORMKID", tree(E("Form")))
row("a language that is none", "11-007", tree(E("P", Lang=String("x_y"))))
# roles
row("a type that is mapped in two steps", "", tree(E("Foo"), roles={"Foo": "Bar", "Bar": "P"}))
row("a type that is not mapped", "02-001", tree(E("Foo")))
row("types of PDF 2.0 that are not mapped", "02-001", tree(E("Aside", E("P", E("Em")))))
row("types of PDF 2.0 that are mapped", "", tree(E("Aside", E("P", E("Em"))), roles={"Aside": "Div", "Em": "Span"}))
row("a circle of types", "02-003", tree(E("Foo"), roles={"Foo": "Bar", "Bar": "Foo"}))
row("a type mapped to itself", "02-003", tree(E("Foo"), roles={"Foo": "Foo"}))
row("a standard type that is mapped, and not used", "02-004", tree(roles={"Warichu": "Span"}))
row("a standard type mapped to itself", "", tree(roles={"Warichu": "Warichu"}))
row("a figure by another name", "13-004", tree(E("Pic"), roles={"Pic": "Figure"}))
row("a row by another name", "09-004", tree(E("Div", E("Row", TD)), roles={"Row": "TR"}))
# the document
row("tags that are suspect", "01-007", lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True))
row("nothing said of tags", "S-MARKED", lambda pdf: pdf.Root.__delitem__("/MarkInfo"))
row("a title not shown", "07-002", root("/ViewerPreferences", Dictionary(DisplayDocTitle=False)))
row("nothing said of the title", "07-001", root("/ViewerPreferences", Dictionary()))
row("layers without a name", "20-002", layers(Name=None))
row("other layers without a name", "20-001", layers(Array([Dictionary()])))
row("layers that change by themselves", "20-003", layers(AS=Array([])))
row("another part of PDF/UA", "06-002", metadata(lambda packet: packet.replace(b"pdfuaid:part>1", b"pdfuaid:part>2").replace(b'pdfuaid:part="1"', b'pdfuaid:part="2"')))
row("a page that does not lead to its elements", "S-PARENTTREE", lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents"))
# annotations
row("an annotation without a tag", "28-002", annotation())
row("a widget without a tag and a name", "28-005 28-010", annotation("Widget", FT=Name.Tx, T=String("t")))
row("a link without a tag", "28-011", annotation("Link"))
row("a popup", "", annotation("Popup"))
row("a hidden annotation", "", annotation(F=6))
row("an annotation off the page", "", annotation(Rect=Array([-50, -50, -10, -10])))
row("a trap network", "28-007", annotation("TrapNet"))
row("a printer's mark that is no artifact", "28-018", annotation("PrinterMark"))
row("another order of tabs", "28-009", lambda pdf: annotation("Popup")(pdf) or page("/Tabs", Name.R)(pdf))
