// epub_publication.h: an EPUB with everything that is read from it once: container, package document, the trees of its XML
// documents.
//
// Use        EpubPublication epub(EpubContainer::of_archive(bytes, pool), pool);
//            for (const EpubDocument* document : epub.spine()) … document->path, document->xml.root …
// Errors     UnreadableEpub where there is no reading it (EpubContainer). What is missing or wrong inside is simply not there:
//            verify_epub() tells. An encrypted resource (META-INF/encryption.xml) has no tree.
// Ownership  Pointers live as long as the EpubPublication, which does not move.
// Spec       EPUB 3.3.
#pragma once

#include "verify/epub/epub_container.h"
#include "verify/epub/package_document.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

// An XML document of the container: content documents, the navigation document, NCX, media overlays, META-INF/*.xml.
struct EpubDocument {
    std::string path;
    XmlDocument xml;
    std::map<std::string, const XmlNode*, std::less<>> ids; // of the elements, the first of each
};

class EpubPublication {
public:
    EpubPublication(EpubContainer container, const TaskPool& pool);
    EpubPublication(const EpubPublication&) = delete;
    EpubPublication& operator=(const EpubPublication&) = delete;

    const EpubContainer& container() const { return container_; }
    // The package documents that container.xml names, the default one first; empty path: it names none.
    const std::vector<std::string>& rootfiles() const { return rootfiles_; }
    const PackageDocument& package() const { return package_; } // of the default one

    const EpubDocument* document(std::string_view path) const; // nullptr: no such file, or no XML
    // Empty: no such file, not readable, or an XHTML document of the spine: of that the tree is kept.
    std::string_view bytes(std::string_view path) const;
    std::vector<const EpubDocument*> spine() const; // in reading order, those that have a tree, non-linear ones too
    const EpubDocument* navigation() const;         // nullptr: none
    const EpubDocument* ncx() const;                // nullptr: none

    // Paths named in META-INF/encryption.xml, with the algorithm.
    const std::map<std::string, std::string, std::less<>>& encrypted() const { return encrypted_; }

private:
    void read_documents(const std::vector<std::string>& paths, const TaskPool& pool);
    void read_container();
    void read_encryption();

    EpubContainer container_;
    std::map<std::string, std::unique_ptr<EpubDocument>, std::less<>> documents_;
    std::map<std::string, std::string, std::less<>> encrypted_;
    std::vector<std::string> rootfiles_;
    PackageDocument package_;
};

} // namespace bifolio
