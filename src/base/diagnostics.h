// diagnostics.h: what is wrong with the content, as values. Nothing here prints.
//
// Codes      Stable and searchable, “stage.what-is-wrong”. Each folder lists its codes in codes.h as CodeInfo; a test
//            holds the tables against the sources, docs/errors.md is made from them.
// Threads    A Diagnostics belongs to one task. Tasks that run side by side each have their own; the caller appends
//            them in input order, so the list is the same for any number of threads.
#pragma once

#include "base/ids.h"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class SourceMap;

enum class Severity { warning, error };

struct Diagnostic {
    Severity severity = Severity::error;
    std::string code;               // “assemble.unknown-person”
    Span where;                     // source 0: no place in a file
    std::string message;            // lower case, no full stop, names in ‘quotes’
    std::vector<std::string> hints; // what to try; may be empty
    bool operator==(const Diagnostic&) const = default;
};

// One row of docs/errors.md.
struct CodeInfo {
    std::string_view code;
    Severity severity;      // the usual one; --strict and --allow may change it
    std::string_view title; // what is wrong, in a sentence
    std::string_view cure;  // what to do about it, in a sentence or two
};

// Collects, one of each. At most `limit` are kept; how many more there were is counted.
class Diagnostics {
public:
    static constexpr std::size_t limit = 2000;

    void report(Diagnostic diagnostic);
    void error(std::string code, Span where, std::string message, std::vector<std::string> hints = {});
    void warning(std::string code, Span where, std::string message, std::vector<std::string> hints = {});
    void append(const Diagnostics& later);

    bool has_errors() const { return errors_ > 0; }
    std::size_t errors() const { return errors_; } // counts also those beyond the limit
    std::size_t warnings() const { return warnings_; }
    std::size_t not_kept() const { return not_kept_; }
    std::span<const Diagnostic> all() const { return all_; }

private:
    struct Less {
        bool operator()(const Diagnostic& a, const Diagnostic& b) const;
    };
    std::vector<Diagnostic> all_;
    std::set<Diagnostic, Less> seen_;
    std::size_t errors_ = 0, warnings_ = 0, not_kept_ = 0;
};

// Line and column, both from 1, of a byte; columns count characters.
struct LineColumn {
    std::size_t line = 1, column = 1;
};
LineColumn line_column(std::string_view text, std::size_t byte);

// One diagnostic as text for a terminal: place, message, the line, a caret, the hints.
std::string render(const Diagnostic& diagnostic, const SourceMap& sources);

} // namespace bifolio
