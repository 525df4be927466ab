// bench/typography --vectors DIR: TeX's paragraphs, broken by our optimiser. The last line of the output is
// “equal: N, better: N, worse: N, failed: N”: total demerits by TeX's rules, reckoned from the breaks, beside TeX's own.
#include "line_break_vectors.h"

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

} // namespace

int main(int count, char** arguments) {
    try {
        if (count == 3 && std::string_view(arguments[1]) == "--vectors") return compare_with_tex(arguments[2]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "typography: %s\n", error.what());
        return 3;
    }
    std::fputs("usage: typography --vectors DIR\n", stderr);
    return 2;
}
