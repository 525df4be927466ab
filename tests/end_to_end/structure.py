"""The structure tree of a PDF as text, read from the written bytes with pikepdf: types, attributes, and what each element shows."""
import re

import pikepdf

KEYS = ("/Lang", "/Alt", "/ActualText", "/E", "/ID", "/T")


def unicode_map(font):
    """Character code -> text, by ToUnicode."""
    cmap = font["/ToUnicode"].read_bytes().decode("latin-1")
    out = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<([0-9A-F]+)> <([0-9A-F]*)>", block):
            out[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return out


class Page:
    """What each marked-content sequence of a page says, and the page's artifacts."""

    def __init__(self, page, maps):
        self.said, self.artifacts, self.spoken = {}, [], {}
        fonts = page.obj["/Resources"]["/Font"]
        stack, font = [], None
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                if str(operands[0]) == "/Artifact":
                    kind = " ".join(str(properties[key])[1:] for key in ("/Type", "/Subtype") if key in properties)
                    self.artifacts.append(kind or "(none)")
                mcid = int(properties["/MCID"]) if "/MCID" in properties else None
                if mcid is not None:
                    self.said[mcid] = ""
                    if "/ActualText" in properties:
                        self.spoken[mcid] = str(properties["/ActualText"])
                stack.append(mcid)
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                key = str(operands[0])
                if key not in maps:
                    maps[key] = unicode_map(fonts[key])
                font = maps[key]
            elif name in ("TJ", "Tj"):
                owner = next((mcid for mcid in reversed(stack) if mcid is not None), None)
                if owner is None:
                    continue
                for piece in operands[0] if name == "TJ" else operands:
                    if isinstance(piece, pikepdf.String):
                        data = bytes(piece)
                        self.said[owner] += "".join(font[int.from_bytes(data[i:i + 2], "big")] for i in range(0, len(data), 2))


def text_of(value):
    return str(value).replace("\n", "\\n")


class Tree:
    def __init__(self, path):
        with pikepdf.open(path) as pdf:
            maps = {}
            self.pages = [Page(page, maps) for page in pdf.pages]
            self.number = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
            self.lines = []
            self.ids = {}
            self.roles = {key[1:]: str(value)[1:] for key, value in pdf.Root["/StructTreeRoot"].get("/RoleMap", {}).items()}
            self.walk(pdf.Root["/StructTreeRoot"]["/K"], 0, None)
        # Identifiers are numbers of nodes: what counts is who names whom.
        names = {name: "#%d" % at for at, name in enumerate(self.ids, 1)}
        self.text = "\n".join(re.sub("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "$^",
                                     lambda found: names[found[0]], line) for line in self.lines) + "\n"

    def attributes(self, element):
        out = []
        for key in KEYS:
            if key in element:
                value = text_of(element[key])
                if key == "/ID":
                    self.ids.setdefault("ID:" + value)
                    value = "ID:" + value
                out.append("%s=%s" % (key[1:], value))
        if "/A" in element:
            classes = element["/A"] if isinstance(element["/A"], pikepdf.Array) else [element["/A"]]
            for one in classes:
                for key, value in sorted(one.items()):
                    if key == "/BBox":
                        out.append("BBox")
                    elif key == "/Headers":
                        out.append("Headers=" + ",".join("ID:" + text_of(item) for item in value))
                    elif key not in ("/O", "/Placement"):
                        out.append("%s=%s" % (key[1:], text_of(value).lstrip("/")))
        return "".join(" " + item for item in out)

    def walk(self, element, depth, page):
        if isinstance(element, pikepdf.Array):
            for kid in element:
                self.walk(kid, depth, page)
            return
        page = self.number[element["/Pg"].objgen] if "/Pg" in element else page
        own = len(self.lines)
        self.lines.append("")
        text, pages = [], []

        def flush():
            if text:
                self.lines.append("  " * (depth + 1) + '"' + "".join(text) + '"')
                text.clear()

        for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else [element["/K"]] if "/K" in element else []:
            if isinstance(kid, int):
                where, mcid = page, kid
            elif kid.get("/Type") == "/MCR":
                where, mcid = self.number[kid["/Pg"].objgen] if "/Pg" in kid else page, int(kid["/MCID"])
            elif kid.get("/Type") == "/OBJR":
                flush()
                link = kid["/Obj"]
                self.lines.append("  " * (depth + 1) + "OBJR " + str(link["/Subtype"])[1:] + " Contents=" + text_of(link.get("/Contents", "")))
                continue
            else:
                flush()
                self.walk(kid, depth + 1, page)
                continue
            if where not in pages:
                pages.append(where)
            spoken = self.pages[where].spoken.get(mcid)
            text.append(self.pages[where].said[mcid] if spoken is None else "{%s}" % spoken.replace("\u00ad", "\\-"))
        flush()
        over = " over %d pages" % len(pages) if len(pages) > 1 else ""
        self.lines[own] = "  " * depth + str(element["/S"])[1:] + self.attributes(element) + over

    def artifacts(self):
        return sorted({kind for page in self.pages for kind in page.artifacts})
