#include "verify/font_uses.h"

namespace bifolio {

const FontEncodings::Encoding& FontEncodings::of(const PdfObject& font) {
    const std::lock_guard lock(guard_);
    std::unique_ptr<Encoding>& made = made_[font.value()];
    if (made) return *made;
    made = std::make_unique<Encoding>();
    made->composite = font["Subtype"].is_name("Type0");
    if (const PdfObject program = font["Encoding"]; made->composite && program.is_stream()) {
        const auto [known, is_new] = cmaps_.try_emplace(program.value());
        if (is_new) known->second = std::make_shared<FontCmap>(file_.decoded_cmap(program));
        if (known->second->has_code_spaces()) made->cmap = known->second;
    }
    return *made;
}

FontUses::Use& FontUses::use_of(const ContentState& state) {
    const PdfObject& font = state.graphics.font;
    if (last_ && font.value() == last_font_) return *last_;
    Use*& use = by_font_[font.value()];
    if (!use) {
        uses_.push_back(std::make_unique<Use>());
        use = uses_.back().get();
        use->font = font;
        use->encoding = &encodings_->of(font);
        use->first_page = state.page;
    }
    last_font_ = font.value();
    last_ = use;
    return *use;
}

void FontUses::operation(const ContentOperation& operation, const ContentState& state) {
    switch (operation.code) {
    case content_operator("Tj"):
    case content_operator("TJ"):
    case content_operator("'"):
    case content_operator("\""): break;
    default: return;
    }
    if (operation.operands.empty() || !state.graphics.font.is_dictionary()) return;
    const std::uint8_t flags = state.graphics.rendering_mode == 3 ? 1 : 3;
    Use& use = use_of(state);
    const PdfValue& shown = operation.operands.back();
    if (const std::string* text = shown.as<std::string>())
        show(use, *text, flags);
    else if (const PdfArray* parts = shown.array())
        for (const PdfValue& part : *parts)
            if (const std::string* one = part.as<std::string>()) show(use, *one, flags);
}

void FontUses::show(Use& use, std::string_view text, std::uint8_t flags) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (!use.encoding->composite) {
        for (std::size_t at = 0; at < text.size(); ++at) use.single[byte(at)] |= flags;
    } else if (use.encoding->cmap) {
        for (std::size_t at = 0; at < text.size();) use.others[use.encoding->cmap->next_code(text, at)] |= flags;
    } else {
        for (std::size_t at = 0; at + 1 < text.size(); at += 2) use.pairs.at(byte(at), byte(at + 1)) |= flags;
        if (text.size() % 2 != 0) use.others[{byte(text.size() - 1), 1}] |= flags;
    }
}

void FontUses::append(FontUses&& later) {
    for (std::unique_ptr<Use>& from : later.uses_) {
        Use*& use = by_font_[from->font.value()];
        if (!use) {
            use = from.get();
            uses_.push_back(std::move(from));
            continue;
        }
        for (std::size_t i = 0; i < use->single.size(); ++i) use->single[i] |= from->single[i];
        from->pairs.each([&](std::uint32_t code, std::uint8_t flags) {
            use->pairs.at(static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)) |= flags;
        });
        for (const auto& [code, flags] : from->others) use->others[code] |= flags;
    }
}

std::vector<UsedFont> FontUses::take() {
    std::vector<UsedFont> out;
    for (const std::unique_ptr<Use>& use : uses_) {
        UsedFont one{use->font, use->encoding, use->first_page, {}};
        const auto add = [&](CharacterCode code, std::uint8_t flags) {
            if (flags != 0) one.codes[code] = (flags & 2) != 0;
        };
        for (std::uint32_t i = 0; i < use->single.size(); ++i) add({i, 1}, use->single[i]);
        use->pairs.each([&](std::uint32_t code, std::uint8_t flags) { add({code, 2}, flags); });
        for (const auto& [code, flags] : use->others) add(code, flags);
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace bifolio
