// match_picture(): the words of a picture, as Markdown or HTML writes them.
#include "read/account_text.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

class PictureMatcher {
public:
    PictureMatcher(std::string_view text, std::size_t begin, std::size_t end, const Image& image, std::string_view title,
                   MarkupScanner& scanner)
        : text_(text), begin_(begin), end_(end), written_(image.alternative), alternative_(collapsed(image.alternative)),
          title_(collapsed(title)), scanner_(scanner) {
        match_.first = begin;
        match_.failed_at = begin;
    }

    TextMatch run() {
        if (text_.substr(begin_, 1) == "<")
            match_.is_whole = match_tag();
        else if (text_.substr(begin_, 2) == "![")
            match_.is_whole = match_brackets();
        return std::move(match_);
    }

private:
    bool is_title(std::string_view found) const { return found.empty() || found == title_; }

    bool match_tag() {
        const MarkupToken tag = scanner_.token(begin_);
        if (tag.kind != MarkupKind::start_tag) return false;
        bool has_alternative = written_.empty();
        for (const TagAttribute& attribute : scanner_.attributes(tag)) {
            const bool is_alternative = attribute.name == "alt";
            if (!is_alternative && attribute.name != "title") continue;
            const std::string found = decoded(attribute.begin, attribute.end, false);
            match_.failed_at = attribute.begin;
            if (is_alternative ? found != written_ : !is_title(found)) return false;
            has_alternative |= is_alternative;
            add_piece(match_, attribute.begin, attribute.end, ByteClass::text);
        }
        if (!has_alternative) return false;
        match_.last = tag.end; // the tag itself is looked at with the other markup
        return true;
    }

    bool match_brackets() {
        add_piece(match_, begin_, begin_ + 2, ByteClass::markup);
        std::vector<MatchedPiece> words;
        std::size_t at = match_words(words);
        if (at == end_ || text_[at] != ']' || !all_found_) {
            match_.failed_at = std::min(at, end_);
            words.clear();
            at = closing_bracket();
            if (has_links(at) && has_letters(at))
                words.push_back({begin_ + 2, at, ByteClass::text});
            else if (!match_attribute(at))
                return false;
        }
        for (const MatchedPiece& piece : words) add_piece(match_, piece.begin, piece.end, piece.as);
        add_piece(match_, begin_ + 2, std::min(at, end_), ByteClass::markup);
        return match_title(at);
    }

    // The brackets' words without the marks in them. Returns where they end, or where file and words part.
    std::size_t match_words(std::vector<MatchedPiece>& words) {
        std::size_t at = begin_ + 2, word = 0;
        int depth = 0;
        while (at < end_) {
            if (take_word(at, word, depth, words)) continue;
            if (text_[at] == ']' && depth == 0) break;
            const std::size_t next = behind_markup(at, word, depth);
            if (next == at) break;
            at = next;
        }
        all_found_ = word == alternative_.size();
        return std::min(at, end_);
    }

    bool take_word(std::size_t& at, std::size_t& word, int& depth, std::vector<MatchedPiece>& words) {
        if (word >= alternative_.size()) return false;
        const std::string_view rest = std::string_view(alternative_).substr(word);
        const char c = text_[at];
        if (c == '\\' && at + 1 < end_ && rest.front() == text_[at + 1]) {
            words.push_back({at + 1, at + 2, ByteClass::text});
            at += 2;
            ++word;
            return true;
        }
        if (c == '&') {
            std::size_t size = 0;
            if (const std::string& meaning = scanner_.reference(at, size); !meaning.empty() && rest.starts_with(meaning)) {
                words.push_back({at, at + size, ByteClass::text});
                at += size;
                word += meaning.size();
                return true;
            }
        }
        if (is_space(c) && rest.front() == ' ') {
            while (at < end_ && is_space(text_[at])) ++at;
            ++word;
            return true;
        }
        if (c != rest.front()) return false;
        words.push_back({at, at + 1, ByteClass::text});
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        ++at;
        ++word;
        return true;
    }

    // `at` itself: no markup begins there.
    std::size_t behind_markup(std::size_t at, std::size_t word, int& depth) const {
        const char c = text_[at];
        const bool collapses = word == 0 || word == alternative_.size() || alternative_[word - 1] == ' ';
        if (c == '[' && text_.substr(at, 2) == "[^" && text_.find(']', at) < end_)
            return text_.find(']', at) + 1; // a note's call
        if (c == '[' || c == ']') {
            depth += c == '[' ? 1 : -1;
            const LinkEndMarks inner = c == ']' ? link_end(text_.substr(at, end_ - at)) : LinkEndMarks{1, 0, 0};
            return at + std::max<std::size_t>(inner.size, 1);
        }
        if (std::string_view("*_~`!^\\{}>").find(c) != std::string_view::npos || (is_space(c) && collapses)) return at + 1;
        if (c != '<') return at;
        const MarkupToken tag = scanner_.token(at);
        return tag.kind == MarkupKind::none ? at + 1 : tag.end;
    }

    std::size_t closing_bracket() const {
        int open = 0;
        for (std::size_t i = begin_ + 2; i < end_; ++i) {
            if (text_[i] == '\\')
                ++i;
            else if (text_[i] == '[')
                ++open;
            else if (text_[i] == ']' && open-- == 0)
                return i;
        }
        return end_;
    }

    // Links in links: which brackets are words is a long story. Its letters in their order will do.
    bool has_links(std::size_t close) const { return text_.substr(begin_, close - begin_).find("](") != std::string_view::npos; }
    bool has_letters(std::size_t close) const {
        std::size_t kept = 0;
        for (std::size_t i = begin_ + 2; i < close; ++i)
            kept += kept < alternative_.size() && text_[i] == alternative_[kept] ? 1 : 0;
        return kept == alternative_.size();
    }

    // {alt="…"} behind it
    bool match_attribute(std::size_t close) {
        const std::string_view behind = text_.substr(begin_, end_ - begin_);
        const std::size_t list = behind.rfind('{');
        const std::size_t found = list == std::string_view::npos ? list : behind.find("alt=", list);
        if (found == std::string_view::npos) return false;
        if (!alternative_.empty() && collapsed(behind.substr(found)).find(alternative_) == std::string::npos) return false;
        add_piece(match_, begin_ + 2, close, ByteClass::left_out);
        add_piece(match_, begin_ + found + 4, end_, ByteClass::text);
        return true;
    }

    // Destination, title and attributes, from the closing bracket on.
    bool match_title(std::size_t at) {
        const LinkEndMarks marks = link_end(text_.substr(at, end_ - at));
        if (marks.title_end > marks.title_begin) {
            match_.failed_at = at + marks.title_begin;
            if (!is_title(decoded(at + marks.title_begin, at + marks.title_end, true))) return false;
            add_piece(match_, at + marks.title_begin, at + marks.title_end, ByteClass::text);
        }
        add_piece(match_, at, end_, ByteClass::markup);
        match_.last = std::max(match_.last, end_);
        return true;
    }

    // The words of an attribute value or a title, decoded, white space collapsed.
    std::string decoded(std::size_t begin, std::size_t end, bool is_markdown) const {
        std::string out;
        for (std::size_t at = begin; at < end;) {
            std::size_t size = 0;
            if (text_[at] == '&') {
                if (const std::string& meaning = scanner_.reference(at, size); !meaning.empty() && at + size <= end) {
                    out += meaning;
                    at += size;
                    continue;
                }
            }
            if (is_markdown && text_[at] == '\\' && at + 1 < end && is_markdown_punctuation(text_[at + 1])) ++at;
            out += text_[at++];
        }
        return collapsed(out);
    }

    std::string_view text_;
    std::size_t begin_, end_;
    const std::string& written_; // the alternative as the model has it
    std::string alternative_, title_;
    MarkupScanner& scanner_;
    TextMatch match_;
    bool all_found_ = false; // every word of the alternative, by match_words()
};

} // namespace

TextMatch match_picture(std::string_view text, std::size_t begin, std::size_t end, const Image& image, std::string_view title,
                        MarkupScanner& scanner) {
    return PictureMatcher(text, begin, end, image, title, scanner).run();
}

} // namespace bifolio
