#include "style/predefined_counter_styles.h"

#include "base/utf8.h"

#include <array>

namespace bifolio {

namespace {

struct Row {
    std::string_view name;
    CounterSystem system;
    std::string_view symbols; // one character each
    std::string_view suffix = ". ";
};

constexpr std::string_view lower_latin = "abcdefghijklmnopqrstuvwxyz", upper_latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view comma = "、";

constexpr std::array rows{
    Row{"decimal", CounterSystem::numeric, "0123456789"},
    Row{"decimal-leading-zero", CounterSystem::numeric, "0123456789"},
    Row{"lower-alpha", CounterSystem::alphabetic, lower_latin},
    Row{"lower-latin", CounterSystem::alphabetic, lower_latin},
    Row{"upper-alpha", CounterSystem::alphabetic, upper_latin},
    Row{"upper-latin", CounterSystem::alphabetic, upper_latin},
    Row{"lower-greek", CounterSystem::alphabetic, "αβγδεζηθικλμνξοπρστυφχψω"},
    Row{"hiragana", CounterSystem::alphabetic,
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん", comma},
    Row{"hiragana-iroha", CounterSystem::alphabetic,
        "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす", comma},
    Row{"katakana", CounterSystem::alphabetic,
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン", comma},
    Row{"katakana-iroha", CounterSystem::alphabetic,
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス", comma},
    Row{"disc", CounterSystem::cyclic, "•", " "},
    Row{"circle", CounterSystem::cyclic, "◦", " "},
    Row{"square", CounterSystem::cyclic, "▪", " "},
    Row{"disclosure-open", CounterSystem::cyclic, "▾", " "},
    Row{"disclosure-closed", CounterSystem::cyclic, "▸", " "},
    Row{"arabic-indic", CounterSystem::numeric, "٠١٢٣٤٥٦٧٨٩"},
    Row{"persian", CounterSystem::numeric, "۰۱۲۳۴۵۶۷۸۹"},
    Row{"urdu", CounterSystem::numeric, "۰۱۲۳۴۵۶۷۸۹"},
    Row{"bengali", CounterSystem::numeric, "০১২৩৪৫৬৭৮৯"},
    Row{"cambodian", CounterSystem::numeric, "០១២៣៤៥៦៧៨៩"},
    Row{"khmer", CounterSystem::numeric, "០១២៣៤៥៦៧៨៩"},
    Row{"devanagari", CounterSystem::numeric, "०१२३४५६७८९"},
    Row{"gujarati", CounterSystem::numeric, "૦૧૨૩૪૫૬૭૮૯"},
    Row{"gurmukhi", CounterSystem::numeric, "੦੧੨੩੪੫੬੭੮੯"},
    Row{"kannada", CounterSystem::numeric, "೦೧೨೩೪೫೬೭೮೯"},
    Row{"lao", CounterSystem::numeric, "໐໑໒໓໔໕໖໗໘໙"},
    Row{"malayalam", CounterSystem::numeric, "൦൧൨൩൪൫൬൭൮൯"},
    Row{"mongolian", CounterSystem::numeric, "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙"},
    Row{"myanmar", CounterSystem::numeric, "၀၁၂၃၄၅၆၇၈၉"},
    Row{"oriya", CounterSystem::numeric, "୦୧୨୩୪୫୬୭୮୯"},
    Row{"tamil", CounterSystem::numeric, "௦௧௨௩௪௫௬௭௮௯"},
    Row{"telugu", CounterSystem::numeric, "౦౧౨౩౪౫౬౭౮౯"},
    Row{"thai", CounterSystem::numeric, "๐๑๒๓๔๕๖๗๘๙"},
    Row{"tibetan", CounterSystem::numeric, "༠༡༢༣༤༥༦༧༨༩"},
    Row{"cjk-decimal", CounterSystem::numeric, "〇一二三四五六七八九", comma},
    Row{"cjk-earthly-branch", CounterSystem::fixed, "子丑寅卯辰巳午未申酉戌亥", comma},
    Row{"cjk-heavenly-stem", CounterSystem::fixed, "甲乙丙丁戊己庚辛壬癸", comma},
};

// The weights of additive styles, falling, parted by spaces.
struct AdditiveRow {
    std::string_view name;
    std::int64_t most;
    std::string_view weights;
};

constexpr std::string_view upper_armenian =
    "9000 Ք 8000 Փ 7000 Ւ 6000 Ց 5000 Ր 4000 Տ 3000 Վ 2000 Ս 1000 Ռ 900 Ջ 800 Պ 700 Չ 600 Ո 500 Շ 400 Ն 300 Յ 200 Մ 100 Ճ "
    "90 Ղ 80 Ձ 70 Հ 60 Կ 50 Ծ 40 Խ 30 Լ 20 Ի 10 Ժ 9 Թ 8 Ը 7 Է 6 Զ 5 Ե 4 Դ 3 Գ 2 Բ 1 Ա";
constexpr std::array additive_rows{
    AdditiveRow{"lower-roman", 3999, "1000 m 900 cm 500 d 400 cd 100 c 90 xc 50 l 40 xl 10 x 9 ix 5 v 4 iv 1 i"},
    AdditiveRow{"upper-roman", 3999, "1000 M 900 CM 500 D 400 CD 100 C 90 XC 50 L 40 XL 10 X 9 IX 5 V 4 IV 1 I"},
    AdditiveRow{"armenian", 9999, upper_armenian},
    AdditiveRow{"upper-armenian", 9999, upper_armenian},
    AdditiveRow{"lower-armenian", 9999,
                "9000 ք 8000 փ 7000 ւ 6000 ց 5000 ր 4000 տ 3000 վ 2000 ս 1000 ռ 900 ջ 800 պ 700 չ 600 ո 500 շ 400 ն 300 յ 200 մ "
                "100 ճ 90 ղ 80 ձ 70 հ 60 կ 50 ծ 40 խ 30 լ 20 ի 10 ժ 9 թ 8 ը 7 է 6 զ 5 ե 4 դ 3 գ 2 բ 1 ա"},
    AdditiveRow{
        "georgian", 19999,
        "10000 ჵ 9000 ჰ 8000 ჯ 7000 ჴ 6000 ხ 5000 ჭ 4000 წ 3000 ძ 2000 ც 1000 ჩ 900 შ 800 ყ 700 ღ 600 ქ 500 ფ 400 ჳ 300 ტ "
        "200 ს 100 რ 90 ჟ 80 პ 70 ო 60 ჲ 50 ნ 40 მ 30 ლ 20 კ 10 ი 9 თ 8 ჱ 7 ზ 6 ვ 5 ე 4 დ 3 გ 2 ბ 1 ა"},
    AdditiveRow{
        "hebrew", 10999,
        "10000 י׳ 9000 ט׳ 8000 ח׳ 7000 ז׳ 6000 ו׳ 5000 ה׳ 4000 ד׳ 3000 ג׳ 2000 ב׳ 1000 א׳ 400 ת 300 ש 200 ר 100 ק 90 צ 80 פ "
        "70 ע 60 ס 50 נ 40 מ 30 ל 20 כ 19 יט 18 יח 17 יז 16 טז 15 טו 10 י 9 ט 8 ח 7 ז 6 ו 5 ה 4 ד 3 ג 2 ב 1 א"},
};

CounterDefinition from_row(const Row& row) {
    CounterDefinition made;
    made.system = row.system;
    made.suffix = row.suffix;
    for (std::size_t at = 0; at < row.symbols.size();) {
        const Decoded one = decode_utf8(row.symbols, at);
        made.symbols.emplace_back(row.symbols.substr(at, one.size));
        at += one.size;
    }
    if (row.name == "decimal-leading-zero") { made.pad = {2, "0"}; }
    if (row.suffix == comma) made.fallback = row.name == "cjk-decimal" ? "decimal" : "cjk-decimal";
    return made;
}

CounterDefinition from_row(const AdditiveRow& row) {
    CounterDefinition made;
    made.system = CounterSystem::additive;
    made.range = CounterDefinition::Ranges{{1, row.most}};
    std::string_view rest = row.weights;
    const auto next_word = [&] {
        const std::size_t space = std::min(rest.find(' '), rest.size());
        const std::string word(rest.substr(0, space));
        rest.remove_prefix(std::min(space + 1, rest.size()));
        return word;
    };
    while (!rest.empty()) {
        const std::int64_t weight = std::stoll(next_word());
        made.additive_symbols.emplace_back(weight, next_word());
    }
    return made;
}

} // namespace

std::optional<CounterDefinition> predefined_counter_style(std::string_view lower_name) {
    for (const Row& row : rows)
        if (row.name == lower_name) return from_row(row);
    for (const AdditiveRow& row : additive_rows)
        if (row.name == lower_name) return from_row(row);
    return std::nullopt;
}

} // namespace bifolio
