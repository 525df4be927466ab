// bench/typography: how evenly the same paragraphs are set by us and, where it is installed, by LuaLaTeX with microtype.
// bench/typography --vectors DIR: TeX's paragraphs, broken by our optimiser. The last line of the output is
// “equal: N, better: N, worse: N, failed: N”: total demerits by TeX's rules, reckoned from the breaks, beside TeX's own.
#include "line_break_vectors.h"
#include "sample_text.h"
#include "typography_figures.h"

#include <cstdio>
#include <exception>
#include <string_view>

using namespace bifolio;
using namespace bifolio::bench;

namespace {

int compare_with_tex(const char* folder) {
    int equal = 0, better = 0, worse = 0, failed = 0;
    for (const LineBreakVector& paragraph : read_line_break_vectors(folder)) {
        const BrokenParagraph broken = break_lines(paragraph.items, {&paragraph.shape, 1}, paragraph.settings);
        std::vector<std::uint32_t> breaks;
        for (const BrokenLine& line : broken.lines) breaks.push_back(line.end);
        const std::int64_t ours = demerits_of(paragraph, breaks);
        const bool both_overfull = ours < 0 && broken.demerits == paragraph.demerits; // no better way was there
        if (breaks == paragraph.breaks || ours == paragraph.demerits || both_overfull) {
            ++equal;
        } else if (ours < 0) {
            ++failed;
            std::printf("%s: our breaks are no way to set it\n", paragraph.id.c_str());
        } else {
            ++(ours < paragraph.demerits ? better : worse);
            std::printf("%s: %lld demerits, TeX %lld\n", paragraph.id.c_str(), static_cast<long long>(ours),
                        static_cast<long long>(paragraph.demerits));
        }
    }
    std::printf("equal: %d, better: %d, worse: %d, failed: %d\n", equal, better, worse, failed);
    return worse + failed == 0 && equal + better > 0 ? 0 : 1;
}

void print_row(const char* who, const Figures& f) {
    std::printf("  %-22s %6d %8.3f %8.3f %8d %8d %9d\n", who, f.lines, f.mean, f.percentile_95, f.hyphens, f.ladders, f.overfull);
}

int compare_with_lualatex() {
    const std::vector<std::string> paragraphs = sample_paragraphs(30);
    std::vector<Setting> settings;
    for (const double picas : {24.0, 18.0, 13.0}) {
        settings.push_back(
            {"TeX Gyre Termes", "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-regular.otf", 10, 12, picas * 12});
        settings.push_back({"EB Garamond", "/usr/share/fonts/opentype/ebgaramond/EBGaramond12-Regular.otf", 10, 12, picas * 12});
    }
    const auto theirs = set_by_lualatex(settings, paragraphs);
    bool good = true;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const Setting& one = settings[i];
        std::printf("%s %g/%g pt, measure %g pt\n", one.family.c_str(), one.size, one.leading, one.measure);
        std::printf("  %-22s %6s %8s %8s %8s %8s %9s\n", "", "lines", "mean|r|", "95%|r|", "hyphens", "ladders", "overfull");
        const Figures ours = set_by_us(one, paragraphs);
        print_row("bifolio", ours);
        if (!theirs) continue;
        const Figures& tex = (*theirs)[i];
        print_row("LuaLaTeX + microtype", tex);
        good = good && ours.mean <= tex.mean && ours.percentile_95 <= tex.percentile_95 && ours.hyphens <= tex.hyphens &&
               ours.ladders <= tex.ladders && ours.overfull <= tex.overfull;
    }
    if (theirs)
        std::printf("ours as good or better on each: %s\n", good ? "yes" : "no");
    else
        std::puts("LuaLaTeX with microtype is not installed: ours alone");
    return good ? 0 : 1;
}

} // namespace

int main(int count, char** arguments) {
    try {
        if (count == 1) return compare_with_lualatex();
        if (count == 3 && std::string_view(arguments[1]) == "--vectors") return compare_with_tex(arguments[2]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "typography: %s\n", error.what());
        return 3;
    }
    std::fputs("usage: typography [--vectors DIR]\n", stderr);
    return 2;
}
