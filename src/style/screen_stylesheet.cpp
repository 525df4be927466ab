// The rules for reading systems: what only paper knows is left out, variables of :root are put in where they are fixed.
#include "style/apply_styles.h"

#include "style/compute_style.h"
#include "style/css_parser.h"
#include "style/font_face.h"
#include "style/reader_settings.h"
#include "style/reading_systems.h"
#include "style/stylesheet.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

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
    ScreenWriter(const Stylesheet& stylesheet, const std::map<std::string, std::string>& rename, ScreenTarget target)
        : rename_(rename), is_e_book_(target == ScreenTarget::e_book) {
        find_variables(stylesheet.screen_rules, true);
        at_root_ = fixed_;
        resolve_variables(at_root_);
        for (const std::string& name : varying_) fixed_.erase(name);
        resolve_variables(fixed_);
        write_others(stylesheet.screen_rules);
        write(stylesheet.screen_rules, 0);
        write_night();
    }
    ScreenStylesheet take() { return {std::move(out_), std::move(changes_)}; }

private:
    // A variable is fixed when only :root (or html) sets it, outside of all conditions.
    void find_variables(const std::vector<ScreenRule>& rules, bool top) {
        for (const ScreenRule& rule : rules) {
            if (is_e_book_ && rule.kind == ScreenRule::Kind::paper) continue;
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
    static void resolve_variables(CustomProperties& variables) {
        for (std::size_t round = 0; round <= std::min<std::size_t>(variables.size(), 100); ++round) {
            CustomProperties known;
            for (const auto& [name, value] : variables)
                if (!has_var(value)) known.emplace(name, value);
            bool changed = false;
            for (auto& [name, value] : variables) {
                if (!has_var(value)) continue;
                if (auto made = substitute_variables(value, known)) {
                    value = std::move(*made);
                    changed = true;
                }
            }
            if (!changed) break;
        }
        std::erase_if(variables, [](const auto& one) { return has_var(one.second); });
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
            switch (rule.kind) {
            case ScreenRule::Kind::paper:
                if (!is_e_book_ && !rule.rules.empty())
                    write_group(rule, depth, indent);
                else
                    left_out(rule, "‘" + rule.prelude + "’", rule.where,
                             rule.prelude.starts_with("@supports") ? "its condition does not hold" : for_paper);
                break;
            case ScreenRule::Kind::other:
                if (!rule.prelude.starts_with("@namespace")) out_ += indent + rule.prelude + "\n";
                break;
            case ScreenRule::Kind::group: write_group(rule, depth, indent); break;
            case ScreenRule::Kind::font_face:
                if (const std::string body = font_face(rule, indent + "  "); !body.empty())
                    out_ += indent + rule.prelude + " {\n" + body + indent + "}\n";
                break;
            case ScreenRule::Kind::style:
                if (only_paper_has(rule.prelude))
                    left_out(rule, "‘" + rule.prelude + "’", rule.where, for_paper);
                else
                    write_style(rule, indent);
                break;
            }
        }
    }

    void write_group(const ScreenRule& rule, std::size_t depth, const std::string& indent) {
        const bool tells_of_night = rule.prelude.find("prefers-color-scheme") != std::string::npos;
        if (depth == 0 && tells_of_night) write_night(); // what the styles themselves say comes behind, and counts
        const std::size_t from = out_.size();
        out_ += indent + rule.prelude + " {\n";
        const std::size_t empty = out_.size();
        const bool before = std::exchange(within_scheme_, within_scheme_ || tells_of_night);
        write(rule.rules, depth + 1);
        within_scheme_ = before;
        if (out_.size() == empty)
            out_.resize(from);
        else
            out_ += indent + "}\n";
    }

    // In an e-book selectors of plain elements stand apart: their readers decide more.
    void write_style(const ScreenRule& rule, const std::string& indent) {
        if (!is_e_book_ || !rule.is_authors) return write_selectors(rule, rule.prelude, false, false, indent);
        std::string plain, pictures, others;
        for (const std::string& one : split_selectors(rule.prelude)) {
            std::string& list = is_of_body_text(one) ? plain : is_of_picture(one) ? pictures : others;
            list += (list.empty() ? "" : ", ") + one;
        }
        const bool all_the_same = [&] {
            const std::size_t changes = changes_.size();
            const std::string as_plain = declarations(rule, rule.prelude, true, false, indent).text,
                              as_picture = declarations(rule, rule.prelude, false, true, indent).text;
            changes_.resize(changes);
            return as_plain == as_picture;
        }();
        if (all_the_same) return write_selectors(rule, rule.prelude, false, false, indent);
        if (!plain.empty()) write_selectors(rule, plain, true, false, indent);
        if (!pictures.empty()) write_selectors(rule, pictures, false, true, indent);
        if (!others.empty()) write_selectors(rule, others, false, false, indent);
    }

    void write_selectors(const ScreenRule& rule, const std::string& selectors, bool plain, bool picture,
                         const std::string& indent) {
        const Body body = declarations(rule, selectors, plain, picture, indent + "  ");
        if (!body.text.empty()) out_ += indent + selectors + " {\n" + body.text + indent + "}\n";
        if (body.for_night.empty() || within_scheme_ || is_marked_text(selectors)) return;
        night_ += "  " + selectors + " {\n" + body.for_night + "  }\n";
    }
    // A highlight without its background would be none.
    static bool is_marked_text(std::string_view selectors) {
        return std::ranges::any_of(split_selectors(selectors), [](const auto& one) { return subject_element(one) == "mark"; });
    }

    void write_night() {
        if (night_.empty()) return;
        out_ += "@media (prefers-color-scheme: dark) {\n" + std::exchange(night_, {}) + "}\n";
    }

    std::string font_face(const ScreenRule& rule, const std::string& indent) {
        std::string body;
        for (const ScreenDeclaration& one : rule.declarations) {
            std::string value;
            if (one.name == "src") {
                const auto sources = font_sources(one.value, rule.folder);
                if (!sources) return {}; // a face without a file is no face
                value = *sources;
            } else if (one.name == "unicode-range") {
                value = unicode_range_text(one.value);
            } else {
                ComponentValues written = one.value;
                trim_white_space(written);
                value = to_css(written);
            }
            body += indent + one.name + ": " + value + ";\n";
        }
        return body;
    }

    struct Body {
        std::string text, for_night;
    };

    Body declarations(const ScreenRule& rule, const std::string& selectors, bool plain, bool picture, const std::string& indent) {
        Body body;
        const ScreenDeclaration* background = nullptr;
        std::string colour_on_background;
        bool sets_colour = false, sets_own_colour = false;
        for (const ScreenDeclaration& one : rule.declarations) {
            const std::string what = "‘" + one.name + "’ of ‘" + selectors + "’";
            if (is_known_variable(one.name)) continue;
            ComponentValues value = one.value;
            if (const std::string_view why = reason_to_leave_out(one, value, rule.folder); !why.empty()) {
                left_out(rule, what, one.where, why);
                continue;
            }
            bool important = one.important;
            std::string fallback;
            if (is_e_book_ && has_var(value))
                if (auto made = substitute_variables(value, at_root_)) fallback = to_css(*made);
            if (is_e_book_ && rule.is_authors) { // the program's own styles know what they do
                const LeftToReader left = leave_to_reader(one.name, value, important, plain, picture);
                if (left.drop) {
                    left_out(rule, what, one.where, left.why);
                    continue;
                }
                if (left.changed) changes_.push_back({what + " changed: " + left.why, one.where});
                const bool is_own = !has_var(value);
                if (one.name == "color") sets_colour = true, sets_own_colour = is_own && !takes_over_colour(value);
                if (is_background(one.name)) {
                    colour_on_background = text_colour_on(fallback.empty() ? value : parse_component_values(fallback));
                    background = colour_on_background.empty() || !is_own ? nullptr : &one;
                }
            }
            const std::string mark = important ? " !important;\n" : ";\n";
            if (!fallback.empty()) body.text += indent + one.name + ": " + fallback + mark; // for those who know no variables
            body.text += indent + one.name + ": " + to_css(value) + mark;
        }
        if (background && !sets_colour) {
            body.text += indent + "color: " + colour_on_background + ";\n";
            changes_.push_back({"‘color: " + colour_on_background + "’ added to ‘" + selectors +
                                    "’: a background needs its colour of text, or readers' own may not stand out from it",
                                background->where});
        }
        if (background) body.for_night += "    background-color: transparent;\n";
        if (background || sets_own_colour) body.for_night += "    color: inherit;\n";
        return body;
    }

    void left_out(const ScreenRule& rule, const std::string& what, Span where, std::string_view why) {
        if (rule.is_authors) changes_.push_back({what + " left out: " + std::string(why), where});
    }

    bool is_known_variable(const std::string& name) const { return fixed_.contains(name); }

    // Empty: the declaration stays, and `value` has addresses and variables put in.
    std::string_view reason_to_leave_out(const ScreenDeclaration& one, ComponentValues& value, const std::string& folder) const {
        const Property* property = property_table().find(one.name);
        if (one.name.starts_with("-bifolio-") || (property && property->paper_only) || one.name.starts_with("bookmark-") ||
            one.name == "footnote-policy" || one.name.starts_with("float-"))
            return for_paper;
        if (is_forbidden(one.name)) return "EPUB forbids it in style sheets; `dir` says it in the text";
        if (is_e_book_ && known_by(one.name) == KnownBy::nobody) return "no reading system knows it";
        if (has_var(value))
            if (auto made = substitute_variables(value, fixed_)) value = std::move(*made);
        trim_white_space(value);
        if (value.empty()) return "it has no value";
        if (only_paper_knows(value)) return for_paper;
        if (one.name == "float" && !(value[0].is_ident("left") || value[0].is_ident("right") || value[0].is_ident("none")))
            return for_paper;
        if (is_e_book_ && !one.name.starts_with("--") && !unknown_function(value).empty())
            return "reading systems do not know a function in its value, and some refuse the book for it";
        if (is_e_book_ && one.name == "position" && value[0].is_ident("fixed")) return "reading systems turn pages";
        if (!rename_addresses(value, folder)) return "its file is not in the publication";
        return {};
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

    static constexpr std::string_view for_paper = "for paper only";

    const std::map<std::string, std::string>& rename_;
    const bool is_e_book_;
    CustomProperties fixed_, at_root_; // of at_root_ the values hold unless a condition or another rule says otherwise
    std::set<std::string> varying_;
    bool within_scheme_ = false; // in a condition that tells of day or night
    std::string night_;          // rules for dark pages that are still to be written
    std::string out_;
    std::vector<ScreenChange> changes_;
};

} // namespace

ScreenStylesheet stylesheet_for_screen(const Stylesheet& stylesheet, const std::map<std::string, std::string>& rename,
                                       ScreenTarget target) {
    return ScreenWriter(stylesheet, rename, target).take();
}

} // namespace bifolio
