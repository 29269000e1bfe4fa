#include "tests/engine/formats/onnx_cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/formats/format.h"
#include "engine/formats/onnx/value_file.h"
#include "engine/ops/infer.h"
#include "engine/ops/interpreter.h"
#include "engine/ops/op.h"

namespace lathe::test {
namespace {

constexpr double kRelative = 1e-3;
constexpr double kAbsolute = 1e-7;

std::string tensorDifference(const tensor::Tensor& got, const tensor::Tensor& wanted) {
    if (got.type() != wanted.type() || !(got.shape() == wanted.shape()))
        return fmt::format("got {}, wanted {}", tensor::toString(got.type(), got.shape()),
                           tensor::toString(wanted.type(), wanted.shape()));
    if (!tensor::isFloat(wanted.type())) return got == wanted ? "" : "elements differ";
    const auto a = tensor::toReals(got), b = tensor::toReals(wanted);
    for (size_t i = 0; i < a.size(); ++i) {
        const bool same = std::isnan(b[i]) ? std::isnan(a[i])
                          : std::isinf(b[i])
                              ? a[i] == b[i]
                              : std::abs(a[i] - b[i]) <= kAbsolute + kRelative * std::abs(b[i]);
        if (!same) return fmt::format("element {}: got {}, wanted {}", i, a[i], b[i]);
    }
    return {};
}

// Some models of the standard declare an input otherwise than their data have it; the data hold.
base::Result<ir::GraphPtr> withShapesOf(const ir::GraphPtr& graph,
                                        const std::vector<tensor::RuntimeValue>& inputs) {
    ops::InferOptions options;
    for (size_t i = 0; i < inputs.size(); ++i) {
        const auto* tensor = inputs[i].tensor();
        const auto& declared = graph->value(graph->inputs()[i]).type();
        if (!tensor || !declared.shape) continue;
        const auto sizes = ir::concreteShape(*declared.shape);
        if (sizes &&
            !std::equal(sizes->begin(), sizes->end(), tensor->shape().begin(), tensor->shape().end()))
            options.inputs[graph->inputs()[i]] =
                ir::ValueType::tensorOf(declared.element, ir::symbolicShape(tensor->shape()));
    }
    if (options.inputs.empty()) return graph;
    options.discardRecorded = true;
    return ops::inferred(graph, options);
}

bool deterministic(const ir::Graph& graph) {
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto* op = ops::find(graph.node({n}).domain(), graph.node({n}).op());
        if (op && !op->deterministic) return false;
    }
    return true;
}

}  // namespace

std::string missingOp(const ir::Graph& graph) {
    for (uint32_t n = 0; n < graph.nodeLimit(); ++n) {
        if (!graph.contains(ir::NodeId{n})) continue;
        const auto node = graph.node({n});
        const auto* op = ops::find(node.domain(), node.op());
        if ((op && op->evaluate) ||
            graph.findFunction(node.domain(), node.op(), graph.text(node.data().overload)))
            continue;
        return fmt::format("{}{}{}", node.domain(), node.domain().empty() ? "" : ".", node.op());
    }
    return {};
}

std::vector<std::filesystem::path> caseFolders(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> result;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
        if (std::filesystem::exists(entry.path() / "model.onnx")) result.push_back(entry.path());
    std::sort(result.begin(), result.end());
    return result;
}

std::string difference(const tensor::RuntimeValue& got, const tensor::RuntimeValue& wanted) {
    if (got.content.index() != wanted.content.index()) return "another kind of value";
    if (const auto* tensor = wanted.tensor()) return tensorDifference(*got.tensor(), *tensor);
    if (const auto* sequence = wanted.sequence()) {
        if (got.sequence()->items.size() != sequence->items.size()) return "another length";
        for (size_t i = 0; i < sequence->items.size(); ++i)
            if (const auto text = difference(got.sequence()->items[i], sequence->items[i]); !text.empty())
                return fmt::format("item {}: {}", i, text);
    }
    if (const auto* optional = wanted.optional()) {
        if (!optional->value != !got.optional()->value) return "one of the two is empty";
        if (optional->value) return difference(*got.optional()->value, *optional->value);
    }
    return {};
}

CaseResult runCase(const std::filesystem::path& folder) {
    using Kind = CaseResult::Kind;
    const auto graph = formats::read(folder / "model.onnx", {});
    if (!graph) return {Kind::failed, graph.error().message};
    if (auto missing = missingOp(**graph); !missing.empty()) return {Kind::missingOp, std::move(missing)};
    for (int set = 0;; ++set) {
        const auto data = folder / fmt::format("test_data_set_{}", set);
        if (!std::filesystem::exists(data)) return {Kind::passed, ""};
        std::vector<tensor::RuntimeValue> inputs;
        for (const auto id : (*graph)->inputs()) {
            const auto file = data / fmt::format("input_{}.pb", inputs.size());
            if (!std::filesystem::exists(file)) {
                inputs.emplace_back();
                continue;
            }
            auto value = formats::onnx::readValueFile(file, (*graph)->value(id).type());
            if (!value) return {Kind::failed, value.error().message};
            inputs.push_back(std::move(*value));
        }
        const auto shaped = withShapesOf(*graph, inputs);
        if (!shaped) return {Kind::failed, shaped.error().message};
        const auto outputs = ops::interpret(**shaped, inputs);
        if (!outputs) return {Kind::failed, outputs.error().message};
        for (size_t i = 0; i < outputs->size(); ++i) {
            const auto type = (*graph)->value((*graph)->outputs()[i]).type();
            const auto wanted = formats::onnx::readValueFile(data / fmt::format("output_{}.pb", i), type);
            if (!wanted) return {Kind::failed, wanted.error().message};
            // Random numbers cannot agree; their type and shape must.
            if (!deterministic(**graph)) {
                if (!wanted->tensor() || !(*outputs)[i].tensor() ||
                    !((*outputs)[i].tensor()->shape() == wanted->tensor()->shape()))
                    return {Kind::failed, "a random output has another shape"};
                continue;
            }
            if (auto text = difference((*outputs)[i], *wanted); !text.empty())
                return {Kind::failed, fmt::format("output {}: {}", i, text)};
        }
    }
}

TEST(OnnxCases, differenceSeesElementsTypesAndShapes) {
    const auto one = tensor::Tensor::of<float>({2}, {1, 2});
    EXPECT_EQ(difference(one, tensor::Tensor::of<float>({2}, {1, 2.0001f})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<float>({2}, {1, 2.1f})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<float>({2, 1}, {1, 2})), "");
    EXPECT_NE(difference(one, tensor::Tensor::of<double>({2}, {1, 2})), "");
}

}  // namespace lathe::test
