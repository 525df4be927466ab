// rules_container.cpp: EPUB 3.3 §4, the Open Container Format.
#include "base/utf8.h"
#include "verify/epub/epub_rules.h"
#include "verify/epub/file_names.h"
#include "verify/epub/media_types.h"
#include "verify/epub/schema_model.h"

#include <algorithm>
#include <array>
#include <set>

namespace bifolio {

namespace {

using enum EpubSeverity;

constexpr std::array rules{
    EpubRule{"EPUB PKG-005", error, "the mimetype entry has an extra field",
             "Pack the archive without extra fields (zip -X); mimetype comes first, stored."},
    EpubRule{"EPUB PKG-006", error, "the first entry of the archive is not mimetype",
             "Add the file mimetype to the archive before all others."},
    EpubRule{"EPUB PKG-007", error, "the file mimetype is compressed or says something else",
             "Let it hold application/epub+zip and nothing more, no line end either, and store it uncompressed."},
    EpubRule{"EPUB PKG-008", error, "a file of the archive cannot be read",
             "Pack the archive anew with the stored or the deflate method, without ZIP's encryption."},
    EpubRule{"EPUB PKG-009", error, "a file name has characters that EPUB forbids",
             "Rename the file and what names it: no \" * : < > ? \\ |, no control characters."},
    EpubRule{"EPUB PKG-010", warning, "a file name has spaces", "Rename the file: older reading systems stumble over spaces."},
    EpubRule{"EPUB PKG-011", error, "a file name ends with a full stop", "Rename the file."},
    EpubRule{"EPUB PKG-012", note, "a file name has characters beyond ASCII",
             "Older reading systems may not open it; plain letters and digits are safe."},
    EpubRule{"EPUB PKG-025", error, "a publication resource lies in META-INF", "Move it to the folder of the package document."},
    EpubRule{"EPUB PKG-026", error, "an obfuscated resource is not a font", "Obfuscate fonts of the core media types only."},
    EpubRule{"EPUB PKG-027", error, "a file name is not UTF-8", "Pack the archive with UTF-8 file names."},
    EpubRule{"EPUB OPF-060", error, "two files have the same name",
             "Rename one: names must differ in more than case and Unicode composition."},
    EpubRule{"EPUB RSC-002", error, "there is no META-INF/container.xml", "Add the file; it names the package document."},
    EpubRule{"EPUB RSC-003", error, "container.xml names no package document",
             "Add a rootfile of the type application/oebps-package+xml."},
    EpubRule{"EPUB RSC-004", note, "a resource is encrypted and cannot be looked into",
             "Verify the publication before it is locked."},
    EpubRule{"EPUB OPF-002", error, "the package document is missing", "Add it, or mend full-path in container.xml."},
    EpubRule{"EPUB OPF-016", error, "a rootfile has no full-path", "Name the package document's path from the container's root."},
    EpubRule{"EPUB OPF-017", error, "a rootfile's full-path is empty",
             "Name the package document's path from the container's root."},
    EpubRule{"EPUB RSC-005.container", error, "container.xml is not as it must be",
             "Write container, version 1.0, with rootfiles and its rootfile elements."},
    EpubRule{"EPUB RSC-005.encryption", error, "encryption.xml or signatures.xml is not as it must be",
             "Write it as OCF and XML Encryption or XML Signature have it."},
    EpubRule{"EPUB PKG-016", note, "the file's extension is not .epub in small letters", "Name the file so.",
             "the verdict is about what is in the file, not about its name"},
};

constexpr std::string_view container_path = "META-INF/container.xml";
constexpr std::string_view obfuscation = "http://www.idpf.org/2008/embedding";

constexpr std::array container_model{
    ElementModel{"container", "version!", "rootfiles links?"}, ElementModel{"rootfiles", "", "rootfile+"},
    ElementModel{"rootfile", "full-path! media-type!", ""},    ElementModel{"links", "", "link+"},
    ElementModel{"link", "href! rel! media-type", ""},
};

void check_mimetype(const ExaminedEpub& epub, EpubFindings& findings) {
    const EpubContainer& container = epub.file.container();
    const ContainerEntry* entry = container.find("mimetype");
    if (!entry || (container.is_archive() && container.first_name() != "mimetype")) {
        findings.add("EPUB PKG-006", entry ? "the archive begins with ‘" + with_replacements(container.first_name()) + "’"
                                           : "there is no file mimetype");
        return;
    }
    if (container.is_archive() && container.first_has_extra_field())
        findings.add("EPUB PKG-005", "the entry's header has an extra field", "mimetype");
    if (container.is_archive() && !container.first_is_stored())
        findings.add("EPUB PKG-007", "the entry is compressed", "mimetype");
    else if (entry->problem.empty() && entry->bytes != "application/epub+zip")
        findings.add("EPUB PKG-007", "it does not hold just ‘application/epub+zip’", "mimetype");
}

void check_names(const ExaminedEpub& epub, EpubFindings& findings) {
    std::set<std::string> seen;
    for (const ContainerEntry& entry : epub.file.container().entries()) {
        if (first_invalid_utf8(entry.path) != std::string::npos) {
            findings.add("EPUB PKG-027", "the name of an entry is not UTF-8", with_replacements(entry.path));
            continue;
        }
        if (!entry.problem.empty()) findings.add("EPUB PKG-008", "it cannot be read: " + entry.problem, entry.path);
        if (entry.is_folder()) continue;
        judge_file_name(entry.path, {findings, entry.path});
        if (!seen.insert(folded_name(entry.path)).second)
            findings.add("EPUB OPF-060", "another file has the same name but for case or composition", entry.path);
    }
}

void check_container_file(const ExaminedEpub& epub, EpubFindings& findings) {
    const Reporter report{findings, container_path};
    if (!epub.file.container().find(container_path)) {
        report("EPUB RSC-002", "it is not there");
        return;
    }
    const EpubDocument* document = epub.file.document(container_path);
    if (!document || !document->xml.root) return;
    const XmlNode& root = *document->xml.root;
    EpubFindings shape;
    if (!root.is(xml_space::container, "container"))
        report("EPUB RSC-005.container", "the root element is not ‘container’ of its namespace", &root);
    else
        check_model(root, xml_space::container, container_model, {shape, container_path});
    for (const EpubFinding& one : shape.all())
        if (one.message.find("‘full-path’") == std::string::npos) // which has rules of its own
            report("EPUB RSC-005.container", one.message, one.place);
    if (root.find("version") && root.get("version") != "1.0") report("EPUB RSC-005.container", "‘version’ is not 1.0", &root);
    for (const XmlNode* node = &root; node; node = next_in_tree(node, &root)) {
        if (!node->is(xml_space::container, "rootfile")) continue;
        if (!node->find("full-path"))
            report("EPUB OPF-016", "‘rootfile’ has no ‘full-path’", node);
        else if (is_blank(node->get("full-path")))
            report("EPUB OPF-017", "‘full-path’ is empty", node);
    }
    if (epub.file.rootfiles().empty() && document->xml.well_formed())
        report("EPUB RSC-003", "no rootfile of the type application/oebps-package+xml");
    for (const std::string& path : epub.file.rootfiles())
        if (!epub.file.container().find(path)) report("EPUB OPF-002", "there is no file ‘" + path + "’");
}

void check_protection(const ExaminedEpub& epub, EpubFindings& findings) {
    for (const auto& [file, name] : {std::pair<std::string_view, std::string_view>{"META-INF/encryption.xml", "encryption"},
                                     {"META-INF/signatures.xml", "signatures"}}) {
        const EpubDocument* document = epub.file.document(file);
        if (!document || !document->xml.root) continue;
        const Reporter report{findings, file};
        const XmlNode& root = *document->xml.root;
        if (!root.is(xml_space::container, name))
            report("EPUB RSC-005.encryption", "the root element is not ‘" + std::string(name) + "’ of the container's namespace",
                   &root);
        std::map<std::string_view, int> ids;
        for (const XmlNode& node : document->xml.nodes)
            if (const std::string_view* id = node.find("Id"); id && ++ids[*id] == 2)
                report("EPUB RSC-005.encryption", "the Id ‘" + std::string(*id) + "’ occurs twice", &node);
        for (const XmlNode& node : document->xml.nodes) {
            if (!node.is("http://www.idpf.org/2016/encryption#compression", "Compression")) continue;
            if (node.get("Method") != "0" && node.get("Method") != "8")
                report("EPUB RSC-005.encryption", "‘Method’ is neither 0 nor 8", &node);
            const std::string_view length = node.get("OriginalLength");
            if (length.empty() || length.find_first_not_of("0123456789") != std::string_view::npos)
                report("EPUB RSC-005.encryption", "‘OriginalLength’ is no number", &node);
        }
    }
    for (const auto& [path, algorithm] : epub.file.encrypted()) {
        if (algorithm != obfuscation) {
            findings.add("EPUB RSC-004", "it is encrypted; what is in it is not checked", path);
            continue;
        }
        const auto item = epub.package().item_at(path);
        if (item && !is_core_font(epub.package().items[*item].media_type))
            findings.add("EPUB PKG-026", "it is obfuscated and declared as ‘" + epub.package().items[*item].media_type + "’",
                         path);
    }
}

void check(const ExaminedEpub& epub, EpubFindings& findings) {
    check_mimetype(epub, findings);
    check_names(epub, findings);
    check_container_file(epub, findings);
    check_protection(epub, findings);
    for (const ManifestItem& item : epub.package().items)
        if (item.is_inside() && item.address.path.starts_with("META-INF/"))
            findings.add("EPUB PKG-025", "the manifest lists ‘" + item.address.path + "’", epub.package().path, item.node->place);
}

} // namespace

EpubChapter chapter_of_container() { return {"EPUB 3.3 §4, container", EpubStandard::epub_3_3, rules, check, nullptr}; }

} // namespace bifolio
