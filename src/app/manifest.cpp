#include "app/manifest.h"

#include "app/show.h"
#include "io/digest.h"
#include "io/limits.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace bifolio {

namespace {

using Json = nlohmann::ordered_json;

Json output_row(const WrittenOutput& output) {
    Json row{{"edition", output.edition}, {"path", output.path}, {"sha256", output.sha256}, {"bytes", output.bytes}};
    if (output.pages > 0) row["pages"] = output.pages;
    return row;
}

// Rows of the last manifest whose files still are what it says and which this build has not written.
std::vector<Json> kept_rows(const std::vector<WrittenOutput>& outputs, const std::vector<std::string>& removed,
                            const std::filesystem::path& folder, const Files& files) {
    std::vector<Json> kept;
    const std::filesystem::path last = folder / "manifest.json";
    if (!files.exists(last)) return kept;
    const Json old = Json::parse(files.read(last, limits::text_file_bytes), nullptr, false);
    if (!old.is_object() || !old.contains("outputs") || !old["outputs"].is_array()) return kept;
    for (const Json& row : old["outputs"]) {
        if (!row.is_object() || !row.contains("path") || !row["path"].is_string() || !row.contains("sha256") ||
            !row["sha256"].is_string())
            continue;
        const std::string path = row["path"];
        if (!is_confined(path) || std::ranges::any_of(outputs, [&](const WrittenOutput& o) { return o.path == path; })) continue;
        if (std::ranges::find(removed, path) != removed.end()) continue;
        if (!files.exists(folder / path) || sha256_hex(files.read(folder / path, limits::picture_file_bytes)) != row["sha256"])
            continue;
        kept.push_back(row);
    }
    return kept;
}

} // namespace

std::string manifest_text(const Manuscript& manuscript, const SourceMap& sources, const Diagnostics& diagnostics,
                          const std::vector<WrittenOutput>& outputs, const std::vector<std::string>& removed,
                          const Settings& settings, const Files& files) {
    std::map<std::string, std::string> inputs;
    for (std::uint32_t id = 1; id < sources.size(); ++id)
        inputs.emplace(sources.path(SourceId{id}), sha256_hex(sources.text(SourceId{id})));
    for (const auto& [path, resource] : manuscript.resources)
        if (resource.bytes) inputs.emplace(path, sha256_hex(*resource.bytes));

    Json manifest{{"program", "bifolio " BIFOLIO_VERSION}, {"title", manuscript.plan.title}};
    if (settings.date) manifest["date"] = iso_date(*settings.date);
    Json allowed = Json::array();
    if (settings.allow_missing_picture) allowed.push_back("missing-picture");
    if (settings.allow_missing_glyph) allowed.push_back("missing-glyph");
    manifest["allowed"] = std::move(allowed);
    for (const auto& [path, hash] : inputs) manifest["inputs"].push_back(Json{{"path", path}, {"sha256", hash}});

    std::vector<Json> rows = kept_rows(outputs, removed, settings.output, files);
    for (const WrittenOutput& output : outputs) rows.push_back(output_row(output));
    std::ranges::sort(rows, {}, [](const Json& row) { return row["path"].get<std::string>(); });
    manifest["outputs"] = std::move(rows);
    manifest["diagnostics"] = diagnostics_as_json(diagnostics, sources);
    return manifest.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace bifolio
