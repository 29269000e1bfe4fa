// Scale: y = x * by, as float32.
#include "engine/data/dataset.h"
#include "engine/data/image_axes.h"

namespace lathe::data {
namespace {

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    const auto in = toFloat32(input);
    if (!in) return in.error();
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, input.shape());
    const auto x = in->values<float>();
    const auto y = result.mutableValues<float>();
    const double by = options.real("by");
    for (size_t i = 0; i < x.size(); ++i) y[i] = static_cast<float>(static_cast<double>(x[i]) * by);
    return result;
}

}  // namespace

StepSpec scaleStep() {
    return {.name = "scale",
            .title = "Scale",
            .options = {{.name = "by",
                         .type = base::ParamType::real,
                         .defaultValue = 1.0 / 255,
                         .label = "Factor",
                         .help = "Every number is multiplied by it; the default brings 0..255 to 0..1."}},
            .apply = apply};
}

}  // namespace lathe::data
