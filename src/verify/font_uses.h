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
        std::shared_ptr<const FontCmap> cmap; // an embedded one; nullptr: two bytes a code (composite), one byte (simple)
    };
    const Encoding& of(const PdfObject& font);

private:
    const PdfFile& file_;
    std::mutex guard_;
    std::map<const PdfValue*, std::unique_ptr<Encoding>> made_;
    std::map<const PdfValue*, std::shared_ptr<const FontCmap>> cmaps_; // by stream: many fonts may share one
};

// A byte for each code of two bytes, in rows that are made when they are needed: a file may have many fonts with few codes each.
class CodePairs {
public:
    std::uint8_t& at(std::uint8_t high, std::uint8_t low) {
        std::unique_ptr<Row>& row = rows_[high];
        if (!row) row = std::make_unique<Row>();
        return (*row)[low];
    }
    template <class See>
    void each(const See& see) const { // see(code, byte), of those that are not 0
        for (std::uint32_t high = 0; high < rows_.size(); ++high)
            for (std::uint32_t low = 0; rows_[high] && low < 256; ++low)
                if (const std::uint8_t value = (*rows_[high])[low]) see(high << 8 | low, value);
    }

private:
    using Row = std::array<std::uint8_t, 256>;
    std::array<std::unique_ptr<Row>, 256> rows_;
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
        CodePairs pairs;
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
