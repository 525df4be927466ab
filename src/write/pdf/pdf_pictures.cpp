#include "write/pdf/pdf_pictures.h"

#include "io/deflate.h"
#include "write/pdf/drawing_form.h"

#include <cassert>

namespace bifolio {

namespace {

// A raster ready to be an object, its bytes already compressed.
struct ReadyImage {
    RasterPicture picture;
    std::string data, alpha;
    std::string error;
};

ReadyImage ready_image(std::string_view bytes) {
    auto decoded = decode_raster(bytes);
    if (!decoded) return {{}, {}, {}, decoded.error()};
    ReadyImage image{decoded.take(), {}, {}, {}};
    image.data = image.picture.is_jpeg() ? std::move(image.picture.jpeg) : deflate_zlib(image.picture.samples);
    if (!image.picture.alpha.empty()) image.alpha = deflate_zlib(image.picture.alpha);
    return image;
}

std::string colour_space(const RasterPicture& picture, PdfDocument& document) {
    const std::string_view device = picture.components == 1   ? "/DeviceGray"
                                    : picture.components == 3 ? "/DeviceRGB"
                                                              : "/DeviceCMYK";
    if (picture.icc.empty()) return std::string(device);
    const PdfReference profile = document.add_compressed_stream(
        "/N " + std::to_string(picture.components) + "/Alternate" + std::string(device), picture.icc);
    return "[/ICCBased " + pdf_reference(profile) + "]";
}

PdfReference add_image(const ReadyImage& image, bool jpeg, PdfDocument& document) {
    const RasterPicture& picture = image.picture;
    const std::string size = "/Type/XObject/Subtype/Image/Width " + std::to_string(picture.width) + "/Height " +
                             std::to_string(picture.height) + "/BitsPerComponent 8";
    std::string entries = size + "/ColorSpace" + colour_space(picture, document);
    if (!image.alpha.empty())
        entries +=
            "/SMask " + pdf_reference(document.add_stream(size + "/ColorSpace/DeviceGray/Filter/FlateDecode", image.alpha));
    if (picture.inverted) entries += "/Decode[1 0 1 0 1 0 1 0]";
    entries += jpeg ? "/Filter/DCTDecode" : "/Filter/FlateDecode";
    if (picture.colour_transform >= 0)
        entries += "/DecodeParms<</ColorTransform " + std::to_string(picture.colour_transform) + ">>";
    return document.add_stream(entries, image.data);
}

} // namespace

PdfPictures::PdfPictures(const Pages& pages, const std::map<ResourceId, const PlacedPicture*>& first_use, const PdfFonts& fonts,
                         PdfReference resources, PdfDocument& document, const TaskPool& pool, Diagnostics& diagnostics) {
    // Rasters, those inside drawings too, are decoded and compressed side by side.
    struct Job {
        const std::string* bytes;
        ResourceId resource;
        const PlacedPicture* placed; // nullptr: an image inside a drawing
        std::uint32_t inner = 0;
    };
    std::vector<Job> jobs;
    for (const auto& [resource, placed] : first_use) {
        const std::shared_ptr<const Drawing>& drawing =
            index(resource) < pages.drawings.size() ? pages.drawings[index(resource)] : std::shared_ptr<const Drawing>();
        if (!drawing) {
            jobs.push_back({pages.book->resources[index(resource)].bytes.get(), resource, placed, 0});
            continue;
        }
        for (std::uint32_t i = 0; i < drawing->images.size(); ++i) jobs.push_back({&drawing->images[i], resource, nullptr, i});
    }
    const auto images = pool.map(jobs.size(), [&](std::size_t at) { return ready_image(*jobs[at].bytes); });

    std::map<std::pair<ResourceId, std::uint32_t>, std::string> inner_names;
    int number = 0;
    for (std::size_t at = 0; at < jobs.size(); ++at) {
        const Job& job = jobs[at];
        const ReadyImage& image = images[at];
        if (!image.error.empty()) {
            diagnostics.error("pdf.unreadable-picture", {},
                              "the picture ‘" + pages.book->resources[index(job.resource)].path +
                                  "’ cannot be shown: " + image.error,
                              {"save it anew as PNG or JPEG"});
            continue;
        }
        const std::string name = "X" + std::to_string(number++);
        const bool jpeg = image.picture.samples.empty();
        names_ += "/" + name + " " + pdf_reference(add_image(image, jpeg, document));
        if (job.placed)
            drawn_[job.resource] = {name, false, 1, 1, image.picture.orientation};
        else
            inner_names[{job.resource, job.inner}] = name;
    }
    for (const auto& [resource, placed] : first_use) {
        if (index(resource) >= pages.drawings.size() || !pages.drawings[index(resource)]) continue;
        const Drawing& drawing = *pages.drawings[index(resource)];
        const auto image_name = [&, of = resource](std::uint32_t inner) {
            const auto found = inner_names.find({of, inner});
            return found == inner_names.end() ? std::string() : found->second;
        };
        DrawingForm form =
            drawing_form(drawing, *placed, fonts, document, resources, std::to_string(index(resource)), image_name);
        const std::string name = "D" + std::to_string(index(resource));
        names_ += form.forms + "/" + name + " " +
                  pdf_reference(document.add_compressed_stream("/Type/XObject/Subtype/Form/BBox[0 0 " +
                                                                   pdf_number(drawing.width) + " " + pdf_number(drawing.height) +
                                                                   "]/Resources " + pdf_reference(resources),
                                                               form.operators));
        patterns_ += form.patterns;
        soft_masks_ += form.soft_masks;
        opacities_.insert(form.opacities.begin(), form.opacities.end());
        drawn_[resource] = {name, true, drawing.width, drawing.height, 1};
    }
}

void PdfPictures::paint(ContentStream& content, ResourceId resource, double x, double y, double width, double height) const {
    const auto found = drawn_.find(resource);
    if (found == drawn_.end()) return;
    const Drawn& drawn = found->second;
    content.save();
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
