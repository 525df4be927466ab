#include "layout/page/table_layout.h"

namespace bifolio {
void set_table(const LayoutContext&, SectionState&, NodeId id, BlockFlow& flow) { flow.add_children(id); }
ContentWidths measure_table(const LayoutContext& context, SectionState& state, NodeId id) {
    return measure_children(context, state, id);
}
} // namespace bifolio
