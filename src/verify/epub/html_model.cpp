#include "verify/epub/html_model.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace bifolio {

namespace {

using enum HtmlContent;

constexpr bool y = true, n = false; // flow, phrasing

constexpr std::array elements{
    HtmlElement{"html", n, n, list, "head body", "manifest version"},
    HtmlElement{"head", n, n, list, "title base link meta style script template", "profile"},
    HtmlElement{"title", n, n, text, "", ""},
    HtmlElement{"base", n, n, nothing, "", "href target"},
    HtmlElement{"link", y, y, nothing, "",
                "as blocking color crossorigin disabled fetchpriority href hreflang imagesizes imagesrcset integrity media "
                "referrerpolicy scope sizes type updateviacache workertype"},
    HtmlElement{"meta", y, y, nothing, "", "charset http-equiv media name"},
    HtmlElement{"style", n, n, text, "", "blocking media type"},
    HtmlElement{"script", y, y, text, "",
                "async blocking charset crossorigin defer fetchpriority integrity language nomodule referrerpolicy src type"},
    HtmlElement{"noscript", n, n, anything, "", ""},
    HtmlElement{"template", y, y, anything, "", ""},
    HtmlElement{"body", n, n, flow, "", ""},
    HtmlElement{"article", y, n, flow, "", ""},
    HtmlElement{"aside", y, n, flow, "", ""},
    HtmlElement{"nav", y, n, flow, "", ""},
    HtmlElement{"section", y, n, flow, "", ""},
    HtmlElement{"search", y, n, flow, "", ""},
    HtmlElement{"h1", y, n, phrasing, "", ""},
    HtmlElement{"h2", y, n, phrasing, "", ""},
    HtmlElement{"h3", y, n, phrasing, "", ""},
    HtmlElement{"h4", y, n, phrasing, "", ""},
    HtmlElement{"h5", y, n, phrasing, "", ""},
    HtmlElement{"h6", y, n, phrasing, "", ""},
    HtmlElement{"hgroup", y, n, list, "p h1 h2 h3 h4 h5 h6", ""},
    HtmlElement{"header", y, n, flow, "", ""},
    HtmlElement{"footer", y, n, flow, "", ""},
    HtmlElement{"main", y, n, flow, "", ""},
    HtmlElement{"address", y, n, flow, "", ""},
    HtmlElement{"p", y, n, phrasing, "", ""},
    HtmlElement{"hr", y, n, nothing, "", ""},
    HtmlElement{"pre", y, n, phrasing, "", ""},
    HtmlElement{"blockquote", y, n, flow, "", "cite"},
    HtmlElement{"ol", y, n, list, "li", "reversed start type"},
    HtmlElement{"ul", y, n, list, "li", ""},
    HtmlElement{"menu", y, n, list, "li", ""},
    HtmlElement{"li", n, n, flow, "", "value"},
    HtmlElement{"dl", y, n, list, "dt dd div", ""},
    HtmlElement{"dt", n, n, flow, "", ""},
    HtmlElement{"dd", n, n, flow, "", ""},
    HtmlElement{"figure", y, n, flow, "figcaption", ""},
    HtmlElement{"figcaption", n, n, flow, "", ""},
    HtmlElement{"div", y, n, flow, "", ""},
    HtmlElement{"a", y, y, transparent, "", "download href hreflang name ping referrerpolicy target type"},
    HtmlElement{"em", y, y, phrasing, "", ""},
    HtmlElement{"strong", y, y, phrasing, "", ""},
    HtmlElement{"small", y, y, phrasing, "", ""},
    HtmlElement{"s", y, y, phrasing, "", ""},
    HtmlElement{"cite", y, y, phrasing, "", ""},
    HtmlElement{"q", y, y, phrasing, "", "cite"},
    HtmlElement{"dfn", y, y, phrasing, "", ""},
    HtmlElement{"abbr", y, y, phrasing, "", ""},
    HtmlElement{"data", y, y, phrasing, "", "value!"},
    HtmlElement{"time", y, y, phrasing, "", "datetime"},
    HtmlElement{"code", y, y, phrasing, "", ""},
    HtmlElement{"var", y, y, phrasing, "", ""},
    HtmlElement{"samp", y, y, phrasing, "", ""},
    HtmlElement{"kbd", y, y, phrasing, "", ""},
    HtmlElement{"sub", y, y, phrasing, "", ""},
    HtmlElement{"sup", y, y, phrasing, "", ""},
    HtmlElement{"i", y, y, phrasing, "", ""},
    HtmlElement{"b", y, y, phrasing, "", ""},
    HtmlElement{"u", y, y, phrasing, "", ""},
    HtmlElement{"mark", y, y, phrasing, "", ""},
    HtmlElement{"ruby", y, y, phrasing, "rb rt rtc rp", ""},
    HtmlElement{"rb", n, n, phrasing, "", ""},
    HtmlElement{"rt", n, n, phrasing, "", ""},
    HtmlElement{"rtc", n, n, phrasing, "rt rp", ""},
    HtmlElement{"rp", n, n, text, "", ""},
    HtmlElement{"bdi", y, y, phrasing, "", ""},
    HtmlElement{"bdo", y, y, phrasing, "", ""},
    HtmlElement{"span", y, y, phrasing, "", ""},
    HtmlElement{"br", y, y, nothing, "", ""},
    HtmlElement{"wbr", y, y, nothing, "", ""},
    HtmlElement{"ins", y, y, transparent, "", "cite datetime"},
    HtmlElement{"del", y, y, transparent, "", "cite datetime"},
    HtmlElement{"picture", y, y, list, "source img", ""},
    HtmlElement{"source", n, n, nothing, "", "height media sizes src srcset type width"},
    HtmlElement{"img", y, y, nothing, "",
                "alt border crossorigin decoding fetchpriority generator-unable-to-provide-required-alt height ismap loading "
                "name "
                "referrerpolicy sizes src! srcset usemap width"},
    HtmlElement{"iframe", y, y, text, "", "allow allowfullscreen height loading name referrerpolicy sandbox src srcdoc width"},
    HtmlElement{"embed", y, y, nothing, "", "*"},
    HtmlElement{"object", y, y, transparent, "param", "data form height name type usemap width"},
    HtmlElement{"param", n, n, nothing, "", "name! value!"},
    HtmlElement{"video", y, y, transparent, "source track",
                "autoplay controls controlslist crossorigin height loop muted playsinline poster preload src width"},
    HtmlElement{"audio", y, y, transparent, "source track", "autoplay controls controlslist crossorigin loop muted preload src"},
    HtmlElement{"track", n, n, nothing, "", "default kind label src! srclang"},
    HtmlElement{"map", y, y, transparent, "", "name!"},
    HtmlElement{"area", y, y, nothing, "", "alt coords download href hreflang ping referrerpolicy shape target type"},
    HtmlElement{"table", y, n, list, "caption colgroup thead tbody tfoot tr", "border"},
    HtmlElement{"caption", n, n, flow, "", ""},
    HtmlElement{"colgroup", n, n, list, "col", "span"},
    HtmlElement{"col", n, n, nothing, "", "span"},
    HtmlElement{"thead", n, n, list, "tr", ""},
    HtmlElement{"tbody", n, n, list, "tr", ""},
    HtmlElement{"tfoot", n, n, list, "tr", ""},
    HtmlElement{"tr", n, n, list, "td th", ""},
    HtmlElement{"td", n, n, flow, "", "colspan headers rowspan"},
    HtmlElement{"th", n, n, flow, "", "abbr colspan headers rowspan scope"},
    HtmlElement{"form", y, n, flow, "", "accept-charset action autocomplete enctype method name novalidate target"},
    HtmlElement{"label", y, y, phrasing, "", "for form"},
    HtmlElement{"input", y, y, nothing, "",
                "accept alt autocomplete capture checked dirname disabled form formaction formenctype formmethod formnovalidate "
                "formtarget height list max maxlength min minlength multiple name pattern placeholder popovertarget "
                "popovertargetaction readonly required size src step type value width"},
    HtmlElement{
        "button", y, y, phrasing, "",
        "disabled form formaction formenctype formmethod formnovalidate formtarget name popovertarget popovertargetaction "
        "type value"},
    HtmlElement{"select", y, y, list, "option optgroup hr", "autocomplete disabled form multiple name required size"},
    HtmlElement{"datalist", y, y, phrasing, "option", ""},
    HtmlElement{"optgroup", n, n, list, "option", "disabled label"},
    HtmlElement{"option", n, n, text, "", "disabled label selected value"},
    HtmlElement{"textarea", y, y, text, "",
                "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows wrap"},
    HtmlElement{"output", y, y, phrasing, "", "for form name"},
    HtmlElement{"progress", y, y, phrasing, "", "max value"},
    HtmlElement{"meter", y, y, phrasing, "", "form high low max min optimum value!"},
    HtmlElement{"fieldset", y, n, flow, "legend", "disabled form name"},
    HtmlElement{"legend", n, n, phrasing, "h1 h2 h3 h4 h5 h6 hgroup", ""},
    HtmlElement{"details", y, n, flow, "summary", "name open"},
    HtmlElement{"summary", n, n, phrasing, "h1 h2 h3 h4 h5 h6 hgroup", ""},
    HtmlElement{"dialog", y, n, flow, "", "open"},
    HtmlElement{"canvas", y, y, transparent, "", "height width"},
    HtmlElement{"slot", y, y, transparent, "", "name"},
};

constexpr std::string_view global_attributes = "about accesskey autocapitalize autofocus class content contenteditable datatype "
                                               "dir draggable enterkeyhint exportparts hidden id "
                                               "inert inlist inputmode is itemid itemprop itemref itemscope itemtype lang nonce "
                                               "part popover prefix property rel resource rev role "
                                               "slot spellcheck style tabindex title translate typeof vocab writingsuggestions";
constexpr std::string_view boolean_attributes = "allowfullscreen async autofocus autoplay checked controls default defer "
                                                "disabled formnovalidate inert ismap itemscope loop multiple "
                                                "muted nomodule novalidate open playsinline readonly required reversed selected";

} // namespace

const HtmlElement* find_html_element(std::string_view name) {
    static const std::unordered_map<std::string_view, const HtmlElement*> index = [] { // only looked up in
        std::unordered_map<std::string_view, const HtmlElement*> out;
        for (const HtmlElement& element : elements) out.emplace(element.name, &element);
        return out;
    }();
    const auto found = index.find(name);
    return found == index.end() ? nullptr : found->second;
}

bool holds_word(std::string_view words, std::string_view word) {
    if (word.empty() || word.find_first_of(" !") != std::string_view::npos) return false;
    const auto ends = [&](std::size_t at) { return at == words.size() || words[at] == ' '; };
    for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || words[at - 1] == ' ') && (ends(end) || (words[end] == '!' && ends(end + 1)))) return true;
    }
    return false;
}

bool is_global_attribute(std::string_view name) {
    if (name.size() > 3 && name.starts_with("on")) return std::ranges::all_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
    static const std::unordered_set<std::string_view> names = [] {
        std::unordered_set<std::string_view> out;
        for (std::string_view rest = global_attributes; !rest.empty();) {
            const std::size_t space = rest.find(' ');
            out.insert(rest.substr(0, space));
            rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
        }
        return out;
    }();
    return names.contains(name);
}

bool is_boolean_attribute(std::string_view name) { return holds_word(boolean_attributes, name); }

} // namespace bifolio
