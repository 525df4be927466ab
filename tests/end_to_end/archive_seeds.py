"""How faults against PDF/A-2 and PDF/X-4 are seeded: each function here returns one that changes a file opened with pikepdf, or its bytes.
The table of faults is in archive_faults.py."""
import io
import re
import zlib

import pikepdf
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
    found = next(m for m in re.finditer(rb"/Length (\d{3,}) ", data))
    number = int(found.group(1))
    return data[:found.start(1)] + b"%0*d" % (len(found.group(1)), number - 7) + data[found.end(1):]


def hexadecimal(pdf):
    """What the changes of RAW are made in: a hexadecimal string, a place for a number."""
    pdf.Root.Seed = String(b"\xfe\x81\x82\x83\x84\x85\x86\x87")
    pdf.Root.SeedStream = stream(pdf, b"seed", SeedFilter=Array([Name.Crypt]), SeedDecodeParms=Array([Dictionary(Name=Name.Own)]))
    pdf.Root.SeedNumber = String("n" * 48)


def not_utf8(data):
    found = re.search(rb"/BaseFont /\w{6}\+\w{3}", data)
    return data[:found.end() - 3] + b"#ff" + data[found.end():]


def made_cff():
    """A CFF program of three glyphs without outlines, .notdef, S and T, each 500 wide. Adobe Technical Note 5176."""
    def index(*items):
        ends = [1]
        for item in items:
            ends.append(ends[-1] + len(item))
        return len(items).to_bytes(2, "big") + (b"\1" + bytes(ends) + b"".join(items) if items else b"")

    number = lambda value: b"\x1d" + value.to_bytes(4, "big")  # of a dictionary, always five bytes long
    charset, private = b"\0\0\x34\0\x35", b"\x8b\x14\x8b\x15"
    glyphs = index(*[b"\x1c\x01\xf4\x0e"] * 3)  # 500 endchar

    def head(at):  # `at`: where the charset begins, behind the head
        top = number(at) + b"\x0f" + number(at + len(charset)) + b"\x11" + number(len(private)) + number(at + len(charset) + len(glyphs)) + b"\x12"
        return b"\1\0\4\1" + index(b"Made") + index(top) + index() + index()

    return head(len(head(0))) + charset + glyphs + private


def type_1(character_set):
    """A Type 1 font with a program; CharSet lists its glyphs."""
    def resources(pdf):
        program = pdf.make_indirect(Stream(pdf, made_cff(), Dictionary(Subtype=Name.Type1C)))
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Made"), Flags=32, FontFile3=program, CharSet=String(character_set))
        return {"/Font": {"/Seed1": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/ABCDEF+Made"), FirstChar=83, LastChar=84,
                                               Widths=Array([500, 500]), Encoding=Name.WinAnsiEncoding, FontDescriptor=descriptor)}}
    return content(b"BT /Seed1 9 Tf 3 Tr (ST) Tj ET", resources)


def encrypted(data):
    """With a password for its owner alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="", R=4), fix_metadata_version=False,
                 object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def millions_of_objects(data, more=8_388_608, in_each=262_144):
    """Behind the file's own objects further ones in object streams, as an update of the file. ISO 32000-1, 7.5.6 to 7.5.8."""
    trailer = data[data.rfind(b"trailer"):]
    first = int(re.search(rb"/Size (\d+)", trailer)[1])
    kept = b" ".join(re.search(rb"/%s ?(\d+ 0 R|\[ ?<[^]]*\])" % key, trailer)[0] for key in (b"Root", b"Info", b"ID"))
    previous = int(re.search(rb"startxref\s+(\d+)", trailer)[1])
    out = bytearray(data if data.endswith(b"\n") else data + b"\n")
    rows, holders, number = [], [], first
    places = [b" %d " % (2 * at) for at in range(in_each)]
    indices = [at.to_bytes(3, "big") for at in range(in_each)]
    streams = more // in_each
    for holder in range(first + more, first + more + streams):
        header = b"".join(b"%d%s" % (number + at, place) for at, place in enumerate(places))
        packed = zlib.compress(header + b"0 " * in_each, 1)
        rows.append(b"".join(b"\2" + holder.to_bytes(4, "big") + at for at in indices))
        number += in_each
        holders.append(b"\1" + len(out).to_bytes(4, "big") + bytes(3))
        out += b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Length %d /Filter /FlateDecode >>\nstream\n" % (holder, in_each, len(header), len(packed))
        out += packed + b"\nendstream\nendobj\n"
    own, place = first + more + streams, len(out)
    packed = zlib.compress(b"".join(rows + holders) + b"\1" + place.to_bytes(4, "big") + bytes(3), 1)
    out += b"%d 0 obj\n<< /Type /XRef /Size %d /Index [%d %d] /W [1 4 3] /Prev %d %s /Length %d /Filter /FlateDecode >>\nstream\n" % (
        own, own + 1, first, more + streams + 1, previous, kept, len(packed))
    out += packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % place
    return bytes(out)
