// The record of an edition for the book trade.
#include "app/edition_builder.h"

#include "model/isbn.h"

#include <algorithm>

namespace bifolio {

namespace {

bool has_format(const Edition& edition, OutputFormat format) {
    return std::ranges::find(edition.formats, format) != edition.formats.end();
}

ProductKind kind_of(const Edition& edition) {
    return edition.binding != Binding::none          ? ProductKind::printed
           : has_format(edition, OutputFormat::epub) ? ProductKind::epub
                                                     : ProductKind::pdf;
}

} // namespace

OnixProduct EditionBuilder::product_of(const Pages& pages, const BuiltFile& file) const {
    OnixProduct product;
    product.kind = edition_.binding == Binding::none ? ProductKind::pdf : ProductKind::printed;
    product.binding = edition_.binding;
    // An ISBN names one form of the book: where there is an e-book too, it is that one's.
    const BookPlan& plan = context_.manuscript.plan;
    const bool is_only_form = !has_format(edition_, OutputFormat::epub);
    const bool has_e_book =
        std::ranges::any_of(plan.editions, [](const Edition& one) { return has_format(one, OutputFormat::epub); });
    if (is_only_form && (!edition_.isbn.empty() || !has_e_book)) product.isbn = pages.book->metadata.isbn;
    product.identifier = product.isbn.empty() ? pages.book->metadata.identifier : isbn_urn(product.isbn);
    product.pages = pages.pages.size();
    product.bytes = file.bytes;
    if (!pages.pages.empty()) product.size = PageSize{pages.pages.front().width, pages.pages.front().height};
    product.is_locked = edition_.encrypt.has_value();
    product.claims_pdf_ua = product.kind == ProductKind::pdf && !edition_.encrypt && !context_.settings.no_proof;
    return product;
}

OnixProduct EditionBuilder::product_of(const Book& book, WrittenEpub written, const PageList* pages,
                                       const BuiltFile& file) const {
    OnixProduct product;
    product.isbn = book.metadata.isbn;
    product.identifier = unique_identifier(book);
    if (pages && written.page_marks > 0) product.printed_pages = pages->pages.size();
    product.bytes = file.bytes;
    product.claims = std::move(written.claims);
    product.accessibility_summary = std::move(written.accessibility_summary);
    return product;
}

// What a shop will ask for and the record cannot say.
void EditionBuilder::tell_of_supply(Made& made) const {
    const BookPlan& plan = context_.manuscript.plan;
    if (!plan.supply)
        made.report.add("Book trade",
                        {"the record does not say who supplies the book, where, and for what price: book.yaml has no "
                         "‘supply’",
                         edition_.where});
    else if (!edition_.is_free && edition_.prices.empty())
        made.report.add("Book trade",
                        {"the record sends shops to the supplier for the price: the edition has no ‘price’", edition_.where});
}

void EditionBuilder::make_record(const Book& book, Made& made) const {
    const BookPlan& plan = context_.manuscript.plan;
    OnixOptions options;
    options.producer = "bifolio";
    options.sent = context_.settings.date.value_or(Date{1980, 1, 1});
    options.accessibility = plan.accessibility;
    options.subjects = plan.subjects;
    options.audience = plan.audience;
    if (plan.supply) options.supply = OnixSupply{*plan.supply, edition_.prices, edition_.is_free};
    tell_of_supply(made);
    for (const auto& [id, person] : context_.manuscript.people)
        if (person.pseudonym) options.pseudonyms.insert(id);
    const bool whole_book = edition_.each == EditionScope::book && edition_.clinics.value.empty();
    for (const Edition& other : plan.editions)
        if (whole_book && other.name != edition_.name && !other.isbn.empty() && other.each == EditionScope::book &&
            other.clinics.value.empty())
            options.related.push_back({kind_of(other), other.isbn, other.name == made.lender});
    put(book.name + ".onix.xml", made, [&](Sink& file) { file.write(write_onix(book, made.products, options)); });
}

} // namespace bifolio
