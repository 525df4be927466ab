// Quotation marks by language, for quotes: auto (Generated Content 3 §3.1; the marks are those of CLDR).
#include "style/generate_content.h"

#include "base/utf8.h"

#include <array>

namespace bifolio {

namespace {

struct Row {
    std::string_view languages; // parted by spaces
    std::string_view open, close, inner_open, inner_close;
};

constexpr std::array rows{
    Row{"en cy ga ms th ur bn gu hi mr pa ta te kn ml so sw yo zu zh", "“", "”", "‘", "’"},
    Row{"de cs sk sl hr bs is lt sq et lv mk bg ka", "„", "“", "‚", "‘"},
    Row{"de-ch fr-ch it-ch rm", "«", "»", "‹", "›"},
    Row{"fr", "«\u00A0", "\u00A0»", "“", "”"},
    Row{"es pt-pt it ca gl eu el hy vi", "«", "»", "“", "”"},
    Row{"pt tr nl af id", "“", "”", "‘", "’"},
    Row{"pl ro hu", "„", "”", "«", "»"},
    Row{"ru uk be kk", "«", "»", "„", "“"},
    Row{"sv fi", "”", "”", "’", "’"},
    Row{"da", "“", "”", "‘", "’"},
    Row{"nb no nn", "«", "»", "‘", "’"},
    Row{"ar fa ps ckb ug az uz", "«", "»", "‹", "›"},
    Row{"he yi", "”", "”", "’", "’"},
    Row{"ja zh-tw zh-hk zh-hant", "「", "」", "『", "』"},
    Row{"ko", "“", "”", "‘", "’"},
};

bool names(const Row& row, std::string_view language) {
    std::string_view rest = row.languages;
    while (!rest.empty()) {
        const std::size_t space = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, space) == language) return true;
        rest.remove_prefix(std::min(space + 1, rest.size()));
    }
    return false;
}

} // namespace

std::pair<std::string, std::string> quotes_of_language(std::string_view language, std::size_t level) {
    std::string tag = to_ascii_lower(language);
    while (!tag.empty()) {
        for (const Row& row : rows) {
            if (!names(row, tag)) continue;
            const bool inner = level % 2 == 1;
            return {std::string(inner ? row.inner_open : row.open), std::string(inner ? row.inner_close : row.close)};
        }
        const std::size_t cut = tag.rfind('-'); // “de-at” → “de”
        tag.resize(cut == std::string::npos ? 0 : cut);
    }
    return quotes_of_language("en", level);
}

} // namespace bifolio
