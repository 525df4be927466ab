#include "base/task_pool.h"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <thread>

namespace bifolio {

struct TaskPool::Arena {
    explicit Arena(int threads)
        : parallelism(oneapi::tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)), arena(threads) {}
    oneapi::tbb::global_control parallelism; // more threads than processors, when asked for: the result must not depend on it
    oneapi::tbb::task_arena arena;
};

TaskPool::TaskPool(unsigned threads)
    : threads_(threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency())),
      arena_(threads_ > 1 ? std::make_unique<Arena>(static_cast<int>(threads_)) : nullptr) {}

TaskPool::~TaskPool() = default;

void TaskPool::for_each(std::size_t count, const std::function<void(std::size_t)>& work) const {
    if (!arena_ || count < 2) {
        for (std::size_t i = 0; i < count; ++i) work(i);
        return;
    }
    std::vector<std::exception_ptr> failures(count);
    arena_->arena.execute([&] {
        oneapi::tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
            try {
                work(i);
            } catch (...) { failures[i] = std::current_exception(); }
        });
    });
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

} // namespace bifolio
