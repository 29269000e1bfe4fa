#include "engine/kernels/cpu/support_batch_norm.h"

#include <cmath>

namespace lathe::kernels {

bool isKnownBatchNorm(const Site& site) {
    for (size_t i = 1; i < site.outputs.size(); ++i)
        if (site.outputs[i].type != tensor::DataType::undefined) return false;
    if (!isFloat(site, 0) || !makesFloat(site) || shapeOf(site, 0).size() < 2 ||
        site.attributes->integer("training_mode", 0) != 0)
        return false;
    for (size_t i = 1; i < 5; ++i)
        if (!isFloat(site, i) || !constantOf(site, i)) return false;
    return true;
}

ScaleShift batchNormOf(const Site& site) {
    const auto values = [&](size_t i) { return constantOf(site, i)->values<float>(); };
    ScaleShift result;
    const auto epsilon = static_cast<double>(site.attributes->real("epsilon", 1e-5f));
    for (size_t c = 0; c < static_cast<size_t>(shapeOf(site, 0)[1]); ++c) {
        const double factor =
            static_cast<double>(values(1)[c]) / std::sqrt(static_cast<double>(values(4)[c]) + epsilon);
        result.scale.push_back(static_cast<float>(factor));
        result.shift.push_back(static_cast<float>(static_cast<double>(values(2)[c]) -
                                                  static_cast<double>(values(3)[c]) * factor));
    }
    return result;
}

}  // namespace lathe::kernels
