// press.h: what an edition for a printing house needs from the machine: its ICC profile.
//
// Looked for in this order: styles/profiles/ of the book; profiles/ of the program's own files; the system's folders for
// profiles (/usr/local/share/color/icc, /usr/share/color/icc, and the user's ~/.local/share/color/icc).
#pragma once

#include "app/program_files.h"
#include "base/diagnostics.h"
#include "io/files.h"
#include "model/manuscript.h"
#include "picture/colour_conversion.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace bifolio {

struct PressProfile {
    std::string bytes, condition, description;
    std::shared_ptr<const PressColours> colours;
};

// nullopt: it is not there or cannot be used, which has been reported with the cure.
std::optional<PressProfile> press_profile(const Edition& edition, const std::filesystem::path& book_folder,
                                          const ProgramFiles& program, const Files& files, const std::string& srgb,
                                          Diagnostics& diagnostics);

} // namespace bifolio
