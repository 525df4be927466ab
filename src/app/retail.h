// retail.h: the shops and printers that an edition is for, and its finished files held to their limits.
#pragma once

#include "app/program_files.h"
#include "base/diagnostics.h"
#include "base/source_map.h"
#include "io/files.h"
#include "layout/page/pages.h"
#include "model/manuscript.h"
#include "model/retail_profile.h"
#include "verify/retail/check_limits.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

// A profile, and where the plan asks for it.
struct ChosenProfile {
    RetailProfile profile;
    Span where;
};

// Of the book's folder profiles/, else the program's own. Reports those that are nowhere, and those that fit no format of the
// edition.
std::vector<ChosenProfile> retail_profiles(const Edition& edition, const std::filesystem::path& book_folder,
                                           const ProgramFiles& program, const Files& files, SourceMap& sources,
                                           Diagnostics& diagnostics);

// What the program's own profiles of e-book shops say of covers; without those of `except`, which are held to in full.
std::vector<RetailProfile> cover_limits_of_shops(const ProgramFiles& program, const Files& files,
                                                 const std::vector<Located<std::string>>& except);

// `pictures`: where each file of the archive is shown first.
void hold_e_book_to_limits(const std::vector<ChosenProfile>& profiles, std::string bytes,
                           const std::vector<std::pair<std::string, Span>>& pictures, Diagnostics& diagnostics);
void hold_print_to_limits(const std::vector<ChosenProfile>& profiles, const PrintFacts& facts, Diagnostics& diagnostics);

// What is in the layout; the caller knows the rest.
PrintFacts print_facts(const Pages& pages);

} // namespace bifolio
