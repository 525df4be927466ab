// navigation.h: how a reader finds its way in a PDF: outline, named destinations, page labels.
// Spec: ISO 32000-1, 12.3 (destinations, outline), 12.4.2 (page labels), 7.9.6 (name trees).
#pragma once

#include "layout/page/pages.h"
#include "write/pdf/page_surface.h"
#include "write/pdf/pdf_document.h"

#include <string>
#include <vector>

namespace bifolio {

// Where a destination of the book lies in the file: “[5 0 R/XYZ 51 700 null]”.
class DestinationMap {
public:
    DestinationMap(const Pages& pages, const std::vector<Surface>& surfaces, const std::vector<PdfReference>& page_objects);
    std::string array(NodeId node) const;                   // empty: the node is not on a page
    static std::string name(const Book& book, NodeId node); // of the named destination
    PdfReference write_names(PdfDocument& document) const;  // the name tree

private:
    const Pages& pages_;
    const std::vector<PdfReference>& page_objects_;
    struct Place {
        std::size_t surface = 0;
        const SurfacePage* page = nullptr;
    };
    std::vector<Place> place_of_page_;
};

// PdfReference{0}: nothing to show.
PdfReference write_outline(PdfDocument& document, const Book& book, const DestinationMap& destinations);
std::string page_label_entries(const Pages& pages); // “<</Nums[…]>>”

} // namespace bifolio
