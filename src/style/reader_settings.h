// reader_settings.h: what an e-book leaves to whoever reads it: size, face, line height, colours and width of the text.
//
// Body text  Selectors of plain elements alone (“body”, “li > p”): most of the book. There readers' colours and sizes count;
//            elsewhere a size in points becomes one relative to the text around it.
// Colours    A box with a background needs a colour of text with it, or night mode writes light on light. On dark pages boxes
//            lose their background and all colours are inherited, unless the styles say otherwise for `prefers-color-scheme:
//            dark`.
// Sources    EPUB Accessibility Techniques 1.1; KDP Help, “Text Guidelines – Reflowable”; WCAG 2.2, 1.4.3, 1.4.4, 1.4.10.
#pragma once

#include "style/css_tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

std::vector<std::string> split_selectors(std::string_view list); // at the commas outside of brackets

bool is_of_body_text(std::string_view selector);
bool is_of_picture(std::string_view selector);          // of img, svg, object or hr: they may have a size of their own
std::string subject_element(std::string_view selector); // “mark” of “p > mark.new”; empty: a class alone
bool takes_over_colour(const ComponentValues& value);   // “inherit”, “transparent”, “none”: no colour of its own

// What becomes of a declaration in an e-book.
struct LeftToReader {
    bool drop = false;
    bool changed = false;
    std::string why; // of both
};
// `value` may be changed; `important` is taken away where it would shut the reader out.
LeftToReader leave_to_reader(std::string_view name, ComponentValues& value, bool& important, bool body_text, bool picture);

bool is_background(std::string_view name);
// The colour of text that stands out from the value of `background` or `background-color`; empty: the value has no colour.
std::string text_colour_on(const ComponentValues& background);

} // namespace bifolio
