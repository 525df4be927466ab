#include "verify/epub/schema_model.h"

#include "base/utf8.h"
#include "verify/epub/package_document.h"

#include <algorithm>
#include <string>

namespace bifolio {

namespace {

struct ChildModel {
    std::string name;
    char quantifier = '1';
    std::size_t count = 0;
};

std::string shown(std::string_view space, std::string_view name) {
    return (space == xml_space::dc     ? "dc:"
            : space == xml_space::epub ? "epub:"
            : space == xml_space::xml  ? "xml:"
                                       : "") +
           std::string(name);
}

class ModelCheck {
public:
    ModelCheck(std::string_view space, std::span<const ElementModel> table, const Reporter& report)
        : space_(space), table_(table), report_(report) {}

    void check(const XmlNode& node) {
        const ElementModel* model = model_of(node);
        if (!model) return; // named at its parent
        check_attributes(node, *model);
        check_text(node, *model);
        if (model->children != "…") check_children(node, *model);
    }

private:
    const ElementModel* model_of(const XmlNode& node) const {
        const std::string name = shown(node.space == space_ ? std::string_view() : node.space, node.name);
        const ElementModel* found = nullptr;
        for (const ElementModel& model : table_)
            if (model.name == name && (model.parent.empty() ? !found : node.parent && node.parent->name == model.parent))
                found = &model;
        return found;
    }

    void check_attributes(const XmlNode& node, const ElementModel& model) {
        if (model.attributes == "*") return;
        const std::vector<std::string> allowed = words_of(model.attributes);
        for (const XmlAttribute& attribute : node.attributes) {
            const bool ours = attribute.space.empty() || attribute.space == space_ || attribute.space == xml_space::epub ||
                              attribute.space == xml_space::xml;
            const std::string name = shown(attribute.space, attribute.name);
            const bool known = attribute.space != space_ && std::ranges::any_of(allowed, [&](std::string_view one) {
                                   return one == name || (one.ends_with('!') && one.substr(0, one.size() - 1) == name);
                               });
            if (ours && !known && name != "xml:base" && name != "xml:space")
                report_("EPUB RSC-005.attribute", "‘" + name + "’ is not allowed on ‘" + std::string(model.name) + "’", &node);
        }
        for (const std::string_view one : allowed)
            if (one.ends_with('!') && !has(node, one.substr(0, one.size() - 1)))
                report_("EPUB RSC-005.missing-attribute",
                        "‘" + std::string(model.name) + "’ needs ‘" + std::string(one.substr(0, one.size() - 1)) + "’", &node);
    }

    static bool has(const XmlNode& node, std::string_view written) {
        return std::ranges::any_of(node.attributes,
                                   [&](const XmlAttribute& one) { return shown(one.space, one.name) == written; });
    }

    void check_text(const XmlNode& node, const ElementModel& model) {
        if (model.text == ElementModel::Text::any) return;
        const bool has = std::ranges::any_of(
            node, [](const XmlNode& child) { return child.kind == XmlNode::Kind::text && !is_blank(child.text); });
        if (model.text == ElementModel::Text::needed && !has)
            report_("EPUB RSC-005.text", "‘" + std::string(model.name) + "’ is empty", &node);
        if (model.text == ElementModel::Text::none && has)
            report_("EPUB RSC-005.text", "‘" + std::string(model.name) + "’ must not hold text", &node);
    }

    void check_children(const XmlNode& node, const ElementModel& model) {
        std::string_view text = model.children;
        const bool in_order = !text.starts_with('&');
        if (!in_order) text.remove_prefix(1);
        std::vector<ChildModel> children;
        for (std::string& word : words_of(text)) {
            char quantifier = '1';
            if (const char last = word.back(); last == '?' || last == '*' || last == '+') {
                quantifier = last;
                word.pop_back();
            }
            children.push_back({std::move(word), quantifier, 0});
        }
        std::size_t reached = 0;
        for (const XmlNode& child : node) {
            if (!child.is_element()) continue;
            const std::string name = shown(child.space == space_ ? std::string_view() : child.space, child.name);
            const bool foreign = child.space != space_ && child.space != xml_space::dc;
            const auto found =
                std::ranges::find_if(children, [&](const ChildModel& one) { return !foreign && one.name == name; });
            if (found == children.end()) {
                report_("EPUB RSC-005.element", "‘" + name + "’ is not allowed in ‘" + std::string(model.name) + "’", &child);
                continue;
            }
            const auto at = static_cast<std::size_t>(found - children.begin());
            if (in_order && at < reached)
                report_("EPUB RSC-005.order", "‘" + name + "’ stands too late in ‘" + std::string(model.name) + "’", &child);
            else if (++found->count > 1 && (found->quantifier == '1' || found->quantifier == '?'))
                report_("EPUB RSC-005.element", "‘" + name + "’ may stand in ‘" + std::string(model.name) + "’ only once",
                        &child);
            reached = std::max(reached, at);
            found->count = std::max<std::size_t>(found->count, 1);
            check(child);
        }
        for (const ChildModel& one : children)
            if (one.count == 0 && (one.quantifier == '1' || one.quantifier == '+'))
                report_("EPUB RSC-005.missing-element", "‘" + std::string(model.name) + "’ has no ‘" + one.name + "’", &node);
    }

    std::string_view space_;
    std::span<const ElementModel> table_;
    const Reporter& report_;
};

} // namespace

void check_model(const XmlNode& root, std::string_view space, std::span<const ElementModel> table, const Reporter& report) {
    ModelCheck(space, table, report).check(root);
}

} // namespace bifolio
