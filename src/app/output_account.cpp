#include "app/output_account.h"

#include "io/library_versions.h"
#include "layout/text/library_versions.h"
#include "picture/library_versions.h"
#include "read/library_versions.h"
#include "write/pdf/library_versions.h"

#include <algorithm>

namespace bifolio {

void count_output(const Book& book, const StyledBook* styled, const Pages* pages, OutputAccount& account) {
    account.assembled = assembled_count(book);
    std::vector<bool> is_shown(book.parts.size(), false); // the other parts are articles of other editions
    for (const Node& node : book.nodes)
        if (node.info.origin.part < is_shown.size()) is_shown[node.info.origin.part] = true;
    for (std::size_t part = 0; part < is_shown.size(); ++part)
        if (is_shown[part]) account.articles.insert(book.parts[part]); // or a generated part, whose name is no path
    for (const Resource& resource : book.resources) account.resources.insert(resource.path);
    if (styled)
        for (const ComputedStyle& style : styled->styles)
            if (style.hyphens == HyphensMode::automatic) account.hyphenated.insert(style.language);
    if (pages) {
        account.laid_out = laid_out_count(*pages);
        account.moves = layout_moves(*pages);
    } else if (const auto notes = std::ranges::count(book.nodes, Element::note, &Node::element); notes > 0) {
        account.moves.moved["notes to the end of their document"] = static_cast<std::size_t>(notes);
    }
}

LibraryVersions all_library_versions() {
    LibraryVersions all;
    for (const LibraryVersions& some : {reading_library_versions(), text_library_versions(), picture_library_versions(),
                                        pdf_library_versions(), io_library_versions()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace bifolio
