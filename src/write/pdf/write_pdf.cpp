#include "write/pdf/write_pdf.h"

#include "base/overloaded.h"
#include "io/deflate.h"
#include "io/digest.h"
#include "write/pdf/metadata.h"
#include "write/pdf/navigation.h"
#include "write/pdf/page_content.h"
#include "write/pdf/slug_line.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace bifolio {

namespace {

constexpr std::size_t pages_at_a_time = 256, pages_in_node = 100;

// Counts in every glyph and colour of every page, and finds where each picture is shown first.
class Gatherer {
public:
    Gatherer(const Pages& pages, PdfFonts& fonts, PdfColours& colours) : pages_(pages), fonts_(fonts), colours_(colours) {}

    std::map<ResourceId, const PlacedPicture*> gather() {
        for (const Page& page : pages_.pages)
            for (const PlacedItem& item : page.items) {
                std::visit([&](const auto& one) { add(one); }, item.item);
                const auto* owner = std::get_if<Content>(&item.owner);
                const auto* run = std::get_if<GlyphRun>(&item.item);
                if (owner && run && owner->generated == PseudoElement::footnote_call) note_calls_[owner->node] += run->text;
            }
        return std::move(pictures_);
    }
    std::map<NodeId, std::string> take_note_calls() { return std::move(note_calls_); } // as they are printed: “a”

private:
    void add(const GlyphRun& run) {
        fonts_.add(run);
        colours_.add(run.colour, true);
    }
    void add(const BoxDecoration& box) {
        colours_.add(box.background, false);
        for (std::size_t side = 0; side < 4; ++side)
            if (box.border_width[side] > Length()) colours_.add(box.border_colour[side], false);
    }
    void add(const LineRule& rule) { colours_.add(rule.colour, false); }
    void add(const PlacedPicture& picture) {
        if (picture.resource == no_resource || !pictures_.emplace(picture.resource, &picture).second) return;
        const std::string& path = pages_.book->resources[index(picture.resource)].path;
        for (const auto& command : picture.drawing_text)
            for (const auto& [at, run] : command) {
                fonts_.add(run);
                colours_.add(run.colour, true, path);
            }
        if (!colours_.for_press() || index(picture.resource) >= pages_.drawings.size()) return;
        const std::shared_ptr<const Drawing>& drawing = pages_.drawings[index(picture.resource)];
        if (!drawing) return;
        for (const DrawingCommand& command : drawing->commands)
            if (const auto* path_command = std::get_if<PathCommand>(&command)) {
                if (path_command->fill) add(*path_command->fill, path);
                if (path_command->stroke) add(path_command->stroke->paint, path);
            }
    }
    void add(const Paint& paint, const std::string& path) {
        if (const Colour* colour = std::get_if<Colour>(&paint.source)) return colours_.add(*colour, false, path);
        for (const GradientStop& stop : std::get<Gradient>(paint.source).stops) colours_.add(stop.colour, false, path);
    }

    const Pages& pages_;
    PdfFonts& fonts_;
    PdfColours& colours_;
    std::map<ResourceId, const PlacedPicture*> pictures_;
    std::map<NodeId, std::string> note_calls_;
};

PictureRules picture_rules(const PdfOptions& options) {
    PictureRules rules;
    rules.srgb_profile = options.srgb_profile;
    if (!options.press) return rules;
    rules.press = options.press->colours;
    rules.colours = options.press->plan.pictures;
    rules.intent = options.press->plan.intent;
    rules.ink_limit = options.press->plan.ink_limit / 100.0;
    rules.press_profile = options.press->profile;
    return rules;
}

std::string hexadecimal(const std::array<std::uint8_t, 16>& bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes) append_pdf_hex(out, byte, 2);
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string rectangle(double x, double y, double width, double height) {
    return "[" + pdf_number(x) + " " + pdf_number(y) + " " + pdf_number(x + width) + " " + pdf_number(y + height) + "]";
}

std::string boxes(const Surface& surface, bool always_bleed) {
    std::string out = "/MediaBox" + rectangle(0, 0, surface.width, surface.height);
    if (surface.trim_left > 0 || surface.bleed > 0 || always_bleed)
        out += "/BleedBox" + rectangle(surface.trim_left - surface.bleed, surface.trim_bottom - surface.bleed,
                                       surface.trim_width + 2 * surface.bleed, surface.trim_height + 2 * surface.bleed);
    return out + "/TrimBox" + rectangle(surface.trim_left, surface.trim_bottom, surface.trim_width, surface.trim_height);
}

std::string link_rectangle(const SurfacePage& page, const PageRect& rect) {
    const PdfPoint one = page.to_pdf({rect.x, rect.y});
    const PdfPoint other = page.to_pdf({rect.x + rect.width, rect.y + rect.height});
    return rectangle(std::min(one.x, other.x), std::min(one.y, other.y), std::abs(one.x - other.x), std::abs(one.y - other.y));
}

// What a screen reader says for a link whose words it cannot reach: the words, and where a web link leads.
std::string link_contents(const Book& book, const LinkArea& link, const std::map<NodeId, std::string>& note_calls) {
    std::string words = text_content(book, link.link);
    const Node& node = book.node(link.link);
    if (node.element == Element::note || node.element == Element::note_reference) {
        const auto call = note_calls.find(link.link);
        words = call != note_calls.end() ? call->second : std::to_string(node.number);
    }
    if (!link.uri.empty() && link.uri != words) words += words.empty() ? link.uri : " (" + link.uri + ")";
    return words.empty() ? "link" : words;
}

// A URI in a PDF is 7-bit ASCII; other bytes are percent-encoded.
std::string pdf_uri(std::string_view uri) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out = "(";
    for (const char c : uri) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7F)
            (out += '%') += digits[byte >> 4], out += digits[byte & 15];
        else if (c == '(' || c == ')' || c == '\\')
            (out += '\\') += c;
        else
            out += c;
    }
    return out + ")";
}

// Whether the ICC's registry of characterisation data may know the name; other names are the printing house's own.
bool is_registered(std::string_view condition) {
    return std::ranges::any_of(std::array{"FOGRA", "CGATS", "IFRA", "JC200", "EUROSB"},
                               [&](std::string_view first) { return condition.starts_with(first); });
}

class PdfWriter {
public:
    PdfWriter(const Pages& pages, const FontLibrary& fonts, const PdfOptions& options, const TaskPool& pool,
              Diagnostics& diagnostics)
        : pages_(pages), options_(options), pool_(pool), diagnostics_(diagnostics),
          surfaces_(surfaces_of(pages, options.sheets, options.press ? &options.press->plan.marks : nullptr)),
          structure_(*pages.book, options.press == nullptr), fonts_(fonts),
          colours_(options.press ? options.press->colours : nullptr), document_(options.memory) {}

    std::vector<FontId> fonts() const { return fonts_.used(); }

    void write(Sink& sink) {
        // Streams go to the sink as soon as they are made; a few pages at a time are in memory.
        document_.begin(sink, {options_.press ? "1.6" : "1.7", identifier_, options_.object_streams});
        Gatherer gatherer(pages_, fonts_, colours_);
        const auto pictures_used = gatherer.gather();
        note_calls_ = gatherer.take_note_calls();
        if (options_.press) {
            colours_.finish({options_.press->plan.ink_limit / 100.0, options_.press->place_of}, diagnostics_);
            slugs_ = slug_lines(*options_.press, surfaces_, pages_, options_.date);
            for (const SlugLine& slug : slugs_)
                for (const GlyphRun& run : slug.runs) fonts_.add(run);
        }
        slugs_.resize(surfaces_.size());
        fonts_.finish(document_, pool_);
        const PdfReference resources = document_.reserve();
        const PdfPictures pictures(pages_, pictures_used, fonts_, colours_, picture_rules(options_), resources, document_, pool_,
                                   diagnostics_);
        for (std::size_t at = 0; at < surfaces_.size(); ++at) {
            if (surfaces_.size() > pages_in_node && at % pages_in_node == 0) page_nodes_.push_back(document_.reserve());
            page_objects_.push_back(document_.reserve());
        }

        const DestinationMap destinations(pages_, surfaces_, page_objects_);
        std::set<int> opacities = pictures.opacities();
        std::vector<std::uint32_t> content_counts;
        for (std::size_t from = 0; from < surfaces_.size(); from += pages_at_a_time) {
            auto contents = pool_.map(std::min(pages_at_a_time, surfaces_.size() - from), [&](std::size_t i) {
                return page_content(surfaces_[from + i], slugs_[from + i], structure_, fonts_, colours_, pictures);
            });
            for (std::size_t i = 0; i < contents.size(); ++i) {
                const auto at = static_cast<std::uint32_t>(from + i);
                PageContent& content = contents[i];
                for (std::uint32_t mcid = 0; mcid < content.marked.size(); ++mcid)
                    structure_.add_content(content.marked[mcid].element, content.marked[mcid].key, at, mcid);
                for (FigureBox& figure : content.figures) structure_.set_bounding_box(figure.element, std::move(figure.box));
                content_counts.push_back(static_cast<std::uint32_t>(content.marked.size()));
                opacities.insert(content.opacities.begin(), content.opacities.end());
                write_page(at, std::move(content.compressed), resources, destinations);
            }
        }
        write_page_tree();
        write_resources(resources, pictures, opacities);
        write_catalog(destinations, structure_.write(document_, page_objects_, content_counts));
        document_.finish(pool_);
    }

private:
    void write_page(std::uint32_t at, std::string compressed, PdfReference resources, const DestinationMap& destinations) {
        const Surface& surface = surfaces_[at];
        const PdfReference content = document_.add_stream("/Filter/FlateDecode", std::move(compressed));
        std::string annotations;
        for (const SurfacePage& page : surface.pages)
            if (!options_.press)
                for (const LinkArea& link : page.page->links) annotations += write_link(at, page, link, destinations);
        std::string text = "/Type/Page/Parent " +
                           pdf_reference(page_nodes_.empty() ? document_.page_tree() : page_nodes_[at / pages_in_node]) +
                           boxes(surface, options_.press != nullptr) + "/Resources " + pdf_reference(resources) + "/Contents " +
                           pdf_reference(content) + "/StructParents " + std::to_string(at) + "/Tabs/S";
        if (!annotations.empty()) text += "/Annots[" + annotations + "]";
        document_.set_dictionary(page_objects_[at], std::move(text));
    }

    std::string write_link(std::uint32_t surface, const SurfacePage& page, const LinkArea& link,
                           const DestinationMap& destinations) {
        const StructureIndex element = structure_.link_element(link);
        if (element == no_structure) return "";
        std::string action;
        if (link.target != no_node) {
            const std::string to = destinations.array(link.target);
            if (to.empty()) return "";
            action = "/Dest" + pdf_byte_string(DestinationMap::name(*pages_.book, link.target));
        } else if (!link.uri.empty()) {
            action = "/A<</S/URI/URI" + pdf_uri(link.uri) + ">>";
        } else {
            return "";
        }
        const std::size_t parent_key = surfaces_.size() + annotations_++;
        const PdfReference annotation =
            document_.add_dictionary("/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect" + link_rectangle(page, link.rect) +
                                     "/Contents" + pdf_text_string(link_contents(*pages_.book, link, note_calls_)) +
                                     "/StructParent " + std::to_string(parent_key) + action);
        structure_.add_annotation(element, surface, annotation);
        return pdf_reference(annotation) + " ";
    }

    // Two levels, so that a viewer finds a page of a large book quickly.
    void write_page_tree() {
        const auto entries = [](std::span<const PdfReference> kids, std::size_t count) {
            std::string out = "/Count " + std::to_string(count) + "/Kids[";
            for (const PdfReference kid : kids) out += pdf_reference(kid) + " ";
            return out + "]";
        };
        const std::span<const PdfReference> pages(page_objects_);
        for (std::size_t node = 0; node < page_nodes_.size(); ++node) {
            const std::size_t from = node * pages_in_node, count = std::min(pages_in_node, pages.size() - from);
            document_.set_dictionary(page_nodes_[node], "/Type/Pages/Parent " + pdf_reference(document_.page_tree()) +
                                                            entries(pages.subspan(from, count), count));
        }
        document_.set_page_tree(entries(page_nodes_.empty() ? pages : std::span<const PdfReference>(page_nodes_), pages.size()));
    }

    void write_resources(PdfReference resources, const PdfPictures& pictures, const std::set<int>& opacities) {
        std::string states = pictures.soft_masks() + colours_.states();
        for (const int thousandths : opacities) {
            const std::string value = pdf_number(thousandths / 1000.0);
            states += opacity_state_name(thousandths / 1000.0) + "<</ca " + value + "/CA " + value + ">>";
        }
        document_.set_dictionary(resources, "/Font<<" + fonts_.resources() + ">>/XObject<<" + pictures.resources() +
                                                ">>/Pattern<<" + pictures.patterns() + ">>/ExtGState<<" + states + ">>" +
                                                (colours_.for_press() ? "/ColorSpace<<" + colours_.resources() + ">>" : ""));
    }

    void write_catalog(const DestinationMap& destinations, PdfReference structure) {
        const Book& book = *pages_.book;
        const bool named = !book.metadata.title.empty() && !book.metadata.language.empty();
        const Claims all{named, !options_.srgb_profile.empty() || options_.press, options_.press && named};
        const Claims claims = options_.claims_standards ? all : Claims{};
        const PdfReference metadata = document_.add_stream("/Type/Metadata/Subtype/XML",
                                                           xmp_packet(book.metadata, options_, claims, hexadecimal(identifier_)));
        std::string text = "/Lang" + pdf_text_string(book.metadata.language) + "/MarkInfo<</Marked true>>/StructTreeRoot " +
                           pdf_reference(structure) + "/Metadata " + pdf_reference(metadata) +
                           "/ViewerPreferences<</DisplayDocTitle true";
        const std::string* direction = attribute(book.nodes[0], "dir");
        if (direction && *direction == "rtl") text += "/Direction/R2L";
        text += ">>";
        if (const PdfReference names = destinations.write_names(document_); names.number != 0)
            text += "/Names<</Dests " + pdf_reference(names) + ">>";
        if (!options_.sheets) text += "/PageLabels" + page_label_entries(pages_);
        if (const PdfReference outline = write_outline(document_, book, destinations); outline.number != 0)
            text += "/Outlines " + pdf_reference(outline) + "/PageMode/UseOutlines";
        text += output_intents();
        document_.set_catalog(std::move(text));
        document_.set_information(information_entries(book.metadata, options_, claims));
    }

    // PDF/A and PDF/X each want an intent of their own; they must name the same profile. ISO 19005-2, 6.2.3.
    std::string output_intents() {
        const auto intent = [](std::string_view subtype, const std::string& words, PdfReference profile) {
            return "<</Type/OutputIntent/S/" + std::string(subtype) + words + "/DestOutputProfile " + pdf_reference(profile) +
                   ">>";
        };
        if (const PressOptions* press = options_.press) {
            const std::string& name = press->condition.empty() ? press->description : press->condition;
            const std::string words = "/OutputConditionIdentifier" + pdf_text_string(name) + "/Info" +
                                      pdf_text_string(press->description.empty() ? name : press->description) +
                                      (is_registered(press->condition) ? "/RegistryName(http://www.color.org)" : "");
            const PdfReference profile = document_.add_compressed_stream("/N 4", press->profile);
            return "/OutputIntents[" + intent("GTS_PDFX", words, profile) + intent("GTS_PDFA1", words, profile) + "]";
        }
        if (options_.srgb_profile.empty()) return "";
        const PdfReference profile = document_.add_compressed_stream("/N 3", options_.srgb_profile);
        return "/OutputIntents[" +
               intent("GTS_PDFA1",
                      "/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)",
                      profile) +
               "]";
    }

    // From what the book says of itself and how it is laid out: the same book, the same identifier.
    std::array<std::uint8_t, 16> identifier() const {
        Sha256 hash;
        const Book& book = *pages_.book;
        for (const std::string* part :
             {&book.metadata.identifier, &book.metadata.title, &book.edition_name, &book.metadata.version})
            hash.update(*part + '\0');
        hash.update(std::to_string(surfaces_.size()) + (options_.sheets ? "s" : "p") + (options_.press ? "x" : ""));
        for (const Node& node : book.nodes) hash.update(node.text);
        const Sha256Digest digest = hash.digest();
        std::array<std::uint8_t, 16> out;
        std::copy_n(digest.begin(), out.size(), out.begin());
        return out;
    }

    const Pages& pages_;
    const PdfOptions& options_;
    const TaskPool& pool_;
    Diagnostics& diagnostics_;
    std::vector<Surface> surfaces_;
    StructureTree structure_;
    PdfFonts fonts_;
    PdfColours colours_;
    std::vector<SlugLine> slugs_; // by surface
    const std::array<std::uint8_t, 16> identifier_ = identifier();
    PdfDocument document_;
    std::vector<PdfReference> page_objects_, page_nodes_; // no nodes: all pages hang on the root
    std::size_t annotations_ = 0;
    std::map<NodeId, std::string> note_calls_;
};

} // namespace

std::vector<FontId> write_pdf(const Pages& pages, const FontLibrary& fonts, const PdfOptions& options, const TaskPool& pool,
                              Sink& sink, Diagnostics& diagnostics) {
    PdfWriter writer(pages, fonts, options, pool, diagnostics);
    writer.write(sink);
    return writer.fonts();
}

} // namespace bifolio
