#include "picture/svg.h"
namespace bifolio { Result<SvgSize> svg_size(std::string_view) { return Result<SvgSize>::failure("x"); } }
