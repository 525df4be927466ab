// sections.h: the makers of sections. Each adds fragments to the assembly, in reading order. Internal to this folder.
#pragma once

#include "assemble/assembly.h"
#include "assemble/people.h"

#include <string>
#include <vector>

namespace bifolio {

// An article with its header, dates, references, notices and people.
struct ArticlePosition {
    Matter matter = Matter::body;
    int depth = 1;
};
void add_article(Assembly& assembly, std::size_t article, ArticlePosition position);

ResourceId add_cover(Assembly& assembly, const BookMetadata& metadata); // the picture; no_resource: there is no cover
void add_title_page(Assembly& assembly, const BookMetadata& metadata);
void add_imprint(Assembly& assembly, const BookMetadata& metadata);
void add_part(Assembly& assembly, std::size_t part, Matter matter); // index into BookPlan::contents
void add_notices(Assembly& assembly, NoticeRule rule);
void add_contributors(Assembly& assembly);
void add_glossary(Assembly& assembly);
// Of all places marked so far. Behind everything that may be marked.
void add_index(Assembly& assembly);
void add_back_cover(Assembly& assembly);

// A line of the contents, before the fragments are joined.
struct OutlineEntry {
    FragmentPlace target;
    FragmentPlace words; // whose words it shows: the heading; without one, the title
    int depth = 1;
    std::string title;
    SectionKind section = SectionKind::article;
    bool is_heading = false; // within a section
};
std::vector<OutlineEntry> contents_entries(const Assembly& assembly);
// Fill fragments that were begun in front, when everything behind is there; a fragment left empty is no section.
void fill_contents(Assembly& assembly, std::size_t fragment, const std::vector<OutlineEntry>& entries, int depth);
void fill_list(Assembly& assembly, std::size_t fragment, CaptionKind kind);

// People of the whole book by role, each once, in the order of their first article.
ArticlePeople people_of_book(Assembly& assembly);

// The fragments as one Book; all links resolved.
Book join(Assembly& assembly, BookMetadata metadata, const std::vector<OutlineEntry>& entries);

} // namespace bifolio
