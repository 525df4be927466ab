// The rules for reading systems: what only paper knows is left out, variables of :root are put in where they are fixed.
#include "style/apply_styles.h"

#include "style/compute_style.h"
#include "style/css_parser.h"
#include "style/font_face.h"
#include "style/stylesheet.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

// EPUB 3.3 forbids these in style sheets: direction belongs into the documents.
bool is_forbidden(std::string_view name) { return name == "direction" || name == "unicode-bidi"; }

bool only_paper_knows(const ComponentValues& value) {
    static constexpr std::array<std::string_view, 9> functions{"target-counter", "target-counters", "target-text",
                                                               "leader",         "string",          "content",
                                                               "device-cmyk",    "-bifolio-spot",   "-bifolio-target-pages"};
    return std::any_of(value.begin(), value.end(), [](const ComponentValue& one) {
        if (one.type == TokenType::function &&
            std::any_of(functions.begin(), functions.end(), [&](auto name) { return one.is_function(name); }))
            return true;
        if (one.type == TokenType::ident && one.text.starts_with("-bifolio-")) return true;
        return only_paper_knows(one.values);
    });
}

bool only_paper_has(std::string_view selector) {
    return selector.find("::footnote-") != std::string_view::npos || selector.find(":blank") != std::string_view::npos;
}

class ScreenWriter {
public:
    ScreenWriter(const Stylesheet& stylesheet, const std::map<std::string, std::string>& rename) : rename_(rename) {
        find_variables(stylesheet.screen_rules, true);
        for (const std::string& name : varying_) fixed_.erase(name);
        resolve_variables();
        write_others(stylesheet.screen_rules);
        write(stylesheet.screen_rules, 0);
    }
    std::string take() { return std::move(out_); }

private:
    // A variable is fixed when only :root (or html) sets it, outside of all conditions.
    void find_variables(const std::vector<ScreenRule>& rules, bool top) {
        for (const ScreenRule& rule : rules) {
            find_variables(rule.rules, false);
            const bool root = top && (rule.prelude == ":root" || rule.prelude == "html");
            for (const ScreenDeclaration& one : rule.declarations) {
                if (!one.name.starts_with("--")) continue;
                if (root) {
                    ComponentValues value = one.value;
                    trim_white_space(value);
                    fixed_.insert_or_assign(one.name, std::move(value));
                } else {
                    varying_.insert(one.name);
                }
            }
        }
    }

    // Variables that use variables: until nothing changes, and no longer than there are variables.
    void resolve_variables() {
        for (std::size_t round = 0; round <= std::min<std::size_t>(fixed_.size(), 100); ++round) {
            CustomProperties known;
            for (const auto& [name, value] : fixed_)
                if (!has_var(value)) known.emplace(name, value);
            bool changed = false;
            for (auto& [name, value] : fixed_) {
                if (!has_var(value)) continue;
                if (auto made = substitute_variables(value, known)) {
                    value = std::move(*made);
                    changed = true;
                }
            }
            if (!changed) break;
        }
        std::erase_if(fixed_, [](const auto& one) { return has_var(one.second); });
    }

    static bool has_var(const ComponentValues& values) {
        return std::any_of(values.begin(), values.end(),
                           [](const ComponentValue& value) { return value.is_function("var") || has_var(value.values); });
    }

    // @namespace must come before all else.
    void write_others(const std::vector<ScreenRule>& rules) {
        for (const ScreenRule& rule : rules)
            if (rule.kind == ScreenRule::Kind::other && rule.prelude.starts_with("@namespace")) out_ += rule.prelude + "\n";
    }

    void write(const std::vector<ScreenRule>& rules, std::size_t depth) {
        const std::string indent(depth * 2, ' ');
        for (const ScreenRule& rule : rules) {
            if (rule.kind == ScreenRule::Kind::other) {
                if (!rule.prelude.starts_with("@namespace")) out_ += indent + rule.prelude + "\n";
                continue;
            }
            if (rule.kind == ScreenRule::Kind::group) {
                const std::size_t from = out_.size();
                out_ += indent + rule.prelude + " {\n";
                const std::size_t empty = out_.size();
                write(rule.rules, depth + 1);
                if (out_.size() == empty)
                    out_.resize(from);
                else
                    out_ += indent + "}\n";
                continue;
            }
            if (only_paper_has(rule.prelude)) continue;
            const std::string body = declarations(rule, indent + "  ");
            if (!body.empty()) out_ += indent + rule.prelude + " {\n" + body + indent + "}\n";
        }
    }

    std::string declarations(const ScreenRule& rule, const std::string& indent) {
        std::string body;
        for (const ScreenDeclaration& one : rule.declarations) {
            std::string value;
            if (rule.kind == ScreenRule::Kind::font_face && one.name == "src") {
                const auto sources = font_sources(one.value, rule.folder);
                if (!sources) return {}; // a face without a file is no face
                value = *sources;
            } else if (rule.kind == ScreenRule::Kind::font_face && one.name == "unicode-range") {
                value = unicode_range_text(one.value);
            } else {
                const auto screen = value_for_screen(one, rule.folder);
                if (!screen) continue;
                value = *screen;
            }
            body += indent + one.name + ": " + value + (one.important ? " !important" : "") + ";\n";
        }
        return body;
    }

    std::optional<std::string> value_for_screen(const ScreenDeclaration& one, const std::string& folder) const {
        if (one.name.starts_with("-bifolio-") || is_forbidden(one.name) || fixed_.contains(one.name)) return std::nullopt;
        const Property* property = property_table().find(one.name);
        if (property && property->paper_only) return std::nullopt;
        if (one.name.starts_with("bookmark-") || one.name == "footnote-policy" || one.name.starts_with("float-"))
            return std::nullopt;
        ComponentValues value = one.value;
        if (has_var(value))
            if (auto made = substitute_variables(value, fixed_)) value = std::move(*made);
        trim_white_space(value);
        if (value.empty() || only_paper_knows(value)) return std::nullopt;
        if (one.name == "float" && !(value[0].is_ident("left") || value[0].is_ident("right") || value[0].is_ident("none")))
            return std::nullopt;
        if (!rename_addresses(value, folder)) return std::nullopt;
        return to_css(value);
    }

    // false: an address has no place in the publication.
    bool rename_addresses(ComponentValues& values, const std::string& folder) const {
        for (ComponentValue& value : values) {
            if (value.type == TokenType::url || value.is_function("url")) {
                const std::string address = value.type == TokenType::url ? value.text
                                            : value.values.empty()       ? std::string()
                                                                         : value.values[0].text;
                const std::string name = renamed(address, folder);
                if (name.empty()) return false;
                value.type = TokenType::url;
                value.text = name;
                value.values.clear();
            } else if (!rename_addresses(value.values, folder)) {
                return false;
            }
        }
        return true;
    }

    std::string renamed(std::string_view address, const std::string& folder) const {
        const std::string path = resolved_path(folder, address);
        const auto found = rename_.find(path);
        return path.empty() || found == rename_.end() ? std::string() : found->second;
    }

    // The files of src that the publication has.
    std::optional<std::string> font_sources(const ComponentValues& value, const std::string& folder) const {
        std::string text;
        for (ComponentValues part : split_at_commas(value))
            if (rename_addresses(part, folder)) text += (text.empty() ? "" : ", ") + to_css(part);
        if (text.find("url(") == std::string::npos) return std::nullopt;
        return text;
    }

    const std::map<std::string, std::string>& rename_;
    CustomProperties fixed_;
    std::set<std::string> varying_;
    std::string out_;
};

} // namespace

std::string stylesheet_for_screen(const Stylesheet& stylesheet, const std::map<std::string, std::string>& rename) {
    return ScreenWriter(stylesheet, rename).take();
}

} // namespace bifolio
