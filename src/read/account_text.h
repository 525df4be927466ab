// account_text.h: do the characters of one leaf of the model stand in the file where it says so? And as what does each byte of
// the place count?
#pragma once

#include "read/account_markup.h"
#include "read/account_parts.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bifolio {

enum class ByteClass : std::uint8_t { unknown, text, markup, left_out, reported };

// Which class each byte of the file belongs to. A byte that is text twice is a fault.
class SourceBytes {
public:
    explicit SourceBytes(std::size_t size) : classes_(size, ByteClass::unknown) {}
    ByteClass at(std::size_t i) const { return classes_[i]; }
    std::size_t end_of_known(std::size_t from) const; // the next byte that is unknown
    std::size_t end_of_run(std::size_t from) const;   // the next byte of another class
    std::size_t size() const { return classes_.size(); }
    bool is_free(std::size_t begin, std::size_t end) const;     // nothing in it is known yet
    void set(std::size_t begin, std::size_t end, ByteClass as); // what is known already stays

private:
    std::vector<ByteClass> classes_;
};

// How what stands in the file was written.
enum class Writing : std::uint8_t { markdown, html, preformatted, plain };
// What of “<…>” is passed over: all that HTML calls a tag, what Markdown lets stand in a line (CommonMark § 6.6), nothing.
enum class Tags : std::uint8_t { skipped, of_markdown, are_words };

struct MatchedPiece {
    std::size_t begin = 0, end = 0;
    ByteClass as = ByteClass::text;
};
struct TextMatch {
    std::vector<MatchedPiece> pieces;
    std::size_t first = 0, last = 0; // of the file; behind the last piece
    std::size_t failed_at = 0;       // where file and words part
    bool is_whole = false;           // every word found
};
void add_piece(TextMatch& match, std::size_t begin, std::size_t end, ByteClass as); // nothing where it is empty

TextMatch match_text(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, Writing writing,
                     MarkupScanner& scanner, Tags tags = Tags::skipped);
// HTML 5 moves what stands in a table outside its cells: words from several places, with text of others between them.
TextMatch match_scattered(std::string_view text, std::size_t begin, std::string_view words, const SourceBytes& others,
                          MarkupScanner& scanner);
TextMatch match_code(std::string_view text, std::size_t begin, std::size_t end, std::string_view words, MarkupScanner& scanner);
TextMatch match_code_block(std::string_view text, std::size_t begin, std::size_t end, std::string_view words,
                           MarkupScanner& scanner);
// Alternative text and title of a picture. What the brackets say and an attribute replaces is left out.
TextMatch match_picture(std::string_view text, std::size_t begin, std::size_t end, const Image& image, std::string_view title,
                        MarkupScanner& scanner);

} // namespace bifolio
