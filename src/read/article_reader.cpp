#include "read/article_reader.h"

#include "base/utf8.h"
#include "read/embedded_markdown.h"
#include "read/front_matter.h"
#include "read/html_head.h"
#include "read/read_html.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace bifolio {

namespace {

constexpr std::array<std::pair<std::string_view, ArticleFormat>, 6> endings{{
    {".md", ArticleFormat::markdown},
    {".markdown", ArticleFormat::markdown},
    {".html", ArticleFormat::html},
    {".htm", ArticleFormat::html},
    {".xhtml", ArticleFormat::html},
    {".txt", ArticleFormat::plain_text},
}};

NodeInfo info_at(SourceId source, std::size_t begin, std::size_t end) {
    NodeInfo info;
    info.where = {source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    return info;
}

// Paragraphs parted by empty lines; nothing in them is a mark.
Blocks read_plain_text(SourceId source, std::string_view text, std::size_t begin) {
    Blocks blocks;
    Inlines lines;
    std::size_t paragraph = begin;
    const auto close = [&](std::size_t end) {
        if (!lines.empty()) blocks.push_back({info_at(source, paragraph, end), Paragraph{std::exchange(lines, {})}});
    };
    for (std::size_t at = begin; at < text.size();) {
        const std::size_t line_end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, line_end - at));
        const std::size_t line_begin = static_cast<std::size_t>(line.data() - text.data());
        if (line.empty()) {
            close(at);
        } else if (lines.empty()) {
            paragraph = line_begin;
            lines.push_back({info_at(source, line_begin, line_begin + line.size()), Text{std::string(line)}});
        } else {
            auto& words = std::get<Text>(lines.back().node).text;
            words.append("\n").append(line);
            lines.back().info.where.end = static_cast<std::uint32_t>(line_begin + line.size());
        }
        at = line_end + 1;
    }
    close(text.size());
    return blocks;
}

MarkdownSource part_of(SourceId source, std::string_view text, std::size_t begin) {
    MarkdownSource part{source, text.substr(begin), {}};
    if (begin == 0) return part;
    for (std::size_t at = begin; at <= text.size();) {
        part.line_offsets.push_back(static_cast<std::uint32_t>(at));
        const std::size_t end = text.find('\n', at);
        if (end == text.npos) break;
        at = end + 1;
    }
    return part;
}

// The same words, whatever the spaces and the case.
bool same_words(const Inlines& a, const Inlines& b) {
    return equals_ignoring_ascii_case(collapsed(plain_text(a)), collapsed(plain_text(b)));
}

bool has_note_or_picture(const Inlines& inlines) {
    for (const Inline& i : inlines) {
        if (std::holds_alternative<Note>(i.node) || std::holds_alternative<Image>(i.node)) return true;
        if (const auto* phrase = std::get_if<Phrase>(&i.node); phrase && has_note_or_picture(phrase->body)) return true;
        if (const auto* link = std::get_if<Link>(&i.node); link && has_note_or_picture(link->body)) return true;
    }
    return false;
}

// Calls visit(blocks, i) for the blocks in reading order, also for those in divisions, until it says true.
template <class Visit>
bool find_block(Blocks& blocks, const Visit& visit) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (visit(blocks, i)) return true;
        // Notes that nothing calls stand behind the text and name nothing.
        const std::vector<std::string>& classes = blocks[i].info.classes;
        if (std::find(classes.begin(), classes.end(), "unreferenced-notes") != classes.end()) continue;
        if (auto* division = std::get_if<Division>(&blocks[i].node); division && find_block(division->body, visit)) return true;
    }
    return false;
}

void remove_block(Blocks& blocks, std::size_t index) { blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(index)); }

void take_title(Article& article, Blocks& blocks, std::size_t index, Inlines title) {
    article.title = std::move(title);
    article.title_info = std::move(blocks[index].info);
    remove_block(blocks, index);
}

// A heading that repeats the title of the front matter would print it twice.
void drop_repeated_title(Article& article) {
    find_block(article.body, [&](Blocks& blocks, std::size_t i) {
        if (std::holds_alternative<Division>(blocks[i].node)) return false;
        const auto* heading = std::get_if<Heading>(&blocks[i].node);
        if (heading && heading->level == 1 && same_words(heading->title, article.title) && !has_note_or_picture(heading->title)) {
            article.title_info = std::move(blocks[i].info);
            remove_block(blocks, i);
        }
        return true; // only the very first block
    });
}

// It leaves the body where it stands above all text, or where it is the article's own (level 1). A section's heading further
// down stays in its place: what it heads must not lose it.
bool take_first_heading(Article& article) {
    bool text_before = false;
    return find_block(article.body, [&](Blocks& blocks, std::size_t i) {
        auto* heading = std::get_if<Heading>(&blocks[i].node);
        if (!heading || is_blank(plain_text(heading->title))) {
            text_before |= !heading && !std::holds_alternative<Division>(blocks[i].node);
            return false;
        }
        if (heading->level == 1 || !text_before) {
            take_title(article, blocks, i, std::move(heading->title));
        } else {
            article.title = {{info_at(article.source, blocks[i].info.where.begin, blocks[i].info.where.end),
                              Text{collapsed(plain_text(heading->title))}}};
        }
        return true;
    });
}

// The first line of at most 120 characters that ends without a full stop. It leaves the body where it is a whole paragraph.
bool take_first_line(Article& article) {
    constexpr std::size_t most_characters = 120;
    return find_block(article.body, [&](Blocks& blocks, std::size_t i) {
        auto* paragraph = std::get_if<Paragraph>(&blocks[i].node);
        if (!paragraph || has_note_or_picture(paragraph->body)) return false;
        const std::string words = plain_text(paragraph->body);
        const std::string_view line = trimmed(std::string_view(words).substr(0, words.find('\n')));
        if (line.empty() || count_characters(line) > most_characters || line.ends_with('.')) return false;
        if (line.size() == trimmed(words).size()) {
            take_title(article, blocks, i, std::move(paragraph->body));
        } else {
            const Span where = blocks[i].info.where;
            article.title = {{info_at(article.source, where.begin, where.end), Text{std::string(line)}}};
        }
        return true;
    });
}

void settle_title(Article& article, const std::string& head_title, std::size_t begin) {
    if (!article.title.empty() && !is_blank(plain_text(article.title))) return drop_repeated_title(article);
    if (take_first_heading(article)) return;
    const NodeInfo start = info_at(article.source, begin, begin);
    if (!is_blank(head_title)) {
        article.title = {{start, Text{collapsed(head_title)}}};
        return;
    }
    if (take_first_line(article)) return;
    article.title = {{start, Text{std::filesystem::path(article.path).stem().string()}}};
}

} // namespace

std::optional<ArticleFormat> article_format(std::string_view path) {
    const std::string ending = to_ascii_lower(std::filesystem::path(path).extension().string());
    for (const auto& [known, format] : endings)
        if (ending == known) return format;
    return std::nullopt;
}

std::string format_endings() {
    std::string list;
    for (const auto& [ending, format] : endings) list += (list.empty() ? "" : ", ") + std::string(ending);
    return list;
}

ArticleReading read_article(const SourceMap& sources, SourceId source, std::string path, bool strict, Diagnostics& diagnostics) {
    ArticleReading made;
    Article& article = made.article;
    article.source = source;
    article.path = std::move(path);
    const std::string_view text = sources.text(source);
    const ArticleFormat format = article_format(article.path).value_or(ArticleFormat::markdown);
    const FrontMatterPlace place = format == ArticleFormat::plain_text ? FrontMatterPlace() : find_front_matter(text);
    article.front_matter_where = info_at(source, 0, place.rest).where;
    if (place.unclosed)
        diagnostics.warning("read.front-matter-open", {source, 0, 3}, "this looks like front matter, but no line ‘---’ ends it",
                            {"write ‘---’ on a line by itself after the last key"});
    if (place.rest > 0) {
        FrontMatterReading reading = read_front_matter(sources, source, place, strict, diagnostics);
        article.front_matter = std::move(reading.front_matter);
        article.title = std::move(reading.title);
        made.front_matter = std::move(reading.root);
    }
    if (is_blank(text.substr(place.rest))) {
        const auto end = static_cast<std::uint32_t>(text.size());
        diagnostics.warning("read.empty-article", {source, end, end}, "the article has no text");
    }
    std::string head_title;
    if (format == ArticleFormat::plain_text) {
        article.body = read_plain_text(source, text, 0);
    } else {
        const MarkdownSource part = part_of(source, text, place.rest);
        const MarkdownOptions options = markdown_options(article.path);
        if (format == ArticleFormat::markdown) {
            article.body = read_markdown(part, options, diagnostics);
        } else {
            HtmlHead head = read_html_head(part.text);
            head_title = std::move(head.title);
            if (article.front_matter.language.value.empty())
                article.front_matter.language = {std::move(head.language), article.front_matter_where};
            article.body = read_html(part, options, diagnostics);
        }
    }
    settle_title(article, head_title, place.rest);
    number_places(article);
    return made;
}

} // namespace bifolio
