#include "proof/found_navigation.h"

#include "io/limits.h"
#include "style/styled_book.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio {

namespace {

constexpr std::size_t most_items = 1'000'000; // of the outline: nobody walks more

class NavigationReader {
public:
    explicit NavigationReader(const PdfFile& file) : file_(file) {
        const PdfObject names = file.catalog()["Names"]["Dests"];
        if (names) read_names(names, 0);
    }

    FoundNavigation read() {
        FoundNavigation out;
        for (const PdfObject& page : file_.pages()) {
            std::vector<FoundLink>& links = out.links.emplace_back();
            for (const PdfObject& annotation : file_.annotations(page))
                if (annotation["Subtype"].is_name("Link")) links.push_back(link(page, annotation));
        }
        std::set<ObjectId> seen;
        read_outline(file_.catalog()["Outlines"], 1, seen, out.outline);
        read_labels(out.labels);
        return out;
    }

private:
    void read_names(const PdfObject& node, int depth) {
        if (depth > limits::pdf_nesting) return;
        for (const PdfObject& kid : node["Kids"].items()) read_names(kid, depth + 1);
        const PdfObject names = node["Names"];
        for (std::size_t at = 0; at + 1 < names.size(); at += 2)
            names_.emplace(std::string(names.at(at).bytes()), names.at(at + 1));
    }

    // A page's trim box: its left and its top edge.
    std::pair<double, double> corner_of(const PdfObject& page) const {
        PdfObject box = page["TrimBox"];
        if (!box.is_array()) box = file_.inherited(page, "MediaBox");
        if (box.size() < 4) return {0, 0};
        return {box.at(0).number_or(0), box.at(3).number_or(0)};
    }

    PdfArrival arrival(PdfObject destination) const {
        if (destination.is_string()) {
            const auto named = names_.find(std::string(destination.bytes()));
            if (named == names_.end()) return {};
            destination = named->second;
        }
        if (destination.is_dictionary()) destination = destination["D"];
        if (!destination.is_array() || destination.size() == 0) return {};
        const PdfObject page = destination.at(0);
        PdfArrival out{file_.page_number(page.id()), 0, 0};
        if (out.page == 0 || !destination.at(1).is_name("XYZ")) return out;
        const auto [left, top] = corner_of(page);
        out.x = destination.at(2).number_or(0) - left;
        out.y = top - destination.at(3).number_or(0);
        return out;
    }

    FoundLink link(const PdfObject& page, const PdfObject& annotation) const {
        FoundLink out;
        const PdfObject action = annotation["A"];
        if (action["S"].is_name("URI"))
            out.address = std::string(action["URI"].bytes());
        else
            out.arrival = arrival(action ? action["D"] : annotation["Dest"]);
        const PdfObject rect = annotation["Rect"];
        const auto [left, top] = corner_of(page);
        if (rect.size() >= 4)
            out.rectangle = {rect.at(0).number_or(0) - left, top - rect.at(3).number_or(0), rect.at(2).number_or(0) - left,
                             top - rect.at(1).number_or(0)};
        return out;
    }

    void read_outline(const PdfObject& parent, int depth, std::set<ObjectId>& seen, std::vector<FoundOutlineItem>& out) const {
        if (depth > limits::pdf_nesting) return;
        for (PdfObject item = parent["First"]; item.is_dictionary() && out.size() < most_items; item = item["Next"]) {
            if (!seen.insert(item.id()).second) return;
            const PdfObject action = item["A"];
            out.push_back({depth, item["Title"].text(), arrival(action ? action["D"] : item["Dest"])});
            read_outline(item, depth + 1, seen, out);
        }
    }

    void read_labels(std::vector<std::string>& out) const {
        const PdfObject labels = file_.catalog()["PageLabels"];
        if (!labels) return;
        std::map<std::int64_t, PdfObject> ranges;
        read_ranges(labels, 0, ranges);
        for (std::size_t page = 0; page < file_.pages().size(); ++page) {
            const auto after = ranges.upper_bound(static_cast<std::int64_t>(page));
            if (after == ranges.begin()) {
                out.emplace_back();
                continue;
            }
            const auto& [first, range] = *std::prev(after);
            const std::int64_t number = range["St"].integer_or(1) + static_cast<std::int64_t>(page) - first;
            const std::string_view style = range["S"].name();
            const std::string_view counter = style == "D"   ? "decimal"
                                             : style == "r" ? "lower-roman"
                                             : style == "R" ? "upper-roman"
                                             : style == "a" ? "lower-alpha"
                                             : style == "A" ? "upper-alpha"
                                                            : "";
            out.push_back(range["P"].text() + (counter.empty() ? std::string() : format_counter(number, counter)));
        }
    }

    void read_ranges(const PdfObject& node, int depth, std::map<std::int64_t, PdfObject>& out) const {
        if (depth > limits::pdf_nesting) return;
        for (const PdfObject& kid : node["Kids"].items()) read_ranges(kid, depth + 1, out);
        const PdfObject numbers = node["Nums"];
        for (std::size_t at = 0; at + 1 < numbers.size(); at += 2) out.emplace(numbers.at(at).integer_or(0), numbers.at(at + 1));
    }

    const PdfFile& file_;
    std::map<std::string, PdfObject> names_;
};

} // namespace

FoundNavigation found_navigation(const PdfFile& file) { return NavigationReader(file).read(); }

} // namespace bifolio
