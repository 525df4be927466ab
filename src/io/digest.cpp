#include "io/digest.h"

#include <nettle/sha2.h>

namespace bifolio {

struct Sha256::State {
    sha256_ctx context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) { sha256_init(&state_->context); }
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
    const void* data = bytes.data();
    sha256_update(&state_->context, bytes.size(), static_cast<const std::uint8_t*>(data));
}

Sha256Digest Sha256::digest() {
    Sha256Digest out;
    sha256_digest(&state_->context, out.size(), out.data());
    return out;
}

Sha256Digest sha256(std::string_view bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.digest();
}

std::string hex(const Sha256Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t byte : digest) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string sha256_hex(std::string_view bytes) { return hex(sha256(bytes)); }

} // namespace bifolio
