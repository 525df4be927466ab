#include "typography_figures.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace bifolio::bench {

namespace {

// Every line as it stands behind the line breaker: the mean of its word spaces against the font's own, a hyphen at its end, wider
// than its measure, last of its paragraph.
constexpr std::string_view preamble = R"TEX(\documentclass{article}
\usepackage{fontspec}
\usepackage{microtype}
\UseMicrotypeSet{all}
\usepackage{luacode}
\frenchspacing
\hbadness=10000 \hfuzz=\maxdimen \parskip=0pt
\begin{luacode*}
local out = io.open("lines.txt", "w")
function bifolio_setting(n) out:write("setting ", n, "\n") end
function bifolio_close() out:close() end
local glue, hlist, glyph = node.id("glue"), node.id("hlist"), node.id("glyph")
luatexbase.add_to_callback("post_linebreak_filter", function(head)
  local lines = {}
  for line in node.traverse_id(hlist, head) do
    if line.subtype == 1 then table.insert(lines, line) end
  end
  for i, line in ipairs(lines) do
    local sum, count, char, width = 0, 0, 0, 0
    for n in node.traverse(line.head) do
      if n.id == glyph then char = n.char end
      if n.id == glue and n.subtype == 13 then
        local change = 0
        if line.glue_sign == 1 and line.glue_order == 0 then change = n.stretch * line.glue_set / n.width end
        if line.glue_sign == 2 and line.glue_order == 0 then change = - n.shrink * line.glue_set / n.width end
        sum = sum + change
        count = count + 1
        width = width + n.width
      end
    end
    local change = count > 0 and sum / count or 0
    local natural = node.dimensions(line.glue_set, line.glue_sign, line.glue_order, line.head)
    local excess = natural - line.width
    if excess > 6554 and width > 0 then change = change - excess / width end
    local hyphen = (char == 0x2D or char == 0x2010) and i < #lines
    out:write(string.format("%.6f %d %d %d\n", change, hyphen and 1 or 0, excess > 6554 and 1 or 0,
      i == #lines and 1 or 0))
  end
  return true
end, "bifolio figures")
\end{luacode*}
\begin{document}
)TEX";

std::string document(const std::vector<Setting>& settings, const std::vector<std::string>& paragraphs) {
    std::string tex(preamble);
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const Setting& one = settings[i];
        const std::filesystem::path file(one.file);
        tex += "{\\fontspec{" + file.filename().string() + "}[Path=" + file.parent_path().string() + "/]";
        tex += "\\fontsize{" + std::to_string(one.size) + "bp}{" + std::to_string(one.leading) + "bp}\\selectfont\n";
        tex += "\\hsize=" + std::to_string(one.measure) + "bp \\parindent=0pt \\directlua{bifolio_setting(" + std::to_string(i) +
               ")}\n";
        for (std::size_t p = 0; p < paragraphs.size(); ++p) tex += (p == 1 ? "\\parindent=1em " : "") + paragraphs[p] + "\\par\n";
        tex += "}\\clearpage\n";
    }
    return tex + "\\directlua{bifolio_close()}\n\\end{document}\n";
}

std::vector<Figures> read_lines(const std::filesystem::path& file, std::size_t settings) {
    std::ifstream in(file);
    std::vector<Figures> out;
    std::vector<LineFigure> lines;
    std::string first;
    while (in >> first) {
        if (first == "setting") {
            int number = 0;
            in >> number;
            if (number > 0) out.push_back(figures_of(lines));
            lines.clear();
            continue;
        }
        LineFigure line;
        const double change = std::stod(first);
        line.ratio = change > 0 ? change * 2 : change * 3;
        int hyphen = 0, overfull = 0, last = 0;
        in >> hyphen >> overfull >> last;
        line.hyphen = hyphen;
        line.overfull = overfull;
        line.last = last;
        lines.push_back(line);
    }
    out.push_back(figures_of(lines));
    if (out.size() != settings) throw std::runtime_error("lualatex set " + std::to_string(out.size()) + " settings");
    return out;
}

} // namespace

std::optional<std::vector<Figures>> set_by_lualatex(const std::vector<Setting>& settings,
                                                    const std::vector<std::string>& paragraphs) {
    if (std::system("kpsewhich microtype.sty fontspec.sty > /dev/null 2>&1 && command -v lualatex > /dev/null 2>&1") != 0)
        return std::nullopt;
    const auto folder = std::filesystem::temp_directory_path() / ("bifolio-typography-" + std::to_string(getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "sample.tex") << document(settings, paragraphs);
    const std::string command =
        "cd '" + folder.string() + "' && lualatex -interaction=batchmode -halt-on-error sample.tex > out.txt 2>&1";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("lualatex failed; see " + folder.string());
    std::vector<Figures> figures = read_lines(folder / "lines.txt", settings.size());
    std::filesystem::remove_all(folder);
    return figures;
}

} // namespace bifolio::bench
