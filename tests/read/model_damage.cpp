#include "model_damage.h"

#include "base/overloaded.h"
#include "base/utf8.h"

#include <functional>
#include <random>
#include <vector>

namespace bifolio::test {

namespace {

bool has_words(const std::string& text) { return !is_blank(text); }

// Everything in an article that can be damaged.
struct Targets {
    std::vector<std::string*> words;
    std::vector<std::pair<Inlines*, std::size_t>> inlines; // with words
    std::vector<std::pair<Blocks*, std::size_t>> blocks;
    std::vector<std::pair<Inlines*, std::size_t>> notes;
    std::vector<std::pair<TableRow*, std::size_t>> cells;
    std::vector<std::pair<List*, std::size_t>> items;

    void add(Inlines& inlines_in) {
        for (std::size_t i = 0; i < inlines_in.size(); ++i) {
            Inline& one = inlines_in[i];
            bool has = true;
            std::visit(overloaded{
                           [&](Text& text) {
                               words.push_back(&text.text);
                               has = !text.text.empty();
                           },
                           [&](Code& code) { words.push_back(&code.text); },
                           [&](Phrase& phrase) { add(phrase.body), has = has_words(plain_text(phrase.body)); },
                           [&](Link& link) { add(link.body), has = has_words(plain_text(link.body)); },
                           [&](Image& image) {
                               if (!image.alternative.empty()) words.push_back(&image.alternative);
                           },
                           [&](Note& note) {
                               add(note.body);
                               if (!note.body.empty()) notes.emplace_back(&inlines_in, i);
                               has = false;
                           },
                           [&](LineBreak&) {},
                           [&](WordBreak&) { has = false; },
                           [&](NoteReference&) {},
                           [&](Field&) {},
                       },
                       one.node);
            if (has) inlines.emplace_back(&inlines_in, i);
        }
    }
    void add(Blocks& blocks_in) {
        for (std::size_t i = 0; i < blocks_in.size(); ++i) {
            Block& block = blocks_in[i];
            std::visit(overloaded{
                           [&](Paragraph& paragraph) { add(paragraph.body); },
                           [&](Heading& heading) { add(heading.title); },
                           [&](Quote& quote) { add(quote.body); },
                           [&](CodeBlock& code) { words.push_back(&code.text); },
                           [&](ThematicBreak&) {},
                           [&](List& list) {
                               for (std::size_t k = 0; k < list.items.size(); ++k) {
                                   add(list.items[k].body);
                                   if (has_words(plain_text(list.items[k].body))) items.emplace_back(&list, k);
                               }
                           },
                           [&](DefinitionList& list) {
                               for (DefinitionItem& item : list.items) {
                                   for (auto& term : item.terms) add(term.second);
                                   for (auto& definition : item.definitions) add(definition.second);
                               }
                           },
                           [&](Table& table) {
                               add(table.caption);
                               if (table.head) add(*table.head);
                               for (TableRowGroup& body : table.bodies) add(body);
                               if (table.foot) add(*table.foot);
                           },
                           [&](Figure& figure) { add(figure.body), add(figure.caption); },
                           [&](CallOut& call_out) { add(call_out.title), add(call_out.body); },
                           [&](Division& division) { add(division.body); },
                       },
                       block.node);
            const Blocks one{block};
            if (has_words(plain_text(one)) || std::holds_alternative<ThematicBreak>(block.node))
                blocks.emplace_back(&blocks_in, i);
        }
    }
    void add(TableRowGroup& group) {
        for (TableRow& row : group.rows)
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                add(row.cells[i].body);
                if (has_words(plain_text(row.cells[i].body))) cells.emplace_back(&row, i);
            }
    }
};

template <class Container>
auto at(Container& container, std::size_t index) {
    return container.begin() + static_cast<std::ptrdiff_t>(index);
}

std::string change_character(std::string& words, std::size_t kind, std::mt19937& random) {
    if (words.empty()) return {};
    std::size_t begin = random() % words.size();
    while (begin > 0 && is_continuation_byte(words[begin])) --begin;
    const std::size_t size = decode_utf8(words, begin).size;
    const std::string one = words.substr(begin, size), shown = "‘" + one + "’ of ‘" + words.substr(0, 60) + "’";
    const bool is_line_end = begin + size == words.size() && one == "\n"; // the last one of code is no text
    if (is_line_end) return {};
    if (kind == 0) return words.erase(begin, size), "dropped " + shown;
    if (kind == 1) return words.insert(begin, one), "doubled " + shown;
    return words.replace(begin, size, one == "x" ? "y" : "x"), "altered " + shown;
}

} // namespace

std::string damage(Article& article, std::uint32_t seed) {
    std::mt19937 random(seed);
    Targets targets;
    targets.add(article.body);
    const auto any = [&](auto& list) -> auto& { return list[random() % list.size()]; };
    const std::size_t kind = random() % 13;
    if (kind < 6) return targets.words.empty() ? std::string() : change_character(*any(targets.words), kind % 3, random);
    switch (kind) {
    case 6: {
        if (targets.inlines.empty()) return {};
        const auto [holder, index] = any(targets.inlines);
        const std::string words = plain_text(Inlines{(*holder)[index]});
        holder->erase(at(*holder, index));
        return "dropped the phrase ‘" + words + "’";
    }
    case 7: {
        if (targets.inlines.empty()) return {};
        const auto [holder, index] = any(targets.inlines);
        holder->insert(at(*holder, index), Inline((*holder)[index]));
        return "doubled a phrase";
    }
    case 8: {
        if (targets.blocks.empty()) return {};
        const auto [holder, index] = any(targets.blocks);
        holder->erase(at(*holder, index));
        return "dropped a block";
    }
    case 9: {
        if (targets.blocks.empty()) return {};
        const auto [holder, index] = any(targets.blocks);
        holder->insert(at(*holder, index), Block((*holder)[index]));
        return "doubled a block";
    }
    case 10: {
        if (targets.cells.empty()) return {};
        const auto [row, index] = any(targets.cells);
        if (random() % 2 == 0)
            row->cells.erase(at(row->cells, index));
        else
            row->cells.insert(at(row->cells, index), TableCell(row->cells[index]));
        return "dropped or doubled a cell";
    }
    case 11: {
        if (targets.notes.empty()) return {};
        const auto [holder, index] = any(targets.notes);
        if (random() % 2 == 0)
            std::get<Note>((*holder)[index].node).body.clear();
        else
            holder->erase(at(*holder, index));
        return "dropped a note";
    }
    default: {
        if (targets.items.empty()) return {};
        const auto [list, index] = any(targets.items);
        if (random() % 2 == 0)
            list->items[index].body.clear();
        else
            list->items.erase(at(list->items, index));
        return "dropped a list item";
    }
    }
}

} // namespace bifolio::test
