// font_cmap.h: CMaps, both kinds: character code → CID (9.7.5), and character code → Unicode (9.10.3). ISO 32000-1; Adobe
// Technical Notes 5014 and 5411.
#pragma once

#include "verify/pdf_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

struct CharacterCode {
    std::uint32_t value = 0;
    std::uint8_t length = 1; // in bytes
    auto operator<=>(const CharacterCode&) const = default;
};
std::string hexadecimal(CharacterCode code); // “0041”

class FontCmap {
public:
    explicit FontCmap(std::string_view program);

    std::optional<std::uint32_t> cid(CharacterCode code) const;
    std::optional<std::string> unicode(CharacterCode code) const; // UTF-8; empty: mapped to nothing
    // The next code of a shown string, by the codespace ranges; moves `at`.
    CharacterCode next_code(std::string_view shown, std::size_t& at) const;
    bool has_code_spaces() const { return !spaces_.empty(); }
    std::uint64_t largest_cid() const; // that any code leads to

    std::string name, registry, ordering, uses; // of the program; `uses`: the operand of usecmap
    std::optional<std::int64_t> supplement;
    std::int64_t writing_mode = 0;

private:
    struct CodeSpace {
        std::uint8_t length;
        std::string low, high;
    };
    struct CodeRange {
        std::uint8_t length;
        std::uint32_t low, high;
        std::uint32_t cid;   // of low
        std::string unicode; // of low, UTF-16BE
    };
    void read_block(std::string_view kind, const std::vector<PdfValue>& items);
    static const CodeRange* find_range(const std::vector<CodeRange>& ranges, CharacterCode code);

    std::vector<CodeSpace> spaces_;       // the shorter first
    std::vector<CodeRange> cids_, texts_; // sorted by length and low
};

bool is_predefined_cmap(std::string_view name);                                   // of 9.7.5.2, table 118
std::optional<std::int64_t> supplement_of_predefined_cmap(std::string_view name); // nullopt: Identity, or not predefined

} // namespace bifolio
