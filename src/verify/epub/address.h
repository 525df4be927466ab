// address.h: what an attribute such as href names: a file of the container, a remote resource, or nothing that can be named.
//
// Spec       EPUB 3.3 §4.2.5 (relative URLs without fragment stay below the container's root), URL Standard.
#pragma once

#include <string>
#include <string_view>

namespace bifolio {

struct Address {
    enum class Kind {
        inside,    // `path`, which may not exist
        remote,    // http, https and every other scheme that leads to the outside
        data,      // data:
        opaque,    // mailto:, tel:, javascript: … : no resource
        malformed, // no URL
    };
    Kind kind = Kind::inside;
    std::string
        path; // inside: from the container's root, percent-decoded, composed (NFC), no “.” or “..”; empty: the root itself
    std::string fragment; // after “#”, percent-decoded
    std::string scheme;   // lower case
    bool has_fragment = false, has_query = false;
    bool leaks = false;    // “..” led above the root, where it was held
    bool absolute = false; // “/x”: a path from the root, which EPUB does not know
    bool is_file_url = false;
};

// `base`: the path of the file in which the address stands. White space at the ends is ignored, as the URL Standard does.
Address resolve(std::string_view base, std::string_view written);

std::string_view folder_of(std::string_view path); // with its slash; empty for a file in the root

} // namespace bifolio
