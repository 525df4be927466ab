#include "verify/pdf_value.h"

#include "verify/pdf_file.h"
#include "verify/pdf_text.h"

#include <algorithm>
#include <cmath>

namespace bifolio {

const PdfArray* PdfValue::array() const {
    const auto* held = as<std::shared_ptr<const PdfArray>>();
    return held ? held->get() : nullptr;
}

const PdfStream* PdfValue::stream() const {
    const auto* held = as<std::shared_ptr<const PdfStream>>();
    return held ? held->get() : nullptr;
}

const PdfDictionary* PdfValue::dictionary() const {
    if (const auto* held = as<std::shared_ptr<const PdfDictionary>>()) return held->get();
    const PdfStream* of = stream();
    return of ? &of->dictionary : nullptr;
}

const PdfValue* find(const PdfDictionary& dictionary, std::string_view key) {
    const auto less = [](const auto& entry, std::string_view wanted) { return entry.first < wanted; };
    const auto found = std::lower_bound(dictionary.begin(), dictionary.end(), key, less);
    return found != dictionary.end() && found->first == key ? &found->second : nullptr;
}

void sort_entries(PdfDictionary& dictionary) {
    const auto key = [](const auto& entry) -> const std::string& { return entry.first; };
    if (!std::ranges::is_sorted(dictionary, {}, key)) std::ranges::stable_sort(dictionary, {}, key);
    PdfDictionary kept;
    if (std::ranges::adjacent_find(dictionary, {}, key) == dictionary.end()) return;
    for (auto& entry : dictionary) {
        if (!kept.empty() && kept.back().first == entry.first)
            kept.back().second = std::move(entry.second);
        else
            kept.push_back(std::move(entry));
    }
    dictionary = std::move(kept);
}

PdfObject::PdfObject(const PdfFile* file, const PdfValue* value, ObjectId holder) : file_(file), value_(value), holder_(holder) {
    constexpr int longest_chain = 32; // of references that lead to references: a circle ends as null
    for (int step = 0; value_ && value_->as<ObjectId>(); ++step) {
        id_ = holder_ = *value_->as<ObjectId>();
        value_ = step < longest_chain ? file_->stored(id_) : nullptr;
    }
    if (!value_) id_ = {};
}

PdfObject PdfObject::with_id(ObjectId id) const {
    PdfObject out = *this;
    if (value_ && !id_) out.id_ = out.holder_ = id;
    return out;
}

bool PdfObject::is_null() const { return !value_ || value_->as<std::monostate>(); }

bool PdfObject::is_true() const {
    const bool* truth = value_ ? value_->as<bool>() : nullptr;
    return truth && *truth;
}

std::optional<double> PdfObject::number() const {
    if (!value_) return std::nullopt;
    if (const std::int64_t* integer = value_->as<std::int64_t>()) return static_cast<double>(*integer);
    if (const double* real = value_->as<double>()) return *real;
    return std::nullopt;
}

std::int64_t PdfObject::integer_or(std::int64_t fallback) const {
    if (!value_) return fallback;
    if (const std::int64_t* integer = value_->as<std::int64_t>()) return *integer;
    const double* real = value_->as<double>();
    return real && std::abs(*real) < 9e15 ? static_cast<std::int64_t>(*real) : fallback;
}

std::string_view PdfObject::name() const {
    const PdfName* name = value_ ? value_->as<PdfName>() : nullptr;
    return name ? std::string_view(name->text) : std::string_view();
}

std::string_view PdfObject::bytes() const {
    const std::string* string = value_ ? value_->as<std::string>() : nullptr;
    return string ? std::string_view(*string) : std::string_view();
}

std::string PdfObject::text() const { return is_string() ? text_string_to_utf8(bytes()) : std::string(); }

PdfObject PdfObject::operator[](std::string_view key) const {
    const PdfDictionary* dictionary = value_ ? value_->dictionary() : nullptr;
    const PdfValue* found = dictionary ? find(*dictionary, key) : nullptr;
    return found ? PdfObject(file_, found, holder_) : PdfObject();
}

PdfObject PdfObject::at(std::size_t index) const {
    const PdfArray* array = value_ ? value_->array() : nullptr;
    return array && index < array->size() ? PdfObject(file_, &(*array)[index], holder_) : PdfObject();
}

std::size_t PdfObject::size() const {
    if (!value_) return 0;
    if (const PdfArray* array = value_->array()) return array->size();
    const PdfDictionary* dictionary = value_->dictionary();
    return dictionary ? dictionary->size() : 0;
}

std::string_view PdfObject::key(std::size_t index) const {
    const PdfDictionary* dictionary = value_ ? value_->dictionary() : nullptr;
    return dictionary && index < dictionary->size() ? std::string_view((*dictionary)[index].first) : std::string_view();
}

PdfObject PdfObject::entry(std::size_t index) const {
    const PdfDictionary* dictionary = value_ ? value_->dictionary() : nullptr;
    return dictionary && index < dictionary->size() ? PdfObject(file_, &(*dictionary)[index].second, holder_) : PdfObject();
}

std::vector<PdfObject> PdfObject::items() const {
    std::vector<PdfObject> out;
    if (is_null()) return out;
    if (!is_array()) return {*this};
    out.reserve(size());
    for (std::size_t i = 0; i < size(); ++i) out.push_back(at(i));
    return out;
}

} // namespace bifolio
