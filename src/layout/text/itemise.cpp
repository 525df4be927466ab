#include "layout/text/itemise.h"

#include "base/utf8.h"
#include "layout/text/cluster.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace bifolio {
namespace {

struct CloseIcu {
    void operator()(UBiDi* p) const noexcept { ubidi_close(p); }
    void operator()(UBreakIterator* p) const noexcept { ubrk_close(p); }
};

bool is_ascii_letter(unsigned char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// True when no character of the text can take a level above 0 in a left-to-right paragraph: nothing from the right-to-left
// scripts, no bidi control. Their bytes begin at 0xD6 (U+0590); general punctuation is looked at closely.
bool is_plain_left_to_right(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0xD6) continue;
        if (c <= 0xDF) return false;                                                   // U+0580 to U+07FF
        if (c == 0xE0 && static_cast<unsigned char>(text[i + 1]) < 0xA4) return false; // U+0800 to U+08FF
        if (c == 0xE2 && static_cast<unsigned char>(text[i + 1]) <= 0x81) {            // U+2000 to U+207F: marks and embeddings
            const char32_t code = decoded(text, i).code_point;
            if (code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069))
                return false;
        }
        if (c == 0xEF || c == 0xF0) { // presentation forms; U+10800 to U+10FFF, U+1E800 to U+1EFFF
            const char32_t code = decoded(text, i).code_point;
            if ((code >= 0xFB1D && code <= 0xFDFF) || (code >= 0xFE70 && code <= 0xFEFC) ||
                (code >= 0x10800 && code <= 0x10FFF) || (code >= 0x1E800 && code <= 0x1EFFF))
                return false;
        }
    }
    return true;
}

// --- Levels ---------------------------------------------------------------------------------------------------------

struct LevelRun {
    std::uint32_t end = 0;
    std::uint8_t level = 0;
};

std::vector<LevelRun> find_levels(std::string_view text, const WideText& wide, std::optional<TextDirection> wanted,
                                  TextDirection& base) {
    const auto size = static_cast<std::uint32_t>(text.size());
    if (wanted != TextDirection::rtl && is_plain_left_to_right(text)) {
        base = TextDirection::ltr;
        return {{size, 0}};
    }
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UBiDi, CloseIcu> bidi(ubidi_openSized(static_cast<std::int32_t>(wide.units.size()), 0, &error));
    const UBiDiLevel start = !wanted ? UBIDI_DEFAULT_LTR : *wanted == TextDirection::rtl ? UBiDiLevel{1} : UBiDiLevel{0};
    ubidi_setPara(bidi.get(), wide.units.data(), static_cast<std::int32_t>(wide.units.size()), start, nullptr, &error);
    if (U_FAILURE(error)) {
        base = wanted.value_or(TextDirection::ltr);
        return {{size, static_cast<std::uint8_t>(base == TextDirection::rtl)}};
    }
    base = ubidi_getParaLevel(bidi.get()) & 1 ? TextDirection::rtl : TextDirection::ltr;
    std::vector<LevelRun> runs;
    for (std::int32_t at = 0; at < static_cast<std::int32_t>(wide.units.size());) {
        std::int32_t end = 0;
        UBiDiLevel level = 0;
        ubidi_getLogicalRun(bidi.get(), at, &end, &level);
        runs.push_back({wide.byte(static_cast<std::size_t>(end)), static_cast<std::uint8_t>(level)});
        at = end;
    }
    return runs;
}

// --- Scripts --------------------------------------------------------------------------------------------------------

struct ScriptRun {
    std::uint32_t end = 0;
    UScriptCode script = USCRIPT_COMMON;
};

UScriptCode script_of(char32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
    return U_SUCCESS(error) ? script : USCRIPT_COMMON;
}

// A common character may follow the script before it only where its Script_Extensions allow it (U+0640, U+0964, …).
bool may_belong(char32_t c, UScriptCode script) {
    std::array<UScriptCode, 32> extensions{};
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t count = uscript_getScriptExtensions(static_cast<UChar32>(c), extensions.data(), extensions.size(), &error);
    if (U_FAILURE(error) || count <= 1) return true;
    return std::find(extensions.data(), extensions.data() + count, script) != extensions.data() + count;
}

std::optional<UScriptCode> first_extension(char32_t c) {
    std::array<UScriptCode, 32> extensions{};
    UErrorCode error = U_ZERO_ERROR;
    const std::int32_t count = uscript_getScriptExtensions(static_cast<UChar32>(c), extensions.data(), extensions.size(), &error);
    if (U_FAILURE(error) || count < 1 || extensions[0] == USCRIPT_COMMON || extensions[0] == USCRIPT_INHERITED)
        return std::nullopt;
    return extensions[0];
}

// Scripts that are written together count as one: a Japanese sentence is not cut at each kana. Bopomofo and Hangul stay apart.
UScriptCode written_with(UScriptCode script) {
    return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || script == USCRIPT_KATAKANA_OR_HIRAGANA ? USCRIPT_HAN
                                                                                                              : script;
}

class ScriptFinder {
public:
    std::vector<ScriptRun> find(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const auto c = static_cast<unsigned char>(text[at]);
            if (c < 0x80 && c != '(' && c != ')' && c != '[' && c != ']' && c != '{' && c != '}') {
                if (is_ascii_letter(c)) take(at, USCRIPT_LATIN);
                ++at;
                continue;
            }
            const Decoded d = decoded(text, at);
            look_at(at, d.code_point);
            at += d.size;
        }
        if (runs_.empty()) runs_.push_back({0, USCRIPT_COMMON});
        runs_.back().end = static_cast<std::uint32_t>(text.size());
        return std::move(runs_);
    }

private:
    struct Bracket {
        char32_t closing;
        UScriptCode script;
    };

    // The characters from `at` on have this script; common ones before the first take it too.
    void take(std::size_t at, UScriptCode script) {
        if (script == current_) return;
        if (current_ == USCRIPT_COMMON) {
            for (Bracket& b : brackets_) // those that opened the text
                if (b.script == USCRIPT_COMMON) b.script = script;
            if (runs_.empty())
                runs_.push_back({0, script});
            else
                runs_.back().script = script;
        } else {
            runs_.back().end = static_cast<std::uint32_t>(at);
            runs_.push_back({0, script});
        }
        current_ = script;
    }

    void look_at(std::size_t at, char32_t c) {
        const UScriptCode script = script_of(c);
        if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) {
            take(at, written_with(script));
            return;
        }
        const auto kind =
            static_cast<UBidiPairedBracketType>(u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE));
        if (kind == U_BPT_OPEN) {
            if (brackets_.size() < 64)
                brackets_.push_back({static_cast<char32_t>(u_getBidiPairedBracket(static_cast<UChar32>(c))), current_});
        } else if (kind == U_BPT_CLOSE) {
            for (std::size_t i = brackets_.size(); i-- > 0;) {
                if (brackets_[i].closing != c) continue;
                if (brackets_[i].script != USCRIPT_COMMON) take(at, brackets_[i].script);
                brackets_.resize(i);
                break;
            }
        } else if (c >= 0x300 && current_ != USCRIPT_COMMON && !may_belong(c, current_)) {
            if (const auto own = first_extension(c)) take(at, written_with(*own));
        }
    }

    std::vector<ScriptRun> runs_;
    std::vector<Bracket> brackets_;
    UScriptCode current_ = USCRIPT_COMMON;
};

// --- Faces ----------------------------------------------------------------------------------------------------------

class FaceChooser {
public:
    FaceChooser(const Shaper& shaper, const ShapedText& text, const std::vector<TextStyle>& styles, std::vector<Item>& items)
        : fonts_(shaper.fonts), text_(text), styles_(styles), items_(items), style_faces_(styles.size()) {}

    // Splits the piece, which has one style, level and script, by face. `grapheme` is the index of the first cluster at or
    // after the piece's begin.
    void choose(Item piece, UScriptCode script) {
        const TextStyle& style = styles_[piece.style];
        StyleFace& primary = face_of(piece.style);
        script_face_ = preferred(piece, script, style, primary);
        const char* name = uscript_getShortName(script);
        piece.script = hb_script_from_string(name, -1);
        if (style.synthesize_small_caps && !primary.caps_known) {
            primary.has_small_caps = has_small_caps(fonts_, primary.id);
            primary.caps_known = true;
        }
        const bool synthesise = style.synthesize_small_caps && !primary.has_small_caps;
        for (std::uint32_t at = piece.begin; at < piece.end;) {
            if (!script_face_ && !synthesise) {
                const std::uint32_t stretch = end_of_plain_stretch(at, piece.end, *primary.face);
                if (stretch > at) {
                    Item plain = piece;
                    plain.begin = at;
                    plain.end = at = stretch;
                    plain.font = primary.id;
                    add(plain);
                    continue;
                }
            }
            const std::uint32_t end = next_cluster(at, piece.end);
            place(piece, at, end, primary, style, synthesise);
            at = end;
        }
    }

    // The item at this byte goes on with none before it.
    void part(std::uint32_t at) { parted_ = at; }

private:
    struct StyleFace {
        FontId id{};
        const FontLibrary::Face* face = nullptr;
        bool caps_known = false, has_small_caps = false;
    };
    struct Choice {
        FontId id{};
        const FontLibrary::Face* face = nullptr;
    };

    StyleFace& face_of(std::uint32_t style) {
        StyleFace& known = style_faces_[style];
        if (!known.face) {
            known.id = fonts_.match(styles_[style].font);
            known.face = &fonts_.face(known.id);
        }
        return known;
    }

    // ASCII that the style's face has, without the last character where a mark may follow it: nearly all text.
    std::uint32_t end_of_plain_stretch(std::uint32_t at, std::uint32_t end, const FontLibrary::Face& face) const {
        const std::uint32_t begin = at;
        while (at < end && text_.text[at] >= 0x20 && face.low_glyphs[static_cast<unsigned char>(text_.text[at])]) ++at;
        return at < end && at > begin && static_cast<unsigned char>(text_.text[at]) >= 0x80 ? at - 1 : at;
    }

    std::uint32_t next_cluster(std::uint32_t at, std::uint32_t end) {
        const auto& starts = text_.grapheme_starts;
        while (grapheme_ < starts.size() && starts[grapheme_] <= at) ++grapheme_;
        return grapheme_ < starts.size() ? std::min(starts[grapheme_], end) : end;
    }

    // Within Arabic, Devanagari and the like, spaces, digits and points come from the face of the letters where it has them,
    // not from the Latin face of the style. That face is found by the first letter.
    std::optional<Choice> preferred(const Item& piece, UScriptCode script, const TextStyle& style, const StyleFace& primary) {
        if (script == USCRIPT_LATIN || script == USCRIPT_COMMON || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC)
            return std::nullopt;
        for (std::uint32_t at = piece.begin; at < piece.end;) {
            const Decoded d = decoded(text_.text, at);
            const UScriptCode own = script_of(d.code_point);
            if (own != USCRIPT_COMMON && own != USCRIPT_INHERITED) {
                if (primary.face->has(d.code_point)) return std::nullopt;
                if (const auto id = fonts_.match_for(style.font, std::u32string_view(&d.code_point, 1), style.language))
                    return Choice{*id, &fonts_.face(*id)};
                return std::nullopt;
            }
            at += d.size;
        }
        return std::nullopt;
    }

    void place(Item piece, std::uint32_t begin, std::uint32_t end, const StyleFace& primary, const TextStyle& style,
               bool synthesise) {
        piece.begin = begin;
        piece.end = end;
        piece.font = primary.id;
        const auto first = static_cast<unsigned char>(text_.text[begin]);
        if (end - begin == 1 && !script_face_) { // ASCII, in nearly all text
            if (first >= 0x20 && !primary.face->low_glyphs[first]) look_for(piece, style, primary);
            piece.small_caps = synthesise && first >= 'a' && first <= 'z';
        } else {
            look_for(piece, style, primary);
            piece.small_caps = synthesise && has_lower_case(begin, end);
        }
        add(piece);
    }

    bool has_lower_case(std::uint32_t begin, std::uint32_t end) const {
        for (std::uint32_t at = begin; at < end;) {
            const Decoded d = decoded(text_.text, at);
            if (u_hasBinaryProperty(static_cast<UChar32>(d.code_point), UCHAR_CHANGES_WHEN_UPPERCASED)) return true;
            at += d.size;
        }
        return false;
    }

    void look_for(Item& piece, const TextStyle& style, const StyleFace& primary) {
        cluster_.clear();
        for (std::uint32_t at = piece.begin; at < piece.end;) {
            const Decoded d = decoded(text_.text, at);
            cluster_ += d.code_point;
            at += d.size;
        }
        if (cluster_.size() == 1 && cluster_[0] == 0xFFFC) {
            piece.object = true;
            return;
        }
        if (std::ranges::all_of(cluster_, is_invisible)) { // takes the face of what stands before it
            if (continues_last(piece))
                piece.font = items_.back().font;
            else if (script_face_)
                piece.font = script_face_->id;
            return;
        }
        if (script_face_ && covers(*script_face_->face, cluster_)) {
            piece.font = script_face_->id;
            return;
        }
        if (covers(*primary.face, cluster_)) return;
        // The same fallback again, for a stretch of signs or of a foreign alphabet.
        const auto found = fonts_.match_for(style.font, cluster_, style.language);
        if (found)
            piece.font = *found;
        else
            piece.missing = true;
    }

    bool continues_last(const Item& piece) const {
        return !items_.empty() && items_.back().end == piece.begin && items_.back().style == piece.style &&
               items_.back().level == piece.level && items_.back().script == piece.script && !items_.back().object &&
               piece.begin != parted_;
    }

    void add(const Item& piece) {
        if (continues_last(piece) && !piece.object) {
            Item& last = items_.back();
            if (last.font == piece.font && last.missing == piece.missing && last.small_caps == piece.small_caps) {
                last.end = piece.end;
                return;
            }
        }
        items_.push_back(piece);
    }

    const FontLibrary& fonts_;
    const ShapedText& text_;
    const std::vector<TextStyle>& styles_;
    std::vector<Item>& items_;
    std::vector<StyleFace> style_faces_;
    std::optional<Choice> script_face_;
    std::u32string cluster_;
    std::optional<std::uint32_t> parted_;
    std::size_t grapheme_ = 0;
};

// One cluster for each character: nothing combines, joins or modifies.
bool has_only_simple_clusters(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\r') return false;
        if (c < 0xCC) continue;                   // to U+02FF
        if (c == 0xCC || c == 0xCD) return false; // U+0300 to U+037F
        if (c <= 0xD1) continue;                  // Greek, Cyrillic
        if (c == 0xE2) {                          // punctuation, without joiners and marks for symbols
            const auto d = static_cast<unsigned char>(text[i + 1]);
            if (d == 0x80 && static_cast<unsigned char>(text[i + 2]) <= 0x8F && static_cast<unsigned char>(text[i + 2]) >= 0x8B)
                return false;
            if (d <= 0x82 || d == 0x86 || d == 0x88 || d == 0x89) {
                i += 2;
                continue;
            }
        }
        return false;
    }
    return true;
}

UBreakIterator* grapheme_iterator() {
    thread_local const std::unique_ptr<UBreakIterator, CloseIcu> iterator = [] {
        UErrorCode error = U_ZERO_ERROR;
        return std::unique_ptr<UBreakIterator, CloseIcu>(ubrk_open(UBRK_CHARACTER, "root", nullptr, 0, &error));
    }();
    return iterator.get();
}

} // namespace

void widen(std::string_view text, WideText& out) {
    out.units.clear();
    out.bytes.clear();
    if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        out.units.assign(text.begin(), text.end());
        return;
    }
    out.units.reserve(text.size());
    out.bytes.reserve(text.size() + 1);
    for (std::size_t at = 0; at < text.size();) {
        const Decoded d = decoded(text, at);
        const auto byte = static_cast<std::uint32_t>(at);
        if (d.code_point < 0x10000) {
            out.units += static_cast<char16_t>(d.code_point);
        } else {
            out.units += static_cast<char16_t>(0xD7C0 + (d.code_point >> 10));
            out.units += static_cast<char16_t>(0xDC00 + (d.code_point & 0x3FF));
            out.bytes.push_back(byte);
        }
        out.bytes.push_back(byte);
        at += d.size;
    }
    out.bytes.push_back(static_cast<std::uint32_t>(text.size()));
}

std::vector<std::uint32_t> grapheme_starts(std::string_view text, const WideText& wide) {
    std::vector<std::uint32_t> starts;
    starts.reserve(wide.units.size());
    if (has_only_simple_clusters(text)) {
        for (std::size_t i = 0; i < text.size(); ++i)
            if (!is_continuation_byte(text[i])) starts.push_back(static_cast<std::uint32_t>(i));
        return starts;
    }
    UBreakIterator* iterator = grapheme_iterator();
    UErrorCode error = U_ZERO_ERROR;
    ubrk_setText(iterator, wide.units.data(), static_cast<std::int32_t>(wide.units.size()), &error);
    assert(U_SUCCESS(error));
    for (std::int32_t at = ubrk_first(iterator); at != UBRK_DONE && at < static_cast<std::int32_t>(wide.units.size());
         at = ubrk_next(iterator))
        starts.push_back(wide.byte(static_cast<std::size_t>(at)));
    return starts;
}

bool has_small_caps(const FontLibrary& fonts, FontId font) {
    std::array<hb_tag_t, 128> tags{};
    hb_face_t* face = fonts.face(font).face.get();
    for (unsigned from = 0;; from += static_cast<unsigned>(tags.size())) {
        unsigned count = tags.size();
        hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, from, &count, tags.data());
        if (std::find(tags.data(), tags.data() + count, HB_TAG('s', 'm', 'c', 'p')) != tags.data() + count) return true;
        if (count < tags.size()) return false;
    }
}

std::vector<Item> itemise(const Shaper& shaper, ShapedText& text, const WideText& wide, const std::vector<StyledSpan>& spans,
                          const std::vector<TextStyle>& styles, std::optional<TextDirection> direction) {
    const std::vector<LevelRun> levels = find_levels(text.text, wide, direction, text.direction);
    const std::vector<ScriptRun> scripts = ScriptFinder().find(text.text);
    std::vector<Item> items;
    FaceChooser chooser(shaper, text, styles, items);
    std::size_t span = 0, level = 0, script = 0;
    const auto size = static_cast<std::uint32_t>(text.text.size());
    for (std::uint32_t at = 0; at < size;) {
        while (spans[span].end <= at) ++span;
        while (levels[level].end <= at) ++level;
        while (scripts[script].end <= at) ++script;
        Item piece;
        piece.begin = at;
        piece.end = std::min({spans[span].end, levels[level].end, scripts[script].end});
        piece.style = spans[span].style;
        piece.level = levels[level].level;
        if (spans[span].apart && spans[span].begin == at) chooser.part(at);
        chooser.choose(piece, scripts[script].script);
        at = piece.end;
    }
    return items;
}

} // namespace bifolio
