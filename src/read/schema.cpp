#include "read/schema.h"

#include "read/yaml_shape.h"

namespace bifolio {

namespace {

// Prints indented JSON; the tables hold no characters that need more than this.
std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

class Printer {
public:
    std::string print(const FileShape& file) {
        begin('{');
        member("$schema", json_text("https://json-schema.org/draft/2020-12/schema"));
        member("title", json_text(file.title));
        print_members(*file.root);
        end('}');
        out_ += '\n';
        return std::move(out_);
    }

private:
    void begin(char bracket) {
        out_ += bracket;
        depth_ += 2;
        first_ = true;
    }
    void end(char bracket) {
        depth_ -= 2;
        if (!first_) out_ += '\n' + std::string(depth_, ' ');
        out_ += bracket;
        first_ = false;
    }
    void next() {
        out_ += (first_ ? "\n" : ",\n") + std::string(depth_, ' ');
        first_ = false;
    }
    void name(std::string_view key) {
        next();
        out_ += json_text(key) + ": ";
    }
    void member(std::string_view key, std::string_view json) {
        name(key);
        out_ += json;
    }
    void print_shape(const Shape& shape, std::string_view description) {
        begin('{');
        if (!description.empty()) member("description", json_text(description));
        print_members(shape);
        end('}');
    }
    void print_words(std::string_view key, std::span<const std::string_view> words) {
        name(key);
        out_ += '[';
        for (std::size_t i = 0; i < words.size(); ++i) out_ += (i > 0 ? ", " : "") + json_text(words[i]);
        out_ += ']';
    }
    void print_list(const Shape& inner) {
        member("type", "\"array\"");
        name("items");
        print_shape(inner, "");
    }

    // YAML's 1.0 and true are texts here, so a text may also look like a number or a flag.
    void print_members(const Shape& shape) {
        switch (shape.kind) {
        case ShapeKind::text:
        case ShapeKind::line:
        case ShapeKind::markdown: member("type", "[\"string\", \"number\", \"boolean\", \"null\"]"); return;
        case ShapeKind::date:
            member("type", "[\"string\", \"null\"]");
            member("pattern", json_text("^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$"));
            return;
        case ShapeKind::length:
            member("type", "[\"string\", \"null\"]");
            member("pattern",
                   json_text("^\\s*\\+?[0-9]*\\.?[0-9]+\\s*([pP][tT]|[mM][mM]|[cC][mM]|[iI][nN]|[pP][cC]|[pP][xX]|[qQ])\\s*$"));
            return;
        case ShapeKind::whole_number:
            member("type", "[\"integer\", \"null\"]");
            member("minimum", std::to_string(shape.least));
            member("maximum", std::to_string(shape.most));
            return;
        case ShapeKind::flag: member("type", "[\"boolean\", \"null\"]"); return;
        case ShapeKind::word: print_words("enum", shape.words); return;
        case ShapeKind::language:
            member("type", "[\"string\", \"null\"]");
            member("pattern", json_text("^([A-Za-z]{2,3}|[xi])(-[A-Za-z0-9]{1,8})*$"));
            return;
        case ShapeKind::file:
            member("type", "[\"string\", \"null\"]");
            member("pattern", json_text("^[^/\\\\:][^\\\\:]*$"));
            return;
        case ShapeKind::price:
            member("type", "[\"string\", \"null\"]");
            member("pattern", json_text("^\\s*([0-9]{1,9}(\\.[0-9]{1,3})?\\s+[A-Z]{3}|[fF][rR][eE][eE])\\s*$"));
            return;
        case ShapeKind::country:
            member("type", "[\"string\", \"boolean\", \"null\"]"); // NO is a country
            member("pattern", json_text("^\\s*([A-Z]{2}|[wW][oO][rR][lL][dD])\\s*$"));
            return;
        case ShapeKind::isbn: member("type", "[\"string\", \"integer\", \"null\"]"); return;
        case ShapeKind::anything: return;
        case ShapeKind::list: print_list(*shape.inner); return;
        case ShapeKind::one_or_list:
            name("anyOf");
            begin('[');
            next();
            print_shape(*shape.inner, "");
            next();
            begin('{');
            print_list(*shape.inner);
            end('}');
            end(']');
            return;
        case ShapeKind::entries:
            member("type", "\"object\"");
            name("additionalProperties");
            print_shape(*shape.inner, "");
            return;
        case ShapeKind::mapping: print_mapping(shape); return;
        case ShapeKind::one_of:
            name("anyOf");
            begin('[');
            for (const Shape* option : shape.options) {
                next();
                print_shape(*option, "");
            }
            end(']');
            return;
        }
    }

    void print_mapping(const Shape& shape) {
        member("type", "\"object\"");
        name("properties");
        begin('{');
        for (const Key& key : shape.keys) {
            name(key.name);
            std::string_view description = key.description;
            if (key.other_name)
                description =
                    key.shape->kind == ShapeKind::anything ? "Of other programs; not used." : "Another name of a key above.";
            print_shape(*key.shape, description);
        }
        end('}');
        std::vector<std::string_view> required;
        for (const Key& key : shape.keys)
            if (key.required) required.push_back(key.name);
        if (!required.empty()) print_words("required", required);
        member("additionalProperties", "false");
    }

    std::string out_;
    std::size_t depth_ = 0;
    bool first_ = true;
};

} // namespace

std::vector<std::string_view> schema_kinds() {
    std::vector<std::string_view> kinds;
    for (const FileShape& shape : file_shapes()) kinds.push_back(shape.kind);
    return kinds;
}

std::string json_schema(std::string_view file_kind) { return Printer().print(file_shape(file_kind)); }

} // namespace bifolio
