#include "proof/found_documents.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "io/digest.h"
#include "model/element.h"
#include "picture/picture.h"
#include "proof/marked_writer.h"
#include "proof/picture_digest.h"
#include "write/xhtml/markup.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace bifolio {

namespace {

bool is_block(const XmlNode& node) {
    if (node.name == "summary" || node.name == "details") return true;
    const auto element = element_named(node.name);
    const ElementKind kind = element ? info(*element).kind : ElementKind::phrase;
    return kind == ElementKind::block || kind == ElementKind::frame;
}

bool is_page_break(const XmlNode& node) { return node.is_element() && node.get("class") == "page-break"; }

// Words in place of a picture; pages of the print edition may begin among them.
bool is_missing_picture(const XmlNode& node) {
    const std::string_view classes = node.get("class");
    if (node.name != "span" || classes.substr(0, classes.find(' ')) != "missing-picture") return false;
    return std::ranges::all_of(node,
                               [](const XmlNode& child) { return child.kind == XmlNode::Kind::text || is_page_break(child); });
}

// As its start tag has it, without what names or leads: that is compared by the place it leads to.
std::string mark_name(const XmlNode& node) {
    std::string out(node.name);
    for (const XmlAttribute& one : node.attributes) {
        constexpr std::array<std::string_view, 6> of_places{"id", "href", "src", "aria-labelledby", "aria-details", "alt"};
        if (one.name == "alt") out += " alt";
        if (one.space.empty() && std::ranges::find(of_places, one.name) != of_places.end()) continue;
        const std::string_view prefix = one.space == xml_space::xml ? "xml:" : one.space == xml_space::epub ? "epub:" : "";
        append_attribute(out, std::string(prefix).append(one.name), one.value);
    }
    return out;
}

struct PictureDigests {
    std::string sha256, content;
};

struct FoundLink {
    std::size_t mark = 0;
    std::string href;
};

// What one document says; places are counted from its begin.
struct DocumentPiece {
    TextStream text;
    DocumentMarks marks;
    std::vector<FoundDocumentPicture> pictures;
    std::vector<FoundLink> links;
    std::map<std::string, std::uint32_t, std::less<>> places; // of its ids
};

class DocumentReader {
public:
    // `picture`: of what the document's src names.
    using Pictures = PictureDigests (*)(const void* of, const std::string& document, std::string_view source);
    DocumentReader(const std::string& path, DocumentPiece& out, Pictures pictures, const void* of)
        : path_(path), out_(out), writer_(out.text), pictures_(pictures), of_(of) {}

    void mark(std::string_view name) { close(open(name)); }
    void read(const XmlNode& root) { node(root); }

private:
    std::uint32_t here() const { return static_cast<std::uint32_t>(out_.text.tokens.size()); }
    std::size_t open(std::string_view name) { return out_.marks.open(here(), name, 0); }
    void close(std::size_t mark) { out_.marks.close(mark, here()); }

    void node(const XmlNode& node) {
        if (node.kind == XmlNode::Kind::text) return text(node.text);
        if (!node.is_element()) return;
        if (node.name == "head") return head(node);
        if (const std::string_view* id = node.find("id")) out_.places.try_emplace(std::string(*id), here());
        const bool edge = is_block(node) || node.name == "br";
        if (edge) writer_.boundary();
        const bool is_marked = !is_in_label_ || is_page_break(node) || hides(node);
        const std::size_t mark = is_marked ? open(mark_name(node)) : 0;
        if (node.name == "a" || node.name == "area")
            if (const std::string_view* href = node.find("href")) out_.links.push_back({mark, std::string(*href)});
        if (node.name == "img")
            picture(node);
        else if (is_missing_picture(node))
            words_of_picture(node);
        else
            children(node);
        if (is_marked) close(mark);
        if (edge) writer_.boundary();
    }

    // In a line of the contents the phrases of the heading are not compared, unless they keep words from the reader.
    static bool hides(const XmlNode& node) {
        return node.name == "a" || node.find("hidden") || node.find("style") || node.find("aria-hidden") || node.find("class");
    }

    void children(const XmlNode& node) {
        const bool label = (node.name == "a" && node.get("class") == "contents-link") ||
                           (node.name == "h3" && node.get("class") == "part" && node.parent && node.parent->name == "nav");
        const bool outer = std::exchange(in_pre_, in_pre_ || node.name == "pre");
        const bool outer_label = std::exchange(is_in_label_, is_in_label_ || label);
        for (const XmlNode& child : node) this->node(child);
        is_in_label_ = outer_label;
        in_pre_ = outer;
    }

    void head(const XmlNode& head) {
        for (const XmlNode& one : head) {
            if (!one.is_element() || one.name == "meta") continue;
            if (one.name == "title")
                mark("title " + collapsed(bifolio::text_of(one)));
            else if (one.name == "link") {
                const std::string path = resolve(path_, one.get("href")).path;
                mark(mark_name(one) + " " + path.substr(std::min(path.size(), path.find('/') + 1)));
            } else
                mark(mark_name(one) + " " + bifolio::text_of(one));
        }
    }

    // A line end is white space like other: a file's lines are not those of a page.
    void text(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            if (const std::size_t plain = plain_size(text, at); plain > 0) {
                writer_.plain(text.substr(at, plain));
                at += plain;
                continue;
            }
            const Decoded one = decode_utf8(text, at);
            at += one.size;
            if (one.code_point == '\n') writer_.character(' ');
            if (one.code_point != '\n' || in_pre_) writer_.character(one.code_point);
        }
    }

    void picture(const XmlNode& node) {
        PictureDigests digests = pictures_(of_, path_, node.get("src"));
        writer_.text(object_replacement);
        out_.pictures.push_back({std::string(node.get("alt")), 0, true, std::move(digests.sha256), std::move(digests.content)});
    }
    void words_of_picture(const XmlNode& node) {
        for (const XmlNode& child : node)
            if (child.is_element()) this->node(child);
        writer_.text(object_replacement);
        out_.pictures.push_back({bifolio::text_of(node), 0, false, {}, {}});
    }

    const std::string& path_; // the caller's, as what follows
    DocumentPiece& out_;
    FoundWriter writer_;
    Pictures pictures_;
    const void* of_;
    bool in_pre_ = false, is_in_label_ = false;
};

// Puts documents together in their order.
class DocumentJoiner {
public:
    explicit DocumentJoiner(FoundDocuments& out) : out_(out) {}

    void add(const std::string& path, DocumentPiece piece) {
        const auto document = static_cast<std::uint32_t>(out_.documents.size());
        const auto begin = static_cast<std::uint32_t>(out_.text.tokens.size());
        const std::size_t first_mark = out_.marks.append(piece.marks, begin, document);
        out_.documents.push_back(path);
        by_path_.try_emplace(path, document);
        begins_.push_back(begin);
        out_.text.tokens.insert(out_.text.tokens.end(), piece.text.tokens.begin(), piece.text.tokens.end());
        for (Stretch stretch : piece.text.stretches) {
            stretch.begin += begin;
            stretch.place = document;
            out_.text.stretches.push_back(stretch);
        }
        for (FoundDocumentPicture& picture : piece.pictures) {
            picture.document = document;
            out_.pictures.push_back(std::move(picture));
        }
        for (FoundLink& link : piece.links) links_.push_back({{first_mark + link.mark, std::move(link.href)}, document});
        places_.push_back(std::move(piece.places));
    }

    // Where the links lead, once all documents are there.
    void resolve_links() {
        for (const auto& [link, document] : links_)
            out_.marks.add_to_name(link.mark, landing(out_.documents[document], link.href));
    }
    std::string landing(const std::string& from, std::string_view href) const {
        const Address address = resolve(from, href);
        if (address.kind != Address::Kind::inside) return " → " + std::string(href);
        const auto document = by_path_.find(address.path);
        if (document == by_path_.end()) return std::string(nowhere);
        const std::size_t at = document->second;
        if (!address.has_fragment) return landing_name(at, begins_[at]);
        const auto place = places_[at].find(address.fragment);
        return place == places_[at].end() ? std::string(nowhere) : landing_name(at, begins_[at] + place->second);
    }

private:
    FoundDocuments& out_;                                                   // a local of the caller
    std::map<std::string, std::uint32_t, std::less<>> by_path_;             // documents
    std::vector<std::uint32_t> begins_;                                     // of the documents
    std::vector<std::map<std::string, std::uint32_t, std::less<>>> places_; // of their ids, from their begins
    std::vector<std::pair<FoundLink, std::uint32_t>> links_;                // and their documents
};

constexpr std::size_t documents_at_a_time = 64; // what is read and not yet joined is in memory twice

// ---- e-books

struct EpubPictures {
    const EpubPublication& file;
    mutable std::mutex guard{};
    mutable std::map<std::string, PictureDigests> known{};

    static PictureDigests of(const void* of, const std::string& document, std::string_view source) {
        const auto& self = *static_cast<const EpubPictures*>(of);
        const Address address = resolve(document, source);
        if (address.kind != Address::Kind::inside) return {};
        const std::lock_guard lock(self.guard);
        const auto [found, is_new] = self.known.try_emplace(address.path);
        if (is_new) {
            const std::string_view bytes = self.file.bytes(address.path);
            found->second = {sha256_hex(bytes), picture_digest(bytes)};
        }
        return found->second;
    }
};

void read_ncx(const EpubDocument& ncx, const DocumentJoiner& joiner, DocumentMarks& out) {
    const auto label_and_place = [&](const XmlNode& node) {
        const XmlNode* label = node.child(xml_space::ncx, "navLabel");
        const XmlNode* content = node.child(xml_space::ncx, "content");
        return collapsed(label ? text_of(*label) : "") +
               (content ? joiner.landing(ncx.path, content->get("src")) : std::string(nowhere));
    };
    for (const XmlNode* node = ncx.xml.root; node; node = next_in_tree(node, ncx.xml.root)) {
        if (node->is(xml_space::ncx, "navPoint")) {
            int depth = 0;
            for (const XmlNode* above = node; above && above->name == "navPoint"; above = above->parent) ++depth;
            out.open(0, std::to_string(depth) + " " + label_and_place(*node), 0);
        }
        if (node->is(xml_space::ncx, "pageTarget")) out.open(0, "page " + label_and_place(*node), 0);
    }
}

// What is no document: path from the package's folder → digest.
void read_files(const EpubPublication& file, const std::set<std::string>& documents, FoundDocuments& out) {
    const std::string_view folder = folder_of(file.package().path);
    for (const ContainerEntry& entry : file.container().entries()) {
        const bool is_frame =
            entry.path == "mimetype" || entry.path.starts_with("META-INF/") || entry.path == file.package().path;
        if (entry.is_folder() || is_frame || documents.contains(entry.path)) continue;
        const bool is_inside = std::string_view(entry.path).starts_with(folder);
        out.files[is_inside ? entry.path.substr(folder.size()) : "/" + entry.path] = sha256_hex(entry.bytes);
    }
}

// ---- the web

std::string from_base64(std::string_view text) {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = static_cast<std::int8_t>(i);
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::int8_t value = values[static_cast<unsigned char>(c)];
        if (value < 0) continue;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xFF);
    }
    return out;
}

PictureDigests picture_in_page(const void*, const std::string&, std::string_view source) {
    constexpr std::string_view is_coded = ";base64,";
    const std::size_t at = source.find(is_coded);
    if (!source.starts_with("data:") || at == std::string_view::npos) return {};
    const std::string bytes = from_base64(source.substr(at + is_coded.size()));
    constexpr std::size_t scheme = 5; // “data:”
    const Result<PictureInfo> info = probe_picture(bytes);
    if (!info || media_type(info.value().kind) != source.substr(scheme, at - scheme)) return {}; // nobody could show it
    return {sha256_hex(bytes), picture_digest(bytes)};
}

// What stands between the tags, without scripts: the writer makes it as XML.
std::string without_scripts(std::string_view markup) {
    std::string out;
    constexpr std::string_view begin = "<script", end = "</script>";
    for (std::size_t at = 0; at < markup.size();) {
        const std::size_t script = std::min(markup.size(), markup.find(begin, at));
        out += markup.substr(at, script - at);
        const std::size_t after = markup.find(end, script);
        at = after == std::string_view::npos ? markup.size() : after + end.size();
    }
    return out;
}

// The title and everything that may change how the page looks; scripts and metadata apart.
bool read_head(std::string_view head, DocumentReader& reader) {
    for (std::size_t at = head.find('<', 1); at != std::string_view::npos; at = head.find('<', at + 1)) {
        const std::string_view rest = head.substr(at);
        const std::string_view tag = rest.substr(0, rest.find('>') + 1);
        const std::string name(tag.substr(1, tag.find_first_of(" />\n\t", 1) - 1));
        if (name == "head" || name == "meta" || name.empty()) continue;
        const std::string end_tag = "</" + name + ">";
        const std::size_t end = name == "link" ? tag.size() : rest.find(end_tag);
        if (end == std::string_view::npos) return false;
        const std::string_view text = rest.substr(tag.size(), end - tag.size());
        if (name == "title") {
            const XmlDocument title = read_xml("<title>" + std::string(text) + end_tag);
            reader.mark("title " + (title.well_formed() ? collapsed(text_of(*title.root)) : std::string()));
        } else if (name != "script") {
            std::string_view inner = tag.substr(1, tag.size() - 2);
            if (name == "link" && inner.ends_with('/')) inner.remove_suffix(1);
            reader.mark(name == "link" ? std::string(inner) : std::string(inner) + " " + std::string(text));
        }
        at += name == "link" ? 0 : end;
    }
    return true;
}

bool read_page(std::string_view bytes, DocumentReader& reader) {
    const std::size_t html = bytes.find("<html"), body = bytes.find("<body"), end = bytes.rfind("</body>");
    if (html == std::string_view::npos || body == std::string_view::npos || end == std::string_view::npos || body < html ||
        end < body)
        return false;
    const std::string_view head = bytes.substr(html, body - html);
    const XmlDocument tag = read_xml(std::string(head.substr(0, head.find('>') + 1)) + "</html>");
    const XmlDocument content = read_xml(without_scripts(bytes.substr(body, end - body)) + "</body>");
    if (!tag.well_formed() || !content.well_formed()) return false;
    reader.read(*tag.root);
    if (!read_head(head, reader)) return false;
    reader.read(*content.root);
    return true;
}

} // namespace

FoundDocuments found_epub(const EpubPublication& file, const TaskPool& pool) {
    FoundDocuments out;
    const EpubDocument* navigation = file.navigation();
    const EpubDocument* ncx = file.ncx();
    std::set<std::string> documents;
    std::vector<const EpubDocument*> read;
    for (const SpineItem& item : file.package().itemrefs) {
        const std::string& path = item.item ? file.package().items[*item.item].address.path : item.idref;
        out.spine.push_back(path.substr(path.rfind('/') + 1) + (item.linear ? "" : " (not linear)"));
        const EpubDocument* document = item.item ? file.document(path) : nullptr;
        if (!document || !document->xml.well_formed())
            out.unread.push_back(path);
        else if (document != navigation)
            read.push_back(document);
        documents.insert(path);
    }
    if (navigation && navigation->xml.well_formed()) read.push_back(navigation);
    if (navigation) documents.insert(navigation->path);
    if (ncx) documents.insert(ncx->path);

    const EpubPictures pictures{file};
    DocumentJoiner joiner(out);
    std::size_t bytes = 0;
    for (const EpubDocument* document : read) bytes += document->xml.text_bytes;
    out.text.tokens.reserve(bytes); // no more characters than bytes, and what is not used is never touched
    for (std::size_t from = 0; from < read.size(); from += documents_at_a_time) {
        auto pieces = pool.map(std::min(documents_at_a_time, read.size() - from), [&](std::size_t at) {
            DocumentPiece piece;
            const EpubDocument& document = *read[from + at];
            DocumentReader(document.path, piece, &EpubPictures::of, &pictures).read(*document.xml.root);
            return piece;
        });
        for (std::size_t at = 0; at < pieces.size(); ++at) joiner.add(read[from + at]->path, std::move(pieces[at]));
    }
    joiner.resolve_links();
    if (ncx && ncx->xml.well_formed()) read_ncx(*ncx, joiner, out.ncx);
    read_files(file, documents, out);
    return out;
}

FoundDocuments found_web(const std::vector<std::string>& names, const std::function<std::string(std::size_t)>& bytes_of,
                         const TaskPool& pool) {
    FoundDocuments out;
    DocumentJoiner joiner(out);
    out.spine = names;
    for (std::size_t from = 0; from < names.size(); from += documents_at_a_time) {
        auto pieces = pool.map(std::min(documents_at_a_time, names.size() - from), [&](std::size_t at) {
            std::optional<DocumentPiece> piece(std::in_place);
            DocumentReader reader(names[from + at], *piece, &picture_in_page, nullptr);
            if (!read_page(bytes_of(from + at), reader)) piece.reset();
            return piece;
        });
        for (std::size_t at = 0; at < pieces.size(); ++at)
            if (pieces[at])
                joiner.add(names[from + at], std::move(*pieces[at]));
            else
                out.unread.push_back(names[from + at]);
        if (from == 0) { // growing would hold the text twice
            const std::size_t batches = names.size() / documents_at_a_time + 1;
            out.text.tokens.reserve(out.text.tokens.size() * batches / 4 * 5);
        }
    }
    joiner.resolve_links();
    return out;
}

FoundDocuments found_web(const std::vector<std::pair<std::string, std::string>>& pages, const TaskPool& pool) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : pages) names.push_back(name);
    return found_web(
        names, [&](std::size_t at) { return pages[at].second; }, pool);
}

} // namespace bifolio
