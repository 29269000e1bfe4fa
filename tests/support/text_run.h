// Running a graph that is written as text, for ops with bodies.
#pragma once

#include <string_view>
#include <vector>

#include "engine/ir/text.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"

namespace lathe::test {

struct TextRun {
    std::vector<tensor::RuntimeValue> outputs;
    std::vector<ir::ValueType> types;  // inferred, of the graph's outputs
};

// Parses, infers, evaluates plainly; the first error ends it.
inline base::Result<TextRun> runText(std::string_view text, const std::vector<tensor::RuntimeValue>& inputs) {
    const auto graph = ir::parseText(text);
    if (!graph) return graph.error();
    const auto typed = ops::inferred(*graph);
    if (!typed) return typed.error();
    auto outputs = ops::interpret(**typed, inputs);
    if (!outputs) return outputs.error();
    TextRun run{std::move(*outputs), {}};
    for (const auto id : (*typed)->outputs()) run.types.push_back((*typed)->value(id).type());
    return run;
}

}  // namespace lathe::test
