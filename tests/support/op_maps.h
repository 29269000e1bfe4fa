// Calls of ops that take or give maps, which an OpCase has no place for.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"

namespace lathe::test {

inline ir::ValueType mapType(tensor::DataType key, tensor::DataType value) {
    ir::ValueType type;
    type.kind = ir::ValueType::Kind::map;
    type.element = key;
    type.inner = std::make_shared<const ir::ValueType>(ir::ValueType::tensorOf(value, ir::SymbolicShape{}));
    return type;
}

template <typename Key, typename Value>
tensor::Map mapOf(std::vector<std::pair<Key, Value>> items) {
    std::vector<Key> keys;
    tensor::Map map;
    for (const auto& [key, value] : items) {
        keys.push_back(key);
        map.values.emplace_back(tensor::Tensor::scalar(value));
    }
    map.keys = tensor::Tensor::vector(std::span<const Key>(keys));
    return map;
}

// One node of ai.onnx.ml with one input and one output.
inline ir::GraphPtr graphOfMl(std::string_view op, ir::Attributes attributes, ir::ValueType input) {
    ir::Editor editor;
    const auto x = editor.addInput("x", std::move(input));
    const auto node = editor.addNode(
        {.op = op, .inputs = {x}, .attributes = std::move(attributes), .domain = "ai.onnx.ml"});
    editor.setGraphOutputs(ir::kMain, {editor.graph().node(node).output()});
    return editor.finish();
}

struct MlRun {
    std::string error;  // empty: none
    ir::ValueType type;
    tensor::RuntimeValue value;
};
// The inferred type and the evaluated value, or what refused.
inline MlRun runMl(std::string_view op, const ir::Attributes& attributes, const ir::ValueType& input,
                   tensor::RuntimeValue x) {
    const auto graph = graphOfMl(op, attributes, input);
    const auto typed = ops::inferred(graph);
    if (!typed) return {typed.error().message, {}, {}};
    const std::vector<tensor::RuntimeValue> inputs = {std::move(x)};
    auto results = ops::interpret(*graph, inputs);
    if (!results) return {results.error().message, {}, {}};
    return {{}, (*typed)->value((*typed)->outputs().front()).type(), results->front()};
}

}  // namespace lathe::test
