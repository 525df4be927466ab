// read_back.h: a finished file, read from the disk before it takes its place, and held against what it claims.
#pragma once

#include "base/diagnostics.h"
#include "base/task_pool.h"

#include <string>

namespace bifolio {

// `name`: the file's, for messages, whose place is the edition's. A fault is an error of that output.
// Warnings of the rules for EPUB do not count.
void hold_epub_against_rules(const std::string& name, std::string bytes, Span edition, const TaskPool& pool,
                             Diagnostics& diagnostics);
void hold_pdf_against_claims(const std::string& name, std::string bytes, Span edition, const TaskPool& pool,
                             Diagnostics& diagnostics);

} // namespace bifolio
