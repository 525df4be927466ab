#include "assemble/words.h"

#include "base/utf8.h"

#include <unicode/calendar.h>
#include <unicode/datefmt.h>
#include <unicode/listformatter.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/ulocdata.h>
#include <unicode/unistr.h>

#include <array>
#include <map>
#include <memory>

namespace bifolio {

namespace {

icu::Locale locale_of(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    // Plain English is British here: the day stands before the month, and no comma before the last of three.
    const std::string tag = equals_ignoring_ascii_case(language, "en") ? "en-GB" : std::string(language);
    icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
    return U_SUCCESS(status) && !locale.isBogus() ? locale : icu::Locale::getUK();
}

std::string to_text(const icu::UnicodeString& string) {
    std::string text;
    string.toUTF8String(text);
    return text;
}

// Days from 1970-01-01 in the Gregorian calendar (Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”).
long days_from_civil(Date date) {
    const long year = date.month <= 2 ? date.year - 1L : date.year;
    const long era = (year >= 0 ? year : year - 399) / 400;
    const long year_of_era = year - era * 400;
    const long day_of_year = (153L * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

// What ICU knows of a language. Asking it anew for every date and title would take longer than the rest of the assembly.
struct LanguageData {
    bool right_to_left = false;
    std::unique_ptr<icu::DateFormat> date_format; // null: ICU has none
    std::string quotation_start, quotation_end;
    std::unique_ptr<icu::ListFormatter> list_formatter;
};

std::string delimiter(const icu::Locale& locale, ULocaleDataDelimiterType type, std::string_view otherwise) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data(ulocdata_open(locale.getName(), &status), &ulocdata_close);
    std::array<UChar, 16> buffer{};
    const std::int32_t size = U_SUCCESS(status) ? ulocdata_getDelimiter(data.get(), type, buffer.data(),
                                                                        static_cast<std::int32_t>(buffer.size()), &status)
                                                : 0;
    return U_SUCCESS(status) ? to_text({buffer.data(), size}) : std::string(otherwise);
}

LanguageData load(std::string_view language) {
    const icu::Locale locale = locale_of(language);
    LanguageData data;
    data.right_to_left = locale.isRightToLeft();
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale for_dates = locale;
    for_dates.setKeywordValue("calendar", "gregorian", status);
    for_dates.setKeywordValue("numbers", "latn", status);
    if (U_SUCCESS(status)) data.date_format.reset(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, for_dates));
    if (data.date_format) data.date_format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
    data.quotation_start = delimiter(locale, ULOCDATA_QUOTATION_START, "“");
    data.quotation_end = delimiter(locale, ULOCDATA_QUOTATION_END, "”");
    status = U_ZERO_ERROR;
    data.list_formatter.reset(icu::ListFormatter::createInstance(locale, status));
    return data;
}

// One for each thread, because ICU's formatters serve one thread at a time. A book has few languages.
const LanguageData& data_of(std::string_view language) {
    thread_local std::map<std::string, LanguageData, std::less<>> known;
    if (const auto found = known.find(language); found != known.end()) return found->second;
    constexpr std::size_t most = 64; // a hostile file may name thousands
    if (known.size() >= most) known.clear();
    return known.emplace(std::string(language), load(language)).first->second;
}

} // namespace

std::string fill(std::string_view pattern, std::string_view value) {
    const std::size_t at = pattern.find("{}");
    if (at == std::string_view::npos) return std::string(pattern);
    return std::string(pattern.substr(0, at)).append(value).append(pattern.substr(at + 2));
}

bool is_right_to_left(std::string_view language) { return data_of(language).right_to_left; }

std::string long_date(Date date, std::string_view language) {
    const LanguageData& data = data_of(language);
    if (!data.date_format) return iso_date(date);
    icu::UnicodeString text;
    data.date_format->format(static_cast<UDate>(days_from_civil(date)) * 86'400'000.0, text);
    return to_text(text);
}

std::string in_quotes(std::string_view text, std::string_view language) {
    const LanguageData& data = data_of(language);
    return data.quotation_start + std::string(text) + data.quotation_end;
}

std::vector<std::string> list_joints(std::size_t count, std::string_view language) {
    // ICU joins texts; each name is a private character here, and what stands between the characters are the joints.
    constexpr char16_t mark = 0xE000;
    std::vector<std::string> joints;
    UErrorCode status = U_ZERO_ERROR;
    const LanguageData& data = data_of(language);
    const std::vector<icu::UnicodeString> marks(count, icu::UnicodeString(mark));
    icu::UnicodeString joined;
    if (data.list_formatter) data.list_formatter->format(marks.data(), static_cast<std::int32_t>(count), joined, status);
    icu::UnicodeString joint;
    for (std::int32_t at = 0; U_SUCCESS(status) && at < joined.length(); ++at) {
        if (joined[at] != mark) {
            joint += joined[at];
            continue;
        }
        joints.push_back(to_text(joint));
        joint.remove();
    }
    joints.push_back(to_text(joint));
    if (joints.size() != count + 1) { // no data: commas will do
        joints.assign(count + 1, std::string(words_for(language).comma));
        joints.front() = joints.back() = "";
    }
    return joints;
}

} // namespace bifolio
