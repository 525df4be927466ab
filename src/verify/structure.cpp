#include "verify/structure.h"

#include "io/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace bifolio {

namespace {

constexpr std::array<std::string_view, 49> standard_types{
    "Annot",   "Art",   "BibEntry", "BlockQuote", "Caption",   "Code",  "Div",  "Document", "Figure",  "Form",
    "Formula", "H",     "H1",       "H2",         "H3",        "H4",    "H5",   "H6",       "Index",   "L",
    "LBody",   "LI",    "Lbl",      "Link",       "NonStruct", "Note",  "P",    "Part",     "Private", "Quote",
    "RB",      "RP",    "RT",       "Reference",  "Ruby",      "Sect",  "Span", "TBody",    "TD",      "TFoot",
    "TH",      "THead", "TOC",      "TOCI",       "TR",        "Table", "WP",   "WT",       "Warichu"};
static_assert(std::ranges::is_sorted(standard_types));

} // namespace

bool is_standard_structure_type(std::string_view type) { return std::ranges::binary_search(standard_types, type); }

int heading_level(std::string_view type) {
    int level = 0;
    if (type.size() < 2 || type.size() > 4 || type[0] != 'H' || type[1] == '0') return 0;
    const auto [end, error] = std::from_chars(type.data() + 1, type.data() + type.size(), level);
    return error == std::errc{} && end == type.data() + type.size() ? level : 0;
}

Structure::Structure(const PdfFile& file) : root_(file.catalog()["StructTreeRoot"]) {
    if (!exists()) return;
    read_elements();
    read_parent_tree();
}

// A type that is mapped follows its chain until a standard type. A type mapped to itself is a circle, and so is a chain that
// comes back. That a standard type is mapped at all is a rule's matter; its chain is followed all the same.
Structure::RoleMapping Structure::role(const std::string& type) const {
    const PdfObject roles = root_["RoleMap"];
    if (roles[type].is_name(type)) return {"", true};
    std::set<std::string> seen;
    for (std::string at = type;;) {
        const PdfObject next = roles[at];
        if (is_standard_structure_type(at) && (!next.is_name() || !seen.empty())) return {at, false};
        if (!seen.insert(at).second) return {"", true};
        if (!next.is_name()) return {heading_level(at) > 0 ? at : "", false}; // H7 and on, which PDF/UA allows: 7.4.2
        at = next.name();
    }
}

void Structure::read_elements() {
    std::vector<Unread> open; // the next one last
    const std::vector<PdfObject> first = root_["K"].items();
    for (std::size_t i = first.size(); i-- > 0;) open.push_back({first[i], StructureElement::none, 0});
    while (!open.empty()) {
        const auto [object, parent, place] = open.back();
        open.pop_back();
        if (!object.is_dictionary()) continue;
        if (elements_.size() >= limits::pdf_structure_elements) {
            faults_.push_back({StructureFault::Kind::too_many, parent, object.holder()});
            return;
        }
        const std::size_t index = elements_.size();
        if (object.id() && !by_object_.emplace(object.id(), index).second) {
            faults_.push_back({StructureFault::Kind::met_twice, parent, object.id()});
            continue; // the kid stays without an element
        }
        StructureElement element;
        element.object = object;
        element.parent = parent;
        element.type = object["S"].name();
        const auto [known, is_new] = roles_.try_emplace(element.type);
        if (is_new) known->second = role(element.type);
        element.standard = known->second.standard;
        const PdfObject page = object["Pg"];
        element.page = page ? page.id() : parent == StructureElement::none ? ObjectId{} : elements_[parent].page;
        elements_.push_back(std::move(element));
        if (parent == StructureElement::none)
            top_.push_back(index);
        else
            elements_[parent].kids[place].element = index;
        const std::size_t before = open.size();
        for (const PdfObject& kid : object["K"].items()) read_kid(index, kid, open);
        std::reverse(open.begin() + static_cast<std::ptrdiff_t>(before), open.end());
    }
}

void Structure::read_kid(std::size_t parent, const PdfObject& kid, std::vector<Unread>& open) {
    StructureKid one;
    one.page = elements_[parent].page;
    if (kid.is_integer()) {
        one.kind = StructureKid::Kind::content;
        one.owner = one.page;
        one.mcid = kid.integer_or(-1);
        return add_content(parent, one);
    }
    if (!kid.is_dictionary()) {
        faults_.push_back({StructureFault::Kind::not_a_kid, parent, kid.id()});
        return;
    }
    if (const PdfObject page = kid["Pg"]) one.page = page.id();
    if (kid["Type"].is_name("MCR")) {
        one.kind = StructureKid::Kind::content;
        const PdfObject stream = kid["Stm"];
        one.owner = stream ? stream.id() : one.page;
        one.mcid = kid["MCID"].integer_or(-1);
        return add_content(parent, one);
    }
    if (kid["Type"].is_name("OBJR")) {
        one.kind = StructureKid::Kind::object;
        one.owner = kid["Obj"].id();
        elements_[parent].kids.push_back(one);
        if (one.owner) object_references_.emplace(one.owner, parent);
        return;
    }
    open.push_back({kid, parent, elements_[parent].kids.size()});
    elements_[parent].kids.push_back(one); // its index is set when it is read
}

void Structure::add_content(std::size_t element, StructureKid kid) {
    elements_[element].kids.push_back(kid);
    if (!contents_.emplace(std::pair(kid.owner, kid.mcid), element).second && kid.owner)
        faults_.push_back({StructureFault::Kind::content_twice, element, kid.owner});
}

// Each node once, whatever leads to it.
void Structure::read_parent_tree() {
    std::set<const PdfValue*> seen;
    std::vector<PdfObject> open{root_["ParentTree"]};
    while (!open.empty()) {
        const PdfObject node = open.back();
        open.pop_back();
        if (!node.is_dictionary() || !seen.insert(node.value()).second) continue;
        const PdfObject numbers = node["Nums"];
        std::optional<std::int64_t> last;
        for (std::size_t i = 0; i + 1 < numbers.size() && numbers.is_array(); i += 2) {
            const std::int64_t key = numbers.at(i).integer_or(-1);
            if (last && key <= *last) disorder_.push_back(key);
            last = key;
            parent_tree_[key] = numbers.at(i + 1);
        }
        const PdfObject kids = node["Kids"];
        for (std::size_t i = kids.is_array() ? kids.size() : 0; i-- > 0;) open.push_back(kids.at(i));
    }
}

std::vector<std::size_t> Structure::children(std::size_t element) const {
    std::vector<std::size_t> out;
    for (const StructureKid& kid : elements_[element].kids)
        if (kid.kind == StructureKid::Kind::element && kid.element != StructureElement::none) out.push_back(kid.element);
    return out;
}

std::size_t Structure::element_of(ObjectId object) const {
    const auto found = by_object_.find(object);
    return found == by_object_.end() ? StructureElement::none : found->second;
}

std::size_t Structure::element_of_content(ObjectId owner, std::int64_t mcid) const {
    const auto found = contents_.find({owner, mcid});
    return found == contents_.end() ? StructureElement::none : found->second;
}

std::size_t Structure::element_of_object(ObjectId object) const {
    const auto found = object_references_.find(object);
    return found == object_references_.end() ? StructureElement::none : found->second;
}

PdfObject Structure::attribute(std::size_t element, std::string_view owner, std::string_view name) const {
    const auto said = [&](const PdfObject& attributes) { // one dictionary or an array of them, with revision numbers between
        for (const PdfObject& one : attributes.items())
            if (one["O"].is_name(owner))
                if (const PdfObject value = one[name]) return value;
        return PdfObject();
    };
    if (const PdfObject value = said(elements_[element].object["A"])) return value;
    for (const PdfObject& one : elements_[element].object["C"].items())
        if (one.is_name())
            if (const PdfObject value = said(root_["ClassMap"][one.name()])) return value;
    return {};
}

std::optional<std::string> Structure::language(std::size_t element) const {
    for (; element != StructureElement::none; element = elements_[element].parent)
        if (const PdfObject said = elements_[element].object["Lang"]; said.is_string()) return said.text();
    return std::nullopt;
}

std::string Structure::path(std::size_t element) const {
    std::string out;
    for (int level = 0; element != StructureElement::none && level < 12; element = elements_[element].parent, ++level)
        out = elements_[element].type + (out.empty() ? "" : "/" + out);
    return out;
}

} // namespace bifolio
