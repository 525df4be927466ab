#include "read/source_text.h"

#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

std::vector<std::size_t> line_begins(std::string_view text) {
    std::vector<std::size_t> begins{0};
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) begins.push_back(i + 1);
    return begins;
}

} // namespace

void OffsetMap::add(std::size_t derived, std::size_t original) { pieces_.emplace_back(derived, original); }

std::size_t OffsetMap::original(std::size_t derived) const {
    auto after = std::upper_bound(pieces_.begin(), pieces_.end(), derived,
                                  [](std::size_t offset, const auto& piece) { return offset < piece.first; });
    if (after == pieces_.begin()) return pieces_.empty() ? derived : pieces_.front().second;
    --after;
    return after->second + (derived - after->first);
}

SourceText::SourceText(const MarkdownSource& source)
    : source_(source.source), original_size_(source.text.size()), line_offsets_(source.line_offsets) {
    const std::string_view given = source.text;
    original_line_begins_ = line_begins(given);
    std::size_t at = given.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    to_original_.add(0, at);
    text_.reserve(given.size());
    while (at < given.size()) {
        const Decoded decoded = decode_utf8(given, at);
        if (decoded.valid && is_kept(decoded.code_point)) {
            text_.append(given, at, decoded.size);
            at += decoded.size;
            continue;
        }
        if (decoded.valid) controls_.push_back(text_.size());
        text_ += "\xEF\xBF\xBD";
        at += decoded.size;
        to_original_.add(text_.size(), at);
    }
    line_begins_ = line_begins(text_);
}

std::string_view SourceText::line(std::size_t index) const {
    const std::size_t begin = line_begins_[index];
    std::size_t end = index + 1 < line_begins_.size() ? line_begins_[index + 1] : text_.size();
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
    return text().substr(begin, end - begin);
}

std::size_t SourceText::line_of(std::size_t offset) const {
    return static_cast<std::size_t>(std::upper_bound(line_begins_.begin(), line_begins_.end(), offset) - line_begins_.begin()) -
           1;
}

std::uint32_t SourceText::in_file(std::size_t offset) const {
    const std::size_t original = std::min(to_original_.original(std::min(offset, text_.size())), original_size_);
    if (line_offsets_.empty()) return static_cast<std::uint32_t>(original);
    const auto line =
        static_cast<std::size_t>(std::upper_bound(original_line_begins_.begin(), original_line_begins_.end(), original) -
                                 original_line_begins_.begin() - 1);
    const std::size_t known = std::min(line, line_offsets_.size() - 1);
    return line_offsets_[known] + static_cast<std::uint32_t>(line == known ? original - original_line_begins_[line] : 0);
}

Span SourceText::span(std::size_t begin, std::size_t end) const {
    const std::uint32_t first = in_file(begin);
    return {source_, first, std::max(first, in_file(std::max(begin, end)))};
}

} // namespace bifolio
