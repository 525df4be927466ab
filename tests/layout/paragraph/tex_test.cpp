// TeX's own answers: corpus typography/tex. The file is JSON of a known, flat form; its numbers and words are read in order.

#include "layout/paragraph/break_lines.h"
#include "support/support.h"

#include <catch2/catch.hpp>

#include <charconv>
#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

using namespace bifolio;

namespace {

struct Json {
    std::variant<std::monostate, double, std::string, std::vector<Json>, std::map<std::string, Json>> value;
    const Json& operator[](const std::string& name) const { return std::get<std::map<std::string, Json>>(value).at(name); }
    const std::vector<Json>& list() const { return std::get<std::vector<Json>>(value); }
    const std::string& text() const { return std::get<std::string>(value); }
    bool is_text() const { return std::holds_alternative<std::string>(value); }
    double number() const { return std::get<double>(value); }
    std::int64_t whole() const { return static_cast<std::int64_t>(number()); }
};

class JsonReader { // enough for the corpus: no escapes but \" \\ and \uXXXX, which are skipped
public:
    explicit JsonReader(const std::string& text) : text_(text) {}
    Json read() {
        skip();
        const char c = text_.at(at_);
        if (c == '[') return {read_list()};
        if (c == '{') return {read_object()};
        if (c == '"') return {read_text()};
        double number = 0;
        const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
        if (error != std::errc()) throw std::runtime_error("no number at " + std::to_string(at_));
        at_ = static_cast<std::size_t>(end - text_.data());
        return {number};
    }

private:
    void skip() {
        while (at_ < text_.size() && std::string_view(" \n\r\t,:").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    std::string read_text() {
        std::string out;
        for (++at_; text_.at(at_) != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
            out += text_.at(at_);
        }
        ++at_;
        return out;
    }
    std::vector<Json> read_list() {
        std::vector<Json> out;
        for (++at_, skip(); text_.at(at_) != ']'; skip()) out.push_back(read());
        ++at_;
        return out;
    }
    std::map<std::string, Json> read_object() {
        std::map<std::string, Json> out;
        for (++at_, skip(); text_.at(at_) != '}'; skip()) {
            std::string name = read_text();
            out[name] = read();
        }
        ++at_;
        return out;
    }
    const std::string& text_;
    std::size_t at_ = 0;
};

ParagraphItem item_of(const std::vector<Json>& j) {
    ParagraphItem item;
    const std::string& kind = j.at(0).text();
    item.width = Length::from_sp(j.at(1).whole());
    if (kind == "glue") {
        item.kind = ParagraphItem::Kind::glue;
        if (j.at(2).is_text()) {
            item.stretch = Length::pt(1);
            item.stretch_order = 1;
        } else {
            item.stretch = Length::from_sp(j.at(2).whole());
        }
        item.shrink = Length::from_sp(j.at(3).whole());
    } else if (kind == "penalty") {
        item.kind = ParagraphItem::Kind::penalty;
        item.penalty = static_cast<int>(j.at(2).whole());
        item.flagged = j.at(3).whole() != 0;
    }
    return item;
}

LineBreakSettings settings_of(const Json& j) {
    const auto number = [&](const char* name) { return static_cast<int>(j[name].whole()); };
    LineBreakSettings s;
    s.pretolerance = -1;
    s.tolerance = number("tolerance");
    s.looseness = number("looseness");
    s.line_penalty = number("linepenalty");
    s.adjacent_demerits = number("adjdemerits");
    s.double_hyphen_demerits = number("doublehyphendemerits");
    s.final_hyphen_demerits = number("finalhyphendemerits");
    return s;
}

} // namespace

TEST_CASE("paragraphs break where TeX breaks them") {
    if (!test::has_corpus("typography/tex")) return;
    const std::string file = test::read_file(test::corpus("typography/tex/linebreak.json"));
    const Json all = JsonReader(file).read();
    int same = 0;
    for (const Json& j : all.list()) {
        INFO(j["id"].text());
        std::vector<ParagraphItem> items;
        for (const Json& item : j["items"].list()) items.push_back(item_of(item.list()));
        const LineShape shape{{}, Length::from_sp(j["hsize"].whole())};
        const BrokenParagraph p = break_lines(items, {&shape, 1}, settings_of(j));
        std::vector<std::uint32_t> breaks, wanted;
        for (const BrokenLine& line : p.lines) breaks.push_back(line.end);
        for (const Json& n : j["expect"]["breaks"].list()) wanted.push_back(static_cast<std::uint32_t>(n.whole()));
        CHECK(p.demerits == j["expect"]["demerits"].whole());
        CHECK(breaks == wanted);
        const auto& ratios = j["expect"]["ratios"].list();
        REQUIRE(p.lines.size() == ratios.size());
        for (std::size_t i = 0; i < ratios.size(); ++i) CHECK(p.lines[i].ratio == Approx(ratios[i].number()).margin(2e-5));
        ++same;
    }
    CHECK(same == 84);
}
