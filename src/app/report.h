// report.h: what is no fault and yet worth knowing, for `--report`: what was left out of the sources, which claims were not
// made and why, …
//
// Order  Sections and lines as they were added. Lines of one title are gathered under it, whoever adds them.
#pragma once

#include "base/ids.h"
#include "base/source_map.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace bifolio {

struct ReportLine {
    std::string text; // a phrase without a full stop
    Span where;       // source 0: no place in a file
};
struct ReportSection {
    std::string title; // “Left out of the sources”
    std::vector<ReportLine> lines;
};

class Report {
public:
    void add(const std::string& title, ReportLine line);
    void append(Report later);
    const std::vector<ReportSection>& sections() const { return sections_; }

private:
    std::vector<ReportSection> sections_;
};

std::string report_text(const Report& report, const SourceMap& sources);
nlohmann::ordered_json report_as_json(const Report& report, const SourceMap& sources);

} // namespace bifolio
