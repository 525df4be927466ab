#include "write/pdf/navigation.h"

#include <algorithm>
#include <cassert>

namespace bifolio {

namespace {

constexpr std::size_t names_in_leaf = 64;

} // namespace

DestinationMap::DestinationMap(const Pages& pages, const std::vector<Surface>& surfaces,
                               const std::vector<PdfReference>& page_objects)
    : pages_(pages), page_objects_(page_objects), place_of_page_(pages.pages.size()) {
    for (std::size_t surface = 0; surface < surfaces.size(); ++surface)
        for (const SurfacePage& page : surfaces[surface].pages) place_of_page_[page.page_index] = {surface, &page};
}

std::string DestinationMap::array(NodeId node) const {
    const auto found = pages_.destinations.find(node);
    if (found == pages_.destinations.end()) return "";
    const Place& place = place_of_page_[index(found->second.page)];
    if (!place.page) return "";
    const PdfPoint at = place.page->to_pdf(found->second.at);
    return "[" + pdf_reference(page_objects_[place.surface]) + "/XYZ " + pdf_number(at.x) + " " + pdf_number(at.y) + " null]";
}

std::string DestinationMap::name(const Book& book, NodeId node) {
    const std::string& id = book.node(node).info.id;
    return id.empty() ? "node." + std::to_string(index(node)) : id;
}

PdfReference DestinationMap::write_names(PdfDocument& document) const {
    std::map<std::string, std::string> names; // ordered by bytes, as a name tree asks
    for (const auto& [node, destination] : pages_.destinations)
        if (std::string to = array(node); !to.empty()) names.emplace(name(*pages_.book, node), std::move(to));
    if (names.empty()) return {};
    std::string kids;
    for (auto at = names.begin(); at != names.end();) {
        std::string text, first = pdf_byte_string(at->first), last;
        for (std::size_t i = 0; i < names_in_leaf && at != names.end(); ++i, ++at) {
            last = pdf_byte_string(at->first);
            text += last + at->second;
        }
        kids += pdf_reference(document.add_dictionary("/Limits[" + first + last + "]/Names[" + text + "]")) + " ";
    }
    return document.add_dictionary("/Kids[" + kids + "]");
}

PdfReference write_outline(PdfDocument& document, const Book& book, const DestinationMap& destinations) {
    struct Item {
        std::string title, destination;
        int depth;
        std::size_t parent = 0; // 0 is the root
        std::vector<std::size_t> children;
        std::size_t descendants = 0;
        PdfReference object;
    };
    std::vector<Item> items(1);
    std::vector<std::size_t> open{0};
    for (const ContentsEntry& entry : book.contents) {
        std::string to = destinations.array(entry.target);
        if (to.empty() || entry.title.empty()) continue;
        while (open.size() > 1 && items[open.back()].depth >= entry.depth) open.pop_back();
        items.push_back({entry.title, std::move(to), entry.depth, open.back(), {}, 0, {}});
        items[open.back()].children.push_back(items.size() - 1);
        open.push_back(items.size() - 1);
    }
    if (items.size() == 1) return {};
    for (std::size_t at = items.size(); at-- > 1;) items[items[at].parent].descendants += 1 + items[at].descendants;
    for (Item& item : items) item.object = document.reserve();
    for (std::size_t at = 0; at < items.size(); ++at) {
        const Item& item = items[at];
        std::string text;
        if (at == 0) {
            text = "/Type/Outlines/Count " + std::to_string(item.children.size());
        } else {
            const std::vector<std::size_t>& siblings = items[item.parent].children;
            const auto place = std::ranges::find(siblings, at);
            text = "/Title" + pdf_text_string(item.title) + "/Parent " + pdf_reference(items[item.parent].object) + "/Dest" +
                   item.destination;
            if (place != siblings.begin()) text += "/Prev " + pdf_reference(items[*(place - 1)].object);
            if (place + 1 != siblings.end()) text += "/Next " + pdf_reference(items[*(place + 1)].object);
            if (!item.children.empty()) text += "/Count -" + std::to_string(item.descendants); // closed
        }
        if (!item.children.empty())
            text += "/First " + pdf_reference(items[item.children.front()].object) + "/Last " +
                    pdf_reference(items[item.children.back()].object);
        document.set_dictionary(item.object, std::move(text));
    }
    return items[0].object;
}

std::string page_label_entries(const Pages& pages) {
    const auto style_letter = [](const std::string& counter_style) -> std::string {
        if (counter_style == "decimal") return "D";
        if (counter_style == "lower-roman") return "r";
        if (counter_style == "upper-roman") return "R";
        return ""; // PDF's letters count differently beyond z: such labels are written out
    };
    std::string out = "<</Nums[";
    for (std::size_t at = 0; at < pages.pages.size(); ++at) {
        const Page& page = pages.pages[at];
        const std::string letter = page.number > 0 ? style_letter(page.counter_style) : "";
        if (!letter.empty() && at > 0) {
            const Page& before = pages.pages[at - 1];
            if (before.counter_style == page.counter_style && before.number + 1 == page.number) continue;
        }
        out += std::to_string(at) + "<<";
        if (letter.empty())
            out += "/P" + pdf_text_string(page.label);
        else
            out += "/S/" + letter + "/St " + std::to_string(page.number);
        out += ">>";
    }
    return out + "]>>";
}

} // namespace bifolio
