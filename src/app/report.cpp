#include "app/report.h"

#include "base/diagnostics.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace bifolio {

void Report::add(const std::string& title, ReportLine line) {
    auto section = std::ranges::find(sections_, title, &ReportSection::title);
    if (section == sections_.end()) section = sections_.insert(section, ReportSection{title, {}});
    section->lines.push_back(std::move(line));
}

void Report::append(Report later) {
    for (ReportSection& section : later.sections_)
        for (ReportLine& line : section.lines) add(section.title, std::move(line));
}

std::string report_text(const Report& report, const SourceMap& sources) {
    std::string out;
    for (const ReportSection& section : report.sections()) {
        out += (out.empty() ? "" : "\n") + section.title + "\n";
        for (const ReportLine& line : section.lines) {
            out += "  ";
            if (line.where.source != SourceId{0}) {
                const LineColumn place = line_column(sources.text(line.where.source), line.where.begin);
                out += std::string(sources.path(line.where.source)) + ":" + std::to_string(place.line) + ":" +
                       std::to_string(place.column) + ": ";
            }
            out += line.text + "\n";
        }
    }
    return out.empty() ? "Nothing to report.\n" : out;
}

nlohmann::ordered_json report_as_json(const Report& report, const SourceMap& sources) {
    auto out = nlohmann::ordered_json::array();
    for (const ReportSection& section : report.sections()) {
        auto lines = nlohmann::ordered_json::array();
        for (const ReportLine& line : section.lines) {
            nlohmann::ordered_json row{{"text", line.text}};
            if (line.where.source != SourceId{0}) {
                const LineColumn place = line_column(sources.text(line.where.source), line.where.begin);
                row["file"] = std::string(sources.path(line.where.source));
                row["line"] = place.line;
                row["column"] = place.column;
            }
            lines.push_back(std::move(row));
        }
        out.push_back({{"title", section.title}, {"lines", std::move(lines)}});
    }
    return out;
}

} // namespace bifolio
