#include "write/epub/woff2.h"

#include <woff2/encode.h>

#include <cstdint>
#include <cstdio>
#include <mutex>

namespace bifolio {

namespace {

constexpr int brotli_quality = 9; // of 11: a twentieth larger in a tenth of the time

// Debian's library tells of each font on the standard error. In glibc that is a variable, of the whole program: one at a time.
class SilentStandardError {
public:
    SilentStandardError() : silent_(std::fopen("/dev/null", "w")), before_(stderr) {
        if (silent_) stderr = silent_;
    }
    SilentStandardError(const SilentStandardError&) = delete;
    SilentStandardError& operator=(const SilentStandardError&) = delete;
    ~SilentStandardError() {
        stderr = before_;
        if (silent_) std::fclose(silent_);
    }

private:
    std::FILE *silent_, *before_;
};

} // namespace

std::optional<std::string> woff2_of(const std::string& font) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(font.data());
    woff2::WOFF2Params params;
    params.brotli_quality = brotli_quality;
    std::size_t size = woff2::MaxWOFF2CompressedSize(bytes, font.size());
    std::string packed(size, '\0');
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const SilentStandardError silent;
    if (!woff2::ConvertTTFToWOFF2(bytes, font.size(), reinterpret_cast<std::uint8_t*>(packed.data()), &size, params))
        return std::nullopt;
    packed.resize(size);
    return packed;
}

} // namespace bifolio
