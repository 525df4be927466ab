// front_matter.h: the YAML between two lines “---” at an article's beginning.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/article.h"
#include "read/yaml_document.h"

#include <cstddef>
#include <string_view>

namespace bifolio {

// Where it stands in the text: the YAML is [begin, end), the article goes on at `rest`. All 0 where there is none.
struct FrontMatterPlace {
    std::size_t begin = 0, end = 0, rest = 0;
    bool unclosed = false; // begins like front matter, but no line ends it: then all of it is the article's text
};
FrontMatterPlace find_front_matter(std::string_view text);

struct FrontMatterReading {
    FrontMatter front_matter;
    Inlines title;  // the title's Markdown; empty: none given
    YamlValue root; // all that is written there
};
// `strict`: unknown keys are errors.
FrontMatterReading read_front_matter(const SourceMap& sources, SourceId source, const FrontMatterPlace& place, bool strict,
                                     Diagnostics& diagnostics);

} // namespace bifolio
