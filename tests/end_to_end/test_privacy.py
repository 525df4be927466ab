"""Pictures are published without what cameras and editors noted in them: place, time, owner, serial numbers, file names."""
import base64
import io
import re
import struct
import unittest
import zipfile
import zlib

from support import BookTest, main, skip

try:
    import pikepdf
    from PIL import Image, ImageCms
except ImportError:
    Image = None

SECRET = b"SECRET-51.5007N-0.1246W"
XMP = (b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
       b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
       b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="' + SECRET + b'"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>')
SVG = b'''<?xml version="1.0"?><!-- %s --><?editor %s?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 width="200" height="100" sodipodi:docname="/home/%s/x.svg" data-maker="%s">
<metadata><rdf:RDF><dc:creator>%s</dc:creator></rdf:RDF></metadata><sodipodi:namedview id="%s"/>
<rect width="200" height="100" fill="#ccc"/><image width="50" height="40" href="data:image/jpeg;base64,JPEG"/></svg>'''


def exif(orientation):
    """TIFF by hand: maker, orientation, serial number, and a directory with the place."""
    words = SECRET + b"\0"
    entries = [(0x010F, 2, words), (0x0112, 3, struct.pack("<HH", orientation, 0)), (0x8825, 4, None), (0xA431, 2, words)]
    data_at, data, directory = 8 + 2 + 12 * len(entries) + 4, b"", struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        if value is None:
            directory += struct.pack("<HHI", tag, kind, 1) + b"GGGG"
        elif len(value) <= 4:
            directory += struct.pack("<HHI", tag, kind, 1) + value
        else:
            directory += struct.pack("<HHII", tag, kind, len(value), data_at + len(data))
            data += value
    place_at = data_at + len(data)
    place = struct.pack("<HHHIII", 1, 0x001D, 2, len(words), place_at + 18, 0) + words
    return b"II*\0" + struct.pack("<I", 8) + directory.replace(b"GGGG", struct.pack("<I", place_at)) + bytes(4) + data + place


def picture(kind, **options):
    stream = io.BytesIO()
    Image.effect_noise((240, 160), 60).convert("RGB").save(stream, kind, **options)
    return stream.getvalue()


def jpeg(orientation, **options):
    segment = lambda marker, data: b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data
    plain = picture("JPEG", **options)
    return (plain[:2] + segment(0xE1, b"Exif\0\0" + exif(orientation)) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP) +
            segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET) +
            segment(0xFE, SECRET) + segment(0xE2, b"XPF\0" + SECRET) + segment(0xEB, SECRET) + plain[2:] + b"behind the end " + SECRET)


def png():
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    plain = picture("PNG")
    return (plain[:33] + chunk(b"eXIf", exif(1)) + chunk(b"tEXt", b"GPS\0" + SECRET) + chunk(b"zTXt", b"GPS\0\0" + zlib.compress(SECRET, 0)) +
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP) + chunk(b"tIME", bytes(7)) + chunk(b"prVt", SECRET) + plain[33:] + SECRET)


class Privacy(BookTest):
    def pieces(self, name, data):
        """The bytes, and whatever is packed in them."""
        yield name, data
        for packed in re.findall(rb"data:image/[a-z+]+;base64,([A-Za-z0-9+/=]+)", data):
            yield from self.pieces(name + " (data:)", base64.b64decode(packed))
        if name.endswith(".epub"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for entry in archive.namelist():
                    yield from self.pieces(name + "/" + entry, archive.read(entry))
        if name.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(data)) as document:
                for item in document.objects:
                    if isinstance(item, pikepdf.Stream):
                        yield name + " (stream)", item.read_raw_bytes()
                        if item.get("/Filter") == "/FlateDecode":
                            yield name + " (stream)", item.read_bytes()

    def test_no_output_holds_what_a_camera_or_an_editor_noted(self):
        if Image is None:
            skip("PIL or pikepdf is not here")
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        pictures = {"j1.jpg": jpeg(1, icc_profile=profile), "j6.jpg": jpeg(6), "progressive.jpg": jpeg(1, progressive=True), "p.png": png(),
                    "w.webp": picture("WEBP", exif=exif(1), xmp=XMP)}
        pictures["d.svg"] = SVG.replace(b"%s", SECRET).replace(b"JPEG", base64.b64encode(jpeg(1)))
        for name, data in pictures.items():
            self.assertIn(SECRET, data, name)
            self.write("book/" + name, data)
        self.write("book/a.md", "# A\n\n" + "\n\n".join("![Words](%s){width=30mm}" % name for name in pictures) + "\n")
        self.write("book/b.md", "# B\n\nWords.\n")
        self.write("book/book.yaml", "title: T\nlanguage: en\npublisher: P\ncontents: [a.md, b.md]\neditions: {e: {format: [pdf, epub, html]}}\n")
        self.build(self.folder / "book", "-q")
        found, looked_at = [], 0
        shown = {}
        for path in self.outputs(""):
            for name, data in self.pieces(path.name, path.read_bytes()):
                looked_at += 1
                shown[name] = data
                if b"SECRET" in data:
                    found.append((name, data[max(0, data.find(b"SECRET") - 60):][:100]))
        self.assertEqual(found, [])
        self.assertGreater(looked_at, 30)
        stem = next(path.name for path in self.outputs(".epub"))
        image = lambda name: Image.open(io.BytesIO(shown[stem + "/OEBPS/images/" + name]))
        self.assertEqual(image("j1.jpg").info.get("icc_profile"), profile)  # how its colours are meant stays
        self.assertEqual(image("j6.jpg").size, (160, 240))  # upright without the note that said so
        self.assertEqual(list(image("j1.jpg").convert("RGB").getdata()), list(Image.open(io.BytesIO(pictures["j1.jpg"])).convert("RGB").getdata()))


if __name__ == "__main__":
    main()
