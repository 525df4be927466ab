"""What shops, printers and the book trade get: files within their limits, and an ONIX record that says what is so."""
import json
import re
import struct
import unittest
import xml.etree.ElementTree as ElementTree
import zlib

from support import ROOT, BookTest, bifolio, main

ONIX = "{http://ns.editeur.org/onix/3.1/reference}"

# ONIX for Books 3.1, as far as we write it: the children of each composite in their order; “?” may lack, “*” any number, “+” at
# least one. A bar parts alternatives.
GRAMMAR = {
    "ONIXMessage": "Header Product+",
    "Header": "Sender Addressee* SentDateTime",
    "Sender": "SenderIdentifier* SenderName",
    "Product": "RecordReference NotificationType RecordSourceType? RecordSourceName? ProductIdentifier+ DescriptiveDetail"
               " CollateralDetail? PublishingDetail? RelatedMaterial? ProductSupply*",
    "ProductIdentifier": "ProductIDType IDTypeName? IDValue",
    "DescriptiveDetail": "ProductComposition ProductForm ProductFormDetail* ProductFormFeature* PrimaryContentType? ProductContentType*"
                         " Measure* EpubTechnicalProtection* NoCollection? TitleDetail+ Contributor* NoContributor? NoEdition?"
                         " EditionStatement* Language* Extent* Illustrated? Subject* Audience*",
    "ProductFormFeature": "ProductFormFeatureType ProductFormFeatureValue? ProductFormFeatureDescription*",
    "Measure": "MeasureType Measurement MeasureUnitCode",
    "TitleDetail": "TitleType TitleElement+",
    "TitleElement": "TitleElementLevel TitleText Subtitle?",
    "Contributor": "SequenceNumber? ContributorRole+ NameType? PersonName BiographicalNote* ContributorDescription*",
    "Language": "LanguageRole LanguageCode CountryCode?",
    "Extent": "ExtentType ExtentValue ExtentUnit",
    "Subject": "MainSubject? SubjectSchemeIdentifier SubjectCode? SubjectHeadingText*",
    "CollateralDetail": "TextContent*",
    "TextContent": "TextType ContentAudience+ Text+",
    "PublishingDetail": "Imprint* Publisher+ CityOfPublication* PublishingStatus? PublishingDate* CopyrightStatement* SalesRights*",
    "Publisher": "PublishingRole PublisherName",
    "PublishingDate": "PublishingDateRole Date",
    "CopyrightStatement": "CopyrightYear+ CopyrightOwner*",
    "CopyrightOwner": "PersonName? CorporateName?",
    "Audience": "AudienceCodeType AudienceCodeValue",
    "SalesRights": "SalesRightsType Territory",
    "Territory": "CountriesIncluded? RegionsIncluded?",
    "ProductSupply": "Market* SupplyDetail+",
    "Market": "Territory",
    "SupplyDetail": "Supplier ProductAvailability SupplyDate* UnpricedItemType? Price*",
    "Supplier": "SupplierRole SupplierName? TelephoneNumber* EmailAddress* Website*",
    "Website": "WebsiteLink+",
    "SupplyDate": "SupplyDateRole Date",
    "Price": "PriceType PriceAmount CurrencyCode",
    "RelatedMaterial": "RelatedProduct*",
    "RelatedProduct": "ProductRelationCode+ ProductIdentifier+",
}
CODES = {
    "NotificationType": "02|03", "ProductIDType": "01|03|15", "ProductComposition": "00", "ProductForm": "ED|B[BCEF]",
    "ProductFormDetail": "E101|E107|E200|E201", "ProductFormFeatureType": "09|12", "PrimaryContentType": "10",
    "ProductContentType": "07", "MeasureType": "0[12]", "MeasureUnitCode": "mm", "EpubTechnicalProtection": "00", "TitleType": "01",
    "TitleElementLevel": "01", "ContributorRole": "A01|B01|Z99", "NameType": "01", "LanguageRole": "01", "LanguageCode": "[a-z]{3}",
    "CountryCode": "[A-Z]{2}", "ExtentType": "02|08|11|22", "ExtentUnit": "02|03|17", "ExtentValue": r"[1-9]\d*", "Illustrated": "0[12]",
    "SubjectSchemeIdentifier": "10|12|20|93", "TextType": "03", "ContentAudience": "00", "PublishingRole": "01", "PublishingStatus": "0[24]",
    "PublishingDateRole": "01", "Date": r"\d{8}", "CopyrightYear": r"\d{4}", "ProductRelationCode": "06|13|27", "SentDateTime": r"\d{8}T0000Z",
    "AudienceCodeType": "01", "AudienceCodeValue": "0[1-8]", "SalesRightsType": "0[12]", "CountriesIncluded": "[A-Z]{2}( [A-Z]{2})*",
    "RegionsIncluded": "WORLD", "SupplierRole": "0[12469]", "ProductAvailability": "10|20|99", "SupplyDateRole": "08", "UnpricedItemType": "0[14]",
    "PriceType": "0[12]", "PriceAmount": r"\d+(\.\d+)?", "CurrencyCode": "[A-Z]{3}",
    "RecordSourceType": "01", "SequenceNumber": r"\d+", "Measurement": r"\d+",
}


def png(width, height):
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def is_isbn_13(digits):
    return len(digits) == 13 and sum(int(c) * (1, 3)[i % 2] for i, c in enumerate(digits)) % 10 == 0


class Retail(BookTest):
    def book(self, editions, more="", text="# One\n\nSome words.\n\n![A grey field](media/grey.png)\n"):
        self.write("media/grey.png", png(300, 200))
        self.write("one.md", text)
        self.write("book.yaml", "title: Shops & more\nlanguage: en-GB\npublisher: Example Press\ndate: 2026-09-01\n" + more +
                   "contents: [one.md]\neditions:\n" + editions)
        return self.folder / "book.yaml"

    def check_structure(self, path):
        root = ElementTree.parse(path).getroot()
        self.assertEqual((root.tag, root.get("release")), (ONIX + "ONIXMessage", "3.1"))
        for element in root.iter():
            name = element.tag.replace(ONIX, "")
            children = "".join(child.tag.replace(ONIX, "") + " " for child in element)
            if name in GRAMMAR:
                pattern = "".join("(?:%s )%s" % re.fullmatch(r"(\w+)([?*+]?)", part).groups() for part in GRAMMAR[name].split())
                self.assertRegex(children, "^%s$" % pattern, name)
            else:
                self.assertEqual(children, "", name + " is not in the grammar")
            if name in CODES:
                self.assertRegex(element.text, "^(?:%s)$" % CODES[name], name)
        for product in root.iter(ONIX + "Product"):
            for identifier in product.iter(ONIX + "ProductIdentifier"):
                kind, value = identifier.find(ONIX + "ProductIDType").text, identifier.find(ONIX + "IDValue").text
                self.assertTrue(kind == "01" or is_isbn_13(value), value)
        return root

    def features(self, root, kind="09"):
        return {feature.find(ONIX + "ProductFormFeatureValue").text for feature in root.iter(ONIX + "ProductFormFeature")
                if feature.find(ONIX + "ProductFormFeatureType").text == kind}

    def test_records_of_an_e_book_and_a_printed_book(self):
        book = self.book("  ebook: {format: epub, onix: true, isbn: 978-0-306-40615-7}\n"
                         "  print: {format: pdf, onix: true, binding: paperback, isbn: 0-8044-2957-X}\n"
                         "  both: {onix: true}\n",
                         more="subjects: {thema: [MKGW, VFJ]}\nkeywords: [sleep, pain]\nsubtitle: And less\n"
                              "accessibility: {exemption: eaa-microenterprise, contact: access@example.org}\n")
        self.build(book, "--date", "2026-09-30")
        records = {path.parent.name: self.check_structure(path) for path in self.outputs(".onix.xml")}
        self.assertEqual(sorted(records), ["both", "ebook", "print"])
        features = self.features(records["ebook"])
        self.assertLessEqual({"00", "10", "11", "13", "14", "19", "22", "29", "30", "36", "52", "75", "99"}, features)
        self.assertFalse({"04", "85", "12", "15", "76", "77"} & features)
        self.assertEqual(self.features(records["ebook"], "12"), {"00"})
        self.assertEqual(self.features(records["print"]), set())
        related = lambda root: [(one.find(ONIX + "ProductRelationCode").text, one.find(".//" + ONIX + "IDValue").text)
                                for one in root.iter(ONIX + "RelatedProduct")]
        self.assertEqual(related(records["ebook"]), [("13", "9780804429573")])
        self.assertEqual(related(records["print"]), [("27", "9780306406157")])
        self.assertEqual(len(list(records["both"].iter(ONIX + "Product"))), 2)
        first = {path: path.read_bytes() for path in self.outputs(".onix.xml")}
        self.build(book, "--date", "2026-09-30", "-j", "1")
        self.assertEqual(first, {path: path.read_bytes() for path in self.outputs(".onix.xml")})
        manifest = json.loads((self.out / "manifest.json").read_text())
        self.assertEqual(sum(output["path"].endswith(".onix.xml") for output in manifest["outputs"]), 3)

    def test_supply_is_told_only_as_far_as_the_book_says_it(self):
        editions = "  ebook: {format: epub, onix: true, price: %s}\n"
        supply = "audience: general\nsupply: {supplier: Example Books, role: distributor, territory: [GB, NO], rights: exclusive}\n"
        of = lambda root, name: [element.text for element in root.iter(ONIX + name)]
        record = lambda: self.check_structure(self.outputs(".onix.xml")[0])
        self.build(self.book(editions % "[9.99 GBP, 11.99 EUR]", more=supply), "--date", "2026-09-30")
        self.assertEqual((of(record(), "PriceAmount"), of(record(), "CurrencyCode")), (["9.99", "11.99"], ["GBP", "EUR"]))
        self.assertEqual(of(record(), "CountriesIncluded"), ["GB NO", "GB NO"])
        self.assertEqual(of(record(), "AudienceCodeValue"), ["01"])
        self.build(self.book(editions % "Free", more=supply))
        self.assertEqual(of(record(), "UnpricedItemType"), ["01"])

        told = self.build(self.book("  ebook: {format: epub, onix: true}\n", more=supply), "--report")
        self.assertEqual(of(record(), "UnpricedItemType"), ["04"])
        self.assertIn("the edition has no ‘price’", told.stdout)
        told = self.build(self.book("  ebook: {format: epub, onix: true}\n"), "--report")
        self.assertEqual(of(record(), "ProductAvailability"), [])
        self.assertIn("book.yaml has no ‘supply’", told.stdout)
        self.assertIn("[app.price-without-supply]", self.build(self.book(editions % "free")).stderr)

    def test_mistyped_prices_and_countries_are_told(self):
        for price in ("9,99 GBP", "9.99", "GBP 9.99", "9.99 gbp", "-1.00 GBP"):
            said = self.build(self.book("  ebook: {format: epub, price: '%s'}\n" % price), expect=1).stderr
            self.assertIn("[read.bad-price]", said, price)
        said = self.build(self.book("  ebook: {format: epub}\n", more="supply: {supplier: A, territory: UK}\n"), expect=1).stderr
        self.assertIn("the United Kingdom's code is GB", said)
        self.assertIn("[read.bad-country]", said)
        said = self.build(self.book("  ebook: {format: epub}\n", more="supply: {territory: world}\n"), expect=1).stderr
        self.assertIn("supplier", said)

    def test_a_picture_without_words_takes_its_codes_along(self):
        book = self.book("  ebook: {format: epub, onix: true}\n", text="# One\n\n![](media/grey.png)\n\n![image](media/grey.png)\n")
        self.build(book)
        [path] = self.outputs(".onix.xml")
        self.assertFalse({"14", "52"} & self.features(self.check_structure(path)))

    def test_files_are_held_to_the_limits_of_shops(self):
        self.write("media/big.png", png(2500, 2000))
        book = self.book("  ebook: {format: epub, profiles: [apple-books, kobo]}\n  paper: {format: pdf, profiles: [kdp-print]}\n",
                         text="# One\n\nSome words.\n\n![A grey field](media/big.png)\n")
        checked = bifolio("check", book)
        self.assertEqual(checked.returncode, 1)
        said = self.build(book, expect=1).stderr
        limits = lambda text: {line for line in text.splitlines() if "[app.retail-limit]" in line}
        self.assertEqual(limits(checked.stderr), limits(said))  # known before anything is written
        self.assertIn("one.md:5:1: error: Apple Books: the picture ‘OEBPS/images/big.png’ has 5,000,000 pixels, and at most 4,000,000", said)
        self.assertRegex(said, r"book.yaml:\d+:\d+: error: Kobo: no identifier of the book is an ISBN")
        self.assertIn("KDP print: the book has", said)
        self.assertFalse(list(self.out.rglob("*.epub")))  # an error keeps the file from being written

        book = self.book("  ebook: {format: epub, isbn: 978-0-306-40615-7, profiles: [apple-books, kobo, generic]}\n",
                         more="authors: [Jane Doe]\ndescription: A few words.\n")
        self.assertNotIn("app.retail-limit", self.build(book).stderr)
        self.check_structure(self.outputs(".onix.xml")[0])  # with profiles comes a record

    def test_a_book_brings_its_own_profile(self):
        self.write("profiles/corner-shop.yaml", "name: Corner shop\nlimits:\n  - {what: file-kilobytes, most: 1, severity: warning, "
                   "cure: Write less., source: asked, checked: 2026-11-01}\n")
        said = self.build(self.book("  ebook: {format: epub, profiles: corner-shop}\n")).stderr
        self.assertRegex(said, r"warning: Corner shop: the file has \d+ kB, and at most 1 are taken")
        self.assertIn("source: asked (read 2026-11-01)", said)
        said = self.build(self.book("  ebook: {format: epub, profiles: [corner-shp, ../book]}\n"), expect=1).stderr
        self.assertIn("there is no profile ‘corner-shp’", said)
        self.assertIn("did you mean ‘corner-shop’?", said)
        self.assertIn("there is no profile ‘../book’", said)

    def test_conformity_that_is_asked_for_and_cannot_be_claimed_is_an_error(self):
        asks = "  ebook: {format: epub, font-size: 12pt, conformance: [EPUB-A11Y-1.1]}\n"  # the size is for paper
        said = self.build(self.book(asks), expect=1).stderr
        self.assertIn("app.unmet-conformance", said)
        declared = "accessibility: {certified-by: A. Certifier, conforms-to: EPUB Accessibility 1.1 - WCAG 2.2 Level AA}\n"
        self.build(self.book(asks, more=declared))
        said = self.build(self.book(asks, more=declared, text="# One\n\n![image](media/grey.png)\n"), expect=1).stderr
        self.assertIn("app.unmet-conformance", said)
        self.assertIn("do not describe the picture", said)

    def test_the_schema_of_profiles(self):
        schema = json.loads(bifolio("schema", "profile").stdout)
        self.assertEqual(schema, json.loads((ROOT / "share/schema/profile.json").read_text()))


if __name__ == "__main__":
    main()
