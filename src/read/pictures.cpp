#include "read/pictures.h"

#include "base/overloaded.h"
#include "base/source_map.h"
#include "base/utf8.h"
#include "io/limits.h"
#include "read/paths.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace bifolio {

namespace {

namespace fs = std::filesystem;

// Calls visit(image, info) for every picture of some blocks, in reading order.
template <class Visit>
void visit_images(Blocks& blocks, const Visit& visit);

template <class Visit>
void visit_images(Inlines& inlines, const Visit& visit) {
    for (Inline& i : inlines)
        std::visit(overloaded{
                       [&](Image& image) { visit(image, i.info); },
                       [&](Phrase& phrase) { visit_images(phrase.body, visit); },
                       [&](Link& link) { visit_images(link.body, visit); },
                       [&](Note& note) { visit_images(note.body, visit); },
                       [](Text&) {},
                       [](Code&) {},
                       [](LineBreak&) {},
                       [](WordBreak&) {},
                       [](NoteReference&) {},
                       [](Field&) {},
                   },
                   i.node);
}

template <class Visit>
void visit_images(TableRowGroup& group, const Visit& visit) {
    for (TableRow& row : group.rows)
        for (TableCell& cell : row.cells) visit_images(cell.body, visit);
}

template <class Visit>
void visit_images(Table& table, const Visit& visit) {
    visit_images(table.caption, visit);
    if (table.head) visit_images(*table.head, visit);
    for (TableRowGroup& body : table.bodies) visit_images(body, visit);
    if (table.foot) visit_images(*table.foot, visit);
}

template <class Visit>
void visit_images(DefinitionList& list, const Visit& visit) {
    for (DefinitionItem& item : list.items) {
        for (auto& [info, term] : item.terms) visit_images(term, visit);
        for (auto& [info, definition] : item.definitions) visit_images(definition, visit);
    }
}

template <class Visit>
void visit_images(Blocks& blocks, const Visit& visit) {
    for (Block& block : blocks)
        std::visit(overloaded{
                       [&](Paragraph& paragraph) { visit_images(paragraph.body, visit); },
                       [&](Heading& heading) { visit_images(heading.title, visit); },
                       [&](Quote& quote) { visit_images(quote.body, visit); },
                       [](CodeBlock&) {},
                       [](ThematicBreak&) {},
                       [&](List& list) {
                           for (ListItem& item : list.items) visit_images(item.body, visit);
                       },
                       [&](DefinitionList& list) { visit_images(list, visit); },
                       [&](Table& table) { visit_images(table, visit); },
                       [&](Figure& figure) {
                           visit_images(figure.body, visit);
                           visit_images(figure.caption, visit);
                       },
                       [&](CallOut& call_out) {
                           visit_images(call_out.title, visit);
                           visit_images(call_out.body, visit);
                       },
                       [&](Division& division) { visit_images(division.body, visit); },
                   },
                   block.node);
}

// “https”, “file”, …; empty: a path.
std::string scheme_of(std::string_view address) {
    if (address.starts_with("//")) return "https";
    const std::size_t colon = address.find(':');
    if (colon == address.npos || colon < 2 || address.find('/') < colon) return "";
    return to_ascii_lower(address.substr(0, colon));
}

std::string shown(std::string_view address) {
    constexpr std::size_t most = 80;
    std::string text = with_replacements(address.substr(0, most));
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    return "‘" + text + (address.size() > most ? "…’" : "’");
}

std::string_view extension_of(std::string_view media_type) {
    if (media_type == "image/jpeg") return ".jpg";
    if (media_type == "image/png") return ".png";
    if (media_type == "image/webp") return ".webp";
    if (media_type == "image/svg+xml") return ".svg";
    return "";
}

class PictureReader {
public:
    PictureReader(Manuscript& manuscript, const fs::path& root, const Files& files, bool allow_missing, const SourceMap& sources,
                  Diagnostics& diagnostics)
        : manuscript_(manuscript), root_(root), files_(files), allow_missing_(allow_missing), sources_(sources),
          diagnostics_(diagnostics) {}

    void find_all() {
        for (const Diagnostic& diagnostic : diagnostics_.all())
            if (diagnostic.severity == Severity::error) reported_.insert(key_of(diagnostic.where));
        if (!manuscript_.plan.cover.value.empty()) find(manuscript_.plan.cover.value, manuscript_.plan.cover.where);
        find_in(manuscript_.plan.back_cover);
        for (auto& [id, person] : manuscript_.people) {
            find_in(person.bio);
            find_in(person.interests);
            for (Inlines& disclosure : person.disclosures) find_in(disclosure);
            if (person.portrait && !person.portrait->file.value.empty())
                find(person.portrait->file.value, person.portrait->file.where);
        }
        for (auto& [id, notice] : manuscript_.notices) {
            find_in(notice.title);
            find_in(notice.text);
        }
        for (GlossaryEntry& entry : manuscript_.glossary) find_in(entry.definition);
        for (auto& [file, clinics] : manuscript_.clinics)
            for (Clinic& clinic : clinics)
                for (auto& [name, cell] : clinic.fields)
                    if (name == "logo" && !cell.value.empty()) find(cell.value, cell.where);
        for (Article& article : manuscript_.articles) {
            find_in(article.title);
            find_in(article.body);
            for (Reference& reference : article.front_matter.references) find_in(reference.text);
        }
    }

    void read_all(const TaskPool& pool) {
        std::vector<Resource*> wanted;
        for (auto& [path, resource] : manuscript_.resources)
            if (!resource.bytes) wanted.push_back(&resource);
        pool.for_each(wanted.size(), [&](std::size_t i) {
            wanted[i]->bytes =
                std::make_shared<const std::string>(files_.read(root_ / wanted[i]->path, limits::picture_file_bytes));
            wanted[i]->media_type = sniff_media_type(*wanted[i]->bytes);
        });
        for (const auto& [path, where] : uses_) {
            const auto found = manuscript_.resources.find(path);
            if (found != manuscript_.resources.end() && extension_of(found->second.media_type).empty())
                refuse_format(found->second, where);
        }
        std::erase_if(manuscript_.resources, [](const auto& entry) { return extension_of(entry.second.media_type).empty(); });
    }

private:
    static std::array<std::uint32_t, 3> key_of(Span where) { return {index(where.source), where.begin, where.end}; }

    template <class Nodes>
    void find_in(Nodes& nodes) {
        visit_images(nodes, [&](Image& image, const NodeInfo& info) { find(image.source, info.where); });
    }

    void missing(Span where, std::string message, std::vector<std::string> hints = {}) {
        diagnostics_.report({allow_missing_ ? Severity::warning : Severity::error, "read.missing-picture", where,
                             std::move(message), std::move(hints)});
    }

    void refuse_format(const Resource& resource, Span where) {
        const std::string what = resource.bytes->empty() ? "is empty"
                                 : resource.media_type.empty()
                                     ? "is not a picture"
                                     : "is of a kind that cannot be shown (" + resource.media_type + ")";
        diagnostics_.report({allow_missing_ ? Severity::warning : Severity::error,
                             "read.unsupported-picture",
                             where,
                             shown(resource.path) + " " + what,
                             {"pictures are JPEG, PNG, WebP or SVG files"}});
    }

    // Makes `source` the key of its resource.
    void find(std::string& source, Span where) {
        if (source.empty() && reported_.contains(key_of(where))) return; // its address has been refused
        if (source.empty()) return missing(where, "this picture names no file", {"name it: ![alternative text](picture.png)"});
        const std::string scheme = scheme_of(source);
        if (scheme == "http" || scheme == "https") {
            return missing(where, "the picture " + shown(source) + " is on the web, and nothing is fetched from there",
                           {"save it in the book's folder and name it by its path"});
        }
        if (!scheme.empty())
            return missing(where, "the picture " + shown(source) + " is named by an address, not by a path in the book");
        const std::string folder = fs::path(sources_.path(where.source)).parent_path().generic_string();
        if (const auto path = path_in_book(source, folder, where)) {
            manuscript_.resources.try_emplace(*path, Resource{*path, "", nullptr});
            uses_.emplace_back(*path, where);
            source = *path;
        }
    }

    std::optional<std::string> path_in_book(std::string_view source, const std::string& folder, Span where) {
        std::vector<std::string> spellings{std::string(source), percent_decoded(source)};
        const std::string_view without_query = source.substr(0, source.find_first_of("?#"));
        if (without_query.size() < source.size()) spellings.push_back(percent_decoded(without_query));
        bool confined = false;
        std::string best; // where the author most likely meant it to be
        for (const std::string& spelling : spellings)
            for (const std::string& base : {folder, std::string()}) {
                const bool from_root = spelling.starts_with('/');
                const fs::path joined = from_root ? fs::path(spelling.substr(1)) : fs::path(base) / spelling;
                const std::string path = joined.lexically_normal().generic_string();
                if (!is_confined(path) || first_invalid_utf8(path) != path.npos) continue;
                confined = true;
                if (files_.exists(root_ / path)) {
                    if (!leads_out_of(root_, root_ / path)) return path;
                    diagnostics_.error("read.path-leaves-book", where,
                                       "the picture " + shown(source) + " is a link that leads out of the book's folder",
                                       {"copy the file into the book's folder"});
                    return std::nullopt;
                }
                if (best.empty()) best = path;
            }
        if (!confined) {
            diagnostics_.error("read.path-leaves-book", where,
                               "the picture " + shown(source) + " is not inside the book's folder",
                               {"copy it there and name it by a path relative to this file"});
        } else {
            missing(where, "there is no picture " + shown(source), hints_for_missing(root_, best, files_));
        }
        return std::nullopt;
    }

    Manuscript& manuscript_;
    const fs::path& root_;
    const Files& files_;
    bool allow_missing_;
    const SourceMap& sources_;
    Diagnostics& diagnostics_;
    std::vector<std::pair<std::string, Span>> uses_;
    std::set<std::array<std::uint32_t, 3>> reported_; // places of errors that reading has found
};

bool is_svg(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = text.substr(0, 64u << 10);
    for (;;) {
        while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
        if (text.starts_with("<!--")) {
            text.remove_prefix(std::min(text.find("-->", 4), text.size()));
            text.remove_prefix(std::min<std::size_t>(3, text.size()));
        } else if (text.starts_with("<?")) {
            text.remove_prefix(std::min(text.find("?>", 2), text.size()));
            text.remove_prefix(std::min<std::size_t>(2, text.size()));
        } else if (text.starts_with("<!")) {
            const std::size_t subset = text.find('['), close = text.find('>');
            const std::size_t end = subset < close ? text.find("]", subset) : 0;
            text.remove_prefix(std::min(text.find('>', std::min(end, text.size())), text.size()));
            text.remove_prefix(std::min<std::size_t>(1, text.size()));
        } else {
            break;
        }
    }
    if (!text.starts_with('<')) return false;
    std::string_view name = text.substr(1, std::min(text.find_first_of(" \t\r\n/>", 1), text.size()) - 1);
    if (const std::size_t colon = name.find(':'); colon != name.npos) name.remove_prefix(colon + 1);
    return name == "svg";
}

} // namespace

std::string_view sniff_media_type(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return "image/jpeg";
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "image/webp";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "image/gif";
    if (bytes.starts_with("BM")) return "image/bmp";
    if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "image/tiff";
    if (bytes.starts_with("%PDF-")) return "application/pdf";
    if (bytes.substr(0, 12).substr(std::min<std::size_t>(4, bytes.size())).starts_with("ftyp")) return "image/avif";
    if (is_svg(bytes)) return "image/svg+xml";
    return "";
}

void read_pictures(Manuscript& manuscript, const std::filesystem::path& root, const Files& files, bool allow_missing,
                   const TaskPool& pool, const SourceMap& sources, Diagnostics& diagnostics) {
    PictureReader reader(manuscript, root, files, allow_missing, sources, diagnostics);
    reader.find_all();
    reader.read_all(pool);
}

} // namespace bifolio
