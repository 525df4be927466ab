// names.h: names for files and ids, made from what people wrote.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace bifolio {

// “Sleep & Pain” → “sleep-pain”, “Schlafstörung” → “schlafstorung”, “睡眠” → “shui-mian”: ASCII lower case letters, digits and
// single “-”, at most 60 characters, cut between words where possible. Empty when nothing remains.
std::string slug(std::string_view text);
// The same for ids, which nobody reads aloud: letters of other scripts are left out. Empty when nothing remains.
std::string id_slug(std::string_view text);

// The id that web hosts of Markdown give to a heading, and that authors know from there: “What's new?” → “whats-new”.
std::string heading_anchor(std::string_view text);

// Letters, digits, “-”, “_”, “.” stay, others become “-”; it begins with a letter or “_”. A valid XML NCName.
std::string xml_name(std::string_view text);

// Gives every name once: a second “sleep” becomes “sleep-2”.
class UniqueNames {
public:
    std::string take(std::string wanted);

private:
    std::map<std::string, std::size_t> taken_; // and the number to try next, so that many of one name take no long search
};

// urn:uuid: of version 8 (RFC 9562, 5.8) from the 128-bit FNV-1a hash of the text: the same text, the same name, everywhere.
std::string uuid_urn(std::string_view text);

std::string url_decoded(std::string_view text);                          // what is not valid UTF-8 afterwards stays as it was
std::string joined_path(std::string_view folder, std::string_view path); // with “.” and “..” resolved; leading “..” are kept
std::string relative_path(std::string_view folder, std::string_view path); // what joined_path() makes `path` of
std::string folder_of(std::string_view path);                              // “articles” of “articles/sleep.md”
std::string_view without_extension(std::string_view path);

} // namespace bifolio
