// article_reader.h: one article's text, in whatever format its name says, → an Article with its title found.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/article.h"
#include "read/yaml_document.h"

#include <optional>
#include <string_view>

namespace bifolio {

enum class ArticleFormat { markdown, html, plain_text };
std::optional<ArticleFormat> article_format(std::string_view path); // by the ending of its name
std::string format_endings();                                       // for messages: “.md, .markdown, …”

struct ArticleReading {
    Article article;
    YamlValue front_matter; // as it was parsed, for the account of the source; null: there is none
};

// `path` is relative to the book's folder; the source is in the map. The id is left to the caller.
ArticleReading read_article(const SourceMap& sources, SourceId source, std::string path, bool strict, Diagnostics& diagnostics);

} // namespace bifolio
