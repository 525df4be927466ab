// structure.h: the structure tree of a PDF as the file has it. ISO 32000-1, 14.7 and 14.8.
//
// Order      Elements stand in the tree's order (which is the reading order): each before its children, so a parent's index is
//            lower. Nothing is mended: what contradicts the tree is in faults, for the rules to name.
#pragma once

#include "verify/pdf_file.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bifolio {

struct StructureKid {
    enum class Kind : std::uint8_t { element, content, object };
    Kind kind = Kind::element;
    std::size_t element = static_cast<std::size_t>(-1); // element: its index; none: met before, or beyond the limit
    ObjectId owner;         // content: the page or form whose stream has it; object: what is referred to
    std::int64_t mcid = -1; // content
    ObjectId page;          // content, object: the page that is named, else the element's; 0: none
};

struct StructureElement {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    PdfObject object;
    std::size_t parent = none; // none: a child of the root
    std::string type;          // as the file names it
    std::string standard;      // after the role map; empty: it leads to no standard type
    ObjectId page;             // its own or inherited Pg; 0: none
    std::vector<StructureKid> kids;
};

struct StructureFault {
    enum class Kind : std::uint8_t { met_twice, content_twice, not_a_kid, too_many };
    Kind kind;
    std::size_t element; // where it was found; none: the root
    ObjectId object;
};

class Structure {
public:
    explicit Structure(const PdfFile& file);

    bool exists() const { return root_.is_dictionary(); }
    PdfObject root() const { return root_; }
    const std::vector<StructureElement>& elements() const { return elements_; }
    const std::vector<std::size_t>& top() const { return top_; } // children of the root
    const std::vector<StructureFault>& faults() const { return faults_; }

    const StructureElement& operator[](std::size_t index) const { return elements_[index]; }
    std::vector<std::size_t> children(std::size_t element) const; // its elements
    std::size_t element_of(ObjectId object) const;                // none: no such element
    std::size_t element_of_content(ObjectId owner, std::int64_t mcid) const;
    std::size_t element_of_object(ObjectId object) const; // that has an OBJR for it
    const std::map<std::pair<ObjectId, std::int64_t>, std::size_t>& contents() const { return contents_; }
    const std::map<ObjectId, std::size_t>& object_references() const { return object_references_; }

    // The value of an attribute by its owner (“Table”, “List”, …), from A, else through C and the class map; null: not said.
    PdfObject attribute(std::size_t element, std::string_view owner, std::string_view name) const;
    std::optional<std::string>
    language(std::size_t element) const;         // its Lang or that of the nearest element above; not the catalog's
    std::string path(std::size_t element) const; // “Document/Sect/P”, for messages

    struct RoleMapping {      // where a type's chain of roles ends
        std::string standard; // empty: nowhere
        bool circular = false;
    };
    RoleMapping role(const std::string& type) const;

    // Key → value of the parent tree; `disorder`: a key that is not above the one before it.
    const std::map<std::int64_t, PdfObject>& parent_tree() const { return parent_tree_; }
    const std::vector<std::int64_t>& parent_tree_disorder() const { return disorder_; }

private:
    void read_elements();
    struct Unread {
        PdfObject object;
        std::size_t parent, place; // among the parent's kids
    };
    void read_kid(std::size_t parent, const PdfObject& kid, std::vector<Unread>& open);
    void add_content(std::size_t element, StructureKid kid);
    void read_parent_tree();

    PdfObject root_;
    std::vector<StructureElement> elements_;
    std::vector<std::size_t> top_;
    std::vector<StructureFault> faults_;
    std::map<ObjectId, std::size_t> by_object_;
    std::map<std::pair<ObjectId, std::int64_t>, std::size_t> contents_;
    std::map<ObjectId, std::size_t> object_references_;
    std::map<std::int64_t, PdfObject> parent_tree_;
    std::vector<std::int64_t> disorder_;
    std::map<std::string, RoleMapping> roles_;
};

bool is_standard_structure_type(std::string_view type); // of PDF 1.7: 14.8.4
int heading_level(std::string_view standard_type);      // H1 → 1, …; 0: none such (also for H)

} // namespace bifolio
