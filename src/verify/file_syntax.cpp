#include "verify/file_syntax.h"

#include "verify/pdf_syntax_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

namespace bifolio {

namespace {

using Kind = SyntaxFault::Kind;

constexpr std::size_t most_faults = 100'000;      // more than anybody reads
constexpr std::size_t most_wrong_lengths = 1'000; // behind each of them the end is searched for

bool is_end_of_line(char c) { return c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_regular(char c) { return !is_pdf_space(c) && !is_pdf_delimiter(c); }

// Walks over the tokens of one object without making values of them.
class TokenWalk {
public:
    TokenWalk(std::string_view bytes, std::size_t at, ObjectId object, std::vector<SyntaxFault>& faults)
        : bytes_(bytes), at_(at), object_(object), faults_(faults) {}

    // Up to and including the first keyword that is not a value or R; empty at the end.
    std::string_view next_keyword() {
        while (at_ < bytes_.size()) {
            const char c = bytes_[at_];
            if (is_pdf_space(c))
                ++at_;
            else if (c == '%')
                while (at_ < bytes_.size() && !is_end_of_line(bytes_[at_])) ++at_;
            else if (c == '(')
                pass_literal_string();
            else if (c == '<' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] != '<')
                pass_hexadecimal_string();
            else if (c == '<')
                at_ += 2;
            else if (c == '/') {
                ++at_;
                word();
            } else if (is_pdf_delimiter(c))
                ++at_;
            else if (is_digit(c) || c == '+' || c == '-' || c == '.')
                look_at_number(word());
            else if (const std::string_view keyword = word();
                     keyword != "R" && keyword != "true" && keyword != "false" && keyword != "null")
                return keyword;
        }
        return {};
    }
    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }

private:
    void fault(Kind kind, std::string what) {
        if (faults_.size() < most_faults) faults_.push_back({kind, std::move(what), object_});
    }

    std::string_view word() {
        const std::size_t begin = at_;
        while (at_ < bytes_.size() && is_regular(bytes_[at_])) ++at_;
        return bytes_.substr(begin, at_ - begin);
    }

    void pass_literal_string() {
        int open = 0;
        for (; at_ < bytes_.size(); ++at_) {
            const char c = bytes_[at_];
            if (c == '\\')
                ++at_;
            else if (c == '(')
                ++open;
            else if (c == ')' && --open == 0) {
                ++at_;
                return;
            }
        }
        at_ = bytes_.size();
    }

    void pass_hexadecimal_string() {
        std::size_t digits = 0;
        bool foreign = false;
        for (++at_; at_ < bytes_.size() && bytes_[at_] != '>'; ++at_) {
            const char c = bytes_[at_];
            if (is_pdf_space(c)) continue;
            ++digits;
            if (!is_digit(c) && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) foreign = true;
        }
        if (at_ < bytes_.size()) ++at_;
        if (digits % 2 != 0) fault(Kind::odd_hexadecimal, "a hexadecimal string has " + std::to_string(digits) + " digits");
        if (foreign) fault(Kind::foreign_hexadecimal, "a hexadecimal string has characters that are no digits");
    }

    void look_at_number(std::string_view word) {
        if (word.find('.') == std::string_view::npos) {
            if (word.size() < 10) return; // cannot reach 2^31
            std::int64_t value = 0;
            const char* begin = word.data() + (word.front() == '+' ? 1 : 0);
            const auto result = std::from_chars(begin, word.data() + word.size(), value);
            if (result.ec == std::errc::result_out_of_range || value > 2'147'483'647 || value < -2'147'483'648LL)
                fault(Kind::integer_range, "the integer " + std::string(word.substr(0, 40)) + " is beyond 32 bits");
            return;
        }
        if (word.size() < 32) return; // neither limit can be reached in fewer characters
        double value = 0;
        const char* begin = word.data() + (word.front() == '+' ? 1 : 0);
        const auto result = std::from_chars(begin, word.data() + word.size(), value, std::chars_format::fixed);
        const bool tiny = result.ec == std::errc::result_out_of_range && word.find_first_of("123456789") > word.find('.');
        if (!tiny && (result.ec == std::errc::result_out_of_range || std::abs(value) > 3.403e38))
            fault(Kind::real_range, "the number " + std::string(word.substr(0, 20)) + "… is too large");
        else if (tiny || (value != 0 && std::abs(value) < 1.175e-38))
            fault(Kind::real_near_zero, "the number " + std::string(word.substr(0, 10)) + "… is too near to 0");
    }

    std::string_view bytes_;
    std::size_t at_;
    ObjectId object_;
    std::vector<SyntaxFault>& faults_;
};

class FileSyntax {
public:
    explicit FileSyntax(const PdfFile& file) : file_(file), bytes_(file.bytes()) {}

    std::vector<SyntaxFault> read() {
        read_header();
        read_end();
        read_tables();
        const std::span<const CrossReference> rows = file_.cross_references();
        std::map<std::int32_t, bool> streams;
        for (const CrossReference& row : rows) {
            if (row.object_stream == 0)
                read_object(row);
            else
                streams[row.object_stream] = true;
        }
        for (const auto& [number, used] : streams) read_object_stream({number, 0});
        return std::move(faults_);
    }

private:
    void fault(Kind kind, std::string what, ObjectId object = {}) {
        if (faults_.size() < most_faults) faults_.push_back({kind, std::move(what), object});
    }
    char at(std::size_t place) const { return place < bytes_.size() ? bytes_[place] : '\0'; }
    // The length of an end of line at `place`: 0, 1, or 2 for CR LF.
    std::size_t end_of_line(std::size_t place) const {
        if (at(place) == '\r') return at(place + 1) == '\n' ? 2 : 1;
        return place < bytes_.size() && bytes_[place] == '\n' ? 1 : 0;
    }

    void read_header() {
        if (!bytes_.starts_with("%PDF-1.") || at(7) < '0' || at(7) > '7' || end_of_line(8) == 0)
            return fault(Kind::header, "the file does not begin with %PDF-1.n and an end of line");
        const std::size_t comment = 8 + end_of_line(8);
        bool high = at(comment) == '%';
        for (std::size_t i = 1; i <= 4; ++i) high = high && static_cast<unsigned char>(at(comment + i)) > 127;
        if (!high) fault(Kind::binary_comment, "the header is not followed by a comment of four bytes above 127");
    }

    void read_end() {
        const std::size_t end = bytes_.rfind("%%EOF");
        if (end == std::string_view::npos) return fault(Kind::data_behind_end, "the file has no %%EOF");
        const std::size_t behind = end + 5;
        if (behind + end_of_line(behind) < bytes_.size())
            fault(Kind::data_behind_end, std::to_string(bytes_.size() - behind) + " bytes stand behind the last %%EOF");
    }

    // The tables that startxref and the Prev entries of trailers lead to.
    void read_tables() {
        std::set<std::size_t> seen;
        const std::size_t keyword = bytes_.rfind("startxref");
        if (keyword == std::string_view::npos) return;
        std::size_t place = number_behind(keyword + 9);
        const std::size_t header = bytes_.substr(0, 1024).find("%PDF-");
        while (place < bytes_.size() && seen.insert(place).second) {
            std::size_t table = place + header;
            while (is_pdf_space(at(table))) ++table;
            if (bytes_.substr(table, 4) != "xref") return; // a stream, or lost
            place = read_table(table);
        }
    }

    std::size_t number_behind(std::size_t place) const {
        while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
        std::size_t value = bytes_.size();
        std::from_chars(bytes_.data() + place, bytes_.data() + bytes_.size(), value);
        return value;
    }

    // Returns where the one before it stands; the file's size: nowhere.
    std::size_t read_table(std::size_t table) {
        std::size_t place = table + 4;
        const std::size_t line = end_of_line(place);
        if (line == 0 || !is_digit(at(place + line)))
            fault(Kind::table_spacing, "the keyword xref is not followed by one end of line and a section");
        while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
        while (is_digit(at(place))) {
            while (is_digit(at(place))) ++place;
            if (at(place) != ' ' || !is_digit(at(place + 1)))
                fault(Kind::table_spacing, "the numbers that head a section of the table are not divided by one space");
            const std::size_t count = number_behind(place);
            while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
            while (is_digit(at(place))) ++place;
            while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
            if (count > (bytes_.size() - place) / 18) return bytes_.size();
            for (std::size_t i = 0; i < count; ++i) { // rows of 20 bytes; some writers make them of 19
                while (place < bytes_.size() && !is_end_of_line(bytes_[place])) ++place;
                while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
            }
        }
        if (bytes_.substr(place, 7) != "trailer") return bytes_.size();
        TokenWalk(bytes_, place + 7, {}, faults_).next_keyword();
        PdfSyntaxReader reader(bytes_, place + 7);
        PdfValue trailer;
        if (reader.next(trailer, true) != PdfSyntaxReader::Found::value || !trailer.dictionary()) return bytes_.size();
        const PdfValue* previous = find(*trailer.dictionary(), "Prev");
        const std::int64_t* offset = previous ? previous->as<std::int64_t>() : nullptr;
        return offset && *offset >= 0 ? static_cast<std::size_t>(*offset) : bytes_.size();
    }

    void read_object(const CrossReference& row) {
        if (walked_ > bytes_.size() * 4) return; // rows that overlap; an honest file is walked over once
        std::size_t place = row.offset;
        while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
        if (!is_digit(at(place))) return; // the table does not say where it is: PDF 7.5
        bool good = place > 0 && is_end_of_line(at(place - 1));
        const auto pass_number = [&] {
            while (is_digit(at(place))) ++place;
            good = good && is_pdf_space(at(place)) && !is_pdf_space(at(place + 1));
            while (place < bytes_.size() && is_pdf_space(bytes_[place])) ++place;
        };
        pass_number();
        pass_number();
        if (bytes_.substr(place, 3) != "obj") return;
        place += 3;
        good = good && end_of_line(place) > 0;
        TokenWalk walk(bytes_, place, row.id, faults_);
        std::string_view keyword = walk.next_keyword();
        if (keyword == "stream") {
            read_stream(row.id, walk);
            keyword = walk.next_keyword();
        }
        walked_ += walk.at() - std::min(walk.at(), place);
        if (keyword == "endobj")
            good = good && is_end_of_line(at(walk.at() - 7)) && end_of_line(walk.at()) > 0;
        else
            good = false;
        if (!good)
            fault(Kind::object_spacing, "the object does not stand between “n n obj” and “endobj” on lines of their own", row.id);
    }

    void read_stream(ObjectId id, TokenWalk& walk) {
        std::size_t begin = walk.at();
        const bool spaced = at(begin) == '\n' || (at(begin) == '\r' && at(begin + 1) == '\n');
        begin += spaced ? end_of_line(begin) : at(begin) == '\r' ? 1 : 0;
        const std::int64_t length = file_.object(id)["Length"].integer_or(-1);
        std::size_t end = begin + static_cast<std::size_t>(std::max<std::int64_t>(0, length));
        // Spaces before the keyword are a fault of their own, and no wrong length.
        const auto keyword_behind = [&](std::size_t place) {
            while (place < bytes_.size() && (bytes_[place] == ' ' || bytes_[place] == '\t')) ++place;
            return place;
        };
        const std::size_t line = end <= bytes_.size() ? end_of_line(end) : 0;
        const bool right = length >= 0 && end <= bytes_.size() && bytes_.substr(keyword_behind(end + line), 9) == "endstream";
        const bool divided = right && line > 0 && keyword_behind(end + line) == end + line;
        if (!right) {
            const std::size_t found = bytes_.find("endstream", begin);
            fault(Kind::stream_length, "the stream's Length is " + std::to_string(length) + ", but its data does not end there",
                  id);
            if (found == std::string_view::npos || ++wrong_lengths_ > most_wrong_lengths) return walk.go_to(bytes_.size());
            end = found;
        } else
            end = keyword_behind(end + line);
        if (!spaced || (right && !divided))
            fault(Kind::stream_spacing, "the keywords stream and endstream do not stand on lines of their own", id);
        walk.go_to(end + 9);
    }

    void read_object_stream(ObjectId id) {
        const PdfObject stream = file_.object(id);
        if (!stream.is_stream()) return;
        const std::string data = file_.decoded(stream).bytes;
        TokenWalk walk(data,
                       std::min(data.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, stream["First"].integer_or(0)))),
                       id, faults_);
        while (!walk.next_keyword().empty()) {}
    }

    const PdfFile& file_;
    std::string_view bytes_;
    std::vector<SyntaxFault> faults_;
    std::size_t walked_ = 0, wrong_lengths_ = 0;
};

} // namespace

std::vector<SyntaxFault> read_file_syntax(const PdfFile& file) { return FileSyntax(file).read(); }

} // namespace bifolio
