// result.h: a small question returns its answer or its reason.
// Like std::expected<T, std::string>, with the same member names, until we can use that.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace bifolio {

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    static Result failure(std::string reason) { return Result(std::in_place_index<1>, std::move(reason)); }
    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    const T& value() const { return std::get<0>(state_); }
    T&& take() { return std::get<0>(std::move(state_)); }
    const std::string& error() const { return std::get<1>(state_); }

private:
    template <std::size_t I, class V>
    Result(std::in_place_index_t<I> which, V&& v) : state_(which, std::forward<V>(v)) {}
    std::variant<T, std::string> state_;
};

} // namespace bifolio
