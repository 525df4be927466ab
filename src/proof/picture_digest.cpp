#include "proof/picture_digest.h"

#include "io/digest.h"
#include "verify/epub/xml_document.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace bifolio {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

void add_jpeg(Sha256& digest, std::string_view bytes) {
    std::size_t at = 2;
    while (at + 4 <= bytes.size()) {
        if (byte_at(bytes, at) != 0xFF) return digest.update(bytes.substr(at)); // damaged: all of the rest
        const unsigned marker = byte_at(bytes, at + 1);
        if (marker == 0xFF) { // fill bytes
            ++at;
            continue;
        }
        if (marker == 0xD9) return;
        const std::size_t size = (byte_at(bytes, at + 2) << 8 | byte_at(bytes, at + 3)) + std::size_t{2};
        std::size_t end = std::min(bytes.size(), at + size);
        if (marker == 0xDA) // the scan's data: until a marker that is neither stuffing nor a restart
            while (end < bytes.size() &&
                   !(byte_at(bytes, end) == 0xFF && end + 1 < bytes.size() && byte_at(bytes, end + 1) != 0 &&
                     byte_at(bytes, end + 1) != 0xFF && (byte_at(bytes, end + 1) & 0xF8) != 0xD0))
                ++end;
        if ((marker & 0xF0) != 0xE0 && marker != 0xFE) digest.update(bytes.substr(at, end - at));
        at = end;
    }
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

void add_png(Sha256& digest, std::string_view bytes) {
    for (std::size_t at = 8; at + 12 <= bytes.size();) {
        const std::size_t size = std::size_t{byte_at(bytes, at)} << 24 | byte_at(bytes, at + 1) << 16 |
                                 byte_at(bytes, at + 2) << 8 | byte_at(bytes, at + 3);
        const std::string_view name = bytes.substr(at + 4, 4);
        if (is_one_of(name, {"IHDR", "PLTE", "tRNS", "acTL", "fcTL"})) digest.update(name);
        if (is_one_of(name, {"IHDR", "PLTE", "tRNS", "acTL", "fcTL", "IDAT", "fdAT"})) digest.update(bytes.substr(at + 8, size));
        at += 12 + size;
    }
}

void add_webp(Sha256& digest, std::string_view bytes) {
    for (std::size_t at = 12; at + 8 <= bytes.size();) {
        const std::size_t size = std::size_t{byte_at(bytes, at + 7)} << 24 | byte_at(bytes, at + 6) << 16 |
                                 byte_at(bytes, at + 5) << 8 | byte_at(bytes, at + 4);
        if (is_one_of(bytes.substr(at, 4), {"VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"})) digest.update(bytes.substr(at, 8 + size));
        at += 8 + size + size % 2;
    }
}

void add_svg(Sha256& digest, const XmlNode& root) {
    for (const XmlNode* node = root.first_child; node;) {
        const bool is_name = node->parent == &root && node->is_element() && is_one_of(node->name, {"title", "desc"});
        if (!is_name) {
            digest.update(node->is_element() ? "<" : "&");
            digest.update(node->name);
            for (const XmlAttribute& one : node->attributes) {
                digest.update(one.name);
                digest.update("=");
                digest.update(one.value);
                digest.update("\n");
            }
            digest.update(node->text);
        }
        node = is_name ? next_outside(node, &root) : next_in_tree(node, &root);
    }
}

} // namespace

std::string picture_digest(std::string_view bytes) {
    Sha256 digest;
    const bool is_svg = bytes.substr(0, 65536).find("<svg") != std::string_view::npos ||
                        bytes.substr(0, 65536).find(":svg") != std::string_view::npos;
    if (bytes.starts_with("\xFF\xD8")) {
        add_jpeg(digest, bytes);
    } else if (bytes.starts_with("\x89PNG")) {
        add_png(digest, bytes);
    } else if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") {
        add_webp(digest, bytes);
    } else if (const XmlDocument drawing = is_svg ? read_xml(bytes) : XmlDocument(); is_svg && drawing.well_formed()) {
        add_svg(digest, *drawing.root);
    } else {
        digest.update(bytes);
    }
    return hex(digest.digest());
}

} // namespace bifolio
