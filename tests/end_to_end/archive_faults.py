"""Faults against PDF/A-2 and PDF/X-4, one rule each, to be seeded in files that bifolio wrote.

PDF changes a file through pikepdf, RAW changes the bytes of the saved file (of one length wherever offsets follow). Each row: the rules that
must be found (exactly these of the standard's family), the edition, the change, and whether pdfax_check.py finds fault with the file too:
True, BY_A2 (its rule stands with PDF/A-2, which the press edition claims as well), or why it cannot. ALLOWED are changes that break nothing."""
from pikepdf import Array, Dictionary, Name, Stream, String

BY_A2 = "with PDF/A-2"
# Why pdfax_check.py has no such rule.
BYTES = "it reads through a library that hides how bytes are written"
CONTENT = "it does not look at the operands and resources of content, nor into glyphs and inline pictures"
PICTURES = "it does not read JPEG 2000"
DICTIONARIES = "it does not look at the dictionaries of simple fonts, halftones and signatures"
SCHEMAS = "it knows neither the value types of most schemas nor extension schemas"
INFORMATION = "it compares nothing but Trapped with the information dictionary"
ROLES = "it follows the role map only from types that are used"
VERSION = "it reads the version in the header alone"
FIELDS = "it looks at widgets, not at fields without one, and does not tell buttons from others"
from pikepdf import Array, Dictionary, Name, Stream, String


def stream(pdf, data, **entries):
    """As it stands: pikepdf would take a Filter for its own to decide."""
    out = pdf.make_indirect(Stream(pdf, data))
    coding = {key: entries.pop(key, None) for key in ("Filter", "DecodeParms")}
    if coding["Filter"] is not None:
        out.write(data, filter=coding["Filter"], decode_parms=coding["DecodeParms"])
    for key, value in entries.items():
        out["/" + key] = value
    return out


def content(text, resources=None):
    """Draws something before what the first page draws, as an artifact."""
    def mutate(pdf):
        page = pdf.pages[0]
        own = page.obj.Resources
        for kind, entries in (resources(pdf) if resources else {}).items():
            if kind not in own:
                own[kind] = Dictionary()
            for name, value in entries.items():
                own[kind][name] = value
        page.Contents = Stream(pdf, b"/Artifact BMC q " + text + b" Q EMC\n" + page.Contents.read_bytes())
    return mutate


def root(key, value):
    def mutate(pdf):
        pdf.Root[key] = value(pdf) if callable(value) else value
    return mutate


def page(key, value):
    def mutate(pdf):
        pdf.pages[0].obj[key] = value(pdf) if callable(value) else value
    return mutate


def without(*path):
    def mutate(pdf):
        node = pdf.Root
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]
    return mutate


def each_font(change, subtype=None):
    def mutate(pdf):
        for one in pdf.objects:
            if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and (subtype is None or one.get("/Subtype") == Name(subtype)):
                change(pdf, one)
    return mutate


def first_font(change, subtype=None):
    def mutate(pdf):
        for one in pdf.objects:
            if isinstance(one, Dictionary) and one.get("/Type") == Name.Font and (subtype is None or one.get("/Subtype") == Name(subtype)):
                return change(pdf, one)
        raise AssertionError("no such font")
    return mutate


def state(**entries):
    return content(b"/Seed gs", lambda pdf: {"/ExtGState": {"/Seed": Dictionary(Type=Name.ExtGState, **{
        key: value(pdf) if callable(value) else value for key, value in entries.items()})}})


def halftone(**entries):
    return state(HT=Dictionary(Type=Name.Halftone, Frequency=60, Angle=45, SpotFunction=Name.Round, **entries))


def halftone_of(**entries):
    """One of a halftone of type 5."""
    return Dictionary(Type=Name.Halftone, HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round, **entries)


def picture(data=b"\x00", **entries):
    given = dict(Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray)
    given.update(entries)
    given = {key: value for key, value in given.items() if value is not None}
    return content(b"/Seed Do", lambda pdf: {"/XObject": {"/Seed": stream(pdf, data, **given)}})


def form(inner=b"0 0 1 1 re n", **entries):
    return content(b"/Seed Do", lambda pdf: {"/XObject": {"/Seed": Stream(pdf, inner, Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Resources=Dictionary(), **{
            key: value(pdf) if callable(value) else value for key, value in entries.items()}))}})


def annotation(subtype="Square", **entries):
    def mutate(pdf):
        given = dict(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=Array([10, 10, 20, 20]), F=4, Contents=String("seeded"))
        if subtype not in ("Popup", "Link"):
            given["AP"] = Dictionary(N=pdf.make_indirect(Stream(pdf, b"", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])))))
        given.update({key: value(pdf) if callable(value) else value for key, value in entries.items()})
        given = {key: value for key, value in given.items() if value is not None}
        annots = pdf.pages[0].obj.get("/Annots", Array())
        annots.append(pdf.make_indirect(Dictionary(**given)))
        pdf.pages[0].obj["/Annots"] = annots
    return mutate


def outside(**entries):
    return annotation(Rect=Array([1, 1, 2, 2]), **entries)


def signed_data(signers=1, certificate=True):
    """A PKCS #7 object with all that is asked of it, and nothing to verify. RFC 2315, 9."""
    def der(tag, *parts):
        content = b"".join(parts)
        return bytes([tag]) + (bytes([len(content)]) if len(content) < 128 else b"\x82" + len(content).to_bytes(2, "big")) + content

    data, algorithm, one = der(6, bytes.fromhex("2a864886f70d010701")), der(0x30, der(6, bytes.fromhex("2a03"))), der(2, b"\1")
    issuer = der(0x30, der(0x31, der(0x30, der(6, b"\x55\x04\x03"), der(12, b"Seed"))))
    own = der(0x30, der(0x30, der(0xA0, der(2, b"\2")), one, algorithm, issuer), algorithm, der(3, b"\0"))
    signer = der(0x30, one, der(0x30, issuer, one), algorithm, algorithm, der(4, b"seed"))
    inside = der(0x30, one, der(0x31, algorithm), der(0x30, data), *([der(0xA0, own)] if certificate else []), der(0x31, *[signer] * signers))
    return der(0x30, der(6, bytes.fromhex("2a864886f70d010702")), der(0xA0, inside)) + bytes(20)


def field(**entries):
    def mutate(pdf):
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(T=String("t"), FT=Name.Tx, **entries))]))
    return mutate


def metadata(old, new=b"", count=1):
    def mutate(pdf):
        packet = pdf.Root.Metadata.read_bytes()
        changed = packet.replace(old, new, count) if isinstance(old, bytes) else old(packet)
        assert changed != packet, (old, packet)
        pdf.Root.Metadata.write(changed)
    return mutate


def added(properties, namespaces=b""):
    """Another rdf:Description with these properties."""
    namespaces += b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    return metadata(b"</rdf:RDF>", b'<rdf:Description rdf:about="" ' + namespaces + b">" + properties + b"</rdf:Description></rdf:RDF>")


def described(schema):
    """Another schema in the file's extension container."""
    names = b" ".join(b'xmlns:pdfa%s="http://www.aiim.org/pdfa/ns/%s%s"' % (n, n.lower(), b"/" if n == b"Extension" else b"#")
                      for n in (b"Extension", b"Schema", b"Property", b"Type", b"Field"))
    return metadata(b"</rdf:Bag></pdfaExtension:schemas>", b'<rdf:li rdf:parseType="Resource" ' + names + b">" + schema +
                    b"</rdf:li></rdf:Bag></pdfaExtension:schemas>")


def schema(properties=b"", types=b"", prefix=b"pdfaSchema"):
    return (b"<P:schema>Seeds</P:schema><P:namespaceURI>urn:seed:</P:namespaceURI><P:prefix>seed</P:prefix>".replace(b"P:", prefix + b":") +
            (b"<pdfaSchema:property><rdf:Seq>" + properties + b"</rdf:Seq></pdfaSchema:property>" if properties else b"") +
            (b"<pdfaSchema:valueType><rdf:Seq>" + types + b"</rdf:Seq></pdfaSchema:valueType>" if types else b""))


def described_property(kind=b"Text", category=b"internal", description=b"<pdfaProperty:description>d</pdfaProperty:description>"):
    return (b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>seed</pdfaProperty:name><pdfaProperty:valueType>' + kind +
            b"</pdfaProperty:valueType><pdfaProperty:category>" + category + b"</pdfaProperty:category>" + description + b"</rdf:li>")


def jpeg_2000(components=3, boxes=b"", depth=7, last_depth=None, declared=None):
    """The boxes of a picture whose codestream ends behind its header: enough for all that is asked of it."""
    box = lambda kind, data: (8 + len(data)).to_bytes(4, "big") + kind + data
    header = box(b"ihdr", bytes([0, 0, 0, 1, 0, 0, 0, 1, 0, components, depth if declared is None else declared, 7, 0, 0]))
    depths = [depth] * (components - 1) + [depth if last_depth is None else last_depth]
    siz = bytes([0xFF, 0x4F, 0xFF, 0x51, 0, 38 + 3 * components, 0, 0]) + b"".join(n.to_bytes(4, "big") for n in (1, 1, 0, 0, 1, 1, 0, 0)) + \
        components.to_bytes(2, "big") + b"".join(bytes([d, 1, 1]) for d in depths) + b"\xFF\xD9"
    return box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + box(b"jp2h", header + boxes) + box(b"jp2c", siz)


def colr(method=1, approximation=0, enumerated=16):
    data = bytes([method, 0, approximation]) + (enumerated.to_bytes(4, "big") if method == 1 else b"")
    return (8 + len(data)).to_bytes(4, "big") + b"colr" + data


def jpx(data, **entries):
    given = dict(Filter=Name.JPXDecode, BitsPerComponent=None, ColorSpace=None)
    given.update(entries)
    return picture(data, **given)


def icc(kind=b"prtr", space=b"CMYK", version=2, size=136):
    return size.to_bytes(4, "big") + b"seed" + bytes([version, 0, 0, 0]) + kind + space + b"Lab " + bytes(12) + b"acsp" + bytes(96)


def intent(change):
    def mutate(pdf):
        for one in pdf.Root.OutputIntents:
            change(pdf, one)
    return mutate


def profile(data, n):
    def mutate(pdf):
        stream = pdf.make_indirect(Stream(pdf, data, Dictionary(N=n)))
        for one in pdf.Root.OutputIntents:
            one.DestOutputProfile = stream
    return mutate


def colour(space, paint=b"/Seed cs 0 sc 0 0 1 1 re f"):
    return content(paint, lambda pdf: {"/ColorSpace": {"/Seed": pdf.make_indirect(space(pdf))}})


def tint(pdf, outputs=4, to=1, inputs=1):
    if inputs == 1:
        return pdf.make_indirect(Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * outputs), C1=Array([to] * outputs), N=1))
    return pdf.make_indirect(Stream(pdf, b"{ " + b"pop " * inputs + b"0 " * outputs + b"}", Dictionary(
        FunctionType=4, Domain=Array([0, 1] * inputs), Range=Array([0, 1] * outputs))))


def device(pdf):  # what the file's own intent is for
    return Name.DeviceCMYK if int(pdf.Root.OutputIntents[0].DestOutputProfile.N) == 4 else Name.DeviceRGB


def width(pdf):
    return 4 if device(pdf) == Name.DeviceCMYK else 3


def device_n(names, attributes=None):
    return colour(lambda pdf: Array([Name.DeviceN, Array([Name("/" + n) for n in names]), device(pdf), tint(pdf, width(pdf), inputs=len(names))] +
                                    ([attributes(pdf)] if attributes else [])),
                  b"/Seed cs " + b"0 " * len(names) + b"scn 0 0 1 1 re f")


def two_separations(colorant):
    def mutate(pdf):
        for name, to in (("/SeedA", 1), ("/SeedB", 0.5)):
            content(b"%s cs 0 scn 0 0 1 1 re f" % name.encode(), lambda pdf: {"/ColorSpace": {
                name: Array([Name.Separation, Name("/" + colorant), device(pdf), tint(pdf, width(pdf), to)])}})(pdf)
    return mutate


def own_cmap(pdf, further=b""):
    """The first font has a CMap of its own, which maps codes to equal CIDs."""
    cmap = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Seed def /CMapType 1 def
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <FFFE> 0 endcidrange """ + further + b" endcmap end end"
    font = pdf.pages[0].obj.Resources.Font[sorted(pdf.pages[0].obj.Resources.Font.keys())[0]]
    stream = Stream(pdf, cmap, Dictionary(Type=Name.CMap, CMapName=Name.Seed, CIDSystemInfo=Dictionary(
        Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)))
    font.Encoding = pdf.make_indirect(stream)


def big_cid(pdf):
    """Also where no text uses it."""
    own_cmap(pdf, b"1 begincidrange <FFFF> <FFFF> 70000 endcidrange")


def first_name(pdf):
    return sorted(pdf.pages[0].obj.Resources.Font.keys())[0][1:].encode()


def shown(text):
    """With the page's first font."""
    return lambda pdf: content(b"BT /%s 9 Tf %s ET" % (first_name(pdf), text))(pdf)


def to_unicode(pairs):
    """Maps all codes of all fonts to this."""
    program = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /S def 1 begincodespacerange <0000> <FFFF> " \
        b"endcodespacerange %s endcmap end end" % pairs
    return each_font(lambda pdf, font: font.__setitem__("/ToUnicode", pdf.make_indirect(Stream(pdf, program))), "/Type0")


def inherited_resources(pdf):
    one = pdf.pages[0].obj
    pdf.Root.Pages.Resources = one.Resources
    del one["/Resources"]


def embedded(data=None, **without_keys):
    def mutate(pdf):
        inner = pdf.make_indirect(Stream(pdf, data or b"no PDF", Dictionary(Type=Name.EmbeddedFile)))
        given = dict(Type=Name.Filespec, F=String("a.pdf"), UF=String("a.pdf"), Desc=String("d"), EF=Dictionary(F=inner))
        given = {key: value for key, value in given.items() if without_keys.get(key, True)}
        pdf.Root.Names = pdf.Root.get("/Names", Dictionary())
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String("a"), pdf.make_indirect(Dictionary(**given))]))
    return mutate


def layers(configs=None, **entries):
    def mutate(pdf):
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("layer")))
        default = {"Name": String("shown"), "Order": Array([group]), **entries}
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(**{key: value for key, value in default.items() if value is not None}))
        if configs is not None:
            pdf.Root.OCProperties.Configs = configs
    return mutate


def info(**entries):
    def mutate(pdf):
        for key, value in entries.items():
            if value is None:
                del pdf.trailer.Info["/" + key]
            else:
                pdf.trailer.Info["/" + key] = value
    return mutate


def type_3(width=b"9", paint=b"/Seed gs 0 0 9 9 re f", shown=b"(A)", **entries):
    def resources(pdf):
        glyph = pdf.make_indirect(Stream(pdf, width + b" 0 0 0 9 9 d1 " + (paint if "Resources" not in entries else paint.replace(b"/Seed gs", b""))))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]),
                          CharProcs=Dictionary(A=glyph), Encoding=Dictionary(Type=Name.Encoding, Differences=Array([65, Name.A])),
                          FirstChar=65, LastChar=65, Widths=Array([9]), **entries)
        return {"/Font": {"/Seed3": font}, "/ExtGState": {"/Seed": Dictionary(LW=1)}}
    return content(b"BT /Seed3 9 Tf " + shown + b" Tj ET", resources)


def unembedded_truetype(pdf):
    """Shows nothing, so it need not be embedded; its dictionary has to be right all the same."""
    truetype()(pdf)
    del pdf.pages[0].obj.Resources.Font["/SeedT"].FontDescriptor["/FontFile2"]


def stencil(pdf):
    return {"/Pattern": {"/SeedP": Stream(pdf, b"0 0 0 1 k 0 0 9 9 re f", Dictionary(
        PatternType=1, PaintType=2, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9, Resources=Dictionary()))},
        "/ColorSpace": {"/SeedS": Array([Name.Pattern, Name.DeviceRGB])}}


def simple_font(drop=(), descriptor=None, **entries):
    """A Type 1 font without a program, not painted: only its dictionary matters."""
    def resources(pdf):
        given = dict(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Seed, FirstChar=65, LastChar=65, Widths=Array([500]),
                     Encoding=Name.WinAnsiEncoding, FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name.Seed, Flags=32))
        given.update(entries)
        for key in drop:
            del given[key]
        return {"/Font": {"/Seed1": Dictionary(**given)}}
    return content(b"BT /Seed1 9 Tf 3 Tr (A) Tj ET", resources)


def lzw(pdf):
    pdf.Root.Seed = stream(pdf, b"\x80\x40\x40", Filter=Name.LZWDecode)


def plain_stream(**entries):
    return root("/Seed", lambda pdf: stream(pdf, b"seed", **entries))


def cmap_font(change):
    def mutate(pdf):
        own_cmap(pdf)
        change(pdf, pdf.pages[0].obj.Resources.Font[sorted(pdf.pages[0].obj.Resources.Font.keys())[0]])
    return mutate


def set_cid_info(font, **entries):
    font.DescendantFonts[0].CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
    for key, value in entries.items():
        font.DescendantFonts[0].CIDSystemInfo["/" + key] = value


def program_of(pdf, font):
    descriptor = font.DescendantFonts[0].FontDescriptor
    return descriptor, next(key for key in ("/FontFile2", "/FontFile3") if key in descriptor)


def truetype(flags=32, **entries):
    """The file's own TrueType program as a simple font."""
    def resources(pdf):
        for _, font in sorted(pdf.pages[0].obj.Resources.Font.items(), key=lambda one: one[0]):
            descriptor, key = program_of(pdf, font)
            if key == "/FontFile2":
                break
        else:
            raise AssertionError("the first page has no TrueType font")
        own = Dictionary(Type=Name.FontDescriptor, FontName=font.BaseFont, Flags=flags, FontFile2=descriptor.FontFile2)
        given = dict(Type=Name.Font, Subtype=Name.TrueType, BaseFont=font.BaseFont, FirstChar=101, LastChar=101, Widths=Array([500]), FontDescriptor=own,
                     ToUnicode=Stream(pdf, b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <65> <0065> endbfchar endcmap"))
        given.update(entries)
        return {"/Font": {"/SeedT": Dictionary(**given)}}
    return content(b"BT /SeedT 9 Tf 3 Tr (e) Tj ET", resources)


def program(change=lambda data: data, **entries):
    """A TrueType program that says or holds something else than it should."""
    def mutate(pdf):
        truetype(Encoding=Name.WinAnsiEncoding)(pdf)
        descriptor = pdf.pages[0].obj.Resources.Font["/SeedT"].FontDescriptor
        data = change(descriptor.FontFile2.read_bytes())
        descriptor.FontFile2 = pdf.make_indirect(Stream(pdf, data, Length1=len(data), **entries))
    return mutate


def cid_set(pdf):
    """The first font with a list of its CIDs, which names none."""
    font = pdf.pages[0].obj.Resources.Font[sorted(pdf.pages[0].obj.Resources.Font.keys())[0]]
    program_of(pdf, font)[0].CIDSet = pdf.make_indirect(Stream(pdf, bytes(32)))


def roles(table):
    """The outermost element is of the type Seed."""
    def mutate(pdf):
        top = pdf.Root.StructTreeRoot.K
        (top[0] if isinstance(top, Array) else top).S = Name.Seed
        pdf.Root.StructTreeRoot.RoleMap = table
    return mutate


def swap(old, new):
    """Bytes of one length, where they stand first."""
    def mutate(data):
        assert len(old) == len(new) and old in data, old
        return data.replace(old, new, 1)
    return mutate


def in_length(data):
    import re
    found = next(m for m in re.finditer(rb"/Length (\d{3,}) ", data))
    number = int(found.group(1))
    return data[:found.start(1)] + b"%0*d" % (len(found.group(1)), number - 7) + data[found.end(1):]


def hexadecimal(pdf):
    """What the changes of RAW are made in: a hexadecimal string, a place for a number."""
    pdf.Root.Seed = String(b"\xfe\x81\x82\x83\x84\x85\x86\x87")
    pdf.Root.SeedStream = stream(pdf, b"seed", SeedFilter=Array([Name.Crypt]), SeedDecodeParms=Array([Dictionary(Name=Name.Own)]))
    pdf.Root.SeedNumber = String("n" * 48)


def not_utf8(data):
    import re
    found = re.search(rb"/BaseFont /\w{6}\+\w{3}", data)
    return data[:found.end() - 3] + b"#ff" + data[found.end():]


CONFIGS = Array([Dictionary(Name=String("shown"))])

# (rules, edition, change, whether pdfax_check.py fails the file too)
PDF = [
    ("A2 6.1.7.1-3", "screen", plain_stream(F=String("a.bin")), True),
    ("A2 6.1.7.2-1", "screen", lzw, True),
    ("A2 6.1.7.2-3", "screen", plain_stream(Filter=Name.SeedDecode), BYTES),
    ("A2 6.1.10-1", "screen", content(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x40\x40 EI"), True),
    ("A2 6.1.10-2", "screen", content(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /SeedDecode ID \x80\x40\x40 EI"), CONTENT),
    ("A2 6.1.12-1", "screen", root("/Perms", Dictionary(Seed=Dictionary())), True),
    ("A2 6.1.12-2", "screen", root("/Perms", Dictionary(DocMDP=Dictionary(Reference=Array([Dictionary(Type=Name.SigRef, DigestMethod=Name.MD5)])))), DICTIONARIES),
    ("A2 6.1.13-1", "screen", root("/Seed", 2147483648), True),
    ("A2 6.1.13-1", "screen", content(b"/Seed <</N 1>> DP 2147483648 i"), CONTENT),
    ("A2 6.1.6-1", "screen", content(b"/Seed <</N <ABC>>> DP"), CONTENT),
    ("A2 6.1.13-2", "screen", content(b"4" + b"0" * 38 + b".5 i"), CONTENT),
    ("A2 6.1.13-5", "screen", content(b"0." + b"0" * 38 + b"5 i"), CONTENT),
    ("A2 6.1.13-3", "screen", root("/Seed", String("x" * 32768)), True),
    ("A2 6.1.13-4", "screen", root("/Seed", Name("/" + "x" * 128)), True),
    ("A2 6.1.13-8", "screen", content(b"q " * 28 + b"Q " * 28), True),
    ("A2 6.1.13-9", "screen", device_n(["C%d" % i for i in range(33)], lambda pdf: Dictionary(Colorants=Dictionary(
        **{"C%d" % i: Array([Name.Separation, Name("/C%d" % i), device(pdf), tint(pdf, width(pdf))]) for i in range(33)}))), True),
    ("A2 6.1.13-10", "screen", big_cid, CONTENT),
    ("A2 6.1.13-1", "screen", content(b"[2147483648 1] 0 d"), CONTENT),
    ("A2 6.1.13-1", "screen", content(b"/Seed <</N [2147483648]>> DP"), CONTENT),
    ("A2 6.1.13-4", "screen", content(b"/Seed <</" + b"n" * 128 + b" 1>> DP"), CONTENT),
    ("A2 6.1.6-2", "screen", content(b"/Seed <</N <4X>>> DP"), CONTENT),
    ("A2 6.1.13-11", "screen", page("/CropBox", Array([0, 0, 2, 300])), True),
    ("A2 6.2.2-1", "screen", content(b"BX seed EX"), True),
    ("A2 6.2.2-2", "screen", inherited_resources, CONTENT),
    ("A2 6.2.2-2", "screen", content(b"/SeedF Do", lambda pdf: {"/ExtGState": {"/Seed": Dictionary(LW=1)}, "/XObject": {"/SeedF": Stream(
        pdf, b"/Seed gs", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1])))}}), CONTENT),
    ("A2 6.2.2-2", "screen", content(b"/SeedF Do", lambda pdf: {"/ExtGState": {"/Seed": Dictionary(LW=1)}, "/XObject": {"/SeedF": Stream(
        pdf, b"/Seed gs", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Resources=Dictionary()))}}), CONTENT),
    ("A2 6.2.2-2", "screen", type_3(), CONTENT),
    ("A2 6.2.3-1", "screen", profile(icc(b"scnr", b"RGB "), 3), True),
    ("A2 6.2.3-1", "screen", profile(icc(b"mntr", b"RGB ", version=5), 3), True),
    ("A2 6.2.3-1", "screen", profile(icc(b"mntr", b"RGB ", size=140), 3), True),
    ("A2 6.2.3-2", "press", lambda pdf: profile(icc(), 4)(pdf) or pdf.Root.OutputIntents[0].__setitem__("/DestOutputProfile", pdf.make_indirect(
        Stream(pdf, icc(), Dictionary(N=4)))), True),
    ("A2 6.2.3-3", "press", intent(lambda pdf, one: one.__setitem__("/DestOutputProfileRef", Dictionary())), True),
    ("A2 6.2.3-4", "screen", profile(icc(b"mntr", b"RGB "), 4), True),
    ("A2 6.2.4.1-1", "screen", colour(lambda pdf: Array([Name.SeedSpace, 1])), CONTENT),
    ("A2 6.2.4.2-1", "screen", colour(lambda pdf: Array([Name.ICCBased, Stream(pdf, icc(b"abst", b"RGB "), Dictionary(N=3))])), True),
    ("A2 6.2.4.2-3", "screen", colour(lambda pdf: Array([Name.ICCBased, Stream(pdf, icc(b"mntr", b"RGB "), Dictionary(N=1))])), True),
    ("A2 6.2.4.2-2", "screen", content(b"/Seed gs /Seed cs 0 0 0 1 sc 0 0 1 1 re f", lambda pdf: {
        "/ExtGState": {"/Seed": Dictionary(OP=True, OPM=1)},
        "/ColorSpace": {"/Seed": Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, icc(), Dictionary(N=4)))])}}), CONTENT),
    ("A2 6.2.4.3-2", "press", content(b"1 0 0 rg 0 0 1 1 re f"), True),
    ("A2 6.2.4.3-3", "screen", content(b"0 0 0 1 K 0 0 1 1 re S"), True),
    ("A2 6.2.4.3-3", "screen", picture(b"\x00" * 4, ColorSpace=Name.DeviceCMYK), True),
    ("A2 6.2.4.3-2 6.2.4.3-4", "screen", without("/OutputIntents"), True),
    ("A2 6.2.4.3-3", "screen", device_n(["None", "Black"], lambda pdf: Dictionary(Process=Dictionary(
        ColorSpace=Name.DeviceCMYK, Components=Array([Name.Cyan, Name.Magenta, Name.Yellow, Name.Black])))), CONTENT),
    ("A2 6.2.4.4-1", "screen", device_n(["House", "Black"]), True),
    ("A2 6.2.4.4-2", "press", two_separations("House Red"), True),
    ("A2 6.2.4.4-2", "press", two_separations("All"), True),
    ("A2 6.2.5-1", "screen", state(TR=Name.Identity), True),
    ("A2 6.2.5-2", "screen", state(TR2=Name.Identity), True),
    ("A2 6.2.5-3", "screen", state(HTP=Array([0, 0])), True),
    ("A2 6.2.5-4", "screen", halftone(HalftoneType=6), True),
    ("A2 6.2.5-5", "screen", halftone(HalftoneType=1, HalftoneName=String("seed")), True),
    ("A2 6.2.5-6", "screen", halftone(HalftoneType=1, TransferFunction=Name.Identity), DICTIONARIES),
    ("A2 6.2.5-6", "screen", halftone(HalftoneType=5, Default=halftone_of(), Red=halftone_of(TransferFunction=Name.Identity)), DICTIONARIES),
    ("A2 6.2.5-6", "screen", halftone(HalftoneType=5, Default=halftone_of(), House=halftone_of()), DICTIONARIES),
    ("A2 6.2.6-1", "screen", content(b"/Seed ri"), True),
    ("A2 6.2.6-1", "screen", state(RI=Name.Seed), True),
    ("A2 6.2.6-1", "screen", picture(Intent=Name.Seed), True),
    ("A2 6.2.8.1-1", "screen", picture(Alternates=Array([])), True),
    ("A2 6.2.8.1-2", "screen", picture(OPI=Dictionary()), True),
    ("A2 6.2.8.1-3", "screen", picture(Interpolate=True), True),
    ("A2 6.2.8.1-3", "screen", content(b"BI /W 1 /H 1 /BPC 8 /CS /G /I true ID \x80 EI"), CONTENT),
    ("A2 6.2.8.1-4", "screen", picture(BitsPerComponent=7), True),
    ("A2 6.2.8.1-5", "screen", picture(ImageMask=True, ColorSpace=None, BitsPerComponent=8), True),
    ("A2 6.2.8.3-1", "screen", jpx(jpeg_2000(2, colr())), PICTURES),
    ("A2 6.2.8.3-2", "screen", jpx(jpeg_2000(3, colr() + colr(enumerated=17))), PICTURES),
    ("A2 6.2.8.3-3", "screen", jpx(jpeg_2000(3, colr(method=4))), PICTURES),
    ("A2 6.2.8.3-3", "screen", jpx(jpeg_2000(3)), PICTURES),
    ("A2 6.2.8.3-4", "screen", jpx(jpeg_2000(3, colr(enumerated=19))), PICTURES),
    ("A2 6.2.8.3-5", "screen", jpx(jpeg_2000(3, colr(), last_depth=9)), PICTURES),
    ("A2 6.2.8.3-5", "screen", jpx(jpeg_2000(3, colr(), declared=255)), PICTURES),
    ("A2 6.2.9-1", "screen", form(OPI=Dictionary()), True),
    ("A2 6.2.9-1", "screen", form(PS=lambda pdf: Stream(pdf, b"")), True),
    ("A2 6.2.9-2", "screen", form(Ref=Dictionary()), True),
    ("A2 6.2.9-1", "screen", form(Subtype2=Name.PS), True),
    ("A2 6.2.9-3", "screen", picture(b"showpage", Subtype=Name.PS, Width=None, Height=None, BitsPerComponent=None, ColorSpace=None), True),
    ("A2 6.2.10-1", "screen", state(BM=Name.Seed), True),
    ("A2 6.2.4.3-2 6.2.4.3-4 6.2.10-2", "screen", lambda pdf: state(ca=0.5)(pdf) or without("/OutputIntents")(pdf) or (
        pdf.pages[0].obj.__delitem__("/Group") if "/Group" in pdf.pages[0].obj else None), True),
    ("A2 6.2.11.2-1", "screen", first_font(lambda pdf, font: font.__setitem__("/Type", Name.Seed), "/Type0"), DICTIONARIES),
    ("A2 6.2.11.2-2", "screen", simple_font(Subtype=Name.Type9), True),
    ("A2 6.2.11.2-3", "screen", simple_font(("BaseFont",)), DICTIONARIES),
    ("A2 6.2.11.2-4 6.2.11.2-6", "screen", simple_font(("FirstChar",)), DICTIONARIES),
    ("A2 6.2.11.2-5 6.2.11.2-6", "screen", simple_font(("LastChar",)), DICTIONARIES),
    ("A2 6.2.11.2-6", "screen", simple_font(Widths=Array([500, 500])), DICTIONARIES),
    ("A2 6.2.11.3.1-1", "screen", cmap_font(lambda pdf, font: set_cid_info(font, Ordering=String("Seed"))), True),
    ("A2 6.2.11.3.1-1", "screen", cmap_font(lambda pdf, font: set_cid_info(font, Supplement=3)), True),
    ("A2 6.2.11.3.2-1", "screen", each_font(lambda pdf, font: font.__delitem__("/CIDToGIDMap"), "/CIDFontType2"), True),
    ("A2 6.2.11.3.3-1", "screen", first_font(lambda pdf, font: font.__setitem__("/Encoding", Name.SeedMap), "/Type0"), True),
    ("A2 6.2.11.3.3-2", "screen", cmap_font(lambda pdf, font: font.Encoding.__setitem__("/WMode", 1)), True),
    ("A2 6.2.11.3.3-3", "screen", cmap_font(lambda pdf, font: font.Encoding.__setitem__("/UseCMap", Name.SeedMap)), True),
    ("A2 6.2.11.4.1-1", "screen", each_font(lambda pdf, font: [font.FontDescriptor.__delitem__(key) for key in ("/FontFile2", "/FontFile3")
                                                               if key in font.FontDescriptor] if "/FontDescriptor" in font else None), True),
    ("A2 6.2.11.4.1-2 6.2.11.7.2-1", "screen", shown(b"<FFF0> Tj"), True),
    ("A2 6.2.11.5-1", "screen", each_font(lambda pdf, font: [inner.__setitem__(i, int(inner[i]) + 200) for inner in font.get("/W", [])
                                                             if isinstance(inner, Array) for i in range(len(inner))]), True),
    ("A2 6.2.11.6-2 6.2.11.8-1", "screen", truetype(), True),
    ("A2 6.2.11.6-2", "screen", truetype(Encoding=Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name.seedglyph]))), True),
    ("A2 6.2.11.6-3 6.2.11.6-4", "screen", truetype(flags=4, Encoding=Name.WinAnsiEncoding), True),
    ("A2 6.2.11.7.2-1", "screen", each_font(lambda pdf, font: font.__delitem__("/ToUnicode"), "/Type0"), True),
    ("A2 6.2.11.7.2-2", "screen", to_unicode(b"65536 beginbfchar " + b"".join(b"<%04X> <FEFF> " % code for code in range(65536)) + b"endbfchar"), True),
    ("A2 6.2.11.5-1", "screen", type_3(b"5", Resources=Dictionary()), DICTIONARIES),
    ("A2 6.2.11.4.1-2 6.2.11.7.2-1", "screen", type_3(shown=b"(AB)", Resources=Dictionary()), True),
    ("A2 6.2.11.6-2", "screen", unembedded_truetype, DICTIONARIES),
    ("A2 6.2.11.7.3-1", "screen", simple_font(Encoding=Dictionary(Differences=Array([65, Name.uniE000]))), CONTENT),
    ("A2 6.2.11.7.3-1", "screen", to_unicode(b"1 beginbfrange <0000> <00FF> <E000> endbfrange 1 beginbfrange <0100> <FFFF> <E100> endbfrange"), CONTENT),
    ("A2 6.2.11.8-1 6.2.11.7.2-1", "screen", shown(b"3 Tr <0000> Tj"), True),
    ("A2 6.3.1-1", "screen", annotation("Sound"), True),
    ("A2 6.3.2-1", "screen", annotation(F=None), True),
    ("A2 6.3.2-2", "screen", annotation(F=6), True),
    ("A2 6.3.2-2", "screen", annotation(F=0), True),
    ("A2 6.3.2-2", "screen", annotation(F=260), True),
    ("A2 6.3.3-1", "screen", annotation(AP=None), True),
    ("A2 6.3.3-2", "screen", annotation(AP=lambda pdf: Dictionary(N=pdf.make_indirect(Stream(pdf, b"")), D=pdf.make_indirect(Stream(pdf, b"")))), True),
    ("A2 6.3.3-3", "screen", annotation("Widget", FT=Name.Btn), FIELDS),
    ("A2 6.3.3-3", "screen", annotation("Widget", FT=Name.Btn, AP=Dictionary(N=Dictionary())), FIELDS),
    ("A2 6.3.3-3", "screen", annotation("Widget", FT=Name.Btn, AP=Dictionary(N=Dictionary(On=Dictionary()))), FIELDS),
    ("A2 6.3.3-4", "screen", annotation(AP=lambda pdf: Dictionary(N=Dictionary(On=pdf.make_indirect(Stream(pdf, b""))))), True),
    ("A2 6.4.1-1", "screen", annotation("Widget", FT=Name.Tx, A=Dictionary(S=Name.URI, URI=String("urn:seed"))), True),
    ("A2 6.4.1-2", "screen", field(AA=Dictionary()), FIELDS),
    ("A2 6.4.1-3", "screen", root("/AcroForm", Dictionary(Fields=Array([]), NeedAppearances=True)), True),
    ("A2 6.4.2-1", "screen", root("/AcroForm", Dictionary(Fields=Array([]), XFA=String("x"))), True),
    ("A2 6.4.2-2", "screen", root("/NeedsRendering", True), True),
    ("A2 6.4.3-1", "screen", field(V=Dictionary(Type=Name.Sig, Contents=String(signed_data()), ByteRange=Array([0, 10, 20, 30]))), DICTIONARIES),
    ("A2 6.4.3-1", "screen", field(V=Dictionary(Type=Name.Sig, Contents=String(signed_data()))), DICTIONARIES),
    ("A2 6.4.3-1 6.4.3-2", "screen", field(V=Dictionary(Type=Name.Sig, Contents=String("x"))), DICTIONARIES),
    ("A2 6.4.3-1 6.4.3-2", "screen", field(V=Dictionary(Type=Name.Sig, Contents=String(signed_data(signers=2)))), DICTIONARIES),
    ("A2 6.4.3-1 6.4.3-2", "screen", field(V=Dictionary(Type=Name.Sig, Contents=String(signed_data(certificate=False)))), DICTIONARIES),
    ("A2 6.5.1-1", "screen", root("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))), True),
    ("A2 6.5.1-1", "screen", root("/OpenAction", Dictionary(S=Name.GoTo, D=String("x"), Next=Dictionary(S=Name.Launch))), True),
    ("A2 6.5.1-2", "screen", root("/OpenAction", Dictionary(S=Name.Named, N=Name.Print)), True),
    ("A2 6.5.2-1", "screen", root("/AA", Dictionary()), True),
    ("A2 6.5.2-2", "screen", page("/AA", Dictionary()), True),
    ("A2 6.6.2.1-1", "screen", without("/Metadata"), True),
    ("A2 6.6.2.1-2", "screen", metadata(b' id="W5M0', b' bytes="9" id="W5M0'), True),
    ("A2 6.6.2.1-3", "screen", metadata(b' id="W5M0', b' encoding="UTF-8" id="W5M0'), True),
    ("A2 6.6.2.1-4", "screen", metadata(b"</rdf:RDF>", b""), True),
    ("A2 6.6.2.1-4", "screen", added(b"<xmp:Label>a</xmp:Label><xmp:Label>b</xmp:Label>"), SCHEMAS),
    ("A2 6.6.2.1-4", "screen", metadata(b"</rdf:RDF>", b'<rdf:Description rdf:about="urn:a"/><rdf:Description rdf:about="urn:b"/></rdf:RDF>'), SCHEMAS),
    ("A2 6.6.2.1-5", "screen", metadata(b"</dc:title>", b"</dc:title><!-- \xff -->"), True),
    ("A2 6.6.2.3.1-1", "screen", added(b"<seed:x>1</seed:x>", b'xmlns:seed="urn:seed:"'), True),
    ("A2 6.6.2.3.1-1", "screen", added(b"<dc:seed>1</dc:seed>"), True),
    ("A2 6.6.2.3.1-2", "screen", added(b"<dc:coverage><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></dc:coverage>"), True),
    ("A2 6.6.2.3.1-2", "screen", added(b"<xmp:Rating>good</xmp:Rating>"), SCHEMAS),
    ("A2 6.6.2.3.1-2", "screen", added(b"<tiff:Orientation>upright</tiff:Orientation>", b'xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'), SCHEMAS),
    ("A2 6.6.2.3.1-2", "screen", added(b"<exif:PixelXDimension>wide</exif:PixelXDimension>", b'xmlns:exif="http://ns.adobe.com/exif/1.0/"'), SCHEMAS),
    ("A2 6.6.2.3.1-2", "screen", added(b"<xmpMM:DerivedFrom>x</xmpMM:DerivedFrom>", b'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'), SCHEMAS),
    ("A2 6.6.2.3.3-1", "screen", described(schema(described_property()) + b"<pdfaSchema:other>x</pdfaSchema:other>"), SCHEMAS),
    ("A2 6.6.2.3.3-2", "screen", described(schema(described_property(description=b""))), SCHEMAS),
    ("A2 6.6.2.3.3-2", "screen", described(schema()), SCHEMAS),
    ("A2 6.6.2.3.3-3", "screen", lambda pdf: described(schema(described_property(), prefix=b"own"))(pdf) or metadata(
        b"xmlns:pdfaSchema=", b'xmlns:own="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaSchema=', 9)(pdf), SCHEMAS),
    ("A2 6.6.2.3.3-4", "screen", described(schema(described_property(kind=b"Seed"))), SCHEMAS),
    ("A2 6.6.2.3.3-5", "screen", described(schema(described_property(category=b"both"))), SCHEMAS),
    ("A2 6.6.4-1", "screen", metadata(lambda packet: packet.replace(b"pdfaid:conformance", b"pdfaid:amd")), True),
    ("A2 6.6.4-2", "screen", metadata(lambda packet: packet.replace(b"pdfaid:part>2", b"pdfaid:part>3").replace(b'pdfaid:part="2"', b'pdfaid:part="3"')), True),
    ("A2 6.6.4-3", "screen", metadata(lambda packet: packet.replace(b"conformance>A", b"conformance>B").replace(b'conformance="A"', b'conformance="B"')), True),
    ("A2 6.6.4-4", "screen", metadata(lambda packet: packet.replace(b"pdfaid", b"seedid")), SCHEMAS),
    ("A2 6.7.2.2-1", "screen", root("/MarkInfo", Dictionary(Marked=False)), True),
    ("A2 6.7.3.3-1", "screen", without("/StructTreeRoot"), True),
    ("A2 6.7.3.4-1", "screen", roles(Dictionary()), True),
    ("A2 6.7.3.4-2", "screen", roles(Dictionary(Seed=Name.Seed2, Seed2=Name.Seed)), True),
    ("A2 6.7.3.4-3", "screen", roles(Dictionary(Seed=Name.Document, Quote=Name.Seed2, Seed2=Name.Quote)), ROLES),
    ("A2 6.7.4-1", "screen", root("/Lang", String("no language")), True),
    ("A2 6.7.4-1", "screen", content(b"/Span <</Lang (e n)>> BDC EMC"), True),
    ("A2 6.8-2 6.8-5", "screen", embedded(UF=False), True),
    ("A2 6.8-5", "screen", embedded(), True),
    ("A2 6.9-1", "screen", layers(Name=None), True),
    ("A2 6.9-2", "screen", layers(CONFIGS), True),
    ("A2 6.9-3", "screen", layers(Order=Array([])), True),
    ("A2 6.9-4", "screen", layers(AS=Array([])), True),
    ("A2 6.10-1", "screen", root("/Names", Dictionary(AlternatePresentations=Dictionary())), True),
    ("A2 6.10-2", "screen", page("/PresSteps", Dictionary()), True),
    ("A2 6.11-1", "screen", root("/Requirements", Array([])), True),
    # PDF/X-4
    ("X4 FILE-2", "press", root("/Version", Name("/1.7")), VERSION),
    ("X4 FILE-5", "press", lzw, True),
    ("X4 FILE-5", "press", content(b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x40\x40 EI"), True),
    ("X4 FILE-6", "press", plain_stream(F=String("a.bin")), True),
    ("X4 META-1", "press", without("/Metadata"), True),
    ("X4 META-2", "press", metadata(b"PDF/X-4", b"PDF/X-3"), True),
    ("X4 META-3", "press", metadata(lambda packet: packet.replace(b"xmpMM:VersionID", b"xmpMM:SaveID")), True),
    ("X4 META-4", "press", info(Title=String("Another")), INFORMATION),
    ("X4 META-4", "press", info(CreationDate=String("D:20010101000000Z")), INFORMATION),
    ("X4 META-5", "press", info(Trapped=None), True),
    ("X4 META-5", "press", info(Trapped=Name.Unknown), True),
    ("X4 INTENT-1 COLOUR-1", "press", lambda pdf: pdf.Root.OutputIntents.__delitem__(next(
        i for i, one in enumerate(pdf.Root.OutputIntents) if one.S == Name.GTS_PDFX)), True),
    ("X4 INTENT-2", "press", lambda pdf: pdf.Root.OutputIntents.append(next(one for one in pdf.Root.OutputIntents if one.S == Name.GTS_PDFX)), True),
    ("X4 INTENT-3 COLOUR-1", "press", intent(lambda pdf, one: one.__delitem__("/DestOutputProfile")), True),
    ("X4 INTENT-4", "press", profile(icc(b"mntr"), 4), True),
    ("X4 INTENT-5", "press", profile(icc(), 3), True),
    ("X4 INTENT-6", "press", intent(lambda pdf, one: one.__setitem__("/OutputConditionIdentifier", String(""))), True),
    ("X4 INTENT-7", "press", intent(lambda pdf, one: one.__delitem__("/Info")), True),
    ("X4 COLOUR-1", "press", content(b"1 0 0 rg 0 0 1 1 re f"), True),
    ("X4 COLOUR-1", "press", picture(b"\x00" * 3, ColorSpace=Name.DeviceRGB), True),
    ("X4 COLOUR-2", "press", colour(lambda pdf: Array([Name.ICCBased, Stream(pdf, icc(b"link", b"RGB "), Dictionary(N=3))])), True),
    ("X4 COLOUR-3", "press", colour(lambda pdf: Array([Name.ICCBased, Stream(pdf, icc(b"mntr", b"RGB "), Dictionary(N=1))])), True),
    ("A2 6.2.11.2-7", "screen", program(Subtype=Name.Seed), DICTIONARIES),
    ("A2 6.2.11.6-1 6.2.11.8-1", "screen", program(lambda data: data.replace(b"cmap", b"cmaq", 1)), True),
    ("A2 6.2.11.4.2-2", "screen", cid_set, True),
    ("X4 BOX-2", "press", page("/ArtBox", lambda pdf: pdf.pages[0].obj.TrimBox), True),
    ("X4 BOX-2", "press", lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox"), True),
    ("X4 BOX-3", "press", page("/TrimBox", Array([-50, 0, 100, 100])), True),
    ("X4 ANNOT-1", "press", annotation(Rect=Array([100, 100, 110, 110])), True),
    ("X4 ACTION-1", "press", root("/OpenAction", Dictionary(S=Name.GoTo, D=String("x"))), True),
    ("X4 ACTION-2", "press", root("/AA", Dictionary()), True),
    ("X4 ACTION-3", "press", root("/Names", Dictionary(JavaScript=Dictionary(Names=Array([])))), True),
    ("X4 STATE-1", "press", state(TR=lambda pdf: tint(pdf, 1)), True),
    ("X4 STATE-2", "press", state(TR2=lambda pdf: tint(pdf, 1)), True),
    ("X4 STATE-3", "press", state(HTP=Array([0, 0])), True),
    ("X4 STATE-4", "press", halftone(HalftoneType=6), True),
    ("X4 STATE-5", "press", halftone(HalftoneType=1, HalftoneName=String("seed")), True),
    ("X4 PICTURE-1", "press", picture(Alternates=Array([])), True),
    ("X4 PICTURE-2", "press", picture(OPI=Dictionary()), True),
    ("X4 PICTURE-3", "press", form(Subtype2=Name.PS), True),
    ("X4 PICTURE-4", "press", form(Ref=Dictionary()), True),
    ("X4 FONT-1", "press", each_font(lambda pdf, font: [font.FontDescriptor.__delitem__(key) for key in ("/FontFile2", "/FontFile3")
                                                        if key in font.FontDescriptor] if "/FontDescriptor" in font else None), True),
    ("X4 FORM-1", "press", root("/AcroForm", Dictionary(Fields=Array([]), XFA=String("x"))), BY_A2),
    ("X4 FORM-2", "press", root("/Names", Dictionary(AlternatePresentations=Dictionary())), BY_A2),
    ("X4 LAYER-1", "press", layers(AS=Array([])), BY_A2),
    ("X4 LAYER-2", "press", layers(Name=None), BY_A2),
]

RAW = [
    ("A2 6.1.2-1", "screen", lambda data: data.replace(b"%PDF-1.", b"%PDF-2.", 1), True),
    ("A2 6.1.2-2", "screen", lambda data: data[:10] + b"abcd" + data[14:], True),
    ("A2 6.1.3-1", "screen", lambda data: data[:data.rfind(b"/ID [")] + b"/IX [" + data[data.rfind(b"/ID [") + 5:], True),
    ("A2 6.1.3-3", "screen", lambda data: data + b"more", True),
    ("A2 6.1.4-1", "screen", swap(b"xref\n0 ", b"xref 0\n"), BYTES),
    ("A2 6.1.6-1", "screen", swap(b"<fe81828384858687>", b"<fe8182838485868 >"), BYTES),
    ("A2 6.1.6-2", "screen", swap(b"<fe81828384858687>", b"<fe818283848586XY>"), BYTES),
    ("A2 6.1.13-2", "screen", swap(b"(" + b"n" * 48 + b")", b"4" + b"0" * 38 + b".5" + b"0" * 9), BYTES),
    ("A2 6.1.13-5", "screen", swap(b"(" + b"n" * 48 + b")", b"0." + b"0" * 38 + b"5" + b" " * 9), BYTES),
    ("A2 6.1.7.1-1", "screen", in_length, BYTES),
    ("A2 6.1.7.1-2", "screen", lambda data: data.replace(b"\nendstream", b" endstream", 1), BYTES),
    ("A2 6.1.7.2-2", "screen", lambda data: swap(b"/SeedFilter [", b"/Filter     [")(swap(b"/SeedDecodeParms [", b"/DecodeParms     [")(data)), True),
    ("A2 6.1.7.2-2", "screen", swap(b"/SeedFilter [", b"/Filter     ["), True),
    ("A2 6.1.8-1", "screen", not_utf8, BYTES),
    ("A2 6.1.9-1", "screen", swap(b"\nendobj\n", b" endobj\n"), BYTES),
    ("X4 FILE-1", "press", lambda data: data.replace(b"%PDF-1.", b"%PDF-2.", 1), True),
    ("X4 FILE-2", "press", lambda data: data.replace(b"%PDF-1.6", b"%PDF-1.7", 1), True),
    ("X4 BOX-1", "press", lambda data: data.replace(b"/MediaBox", b"/MediaBix", 1), True),
    ("X4 FILE-3", "press", lambda data: data[:data.rfind(b"/ID [")] + b"/IX [" + data[data.rfind(b"/ID [") + 5:], True),
]

# What looks like a fault and is none.
ALLOWED = [
    ("colours in a glyph that is a stencil", "screen", type_3(paint=b"0 0 0 1 k 0 0 9 9 re f", Resources=Dictionary())),
    ("colours in an uncoloured pattern", "screen", content(b"/SeedS cs 1 0 0 /SeedP scn 0 0 9 9 re f", stencil)),
    ("additional actions of what has none", "screen", annotation(AA=Dictionary())),
    ("a reference to a profile outside of PDF/X", "screen", intent(lambda pdf, one: one.__setitem__("/DestOutputProfileRef", Dictionary()))),
    ("a history of short entries", "screen", added(
        b'<xmpMM:History><rdf:Seq><rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action></rdf:li></rdf:Seq></xmpMM:History>',
        b'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"')),
    ("halftones of primary and spot colours", "screen", halftone(HalftoneType=5, Default=halftone_of(), Red=halftone_of(), House=halftone_of(
        TransferFunction=Name.Identity))),
    ("a glyph's width but for rounding", "screen", type_3(b"9.8", Resources=Dictionary())),
    ("what stays within the limits", "screen", content(b"/Seed <</N [2147483647 (" + b"x" * 32767 + b")] /" + b"n" * 127 + b" 1>> DP")),
    ("a button's appearances", "screen", annotation("Widget", FT=Name.Btn, AP=lambda pdf: Dictionary(N=Dictionary(On=pdf.make_indirect(
        Stream(pdf, b"", Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))))))),
    ("a CMap of its own", "screen", own_cmap),
]

# Rules without a seed here, and why.
UNSEEDED = {
    "A2 6.1.3-2": "encryption, tried by itself", "X4 FILE-4": "encryption, tried by itself",
    "A2 6.1.13-7": "a file of more than eight million objects",
    "A2 6.2.11.4.2-1": "CharSet belongs to Type 1 programs, which bifolio does not write; tried in tests/verify/ua1_fonts_test.cpp",
}
