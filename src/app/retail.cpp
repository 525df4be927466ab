#include "app/retail.h"

#include "base/nearest.h"
#include "io/limits.h"
#include "read/read_profile.h"
#include "read/text_file.h"

#include <algorithm>
#include <array>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::array<fs::path, 2>& folders, const Files& files) {
    std::vector<std::string> names;
    for (const fs::path& folder : folders) {
        if (!files.is_folder(folder)) continue;
        for (const std::string& name : files.list(folder))
            if (name.ends_with(".yaml")) names.push_back(name.substr(0, name.size() - 5));
    }
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

void report(const std::vector<RetailFinding>& findings, Span profile, const std::vector<std::pair<std::string, Span>>& pictures,
            Diagnostics& diagnostics) {
    for (const RetailFinding& finding : findings) {
        const auto shown = std::ranges::find_if(
            pictures, [&](const auto& picture) { return !finding.path.empty() && finding.path.ends_with("/" + picture.first); });
        const Span where = shown != pictures.end() && shown->second.source != SourceId{0} ? shown->second : profile;
        diagnostics.report(
            {finding.severity, "app.retail-limit", where, finding.message, {finding.cure, "source: " + finding.source}});
    }
}

} // namespace

std::vector<ChosenProfile> retail_profiles(const Edition& edition, const fs::path& book_folder, const ProgramFiles& program,
                                           const Files& files, SourceMap& sources, Diagnostics& diagnostics) {
    const std::array folders{book_folder / "profiles", program.profiles()};
    std::vector<ChosenProfile> chosen;
    for (const Located<std::string>& wanted : edition.profiles) {
        const std::string file = wanted.value + ".yaml";
        const auto folder = std::ranges::find_if(folders, [&](const fs::path& one) {
            return wanted.value.find('/') == std::string::npos && is_confined(file) && files.exists(one / file) &&
                   !leads_out_of(one, one / file);
        });
        if (folder == folders.end()) {
            const std::vector<std::string> names = names_in(folders, files);
            std::vector<std::string> hints = did_you_mean(wanted.value, names);
            if (hints.empty()) {
                std::string known;
                for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
                hints.push_back("there are " + known);
            }
            diagnostics.error("app.unknown-profile", wanted.where, "there is no profile ‘" + wanted.value + "’", hints);
            continue;
        }
        const SourceId source = add_text((fs::path("profiles") / file).generic_string(),
                                         decode_text(files.read(*folder / file, limits::text_file_bytes)), sources, diagnostics);
        RetailProfile profile = read_profile(source, sources, diagnostics);
        const OutputFormat needed = profile.kind == RetailKind::print ? OutputFormat::pdf : OutputFormat::epub;
        if (std::ranges::find(edition.formats, needed) == edition.formats.end())
            diagnostics.error("app.unknown-profile", wanted.where,
                              profile.name + " takes " + (needed == OutputFormat::pdf ? "a PDF" : "an EPUB") +
                                  ", which the edition ‘" + edition.name + "’ does not make");
        chosen.push_back({std::move(profile), wanted.where});
    }
    return chosen;
}

std::vector<RetailProfile> cover_limits_of_shops(const ProgramFiles& program, const Files& files,
                                                 const std::vector<Located<std::string>>& except) {
    std::vector<RetailProfile> shops;
    const fs::path folder = program.profiles();
    for (const std::string& name : names_in({folder, folder}, files)) {
        if (std::ranges::find(except, name, &Located<std::string>::value) != except.end()) continue;
        // The program's own files: what is wrong with them no author can mend, and a test holds them to their schema.
        SourceMap sources;
        Diagnostics known;
        const SourceId source =
            add_text(name, decode_text(files.read(folder / (name + ".yaml"), limits::text_file_bytes)), sources, known);
        RetailProfile profile = read_profile(source, sources, known);
        std::erase_if(profile.limits, [](const RetailLimit& one) { return !is_of_cover_size(one.what); });
        for (RetailLimit& limit : profile.limits) limit.ideal.reset(); // wishes of a shop that nobody asked for
        if (profile.kind == RetailKind::e_book && !profile.limits.empty()) shops.push_back(std::move(profile));
    }
    return shops;
}

void hold_e_book_to_limits(const std::vector<ChosenProfile>& profiles, std::string bytes,
                           const std::vector<std::pair<std::string, Span>>& pictures, Diagnostics& diagnostics) {
    if (std::ranges::none_of(profiles, [](const ChosenProfile& one) { return one.profile.kind == RetailKind::e_book; })) return;
    const EBookFacts facts = e_book_facts(std::move(bytes));
    for (const ChosenProfile& one : profiles)
        if (one.profile.kind == RetailKind::e_book) report(check_limits(one.profile, facts), one.where, pictures, diagnostics);
}

void hold_print_to_limits(const std::vector<ChosenProfile>& profiles, const PrintFacts& facts, Diagnostics& diagnostics) {
    for (const ChosenProfile& one : profiles)
        if (one.profile.kind == RetailKind::print) report(check_limits(one.profile, facts), one.where, {}, diagnostics);
}

PrintFacts print_facts(const Pages& pages) {
    PrintFacts facts;
    facts.pages = pages.pages.size();
    bool first = true;
    for (const Page& page : pages.pages) {
        facts.bleed = first ? page.bleed : min(facts.bleed, page.bleed);
        facts.has_marks = facts.has_marks || page.crop_marks;
        const auto take = [&](Length left, Length right, Length top, Length bottom) {
            const bool on_right = page.side == PageSide::right;
            const Length inner = on_right ? left : right, outer = min(on_right ? right : left, min(top, bottom));
            if (facts.gutter_page.empty() || inner < facts.gutter) facts.gutter = inner, facts.gutter_page = page.label;
            if (facts.outer_page.empty() || outer < facts.outer_margin) facts.outer_margin = outer, facts.outer_page = page.label;
        };
        for (const PlacedItem& item : page.items) {
            if (const auto* run = std::get_if<GlyphRun>(&item.item)) {
                if (!run->glyphs.empty())
                    take(item.at.x, page.width - item.at.x - run->width(), item.at.y - run->size, page.height - item.at.y);
                continue;
            }
            Length width, height;
            if (const auto* box = std::get_if<BoxDecoration>(&item.item)) width = box->width, height = box->height;
            if (const auto* picture = std::get_if<PlacedPicture>(&item.item)) width = picture->width, height = picture->height;
            if (width <= Length() || height <= Length()) continue;
            facts.reaches_edge = facts.reaches_edge || item.at.x <= Length() || item.at.y <= Length() ||
                                 item.at.x + width >= page.width || item.at.y + height >= page.height;
        }
        first = false;
    }
    return facts;
}

} // namespace bifolio
