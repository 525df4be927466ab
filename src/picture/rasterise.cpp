#include "picture/rasterise.h"

#include "picture/samples.h"

#include <dlfcn.h>

#include <cstddef>
#include <memory>
#include <type_traits>

namespace bifolio {

namespace {

// What librsvg 2.46 and later, cairo and GLib declare; their ABI is stable. Named as there.
struct GError {
    std::uint32_t domain;
    int code;
    char* message;
};
struct RsvgRectangle {
    double x, y, width, height;
};
constexpr unsigned rsvg_handle_flag_unlimited = 1; // pictures inside the file may be large
constexpr int cairo_format_rgb24 = 1;              // native-endian 32 bit: the upper 8 are unused, then red, green, blue

// The functions that are used, found by name. A symbol of a library that librsvg needs is found through its handle, too.
struct Library {
    void* (*rsvg_handle_new_with_flags)(unsigned) = nullptr;
    int (*rsvg_handle_write)(void*, const unsigned char*, std::size_t, GError**) = nullptr;
    int (*rsvg_handle_close)(void*, GError**) = nullptr;
    int (*rsvg_handle_render_document)(void*, void*, const RsvgRectangle*, GError**) = nullptr;
    void (*g_object_unref)(void*) = nullptr;
    void (*g_error_free)(GError*) = nullptr;
    void* (*cairo_image_surface_create)(int, int, int) = nullptr;
    int (*cairo_surface_status)(void*) = nullptr;
    void (*cairo_surface_flush)(void*) = nullptr;
    unsigned char* (*cairo_image_surface_get_data)(void*) = nullptr;
    int (*cairo_image_surface_get_stride)(void*) = nullptr;
    void (*cairo_surface_destroy)(void*) = nullptr;
    void* (*cairo_create)(void*) = nullptr;
    void (*cairo_set_source_rgb)(void*, double, double, double) = nullptr;
    void (*cairo_paint)(void*) = nullptr;
    void (*cairo_destroy)(void*) = nullptr;
    bool whole = false;
};

Library open_library() {
    Library library;
    void* handle = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return library; // never closed again: GLib does not allow it
    library.whole = true;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, name));
        if (function == nullptr) library.whole = false;
    };
    find(library.rsvg_handle_new_with_flags, "rsvg_handle_new_with_flags");
    find(library.rsvg_handle_write, "rsvg_handle_write");
    find(library.rsvg_handle_close, "rsvg_handle_close");
    find(library.rsvg_handle_render_document, "rsvg_handle_render_document");
    find(library.g_object_unref, "g_object_unref");
    find(library.g_error_free, "g_error_free");
    find(library.cairo_image_surface_create, "cairo_image_surface_create");
    find(library.cairo_surface_status, "cairo_surface_status");
    find(library.cairo_surface_flush, "cairo_surface_flush");
    find(library.cairo_image_surface_get_data, "cairo_image_surface_get_data");
    find(library.cairo_image_surface_get_stride, "cairo_image_surface_get_stride");
    find(library.cairo_surface_destroy, "cairo_surface_destroy");
    find(library.cairo_create, "cairo_create");
    find(library.cairo_set_source_rgb, "cairo_set_source_rgb");
    find(library.cairo_paint, "cairo_paint");
    find(library.cairo_destroy, "cairo_destroy");
    return library;
}

const Library& library() {
    static const Library opened = open_library();
    return opened;
}

using Failure = Result<RasterPicture>;

RasterPicture pixels_of(void* surface, std::uint32_t width, std::uint32_t height) {
    RasterPicture picture;
    picture.width = width;
    picture.height = height;
    picture.samples.resize(std::size_t{width} * height * 3);
    const unsigned char* data = library().cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(library().cairo_image_surface_get_stride(surface));
    char* out = picture.samples.data();
    for (std::uint32_t y = 0; y < height; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(data + y * stride); // cairo aligns rows to four bytes
        for (std::uint32_t x = 0; x < width; ++x) {
            *out++ = static_cast<char>(row[x] >> 16 & 0xff);
            *out++ = static_cast<char>(row[x] >> 8 & 0xff);
            *out++ = static_cast<char>(row[x] & 0xff);
        }
    }
    return picture;
}

} // namespace

bool can_rasterise() { return library().whole; }

Result<RasterPicture> rasterise_svg(std::string_view svg, std::uint32_t width, std::uint32_t height) {
    const Library& lib = library();
    if (!lib.whole) return Failure::failure("librsvg is not installed (Debian: librsvg2-2)");
    if (std::string problem = size_problem(width, height, 7); !problem.empty()) return Failure::failure(std::move(problem));

    GError* error = nullptr;
    const auto failed = [&](const char* otherwise) {
        std::string reason = error != nullptr && error->message != nullptr ? error->message : otherwise;
        if (error != nullptr) lib.g_error_free(error);
        return Failure::failure(std::move(reason));
    };
    const std::unique_ptr<void, void (*)(void*)> document(lib.rsvg_handle_new_with_flags(rsvg_handle_flag_unlimited),
                                                          lib.g_object_unref);
    if (!lib.rsvg_handle_write(document.get(), reinterpret_cast<const unsigned char*>(svg.data()), svg.size(), &error) ||
        !lib.rsvg_handle_close(document.get(), &error))
        return failed("the SVG cannot be read");

    const std::unique_ptr<void, void (*)(void*)> surface(
        lib.cairo_image_surface_create(cairo_format_rgb24, static_cast<int>(width), static_cast<int>(height)),
        lib.cairo_surface_destroy);
    if (lib.cairo_surface_status(surface.get()) != 0) return Failure::failure("cairo has no room for the picture");
    const std::unique_ptr<void, void (*)(void*)> context(lib.cairo_create(surface.get()), lib.cairo_destroy);
    lib.cairo_set_source_rgb(context.get(), 1, 1, 1);
    lib.cairo_paint(context.get());
    const RsvgRectangle viewport{0, 0, static_cast<double>(width), static_cast<double>(height)};
    if (!lib.rsvg_handle_render_document(document.get(), context.get(), &viewport, &error))
        return failed("the SVG cannot be drawn");
    lib.cairo_surface_flush(surface.get());
    return pixels_of(surface.get(), width, height);
}

} // namespace bifolio
