// nav_lists.h: the lists of a navigation document, and where what they name stands in the reading order. EPUB 3.3 §7.
#pragma once

#include "verify/epub/epub_publication.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct NavLink {
    const XmlNode* node = nullptr; // the a element
    Address address;
};

bool has_type(const XmlNode& node, std::string_view type);                      // in its epub:type
const XmlNode* find_nav(const EpubDocument& navigation, std::string_view type); // the first nav of that type; nullptr: none
std::vector<NavLink> links_of(const XmlNode& nav, std::string_view path_of_navigation); // with href, in order
std::string label_of(const XmlNode& node); // text, alternative texts and aria-label, trimmed

struct ReadingPlace {
    std::size_t in_spine = 0;
    std::uint32_t in_document = 0; // XmlNode::order
    auto operator<=>(const ReadingPlace&) const = default;
};
std::optional<ReadingPlace> reading_place(const EpubPublication& file,
                                          const Address& address); // nullopt: not in the spine, or no such id

} // namespace bifolio
