#include "app/agent/self_test.h"

#include <algorithm>
#include <cmath>

#include "engine/ir/editor.h"
#include "engine/ir/text.h"
#include "engine/ops/entries.h"
#include "engine/runtime/session.h"

namespace lathe::agent {
namespace {

struct Case {
    std::string_view name, graph;
    double allowed;  // sums in another order
};

// One graph a family of kernels. The first input is random in every run, the others become random weights.
constexpr Case kCases[] = {
    {"matrix product", R"(opset ai.onnx 21
graph main (a: float32[37, 70], b: float32[70, 45]) -> (y) {
  y = MatMul(a, b)
})",
     1e-5},
    {"convolution", R"(opset ai.onnx 21
graph main (x: float32[1, 20, 17, 19], w: float32[33, 20, 3, 3], b: float32[33]) -> (y) {
  c = Conv(x, w, b) {pads = [1, 1, 1, 1]}
  y = Relu(c)
})",
     1e-5},
    {"pooling", R"(opset ai.onnx 21
graph main (x: float32[1, 20, 17, 19]) -> (y, z) {
  y = MaxPool(x) {kernel_shape = [3, 3], strides = [2, 2]}
  z = GlobalAveragePool(x)
})",
     1e-5},
    {"functions", R"(opset ai.onnx 21
graph main (x: float32[5, 333]) -> (a, b, c, d, e) {
  a = Exp(x)
  b = Tanh(x)
  c = Sigmoid(x)
  d = Erf(x)
  e = Gelu(x)
})",
     1e-5},
    {"softmax and normalization", R"(opset ai.onnx 21
graph main (x: float32[6, 130], s: float32[130], b: float32[130]) -> (y, z) {
  y = Softmax(x)
  z = LayerNormalization(x, s, b)
})",
     1e-5},
    {"integers", R"(opset ai.onnx 21
graph main (a: float32[19, 64], b: int8[64, 40]) -> (y) {
  s = constant float32[] {0.03}
  t = constant float32[] {0.5}
  za = constant uint8[] {128}
  zb = constant int8[] {0}
  qa = QuantizeLinear(a, s, za)
  p = QLinearMatMul(qa, s, za, b, s, zb, t, za)
  y = DequantizeLinear(p, t, za)
})",
     0},
};

// The largest difference relative to the largest value; infinite for other shapes, types or numbers that are
// none.
double difference(const tensor::RuntimeValue& a, const tensor::RuntimeValue& b) {
    const auto *x = a.tensor(), *y = b.tensor();
    if (!x || !y || x->type() != y->type() || !(x->shape() == y->shape())) return INFINITY;
    double largest = 0, error = 0;
    for (int64_t i = 0; i < x->elementCount(); ++i) {
        const double p = x->realAt(i), q = y->realAt(i);
        if (!std::isfinite(p) || !std::isfinite(q)) return INFINITY;
        largest = std::max(largest, std::fabs(q));
        error = std::max(error, std::fabs(p - q));
    }
    return largest > 0 ? error / largest : error;
}

// All inputs but the first as constants: kernels pack weights.
base::Result<ir::GraphPtr> withWeights(const ir::GraphPtr& graph) {
    auto values = runtime::randomInputs(*graph, 1);
    if (!values) return values.error();
    ir::Editor editor(graph);
    const auto inputs = graph->inputs();
    for (size_t i = 1; i < inputs.size(); ++i) editor.setConstant(inputs[i], *(*values)[i].tensor());
    editor.setGraphInputs(ir::kMain, {inputs[0]});
    return editor.finish();
}

// A node that ran by the plain evaluation would be compared with itself.
std::string plainNode(const runtime::Session& session) {
    for (const auto& entry : session.plan())
        if (entry.kernel == "plain") return entry.op;
    return {};
}

// An agent that was built for one model has not all of the operators.
bool isHere(const Case& c) {
    if (ops::builtFor().empty()) return true;
    const auto graph = ir::parseText(c.graph);
    if (!graph) return true;
    const auto order = (*graph)->order();
    return std::all_of(order.begin(), order.end(), [&](ir::NodeId id) {
        return ops::find((*graph)->node(id).domain(), (*graph)->node(id).op());
    });
}

base::Result<double> compare(const Case& c, const base::Progress& progress) {
    auto parsed = ir::parseText(c.graph);
    if (!parsed) return parsed.error();
    auto graph = withWeights(*parsed);
    if (!graph) return graph.error();
    auto inputs = runtime::randomInputs(**graph, 2);
    if (!inputs) return inputs.error();
    std::vector<std::vector<tensor::RuntimeValue>> outputs;
    for (const bool plain : {false, true}) {
        runtime::SessionOptions options;
        options.plainOnly = plain;
        auto session = runtime::open(*graph, options, progress);
        if (!session) return session.error();
        auto result = (*session)->run(*inputs);
        if (!result) return result.error();
        if (const auto op = plainNode(**session); !plain && !op.empty())
            return base::Error{op + " has no kernel on this processor"};
        outputs.push_back(std::move(*result));
    }
    double error = 0;
    for (size_t i = 0; i < outputs[0].size(); ++i)
        error = std::max(error, difference(outputs[0][i], outputs[1][i]));
    return error;
}

}  // namespace

std::vector<SelfTestResult> selfTest(const base::Progress& progress) {
    std::vector<SelfTestResult> results;
    for (const auto& c : kCases) {
        if (progress.cancelled()) break;
        if (!isHere(c)) continue;
        progress.report(static_cast<double>(results.size()) / std::size(kCases), c.name);
        SelfTestResult result{std::string(c.name), 0, c.allowed, {}};
        if (const auto error = compare(c, progress))
            result.error = *error;
        else
            result.problem = error.error().message;
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace lathe::agent
