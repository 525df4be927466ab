// yaml_document.h: strict YAML: a tree of our own values, each with its place.
//
// Language   YAML 1.2 as yaml-cpp reads it, one document. Tags, anchors, aliases, keys that are no text and keys written twice
//            are errors with their place; so are more than limits::nesting_depth levels and limits::yaml_nodes values.
// Values     A scalar is text until somebody asks for more. Null are: nothing, `~`, `null`, `Null`, `NULL`, unquoted.
// Spans      Bytes of the source file, also when only a part of the file (front matter) is YAML.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

enum class YamlKind { null, scalar, sequence, mapping };

struct YamlEntry;
struct YamlValue {
    YamlKind kind = YamlKind::null;
    std::string text;               // of a scalar
    bool plain = true;              // a scalar without quotes
    Span where;                     // of a scalar with its quotes; of a mapping or sequence from its first to its last item
    std::vector<YamlValue> items;   // of a sequence
    std::vector<YamlEntry> entries; // of a mapping, in the order of the file; each key once

    const YamlValue* find(std::string_view key) const; // of a mapping; nullptr: not there
};
struct YamlEntry {
    std::string key;
    Span key_where;
    YamlValue value;
};

// The bytes [begin, end) of the source's text. On a syntax error it is reported and the value is null.
YamlValue parse_yaml(const SourceMap& sources, SourceId source, std::size_t begin, std::size_t end, Diagnostics& diagnostics);
YamlValue parse_yaml(const SourceMap& sources, SourceId source, Diagnostics& diagnostics);

// A scalar's lines as their author sees them, for embedded Markdown: where a block is folded (`>`) or a scalar runs over
// several lines the lines stay lines, so that an empty one parts two paragraphs and every place is exact.
struct YamlLines {
    std::string text;
    std::vector<std::uint32_t> line_offsets; // of each line in the file
};
YamlLines lines_of(const YamlValue& scalar, const SourceMap& sources);

} // namespace bifolio
