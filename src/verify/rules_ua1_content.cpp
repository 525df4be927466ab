// rules_ua1_content.cpp: what is drawn is tagged or an artifact, and in a known language. ISO 14289-1, 7.1 and 7.2.
#include "verify/rules_ua1.h"

#include <map>
#include <set>

namespace bifolio::ua1 {

namespace {

constexpr std::size_t none = StructureElement::none;

class TaggingRules final : public ContentRules {
public:
    explicit TaggingRules(const Examined& examined) : examined_(examined), document_language_(has_document_language(examined)) {}

    void operation(const ContentOperation& operation, const ContentState& state) override {
        if (operation.code == content_operator("Do") && form_used(operation, state).has("Ref"))
            findings_.add("UA1 30-001", "a reference XObject is drawn", form_used(operation, state), state.page);
        if (!is_of_page(state)) return;
        switch (operation.code) {
        case content_operator("BMC"):
        case content_operator("BDC"): begin(state); break;
        case content_operator("Tj"):
        case content_operator("TJ"):
        case content_operator("'"):
        case content_operator("\""): show_text(operation, state); break;
        case content_operator("f"):
        case content_operator("F"):
        case content_operator("f*"):
        case content_operator("B"):
        case content_operator("B*"):
        case content_operator("b"):
        case content_operator("b*"):
        case content_operator("S"):
        case content_operator("s"): draw(state, "path"); break;
        case content_operator("sh"): draw(state, "shading"); break;
        case inline_image_operator: draw(state, "inline image"); break;
        case content_operator("Do"): use_object(operation, state); break;
        default: break;
        }
    }

    void stream_begins(const ContentState& state) override {
        if (state.depth == 0) inside_.clear();
        if (state.source == ContentSource::appearance && state.stream) check_appearance(state);
    }
    void stream_ends(const ContentState& state) override {
        if (state.depth > 0) return;
        if (unmarked_ > 0) {
            std::string what;
            for (const auto& [kind, count] : unmarked_kinds_)
                what += (what.empty() ? "" : ", ") + std::to_string(count) + " × " + kind;
            findings_.add("UA1 01-005", "there is content that is neither tagged nor an artifact: " + what, state.owner,
                          state.page);
        }
        if (text_without_language_) findings_.add("UA1 11-001", "there is text in no known language", state.owner, state.page);
        unmarked_ = 0;
        unmarked_kinds_.clear();
        text_without_language_ = false;
    }

    void malformed(const ContentState& state, ContentFault fault, const std::string& what) override {
        if (fault == ContentFault::unbalanced_marks) findings_.add("UA1 S-CONTENT", what, state.owner, state.page);
        if (fault == ContentFault::damaged_stream) findings_.add("UA1 S-CONTENT", what, state.owner, state.page);
    }

    void append(ContentRules& other) override {
        auto& later = static_cast<TaggingRules&>(other);
        findings_.append(std::move(later.findings_));
        for (const auto& [form, uses] : later.form_uses_) form_uses_[form] += uses;
    }

    Findings finish(const Examined&) override {
        for (const auto& [form, uses] : form_uses_)
            if (uses > 1)
                findings_.add("UA1 30-002", "a form with content items is drawn " + std::to_string(uses) + " times", form);
        return std::move(findings_);
    }

private:
    // What holds inside a sequence, with all those around it.
    struct Inside {
        bool tagged = false, artifact = false;
        bool language = false;      // known, from an element or a property list
        std::int64_t unplaced = -1; // an MCID that the structure tree does not have
    };
    Inside inside(std::size_t marks) const { return marks == 0 || inside_.size() < marks ? Inside{} : inside_[marks - 1]; }

    // Appearances, patterns and glyphs belong to what draws them.
    static bool is_of_page(const ContentState& state) {
        return state.source == ContentSource::page || state.source == ContentSource::form;
    }

    void begin(const ContentState& state) {
        const MarkedSequence& mark = state.marks.back();
        const Inside around = inside(state.marks.size() - 1);
        Inside now = around;
        if (mark.is_artifact) {
            if (around.tagged) findings_.add("UA1 01-003", "an artifact stands inside tagged content", state.owner, state.page);
            now.artifact = true;
        } else if (mark.mcid >= 0 && examined_.structure.exists()) {
            const std::size_t element = examined_.structure.element_of_content(mark.owner, mark.mcid);
            if (element == none)
                now.unplaced = mark.mcid;
            else {
                if (around.artifact)
                    findings_.add("UA1 01-004", "tagged content stands inside an artifact", state.owner, state.page);
                now.tagged = true;
                if (!document_language_) now.language = now.language || examined_.structure.language(element).has_value();
            }
        } else if (mark.mcid >= 0)
            now.tagged = true;
        check_properties(mark, now, state);
        inside_.resize(state.marks.size());
        inside_.back() = now;
    }

    void check_properties(const MarkedSequence& mark, Inside& now, const ContentState& state) {
        if (!mark.properties) return;
        if (const PdfObject language = mark.properties["Lang"]) {
            if (!is_language_tag(language.text()))
                findings_.add("UA1 11-007", "Lang is ‘" + language.text() + "’ in a property list", state.owner, state.page);
            now.language = true;
        }
        if (document_language_ || now.language || mark.tag != "Span") return;
        for (const char* key : {"ActualText", "Alt", "E"})
            if (mark.properties.has(key))
                findings_.add("UA1 11-002", std::string(key) + " of a property list is in no known language", state.owner,
                              state.page);
    }

    void draw(const ContentState& state, const char* kind) {
        const Inside here = inside(state.marks.size());
        if (here.tagged || here.artifact) return;
        ++unmarked_;
        ++unmarked_kinds_[kind];
        if (here.unplaced >= 0)
            findings_.add("UA1 S-PARENTTREE", "MCID " + std::to_string(here.unplaced) + " is not in the structure tree",
                          state.owner, state.page);
    }

    void show_text(const ContentOperation& operation, const ContentState& state) {
        if (operation.operands.empty()) return;
        const PdfValue& shown = operation.operands.back();
        bool any = shown.as<std::string>() && !shown.as<std::string>()->empty();
        if (const PdfArray* parts = shown.array())
            for (const PdfValue& part : *parts) any = any || (part.as<std::string>() && !part.as<std::string>()->empty());
        if (!any) return;
        draw(state, "text");
        const Inside here = inside(state.marks.size());
        if (!document_language_ && !here.artifact && !here.language) text_without_language_ = true;
    }

    // The form that a Do draws; null: it draws something else.
    static PdfObject form_used(const ContentOperation& operation, const ContentState& state) {
        const PdfName* name = operation.operands.empty() ? nullptr : operation.operands.back().as<PdfName>();
        const PdfObject object = name ? state.resources["XObject"][name->text] : PdfObject();
        return object["Subtype"].is_name("Form") ? object : PdfObject();
    }

    void use_object(const ContentOperation& operation, const ContentState& state) {
        if (operation.operands.empty()) return;
        const PdfName* name = operation.operands.back().as<PdfName>();
        if (name && state.resources["XObject"][name->text]["Subtype"].is_name("Image")) draw(state, "picture");
        if (const PdfObject form = form_used(operation, state); form.has("StructParents")) ++form_uses_[form.id()];
    }

    // The appearance of a printer's mark is an artifact from its first operator to its last.
    void check_appearance(const ContentState& state) {
        if (marks_page_ != state.page) {
            marks_page_ = state.page;
            marks_.clear();
            for (const PdfObject& annotation : examined_.file.annotations(state.page_object))
                if (annotation["Subtype"].is_name("PrinterMark")) marks_.emplace(annotation["AP"]["N"].value(), annotation);
        }
        const auto mark = marks_.find(state.stream.value());
        if (mark == marks_.end()) return;
        const std::string content = examined_.file.decoded(state.stream).bytes;
        const std::size_t first = content.find_first_not_of(" \t\r\n");
        if (first == std::string::npos || content.compare(first, 9, "/Artifact") != 0)
            findings_.add("UA1 28-018", "the appearance of a printer's mark is not an artifact", mark->second, state.page);
    }

    const Examined& examined_;
    bool document_language_;
    Findings findings_;
    std::vector<Inside> inside_; // beside ContentState::marks
    std::size_t unmarked_ = 0;
    std::map<std::string, std::size_t> unmarked_kinds_; // of the page
    bool text_without_language_ = false;
    std::map<ObjectId, std::size_t> form_uses_;
    std::map<const PdfValue*, PdfObject> marks_; // of the page's printer's marks, by their appearance
    std::size_t marks_page_ = 0;
};

} // namespace

std::unique_ptr<ContentRules> content_rules(const Examined& examined) { return std::make_unique<TaggingRules>(examined); }

} // namespace bifolio::ua1
