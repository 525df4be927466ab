#include "read/html_guard.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace bifolio {

namespace {

using Names = std::span<const std::string_view>;
bool is_in(Names names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

constexpr std::string_view void_elements[] = {"area",   "base", "br",   "col",   "embed",  "hr",    "img", "input",
                                              "keygen", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::string_view formatting[] = {"a",    "b", "big",   "code",   "em",     "font", "i",
                                           "nobr", "s", "small", "strike", "strong", "tt",   "u"};
constexpr std::string_view refused[] = {"script",   "iframe", "frame", "frameset", "noframes", "object",   "embed",
                                        "applet",   "form",   "input", "button",   "select",   "optgroup", "option",
                                        "textarea", "keygen", "base",  "param",    "isindex",  "datalist"};
// What they hold is no markup.
constexpr std::string_view raw_elements[] = {"script", "style", "iframe", "noembed", "noframes", "textarea", "title", "xmp"};
constexpr std::string_view phrases[] = {"abbr", "bdi", "bdo",  "cite", "data", "del", "dfn", "ins",  "kbd",
                                        "mark", "q",   "ruby", "samp", "span", "sub", "sup", "time", "var"};
constexpr std::string_view optional_end[] = {"p",  "li",    "dt",    "dd",    "rt",       "rp",      "rb",   "rtc",  "tr",  "td",
                                             "th", "thead", "tbody", "tfoot", "colgroup", "caption", "html", "head", "body"};
constexpr std::string_view closes_paragraph[] = {
    "address", "article",  "aside",      "blockquote", "center", "details", "dialog", "dir", "div",
    "dl",      "fieldset", "figcaption", "figure",     "footer", "h1",      "h2",     "h3",  "h4",
    "h5",      "h6",       "header",     "hgroup",     "hr",     "main",    "menu",   "nav", "ol",
    "p",       "pre",      "section",    "summary",    "table",  "ul",      "li",     "dd",  "dt"};
constexpr std::string_view boundaries[] = {"td", "th", "caption", "table"};
constexpr std::size_t most_attributes = 100, most_bare_attributes = 6, most_lingering = 8, most_vain = 100;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A new element ends an open one of these, unless a border stands between.
struct Implied {
    Names names, ends, border;
};
constexpr std::string_view item[] = {"li"}, list_border[] = {"ul", "ol", "menu", "dir"}, described[] = {"dt", "dd"},
                           dl_border[] = {"dl"};
constexpr std::string_view cell[] = {"td", "th"}, row[] = {"tr", "td", "th"}, group[] = {"thead", "tbody", "tfoot"};
constexpr std::string_view group_parts[] = {"thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "caption"},
                           table_border[] = {"table"};
constexpr std::string_view table_parts[] = {"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"};
constexpr std::string_view row_names[] = {"tr"}, ruby_parts[] = {"rt", "rp", "rb", "rtc"}, ruby_border[] = {"ruby"};
const std::array implied{Implied{item, item, list_border},          Implied{described, described, dl_border},
                         Implied{cell, cell, table_border},         Implied{row_names, row, table_border},
                         Implied{group, group_parts, table_border}, Implied{ruby_parts, ruby_parts, ruby_border}};

} // namespace

bool keeps_words(std::string_view name) { return name == "textarea" || name == "xmp"; }
bool is_void_element(std::string_view name) { return is_in(void_elements, name); }
bool is_formatting_element(std::string_view name) { return is_in(formatting, name); }

// ---- what goes out ----

Span HtmlGuard::in_source(std::size_t begin, std::size_t end) const {
    const std::size_t first = to_source_->original(begin);
    return reading_.source().span(first, end > begin ? to_source_->original(end - 1) + 1 : first);
}

void HtmlGuard::emit(std::string_view made, std::size_t at) {
    origins_.emplace_back(html_.size(), in_source(at, at + 1));
    html_ += made;
}

void HtmlGuard::copy(std::size_t begin, std::size_t end) {
    // One origin for each line: within a line the bytes stand as in the source.
    for (std::size_t at = begin; at < end;) {
        const std::size_t found = input_.substr(at, end - at).find('\n');
        const std::size_t next = found == std::string_view::npos ? end : at + found + 1;
        origins_.emplace_back(html_.size(), in_source(at, next));
        html_.append(input_, at, next - at);
        at = next;
    }
}

void HtmlGuard::text(std::size_t begin, std::size_t end, bool escape) {
    if (!escape) return copy(begin, end);
    for (std::size_t at = begin; at < end;) {
        const std::size_t special = std::min(input_.find_first_of("<&", at), end);
        copy(at, special);
        if (special < end) emit(input_[special] == '<' ? "&lt;" : "&amp;", special);
        at = special + 1;
    }
}

std::size_t HtmlGuard::add_placeholder(std::string_view element, Span where) {
    const std::size_t begin = html_.size();
    origins_.emplace_back(begin, where);
    html_ += "<" + std::string(element) + "></" + std::string(element) + ">";
    return begin;
}

Span HtmlGuard::span(std::size_t begin, std::size_t end) const {
    const auto origin = [&](std::size_t offset) -> const std::pair<std::size_t, Span>* {
        auto after = std::upper_bound(origins_.begin(), origins_.end(), offset,
                                      [](std::size_t o, const auto& piece) { return o < piece.first; });
        return after == origins_.begin() ? (origins_.empty() ? nullptr : &origins_.front()) : &*std::prev(after);
    };
    const auto place = [](const std::pair<std::size_t, Span>& piece, std::size_t offset) {
        const auto within = static_cast<std::uint32_t>(offset > piece.first ? offset - piece.first : 0);
        return std::min(piece.second.begin + within, piece.second.end);
    };
    const auto* first = origin(begin);
    if (!first) return reading_.source().span(0, 0);
    const auto* last = origin(end > begin ? end - 1 : begin);
    const std::uint32_t from = place(*first, begin);
    return {first->second.source, from, std::max(from, place(*last, end))};
}

// ---- what comes in ----

void HtmlGuard::add(std::string_view html, const OffsetMap& to_source) {
    input_ = html;
    to_source_ = &to_source;
    vain_ = 0;
    std::size_t start = 0;
    if (!raw_.empty()) { // what stands before the end tag in this piece is script too
        const std::string name = std::exchange(raw_, {});
        start = raw_text(name, 0);
        if (!raw_.empty()) return;
    }
    for (std::size_t at = start; at < html.size();) {
        const std::size_t special = std::min(html.find('<', at), html.size());
        text(at, special, false);
        at = special < html.size() ? markup(special) : special;
    }
}

std::size_t HtmlGuard::markup(std::size_t at) {
    const char next = at + 1 < input_.size() ? input_[at + 1] : ' ';
    if (next == '!' || next == '?') return declaration(at);
    Tag tag;
    if (vain_ > most_vain || !scan_tag(at, tag)) {
        vain_ += (is_letter(next) || next == '/') && !tag.is_prose ? 1 : 0;
        emit("&lt;", at);
        return at + 1;
    }
    if (!tag.is_end) return start_tag(tag);
    end_tag(tag);
    return tag.end;
}

// Comments and processing instructions are no text; CDATA is.
std::size_t HtmlGuard::declaration(std::size_t at) {
    if (vain_ > most_vain) {
        emit("&lt;", at);
        return at + 1;
    }
    const std::string_view rest = input_.substr(at);
    const auto after = [&](std::string_view end, std::size_t from) {
        const std::size_t found = rest.find(end, from);
        return found == std::string_view::npos ? std::string_view::npos : at + found + end.size();
    };
    std::size_t end = std::string_view::npos;
    if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) return at + (rest[4] == '>' ? 5 : 6);
    if (rest.starts_with("<!--")) {
        end = std::min(after("-->", 4), after("--!>", 4));
    } else if (rest.starts_with("<![CDATA[")) {
        end = after("]]>", 9);
        if (end != std::string_view::npos) text(at + 9, end - 3, true);
    } else if (rest.starts_with("<?")) {
        // Without its end it is text: a browser would take all up to the next “>” away.
        end = after(rest.substr(2, 3) == "xml" ? ">" : "?>", 2);
        if (end != std::string_view::npos && rest.substr(2, 3) != "xml")
            reading_.diagnostics().warning("read.html-unknown", in_source(at, end),
                                           "a processing instruction has no meaning here and is left out");
    } else if (rest.size() > 2 && is_letter(rest[2])) {
        end = after(">", 2);
    }
    if (end != std::string_view::npos) return end;
    // A browser would take all that follows for the comment.
    ++vain_;
    if (rest.starts_with("<!--") && reading_.is_first("unclosed comment"))
        reading_.diagnostics().warning("read.html-unpaired", in_source(at, at + 4),
                                       "this comment is never closed; it is set as text", {"close it with -->"});
    if (rest.starts_with("<?") && reading_.is_first("unclosed instruction"))
        reading_.diagnostics().warning("read.html-unpaired", in_source(at, at + 2),
                                       "this processing instruction is never closed; it is set as text");
    emit("&lt;", at);
    return at + 1;
}

bool HtmlGuard::scan_tag(std::size_t at, Tag& tag) const {
    const auto peek = [&](std::size_t i) { return i < input_.size() ? input_[i] : '\0'; };
    tag.begin = at++;
    tag.is_end = peek(at) == '/';
    if (tag.is_end) ++at;
    if (!is_letter(peek(at))) return false;
    const std::size_t name = at;
    while (at < input_.size() && !is_ascii_space(input_[at]) && input_[at] != '>' && input_[at] != '/') ++at;
    tag.name = to_ascii_lower(input_.substr(name, at - name));
    tag.attributes_end = at;
    std::size_t bare = 0;
    for (std::size_t count = 0; at < input_.size();) {
        for (std::size_t lines = 0; at < input_.size() && (is_ascii_space(input_[at]) || input_[at] == '/'); ++at) {
            lines += input_[at] == '\n' ? 1 : 0;
            if (lines > 1 && !is_document_) return tag.is_prose = true, false; // nobody writes a blank line into a tag
        }
        if (peek(at) == '>') {
            tag.is_self_closing = input_[at - 1] == '/';
            tag.end = at + 1;
            return true;
        }
        while (at < input_.size() && !is_ascii_space(input_[at]) && input_[at] != '>' && input_[at] != '=' && input_[at] != '/')
            ++at;
        ++bare;
        if (peek(at) == '=' || is_ascii_space(peek(at))) {
            std::size_t value = at;
            while (value < input_.size() && is_ascii_space(input_[value])) ++value;
            if (peek(value) == '=') {
                --bare;
                at = value + 1;
                while (at < input_.size() && is_ascii_space(input_[at])) ++at;
                if (const char quote = peek(at); quote == '"' || quote == '\'') {
                    const std::size_t close = input_.find(quote, at + 1);
                    if (close == std::string_view::npos) return false;
                    at = close + 1;
                } else {
                    while (at < input_.size() && !is_ascii_space(input_[at]) && input_[at] != '>') ++at;
                }
            }
        }
        if (bare > most_bare_attributes) return tag.is_prose = true, false; // a sentence after “<”, not a tag
        if (++count <= most_attributes)
            tag.attributes_end = at;
        else
            tag.has_more_attributes = true;
    }
    return false;
}

bool HtmlGuard::refuse(const Tag& tag) {
    if (!is_in(refused, tag.name)) return false;
    const bool is_choice = tag.name == "option" || tag.name == "optgroup" || tag.name == "param";
    if (!is_in(raw_elements, tag.name)) emit(" ", tag.begin); // what they hold is kept and must not run together
    if (!is_choice)                                           // their parent has been reported
        reading_.diagnostics().error("read.html-refused", in_source(tag.begin, tag.end),
                                     "the element ‘" + tag.name + "’ is refused",
                                     {"a publication holds text and pictures; remove the element"});
    return true;
}

std::size_t HtmlGuard::raw_text(const std::string& name, std::size_t at) {
    std::size_t end = vain_ > most_vain ? input_.size() : at;
    for (; end < input_.size(); ++end)
        if (input_[end] == '<' && end + 1 < input_.size() && input_[end + 1] == '/' &&
            equals_ignoring_ascii_case(input_.substr(end + 2, name.size()), name))
            break;
    if (end >= input_.size()) { // never closed: a browser would take all that follows; here it stays text
        ++vain_;
        raw_ = name;
        return at;
    }
    if (keeps_words(name) || (name == "title" && !is_document_)) text(at, end, true);
    return std::min(std::min(input_.find('>', end), input_.size()) + 1, input_.size());
}

std::size_t HtmlGuard::start_tag(const Tag& tag) {
    constexpr std::string_view frame[] = {"html", "head", "body", "plaintext", "noscript", "template", "image"};
    constexpr std::string_view head[] = {"meta", "link"};
    const Span where = in_source(tag.begin, tag.end);
    const bool is_refused = refuse(tag);
    if (tag.name == "style" && reading_.is_first("style element"))
        reading_.diagnostics().warning("read.html-ignored", where, "a style element has no effect here",
                                       {"put its rules into a stylesheet of the edition"});
    if (is_in(raw_elements, tag.name) && !(foreign_ > 0 && tag.name == "title")) return raw_text(tag.name, tag.end);
    if (is_in(head, tag.name) && !is_document_)
        reading_.diagnostics().warning("read.html-unknown", where,
                                       "the element ‘" + tag.name + "’ has no meaning here and is left out");
    if (is_refused || is_in(head, tag.name) || is_in(frame, tag.name)) return tag.end;
    if (tag.name == "svg" || tag.name == "math") {
        if (foreign_++ == 0)
            reading_.diagnostics().warning("read.html-unknown", where,
                                           "the element ‘" + tag.name + "’ has no meaning here; its words are kept as text",
                                           {tag.name == "svg" ? "put the drawing into a file and show it as a picture"
                                                              : "write the formula as text or show it as a picture"});
        if (tag.is_self_closing) --foreign_;
        return tag.end;
    }
    if (foreign_ > 0) return tag.end;
    // HTML 5 drops parts of a table that stand outside one, and joins the words beside them.
    const auto is_table = [](const Open& open) { return open.name == "table"; };
    if (is_in(table_parts, tag.name) && std::none_of(open_.begin(), open_.end(), is_table)) {
        emit(" ", tag.begin);
        if (reading_.is_first("loose " + tag.name))
            reading_.diagnostics().warning("read.html-unpaired", where,
                                           "the element ‘" + tag.name + "’ stands outside a table; what it holds is kept");
        return tag.end;
    }

    close_implied(tag.name);
    const bool is_void = is_void_element(tag.name);
    if (!is_void && !tag.is_self_closing) {
        const auto same =
            static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), [](const Open& o) { return o.is_emitted; }));
        if (same >= limits::nesting_depth) {
            reading_.report_depth(where);
            ++too_deep_[tag.name];
            if (!is_formatting_element(tag.name)) emit(" ", tag.begin);
            return tag.end;
        }
        open_.push_back({tag.name, true, where});
    }
    if (tag.has_more_attributes && reading_.is_first("attributes"))
        reading_.diagnostics().error("read.html-refused", where,
                                     "this tag has more than " + std::to_string(most_attributes) +
                                         " attributes; the others are left out");
    copy(tag.begin, tag.attributes_end);
    emit(tag.is_self_closing && !is_void ? "></" + tag.name + ">" : ">", tag.end - 1);
    return tag.end;
}

void HtmlGuard::close_implied(std::string_view name) {
    if (is_in(closes_paragraph, name) && !open_.empty()) {
        // An open paragraph ends here; formatting in it may be open too.
        std::size_t at = open_.size();
        while (at > 0 && is_formatting_element(open_[at - 1].name)) --at;
        if (at > 0 && open_[at - 1].name == "p") pop_to(at - 1);
    }
    for (const Implied& rule : implied) {
        if (!is_in(rule.names, name)) continue;
        for (std::size_t at = open_.size(); at > 0 && !is_in(rule.border, open_[at - 1].name); --at)
            if (is_in(rule.ends, open_[at - 1].name)) {
                pop_to(at - 1);
                at = open_.size() + 1;
            }
    }
}

// Blocks that close over open formatting: HTML 5 opens it again in the next block. A few are left to it, more are closed here.
void HtmlGuard::pop_to(std::size_t size) {
    while (open_.size() > size) {
        const Open& last = open_.back();
        if (is_formatting_element(last.name) && ++lingering_ > most_lingering) {
            origins_.emplace_back(html_.size(), Span{last.where.source, last.where.end, last.where.end});
            html_ += "</" + last.name + ">";
        }
        open_.pop_back();
    }
}

void HtmlGuard::end_tag(const Tag& tag) {
    constexpr std::string_view silent[] = {"html", "head", "body", "noscript", "template", "svg", "math"};
    if ((tag.name == "svg" || tag.name == "math") && foreign_ > 0) --foreign_;
    if (foreign_ > 0 || is_in(silent, tag.name) || is_void_element(tag.name) || is_in(refused, tag.name)) {
        if (tag.name == "br") emit("<br>", tag.begin);
        if (is_in(refused, tag.name)) emit(" ", tag.begin);
        return;
    }
    if (auto deep = too_deep_.find(tag.name); deep != too_deep_.end() && deep->second > 0) {
        --deep->second;
        if (!is_formatting_element(tag.name)) emit(" ", tag.begin);
        return;
    }
    const bool is_phrase = is_formatting_element(tag.name) || is_in(phrases, tag.name);
    std::size_t at = open_.size();
    while (at > 0 && open_[at - 1].name != tag.name && !(is_phrase && is_in(boundaries, open_[at - 1].name))) --at;
    if (at == 0 || open_[at - 1].name != tag.name) {
        if (tag.name == "p") return;                             // HTML 5 would make an empty paragraph
        if (is_formatting_element(tag.name) && lingering_ > 0) { // it may be open since an earlier block
            copy(tag.begin, tag.end);
            return;
        }
        reading_.diagnostics().warning("read.html-unpaired", in_source(tag.begin, tag.end), "this end tag ends nothing here");
        return;
    }
    copy(tag.begin, tag.end);
    if (is_formatting_element(tag.name))
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at) - 1);
    else
        pop_to(at - 1);
}

void HtmlGuard::finish() {
    for (const Open& open : open_)
        if (!is_in(optional_end, open.name))
            reading_.diagnostics().warning("read.html-unpaired", open.where, "the element ‘" + open.name + "’ is never closed",
                                           {"add </" + open.name + ">"});
}

} // namespace bifolio
