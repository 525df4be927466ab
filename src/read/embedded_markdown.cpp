#include "read/embedded_markdown.h"

#include "read/yaml_shape.h"

namespace bifolio {

MarkdownOptions markdown_options(std::string path) { return {{"clinic."}, std::move(path)}; }

Blocks blocks_of(const YamlValue& scalar, const SourceMap& sources, Diagnostics& diagnostics) {
    if (scalar.kind != YamlKind::scalar) return {};
    const YamlLines lines = lines_of(scalar, sources);
    return read_markdown({scalar.where.source, lines.text, lines.line_offsets},
                         markdown_options(std::string(sources.path(scalar.where.source))), diagnostics);
}

Inlines line_of(const YamlValue& scalar, const SourceMap& sources, Diagnostics& diagnostics) {
    if (scalar.kind != YamlKind::scalar) return {};
    const YamlLines lines = lines_of(scalar, sources);
    return read_markdown_inlines({scalar.where.source, lines.text, lines.line_offsets},
                                 markdown_options(std::string(sources.path(scalar.where.source))), diagnostics);
}

Blocks blocks_of(const YamlValue& mapping, std::string_view key, const SourceMap& sources, Diagnostics& diagnostics) {
    const YamlValue* value = given(mapping, key);
    return value ? blocks_of(*value, sources, diagnostics) : Blocks();
}

Inlines line_of(const YamlValue& mapping, std::string_view key, const SourceMap& sources, Diagnostics& diagnostics) {
    const YamlValue* value = given(mapping, key);
    return value ? line_of(*value, sources, diagnostics) : Inlines();
}

} // namespace bifolio
