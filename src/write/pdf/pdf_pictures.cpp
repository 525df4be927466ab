#include "write/pdf/pdf_pictures.h"

#include "io/deflate.h"
#include "write/pdf/drawing_form.h"

#include <cassert>
#include <cmath>
#include <optional>

namespace bifolio {

namespace {

constexpr double ink_tolerance = 0.05; // of a conversion's rounding

// A raster ready to be an object, its bytes already compressed.
struct ReadyImage {
    RasterPicture picture;
    std::string data, alpha;
    std::string error;
    double ink = 0; // the most at one place, where that is known
};

std::string_view intent_name(RenderingIntent intent) {
    switch (intent) {
    case RenderingIntent::perceptual: return "/Perceptual";
    case RenderingIntent::relative_colorimetric: return "/RelativeColorimetric";
    case RenderingIntent::saturation: return "/Saturation";
    case RenderingIntent::absolute_colorimetric: return "/AbsoluteColorimetric";
    }
    return "";
}

Result<RasterPicture> decoded(std::string_view bytes, const PictureRules& rules, double& ink) {
    auto picture = rules.press && rules.colours == PictureColours::convert ? decode_pixels(bytes) : decode_raster(bytes);
    if (!picture) return picture;
    const std::string& icc = picture.value().icc;
    const bool plain_cmyk = picture.value().components == 4 && icc.empty();
    const bool in_inks = plain_cmyk || (rules.press && !icc.empty() && icc == rules.press_profile);
    if (!rules.press) {
        if (!plain_cmyk) return picture; // the output intent is sRGB: inks without a profile mean nothing there
        if (picture.value().is_jpeg()) picture = decode_pixels(bytes);
        return picture ? Result<RasterPicture>(shown_on_screen(picture.take())) : picture;
    }
    if (in_inks) { // these stay as they are
        const auto pixels = decode_pixels(bytes);
        if (pixels) ink = most_ink(pixels.value());
    } else if (rules.colours == PictureColours::convert) {
        picture = rules.press->converted(picture.take(), rules.intent, rules.ink_limit);
    }
    return picture;
}

ReadyImage ready_image(std::string_view bytes, const PictureRules& rules) {
    double ink = 0;
    auto picture = decoded(bytes, rules, ink);
    if (!picture) return {{}, {}, {}, picture.error(), 0};
    ReadyImage image{picture.take(), {}, {}, {}, ink};
    image.data = image.picture.is_jpeg() ? std::move(image.picture.jpeg) : deflate_zlib(image.picture.samples);
    if (!image.picture.alpha.empty()) image.alpha = deflate_zlib(image.picture.alpha);
    return image;
}

// Pictures of one camera share a profile, and all of a book's sRGB pictures do.
class ColourSpaces {
public:
    ColourSpaces(const PictureRules& rules, PdfDocument& document) : rules_(rules), document_(document) {}

    std::string of(const RasterPicture& picture) {
        const std::string_view device = picture.components == 1   ? "/DeviceGray"
                                        : picture.components == 3 ? "/DeviceRGB"
                                                                  : "/DeviceCMYK";
        const bool needs_srgb = rules_.press && picture.components == 3 && picture.icc.empty();
        const std::string& icc = needs_srgb ? rules_.srgb_profile : picture.icc;
        // A picture that is in the output intent's own inks is so without saying it. ISO 15930-7, 6.2.4.
        if (icc.empty() || (rules_.press && icc == rules_.press_profile)) return std::string(device);
        const auto [found, is_new] = profiles_.emplace(icc, PdfReference{});
        if (is_new)
            found->second = document_.add_compressed_stream(
                "/N " + std::to_string(picture.components) + "/Alternate" + std::string(device), icc);
        return "[/ICCBased " + pdf_reference(found->second) + "]";
    }

private:
    const PictureRules& rules_;
    PdfDocument& document_;
    std::map<std::string, PdfReference> profiles_; // by their bytes
};

PdfReference add_image(const ReadyImage& image, bool jpeg, const PictureRules& rules, ColourSpaces& spaces,
                       PdfDocument& document) {
    const RasterPicture& picture = image.picture;
    const std::string size = "/Type/XObject/Subtype/Image/Width " + std::to_string(picture.width) + "/Height " +
                             std::to_string(picture.height) + "/BitsPerComponent 8";
    std::string entries = size + "/ColorSpace" + spaces.of(picture);
    if (rules.press) entries += "/Intent" + std::string(intent_name(rules.intent));
    if (!image.alpha.empty())
        entries +=
            "/SMask " + pdf_reference(document.add_stream(size + "/ColorSpace/DeviceGray/Filter/FlateDecode", image.alpha));
    if (picture.inverted) entries += "/Decode[1 0 1 0 1 0 1 0]";
    entries += jpeg ? "/Filter/DCTDecode" : "/Filter/FlateDecode";
    if (picture.colour_transform >= 0)
        entries += "/DecodeParms<</ColorTransform " + std::to_string(picture.colour_transform) + ">>";
    return document.add_stream(entries, image.data);
}

const Drawing* drawing_of(const Pages& pages, ResourceId resource) {
    return index(resource) < pages.drawings.size() ? pages.drawings[index(resource)].get() : nullptr;
}

std::vector<PdfPictures::RasterJob> raster_jobs(const Pages& pages, const std::map<ResourceId, const PlacedPicture*>& first_use) {
    std::vector<PdfPictures::RasterJob> jobs;
    for (const auto& [resource, placed] : first_use) {
        const Drawing* drawing = drawing_of(pages, resource);
        if (!drawing) {
            jobs.push_back({pages.book->resources[index(resource)].bytes.get(), resource, {}});
            continue;
        }
        for (std::uint32_t i = 0; i < drawing->images.size(); ++i) jobs.push_back({&drawing->images[i], resource, i});
    }
    return jobs;
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

// False: it cannot be drawn.
bool report_image(const ReadyImage& image, const std::string& path, double ink_limit, Diagnostics& diagnostics) {
    if (!image.error.empty()) {
        diagnostics.error("pdf.unreadable-picture", {}, "the picture ‘" + path + "’ cannot be shown: " + image.error,
                          {"save it anew as PNG or JPEG"});
        return false;
    }
    if (image.ink > ink_limit + ink_tolerance)
        diagnostics.warning("pdf.picture-ink", {},
                            "the picture ‘" + path + "’ has up to " + percent(image.ink) +
                                " of ink at one place; the press takes " + percent(ink_limit),
                            {"convert it to the press's profile in a picture editor"});
    return true;
}

} // namespace

PdfPictures::PdfPictures(const Pages& pages, const std::map<ResourceId, const PlacedPicture*>& first_use, const PdfFonts& fonts,
                         const PdfColours& colours, const PictureRules& rules, PdfReference resources, PdfDocument& document,
                         const TaskPool& pool, Diagnostics& diagnostics) {
    const InnerNames inner_names = add_rasters(raster_jobs(pages, first_use), pages, rules, document, pool, diagnostics);
    for (const auto& [resource, placed] : first_use) {
        const Drawing* drawing = drawing_of(pages, resource);
        if (!drawing) continue;
        const auto image_name = [&, of = resource](std::uint32_t inner) {
            const auto found = inner_names.find({of, inner});
            return found == inner_names.end() ? std::string() : found->second;
        };
        const std::string number = std::to_string(index(resource));
        DrawingForm form = drawing_form(*drawing, *placed, fonts, colours, document, resources, number, image_name);
        const std::string box = "[0 0 " + pdf_number(drawing->width) + " " + pdf_number(drawing->height) + "]";
        const PdfReference object = document.add_compressed_stream(
            "/Type/XObject/Subtype/Form/BBox" + box + "/Resources " + pdf_reference(resources), form.operators);
        names_ += form.forms + "/D" + number + " " + pdf_reference(object);
        patterns_ += form.patterns;
        soft_masks_ += form.soft_masks;
        opacities_.insert(form.opacities.begin(), form.opacities.end());
        drawn_[resource] = {"D" + number, true, drawing->width, drawing->height, 1};
    }
}

// Decoded and compressed side by side, added in the jobs' order.
PdfPictures::InnerNames PdfPictures::add_rasters(const std::vector<RasterJob>& jobs, const Pages& pages,
                                                 const PictureRules& rules, PdfDocument& document, const TaskPool& pool,
                                                 Diagnostics& diagnostics) {
    const auto images = pool.map(jobs.size(), [&](std::size_t at) { return ready_image(*jobs[at].bytes, rules); });
    InnerNames inner_names;
    ColourSpaces spaces(rules, document);
    int number = 0;
    for (std::size_t at = 0; at < jobs.size(); ++at) {
        const RasterJob& job = jobs[at];
        const ReadyImage& image = images[at];
        if (!report_image(image, pages.book->resources[index(job.resource)].path, rules.ink_limit, diagnostics)) continue;
        const std::string name = "X" + std::to_string(number++);
        const bool jpeg = image.picture.samples.empty();
        names_ += "/" + name + " " + pdf_reference(add_image(image, jpeg, rules, spaces, document));
        if (job.inner)
            inner_names[{job.resource, *job.inner}] = name;
        else
            drawn_[job.resource] = {name, false, 1, 1, image.picture.orientation};
    }
    return inner_names;
}

void PdfPictures::paint(ContentStream& content, ResourceId resource, double x, double y, double width, double height) const {
    const auto found = drawn_.find(resource);
    if (found == drawn_.end()) return;
    const Drawn& drawn = found->second;
    content.save();
    content.knock_out();
    if (drawn.form) {
        content.transform(width / drawn.width, 0, 0, -height / drawn.height, x, y + height); // CSS pixels, y down
    } else {
        content.transform(width, 0, 0, height, x, y);
        if (drawn.orientation != 1) {
            const OrientationMatrix m = orientation_matrix(drawn.orientation);
            content.transform(m.a, m.b, m.c, m.d, m.e, m.f);
        }
    }
    content.raw("/" + drawn.name + " Do\n");
    content.restore();
}

} // namespace bifolio
