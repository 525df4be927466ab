// epub_pictures.h: the pictures that the documents show, as files of the publication. Internal to this folder.
#pragma once

#include "assemble/book.h"
#include "base/diagnostics.h"
#include "base/task_pool.h"
#include "io/zip_archive.h"
#include "picture/picture.h"

#include <string>
#include <vector>

namespace bifolio {

struct EpubPicture {
    std::string path; // relative to OEBPS: “images/brain.jpg”; empty: it is not shown, or cannot be
    std::string media_type;
    bool animated = false;
    ZipEntry entry; // its name begins with “OEBPS/”
};

// By ResourceId. Only pictures that nodes of the book show, and the cover. One that cannot be shown is reported at the
// first node that shows it.
std::vector<EpubPicture> epub_pictures(const Book& book, const TaskPool& pool, Diagnostics& diagnostics);

} // namespace bifolio
