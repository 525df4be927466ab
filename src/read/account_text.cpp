#include "read/account_text.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; } // asked of every byte

class TextMatcher {
public:
    TextMatcher(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, Writing writing,
                MarkupScanner& scanner, Tags tags, const SourceBytes* others = nullptr)
        : text_(text.substr(0, end)), words_(words), writing_(writing), scanner_(scanner), tags_(tags), others_(others),
          ends_file_(end >= text.size()), at_(begin) {
        match_.first = match_.last = begin;
    }

    TextMatch run() {
        while (word_ < words_.size())
            if (!step() && !take_made_space() && !is_made_line_end()) {
                match_.failed_at = std::min(at_, text_.size());
                return std::move(match_);
            }
        match_.is_whole = true;
        return std::move(match_);
    }

private:
    bool is_markdown() const { return writing_ == Writing::markdown; }
    bool has_tags() const { return writing_ != Writing::plain && tags_ != Tags::are_words; }

    void take(std::size_t size, ByteClass as) {
        if (as == ByteClass::text && match_.first == match_.last) match_.first = at_;
        if (!match_.pieces.empty() && match_.pieces.back().end == at_ && match_.pieces.back().as == as)
            match_.pieces.back().end += size;
        else
            match_.pieces.push_back({at_, at_ + size, as});
        at_ += size;
        if (as == ByteClass::text) match_.last = at_;
    }

    bool take_made_space() {
        if (!is_space(words_[word_])) return false;
        // The tag that it stands for follows, or ends elsewhere.
        const bool is_last = word_ > 0 && !is_space(words_[word_ - 1]) && is_blank(words_.substr(word_)) &&
                             (at_ >= text_.size() || text_[at_] == '<');
        if (spaces_ == 0 && !is_last) return false;
        if (spaces_ == 0) ++spaces_;
        --spaces_;
        ++word_;
        return true;
    }

    // A last line without an end is read as if it had one.
    bool is_made_line_end() {
        if (at_ < text_.size() || !ends_file_ || !is_blank(words_.substr(word_))) return false;
        word_ = words_.size();
        return true;
    }

    bool step() {
        if (at_ >= text_.size()) return false;
        if (others_ && others_->at(at_) != ByteClass::unknown) return ++at_, true;
        const char c = text_[at_], wanted = words_[word_];
        if (c == '<' && has_tags() && skip_token()) return true;
        if (c == ']' && has_tags() && words_.substr(word_, 3) != "]]>" && skip_token()) return true;
        if (c == '&' && writing_ != Writing::plain && take_reference()) return true;
        if (is_space(c)) return space(wanted);
        if (is_markdown() && c == '\\' && at_ + 1 < text_.size()) {
            if (is_markdown_punctuation(text_[at_ + 1]) && text_[at_ + 1] == wanted) {
                take(1, ByteClass::markup);
                take(1, ByteClass::text);
                ++word_;
                return true;
            }
            if (text_.substr(at_, 3) == "\\\\|" && wanted == '|') { // in a table, where “\|” is “|” before anything else is read
                take(2, ByteClass::markup);
                take(1, ByteClass::text);
                ++word_;
                return true;
            }
            if (text_[at_ + 1] == ' ' && words_.substr(word_).starts_with("\u00A0")) {
                take(1, ByteClass::markup);
                take(1, ByteClass::text);
                word_ += 2;
                return true;
            }
        }
        if (c != wanted) return false;
        std::size_t size = 1; // with the plain letters after it
        while (at_ + size < text_.size() && word_ + size < words_.size() && text_[at_ + size] == words_[word_ + size] &&
               is_plain(text_[at_ + size]))
            ++size;
        if (others_) size = 1;
        take(size, ByteClass::text);
        word_ += size;
        return true;
    }

    static bool is_plain(char c) {
        return static_cast<signed char>(c) > '?' ? c < '[' || (c >= '_' && c <= '~') : c < 0 || (c > '&' && c < '<');
    }

    // CommonMark § 6.6 is narrower than HTML 5, where “<a<b>” is a tag.
    bool stands_in_line(const MarkupToken& token) const {
        if (token.kind == MarkupKind::cdata_mark && text_[token.begin] == '<')
            return text_.find("]]>", token.end) != std::string_view::npos;
        if (token.kind != MarkupKind::start_tag && token.kind != MarkupKind::end_tag) return true;
        const bool is_plain =
            std::ranges::all_of(token.name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        const std::size_t rest = token.begin + 1 + token.name.size() + (token.kind == MarkupKind::end_tag ? 1 : 0);
        char quote = 0;
        for (std::size_t i = rest; i < token.end; ++i) {
            const char c = text_[i];
            if (quote != 0)
                quote = c == quote ? '\0' : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '<' || c == '`')
                return false;
        }
        return is_plain;
    }

    bool skip_token() {
        if (at_ < literal_until_ || (writing_ == Writing::html && at_ < scanner_.literal_until(at_))) return false;
        MarkupToken token = scanner_.token(at_);
        if (token.kind == MarkupKind::none || token.end > text_.size()) return false;
        if (tags_ == Tags::of_markdown && !stands_in_line(token)) return false;
        if (token.kind == MarkupKind::start_tag && is_raw_element(token.name)) { // with what it holds
            const std::size_t end = scanner_.end_of_raw(token.name, token.end);
            const bool is_text = token.name == "textarea" || token.name == "xmp";
            if (is_text && end < text_.size())
                literal_until_ = end;
            else if (!is_text && end < text_.size())
                token.end = end;
        }
        // Words that look like a tag: as many of them as would be in one.
        if (words_.substr(word_).starts_with(text_.substr(at_, token.end - at_))) return false;
        take(token.end - at_, ByteClass::unknown); // explained with what stands between the leaves
        spaces_ += 2;                              // where a block's tags were taken out a space may stand instead of each
        return true;
    }

    bool take_reference() {
        std::size_t size = 0;
        const std::string& meaning = scanner_.reference(at_, size);
        if (meaning.empty() || at_ + size > text_.size()) return false;
        if (is_markdown() && text_[at_ + size - 1] != ';') return false; // HTML knows some without it, CommonMark none
        const std::string_view rest = words_.substr(word_);
        std::size_t taken = 0;
        if (rest.starts_with(meaning))
            taken = meaning.size();
        else if (rest.starts_with("\uFFFD")) // a character that no e-book may hold
            taken = 3;
        else if (is_blank(meaning) && is_space(rest.front())) // white space collapses
            taken = 1;
        if (taken == 0 || (rest.starts_with(text_.substr(at_, size)) && meaning != "&")) return false;
        take(size, ByteClass::text);
        word_ += taken;
        return true;
    }

    // At white space of the file.
    bool space(char wanted) {
        const bool wants_space = is_space(wanted);
        if (writing_ == Writing::preformatted) {
            if (text_[at_] == wanted) return take(1, ByteClass::text), ++word_, true;
            return word_ == 0 && text_[at_] == '\n' ? (take(1, ByteClass::markup), true) : false; // the first line end in <pre>
        }
        if (writing_ == Writing::html) { // a run of white space is one space, or none behind another
            const std::size_t begin = at_;
            std::size_t end = at_;
            const bool wants_mark = words_.substr(word_ + (wants_space ? 1 : 0)).starts_with('>');
            for (bool starts_line = wants_mark;
                 end < text_.size() && (is_space(text_[end]) || (starts_line && !wants_mark && text_[end] == '>')); ++end)
                starts_line |= text_[end] == '\n';
            if (wants_space) {
                take(end - begin, ByteClass::text);
                ++word_;
                return true;
            }
            if (word_ > 0 && !is_space(words_[word_ - 1])) return false;
            take(end - begin, ByteClass::markup);
            return true;
        }
        std::size_t end = at_;
        while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) ++end;
        const bool ends_line = end < text_.size() && text_[end] == '\n';
        if (wants_space && ends_line) { // with the marks at the next line's beginning
            ++end;
            const std::size_t line = end;
            while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t' || (is_markdown() && text_[end] == '>'))) ++end;
            end = end_of_marks(line, end);
            take(line - at_, ByteClass::text);
            if (end > line) take(end - line, ByteClass::markup);
            ++word_;
            return true;
        }
        if (wants_space && text_[at_] == wanted) return take(1, ByteClass::text), ++word_, true;
        if (word_ == 0) { // before the first word
            take(1, ByteClass::unknown);
            return true;
        }
        if (is_space(words_[word_ - 1]) && (text_[at_] == '\n' || ends_line)) return take(1, ByteClass::markup), true;
        return false;
    }

    // A line's words may themselves begin with “>”: as many as they begin with are no marks of a quotation.
    std::size_t end_of_marks(std::size_t line, std::size_t end) const {
        std::size_t wanted = 0;
        while (word_ + 1 + wanted < words_.size() && words_[word_ + 1 + wanted] == '>') ++wanted;
        for (std::size_t i = end; wanted > 0 && i > line; --i) {
            if (text_[i - 1] != '>') {
                if (i < end && text_[i] == '>') break; // no longer one behind the other
                continue;
            }
            end = i - 1;
            --wanted;
        }
        return end;
    }

    std::string_view text_, words_;
    Writing writing_;
    MarkupScanner& scanner_;
    Tags tags_;
    const SourceBytes* others_; // what is known in them is passed over; nullptr: nothing
    bool ends_file_;
    std::size_t at_, word_ = 0, literal_until_ = 0, spaces_ = 0;
    TextMatch match_;
};

} // namespace

void add_piece(TextMatch& match, std::size_t begin, std::size_t end, ByteClass as) {
    if (end <= begin) return;
    match.pieces.push_back({begin, end, as});
    match.last = std::max(match.last, end);
}

bool SourceBytes::is_free(std::size_t begin, std::size_t end) const {
    return std::all_of(classes_.begin() + static_cast<std::ptrdiff_t>(begin), classes_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](ByteClass c) { return c != ByteClass::text && c != ByteClass::reported; });
}

void SourceBytes::set(std::size_t begin, std::size_t end, ByteClass as) {
    end = std::min(end, classes_.size());
    if (begin >= end) return;
    const auto first = classes_.begin() + static_cast<std::ptrdiff_t>(begin),
               last = classes_.begin() + static_cast<std::ptrdiff_t>(end);
    std::replace(first, last, ByteClass::unknown, as);
}

std::size_t SourceBytes::end_of_run(std::size_t from) const {
    const ByteClass as = classes_[from];
    std::size_t at = from + 1;
    constexpr std::size_t block = 32;
    for (; at + block <= classes_.size(); at += block) {
        unsigned char others = 0;
        for (std::size_t i = 0; i < block; ++i) others = static_cast<unsigned char>(others | (classes_[at + i] != as));
        if (others != 0) break;
    }
    while (at < classes_.size() && classes_[at] == as) ++at;
    return at;
}

std::size_t SourceBytes::end_of_known(std::size_t from) const {
    return static_cast<std::size_t>(
        std::find(classes_.begin() + static_cast<std::ptrdiff_t>(from), classes_.end(), ByteClass::unknown) - classes_.begin());
}

TextMatch match_text(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, Writing writing,
                     MarkupScanner& scanner, Tags tags) {
    return TextMatcher(text, begin, end, words, writing, scanner, tags).run();
}

TextMatch match_scattered(std::string_view text, std::size_t begin, std::string_view words, const SourceBytes& others,
                          MarkupScanner& scanner) {
    return TextMatcher(text, begin, text.size(), words, Writing::html, scanner, Tags::skipped, &others).run();
}

TextMatch match_code(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, MarkupScanner& scanner) {
    TextMatch match;
    match.first = match.last = begin;
    if (begin >= end || text[begin] != '`') return match_text(text, begin, end, words, Writing::preformatted, scanner);
    std::size_t at = begin;
    while (at < end && text[at] == '`') ++at;
    const std::size_t ticks = at - begin;
    add_piece(match, begin, at, ByteClass::markup);
    // One space at either end goes, unless there is nothing else.
    std::size_t close = at;
    while (close < end) {
        const std::size_t open = text.find('`', close);
        close = std::min(text.find_first_not_of('`', open), end);
        if (open >= end || close - open == ticks) {
            close = std::min(open, end);
            break;
        }
    }
    const std::string_view inside = text.substr(at, close - at);
    if (inside.size() > 1 && (inside.front() == ' ' || inside.front() == '\n') &&
        (inside.back() == ' ' || inside.back() == '\n') && !is_blank(inside))
        for (const bool starts_line = inside.front() == '\n'; ++at < close;)
            if (!starts_line || (text[at] != ' ' && text[at] != '\t' && text[at] != '>')) break;
    for (std::size_t word = 0; word < words.size();) {
        match.failed_at = at;
        if (at >= end) return match;
        const std::size_t start = at;
        if (text[at] == '\n') {
            if (words[word] != ' ' && words[word] != '\n') return match;
            ++at;
            while (at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '>')) { // marks and indentation
                if (text[at] == ' ' && words.substr(word + 1).starts_with("  ")) break;
                ++at;
            }
            ++word;
        } else if (text[at] == '\\' && at + 1 < end && text[at + 1] == '|' && words[word] == '|') { // in a table
            at += 2;
            ++word;
        } else if (text[at] == words[word]) {
            ++at;
            ++word;
        } else {
            return match;
        }
        add_piece(match, start, at, ByteClass::text);
    }
    if (at < close && is_space(text[at])) { // the space before the marks; a line end brings the next line's indentation
        const bool ends_line = text[at] == '\n';
        ++at;
        while (ends_line && at < close && (text[at] == ' ' || text[at] == '\t' || text[at] == '>')) ++at;
    }
    match.failed_at = at;
    if (at != close) return match;
    add_piece(match, close, close + ticks, ByteClass::markup);
    match.is_whole = true;
    return match;
}

namespace {

// <pre>, with Markdown that was read in it: then only letters and other signs that are no marks are compared.
TextMatch match_preformatted(std::string_view text, std::size_t begin, std::size_t end, std::string_view words,
                             MarkupScanner& scanner) {
    std::string_view without_end = words;
    if (without_end.ends_with('\n')) without_end.remove_suffix(1); // one was added
    std::size_t first = begin; // HTML drops a line end behind the tag, even one that is written as a reference
    const MarkupToken tag = text[begin] == '<' ? scanner.token(begin) : MarkupToken();
    if (std::size_t size = 0; tag.end < end && text[tag.end] == '&' && scanner.reference(tag.end, size) == "\n")
        first = tag.end + size;
    for (const std::string_view wanted : {words, without_end})
        for (const std::size_t from : {begin, first})
            if (TextMatch match = match_text(text, from, end, wanted, Writing::preformatted, scanner); match.is_whole) {
                if (from > begin) match.pieces.push_back({tag.end, from, ByteClass::markup});
                return match;
            }
    TextMatch match = match_text(text, begin, end, without_end, Writing::preformatted, scanner, Tags::are_words);
    if (match.is_whole) return match;
    const auto bare = [](std::string_view marked) {
        std::string out;
        for (const char c : marked)
            if (!is_space(c) && std::string_view("*_`~[]<>\\").find(c) == std::string_view::npos) out += c;
        return out;
    };
    std::string written;
    std::vector<MatchedPiece> pieces;
    for (std::size_t at = begin; at < end;) {
        const MarkupToken token = text[at] == '<' ? scanner.token(at) : MarkupToken();
        if (token.kind != MarkupKind::none) {
            at = token.end;
            continue;
        }
        pieces.push_back({at, at + 1, ByteClass::text});
        written += text[at++];
    }
    if (bare(written) != bare(words)) return match;
    match.pieces = std::move(pieces);
    match.first = begin;
    match.last = end;
    match.is_whole = true;
    return match;
}

TextMatch match_code_lines(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, bool is_fenced) {
    TextMatch match;
    match.first = match.last = begin;
    std::size_t at = begin;
    const auto line_at = [&](std::size_t from) {
        return text.substr(from, std::min(text.find('\n', from), end) - std::min(from, end));
    };
    const std::string_view opening = line_at(at);
    if (is_fenced) {
        std::size_t fence = 0;
        while (fence < opening.size() && opening[fence] == opening[0]) ++fence;
        add_piece(match, at, at + fence, ByteClass::markup); // the words behind it are looked at elsewhere
        at += opening.size();
    }
    bool is_first = !is_fenced;
    for (std::size_t word = 0; word < words.size();) {
        const std::size_t word_end = std::min(words.find('\n', word), words.size());
        std::string_view wanted = words.substr(word, word_end - word);
        if (!is_first) {
            if (at >= end && !is_blank(wanted)) break;
            if (at < end) ++at; // its line end
        }
        is_first = false;
        const std::string_view line = line_at(at);
        match.failed_at = std::min(at, end);
        // Tabs before code may be cut in two: then only what follows the space is compared.
        if (!line.ends_with(wanted)) {
            if (line.find('\t') == std::string_view::npos && !is_blank(wanted)) return match;
            while (!wanted.empty() && (wanted.front() == ' ' || wanted.front() == '\t')) wanted.remove_prefix(1);
            if (!line.ends_with(wanted)) return match;
        }
        const std::string_view before = line.substr(0, line.size() - wanted.size());
        if (before.find_first_not_of(" \t>-+*:.)0123456789") != std::string_view::npos) return match;
        if (before.find_first_not_of(" \t>") != std::string_view::npos && word > 0) return match;
        const std::size_t start = at + line.size() - wanted.size();
        add_piece(match, at, start, ByteClass::markup);
        add_piece(match, start, at + line.size(), ByteClass::text);
        at += line.size();
        if (word_end == words.size()) {
            word = words.size();
        } else {
            word = word_end + 1;
        }
    }
    if (is_fenced && at < end) {
        const std::size_t close = text.find_last_of('\n', end - 1);
        const std::string_view last = text.substr(close + 1, end - close - 1);
        if (close != std::string_view::npos && close >= at &&
            last.find_first_not_of(std::string(" \t>") + opening[0]) == std::string_view::npos)
            add_piece(match, close + 1, end, ByteClass::markup);
    }
    match.failed_at = at;
    match.is_whole = true;
    return match;
}

} // namespace

TextMatch match_code_block(std::string_view text, std::size_t begin, std::size_t end, std::string_view words,
                           MarkupScanner& scanner) {
    const std::string_view written = text.substr(begin, end - begin);
    const std::size_t line_end = std::min(text.find('\n', end), text.size()); // space at a line's end is code too
    const std::size_t end_of_line = is_blank(text.substr(end, line_end - end)) ? line_end : end;
    if (written.starts_with("```") || written.starts_with("~~~"))
        for (const std::size_t to : {end, end_of_line})
            if (TextMatch match = match_code_lines(text, begin, to, words, true); match.is_whole) return match;
    if (written.starts_with('<')) {
        const MarkupToken token = scanner.token(begin);
        if (token.name == "pre" || token.name == "listing") {
            const bool is_closed = written.find("</") != std::string_view::npos; // else its place is the tag alone
            TextMatch match = match_preformatted(text, begin, is_closed ? end : text.size(), words, scanner);
            if (match.is_whole) return match;
        }
    }
    return match_code_lines(text, begin, end_of_line, words, false);
}

} // namespace bifolio
