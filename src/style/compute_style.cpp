#include "style/compute_style.h"

#include "io/limits.h"

#include <algorithm>

namespace bifolio {

namespace {

// ---- custom properties

bool is_deeper_than(const ComponentValues& values, std::size_t limit) {
    return std::any_of(values.begin(), values.end(), [&](const ComponentValue& value) {
        return !value.values.empty() && (limit == 0 || is_deeper_than(value.values, limit - 1));
    });
}

// Puts values in for var(). `value_of` gives a defined property's final value, or nullptr.
template <class ValueOf>
class Substitution {
public:
    explicit Substitution(const ValueOf& value_of) : value_of_(value_of) {}

    bool append(const ComponentValues& from, ComponentValues& to) {
        for (const ComponentValue& value : from) {
            bytes_ += 1 + value.text.size() + value.representation.size();
            if (bytes_ > limits::css_variable_bytes) return false;
            if (value.is_function("var")) {
                if (!append_variable(value, to)) return false;
            } else if (value.values.empty()) {
                to.push_back(value);
            } else {
                ComponentValue copy = value;
                copy.values.clear();
                if (!append(value.values, copy.values)) return false;
                to.push_back(std::move(copy));
            }
        }
        return true;
    }

private:
    bool append_variable(const ComponentValue& function, ComponentValues& to) {
        ValueReader in(function.values);
        const auto name = in.take_any_ident();
        if (!name || !name->starts_with("--")) return false;
        const std::shared_ptr<const ComponentValues> found = value_of_(*name);
        if (found) {
            for (const ComponentValue& value : *found) bytes_ += 1 + value.text.size() + value.representation.size();
            if (bytes_ > limits::css_variable_bytes) return false;
            return append(*found, to);
        }
        if (!in.take_comma()) return false;
        const ComponentValues fallback(function.values.begin() + static_cast<std::ptrdiff_t>(in.position()),
                                       function.values.end());
        return append(fallback, to);
    }

    const ValueOf& value_of_;
    std::size_t bytes_ = 0;
};

template <class ValueOf>
std::optional<ComponentValues> substituted(const ComponentValues& values, const ValueOf& value_of) {
    ComponentValues made;
    Substitution<ValueOf> substitution(value_of);
    if (!substitution.append(values, made) || is_deeper_than(made, limits::nesting_depth)) return std::nullopt;
    return made;
}

// The custom properties that an element declares, resolved among each other; a cycle makes its members invalid.
class CustomResolver {
public:
    CustomResolver(const CustomProperties& inherited, std::span<const CascadedDeclaration> declarations) : resolved_(inherited) {
        for (const CascadedDeclaration& one : declarations)
            if (!one.declaration->custom_property.empty()) declared_[one.declaration->custom_property].value = one.declaration;
    }

    CustomProperties resolve() {
        for (auto& [name, entry] : declared_) {
            switch (entry.value->wide) {
            case WideKeyword::none: break;
            case WideKeyword::initial: resolved_.erase(name); break;
            default: break; // custom properties inherit
            }
            if (entry.value->wide != WideKeyword::none)
                entry.state = State::done;
            else
                resolved_.erase(name);
        }
        for (auto& [name, entry] : declared_) value_of(name, 0);
        return std::move(resolved_);
    }

private:
    enum class State : std::uint8_t { open, in_work, done };
    struct Entry {
        const Declaration* value = nullptr;
        State state = State::open;
        bool in_cycle = false;
    };

    std::shared_ptr<const ComponentValues> value_of(const std::string& name, std::size_t depth) {
        const auto declared = declared_.find(name);
        if (declared != declared_.end() && declared->second.state != State::done) {
            Entry& entry = declared->second;
            if (entry.state == State::in_work) {
                // All from its first use to here lean on each other; a fallback does not save them.
                for (std::size_t at = stack_.size(); at-- > 0 && !stack_[at]->in_cycle;) {
                    stack_[at]->in_cycle = true;
                    if (stack_[at] == &entry) break;
                }
                return nullptr;
            }
            if (depth > limits::nesting_depth) return nullptr;
            entry.state = State::in_work;
            stack_.push_back(&entry);
            const auto look_up = [&](const std::string& other) { return value_of(other, depth + 1); };
            auto made = substituted(*entry.value->pending, look_up);
            if (made && !entry.in_cycle) resolved_.insert_or_assign(name, std::move(*made));
            stack_.pop_back();
            entry.state = State::done;
        }
        const auto found = resolved_.find(name);
        return found == resolved_.end() ? nullptr : std::make_shared<const ComponentValues>(found->second);
    }

    std::map<std::string, Entry> declared_;
    CustomProperties resolved_;
    std::vector<Entry*> stack_; // those in work, outermost first
};

// ---- the cascade of one element

struct Value {
    PropertyId property = 0;
    WideKeyword wide = WideKeyword::none;
    StyleSource::Level level = StyleSource::Level::author;
    const Setter* set = nullptr;
};

class Cascade {
public:
    Cascade(const StyleContext& context, Diagnostics& diagnostics)
        : context_(context), diagnostics_(diagnostics),
          style_(context.parent), computing_{style_, context.parent, context.root, context.page_side} {}

    ElementStyle run(std::span<const CascadedDeclaration> declarations) {
        if (!context_.language.empty()) style_.computed.language = context_.language;
        const bool custom = std::any_of(declarations.begin(), declarations.end(),
                                        [](const CascadedDeclaration& one) { return !one.declaration->custom_property.empty(); });
        if (custom)
            style_.custom = std::make_shared<const CustomProperties>(CustomResolver(*style_.custom, declarations).resolve());
        flatten(declarations);
        compute();
        finish();
        return std::move(style_);
    }

private:
    void flatten(std::span<const CascadedDeclaration> declarations) {
        std::size_t pending = 0;
        for (const CascadedDeclaration& one : declarations)
            if (one.declaration->custom_property.empty() && one.declaration->pending) ++pending;
        expanded_.reserve(pending); // its setters are pointed at
        for (const auto& [declaration, level] : declarations) {
            if (!declaration->custom_property.empty()) continue;
            if (declaration->pending)
                flatten_pending(*declaration, level);
            else
                values_.push_back({declaration->property, declaration->wide, level, &declaration->set});
        }
    }

    // Variables 1 §3.1: what turns out wrong now is as if “unset” were written.
    void flatten_pending(const Declaration& declaration, StyleSource::Level level) {
        const Property& property = property_table().at(declaration.property);
        const auto push_wide = [&](WideKeyword wide) {
            if (property.kind == Property::Kind::longhand) values_.push_back({declaration.property, wide, level, nullptr});
            for (const PropertyId one : property.longhands) values_.push_back({one, wide, level, nullptr});
        };
        const auto value = substitute_variables(*declaration.pending, *style_.custom);
        Expansion expansion;
        if (value) {
            if (const auto wide = wide_of(*value)) return push_wide(*wide);
            if (parse_property(property, *value, expansion)) {
                expanded_.push_back(std::move(expansion.values));
                for (const LonghandValue& one : expanded_.back())
                    values_.push_back({one.property, WideKeyword::none, level, &one.set});
                return;
            }
        }
        diagnostics_.warning("style.invalid-variable", declaration.where,
                             value ? "with its variables put in, this is no value of ‘" + property.name + "’"
                                   : "a variable in the value of ‘" + property.name + "’ is not defined");
        push_wide(WideKeyword::unset);
    }

    static std::optional<WideKeyword> wide_of(const ComponentValues& value) {
        ValueReader in(value);
        static const std::vector<std::pair<std::string_view, WideKeyword>> words{{"initial", WideKeyword::initial},
                                                                                 {"inherit", WideKeyword::inherit},
                                                                                 {"unset", WideKeyword::unset},
                                                                                 {"revert", WideKeyword::revert}};
        const auto word = in.take_keyword(words);
        return word && in.at_end() ? word : std::nullopt;
    }

    void compute() {
        LengthContext& lengths = computing_.lengths;
        lengths = length_context(context_.parent, lengths);
        apply(Phase::font_size);
        reset_what_is_not_inherited();
        apply(Phase::font);
        lengths.font_size = style_.computed.font_size.in_pt();
        lengths.font_style = &style_.computed;
        if (context_.is_root) {
            lengths.root_font_size = lengths.font_size;
            lengths.root_font_style = &style_.computed;
        }
        apply(Phase::line_height);
        lengths.line_height = length_context(style_, lengths).line_height;
        if (context_.is_root) lengths.root_line_height = lengths.line_height;
        apply(Phase::normal);
        apply(Phase::vertical_align);
    }

    void reset_what_is_not_inherited() {
        for (const Property& property : property_table().all())
            if (property.kind == Property::Kind::longhand && !property.inherited) property.initial(computing_);
    }

    void apply(Phase phase) {
        for (std::size_t at = 0; at < values_.size(); ++at)
            if (property_table().at(values_[at].property).phase == phase) apply(values_[at], at);
    }

    void apply(const Value& value, std::size_t at) {
        const Property& property = property_table().at(value.property);
        switch (value.wide) {
        case WideKeyword::none: (*value.set)(computing_); return;
        case WideKeyword::initial: property.initial(computing_); return;
        case WideKeyword::inherit: property.copy(style_, context_.parent); return;
        case WideKeyword::unset: unset(property); return;
        case WideKeyword::revert:
            // Back to what the program's own styles say; for these, to nothing.
            unset(property);
            if (value.level == StyleSource::Level::program) return;
            for (std::size_t before = 0; before < at; ++before) {
                const Value& other = values_[before];
                if (other.level == StyleSource::Level::program && other.property == value.property) apply(other, before);
            }
        }
    }

    void unset(const Property& property) {
        if (property.inherited)
            property.copy(style_, context_.parent);
        else
            property.initial(computing_);
    }

    // What follows from values together.
    void finish() {
        ComputedStyle& computed = style_.computed;
        for (std::size_t side = 0; side < 4; ++side)
            if (computed.border_style[side] == BorderStyle::none || computed.border_style[side] == BorderStyle::hidden)
                computed.border_width[side] = {};
        if (computed.column_rule_style == BorderStyle::none || computed.column_rule_style == BorderStyle::hidden)
            computed.column_rule_width = {};
        gather_features();
        // CSS 2.1 §9.7: a float is a block
        const bool floats = computed.float_ != Float::none && computed.float_ != Float::footnote;
        if (floats || context_.is_root) {
            if (computed.display == Display::inline_ || computed.display == Display::inline_block)
                computed.display = Display::block;
            if (computed.display == Display::inline_table) computed.display = Display::table;
        }
    }

    void gather_features() { // Fonts 4 §7.2: the lowest precedence comes first
        const FontVariants& variants = style_.variants;
        std::vector<OpenTypeFeature>& features = style_.computed.font_features;
        features.clear();
        for (const auto* group : {&variants.kerning, &variants.ligatures, &variants.position, &variants.caps, &variants.numeric,
                                  &variants.alternates, &variants.east_asian, &variants.settings})
            for (const OpenTypeFeature& one : *group) {
                std::erase_if(features, [&](const OpenTypeFeature& other) { return other.tag == one.tag; });
                features.push_back(one);
            }
        style_.computed.small_caps = std::any_of(variants.caps.begin(), variants.caps.end(), [](const OpenTypeFeature& one) {
            return one.tag == std::array{'s', 'm', 'c', 'p'};
        });
    }

    const StyleContext& context_;
    Diagnostics& diagnostics_;
    ElementStyle style_;
    Computing computing_;
    std::vector<Value> values_;
    std::vector<std::vector<LonghandValue>> expanded_;
};

} // namespace

std::optional<ComponentValues> substitute_variables(const ComponentValues& values, const CustomProperties& defined) {
    const auto look_up = [&](const std::string& name) -> std::shared_ptr<const ComponentValues> {
        const auto found = defined.find(name);
        return found == defined.end() ? nullptr : std::make_shared<const ComponentValues>(found->second);
    };
    return substituted(values, look_up);
}

LengthContext length_context(const ElementStyle& style, const LengthContext& root) {
    LengthContext context = root;
    context.font_size = style.computed.font_size.in_pt();
    context.font_style = &style.computed;
    const LineHeight& line = style.computed.line_height;
    context.line_height = line.length ? line.length->in_pt() : context.font_size * line.number.value_or(1.2);
    return context;
}

ElementStyle compute_style(const StyleContext& context, std::span<const CascadedDeclaration> declarations,
                           Diagnostics& diagnostics) {
    return Cascade(context, diagnostics).run(declarations);
}

} // namespace bifolio
