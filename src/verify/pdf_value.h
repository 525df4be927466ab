// pdf_value.h: the objects of a PDF file as plain values, and a cursor over them.
//
// Shapes     A PdfValue is one of the nine kinds of ISO 32000-1, 7.3, or a reference to an indirect object. Names are kept
//            without their slash and decoded, strings as their bytes (decrypted).
// Cursor     A PdfObject is what rules read: it follows references by itself and answers null for whatever is not there, so
//            catalog["MarkInfo"]["Marked"].is_true() needs no tests in between. It borrows the PdfFile.
// Threads    Nothing changes after PdfFile::open(); any thread may read.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bifolio {

class PdfFile;

struct ObjectId { // number 0: a direct object
    std::int32_t number = 0, generation = 0;
    auto operator<=>(const ObjectId&) const = default;
    explicit operator bool() const { return number != 0; }
};

class PdfValue;
struct PdfName {
    std::string text;
    bool operator==(const PdfName&) const = default;
};
using PdfArray = std::vector<PdfValue>;
using PdfDictionary = std::vector<std::pair<std::string, PdfValue>>; // sorted by key, one of each

struct PdfStream {
    PdfDictionary dictionary;
    std::uint64_t offset = 0, size = 0; // of the encoded bytes in the file
    bool through_library = false;       // encrypted or damaged: libqpdf finds and decodes the bytes
};

class PdfValue {
public:
    using Variant =
        std::variant<std::monostate, bool, std::int64_t, double, std::string, PdfName, ObjectId, std::shared_ptr<const PdfArray>,
                     std::shared_ptr<const PdfDictionary>, std::shared_ptr<const PdfStream>>;
    PdfValue() = default;
    PdfValue(Variant value) : value_(std::move(value)) {}
    PdfValue(PdfName name) : value_(std::move(name)) {}

    template <class T>
    const T* as() const {
        return std::get_if<T>(&value_);
    }
    const PdfArray* array() const;
    const PdfDictionary* dictionary() const; // also that of a stream
    const PdfStream* stream() const;
    const Variant& variant() const { return value_; }

private:
    Variant value_;
};

const PdfValue* find(const PdfDictionary& dictionary, std::string_view key); // nullptr: not there
void sort_entries(PdfDictionary& dictionary);                                // of two equal keys the later counts, as in readers

class PdfObject {
public:
    PdfObject() = default;
    // The value must outlive the cursor; `holder` is the indirect object that it stands in.
    PdfObject(const PdfFile& file, const PdfValue& value, ObjectId holder = {}) : PdfObject(&file, &value, holder) {}

    PdfObject with_id(ObjectId id) const; // the value is the indirect object `id` itself

    bool is_null() const;
    explicit operator bool() const { return !is_null(); }
    bool is_array() const { return value_ && value_->array(); }
    bool is_dictionary() const { return value_ && value_->dictionary(); } // a stream is one too
    bool is_stream() const { return value_ && value_->stream(); }
    bool is_name() const { return value_ && value_->as<PdfName>(); }
    bool is_name(std::string_view name) const { return is_name() && this->name() == name; }
    bool is_string() const { return value_ && value_->as<std::string>(); }
    bool is_integer() const { return value_ && value_->as<std::int64_t>(); }
    bool is_boolean() const { return value_ && value_->as<bool>(); }
    bool is_true() const;

    std::optional<double> number() const;
    double number_or(double fallback) const { return number().value_or(fallback); }
    std::int64_t integer_or(std::int64_t fallback) const; // a real is cut off
    std::string_view name() const;                        // empty when it is no name
    std::string_view bytes() const;                       // of a string; empty when it is none
    std::string text() const;                             // a text string (7.9.2.2) as UTF-8; empty when it is none

    PdfObject operator[](std::string_view key) const; // of a dictionary or stream
    bool has(std::string_view key) const { return !(*this)[key].is_null(); }
    PdfObject at(std::size_t index) const; // of an array
    std::size_t size() const;              // items of an array, entries of a dictionary, else 0
    std::string_view key(std::size_t index) const;
    PdfObject entry(std::size_t index) const; // of a dictionary, in the order of the keys
    // The items of an array; anything else but null is its own only item, as many keys allow.
    std::vector<PdfObject> items() const;

    ObjectId id() const { return id_; }              // of the indirect object that this is; 0: direct
    ObjectId holder() const { return holder_; }      // of the nearest indirect object
    const PdfValue* value() const { return value_; } // identity: equal for two cursors on the same object
    const PdfFile* file() const { return file_; }

private:
    PdfObject(const PdfFile* file, const PdfValue* value, ObjectId holder);

    const PdfFile* file_ = nullptr;
    const PdfValue* value_ = nullptr; // never a reference
    ObjectId id_, holder_;
};

} // namespace bifolio
