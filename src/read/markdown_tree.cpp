// What a node of cmark's tree says of itself.
#include "read/markdown_syntax.h"

#include "base/utf8.h"
#include "read/cmark_internals.h"

#include <algorithm>

namespace bifolio {

// cmark says that a task is done when “[x]” stands anywhere in its line. The box is the first bracket after the item's mark.
std::optional<bool> task_of(cmark_node* item, std::string_view line) {
    if (std::string_view(cmark_node_get_type_string(item)) != "tasklist") return std::nullopt;
    const std::size_t mark = static_cast<std::size_t>(std::max(item->start_column - 1, 0)), box = line.find('[', mark);
    return box != std::string_view::npos && box + 1 < line.size() && line[box + 1] != ' ';
}

bool is_header_row(cmark_node* row) { return cmark_gfm_extensions_get_table_row_is_header(row) != 0; }

std::string_view column_alignments(cmark_node* table) {
    return {reinterpret_cast<const char*>(cmark_gfm_extensions_get_table_alignments(table)),
            cmark_gfm_extensions_get_table_columns(table)};
}

cmark_node* definition_of(cmark_node* footnote_reference) { return footnote_reference->parent_footnote_def; }

Place place_of(cmark_node* node) { return {node->start_line, node->start_column, node->end_line, node->end_column}; }

std::string_view content_of(cmark_node* node) {
    return {reinterpret_cast<const char*>(node->content.ptr), static_cast<std::size_t>(node->content.size)};
}

std::string_view literal_of(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal ? literal : "";
}

std::string label_of(cmark_node* footnote_definition) {
    const cmark_chunk& label = footnote_definition->as.literal;
    return {reinterpret_cast<const char*>(label.data), static_cast<std::size_t>(label.len)};
}

std::vector<CellPlace> cells_in_row(std::string_view line) {
    std::vector<CellPlace> cells;
    for (std::size_t begin = 0, i = 0; i <= line.size(); ++i) {
        if (i < line.size() && (line[i] != '|' || (i > 0 && line[i - 1] == '\\'))) continue;
        const std::string_view cell = trimmed(line.substr(begin, i - begin));
        const bool is_beyond_bars = cell.empty() && (cells.empty() ? begin == 0 : i == line.size());
        if (!is_beyond_bars)
            cells.push_back({cell.empty() ? begin : static_cast<std::size_t>(cell.data() - line.data()), cell.size()});
        begin = i + 1;
    }
    return cells;
}

void FreeNode::operator()(cmark_node* node) const noexcept { cmark_node_free(node); }

std::string_view declared_field(std::string_view text, const MarkdownOptions& options, std::size_t& size) {
    if (!text.starts_with("{{")) return {};
    const std::size_t end = text.find("}}");
    if (end == std::string_view::npos) return {};
    const std::string_view name = trimmed(text.substr(2, end - 2));
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
            return {};
    const auto dot = name.find('.');
    const bool declared = options.fields.contains(std::string(name)) ||
                          (dot != std::string_view::npos && options.fields.contains(std::string(name.substr(0, dot + 1))));
    if (!declared) return {};
    size = end + 2;
    return name;
}

} // namespace bifolio
