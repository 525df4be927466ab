#include "read/account_for_source.h"

#include "base/utf8.h"
#include "read/account_front_matter.h"
#include "read/account_gaps.h"
#include "read/account_parts.h"
#include "read/account_text.h"
#include "read/article_reader.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace bifolio {

namespace {

constexpr std::size_t most_shown = 60; // bytes of lost words in a message

// These are asked of every byte of every article; in blocks of a fixed size compilers make few steps of them.
constexpr std::size_t block_bytes = 32;

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\f' || c == '\t'; }
constexpr bool may_be_mark(char c) { return c == '<' || c == '&' || c == '\\' || c == ']' || c == '>' || c == '\t'; }
// What a byte counts for: bit 0, it begins a character; bit 1, it is of a word.
constexpr std::array<unsigned char, 256> counts_of_byte = [] {
    std::array<unsigned char, 256> counts{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool begins = c > ' ' && (c & 0xC0) != 0x80;
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
        counts[c] = static_cast<unsigned char>((begins ? 1 : 0) | (is_word ? 2 : 0));
    }
    return counts;
}();
constexpr unsigned counts_of(char c) { return counts_of_byte[static_cast<unsigned char>(c)]; }
constexpr bool is_of_word(char c) { return (counts_of(c) & 2) != 0; }

// A mark that Markdown might read, or white space that would collapse.
bool may_read_otherwise(std::string_view words) {
    std::size_t at = 0;
    for (; at + block_bytes < words.size(); at += block_bytes) {
        unsigned char found = 0;
        for (std::size_t i = 0; i < block_bytes; ++i) {
            const char c = words[at + i], next = words[at + i + 1];
            found = static_cast<unsigned char>(found | (may_be_mark(c) | (is_space(c) & is_space(next))));
        }
        if (found != 0) return true;
    }
    for (; at < words.size(); ++at)
        if (may_be_mark(words[at]) || (is_space(words[at]) && (at + 1 == words.size() || is_space(words[at + 1])))) return true;
    return false;
}

TextCount counted(std::string_view run) {
    TextCount count;
    unsigned before = 0;
    for (const char c : run) {
        const unsigned here = counts_of(c);
        count.characters += here & 1;
        count.words += (here & ~before) >> 1;
        before = here;
    }
    return count;
}

class Accountant {
public:
    Accountant(const SourceMap& sources, const ArticleReading& reading, std::span<const Diagnostic> found,
               Diagnostics& diagnostics)
        : reading_(reading), article_(reading.article), found_(found), diagnostics_(diagnostics),
          text_(sources.text(article_.source)), format_(article_format(article_.path).value_or(ArticleFormat::markdown)),
          bytes_(text_.size()), scanner_(text_) {
        account_.source = article_.source;
        // What lies beyond a limit was reported as an error; no more is said about it.
        is_cut_off_ = std::ranges::any_of(found, [](const Diagnostic& d) {
            return d.code == "read.too-long" || d.code == "read.nested-too-deep" || d.code == "read.table-too-large";
        });
    }

    SourceAccount make() {
        FrontMatterFindings front = account_for_front_matter(text_, article_, reading_.front_matter, bytes_);
        account_.entries = std::move(front.left_out);
        for (const Span where : front.differing) invented(where, "the article has not what this value says");

        AccountParts parts = parts_of(article_);
        take_title(parts);
        std::vector<AccountLeaf*> unmatched;
        for (AccountLeaf& leaf : parts.leaves)
            if (!match(leaf, parts)) unmatched.push_back(&leaf);
        for (AccountLeaf* leaf : unmatched) match_in_pieces(*leaf);
        if (!std::ranges::is_sorted(parts.leaves, {}, &AccountLeaf::first))
            std::ranges::stable_sort(parts.leaves, {}, &AccountLeaf::first);
        check_order(parts);

        GapText gap{text_,      article_.front_matter_where.end, writing(), format_ == ArticleFormat::html, article_.source,
                    head_title_};
        GapFindings gaps = explain_gaps(gap, parts, unused_definitions(), bytes_, scanner_);
        std::ranges::move(gaps.left_out, std::back_inserter(account_.entries));
        for (const Span where : gaps.unexplained) lost(where);
        count();
        return std::move(account_);
    }

private:
    Writing writing() const {
        return format_ == ArticleFormat::markdown ? Writing::markdown
               : format_ == ArticleFormat::html   ? Writing::html
                                                  : Writing::plain;
    }

    std::string quoted(Span where) const {
        std::string words = collapsed(text_.substr(where.begin, std::min<std::size_t>(where.end - where.begin, most_shown)));
        return "‘" + with_replacements(words) + (where.end - where.begin > most_shown ? "…’" : "’");
    }

    void lost(Span where) {
        if (is_cut_off_) {
            account_.entries.push_back({LeftOutReason::cut_off, where, quoted(where)});
            return;
        }
        diagnostics_.warning("read.lost-text", where, quoted(where) + " did not reach the article, and nothing says why",
                             {"this is a fault of bifolio, not of the text; write it otherwise and please report it"});
    }

    void invented(Span where, const std::string& message) {
        if (is_cut_off_) return;
        diagnostics_.warning("read.invented-text", where, message,
                             {"this is a fault of bifolio, not of the text; write it otherwise and please report it"});
    }

    std::set<std::uint32_t> unused_definitions() const {
        std::set<std::uint32_t> places;
        for (const Diagnostic& d : found_)
            if (d.code == "read.unused-link" || d.code == "read.duplicate-definition") places.insert(d.where.begin);
        return places;
    }

    // ---- the title ----

    // It may be front matter's (and repeated by a heading), a heading that was taken, the copy of one, the page's, the file's
    // name.
    void take_title(AccountParts& parts) {
        const auto is_title = [&](const AccountLeaf& leaf) {
            return parts.parts[parts.parts[leaf.part].flow].kind == PartKind::title;
        };
        const std::string words = plain_text(article_.title);
        const std::size_t body = article_.front_matter_where.end;
        Span heading = article_.title_info.where;
        const bool has_heading = heading.end > heading.begin;
        const bool is_written_above =
            std::ranges::any_of(parts.leaves, [&](const AccountLeaf& leaf) { return is_title(leaf) && leaf.begin < body; });
        if (has_heading && !is_written_above) return; // a heading or a line that was taken for it
        for (const AccountLeaf& leaf : parts.leaves)
            if (is_title(leaf) && leaf.begin >= body && leaf.end > leaf.begin) // copied from one that stays
                check_copy(place(leaf.begin, leaf.end), leaf.words);
        std::erase_if(parts.leaves, is_title);
        if (has_heading) {                   // repeats the title of the front matter
            if (text_[heading.begin] == '<') // its place may be the tag alone
                heading.end = static_cast<std::uint32_t>(
                    std::clamp<std::size_t>(text_.find("</", heading.begin), heading.end, text_.size()));
            check_copy(heading, words);
            bytes_.set(heading.begin, heading.end, ByteClass::text);
        }
        head_title_ = words;
    }

    static bool is_in_order(std::string_view letters, std::string_view among) {
        for (const char c : among)
            if (!letters.empty() && c == letters.front()) letters.remove_prefix(1);
        return letters.empty();
    }

    void check_copy(Span where, std::string_view words) {
        const std::string written = to_ascii_lower(bare_words(text_.substr(where.begin, where.end - where.begin)));
        const std::string copy = to_ascii_lower(bare_words(words));
        const std::string_view marked = text_.substr(where.begin, where.end - where.begin);
        const bool has_references = marked.find('&') != std::string_view::npos;
        const bool has_words_between = marked.find_first_of("[<{`") != std::string_view::npos; // an address, a tag
        const bool is_there = has_words_between ? is_in_order(copy, written) : written.find(copy) != std::string::npos;
        if (!has_references && !is_there) invented(where, "the article's title is not what stands here");
    }

    // ---- leaves ----

    TextMatch match_words(const AccountLeaf& leaf, std::size_t begin) {
        TextMatch first = match_text(text_, begin, leaf.end, leaf.words, writing(), scanner_);
        if (first.is_whole || format_ == ArticleFormat::plain_text) return first;
        const auto is_whole = [&](TextMatch next) {
            if (next.is_whole) first = std::move(next);
            return first.is_whole;
        };
        // “<” of text that looks like a tag; HTML in Markdown.
        if (is_whole(match_text(text_, begin, leaf.end, leaf.words, writing(), scanner_, Tags::are_words))) return first;
        if (format_ != ArticleFormat::markdown) return first;
        if (is_whole(match_text(text_, begin, leaf.end, leaf.words, writing(), scanner_, Tags::of_markdown))) return first;
        if (is_whole(match_text(text_, begin, leaf.end, leaf.words, Writing::html, scanner_))) return first;
        // A call of a note that is nowhere stays as it is written, marks and all.
        if (leaf.words.starts_with("[^") && text_.substr(begin, leaf.end - begin).starts_with(leaf.words)) {
            TextMatch raw;
            raw.first = begin;
            raw.last = begin + leaf.words.size();
            raw.pieces.push_back({raw.first, raw.last, ByteClass::text});
            raw.is_whole = true;
            return raw;
        }
        return first;
    }

    TextMatch matched(const AccountLeaf& leaf, const AccountParts& parts) {
        TextMatch marks;
        marks.first = leaf.begin;
        marks.last = leaf.end;
        marks.is_whole = true;
        const std::string_view written = text_.substr(leaf.begin, leaf.end - leaf.begin);
        switch (leaf.kind) {
        case LeafKind::text: {
            if (leaf.begin == leaf.end && is_blank(leaf.words)) { // a space that a block's tag left behind, and no more
                marks.last = leaf.begin;
                return marks;
            }
            std::size_t begin = leaf.begin;
            if (parts.parts[leaf.part].kind == PartKind::caption)
                for (const std::string_view label : {"Table:", "Figure:"})
                    if (written.starts_with(label)) begin += label.size();
            return match_words(leaf, begin);
        }
        case LeafKind::code: {
            TextMatch code = match_code(text_, leaf.begin, leaf.end, leaf.words, scanner_);
            if (code.is_whole || !written.starts_with('<') || written.find("</") != std::string_view::npos) return code;
            return match_text(text_, leaf.begin, text_.size(), leaf.words, writing(),
                              scanner_); // never closed: its place is the tag
        }
        case LeafKind::code_block: return match_code_block(text_, leaf.begin, leaf.end, leaf.words, scanner_);
        case LeafKind::picture:
            return match_picture(text_, leaf.begin, leaf.end, *leaf.picture,
                                 leaf.figure ? plain_text(leaf.figure->caption) : leaf.picture->title, scanner_);
        case LeafKind::line_break:
        case LeafKind::word_break:
        case LeafKind::rule:
            if (written.starts_with('<')) {
                const MarkupToken tag = scanner_.token(leaf.begin);
                marks.last = std::max(marks.last, tag.end);
                marks.pieces.push_back({leaf.begin, marks.last, ByteClass::text});
                return marks;
            }
            if (written.find_first_not_of(" \t\n\\*-_>") == std::string_view::npos) break;
            // Paragraphs of a caption in HTML become lines: such a break stands nowhere.
            marks.is_whole = leaf.kind == LeafKind::line_break && text_.find('<') != std::string_view::npos;
            marks.last = marks.first;
            marks.failed_at = leaf.begin;
            return marks;
        case LeafKind::note_call: break;
        case LeafKind::field: marks.is_whole = written.find(leaf.words) != std::string_view::npos; break;
        case LeafKind::nothing: marks.first = marks.last = end_of_marks(leaf, parts.parts[leaf.part].kind); return marks;
        }
        marks.failed_at = leaf.begin;
        if (marks.is_whole) marks.pieces.push_back({leaf.begin, leaf.end, ByteClass::text});
        return marks;
    }

    // What is empty stands behind its own mark; what else is in its place belongs to others, or was lost.
    std::size_t end_of_marks(const AccountLeaf& leaf, PartKind kind) const {
        if (kind == PartKind::division && text_.substr(leaf.begin).starts_with(":::")) return leaf.begin;
        if (kind != PartKind::list_item && kind != PartKind::definition && kind != PartKind::heading) return leaf.end;
        const std::string_view marks = kind == PartKind::heading ? "#" : kind == PartKind::list_item ? "-+*.)0123456789" : ":~";
        return std::min(text_.find_first_not_of(marks, leaf.begin), leaf.end);
    }

    // Words that stand in the file letter by letter, with nothing in them that could be a mark: most are.
    bool is_written_so(const AccountLeaf& leaf) const {
        if (leaf.kind != LeafKind::text || format_ != ArticleFormat::markdown || leaf.words.empty() ||
            leaf.words.size() != leaf.end - leaf.begin || is_space(leaf.words.front()) ||
            text_.substr(leaf.begin, leaf.words.size()) != leaf.words)
            return false;
        return !may_read_otherwise(leaf.words);
    }

    // False: its words are not here.
    bool match(AccountLeaf& leaf, const AccountParts& parts) {
        leaf.end = std::min(leaf.end, text_.size());
        leaf.begin = std::min(leaf.begin, leaf.end);
        if (is_written_so(leaf) && bytes_.is_free(leaf.begin, leaf.end)) {
            leaf.first = leaf.begin;
            leaf.last = leaf.end;
            bytes_.set(leaf.begin, leaf.end, ByteClass::text);
            return true;
        }
        const TextMatch match = matched(leaf, parts);
        leaf.first = leaf.last = match.first;
        if (!match.is_whole) {
            leaf.first = leaf.last = std::clamp(match.failed_at, leaf.begin, leaf.end);
            return false;
        }
        leaf.last = std::max(match.first, match.last);
        const bool is_double = std::ranges::any_of(match.pieces, [&](const MatchedPiece& piece) {
            return piece.as == ByteClass::text && !bytes_.is_free(piece.begin, piece.end);
        });
        if (is_double) {
            invented(place(leaf.begin, leaf.end), "the article has this twice");
            return true;
        }
        set(match);
        if (leaf.kind == LeafKind::code_block) fence_words(leaf);
        return true;
    }

    void set(const TextMatch& match) {
        for (const MatchedPiece& piece : match.pieces) {
            if (piece.as == ByteClass::left_out) leave_out(LeftOutReason::replaced_words, piece);
            if (piece.as != ByteClass::unknown) bytes_.set(piece.begin, piece.end, piece.as);
        }
    }

    void match_in_pieces(AccountLeaf& leaf) {
        if (leaf.kind == LeafKind::text && format_ != ArticleFormat::plain_text &&
            leaf.words.find("  ") == std::string_view::npos && text_.find("<table") != std::string_view::npos) {
            const TextMatch match = match_scattered(text_, leaf.begin, leaf.words, bytes_, scanner_);
            if (match.is_whole) {
                leaf.is_scattered = true;
                leaf.first = leaf.last = match.first;
                return set(match);
            }
        }
        invented(place(leaf.first, std::min(leaf.end, leaf.first + 1)),
                 "the article says ‘" + with_replacements(std::string(trimmed(leaf.words)).substr(0, most_shown)) +
                     "’, and the file says something else");
        bytes_.set(leaf.begin, leaf.end, ByteClass::reported);
        leaf.last = leaf.end;
    }

    Span place(std::size_t begin, std::size_t end) const {
        return {article_.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }

    void leave_out(LeftOutReason reason, const MatchedPiece& piece) {
        const Span where{article_.source, static_cast<std::uint32_t>(piece.begin), static_cast<std::uint32_t>(piece.end)};
        if (!is_blank(text_.substr(piece.begin, piece.end - piece.begin)))
            account_.entries.push_back(
                {reason, where, collapsed(text_.substr(piece.begin, std::min<std::size_t>(piece.end - piece.begin, 160)))});
    }

    // Behind the fence: a language, attributes, and perhaps words that have no meaning, which were reported.
    void fence_words(const AccountLeaf& leaf) {
        const std::string_view line = text_.substr(leaf.begin, std::min(text_.find('\n', leaf.begin), leaf.end) - leaf.begin);
        if (!line.starts_with("```") && !line.starts_with("~~~")) return;
        const bool is_reported = std::ranges::any_of(
            found_, [&](const Diagnostic& d) { return d.code == "read.unknown-attribute" && d.where.begin == leaf.begin; });
        const std::size_t words = line.find_first_of(" \t", std::min(line.find_first_not_of("`~ \t"), line.size()));
        if (is_reported && words != std::string_view::npos) {
            const MatchedPiece piece{leaf.begin + words, leaf.begin + line.size(), ByteClass::left_out};
            leave_out(LeftOutReason::fence_words, piece);
            bytes_.set(piece.begin, piece.end, ByteClass::left_out);
        }
        bytes_.set(leaf.begin, leaf.begin + line.size(), ByteClass::markup);
    }

    // In a flow (the article, a note, a caption) leaves follow each other as in the file; with a table of HTML only within
    // a paragraph, for HTML 5 moves what stands in tables outside their cells.
    void check_order(const AccountParts& parts) {
        const bool by_flow = format_ == ArticleFormat::markdown && text_.find("<table") == std::string_view::npos;
        std::vector<std::int64_t> last(parts.parts.size(), -1); // the order of the last leaf
        for (const AccountLeaf& leaf : parts.leaves) {
            if (leaf.kind == LeafKind::nothing || leaf.is_scattered || (leaf.kind == LeafKind::text && is_blank(leaf.words)))
                continue;
            std::int64_t& before = last[by_flow ? parts.parts[leaf.part].flow : leaf.part];
            if (leaf.order < before) invented(place(leaf.begin, leaf.end), "the article has this in another order than the file");
            before = std::max<std::int64_t>(before, leaf.order);
        }
    }

    // ---- counts ----

    void count() {
        std::array<TextCount, 5> by_class{};
        for (std::size_t begin = 0; begin < text_.size();) { // by runs of one class
            const std::size_t end = bytes_.end_of_run(begin);
            const std::string_view run = text_.substr(begin, end - begin);
            const TextCount words = counted(run);
            by_class[static_cast<std::size_t>(bytes_.at(begin))] += words;
            // In the file a word may go on over the edge of two classes.
            const bool goes_on = begin > 0 && is_of_word(text_[begin - 1]) && is_of_word(run.front());
            account_.in_file.words += words.words - (goes_on ? 1 : 0);
            begin = end;
        }
        const auto of = [&](ByteClass as) { return by_class[static_cast<std::size_t>(as)]; };
        account_.reached = of(ByteClass::text);
        account_.left_out = of(ByteClass::left_out);
        account_.unexplained = of(ByteClass::reported);
        account_.unexplained += of(ByteClass::unknown);
        for (const TextCount& one : by_class) account_.in_file.characters += one.characters;
        std::ranges::stable_sort(account_.entries, {}, [](const LeftOut& one) { return one.where.begin; });
    }

    const ArticleReading& reading_;
    const Article& article_;
    std::span<const Diagnostic> found_;
    Diagnostics& diagnostics_;
    std::string_view text_;
    ArticleFormat format_;
    SourceBytes bytes_;
    MarkupScanner scanner_;
    std::string head_title_;
    bool is_cut_off_ = false;
    SourceAccount account_;
};

} // namespace

SourceAccount account_for_source(const SourceMap& sources, const ArticleReading& reading, std::span<const Diagnostic> found,
                                 Diagnostics& diagnostics) {
    return Accountant(sources, reading, found, diagnostics).make();
}

} // namespace bifolio
