// digest.h: SHA-256 (FIPS 180-4), for manifests, file identifiers and font tags.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bifolio {

using Sha256Digest = std::array<std::uint8_t, 32>;

class Sha256 {
public:
    Sha256();
    ~Sha256();
    void update(std::string_view bytes);
    Sha256Digest digest(); // and begins anew

private:
    struct State; // hides nettle
    std::unique_ptr<State> state_;
};

Sha256Digest sha256(std::string_view bytes);
std::string hex(const Sha256Digest& digest);
std::string sha256_hex(std::string_view bytes);

} // namespace bifolio
