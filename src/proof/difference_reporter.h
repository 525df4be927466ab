// difference_reporter.h: differences as errors at their places in the sources, up to `most_differences` of one file. Internal to
// this folder.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "proof/prove.h"

#include <string>

namespace bifolio {

class DifferenceReporter {
public:
    DifferenceReporter(const std::string& name, const Book& book, Diagnostics& diagnostics)
        : name_(name), book_(book), diagnostics_(diagnostics) {}

    void error(const char* code, NodeId node, const std::string& message) {
        if (++count_ > most_differences) return;
        diagnostics_.error(code, node == no_node ? Span() : place_of(book_, node), "‘" + name_ + "’" + message);
    }
    ~DifferenceReporter() {
        if (count_ > most_differences)
            diagnostics_.error("proof.changed-text", {},
                               "‘" + name_ + "’ differs from the book in " + std::to_string(count_ - most_differences) +
                                   " more places");
    }
    DifferenceReporter(const DifferenceReporter&) = delete;
    DifferenceReporter& operator=(const DifferenceReporter&) = delete;
    bool has_found() const { return count_ > 0; }
    std::size_t count() const { return count_; }

private:
    const std::string& name_;
    const Book& book_;
    Diagnostics& diagnostics_;
    std::size_t count_ = 0;
};

} // namespace bifolio
