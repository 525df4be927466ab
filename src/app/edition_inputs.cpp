#include "app/edition_inputs.h"

#include "io/digest.h"

#include <map>
#include <set>

namespace bifolio {

std::vector<EditionInput> edition_inputs(const BuildContext& context, const Edition& edition, const EditionBuilder& builder,
                                         const std::vector<BuiltFile>& files, std::size_t read_sources) {
    const Manuscript& manuscript = context.manuscript;
    std::set<std::string> articles, resources;
    for (const OutputAccount* account : accounts_of(files)) {
        articles.insert(account->articles.begin(), account->articles.end());
        resources.insert(account->resources.begin(), account->resources.end());
    }
    // What was read and is not of this edition: other articles and tables of clinics. Pictures come by themselves.
    std::set<std::string> others;
    for (const Article& article : manuscript.articles)
        if (!articles.contains(article.path)) others.insert(article.path);
    for (const auto& [table, clinics] : manuscript.clinics)
        if (table != edition.clinics.value) others.insert(table);
    for (const auto& [path, resource] : manuscript.resources) others.insert(path);

    std::map<std::string, std::string> inputs;
    const auto add_text = [&](SourceId source, const std::string& path) {
        inputs.emplace(path, sha256_hex(context.sources.text(source)));
    };
    for (std::uint32_t at = 1; at < read_sources; ++at) {
        const std::string path(context.sources.path(SourceId{at}));
        if (!others.contains(path)) add_text(SourceId{at}, path);
    }
    for (const SourceId source : builder.own_sources()) add_text(source, std::string(context.sources.path(source)));
    for (const std::string& path : resources)
        if (const auto found = manuscript.resources.find(path); found != manuscript.resources.end() && found->second.bytes)
            inputs.emplace(path, sha256_hex(*found->second.bytes));
    if (builder.press())
        inputs.emplace("output intent: " + builder.press()->condition, sha256_hex(builder.press()->bytes));
    else if (!builder.srgb().empty())
        for (const BuiltFile& file : files)
            if (file.pages > 0) inputs.emplace("output intent: sRGB", sha256_hex(builder.srgb()));
    std::vector<EditionInput> out;
    for (const auto& [path, digest] : inputs) out.push_back({path, digest});
    return out;
}

} // namespace bifolio
