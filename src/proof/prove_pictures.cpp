#include "proof/prove_pictures.h"

#include "io/digest.h"
#include "picture/picture.h"
#include "picture/svg.h"
#include "proof/picture_digest.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace bifolio {

namespace {

struct PictureData {
    long width = 0, height = 0; // pixels; of a drawing CSS pixels
    bool is_drawing = false;
    std::string digest; // empty: its colours were converted, or it is a drawing
};

bool is_same(const PictureData& wanted, const PictureData& has) {
    return wanted.width == has.width && wanted.height == has.height && wanted.is_drawing == has.is_drawing &&
           (wanted.digest.empty() || wanted.digest == has.digest);
}

PictureData data_of(const std::string& bytes, bool is_converted) {
    PictureData out;
    const Result<PictureInfo> info = probe_picture(bytes);
    if (!info) return out;
    if (info.value().kind == PictureKind::svg) {
        out.is_drawing = true;
        out.width = static_cast<long>(info.value().width);
        out.height = static_cast<long>(info.value().height);
        return out;
    }
    const Result<RasterPicture> picture = decode_raster(bytes);
    if (!picture) return out;
    const RasterPicture& raster = picture.value();
    out.width = static_cast<long>(raster.width);
    out.height = static_cast<long>(raster.height);
    if (is_converted || raster.components == 4) return out;
    out.digest = raster.is_jpeg() ? picture_digest(raster.jpeg) : sha256_hex(raster.samples);
    return out;
}

PictureData data_in(const PdfFile& file, ObjectId id) {
    PictureData out;
    const PdfObject object = file.object(id);
    if (object["Subtype"].is_name("Form")) {
        out.is_drawing = true;
        const PdfObject box = object["BBox"];
        out.width = static_cast<long>(std::ceil(box.at(2).number_or(0) - 1e-6));
        out.height = static_cast<long>(std::ceil(box.at(3).number_or(0) - 1e-6));
        return out;
    }
    out.width = static_cast<long>(object["Width"].integer_or(0));
    out.height = static_cast<long>(object["Height"].integer_or(0));
    const DecodedStream stream = file.decoded_picture(object);
    out.digest = stream.bytes.starts_with("\xFF\xD8") ? picture_digest(stream.bytes) : sha256_hex(stream.bytes);
    return out;
}

} // namespace

void compare_drawn_pictures(const Book& book, const ExpectedPdf& expected, const FoundPdf& found, const PdfFile& file,
                            const TaskPool& pool, DifferenceReporter& reporter) {
    std::set<ResourceId> wanted;
    std::set<ObjectId> drawn;
    for (const ExpectedPage& page : expected.pages) wanted.insert(page.pictures.begin(), page.pictures.end());
    for (const FoundPage& page : found.pages) drawn.insert(page.pictures.begin(), page.pictures.end());
    const std::vector<ResourceId> resources(wanted.begin(), wanted.end());
    const std::vector<ObjectId> objects(drawn.begin(), drawn.end());
    const std::vector<PictureData> of_book = pool.map(resources.size(), [&](std::size_t i) {
        const Resource* resource = index(resources[i]) < book.resources.size() ? &book.resources[index(resources[i])] : nullptr;
        return resource && resource->bytes ? data_of(*resource->bytes, expected.is_for_press) : PictureData();
    });
    const std::vector<PictureData> of_file = pool.map(objects.size(), [&](std::size_t i) { return data_in(file, objects[i]); });
    const auto wanted_data = [&](ResourceId resource) -> const PictureData& {
        return of_book[static_cast<std::size_t>(std::ranges::lower_bound(resources, resource) - resources.begin())];
    };
    const auto found_data = [&](ObjectId object) -> const PictureData& {
        return of_file[static_cast<std::size_t>(std::ranges::lower_bound(objects, object) - objects.begin())];
    };
    for (std::size_t i = 0; i < std::min(expected.pages.size(), found.pages.size()); ++i) {
        std::vector<ObjectId> left = found.pages[i].pictures;
        for (const ResourceId resource : expected.pages[i].pictures) {
            const auto match =
                std::ranges::find_if(left, [&](ObjectId id) { return is_same(wanted_data(resource), found_data(id)); });
            if (match == left.end()) {
                const std::string name = index(resource) < book.resources.size() ? book.resources[index(resource)].path : "";
                reporter.error("proof.lost-picture", no_node,
                               " does not draw the picture ‘" + name + "’ on page " + std::to_string(i + 1) + " as it is");
                continue;
            }
            left.erase(match);
        }
        if (!left.empty())
            reporter.error("proof.lost-picture", no_node,
                           " draws a picture on page " + std::to_string(i + 1) + " that was not set there");
    }
    // Each figure shows its own.
    for (std::size_t i = 0; i < std::min(expected.text.pictures.size(), found.pictures.size()); ++i) {
        const ExpectedPicture& one = expected.text.pictures[i];
        const ResourceId resource = book.node(one.node).resource;
        if (found.pictures[i].objects.empty() || !wanted.contains(resource)) continue;
        if (!is_same(wanted_data(resource), found_data(found.pictures[i].objects.front())))
            reporter.error("proof.lost-picture", one.node, " shows another picture than ‘" + one.alternative + "’");
    }
}

} // namespace bifolio
