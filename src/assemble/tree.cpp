#include "assemble/tree.h"

#include "assemble/telephone_numbers.h"
#include "assemble/words.h"
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

namespace bifolio {

namespace {

void add_classes(std::vector<std::string>& classes, std::string_view more) {
    while (!more.empty()) {
        const std::size_t end = std::min(more.find(' '), more.size());
        const std::string_view one = more.substr(0, end);
        more.remove_prefix(std::min(end + 1, more.size()));
        if (!one.empty() && std::find(classes.begin(), classes.end(), one) == classes.end()) classes.emplace_back(one);
    }
}

} // namespace

Tree::Tree(std::vector<Node>& nodes, std::string language) : nodes_(&nodes) {
    const bool runs_left = is_right_to_left(language);
    open_.push_back({no_node, std::move(language), runs_left});
}

NodeId Tree::add(Element element, NodeInfo info) {
    const NodeId parent = open_.back().id;
    if (numbering_.counted)
        info.origin.place = ++numbering_.last;
    else if (info.origin.place == 0 && parent != no_node)
        info.origin.place = (*this)[parent].info.origin.place;
    info.origin.part = numbering_.part;
    if (info.where.source == SourceId{} && parent != no_node) info.where = (*this)[parent].info.where;
    const NodeId id{static_cast<std::uint32_t>(nodes_->size())};
    Node& node = nodes_->emplace_back();
    node.element = element;
    node.parent = parent;
    node.end = NodeId{index(id) + 1};
    node.info = std::move(info);
    node.info.id.clear(); // ids are given by those who see to it that they are unique
    return id;
}

Tree::Open Tree::element(Element element, const NodeInfo& written, std::string_view more_classes) {
    NodeInfo info = written;
    add_classes(info.classes, more_classes);
    std::string language = std::exchange(info.language, {});
    const NodeId id = add(element, std::move(info));
    open_.push_back({id, open_.back().language, open_.back().runs_left});
    if (!language.empty()) set_language(id, language);
    if (const std::string* direction = attribute((*this)[id], "dir"))
        open_.back().runs_left = *direction == "rtl";
    else if (element == Element::bdi)
        open_.back().runs_left = false;
    return {*this, id};
}

Tree::Open Tree::element(Element element, std::string_view classes) { return this->element(element, NodeInfo{}, classes); }

NodeId Tree::text(std::string text, const NodeInfo& written) {
    NodeInfo info;
    info.where = written.where;
    info.origin = written.origin;
    const NodeId id = add(Element::text, std::move(info));
    (*this)[id].text = std::move(text);
    return id;
}

NodeId Tree::text(std::string text) { return this->text(std::move(text), NodeInfo{}); }

// Whether a number here would be set backwards: not in a link that has its own direction by its class.
bool Tree::runs_left() const {
    const OpenElement& open = open_.back();
    return open.runs_left && (open.id == no_node || !has_class((*nodes_)[index(open.id)], "telephone"));
}

void Tree::text_with_numbers(std::string text, const NodeInfo& written) {
    std::size_t from = 0;
    while (const auto number = runs_left() ? find_telephone_number(text, from) : std::nullopt) {
        if (number->begin > from) this->text(text.substr(from, number->begin - from), written);
        NodeInfo place;
        place.where = written.where;
        place.origin = written.origin;
        place.attributes = {{"dir", "ltr"}};
        const auto isolated = element(Element::bdi, place);
        this->text(text.substr(number->begin, number->end - number->begin), written);
        from = number->end;
    }
    if (from == 0 || from < text.size()) this->text(from == 0 ? std::move(text) : text.substr(from), written);
}

void Tree::set_language(NodeId id, std::string_view language) {
    Node& node = (*this)[id];
    node.info.language = language;
    const bool was_right_to_left = is_right_to_left(open_[open_.size() - 2].language), right_to_left = is_right_to_left(language);
    open_.back().language = language;
    open_.back().runs_left = right_to_left;
    if (was_right_to_left != right_to_left && !attribute(node, "dir"))
        node.info.attributes.push_back({"dir", right_to_left ? "rtl" : "ltr"});
}

void Tree::set_direction_of(NodeId id, std::string_view words) {
    for (std::size_t at = 0; at < words.size();) {
        const Decoded one = decode_utf8(words, at);
        at += one.size;
        const UCharDirection direction = u_charDirection(static_cast<UChar32>(one.code_point));
        const bool leftwards = direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
        if (!leftwards && direction != U_LEFT_TO_RIGHT) continue;
        if (leftwards != open_.back().runs_left) (*this)[id].info.attributes.push_back({"dir", leftwards ? "rtl" : "ltr"});
        open_.back().runs_left = leftwards;
        return;
    }
}

void Tree::close() {
    const NodeId end{static_cast<std::uint32_t>(nodes_->size())};
    (*this)[open_.back().id].end = end;
    open_.pop_back();
}

Tree::Numbering Tree::numbering(Numbering next) { return std::exchange(numbering_, next); }

std::string line_of_text(const std::vector<Node>& nodes, NodeId id) {
    std::string text;
    const std::uint32_t end = index(nodes[index(id)].end);
    for (std::uint32_t at = index(id); at < end; ++at) {
        const Node& node = nodes[at];
        if (node.element == Element::note && at != index(id)) {
            at = index(node.end) - 1;
            continue;
        }
        if (node.element == Element::text) text += node.text;
        if (node.element == Element::br || info(node.element).kind == ElementKind::block) text += ' ';
        if (const std::string* alternative = node.element == Element::img ? attribute(node, "alt") : nullptr)
            text += *alternative;
    }
    return collapsed(text);
}

} // namespace bifolio
