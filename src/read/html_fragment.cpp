#include "read/html_fragment.h"

#include "base/utf8.h"
#include "read/html_converter.h"
#include "read/stand_ins.h"

#include <gumbo.h>

#include <algorithm>
#include <optional>

namespace bifolio {

struct HtmlFragment::State {
    State(Reading& shared, bool is_document) : reading(shared), guard(shared, is_document) {}
    Reading& reading;
    HtmlGuard guard;
    std::map<std::size_t, FinishedNode> finished;
    struct Piece {
        std::string html;
        OffsetMap to_source;
        std::optional<FinishedNode> node; // none: a piece of HTML
    };
    std::vector<Piece> pieces;

    void lay_out(); // all pieces into the guard
};

namespace {

struct FreeOutput {
    void operator()(GumboOutput* output) const noexcept { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

std::unique_ptr<GumboOutput, FreeOutput> parse(const std::string& html) {
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_DIV;
    options.max_errors = 0;
    return std::unique_ptr<GumboOutput, FreeOutput>(gumbo_parse_with_options(&options, html.data(), html.size()));
}

} // namespace

HtmlFragment::HtmlFragment(Reading& reading, bool is_document) : state_(std::make_unique<State>(reading, is_document)) {}
HtmlFragment::~HtmlFragment() = default;

void HtmlFragment::add_html(std::string_view html, const OffsetMap& to_source) {
    std::string own(html); // of Markdown letters may still be hidden in it
    std::ranges::transform(own, own.begin(), without_stand_in);
    state_->pieces.push_back({std::move(own), to_source, std::nullopt});
}
void HtmlFragment::add(Block block) { state_->pieces.push_back({{}, {}, FinishedNode(std::move(block))}); }
void HtmlFragment::add(Inline node) { state_->pieces.push_back({{}, {}, FinishedNode(std::move(node))}); }

void HtmlFragment::State::lay_out() {
    // For each name of an element whose content is no markup: after which piece no end tag of it comes any more.
    std::map<std::string, std::size_t> last_end;
    const auto ends_later = [&](const std::string& name, std::size_t piece) {
        auto known = last_end.find(name);
        if (known == last_end.end()) {
            std::size_t last = 0;
            for (std::size_t i = 0; i < pieces.size(); ++i)
                if (to_ascii_lower(pieces[i].html).find("</" + name) != std::string::npos) last = i;
            known = last_end.emplace(name, last).first;
        }
        return known->second > piece;
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        Piece& piece = pieces[i];
        if (!piece.node) {
            guard.add(piece.html, piece.to_source);
            if (!guard.open_script().empty() && !ends_later(guard.open_script(), i)) guard.forget_script();
        } else if (guard.open_script().empty() || keeps_words(guard.open_script())) {
            const bool is_block = std::holds_alternative<Block>(*piece.node);
            const Span where = is_block ? std::get<Block>(*piece.node).info.where : std::get<Inline>(*piece.node).info.where;
            finished.emplace(guard.add_placeholder(is_block ? block_placeholder : inline_placeholder, where),
                             *std::move(piece.node));
        }
    }
    guard.finish();
}

Blocks HtmlFragment::take_blocks(std::size_t depth) {
    state_->lay_out();
    const auto output = parse(state_->guard.html());
    return HtmlConverter(state_->reading, state_->guard, state_->finished).blocks(output->root, depth);
}

Inlines HtmlFragment::take_inlines(std::size_t depth) {
    state_->lay_out();
    const auto output = parse(state_->guard.html());
    return HtmlConverter(state_->reading, state_->guard, state_->finished).inlines(output->root, depth);
}

} // namespace bifolio
