// certificate.h: out/<edition>/certificate.json: what became of the sources' text, and what was proven of each finished file.
//
// It describes the files of one build of one edition, comes into place with them, and says the same of the same files on any
// number of threads. What was not proven is null.
#pragma once

#include "app/edition_builder.h"
#include "app/edition_inputs.h"
#include "base/source_map.h"
#include "model/manuscript.h"
#include "model/source_account.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace bifolio {

inline constexpr const char* certificate_name = "certificate.json";

struct CertificateContents {
    const Manuscript& manuscript;
    const Edition& edition;
    const Settings& settings;
    std::span<const SourceAccount> accounts; // of all articles
    const SourceMap& sources;
    const std::vector<EditionInput>& inputs;
    const std::map<FontId, EditionFont>& fonts;
    const std::vector<EditionFont>& drawn; // in pictures of covers
    const Hyphenator& hyphenator;
    const Files& disk;
};

std::string certificate_text(const CertificateContents& contents, const std::vector<BuiltFile>& files);

} // namespace bifolio
