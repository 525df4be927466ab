// publishable_svg.h: a drawing as it goes into a publication: what it shows, and nothing that its maker did not mean to publish.
//
// Dropped    Comments, processing instructions, <metadata>, data- attributes, elements and attributes of all namespaces but SVG's
//            (editors write file names and user names there), declarations of namespaces that nothing uses; of embedded pictures
//            what publishable_picture() drops.
// Spec       Namespaces in XML 1.0, SVG 2 § 5.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace bifolio {

// `bytes` passed check_svg_for_epub(). A failure: an embedded picture is damaged.
Result<std::string> publishable_svg(std::string_view bytes);

} // namespace bifolio
