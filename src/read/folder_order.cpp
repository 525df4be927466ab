#include "read/folder_order.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "read/article_reader.h"
#include "read/paths.h"
#include "read/summary.h"
#include "read/text_file.h"

#include <algorithm>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

bool is_opening(std::string_view name) {
    const std::string stem = to_ascii_lower(fs::path(name).stem().string());
    return stem == "readme" || stem == "index";
}

std::vector<std::string> articles_of(const fs::path& folder, ArticleFormat format, const Files& files) {
    std::vector<std::string> names;
    for (const std::string& name : files.list(folder))
        if (article_format(name) == format && files.exists(folder / name) && first_invalid_utf8(name) == name.npos)
            names.push_back(name);
    std::ranges::sort(names, [](const std::string& a, const std::string& b) {
        return is_opening(a) != is_opening(b) ? is_opening(a) : comes_before_by_name(a, b);
    });
    return names;
}

void add_articles(PlannedPart& part, const fs::path& root, const std::string& folder, const Files& files) {
    std::vector<std::string> names = articles_of(root / folder, ArticleFormat::markdown, files);
    if (names.empty()) names = articles_of(root / folder, ArticleFormat::html, files);
    if (names.empty() && folder.empty()) names = articles_of(root, ArticleFormat::plain_text, files);
    for (const std::string& name : names)
        part.articles.push_back({{folder.empty() ? name : folder + "/" + name, {}}, Matter::automatic});
}

} // namespace

FolderOrder order_of_folder(const fs::path& root, const Files& files, SourceMap& sources, Diagnostics& diagnostics) {
    for (const char* name : {"SUMMARY.md", "src/SUMMARY.md"}) { // mdBook keeps it in src/
        if (!files.exists(root / name)) continue;
        const SourceId source =
            add_text(name, decode_text(files.read(root / name, limits::text_file_bytes)), sources, diagnostics);
        Summary summary = read_summary(source, sources, diagnostics);
        const std::string folder = fs::path(name).parent_path().generic_string();
        for (PlannedPart& part : summary.parts)
            for (PlannedArticle& article : part.articles)
                if (!folder.empty()) article.path.value = folder + "/" + article.path.value;
        return {std::move(summary.title), std::move(summary.parts)};
    }
    PlannedPart part;
    add_articles(part, root, "", files);
    std::vector<std::string> folders = files.list(root);
    std::erase_if(
        folders, [&](const std::string& name) { return !files.is_folder(root / name) || first_invalid_utf8(name) != name.npos; });
    std::ranges::sort(folders, comes_before_by_name);
    for (const std::string& folder : folders) add_articles(part, root, folder, files);
    FolderOrder order;
    if (!part.articles.empty()) order.parts.push_back(std::move(part));
    return order;
}

} // namespace bifolio
