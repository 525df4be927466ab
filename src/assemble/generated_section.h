// generated_section.h: what all sections that no one wrote begin with. Internal to this folder.
#pragma once

#include "assemble/assembly.h"

#include <string>
#include <string_view>
#include <utility>

namespace bifolio {

// A section that no one wrote: its root, its part and its title.
class GeneratedSection {
public:
    struct Kind {
        SectionKind kind;
        Matter matter;
        std::string name; // of the section and its id
        Element root = Element::section;
        std::string classes = {}; // empty: the name
        std::string part = {};    // for Origin; empty: the name
    };
    // In a new fragment, or in one that was begun in front.
    GeneratedSection(Assembly& assembly, const Kind& kind) : GeneratedSection(assembly, kind, begin(assembly, kind)) {}
    GeneratedSection(Assembly& assembly, const Kind& kind, std::size_t fragment)
        : assembly_(assembly), fragment_(fragment), tree_(assembly.fragments[fragment].nodes, assembly.language),
          part_(tree_, assembly.part(kind.part.empty() ? kind.name : kind.part)),
          root_(tree_.element(kind.root, kind.classes.empty() ? kind.name : kind.classes)) {
        assembly.name_node(tree_[root_], kind.name);
        assembly.generated.try_emplace(kind.name, FragmentPlace{fragment, root_});
    }

    Tree& tree() { return tree_; }
    SectionFragment& fragment() { return assembly_.fragments[fragment_]; }
    std::size_t index() const { return fragment_; }
    NodeId root() const { return root_; }
    const Words& words() const { return words_for(assembly_.language); }

    // The section's title as it is shown.
    void heading(std::string_view title, std::string_view classes = "") {
        NodeId id = no_node;
        {
            const auto h1 = tree_.element(Element::h1, classes);
            id = h1;
            tree_.text(std::string(title));
        }
        assembly_.name_node(tree_[id], fragment().section.name + "-title");
        fragment().section.heading = id;
        fragment().section.title = line_of_text(fragment().nodes, id);
    }
    // A title that is not shown, for outlines and for those who hear the book.
    void unseen_title(std::string_view title) {
        fragment().section.title = title;
        fragment().section.in_contents = false;
        tree_[root_].info.attributes.push_back({"aria-label", std::string(title)});
    }
    void line(std::string_view classes, std::string_view text) {
        if (text.empty()) return;
        const auto paragraph = tree_.element(Element::p, classes);
        tree_.text(std::string(text));
    }
    std::size_t scope(std::string prefix) { return assembly_.add_scope(std::move(prefix)); }

private:
    static std::size_t begin(Assembly& assembly, const Kind& kind) {
        return assembly.begin_fragment(kind.kind, kind.matter, kind.name);
    }

    Assembly& assembly_; // a local of its caller only
    std::size_t fragment_;
    Tree tree_;
    NumberedPart part_;
    Tree::Open root_;
};

} // namespace bifolio
