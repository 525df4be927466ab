#include "read/account_gaps.h"

#include "base/utf8.h"
#include "read/attribute_list.h"

#include <algorithm>

namespace bifolio {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; } // asked of every byte

constexpr std::size_t most_words = 160; // bytes of what was left out that are shown

// Which marks the parts that end and begin at a place grant.
struct Grants {
    int stars = 0, tildes = 0, carets = 0, opening_brackets = 0, closing_brackets = 0, opening_angles = 0, closing_angles = 0;
    int headings = 0, items = 0, boxes = 0, definitions = 0, divisions = 0, captions = 0, call_outs = 0;
    int delimiter_rows = 0;
    bool bars = false;
    bool is_within_line = true;         // nothing but phrases ends or begins: white space is text
    std::vector<const NodeInfo*> named; // what may have been given attributes here
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_names(const NodeInfo& info) {
    return !info.id.empty() || !info.classes.empty() || !info.attributes.empty() || !info.language.empty();
}

class GapReader {
public:
    GapReader(const GapText& text, const AccountParts& parts, const std::set<std::uint32_t>& unused, SourceBytes& bytes,
              MarkupScanner& scanner)
        : given_(text), text_(text.text), parts_(parts), unused_(unused), bytes_(bytes), scanner_(scanner) {
        for (const AccountPart& part : parts.parts) {
            if (part.kind == PartKind::note) ++notes_;
            if (part.kind == PartKind::list_item) items_.push_back(part.info->where.begin);
        }
        std::ranges::sort(items_);
    }

    GapFindings read() {
        at_ = given_.begin;
        enter_gap();
        while (at_ < text_.size()) {
            const std::size_t before = next_;
            while (next_ < parts_.leaves.size() && parts_.leaves[next_].first <= at_) ++next_;
            if (next_ != before) enter_gap();
            if (bytes_.at(at_) != ByteClass::unknown) {
                skip_known();
                continue;
            }
            if (!step()) lose();
        }
        return std::move(found_);
    }

private:
    struct Node {
        std::size_t begin = 0;
        const NodeInfo* info = nullptr;
        const Inline* phrase = nullptr;
        bool shows = false; // a picture, a line break, a rule
    };

    // By where they begin. Only tags ask for them, and most Markdown has none.
    const std::vector<Node>& nodes() {
        if (!nodes_.empty()) return nodes_;
        const auto note = [&](const NodeInfo* info, const Inline* phrase, bool shows) {
            if (info) nodes_.push_back({info->where.begin, info, phrase, shows});
        };
        for (const AccountPart& part : parts_.parts) note(part.info, part.phrase, false);
        for (const AccountLeaf& leaf : parts_.leaves)
            note(leaf.info, nullptr,
                 leaf.kind == LeafKind::picture || leaf.kind == LeafKind::line_break || leaf.kind == LeafKind::rule);
        std::ranges::stable_sort(nodes_, {}, &Node::begin);
        return nodes_;
    }

    bool is_empty_at(std::size_t leaf) const { return parts_.leaves[leaf].kind == LeafKind::nothing; }
    bool is_markdown() const { return given_.writing == Writing::markdown; }

    // ---- what a gap grants ----

    void grant(std::uint32_t id, bool opens) {
        const AccountPart& part = parts_.parts[id];
        grants_.is_within_line &= !part.is_block;
        if (part.info) grants_.named.push_back(part.info);
        const bool is_html = part.info && part.info->where.begin < text_.size() && text_[part.info->where.begin] == '<';
        const auto count = [&](int& mark, bool when = true) { mark += when ? 1 : 0; };
        switch (part.kind) {
        case PartKind::phrase: {
            if (is_html && part.info->where.begin != part.info->where.end) return;
            const PhraseKind kind = std::get<Phrase>(part.phrase->node).kind;
            if (kind == PhraseKind::emphasis) grants_.stars += 1;
            if (kind == PhraseKind::strong) grants_.stars += 2;
            if (kind == PhraseKind::strikethrough) grants_.tildes += 2;
            if (kind == PhraseKind::subscript) grants_.tildes += 1;
            if (kind == PhraseKind::superscript) grants_.carets += 1;
            if (kind == PhraseKind::span) {
                count(grants_.opening_brackets, opens);
                count(grants_.closing_brackets, !opens);
            }
            return;
        }
        case PartKind::link:
            count(grants_.opening_brackets, opens);
            count(grants_.opening_angles, opens);
            count(grants_.closing_brackets, !opens);
            count(grants_.closing_angles, !opens);
            return;
        case PartKind::heading: grants_.headings += 1; return;
        case PartKind::list_item:
            count(grants_.items, opens);
            count(grants_.boxes, opens && part.item->checked.has_value());
            return;
        case PartKind::definition: count(grants_.definitions, opens); return;
        case PartKind::division: grants_.divisions += 1; return;
        case PartKind::caption:
            count(grants_.captions, opens);
            grants_.named.push_back(parts_.parts[part.parent].info); // whose attributes stand behind the caption
            return;
        case PartKind::call_out: count(grants_.call_outs, opens); return;
        case PartKind::table_head: count(grants_.delimiter_rows, !opens); [[fallthrough]];
        case PartKind::table:
        case PartKind::table_row:
        case PartKind::table_cell: grants_.bars = true; return;
        case PartKind::title: // the first heading was taken for it
            grants_.headings += 1;
            return;
        case PartKind::note: // its label may stand before a list or be all there is of it
        case PartKind::article:
        case PartKind::paragraph:
        case PartKind::quote:
        case PartKind::list:
        case PartKind::definition_list:
        case PartKind::term:
        case PartKind::figure:
        case PartKind::call_out_title: return;
        }
    }

    void enter_gap() {
        std::vector<const NodeInfo*> named = std::move(grants_.named); // its room is used again
        named.clear();
        grants_ = {};
        grants_.named = std::move(named);
        const AccountLeaf* before = next_ > 0 ? &parts_.leaves[next_ - 1] : nullptr;
        const AccountLeaf* after = next_ < parts_.leaves.size() ? &parts_.leaves[next_] : nullptr;
        std::uint32_t from = before ? before->part : 0, to = after ? after->part : 0;
        if (!before || !after) grants_.is_within_line = false;
        for (const AccountLeaf* leaf : {before, after}) {
            if (!leaf) continue;
            grants_.named.push_back(leaf->info);
            if (leaf->kind == LeafKind::code_block || leaf->kind == LeafKind::rule) grants_.is_within_line = false;
            // What is empty opens and closes at its place.
            if (leaf->kind == LeafKind::nothing) grant(leaf->part, leaf == before ? true : false);
        }
        while (from != to) {
            if (parts_.parts[from].depth >= parts_.parts[to].depth) {
                grant(from, false);
                from = parts_.parts[from].parent;
            } else {
                grant(to, true);
                to = parts_.parts[to].parent;
            }
        }
        space_is_free_ = !grants_.is_within_line || may_lose_space(before, true) || may_lose_space(after, false);
    }

    // White space collapses into what stands beside it.
    static bool may_lose_space(const AccountLeaf* leaf, bool is_before) {
        if (!leaf) return true;
        if (leaf->kind == LeafKind::line_break || leaf->kind == LeafKind::nothing) return true;
        if (leaf->kind != LeafKind::text || leaf->words.empty()) return false;
        return is_space(is_before ? leaf->words.back() : leaf->words.front());
    }

    // ---- steps ----

    void skip_known() {
        const std::size_t end = bytes_.end_of_known(at_);
        const std::size_t line = text_.substr(at_, end - at_).rfind('\n');
        const std::size_t from = line == std::string_view::npos ? at_ : at_ + line + 1;
        if (from > at_) starts_line_ = true;
        for (std::size_t i = from; i < end && starts_line_; ++i)
            starts_line_ = bytes_.at(i) == ByteClass::markup || is_space(text_[i]);
        at_ = end;
    }

    bool take(std::size_t size, ByteClass as = ByteClass::markup) {
        bytes_.set(at_, at_ + size, as);
        at_ += size;
        return true;
    }
    bool spend(int& granted, std::size_t size) { return granted > 0 ? (--granted, take(size)) : false; }

    void leave_out(LeftOutReason reason, std::size_t begin, std::size_t end) {
        if (is_blank(text_.substr(begin, end - begin))) return;
        bytes_.set(begin, end, ByteClass::left_out);
        std::string words = collapsed(text_.substr(begin, std::min(end - begin, most_words)));
        words = with_replacements(words);
        if (end - begin > most_words) words += " …";
        found_.left_out.push_back({reason, span(begin, end), std::move(words)});
    }

    Span span(std::size_t begin, std::size_t end) const {
        return {given_.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }

    bool step() {
        const char c = text_[at_];
        if (c == '\n') {
            if (!space_is_free_ && !is_inside_leaf() && grants_.is_within_line) return false;
            starts_line_ = true;
            return take(1);
        }
        if (is_space(c)) {
            if (!space_is_free_ && !is_inside_leaf() && !starts_line_ && grants_.is_within_line && !ends_line()) return false;
            return take(1);
        }
        if (given_.writing == Writing::plain) return false;
        if (is_markdown() && c == '<' && grants_.opening_angles > 0 && is_leaf_next()) return spend(grants_.opening_angles, 1);
        if (c == '<' || c == ']')
            if (token()) return true;
        return is_markdown() && markdown_mark(c);
    }

    bool ends_line() const {
        const std::size_t next = text_.find_first_not_of(" \t", at_);
        return next == std::string_view::npos || text_[next] == '\n';
    }
    bool is_inside_leaf() const { return next_ > 0 && at_ < parts_.leaves[next_ - 1].last; }
    bool is_leaf_next() const { return next_ < parts_.leaves.size() && parts_.leaves[next_].first == at_ + 1; }
    std::string_view rest_of_gap() const {
        std::size_t end = text_.size();
        for (std::size_t i = next_; i < parts_.leaves.size(); ++i)
            if (!is_empty_at(i)) {
                end = parts_.leaves[i].first;
                break;
            }
        return text_.substr(at_, std::max(end, at_) - at_);
    }

    bool markdown_mark(char c) {
        const bool starts = std::exchange(starts_line_, false);
        if (starts && c == '>') return starts_line_ = true, take(1); // a “>” of text would stand behind a backslash
        if (starts && (c == '-' || c == ':' || c == '|') && grants_.delimiter_rows > 0 && is_delimiter_row())
            return spend(grants_.delimiter_rows, line().size());
        if (c == '\\' && is_leaf_next() && parts_.leaves[next_].words.starts_with(text_[at_ + 1]))
            return take(1); // “\|” in a table
        switch (c) {
        case '*':
        case '_':
            if (grants_.stars > 0) return spend(grants_.stars, 1);
            break;
        case '^': return spend(grants_.carets, 1);
        case '[': return opening_bracket(starts);
        case ']': return closing_bracket();
        case '>': return spend(grants_.closing_angles, 1);
        case '|': return grants_.bars && take(1);
        case '{': return attribute_list();
        case '#':
            if (grants_.headings > 0 && !is_inside_leaf()) return take(run('#'));
            break;
        case '=':
            if (starts && grants_.headings > 0) return take(run('='));
            break;
        case 'T': return starts_with("Table:") && spend(grants_.captions, 6);
        case 'F': return starts_with("Figure:") && spend(grants_.captions, 7);
        default: break;
        }
        if (c == '~' && grants_.tildes > 0) return spend(grants_.tildes, 1);
        if (starts && c == ':' && starts_with(":::")) return division_fence();
        if (starts && (c == ':' || c == '~') && grants_.definitions > 0)
            return starts_line_ = true, spend(grants_.definitions, 1);
        if (starts && list_mark()) return true;
        if (starts && c == '-' && grants_.headings > 0 &&
            is_blank(trimmed(line()).substr(std::min(run('-'), trimmed(line()).size()))))
            return take(run('-'));
        return false;
    }

    bool starts_with(std::string_view what) const { return text_.substr(at_).starts_with(what); }
    std::size_t run(char c) const { return std::min(text_.find_first_not_of(c, at_), text_.size()) - at_; }
    std::string_view line() const { return text_.substr(at_, std::min(text_.find('\n', at_), text_.size()) - at_); }
    bool is_delimiter_row() const { return line().find_first_not_of(" \t-:|") == std::string_view::npos; }

    bool list_mark() {
        // The item's first words may be a note, which the model has elsewhere.
        const bool is_item = std::ranges::binary_search(items_, static_cast<std::uint32_t>(at_));
        if (grants_.items == 0 && !is_item) return false;
        std::size_t size = 0;
        if (text_[at_] == '-' || text_[at_] == '+' || text_[at_] == '*') {
            size = 1;
        } else {
            while (size < 9 && at_ + size < text_.size() && is_digit(text_[at_ + size])) ++size;
            const char mark = at_ + size < text_.size() ? text_[at_ + size] : ' ';
            if (size == 0 || (mark != '.' && mark != ')')) return false;
            ++size;
        }
        if (at_ + size < text_.size() && !is_space(text_[at_ + size])) return false;
        if (grants_.items > 0) --grants_.items;
        take(size);
        return starts_line_ = true;
    }

    bool division_fence() {
        if (grants_.divisions == 0) return false;
        take(run(':'));
        std::string_view rest = trimmed(line());
        const std::size_t begin =
            at_ + static_cast<std::size_t>(rest.empty() ? 0 : rest.data() - text_.data() - static_cast<std::ptrdiff_t>(at_));
        if (rest.empty()) return true;
        if (rest.starts_with('{')) {
            at_ = begin;
            return attribute_list();
        }
        bytes_.set(begin, begin + rest.size(), ByteClass::markup); // a class without braces
        at_ = begin + rest.size();
        return true;
    }

    bool opening_bracket(bool starts) {
        const std::string_view rest = rest_of_gap();
        const auto up_to_bracket = [&](std::size_t more) {
            const std::size_t end = rest.find(']');
            return end == std::string_view::npos || rest.substr(0, end).find('\n') != std::string_view::npos ? 0 : end + more;
        };
        if (rest.starts_with("[^") && notes_ > 0)
            if (const std::size_t size = up_to_bracket(2); size > 4 && rest.substr(size - 2, 2) == "]:" &&
                                                           rest.substr(0, size).find_first_of(" \t") == std::string_view::npos) {
                starts_line_ = true; // a note may begin with a list, or with a definition
                return spend(notes_, size);
            }
        if (starts)
            if (const LinkDefinitionMarks marks = link_definition(rest); marks.size > 0) return definition(marks);
        if (rest.starts_with("[!") && grants_.call_outs > 0)
            if (const std::size_t size = up_to_bracket(1); size > 0) return spend(grants_.call_outs, size);
        if (grants_.boxes > 0 && rest.size() >= 3 && rest[2] == ']' && (rest[1] == ' ' || rest[1] == 'x' || rest[1] == 'X'))
            return starts_line_ = true, spend(grants_.boxes, 3);
        return spend(grants_.opening_brackets, 1);
    }

    bool definition(const LinkDefinitionMarks& marks) {
        const auto label = static_cast<std::uint32_t>(at_);
        if (unused_.contains(label))
            leave_out(LeftOutReason::unused_link, at_, at_ + marks.size);
        else
            bytes_.set(at_, at_ + marks.size, ByteClass::markup);
        at_ += marks.size;
        return true;
    }

    bool closing_bracket() {
        if (grants_.closing_brackets == 0) return false;
        const std::string_view rest = rest_of_gap();
        if (rest.size() > 1 && rest[1] == '{' && has_span_to_close()) return spend(grants_.closing_brackets, 1);
        const LinkEndMarks marks = link_end(rest);
        if (marks.title_end > marks.title_begin) {
            const std::size_t begin = at_ + marks.title_begin, end = at_ + marks.title_end;
            if (reached_as_title(begin, end))
                bytes_.set(begin, end, ByteClass::text);
            else
                leave_out(LeftOutReason::link_title, begin, end);
        }
        return spend(grants_.closing_brackets, marks.size);
    }

    bool has_span_to_close() const {
        return std::ranges::any_of(grants_.named, [](const NodeInfo* info) { return has_names(*info); });
    }

    // A link that ends here has these words as its title, or did (a refused one).
    bool reached_as_title(std::size_t begin, std::size_t end) {
        const std::string_view written = text_.substr(begin, end - begin);
        const std::string words = collapsed(written);
        for (std::uint32_t part = next_ > 0 ? parts_.leaves[next_ - 1].part : 0; part != 0; part = parts_.parts[part].parent) {
            const Inline* phrase = parts_.parts[part].phrase;
            const auto* link = phrase ? std::get_if<Link>(&phrase->node) : nullptr;
            if (!link) continue;
            const bool is_plain = written.find_first_of("\\&") == std::string_view::npos;
            return is_plain ? collapsed(link->title) == words : !link->title.empty();
        }
        return false;
    }

    bool attribute_list() {
        std::string_view rest = text_.substr(at_);
        const std::size_t before = rest.size();
        const std::optional<AttributeList> list = take_attribute_list(rest);
        if (!list) return false;
        const std::size_t size = before - rest.size();
        std::string unknown;
        const auto is_given = [&](auto&& has) {
            return std::ranges::any_of(grants_.named, [&](const NodeInfo* info) { return has(*info); });
        };
        bool is_granted = list->id.empty() && list->classes.empty() && list->language.empty();
        const auto grant_name = [&](bool given) { is_granted |= given; };
        if (!list->id.empty()) grant_name(is_given([&](const NodeInfo& info) { return info.id == list->id; }));
        if (!list->language.empty()) grant_name(is_given([&](const NodeInfo& info) { return info.language == list->language; }));
        for (const std::string& name : list->classes)
            grant_name(
                is_given([&](const NodeInfo& info) { return std::ranges::find(info.classes, name) != info.classes.end(); }));
        for (const Attribute& attribute : list->attributes)
            if (!is_known_attribute(attribute.name))
                unknown += (unknown.empty() ? "" : " ") + attribute.name + "=" + attribute.value;
        if (!is_granted && !is_given(has_names)) return false;
        if (!unknown.empty() || !is_granted) // the second id of a block replaces the first
            leave_out(LeftOutReason::attribute, at_, at_ + size);
        return take(size);
    }

    // ---- HTML ----

    bool token() {
        const MarkupToken token = scanner_.token(at_);
        if (token.kind == MarkupKind::none) return false;
        const std::size_t begin = at_;
        switch (token.kind) {
        case MarkupKind::comment: leave_out(LeftOutReason::comment, begin, token.end); break;
        case MarkupKind::instruction:
            if (!starts_with("<?xml") && !equals_ignoring_ascii_case(text_.substr(at_ + 2, 7), "doctype"))
                leave_out(LeftOutReason::instruction, begin, token.end);
            break;
        case MarkupKind::start_tag:
            if (!start_tag(token)) return false;
            break;
        default: break;
        }
        bytes_.set(begin, token.end, ByteClass::markup);
        at_ = std::max(at_, token.end);
        return true;
    }

    bool start_tag(const MarkupToken& tag) {
        // What shows something by itself must be in the model.
        const bool shows = tag.name == "img" || tag.name == "br" || tag.name == "hr";
        if (shows && std::ranges::none_of(std::ranges::equal_range(nodes(), tag.begin, {}, &Node::begin), &Node::shows))
            return false;
        const std::vector<TagAttribute> attributes = scanner_.attributes(tag);
        const auto value = [&](const TagAttribute& a) { return text_.substr(a.begin, a.end - a.begin); };
        bool is_way_back = false, is_notes = false, is_head_words = false;
        for (const TagAttribute& attribute : attributes) {
            const std::string_view words = value(attribute);
            if (attribute.name == "class" || attribute.name == "role" || attribute.name == "epub:type") {
                is_way_back |= tag.name == "a" && (words.find("back") != std::string_view::npos);
                is_notes |= words.find("footnotes") != std::string_view::npos || words.find("endnotes") != std::string_view::npos;
            }
            is_notes |= attribute.name == "data-footnotes";
            is_way_back |= attribute.name == "data-footnote-backref";
            is_head_words |= tag.name == "meta" && (attribute.name == "name" || attribute.name == "property");
        }
        for (const TagAttribute& attribute : attributes) account_for(tag, attribute, is_head_words);
        notes_section_ |= is_notes;
        const bool is_heading = notes_section_ && tag.name.size() == 2 && tag.name[0] == 'h' && is_digit(tag.name[1]);
        const bool is_raw = is_raw_element(tag.name) && tag.name != "textarea" && tag.name != "xmp" &&
                            (tag.name != "title" || given_.is_document);
        if (!is_raw && !is_way_back && !is_heading) return true;
        std::size_t end = scanner_.end_of_raw(tag.name, tag.end);
        if (end == std::string_view::npos && !is_raw) return true;
        end = std::min(end, text_.size()); // what is never closed goes on to the end of the file
        for (std::size_t i = tag.end; i < end; ++i)
            if (bytes_.at(i) != ByteClass::unknown) return true; // it reached the model after all
        if (tag.name == "title" && !given_.title.empty() && collapsed(text_.substr(tag.end, end - tag.end)) == given_.title)
            bytes_.set(tag.end, end, ByteClass::text);
        else if (is_raw || !is_blank(text_.substr(tag.end, end - tag.end)))
            leave_out(is_way_back           ? LeftOutReason::way_back
                      : is_heading          ? LeftOutReason::notes_heading
                      : tag.name == "title" ? LeftOutReason::head
                                            : LeftOutReason::script,
                      tag.end, end);
        bytes_.set(tag.begin, tag.end, ByteClass::markup);
        at_ = end;
        return true;
    }

    // Words for people in attributes.
    void account_for(const MarkupToken& tag, const TagAttribute& attribute, bool is_head_words) {
        constexpr std::string_view for_people[] = {"title", "alt",        "summary",          "placeholder",
                                                   "label", "aria-label", "aria-description", "abbr"};
        const bool is_value = tag.name == "input" && attribute.name == "value";
        const bool is_meta = is_head_words && attribute.name == "content";
        if (std::find(std::begin(for_people), std::end(for_people), attribute.name) == std::end(for_people) && !is_value &&
            !is_meta)
            return;
        const std::string_view written = text_.substr(attribute.begin, attribute.end - attribute.begin);
        if (is_blank(written)) return;
        if (bytes_.at(attribute.begin) != ByteClass::unknown) return; // of a picture
        if (is_meta) return leave_out(LeftOutReason::head, attribute.begin, attribute.end);
        if (is_in_model(tag.begin, attribute.name, written))
            bytes_.set(attribute.begin, attribute.end, ByteClass::text);
        else
            leave_out(LeftOutReason::attribute, attribute.begin, attribute.end);
    }

    bool is_in_model(std::size_t begin, std::string_view name, std::string_view written) {
        const bool is_plain = written.find('&') == std::string_view::npos;
        const auto is_same = [&](std::string_view kept) {
            return is_plain ? collapsed(kept) == collapsed(written) : !kept.empty();
        };
        for (auto node = std::ranges::lower_bound(nodes(), begin, {}, &Node::begin); node != nodes_.end() && node->begin == begin;
             ++node) {
            for (const Attribute& attribute : node->info->attributes)
                if (attribute.name == name && is_same(attribute.value)) return true;
            const auto* link = node->phrase ? std::get_if<Link>(&node->phrase->node) : nullptr;
            if (link && name == "title" && is_same(link->title)) return true;
        }
        return false;
    }

    // ---- what nobody can explain ----

    void lose() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && bytes_.at(at_) == ByteClass::unknown && (at_ == begin || !is_space(text_[at_]))) {
            if (at_ > begin && text_[at_] == '<' && scanner_.token(at_).kind != MarkupKind::none) break;
            ++at_;
        }
        bytes_.set(begin, at_, ByteClass::reported);
        starts_line_ = false;
        auto& all = found_.unexplained;
        if (!all.empty() && is_blank(text_.substr(all.back().end, begin - all.back().end)) && last_lost_gap_ == next_)
            all.back().end = static_cast<std::uint32_t>(at_);
        else
            all.push_back(span(begin, at_));
        last_lost_gap_ = next_;
    }

    const GapText& given_;
    std::string_view text_;
    const AccountParts& parts_;
    const std::set<std::uint32_t>& unused_;
    SourceBytes& bytes_;
    MarkupScanner& scanner_;
    std::vector<Node> nodes_;          // see nodes()
    std::vector<std::uint32_t> items_; // where list items begin, ascending
    int notes_ = 0;                    // whose labels have not been met yet
    std::size_t at_ = 0, next_ = 0, last_lost_gap_ = 0;
    bool starts_line_ = true, space_is_free_ = true, notes_section_ = false;
    Grants grants_;
    GapFindings found_;
};

} // namespace

GapFindings explain_gaps(const GapText& text, const AccountParts& parts, const std::set<std::uint32_t>& unused,
                         SourceBytes& bytes, MarkupScanner& scanner) {
    return GapReader(text, parts, unused, bytes, scanner).read();
}

} // namespace bifolio
