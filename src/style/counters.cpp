#include "style/counters.h"

#include <algorithm>

namespace bifolio {

namespace {

// No sum of absurd numbers leaves the range.
std::int64_t bounded(std::int64_t value) {
    constexpr std::int64_t most = 4'000'000'000'000'000;
    return std::clamp(value, -most, most);
}

} // namespace

const Counters::Stack& Counters::instances(std::string_view name) const {
    static const Stack empty;
    const auto found = stacks_.find(name);
    return found == stacks_.end() ? empty : found->second;
}

Counters::Stack& Counters::stack(std::string_view name) {
    const auto found = stacks_.find(name);
    return found != stacks_.end() ? found->second : stacks_[std::string(name)];
}

void Counters::make(std::string_view name, std::int64_t value, std::size_t level) {
    Stack& there = stack(name);
    if (!there.empty() && there.back().level == level) {
        there.back().value = bounded(value);
        return;
    }
    there.push_back({level, bounded(value)});
    made_.emplace_back(level, &there);
}

void Counters::reset(std::string_view name, std::int64_t value, std::size_t level) { make(name, value, level); }

void Counters::increment(std::string_view name, std::int64_t by, std::size_t level) {
    Stack& there = stack(name);
    if (there.empty()) return make(name, by, level);
    there.back().value = bounded(there.back().value + by);
}

void Counters::set(std::string_view name, std::int64_t value, std::size_t level) {
    Stack& there = stack(name);
    if (there.empty()) return make(name, value, level);
    there.back().value = bounded(value);
}

void Counters::leave(std::size_t level) {
    while (!made_.empty() && made_.back().first > level) {
        made_.back().second->pop_back();
        made_.pop_back();
    }
}

std::int64_t Counters::value(std::string_view name) const {
    const Stack& there = instances(name);
    return there.empty() ? 0 : there.back().value;
}

std::vector<std::int64_t> Counters::values(std::string_view name) const {
    std::vector<std::int64_t> all;
    for (const Instance& one : instances(name)) all.push_back(one.value);
    return all;
}

} // namespace bifolio
