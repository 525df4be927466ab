// counters.h: counters and their scopes while a book is walked in reading order (Lists 3 §4.4).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bifolio {

class Counters {
public:
    // At an element on this level of the tree (the root is on 0).
    void reset(std::string_view name, std::int64_t value, std::size_t level); // a new counter, replacing a sibling's
    void increment(std::string_view name, std::int64_t by, std::size_t level);
    void set(std::string_view name, std::int64_t value, std::size_t level);
    // An element ends: the counters that its children made go with it.
    void leave(std::size_t level);

    bool exists(std::string_view name) const { return !instances(name).empty(); }
    std::int64_t value(std::string_view name) const;               // of the innermost; 0 where there is none
    std::vector<std::int64_t> values(std::string_view name) const; // outermost first

private:
    struct Instance {
        std::size_t level;
        std::int64_t value;
    };
    using Stack = std::vector<Instance>;
    const Stack& instances(std::string_view name) const;
    Stack& stack(std::string_view name);
    void make(std::string_view name, std::int64_t value, std::size_t level);

    std::map<std::string, Stack, std::less<>> stacks_;
    std::vector<std::pair<std::size_t, Stack*>> made_; // levels rise; map nodes do not move
};

} // namespace bifolio
