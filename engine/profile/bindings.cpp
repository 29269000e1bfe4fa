#include "engine/profile/bindings.h"

namespace lathe::profile {

void bindDimensions(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs,
                    runtime::SessionOptions& options) {
    const auto ports = graph.inputs();
    for (size_t i = 0; i < inputs.size() && i < ports.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        const auto& shape = graph.value(ports[i]).type().shape;
        if (!tensor || !shape || shape->size() != tensor->shape().size()) continue;
        for (size_t axis = 0; axis < shape->size(); ++axis)
            if (const auto name = (*shape)[axis].symbolName(); !name.empty())
                options.bindings.emplace(name, tensor->shape()[axis]);
    }
}

}  // namespace lathe::profile
