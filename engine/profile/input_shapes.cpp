#include "engine/profile/input_shapes.h"

#include <fmt/format.h>

namespace lathe::profile {
namespace {

void add(std::string& text, const ir::Value& input, tensor::DataType type, const tensor::Shape& shape) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", input.name(), tensor::toString(type, shape));
}

}  // namespace

std::string inputShapes(const ir::Graph& graph, std::span<const tensor::RuntimeValue> inputs) {
    std::string text;
    const auto ports = graph.inputs();
    for (size_t i = 0; i < inputs.size() && i < ports.size(); ++i)
        if (const auto* tensor = inputs[i].tensor())
            add(text, graph.value(ports[i]), tensor->type(), tensor->shape());
    return text;
}

std::string inputShapes(const ir::Graph& graph, const std::map<std::string, int64_t, std::less<>>& bindings) {
    std::map<std::string, ir::Dim, std::less<>> names;
    for (const auto& [name, value] : bindings) names.emplace(name, ir::Dim(value));
    std::string text;
    for (const auto id : graph.inputs()) {
        const auto input = graph.value(id);
        const auto& type = input.type();
        if (input.initializer() || !type.isTensor() || !type.shape) continue;
        tensor::Shape shape;
        for (const auto& dim : *type.shape) shape.push_back(dim.bound(names).constantOr(1));
        add(text, input,
            type.element == tensor::DataType::undefined ? tensor::DataType::float32 : type.element, shape);
    }
    return text;
}

}  // namespace lathe::profile
