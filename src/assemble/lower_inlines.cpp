#include "assemble/lowering.h"

#include "assemble/words.h"
#include "base/nearest.h"
#include "base/overloaded.h"
#include "base/utf8.h"

#include <algorithm>

namespace bifolio {

namespace {

Element element_of(PhraseKind kind) {
    switch (kind) {
    case PhraseKind::emphasis: return Element::em;
    case PhraseKind::strong: return Element::strong;
    case PhraseKind::strikethrough: return Element::s;
    case PhraseKind::deleted: return Element::del;
    case PhraseKind::inserted: return Element::ins;
    case PhraseKind::subscript: return Element::sub;
    case PhraseKind::superscript: return Element::sup;
    case PhraseKind::small: return Element::small;
    case PhraseKind::mark: return Element::mark;
    case PhraseKind::keyboard: return Element::kbd;
    case PhraseKind::sample: return Element::samp;
    case PhraseKind::variable: return Element::var;
    case PhraseKind::citation: return Element::cite;
    case PhraseKind::definition: return Element::dfn;
    case PhraseKind::abbreviation: return Element::abbr;
    case PhraseKind::quotation: return Element::q;
    case PhraseKind::underline: return Element::u;
    case PhraseKind::bold: return Element::b;
    case PhraseKind::italic: return Element::i;
    case PhraseKind::time: return Element::time;
    case PhraseKind::span: return Element::span;
    case PhraseKind::isolate: return Element::bdi;
    case PhraseKind::override_direction: return Element::bdo;
    case PhraseKind::ruby: return Element::ruby;
    case PhraseKind::ruby_text: return Element::rt;
    case PhraseKind::ruby_parenthesis: return Element::rp;
    case PhraseKind::data: return Element::data;
    }
    return Element::span;
}

// By the first subtag: “en-GB” and “en”.
bool is_same_language(std::string_view one, std::string_view other) {
    return equals_ignoring_ascii_case(one.substr(0, one.find('-')), other.substr(0, other.find('-')));
}

void set_attribute(Node& node, std::string_view name, std::string value) {
    std::erase_if(node.info.attributes, [&](const Attribute& one) { return one.name == name; });
    node.info.attributes.push_back({std::string(name), std::move(value)});
}

// RFC 3986, 3.1. Empty: the destination has none.
std::string scheme_of(std::string_view destination) {
    const std::size_t colon = destination.find(':');
    if (colon == std::string_view::npos || colon == 0) return "";
    const std::string scheme = to_ascii_lower(destination.substr(0, colon));
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (!is_letter(scheme.front())) return "";
    const bool valid = std::all_of(scheme.begin(), scheme.end(), [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    });
    return valid ? scheme : "";
}

// What a URL must not hold is percent-encoded; what is encoded already stays.
std::string as_url(std::string_view destination) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : destination) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos) {
            out += c;
            continue;
        }
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 0x0F];
    }
    return out;
}

// A number as people write it, as tel: wants it (RFC 3966): no spaces.
std::string as_telephone(std::string_view destination) {
    std::string out(destination);
    std::erase_if(out, [](char c) { return is_ascii_space(c); });
    return out;
}

} // namespace

namespace {

// As people compare two addresses: without what their browsers add.
std::string bare_address(std::string_view address) {
    std::string bare = to_ascii_lower(trimmed(address));
    for (const std::string_view start : {"https://", "http://", "www."})
        if (bare.starts_with(start)) bare.erase(0, start.size());
    while (bare.ends_with('/')) bare.pop_back();
    return bare;
}

} // namespace

bool external_link(Node& node, const std::string& destination, Span where, Diagnostics& diagnostics) {
    const std::string scheme = scheme_of(destination);
    if (scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel" || scheme == "sms" || scheme == "ftp") {
        set_attribute(node, "href", as_url(scheme == "tel" || scheme == "sms" ? as_telephone(destination) : destination));
        node.info.classes.emplace_back(scheme == "mailto"                   ? "email"
                                       : scheme == "tel" || scheme == "sms" ? "telephone"
                                                                            : "external");
        return true;
    }
    if (destination.starts_with("//") || destination.starts_with("www.")) {
        const std::string assumed = "https:" + std::string(destination.starts_with("//") ? "" : "//") + destination;
        diagnostics.warning("assemble.link-without-scheme", where, "the link ‘" + destination + "’ does not say how to get there",
                            {"write ‘" + assumed + "’; this is assumed"});
        set_attribute(node, "href", as_url(assumed));
        node.info.classes.emplace_back("external");
        return true;
    }
    if (destination.starts_with("/")) return false; // perhaps an article, from the root of its site
    if (scheme.empty()) return false;
    node.element = Element::span;
    if (scheme == "javascript" || scheme == "vbscript" || scheme == "data" || scheme == "file")
        diagnostics.error("assemble.refused-link", where, "a link of the kind ‘" + scheme + ":’ is refused",
                          {"link to a web address, or take the link away"});
    else
        diagnostics.warning("assemble.unknown-scheme", where,
                            "links of the kind ‘" + scheme + ":’ are not known; only its text is shown",
                            {"known are http, https, mailto, tel, sms and ftp"});
    return true;
}

void Lowering::inlines(const Inlines& written) {
    for (const Inline& one : written) inline_node(one);
    if (!index_ranges_.empty()) close_ranges(written);
}

void Lowering::inline_node(const Inline& one) {
    if (is_left_out(one.info)) return;
    const auto empty_element = [&](Element element) {
        const auto open = tree_->element(element, one.info);
        register_node(open, one.info);
    };
    std::visit(overloaded{
                   [&](const Text& text) { this->text(one.info, text.text); },
                   [&](const Phrase& node) { phrase(one.info, node); },
                   [&](const Code& code) {
                       const auto open = tree_->element(Element::code, one.info);
                       register_node(open, one.info);
                       tree_->text(code.text);
                   },
                   [&](const Link& node) { link(one.info, node); },
                   [&](const Image& node) { image(one.info, node); },
                   [&](const LineBreak&) { empty_element(Element::br); },
                   [&](const WordBreak&) { empty_element(Element::wbr); },
                   [&](const Note& node) { note(one.info, node); },
                   [&](const NoteReference& node) { note_reference(one.info, node); },
                   [&](const Field& node) { field(one.info, node); },
               },
               one.node);
}

// A word that is meant as such, and no use of the term.
static bool is_quoted(PhraseKind kind) {
    switch (kind) {
    case PhraseKind::keyboard:
    case PhraseKind::sample:
    case PhraseKind::variable:
    case PhraseKind::citation:
    case PhraseKind::definition:
    case PhraseKind::deleted:
    case PhraseKind::strikethrough:
    case PhraseKind::ruby:
    case PhraseKind::override_direction: return true;
    default: return false;
    }
}

void Lowering::without_terms(const Inlines& written) {
    ++without_terms_;
    inlines(written);
    --without_terms_;
}

void Lowering::text(const NodeInfo& info, const std::string& text) {
    const bool links = links_terms_ && without_terms_ == 0 && in_note_ == 0 && plain_places_ == 0 && !assembly_->terms.empty() &&
                       is_same_language(tree_->language(), assembly_->language);
    std::size_t from = 0;
    while (links) {
        const auto term = assembly_->terms.find(text, from, used_terms_);
        if (!term) break;
        if (term->begin > from) tree_->text_with_numbers(text.substr(from, term->begin - from), info);
        NodeInfo place; // the text's own classes and id stay with the text
        place.where = info.where;
        place.origin = info.origin;
        const auto link = tree_->element(Element::a, place, "glossary-link");
        const std::string key(term->key);
        fragment().term_links.emplace_back(link, key);
        assembly_->first_uses.try_emplace(key, FragmentPlace{fragment_, link});
        used_terms_.insert(key);
        tree_->text(text.substr(term->begin, term->end - term->begin), info);
        from = term->end;
    }
    if (from < text.size() || from == 0) tree_->text_with_numbers(text.substr(from), info);
}

void Lowering::phrase(const NodeInfo& info, const Phrase& phrase) {
    const bool is_time = phrase.kind == PhraseKind::time;
    const auto open =
        tree_->element(is_time && in_time_ ? Element::span : element_of(phrase.kind), info); // HTML: none within one
    register_node(open, info);
    const bool outer = std::exchange(in_time_, in_time_ || is_time);
    if (is_quoted(phrase.kind))
        without_terms(phrase.body);
    else
        inlines(phrase.body);
    in_time_ = outer;
}

void Lowering::link(const NodeInfo& info, const Link& link) {
    const std::string destination = with_fields(link.destination, info.where);
    std::string address; // that the words do not say
    {
        const auto open = tree_->element(Element::a, info);
        register_node(open, info);
        if (!link.title.empty()) set_attribute((*tree_)[open], "title", link.title);
        if (!external_link((*tree_)[open], destination, info.where, assembly_->diagnostics)) {
            PendingLink pending{open, no_node, scope_, destination, info.where};
            if (link.body.empty())
                pending.words = tree_->text("");
            else
                without_terms(link.body);
            if (destination.starts_with("#term-") && links_terms_) { // the author has linked it
                const std::string key = destination.substr(1);
                assembly_->first_uses.try_emplace(key, FragmentPlace{fragment_, open});
                used_terms_.insert(key);
            }
            fragment().links.push_back(std::move(pending));
            return;
        }
        if (link.body.empty())
            tree_->text(destination);
        else
            without_terms(link.body);
        const std::string* href = attribute((*tree_)[open], "href");
        const bool says_address = href && (link.body.empty() || bare_address(plain_text(link.body)) == bare_address(*href));
        if (says_address) isolate_address(open);
        if (href && has_class((*tree_)[open], "external") && !says_address) address = *href;
    }
    if (!address.empty() && in_note_ == 0) web_address(address);
}

// An address reads from left to right: its stops and slashes stay where they are among words that read the other way.
void Lowering::isolate_address(NodeId link) {
    if (is_right_to_left(tree_->language()) && !attribute((*tree_)[link], "dir")) set_attribute((*tree_)[link], "dir", "ltr");
}

// A note of its own: the number of its call is the style's, which may leave it out.
void Lowering::web_address(const std::string& address) {
    const auto open = tree_->element(Element::note, "web-address");
    assembly_->name_node((*tree_)[open], scope().id_prefix + "web-address-" + std::to_string(++fragment().web_addresses));
    const auto paragraph = tree_->element(Element::p);
    const auto link = tree_->element(Element::a, "external");
    set_attribute((*tree_)[link], "href", address);
    isolate_address(link);
    tree_->text(address.starts_with("https://") ? address.substr(8) : address);
}

void Lowering::image(const NodeInfo& info, const Image& image) {
    const std::string alternative = with_fields(image.alternative, info.where);
    ResourceId resource = assembly_->resource(image.source); // reading leaves the path in the book here
    if (resource == no_resource) resource = assembly_->resource(joined_path(scope().folder, url_decoded(image.source)));
    if (resource == no_resource) {
        // Reading has reported it. The words for the picture stay in its place.
        const auto open = tree_->element(Element::span, info, "missing-picture");
        register_node(open, info);
        set_attribute((*tree_)[open], "data-source", image.source);
        tree_->text(alternative.empty() ? image.source : alternative);
        return;
    }
    const auto open = tree_->element(Element::img, info);
    register_node(open, info);
    Node& node = (*tree_)[open];
    node.resource = resource;
    if (image.decorative) {
        set_attribute(node, "alt", "");
        set_attribute(node, "role", "presentation");
    } else if (!alternative.empty()) {
        set_attribute(node, "alt", alternative);
    }
    if (!image.title.empty()) set_attribute(node, "title", image.title);
    if (const std::string* described = attribute(node, "description")) {
        fragment().links.push_back({open, no_node, scope_, *described, info.where, true});
        std::erase_if(node.info.attributes, [](const Attribute& one) { return one.name == "description"; });
    }
}

void Lowering::note(const NodeInfo& info, const Note& note) {
    const auto open = tree_->element(Element::note, info);
    const std::uint32_t number = ++fragment().notes;
    (*tree_)[open].number = number;
    register_node(open, info);
    if (info.id.empty()) assembly_->name_node((*tree_)[open], scope().id_prefix + "note-" + std::to_string(number));
    scope().notes.try_emplace(note.label, FragmentPlace{fragment_, open});
    ++quoted_;
    ++in_note_;
    blocks(note.body);
    --in_note_;
    --quoted_;
}

void Lowering::note_reference(const NodeInfo& info, const NoteReference& reference) {
    const auto found = scope().notes.find(reference.label);
    if (found == scope().notes.end() || found->second.fragment != fragment_) {
        std::vector<std::string> known;
        for (const auto& [label, place] : scope().notes) known.push_back(label);
        assembly_->diagnostics.error("assemble.unknown-note", info.where,
                                     "there is no note ‘" + reference.label + "’ before this place",
                                     did_you_mean(reference.label, known));
        tree_->text("[" + reference.label + "]", info);
        return;
    }
    const auto open = tree_->element(Element::note_reference, info);
    register_node(open, info);
    (*tree_)[open].target = found->second.node;
    (*tree_)[open].number = (*tree_)[found->second.node].number;
}

const std::string* Lowering::clinic_value(std::string_view name, Span where) {
    shows_clinic_ = true;
    const Clinic* clinic = assembly_->selection.clinic;
    if (!clinic) {
        assembly_->diagnostics.error("assemble.field-without-clinic", where,
                                     "‘{{" + std::string(name) + "}}’ stands here, but the edition ‘" + assembly_->edition.name +
                                         "’ is made for no clinic",
                                     {"put it into a box with the class ‘clinic-only’, or give the edition its ‘clinics’"});
        return nullptr;
    }
    constexpr std::string_view prefix = "clinic.";
    std::string column = to_ascii_lower(name.starts_with(prefix) ? name.substr(prefix.size()) : name);
    std::replace_if(
        column.begin(), column.end(), [](char c) { return c == ' ' || c == '_'; }, '-'); // as the table's reader calls it
    const auto found =
        std::find_if(clinic->fields.begin(), clinic->fields.end(), [&](const auto& one) { return one.first == column; });
    if (found == clinic->fields.end() || !name.starts_with(prefix)) {
        std::vector<std::string> known;
        for (const auto& [one, value] : clinic->fields) known.push_back("clinic." + one);
        assembly_->diagnostics.error("assemble.unknown-field", where, "there is no field ‘" + std::string(name) + "’",
                                     did_you_mean(name, known));
        return nullptr;
    }
    if (is_blank(found->second.value)) {
        assembly_->diagnostics.error(
            "assemble.empty-field", where, "the field ‘" + std::string(name) + "’ is empty for the clinic ‘" + clinic->id + "’",
            {"fill in the column ‘" + column + "’ in its row, or put the field into a box that can do without"});
        return nullptr;
    }
    return &found->second.value;
}

std::string Lowering::with_fields(std::string_view text, Span where) {
    std::string out;
    for (;;) {
        const std::size_t begin = text.find("{{clinic."), end = begin == std::string_view::npos ? begin : text.find("}}", begin);
        if (end == std::string_view::npos) return out.append(text);
        out += text.substr(0, begin);
        const std::string_view name = text.substr(begin + 2, end - begin - 2);
        if (const std::string* value = clinic_value(trimmed(name), where))
            out += *value;
        else
            out += text.substr(begin, end + 2 - begin);
        text.remove_prefix(end + 2);
    }
}

void Lowering::field(const NodeInfo& info, const Field& field) {
    const std::string* value = clinic_value(field.name, info.where);
    if (!value) {
        tree_->text("{{" + field.name + "}}",
                    info); // seen by those who look at the draft; the error keeps it from being published
        return;
    }
    if (const ResourceId picture = assembly_->resource(*value); picture != no_resource) {
        const auto open = tree_->element(Element::img, info, "clinic-logo");
        (*tree_)[open].resource = picture;
        const auto& fields = assembly_->selection.clinic->fields;
        const auto name = std::find_if(fields.begin(), fields.end(), [](const auto& one) { return one.first == "name"; });
        if (name != fields.end()) set_attribute((*tree_)[open], "alt", name->second.value);
        return;
    }
    const auto open = tree_->element(Element::span, info, "field");
    register_node(open, info);
    std::string_view rest = trimmed(*value); // an address has lines
    for (;;) {
        const std::size_t end = rest.find('\n');
        tree_->text_with_numbers(std::string(trimmed(rest.substr(0, end))), info);
        if (end == std::string_view::npos) break;
        { const auto line_break = tree_->element(Element::br); }
        rest.remove_prefix(end + 1);
    }
}

} // namespace bifolio
