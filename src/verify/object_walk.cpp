#include "verify/object_walk.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using Kind = ObjectFact::Kind;

constexpr std::size_t most_facts = 100'000;

// ISO 32000-1, table 6.
constexpr std::array<std::string_view, 10> standard_filters{"ASCIIHexDecode",  "ASCII85Decode",  "LZWDecode",   "FlateDecode",
                                                            "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode", "DCTDecode",
                                                            "JPXDecode",       "Crypt"};

class ObjectWalk {
public:
    explicit ObjectWalk(const PdfFile& file) : file_(file) {}

    std::vector<ObjectFact> walk() {
        for (const ObjectId id : file_.ids()) {
            object_ = file_.object(id);
            if (!object_.value()) continue;
            look_at(*object_.value(), 0);
            if (object_.is_dictionary()) look_at_dictionary();
        }
        return std::move(facts_);
    }

private:
    void add(Kind kind, std::string what) {
        if (facts_.size() < most_facts) facts_.push_back({kind, std::move(what), object_});
    }

    void look_at_name(std::string_view name) {
        if (name.size() > 127) add(Kind::long_name, "a name is " + std::to_string(name.size()) + " bytes long");
    }

    void look_at(const PdfValue& value, int depth) {
        if (depth > limits::pdf_nesting) return;
        if (const std::string* text = value.as<std::string>()) {
            if (text->size() > 32'767) add(Kind::long_string, "a string is " + std::to_string(text->size()) + " bytes long");
        } else if (const PdfName* name = value.as<PdfName>())
            look_at_name(name->text);
        else if (const PdfArray* array = value.array()) {
            look_at_colorants(*array);
            for (const PdfValue& item : *array) look_at(item, depth + 1);
        } else if (const PdfDictionary* dictionary = value.dictionary())
            for (const auto& [key, entry] : *dictionary) {
                look_at_name(key);
                look_at(entry, depth + 1);
                if (key == "EF" && entry.variant().index() != 0) add(Kind::embedding, "a file is embedded");
                if (key == "BaseFont" || key == "FontName")
                    if (const PdfName* font = entry.as<PdfName>(); font && first_invalid_utf8(font->text) != std::string::npos)
                        add(Kind::bad_name, "a font's name is not UTF-8");
            }
    }

    // Names of colorants are held to 6.1.8 also in colour spaces that nothing uses.
    void look_at_colorants(const PdfArray& space) {
        const PdfName* family = space.size() < 4 ? nullptr : space[0].as<PdfName>();
        if (!family || (family->text != "Separation" && family->text != "DeviceN")) return;
        const auto look_at_one = [&](const PdfValue& value) {
            if (const PdfName* name = value.as<PdfName>(); name && first_invalid_utf8(name->text) != std::string::npos)
                add(Kind::bad_name, "a colorant's name is not UTF-8");
        };
        look_at_one(space[1]);
        if (const PdfArray* names = space[1].array())
            for (const PdfValue& name : *names) look_at_one(name);
    }

    void look_at_dictionary() {
        if (!object_.is_stream()) return;
        for (const std::string_view key : {"F", "FFilter", "FDecodeParms"})
            if (object_.has(key)) add(Kind::external_stream, "a stream has the key " + std::string(key));
        const std::vector<PdfObject> filters = object_["Filter"].items(), parameters = object_["DecodeParms"].items();
        for (std::size_t i = 0; i < filters.size(); ++i) {
            const std::string_view name = filters[i].name();
            if (name == "LZWDecode" || name == "LZW")
                add(Kind::lzw, "a stream is compressed by LZW");
            else if (name == "Crypt") {
                // ISO 32000-1 reads Identity where there is no name; ISO 19005-2, 6.1.7.2, wants it to be there.
                const PdfObject used = i < parameters.size() ? parameters[i]["Name"] : PdfObject();
                if (!used.is_name("Identity")) add(Kind::crypt, "a stream has a Crypt filter other than Identity");
            } else if (std::ranges::find(standard_filters, name) == standard_filters.end())
                add(Kind::foreign_filter, "a stream has the filter ‘" + with_replacements(name) + "’");
        }
    }

    const PdfFile& file_;
    PdfObject object_;
    std::vector<ObjectFact> facts_;
};

class ActionSearch {
public:
    explicit ActionSearch(const PdfFile& file) : file_(file) {}

    FileActions search() {
        const PdfObject catalog = file_.catalog();
        if (const PdfObject first = catalog["OpenAction"]; first.is_dictionary()) add(first, "OpenAction", catalog.holder(), 0);
        add_additional(catalog, "the catalog", 0);
        const std::span<const PdfObject> pages = file_.pages();
        for (std::size_t i = 0; i < pages.size(); ++i) {
            add_additional(pages[i], "the page", i + 1);
            for (const PdfObject& annotation : file_.annotations(pages[i])) look_at_annotation(annotation, i + 1);
        }
        for (const PdfObject& field : form_fields(file_))
            if (!field["Subtype"].is_name("Widget")) look_at_annotation(field, 0);
        search_outline(catalog["Outlines"]["First"]);
        search_names(catalog["Names"]["JavaScript"], 0);
        return std::move(found_);
    }

private:
    void look_at_annotation(const PdfObject& annotation, std::size_t page) {
        const std::string kind = annotation.has("Subtype") ? std::string(annotation["Subtype"].name()) : "a form field";
        if (annotation["A"].is_dictionary()) add(annotation["A"], kind, annotation.holder(), page);
        if (annotation["PA"].is_dictionary()) add(annotation["PA"], kind, annotation.holder(), page);
        add_additional(annotation, kind, page);
    }

    void add_additional(const PdfObject& holder, const std::string& where, std::size_t page) {
        const PdfObject additional = holder["AA"];
        if (additional.is_null()) return;
        found_.additional.push_back({additional, where, holder.holder(), page});
        for (std::size_t i = 0; i < additional.size() && additional.is_dictionary(); ++i)
            add(additional.entry(i), where, holder.holder(), page);
    }

    void add(const PdfObject& action, const std::string& where, ObjectId holder, std::size_t page) {
        std::vector<PdfObject> open{action};
        while (!open.empty()) {
            const PdfObject one = open.back();
            open.pop_back();
            if (!one.is_dictionary() || !chained_.insert(one.value()).second) continue;
            found_.actions.push_back({one, where, one.id() ? one.id() : holder, page});
            for (const PdfObject& next : one["Next"].items()) open.push_back(next);
        }
    }

    void search_outline(const PdfObject& first) {
        std::set<const PdfValue*> seen;
        std::vector<PdfObject> open{first};
        while (!open.empty()) {
            const PdfObject entry = open.back();
            open.pop_back();
            if (!entry.is_dictionary() || !seen.insert(entry.value()).second) continue;
            if (entry["A"].is_dictionary()) add(entry["A"], "an outline entry", entry.holder(), 0);
            open.push_back(entry["Next"]);
            open.push_back(entry["First"]);
        }
    }

    void search_names(const PdfObject& node, int depth) {
        if (depth > limits::pdf_nesting || !node.is_dictionary() || !chained_.insert(node.value()).second) return;
        const PdfObject names = node["Names"], kids = node["Kids"];
        for (std::size_t i = 1; i < names.size() && names.is_array(); i += 2)
            add(names.at(i), "the name tree of scripts", names.holder(), 0);
        for (std::size_t i = 0; i < kids.size() && kids.is_array(); ++i) search_names(kids.at(i), depth + 1);
    }

    const PdfFile& file_;
    FileActions found_;
    std::set<const PdfValue*> chained_;
};

} // namespace

std::vector<ObjectFact> walk_objects(const PdfFile& file) { return ObjectWalk(file).walk(); }

FileActions find_actions(const PdfFile& file) { return ActionSearch(file).search(); }

std::vector<PdfObject> form_fields(const PdfFile& file) {
    std::vector<PdfObject> out;
    std::set<const PdfValue*> seen;
    std::vector<PdfObject> open = file.catalog()["AcroForm"]["Fields"].items();
    std::ranges::reverse(open);
    while (!open.empty()) {
        const PdfObject field = open.back();
        open.pop_back();
        if (!field.is_dictionary() || !seen.insert(field.value()).second) continue;
        out.push_back(field);
        const std::vector<PdfObject> kids = field["Kids"].items();
        open.insert(open.end(), kids.rbegin(), kids.rend());
    }
    return out;
}

} // namespace bifolio
