// memory_that_runs_out.h: an allocator for libharu that has no more after a number of allocations.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <limits>

namespace bifolio::test {

// Plain functions are asked for, so what they count is shared by a whole test program.
struct MemoryThatRunsOut {
    static constexpr std::size_t endless = std::numeric_limits<std::size_t>::max();
    static inline std::size_t left = endless, made = 0;

    static void begin(std::size_t allocations) { left = allocations, made = 0; }
    static void* allocate(unsigned size) {
        ++made;
        if (left == 0) return nullptr;
        --left;
        return std::malloc(size);
    }
    static void release(void* memory) { std::free(memory); }
};

} // namespace bifolio::test
