// declarations.h: the body of a rule → declarations, with a warning for what is not known.
#pragma once

#include "style/stylesheet.h"

#include <set>

namespace bifolio {

class DeclarationReader {
public:
    DeclarationReader(Medium medium, Diagnostics& diagnostics) : medium_(medium), diagnostics_(diagnostics) {}

    // Appends. `node` is a declaration of the syntax.
    void read(const SyntaxNode& node, SourceId source, StyleSource::Level level, DeclarationBlock& block);

private:
    void unknown(const std::string& name, Span where);
    Medium medium_;
    Diagnostics& diagnostics_;
    std::set<std::string> unsupported_; // told once each
};

bool contains_var(const ComponentValues& values);
std::optional<WideKeyword> wide_keyword(const ComponentValues& value);

} // namespace bifolio
