// Style files → Stylesheet: imports, conditions, rules.
#include "style/apply_styles.h"

#include "base/nearest.h"
#include "io/limits.h"
#include "style/css_encoding.h"
#include "style/css_parser.h"
#include "style/declarations.h"
#include "style/font_face.h"
#include "style/page_selector.h"
#include "style/stylesheet.h"

#include <algorithm>

namespace bifolio {

namespace {

const std::vector<std::string>& known_rules() {
    static const std::vector<std::string> names{"media", "supports",      "import",    "font-face",
                                                "page",  "counter-style", "namespace", "charset"};
    return names;
}

// Rules of screens: nothing on the page is missing without them.
bool is_ignored_rule(std::string_view name) {
    return name.starts_with('-') || name == "keyframes" || name == "viewport" || name == "property" ||
           name == "font-feature-values" || name == "font-palette-values" || name == "view-transition" ||
           name == "starting-style";
}

bool names_paper(const ComponentValues& media) {
    return std::ranges::any_of(media, [](const ComponentValue& one) { return one.is_ident("print"); });
}

// A file while it is read.
struct Source {
    SourceId id{};
    StyleSource::Level level = StyleSource::Level::author;
    std::filesystem::path path, root;
    std::filesystem::path shown;              // as people know it
    std::vector<std::filesystem::path> above; // the files that led here by @import
    std::string folder() const { return path.parent_path().generic_string(); }
};

class StylesheetReader {
public:
    StylesheetReader(Stylesheet& sheet, const Files& files, SourceMap& source_map, Diagnostics& diagnostics)
        : sheet_(sheet), files_(files), source_map_(source_map), diagnostics_(diagnostics),
          declarations_(sheet.medium, diagnostics) {}

    void read_file(const Source& source, Span named_at, std::vector<ScreenRule>& screen);
    void read_text(std::string text, Source source, std::vector<ScreenRule>& screen);

private:
    Span span(const Source& source, const SyntaxNode& node) const { return {source.id, node.begin, node.end}; }
    static Span prelude_span(const Source& source, const SyntaxNode& node) {
        if (node.prelude.empty()) return {source.id, node.name_begin, node.name_end};
        return {source.id, node.prelude.front().begin, node.prelude.back().end};
    }

    void read_rules(SyntaxNodes nodes, const Source& source, bool top, std::vector<ScreenRule>& screen);
    void read_at_rule(SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen);
    void read_style_rule(SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen);
    void read_group(SyntaxNode& node, const Source& source, Truth truth, std::vector<ScreenRule>& screen);
    void read_import(const SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen);
    void read_page(SyntaxNode& node, const Source& source);
    void read_counter_style(const SyntaxNode& node);
    std::uint32_t read_block(const SyntaxNodes& nodes, const Source& source, ScreenRule* screen);
    void keep_whole(const SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen);
    void note_unmet(const SyntaxNode& node, std::string prelude, const Source& source, std::vector<ScreenRule>& screen) const;
    void report_depth(const ComponentValues& values, const Source& source);
    void note_colours(const ComponentValues& values, bool of_text, const Source& source);
    bool for_screen() const { return sheet_.medium == Medium::screen; }

    Stylesheet& sheet_;
    const Files& files_;
    SourceMap& source_map_;
    Diagnostics& diagnostics_;
    DeclarationReader declarations_;
    std::uint32_t order_ = 0;
    bool active_ = true; // false: within a condition that only a reading system can decide; read for the screen, not applied
    std::size_t imports_ = 0;
};

void StylesheetReader::read_file(const Source& source, Span named_at, std::vector<ScreenRule>& screen) {
    const std::string shown = source.shown.generic_string();
    if (source.path.is_absolute() && !source.root.empty() && leads_out_of(source.root, source.path)) {
        diagnostics_.error("style.forbidden-path", named_at, "‘" + shown + "’ lies outside of the book");
        return;
    }
    if (!files_.exists(source.path)) {
        diagnostics_.error("style.missing-file", named_at, "there is no style sheet ‘" + shown + "’");
        return;
    }
    read_text(decode_stylesheet(files_.read(source.path, limits::stylesheet_bytes)).text, source, screen);
}

void StylesheetReader::read_text(std::string text, Source source, std::vector<ScreenRule>& screen) {
    if (!source.path.empty()) source.id = source_map_.add(source.shown.generic_string(), text);
    ComponentValues values = parse_component_values(text);
    report_depth(values, source);
    read_rules(parse_stylesheet(std::move(values)), source, true, screen);
}

void StylesheetReader::report_depth(const ComponentValues& values, const Source& source) {
    for (const ComponentValue& value : values) {
        if (value.too_deep)
            diagnostics_.warning("style.too-deep", {source.id, value.begin, std::min(value.end, value.begin + 1)},
                                 "brackets are nested more than " + std::to_string(limits::nesting_depth) + " deep");
        report_depth(value.values, source);
    }
}

void StylesheetReader::note_colours(const ComponentValues& values, bool of_text, const Source& source) {
    for (const ComponentValue& value : values) {
        if (value.type != TokenType::ident && value.type != TokenType::hash && value.type != TokenType::function) continue;
        const ComponentValues one{value};
        if (const auto colour = ValueReader(one).take_colour(); colour && colour->colour)
            sheet_.colours.push_back({*colour->colour, of_text, {source.id, value.begin, value.end}});
    }
}

void StylesheetReader::read_rules(SyntaxNodes nodes, const Source& source, bool top, std::vector<ScreenRule>& screen) {
    bool imports_allowed = top;
    for (SyntaxNode& node : nodes) {
        const std::string name = to_ascii_lower(node.name);
        switch (node.kind) {
        case SyntaxNode::Kind::at_rule:
            if (name == "import" && !imports_allowed) {
                diagnostics_.warning("style.late-import", span(source, node), "an @import behind other rules does not count");
                break;
            }
            if (name != "import" && name != "charset" && name != "layer") imports_allowed = false;
            read_at_rule(node, source, screen);
            break;
        case SyntaxNode::Kind::qualified_rule:
            imports_allowed = false;
            read_style_rule(node, source, screen);
            break;
        case SyntaxNode::Kind::declaration:
        case SyntaxNode::Kind::invalid:
            diagnostics_.warning("style.syntax", span(source, node), "this is no rule: its block is missing");
            break;
        }
    }
}

void StylesheetReader::read_at_rule(SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen) {
    const std::string name = to_ascii_lower(node.name);
    if (name == "media")
        read_group(node, source, evaluate_media(node.prelude, sheet_.media), screen);
    else if (name == "supports")
        read_group(node, source, evaluate_supports(node.prelude) ? Truth::yes : Truth::no, screen);
    else if (name == "import")
        read_import(node, source, screen);
    else if (name == "page") {
        note_unmet(node, "@page", source, screen);
        read_page(node, source);
    } else if (name == "font-face") {
        ScreenRule rule;
        rule.kind = ScreenRule::Kind::font_face;
        rule.is_authors = source.level == StyleSource::Level::author;
        rule.where = {source.id, node.name_begin, node.name_end};
        rule.prelude = "@font-face";
        rule.folder = source.folder();
        const SyntaxNodes descriptors = parse_declaration_list(node.block);
        const auto face = read_font_face(descriptors, source.folder(), span(source, node), diagnostics_);
        if (!face) return;
        sheet_.font_faces.push_back(*face);
        for (const SyntaxNode& one : descriptors)
            if (one.kind == SyntaxNode::Kind::declaration)
                rule.declarations.push_back({to_ascii_lower(one.name), one.prelude, false, span(source, one)});
        if (for_screen()) screen.push_back(std::move(rule));
    } else if (name == "counter-style") {
        read_counter_style(node);
        keep_whole(node, source, screen);
    } else if (name == "namespace")
        keep_whole(node, source, screen);
    else if (name == "charset" || is_ignored_rule(name)) {
        if (name == "keyframes") keep_whole(node, source, screen);
    } else
        diagnostics_.warning("style.unknown-rule", {source.id, node.name_begin, node.name_end},
                             "the rule ‘@" + node.name + "’ is not known", did_you_mean(name, known_rules()));
}

void StylesheetReader::keep_whole(const SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen) {
    if (!for_screen()) return;
    ScreenRule rule;
    rule.kind = ScreenRule::Kind::other;
    rule.is_authors = source.level == StyleSource::Level::author;
    rule.where = span(source, node);
    rule.folder = source.folder();
    rule.prelude =
        "@" + css_identifier(node.name) + to_css(node.prelude) + (node.has_block ? "{" + to_css(node.block) + "}" : ";");
    screen.push_back(std::move(rule));
}

void StylesheetReader::note_unmet(const SyntaxNode& node, std::string prelude, const Source& source,
                                  std::vector<ScreenRule>& screen) const {
    if (!for_screen()) return;
    ScreenRule rule;
    rule.kind = ScreenRule::Kind::paper;
    rule.is_authors = source.level == StyleSource::Level::author;
    rule.prelude = std::move(prelude);
    rule.where = {source.id, node.name_begin, node.name_end};
    screen.push_back(std::move(rule));
}

void StylesheetReader::read_group(SyntaxNode& node, const Source& source, Truth truth, std::vector<ScreenRule>& screen) {
    if (!node.has_block) {
        diagnostics_.warning("style.syntax", span(source, node), "the block of ‘@" + node.name + "’ is missing");
        return;
    }
    ScreenRule group;
    group.kind = ScreenRule::Kind::group;
    ComponentValues prelude = node.prelude;
    trim_white_space(prelude);
    group.prelude = "@" + to_ascii_lower(node.name) + (prelude.empty() ? "" : " ") + to_css(prelude);
    const bool for_paper = truth == Truth::no && group.prelude.starts_with("@media") && names_paper(prelude);
    if (truth == Truth::no && !(for_paper && for_screen())) return note_unmet(node, group.prelude, source, screen);
    if (for_paper) group.kind = ScreenRule::Kind::paper; // who reads on the web may print
    group.is_authors = source.level == StyleSource::Level::author;
    group.where = {source.id, node.name_begin, node.name_end};
    const bool was_active = active_;
    active_ = active_ && truth == Truth::yes;
    read_rules(parse_rule_list(std::move(node.block)), source, false, group.rules);
    active_ = was_active;
    if (for_screen() && !group.rules.empty()) screen.push_back(std::move(group));
}

// @import url(…) [supports(…)] [media]
void StylesheetReader::read_import(const SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen) {
    ValueReader in(node.prelude);
    std::optional<std::string> target = in.take_url();
    if (!target) target = in.take_string();
    const Span where = prelude_span(source, node);
    if (!target || node.has_block) {
        diagnostics_.warning("style.syntax", span(source, node), "@import needs the path of a style sheet");
        return;
    }
    if (const ComponentValue* supports = in.take_function("supports"))
        if (!evaluate_supports(supports->values)) {
            ComponentValue bracket;
            bracket.type = TokenType::round_block;
            bracket.values = supports->values;
            if (!evaluate_supports({bracket})) return;
        }
    const ComponentValues media(node.prelude.begin() + static_cast<std::ptrdiff_t>(std::min(in.position(), node.prelude.size())),
                                node.prelude.end());
    const Truth truth = evaluate_media(media, sheet_.media);
    if (truth == Truth::no) return;
    Source next = source;
    next.path = (source.path.parent_path() / *target).lexically_normal();
    next.shown = (source.shown.parent_path() / *target).lexically_normal();
    const std::string relative = next.path.is_absolute() && !source.root.empty()
                                     ? next.path.lexically_relative(source.root.lexically_normal()).generic_string()
                                     : next.path.generic_string();
    const bool address = target->find(':') != std::string::npos || target->starts_with("//") || target->starts_with("/");
    if (address || source.path.empty() || !is_confined(relative)) {
        diagnostics_.error("style.forbidden-path", where, "‘" + *target + "’ lies outside of the book");
        return;
    }
    next.above.push_back(source.path);
    const bool circle = std::find(next.above.begin(), next.above.end(), next.path) != next.above.end();
    if (circle || next.above.size() > limits::css_import_depth) {
        diagnostics_.warning("style.import-depth", where,
                             circle ? "‘" + *target + "’ is imported in a circle" : "imports are nested too deeply");
        return;
    }
    if (++imports_ > limits::files_in_book / 100) {
        diagnostics_.warning("style.import-depth", where, "there are too many imports");
        return;
    }
    const bool was_active = active_;
    active_ = active_ && truth == Truth::yes;
    ComponentValues shown = media;
    trim_white_space(shown);
    if (shown.empty()) {
        read_file(next, where, screen);
    } else {
        ScreenRule group;
        group.kind = ScreenRule::Kind::group;
        group.prelude = "@media " + to_css(shown);
        read_file(next, where, group.rules);
        if (for_screen() && !group.rules.empty()) screen.push_back(std::move(group));
    }
    active_ = was_active;
}

std::uint32_t StylesheetReader::read_block(const SyntaxNodes& nodes, const Source& source, ScreenRule* screen) {
    DeclarationBlock block;
    block.level = source.level;
    for (const SyntaxNode& node : nodes) {
        switch (node.kind) {
        case SyntaxNode::Kind::declaration:
            declarations_.read(node, source.id, source.level, block);
            if (!for_screen())
                note_colours(node.prelude, node.name.starts_with("--") || equals_ignoring_ascii_case(node.name, "color"), source);
            if (screen)
                screen->declarations.push_back({node.name.starts_with("--") ? node.name : to_ascii_lower(node.name), node.prelude,
                                                node.important, span(source, node)});
            break;
        case SyntaxNode::Kind::at_rule:
            diagnostics_.warning("style.unknown-rule", {source.id, node.name_begin, node.name_end},
                                 "‘@" + node.name + "’ does not belong here");
            break;
        case SyntaxNode::Kind::qualified_rule:
        case SyntaxNode::Kind::invalid:
            diagnostics_.warning("style.syntax", span(source, node), "this is no declaration: it has no ‘name: value’");
            break;
        }
    }
    sheet_.blocks.push_back(std::move(block));
    return static_cast<std::uint32_t>(sheet_.blocks.size() - 1);
}

void StylesheetReader::read_style_rule(SyntaxNode& node, const Source& source, std::vector<ScreenRule>& screen) {
    trim_white_space(node.prelude);
    auto parsed = parse_selector_list(node.prelude, sheet_.atoms);
    if (const auto* error = std::get_if<SelectorError>(&parsed)) {
        const bool placed = error->end > error->begin;
        diagnostics_.warning("style.unknown-selector", placed ? Span{source.id, error->begin, error->end} : span(source, node),
                             error->message, error->hints);
        return;
    }
    ScreenRule rule;
    rule.is_authors = source.level == StyleSource::Level::author;
    rule.where = prelude_span(source, node);
    rule.folder = source.folder();
    rule.prelude = to_css(node.prelude);
    const std::uint32_t block = read_block(parse_declaration_list(std::move(node.block)), source, for_screen() ? &rule : nullptr);
    if (for_screen()) screen.push_back(std::move(rule));
    if (!active_) return;
    for (ComplexSelector& selector : std::get<std::vector<ComplexSelector>>(parsed))
        if (!selector.never) sheet_.selectors.push_back({std::move(selector), block, order_});
    ++order_;
}

void StylesheetReader::read_page(SyntaxNode& node, const Source& source) {
    if (!active_ || for_screen()) return;
    PageRule rule;
    const auto selectors = parse_page_selectors(node.prelude);
    if (!selectors) {
        diagnostics_.warning("style.unknown-selector", prelude_span(source, node),
                             "not a page selector such as ‘:left’ or ‘chapter:first’");
        return;
    }
    rule.selectors = *selectors;
    SyntaxNodes own;
    for (SyntaxNode& inner : parse_declaration_list(std::move(node.block))) {
        const std::string name = to_ascii_lower(inner.name);
        const auto box = inner.kind == SyntaxNode::Kind::at_rule ? margin_box_named(name) : std::nullopt;
        if (box)
            rule.margin_boxes.emplace_back(*box, read_block(parse_declaration_list(std::move(inner.block)), source, nullptr));
        else if (inner.kind == SyntaxNode::Kind::at_rule && name == "footnote")
            rule.footnote_areas.push_back(read_block(parse_declaration_list(std::move(inner.block)), source, nullptr));
        else if (inner.kind == SyntaxNode::Kind::at_rule)
            diagnostics_.warning("style.unknown-rule", {source.id, inner.name_begin, inner.name_end},
                                 "‘@" + inner.name + "’ is no margin box of a page", did_you_mean(name, margin_box_names()));
        else
            own.push_back(std::move(inner));
    }
    rule.block = read_block(own, source, nullptr);
    sheet_.page_rules.push_back(std::move(rule));
}

void StylesheetReader::read_counter_style(const SyntaxNode& node) {
    ValueReader in(node.prelude);
    const auto name = in.take_any_ident();
    if (!name || !in.at_end() || !active_) return;
    for (const std::string_view fixed : {"none", "decimal", "disc", "square", "circle", "disclosure-open", "disclosure-closed"})
        if (equals_ignoring_ascii_case(*name, fixed)) return; // Counter Styles 3 §3: these cannot be made anew
    if (auto definition = parse_counter_definition(parse_declaration_list(node.block)))
        sheet_.counter_styles.define(*name, std::move(*definition), "@counter-style{" + to_css(node.block) + "}");
}

std::string plain_rules(const PlainStyles& plain) {
    std::string css;
    const auto points = [](Length length) { return std::to_string(length.sp()) + "pt / 65536"; };
    if (plain.page_width && plain.page_height)
        css += "@page { size: calc(" + points(*plain.page_width) + ") calc(" + points(*plain.page_height) + ") }\n";
    if (plain.bleed) css += "@page { bleed: calc(" + points(*plain.bleed) + ") }\n";
    if (plain.font) css += ":root { font-family: " + *plain.font + " }\n";
    if (plain.font_size) css += ":root { font-size: calc(" + points(*plain.font_size) + ") }\n";
    for (const auto& [name, value] : plain.variables) css += ":root { " + name + ": " + value + " }\n";
    return css;
}

} // namespace

std::vector<ColourPlace> colour_places(const Stylesheet& stylesheet) { return stylesheet.colours; }

std::shared_ptr<const Stylesheet> read_stylesheets(const std::vector<StyleSource>& sources, const PlainStyles& plain,
                                                   Medium medium, const Files& files, SourceMap& source_map,
                                                   Diagnostics& diagnostics) {
    auto sheet = std::make_shared<Stylesheet>();
    sheet->medium = medium;
    sheet->media.medium = medium;
    if (plain.page_width) sheet->media.width = *plain.page_width;
    if (plain.page_height) sheet->media.height = *plain.page_height;
    StylesheetReader reader(*sheet, files, source_map, diagnostics);
    const auto read = [&](const StyleSource& one) {
        Source source;
        source.level = one.level;
        source.path = one.path.lexically_normal();
        source.shown = one.shown.empty() ? source.path : std::filesystem::path(one.shown);
        source.root = one.root.empty() && source.path.is_absolute() ? source.path.parent_path() : one.root;
        reader.read_file(source, {}, sheet->screen_rules);
    };
    for (const StyleSource& one : sources)
        if (one.level == StyleSource::Level::program) read(one);
    reader.read_text(plain_rules(plain), Source{}, sheet->screen_rules);
    for (const StyleSource& one : sources)
        if (one.level == StyleSource::Level::author) read(one);
    return sheet;
}

} // namespace bifolio
