#include "write/onix/write_onix.h"

#include "assemble/words.h"
#include "base/utf8.h"
#include "model/isbn.h"
#include "write/xhtml/markup.h"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

namespace bifolio {

namespace {

// ---- XML

class Message {
public:
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    void open(std::string_view tag) {
        indent();
        out.append("<").append(tag).append(">\n");
        open_.emplace_back(tag.substr(0, tag.find(' ')));
    }
    void close() {
        const std::string tag = std::move(open_.back());
        open_.pop_back();
        indent();
        out.append("</").append(tag).append(">\n");
    }
    // Nothing where there is nothing to say.
    void say(std::string_view tag, std::string_view value) {
        if (is_blank(value)) return;
        indent();
        append_element(out, tag, collapsed(value));
        out += '\n';
    }
    void empty(std::string_view tag) {
        indent();
        out.append("<").append(tag).append("/>\n");
    }

private:
    void indent() { out.append(open_.size() * 2, ' '); }
    std::vector<std::string> open_;
};

std::string onix_date(const Date& date) {
    std::string text = iso_date(date);
    std::erase(text, '-');
    return text;
}

// ---- languages: code list 74 is ISO 639-2/B, ICU knows 639-2/T

std::string language_code(std::string_view tag) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 20> bibliographic{{
        {"bod", "tib"}, {"ces", "cze"}, {"cym", "wel"}, {"deu", "ger"}, {"ell", "gre"}, {"eus", "baq"}, {"fas", "per"},
        {"fra", "fre"}, {"hye", "arm"}, {"isl", "ice"}, {"kat", "geo"}, {"mkd", "mac"}, {"mri", "mao"}, {"msa", "may"},
        {"mya", "bur"}, {"nld", "dut"}, {"ron", "rum"}, {"slk", "slo"}, {"sqi", "alb"}, {"zho", "chi"},
    }};
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(std::string(tag), status);
    std::string code = U_SUCCESS(status) ? locale.getISO3Language() : "";
    for (const auto& [terminology, other] : bibliographic)
        if (code == terminology) code = other;
    return code.size() == 3 ? code : "und";
}

std::string country_code(std::string_view tag) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(std::string(tag), status);
    const std::string country = U_SUCCESS(status) ? locale.getCountry() : "";
    return country.size() == 2 ? country : "";
}

// ---- one product

struct FormCodes {
    std::string_view form;                   // code list 150
    std::vector<std::string_view> details{}; // code list 175
};

FormCodes form_codes(const OnixProduct& product) {
    switch (product.kind) {
    case ProductKind::epub: return {"ED", {"E101", "E200"}}; // EPUB, reflowable
    case ProductKind::pdf: return {"ED", {"E107", "E201"}};  // PDF, fixed
    case ProductKind::printed: break;
    }
    switch (product.binding) {
    case Binding::hardback: return {"BB"};
    case Binding::spiral: return {"BE"};
    case Binding::stapled: return {"BF"};
    case Binding::paperback:
    case Binding::none: break;
    }
    return {"BC"};
}

std::string_view form_name(ProductKind kind) {
    switch (kind) {
    case ProductKind::epub: return "epub";
    case ProductKind::pdf: return "pdf";
    case ProductKind::printed: return "print";
    }
    return "";
}

class RecordWriter {
public:
    RecordWriter(Message& message, const Book& book, const OnixProduct& product, const OnixOptions& options)
        : message_(message), book_(book), product_(product), options_(options), metadata_(book.metadata) {}

    void write() {
        message_.open("Product");
        write_record();
        write_identifiers(product_.isbn, product_.identifier);
        message_.open("DescriptiveDetail");
        write_form();
        write_titles();
        write_contributors();
        write_edition();
        write_extents();
        write_subjects();
        write_audience();
        message_.close();
        write_collateral();
        write_publishing();
        write_related();
        if (options_.supply) write_supply(*options_.supply);
        message_.close();
    }

private:
    bool is_published() const { return metadata_.date && *metadata_.date <= options_.sent; }

    void write_record() {
        message_.say("RecordReference",
                     product_.identifier + "/" + book_.edition_name + "/" + std::string(form_name(product_.kind)));
        // Code list 1: 02 advance notification, 03 confirmed on publication.
        message_.say("NotificationType", is_published() ? "03" : "02");
        if (is_blank(metadata_.publisher)) return;
        message_.say("RecordSourceType", "01");
        message_.say("RecordSourceName", metadata_.publisher);
    }

    // Code list 5: 15 ISBN-13, 03 GTIN-13, 01 proprietary.
    void write_identifiers(const std::string& isbn, const std::string& identifier) {
        const auto one = [&](std::string_view type, std::string_view name, std::string_view value) {
            if (is_blank(value)) return;
            message_.open("ProductIdentifier");
            message_.say("ProductIDType", type);
            message_.say("IDTypeName", name);
            message_.say("IDValue", value);
            message_.close();
        };
        const std::string digits = isbn_13(isbn);
        one("15", "", digits);
        one("03", "", digits);
        if (!identifier.starts_with("urn:isbn:")) one("01", "Publication identifier", identifier);
    }

    void write_form() {
        message_.say("ProductComposition", "00");
        const FormCodes codes = form_codes(product_);
        message_.say("ProductForm", codes.form);
        for (const std::string_view detail : codes.details) message_.say("ProductFormDetail", detail);
        write_accessibility();
        message_.say("PrimaryContentType", "10"); // code list 81: text
        if (has_pictures()) message_.say("ProductContentType", "07");
        if (product_.kind == ProductKind::printed && product_.size) {
            write_measure("01", product_.size->height);
            write_measure("02", product_.size->width);
        }
        if (product_.kind != ProductKind::printed && !product_.is_locked) message_.say("EpubTechnicalProtection", "00");
    }

    bool has_pictures() const {
        return std::ranges::any_of(book_.nodes,
                                   [](const Node& node) { return node.element == Element::img && node.resource != no_resource; });
    }

    void write_measure(std::string_view type, Length length) {
        char text[32];
        std::snprintf(text, sizeof text, "%.0f", length.in_pt() * 25.4 / 72);
        message_.open("Measure");
        message_.say("MeasureType", type);
        message_.say("Measurement", text);
        message_.say("MeasureUnitCode", "mm");
        message_.close();
    }

    // ---- accessibility: code list 79, 09 with code list 196; 12 with code list 143 for hazards

    void feature(std::string_view value, std::string_view description = "", std::string_view type = "09") {
        message_.open("ProductFormFeature");
        message_.say("ProductFormFeatureType", type);
        message_.say("ProductFormFeatureValue", value);
        message_.say("ProductFormFeatureDescription", description);
        message_.close();
    }

    const AccessibilityClaim* claim(std::string_view property) const {
        const auto found = std::ranges::find_if(
            product_.claims, [&](const AccessibilityClaim& one) { return one.property == property && one.made; });
        return found == product_.claims.end() ? nullptr : &*found;
    }
    bool makes(std::string_view value) const {
        return std::ranges::any_of(product_.claims,
                                   [&](const AccessibilityClaim& one) { return one.value == value && one.made; });
    }
    // Conformity gathers what every rule has found.
    bool keeps(AccessibilityRule rule) const {
        const auto conformity = std::ranges::find(product_.claims, "dcterms:conformsTo", &AccessibilityClaim::property);
        return conformity != product_.claims.end() &&
               std::ranges::none_of(conformity->spoilt, [&](const AccessibilityFault& one) { return one.rule == rule; });
    }

    void write_accessibility() {
        if (product_.claims_pdf_ua) feature("05");
        if (product_.kind != ProductKind::epub) return;
        if (!is_blank(product_.accessibility_summary)) feature("00", product_.accessibility_summary);
        if (const AccessibilityClaim* conformity = claim("dcterms:conformsTo")) {
            feature("04");
            feature(conformity->value.find("WCAG 2.2") != std::string::npos ? "82" : "81");
            feature(conformity->value.ends_with("AA") ? "85" : "84");
        }
        struct Row {
            std::string_view claimed, code;
        };
        // As the W3C's crosswalk from schema.org to ONIX has it.
        constexpr std::array rows{Row{"tableOfContents", "11"},        Row{"index", "12"},
                                  Row{"readingOrder", "13"},           Row{"alternativeText", "14"},
                                  Row{"longDescription", "15"},        Row{"pageNavigation", "19"},
                                  Row{"structuralNavigation", "29"},   Row{"ARIA", "30"},
                                  Row{"displayTransformability", "36"}};
        if (makes("unlocked") && makes("displayTransformability")) feature("10");
        for (const Row& row : rows)
            if (makes(row.claimed)) feature(row.code);
        if (keeps(AccessibilityRule::language)) feature("22");
        if (makes("highContrastDisplay")) feature("37");
        if (std::ranges::any_of(product_.claims, [](const AccessibilityClaim& one) {
                return one.made && one.property == "schema:accessModeSufficient" && one.value == "textual";
            }))
            feature("52");
        if (const AccessibilityClaim* exemption = claim("a11y:exemption"))
            feature(exemption->value == "eaa-microenterprise"           ? "75"
                    : exemption->value == "eaa-disproportionate-burden" ? "76"
                                                                        : "77");
        if (const AccessibilityClaim* certifier = claim("a11y:certifiedBy")) feature("90", certifier->value);
        if (const AccessibilityClaim* report = claim("a11y:certifierReport")) feature("94", report->value);
        if (!is_blank(options_.accessibility.contact)) feature("99", options_.accessibility.contact);
        if (const AccessibilityClaim* hazard = claim("schema:accessibilityHazard"); hazard && hazard->value == "none")
            feature("00", "", "12");
    }

    void write_titles() {
        message_.empty("NoCollection");
        message_.open("TitleDetail");
        message_.say("TitleType", "01");
        message_.open("TitleElement");
        message_.say("TitleElementLevel", "01");
        message_.say("TitleText", is_blank(metadata_.title) ? book_.name : metadata_.title);
        message_.say("Subtitle", metadata_.subtitle);
        message_.close();
        message_.close();
    }

    void write_contributors() {
        int number = 0;
        for (const Contributor& one : metadata_.contributors) {
            if (is_blank(one.name)) continue;
            message_.open("Contributor");
            message_.say("SequenceNumber", std::to_string(++number));
            // Code list 17 has no reviewer: its editors (B20, B29) make the book, and a reviewer answers for what others made.
            // So Z99, “other”, with the word for it in the description.
            const bool reviews = one.role != "aut" && one.role != "edt";
            message_.say("ContributorRole", one.role == "aut" ? "A01" : one.role == "edt" ? "B01" : "Z99");
            if (options_.pseudonyms.contains(one.person)) message_.say("NameType", "01");
            message_.say("PersonName", one.name);
            if (reviews) message_.say("ContributorDescription", words_for(metadata_.language).reviewer);
            message_.close();
        }
        if (number == 0) message_.empty("NoContributor");
    }

    void write_edition() {
        if (is_blank(metadata_.edition))
            message_.empty("NoEdition");
        else
            message_.say("EditionStatement", metadata_.edition);
        message_.open("Language");
        message_.say("LanguageRole", "01");
        message_.say("LanguageCode", language_code(metadata_.language));
        message_.say("CountryCode", country_code(metadata_.language));
        message_.close();
    }

    void write_extent(std::string_view type, std::uint64_t value, std::string_view unit) {
        if (value == 0) return;
        message_.open("Extent");
        message_.say("ExtentType", type);
        message_.say("ExtentValue", std::to_string(value));
        message_.say("ExtentUnit", unit);
        message_.close();
    }

    // Words parted by spaces; languages that write none between them have no such number.
    std::uint64_t words() const {
        for (const char* language : {"zh", "ja", "th", "lo", "km", "my", "bo"})
            if (equals_ignoring_ascii_case(std::string_view(metadata_.language).substr(0, 2), language)) return 0;
        std::uint64_t count = 0;
        for (const Node& node : book_.nodes) {
            bool in_word = false;
            for (const char c : node.text) {
                const bool space = c == ' ' || c == '\n' || c == '\t';
                if (!space && !in_word) ++count;
                in_word = !space;
            }
        }
        return count;
    }

    // Code list 23: 11 content page count, 08 pages of the print counterpart, 02 words, 22 file size; 24: 03 pages, 02 words, 17
    // bytes.
    void write_extents() {
        write_extent("11", product_.pages, "03");
        write_extent("08", product_.printed_pages, "03");
        write_extent("02", words(), "02");
        if (product_.kind != ProductKind::printed) write_extent("22", product_.bytes, "17");
        message_.say("Illustrated", has_pictures() ? "02" : "01");
    }

    // Code list 27: 93 Thema, 12 BIC, 10 BISAC, 20 keywords.
    void write_subjects() {
        const auto subject = [&](std::string_view scheme, std::string_view code, std::string_view words, bool main) {
            message_.open("Subject");
            if (main) message_.empty("MainSubject");
            message_.say("SubjectSchemeIdentifier", scheme);
            message_.say("SubjectCode", code);
            message_.say("SubjectHeadingText", words);
            message_.close();
        };
        const auto subjects = [&](std::string_view scheme, const std::vector<std::string>& codes) {
            for (std::size_t i = 0; i < codes.size(); ++i) subject(scheme, codes[i], "", i == 0);
        };
        subjects("93", options_.subjects.thema);
        subjects("12", options_.subjects.bic);
        subjects("10", options_.subjects.bisac);
        std::string keywords;
        for (const std::string& keyword : metadata_.keywords)
            if (!is_blank(keyword)) keywords += (keywords.empty() ? "" : "; ") + collapsed(keyword);
        if (!keywords.empty()) subject("20", "", keywords, false);
    }

    // Code list 29: 01 the codes of list 28, which stand in the order of the enumeration.
    void write_audience() {
        constexpr std::array<std::string_view, 8> codes{"01", "02", "03", "04", "05", "06", "07", "08"};
        for (const Audience audience : options_.audience) {
            message_.open("Audience");
            message_.say("AudienceCodeType", "01");
            message_.say("AudienceCodeValue", codes[static_cast<std::size_t>(audience)]);
            message_.close();
        }
    }

    // Code list 153: 03 description; 154: 00 unrestricted.
    void write_collateral() {
        if (is_blank(metadata_.description)) return;
        message_.open("CollateralDetail");
        message_.open("TextContent");
        message_.say("TextType", "03");
        message_.say("ContentAudience", "00");
        message_.say("Text", metadata_.description);
        message_.close();
        message_.close();
    }

    void write_publishing() {
        if (is_blank(metadata_.publisher)) return; // the block begins with it
        message_.open("PublishingDetail");
        message_.open("Publisher");
        message_.say("PublishingRole", "01");
        message_.say("PublisherName", metadata_.publisher);
        message_.close();
        message_.say("CityOfPublication", metadata_.place);
        if (metadata_.date) {
            message_.say("PublishingStatus", is_published() ? "04" : "02"); // code list 64: active, forthcoming
            message_.open("PublishingDate");
            message_.say("PublishingDateRole", "01");
            message_.say("Date dateformat=\"00\"", onix_date(*metadata_.date));
            message_.close();
        }
        if (const std::string year = copyright_year(); !year.empty()) {
            message_.open("CopyrightStatement");
            message_.say("CopyrightYear", year);
            write_copyright_owner();
            message_.close();
        }
        // Code list 46: 01 exclusive, 02 non-exclusive rights.
        if (const OnixSupply* supply = options_.supply ? &*options_.supply : nullptr; supply && supply->plan.rights) {
            message_.open("SalesRights");
            message_.say("SalesRightsType", *supply->plan.rights == SalesRights::exclusive ? "01" : "02");
            write_territory(supply->plan.territory);
            message_.close();
        }
        message_.close();
    }

    // Named where it is somebody whom the plan knows: what else stands in the statement may be a sentence.
    void write_copyright_owner() {
        const std::string owner = copyright_owner();
        const bool is_person =
            std::ranges::find(metadata_.contributors, owner, &Contributor::name) != metadata_.contributors.end();
        if (owner.empty() || (!is_person && owner != metadata_.publisher)) return;
        message_.open("CopyrightOwner");
        message_.say(is_person ? "PersonName" : "CorporateName", owner);
        message_.close();
    }

    void write_territory(const std::vector<std::string>& codes) {
        std::string listed;
        for (const std::string& code : codes) listed += (listed.empty() ? "" : " ") + code;
        message_.open("Territory");
        message_.say(listed == "WORLD" ? "RegionsIncluded" : "CountriesIncluded", listed);
        message_.close();
    }

    // ---- supply: code list 93 for the role, 65 for availability, 57 where there is no price, 58 for its kind

    void write_supply(const OnixSupply& supply) {
        constexpr std::array<std::string_view, 5> roles{"01", "02", "06", "04", "09"}; // in the order of SupplierRole
        message_.open("ProductSupply");
        message_.open("Market");
        write_territory(supply.plan.territory);
        message_.close();
        message_.open("SupplyDetail");
        message_.open("Supplier");
        message_.say("SupplierRole", roles[static_cast<std::size_t>(supply.plan.role)]);
        message_.say("SupplierName", supply.plan.supplier);
        message_.say("TelephoneNumber", supply.plan.telephone);
        message_.say("EmailAddress", supply.plan.email);
        if (!is_blank(supply.plan.website)) {
            message_.open("Website");
            message_.say("WebsiteLink", supply.plan.website);
            message_.close();
        }
        message_.close();
        write_availability();
        if (supply.is_free)
            message_.say("UnpricedItemType", "01"); // free of charge
        else if (supply.prices.empty())
            message_.say("UnpricedItemType", "04"); // contact supplier
        else
            for (const Price& price : supply.prices) {
                message_.open("Price");
                message_.say("PriceType", supply.plan.prices_with_tax ? "02" : "01");
                message_.say("PriceAmount", price.amount);
                message_.say("CurrencyCode", price.currency);
                message_.close();
            }
        message_.close();
        message_.close();
    }

    // 20 available, 10 not yet, 99 not known: contact the supplier. Code list 166: 08 is the day on which it is expected to be.
    void write_availability() {
        message_.say("ProductAvailability", is_published() ? "20" : metadata_.date ? "10" : "99");
        if (!metadata_.date || is_published()) return;
        message_.open("SupplyDate");
        message_.say("SupplyDateRole", "08");
        message_.say("Date dateformat=\"00\"", onix_date(*metadata_.date));
        message_.close();
    }

    // “© 2026 Example Press” → 2026
    std::string copyright_year() const {
        const std::size_t sign = metadata_.rights.find("©");
        if (sign == std::string::npos) return "";
        const std::string_view after = trimmed(std::string_view(metadata_.rights).substr(sign + std::string_view("©").size()));
        const std::string_view year = after.substr(0, 4);
        const bool is_year = year.size() == 4 && std::ranges::all_of(year, [](char c) { return c >= '0' && c <= '9'; });
        return is_year ? std::string(year) : "";
    }

    // “© 2026 Example Press” → Example Press
    std::string copyright_owner() const {
        const std::string year = copyright_year();
        const std::size_t at = year.empty() ? std::string::npos : metadata_.rights.find(year);
        if (at == std::string::npos) return "";
        std::string_view owner = trimmed(std::string_view(metadata_.rights).substr(at + year.size()));
        while (owner.ends_with('.') && !metadata_.publisher.ends_with('.')) owner.remove_suffix(1);
        return std::string(owner);
    }

    // Code list 51: 13 is based on that print product, 27 has that electronic version, 06 is another form of the same.
    void write_related() {
        bool open = false;
        for (const RelatedEdition& other : options_.related) {
            const std::string isbn = isbn_13(other.isbn);
            if (isbn.empty() || isbn == isbn_13(product_.isbn)) continue;
            if (!std::exchange(open, true)) message_.open("RelatedMaterial");
            message_.open("RelatedProduct");
            const bool to_print = other.kind == ProductKind::printed || other.lends_pages;
            message_.say("ProductRelationCode", product_.kind == ProductKind::epub && to_print ? "13"
                                                : product_.kind == ProductKind::printed && other.kind == ProductKind::epub
                                                    ? "27"
                                                    : "06");
            write_identifiers(isbn, "");
            message_.close();
        }
        if (open) message_.close();
    }

    Message& message_;
    const Book& book_;
    const OnixProduct& product_;
    const OnixOptions& options_;
    const BookMetadata& metadata_;
};

} // namespace

std::string write_onix(const Book& book, const std::vector<OnixProduct>& products, const OnixOptions& options) {
    Message message;
    message.open("ONIXMessage release=\"3.1\" xmlns=\"http://ns.editeur.org/onix/3.1/reference\"");
    message.open("Header");
    message.open("Sender");
    message.say("SenderName", is_blank(book.metadata.publisher) ? options.producer : book.metadata.publisher);
    message.close();
    message.say("SentDateTime", onix_date(options.sent) + "T0000Z");
    message.close();
    for (const OnixProduct& product : products) RecordWriter(message, book, product, options).write();
    message.close();
    return std::move(message.out);
}

} // namespace bifolio
