// account_for_source.h: the proof, for one article, that nothing of its file was lost on the way into the model, and that
// nothing in the model is in no file.
//
// Result     Each byte is text that reached the model (its characters compared one by one), markup of what the model holds there,
//            or left out, which is listed. What is none of these is a warning, read.lost-text; what the model says and the file
//            does not is read.invented-text. Both are faults of a reader, not of the author.
// Method     account_text matches every leaf of the model with the file; account_gaps explains what stands between.
// Cost       Linear in the file's length. Threads: free.
#pragma once

#include "base/diagnostics.h"
#include "base/source_map.h"
#include "model/source_account.h"
#include "read/article_reader.h"

namespace bifolio {

// `found`: what reading this article reported.
SourceAccount account_for_source(const SourceMap& sources, const ArticleReading& reading, std::span<const Diagnostic> found,
                                 Diagnostics& diagnostics);

} // namespace bifolio
