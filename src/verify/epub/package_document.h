// package_document.h: what the package document says, as it says it; nothing is judged here.
//
// Spec       EPUB 3.3 §5.
#pragma once

#include "verify/epub/address.h"
#include "verify/epub/xml_document.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct ManifestItem {
    const XmlNode* node = nullptr;
    std::string id, href, media_type; // without white space at the ends; media_type in lower case, without parameters
    Address address;
    std::vector<std::string> properties;
    std::string fallback, media_overlay; // ids
    std::optional<std::size_t> in_spine; // its first place there
    bool is_remote() const { return address.kind == Address::Kind::remote; }
    bool is_inside() const { return address.kind == Address::Kind::inside; }
    bool has(std::string_view property) const;
};

struct SpineItem {
    const XmlNode* node = nullptr;
    std::string idref;
    std::optional<std::size_t> item; // in the manifest
    bool linear = true;
    std::vector<std::string> properties;
};

struct PackageDocument {
    std::string path; // in the container
    const XmlNode *package = nullptr, *metadata = nullptr, *manifest = nullptr, *spine = nullptr;
    std::string version, unique_identifier;
    std::vector<ManifestItem> items;
    std::vector<SpineItem> itemrefs;
    std::map<std::string, std::size_t, std::less<>> by_id, by_path, by_url; // of items, the first of each; by_url: remote ones

    std::optional<std::size_t> item_with_id(std::string_view id) const;
    std::optional<std::size_t> item_at(std::string_view path) const;                            // of a file in the container
    std::optional<std::size_t> item_of(const Address& address, std::string_view written) const; // inside or remote
    std::optional<std::size_t> item_with_property(std::string_view property) const;

    // Whether the chain of fallbacks, the item first, reaches a media type that is wanted.
    bool falls_back_on(std::size_t item, bool (*is_wanted)(std::string_view media_type)) const;

    // The trimmed text of all <meta property="…"> without refines, and of all <dc:NAME>.
    std::vector<std::string> metas(std::string_view property) const;
    std::vector<std::string> dublin_core(std::string_view name) const;
};

PackageDocument read_package(std::string path, const XmlDocument& document);

std::vector<std::string> words_of(std::string_view text); // parted by ASCII space

} // namespace bifolio
