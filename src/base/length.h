// length.h: lengths as whole numbers.
//
// Units  1 pt = 1/72 inch = 65,536 sp (scaled points, as in TeX). Whole numbers: sums are exact and equal input
//        gives equal pages on every machine. The range is about ±1.4e14 pt; nothing in a book comes near.
#pragma once

#include <compare>
#include <cstdint>

namespace bifolio {

class Length {
public:
    constexpr Length() = default;
    static constexpr Length from_sp(std::int64_t sp) { return Length(sp); }
    static constexpr Length pt(double v) { return Length(to_whole(v * 65536.0)); }
    static constexpr Length mm(double v) { return pt(v * 72.0 / 25.4); }
    static constexpr Length px(double v) { return pt(v * 0.75); } // CSS: 96 px to the inch

    constexpr std::int64_t sp() const { return sp_; }
    constexpr double in_pt() const { return static_cast<double>(sp_) / 65536.0; }
    constexpr double in_mm() const { return in_pt() * 25.4 / 72.0; }
    constexpr Length scaled(double factor) const { return Length(to_whole(static_cast<double>(sp_) * factor)); }

    constexpr auto operator<=>(const Length&) const = default;
    constexpr Length operator-() const { return Length(-sp_); }
    friend constexpr Length operator+(Length a, Length b) { return Length(a.sp_ + b.sp_); }
    friend constexpr Length operator-(Length a, Length b) { return Length(a.sp_ - b.sp_); }
    friend constexpr Length operator*(Length a, int n) { return Length(a.sp_ * n); }
    friend constexpr Length operator/(Length a, int n) { return Length(a.sp_ / n); }
    friend constexpr double operator/(Length a, Length b) { return static_cast<double>(a.sp_) / static_cast<double>(b.sp_); }
    constexpr Length& operator+=(Length b) { return *this = *this + b; }
    constexpr Length& operator-=(Length b) { return *this = *this - b; }

private:
    constexpr explicit Length(std::int64_t sp) : sp_(sp) {}
    static constexpr std::int64_t to_whole(double v) { return static_cast<std::int64_t>(v < 0 ? v - 0.5 : v + 0.5); }
    std::int64_t sp_ = 0;
};

constexpr Length operator""_pt(long double v) { return Length::pt(static_cast<double>(v)); }
constexpr Length operator""_mm(long double v) { return Length::mm(static_cast<double>(v)); }

constexpr Length max(Length a, Length b) { return a < b ? b : a; }
constexpr Length min(Length a, Length b) { return b < a ? b : a; }

} // namespace bifolio
