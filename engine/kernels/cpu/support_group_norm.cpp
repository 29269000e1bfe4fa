#include "engine/kernels/cpu/support_group_norm.h"

namespace lathe::kernels {

std::optional<GroupNormShape> groupNormShape(const Site& site) {
    if (!isFloat(site, 0) || !isFloat(site, 1) || !isFloat(site, 2) || !makesFloat(site)) return {};
    const auto& shape = shapeOf(site, 0);
    if (shape.size() < 2 || tensor::elementCount(shape) == 0) return {};
    GroupNormShape result;
    result.images = shape[0];
    result.channels = shape[1];
    result.places = countOf(shape, 2, shape.size());
    result.epsilon = site.attributes->real("epsilon", 1e-5f);
    if (site.op == "GroupNormalization") {
        const int64_t groups = site.attributes->integer("num_groups", 0);
        if (groups < 1 || result.channels % groups != 0) return {};
        result.groupChannels = result.channels / groups;
    }
    for (const size_t i : {size_t{1}, size_t{2}})
        if (tensor::elementCount(shapeOf(site, i)) != result.channels) return {};
    return result;
}

}  // namespace lathe::kernels
