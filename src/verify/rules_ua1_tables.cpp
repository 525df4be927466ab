// rules_ua1_tables.cpp: tables: a regular grid, and a header for every data cell. ISO 14289-1, 7.5; ISO 32000-1, 14.8.5.7.
#include "verify/rules_ua1.h"

#include "io/limits.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio::ua1 {

namespace {

struct StructureCell {
    std::size_t element;
    std::size_t row, column, rows, columns;
    bool is_header;
};

class TableRules {
public:
    TableRules(const Examined& examined, Findings& findings) : structure_(examined.structure), findings_(findings) {
        for (const StructureElement& element : structure_.elements())
            if (const PdfObject id = element.object["ID"]; id.is_string()) ids_.emplace(id.bytes());
    }

    void check(std::size_t table) {
        rows_.clear();
        cells_.clear();
        taken_.clear();
        irregular_.clear();
        collect_rows(table, 0);
        if (rows_.empty()) return;
        for (std::size_t row = 0; row < rows_.size(); ++row) place_row(row, rows_[row], 0);
        check_grid();
        if (!irregular_.empty())
            findings_.add("UA1 S-TABLE", irregular_ + " (" + structure_.path(table) + ")", structure_[table].object);
        check_headers(table);
    }

private:
    void collect_rows(std::size_t element, int depth) {
        if (depth > limits::pdf_nesting) return;
        for (const std::size_t child : structure_.children(element)) {
            const std::string& type = structure_[child].standard;
            if (type == "TR") rows_.push_back(child);
            if (type == "NonStruct" || type == "THead" || type == "TBody" || type == "TFoot") collect_rows(child, depth + 1);
        }
    }

    std::size_t span(std::size_t cell, std::string_view name) const {
        const std::int64_t said = structure_.attribute(cell, "Table", name).integer_or(1);
        return static_cast<std::size_t>(std::clamp<std::int64_t>(said, 1, static_cast<std::int64_t>(limits::table_columns)));
    }

    std::size_t place_row(std::size_t row, std::size_t element, std::size_t column, int depth = 0) {
        for (const std::size_t child : structure_.children(element)) {
            const std::string& type = structure_[child].standard;
            if (type == "NonStruct" && depth < limits::pdf_nesting) column = place_row(row, child, column, depth + 1);
            if (type != "TH" && type != "TD") continue;
            while (taken_.contains({row, column})) ++column;
            const StructureCell cell{child, row, column, span(child, "RowSpan"), span(child, "ColSpan"), type == "TH"};
            for (std::size_t y = 0; y < cell.rows && taken_.size() < limits::table_cells; ++y)
                for (std::size_t x = 0; x < cell.columns; ++x)
                    if (!taken_.insert({row + y, column + x}).second && irregular_.empty())
                        irregular_ = "cells lie over one another in row " + std::to_string(row + 1);
            cells_.push_back(cell);
            column += cell.columns;
        }
        return column;
    }

    void check_grid() {
        std::map<std::size_t, std::size_t> in_row;
        std::size_t columns = 0;
        for (const auto& [row, column] : taken_) {
            ++in_row[row];
            columns = std::max(columns, column + 1);
        }
        if (irregular_.empty() && !in_row.empty() && in_row.rbegin()->first >= rows_.size())
            irregular_ = "a RowSpan reaches below the last row";
        for (std::size_t row = 0; row < rows_.size() && irregular_.empty(); ++row)
            if (in_row[row] != columns)
                irregular_ = "row " + std::to_string(row + 1) + " has " + std::to_string(in_row[row]) + " of " +
                             std::to_string(columns) + " columns";
    }

    // A data cell's header is told by its Headers, or by a TH with Scope in its row or column.
    void check_headers(std::size_t table) {
        bool all_scoped = true;
        std::set<std::size_t> rows, columns; // that have a header
        for (const StructureCell& cell : cells_) {
            if (!cell.is_header) continue;
            const std::string_view scope = structure_.attribute(cell.element, "Table", "Scope").name();
            const bool of_column = scope == "Column" || scope == "Both", of_row = scope == "Row" || scope == "Both";
            all_scoped = all_scoped && (of_column || of_row);
            for (std::size_t x = 0; x < cell.columns && of_column; ++x) columns.insert(cell.column + x);
            for (std::size_t y = 0; y < cell.rows && of_row; ++y) rows.insert(cell.row + y);
        }
        const auto any = [](const std::set<std::size_t>& in, std::size_t from, std::size_t count) {
            const auto first = in.lower_bound(from);
            return first != in.end() && *first < from + count;
        };
        bool said = false; // once a table
        for (const StructureCell& cell : cells_) {
            if (cell.is_header) continue;
            const std::vector<PdfObject> headers = structure_.attribute(cell.element, "Table", "Headers").items();
            for (const PdfObject& header : headers)
                if (!ids_.contains(std::string(header.bytes())))
                    findings_.add("UA1 15-003",
                                  "Headers names the ID ‘" + header.text() + "’, which no element has (" +
                                      structure_.path(cell.element) + ")",
                                  structure_[cell.element].object);
            if (!headers.empty() || all_scoped || said) continue;
            if (any(columns, cell.column, cell.columns) || any(rows, cell.row, cell.rows)) continue;
            said = true;
            findings_.add("UA1 15-003",
                          "the cell in row " + std::to_string(cell.row + 1) + ", column " + std::to_string(cell.column + 1) +
                              " has no header that can be told (" + structure_.path(table) + ")",
                          structure_[table].object);
        }
    }

    const Structure& structure_;
    Findings& findings_;
    std::set<std::string> ids_;
    std::vector<std::size_t> rows_;
    std::vector<StructureCell> cells_;
    std::set<std::pair<std::size_t, std::size_t>> taken_;
    std::string irregular_;
};

} // namespace

void check_tables(const Examined& examined, Findings& findings) {
    TableRules rules(examined, findings);
    for (std::size_t i = 0; i < examined.structure.elements().size(); ++i)
        if (examined.structure[i].standard == "Table") rules.check(i);
}

} // namespace bifolio::ua1
