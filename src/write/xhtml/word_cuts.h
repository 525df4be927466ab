// word_cuts.h: where words in a line may be parted between two documents. Internal to this folder.
#pragma once

#include "write/xhtml/documents.h"
#include "write/xhtml/markup_size.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bifolio {

struct Cut {
    BookPlace place;
    std::size_t bytes = 0; // of the section before it
    int rank = 0;          // lower is better
};

// A phrase that may be closed in one document and opened again in the next.
bool is_divisible_phrase(const Node& node);

// Over the content of one block, node by node.
class WordCuts {
public:
    // `farthest`: where cuts are farther apart, worse ones are made between them.
    WordCuts(const Book& book, const SectionSize& size, std::size_t farthest, std::vector<Cut>& out)
        : book_(book), size_(size), farthest_(farthest), out_(out) {}
    void begin(bool is_preformatted);
    void node(NodeId id);

private:
    static constexpr int behind_sentence = 100, behind_word = 101, at_line_end = 102, anywhere = 103, none = 1000;
    void text(NodeId id, std::string_view text);
    void character(char32_t c);
    void space(char c);
    bool is_embedded() const { return embedded_ > 0; }
    void cut(NodeId node, std::uint32_t offset, std::size_t bytes);
    void fill(NodeId id, std::string_view text, std::uint32_t begin, std::uint32_t end, int rank);

    const Book& book_; // locals of the caller, as what follows
    const SectionSize& size_;
    std::size_t farthest_;
    std::vector<Cut>& out_;
    bool is_preformatted_ = false, has_words_ = false, is_sentence_end_ = false;
    bool is_wide_end_ = false; // of a sentence that no space follows
    int embedded_ = 0;         // open embeddings and isolates of bidi
    int next_ = none;          // the rank of a cut before what comes next
};

} // namespace bifolio
