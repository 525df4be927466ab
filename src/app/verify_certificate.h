// verify_certificate.h: finished files held against the certificate of their build alone: `bifolio verify --against
// out/print/certificate.json FILE…`. Neither the book nor its fonts are needed.
//
// Says       Whether a file is byte for byte one that the certificate names; else whether all that it says is still the same
//            (file_digests.h), as of a file that was saved anew by another program. The certificate itself is taken at its word.
#pragma once

#include "app/settings.h"

namespace bifolio {

ExitCode verify_against_certificate(const Settings& settings);

} // namespace bifolio
