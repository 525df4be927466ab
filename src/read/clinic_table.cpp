#include "read/clinic_table.h"

#include "base/nearest.h"
#include "base/number.h"
#include "base/utf8.h"
#include "io/limits.h"
#include "read/yaml_shape.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

constexpr std::array<std::string_view, 24> usual_columns{
    "id",      "name",     "address", "phone",  "telephone", "mobile",   "fax",    "hours",      "opening-hours",
    "email",   "web",      "website", "url",    "logo",      "language", "copies", "department", "contact",
    "manager", "postcode", "town",    "county", "country",   "notes"};

Span span_at(SourceId source, std::size_t begin, std::size_t end) {
    return {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// The mark that parts most cells of the first line; the comma when none does.
char delimiter_of(std::string_view text) {
    std::array<std::pair<char, std::size_t>, 3> counts{{{',', 0}, {';', 0}, {'\t', 0}}};
    bool in_quotes = false;
    for (const char c : text) {
        if (c == '"') in_quotes = !in_quotes;
        if (in_quotes) continue;
        if (c == '\n') break;
        for (auto& [mark, count] : counts) count += c == mark;
    }
    return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

bool is_empty(const CsvRow& row) {
    return std::ranges::all_of(row.cells, [](const auto& cell) { return is_blank(cell.value); });
}

class CsvReader {
public:
    CsvReader(SourceId source, std::string_view text, Diagnostics& diagnostics)
        : source_(source), text_(text), diagnostics_(diagnostics) {}

    std::vector<CsvRow> read() {
        if (text_.size() > 5 && equals_ignoring_ascii_case(text_.substr(0, 4), "sep=")) { // Excel's hint to itself
            delimiter_ = text_[4];
            at_ = std::min(text_.find('\n') + 1, text_.size());
            if (at_ == 0) at_ = text_.size();
        } else {
            delimiter_ = delimiter_of(text_);
        }
        std::vector<CsvRow> rows;
        while (at_ < text_.size()) rows.push_back(read_row());
        while (!rows.empty() && is_empty(rows.back())) rows.pop_back();
        return rows;
    }

private:
    bool at_cell_end() const { return at_ == text_.size() || text_[at_] == delimiter_ || text_[at_] == '\n'; }

    CsvRow read_row() {
        CsvRow row;
        const std::size_t begin = at_;
        for (;;) {
            row.cells.push_back(read_cell());
            if (at_ == text_.size() || text_[at_] == '\n') break;
            ++at_; // the delimiter
        }
        row.where = span_at(source_, begin, at_);
        at_ = std::min(at_ + 1, text_.size());
        return row;
    }

    Located<std::string> read_cell() {
        Located<std::string> cell;
        const std::size_t begin = at_;
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        if (at_ < text_.size() && text_[at_] == '"') {
            read_quoted(cell.value);
        } else {
            at_ = begin;
        }
        const std::size_t after = at_;
        while (!at_cell_end()) ++at_;
        const std::string_view rest = text_.substr(after, at_ - after);
        if (after > begin && !is_blank(rest))
            diagnostics_.error("read.csv-quotes", span_at(source_, after, at_), "text stands after the closing quotes of a cell",
                               {"inside a quoted cell a quote is written twice: \"\""});
        if (after == begin || !is_blank(rest)) cell.value += rest;
        cell.where = span_at(source_, begin, at_);
        return cell;
    }

    void read_quoted(std::string& value) {
        const std::size_t begin = at_++;
        for (;; ++at_) {
            if (at_ == text_.size()) {
                diagnostics_.error("read.csv-quotes", span_at(source_, begin, begin + 1),
                                   "the quotes that open here are never closed");
                return;
            }
            if (text_[at_] != '"') {
                value += text_[at_];
            } else if (text_.substr(at_ + 1, 1) == "\"") {
                value += '"';
                ++at_;
            } else {
                ++at_;
                return;
            }
        }
    }

    SourceId source_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    char delimiter_ = ',';
    std::size_t at_ = 0;
};

std::string field_name(std::string_view header) {
    std::string name = to_ascii_lower(collapsed(header));
    for (char& c : name)
        if (c == ' ' || c == '_') c = '-';
    return name;
}

// The names of the columns; empty for a column that is left out.
std::vector<std::string> read_header(const std::vector<CsvRow>& rows, Diagnostics& diagnostics) {
    const std::vector<std::string> usual(usual_columns.begin(), usual_columns.end());
    std::vector<std::string> names;
    for (std::size_t column = 0; column < rows.front().cells.size(); ++column) {
        const auto& cell = rows.front().cells[column];
        std::string name = field_name(cell.value);
        const std::string shown = "‘" + collapsed(cell.value) + "’";
        if (name.empty()) {
            const bool used = std::ranges::any_of(
                rows, [&](const CsvRow& row) { return column < row.cells.size() && !is_blank(row.cells[column].value); });
            if (used) diagnostics.error("read.csv-header", cell.where, "column " + std::to_string(column + 1) + " has no name");
        } else if (std::ranges::find(names, name) != names.end()) {
            diagnostics.error("read.csv-header", cell.where, "two columns are called " + shown);
            name.clear();
        } else if (name.find_first_of("@{}") != name.npos || parse_number(name)) {
            diagnostics.error("read.csv-header", cell.where, shown + " is no name for a column",
                              {"the first row holds the names of the columns: id, name, address, phone, …"});
        } else if (std::ranges::find(usual, name) == usual.end()) {
            if (auto hints = did_you_mean(name, usual); !hints.empty())
                diagnostics.warning("read.csv-unusual-column", cell.where, "column " + shown + " looks misspelt",
                                    std::move(hints));
        }
        names.push_back(std::move(name));
    }
    return names;
}

bool is_phone_column(std::string_view name) {
    return name.find("phone") != name.npos || name == "tel" || name == "mobile" || name == "fax";
}

std::size_t count_digits(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }));
}

// A spreadsheet that takes a telephone number for a number drops its leading zero, or writes 4.42E+11.
void check_phone_numbers(const std::vector<Clinic>& clinics, Diagnostics& diagnostics) {
    std::set<std::string> columns_with_zero;
    for (const Clinic& clinic : clinics)
        for (const auto& [name, value] : clinic.fields)
            if (is_phone_column(name) && value.value.starts_with('0')) columns_with_zero.insert(name);
    for (const Clinic& clinic : clinics)
        for (const auto& [name, cell] : clinic.fields) {
            if (!is_phone_column(name)) continue;
            const std::string& value = cell.value;
            const bool only_digits = !value.empty() && count_digits(value) == value.size();
            const bool british = clinic.language.ends_with("-GB");
            if (value.find("E+") != value.npos && parse_number(value)) {
                diagnostics.warning("read.csv-phone", cell.where,
                                    "‘" + value + "’ is a telephone number that a spreadsheet has rounded",
                                    {"format the column as text and enter the number again"});
            } else if (only_digits && value.front() != '0' && value.size() >= 9 && value.size() <= 10 &&
                       (british || columns_with_zero.contains(name))) {
                diagnostics.warning("read.csv-phone", cell.where, "‘" + value + "’ seems to have lost a leading zero",
                                    {"format the column as text and write 0" + value});
            }
        }
}

std::string id_from_name(std::string_view name) {
    std::string id;
    for (const char c : to_ascii_lower(name)) {
        const bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (keep)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
    }
    while (id.ends_with('-')) id.pop_back();
    return id;
}

class ClinicReader {
public:
    ClinicReader(std::vector<std::string> names, Diagnostics& diagnostics)
        : names_(std::move(names)), diagnostics_(diagnostics) {}

    Clinic read(const CsvRow& row, std::size_t number) {
        Clinic clinic;
        clinic.where = row.where;
        for (std::size_t column = 0; column < std::min(names_.size(), row.cells.size()); ++column) {
            if (names_[column].empty()) continue;
            Located<std::string> cell = row.cells[column];
            cell.value = std::string(trimmed(cell.value));
            take(clinic, names_[column], cell);
            clinic.fields.emplace_back(names_[column], std::move(cell));
        }
        settle_id(clinic, number);
        return clinic;
    }

private:
    void take(Clinic& clinic, std::string_view name, const Located<std::string>& cell) {
        if (name == "id") {
            clinic.id = cell.value;
            id_where_ = cell.where;
        } else if (name == "language" && !cell.value.empty()) {
            if (is_language_tag(cell.value))
                clinic.language = cell.value;
            else
                diagnostics_.error("read.bad-language", cell.where, "‘" + cell.value + "’ is not a language tag",
                                   {"write a tag such as en-GB"});
        } else if (name == "copies" && !cell.value.empty()) {
            constexpr int most = 100'000;
            const auto number = parse_number(cell.value);
            if (number && *number >= 1 && *number <= most && *number == static_cast<int>(*number))
                clinic.copies = static_cast<int>(*number);
            else
                diagnostics_.error("read.bad-number", cell.where,
                                   "‘" + cell.value + "’ is not a number of copies from 1 to " + std::to_string(most));
        } else if (name == "name" && cell.value.empty()) {
            diagnostics_.error("read.csv-no-name", cell.where.begin == cell.where.end ? clinic.where : cell.where,
                               "this row has no name");
        }
    }

    // The id names files, so it is plain and there is only one of it.
    void settle_id(Clinic& clinic, std::size_t number) {
        if (!clinic.id.empty()) {
            const std::string plain = id_from_name(clinic.id);
            if (!plain.empty() && !ids_.insert(plain).second)
                diagnostics_.error("read.duplicate-id", id_where_, "a row above has the id ‘" + clinic.id + "’ too");
            if (!plain.empty()) {
                clinic.id = plain;
                return;
            }
        }
        for (const auto& [name, cell] : clinic.fields)
            if (name == "name") clinic.id = id_from_name(cell.value);
        if (clinic.id.empty()) clinic.id = "clinic-" + std::to_string(number);
        const std::string wanted = clinic.id;
        for (std::size_t i = 2; !ids_.insert(clinic.id).second; ++i) clinic.id = wanted + "-" + std::to_string(i);
    }

    std::vector<std::string> names_;
    Diagnostics& diagnostics_;
    std::set<std::string> ids_;
    Span id_where_;
};

} // namespace

std::vector<CsvRow> read_csv(SourceId source, std::string_view text, Diagnostics& diagnostics) {
    return CsvReader(source, text, diagnostics).read();
}

std::vector<Clinic> read_clinics(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    std::vector<Clinic> clinics;
    const std::vector<CsvRow> rows = read_csv(source, sources.text(source), diagnostics);
    if (rows.size() < 2) {
        diagnostics.error("read.csv-empty", {source, 0, 0}, "this table has no rows",
                          {"the first row holds the names of the columns, each further row a clinic"});
        return clinics;
    }
    const std::vector<std::string> names = read_header(rows, diagnostics);
    if (std::ranges::find(names, "name") == names.end())
        diagnostics.error("read.csv-header", rows.front().where, "there is no column ‘name’");
    ClinicReader reader(names, diagnostics);
    for (std::size_t number = 1; number < rows.size(); ++number) {
        const CsvRow& row = rows[number];
        if (is_empty(row)) continue;
        const bool overlong =
            std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), row.cells.size())),
                        row.cells.end(), [](const auto& cell) { return !is_blank(cell.value); });
        if (overlong || row.cells.size() < names.size())
            diagnostics.error("read.csv-ragged", row.where,
                              "this row has " + std::to_string(row.cells.size()) + " cells, the first one has " +
                                  std::to_string(names.size()),
                              {"a cell with the separator or a line end in it stands in double quotes"});
        if (clinics.size() == limits::clinics) {
            diagnostics.error("read.too-many-clinics", row.where, "more than " + std::to_string(limits::clinics) + " clinics");
            break;
        }
        clinics.push_back(reader.read(row, number));
    }
    check_phone_numbers(clinics, diagnostics);
    return clinics;
}

} // namespace bifolio
