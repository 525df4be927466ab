// manuscript.h: everything that people wrote for one book: the plan, the articles, the people, the notices, the clinics.
#pragma once

#include "base/colour.h"
#include "base/length.h"
#include "model/article.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bifolio {

enum class PortraitKind : std::uint8_t { photo, likeness, drawing };
struct Portrait {
    Located<std::string> file; // relative to the book's folder
    std::string alternative;
    PortraitKind kind = PortraitKind::photo;
};

struct Person {
    std::string id, name, credentials, role, url;
    Blocks bio;
    std::optional<Portrait> portrait;
    bool pseudonym = false;
    Inlines interests;                // conflicts of interest; empty: none declared
    std::vector<Inlines> disclosures; // further statements to print with the bio
    Span where;
};

enum class NoticeKind : std::uint8_t { disclaimer, disclosure, emergency };
// Where a notice prints by itself; articles may name further ones.
enum class NoticeRule : std::uint8_t {
    on_request,
    every_article,
    book_front,
    book_end,
    bio_with_pseudonym,
    bio_with_likeness,
    every_bio
};
struct Notice {
    std::string id;
    NoticeKind kind = NoticeKind::disclaimer;
    Inlines title; // may be empty
    Blocks text;
    std::vector<NoticeRule> rules;
    std::vector<std::string> editions; // names; empty: all
    Span where;
};

struct GlossaryEntry {
    std::string term, abbreviation_of; // “NICE” → “National Institute for Health and Care Excellence”
    std::string abbreviation;          // the other way: this term's short form, which also has an entry of its own
    Blocks definition;
    Span where;
    std::vector<std::string> forms{}; // other words of the text that lead here: “stimulants”
};

struct Clinic { // one row of clinics.csv
    std::string id;
    std::vector<std::pair<std::string, Located<std::string>>> fields; // in the order of the columns, “name” among them
    int copies = 1;
    std::string language;
    Span where;
};

enum class BioPlace : std::uint8_t { automatic, article, book_end, both };
enum class Matter : std::uint8_t { automatic, front, body, back };

struct PlannedArticle {
    Located<std::string> path;
    Matter matter = Matter::automatic;
};
struct PlannedPart { // articles without a part stand in a PlannedPart with an empty title
    Located<std::string> title;
    std::vector<PlannedArticle> articles;
};

enum class OutputFormat : std::uint8_t { epub, pdf, html };
enum class EditionScope : std::uint8_t { book, article };
struct PageSize {
    Length width = Length::mm(148), height = Length::mm(210);
};
enum class Fold : std::uint8_t { none, booklet };

enum class Interior : std::uint8_t { classic, modern, clear, large_print };

// What stands outside of the trimmed page.
enum class PressMark : std::uint8_t { crop, fold, registration, colour_bar, slug };
enum class PictureColours : std::uint8_t { keep, convert };

struct PressPlan {                // an edition for a printing house: PDF/X-4
    Located<std::string> profile; // a file's name; empty: FOGRA39, coated paper
    std::string condition;        // the output condition's name; empty: as the profile says
    std::optional<Length> bleed;  // none: 3 mm, or what the styles say
    std::vector<PressMark> marks{PressMark::crop, PressMark::fold, PressMark::registration, PressMark::colour_bar,
                                 PressMark::slug};
    PictureColours pictures = PictureColours::keep;
    RenderingIntent intent = RenderingIntent::relative_colorimetric; // of pictures
    int ink_limit = 300;                                             // per cent: cyan, magenta, yellow and black together
};

// A password asked for on opening, and what those may do who have only that one. AES-256.
struct EncryptionPlan {
    std::string password, owner_password; // empty password: everybody may read
    bool may_print = true, may_copy = true, may_change = false;
    Span where;
};

// What a printed edition is bound as, for the book trade.
enum class Binding : std::uint8_t { none, paperback, hardback, spiral, stapled };
// Designs of styles/cover.css, in the order of `cover_design_words`; none: no cover.
enum class CoverDesign : std::uint8_t { plain, band, frame, strip, label, none };
struct CoverPlan { // a cover that the program makes from the title
    CoverDesign design = CoverDesign::plain;
    std::optional<Colour> colour; // none: the design's own
    std::string title;            // shorter than the book's; empty: the book's
    Span where;
};
// Pictures of the cover for bookshops, beside the e-book.
enum class CoverImage : std::uint8_t { jpeg, png, svg };

// The fonts that an e-book brings along, and how they are packed.
enum class EmbeddedFonts : std::uint8_t { woff2, opentype, none };

// What readers pay.
struct Price {
    std::string amount, currency; // “9.99”, “GBP”
};

struct Edition {
    std::string name; // the folder in out/
    Span where;
    std::string identifier, isbn; // of this edition; empty: the book's
    std::vector<OutputFormat> formats;
    std::vector<Located<std::string>> styles; // after the program's own base and format styles
    Interior interior = Interior::classic;    // which of the program's designs for paper
    std::optional<PageSize> page;
    std::optional<std::string> font; // family list as in CSS
    std::optional<Length> font_size;
    std::string title; // instead of the book's
    EditionScope each = EditionScope::book;
    Located<std::string> clinics;              // a CSV file; empty: no clinic run
    std::vector<Located<std::string>> include; // article ids or paths; empty: all
    Fold fold = Fold::none;
    PageSize sheet{Length::mm(210), Length::mm(297)};
    std::optional<BioPlace> bios;
    std::optional<int> contents_depth; // 0: no contents
    std::optional<bool> glossary_links;
    EmbeddedFonts embed_fonts = EmbeddedFonts::none; // EPUB
    std::vector<std::string> conformance;
    std::optional<PressPlan> press;
    std::vector<CoverImage> cover_images; // each once
    Span cover_images_where;
    bool object_streams = true; // PDF: false for readers that know PDF 1.4's table only
    bool linearise = false;     // PDF: the first page shows before the whole file has come
    std::optional<EncryptionPlan> encrypt;
    Located<std::string> pages_of;              // the edition whose pages the e-book names; empty: the first whole one on paper
    std::vector<Located<std::string>> profiles; // of shops and printers, by name
    bool onix = false;                          // a record for the book trade beside the files
    Binding binding = Binding::none;            // none: a PDF is sold as a file
    std::vector<Price> prices;                  // one a currency
    bool is_free = false;
    Span price_where;
};

// Reasons for which EU law lets a publication be less accessible than it asks for. The EPUB Accessibility exemption property.
enum class AccessibilityExemption : std::uint8_t { microenterprise, disproportionate_burden, fundamental_alteration };

// What only people can say of a book's accessibility; what a machine can see is found out from what is built.
struct AccessibilityPlan {
    Span where;
    std::string certified_by, certifier_report, summary, contact;
    std::vector<std::string> certifier_credentials;
    Located<std::string> conforms_to; // of conformity_words
    std::optional<AccessibilityExemption> exemption;
};

// Codes of the book trade's subject schemes.
struct SubjectCodes {
    std::vector<std::string> thema, bic, bisac;
};

// Who supplies the book to shops, and where; for the book trade.
enum class SupplierRole : std::uint8_t { publisher, exclusive_distributor, distributor, wholesaler, own_shop };
enum class SalesRights : std::uint8_t { exclusive, non_exclusive };

struct SupplyPlan {
    Span where;
    std::string supplier, telephone, email, website;
    SupplierRole role = SupplierRole::publisher;
    std::vector<std::string> territory; // ISO 3166-1 codes; one entry “WORLD”: everywhere
    std::optional<SalesRights> rights;  // of the publisher, in that territory
    bool prices_with_tax = true;
};

// Whom a book is for: code list 28 of ONIX, in its order.
enum class Audience : std::uint8_t {
    general,
    children,
    young_adults,
    schools,
    higher_education,
    professional,
    language_learners,
    adult_education
};

struct WordDivision {           // “methyl-pheni-date”: where a word may be divided; without a hyphen it never is
    std::string language, word; // empty language: any
};

struct BookPlan {
    SourceId source{}; // 0: there is no book.yaml
    std::string title, subtitle, language = "en", publisher, place, rights, description, edition, version, print_code, isbn;
    std::string identifier; // urn:uuid:…, urn:isbn:…, a URL; empty: made from the content
    std::optional<Date> date;
    std::vector<std::string> keywords;
    std::vector<WordDivision> hyphenation;
    Located<std::string> cover; // a picture file; empty: see made_cover
    CoverPlan made_cover;       // where there is no picture; `where` unset: the plan does not speak of a cover
    Blocks back_cover;
    std::vector<PlannedPart> contents;
    int contents_depth = 2;
    BioPlace bios = BioPlace::automatic;
    bool glossary_links = true; // whether terms in the articles lead to their entries
    bool list_of_tables = false, list_of_figures = false;
    bool index = false;
    std::string index_title;                            // empty: the language's word
    std::vector<Located<std::string>> authors, editors; // of the whole book; empty: those of the articles
    std::vector<Edition> editions;
    AccessibilityPlan accessibility;
    SubjectCodes subjects;
    std::vector<Audience> audience;
    std::optional<SupplyPlan> supply;

    bool makes_cover() const {
        return cover.value.empty() && made_cover.where != Span() && made_cover.design != CoverDesign::none;
    }
};

// A picture or other file that the articles show, read once.
struct Resource {
    std::string path;       // relative to the book's folder
    std::string media_type; // by its bytes; empty: unknown
    std::shared_ptr<const std::string> bytes;
};

struct Manuscript {
    BookPlan plan;
    std::vector<Article> articles; // in the plan's order
    bool has_people_file = false;
    std::map<std::string, Person> people;
    std::map<std::string, Notice> notices;
    std::vector<GlossaryEntry> glossary;                // in the order of the file
    std::map<std::string, std::vector<Clinic>> clinics; // by file name as the edition writes it
    std::map<std::string, Resource> resources;          // by path relative to the book's folder
};

} // namespace bifolio
