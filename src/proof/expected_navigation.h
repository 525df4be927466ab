// expected_navigation.h: what leads through an e-book or a web edition: the navigation document, the NCX, a web edition's
// contents. Internal to this folder.
#pragma once

#include "proof/expected_sections.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class NavigationWalk {
public:
    NavigationWalk(const DocumentPlan& plan, MarkedWriter& writer, SectionWalk& sections, ExpectedDocuments& out);
    void navigation_document(); // what stands in its body
    void ncx();
    void contents_of_web();
    std::string title() const; // of the contents

private:
    struct Line {
        NodeId target = no_node;
        std::string title;          // plain, from the plan
        std::string_view kind;      // as the contents class it
        std::size_t page = no_page; // of the print edition: begins here
        std::vector<Line> lines{};
    };
    static constexpr std::size_t no_page = static_cast<std::size_t>(-1);

    Line line(NodeId target, const std::string& title) const;
    void read_lines();
    bool begin_page_at(std::vector<Line>& lines, NodeId target, std::size_t page) const;
    NodeId arrival_of(NodeId target) const; // the same for all that a link without a document of its own cannot tell apart
    void list(const std::vector<Line>& lines, int level, int visible_levels);
    void words(const Line& line);
    void label(NodeId parent, std::string& out) const;
    void write_label(NodeId parent, NodeId owner, NodeId ruby = no_node);
    void append_language_of(const Line& line, std::string& name) const;
    void landmarks();
    void page_list();
    void ncx_lines(const std::vector<Line>& lines, int depth);

    const DocumentPlan& plan_;
    const Book& book_;
    MarkedWriter& writer_;
    SectionWalk& sections_;
    ExpectedDocuments& out_;
    std::vector<Line> lines_;
};

} // namespace bifolio
