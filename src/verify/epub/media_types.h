// media_types.h: core media types, and what a file's first bytes say of its type.
//
// Spec       EPUB 3.3 §3.2; the magic numbers are those of the formats' own specifications.
#pragma once

#include <string_view>

namespace bifolio {

namespace media_type {
inline constexpr std::string_view xhtml = "application/xhtml+xml";
inline constexpr std::string_view svg = "image/svg+xml";
inline constexpr std::string_view smil = "application/smil+xml";
inline constexpr std::string_view ncx = "application/x-dtbncx+xml";
inline constexpr std::string_view css = "text/css";
} // namespace media_type

bool is_core_media_type(std::string_view type);
bool is_core_image(std::string_view type); // raster pictures and SVG
bool is_core_font(std::string_view type);
bool is_font(std::string_view type);        // core or not
bool is_script_type(std::string_view type); // of a <script> that runs; empty is one
inline bool is_content_document(std::string_view type) { return type == media_type::xhtml || type == media_type::svg; }
inline bool is_audio(std::string_view type) { return type.starts_with("audio/"); }
inline bool is_video(std::string_view type) { return type.starts_with("video/"); }

// The type of a raster picture or font by its first bytes; empty: none that is known here.
std::string_view type_by_magic(std::string_view bytes);
std::string_view picture_type_of_extension(std::string_view path); // of JPEG, PNG, GIF, WebP, SVG; else empty

} // namespace bifolio
