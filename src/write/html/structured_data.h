// structured_data.h: what a page says of itself to search engines: JSON-LD in the words of Schema.org. Internal to this folder.
#pragma once

#include "assemble/book.h"

#include <string>

namespace bifolio {

// Of an article's page: a MedicalWebPage with who wrote and reviewed it, and when. Nothing that the article does not say.
std::string article_data(const Book& book, const BookSection& section);
// Of the index page: a Book.
std::string book_data(const Book& book);

// Text within a script element: no “<” that could end it.
std::string for_script(std::string json);

} // namespace bifolio
