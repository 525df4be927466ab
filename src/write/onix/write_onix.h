// write_onix.h: what the book trade needs to know of a finished edition: one ONIX for Books message.
//
// Says       Only what is known: what the plan gives, and of the accessibility what the file was found to have (code list 196).
// Spec       ONIX for Books 3.1, reference names; code lists issue 68.
#pragma once

#include "assemble/book.h"
#include "base/date.h"
#include "check/accessibility.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

enum class ProductKind : std::uint8_t { epub, pdf, printed };

// Another product of the same book.
struct RelatedEdition {
    ProductKind kind = ProductKind::epub;
    std::string isbn;         // with a right check digit
    bool lends_pages = false; // the e-book gives this one's page numbers
};

struct OnixProduct {
    ProductKind kind = ProductKind::epub;
    Binding binding = Binding::none; // of a printed one
    std::string isbn;                // empty: it has none of its own
    std::string identifier;          // as the file has it
    std::size_t pages = 0;           // of a PDF or a printed book
    std::size_t printed_pages = 0;   // whose numbers an e-book gives
    std::uint64_t bytes = 0;
    std::optional<PageSize> size; // of a printed one
    bool is_locked = false;       // encrypted
    bool claims_pdf_ua = false;
    std::vector<AccessibilityClaim> claims; // of an e-book
    std::string accessibility_summary;
};

// What the plan says of an edition's sale.
struct OnixSupply {
    SupplyPlan plan;
    std::vector<Price> prices; // none, and it is not free: the supplier says
    bool is_free = false;
};

struct OnixOptions {
    std::string producer; // stands for a publisher without a name
    Date sent;            // a caller's date, never the clock's
    AccessibilityPlan accessibility;
    SubjectCodes subjects;
    std::vector<Audience> audience;
    std::optional<OnixSupply> supply; // nullopt: the record does not say
    std::set<std::string> pseudonyms; // ids of people
    std::vector<RelatedEdition> related;
};

// The message with a record for each product.
std::string write_onix(const Book& book, const std::vector<OnixProduct>& products, const OnixOptions& options);

} // namespace bifolio
