// rules_ua1_tables.cpp: tables: a regular grid, and a header for every data cell. ISO 14289-1, 7.5; ISO 32000-1, 14.8.5.7.
#include "verify/rules_ua1.h"
#include "verify/structure_table.h"

#include <algorithm>
#include <map>
#include <set>

namespace bifolio::ua1 {

namespace {

class TableRules {
public:
    TableRules(const Examined& examined, Findings& findings) : structure_(examined.structure), findings_(findings) {
        for (const StructureElement& element : structure_.elements())
            if (const PdfObject id = element.object["ID"]; id.is_string()) ids_.emplace(id.bytes());
    }

    void check(std::size_t table) {
        grid_ = structure_table(structure_, table);
        if (grid_.rows.empty()) return;
        if (const std::string fault = irregularity(); !fault.empty())
            findings_.add("UA1 S-TABLE", fault + " (" + structure_.path(table) + ")", structure_[table].object);
        check_headers(table);
    }

private:
    std::string irregularity() const {
        if (grid_.overlaps) return "cells lie over one another in row " + std::to_string(grid_.overlap_row + 1);
        std::map<std::size_t, std::size_t> in_row;
        for (const auto& [row, column] : grid_.taken) ++in_row[row];
        if (!in_row.empty() && in_row.rbegin()->first >= grid_.rows.size()) return "a RowSpan reaches below the last row";
        const std::size_t columns = grid_.columns();
        for (std::size_t row = 0; row < grid_.rows.size(); ++row)
            if (in_row[row] != columns)
                return "row " + std::to_string(row + 1) + " has " + std::to_string(in_row[row]) + " of " +
                       std::to_string(columns) + " columns";
        return {};
    }

    // A data cell's header is told by its Headers, or by a TH with Scope in its row or column.
    void check_headers(std::size_t table) {
        bool all_scoped = true;
        std::set<std::size_t> rows, columns; // that have a header
        for (const StructureCell& cell : grid_.cells) {
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
        for (const StructureCell& cell : grid_.cells) {
            if (cell.is_header) continue;
            if (all_scoped || any(columns, cell.column, cell.columns) || any(rows, cell.row, cell.rows)) continue;
            const std::vector<PdfObject> headers = structure_.attribute(cell.element, "Table", "Headers").items();
            for (const PdfObject& header : headers)
                if (!ids_.contains(std::string(header.bytes())))
                    findings_.add("UA1 15-003",
                                  "Headers names the ID ‘" + header.text() + "’, which no element has (" +
                                      structure_.path(cell.element) + ")",
                                  structure_[cell.element].object);
            if (!headers.empty() || said) continue;
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
    StructureTable grid_;
};

} // namespace

void check_tables(const Examined& examined, Findings& findings) {
    TableRules rules(examined, findings);
    for (std::size_t i = 0; i < examined.structure.elements().size(); ++i)
        if (examined.structure[i].standard == "Table") rules.check(i);
}

} // namespace bifolio::ua1
