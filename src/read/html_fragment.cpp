#include "read/html_fragment.h"

#include "read/html_converter.h"

#include <gumbo.h>

namespace bifolio {

struct HtmlFragment::State {
    State(Reading& shared, bool is_document) : reading(shared), guard(shared, is_document) {}
    Reading& reading;
    HtmlGuard guard;
    std::map<std::size_t, FinishedNode> finished;
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

void HtmlFragment::add_html(std::string_view html, const OffsetMap& to_source) { state_->guard.add(html, to_source); }

void HtmlFragment::add(Block block) {
    if (state_->guard.is_in_script()) return;
    const std::size_t at = state_->guard.add_placeholder(block_placeholder, block.info.where);
    state_->finished.emplace(at, std::move(block));
}

void HtmlFragment::add(Inline node) {
    if (state_->guard.is_in_script()) return;
    const std::size_t at = state_->guard.add_placeholder(inline_placeholder, node.info.where);
    state_->finished.emplace(at, std::move(node));
}

Blocks HtmlFragment::take_blocks(std::size_t depth) {
    state_->guard.finish();
    const auto output = parse(state_->guard.html());
    return HtmlConverter(state_->reading, state_->guard, state_->finished).blocks(output->root, depth);
}

Inlines HtmlFragment::take_inlines(std::size_t depth) {
    state_->guard.finish();
    const auto output = parse(state_->guard.html());
    return HtmlConverter(state_->reading, state_->guard, state_->finished).inlines(output->root, depth);
}

} // namespace bifolio
