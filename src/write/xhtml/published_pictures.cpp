#include "write/xhtml/published_pictures.h"

#include "assemble/names.h"
#include "base/utf8.h"
#include "io/digest.h"
#include "picture/svg.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <optional>

namespace bifolio {

namespace {

struct Use {
    bool shown = false;
    Span where; // of the first node that shows it
    SvgWords words;
};

// What the page says of the picture: its caption, its alternative text.
SvgWords words_of(const Book& book, NodeId picture) {
    SvgWords words;
    const std::string* alternative = attribute(book.node(picture), "alt");
    if (!alternative || alternative->empty()) return words;
    words.language = language_tag(language_of(book, picture));
    words.title = *alternative;
    for (NodeId above = book.node(picture).parent; above != no_node; above = book.node(above).parent) {
        if (book.node(above).element != Element::figure) continue;
        for (const NodeId child : children(book, above))
            if (book.node(child).element == Element::figcaption) {
                words.title = collapsed(text_content(book, child));
                words.description = *alternative;
            }
        break;
    }
    return words;
}

std::vector<Use> uses_of(const Book& book) {
    std::vector<Use> uses(book.resources.size());
    for (std::uint32_t at = 0; at < book.nodes.size(); ++at) {
        const Node& node = book.nodes[at];
        if (node.element != Element::img || node.resource == no_resource) continue;
        Use& use = uses[index(node.resource)];
        if (!use.shown) use = {true, node.info.where, words_of(book, NodeId{at})};
    }
    if (book.cover != no_resource) uses[index(book.cover)].shown = true;
    return uses;
}

std::string file_name(UniqueNames& names, const std::string& path, PictureKind kind) {
    const std::size_t slash = path.rfind('/');
    const std::string stem =
        slug(without_extension(slash == std::string::npos ? std::string_view(path) : std::string_view(path).substr(slash + 1)));
    // Unique without the extension: then it is unique whatever the kind.
    return "images/" + names.take(stem.empty() ? "picture" : stem) + "." + std::string(file_extension(kind));
}

struct Published {
    std::optional<PublishedPicture> picture;
    Diagnostics diagnostics;
};

Published publish(const Resource& resource, const Use& use, std::string path, const PictureInfo& info) {
    Published out;
    PublishedPicture picture{
        std::move(path), std::string(media_type(info.kind)), info.animated, info.kind == PictureKind::svg, {}};
    const std::string& bytes = *resource.bytes;
    if (info.kind == PictureKind::svg) {
        const std::vector<PictureProblem> problems = check_svg_for_epub(bytes);
        for (const PictureProblem& problem : problems) {
            const LineColumn at = line_column(bytes, problem.begin);
            out.diagnostics.error("xhtml.unusable-svg", use.where,
                                  "the drawing ‘" + resource.path +
                                      "’ cannot stand in an e-book or on the web: " + problem.message + " (line " +
                                      std::to_string(at.line) + ", column " + std::to_string(at.column) + " of the drawing)");
        }
        if (!problems.empty()) return out;
        const Result<std::string> published = publishable_picture(bytes);
        if (!published) {
            out.diagnostics.error("xhtml.unreadable-picture", use.where,
                                  "the picture ‘" + resource.path + "’ cannot be shown: " + published.error());
            return out;
        }
        picture.bytes = with_words(published.value(), use.words);
    } else {
        if (const std::string_view problem = profile_problem(info.profile); !problem.empty())
            out.diagnostics.warning("xhtml.picture-profile", use.where,
                                    "the colour profile in ‘" + resource.path + "’ " + std::string(problem) +
                                        "; it was left out, and the picture is shown as if it had none");
        Result<std::string> published = publishable_picture(bytes);
        if (!published) {
            out.diagnostics.error("xhtml.unreadable-picture", use.where,
                                  "the picture ‘" + resource.path + "’ cannot be shown: " + published.error());
            return out;
        }
        std::string ready = published.take();
        // Turning a picture upright may have made another kind of file of it; its name must say so.
        if (const Result<PictureInfo> now = probe_picture(ready); now && now.value().kind != info.kind) {
            picture.path = std::string(without_extension(picture.path)) + "." + std::string(file_extension(now.value().kind));
            picture.media_type = media_type(now.value().kind);
        }
        picture.bytes = std::move(ready);
    }
    out.picture = std::move(picture);
    return out;
}

} // namespace

std::vector<PublishedPicture> published_pictures(const Book& book, const TaskPool& pool, Diagnostics& diagnostics) {
    const std::vector<Use> uses = uses_of(book);
    std::vector<PublishedPicture> pictures(book.resources.size());
    struct Job {
        std::size_t resource;
        std::string path;
        PictureInfo info;
    };
    std::vector<Job> jobs;
    UniqueNames names;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        if (!uses[i].shown) continue;
        const Resource& resource = book.resources[i];
        const Result<PictureInfo> info =
            resource.bytes ? probe_picture(*resource.bytes) : Result<PictureInfo>::failure("the file is not there");
        if (info)
            jobs.push_back({i, file_name(names, resource.path, info.value().kind), info.value()});
        else
            diagnostics.error("xhtml.unreadable-picture", uses[i].where,
                              "the picture ‘" + resource.path + "’ cannot be shown: " + info.error());
    }
    std::vector<Published> published = pool.map(jobs.size(), [&](std::size_t i) {
        return publish(book.resources[jobs[i].resource], uses[jobs[i].resource], jobs[i].path, jobs[i].info);
    });
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        diagnostics.append(published[i].diagnostics);
        if (published[i].picture) pictures[jobs[i].resource] = std::move(*published[i].picture);
    }
    return pictures;
}

std::vector<std::string> digests_of(const std::vector<PublishedPicture>& pictures, const TaskPool& pool) {
    return pool.map(pictures.size(),
                    [&](std::size_t i) { return pictures[i].path.empty() ? std::string() : sha256_hex(pictures[i].bytes); });
}

} // namespace bifolio
