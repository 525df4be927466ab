#include "base/diagnostics.h"

#include "base/source_map.h"
#include "base/utf8.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bifolio {

bool Diagnostics::Less::operator()(const Diagnostic& a, const Diagnostic& b) const {
    return std::tie(a.where.source, a.where.begin, a.where.end, a.code, a.message, a.severity, a.hints) <
           std::tie(b.where.source, b.where.begin, b.where.end, b.code, b.message, b.severity, b.hints);
}

void Diagnostics::report(Diagnostic diagnostic) {
    if (seen_.contains(diagnostic)) return;
    (diagnostic.severity == Severity::error ? errors_ : warnings_) += 1;
    if (all_.size() == limit) {
        ++not_kept_;
        return;
    }
    seen_.insert(diagnostic);
    all_.push_back(std::move(diagnostic));
}

void Diagnostics::error(std::string code, Span where, std::string message, std::vector<std::string> hints) {
    report({Severity::error, std::move(code), where, std::move(message), std::move(hints)});
}

void Diagnostics::warning(std::string code, Span where, std::string message, std::vector<std::string> hints) {
    report({Severity::warning, std::move(code), where, std::move(message), std::move(hints)});
}

void Diagnostics::append(const Diagnostics& later) {
    const std::size_t errors_beyond = later.errors_, warnings_beyond = later.warnings_;
    std::size_t errors_kept = 0, warnings_kept = 0;
    for (const Diagnostic& d : later.all_) {
        (d.severity == Severity::error ? errors_kept : warnings_kept) += 1;
        report(d);
    }
    errors_ += errors_beyond - errors_kept;
    warnings_ += warnings_beyond - warnings_kept;
    not_kept_ += later.not_kept_;
}

LineColumn line_column(std::string_view text, std::size_t byte) {
    byte = std::min(byte, text.size());
    const std::size_t line_begin = text.substr(0, byte).rfind('\n') + 1; // npos + 1 == 0
    return {static_cast<std::size_t>(1 + std::ranges::count(text.substr(0, byte), '\n')),
            count_characters(text.substr(line_begin, byte - line_begin)) + 1};
}

namespace {

// Long lines are cut so that the caret stays in sight.
struct QuotedLine {
    std::string text;
    std::size_t column, width; // in characters, column from 0
};

QuotedLine quote_line(std::string_view text, std::size_t begin, std::size_t end) {
    constexpr std::size_t most_before = 60, most_after = 80; // bytes
    std::size_t line_begin = text.substr(0, begin).rfind('\n') + 1;
    std::size_t line_end = std::min(text.find('\n', begin), text.size());
    end = std::clamp(end, begin, line_end);
    std::string before, after;
    if (begin - line_begin > most_before) {
        line_begin = begin - most_before;
        while (line_begin < begin && is_continuation_byte(text[line_begin])) ++line_begin;
        before = "…";
    }
    if (line_end > begin && line_end - begin > most_after) {
        line_end = begin + most_after;
        while (line_end > begin && is_continuation_byte(text[line_end])) --line_end;
        end = std::min(end, line_end);
        after = "…";
    }
    std::string quoted(text.substr(line_begin, line_end - line_begin));
    for (char& c : quoted)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' '; // no control character reaches the terminal
    return {before + quoted + after, count_characters(before) + count_characters(text.substr(line_begin, begin - line_begin)),
            std::max<std::size_t>(1, count_characters(text.substr(begin, end - begin)))};
}

} // namespace

std::string render(const Diagnostic& d, const SourceMap& sources) {
    std::string out;
    const std::string what =
        std::string(d.severity == Severity::error ? "error: " : "warning: ") + d.message + " [" + d.code + "]\n";
    if (d.where.source == SourceId{0}) {
        out = what;
    } else {
        const std::string_view text = sources.text(d.where.source);
        const std::size_t begin = std::min<std::size_t>(d.where.begin, text.size());
        const LineColumn at = line_column(text, begin);
        const std::string line_number = std::to_string(at.line);
        const QuotedLine quoted =
            quote_line(text, begin, std::max<std::size_t>(begin, std::min<std::size_t>(d.where.end, text.size())));
        out.append(sources.path(d.where.source)).append(":" + line_number + ":" + std::to_string(at.column) + ": ").append(what);
        out.append("  " + line_number + " | ").append(quoted.text) += '\n';
        out += std::string(line_number.size() + 2, ' ') + " | " + std::string(quoted.column, ' ') +
               std::string(quoted.width, '^') + '\n';
    }
    for (const std::string& hint : d.hints) out += "  hint: " + hint + '\n';
    return out;
}

} // namespace bifolio
