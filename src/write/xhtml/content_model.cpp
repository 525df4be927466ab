#include "write/xhtml/content_model.h"

#include "base/utf8.h"

namespace bifolio {

bool is_well_formed_list(const Book& book, NodeId list) {
    bool terms = false, definitions = false;
    const auto group_is_whole = [&] { return terms == definitions; };
    for (const NodeId child : children(book, list)) {
        const Element element = book.node(child).element;
        if (element == Element::dt) {
            if (definitions) terms = definitions = false;
            terms = true;
        } else if (element == Element::dd) {
            if (!terms) return false;
            definitions = true;
        } else if (element == Element::div && book.node(list).element == Element::dl) {
            if (!group_is_whole() || !is_well_formed_list(book, child)) return false;
            terms = definitions = false;
        } else {
            return false;
        }
    }
    return group_is_whole();
}

bool is_well_formed_ruby(const Book& book, NodeId ruby) {
    enum class At { start, base, bare_reading, opened, reading, closed };
    At at = At::start;
    for (const NodeId child : children(book, ruby)) {
        const Node& node = book.node(child);
        if (node.element == Element::rt) {
            if (at == At::base || at == At::bare_reading)
                at = At::bare_reading;
            else if (at == At::opened || at == At::closed) // a parenthesis may close one reading and open the next
                at = At::reading;
            else
                return false;
        } else if (node.element == Element::rp) {
            for (const NodeId one : children(book, child))
                if (book.node(one).element != Element::text) return false;
            if (at == At::base)
                at = At::opened;
            else if (at == At::reading)
                at = At::closed;
            else
                return false;
        } else if (node.element == Element::text && is_blank(node.text)) {
            continue;
        } else {
            if (at == At::opened || at == At::reading || is_blank(text_content(book, child))) return false;
            at = At::base;
        }
    }
    return at == At::bare_reading || at == At::closed;
}

} // namespace bifolio
