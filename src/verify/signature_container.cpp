#include "verify/signature_container.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace bifolio {

namespace {

enum Tag : unsigned char { integer = 0x02, object_identifier = 0x06, sequence = 0x30, set = 0x31, context_0 = 0xA0 };
constexpr std::string_view signed_data("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9); // 1.2.840.113549.1.7.2

struct Element {
    unsigned char tag = 0;
    std::string_view content, whole;
};

// The elements of a constructed one, one after the other. X.690, 8.1: definite lengths, short tags.
class Elements {
public:
    explicit Elements(std::string_view bytes) : left_(bytes) {}

    std::optional<Element> next() {
        if (left_.size() < 2) return std::nullopt;
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(left_[at]); };
        std::size_t head = 2, length = byte(1);
        if (length >= 0x80) {
            const std::size_t count = length & 0x7F;
            if (count == 0 || count > 4 || left_.size() < 2 + count) return std::nullopt;
            length = 0;
            for (std::size_t i = 0; i < count; ++i) length = length << 8 | byte(2 + i);
            head += count;
        }
        if (length > left_.size() - head) return std::nullopt;
        const Element out{byte(0), left_.substr(head, length), left_.substr(0, head + length)};
        left_.remove_prefix(head + length);
        return out;
    }
    std::optional<Element> next(Tag tag) { // only if it is of this tag
        Elements ahead = *this;
        const std::optional<Element> out = ahead.next();
        if (!out || out->tag != tag) return std::nullopt;
        *this = ahead;
        return out;
    }

private:
    std::string_view left_;
};

// Issuer and serial number, of a certificate and of who is said to have signed.
struct Certificate {
    std::string_view issuer, serial;
    bool operator==(const Certificate&) const = default;
};

std::optional<Certificate> read_certificate(std::string_view content) { // X.509, TBSCertificate
    const std::optional<Element> to_be_signed = Elements(content).next(sequence);
    if (!to_be_signed) return std::nullopt;
    Elements parts(to_be_signed->content);
    parts.next(context_0); // version
    const std::optional<Element> serial = parts.next(integer);
    if (!serial || !parts.next(sequence)) return std::nullopt;
    const std::optional<Element> issuer = parts.next(sequence);
    if (!issuer) return std::nullopt;
    return Certificate{issuer->whole, serial->content};
}

std::optional<Certificate> read_signer(std::string_view content) {
    Elements parts(content);
    if (!parts.next(integer)) return std::nullopt;
    const std::optional<Element> issuer_and_serial = parts.next(sequence);
    if (!issuer_and_serial) return std::nullopt;
    Elements inner(issuer_and_serial->content);
    const std::optional<Element> issuer = inner.next(sequence), serial = inner.next(integer);
    if (!issuer || !serial) return std::nullopt;
    return Certificate{issuer->whole, serial->content};
}

} // namespace

SignatureContainer read_signature_container(std::string_view contents) {
    SignatureContainer out;
    const std::optional<Element> info = Elements(contents).next(sequence);
    if (!info) return out;
    Elements outer(info->content);
    const std::optional<Element> kind = outer.next(object_identifier), wrapped = outer.next(context_0);
    if (!kind || kind->content != signed_data || !wrapped) return out;
    const std::optional<Element> data = Elements(wrapped->content).next(sequence);
    if (!data) return out;
    Elements parts(data->content);
    if (!parts.next(integer) || !parts.next(set) || !parts.next(sequence)) return out;
    std::vector<Certificate> certificates;
    if (const std::optional<Element> list = parts.next(context_0))
        for (Elements all(list->content); const std::optional<Element> one = all.next();)
            if (const std::optional<Certificate> certificate = read_certificate(one->content))
                certificates.push_back(*certificate);
    for (std::optional<Element> one = parts.next(); one; one = parts.next()) {
        if (one->tag != set) continue; // lists of what was revoked
        out.readable = true;
        out.has_certificates = true;
        for (Elements all(one->content); const std::optional<Element> signer = all.next(sequence);) {
            ++out.signers;
            const std::optional<Certificate> wanted = read_signer(signer->content);
            // A signer named in another way (CMS, by key) is taken at his word if there is a certificate at all.
            out.has_certificates =
                out.has_certificates &&
                (wanted ? std::ranges::find(certificates, *wanted) != certificates.end() : !certificates.empty());
        }
    }
    return out;
}

} // namespace bifolio
