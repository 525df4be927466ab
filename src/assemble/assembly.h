// assembly.h: what the makers of one Book share while it grows. Internal to this folder.
//
// Method     Every section grows as a fragment of its own, with NodeIds that count from its root; so the contents, which stand in
//            front, can be made last. join() lays the fragments one behind the other and resolves what points from one to
//            another.
#pragma once

#include "assemble/assemble.h"
#include "assemble/glossary_terms.h"
#include "assemble/names.h"
#include "assemble/tree.h"
#include "assemble/words.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

inline constexpr std::size_t no_article = static_cast<std::size_t>(-1);

// A node of a fragment, before the fragments are joined.
struct FragmentPlace {
    std::size_t fragment = 0;
    NodeId node = no_node;
};

// What may be named by a link in one article, or in one text that stands for itself (a bio, a notice).
struct LinkScope {
    std::size_t article = no_article;             // index into Manuscript::articles
    std::string folder;                           // paths are relative to it
    std::string id_prefix;                        // “sleep-”
    std::map<std::string, FragmentPlace> ids;     // as written
    std::map<std::string, FragmentPlace> anchors; // of headings without an id, as web hosts name them
    std::map<std::string, int> same_anchors;      // how many headings had one already: the second “pain” is “pain-1”
    std::map<std::string, FragmentPlace> notes;   // by label
};

// A link that waits for all targets to be there.
struct PendingLink {
    NodeId node = no_node, words = no_node; // the a, and its text where the target's words are to be filled in
    std::size_t scope = 0;
    std::string destination;
    Span where;
    bool describes = false; // no link: it names the block that describes a picture
};

enum class CaptionKind : std::uint8_t { table, figure };
struct Captioned {
    NodeId node = no_node, caption = no_node;
    CaptionKind kind = CaptionKind::table;
    std::string label; // “Table 1”
};

struct HeadingMark {
    NodeId node = no_node;
    int level = 2; // 2…6; the section's own title is not among them
};

// A place that the index names. What the author wrote is kept as written.
struct IndexMark {
    NodeId node = no_node, end = no_node;      // end: an empty span where a range ends
    std::string entry, sort_as, see, see_also; // empty entry: its own words
    bool principal = false;                    // the place to read first
    Span where;
};

struct SectionFragment {
    std::vector<Node> nodes; // the root is the first
    BookSection section;     // its root and heading count within the fragment
    std::vector<PendingLink> links;
    std::vector<std::pair<NodeId, FragmentPlace>> targets;       // links whose target is known already
    std::vector<std::pair<NodeId, std::string>> generated_links; // by a key of Assembly::generated
    std::vector<std::pair<NodeId, std::string>> term_links;      // of the glossary, by such a key
    std::vector<Captioned> captions;
    std::vector<HeadingMark> headings;  // for the contents
    std::vector<IndexMark> index_marks; // in reading order
    std::uint32_t notes = 0, web_addresses = 0;
};

// What an edition's book is: a book with front and back matter, one leaflet, or one article without a plan.
enum class BookForm : std::uint8_t { book, leaflet, single };

class Assembly {
public:
    Assembly(const Manuscript& manuscript, const Edition& edition, const BookSelection& selection, Diagnostics& diagnostics);

    const Manuscript& manuscript;
    const Edition& edition;
    const BookSelection& selection;
    Diagnostics& diagnostics;
    BookForm form = BookForm::book;
    std::string language;              // the book's
    std::vector<std::size_t> articles; // those of this edition, in the plan's order
    BioPlace bios = BioPlace::book_end;

    std::deque<SectionFragment> fragments; // in reading order; a deque: references stay good
    std::deque<LinkScope> scopes;
    UniqueNames ids, section_names;
    std::map<std::string, FragmentPlace> generated; // targets that no one wrote: “glossary”, “bio-jane-doe”
    std::map<std::size_t, std::string> article_ids; // of the roots; taken before any other, so that they stay as written
    std::map<std::size_t, std::size_t> fragment_of_article;
    std::map<std::size_t, std::size_t> scope_of_article;
    std::vector<std::string> parts;
    std::vector<Resource> resources;
    bool has_index = false;
    GlossaryTerms terms;                             // empty: this edition links none
    std::map<std::string, FragmentPlace> first_uses; // links to terms, by the key of the entry: the first in the book
    std::uint32_t tables = 0, figures = 0;

    // Parts for Origin. Those of a book have the same number in every edition of it, those of a leaflet in every edition of
    // leaflets.
    std::uint32_t part(std::string name); // of generated nodes; made when it is new
    std::uint32_t part_of_article(std::size_t article) const;
    ResourceId resource(std::string_view path); // no_resource: the manuscript has none of that path
    std::string article_language(std::size_t article) const;

    std::size_t add_scope(LinkScope scope);
    std::size_t add_scope(std::string id_prefix); // of a text that belongs to no article
    std::size_t begin_fragment(SectionKind kind, Matter matter, std::string_view name);
    // Gives the node an id made from `wanted`, unique in the book.
    void name_node(Node& node, std::string_view wanted);

    void number_parts(); // when the form and the articles are known

private:
    std::map<std::string, std::uint32_t> part_indices_;
    std::map<std::string, ResourceId, std::less<>> resource_ids_;
};

} // namespace bifolio
