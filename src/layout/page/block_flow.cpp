#include "layout/page/block_flow.h"

#include "layout/page/page_builder.h"
#include "layout/page/picture_layout.h"
#include "layout/page/table_layout.h"
#include "layout/page/table_model.h"

#include <algorithm>

namespace bifolio {

namespace {

bool is_forced(BreakBetween value) {
    switch (value) {
    case BreakBetween::always:
    case BreakBetween::page:
    case BreakBetween::left:
    case BreakBetween::right:
    case BreakBetween::recto:
    case BreakBetween::verso:
    case BreakBetween::all: return true;
    case BreakBetween::automatic:
    case BreakBetween::avoid:
    case BreakBetween::avoid_page:
    case BreakBetween::column:
    case BreakBetween::avoid_column: return false;
    }
    return false;
}

bool is_side_float(const ComputedStyle& style) {
    return style.float_ == Float::left || style.float_ == Float::right || style.float_ == Float::inside ||
           style.float_ == Float::outside;
}

// The second item of a list, the last of three and more, or the first of a list that stands in another list's item.
bool leaves_lonely_item(const Book& book, NodeId item) {
    const Node& node = book.node(item);
    if (node.parent == no_node) return false;
    const NodeId first{index(node.parent) + 1};
    if (item == first) {
        const NodeId outer = book.node(node.parent).parent;
        return outer != no_node && book.node(outer).element == Element::li;
    }
    const bool second = book.node(first).end == item;
    return second || node.end == book.node(node.parent).end;
}

// Whether words end with a colon, which announces what stands below them.
bool announces(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text.ends_with(':') || text.ends_with("\xEF\xBC\x9A"); // fullwidth
}

bool avoids_inside(const ComputedStyle& style) {
    return style.break_inside != BreakInside::automatic && style.break_inside != BreakInside::avoid_column;
}

bool is_avoided(BreakBetween value) { return value == BreakBetween::avoid || value == BreakBetween::avoid_page; }

} // namespace

BlockFlow::BlockFlow(const LayoutContext& context, SectionState& state, Length width)
    : context_(context), state_(state), width_(max(width, Length::pt(1))) {}

void BlockFlow::lead_with(GeneratedPart part) { lead_.push_back(std::move(part)); }

void BlockFlow::add_margin(Length margin) {
    pending_.add(margin);
    if (around_float_) around_float_->add(margin);
}

void BlockFlow::add_mark(NodeId id) {
    if (context_.has(id, NodeFlag::marked)) pending_.marks.push_back(id);
}

void BlockFlow::begin_breaks(const ComputedStyle& style) {
    if (is_forced(style.break_before)) pending_.forced = style.break_before;
    if (is_avoided(style.break_before)) pending_.penalty = std::max(pending_.penalty, cost_of_parting);
    if (avoids_inside(style))
        avoid_inside_.push_back({style.break_inside == BreakInside::never ? cost_of_never : cost_of_cut_box, false});
}

void BlockFlow::end_breaks(const ComputedStyle& style) {
    if (avoids_inside(style)) avoid_inside_.pop_back();
    if (is_forced(style.break_after)) pending_.forced = style.break_after;
    if (is_avoided(style.break_after)) pending_.penalty = std::max(pending_.penalty, cost_of_parting);
}

Fragment& BlockFlow::emit(Length height, Cost penalty_before) {
    Fragment fragment;
    fragment.height = max(height, Length());
    fragment.space_before = pending_.space();
    fragment.space_without_float = around_float_ ? around_float_->space() : fragment.space_before;
    around_float_.reset();
    fragment.container = container_;
    fragment.column_set = column_set_;
    fragment.page_name = page_name_;
    fragment.penalty_before = penalty_before + pending_.penalty;
    if (after_kept_ && pending_.penalty == 0) fragment.penalty_before += cost_of_lonely_line;
    after_kept_ = pending_.penalty >= cost_of_parting && pending_.penalty < cost_of_never;
    for (AvoidInside& box : avoid_inside_) {
        if (box.begun) fragment.penalty_before += box.cost;
        box.begun = true;
    }
    if (y_ < float_bottom()) fragment.penalty_before = cost_of_never;
    fragment.forced = pending_.forced;
    if (!galley_.fragments.empty() && galley_.fragments.back().page_name != page_name_ && !is_forced(fragment.forced))
        fragment.forced = BreakBetween::page;
    if (is_forced(fragment.forced) && !galley_.fragments.empty()) {
        floats_.clear(); // the next page knows nothing of them
        fragment.penalty_before = 0;
    }
    const auto items = static_cast<std::uint32_t>(galley_.items.size());
    const auto links = static_cast<std::uint32_t>(galley_.links.size());
    const auto marks = static_cast<std::uint32_t>(galley_.marks.size());
    const auto notes = static_cast<std::uint32_t>(galley_.notes.size());
    for (const NodeId node : pending_.marks) galley_.marks.push_back({node, {x_, Length()}});
    fragment.items = {items, items};
    fragment.links = {links, links};
    fragment.marks = {marks, static_cast<std::uint32_t>(galley_.marks.size())};
    fragment.notes = {notes, notes};
    y_ += fragment.space_before + fragment.height;
    fragment.overhang = max(float_bottom() - y_, Length());
    pending_ = {};
    galley_.fragments.push_back(fragment);
    return galley_.fragments.back();
}

std::uint32_t BlockFlow::open_container(NodeId id, std::uint32_t style, Length x, Length width, bool painted) {
    Container container;
    container.parent = container_;
    container.node = id;
    container.column_set = column_set_;
    container.style = style;
    container.x = x;
    container.width = width;
    container.painted = painted;
    container.fragments.begin = container.fragments.end = static_cast<std::uint32_t>(galley_.fragments.size());
    galley_.containers.push_back(std::move(container));
    return container_ = static_cast<std::uint32_t>(galley_.containers.size() - 1);
}

void BlockFlow::close_container(std::uint32_t number) {
    Container& container = galley_.containers[number];
    container.fragments.end = static_cast<std::uint32_t>(galley_.fragments.size());
    container_ = container.parent;
}

// The padding and border above or below a box's content.
void BlockFlow::add_edge(Length height, bool top) {
    if (height <= Length()) return;
    emit(height, top ? 0 : cost_of_never);
    if (top) pending_.penalty = cost_of_never;
}

void BlockFlow::keep_with_next() { pending_.penalty = std::max(pending_.penalty, cost_of_parting); }
void BlockFlow::never_break() { pending_.penalty = cost_of_never; }

BlockFlow::Region BlockFlow::set_region(Region region) {
    const Region before{x_, width_};
    x_ = region.x;
    width_ = max(region.width, Length::pt(1));
    return before;
}

// A block that asks for pages of another name is as wide as these allow.
void BlockFlow::use_page_name(const std::string& name) {
    if (galley_.is_page_flow && column_set_ == no_columns && name != state_.page_name) {
        const PageRect before = content_area(context_.styled, state_.page_name);
        const PageRect area = content_area(context_.styled, name);
        width_ = max(width_ + area.width - before.width, Length::pt(1));
        state_.page_width = area.width;
        state_.page_height = area.height;
    }
    if (galley_.is_page_flow) state_.page_name = name;
    auto found = std::find(galley_.page_names.begin(), galley_.page_names.end(), name);
    if (found == galley_.page_names.end()) found = galley_.page_names.insert(found, name);
    page_name_ = static_cast<std::uint16_t>(found - galley_.page_names.begin());
}

// What is beside the lines up to the page's edges. Boxes that are set for themselves stand within the content area.
// Beside a cell's lines are its rules, and figures stand below each other.
PageEdges BlockFlow::hang_room(NodeId block) const {
    for (NodeId id = block; id != no_node; id = context_.book.node(id).parent)
        if (context_.style(id).display == Display::table_cell) return {};
    auto [found, fresh] = state_.page_edges.try_emplace(state_.page_name);
    PageEdges& edges = found->second;
    if (fresh) {
        PageGeometries geometries(context_.styled);
        const auto measure = [&](PageSide side, bool first) {
            const PageGeometry& page = geometries.of({state_.page_name, side, first, false});
            return PageEdges{page.x, page.style.width - page.x - page.width};
        };
        edges = measure(PageSide::right, false);
        for (const PageEdges& other :
             {measure(PageSide::left, false), measure(PageSide::right, true), measure(PageSide::left, true)})
            edges = {min(edges.left, other.left), min(edges.right, other.right)};
    }
    if (!galley_.is_page_flow || column_set_ != no_columns) return edges;
    return {max(edges.left + x_, Length()), max(edges.right + state_.page_width - x_ - width_, Length())};
}

void BlockFlow::add_block(NodeId id) {
    const ComputedStyle& style = context_.style(id);
    if (style.display == Display::none) return;
    if (is_side_float(style)) return add_float(id);
    if (is_page_float(style) && add_page_float(id)) return;
    if (style.column_span_all && column_set_ != no_columns) return add_spanning(id);
    if (style.clear != Clear::none) clear_floats(style.clear != Clear::right, style.clear != Clear::left);
    const std::uint16_t page_before = page_name_;
    const Region around{x_, width_};
    const PageRect page_around{{}, {}, state_.page_width, state_.page_height};
    const std::string state_before = state_.page_name;
    if (!style.page.empty()) use_page_name(style.page);
    begin_breaks(style);
    const auto first = static_cast<std::uint32_t>(galley_.fragments.size());
    if (style.display == Display::table || style.display == Display::inline_table) {
        clear_floats(true, true); // CSS 2.1 §9.5: its border box must not overlap a float
        add_mark(id);
        set_table(context_, state_, id, *this);
    } else if (is_table_part(style.display)) { // of a table that nobody wrote
        clear_floats(true, true);
        set_table(context_, state_, id, *this);
    } else if (context_.book.node(id).element == Element::img) {
        add_picture_block(id, nullptr);
    } else {
        add_box(id, {});
    }
    end_breaks(style);
    if (style.break_inside == BreakInside::never)
        galley_.kept_boxes.push_back({id, {first, static_cast<std::uint32_t>(galley_.fragments.size())}});
    page_name_ = page_before;
    set_region(around);
    state_.page_width = page_around.width;
    state_.page_height = page_around.height;
    state_.page_name = state_before;
}

void BlockFlow::add_box(NodeId id, std::optional<Length> content_width) {
    const std::uint32_t style_index = context_.style_of(id);
    const ComputedStyle& style = context_.computed(style_index);
    const Node& node = context_.book.node(id);
    const NodeId parent = node.parent;
    const bool rtl = parent != no_node && context_.style(parent).direction == Direction::rtl;
    const bool asks_for_columns = style.column_count > 1 || !style.column_width.automatic;
    const bool columns = asks_for_columns && galley_.is_page_flow && column_set_ == no_columns;
    if (asks_for_columns && !columns && !state_.columns_reported) {
        state_.columns_reported = true;
        state_.report.diagnostics.warning("layout.columns", node.info.where,
                                          "columns within a table, a note, a float or other columns are set as one");
    }
    const BoxWidths box = box_widths(style, width_, content_width, rtl);
    const VerticalEdges edges = vertical_edges(style, width_);
    add_margin(at(style.margin, Side::top).resolve(width_));
    add_mark(id);

    const bool painted = is_painted(style);
    std::uint32_t container = no_container;
    if (painted) {
        container = open_container(id, style_index, x_ + box.x, box.border_width, true);
        if (style.box_decoration_break == BoxDecorationBreak::clone) {
            galley_.containers[container].clones = true;
            galley_.containers[container].clone_top = edges.top;
            galley_.containers[container].clone_bottom = edges.bottom;
        }
    }
    const Length outer_x = x_, outer_width = width_;
    x_ += box.x + box.left;
    width_ = box.content;
    add_edge(edges.top, true);
    const Length content_top = y_;
    if (style.display == Display::list_item) {
        clear_floats(!rtl, rtl); // or its mark would stand in the float
        if (leaves_lonely_item(context_.book, id)) pending_.penalty = std::max(pending_.penalty, cost_of_lonely_item);
        add_marker(id, box);
    }
    if (columns) open_columns(style, style_index);
    add_children(id);
    if (columns) close_columns();

    Length least;
    for (const Dimension* height : {&style.height, &style.min_height})
        if (const std::optional<Length> given = definite_height(context_, id, *height))
            least = max(least, style.box_sizing == BoxSizing::border_box ? *given - edges.top - edges.bottom : *given);
    const Length filler = least > Length() ? max(least - (y_ - content_top), Length()) : Length();
    if (!markers_.empty() && style.display == Display::list_item && markers_.size() > 0) {
        std::vector<LineBox> empty(1); // an item without words still has its marker
        const StyleMetrics& metrics = context_.metrics[style_index];
        empty[0].baseline = metrics.line_above;
        empty[0].height = metrics.line_above + metrics.line_below;
        emit_lines(empty, style);
    }
    add_edge(edges.bottom + filler, false);
    x_ = outer_x;
    width_ = outer_width;
    if (container != no_container) close_container(container);
    add_margin(at(style.margin, Side::bottom).resolve(width_));
}

void BlockFlow::add_children(NodeId id) {
    const std::uint32_t style = context_.style_of(id);
    for_each_run(
        context_, id, [&](const std::vector<InlinePart>& parts, std::uint32_t run) { add_paragraph(id, style, parts, run); },
        [&](NodeId block) { add_block(block); },
        [&](const GeneratedPart& part) {
            const ComputedStyle& own = context_.computed(part.style);
            begin_breaks(own);
            const BoxWidths box = box_widths(own, width_, {}, false);
            const VerticalEdges edges = vertical_edges(own, width_);
            add_margin(at(own.margin, Side::top).resolve(width_));
            const std::uint32_t container = open_container(id, part.style, x_ + box.x, box.border_width, is_painted(own));
            const Length outer_x = x_, outer_width = width_;
            x_ += box.x + box.left;
            width_ = box.content;
            add_edge(edges.top, true);
            const Length content_top = y_;
            add_paragraph(id, part.style, {part}, 0xFFFF'FFFF);
            const Length least = own.height.is_definite() ? own.height.length : Length();
            add_edge(edges.bottom + max(least - (y_ - content_top), Length()), false);
            x_ = outer_x;
            width_ = outer_width;
            close_container(container);
            add_margin(at(own.margin, Side::bottom).resolve(width_));
            end_breaks(own);
        },
        [&](NodeId mark) { add_mark(mark); });
}

void BlockFlow::add_paragraph(NodeId block, std::uint32_t style_index, const std::vector<InlinePart>& parts, std::uint32_t run) {
    InlineContent content;
    const auto first_reference = static_cast<std::uint32_t>(state_.report.references.size());
    const std::size_t problems = state_.report.diagnostics.all().size();
    bool is_by_itself = galley_.is_page_flow && lead_.empty();
    const auto measured = lead_.empty() ? state_.measured.find({block, run}) : state_.measured.end();
    if (measured != state_.measured.end()) {
        content = std::move(measured->second);
        state_.measured.erase(measured);
    } else {
        std::vector<InlinePart> led;
        for (GeneratedPart& part : lead_) led.emplace_back(std::move(part));
        if (!led.empty()) led.insert(led.end(), parts.begin(), parts.end());
        content = build_inline_content(context_, block, style_index, led.empty() ? parts : led, state_.report, run == 0);
        if (content.has_text) {
            lead_.clear();
        } else {
            for (std::size_t i = 0; i < lead_.size(); ++i) lead_[i] = std::get<GeneratedPart>(led[i]);
        }
        find_missing_glyphs(context_, content);
    }
    for (const NodeId floating : content.floats) add_float(floating);
    if (!content.has_text) {
        for (const Anchor& anchor : content.anchors) pending_.marks.push_back(anchor.node);
        return;
    }
    const ComputedStyle& style = context_.computed(style_index);
    ParagraphSetting setting;
    setting.style = style_index;
    setting.block = block;
    const StyleMetrics& strut = context_.metrics[style_index];
    setting.shape = line_shape(strut.line_above + strut.line_below);
    const bool unbroken = style.white_space == WhiteSpace::pre || style.white_space == WhiteSpace::nowrap;
    const bool narrow = std::any_of(setting.shape.begin(), setting.shape.end(), [&](const LineShape& line) {
        return line.width < min(width_, style.font_size * least_beside_float);
    });
    if (setting.shape.size() > 1 && (narrow || unbroken)) { // below the floats rather than squeezed beside them
        clear_floats(true, true);
        setting.shape = line_shape(strut.line_above + strut.line_below);
    }
    std::vector<AtomItems> atoms;
    const auto notes_before = static_cast<std::uint32_t>(galley_.notes.size());
    if (!content.atoms.empty()) atoms = resolve_atoms(content, width_);
    std::vector<NoteBody> atom_notes(std::make_move_iterator(galley_.notes.begin() + notes_before),
                                     std::make_move_iterator(galley_.notes.end()));
    galley_.notes.resize(notes_before);
    PageEdges room = hang_room(block);
    if (!markers_.empty()) (style.direction == Direction::ltr ? room.left : room.right) = Length(); // a list's mark stands there
    setting.hang_left = room.left;
    setting.hang_right = room.right;
    std::vector<LineBox> lines = build_lines(context_, content, atoms, setting, state_.scratch, state_.report.diagnostics);
    const std::size_t first = galley_.fragments.size();
    std::size_t marker_items = 0;
    for (const Marker& marker : markers_) marker_items += marker.line.line.items.size();
    emit_lines(lines, style, content.initial_letter_sink);
    is_by_itself = is_by_itself && content.notes.empty() && content.floats.empty() && content.initial_letter_sink == 0 &&
                   problems == state_.report.diagnostics.all().size() &&
                   std::all_of(content.atoms.begin(), content.atoms.end(), [](const Atom& atom) {
                       return atom.kind == Atom::Kind::leader || atom.kind == Atom::Kind::space;
                   });
    if (const auto references = static_cast<std::uint32_t>(state_.report.references.size());
        is_by_itself && references > first_reference)
        state_.referring.push_back({block,
                                    style_index,
                                    run,
                                    parts,
                                    std::move(setting.shape),
                                    room,
                                    {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(galley_.fragments.size())},
                                    {first_reference, references},
                                    static_cast<std::uint32_t>(marker_items)});
    if (const int beside = content.initial_letter_sink - static_cast<int>(lines.size()); beside > 0) // the letter is longer
        emit((strut.line_above + strut.line_below) * beside, cost_of_never);
    if (!atom_notes.empty() && first < galley_.fragments.size()) { // notes called in inline blocks belong to the last line
        for (NoteBody& note : atom_notes) galley_.notes.push_back(std::move(note));
        galley_.fragments.back().notes.end = static_cast<std::uint32_t>(galley_.notes.size());
    }
    if (announces(content.shaped.text)) pending_.penalty = std::max(pending_.penalty, cost_of_announced);
}

void BlockFlow::add_words(NodeId block, const std::vector<InlinePart>& parts) {
    add_paragraph(block, context_.style_of(block), parts, 0xFFFF'FFFD);
}

void BlockFlow::emit_lines(std::vector<LineBox>& lines, const ComputedStyle& style, int kept) {
    const int count = static_cast<int>(lines.size());
    const int orphans = std::max(style.orphans, 1), widows = std::max(style.widows, 1);
    for (int i = 0; i < count; ++i) {
        LineBox& line = lines[static_cast<std::size_t>(i)];
        Cost penalty = 0;
        if (i > 0 && (i < orphans || count - i < widows)) penalty += cost_of_orphan;
        if (i > 0 && i < kept) penalty = cost_of_never;
        std::vector<NoteBody> notes;
        for (const NodeId note : line.notes) notes.push_back(make_note(note));
        emit(line.height, penalty);
        Fragment& fragment = galley_.fragments.back();
        fragment.baseline = line.baseline;
        fragment.has_line = true;
        if (i > 0 && lines[static_cast<std::size_t>(i - 1)].hyphenated) fragment.hyphen_before = style.hyphenate_limit_last;
        fragment.snaps = style.line_snap == LineSnap::baseline;
        fragment.hyphenated = line.hyphenated;
        for (Marker& marker : markers_) {
            for (PlacedItem& item : marker.line.line.items) {
                item.at.x += marker.x;
                item.at.y += line.baseline - marker.line.line.baseline;
                galley_.items.push_back(std::move(item));
            }
        }
        markers_.clear();
        std::move(line.items.begin(), line.items.end(), std::back_inserter(galley_.items));
        std::move(line.links.begin(), line.links.end(), std::back_inserter(galley_.links));
        galley_.marks.insert(galley_.marks.end(), line.marks.begin(), line.marks.end());
        for (NoteBody& note : notes) {
            // Notes called within a note follow it.
            std::vector<NoteBody> inner = std::move(note.galley->notes);
            galley_.notes.push_back(std::move(note));
            std::move(inner.begin(), inner.end(), std::back_inserter(galley_.notes));
        }
        fragment.items.end = static_cast<std::uint32_t>(galley_.items.size());
        fragment.links.end = static_cast<std::uint32_t>(galley_.links.size());
        fragment.marks.end = static_cast<std::uint32_t>(galley_.marks.size());
        fragment.notes.end = static_cast<std::uint32_t>(galley_.notes.size());
    }
}

void BlockFlow::add_flattened(Flattened&& block, Cost penalty_before) {
    emit(block.height, penalty_before);
    Fragment& fragment = galley_.fragments.back();
    if (block.has_baseline) {
        fragment.baseline = block.baseline;
        fragment.has_line = true;
        for (Marker& marker : markers_)
            for (PlacedItem& item : marker.line.line.items) {
                item.at.x += marker.x;
                item.at.y += block.baseline - marker.line.line.baseline;
                galley_.items.push_back(std::move(item));
            }
        markers_.clear();
    }
    std::move(block.items.begin(), block.items.end(), std::back_inserter(galley_.items));
    std::move(block.links.begin(), block.links.end(), std::back_inserter(galley_.links));
    galley_.marks.insert(galley_.marks.end(), block.marks.begin(), block.marks.end());
    std::move(block.notes.begin(), block.notes.end(), std::back_inserter(galley_.notes));
    fragment.items.end = static_cast<std::uint32_t>(galley_.items.size());
    fragment.links.end = static_cast<std::uint32_t>(galley_.links.size());
    fragment.marks.end = static_cast<std::uint32_t>(galley_.marks.size());
    fragment.notes.end = static_cast<std::uint32_t>(galley_.notes.size());
}

NoteBody BlockFlow::make_note(NodeId note) {
    BlockFlow flow(context_, state_, state_.note_width.value_or(state_.page_width));
    const PseudoBox* marker = context_.styled.pseudo(note, PseudoElement::footnote_marker);
    GeneratedPart part{note, PseudoElement::footnote_marker, 0, {}};
    if (marker && !marker->content.empty()) {
        part.style = marker->style;
        part.content = marker->content;
    } else {
        part.style = (marker ? marker->style : context_.style_of(note)) + static_cast<std::uint32_t>(context_.style_count);
        part.content = {GeneratedText{std::to_string(context_.book.node(note).number) + "\xC2\xA0"}};
    }
    flow.lead_with(std::move(part));
    flow.pending_.marks.push_back(note);
    flow.add_box(note, {});
    if (flow.galley_.fragments.empty() || !flow.lead_.empty()) { // a note that begins with no words
        for (GeneratedPart& lead : flow.lead_) {
            const std::vector<InlinePart> only{lead};
            flow.lead_.clear();
            flow.add_paragraph(note, context_.style_of(note), only, 0xFFFF'FFFE);
            break;
        }
    }
    return {note, std::make_shared<Galley>(flow.finish())};
}

Galley BlockFlow::finish() {
    clear_floats(true, true);
    if (!pending_.marks.empty()) {
        if (galley_.fragments.empty() || galley_.fragments.back().marks.end != galley_.marks.size()) {
            pending_.positive = pending_.negative = Length();
            emit(Length(), 0);
        } else {
            for (const NodeId node : pending_.marks) galley_.marks.push_back({node, {x_, galley_.fragments.back().height}});
            galley_.fragments.back().marks.end = static_cast<std::uint32_t>(galley_.marks.size());
        }
    }
    for (Container& container : galley_.containers) { // sums over the parents, which come first
        if (container.clones) {
            container.continue_height = container.clone_top;
            container.break_height = container.clone_bottom;
        }
        container.continue_height += container.head_height;
        container.break_height += container.foot_height;
        if (container.parent == no_container) continue;
        container.continue_height += galley_.containers[container.parent].continue_height;
        container.break_height += galley_.containers[container.parent].break_height;
    }
    return std::move(galley_);
}

Galley BlockFlow::finish_whole() {
    clear_floats(true, true);
    if (pending_.space() != Length()) emit(Length(), cost_of_never);
    return finish();
}

void BlockFlow::add_finished(NodeId id, const PictureBox* picture) {
    const ComputedStyle& style = context_.style(id);
    if (picture) return add_picture_block(id, picture);
    if (style.display == Display::table || style.display == Display::inline_table) return set_table(context_, state_, id, *this);
    const BoxWidths edges = box_widths(style, width_, Length(), false);
    const Length margins = at(style.margin, Side::left).resolve(width_) + at(style.margin, Side::right).resolve(width_);
    add_box(id, max(width_ - margins - edges.left - edges.right, Length::pt(1)));
}

FinishedBox finish_box(const LayoutContext& context, SectionState& state, NodeId id, Length available) {
    const std::uint32_t style_index = context.style_of(id);
    const ComputedStyle& style = context.computed(style_index);
    const Length margins = at(style.margin, Side::left).resolve(available) + at(style.margin, Side::right).resolve(available);
    std::optional<PictureBox> picture;
    Length width; // of the margin box
    if (context.book.node(id).element == Element::img) {
        picture = size_picture(context, state, id, context.book.node(id).resource, style_index,
                               max(available - margins, Length::pt(1)));
        width = box_widths(style, available, picture->width, false).border_width + margins;
    } else if (!style.width.automatic) {
        width = box_widths(style, available, {}, false).border_width + margins;
    } else { // shrink-to-fit: CSS 2.1 §10.3.5
        const ContentWidths widths = measure_block(context, state, id);
        width = min(max(widths.least, available), widths.most);
    }
    width = min(max(width, Length()), available); // negative margins may leave nothing of it
    BlockFlow flow(context, state, width);
    flow.add_finished(id, picture ? &*picture : nullptr);
    return {flatten(flow.finish_whole(), context.styled.styles), width};
}

} // namespace bifolio
