#include "engine/kernels/cpu/support_broadcast.h"

#include <vector>

namespace lathe::kernels {

bool broadcastLoops(tensor::Dimensions a, tensor::Dimensions b, tensor::Dimensions y, BroadcastLoops& loops) {
    struct Axis {
        int64_t size = 1;
        bool a = false, b = false;  // the operand moves along this axis
    };
    std::vector<Axis> axes;
    const auto at = [&](tensor::Dimensions shape, size_t axis) {
        const size_t missing = y.size() - shape.size();
        return axis < missing ? int64_t{1} : shape[axis - missing];
    };
    for (size_t i = 0; i < y.size(); ++i) {
        if (y[i] == 1) continue;
        const Axis axis{y[i], at(a, i) != 1, at(b, i) != 1};
        if (!axes.empty() && axes.back().a == axis.a && axes.back().b == axis.b)
            axes.back().size *= axis.size;
        else
            axes.push_back(axis);
    }
    if (axes.empty()) axes.push_back({});
    if (axes.size() > BroadcastLoops::kRank) return false;
    loops.rank = axes.size();
    int64_t aStride = 1, bStride = 1;
    for (size_t i = axes.size(); i-- > 0;) {
        loops.sizes[i] = axes[i].size;
        loops.aStrides[i] = axes[i].a ? aStride : 0;
        loops.bStrides[i] = axes[i].b ? bStride : 0;
        if (axes[i].a) aStride *= axes[i].size;
        if (axes[i].b) bStride *= axes[i].size;
    }
    return true;
}

}  // namespace lathe::kernels
