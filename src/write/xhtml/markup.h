// markup.h: text as XML 1.0 character data and attribute values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bifolio {

// Both leave out what XML 1.0 (§ 2.2) does not allow, and return how many characters that were.
std::size_t append_text(std::string& out, std::string_view text);   // & < > and carriage returns escaped
std::size_t append_value(std::string& out, std::string_view value); // for within double quotes

void append_attribute(std::string& out, std::string_view name, std::string_view value); // ` name="value"`
void append_element(std::string& out, std::string_view tag, std::string_view text); // `<tag>text</tag>`; tag with its attributes

// Ready for a document: the language tag as BCP 47 writes it, empty when it is none or can be no language's.
std::string language_tag(std::string_view language);

// A valid URL (WHATWG) of the kind that may stand in an e-book, with stray characters encoded; empty when it is none.
std::string hyperlink(std::string_view address);

} // namespace bifolio
