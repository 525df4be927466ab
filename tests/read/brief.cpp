#include "brief.h"

#include "read/read_html.h"
#include "read/read_markdown.h"

#include <algorithm>

namespace bifolio::test {

namespace {

std::string brief(const Blocks& blocks, const Diagnostics& diagnostics, std::string_view source) {
    Article article;
    article.body = blocks;
    std::string dumped = dump(article), out;
    dumped.erase(0, dumped.find("body\n") + 5);
    std::size_t depth = 1;
    for (std::size_t begin = 0; begin < dumped.size();) {
        const std::size_t end = dumped.find('\n', begin), first = dumped.find_first_not_of(' ', begin);
        const std::size_t next = (first - begin) / 2;
        if (next > depth) out += '(';
        for (; depth > next; --depth) out += ')';
        if (!out.empty() && out.back() != '(') out += ", ";
        depth = next;
        const std::string line = dumped.substr(first, end - first);
        out += line.substr(0, line.rfind(" @"));
        begin = end + 1;
    }
    for (; depth > 1; --depth) out += ')';
    for (const Diagnostic& d : diagnostics.all())
        out += " ! " + d.code.substr(5) + " \"" + std::string(source.substr(d.where.begin, d.where.end - d.where.begin)) + "\"";
    return out;
}

} // namespace

std::string brief_markdown(std::string_view source) {
    Diagnostics diagnostics;
    const Blocks blocks = read_markdown({SourceId{1}, source, {}}, {{"clinic."}, "a.md"}, diagnostics);
    return brief(blocks, diagnostics, source);
}

std::string brief_html(std::string_view source) {
    Diagnostics diagnostics;
    const Blocks blocks = read_html({SourceId{1}, source, {}}, {{"clinic."}, "a.html"}, diagnostics);
    return brief(blocks, diagnostics, source);
}

} // namespace bifolio::test
