#include "proof/file_digests.h"

#include "base/utf8.h"
#include "io/digest.h"

namespace bifolio {

namespace {

class FileText { // in pieces: a book's text need not be in memory once more
public:
    void add(const TextToken* begin, const TextToken* end) {
        for (const TextToken* at = begin; at != end; ++at) {
            const bool gap = space_count(*at) > 0 || (*at & (found_gap::boundary | found_gap::space_before_line)) != 0;
            if (gap && has_begun_) piece_ += ' ';
            append_utf8(piece_, code_point(*at));
            has_begun_ = true;
            if (piece_.size() >= most_bytes) flush();
        }
    }
    void add_picture(std::string_view alternative) {
        piece_ += '\n';
        piece_ += alternative;
    }
    std::string digest() {
        flush();
        return hex(sha256_.digest());
    }

private:
    static constexpr std::size_t most_bytes = 64 << 10;
    void flush() {
        sha256_.update(piece_);
        piece_.clear();
    }
    Sha256 sha256_;
    std::string piece_;
    bool has_begun_ = false;
};

template <class Found>
std::string digest_of(const Found& found) {
    FileText text;
    text.add(found.text.tokens.data(), found.text.tokens.data() + found.text.tokens.size());
    for (const auto& picture : found.pictures) text.add_picture(picture.alternative);
    return text.digest();
}

} // namespace

std::string file_digest(const FoundPdf& found) { return digest_of(found); }
std::string file_digest(const FoundDocuments& found) { return digest_of(found); }

std::map<std::string, std::string> page_digests(const FoundDocuments& found) {
    const auto name = [&](std::uint32_t document) {
        const std::string& path = found.documents[document];
        return path.substr(path.rfind('/') + 1);
    };
    std::map<std::string, FileText> texts;
    for (const std::string& document : found.documents) texts[document.substr(document.rfind('/') + 1)];
    const auto& stretches = found.text.stretches;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const std::size_t end = i + 1 < stretches.size() ? stretches[i + 1].begin : found.text.tokens.size();
        texts[name(stretches[i].place)].add(found.text.tokens.data() + stretches[i].begin, found.text.tokens.data() + end);
    }
    for (const FoundDocumentPicture& picture : found.pictures) texts[name(picture.document)].add_picture(picture.alternative);
    std::map<std::string, std::string> out;
    for (auto& [document, text] : texts) out[document] = text.digest();
    return out;
}

} // namespace bifolio
