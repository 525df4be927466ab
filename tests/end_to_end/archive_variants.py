"""Variants of the conditions of PDF/A-2b, as veraPDF's corpus has several files for each: the same fault in other places, and what is right
beside it. Each row: what it is, the rules that have to be found (none: the file is right), the change. PRESS is made in the press edition."""
from archive_seeds import *
from pikepdf import Array, Dictionary, Name, Stream, String

SCREEN, PRESS = [], []


def row(what, rules, change):
    SCREEN.append((what, rules, change))


def press(what, rules, change):
    PRESS.append((what, rules, change))


def drawn(pdf, data, **entries):
    """A form."""
    given = dict(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), Resources=Dictionary())
    given.update(entries)
    return pdf.make_indirect(Stream(pdf, data, Dictionary(**given)))


def appearance(data, **resources):
    return annotation(AP=lambda pdf: Dictionary(N=drawn(pdf, data, Resources=Dictionary(**{key: value(pdf) for key, value in resources.items()}))))


def tiling(pdf, data, paint=1, **resources):
    return Stream(pdf, data, Dictionary(PatternType=1, PaintType=paint, TilingType=1, BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9,
                                        Resources=Dictionary(**resources)))


def tiled(data, **resources):
    return content(b"/Pattern cs /P scn 0 0 1 1 re f", lambda pdf: {"/Pattern": {"/P": tiling(pdf, data, **{
        key: value(pdf) for key, value in resources.items()})}})


def glyph(data, **resources):
    """Drawn by the glyph of a Type 3 font that has colours of its own."""
    return content(b"BT /S3 9 Tf (A) Tj ET", lambda pdf: {"/Font": {"/S3": Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]), FirstChar=65, LastChar=65,
        CharProcs=Dictionary(A=pdf.make_indirect(Stream(pdf, b"9 0 d0 " + data))), Encoding=Dictionary(Differences=Array([65, Name.A])),
        Widths=Array([9]), Resources=Dictionary(**{key: value(pdf) for key, value in resources.items()}))}})


def masked(data, **resources):
    """Drawn by a soft mask."""
    return state(SMask=lambda pdf: Dictionary(S=Name.Luminosity, G=drawn(pdf, data, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
                                                                         Resources=Dictionary(**{key: value(pdf) for key, value in resources.items()}))))


def profiled(kind, space, components):
    return lambda pdf: Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, icc(kind, space), Dictionary(N=components)))])


cmyk, rgb = profiled(b"prtr", b"CMYK", 4), profiled(b"mntr", b"RGB ", 3)
BLACK = b"0 0 0 1 k 0 0 1 1 re f"

# 6.1
row("q to the limit", "", content(b"q " * 27 + b"Q " * 27))
row("q beyond it in a form", "6.1.13-8", form(b"q " * 29 + b"Q " * 29))
row("permissions that are allowed", "", root("/Perms", Dictionary(UR3=Dictionary())))
row("a MediaBox a little too large", "6.1.13-11", page("/MediaBox", Array([0, 0, 14400.5, 600])))
row("as many colorants as may be", "", device_n(["C%d" % i for i in range(32)], lambda pdf: Dictionary(Colorants=Dictionary(
    **{"C%d" % i: Array([Name.Separation, Name("/C%d" % i), device(pdf), tint(pdf, width(pdf))]) for i in range(32)}))))
# 6.2.2
row("an unknown operator in a compatibility section", "6.2.2-1", content(b"BX /x foo EX"))
row("… in a form", "6.2.2-1", form(b"foo"))
row("… in an appearance", "6.2.2-1", appearance(b"foo"))
row("… in a glyph", "6.2.2-1", glyph(b"foo"))
row("… in a pattern", "6.2.2-1", tiled(b"foo"))
row("… in a form that is not drawn", "", content(b"", lambda pdf: {"/XObject": {"/F": drawn(pdf, b"foo")}}))
# 6.2.3
for kind in (b"link", b"abst", b"spac", b"nmcl", b"scnr"):
    row("an output intent of class " + kind.decode(), "6.2.3-1", profile(icc(kind, b"RGB "), 3))
row("… in Lab", "6.2.3-1", profile(icc(b"mntr", b"Lab "), 3))
row("… of version 4", "", profile(icc(b"mntr", b"RGB ", version=4), 3))
row("… for inks, and the colours are those of a screen", "6.2.4.3-2", profile(icc(b"prtr", b"CMYK"), 4))
row("… without a profile", "6.2.4.3-2 6.2.4.3-4", intent(lambda pdf, one: one.__delitem__("/DestOutputProfile")))


# 6.2.4.2
def overprinted(paint, **entries):
    return content(paint, lambda pdf: {"/ExtGState": {"/Seed": Dictionary(**entries)}, "/ColorSpace": {"/C4": cmyk(pdf)}})


FILL, STROKE = b"/Seed gs /C4 cs 0 0 0 1 sc 0 0 1 1 re f", b"/Seed gs /C4 CS 0 0 0 1 SC 0 0 1 1 re S"
row("overprinting strokes", "6.2.4.2-2", overprinted(STROKE, OP=True, OPM=1))
row("overprinting areas, as strokes do", "6.2.4.2-2", overprinted(FILL, OP=True, OPM=1))
row("overprinting areas alone", "6.2.4.2-2", overprinted(FILL, op=True, OPM=1))
row("a stroke where areas overprint", "", overprinted(STROKE, op=True, OPM=1))
row("an area where strokes overprint", "", overprinted(FILL, OP=True, op=False, OPM=1))
row("overprinting in mode 0", "", overprinted(FILL, op=True, OPM=0))
row("overprinting text", "6.2.4.2-2", lambda pdf: overprinted(b"/Seed gs /C4 cs 0 0 0 1 sc BT /%s 9 Tf <0001> Tj ET" % first_name(pdf), op=True, OPM=1)(pdf))
row("overprinting that has ended", "", overprinted(b"q /Seed gs Q /C4 cs 0 0 0 1 sc 0 0 1 1 re f", op=True, OPM=1))
row("overprinting told in two states", "6.2.4.2-2", content(b"/S1 gs /S2 gs /C4 cs 0 0 0 1 sc 0 0 1 1 re f", lambda pdf: {
    "/ExtGState": {"/S1": Dictionary(OPM=1), "/S2": Dictionary(op=True)}, "/ColorSpace": {"/C4": cmyk(pdf)}}))
row("overprinting in a form", "6.2.4.2-2", content(b"/Seed gs /F Do", lambda pdf: {
    "/ExtGState": {"/Seed": Dictionary(op=True, OPM=1)},
    "/XObject": {"/F": drawn(pdf, b"/C4 cs 0 0 0 1 sc 0 0 1 1 re f", Resources=Dictionary(ColorSpace=Dictionary(C4=cmyk(pdf))))}}))
# 6.2.4.3
row("inks in an indexed picture", "6.2.4.3-3", picture(b"\0", ColorSpace=Array([Name.Indexed, Name.DeviceCMYK, 0, String(b"\0\0\0\0")])))
row("… in an inline picture", "6.2.4.3-3", content(b"BI /W 1 /H 1 /BPC 8 /CS /CMYK ID \0\0\0\0 EI"))
SHADING = lambda pdf: Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 1, 1]), Function=tint(pdf))
row("… in a shading", "6.2.4.3-3", content(b"/Sh sh", lambda pdf: {"/Shading": {"/Sh": SHADING(pdf)}}))
row("… in a shading pattern", "6.2.4.3-3", content(b"/Pattern cs /P scn 0 0 1 1 re f", lambda pdf: {
    "/Pattern": {"/P": Dictionary(PatternType=2, Shading=SHADING(pdf))}}))
row("… in a tiling pattern", "6.2.4.3-3", tiled(BLACK))
row("… for an uncoloured pattern", "6.2.4.3-3", content(b"/PC cs 0 0 0 1 /P scn 0 0 1 1 re f", lambda pdf: {
    "/ColorSpace": {"/PC": Array([Name.Pattern, Name.DeviceCMYK])}, "/Pattern": {"/P": tiling(pdf, b"0 0 1 1 re f", 2)}}))
row("… as a spot colour's alternates", "6.2.4.3-3", colour(lambda pdf: Array([Name.Separation, Name.House, Name.DeviceCMYK, tint(pdf)]),
                                                      b"/Seed cs 1 scn 0 0 1 1 re f"))
row("… in a glyph", "6.2.4.3-3", glyph(BLACK))
row("… in an appearance", "6.2.4.3-3", appearance(BLACK))
row("… in a soft mask", "6.2.4.3-3", masked(BLACK))
row("… for blending", "6.2.4.3-3", form(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)))
row("… with a default space", "", content(BLACK, lambda pdf: {"/ColorSpace": {"/DefaultCMYK": cmyk(pdf)}}))
row("… that nothing is drawn with", "", content(b"", lambda pdf: {"/ColorSpace": {"/Seed": Array([Name.Separation, Name.House, Name.DeviceCMYK, tint(pdf)])}}))
press("a screen's colours on the press", "6.2.4.3-2", content(b"/DeviceRGB cs 1 0 0 sc 0 0 1 1 re f"))
press("… with a default space", "", content(b"1 0 0 rg 0 0 1 1 re f", lambda pdf: {"/ColorSpace": {"/DefaultRGB": rgb(pdf)}}))
press("grey on the press", "", content(b"0.5 g 0 0 1 1 re f"))
press("inks by name", "", device_n(["Cyan", "Black"]))
# 6.2.5, 6.2.6
row("TR2 by default", "", state(TR2=Name.Default))
row("TR as a function", "6.2.5-1", state(TR=lambda pdf: tint(pdf, 1)))
row("TR2 as functions", "6.2.5-2", state(TR2=lambda pdf: Array([tint(pdf, 1)] * 4)))
row("the default halftone", "", state(HT=Name.Default))
row("a halftone of type 10", "6.2.5-4", state(HT=lambda pdf: stream(pdf, b"\0", Type=Name.Halftone, HalftoneType=10, Xsquare=1, Ysquare=1)))
row("a halftone of type 6 among others", "6.2.5-4", halftone(HalftoneType=5, Default=halftone_of(), Cyan=Dictionary(HalftoneType=6)))
row("a halftone with a name among others", "6.2.5-5", halftone(HalftoneType=5, Default=halftone_of(HalftoneName=String("x"))))
row("a primary ink's transfer function", "6.2.5-6", halftone(HalftoneType=5, Default=halftone_of(), Cyan=halftone_of(TransferFunction=Name.Identity)))
row("the intent of an inline picture", "6.2.6-1", content(b"BI /W 1 /H 1 /BPC 8 /CS /G /Intent /Seed ID \x80 EI"))
row("an intent in small letters", "6.2.6-1", content(b"/perceptual ri"))
# 6.2.8, 6.2.9
row("an inline picture of 3 bits", "6.2.8.1-4", content(b"BI /W 1 /H 1 /BPC 3 /CS /G ID \x80 EI"))
row("a mask that does not say its bits", "", picture(b"\x80", ImageMask=True, ColorSpace=None, BitsPerComponent=None))
row("a picture not to be interpolated", "", picture(Interpolate=False))
row("a soft mask to be interpolated", "6.2.8.1-3", lambda pdf: picture(SMask=pdf.make_indirect(Stream(pdf, b"\0", Dictionary(
    Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray, Interpolate=True))))(pdf))
row("JPEG 2000 in RGB", "", jpx(jpeg_2000(3, colr())))
row("… in CMYK", "", jpx(jpeg_2000(4, colr(enumerated=12))))
row("… with a colour space of the PDF", "", jpx(jpeg_2000(3), ColorSpace=Name.DeviceRGB))
row("… with five channels", "6.2.8.3-1", jpx(jpeg_2000(5, colr())))
row("… of 39 bits", "6.2.8.3-5", jpx(jpeg_2000(3, colr(), depth=38)))
row("… with one best specification", "", jpx(jpeg_2000(3, colr(approximation=1) + colr(enumerated=17))))
row("… with two best ones", "6.2.8.3-2", jpx(jpeg_2000(3, colr(approximation=1) + colr(enumerated=17, approximation=1))))
row("another Subtype2", "", form(Subtype2=Name.Foo))
row("PostScript that nothing draws", "", content(b"", lambda pdf: {"/XObject": {"/Seed": stream(pdf, b"x", Type=Name.XObject, Subtype=Name.PS)}}))
# 6.2.10
for mode in ("Normal", "Compatible", "Luminosity"):
    row("blending by " + mode, "", state(BM=Name("/" + mode)))
row("blending in small letters", "6.2.10-1", state(BM=Name.normal))
row("a list of blend modes", "", state(BM=Array([Name.Multiply])))
row("an unknown one in a list", "6.2.10-1", state(BM=Array([Name.Foo, Name.Normal])))


def without_intent(change):
    def mutate(pdf):
        change(pdf)
        del pdf.Root.OutputIntents
        for one in pdf.pages:
            if "/Group" in one.obj:
                del one.obj["/Group"]
    return mutate


def half(pdf):
    return Dictionary(S=Dictionary(ca=0.5))


DEVICES = "6.2.4.3-2 6.2.4.3-4"
for what, change in (
        ("a blend mode", state(BM=Name.Multiply)), ("a constant", state(CA=0.5)), ("a group", form(Group=Dictionary(S=Name.Transparency))),
        ("a picture's mask", lambda pdf: picture(SMask=pdf.make_indirect(Stream(pdf, b"\0", Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray))))(pdf)),
        ("JPEG 2000's mask", jpx(jpeg_2000(4, colr()), SMaskInData=1)), ("an appearance", appearance(b"/S gs 0 0 9 9 re f", ExtGState=half)),
        ("a pattern", tiled(b"/S gs 0 0 1 1 re f", ExtGState=half)), ("a glyph", glyph(b"/S gs 0 0 9 9 re f", ExtGState=half))):
    row("blending without a colour space: " + what, DEVICES + " 6.2.10-2", without_intent(change))
row("nothing blended, and no colour space", DEVICES, without_intent(state(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None"))))
row("blending in the page's colour space", DEVICES, lambda pdf: without_intent(state(ca=0.5))(pdf) or page(
    "/Group", lambda pdf: Dictionary(S=Name.Transparency, CS=rgb(pdf)))(pdf))
# 6.2.11
HELVETICA = lambda pdf: Dictionary(H=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding))
LETTER = b"BT /H 9 Tf (A) Tj ET"
shown_here = lambda text: content(text, lambda pdf: {"/Font": {"/H": HELVETICA(pdf).H}})
row("a font that is not embedded", "6.2.11.4.1-1", shown_here(LETTER))
row("… clipping", "6.2.11.4.1-1", shown_here(b"BT /H 9 Tf 7 Tr (A) Tj ET"))
row("… invisible", "", shown_here(b"BT /H 9 Tf 3 Tr (A) Tj ET"))
row("… chosen and not used", "", shown_here(b"BT /H 9 Tf ET"))
row("… showing nothing", "", shown_here(b"BT /H 9 Tf () Tj ET"))
row("… in a form", "6.2.11.4.1-1", content(b"/F Do", lambda pdf: {"/XObject": {"/F": drawn(pdf, LETTER, Resources=Dictionary(Font=HELVETICA(pdf)))}}))
row("… in a form in a form", "6.2.11.4.1-1", content(b"/F Do", lambda pdf: {"/XObject": {"/F": drawn(pdf, b"/G Do", Resources=Dictionary(
    XObject=Dictionary(G=drawn(pdf, LETTER, Resources=Dictionary(Font=HELVETICA(pdf))))))}}))
row("… in an appearance", "6.2.11.4.1-1", appearance(LETTER, Font=HELVETICA))
row("… in the appearance of a state that is off", "6.2.11.4.1-1", annotation("Widget", FT=Name.Btn, AS=Name.Off, AP=lambda pdf: Dictionary(N=Dictionary(
    On=drawn(pdf, LETTER, Resources=Dictionary(Font=HELVETICA(pdf))), Off=drawn(pdf, b"")))))
row("… in a pattern", "6.2.11.4.1-1", tiled(LETTER, Font=HELVETICA))
row("… in a glyph", "6.2.11.4.1-1", glyph(LETTER, Font=HELVETICA))
row("… in a soft mask", "6.2.11.4.1-1", masked(LETTER, Font=HELVETICA))
row("… in a graphics state", "6.2.11.4.1-1", content(b"/G gs BT (A) Tj ET", lambda pdf: {"/ExtGState": {"/G": Dictionary(
    Font=Array([pdf.make_indirect(HELVETICA(pdf).H), 9]))}}))
row("… in a form that is not drawn", "", content(b"", lambda pdf: {"/XObject": {"/F": drawn(pdf, LETTER, Resources=Dictionary(Font=HELVETICA(pdf)))}}))
# 6.3
for kind in ("3D", "Sound", "Screen", "Movie", "RichMedia", "Projection", "Seed"):
    row("an annotation of type " + kind, "6.3.1-1", annotation(kind))
for kind in ("Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink",
             "PrinterMark", "TrapNet", "Watermark", "Redact"):
    row("an annotation of type " + kind, "", annotation(kind))
row("an annotation of no type", "6.3.1-1", lambda pdf: annotation()(pdf) or pdf.pages[0].obj.Annots[-1].__delitem__("/Subtype"))
for flags, rules in ((4, ""), (28, ""), (4 + 64 + 128, ""), (4 + 512, ""), (0, "6.3.2-2"), (5, "6.3.2-2"), (6, "6.3.2-2"), (36, "6.3.2-2"), (260, "6.3.2-2")):
    row("the flags %d" % flags, rules, annotation(F=flags))
row("a popup without flags", "", annotation("Popup", F=None))
row("a hidden popup", "6.3.2-2", annotation("Popup", F=2))
row("no appearance, and no place", "", annotation(Rect=Array([10, 10, 10, 10]), AP=None))
row("no appearance, and no width", "6.3.3-1", annotation(Rect=Array([10, 10, 10, 20]), AP=None))
row("an empty appearance dictionary", "6.3.3-2", annotation(AP=Dictionary()))
row("an appearance under the mouse", "6.3.3-2", annotation(AP=lambda pdf: Dictionary(N=drawn(pdf, b""), R=drawn(pdf, b""))))
row("a button whose field says that it is one", "6.3.3-3", annotation("Widget", Parent=lambda pdf: pdf.make_indirect(Dictionary(FT=Name.Btn, T=String("p")))))
row("states of what is no button", "6.3.3-4", annotation("Widget", FT=Name.Tx, AP=lambda pdf: Dictionary(N=Dictionary(On=drawn(pdf, b"")))))
# 6.4
row("a widget's additional actions", "6.4.1-1", annotation("Widget", FT=Name.Tx, AA=Dictionary()))
row("a field's additional actions", "6.4.1-2", field(AA=Dictionary(K=Dictionary(S=Name.URI, URI=String("u")))))
row("appearances not left to the reader", "", root("/AcroForm", Dictionary(Fields=Array([]), NeedAppearances=False)))
row("no drawing by XFA", "", root("/NeedsRendering", False))
row("XFA in parts", "6.4.2-1", root("/AcroForm", Dictionary(Fields=Array([]), XFA=Array([String("x")]))))
# 6.5
for kind in ("Launch", "Sound", "Movie", "ResetForm", "ImportData", "JavaScript", "Hide", "SetOCGState", "Rendition", "Trans", "GoTo3DView", "Foo"):
    row("the action " + kind, "6.5.1-1", root("/OpenAction", Dictionary(S=Name("/" + kind))))
for kind in ("GoTo", "GoToR", "GoToE", "Thread", "URI", "SubmitForm"):
    row("the action " + kind, "", root("/OpenAction", Dictionary(S=Name("/" + kind))))
for name, rules in (("NextPage", ""), ("PrevPage", ""), ("FirstPage", ""), ("LastPage", ""), ("Print", "6.5.1-2"), ("nextpage", "6.5.1-2")):
    row("the named action " + name, rules, root("/OpenAction", Dictionary(S=Name.Named, N=Name("/" + name))))
row("an action of no type", "6.5.1-1", root("/OpenAction", Dictionary(D=String("x"))))
row("an action of a link", "6.5.1-1", annotation("Link", A=Dictionary(S=Name.Launch)))
row("an action of an outline entry", "6.5.1-1", lambda pdf: pdf.Root.Outlines.First.__setitem__("/A", Dictionary(S=Name.JavaScript, JS=String("1"))))
row("… of an entry below it", "6.5.1-1", lambda pdf: pdf.Root.Outlines.First.__setitem__("/First", pdf.make_indirect(Dictionary(
    Title=String("x"), A=Dictionary(S=Name.JavaScript, JS=String("1"))))))
row("an action that follows another", "6.5.1-1", root("/OpenAction", Dictionary(S=Name.GoTo, D=String("x"), Next=Array([
    Dictionary(S=Name.GoTo, D=String("x")), Dictionary(S=Name.Movie)]))))
row("the catalog's additional action", "6.5.2-1", root("/AA", Dictionary(WC=Dictionary(S=Name.GoTo, D=String("x")))))
row("a page's additional action", "6.5.2-2", page("/AA", Dictionary(O=Dictionary(S=Name.GoTo, D=String("x")))))
# 6.6
for what, value in (("dc:rights", b"<dc:rights>x</dc:rights>"), ("dc:relation", b"<dc:relation>x</dc:relation>"),
                    ("dc:subject", b"<dc:publisher><rdf:Seq><rdf:li>x</rdf:li></rdf:Seq></dc:publisher>"),
                    ("xmp:Nickname", b"<xmp:Nickname><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></xmp:Nickname>"), ("xmp:Identifier", b"<xmp:Identifier>x</xmp:Identifier>"),
                    ("xmp:Advisory", b"<xmp:Advisory><rdf:Seq><rdf:li>x</rdf:li></rdf:Seq></xmp:Advisory>"), ("xmp:Thumbnails", b"<xmp:Thumbnails>x</xmp:Thumbnails>")):
    row("a wrong value of " + what, "6.6.2.3.1-2", added(value))
for value in (b"<dc:relation><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></dc:relation>", b"<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>x</rdf:li></rdf:Alt></dc:rights>",
              b"<xmp:Identifier><rdf:Bag><rdf:li>x</rdf:li></rdf:Bag></xmp:Identifier>", b"<xmp:Rating>-1</xmp:Rating>", b"<xmp:Label>x</xmp:Label>"):
    row("a right value: " + value.decode(), "", added(value))
SPACES = {"xmpRights": b"http://ns.adobe.com/xap/1.0/rights/", "photoshop": b"http://ns.adobe.com/photoshop/1.0/", "tiff": b"http://ns.adobe.com/tiff/1.0/",
          "exif": b"http://ns.adobe.com/exif/1.0/", "xmpTPg": b"http://ns.adobe.com/xap/1.0/t/pg/", "xmpBJ": b"http://ns.adobe.com/xap/1.0/bj/",
          "pdf": b"http://ns.adobe.com/pdf/1.3/", "xmpDM": b"http://ns.adobe.com/xmp/1.0/DynamicMedia/", "crs": b"http://ns.adobe.com/camera-raw-settings/1.0/"}
WRONG = "6.6.2.3.1-2"
for name, value, rules in (("xmpRights:Marked", "True", ""), ("xmpRights:Marked", "yes", WRONG), ("xmpRights:Owner", "x", WRONG), ("photoshop:City", "x", ""),
                           ("photoshop:Urgency", "x", WRONG), ("photoshop:DateCreated", "x", WRONG), ("tiff:ImageWidth", "5", ""), ("tiff:ImageWidth", "x", WRONG),
                           ("exif:FNumber", "any", ""), ("xmpTPg:NPages", "5", ""), ("xmpTPg:NPages", "x", WRONG), ("xmpBJ:JobRef", "x", WRONG),
                           ("pdf:Foo", "x", "6.6.2.3.1-1"), ("pdf:Keywords", "x", ""), ("xmpDM:album", "x", ""), ("xmpDM:trackNumber", "x", WRONG),
                           ("crs:Exposure", "1.5", ""), ("crs:Exposure", "x", WRONG)):
    prefix = name.split(":")[0]
    row("%s of %s" % (value, name), rules, added(b"<%s>%s</%s>" % (name.encode(), value.encode(), name.encode()), b'xmlns:%s="%s"' % (
        prefix.encode(), SPACES[prefix])))
PART = b"<pdfaid:part>2</pdfaid:part>"
row("no part", "6.6.4-1", metadata(lambda packet: re.sub(rb'<pdfaid:part>2</pdfaid:part>|pdfaid:part="2"', b"", packet)))
row("the part 02", "6.6.4-2", metadata(lambda packet: packet.replace(b"pdfaid:part>2", b"pdfaid:part>02").replace(b'pdfaid:part="2"', b'pdfaid:part="02"')))
row("a level in small letters", "6.6.4-3", metadata(lambda packet: packet.replace(b"conformance>A", b"conformance>b").replace(b'conformance="A"', b'conformance="b"')))
row("another prefix of the identification", "6.6.4-4", metadata(lambda packet: packet.replace(b"pdfaid:", b"aid:").replace(b"xmlns:pdfaid", b"xmlns:aid")))
row("another namespace of the identification", "6.6.2.3.1-1 6.6.4-1", metadata(lambda packet: packet.replace(b"ns/id/", b"ns/ids/")))
# 6.8 to 6.11
row("a file whose name is in Unicode only", "6.8-2 6.8-5", embedded(F=False))
row("the name of a file that is not embedded", "", root("/Seed", lambda pdf: pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("a")))))
row("layers, one way to show them without a name", "6.9-1", layers(Array([Dictionary()])))
row("… with an empty one", "6.9-1", layers(Array([Dictionary(Name=String(""))])))
row("… with one of two", "6.9-2", layers(Array([Dictionary(Name=String("a")), Dictionary(Name=String("a"))])))
row("… that changes by itself", "6.9-4", layers(Array([Dictionary(Name=String("a"), AS=Array([]))])))
row("… without an order", "", layers(Order=None))
row("… in another order that lacks some", "6.9-3", layers(Array([Dictionary(Name=String("a"), Order=Array([]))])))
row("… in groups", "", lambda pdf: layers()(pdf) or pdf.Root.OCProperties.D.__setitem__("/Order", Array([Array([String("x"), pdf.Root.OCProperties.OCGs[0]])])))
row("… of which one has no place", "6.9-3", lambda pdf: layers()(pdf) or pdf.Root.OCProperties.OCGs.append(pdf.make_indirect(
    Dictionary(Type=Name.OCG, Name=String("b")))))
row("steps of a presentation on the last page", "6.10-2", lambda pdf: pdf.pages[-1].obj.__setitem__("/PresSteps", Dictionary()))
row("requirements", "6.11-1", root("/Requirements", Array([Dictionary(S=Name.EnableJavaScripts)])))
