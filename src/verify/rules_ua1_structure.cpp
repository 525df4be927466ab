// rules_ua1_structure.cpp: the structure tree: its roles, its two ways between content and element, what stands in what.
#include "verify/rules_ua1.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio::ua1 {

namespace {

constexpr std::size_t none = StructureElement::none;

// Children, with NonStruct and its like replaced by what is in them: ISO 32000-1, 14.8.4.2.
std::vector<std::size_t> effective_children(const Structure& structure, std::size_t element, int depth = 0) {
    std::vector<std::size_t> out;
    for (const std::size_t child : structure.children(element)) {
        if (structure[child].standard != "NonStruct" || depth > 100) {
            out.push_back(child);
            continue;
        }
        const std::vector<std::size_t> inner = effective_children(structure, child, depth + 1);
        out.insert(out.end(), inner.begin(), inner.end());
    }
    return out;
}

std::size_t effective_parent(const Structure& structure, std::size_t element) {
    std::size_t parent = structure[element].parent;
    while (parent != none && structure[parent].standard == "NonStruct") parent = structure[parent].parent;
    return parent;
}

std::string_view parent_type(const Structure& structure, std::size_t element) {
    const std::size_t parent = effective_parent(structure, element);
    return parent == none ? std::string_view() : std::string_view(structure[parent].standard);
}

// The syntax of ISO 32000-1, tables 333, 336, 337 and 338. Blank: anything.
struct Syntax {
    std::string_view type, rule;
    std::string_view parents, children; // each name with a blank before and behind
};
constexpr std::array syntax{
    Syntax{"THead", "UA1 09-004", " Table ", " TR "},
    Syntax{"TBody", "UA1 09-004", " Table ", " TR "},
    Syntax{"TFoot", "UA1 09-004", " Table ", " TR "},
    Syntax{"Table", "UA1 09-004", "", " TR THead TBody TFoot Caption "},
    Syntax{"TR", "UA1 09-004", " Table THead TBody TFoot ", " TH TD "},
    Syntax{"TH", "UA1 09-004", " TR ", ""},
    Syntax{"TD", "UA1 09-004", " TR ", ""},
    Syntax{"L", "UA1 09-005", "", " L LI Caption "},
    Syntax{"LI", "UA1 09-005", " L ", " Lbl LBody "},
    Syntax{"LBody", "UA1 09-005", " LI ", ""},
    Syntax{"TOC", "UA1 09-006", "", " TOC TOCI Caption "},
    Syntax{"TOCI", "UA1 09-006", " TOC ", ""},
    Syntax{"RB", "UA1 09-007", " Ruby ", ""},
    Syntax{"RT", "UA1 09-007", " Ruby ", ""},
    Syntax{"RP", "UA1 09-007", " Ruby Warichu ", ""},
    Syntax{"Ruby", "UA1 09-007", "", " RB RT RP "},
    Syntax{"WT", "UA1 09-008", " Warichu ", ""},
    Syntax{"WP", "UA1 09-008", " Warichu ", ""},
    Syntax{"Warichu", "UA1 09-008", "", " WT WP "},
};
bool lists(std::string_view names, std::string_view name) {
    return !name.empty() && names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

class ElementRules {
public:
    ElementRules(const Examined& examined, Findings& findings)
        : structure_(examined.structure), findings_(findings), document_language_(has_document_language(examined)) {}

    void check(std::size_t index) {
        const StructureElement& element = structure_[index];
        check_texts(index, element);
        if (element.standard == "Note") check_note(index, element);
        const auto row = std::ranges::find(syntax, std::string_view(element.standard), &Syntax::type);
        if (row != syntax.end()) check_syntax(index, *row);
        if (element.standard == "Form" && !structure_.attribute(index, "PrintField", "Role") && !holds_one_widget(element))
            add("UA1 S-FORMKID", index,
                "a Form without Role holds " + std::to_string(element.kids.size()) + " kids and not one reference to its widget");
    }

private:
    void add(std::string_view rule, std::size_t element, const std::string& what) {
        findings_.add(rule, what + " (" + structure_.path(element) + ")", structure_[element].object);
    }

    static bool holds_one_widget(const StructureElement& element) {
        if (element.kids.size() != 1 || element.kids[0].kind != StructureKid::Kind::object) return false;
        const PdfObject kid = element.object["K"];
        return (kid.is_array() ? kid.at(0) : kid)["Obj"]["Subtype"].is_name("Widget");
    }

    void check_texts(std::size_t index, const StructureElement& element) {
        const PdfObject& object = element.object;
        if (const PdfObject language = object["Lang"]; language && !is_language_tag(language.text()))
            add("UA1 11-007", index, "Lang is ‘" + language.text() + "’");
        if (!document_language_)
            for (const char* key : {"Alt", "ActualText", "E"})
                if (object.has(key) && !structure_.language(index))
                    add("UA1 11-002", index, std::string(key) + " is in no known language");
        const bool figure = element.standard == "Figure";
        if ((figure || element.standard == "Formula") && object["Alt"].text().empty() && !object["ActualText"].is_string())
            add(figure ? "UA1 13-004" : "UA1 17-002", index, "a " + element.standard + " has neither Alt nor ActualText");
    }

    void check_note(std::size_t index, const StructureElement& element) {
        const std::string id(element.object["ID"].bytes());
        if (id.empty())
            add("UA1 19-003", index, "a Note has no ID");
        else if (!note_ids_.insert(id).second)
            add("UA1 19-004", index, "the ID ‘" + element.object["ID"].text() + "’ is that of another Note too");
    }

    void check_syntax(std::size_t index, const Syntax& rule) {
        const std::string type(rule.type);
        const std::string_view parent = parent_type(structure_, index);
        if (!rule.parents.empty() && !lists(rule.parents, parent))
            add(rule.rule, index, type + " stands in " + (parent.empty() ? "nothing that may hold it" : std::string(parent)));
        std::vector<std::string_view> kids;
        std::set<std::string> wrong;
        for (const std::size_t child : effective_children(structure_, index)) {
            kids.push_back(structure_[child].standard);
            if (!rule.children.empty() && !lists(rule.children, kids.back())) wrong.insert(structure_[child].type);
        }
        for (const std::string& one : wrong) add(rule.rule, index, type + " holds " + one);
        check_caption_and_groups(index, type, kids);
    }

    void check_caption_and_groups(std::size_t index, const std::string& type, const std::vector<std::string_view>& kids) {
        const auto count = [&](std::string_view name) { return std::ranges::count(kids, name); };
        if (type == "Table") {
            if (count("THead") > 1 || count("TFoot") > 1) add("UA1 09-004", index, "a Table has more than one THead or TFoot");
            if ((count("THead") > 0 || count("TFoot") > 0) && count("TBody") == 0)
                add("UA1 09-004", index, "a Table has a THead or TFoot and no TBody");
            if (count("Caption") > 1)
                add("UA1 09-004", index, "a Table has more than one Caption");
            else if (count("Caption") == 1 && kids.front() != "Caption" && kids.back() != "Caption")
                add("UA1 09-004", index, "the Caption of a Table is neither its first nor its last child");
        }
        if ((type == "L" || type == "TOC") && kids.size() > 1 && std::find(kids.begin() + 1, kids.end(), "Caption") != kids.end())
            add(type == "L" ? "UA1 09-005" : "UA1 09-006", index, "the Caption of a " + type + " is not its first child");
    }

    const Structure& structure_;
    Findings& findings_;
    bool document_language_;
    std::set<std::string> note_ids_;
};

void check_roles(const Structure& structure, Findings& findings) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < structure.elements().size(); ++i) {
        const StructureElement& element = structure[i];
        if (!element.standard.empty() || !seen.insert(element.type).second) continue;
        if (structure.role(element.type).circular)
            findings.add("UA1 02-003", "the role map leads from ‘" + element.type + "’ in a circle", element.object);
        else
            findings.add("UA1 02-001",
                         "the type ‘" + element.type + "’ is mapped to no standard type (" + structure.path(i) + ")",
                         element.object);
    }
    const PdfObject roles = structure.root()["RoleMap"];
    for (std::size_t i = 0; i < roles.size() && roles.is_dictionary(); ++i)
        if (is_standard_structure_type(roles.key(i)) && !roles.entry(i).is_name(roles.key(i)))
            findings.add("UA1 02-004",
                         "the standard type ‘" + std::string(roles.key(i)) + "’ is mapped to ‘" +
                             std::string(roles.entry(i).name()) + "’",
                         roles);
}

void check_parents(const Structure& structure, Findings& findings) {
    for (const StructureFault& fault : structure.faults()) {
        const std::string where = fault.element == none ? "the root" : structure.path(fault.element);
        switch (fault.kind) {
        case StructureFault::Kind::met_twice:
            findings.add("UA1 S-PARENT", "an element stands in the tree twice, the second time in " + where, fault.object);
            break;
        case StructureFault::Kind::content_twice:
            findings.add("UA1 S-TWICE", "a content item is listed a second time in " + where, structure[fault.element].object);
            break;
        case StructureFault::Kind::not_a_kid:
            findings.add("UA1 S-PARENT", "a kid is neither an element nor content, in " + where, structure[fault.element].object);
            break;
        case StructureFault::Kind::too_many:
            findings.add("PDF limit", "there are more structure elements than the limit; the others were not examined");
            break;
        }
    }
    for (std::size_t i = 0; i < structure.elements().size(); ++i) {
        const StructureElement& element = structure[i];
        const PdfObject parent = element.object["P"];
        const ObjectId wanted = element.parent == none ? structure.root().id() : structure[element.parent].object.id();
        if (!parent)
            findings.add("UA1 S-PARENT", "an element has no P entry (" + structure.path(i) + ")", element.object);
        else if (wanted && parent.id() != wanted)
            findings.add("UA1 S-PARENT",
                         "P names object " + std::to_string(parent.id().number) + " and not the element that it stands in (" +
                             structure.path(i) + ")",
                         element.object);
    }
}

// From content to element: the owner's StructParents, the parent tree's array, its entry.
void check_parent_tree(const Examined& examined, Findings& findings) {
    const Structure& structure = examined.structure;
    for (const std::int64_t key : structure.parent_tree_disorder())
        findings.add("UA1 S-PARENTTREE", "the keys of the ParentTree are not in order at " + std::to_string(key),
                     structure.root());
    ObjectId owner;
    PdfObject entries;
    for (const auto& [content, element] : structure.contents()) {
        const auto& [of, mcid] = content;
        if (!of) continue;
        const std::size_t page = examined.file.page_number(of);
        if (of != owner) {
            owner = of;
            entries = {};
            const PdfObject key = examined.file.object(of)["StructParents"];
            const auto found = structure.parent_tree().find(key.integer_or(-1));
            if (!key)
                findings.add("UA1 S-PARENTTREE", "tagged content is in a page or form without StructParents", of, page);
            else if (found == structure.parent_tree().end() || !found->second.is_array())
                findings.add("UA1 S-PARENTTREE",
                             "the ParentTree has no array for StructParents " + std::to_string(key.integer_or(-1)), of, page);
            else
                entries = found->second;
        }
        if (!entries) continue;
        const PdfObject entry = mcid >= 0 ? entries.at(static_cast<std::size_t>(mcid)) : PdfObject();
        if (!entry.is_dictionary())
            findings.add("UA1 S-PARENTTREE", "the ParentTree has no entry for MCID " + std::to_string(mcid), of, page);
        else if (entry.id() != structure[element].object.id())
            findings.add("UA1 S-PARENTTREE",
                         "the ParentTree says of MCID " + std::to_string(mcid) + " another element than the tree (" +
                             structure.path(element) + ")",
                         of, page);
    }
    for (const auto& [object, element] : structure.object_references()) {
        const PdfObject key = examined.file.object(object)["StructParent"];
        const auto found = key.is_integer() ? structure.parent_tree().find(key.integer_or(-1)) : structure.parent_tree().end();
        if (found == structure.parent_tree().end() || !found->second.is_dictionary() ||
            found->second.id() != structure[element].object.id())
            findings.add("UA1 S-PARENTTREE",
                         "an object reference and the object's StructParent do not agree (" + structure.path(element) + ")",
                         object);
    }
}

} // namespace

void check_tree(const Examined& examined, Findings& findings) {
    if (!examined.structure.exists())
        return findings.add("UA1 S-TREE", "the catalog has no StructTreeRoot", examined.file.catalog());
    check_roles(examined.structure, findings);
    check_parents(examined.structure, findings);
    check_parent_tree(examined, findings);
}

void check_elements(const Examined& examined, Findings& findings) {
    ElementRules rules(examined, findings);
    for (std::size_t i = 0; i < examined.structure.elements().size(); ++i) rules.check(i);
}

void check_headings(const Examined& examined, Findings& findings) {
    const Structure& structure = examined.structure;
    int last = 0;
    bool plain = false, numbered = false;
    std::vector<int> plain_in(structure.elements().size(), 0); // H elements in each element, NonStruct apart
    for (std::size_t i = 0; i < structure.elements().size(); ++i) {
        const StructureElement& element = structure[i];
        if (element.standard == "H") {
            plain = true;
            const std::size_t parent = effective_parent(structure, i);
            if (parent != none && ++plain_in[parent] == 2)
                findings.add("UA1 14-006", "an element holds more than one H (" + structure.path(parent) + ")", element.object);
        }
        const int level = heading_level(element.standard);
        if (level == 0) continue;
        const std::string name = "H" + std::to_string(level);
        if (!numbered && level != 1)
            findings.add("UA1 14-002", "the first heading is " + name, element.object);
        else if (level > last + 1)
            findings.add("UA1 14-003", name + " follows H" + std::to_string(last) + " (" + structure.path(i) + ")",
                         element.object);
        numbered = true;
        last = level;
    }
    if (plain && numbered) findings.add("UA1 14-007", "there are both H and numbered headings", structure.root());
}

} // namespace bifolio::ua1
