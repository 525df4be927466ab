// css_value.h: reading the value of a declaration piece by piece, and lengths whose unit waits for a font size.
//
// Units      LengthContext and Resolved are in points as floating point; to_length() makes the whole-number Length, bounded so
//            that no absurd number in a style file can overflow a sum later on.
// Spec       CSS Values 3 (units, calc()) and of Values 4 min(), max(), clamp().
#pragma once

#include "base/colour.h"
#include "base/length.h"
#include "base/utf8.h"
#include "style/css_tokenizer.h"
#include "style/font_measures.h"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace bifolio {

enum class LengthUnit : std::uint8_t {
    pt,
    px,
    pc,
    in,
    cm,
    mm,
    q,
    em,
    rem,
    ex,
    cap,
    ch,
    ic,
    rex,
    rcap,
    rch,
    ric,
    lh,
    rlh,
    vw,
    vh,
    vmin,
    vmax,
    percent,
    none
};
std::optional<LengthUnit> length_unit(std::string_view name); // not percent, none

// What a relative unit is relative to, in points.
struct LengthContext {
    double font_size = 12, root_font_size = 12, line_height = 14.4, root_line_height = 14.4;
    double page_width = 420, page_height = 595;
    // Whose fonts ex, cap, ch, ic (and rex, …) measure. Without `fonts` the specification's substitutes count.
    const FontMeasures* fonts = nullptr;
    const ComputedStyle *font_style = nullptr, *root_font_style = nullptr;
};

struct Resolved {
    double points = 0, percent = 0;
};

struct CalcNode; // a sum, product, min(), … ; defined in css_calc.cpp

struct LengthPercentage {
    double value = 0;
    LengthUnit unit = LengthUnit::pt;
    std::shared_ptr<const CalcNode> calc; // then value and unit say nothing
    Resolved resolve(const LengthContext& context) const;
};

Length to_length(double points); // at most 100,000 pt either way

// Evaluates a math function to a length, percentage or number. nullptr: it is wrong, or mixes what cannot be mixed.
enum class MathType : std::uint8_t { number, length };
struct MathFunction {
    std::shared_ptr<const CalcNode> node;
    MathType type = MathType::number;
    double number = 0;        // when type is number
    bool has_percent = false; // when type is length
};
std::optional<MathFunction> parse_math_function(const ComponentValue& function);
bool is_math_function(const ComponentValue& value);

// nullopt inside: currentcolor
struct ColourValue {
    std::optional<Colour> colour;
};

template <class Enum>
using Keywords = std::initializer_list<std::pair<std::string_view, Enum>>;

enum class Percent : std::uint8_t { refused, allowed };
enum class Negative : std::uint8_t { refused, allowed };

// A cursor over a value. Every take… either takes what it names and says so, or leaves the cursor where it is.
// White space is passed over.
class ValueReader {
public:
    explicit ValueReader(const ComponentValues& values) : values_(values) {}

    bool at_end();
    const ComponentValue* peek(); // nullptr at the end
    const ComponentValue& take(); // must not be at the end
    std::size_t position() const { return at_; }
    void go_to(std::size_t position) { at_ = position; }

    bool take_ident(std::string_view lower);
    std::optional<std::string> take_any_ident(); // as written
    bool take_comma();
    bool take_slash();
    std::optional<double> take_number();
    std::optional<int> take_integer(int least);
    std::optional<double> take_percentage();
    std::optional<LengthPercentage> take_length(Percent percent, Negative negative);
    std::optional<ColourValue> take_colour();
    std::optional<std::string> take_string();
    std::optional<std::string> take_url();
    const ComponentValue* take_function(std::string_view lower);

    template <class Enum>
    std::optional<Enum> take_keyword(const std::vector<std::pair<std::string_view, Enum>>& keywords) {
        const ComponentValue* value = peek();
        if (!value || value->type != TokenType::ident) return std::nullopt;
        for (const auto& [name, meaning] : keywords) {
            if (!equals_ignoring_ascii_case(name, value->text)) continue;
            take();
            return meaning;
        }
        return std::nullopt;
    }

private:
    const ComponentValues& values_;
    std::size_t at_ = 0;
};

// Cuts a list at its commas; white space at the ends of the parts is gone.
std::vector<ComponentValues> split_at_commas(const ComponentValues& values);

} // namespace bifolio
