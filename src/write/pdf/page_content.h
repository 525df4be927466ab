// page_content.h: the items of a surface → its content stream, each piece marked as content of a structure element or as an
// artifact.
//
// Order      First what lies behind (backgrounds), then the content in reading order, then the other artifacts. So whoever reads
//            the stream from front to back, as simple tools do, reads the text in order.
#pragma once

#include "write/pdf/page_surface.h"
#include "write/pdf/pdf_fonts.h"
#include "write/pdf/pdf_pictures.h"
#include "write/pdf/structure_tree.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace bifolio {

// A marked-content sequence: its place in this vector is its MCID.
struct MarkedContent {
    StructureIndex element = no_structure;
    ReadingKey key;
};

struct FigureBox {
    StructureIndex element = no_structure;
    std::string box;
};

struct PageContent {
    std::string compressed; // Flate
    std::vector<MarkedContent> marked;
    std::vector<FigureBox> figures;
    std::set<int> opacities;
};

// What a surface says beside its page, for the printing house: which file and page it is.
struct SlugLine {
    std::vector<GlyphRun> runs; // left to right
    Length width;
};

PageContent page_content(const Surface& surface, const SlugLine& slug, const StructureTree& structure, const PdfFonts& fonts,
                         const PdfColours& colours, const PdfPictures& pictures);

} // namespace bifolio
