#include "proof/found_pdf.h"

#include "base/utf8.h"
#include "io/limits.h"
#include "proof/expected_text.h"
#include "proof/page_text.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <set>

namespace bifolio {

namespace {

bool is_inline(std::string_view type) {
    constexpr std::array<std::string_view, 13> types{"Span", "Link", "Reference", "Quote", "Code", "Ruby",     "RB",
                                                     "RT",   "RP",   "Lbl",       "Annot", "Form", "NonStruct"};
    return std::ranges::find(types, type) != types.end();
}

// Walks the structure tree in its order.
class TreeReader {
public:
    TreeReader(const PdfFile& file, const Structure& structure, std::vector<PageText>& pages, bool turns_text, FoundPdf& out)
        : file_(file), structure_(structure), pages_(pages), turns_text_(turns_text), out_(out), writer_(out.text) {
        for (std::size_t i = 0; i < pages.size(); ++i) page_of_.emplace(pages[i].owner, i);
    }
    void read() {
        for (const std::size_t element : structure_.top()) read_element(element, 0);
    }

private:
    void read_element(std::size_t index, int depth) {
        if (depth > limits::pdf_nesting * 4) return;
        const StructureElement& element = structure_[index];
        const std::string& type = element.standard.empty() ? element.type : element.standard;
        const bool block = !is_inline(type);
        if (block && type != "Figure") writer_.boundary();
        const bool figure = type == "Figure" || type == "Formula";
        const std::optional<std::size_t> outer = picture_;
        if (figure) {
            picture_ = out_.pictures.size();
            out_.pictures.push_back(
                {element.object["Alt"].text(), static_cast<std::uint32_t>(file_.page_number(element.page)), 0});
        }
        const std::size_t labels = out_.labels.size(), tokens = out_.text.tokens.size();
        if (const int level = heading_level(type); level > 0) label("H" + std::to_string(level));
        if (const PdfObject expansion = element.object["E"]; expansion.is_string()) label(expansion.text());
        const PdfObject says = element.object["ActualText"];
        if (says.is_string()) writer_.text(says.text());
        for (const StructureKid& kid : element.kids) {
            if (kid.kind == StructureKid::Kind::content) read_content(kid, says.is_string());
            if (kid.kind == StructureKid::Kind::element && kid.element != StructureElement::none)
                read_element(kid.element, depth + 1);
        }
        picture_ = outer;
        if (out_.text.tokens.size() == tokens) { // of nothing nothing is said
            out_.labels.resize(labels);
            out_.text.places.resize(labels);
        }
        if (block && type != "Figure") writer_.boundary();
    }

    void label(std::string name) {
        out_.labels.push_back(std::move(name));
        out_.text.places.push_back(static_cast<std::uint32_t>(out_.text.tokens.size()));
    }

    void read_content(const StructureKid& kid, bool is_said) {
        const auto page = page_of_.find(kid.owner);
        if (page == page_of_.end() || kid.mcid < 0) return;
        std::vector<ContentItem>& items = pages_[page->second].items;
        if (static_cast<std::size_t>(kid.mcid) >= items.size()) return;
        ContentItem& item = items[static_cast<std::size_t>(kid.mcid)];
        item.is_read = true;
        if (picture_) {
            FoundPicture& picture = out_.pictures[*picture_];
            picture.drawn += item.drawn;
            picture.objects.insert(picture.objects.end(), item.objects.begin(), item.objects.end());
        }
        if (is_said) return;
        writer_.place(static_cast<std::uint32_t>(page->second + 1));
        if (page->second != last_page_) writer_.line();
        last_page_ = page->second;
        for (const ShownRun& run : item.runs) write(run);
    }

    void write(const ShownRun& run) {
        if (run.begins_line) writer_.line();
        const auto begin = static_cast<std::uint32_t>(out_.text.tokens.size());
        // Brackets and the like run as the words before them.
        if (run.runs_left || run.runs_right) runs_left_ = run.runs_left;
        const bool is_turned = !run.is_spoken && (run.runs_left || (!run.has_letter && runs_left_));
        if (is_turned) {
            for (std::size_t i = run.glyph_begins.size(); i-- > 0;) {
                const std::size_t end = i + 1 < run.glyph_begins.size() ? run.glyph_begins[i + 1] : run.characters.size();
                for (std::size_t at = run.glyph_begins[i]; at < end; ++at) writer_.character(run.characters[at]);
            }
        } else {
            for (const char32_t c : run.characters) writer_.character(c);
        }
        const auto end = static_cast<std::uint32_t>(out_.text.tokens.size());
        if (run.is_spoken || end == begin || (!turns_text_ && run.has_letter)) return;
        const auto is_space = [](char32_t c) { return c == ' '; };
        UndirectedRun undirected{begin, end, 0, 0};
        undirected.leading =
            static_cast<std::uint32_t>(std::ranges::find_if_not(run.characters, is_space) - run.characters.begin());
        undirected.trailing = static_cast<std::uint32_t>(
            std::find_if_not(run.characters.rbegin(), run.characters.rend(), is_space) - run.characters.rbegin());
        if (is_turned) std::swap(undirected.leading, undirected.trailing);
        if (end - begin > 1 || undirected.leading != undirected.trailing) out_.text.undirected.push_back(undirected);
    }

    const PdfFile& file_;
    const Structure& structure_;
    std::vector<PageText>& pages_;
    bool turns_text_;
    FoundPdf& out_;
    FoundWriter writer_;
    std::map<ObjectId, std::size_t> page_of_;
    std::optional<std::size_t> picture_;
    std::size_t last_page_ = static_cast<std::size_t>(-1);
    bool runs_left_ = false; // the last words
};

} // namespace

FoundPdf found_pdf(const PdfFile& file, const Structure& structure, const ReadingHints& hints, const TaskPool& pool) {
    std::vector<PageText> texts = read_page_texts(file, hints, pool);
    FoundPdf out;
    TreeReader(file, structure, texts, hints.turns_text, out).read();
    std::set<ObjectId> seen;
    for (PageText& text : texts) {
        FoundPage& page = out.pages.emplace_back(std::move(text.found));
        page.is_repeated = !seen.insert(text.owner).second;
        std::ranges::sort(page.artifacts);
        for (const char32_t c : text.stray) append_utf8(page.unread, c);
        for (const ContentItem& item : text.items)
            for (const ShownRun& run : item.runs) {
                for (const char32_t c : run.characters) {
                    if (!is_counted(c)) continue;
                    page.sum += sum_of(c);
                    if (!item.is_read && !page.is_repeated) append_utf8(page.unread, c);
                }
            }
    }
    return out;
}

} // namespace bifolio
