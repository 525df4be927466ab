#include "proof/file_digests.h"

#include "proof/text_digest.h"

namespace bifolio {

namespace {

void add(TextDigest& to, const TextToken* begin, const TextToken* end) {
    constexpr TextToken parts = found_gap::boundary | found_gap::space_before_line;
    for (const TextToken* at = begin; at != end; ++at) to.add(code_point(*at), space_count(*at) > 0 || (*at & parts) != 0);
}

template <class Found>
std::string digest_of(const Found& found) {
    TextDigest text;
    add(text, found.text.tokens.data(), found.text.tokens.data() + found.text.tokens.size());
    for (const auto& picture : found.pictures) text.add_line(picture.alternative);
    return text.hex();
}

} // namespace

std::string file_digest(const FoundPdf& found) { return digest_of(found); }
std::string file_digest(const FoundDocuments& found) { return digest_of(found); }

std::map<std::string, std::string> page_digests(const FoundDocuments& found) {
    std::map<std::string, std::string> out;
    const auto& stretches = found.text.stretches;
    std::size_t stretch = 0, picture = 0; // both stand in the order of the documents
    for (std::uint32_t document = 0; document < found.documents.size(); ++document) {
        TextDigest text;
        for (; stretch < stretches.size() && stretches[stretch].place == document; ++stretch) {
            const bool is_last = stretch + 1 == stretches.size();
            const std::size_t end = is_last ? found.text.tokens.size() : stretches[stretch + 1].begin;
            add(text, found.text.tokens.data() + stretches[stretch].begin, found.text.tokens.data() + end);
        }
        for (; picture < found.pictures.size() && found.pictures[picture].document == document; ++picture)
            text.add_line(found.pictures[picture].alternative);
        const std::string& path = found.documents[document];
        out[path.substr(path.rfind('/') + 1)] = text.hex();
    }
    return out;
}

} // namespace bifolio
