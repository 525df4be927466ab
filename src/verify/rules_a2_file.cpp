// rules_a2_file.cpp: the file as such. ISO 19005-2, 6.1, 6.8 to 6.11.
#include "verify/file_syntax.h"
#include "verify/object_walk.h"
#include "verify/rules_a2.h"
#include "verify/signature_container.h"
#include "verify/verify_pdf.h"

#include "base/utf8.h"
#include "io/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace bifolio::a2 {

namespace {

std::string_view rule_of(SyntaxFault::Kind kind) {
    using Kind = SyntaxFault::Kind;
    switch (kind) {
    case Kind::header: return "A2 6.1.2-1";
    case Kind::binary_comment: return "A2 6.1.2-2";
    case Kind::data_behind_end: return "A2 6.1.3-3";
    case Kind::table_spacing: return "A2 6.1.4-1";
    case Kind::object_spacing: return "A2 6.1.9-1";
    case Kind::stream_spacing: return "A2 6.1.7.1-2";
    case Kind::stream_length: return "A2 6.1.7.1-1";
    case Kind::odd_hexadecimal: return "A2 6.1.6-1";
    case Kind::foreign_hexadecimal: return "A2 6.1.6-2";
    case Kind::integer_range: return "A2 6.1.13-1";
    case Kind::real_range: return "A2 6.1.13-2";
    case Kind::real_near_zero: return "A2 6.1.13-5";
    }
    return {};
}

// Of what content has too large or too small.
std::string_view range_rule_of(std::string_view what) {
    return what.starts_with("the integer")             ? "A2 6.1.13-1"
           : what.starts_with("a number is too large") ? "A2 6.1.13-2"
           : what.starts_with("a number is too near")  ? "A2 6.1.13-5"
           : what.starts_with("a string")              ? "A2 6.1.13-3"
                                                       : "A2 6.1.13-4";
}

// What ISO 19005-1 asks as ISO 19005-2 does, or more strictly: what breaks one of these is no PDF/A-1 either. One that ends in
// “-” or “.” stands for all that go on so.
bool holds_for_part_1(std::string_view rule) {
    constexpr std::array<std::string_view, 44> shared{
        "A2 6.1.2-",    "A2 6.1.3-",    "A2 6.1.4-",      "A2 6.1.6-",      "A2 6.1.7.",       "A2 6.1.9-",      "A2 6.1.10-",
        "A2 6.1.13-1",  "A2 6.2.2-1",   "A2 6.2.3-1",     "A2 6.2.4.1-",    "A2 6.2.4.2-1",    "A2 6.2.4.2-3",   "A2 6.2.4.3-",
        "A2 6.2.5-1",   "A2 6.2.5-2",   "A2 6.2.6-",      "A2 6.2.8.1-1",   "A2 6.2.8.1-2",    "A2 6.2.8.1-3",   "A2 6.2.9-",
        "A2 6.2.10-1",  "A2 6.2.11.2-", "A2 6.2.11.3.1-", "A2 6.2.11.3.2-", "A2 6.2.11.3.3-1", "A2 6.2.11.4.1-", "A2 6.2.11.5-",
        "A2 6.2.11.6-", "A2 6.3.1-",    "A2 6.3.2-1",     "A2 6.3.2-2",     "A2 6.3.3-2",      "A2 6.4.1-1",     "A2 6.4.1-3",
        "A2 6.5.1-",    "A2 6.5.2-1",   "A2 6.6.2.1-",    "A2 6.6.2.3.1-1", "A2 6.6.4-1",      "A2 6.6.4-4",     "A2 6.11-",
        "PDF 7.5",      "PDF 7.7.3"};
    return std::ranges::any_of(shared, [&](std::string_view one) {
        return one.ends_with('-') || one.ends_with('.') ? rule.starts_with(one) : rule == one;
    });
}

// An embedded file has to be PDF/A-1 or PDF/A-2 itself: 6.8.
void check_embedded(const PdfObject& stream, Findings& findings, std::uint64_t& examined) {
    if (!stream.is_stream()) return;
    const PdfFile& holder = *stream.file();
    if (examined > holder.limits().embedded_bytes) return holder.leave_out();
    std::string bytes = holder.decoded(stream).bytes;
    examined += bytes.size();
    if (examined > holder.limits().embedded_bytes) return holder.leave_out();
    const TaskPool pool(1);
    try {
        const PdfFile file(bytes, pool);
        const Xmp xmp = read_xmp(file);
        const std::string part = xmp.text(xmp_namespace::pdfaid, "part");
        if (part != "1" && part != "2")
            return findings.add("A2 6.8-5", "the embedded file claims neither PDF/A-1 nor PDF/A-2", stream);
        // Of a file in a file in a file the claim is enough.
        if (std::ranges::any_of(walk_objects(file),
                                [](const ObjectFact& fact) { return fact.kind == ObjectFact::Kind::embedding; }))
            return;
        const PdfVerdict verdict = verify_pdf(std::move(bytes), {Standard::pdf_a_2b}, pool);
        if (std::ranges::any_of(verdict.findings.all(),
                                [&](const Finding& one) { return part == "2" || holds_for_part_1(one.rule); }))
            findings.add("A2 6.8-5", "the embedded file claims PDF/A-" + part + " and does not keep it", stream);
    } catch (const UnreadablePdf&) { findings.add("A2 6.8-5", "the embedded file is no PDF file that can be read", stream); }
}

void check_embedding(const PdfObject& holder, Findings& findings, std::set<const PdfValue*>& seen, std::uint64_t& examined) {
    // The specification may be this object, or stand in it.
    std::vector<std::pair<PdfObject, int>> open{{holder, 0}};
    while (!open.empty()) {
        const auto [one, depth] = open.back();
        open.pop_back();
        if (depth > limits::pdf_nesting || (depth > 0 && one.id())) continue;
        if (one.is_dictionary() && one["EF"].is_dictionary() && seen.insert(one.value()).second) {
            if (!one.has("F") || !one.has("UF")) findings.add("A2 6.8-2", "the file specification lacks F or UF", one);
            for (std::size_t i = 0; i < one["EF"].size(); ++i)
                if (seen.insert(one["EF"].entry(i).value()).second) check_embedded(one["EF"].entry(i), findings, examined);
        }
        for (std::size_t i = 0; i < one.size(); ++i) open.emplace_back(one.is_array() ? one.at(i) : one.entry(i), depth + 1);
    }
}

void check_optional_content(const PdfObject& properties, Findings& findings) {
    std::set<std::string> names;
    std::vector<PdfObject> configurations{properties["D"]};
    for (const PdfObject& one : properties["Configs"].items()) configurations.push_back(one);
    std::set<const PdfValue*> groups;
    for (const PdfObject& group : properties["OCGs"].items()) groups.insert(group.value());
    for (const PdfObject& one : configurations) {
        if (!one.is_dictionary()) continue;
        const std::string name = one["Name"].text();
        if (name.empty())
            findings.add("A2 6.9-1", "an optional content configuration has no name", one);
        else if (!names.insert(name).second)
            findings.add("A2 6.9-2", "two optional content configurations are called ‘" + with_replacements(name) + "’", one);
        if (one.has("AS")) findings.add("A2 6.9-4", "an optional content configuration has the key AS", one);
        if (!one.has("Order")) continue;
        std::set<const PdfValue*> ordered, seen;
        std::vector<PdfObject> open = one["Order"].items();
        while (!open.empty()) {
            const PdfObject item = open.back();
            open.pop_back();
            if (item.is_array() && seen.insert(item.value()).second)
                for (const PdfObject& inner : item.items()) open.push_back(inner);
            else if (item.is_dictionary())
                ordered.insert(item.value());
        }
        if (!std::ranges::includes(ordered, groups))
            findings.add("A2 6.9-3", "the order of optional content lacks some of the groups", one);
    }
}

void check_permissions(const PdfObject& catalog, Findings& findings) {
    const PdfObject permissions = catalog["Perms"];
    for (std::size_t i = 0; i < permissions.size() && permissions.is_dictionary(); ++i)
        if (permissions.key(i) != "UR3" && permissions.key(i) != "DocMDP")
            findings.add("A2 6.1.12-1", "the permissions have the key " + with_replacements(permissions.key(i)), permissions);
}

// Of form fields, and those that give permissions.
std::vector<PdfObject> signatures(const PdfFile& file) {
    std::vector<PdfObject> out;
    std::set<const PdfValue*> seen;
    const auto add = [&](const PdfObject& one) {
        if (one.is_dictionary() && seen.insert(one.value()).second) out.push_back(one);
    };
    for (const PdfObject& field : form_fields(file)) add(field["V"]);
    const PdfObject permissions = file.catalog()["Perms"];
    for (std::size_t i = 0; i < permissions.size() && permissions.is_dictionary(); ++i) add(permissions.entry(i));
    return out;
}

void check_references(const PdfObject& signature, Findings& findings) {
    for (const PdfObject& reference : signature["Reference"].items())
        for (const std::string_view key : {"DigestLocation", "DigestMethod", "DigestValue"})
            if (reference.has(key))
                findings.add("A2 6.1.12-2", "a signature reference has the key " + std::string(key), reference);
}

// A signature covers the file but for itself, up to its end or that of a revision: 6.4.3.
bool covers_file(const PdfObject& range, std::string_view file) {
    const auto size = static_cast<std::int64_t>(file.size());
    const auto number = [&](std::size_t i) { return range.at(i).integer_or(-1); };
    if (range.size() != 4 || number(0) != 0 || number(1) <= 0 || number(2) <= number(1) || number(2) > size || number(3) < 0 ||
        number(3) > size - number(2))
        return false;
    const std::string_view left_out =
        file.substr(static_cast<std::size_t>(number(1)), static_cast<std::size_t>(number(2) - number(1)));
    if (!left_out.starts_with('<') || left_out.find('>') != left_out.size() - 1) return false;
    std::string_view covered = file.substr(0, static_cast<std::size_t>(number(2) + number(3)));
    for (const char end : {'\n', '\r'})
        if (covered.ends_with(end)) covered.remove_suffix(1);
    return covered.ends_with("%%EOF");
}

void check_signature(const PdfFile& file, const PdfObject& signature, Findings& findings) {
    if (!covers_file(signature["ByteRange"], file.bytes()))
        findings.add("A2 6.4.3-1", "the signature does not cover the whole file but for its own contents", signature);
    const SignatureContainer container = read_signature_container(signature["Contents"].bytes());
    if (!container.readable)
        findings.add("A2 6.4.3-2", "the signature is no PKCS #7 object", signature);
    else if (container.signers != 1 || !container.has_certificates)
        findings.add("A2 6.4.3-2",
                     container.signers != 1 ? "the signature has " + std::to_string(container.signers) + " signers"
                                            : "the signature lacks the signer's certificate",
                     signature);
}

} // namespace

void check_syntax(const Examined& examined, Findings& findings) {
    for (SyntaxFault& fault : read_file_syntax(examined.file))
        findings.add(rule_of(fault.kind), std::move(fault.what), fault.object);
    if (examined.file.ids().size() > static_cast<std::size_t>(limits::pdf_object_number))
        findings.add("A2 6.1.13-7", "the file has " + std::to_string(examined.file.ids().size()) + " objects");
    for (const DrawnNote& note : examined.drawn.notes) {
        if (note.kind == DrawnNote::Kind::odd_hexadecimal) findings.add("A2 6.1.6-1", note.what, note.owner, note.page);
        if (note.kind == DrawnNote::Kind::foreign_hexadecimal) findings.add("A2 6.1.6-2", note.what, note.owner, note.page);
        if (note.kind == DrawnNote::Kind::nested_states) findings.add("A2 6.1.13-8", note.what, note.owner, note.page);
        if (note.kind == DrawnNote::Kind::out_of_range) findings.add(range_rule_of(note.what), note.what, note.owner, note.page);
    }
}

void check_objects(const Examined& examined, Findings& findings) {
    using Kind = ObjectFact::Kind;
    std::set<const PdfValue*> specifications;
    std::uint64_t embedded_bytes = 0; // that were examined
    for (const ObjectFact& fact : walk_objects(examined.file)) {
        switch (fact.kind) {
        case Kind::long_string: findings.add("A2 6.1.13-3", fact.what, fact.object); break;
        case Kind::long_name: findings.add("A2 6.1.13-4", fact.what, fact.object); break;
        case Kind::bad_name: findings.add("A2 6.1.8-1", fact.what, fact.object); break;
        case Kind::external_stream: findings.add("A2 6.1.7.1-3", fact.what, fact.object); break;
        case Kind::lzw: findings.add("A2 6.1.7.2-1", fact.what, fact.object); break;
        case Kind::crypt: findings.add("A2 6.1.7.2-2", fact.what, fact.object); break;
        case Kind::foreign_filter: findings.add("A2 6.1.7.2-3", fact.what, fact.object); break;
        case Kind::embedding: check_embedding(fact.object, findings, specifications, embedded_bytes); break;
        default: break; // the matter of other checks
        }
    }
    const Structure& structure = examined.structure;
    for (const StructureElement& element : structure.elements())
        if (first_invalid_utf8(element.type) != std::string::npos)
            findings.add("A2 6.1.8-1", "a structure type's name is not UTF-8", element.object);
}

void check_document(const Examined& examined, Findings& findings) {
    const PdfFile& file = examined.file;
    const PdfObject catalog = file.catalog();
    const PdfObject identifier = file.trailer()["ID"];
    if (!identifier.is_array() || identifier.size() != 2 || identifier.at(0).bytes().empty())
        findings.add("A2 6.1.3-1", "the trailer has no file identifier");
    if (file.is_encrypted() || file.trailer().has("Encrypt")) findings.add("A2 6.1.3-2", "the file is encrypted");
    check_permissions(catalog, findings);
    const bool may_be_certified = catalog["Perms"].has("DocMDP");
    for (const PdfObject& signature : signatures(file)) {
        if (signature.has("Contents")) check_signature(file, signature, findings);
        if (may_be_certified) check_references(signature, findings);
    }
    if (catalog.has("OCProperties")) check_optional_content(catalog["OCProperties"], findings);
    if (catalog["Names"].has("AlternatePresentations"))
        findings.add("A2 6.10-1", "the name dictionary has AlternatePresentations", catalog["Names"]);
    if (catalog.has("Requirements")) findings.add("A2 6.11-1", "the catalog has Requirements", catalog);
    for (std::size_t i = 0; i < file.pages().size(); ++i) {
        const PdfObject page = file.pages()[i];
        if (page.has("PresSteps")) findings.add("A2 6.10-2", "the page has PresSteps", page, i + 1);
        for (const std::string_view key : {"MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"}) {
            const PdfObject box = key == "MediaBox" || key == "CropBox" ? file.inherited(page, key) : page[key];
            if (!box.is_array()) continue;
            const double width = std::abs(box.at(2).number_or(0) - box.at(0).number_or(0)),
                         height = std::abs(box.at(3).number_or(0) - box.at(1).number_or(0));
            if (std::min(width, height) < 3 || std::max(width, height) > 14'400)
                findings.add("A2 6.1.13-11", "the " + std::string(key) + " is smaller than 3 or larger than 14,400 units", page,
                             i + 1);
        }
    }
}

} // namespace bifolio::a2
