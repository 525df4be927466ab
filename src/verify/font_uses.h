// font_uses.h: which character codes of which fonts are shown. The rules of all standards about fonts begin here.
#pragma once

#include "verify/content_reader.h"
#include "verify/font_cmap.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace bifolio {

// How the strings of a font fall into codes; made once a font, for all threads.
class FontEncodings {
public:
    explicit FontEncodings(const PdfFile& file) : file_(file) {}
    struct Encoding {
        bool composite = false;
        std::unique_ptr<FontCmap> cmap; // an embedded one; nullptr: two bytes a code (composite), one byte (simple)
    };
    const Encoding& of(const PdfObject& font);

private:
    const PdfFile& file_;
    std::mutex guard_;
    std::map<const PdfValue*, std::unique_ptr<Encoding>> made_;
};

struct UsedFont {
    PdfObject font;
    const FontEncodings::Encoding* encoding = nullptr;
    std::size_t first_page = 0;
    std::map<CharacterCode, bool> codes; // true: painted at least once; text rendering mode 3 paints nothing
};

// One for some pages; those of later pages are appended.
class FontUses final : public ContentObserver {
public:
    explicit FontUses(FontEncodings& encodings) : encodings_(&encodings) {}
    void operation(const ContentOperation& operation, const ContentState& state) override;
    void append(FontUses&& later);
    std::vector<UsedFont> take(); // in the order of their first use

private:
    struct Use {
        PdfObject font;
        const FontEncodings::Encoding* encoding = nullptr;
        std::size_t first_page = 0;
        std::array<std::uint8_t, 256> single{}; // 1: shown, 2: painted
        std::vector<std::uint8_t> pairs;        // 65,536 of them, when there are any
        std::map<CharacterCode, std::uint8_t> others;
    };
    void show(Use& use, std::string_view text, std::uint8_t flags);
    Use& use_of(const ContentState& state);

    FontEncodings* encodings_;
    std::vector<std::unique_ptr<Use>> uses_;
    std::map<const PdfValue*, Use*> by_font_;
    const PdfValue* last_font_ = nullptr;
    Use* last_ = nullptr;
};

} // namespace bifolio
