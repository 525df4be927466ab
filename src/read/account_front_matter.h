// account_front_matter.h: the part of a source's account that is front matter: values that reached the model, keys that are
// ignored, and values that the model has otherwise than the file.
#pragma once

#include "model/article.h"
#include "model/source_account.h"
#include "read/account_text.h"
#include "read/yaml_document.h"

#include <vector>

namespace bifolio {

struct FrontMatterFindings {
    std::vector<LeftOut> left_out;
    std::vector<Span> differing;
};

// `written`: the front matter as it was parsed.
FrontMatterFindings account_for_front_matter(std::string_view text, const Article& article, const YamlValue& written,
                                             SourceBytes& bytes);

// Letters and digits alone, without marks, white space and the destinations of links: for comparing words that were put together.
std::string bare_words(std::string_view text);

} // namespace bifolio
