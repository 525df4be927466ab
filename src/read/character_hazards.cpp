#include "read/character_hazards.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bifolio {

namespace {

struct Meant {
    char32_t written;
    std::string_view meant;
};

// Word keeps the signs of the fonts Symbol and Wingdings as characters of private use: 0xF000 and the sign's place in the font.
constexpr std::array symbol_font{
    Meant{0xF0B7, "•"}, Meant{0xF0A7, "▪"}, Meant{0xF0A8, "▫"}, Meant{0xF06F, "□"}, Meant{0xF0D8, "➢"}, Meant{0xF0FC, "✓"},
    Meant{0xF0FB, "✗"}, Meant{0xF0E0, "→"}, Meant{0xF0AE, "→"}, Meant{0xF0A3, "≤"}, Meant{0xF0B3, "≥"}, Meant{0xF0B1, "±"},
    Meant{0xF0B4, "×"}, Meant{0xF0B0, "°"}, Meant{0xF06D, "μ"}, Meant{0xF061, "α"}, Meant{0xF062, "β"}, Meant{0xF067, "γ"},
    Meant{0xF044, "Δ"}, Meant{0xF0B9, "≠"}, Meant{0xF0BB, "≈"}, Meant{0xF02D, "−"}};

// WHATWG, windows-1252, from 0x80.
constexpr std::array<std::string_view, 32> windows_1252{"€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š",
                                                        "‹", "Œ", "",  "Ž", "",  "",  "‘", "’", "“", "”", "•",
                                                        "–", "—", "˜", "™", "š", "›", "œ", "",  "ž", "Ÿ"};

std::string number_of(char32_t c) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (int shift = c > 0xF'FFFF ? 20 : c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4) hex += digits[(c >> shift) & 15];
    return "U+" + hex;
}

bool is_private_use(char32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}
bool is_latin(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}
bool is_cyrillic(char32_t c) { return c >= 0x400 && c <= 0x52F; }
// Greek letters that nobody can tell from Latin ones; “μ” and “α” are at home beside Latin letters.
bool is_greek_lookalike(char32_t c) {
    constexpr std::u32string_view letters = U"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνϲ";
    return letters.find(c) != std::u32string_view::npos;
}

// The byte of Windows-1252 that shows as this character.
std::optional<unsigned char> byte_of(char32_t c) {
    if (c >= 0xA0 && c <= 0xFF) return static_cast<unsigned char>(c);
    const std::string shown = to_utf8(c);
    const auto found = std::ranges::find(windows_1252, shown);
    if (found != windows_1252.end()) return static_cast<unsigned char>(0x80 + (found - windows_1252.begin()));
    return std::nullopt;
}

class HazardFinder {
public:
    HazardFinder(SourceId source, std::string_view text) : source_(source), text_(text) {}

    void find() {
        for (std::size_t at = 0; at < text_.size();) {
            if (static_cast<signed char>(text_[at]) >= 0) {
                ++at;
                continue;
            }
            const Decoded next = decode_utf8(text_, at);
            at += std::max<std::size_t>(look_at(at, next.code_point, next.size), next.size);
        }
    }

    void report(Diagnostics& diagnostics) const {
        std::vector<const Hazard*> in_order;
        for (const auto& [key, hazard] : found_) in_order.push_back(&hazard);
        std::ranges::sort(in_order, {}, [](const Hazard* h) { return h->where.begin; });
        for (const Hazard* hazard : in_order) {
            std::string message = hazard->message;
            if (hazard->count > 1)
                message +=
                    ", and at " + std::to_string(hazard->count - 1) + (hazard->count == 2 ? " more place" : " more places");
            diagnostics.warning(hazard->code, hazard->where, std::move(message), {hazard->cure});
        }
    }

private:
    struct Hazard {
        std::string code, message, cure;
        Span where;
        std::size_t count = 0;
    };

    // Returns how many bytes it took for one hazard.
    std::size_t look_at(std::size_t at, char32_t c, std::size_t size) {
        if (c == 0xFFFD) {
            add("read.replacement-character", 0, at, size, "a character was lost here before: U+FFFD stands in its place",
                "look in the original what stood here, and write it");
        } else if (is_private_use(c)) {
            const auto known = std::ranges::find(symbol_font, c, &Meant::written);
            const std::string meant = known == symbol_font.end() ? "" : std::string(known->meant);
            add("read.private-use", c, at, size,
                number_of(c) + " is a character of private use" +
                    (meant.empty() ? ": only one font knows what it means"
                                   : ", of a word processor's symbol font: it was probably ‘" + meant + "’"),
                meant.empty() ? "write the character that it stands for"
                              : "write ‘" + meant + "’, if that is what the original shows");
        } else if (c == 0xFEFF) {
            add("read.lookalike", c, at, size, "a byte-order mark (U+FEFF) stands within the text, where nobody sees it",
                "delete it");
        } else if ((c == 0xBA || c == 0x2DA) && is_degree(at, size)) {
            add("read.lookalike", c, at, size, number_of(c) + " stands where a degree sign (°, U+00B0) is meant", "write ‘°’");
        } else if (c == 0xB4 && is_letter_before(at) && is_letter_at(at + size)) {
            add("read.lookalike", c, at, size, "an acute accent (´, U+00B4) stands where an apostrophe (’) is meant",
                "write ‘’’");
        } else if (is_cyrillic(c) || is_greek_lookalike(c)) {
            return mixed_word(at);
        } else if (c == 0xC3 || c == 0xC2 || c == 0xE2) {
            return misread(at);
        }
        return size;
    }

    void add(std::string code, char32_t kind, std::size_t at, std::size_t size, std::string message, std::string cure) {
        Hazard& hazard = found_[{code, kind}];
        if (hazard.count++ > 0) return;
        hazard.where = {source_, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + size)};
        hazard.code = std::move(code);
        hazard.message = std::move(message);
        hazard.cure = std::move(cure);
    }

    bool is_degree(std::size_t at, std::size_t size) const {
        std::size_t before = at;
        while (before > 0 && text_[before - 1] == ' ') --before;
        const bool digit = before > 0 && text_[before - 1] >= '0' && text_[before - 1] <= '9';
        const std::string_view rest = text_.substr(at + size);
        return digit && (rest.starts_with('C') || rest.starts_with('F') || rest.starts_with(" C") || rest.starts_with(" F"));
    }
    bool is_letter_at(std::size_t at) const { return at < text_.size() && is_latin(decode_utf8(text_, at).code_point); }
    bool is_letter_before(std::size_t at) const {
        if (at == 0) return false;
        std::size_t begin = at - 1;
        while (begin > 0 && is_continuation_byte(text_[begin])) --begin;
        return is_latin(decode_utf8(text_, begin).code_point);
    }

    // A word of Latin letters with one of another alphabet among them.
    std::size_t mixed_word(std::size_t at) {
        constexpr std::size_t longest = 60;
        std::size_t begin = at, end = at;
        while (begin > 0 && at - begin < longest) {
            std::size_t before = begin - 1;
            while (before > 0 && is_continuation_byte(text_[before])) --before;
            if (!is_latin(decode_utf8(text_, before).code_point)) break;
            begin = before;
        }
        std::size_t latin = at - begin, others = 0, greek = 0;
        while (end < text_.size() && end - begin < longest) {
            const Decoded next = decode_utf8(text_, end);
            const bool is_other = is_cyrillic(next.code_point) || (next.code_point >= 0x370 && next.code_point <= 0x3FF);
            if (!is_latin(next.code_point) && !is_other) break;
            greek += next.code_point >= 0x370 && next.code_point <= 0x3FF && !is_greek_lookalike(next.code_point) ? 1 : 0;
            (is_other ? others : latin) += 1;
            end += next.size;
        }
        constexpr std::size_t least_latin = 2; // “Xα” and the like are signs, not words
        if (latin >= least_latin && greek == 0 && others > 0) {
            const Decoded odd = decode_utf8(text_, at);
            add("read.lookalike", 1, at, odd.size,
                "‘" + std::string(text_.substr(begin, end - begin)) + "’ mixes alphabets: " + number_of(odd.code_point) +
                    " only looks like a Latin letter",
                "type the word anew: no search and no screen reader finds it as it is");
        }
        return end - at;
    }

    // UTF-8 that was read as Windows-1252 and saved again: “â€™” for “’”.
    std::size_t misread(std::size_t at) {
        std::string bytes;
        std::size_t end = at;
        while (end < text_.size() && bytes.size() < 3) {
            const Decoded next = decode_utf8(text_, end);
            const auto byte = byte_of(next.code_point);
            if (!byte) break;
            bytes += static_cast<char>(*byte);
            end += next.size;
            if (decode_utf8(bytes, 0).valid) break;
        }
        const Decoded meant = decode_utf8(bytes, 0);
        if (!meant.valid || meant.size != bytes.size() || meant.code_point < 0xA0) return 0;
        const bool is_likely = meant.code_point <= 0x17F || (meant.code_point >= 0x2010 && meant.code_point <= 0x2265);
        if (!is_likely) return 0;
        add("read.wrong-encoding", 0, at, end - at,
            "‘" + std::string(text_.substr(at, end - at)) + "’ is probably ‘" + to_utf8(meant.code_point) +
                "’ that was read in a wrong encoding",
            "open the original again as UTF-8; do not mend the letters one by one");
        return end - at;
    }

    SourceId source_;
    std::string_view text_;
    std::map<std::pair<std::string, char32_t>, Hazard> found_;
};

} // namespace

std::string_view windows_1252_character(char32_t control) {
    return control >= 0x80 && control <= 0x9F ? windows_1252[control - 0x80] : std::string_view();
}

void report_character_hazards(SourceId source, std::string_view text, Diagnostics& diagnostics) {
    HazardFinder finder(source, text);
    finder.find();
    finder.report(diagnostics);
}

} // namespace bifolio
