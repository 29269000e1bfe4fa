// Offset: y = x + by, as float32.
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
    for (size_t i = 0; i < x.size(); ++i) y[i] = static_cast<float>(static_cast<double>(x[i]) + by);
    return result;
}

}  // namespace

StepSpec offsetStep() {
    return {.name = "offset",
            .title = "Offset",
            .options = {{.name = "by",
                         .type = base::ParamType::real,
                         .defaultValue = 0.0,
                         .label = "Number",
                         .help = "It is added to every number.",
                         .required = true}},
            .apply = apply};
}

}  // namespace lathe::data
