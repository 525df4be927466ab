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

} // namespace

std::string fill(std::string_view pattern, std::string_view value) {
    const std::size_t at = pattern.find("{}");
    if (at == std::string_view::npos) return std::string(pattern);
    return std::string(pattern.substr(0, at)).append(value).append(pattern.substr(at + 2));
}

bool is_right_to_left(std::string_view language) { return locale_of(language).isRightToLeft(); }

std::string long_date(Date date, std::string_view language) {
    icu::Locale locale = locale_of(language);
    UErrorCode status = U_ZERO_ERROR;
    locale.setKeywordValue("calendar", "gregorian", status);
    locale.setKeywordValue("numbers", "latn", status);
    const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
    if (U_FAILURE(status) || !format) return iso_date(date);
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
    icu::UnicodeString text;
    format->format(static_cast<UDate>(days_from_civil(date)) * 86'400'000.0, text);
    return to_text(text);
}

std::string in_quotes(std::string_view text, std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data(ulocdata_open(locale_of(language).getName(), &status),
                                                                       &ulocdata_close);
    const auto delimiter = [&](ULocaleDataDelimiterType type, std::string_view otherwise) {
        std::array<UChar, 16> buffer{};
        UErrorCode found = U_ZERO_ERROR;
        if (!data) return std::string(otherwise);
        const std::int32_t size =
            ulocdata_getDelimiter(data.get(), type, buffer.data(), static_cast<std::int32_t>(buffer.size()), &found);
        return U_SUCCESS(found) ? to_text({buffer.data(), size}) : std::string(otherwise);
    };
    return delimiter(ULOCDATA_QUOTATION_START, "“").append(text) + delimiter(ULOCDATA_QUOTATION_END, "”");
}

std::vector<std::string> list_joints(std::size_t count, std::string_view language) {
    // ICU joins texts; each name is a private character here, and what stands between the characters are the joints.
    constexpr char16_t mark = 0xE000;
    std::vector<std::string> joints;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::ListFormatter> formatter(icu::ListFormatter::createInstance(locale_of(language), status));
    const std::vector<icu::UnicodeString> marks(count, icu::UnicodeString(mark));
    icu::UnicodeString joined;
    if (U_SUCCESS(status)) formatter->format(marks.data(), static_cast<std::int32_t>(count), joined, status);
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
