#include "proof/page_text.h"

#include "base/utf8.h"
#include "proof/page_cover.h"
#include "verify/content_reader.h"
#include "verify/font_facts.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <set>

namespace bifolio {

namespace {

constexpr std::int64_t most_items = 1'000'000; // of one page

// The characters that a font's codes stand for.
class FontText {
public:
    FontText(const PdfFile& file, const PdfObject& font, FontEncodings& encodings) : encoding_(encodings.of(font)) {
        used_.font = font;
        used_.encoding = &encoding_;
        facts_ = std::make_unique<FontFacts>(file, used_);
    }
    template <class Take>
    void decode(std::string_view shown, const Take& take) {
        for (std::size_t at = 0; at < shown.size();) {
            CharacterCode code{static_cast<unsigned char>(shown[at]), 1};
            if (encoding_.cmap) {
                code = encoding_.cmap->next_code(shown, at);
            } else if (encoding_.composite && at + 1 < shown.size()) {
                code = {code.value << 8 | static_cast<unsigned char>(shown[at + 1]), 2};
                at += 2;
            } else {
                ++at;
            }
            auto known = known_.find(code);
            if (known == known_.end())
                known = known_
                            .emplace(code, Said{to_utf32(facts_->unicode(code).value_or("\xEF\xBF\xBD")),
                                                facts_->dictionary_width(code).value_or(0) / 1000})
                            .first;
            take(known->second.text, known->second.width);
        }
    }

private:
    const FontEncodings::Encoding& encoding_;
    UsedFont used_;
    std::unique_ptr<FontFacts> facts_;
    struct Said {
        std::u32string text;
        double width; // em
    };
    std::map<CharacterCode, Said> known_;
};

using Matrix = PageMatrix;

class PageTextReader final : public ContentObserver {
public:
    PageTextReader(const PdfFile& file, FontEncodings& encodings, std::atomic<std::uint64_t>& cover_work)
        : file_(file), encodings_(encodings), cover_(cover_work, file.limits().cover_steps) {}

    void begin_page(const PdfObject& object) {
        page = {};
        page.owner = object.id();
        PdfObject box = file_.inherited(object, "CropBox");
        if (!box.is_array()) box = file_.inherited(object, "MediaBox");
        for (std::size_t i = 0; i < 4; ++i) edges_[i] = box.at(i).number_or(0);
        spoken_ = {};
        matrices_.assign(1, {1, 0, 0, 1, 0, 0});
        artifact_.clear();
        last_y_ = std::nan("");
        moved_ = true;
        cover_.begin_page();
        spacing_.assign(1, 0);
        forms_.clear();
        for (const PdfObject& annotation : file_.annotations(object))
            if (!annotation["Subtype"].is_name("Link") || !annotation["AP"].is_null())
                page.found.annotation = annotation["Subtype"].name();
    }
    void end_page() {
        page.found.clipped = cover_.clipped();
        page.found.covered = cover_.covered();
        page.found.is_cover_known = cover_.is_known();
    }

    void operation(const ContentOperation& operation, const ContentState& state) override {
        switch (operation.code) {
        case content_operator("q"): save(); break;
        case content_operator("Q"): restore(); break;
        case content_operator("Tc"): spacing_.back() = number(operation, 0); break;
        case content_operator("cm"): matrices_.back() = product(matrix_of(operation), matrices_.back()); break;
        case content_operator("BT"): set_line({1, 0, 0, 1, 0, 0}); break;
        case content_operator("Tm"): set_line(matrix_of(operation)); break;
        case content_operator("Td"):
        case content_operator("TD"): set_line(product({1, 0, 0, 1, number(operation, 0), number(operation, 1)}, line_)); break;
        case content_operator("T*"):
            moved_ = next_line_ = true;
            pen_ = 0;
            break;
        case content_operator("BDC"): speak(state); break;
        case content_operator("EMC"): end_mark(state); break;
        case content_operator("Do"):
            cover_by(state.resources["XObject"][name_of(operation)], state);
            draw(state.resources["XObject"][name_of(operation)].id(), state);
            break;
        case inline_image_operator: draw({}, state); break;
        case content_operator("'"):
        case content_operator("\""): moved_ = next_line_ = true; [[fallthrough]];
        case content_operator("Tj"):
        case content_operator("TJ"): show(operation, state); break;
        default:
            if (state.source == ContentSource::page || state.source == ContentSource::form) path(operation, state);
        }
    }
    void stream_begins(const ContentState& state) override {
        save();
        if (state.source != ContentSource::form) return;
        matrices_.back() = form_matrix(state.stream);
        cover_.clip_to(box_of(state.stream), matrices_.back());
    }
    void stream_ends(const ContentState&) override { restore(); }

    PageText page;
    bool ignores_colours = false; // they are inks

private:
    double number(const ContentOperation& operation, std::size_t at) const {
        return at < operation.operands.size() ? PdfObject(file_, operation.operands[at]).number_or(0) : 0;
    }
    Matrix matrix_of(const ContentOperation& operation) const {
        Matrix out{};
        for (std::size_t i = 0; i < 6; ++i) out[i] = number(operation, i);
        return out;
    }
    void set_line(const Matrix& matrix) {
        line_ = matrix;
        moved_ = true;
        pen_ = 0;
    }
    void save() {
        matrices_.push_back(matrices_.back());
        spacing_.push_back(spacing_.back());
        cover_.save();
    }
    void restore() {
        if (matrices_.size() < 2) return;
        matrices_.pop_back();
        spacing_.pop_back();
        cover_.restore();
    }

    static bool is_opaque(const GraphicsState& graphics) {
        return graphics.fill_alpha.number_or(1) >= 1 && !graphics.soft_mask.is_dictionary() &&
               (graphics.fill.pattern.is_null() || graphics.fill.pattern["PatternType"].number_or(0) == 2) && // no tiles
               (!graphics.blend_mode.is_name() || graphics.blend_mode.is_name("Normal"));
    }
    void path(const ContentOperation& operation, const ContentState& state) {
        if (operation.code == content_operator("sh") && is_opaque(state.graphics)) cover_.shading();
        std::array<double, 6> numbers{};
        for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = number(operation, i);
        cover_.path_operation(operation.code, numbers, matrices_.back(), is_opaque(state.graphics));
    }

    std::string_view name_of(const ContentOperation& operation) const {
        return operation.operands.empty() ? "" : PdfObject(file_, operation.operands[0]).name();
    }

    // From the form's coordinates to the page's.
    Matrix form_matrix(const PdfObject& form) const {
        const PdfObject matrix = form["Matrix"];
        if (!matrix.is_array()) return matrices_.back();
        Matrix own{};
        for (std::size_t i = 0; i < 6; ++i) own[i] = matrix.at(i).number_or(0);
        return product(own, matrices_.back());
    }
    static PageCover::Box box_of(const PdfObject& form) {
        PageCover::Box box{};
        for (std::size_t i = 0; i < 4; ++i) box[i] = form["BBox"].at(i).number_or(0);
        return box;
    }

    void cover_by(const PdfObject& object, const ContentState& state) {
        const bool is_picture = object["Subtype"].is_name("Image"), is_drawn = state.source <= ContentSource::form;
        if (is_drawn && object["Subtype"].is_name("Form") && !forms_.insert(object.id()).second)
            cover_.drawn_again(box_of(object), form_matrix(object));
        const bool is_masked = !object["SMask"].is_null() || !object["Mask"].is_null() || !object["ImageMask"].is_null() ||
                               !object["SMaskInData"].is_null();
        if (is_picture && is_drawn && !is_masked && is_opaque(state.graphics)) cover_.picture(matrices_.back());
    }

    void draw(ObjectId object, const ContentState& state) {
        if (state.depth > 0) return;
        page.found.pictures.push_back(object);
        ContentItem* item = item_of(state);
        if (!item) return;
        ++item->drawn;
        if (object != ObjectId{}) item->objects.push_back(object);
    }

    TextLook look_of(const GraphicsState& graphics) const {
        TextLook look;
        const std::vector<double>& parts = graphics.fill.components;
        const auto channel = [](double part) {
            return static_cast<std::uint32_t>(std::clamp(std::lround(part * 255), 0L, 255L));
        };
        if (graphics.fill.space == "DeviceGray" && parts.size() == 1)
            look.colour = channel(parts[0]) * 0x10101;
        else if (graphics.fill.space == "DeviceRGB" && parts.size() == 3)
            look.colour = channel(parts[0]) << 16 | channel(parts[1]) << 8 | channel(parts[2]);
        else if (!ignores_colours)
            look.colour = 0x100'0000; // none that a screen's file has
        if (ignores_colours) look.colour = 0;
        look.opacity =
            graphics.rendering_mode == 3 || graphics.rendering_mode == 7 ? 0 : percent(graphics.fill_alpha.number_or(1));
        const Matrix whole = product(line_, matrices_.back());
        look.is_tiny = is_tiny(graphics.font_size * std::hypot(whole[2], whole[3]));
        return look;
    }

    // Text of the page's own content that is no artifact, as it is shown.
    void look_at(std::u32string_view characters, const ContentState& state) {
        const std::uint64_t number = number_of(look_of(state.graphics));
        const Matrix whole = product(line_, matrices_.back());
        const bool is_outside =
            whole[4] < edges_[0] - 1 || whole[5] < edges_[1] - 1 || whole[4] > edges_[2] + 1 || whole[5] > edges_[3] + 1;
        std::uint64_t sum = 0;
        for (const char32_t c : characters) {
            if (!is_counted(c)) continue;
            sum += sum_of(c);
            if (is_outside) append_utf8(page.found.outside, c);
        }
        if (sum == 0) return;
        page.found.looks.sum += sum * number;
        page.found.looks.all.insert(number);
    }

    // What is shown under an ActualText.
    struct Spoken {
        std::u32string says, shows;
        std::size_t depth = 0;  // of the marked sequence; 0: none
        std::uint64_t look = 0; // 0: nothing was shown yet
    };
    void show_spoken(FontText& font, const ContentOperation& operation, const ContentState& state) {
        if (spoken_.depth == 0) return;
        const std::uint64_t look = number_of(look_of(state.graphics));
        if (spoken_.look == 0)
            look_at(spoken_.says, state);
        else if (spoken_.look != look) {
            page.found.looks.is_mixed = true;
            page.found.looks.all.insert(look);
        }
        spoken_.look = look;
        each_shown(operation, state, [&](const std::string& bytes) {
            font.decode(bytes, [&](const std::u32string& says, double width) {
                spoken_.shows += says;
                ++page.found.looks.glyphs;
                place(says, width, state);
            });
        });
    }

    // Glyphs that say nothing by themselves may stand for anything, and an accented one for its letter and its accent. Plain
    // letters and digits must say what is said, but for the number of a letter that no font has.
    void end_spoken() {
        std::u32string says, shows;
        for (const char32_t c : spoken_.says)
            if (is_compared(c)) says += c;
        for (const char32_t c : spoken_.shows)
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) shows += c;
        const bool is_number = shows.size() > 4 && spoken_.says.find(numbered(shows)) != std::u32string::npos;
        std::ranges::sort(says);
        std::ranges::sort(shows);
        const bool is_plain = std::ranges::all_of(says, [](char32_t c) { return c < 0x80; }); // no accent that glyphs take apart
        if (is_plain && !is_number && page.found.misspoken.empty() && !std::ranges::includes(says, shows))
            for (const char32_t c : spoken_.shows) append_utf8(page.found.misspoken, c);
        spoken_ = {};
    }

    // “U0378” → U+0378; U+10FFFF: no number.
    static char32_t numbered(std::u32string_view shown) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        constexpr char32_t none = 0x10FFFF;
        if (shown.front() != 'U' || shown.size() > 7) return none;
        char32_t out = 0;
        for (const char32_t c : shown.substr(1)) {
            const std::size_t value = c < 0x80 ? digits.find(static_cast<char>(c)) : std::string_view::npos;
            if (value == std::string_view::npos) return none;
            out = out * 16 + static_cast<char32_t>(value);
        }
        return out;
    }

    template <class Take>
    void each_shown(const ContentOperation& operation, const ContentState& state, const Take& take) {
        const PdfValue& shown = operation.operands.back();
        if (const std::string* bytes = shown.as<std::string>()) take(*bytes);
        const PdfArray* parts = shown.array();
        if (!parts) return;
        for (const PdfValue& part : *parts) {
            if (const std::string* bytes = part.as<std::string>())
                take(*bytes);
            else
                pen_ -= PdfObject(file_, part).number_or(0) / 1000 * state.graphics.font_size;
        }
    }

    // The next glyph, `width` em wide.
    void place(std::u32string_view says, double width, const ContentState& state) {
        const double size = state.graphics.font_size;
        if (!says.empty() && is_compared(says.front())) {
            const Matrix origin = product(product({1, 0, 0, 1, pen_, 0}, line_), matrices_.back());
            cover_.glyph(origin, width * size, size, says.front());
        }
        pen_ += width * size + spacing_.back();
    }

    static bool is_artifact(const ContentState& state) { return std::ranges::any_of(state.marks, &MarkedSequence::is_artifact); }

    // The innermost content item; nullptr: none.
    ContentItem* item_of(const ContentState& state) {
        for (auto mark = state.marks.rbegin(); mark != state.marks.rend(); ++mark) {
            if (mark->mcid < 0) continue;
            if (mark->owner != page.owner || mark->mcid > most_items) return nullptr;
            const auto at = static_cast<std::size_t>(mark->mcid);
            if (page.items.size() <= at) page.items.resize(at + 1);
            return &page.items[at];
        }
        return nullptr;
    }

    void speak(const ContentState& state) {
        if (state.marks.empty()) return;
        const PdfObject says = state.marks.back().properties["ActualText"];
        if (!says.is_string()) return;
        for (const MarkedSequence& mark : state.marks)
            if (&mark != &state.marks.back() && mark.properties["ActualText"].is_string()) return;
        ShownRun run;
        run.characters = to_utf32(says.text());
        if (state.depth == 0 && !is_artifact(state)) spoken_ = {run.characters, {}, state.marks.size(), 0};
        run.runs_left = std::ranges::any_of(run.characters, is_right_to_left_letter);
        run.is_spoken = true;
        waits_for_place_ = true;
        add(std::move(run), state);
        moved_ = true;
    }

    void end_mark(const ContentState& state) {
        moved_ = true;
        if (spoken_.depth > 0 && state.marks.size() == spoken_.depth) end_spoken();
        if (state.marks.empty() || !state.marks.back().is_artifact || artifact_.empty()) return;
        const bool printers_mark = state.marks.back().properties["Type"].is_name("Page");
        if (std::string text = compared_text(artifact_); !text.empty() && !printers_mark)
            page.found.artifacts.push_back(std::move(text));
        artifact_.clear();
    }

    void add(ShownRun run, const ContentState& state) {
        if (state.depth > 0) { // the words of a drawing, which its alternative text stands for
            for (const char32_t c : run.characters)
                if (is_counted(c)) page.found.drawn_words += sum_of(c);
            return;
        }
        if (is_artifact(state)) {
            for (const char32_t c : run.characters) append_utf8(artifact_, c);
            return;
        }
        ContentItem* item = item_of(state);
        if (!item) {
            for (const char32_t c : run.characters)
                if (is_counted(c)) page.stray += c;
            return;
        }
        item->runs.push_back(std::move(run));
    }

    void show(const ContentOperation& operation, const ContentState& state) {
        if (operation.operands.empty()) return;
        const double y = product(line_, matrices_.back())[5];
        const bool new_line = next_line_ || std::isnan(last_y_) || std::abs(y - last_y_) > 0.01;
        next_line_ = false;
        last_y_ = y;
        const bool under_spoken = std::ranges::any_of(
            state.marks, [](const MarkedSequence& mark) { return mark.properties["ActualText"].is_string(); });
        if (under_spoken) {
            if (ContentItem* item = item_of(state); item && waits_for_place_ && !item->runs.empty() && new_line)
                item->runs.back().begins_line = true;
            waits_for_place_ = false;
        }
        if (!state.graphics.font.is_dictionary()) return;
        const PdfValue* font = state.graphics.font.value();
        auto& text = fonts_[font];
        if (!text) text = std::make_unique<FontText>(file_, state.graphics.font, encodings_);
        if (under_spoken) return show_spoken(*text, operation, state);
        ContentItem* item = is_artifact(state) || state.depth > 0 ? nullptr : item_of(state);
        ShownRun own;
        const bool goes_on = item && !moved_ && !item->runs.empty() && !item->runs.back().is_spoken;
        ShownRun& run = goes_on ? item->runs.back() : own;
        if (!goes_on) run.begins_line = new_line;
        moved_ = false;
        const auto take = [&](const std::u32string& says, double width) {
            if (state.depth == 0) place(says, width, state);
            page.found.looks.glyphs += item ? 1 : 0;
            run.glyph_begins.push_back(static_cast<std::uint32_t>(run.characters.size()));
            for (const char32_t c : says) {
                run.runs_left = run.runs_left || is_right_to_left_letter(c);
                const bool digit = (c > 0x2F && c < 0x3A) || (c >= 0x660 && c < 0x66A) || (c >= 0x6F0 && c < 0x6FA);
                const bool letter = !is_arabic_separator(c) && !is_combining(c) &&
                                    ((c > 0x40 && c < 0x5B) || (c > 0x60 && c < 0x7B) || (c >= 0xC0 && c < 0x2000) || c > 0x2E80);
                run.has_letter = run.has_letter || letter || digit;
                run.runs_right = run.runs_right || (letter && !digit && !is_right_to_left_letter(c));
            }
            run.characters += says;
        };
        const std::size_t before = run.characters.size();
        each_shown(operation, state, [&](const std::string& bytes) { text->decode(bytes, take); });
        if (item) look_at(std::u32string_view(run.characters).substr(before), state);
        if (!goes_on) add(std::move(own), state);
    }

    const PdfFile& file_;
    FontEncodings& encodings_;
    std::map<const PdfValue*, std::unique_ptr<FontText>> fonts_;
    std::vector<Matrix> matrices_{{1, 0, 0, 1, 0, 0}};
    Matrix line_{1, 0, 0, 1, 0, 0};
    double pen_ = 0;                 // from the begin of the line, in the text's coordinates
    std::vector<double> spacing_{0}; // of characters
    PageCover cover_;
    std::set<ObjectId> forms_; // drawn on this page
    std::string artifact_;
    Spoken spoken_;
    std::array<double, 4> edges_{}; // of the page
    double last_y_ = std::nan("");
    bool moved_ = true, next_line_ = false, waits_for_place_ = false;
};

} // namespace

std::vector<PageText> read_page_texts(const PdfFile& file, const ReadingHints& hints, const TaskPool& pool) {
    const std::size_t pages = file.pages().size(), stretch = std::clamp<std::size_t>(pages / (pool.threads() * 4 + 1), 1, 256);
    FontEncodings encodings(file);
    std::atomic<std::uint64_t> drawn{0}, cover_work{0};
    std::vector<std::vector<PageText>> read = pool.map((pages + stretch - 1) / stretch, [&](std::size_t task) {
        PageTextReader reader(file, encodings, cover_work);
        reader.ignores_colours = hints.ignores_colours;
        ContentReader content(file, {&reader}, drawn);
        std::vector<PageText> out;
        for (std::size_t page = task * stretch; page < std::min(pages, (task + 1) * stretch); ++page) {
            reader.begin_page(file.pages()[page]);
            content.read_page(page + 1);
            reader.end_page();
            out.push_back(std::move(reader.page));
        }
        return out;
    });
    std::vector<PageText> texts;
    texts.reserve(pages);
    for (auto& some : read) std::ranges::move(some, std::back_inserter(texts));
    return texts;
}

} // namespace bifolio
