#include "read/read_plan.h"

#include "base/utf8.h"
#include "io/files.h"
#include "model/isbn.h"
#include "read/embedded_markdown.h"
#include "read/keys.h"
#include "read/paths.h"
#include "read/yaml_shape.h"

#include <algorithm>

namespace bifolio {

namespace {

Located<std::string> located(const YamlValue& scalar) { return {std::string(trimmed(scalar.text)), scalar.where}; }

Located<std::string> located(const YamlValue& mapping, std::string_view key) {
    const YamlValue* value = given(mapping, key);
    return value && value->kind == YamlKind::scalar ? located(*value) : Located<std::string>();
}

std::vector<Located<std::string>> located_list(const YamlValue& mapping, std::string_view key) {
    std::vector<Located<std::string>> list;
    for (const YamlValue* scalar : scalars_of(mapping, key)) list.push_back(located(*scalar));
    return list;
}

// A path that leaves the book has been reported; it is not followed.
Located<std::string> located_file(const YamlValue& mapping, std::string_view key) {
    Located<std::string> file = located(mapping, key);
    if (!is_confined(file.value)) return {};
    file.value = normal_path(file.value);
    return file;
}

template <class Enum, std::size_t size>
std::optional<Enum> word_of(const YamlValue& mapping, std::string_view key, const std::array<std::string_view, size>& words) {
    const auto found = index_of_word(words, text_of(mapping, key));
    return found ? std::optional(static_cast<Enum>(*found)) : std::nullopt;
}

std::optional<PageSize> page_of(const YamlValue& mapping, std::string_view key) {
    const YamlValue* value = given(mapping, key);
    if (!value) return std::nullopt;
    if (value->kind == YamlKind::scalar) {
        if (!index_of_word(paper_words, value->text)) return std::nullopt;
        return paper_size(value->text);
    }
    const auto width = length_of(*value, "width"), height = length_of(*value, "height");
    if (!width || !height) return std::nullopt;
    return PageSize{*width, *height};
}

void check_page(const std::optional<PageSize>& page, const YamlValue& mapping, std::string_view key, Diagnostics& diagnostics) {
    const Length least = Length::mm(30), most = Length::mm(2000);
    if (page && (min(page->width, page->height) < least || max(page->width, page->height) > most))
        diagnostics.error("read.bad-length", given(mapping, key)->where, "a page is from 30mm to 2000mm wide and high");
}

std::string isbn_of(const YamlValue& mapping) {
    std::string isbn = text_of(mapping, "isbn");
    return is_isbn(isbn) ? isbn : std::string(); // a wrong one has been reported
}

PressPlan read_press(const YamlValue& value, Diagnostics& diagnostics) {
    PressPlan press;
    press.profile = located(value, "profile");
    press.condition = text_of(value, "condition");
    press.bleed = length_of(value, "bleed");
    if (press.bleed && (*press.bleed < Length() || *press.bleed > Length::mm(50)))
        diagnostics.error("read.bad-length", given(value, "bleed")->where, "a bleed is from 0 to 50mm wide");
    if (given(value, "marks")) press.marks.clear();
    for (const YamlValue* word : scalars_of(value, "marks"))
        if (const auto mark = index_of_word(mark_words, word->text); mark && mark_words[*mark] != "none")
            press.marks.push_back(static_cast<PressMark>(*mark));
    press.pictures = word_of<PictureColours>(value, "pictures", picture_colour_words).value_or(press.pictures);
    press.intent = word_of<RenderingIntent>(value, "rendering-intent", intent_words).value_or(press.intent);
    press.ink_limit = whole_number_of(value, "ink-limit").value_or(press.ink_limit);
    return press;
}

EncryptionPlan read_encryption(const YamlValue& value) {
    EncryptionPlan plan;
    plan.where = value.where;
    plan.password = text_of(value, "password");
    plan.owner_password = text_of(value, "owner-password");
    if (given(value, "allow")) plan.may_print = plan.may_copy = false;
    for (const YamlValue* word : scalars_of(value, "allow")) {
        const auto permission = index_of_word(permission_words, word->text);
        if (permission == 0u) plan.may_print = true;
        if (permission == 1u) plan.may_copy = true;
        if (permission == 2u) plan.may_change = true;
    }
    return plan;
}

Edition read_edition(const YamlEntry& entry, Diagnostics& diagnostics) {
    const YamlValue& value = entry.value;
    Edition edition;
    edition.name = entry.key;
    edition.where = entry.key_where;
    for (const YamlValue* format : scalars_of(value, "format"))
        if (const auto word = index_of_word(format_words, format->text))
            edition.formats.push_back(static_cast<OutputFormat>(*word));
    if (!given(value, "format")) edition.formats = {OutputFormat::epub, OutputFormat::pdf};
    std::ranges::sort(edition.formats);
    edition.formats.erase(std::ranges::unique(edition.formats).begin(), edition.formats.end());
    for (Located<std::string>& style : located_list(value, "styles"))
        if (is_confined(style.value)) edition.styles.push_back({normal_path(style.value), style.where});
    edition.interior = word_of<Interior>(value, "interior", interior_words).value_or(Interior::classic);
    edition.page = page_of(value, "page");
    check_page(edition.page, value, "page", diagnostics);
    if (std::string font = text_of(value, "font"); !font.empty()) edition.font = std::move(font);
    if (const auto size = length_of(value, "font-size"); size && *size > Length()) edition.font_size = *size;
    edition.title = text_of(value, "title");
    edition.each = word_of<EditionScope>(value, "each", scope_words).value_or(EditionScope::book);
    edition.clinics = located_file(value, "clinics");
    edition.include = located_list(value, "include");
    if (const YamlValue* impose = given(value, "impose")) {
        edition.fold = word_of<Fold>(*impose, "fold", fold_words).value_or(Fold::none);
        if (const auto sheet = page_of(*impose, "sheet")) edition.sheet = *sheet;
        check_page(page_of(*impose, "sheet"), *impose, "sheet", diagnostics);
    }
    edition.bios = word_of<BioPlace>(value, "bios", bio_words);
    edition.contents_depth = whole_number_of(value, "contents-depth");
    edition.glossary_links = flag_of(value, "glossary-links");
    if (const auto embedded = flag_of(value, "embed-fonts"))
        edition.embed_fonts = *embedded ? EmbeddedFonts::woff2 : EmbeddedFonts::none;
    else
        edition.embed_fonts = word_of<EmbeddedFonts>(value, "embed-fonts", font_words).value_or(EmbeddedFonts::none);
    for (const YamlValue* standard : scalars_of(value, "conformance"))
        if (const auto word = index_of_word(conformance_words, standard->text))
            edition.conformance.emplace_back(conformance_words[*word]);
    if (const YamlValue* press = given(value, "press"); press && press->kind == YamlKind::mapping)
        edition.press = read_press(*press, diagnostics);
    if (std::ranges::find(edition.conformance, "PDF/X-4") != edition.conformance.end() && !edition.press)
        edition.press = PressPlan();
    for (const YamlValue* image : scalars_of(value, "cover-images"))
        if (const auto word = index_of_word(cover_image_words, image->text))
            edition.cover_images.push_back(static_cast<CoverImage>(*word));
    std::ranges::sort(edition.cover_images);
    edition.cover_images.erase(std::ranges::unique(edition.cover_images).begin(), edition.cover_images.end());
    if (const YamlValue* images = given(value, "cover-images")) edition.cover_images_where = images->where;
    edition.object_streams = flag_of(value, "object-streams").value_or(true);
    edition.linearise = flag_of(value, "linearise").value_or(flag_of(value, "linearize").value_or(false));
    if (const YamlValue* encrypt = given(value, "encrypt"); encrypt && encrypt->kind == YamlKind::mapping)
        edition.encrypt = read_encryption(*encrypt);
    edition.identifier = text_of(value, "identifier");
    edition.isbn = isbn_of(value);
    edition.pages_of = located(value, "pages-of");
    edition.profiles = located_list(value, "profiles");
    edition.onix = flag_of(value, "onix").value_or(!edition.profiles.empty());
    for (const YamlValue* price : scalars_of(value, "price")) {
        if (const auto parsed = parse_price(price->text)) edition.prices.push_back(*parsed);
        edition.is_free = edition.is_free || equals_ignoring_ascii_case(trimmed(price->text), "free");
        edition.price_where = given(value, "price")->where;
    }
    edition.binding = word_of<Binding>(value, "binding", binding_words).value_or(Binding::none);
    return edition;
}

// An edition's name is a folder in out/.
bool is_folder_name(std::string_view name) {
    return !name.empty() && name.size() <= 100 && name.front() != '.' && is_confined(name) &&
           name.find_first_of("/*?\"<>|") == name.npos && trimmed(name).size() == name.size();
}

PlannedArticle read_planned_article(const YamlValue& value) {
    if (value.kind == YamlKind::scalar) return {located(value), Matter::automatic};
    return {located(value, "article"), word_of<Matter>(value, "matter", matter_words).value_or(Matter::automatic)};
}

std::vector<PlannedPart> read_contents(const YamlValue& list) {
    std::vector<PlannedPart> parts;
    bool in_named_part = true; // so that an article without a part opens one without a title
    for (const YamlValue& item : list.items) {
        if (item.kind == YamlKind::mapping && item.find("part")) {
            PlannedPart part;
            part.title = located(item, "part");
            if (const YamlValue* articles = given(item, "articles"))
                for (const YamlValue& article : articles->items) part.articles.push_back(read_planned_article(article));
            parts.push_back(std::move(part));
            in_named_part = true;
        } else {
            if (std::exchange(in_named_part, false)) parts.emplace_back();
            parts.back().articles.push_back(read_planned_article(item));
        }
    }
    return parts;
}

void read_divisions(const YamlValue& root, BookPlan& plan, Diagnostics& diagnostics) {
    const auto take = [&](const YamlValue& mapping, std::string_view key, const std::string& language) {
        for (const YamlValue* scalar : scalars_of(mapping, key)) {
            const std::string_view word = trimmed(scalar->text);
            if (word.find_first_of(" \t\n") != word.npos)
                diagnostics.error("read.bad-word", scalar->where, "‘" + collapsed(word) + "’ is more than one word",
                                  {"write each word as an entry of its own"});
            else if (!word.empty())
                plan.hyphenation.push_back({language, std::string(word)});
        }
    };
    const YamlValue* value = given(root, "hyphenation");
    if (!value || value->kind != YamlKind::mapping) return take(root, "hyphenation", "");
    for (const YamlEntry& entry : value->entries) {
        if (is_language_tag(entry.key))
            take(*value, entry.key, entry.key);
        else
            diagnostics.error("read.bad-language", entry.key_where, "‘" + collapsed(entry.key) + "’ is not a language tag",
                              {"write a tag such as en, en-GB or de"});
    }
}

std::vector<std::string> texts_of(const YamlValue& mapping, std::string_view key) {
    std::vector<std::string> texts;
    for (const YamlValue* scalar : scalars_of(mapping, key)) texts.push_back(collapsed(scalar->text));
    return texts;
}

AccessibilityPlan read_accessibility(const YamlValue& value) {
    AccessibilityPlan plan;
    plan.where = value.where;
    plan.certified_by = text_of(value, "certified-by");
    plan.certifier_credentials = texts_of(value, "certifier-credential");
    plan.certifier_report = text_of(value, "certifier-report");
    plan.conforms_to = located(value, "conforms-to");
    const auto standard = index_of_word(conformity_words, plan.conforms_to.value);
    plan.conforms_to.value = standard ? conformity_words[*standard] : std::string_view();
    plan.summary = collapsed(text_of(value, "summary"));
    plan.exemption = word_of<AccessibilityExemption>(value, "exemption", exemption_words);
    plan.contact = text_of(value, "contact");
    return plan;
}

SupplyPlan read_supply(const YamlValue& value) {
    SupplyPlan plan;
    plan.where = value.where;
    plan.supplier = collapsed(text_of(value, "supplier"));
    plan.telephone = text_of(value, "telephone");
    plan.email = text_of(value, "email");
    plan.website = text_of(value, "website");
    plan.role = word_of<SupplierRole>(value, "role", supplier_words).value_or(plan.role);
    plan.rights = word_of<SalesRights>(value, "rights", sales_rights_words);
    plan.prices_with_tax = flag_of(value, "prices-with-tax").value_or(true);
    for (const YamlValue* country : scalars_of(value, "territory")) {
        const std::string_view code = trimmed(country->text);
        plan.territory.emplace_back(equals_ignoring_ascii_case(code, "world") ? "WORLD" : code);
    }
    if (std::ranges::find(plan.territory, "WORLD") != plan.territory.end()) plan.territory = {"WORLD"};
    return plan;
}

void read_cover(const YamlValue& root, BookPlan& plan, Diagnostics& diagnostics) {
    const YamlValue* value = given(root, "cover");
    if (!value) return;
    if (value->kind != YamlKind::mapping) {
        plan.cover = located_file(root, "cover");
        return;
    }
    CoverPlan& cover = plan.made_cover;
    cover.where = value->where;
    cover.design = word_of<CoverDesign>(*value, "design", cover_design_words).value_or(CoverDesign::plain);
    cover.title = collapsed(text_of(*value, "title"));
    for (const char* key : {"colour", "color"}) {
        const YamlValue* colour = given(*value, key);
        if (!colour || colour->kind != YamlKind::scalar) continue;
        cover.colour = parse_colour(colour->text);
        if (!cover.colour || !cover.colour->is_opaque()) {
            cover.colour.reset();
            diagnostics.error("read.bad-colour", colour->where, "‘" + collapsed(colour->text) + "’ is not an opaque colour",
                              {"write one as in CSS, such as \"#17454d\" (in quotes, for # begins a comment) or teal"});
        }
    }
}

void read_description(const YamlValue& root, BookPlan& plan, Diagnostics& diagnostics) {
    plan.title = text_of(root, "title");
    plan.subtitle = text_of(root, "subtitle");
    plan.language.clear(); // settled when all is read
    for (const char* key : {"lang", "language"})
        if (std::string language = text_of(root, key); is_language_tag(language)) plan.language = std::move(language);
    plan.identifier = text_of(root, "identifier");
    plan.isbn = isbn_of(root);
    plan.publisher = text_of(root, "publisher");
    plan.place = text_of(root, "place");
    plan.rights = text_of(root, "rights");
    plan.date = date_of(root, "date");
    plan.edition = text_of(root, "edition");
    plan.version = text_of(root, "version");
    plan.print_code = text_of(root, "print-code");
    plan.description = collapsed(text_of(root, "description"));
    if (const YamlValue* accessibility = given(root, "accessibility"); accessibility && accessibility->kind == YamlKind::mapping)
        plan.accessibility = read_accessibility(*accessibility);
    if (const YamlValue* subjects = given(root, "subjects"); subjects && subjects->kind == YamlKind::mapping)
        plan.subjects = {texts_of(*subjects, "thema"), texts_of(*subjects, "bic"), texts_of(*subjects, "bisac")};
    plan.glossary_links = flag_of(root, "glossary-links").value_or(true);
    if (const YamlValue* supply = given(root, "supply"); supply && supply->kind == YamlKind::mapping)
        plan.supply = read_supply(*supply);
    for (const YamlValue* audience : scalars_of(root, "audience"))
        if (const auto word = index_of_word(audience_words, audience->text))
            plan.audience.push_back(static_cast<Audience>(*word));
    read_cover(root, plan, diagnostics);
    for (const YamlValue* keyword : scalars_of(root, "keywords")) plan.keywords.emplace_back(trimmed(keyword->text));
    for (const char* key : {"authors", "author"})
        for (auto& author : located_list(root, key)) plan.authors.push_back(std::move(author));
    for (const char* key : {"editors", "editor"})
        for (auto& editor : located_list(root, key)) plan.editors.push_back(std::move(editor));
}

// “true”, or the title that it is to have.
void read_index(const YamlValue& root, BookPlan& plan) {
    const std::optional<bool> flag = flag_of(root, "index");
    if (!flag) plan.index_title = text_of(root, "index");
    plan.index = flag.value_or(!is_blank(plan.index_title));
}

} // namespace

PageSize paper_size(std::string_view name) {
    const PaperSize& paper = paper_sizes[index_of_word(paper_words, name).value()];
    return {Length::mm(paper.width), Length::mm(paper.height)};
}

Edition default_edition(std::string name, PageSize page) {
    Edition edition;
    edition.name = std::move(name);
    edition.formats = {OutputFormat::epub, OutputFormat::pdf};
    edition.page = page;
    return edition;
}

PlanReading read_plan(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    PlanReading reading;
    BookPlan& plan = reading.plan;
    plan.source = source;
    const std::size_t errors_before = diagnostics.errors();
    YamlValue root = parse_yaml(sources, source, diagnostics);
    if (root.kind == YamlKind::null && diagnostics.errors() == errors_before) {
        root.kind = YamlKind::mapping; // an empty file: say what it lacks
        root.where = {source, 0, 0};
    }
    if (root.kind != YamlKind::null)
        check_shape(root, *file_shape("book").root, sources.path(source), {source, 0, 0}, {}, diagnostics);
    reading.has_language = root.kind != YamlKind::mapping || given(root, "language") || given(root, "lang");
    if (root.kind != YamlKind::mapping) root = {};

    read_description(root, plan, diagnostics);
    read_divisions(root, plan, diagnostics);
    plan.back_cover = blocks_of(root, "back-cover", sources, diagnostics);
    plan.contents_depth = whole_number_of(root, "contents-depth").value_or(plan.contents_depth);
    plan.bios = word_of<BioPlace>(root, "bios", bio_words).value_or(BioPlace::automatic);
    for (const YamlValue* list : scalars_of(root, "lists")) {
        if (equals_ignoring_ascii_case(list->text, list_words[0])) plan.list_of_tables = true;
        if (equals_ignoring_ascii_case(list->text, list_words[1])) plan.list_of_figures = true;
    }
    read_index(root, plan);
    reading.people = located_file(root, "people");
    reading.notices = located_file(root, "notices");
    reading.glossary = located_file(root, "glossary");
    if (const YamlValue* contents = given(root, "contents")) {
        reading.has_contents = true;
        plan.contents = read_contents(*contents);
    }
    if (const YamlValue* editions = given(root, "editions"))
        for (const YamlEntry& entry : editions->entries) {
            if (!is_folder_name(entry.key))
                diagnostics.error("read.bad-name", entry.key_where, "‘" + collapsed(entry.key) + "’ cannot name an edition",
                                  {"the name is a folder in out/: write letters, digits and hyphens"});
            else
                plan.editions.push_back(read_edition(entry, diagnostics));
        }
    if (plan.editions.empty()) plan.editions.push_back(default_edition("book", paper_size("A5")));
    return reading;
}

} // namespace bifolio
