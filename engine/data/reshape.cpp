// Reshape: the same numbers in the same order under another shape; one dimension may be -1.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/data/dataset.h"

namespace lathe::data {
namespace {

base::Result<tensor::Tensor> apply(const tensor::Tensor& input, const base::Params& options) {
    tensor::Shape shape;
    int64_t known = 1;
    size_t open = SIZE_MAX;
    const auto& wanted = options.integers("shape");
    const auto bad = [&] {
        return base::Error::badInput(fmt::format("{} does not fit into [{}].",
                                                 tensor::toString(input.shape()), fmt::join(wanted, ", ")));
    };
    for (const auto dimension : wanted) {
        if (dimension < -1 || (dimension == -1 && open != SIZE_MAX)) return bad();
        if (dimension == -1)
            open = shape.size();
        else if (__builtin_mul_overflow(known, dimension, &known))
            return bad();
        shape.push_back(dimension);
    }
    if (open != SIZE_MAX) {
        if (known == 0 || input.elementCount() % known != 0) return bad();
        shape[open] = input.elementCount() / known;
    }
    if (tensor::checkedElementCount(shape) != input.elementCount()) return bad();
    return input.reshaped(shape);
}

}  // namespace

StepSpec reshapeStep() {
    return {
        .name = "reshape",
        .title = "Reshape",
        .options = {{.name = "shape",
                     .type = base::ParamType::integers,
                     .defaultValue = std::vector<int64_t>{},
                     .label = "Shape",
                     .help = "New dimensions of a sample; -1 stands for the one that follows from the rest.",
                     .required = true}},
        .apply = apply};
}

}  // namespace lathe::data
