#include "write/html/search_index.h"

#include "base/utf8.h"
#include "write/html/structured_data.h"
#include "write/xhtml/markup.h"

#include <nlohmann/json.hpp>

namespace bifolio {

namespace {

constexpr int deepest_heading = 3;

// Words are compared without case and marks. Every word that is typed must begin a word of the page.
constexpr std::string_view script = R"js(
(function () {
  var pages = JSON.parse(document.getElementById("search-index").textContent);
  var form = document.getElementById("search"), field = document.getElementById("search-words");
  var list = document.getElementById("search-found"), count = document.getElementById("search-count");
  function plain(text) { return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function words(text) { return plain(text).split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean); }
  var known = pages.map(function (page) {
    return page.lines.map(function (line) { return { line: line, words: words(line.text + " " + (line.more || "")) }; });
  });
  function search() {
    var wanted = words(field.value), found = [];
    if (wanted.length) known.forEach(function (lines, at) {
      var all = [].concat.apply([], lines.map(function (one) { return one.words; }));
      var has = function (where) {
        return wanted.every(function (word) { return where.some(function (other) { return other.startsWith(word); }); });
      };
      if (!has(all)) return;
      var best = lines.find(function (one) { return has(one.words); }) || lines[0];
      found.push({ href: best.line.href, title: pages[at].lines[0].text, line: best === lines[0] ? "" : best.line.text });
    });
    list.textContent = "";
    found.forEach(function (one) {
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = one.href;
      link.textContent = one.title + (one.line ? " – " + one.line : "");
      item.appendChild(link);
      list.appendChild(item);
    });
    count.textContent = wanted.length ? String(found.length) : "";
    list.hidden = !found.length;
  }
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  field.addEventListener("input", search);
})();
)js";

} // namespace

std::string search_field(std::string_view label) {
    std::string out = "<form id=\"search\" role=\"search\" hidden=\"hidden\"><label for=\"search-words\">";
    append_text(out, label);
    out += "</label> <input type=\"search\" id=\"search-words\" autocomplete=\"off\"/> <span id=\"search-count\" "
           "role=\"status\"></span>\n"
           "<ul id=\"search-found\" hidden=\"hidden\"></ul></form>\n";
    return out;
}

std::string search_script(const Book& book, const Addresses& addresses) {
    using Json = nlohmann::ordered_json;
    Json pages = Json::array();
    std::uint32_t last = no_section;
    for (const ContentsEntry& entry : book.contents) {
        const BookSection& section = book.sections[entry.section];
        if (addresses.is_on_contents_page(addresses.document_of({section.root}))) continue;
        if (heading_level(book.node(entry.target).element).value_or(1) > deepest_heading) continue;
        if (entry.section != last) {
            last = entry.section;
            std::string more = section.facts.summary;
            for (const std::string& keyword : section.facts.keywords) more += " " + keyword;
            pages.push_back(
                {{"lines",
                  Json::array({Json{{"text", section.title}, {"href", addresses.link(section.root)}, {"more", more}}})}});
        }
        if (entry.target != section.root && entry.target != section.heading)
            pages.back()["lines"].push_back({{"text", collapsed(entry.title)}, {"href", addresses.link(entry.target)}});
    }
    return "<script type=\"application/json\" id=\"search-index\">" +
           for_script(pages.dump(-1, ' ', false, Json::error_handler_t::replace)) + "</script>\n<script>" + std::string(script) +
           "</script>\n";
}

} // namespace bifolio
