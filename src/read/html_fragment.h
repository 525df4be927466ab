// html_fragment.h: HTML with finished nodes of ours standing in it → blocks or inlines.
//
// The model   Markdown cuts HTML into pieces: `<mark>`, then words, then `</mark>`. The pieces are laid end to end again, each
//             finished node standing as an element of its own between them, and HTML 5's tree construction pairs what belongs
//             together.
// The guard   On the way into gumbo each tag passes a small tokenizer of ours: scripts, frames, objects and forms are refused
//             with their place, nesting, attributes and unclosed formatting are bounded, so gumbo's work stays linear in the
//             length.
#pragma once

#include "read/reading.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class HtmlFragment {
public:
    HtmlFragment(Reading& reading, bool is_document);
    ~HtmlFragment();

    void add_html(std::string_view html, const OffsetMap& to_source); // to_source: offsets in `html` → in the source's text
    void add(Block block);
    void add(Inline node);

    // One of the two, once.
    Blocks take_blocks(std::size_t depth);
    Inlines take_inlines(std::size_t depth);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace bifolio
