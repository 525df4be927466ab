// document_marks.h: what a document has beside its text: the elements with their attributes, where links lead, the pages of the
// print edition, the pictures.
//
// Place      Marks are told apart by the characters that they hold: begin and end are indices into the TextStream's tokens. So
//            they are compared only where the texts are the same.
// Name       An element as its start tag has it, without ids; a link's place is “→ 3:120”: document 3, before token 120.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bifolio {

struct DocumentMark {
    std::uint32_t begin = 0, end = 0, name = 0;
    std::uint32_t owner = 0; // of a book: the node; of a file: the document
};

class DocumentMarks {
public:
    std::size_t open(std::uint32_t begin, std::string_view name, std::uint32_t owner);
    void close(std::size_t mark, std::uint32_t end) { all_[mark].end = end; }
    // Those of a document that begins at `begin`; the index of its first one.
    std::size_t append(const DocumentMarks& document, std::uint32_t begin, std::uint32_t owner);
    void add_to_name(std::size_t mark, std::string_view more); // where a link leads is known at the end
    const std::vector<DocumentMark>& all() const { return all_; }
    const std::string& name(const DocumentMark& mark) const { return *names_[mark.name]; }

private:
    std::uint32_t number(std::string_view name);
    std::vector<DocumentMark> all_; // in the order of the start tags
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
    std::vector<const std::string*> names_; // keys of the map, which do not move
};

// The marks that differ, as indices; the one of a side that has no more, or has one less there, is `missing`.
struct MarkDifference {
    static constexpr std::size_t missing = static_cast<std::size_t>(-1);
    std::size_t expected = missing, found = missing;
};
std::vector<MarkDifference> compare_marks(const DocumentMarks& expected, const DocumentMarks& found, std::size_t most);

// “→ 3:120”
std::string landing_name(std::size_t document, std::uint32_t token);

} // namespace bifolio
