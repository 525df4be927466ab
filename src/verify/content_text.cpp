#include "verify/content_text.h"

#include "base/utf8.h"
#include "verify/font_facts.h"

#include <algorithm>
#include <atomic>

namespace bifolio {

namespace {

// Which way a glyph's text runs: right to left, left to right (numbers too), or as its neighbours.
enum class Run { neutral, left_to_right, right_to_left };
Run run_of(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode_utf8(text, at);
        const char32_t c = one.code_point;
        at += one.size;
        if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9)) return Run::left_to_right;
        if ((c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFEFF) ||
            (c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000))
            return Run::right_to_left;
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x590 && c != 0xD7 && c != 0xF7) ||
            (c >= 0x900 && c < 0x2000) || (c >= 0x3040 && c < 0xFB00))
            return Run::left_to_right;
    }
    return Run::neutral;
}

// Glyphs of one line as they stand from left to right → their text in the order of reading. Pages draw Arabic and Hebrew so, and
// readers turn it round (ISO 32000-1, 14.8.2.3.3): runs against the line's own direction keep their inner order.
std::string in_reading_order(std::vector<std::string> glyphs) {
    std::vector<Run> runs;
    for (const std::string& glyph : glyphs) runs.push_back(run_of(glyph));
    const bool reversed = std::ranges::count(runs, Run::right_to_left) >= std::ranges::count(runs, Run::left_to_right);
    const Run turned = reversed ? Run::left_to_right : Run::right_to_left;
    if (reversed) {
        std::ranges::reverse(glyphs);
        std::ranges::reverse(runs);
    }
    for (std::size_t begin = 0; begin < glyphs.size(); ++begin) {
        if (runs[begin] != turned) continue;
        std::size_t end = begin + 1; // behind the run's last glyph of its own kind
        for (std::size_t at = end; at < glyphs.size() && (runs[at] == turned || runs[at] == Run::neutral); ++at)
            if (runs[at] == turned) end = at + 1;
        std::reverse(glyphs.begin() + static_cast<std::ptrdiff_t>(begin), glyphs.begin() + static_cast<std::ptrdiff_t>(end));
        begin = end - 1;
    }
    std::string out;
    for (const std::string& glyph : glyphs) out += glyph;
    return out;
}

class TextCollector final : public ContentObserver {
public:
    TextCollector(const PdfFile& file, FontEncodings& encodings) : file_(file), encodings_(encodings) {}

    void operation(const ContentOperation& operation, const ContentState& state) override {
        switch (operation.code) {
        case content_operator("BDC"): begin(state); break;
        case content_operator("Td"):
        case content_operator("TD"):
            if (operation.operands.size() == 2 && PdfObject(file_, operation.operands[1]).number_or(0) != 0) end_line();
            moved_ = true;
            break;
        case content_operator("Tm"):
            if (operation.operands.size() == 6) {
                const double height = PdfObject(file_, operation.operands[5]).number_or(0);
                if (height != height_) end_line();
                height_ = height;
            }
            moved_ = true;
            break;
        case content_operator("'"):
        case content_operator("\""):
        case content_operator("T*"):
            end_line();
            moved_ = true;
            if (operation.code == content_operator("T*")) break;
            [[fallthrough]];
        case content_operator("Tj"):
        case content_operator("TJ"): show(operation, state); break;
        default: break;
        }
    }

    void stream_begins(const ContentState&) override { end_line(); }
    void stream_ends(const ContentState&) override { end_line(); }

    ContentTexts texts;

private:
    // The innermost content item; nullptr: none, or an artifact, or under an ActualText that has been said.
    ContentItemText* item(const ContentState& state, bool for_replacement) {
        const MarkedSequence* found = nullptr;
        for (const MarkedSequence& mark : state.marks) {
            const bool last = &mark == &state.marks.back();
            if (mark.is_artifact) return nullptr;
            if (mark.mcid >= 0) found = &mark;
            if (mark.properties["ActualText"].is_string() && !(for_replacement && last)) return nullptr;
        }
        return found ? &texts[{found->owner, found->mcid}] : nullptr;
    }

    void begin(const ContentState& state) {
        const PdfObject replacement = state.marks.empty() ? PdfObject() : state.marks.back().properties["ActualText"];
        if (replacement.is_string()) add(item(state, true), replacement.text());
    }

    void end_line() {
        if (line_of_ && !line_.empty()) {
            const std::string text = in_reading_order(std::move(line_));
            line_of_->text += text;
            line_of_->spaced += text;
        }
        line_.clear();
        line_of_ = nullptr;
    }

    // Text from right to left waits for the end of its line.
    void add_glyphs(ContentItemText* to, std::vector<std::string> glyphs) {
        if (line_of_ != to) end_line();
        const bool waits =
            line_of_ || std::ranges::any_of(glyphs, [](const std::string& one) { return run_of(one) == Run::right_to_left; });
        std::string text;
        for (std::string& glyph : glyphs) {
            if (waits)
                line_.push_back(std::move(glyph));
            else
                text += glyph;
        }
        if (waits)
            line_of_ = to;
        else
            add(to, text);
    }

    void add(ContentItemText* to, const std::string& text) {
        if (!to) return;
        if (line_of_ == to) {
            line_.push_back(text);
            return;
        }
        end_line();
        if (moved_ && !to->spaced.empty() && !to->spaced.ends_with(' ') && !text.starts_with(' ')) to->spaced += ' ';
        moved_ = false;
        to->text += text;
        to->spaced += text;
    }

    void show(const ContentOperation& operation, const ContentState& state) {
        if (operation.operands.empty() || !state.graphics.font.is_dictionary()) return;
        ContentItemText* to = item(state, false);
        if (!to) return;
        const PdfValue& shown = operation.operands.back();
        if (const std::string* text = shown.as<std::string>()) return add_glyphs(to, decoded(state.graphics.font, *text));
        constexpr double gap = -200; // thousandths of the em: more than any kerning
        if (const PdfArray* parts = shown.array())
            for (const PdfValue& part : *parts) {
                if (const std::string* text = part.as<std::string>())
                    add_glyphs(to, decoded(state.graphics.font, *text));
                else if (const auto move = PdfObject(file_, part).number(); move && *move < gap)
                    moved_ = true;
            }
    }

    std::vector<std::string> decoded(const PdfObject& font, std::string_view text) {
        Opened& opened = fonts_[font.value()];
        if (!opened.facts) {
            opened.used.font = font;
            opened.used.encoding = &encodings_.of(font);
            opened.facts = std::make_unique<FontFacts>(file_, opened.used);
        }
        std::vector<std::string> out;
        const FontEncodings::Encoding& encoding = *opened.used.encoding;
        for (std::size_t at = 0; at < text.size();) {
            CharacterCode code{static_cast<unsigned char>(text[at]), 1};
            if (encoding.cmap)
                code = encoding.cmap->next_code(text, at);
            else if (encoding.composite && at + 1 < text.size()) {
                code = {code.value << 8 | static_cast<unsigned char>(text[at + 1]), 2};
                at += 2;
            } else
                ++at;
            auto known = opened.known.find(code);
            if (known == opened.known.end())
                known = opened.known.emplace(code, opened.facts->unicode(code).value_or("\xEF\xBF\xBD")).first;
            out.push_back(known->second);
        }
        return out;
    }

    struct Opened {
        UsedFont used;
        std::unique_ptr<FontFacts> facts;
        std::map<CharacterCode, std::string> known;
    };
    const PdfFile& file_;
    FontEncodings& encodings_;
    std::map<const PdfValue*, Opened> fonts_;
    bool moved_ = false;
    double height_ = 0;             // of the last Tm
    std::vector<std::string> line_; // glyphs that wait, from left to right
    ContentItemText* line_of_ = nullptr;
};

} // namespace

ContentTexts read_content_texts(const PdfFile& file, const TaskPool& pool) {
    const std::size_t pages = file.pages().size(), stretch = std::clamp<std::size_t>(pages / (pool.threads() * 4 + 1), 1, 256);
    FontEncodings encodings(file);
    std::atomic<std::uint64_t> drawn{0};
    std::vector<ContentTexts> read = pool.map((pages + stretch - 1) / stretch, [&](std::size_t task) {
        TextCollector collector(file, encodings);
        ContentReader reader(file, {&collector}, drawn);
        for (std::size_t page = task * stretch; page < std::min(pages, (task + 1) * stretch); ++page) reader.read_page(page + 1);
        return std::move(collector.texts);
    });
    ContentTexts out;
    for (ContentTexts& one : read) out.merge(one); // a form drawn on several pages is read once
    return out;
}

} // namespace bifolio
