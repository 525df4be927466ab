#include "verify/font_cmap.h"

#include "verify/glyph_names.h"
#include "verify/pdf_syntax_reader.h"
#include "verify/pdf_text.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace bifolio {

namespace {

std::uint32_t number_of(std::string_view bytes) {
    std::uint32_t out = 0;
    for (const char c : bytes.substr(0, 4)) out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

const std::string* code_bytes(const PdfValue& value) {
    const std::string* bytes = value.as<std::string>();
    return bytes && !bytes->empty() && bytes->size() <= 4 ? bytes : nullptr;
}

// What a code maps to, as UTF-16BE: the string, or the character that a glyph name stands for.
std::optional<std::string> target(const PdfValue& value) {
    if (const std::string* bytes = value.as<std::string>()) return bytes->size() == 1 ? std::string(1, '\0') + *bytes : *bytes;
    const PdfName* name = value.as<PdfName>();
    if (!name) return std::nullopt;
    std::string out;
    for (const char16_t unit : utf16_of_glyph_name(name->text)) {
        out += static_cast<char>(unit >> 8);
        out += static_cast<char>(unit & 0xFF);
    }
    return out;
}

} // namespace

std::string hexadecimal(CharacterCode code) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (int shift = code.length * 8 - 4; shift >= 0; shift -= 4) out += digits[code.value >> shift & 0xF];
    return out;
}

FontCmap::FontCmap(std::string_view program) {
    PdfSyntaxReader reader(program);
    std::vector<PdfValue> operands;
    std::string block; // the kind that is open
    const auto last_but = [&](std::size_t back) {
        return operands.size() > back ? &operands[operands.size() - 1 - back] : nullptr;
    };
    for (PdfValue value;;) {
        const PdfSyntaxReader::Found found = reader.next(value, false);
        if (found == PdfSyntaxReader::Found::end) break;
        if (found == PdfSyntaxReader::Found::value) {
            if (const PdfDictionary* info = value.dictionary()) { // “<< /Registry (Adobe) … >>”, written in one piece
                const auto take = [&](std::string_view key, std::string& into) {
                    if (const PdfValue* one = find(*info, key); one && one->as<std::string>()) into = *one->as<std::string>();
                };
                take("Registry", registry);
                take("Ordering", ordering);
                if (const PdfValue* one = find(*info, "Supplement"); one && one->as<std::int64_t>())
                    supplement = *one->as<std::int64_t>();
            }
            operands.push_back(std::move(value));
            continue;
        }
        const std::string_view word = reader.keyword();
        if (word.starts_with("begin") && word != "begin" && word != "begincmap") {
            block = word.substr(5);
            operands.clear();
        } else if (word.starts_with("end") && !block.empty()) {
            read_block(block, operands);
            block.clear();
            operands.clear();
        } else if (word == "usecmap") {
            if (const PdfValue* named = last_but(0); named && named->as<PdfName>()) uses = named->as<PdfName>()->text;
            operands.clear();
        } else if (word == "def") {
            const PdfValue *key = last_but(1), *said = last_but(0);
            if (key && key->as<PdfName>()) {
                const std::string& name_of = key->as<PdfName>()->text;
                if (name_of == "WMode" && said->as<std::int64_t>()) writing_mode = *said->as<std::int64_t>();
                if (name_of == "CMapName" && said->as<PdfName>()) name = said->as<PdfName>()->text;
                if (name_of == "Registry" && said->as<std::string>()) registry = *said->as<std::string>();
                if (name_of == "Ordering" && said->as<std::string>()) ordering = *said->as<std::string>();
                if (name_of == "Supplement" && said->as<std::int64_t>()) supplement = *said->as<std::int64_t>();
            }
            operands.clear();
        }
    }
    const auto order = [](const CodeRange& range) { return std::tuple(range.length, range.low); };
    std::ranges::stable_sort(cids_, {}, order);
    std::ranges::stable_sort(texts_, {}, order);
    std::ranges::stable_sort(spaces_, {}, &CodeSpace::length);
}

void FontCmap::read_block(std::string_view kind, const std::vector<PdfValue>& items) {
    const bool range = kind == "cidrange" || kind == "bfrange";
    const std::size_t step = range ? 3 : 2;
    if (kind != "codespacerange" && kind != "cidchar" && kind != "bfchar" && !range) return;
    for (std::size_t i = 0; i + step <= items.size(); i += step) {
        const std::string* low = code_bytes(items[i]);
        const std::string* high = range || kind == "codespacerange" ? code_bytes(items[i + 1]) : low;
        if (!low || !high || low->size() != high->size()) continue;
        const auto length = static_cast<std::uint8_t>(low->size());
        if (kind == "codespacerange") {
            spaces_.push_back({length, *low, *high});
            continue;
        }
        CodeRange one{length, number_of(*low), number_of(*high), 0, {}};
        const PdfValue& to = items[i + step - 1];
        if (kind.starts_with("cid")) {
            const std::int64_t* cid = to.as<std::int64_t>();
            if (!cid || *cid < 0 || *cid > 0xFFFF'FFFF) continue;
            one.cid = static_cast<std::uint32_t>(*cid);
            cids_.push_back(std::move(one));
        } else if (const PdfArray* each = to.array()) {
            for (std::size_t j = 0; j < each->size() && one.low + j <= one.high; ++j)
                if (auto text = target((*each)[j])) {
                    const auto code = static_cast<std::uint32_t>(one.low + j);
                    texts_.push_back({length, code, code, 0, std::move(*text)});
                }
        } else if (auto text = target(to)) {
            one.unicode = std::move(*text);
            texts_.push_back(std::move(one));
        }
    }
}

const FontCmap::CodeRange* FontCmap::find_range(const std::vector<CodeRange>& ranges, CharacterCode code) {
    const auto order = [](const CodeRange& range) { return std::tuple(range.length, range.low); };
    auto after = std::ranges::upper_bound(ranges, std::tuple(code.length, code.value), {}, order);
    // Ranges may overlap; a wide one can hide behind narrower ones, which is rare: a few steps back are enough.
    for (int step = 0; step < 16 && after != ranges.begin(); ++step) {
        --after;
        if (after->length != code.length) break;
        if (code.value <= after->high) return &*after;
    }
    return nullptr;
}

std::uint64_t FontCmap::largest_cid() const {
    std::uint64_t out = 0;
    for (const CodeRange& range : cids_)
        if (range.high >= range.low) out = std::max(out, std::uint64_t{range.cid} + (range.high - range.low));
    return out;
}

std::optional<std::uint32_t> FontCmap::cid(CharacterCode code) const {
    const CodeRange* range = find_range(cids_, code);
    return range ? std::optional(range->cid + (code.value - range->low)) : std::nullopt;
}

std::optional<std::string> FontCmap::unicode(CharacterCode code) const {
    const CodeRange* range = find_range(texts_, code);
    if (!range) return std::nullopt;
    std::string text = range->unicode;
    // The last unit counts up with the code, with a carry as some writers mean it.
    std::uint32_t add = code.value - range->low;
    for (std::size_t at = text.size(); at-- > 0 && add > 0;) {
        add += static_cast<unsigned char>(text[at]);
        text[at] = static_cast<char>(add & 0xFF);
        add >>= 8;
    }
    return utf16_to_utf8(text);
}

CharacterCode FontCmap::next_code(std::string_view shown, std::size_t& at) const {
    const std::string_view rest = shown.substr(at);
    std::size_t length = spaces_.empty() ? 1 : spaces_.front().length; // of a code in no range: the shortest
    for (const CodeSpace& space : spaces_) {
        if (space.length > rest.size()) continue;
        bool inside = true;
        for (std::size_t i = 0; i < space.length && inside; ++i) {
            const auto byte = [](char c) { return static_cast<unsigned char>(c); };
            inside = byte(space.low[i]) <= byte(rest[i]) && byte(rest[i]) <= byte(space.high[i]);
        }
        if (inside) {
            length = space.length;
            break;
        }
    }
    length = std::min(length, rest.size());
    at += length;
    return {number_of(rest.substr(0, length)), static_cast<std::uint8_t>(length)};
}

namespace {

// Supplements are those of Adobe's CMap resources as they were last published.
struct PredefinedCmap {
    std::string_view stem; // before “-H” and “-V”
    std::int64_t supplement;
};
constexpr std::array<PredefinedCmap, 30> predefined_cmaps{
    {{"GB-EUC", 0},     {"GBpc-EUC", 0},     {"GBK-EUC", 2},        {"GBKp-EUC", 2},     {"GBK2K", 5},
     {"UniGB-UCS2", 4}, {"UniGB-UTF16", 5},  {"B5pc", 0},           {"HKscs-B5", 6},     {"ETen-B5", 0},
     {"ETenms-B5", 0},  {"CNS-EUC", 0},      {"UniCNS-UCS2", 3},    {"UniCNS-UTF16", 7}, {"83pv-RKSJ", 1},
     {"90ms-RKSJ", 2},  {"90msp-RKSJ", 2},   {"90pv-RKSJ", 1},      {"Add-RKSJ", 1},     {"EUC", 1},
     {"Ext-RKSJ", 2},   {"UniJIS-UCS2", 4},  {"UniJIS-UCS2-HW", 4}, {"UniJIS-UTF16", 7}, {"KSC-EUC", 0},
     {"KSCms-UHC", 1},  {"KSCms-UHC-HW", 1}, {"KSCpc-EUC", 0},      {"UniKS-UCS2", 1},   {"UniKS-UTF16", 1}}};

} // namespace

std::optional<std::int64_t> supplement_of_predefined_cmap(std::string_view name) {
    if (name == "H" || name == "V") return 1;
    if (name.size() < 3 || (!name.ends_with("-H") && !name.ends_with("-V")) || name == "83pv-RKSJ-V") return std::nullopt;
    const auto row = std::ranges::find(predefined_cmaps, name.substr(0, name.size() - 2), &PredefinedCmap::stem);
    return row == predefined_cmaps.end() ? std::nullopt : std::optional(row->supplement);
}

bool is_predefined_cmap(std::string_view name) {
    return name == "Identity-H" || name == "Identity-V" || supplement_of_predefined_cmap(name).has_value();
}

} // namespace bifolio
