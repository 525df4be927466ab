// published_pictures.h: the pictures that a publication shows, ready for readers: whole, upright, without metadata.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "picture/picture.h"

#include <string>
#include <vector>

namespace bifolio {

struct PublishedPicture {
    std::string path; // from the publication's root: “images/brain.jpg”; empty: it is not shown, or cannot be
    std::string media_type;
    bool animated = false, is_drawing = false; // a drawing is text and can be compressed
    std::string bytes;
};

// By ResourceId. Only pictures that nodes of the book show, and the cover. One that cannot be shown is reported at the
// first node that shows it.
std::vector<PublishedPicture> published_pictures(const Book& book, const TaskPool& pool, Diagnostics& diagnostics);

// SHA-256 of the bytes, by ResourceId; empty: it is not shown.
std::vector<std::string> digests_of(const std::vector<PublishedPicture>& pictures, const TaskPool& pool);

} // namespace bifolio
