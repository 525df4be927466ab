#include "verify/epub/media_types.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bifolio {

namespace {

constexpr std::array images{std::string_view("image/gif"), std::string_view("image/jpeg"), std::string_view("image/png"),
                            std::string_view("image/svg+xml"), std::string_view("image/webp")};
constexpr std::array fonts{std::string_view("font/ttf"),
                           std::string_view("font/otf"),
                           std::string_view("font/woff"),
                           std::string_view("font/woff2"),
                           std::string_view("application/font-sfnt"),
                           std::string_view("application/vnd.ms-opentype"),
                           std::string_view("application/font-woff"),
                           std::string_view("application/x-font-ttf")};
constexpr std::array others{std::string_view("audio/mpeg"),
                            std::string_view("audio/mp4"),
                            std::string_view("audio/ogg"),
                            std::string_view("text/css"),
                            std::string_view("application/xhtml+xml"),
                            std::string_view("application/javascript"),
                            std::string_view("application/ecmascript"),
                            std::string_view("text/javascript"),
                            std::string_view("application/x-dtbncx+xml"),
                            std::string_view("application/smil+xml"),
                            std::string_view("application/pls+xml")};
constexpr std::array scripts{std::string_view(""),
                             std::string_view("module"),
                             std::string_view("application/ecmascript"),
                             std::string_view("application/javascript"),
                             std::string_view("application/x-ecmascript"),
                             std::string_view("application/x-javascript"),
                             std::string_view("text/ecmascript"),
                             std::string_view("text/javascript"),
                             std::string_view("text/jscript"),
                             std::string_view("text/livescript"),
                             std::string_view("text/x-ecmascript"),
                             std::string_view("text/x-javascript")};

bool holds(const auto& list, std::string_view type) { return std::ranges::find(list, type) != list.end(); }

} // namespace

bool is_core_image(std::string_view type) { return holds(images, type); }
bool is_core_font(std::string_view type) { return holds(fonts, type); }
bool is_font(std::string_view type) {
    return is_core_font(type) || type.starts_with("font/") || type.starts_with("application/font") ||
           type.starts_with("application/x-font") || type == "application/vnd.ms-fontobject";
}
bool is_core_media_type(std::string_view type) { return is_core_image(type) || is_core_font(type) || holds(others, type); }
bool is_script_type(std::string_view type) { return holds(scripts, to_ascii_lower(trimmed(type.substr(0, type.find(';'))))); }

std::string_view type_by_magic(std::string_view bytes) {
    using namespace std::literals;
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> magic{{{"\x89PNG\r\n\x1A\n"sv, "image/png"sv},
                                                                                          {"\xFF\xD8\xFF"sv, "image/jpeg"sv},
                                                                                          {"GIF87a"sv, "image/gif"sv},
                                                                                          {"GIF89a"sv, "image/gif"sv},
                                                                                          {"wOFF"sv, "font/woff"sv},
                                                                                          {"wOF2"sv, "font/woff2"sv},
                                                                                          {"OTTO"sv, "font/otf"sv},
                                                                                          {"true"sv, "font/ttf"sv},
                                                                                          {"\0\1\0\0"sv, "font/ttf"sv},
                                                                                          {"%PDF-"sv, "application/pdf"sv},
                                                                                          {"BM"sv, "image/bmp"sv},
                                                                                          {"II*\0"sv, "image/tiff"sv}}};
    for (const auto& [start, type] : magic)
        if (bytes.starts_with(start)) return type;
    if (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
    return {};
}

std::string_view picture_type_of_extension(std::string_view path) {
    const std::string lower = to_ascii_lower(path);
    const auto is = [&](std::string_view end) { return std::string_view(lower).ends_with(end); };
    return is(".jpg") || is(".jpeg") || is(".jpe") ? "image/jpeg"
           : is(".png")                            ? "image/png"
           : is(".gif")                            ? "image/gif"
           : is(".webp")                           ? "image/webp"
           : is(".svg")                            ? "image/svg+xml"
                                                   : std::string_view();
}

} // namespace bifolio
