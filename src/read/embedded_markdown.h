// embedded_markdown.h: Markdown inside YAML: bios, notices, definitions, the back cover. Places point into the YAML file.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "read/read_markdown.h"
#include "read/yaml_document.h"

namespace bifolio {

// What all Markdown of a manuscript has in common: which {{…}} are fields.
MarkdownOptions markdown_options(std::string path);

// Of a key's value; empty where the key is not given or no text.
Blocks blocks_of(const YamlValue& mapping, std::string_view key, const SourceMap& sources, Diagnostics& diagnostics);
Inlines line_of(const YamlValue& mapping, std::string_view key, const SourceMap& sources, Diagnostics& diagnostics);
Blocks blocks_of(const YamlValue& scalar, const SourceMap& sources, Diagnostics& diagnostics);
Inlines line_of(const YamlValue& scalar, const SourceMap& sources, Diagnostics& diagnostics);

} // namespace bifolio
