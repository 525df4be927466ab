// Random documents: whatever is put together, nothing is lost, printed twice, laid over something else or off the page. Columns
// and cells are wide enough for a letter.
//   BIFOLIO_TEST_ALL=1      100,000 seeds instead of 1,000
//   BIFOLIO_LAYOUT_SEED=n   only this one, printed with its markup
//   BIFOLIO_LAYOUT_FROM=n   the seeds from this one on
#include "layout/page/paginate_support.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <random>

using namespace bifolio;
using namespace bifolio::test;

namespace {

class Writer {
public:
    explicit Writer(unsigned seed) : random_(seed) {}

    std::string document() {
        std::string out;
        const int sections = pick(1, 3);
        for (int i = 0; i < sections; ++i) out += "<section>" + blocks(pick(1, 9), 0) + "</section>";
        return out;
    }

    std::string sheet() {
        const int margin = pick(0, 12);
        std::string css = "@page { size: " + std::to_string(pick(110, 160)) + "mm " + std::to_string(pick(60, 200)) +
                          "mm; margin: " + std::to_string(margin) + "mm; " +
                          (margin > 6 && pick(0, 1) == 0 ? "@bottom-center { content: counter(page) }" : "") + " } ";
        css += "p { margin: " + std::to_string(pick(0, 9)) +
               "pt 0; text-align: " + one_of({"start", "justify", "center", "end"}) +
               "; hyphens: " + one_of({"none", "manual", "auto"}) + " } ";
        css += "section { break-before: " + one_of({"auto", "page", "recto"}) + " } ";
        css += "aside { padding: 4pt; border: 1pt solid black; margin: 6pt 0; break-inside: " +
               one_of({"auto", "avoid", "-bifolio-never"}) + "; box-decoration-break: " + one_of({"slice", "clone"}) + " } ";
        css += "figure { margin: 6pt 0; float: " + one_of({"none", "snap-block", "top", "bottom"}) + " } ";
        css += ".clear { clear: both } .beside { float: " + one_of({"left", "right"}) + "; width: 20mm } ";
        css += ".columns { column-count: 2; column-gap: 4mm; column-fill: " + one_of({"balance", "auto"}) + " } ";
        css += "table { border-collapse: " + one_of({"collapse", "separate"}) + "; width: " + one_of({"auto", "100%"}) +
               " } td, th { padding: 2pt; border: 0.5pt solid black } ul, ol { padding-left: 14pt } h2 { margin: 8pt 0 2pt } ";
        return css;
    }

private:
    int pick(int least, int most) { return least + static_cast<int>(random_() % static_cast<unsigned>(most - least + 1)); }
    std::string one_of(std::vector<std::string> choices) { return choices[random_() % choices.size()]; }

    std::string word() {
        static const std::vector<std::string> words{
            "a",     "sleep", "medicine",   "the",  "2.5",         "mg",  "≤",
            "night", "often", "doctor",     "pain", "appointment", "for", "methylphenidate",
            "x²",    "naïve", "well-known", "“so”", "الدواء",      "—",   "responsibility"};
        return words[random_() % words.size()];
    }
    std::string words(int count, bool notes) {
        std::string out;
        for (int i = 0; i < count; ++i) {
            const int kind = pick(0, 40);
            if (kind == 0)
                out += "<b>" + word() + "</b> ";
            else if (kind == 1)
                out += "<i>" + word() + " " + word() + "</i> ";
            else if (kind == 2 && notes)
                out += word() + "<note id=\"n" + std::to_string(++notes_) + "\"><p>" + words(pick(1, 25), false) + "</p></note> ";
            else
                out += word() + " ";
        }
        return out;
    }
    std::string paragraph(bool notes = true) { return "<p>" + words(pick(1, 70), notes) + "</p>"; }

    std::string list(int depth) {
        const std::string tag = one_of({"ul", "ol"});
        std::string out = "<" + tag + ">";
        for (int i = pick(1, 6); i > 0; --i)
            out +=
                "<li><p>" + words(pick(1, 20), true) + "</p>" + (depth < 2 && pick(0, 5) == 0 ? list(depth + 1) : "") + "</li>";
        return out + "</" + tag + ">";
    }
    std::string table(int depth) {
        const int columns = pick(1, depth == 0 ? 4 : 2);
        std::string out = "<table>";
        if (pick(0, 1)) out += "<caption>" + words(3, false) + "</caption>";
        const auto row = [&](const std::string& cell) {
            std::string cells = "<tr>";
            for (int i = 0; i < columns; ++i)
                cells += "<" + cell + (columns > 2 && i == 0 && pick(0, 6) == 0 ? (++i, std::string(" colspan=\"2\"")) : "") +
                         ">" + words(pick(1, 9), pick(0, 4) == 0) + "</" + cell + ">";
            return cells + "</tr>";
        };
        if (pick(0, 1)) out += "<thead>" + row("th") + "</thead>";
        out += "<tbody>";
        for (int i = pick(1, 12); i > 0; --i) out += row("td");
        return out + "</tbody></table>";
    }
    std::string blocks(int count, int depth) {
        std::string out;
        for (int i = 0; i < count; ++i) {
            switch (pick(0, depth == 0 ? 11 : 5)) {
            case 0: out += "<h2>" + words(pick(1, 8), false) + "</h2>"; break;
            case 1: out += list(0); break;
            case 2: out += table(depth); break;
            case 3: out += "<blockquote>" + paragraph() + "</blockquote>"; break;
            case 6: out += "<aside>" + blocks(pick(1, 3), depth + 1) + "</aside>"; break;
            case 7:
                out += "<figure><p>" + words(pick(1, 12), false) + "</p><figcaption>" + words(3, pick(0, 3) == 0) +
                       "</figcaption></figure>";
                break;
            case 8: out += "<div class=\"columns\">" + blocks(pick(1, 5), depth + 1) + "</div>"; break;
            case 9:
                out += "<div class=\"beside\">" + paragraph(pick(0, 3) == 0) + "</div>" + paragraph() + "<p class=\"clear\">" +
                       words(3, true) + "</p>";
                break;
            case 10: out += "<pre>" + words(pick(1, 12), false) + "\n  " + words(2, false) + "</pre>"; break;
            default: out += paragraph();
            }
        }
        return out;
    }

    std::mt19937 random_;
    int notes_ = 0;
};

void check(unsigned seed, bool print) {
    Writer writer(seed);
    const std::string markup = writer.document(), css = writer.sheet();
    if (print) std::printf("%s\n%s\n", css.c_str(), markup.c_str());
    const Layout layout = lay_out({markup, css});
    if (print) std::printf("%s\n", dump(layout.pages).c_str());
    const std::vector<std::string> broken = broken_promises(layout);
    if (broken.empty()) return;
    INFO("seed " << seed << ": " << broken.size() << " promises broken");
    FAIL_CHECK(broken.front());
}

} // namespace

TEST_CASE("random documents are printed whole, once and without overlaps") {
    if (const char* seed = std::getenv("BIFOLIO_LAYOUT_SEED")) return check(static_cast<unsigned>(std::atoi(seed)), true);
    const unsigned most = std::getenv("BIFOLIO_TEST_ALL") ? 100'000 : 1'000;
    const char* from = std::getenv("BIFOLIO_LAYOUT_FROM");
    for (unsigned seed = from ? static_cast<unsigned>(std::atoi(from)) : 1; seed <= most; ++seed) check(seed, false);
}
