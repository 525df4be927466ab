#include "assemble/names.h"

#include "base/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace bifolio {

namespace {

constexpr std::size_t longest_slug = 60;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_alphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Compatibility forms apart, accents off, other signs as spaces: “Schlafstörung — Überblick” → “Schlafstorung   Uberblick”.
std::string without_accents(const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    const icu::UnicodeString result = U_SUCCESS(status) ? decompose->normalize(text, status) : text;
    std::string decomposed, out;
    (U_SUCCESS(status) ? result : text).toUTF8String(decomposed);
    for (std::size_t at = 0; at < decomposed.size();) {
        const Decoded next = decode_utf8(decomposed, at);
        at += next.size;
        const auto mask = U_GET_GC_MASK(static_cast<UChar32>(next.code_point));
        if (mask & U_GC_M_MASK) continue;
        if (next.code_point == U'’' || next.code_point == U'‘') continue; // “don’t” is one word
        if (next.code_point < 0x80 || (mask & (U_GC_L_MASK | U_GC_N_MASK)))
            append_utf8(out, next.code_point);
        else
            out += ' ';
    }
    return out;
}

icu::UnicodeString in_utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

// Any script in ASCII letters. Loading the rules takes longer than many a leaflet, so only names that people see are worth it.
std::string romanised(std::string_view text) {
    icu::UnicodeString string = in_utf16(text);
    std::string plain = without_accents(string);
    if (is_ascii(plain)) return plain;
    UErrorCode status = U_ZERO_ERROR;
    // One for each thread: ICU's transliterators serve one at a time.
    thread_local const std::unique_ptr<icu::Transliterator> latin(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    if (!latin) return plain;
    latin->transliterate(string);
    return without_accents(string);
}

std::string hyphenated(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') continue;
        if (is_ascii_alphanumeric(c))
            out += lower(c);
        else if (!out.empty() && out.back() != '-')
            out += '-';
        if (out.size() > longest_slug + 1) break;
    }
    if (out.size() > longest_slug) {
        const std::size_t word_end = out.rfind('-', longest_slug);
        out.resize(word_end == std::string::npos || word_end < longest_slug / 2 ? longest_slug : word_end);
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

} // namespace

std::string slug(std::string_view text) { return hyphenated(is_ascii(text) ? std::string(text) : romanised(text)); }

std::string id_slug(std::string_view text) {
    return hyphenated(is_ascii(text) ? std::string(text) : without_accents(in_utf16(text)));
}

std::string heading_anchor(std::string_view text) {
    std::string out;
    const std::string_view words = trimmed(text);
    for (std::size_t at = 0; at < words.size();) {
        const Decoded next = decode_utf8(words, at);
        at += next.size;
        const auto c = static_cast<UChar32>(next.code_point);
        if (c == ' ' || c == '\n')
            out += '-';
        else if (c == '-' || c == '_' || u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK))
            append_utf8(out, static_cast<char32_t>(u_tolower(c)));
    }
    return out;
}

std::string xml_name(std::string_view text) {
    const std::string plain = is_ascii(text) ? std::string(text) : without_accents(in_utf16(text));
    std::string out;
    for (const char c : plain) {
        if (is_ascii_alphanumeric(c) || c == '_' || c == '.' || c == '-')
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && (out.back() == '-' || out.back() == '.')) out.pop_back();
    const bool begins_well =
        !out.empty() && (is_ascii_alphanumeric(out.front()) || out.front() == '_') && !(out.front() >= '0' && out.front() <= '9');
    return begins_well ? out : "n-" + out;
}

std::string UniqueNames::take(std::string wanted) {
    const auto [found, is_new] = taken_.try_emplace(wanted, 2);
    if (is_new) return wanted;
    for (;;) {
        std::string next = wanted + "-" + std::to_string(found->second++);
        if (taken_.try_emplace(next, 2).second) return next;
    }
}

std::string uuid_urn(std::string_view text) {
    __extension__ using Wide = unsigned __int128;
    constexpr Wide prime = (Wide{1} << 88) + 0x13B;
    Wide hash = (Wide{0x6C62272E07BB0142} << 64) + 0x62B821756295C58D;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;

    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(hash >> (8 * (15 - i)));
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x80); // version 8
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80); // variant 10

    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "urn:uuid:";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 0x0F];
    }
    return out;
}

std::string url_decoded(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        const char small = lower(c);
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    };
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int high = text[at] == '%' && at + 2 < text.size() ? digit(text[at + 1]) : -1;
        const int low = high >= 0 ? digit(text[at + 2]) : -1;
        if (low < 0) {
            out += text[at];
            continue;
        }
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return first_invalid_utf8(out) == std::string::npos ? out : std::string(text);
}

std::string joined_path(std::string_view folder, std::string_view path) {
    std::vector<std::string_view> steps;
    const auto walk = [&](std::string_view part) {
        while (!part.empty()) {
            const std::size_t end = std::min(part.find('/'), part.size());
            const std::string_view step = part.substr(0, end);
            part.remove_prefix(std::min(end + 1, part.size()));
            if (step.empty() || step == ".") continue;
            if (step == ".." && !steps.empty() && steps.back() != "..")
                steps.pop_back();
            else
                steps.push_back(step);
        }
    };
    walk(folder);
    walk(path);
    std::string out;
    for (const std::string_view step : steps) (out += out.empty() ? "" : "/").append(step);
    return out;
}

std::string relative_path(std::string_view folder, std::string_view path) {
    const auto first_step = [](std::string_view part) { return part.substr(0, part.find('/')); };
    while (!folder.empty() && path.find('/') != std::string_view::npos && first_step(folder) == first_step(path)) {
        path.remove_prefix(first_step(path).size() + 1);
        folder.remove_prefix(std::min(first_step(folder).size() + 1, folder.size()));
    }
    std::string out;
    for (; !folder.empty(); folder.remove_prefix(std::min(first_step(folder).size() + 1, folder.size()))) out += "../";
    return out.append(path);
}

std::string folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

std::string_view without_extension(std::string_view path) {
    const std::size_t slash = path.rfind('/'), dot = path.rfind('.');
    const std::size_t stem = slash == std::string_view::npos ? 0 : slash + 1;
    return dot == std::string_view::npos || dot <= stem ? path : path.substr(0, dot);
}

} // namespace bifolio
