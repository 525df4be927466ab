// post_pass.h: a finished PDF in another order or locked, through libqpdf, only where an edition asks for it.
//
// Linearised   The first page's objects come first, so that a reader shows it while the rest is still on its way. ISO 32000-1,
//              annex F.
// Encrypted    AES-256 (ISO 32000-2, 7.6, revision 6). Salts, initial vectors and the file's key are drawn from a hash of the
//              passwords and the file, so that the same input gives the same bytes and nobody without a password can draw them.
//              Programs that read aloud are always let in.
// Errors       PdfError when libqpdf refuses the file: it was not well-formed.
// Threads      One call at a time does the work; others wait (libqpdf's source of chance is one for the program).
#pragma once

#include "model/manuscript.h"

#include <optional>
#include <string>

namespace bifolio {

struct PostPass {
    bool linearise = false;
    bool object_streams = true;
    const EncryptionPlan* encrypt = nullptr; // borrowed for the call
    bool wanted() const { return linearise || encrypt; }
};

std::string post_pass(std::string pdf, const PostPass& pass);

} // namespace bifolio
