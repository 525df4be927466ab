// pdf_pictures.h: pictures as PDF objects: each resource once, however often it is shown.
//
// Raster     JPEG data goes in as it is (without its metadata); other pixels deflated; alpha as a soft mask; the ICC profile kept.
// Drawings   SVG becomes a form in CSS pixels, y down, so that its text is real text in embedded fonts.
// Errors     A picture that cannot be decoded: to Diagnostics (pdf.unreadable-picture); nothing is drawn for it.
// Spec       ISO 32000-1, 8.9 (images), 8.10 (forms), 8.7.4 (shadings), 11.6.5 (soft masks).
#pragma once

#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "layout/page/pages.h"
#include "write/pdf/content_stream.h"
#include "write/pdf/pdf_document.h"
#include "write/pdf/pdf_fonts.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

// For a press: what becomes of their colours. Profiles are ICC bytes.
struct PictureRules {
    const PressColours* press = nullptr; // none: for a screen; borrowed
    PictureColours colours = PictureColours::keep;
    RenderingIntent intent = RenderingIntent::relative_colorimetric;
    double ink_limit = 3;
    std::string srgb_profile, press_profile;
};

class PdfPictures {
public:
    // Decodes side by side; `first_use` names the first placing of each resource in page order.
    PdfPictures(const Pages& pages, const std::map<ResourceId, const PlacedPicture*>& first_use, const PdfFonts& fonts,
                const PdfColours& colours, const PictureRules& rules, PdfReference resources, PdfDocument& document,
                const TaskPool& pool, Diagnostics& diagnostics);

    bool has(ResourceId resource) const { return drawn_.contains(resource); }
    // Paints the picture into the rectangle whose lower left corner is x, y.
    void paint(ContentStream& content, ResourceId resource, double x, double y, double width, double height) const;

    std::string resources() const { return names_; } // “/X0 5 0 R”
    std::string patterns() const { return patterns_; }
    const std::set<int>& opacities() const { return opacities_; }
    std::string soft_masks() const { return soft_masks_; } // entries of ExtGState

    // A raster to make ready: a resource, or an image inside one that is a drawing.
    struct RasterJob {
        const std::string* bytes;
        ResourceId resource;
        std::optional<std::uint32_t> inner; // which of a drawing's images
    };

private:
    using InnerNames = std::map<std::pair<ResourceId, std::uint32_t>, std::string>; // of images inside drawings
    InnerNames add_rasters(const std::vector<RasterJob>& jobs, const Pages& pages, const PictureRules& rules,
                           PdfDocument& document, const TaskPool& pool, Diagnostics& diagnostics);

    struct Drawn {
        std::string name;
        bool form = false;
        double width = 1, height = 1; // of a form's space
        int orientation = 1;
    };
    std::map<ResourceId, Drawn> drawn_;
    std::string names_, patterns_, soft_masks_;
    std::set<int> opacities_;
};

} // namespace bifolio
