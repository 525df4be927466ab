// task_pool.h: the only place where the program does two things at once.
//
// Order      Results come in input order, whatever the number of threads; so the output bytes do not depend on it.
// Errors     The exception of the lowest index that failed is rethrown after all started tasks have ended.
// Nesting    A task may use the pool again.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <vector>

namespace bifolio {

class TaskPool {
public:
    explicit TaskPool(unsigned threads = 0); // 0: as many as the machine has
    ~TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    unsigned threads() const { return threads_; }

    // Calls work(i) for i in [0, count).
    void for_each(std::size_t count, const std::function<void(std::size_t)>& work) const;

    // {make(0), make(1), …}
    template <class Make>
    auto map(std::size_t count, const Make& make) const {
        using Value = std::invoke_result_t<Make, std::size_t>;
        std::vector<std::unique_ptr<Value>> made(count);
        for_each(count, [&](std::size_t i) { made[i] = std::make_unique<Value>(make(i)); });
        std::vector<Value> values;
        values.reserve(count);
        for (auto& value : made) values.push_back(std::move(*value));
        return values;
    }

private:
    struct Arena; // hides oneTBB
    unsigned threads_;
    std::unique_ptr<Arena> arena_;
};

} // namespace bifolio
