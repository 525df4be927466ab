// show.h: what people see while and after something is built: progress, diagnostics, the last line. The only place that prints.
#pragma once

#include "app/report.h"
#include "app/settings.h"
#include "base/diagnostics.h"
#include "base/source_map.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace bifolio {

// A line on a terminal that is written over; nothing in a pipe or with --quiet.
class Progress {
public:
    explicit Progress(bool wanted);
    ~Progress();
    void show(const std::string& what);
    void clear();

private:
    bool terminal_;
    bool shown_ = false;
};

// Text goes to standard error, in colour on a terminal unless NO_COLOR is set; JSON to standard output: an array, or with a
// report an object of “diagnostics” and “report”.
void show_diagnostics(const Diagnostics& diagnostics, const SourceMap& sources, DiagnosticsFormat format,
                      const Report* report = nullptr);
nlohmann::ordered_json diagnostics_as_json(const Diagnostics& diagnostics, const SourceMap& sources);
std::string counted(std::size_t number, std::string_view one, std::string_view many); // “1 error”, “2 errors”

} // namespace bifolio
