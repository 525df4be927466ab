#include "verify/epub/markup_dates.h"

#include "base/utf8.h"

namespace bifolio {

namespace {

// A cursor over the text; every take… takes what it names or says no, and then the text counts as wrong.
class DateReader {
public:
    explicit DateReader(std::string_view text) : rest_(text) {}
    bool at_end() const { return rest_.empty(); }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    // Digits: at least `least` of them, at most `most`; -1: none.
    int number(std::size_t least, std::size_t most) {
        std::size_t count = 0;
        int value = 0;
        while (count < rest_.size() && count < most && rest_[count] >= '0' && rest_[count] <= '9') {
            if (value < 100'000'000) value = value * 10 + (rest_[count] - '0');
            ++count;
        }
        if (count < least) return -1;
        rest_.remove_prefix(count);
        return value;
    }
    bool between(std::size_t digits, int low, int high) {
        const int value = number(digits, digits);
        return value >= low && value <= high;
    }

    bool time() {
        if (!between(2, 0, 23) || !take(':') || !between(2, 0, 59)) return false;
        if (!take(':')) return true;
        if (!between(2, 0, 59)) return false;
        return !take('.') || number(1, 3) >= 0;
    }
    bool zone() {
        if (take('Z')) return true;
        if (!take('+') && !take('-')) return false;
        if (!between(2, 0, 23)) return false;
        take(':');
        return between(2, 0, 59);
    }
    bool date() {
        const int year = number(4, 9);
        if (year <= 0 || !take('-')) return false;
        const int month = number(2, 2);
        return month >= 1 && month <= 12 && take('-') && between(2, 1, 31);
    }
    bool date_and_time(bool zone_needed) {
        if (!date() || !(take('T') || take(' ')) || !time()) return false;
        return at_end() ? !zone_needed : zone();
    }
    bool month() { return number(4, 9) > 0 && take('-') && between(2, 1, 12); }
    bool yearless() {
        take('-') && take('-');
        const int month = number(2, 2);
        return month >= 1 && month <= 12 && take('-') && between(2, 1, 31);
    }
    bool week() { return number(4, 9) > 0 && take('-') && take('W') && between(2, 1, 53); }
    bool seconds() {
        if (number(1, 9) < 0) return false;
        return !take('.') || number(1, 3) >= 0;
    }
    bool iso_duration() {
        if (!take('P')) return false;
        bool any = false;
        if (number(1, 9) >= 0) {
            if (!take('D')) return false;
            any = true;
        }
        if (at_end()) return any;
        if (!take('T') || at_end()) return false;
        for (const char unit : {'H', 'M', 'S'}) {
            const std::string_view before = rest_;
            if (!seconds() || !take(unit)) rest_ = before;
        }
        return at_end();
    }
    bool spelt_duration() {
        bool any = false;
        while (true) {
            while (take(' ')) {}
            if (at_end()) return any;
            if (!seconds()) return false;
            while (take(' ')) {}
            bool unit = false;
            for (const char c : {'w', 'W', 'd', 'D', 'h', 'H', 'm', 'M', 's', 'S'}) unit = unit || take(c);
            if (!unit) return false;
            any = true;
        }
    }

private:
    std::string_view rest_;
};

template <class... Forms>
bool is_one_of(std::string_view text, Forms... forms) {
    const auto fits = [&](auto form) {
        DateReader reader(text);
        return form(reader) && reader.at_end();
    };
    return (fits(forms) || ...);
}

} // namespace

bool is_html_date_optional_time(std::string_view text) {
    return is_one_of(
        trimmed(text), [](DateReader& r) { return r.date(); }, [](DateReader& r) { return r.date_and_time(false); });
}

bool is_html_date_or_time(std::string_view text) {
    return is_html_date_optional_time(text) ||
           is_one_of(
               trimmed(text), [](DateReader& r) { return r.month(); }, [](DateReader& r) { return r.yearless(); },
               [](DateReader& r) { return r.time(); }, [](DateReader& r) { return r.time() && r.zone(); },
               [](DateReader& r) { return r.zone(); }, [](DateReader& r) { return r.week(); },
               [](DateReader& r) { return r.number(4, 9) > 0; }, [](DateReader& r) { return r.iso_duration(); },
               [](DateReader& r) { return r.spelt_duration(); });
}

} // namespace bifolio
