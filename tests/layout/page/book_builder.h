// book_builder.h: a Book from a few lines of markup, for tests: elements, classes, ids, attributes, notes, links by #id.
#pragma once

#include "assemble/book.h"

#include <memory>
#include <string>
#include <string_view>

namespace bifolio::test {

// The outermost elements are the sections. `href="#id"` becomes a target, `src` a resource by its path.
std::shared_ptr<Book> make_book(std::string_view markup, std::vector<Resource> resources = {}, std::string direction = "");

} // namespace bifolio::test
