// attribute_list.h: `{#id .class key=value lang=cy}`, as Pandoc and kramdown write it.
#pragma once

#include "model/article.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct AttributeList {
    std::string id, language;
    std::vector<std::string> classes;
    std::vector<Attribute> attributes; // names in lower case, every name the author wrote
};

// Takes one list from the front of `text`, which begins with “{”. At least one item; names begin with a letter, “_” or a
// character beyond ASCII. nullopt, and `text` unchanged, when it is no list: then the braces are text.
std::optional<AttributeList> take_attribute_list(std::string_view& text);

// The attributes that mean something to a later stage; for `data-` and `aria-` any name. What is not among them is named to
// the author and left out.
bool is_known_attribute(std::string_view name);
std::vector<std::string> known_attributes(); // for hints

// The list's id and language replace, its classes and attributes add.
void apply(const AttributeList& list, NodeInfo& info);

} // namespace bifolio
