// file_digests.h: one number for all that a finished file says, computed from the file alone: a file that was saved anew has it
// still, one in which a character was changed has not.
//
// Of what    The text in reading order, additions and all, words parted by one space; then the alternative texts of its pictures.
//            SHA-256, in hexadecimal. Nothing of the book is needed, so it can be asked for years later.
#pragma once

#include "proof/found_documents.h"
#include "proof/found_pdf.h"

#include <map>
#include <string>

namespace bifolio {

// Of what found_…() gave, before it was compared: comparing turns undirected runs.
std::string file_digest(const FoundPdf& found);
std::string file_digest(const FoundDocuments& found);
// Of each document by its name (the last part of its path), as if it stood alone.
std::map<std::string, std::string> page_digests(const FoundDocuments& found);

} // namespace bifolio
