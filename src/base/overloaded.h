// overloaded.h: visits every kind of a variant by name, with no “otherwise”.
#pragma once

namespace bifolio {

template <class... F>
struct overloaded : F... {
    using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

} // namespace bifolio
