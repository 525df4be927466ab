#include "app/show.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace bifolio {

Progress::Progress(bool wanted) : terminal_(wanted && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() { clear(); }

void Progress::show(const std::string& what) {
    if (!terminal_) return;
    std::fprintf(stderr, "\r\033[K%s", what.c_str());
    std::fflush(stderr);
    shown_ = true;
}

void Progress::clear() {
    if (shown_) std::fputs("\r\033[K", stderr);
    shown_ = false;
}

nlohmann::ordered_json diagnostics_as_json(const Diagnostics& diagnostics, const SourceMap& sources) {
    auto out = nlohmann::ordered_json::array();
    for (const Diagnostic& d : diagnostics.all()) {
        nlohmann::ordered_json row{
            {"severity", d.severity == Severity::error ? "error" : "warning"}, {"code", d.code}, {"message", d.message}};
        if (d.where.source != SourceId{0}) {
            const std::string_view text = sources.text(d.where.source);
            const LineColumn begin = line_column(text, d.where.begin), end = line_column(text, d.where.end);
            row["file"] = std::string(sources.path(d.where.source));
            row["line"] = begin.line;
            row["column"] = begin.column;
            row["end_line"] = end.line;
            row["end_column"] = end.column;
        }
        if (!d.hints.empty()) row["hints"] = d.hints;
        out.push_back(std::move(row));
    }
    return out;
}

namespace {

// The first line's “error:” or “warning:” and the carets, as compilers colour them.
std::string coloured(const std::string& text, Severity severity) {
    const std::string_view word = severity == Severity::error ? "error:" : "warning:";
    const std::string colour = severity == Severity::error ? "\033[1;31m" : "\033[1;35m";
    std::string out = text;
    if (const std::size_t at = out.find(word); at != std::string::npos)
        out = out.substr(0, at) + colour + std::string(word) + "\033[0m" + out.substr(at + word.size());
    return out;
}

} // namespace

void show_diagnostics(const Diagnostics& diagnostics, const SourceMap& sources, DiagnosticsFormat format, const Report* report) {
    if (format == DiagnosticsFormat::json) {
        nlohmann::ordered_json json = diagnostics_as_json(diagnostics, sources);
        if (report) json = {{"diagnostics", std::move(json)}, {"report", report_as_json(*report, sources)}};
        const std::string text = json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
        std::printf("%s\n", text.c_str());
        return;
    }
    const char* no_colour = std::getenv("NO_COLOR");
    const bool colour = ::isatty(STDERR_FILENO) == 1 && !(no_colour && *no_colour);
    for (const Diagnostic& d : diagnostics.all()) {
        const std::string text = render(d, sources);
        std::fputs((colour ? coloured(text, d.severity) : text).c_str(), stderr);
    }
    if (diagnostics.not_kept() > 0) std::fprintf(stderr, "… and %zu more messages [base.too-many]\n", diagnostics.not_kept());
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
    return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

} // namespace bifolio
