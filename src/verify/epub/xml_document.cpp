#include "verify/epub/xml_document.h"

#include "io/limits.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <unordered_set>

namespace bifolio {

namespace {

constexpr char separator = '\f'; // between namespace and name; XML has no form feed

struct FreeParser {
    void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};

struct NamePair {
    std::string_view space, name;
};

class TreeBuilder {
public:
    TreeBuilder(XmlDocument& document, XML_Parser parser) : out_(document), parser_(parser) {
        XML_SetUserData(parser, this);
        XML_SetElementHandler(
            parser, [](void* self, const char* name, const char** attributes) { of(self).start(name, attributes); },
            [](void* self, const char*) { of(self).end(); });
        XML_SetCharacterDataHandler(
            parser, [](void* self, const char* text, int size) { of(self).text(text, static_cast<std::size_t>(size)); });
        XML_SetProcessingInstructionHandler(
            parser, [](void* self, const char* target, const char* data) { of(self).instruction(target, data); });
        XML_SetXmlDeclHandler(parser, [](void* self, const char* version, const char* encoding, int) {
            if (version) of(self).out_.version = version; // nullptr: the declaration of an entity
            if (encoding) of(self).out_.encoding = encoding;
        });
        XML_SetStartDoctypeDeclHandler(parser, [](void* self, const char* name, const char* system, const char* identifier, int) {
            of(self).doctype(name, system, identifier);
        });
        XML_SetEntityDeclHandler(
            parser, [](void* self, const char*, int, const char* value, int, const char*, const char*, const char*, const char*) {
                if (!value) of(self).out_.doctype.external_entities.push_back(of(self).place());
            });
        // An entity that an external DTD, which nobody reads, might declare.
        XML_SetSkippedEntityHandler(parser, [](void* self, const char* name, int) {
            of(self).stop("the entity ‘" + std::string(name) + "’ is not declared");
        });
        XML_SetExternalEntityRefHandler(parser, [](XML_Parser inner, const char*, const char*, const char*, const char*) {
            of(XML_GetUserData(inner)).stop("an external entity is used");
            return static_cast<int>(XML_STATUS_OK);
        });
    }

    void stop(std::string why) {
        if (!out_.error.empty()) return;
        out_.error = std::move(why);
        out_.error_place = place();
        XML_StopParser(parser_, XML_FALSE);
    }
    void end_text() {
        if (in_text_) in_text_->text = copied(text_);
        out_.text_bytes += text_.size();
        in_text_ = nullptr;
        text_.clear();
    }
    XmlPlace place() const {
        return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_)),
                static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_) + 1)};
    }

private:
    static TreeBuilder& of(void* self) { return *static_cast<TreeBuilder*>(self); }

    std::string_view kept(std::string_view name) {
        if (const auto known = known_.find(name); known != known_.end()) return *known;
        const std::string_view own = copied(name);
        known_.insert(own);
        return own;
    }
    std::string_view copied(std::string_view text) {
        if (text.empty()) return {};
        char* own = static_cast<char*>(out_.memory->allocate(text.size(), 1));
        std::ranges::copy(text, own);
        return {own, text.size()};
    }
    NamePair split(std::string_view name) {
        const std::size_t at = name.find(separator);
        if (at == std::string_view::npos) return {{}, kept(name)};
        return {kept(name.substr(0, at)), kept(name.substr(at + 1))};
    }

    XmlNode* add(XmlNode::Kind kind) {
        end_text();
        if (out_.nodes.size() >= limits::xml_nodes) {
            stop("the document has more parts than the limit");
            return nullptr;
        }
        XmlNode& node = out_.nodes.emplace_back();
        node.kind = kind;
        node.order = static_cast<std::uint32_t>(out_.nodes.size() - 1);
        node.place = place();
        if (open_.empty()) return &node;
        XmlNode& parent = *open_.back();
        node.parent = &parent;
        if (last_.back())
            last_.back()->next_sibling = &node;
        else
            parent.first_child = &node;
        last_.back() = &node;
        return &node;
    }

    void start(const char* name, const char** attributes) {
        XmlNode* node = add(XmlNode::Kind::element);
        if (!node) return;
        const NamePair own = split(name);
        node->space = own.space;
        node->name = own.name;
        std::size_t count = 0;
        while (attributes[2 * count]) ++count;
        if (count > 0) {
            void* place = out_.memory->allocate(count * sizeof(XmlAttribute), alignof(XmlAttribute));
            auto* all = static_cast<XmlAttribute*>(place);
            for (std::size_t i = 0; i < count; ++i) {
                const NamePair key = split(attributes[2 * i]);
                new (all + i) XmlAttribute{key.space, key.name, copied(attributes[2 * i + 1])};
            }
            node->attributes = {all, count};
        }
        if (open_.empty()) out_.root = node;
        open_.push_back(node);
        last_.push_back(nullptr);
        if (open_.size() > limits::xml_depth) stop("elements are nested deeper than the limit");
    }
    void end() {
        end_text();
        open_.pop_back();
        last_.pop_back();
    }
    void text(const char* characters, std::size_t size) {
        if (!in_text_) {
            XmlNode* node = add(XmlNode::Kind::text);
            if (!node) return;
            in_text_ = node;
        }
        text_.append(characters, size);
    }
    void instruction(const char* target, const char* data) {
        XmlNode* node = add(XmlNode::Kind::instruction);
        if (!node) return;
        node->name = kept(target);
        node->text = copied(data);
        out_.instructions.push_back(node);
    }
    void doctype(const char* name, const char* system, const char* identifier) {
        out_.has_doctype = true;
        out_.doctype.name = name;
        out_.doctype.system_id = system ? system : "";
        out_.doctype.public_id = identifier ? identifier : "";
        out_.doctype.place = place();
    }

    XmlDocument& out_;
    XML_Parser parser_;
    std::vector<XmlNode*> open_, last_; // the open elements, and of each its last child so far
    XmlNode* in_text_ = nullptr;        // the text that goes on
    std::string text_;                  // of it, so far
    std::unordered_set<std::string_view> known_;
};

} // namespace

const std::string_view* XmlNode::find(std::string_view attribute, std::string_view in_space) const {
    for (const XmlAttribute& one : attributes)
        if (one.name == attribute && one.space == in_space) return &one.value;
    return nullptr;
}

std::string_view XmlNode::get(std::string_view attribute, std::string_view in_space) const {
    const std::string_view* found = find(attribute, in_space);
    return found ? *found : std::string_view();
}

const XmlNode* XmlNode::child(std::string_view in_space, std::string_view named) const {
    for (const XmlNode& one : *this)
        if (one.is(in_space, named)) return &one;
    return nullptr;
}

const XmlNode* next_outside(const XmlNode* node, const XmlNode* root) {
    for (; node && node != root; node = node->parent)
        if (node->next_sibling) return node->next_sibling;
    return nullptr;
}

const XmlNode* next_in_tree(const XmlNode* node, const XmlNode* root) {
    return node->first_child ? node->first_child : next_outside(node, root);
}

std::string text_of(const XmlNode& node) {
    std::string out;
    for (const XmlNode* at = &node; at; at = next_in_tree(at, &node))
        if (at->kind == XmlNode::Kind::text) out += at->text;
    return out;
}

XmlDocument read_xml(std::string_view bytes) {
    XmlDocument document;
    document.is_utf16 = bytes.starts_with("\xFE\xFF") || bytes.starts_with("\xFF\xFE") ||
                        bytes.starts_with(std::string_view("\0<", 2)) || bytes.starts_with(std::string_view("<\0", 2));
    if (bytes.size() > limits::xml_document_bytes) {
        document.error = "the document is larger than the limit";
        return document;
    }
    const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreateNS(nullptr, separator));
    if (!parser) throw std::bad_alloc();
    document.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(std::max<std::size_t>(1024, bytes.size()));
    TreeBuilder builder(document, parser.get());
    const auto status = XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
    builder.end_text(); // which an error left open
    if (status != XML_STATUS_OK && document.error.empty()) {
        document.error = XML_ErrorString(XML_GetErrorCode(parser.get()));
        document.error_place = builder.place();
    }
    return document;
}

} // namespace bifolio
