// signature_container.h: what a signature's Contents hold, a PKCS #7 object: who signed, and whether the certificate is there.
// Nothing is verified that needs a key. RFC 2315, 9 (SignedData); ISO 19005-2, 6.4.3 and annex B.
#pragma once

#include <cstddef>
#include <string_view>

namespace bifolio {

struct SignatureContainer {
    bool readable = false; // a SignedData in DER; zeros may follow
    std::size_t signers = 0;
    bool has_certificates = false; // of each signer
};

SignatureContainer read_signature_container(std::string_view contents);

} // namespace bifolio
