#include "read/summary.h"

#include "base/utf8.h"
#include "read/embedded_markdown.h"
#include "read/paths.h"

#include <set>

namespace bifolio {

namespace {

class SummaryReader {
public:
    explicit SummaryReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    Summary read(const Blocks& blocks) {
        read_blocks(blocks, false);
        std::erase_if(made_.parts, [](const PlannedPart& part) { return part.articles.empty() && part.title.value.empty(); });
        return std::move(made_);
    }

private:
    // Headings, paragraphs and lists; mdBook looks at nothing else either.
    void read_blocks(const Blocks& blocks, bool in_list) {
        for (const Block& block : blocks) {
            if (const auto* heading = std::get_if<Heading>(&block.node)) read_heading(block, *heading);
            if (const auto* paragraph = std::get_if<Paragraph>(&block.node)) read_inlines(paragraph->body, in_list);
            if (const auto* list = std::get_if<List>(&block.node)) {
                seen_list_ = true;
                for (const ListItem& item : list->items) read_blocks(item.body, true);
            }
        }
    }

    void read_heading(const Block& block, const Heading& heading) {
        const std::string title = collapsed(plain_text(heading.title));
        if (!seen_heading_ && !seen_article_) {
            seen_heading_ = true;
            static const std::set<std::string, std::less<>> usual{"summary", "contents", "table of contents", "index", "toc"};
            if (!usual.contains(to_ascii_lower(title))) made_.title = title;
            return;
        }
        made_.parts.push_back({{title, block.info.where}, {}});
    }

    void read_inlines(const Inlines& inlines, bool in_list) {
        for (const Inline& i : inlines) {
            if (const auto* link = std::get_if<Link>(&i.node)) add(*link, i.info, in_list);
            if (const auto* phrase = std::get_if<Phrase>(&i.node)) read_inlines(phrase->body, in_list);
        }
    }

    void add(const Link& link, const NodeInfo& info, bool in_list) {
        std::string path = link.destination.substr(0, link.destination.find('#'));
        if (path.find("://") != path.npos || path.starts_with("mailto:")) return;
        if (path.empty()) {
            diagnostics_.warning("read.draft-article", info.where,
                                 "‘" + collapsed(plain_text(link.body)) + "’ names no file, so it is left out");
            return;
        }
        seen_article_ = true;
        const Matter matter = in_list ? Matter::automatic : seen_list_ ? Matter::back : Matter::front;
        if (made_.parts.empty() || (matter == Matter::back && !made_.parts.back().title.value.empty()))
            made_.parts.emplace_back();
        made_.parts.back().articles.push_back({{percent_decoded(path), info.where}, matter});
    }

    Diagnostics& diagnostics_;
    Summary made_;
    bool seen_heading_ = false, seen_article_ = false, seen_list_ = false;
};

} // namespace

Summary read_summary(SourceId source, const SourceMap& sources, Diagnostics& diagnostics) {
    Diagnostics of_text; // a summary's text does not print, so only what its links miss is told
    const Blocks blocks =
        read_markdown({source, sources.text(source), {}}, markdown_options(std::string(sources.path(source))), of_text);
    return SummaryReader(diagnostics).read(blocks);
}

} // namespace bifolio
