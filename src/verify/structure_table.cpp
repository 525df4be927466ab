#include "verify/structure_table.h"

#include "io/limits.h"

#include <algorithm>

namespace bifolio {

namespace {

class GridPlacer {
public:
    GridPlacer(const Structure& structure, StructureTable& out) : structure_(structure), out_(out) {}

    void collect_rows(std::size_t element, int depth) {
        if (depth > limits::pdf_nesting) return;
        for (const std::size_t child : structure_.children(element)) {
            const std::string& type = structure_[child].standard;
            if (type == "TR") out_.rows.push_back(child);
            if (type == "NonStruct" || type == "THead" || type == "TBody" || type == "TFoot") collect_rows(child, depth + 1);
        }
    }

    std::size_t place_row(std::size_t row, std::size_t element, std::size_t column, int depth = 0) {
        for (const std::size_t child : structure_.children(element)) {
            const std::string& type = structure_[child].standard;
            if (type == "NonStruct" && depth < limits::pdf_nesting) column = place_row(row, child, column, depth + 1);
            if (type != "TH" && type != "TD") continue;
            while (out_.taken.contains({row, column})) ++column;
            const StructureCell cell{child, row, column, span(child, "RowSpan"), span(child, "ColSpan"), type == "TH"};
            for (std::size_t y = 0; y < cell.rows && out_.taken.size() < limits::table_cells; ++y)
                for (std::size_t x = 0; x < cell.columns; ++x)
                    if (!out_.taken.insert({row + y, column + x}).second && !out_.overlaps) {
                        out_.overlaps = true;
                        out_.overlap_row = row;
                    }
            out_.cells.push_back(cell);
            column += cell.columns;
        }
        return column;
    }

private:
    std::size_t span(std::size_t cell, std::string_view name) const {
        const std::int64_t said = structure_.attribute(cell, "Table", name).integer_or(1);
        return static_cast<std::size_t>(std::clamp<std::int64_t>(said, 1, static_cast<std::int64_t>(limits::table_columns)));
    }

    const Structure& structure_;
    StructureTable& out_;
};

} // namespace

std::size_t StructureTable::columns() const {
    std::size_t out = 0;
    for (const auto& [row, column] : taken) out = std::max(out, column + 1);
    return out;
}

std::vector<const StructureCell*> StructureTable::headers_of(const Structure& structure, const StructureCell& cell) const {
    std::vector<const StructureCell*> out;
    const std::vector<PdfObject> named = structure.attribute(cell.element, "Table", "Headers").items();
    for (const PdfObject& id : named)
        for (const StructureCell& other : cells)
            if (id.is_string() && structure[other.element].object["ID"].is_string() &&
                structure[other.element].object["ID"].bytes() == id.bytes())
                out.push_back(&other);
    if (!named.empty()) return out;
    const auto meets = [](std::size_t a, std::size_t a_size, std::size_t b, std::size_t b_size) {
        return a < b + b_size && b < a + a_size;
    };
    for (const bool of_row : {true, false})
        for (const StructureCell& other : cells) {
            if (!other.is_header || other.element == cell.element) continue;
            const std::string_view scope = structure.attribute(other.element, "Table", "Scope").name();
            if (of_row && (scope == "Row" || scope == "Both") && other.column < cell.column &&
                meets(other.row, other.rows, cell.row, cell.rows))
                out.push_back(&other);
            if (!of_row && (scope == "Column" || scope == "Both") && other.row < cell.row &&
                meets(other.column, other.columns, cell.column, cell.columns))
                out.push_back(&other);
        }
    return out;
}

StructureTable structure_table(const Structure& structure, std::size_t table) {
    StructureTable out;
    GridPlacer placer(structure, out);
    placer.collect_rows(table, 0);
    for (std::size_t row = 0; row < out.rows.size(); ++row) placer.place_row(row, out.rows[row], 0);
    return out;
}

} // namespace bifolio
