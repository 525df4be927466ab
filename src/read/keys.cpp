// The one table of keys per file. Editors show the sentences; keep them short and say what happens when a key is absent.
#include "read/keys.h"

#include "read/yaml_shape.h"

#include <cassert>

namespace bifolio {

namespace {

constexpr Shape text{ShapeKind::text}, line{ShapeKind::line}, markdown{ShapeKind::markdown}, date{ShapeKind::date},
    length{ShapeKind::length}, flag{ShapeKind::flag}, language{ShapeKind::language}, file{ShapeKind::file}, isbn{ShapeKind::isbn},
    anything{ShapeKind::anything};

constexpr Shape word_of(std::span<const std::string_view> words) { return {.kind = ShapeKind::word, .words = words}; }
constexpr Shape one_or_list_of(const Shape& inner) { return {.kind = ShapeKind::one_or_list, .inner = &inner}; }
constexpr Shape list_of(const Shape& inner) { return {.kind = ShapeKind::list, .inner = &inner}; }
constexpr Shape entries_of(const Shape& inner) { return {.kind = ShapeKind::entries, .inner = &inner}; }
constexpr Shape mapping_of(std::span<const Key> keys) { return {.kind = ShapeKind::mapping, .keys = keys}; }
constexpr Shape one_of(std::span<const Shape* const> options) { return {.kind = ShapeKind::one_of, .options = options}; }
constexpr Shape number_from(int least, int most) { return {.kind = ShapeKind::whole_number, .least = least, .most = most}; }

constexpr Shape texts = one_or_list_of(text), files = one_or_list_of(file), lines = one_or_list_of(line);
constexpr Shape contents_depth = number_from(0, 6);

// ---- book.yaml

constexpr Shape matter = word_of(matter_words);
constexpr Key planned_article_keys[]{
    {"article", &file, "The article's file, relative to the book's folder.", true},
    {"matter", &matter, "Where the article stands: front matter (roman page numbers), body or back matter. Default: body."},
};
constexpr Shape planned_article_mapping = mapping_of(planned_article_keys);
constexpr const Shape* planned_article_options[]{&file, &planned_article_mapping};
constexpr Shape planned_article = one_of(planned_article_options);
constexpr Shape planned_articles = list_of(planned_article);
constexpr Key planned_part_keys[]{
    {"part", &text, "The part's title.", true},
    {"articles", &planned_articles, "The part's articles, in order.", true},
};
constexpr Shape planned_part = mapping_of(planned_part_keys);
constexpr const Shape* contents_entry_options[]{&file, &planned_article_mapping, &planned_part};
constexpr Shape contents_entry = one_of(contents_entry_options);
constexpr Shape contents = list_of(contents_entry);

constexpr Key size_keys[]{
    {"width", &length, "The width, such as 148mm.", true},
    {"height", &length, "The height, such as 210mm.", true},
};
constexpr Shape size_mapping = mapping_of(size_keys), paper = word_of(paper_words);
constexpr const Shape* page_options[]{&paper, &size_mapping};
constexpr Shape page = one_of(page_options);

constexpr Shape format = word_of(format_words), formats = one_or_list_of(format), scope = word_of(scope_words),
                bios = word_of(bio_words), interior = word_of(interior_words), fold = word_of(fold_words),
                conformance = word_of(conformance_words), conformances = one_or_list_of(conformance),
                list_word = word_of(list_words), lists = one_or_list_of(list_word), binding = word_of(binding_words),
                cover_image = word_of(cover_image_words), cover_images = one_or_list_of(cover_image);
constexpr Key impose_keys[]{
    {"fold", &fold, "How the sheets are folded: booklet (saddle-stitched) or none.", true},
    {"sheet", &page, "The sheet that is printed and folded. Default: A4."},
};
constexpr Shape impose = mapping_of(impose_keys);
constexpr Shape mark = word_of(mark_words), marks = one_or_list_of(mark), picture_colours = word_of(picture_colour_words),
                intent = word_of(intent_words), ink_limit = number_from(100, 400), permission = word_of(permission_words),
                permissions = one_or_list_of(permission);
constexpr Key press_keys[]{
    {"profile", &text,
     "The ICC profile of the paper and press: a file's name, looked for in styles/profiles/ of the book and in the system's "
     "folders. Default: ISOcoated_v2_300_bas.icc (FOGRA39)."},
    {"condition", &text, "The output condition's name, such as FOGRA51. Default: as the profile says."},
    {"bleed", &length, "How far colour reaches beyond the trimmed page. Default: 3mm, or what the styles say."},
    {"marks", &marks, "What is printed beyond the page: crop, fold, registration, colour-bar, slug; or none. Default: all five."},
    {"pictures", &picture_colours,
     "keep: pictures keep their colours and profile, the press converts them; convert: to the profile's inks. Default: keep."},
    {"rendering-intent", &intent, "How pictures' colours are fitted to the press. Default: relative-colorimetric."},
    {"ink-limit", &ink_limit, "The most ink at one place, in per cent of one ink. Default: 300."},
};
constexpr Shape press = mapping_of(press_keys);
constexpr Key encrypt_keys[]{
    {"password", &text, "What is asked for on opening. Default: nothing is asked for."},
    {"owner-password", &text, "What lifts the limits below. Default: nothing does."},
    {"allow", &permissions, "What readers may do: print, copy, change. Default: print and copy."},
};
constexpr Shape encrypt = mapping_of(encrypt_keys);
constexpr Shape font_word = word_of(font_words);
constexpr const Shape* embed_options[]{&flag, &font_word};
constexpr Shape embed = one_of(embed_options);
constexpr Shape price{.kind = ShapeKind::price}, prices = one_or_list_of(price);
constexpr Key edition_keys[]{
    {"format", &formats, "The file formats to write: epub, pdf, html (the web edition), or several. Default: epub and pdf."},
    {"styles", &files, "Stylesheets, applied after the program's own, in order."},
    {"interior", &interior,
     "The design for paper: classic (a serif), modern (a sans), clear (14 pt clear print) or large-print (18 pt). Default: "
     "classic."},
    {"page", &page, "The page: a paper's name, or width and height. Default: A5."},
    {"font", &text, "The base font: a family, or a list of families as in CSS."},
    {"font-size", &length, "The size of the base font on paper, such as 10.5pt; on screens readers choose."},
    {"title", &text, "A title for this edition, instead of the book's."},
    {"isbn", &isbn, "The ISBN of this edition, with 10 or 13 digits. Default: the book's."},
    {"identifier", &text, "A lasting identifier of this edition: urn:uuid:…, urn:isbn:… or a web address. Default: the book's."},
    {"each", &scope, "One file for the whole book, or one for each article. Default: book."},
    {"clinics", &file, "A CSV file of recipients: the edition is made once for each row."},
    {"include", &texts, "The articles of this edition, by path or name. Default: all."},
    {"impose", &impose, "Folding: which pages stand together on which sheet."},
    {"bios", &bios, "Where bios print in this edition."},
    {"contents-depth", &contents_depth, "How many levels of headings the contents show; 0: no contents."},
    {"glossary-links", &flag, "Whether terms in the articles lead to the glossary, in this edition. Default: as the book says."},
    {"embed-fonts", &embed,
     "Whether the e-book carries the fonts that its text is set in, cut down to that text: true or woff2 packs them small, "
     "opentype for old reading systems. Default: false."},
    {"conformance", &conformances,
     "Standards that the files must claim: PDF/UA-1, PDF/A-2a, and for a printing house PDF/X-4. Any other one is an error."},
    {"press", &press, "How the file for a printing house (PDF/X-4) is made."},
    {"cover-images", &cover_images,
     "Files of the cover for bookshops, beside the e-book: jpeg and png (2560 px high), svg. Default: none."},
    {"object-streams", &flag, "Whether the PDF is packed in PDF 1.5's way; false: larger, for old programs. Default: true."},
    {"linearise", &flag,
     "Whether the PDF is ordered so that its first page shows while the rest is still coming. Default: false."},
    {"linearize", &flag, "", false, true},
    {"encrypt", &encrypt, "Locks the PDF with AES-256. Such a file is neither PDF/UA, PDF/A nor PDF/X."},
    {"pages-of", &text,
     "The edition whose page numbers the e-book gives. Default: its own PDF, else the first edition that prints the whole book."},
    {"profiles", &texts,
     "Shops and printers whose limits the files are held to: apple-books, generic, google-play, kdp-print, kindle, kobo, or a "
     "file in the book's folder profiles/."},
    {"onix", &flag, "Whether a record for the book trade (ONIX 3.1) is written beside the files. Default: with `profiles`."},
    {"binding", &binding,
     "How the printed book is bound: paperback, hardback, spiral or stapled; for the book trade. Default: the PDF itself is "
     "sold."},
    {"price", &prices,
     "What readers pay, for the book trade: an amount and a currency, such as 9.99 GBP; one for each currency; or free. Default: "
     "the supplier says."},
};
constexpr Shape edition = mapping_of(edition_keys), editions = entries_of(edition);

constexpr Shape exemption = word_of(exemption_words), conformity = word_of(conformity_words);
constexpr Key accessibility_keys[]{
    {"certified-by", &text, "Who has examined the e-book and answers for its conformity."},
    {"certifier-credential", &texts, "What entitles them to: a name, or a web address."},
    {"certifier-report", &text, "The web address of their report."},
    {"conforms-to", &conformity,
     "The standard that they found it to meet. Claimed only when nothing that a machine finds speaks against it."},
    {"summary", &text, "What is accessible and what is not, in sentences. Default: made from what was found."},
    {"exemption", &exemption, "Why European law lets the book be less accessible than it asks for."},
    {"contact", &text, "An e-mail address for questions about accessibility, for the book trade."},
};
constexpr Shape accessibility = mapping_of(accessibility_keys);
constexpr Key subject_keys[]{
    {"thema", &texts, "Thema codes, the most fitting one first."},
    {"bic", &texts, "BIC codes."},
    {"bisac", &texts, "BISAC codes."},
};
constexpr Shape subjects = mapping_of(subject_keys);

constexpr Shape supplier_role = word_of(supplier_words), sales_rights = word_of(sales_rights_words),
                audience_word = word_of(audience_words), audiences = one_or_list_of(audience_word),
                country{.kind = ShapeKind::country}, countries = one_or_list_of(country);
constexpr Key supply_keys[]{
    {"supplier", &text, "Who supplies the book to shops.", true},
    {"role", &supplier_role,
     "What the supplier is: publisher, exclusive-distributor, distributor, wholesaler, or own-shop (the publisher, who sells to "
     "readers). Default: publisher."},
    {"territory", &countries, "Where it is sold: countries by their two letters, such as GB and IE; or world.", true},
    {"rights", &sales_rights,
     "Whether the publisher alone may sell it there: exclusive or non-exclusive. Default: nothing is said."},
    {"prices-with-tax", &flag, "Whether the editions' prices hold the tax that readers pay. Default: true."},
    {"telephone", &text, "The supplier's telephone number."},
    {"email", &text, "The supplier's e-mail address."},
    {"website", &text, "The supplier's web address."},
};
constexpr Shape supply = mapping_of(supply_keys);

constexpr Shape words_by_language = entries_of(texts);
constexpr const Shape* hyphenation_options[]{&texts, &words_by_language};
constexpr Shape hyphenation = one_of(hyphenation_options);

constexpr const Shape* index_options[]{&flag, &text};
constexpr Shape index_key = one_of(index_options);

constexpr Shape cover_design = word_of(cover_design_words);
constexpr Key cover_keys[]{
    {"design", &cover_design, "plain, band, frame, strip or label; none: no cover. Default: plain."},
    {"colour", &text, "The design's colour, as CSS writes it: \"#7a1f2b\", teal. Default: the design's own."},
    {"color", &text, "", false, true},
    {"title", &text, "A shorter title for the cover. Default: the book's."},
};
constexpr Shape cover_mapping = mapping_of(cover_keys);
constexpr const Shape* cover_options[]{&file, &cover_mapping};
constexpr Shape cover = one_of(cover_options);

constexpr Key book_keys[]{
    {"title", &text, "The book's title.", true},
    {"subtitle", &text, "The book's subtitle."},
    {"language", &language, "The book's language as a BCP 47 tag, such as en-GB."},
    {"lang", &language, "", false, true},
    {"identifier", &text, "A lasting identifier: urn:uuid:…, urn:isbn:… or a web address. Default: made from the content."},
    {"isbn", &isbn, "The book's ISBN, with 10 or 13 digits."},
    {"publisher", &text, "The publisher's name."},
    {"place", &text, "The publisher's place."},
    {"rights", &text, "The statement of rights, such as “© 2026 Example Press”."},
    {"date", &date, "The date of publication."},
    {"edition", &text, "The edition in words, such as “Second edition”."},
    {"version", &text, "The version, such as 1.2."},
    {"print-code", &text, "The code printed on the imprint page."},
    {"cover", &cover, "The cover: a picture's file, or how one is made from the title. Default: see docs/covers.md."},
    {"description", &text, "A few sentences about the book, for shops and libraries."},
    {"keywords", &texts, "Keywords, for shops and libraries."},
    {"subjects", &subjects, "Subject codes, for the book trade."},
    {"audience", &audiences,
     "Whom the book is for, for the book trade: general, children, young-adults, schools, higher-education, professional, "
     "language-learners or adult-education."},
    {"supply", &supply, "Who supplies the book to shops, and where, for the book trade. Default: the record does not say."},
    {"accessibility", &accessibility, "What people have found out about the e-book's accessibility; no program can say it."},
    {"hyphenation", &hyphenation,
     "Words with hyphens where they may be divided at a line's end, such as methyl-pheni-date; a word without one is never "
     "divided. A list, or a list for each language. Default: the language's patterns say."},
    {"authors", &texts, "Authors of the whole book: ids of people.yaml, or names. Default: those of the articles."},
    {"author", &texts, "", false, true},
    {"editors", &texts, "Editors of the whole book: ids of people.yaml, or names."},
    {"editor", &texts, "", false, true},
    {"back-cover", &markdown, "The text of the back cover, in Markdown."},
    {"contents-depth", &contents_depth, "How many levels of headings the contents show; 0: no contents. Default: 2."},
    {"bios", &bios, "Where bios print. Default: with each leaflet, in a book at its end."},
    {"lists", &lists, "Lists that follow the contents: of tables, of figures."},
    {"index", &index_key,
     "Whether the book ends with an index of the places that articles mark with the class ‘index’; or the index's title. "
     "Default: false."},
    {"people", &file, "The register of people. Default: people.yaml, where there is one."},
    {"notices", &file, "The notices. Default: notices.yaml, where there is one."},
    {"glossary", &file, "The glossary. Default: glossary.yaml, where there is one."},
    {"glossary-links", &flag,
     "Whether the first use of a term in each article leads to its entry in the glossary. Default: true."},
    {"contents", &contents,
     "The articles in order, in parts or without. Default: as SUMMARY.md says, else all of the folder by name."},
    {"editions", &editions,
     "What is made from the book: a name for each edition, and how it is made. Default: one, an EPUB and a PDF."},
};
constexpr Shape book = mapping_of(book_keys);

// ---- people.yaml

constexpr Shape portrait_kind = word_of(portrait_words);
constexpr Key portrait_keys[]{
    {"file", &file, "The picture, relative to the book's folder.", true},
    {"alt", &text, "What the picture shows, for those who do not see it.", true},
    {"kind", &portrait_kind, "A photo, a likeness (a portrait that does not show the real face) or a drawing. Default: photo."},
};
constexpr Shape portrait_mapping = mapping_of(portrait_keys);
constexpr Key person_keys[]{
    {"name", &text, "The name as it prints.", true},
    {"credentials", &text, "Degrees and registrations, as they print after the name."},
    {"role", &text, "What the person does, such as “Consultant psychiatrist”."},
    {"bio", &markdown, "The biography, in Markdown."},
    {"portrait", &portrait_mapping, "A picture of the person."},
    {"pseudonym", &flag, "Whether the name is a pen name. Default: false."},
    {"interests", &line, "Conflicts of interest, or “None to declare.”"},
    {"disclosures", &lines, "Further statements that print with the bio."},
    {"url", &text, "The person's web address."},
};
constexpr Shape person = mapping_of(person_keys), people = entries_of(person);

// ---- notices.yaml

constexpr Shape notice_kind = word_of(notice_words), rule = word_of(rule_words), rules = one_or_list_of(rule);
constexpr Key notice_keys[]{
    {"text", &markdown, "The notice, in Markdown.", true},
    {"title", &line, "A heading for the notice."},
    {"kind", &notice_kind, "A disclaimer, a disclosure, or what to do in an emergency. Default: disclaimer."},
    {"where", &rules, "Where the notice prints by itself. Default: on request, in the articles that name it."},
    {"editions", &texts, "The editions that show it. Default: all."},
};
constexpr Shape notice = mapping_of(notice_keys), notices = entries_of(notice);

// ---- glossary.yaml

constexpr Key term_keys[]{
    {"definition", &markdown, "What the term means, in Markdown.", true},
    {"abbreviation", &text, "The term's short form; or, where the term is a short form, what it stands for."},
    {"forms", &texts, "Other forms of the term in the articles that lead to it, such as its plural; they are not printed here."},
};
constexpr Shape term_mapping = mapping_of(term_keys);
constexpr const Shape* term_options[]{&markdown, &term_mapping};
constexpr Shape term = one_of(term_options), glossary = entries_of(term);

// ---- profiles/*.yaml

constexpr Shape limit_word = word_of(limit_words), severity_word = word_of(severity_words), retail_word = word_of(retail_words),
                quantity = number_from(0, 2'000'000'000);
constexpr Key limit_keys[]{
    {"what", &limit_word, "What is limited.", true},
    {"least", &quantity, "The smallest number that is taken."},
    {"ideal", &quantity, "The number that the shop asks for; another one is a warning."},
    {"most", &quantity, "The greatest number that is taken."},
    {"length", &length, "The smallest length that is taken, of bleed, gutter and outer-margin."},
    {"up-to-pages", &quantity, "The limit is for books of at most so many pages. Default: for all."},
    {"with-bleed", &flag, "The limit is for books with colour up to the edge of a page. Default: for all."},
    {"needs", &texts, "Of metadata: the properties that must be there, such as dc:title."},
    {"severity", &severity_word,
     "Whether what is found is an error, which keeps the file from being written, or a warning. Default: error."},
    {"cure", &text, "What to do about it.", true},
    {"source", &text, "Where the shop says so: a page's title or address.", true},
    {"checked", &date, "When somebody last read it there.", true},
};
constexpr Shape limit = mapping_of(limit_keys), limits = list_of(limit);
constexpr Key profile_keys[]{
    {"name", &text, "The shop's or printer's name.", true},
    {"for", &retail_word, "What it takes: an e-book or a PDF for print. Default: e-book."},
    {"limits", &limits, "Its limits.", true},
};
constexpr Shape profile = mapping_of(profile_keys);

// ---- an article's front matter

constexpr Key author_keys[]{
    {"name", &text, "The person's name, or an id of people.yaml.", true},
    {"affiliation", &anything, "", false, true},
    {"affiliations", &anything, "", false, true},
    {"corresponding", &anything, "", false, true},
    {"degrees", &anything, "", false, true},
    {"email", &anything, "", false, true},
    {"id", &anything, "", false, true},
    {"orcid", &anything, "", false, true},
    {"roles", &anything, "", false, true},
    {"url", &anything, "", false, true},
};
constexpr Shape author_mapping = mapping_of(author_keys);
constexpr const Shape* contributor_options[]{&text, &author_mapping};
constexpr Shape contributor = one_of(contributor_options), contributors = one_or_list_of(contributor);

constexpr Key reference_keys[]{
    {"id", &text, "A name for links to this entry."},
    {"text", &line, "The whole entry in Markdown, instead of its pieces."},
    {"authors", &text, "Who wrote it, as it prints."},
    {"author", &text, "", false, true},
    {"title", &text, "The work's title."},
    {"container", &text, "The journal or book that holds it, with volume and pages."},
    {"journal", &text, "", false, true},
    {"publisher", &text, "Who published it."},
    {"year", &text, "When, as it prints."},
    {"date", &text, "", false, true},
    {"url", &text, "The work's web address."},
    {"doi", &text, "The work's DOI, such as 10.1000/182."},
    {"accessed", &date, "When the web address was last read."},
};
constexpr Shape reference_mapping = mapping_of(reference_keys);
constexpr const Shape* reference_options[]{&line, &reference_mapping};
constexpr Shape reference = one_of(reference_options), references = one_or_list_of(reference);

constexpr const Shape* published_options[]{&date, &flag};
constexpr Shape published = one_of(published_options); // Jekyll's `published: false`

constexpr Key front_matter_keys[]{
    {"title", &line, "The article's title, in Markdown. Default: the first heading."},
    {"subtitle", &text, "The article's subtitle."},
    {"summary", &text, "What the article says, in a sentence or two; prints below the title."},
    {"abstract", &text, "", false, true},
    {"description", &text, "A description for catalogues; does not print."},
    {"excerpt", &text, "", false, true},
    {"language", &language, "The article's language as a BCP 47 tag. Default: the book's."},
    {"lang", &language, "", false, true},
    {"locale", &language, "", false, true},
    {"authors", &contributors, "Who wrote it: ids of people.yaml, or names."},
    {"author", &contributors, "", false, true},
    {"by", &contributors, "", false, true},
    {"reviewers", &contributors, "Who reviewed it: ids of people.yaml, or names."},
    {"reviewer", &contributors, "", false, true},
    {"editors", &contributors, "Who edited it: ids of people.yaml, or names."},
    {"editor", &contributors, "", false, true},
    {"published", &published, "The date of publication."},
    {"date", &date, "", false, true},
    {"reviewed", &date, "The date of the last review."},
    {"next-review", &date, "The date by which it must be reviewed again."},
    {"version", &text, "The article's version, such as 1.2."},
    {"print-code", &text, "The code printed on the leaflet."},
    {"keywords", &texts, "Keywords."},
    {"tags", &texts, "", false, true},
    {"references", &references, "The sources, in the order in which they print."},
    {"notices", &texts, "Notices to show beyond those that show by rule: ids of notices.yaml."},
    {"notice", &texts, "", false, true},
    {"web-address", &text, "Where the article stands on the web; for links from editions that lack it."},
    {"canonical", &text, "", false, true},
    {"canonical_url", &text, "", false, true},
    // Of Jekyll, Hugo, Docusaurus, MkDocs, Quarto and pandoc: understood as theirs.
    {"aliases", &anything, "", false, true},
    {"categories", &anything, "", false, true},
    {"category", &anything, "", false, true},
    {"comments", &anything, "", false, true},
    {"dir", &anything, "", false, true},
    {"draft", &anything, "", false, true},
    {"featured", &anything, "", false, true},
    {"format", &anything, "", false, true},
    {"hide", &anything, "", false, true},
    {"id", &anything, "", false, true},
    {"image", &anything, "", false, true},
    {"last_modified_at", &anything, "", false, true},
    {"lastmod", &anything, "", false, true},
    {"layout", &anything, "", false, true},
    {"nav_order", &anything, "", false, true},
    {"order", &anything, "", false, true},
    {"parent", &anything, "", false, true},
    {"permalink", &anything, "", false, true},
    {"redirect_from", &anything, "", false, true},
    {"sidebar_label", &anything, "", false, true},
    {"sidebar_position", &anything, "", false, true},
    {"sitemap", &anything, "", false, true},
    {"slug", &anything, "", false, true},
    {"source", &anything, "", false, true},
    {"thumbnail", &anything, "", false, true},
    {"toc", &anything, "", false, true},
    {"type", &anything, "", false, true},
    {"url", &anything, "", false, true},
    {"weight", &anything, "", false, true},
};
constexpr Shape front_matter{.kind = ShapeKind::mapping, .keys = front_matter_keys, .open = true};

constexpr FileShape shapes[]{
    {"book", "bifolio: book.yaml", &book},
    {"people", "bifolio: people.yaml", &people},
    {"notices", "bifolio: notices.yaml", &notices},
    {"glossary", "bifolio: glossary.yaml", &glossary},
    {"profile", "bifolio: profiles/*.yaml", &profile},
    {"front-matter", "bifolio: the front matter of an article", &front_matter},
};

} // namespace

std::span<const FileShape> file_shapes() { return shapes; }

const FileShape& file_shape(std::string_view kind) {
    for (const FileShape& shape : shapes)
        if (shape.kind == kind) return shape;
    assert(!"one of the kinds above");
    return shapes[0];
}

} // namespace bifolio
