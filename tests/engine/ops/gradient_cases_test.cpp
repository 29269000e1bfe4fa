#include "tests/engine/ops/gradient_cases.h"

#include <functional>

namespace lathe::test {
namespace {

using tensor::Tensor;
using Shape = std::initializer_list<int64_t>;

// Numbers from `low` to `high`, no two alike and none at 0 or another kink, in no order.
Tensor spread(Shape shape, double low = -1.3, double high = 1.7) {
    auto tensor = Tensor::zeros(tensor::DataType::float64, tensor::Dimensions(shape.begin(), shape.size()));
    const auto values = tensor.mutableValues<double>();
    const auto count = static_cast<double>(values.size());
    for (size_t i = 0; i < values.size(); ++i) {
        const double place = static_cast<double>((i * 7919 + 3) % values.size()) + 0.37;
        values[i] = low + (high - low) * place / count;
    }
    return tensor;
}

Tensor integers(std::initializer_list<int64_t> values) {
    return Tensor::vector(std::span(values.begin(), values.size()));
}

void addElementwise(std::vector<GradientCase>& cases) {
    const auto unary = [&](std::string name, std::string call, double low = -1.3, double high = 1.7) {
        cases.push_back({name, "y = " + call, {spread({2, 3}, low, high)}, true, true});
    };
    unary("Identity", "Identity(x0)");
    unary("Neg", "Neg(x0)");
    unary("Abs", "Abs(x0)");
    unary("Reciprocal", "Reciprocal(x0)", 0.5, 2);
    unary("Exp", "Exp(x0)");
    unary("Log", "Log(x0)", 0.5, 2);
    unary("Sqrt", "Sqrt(x0)", 0.5, 2);
    unary("Sin", "Sin(x0)");
    unary("Cos", "Cos(x0)");
    unary("Tan", "Tan(x0)", -0.9, 0.8);
    unary("Tanh", "Tanh(x0)");
    unary("Sigmoid", "Sigmoid(x0)");
    unary("Relu", "Relu(x0)");
    unary("LeakyRelu", "LeakyRelu(x0) {alpha = 0.25}");
    unary("Elu", "Elu(x0) {alpha = 0.75}");
    unary("Softplus", "Softplus(x0)");
    unary("Erf", "Erf(x0)");
    unary("Gelu", "Gelu(x0)");
    unary("GeluByTanh", "Gelu(x0) {approximate = \"tanh\"}");
    unary("HardSigmoid", "HardSigmoid(x0) {alpha = 0.5}");
    unary("HardSwish", "HardSwish(x0)", -4.1, 3.9);
    unary("Swish", "Swish(x0) {alpha = 1.5}");
    unary("Mish", "Mish(x0)");
    unary("Selu", "Selu(x0)");
    unary("Celu", "Celu(x0) {alpha = 0.5}");
    unary("Softsign", "Softsign(x0)");
    unary("ThresholdedRelu", "ThresholdedRelu(x0) {alpha = 0.5}");
    unary("Sinh", "Sinh(x0)");
    unary("Cosh", "Cosh(x0)");
    unary("Asin", "Asin(x0)", -0.8, 0.9);
    unary("Acos", "Acos(x0)", -0.8, 0.9);
    unary("Atan", "Atan(x0)");
    unary("Asinh", "Asinh(x0)");
    unary("Acosh", "Acosh(x0)", 1.2, 3);
    unary("Atanh", "Atanh(x0)", -0.8, 0.9);
    cases.push_back({"PRelu", "y = PRelu(x0, x1)", {spread({2, 3, 2}), spread({3, 1})}, true, true});
    unary("Sign", "Sign(x0)");
    unary("Floor", "Floor(x0)");
    unary("Ceil", "Ceil(x0)");
    unary("Round", "Round(x0)");
    const auto binary = [&](std::string op, double low = -1.3, double high = 1.7) {
        const auto call = "y = " + op + "(x0, x1)";
        cases.push_back({op, call, {spread({2, 3}, low, high), spread({2, 3}, low, high - 0.2)}, true, true});
        cases.push_back({op + "Stretched",
                         call,
                         {spread({3, 1, 2}, low, high), spread({4, 1}, low, high - 0.2)},
                         true,
                         true});
        cases.push_back(
            {op + "ByScalar", call, {spread({}, low, high), spread({2, 2}, low, high)}, true, true});
    };
    binary("Add");
    binary("Sub");
    binary("Mul");
    binary("Div", 0.5, 2);
    binary("Pow", 0.5, 2);
    binary("Max");
    binary("Min");
    cases.push_back({"PowOfZeros",
                     "two = constant float64[3] {2, 0, 1}\ny = Pow(x0, two)",
                     {Tensor::of<double>({3}, {-0.5, -0.5, 0})},
                     true,
                     true});
    cases.push_back({"PowWithIntegers", "y = Pow(x0, x1)", {spread({2}), integers({2, 3})}, true, true});
    for (const auto* op : {"Sum", "Mean", "Max"})
        cases.push_back({std::string(op) + "OfThree",
                         "y = " + std::string(op) + "(x0, x1, x2)",
                         {spread({2, 3}), spread({3}, -1, 1), spread({2, 1}, -0.7, 0.9)},
                         true,
                         true});
    cases.push_back(
        {"Clip", "y = Clip(x0, x1, x2)", {spread({7}), Tensor::scalar(-0.5), Tensor::scalar(0.8)}});
    cases.push_back({"ClipBelow", "y = Clip(x0, x1)", {spread({7}), Tensor::scalar(-0.5)}});
    cases.push_back({"Where",
                     "zero = constant float64[] {0.1}\nc = Greater(x0, zero)\ny = Where(c, x0, x1)",
                     {spread({2, 3}), spread({3}, -2, 2)},
                     true,
                     true});
    cases.push_back({"CastBothWays",
                     "h = Cast(x0) {to = 1}\nw = Cast(x0) {to = 7}\nv = Cast(w) {to = 11}\n"
                     "g = Cast(x0) {to = 11}\nk = Mul(g, v)\ny = Mul(k, x0)",
                     {spread({5})},
                     true,
                     true});
    cases.push_back({"SeveralUses",
                     "a = Sin(x0)\nb = Mul(a, x0)\nc = Add(a, b)\nd = Add(c, a)\ny = Mul(d, b)",
                     {spread({4})},
                     true,
                     true});
    cases.push_back({"IgnoredInput", "y = Exp(x0)", {spread({2}), spread({3})}, true, true});
    cases.push_back({"Dropout", "y, m = Dropout(x0)", {spread({4})}, true, true});
}

void addProducts(std::vector<GradientCase>& cases) {
    const auto product = [&](std::string name, Shape a, Shape b) {
        cases.push_back({name, "y = MatMul(x0, x1)", {spread(a), spread(b, -1, 2)}});
    };
    product("MatMul", {2, 3}, {3, 4});
    product("MatMulBatched", {2, 2, 3}, {2, 3, 2});
    product("MatMulStretched", {2, 1, 2, 3}, {2, 3, 2});
    product("MatMulRow", {3}, {2, 3, 2});
    product("MatMulColumn", {2, 2, 3}, {3});
    product("MatMulVectors", {3}, {3});
    for (const int transA : {0, 1})
        for (const int transB : {0, 1}) {
            const auto a = transA ? spread({3, 2}) : spread({2, 3});
            const auto b = transB ? spread({4, 3}) : spread({3, 4});
            cases.push_back({"Gemm" + std::to_string(transA) + std::to_string(transB),
                             "y = Gemm(x0, x1, x2) {alpha = 0.5, beta = 2.0, transA = " +
                                 std::to_string(transA) + ", transB = " + std::to_string(transB) + "}",
                             {a, b, spread({4})}});
        }
    const auto convolution = [&](std::string name, Shape x, Shape w, std::string attributes,
                                 bool symbolic = true) {
        const auto channels = *w.begin();
        cases.push_back({name,
                         "y = Conv(x0, x1, x2) {" + attributes + "}",
                         {spread(x), spread(w), spread({channels})},
                         false});
        // The sizes of weights are known; those of images often are not.
        if (symbolic) {
            const auto weight = spread(w);
            std::string numbers;
            for (const double value : weight.values<double>())
                numbers += (numbers.empty() ? "" : ", ") + std::to_string(value);
            cases.push_back({name + "OfAnySize",
                             "w = constant " + tensor::toString(weight.type(), weight.shape()).erase(7, 1) +
                                 " {" + numbers + "}\ny = Conv(x0, w) {" + attributes + "}",
                             {spread(x)}});
        }
    };
    convolution("Conv", {2, 2, 4, 5}, {3, 2, 3, 2}, "group = 1");
    convolution("ConvPadded", {1, 2, 4, 4}, {2, 2, 3, 3}, "pads = [1, 0, 2, 1]");
    convolution("ConvStrided", {1, 2, 6, 5}, {2, 2, 3, 2}, "strides = [2, 3], pads = [1, 1, 0, 1]");
    convolution("ConvDilated", {1, 1, 6, 6}, {2, 1, 2, 3}, "dilations = [3, 2], strides = [2, 1]");
    convolution("ConvGrouped", {2, 4, 4, 3}, {6, 2, 2, 2}, "group = 2, strides = [2, 1]");
    convolution("ConvDepthwise", {1, 3, 4, 4}, {3, 1, 3, 3}, "group = 3, pads = [1, 1, 1, 1]");
    convolution("ConvSameUpper", {1, 1, 5, 5}, {1, 1, 2, 3}, "auto_pad = \"SAME_UPPER\", strides = [2, 2]",
                false);
    convolution("ConvSameLower", {1, 1, 4, 5}, {1, 1, 2, 4}, "auto_pad = \"SAME_LOWER\"");
    convolution("ConvLine", {1, 2, 7}, {2, 2, 3}, "strides = [3], dilations = [2]");
    const auto turned = [&](std::string name, Shape from, Shape w, std::string attributes, int64_t channels) {
        cases.push_back({std::move(name),
                         "y = ConvTranspose(x0, x1, x2) {" + attributes + "}",
                         {spread(from), spread(w), spread({channels})},
                         false});
    };
    turned("ConvTranspose", {2, 2, 3, 2}, {2, 3, 2, 3}, "group = 1", 3);
    turned("ConvTransposePadded", {1, 2, 3, 3}, {2, 2, 3, 3},
           "strides = [2, 3], pads = [1, 0, 1, 2], output_padding = [1, 2]", 2);
    turned("ConvTransposeGrouped", {2, 4, 3}, {4, 2, 2}, "group = 2, dilations = [2], strides = [2]", 4);
    convolution("ConvVolume", {1, 1, 3, 3, 4}, {2, 1, 2, 2, 2}, "strides = [1, 1, 2]");
}

void addShapes(std::vector<GradientCase>& cases) {
    const auto add = [&](std::string name, std::string body, std::vector<Tensor> inputs,
                         bool unknownRank = true) {
        cases.push_back({std::move(name), std::move(body), std::move(inputs), true, unknownRank});
    };
    const auto x = spread({2, 3, 4});
    add("Transpose", "y = Transpose(x0) {perm = [2, 0, 1]}", {x});
    add("TransposeReversed", "y = Transpose(x0)", {x});
    add("Reshape", "s = constant int64[2] {4, -1}\ny = Reshape(x0, s)", {x});
    add("Flatten", "y = Flatten(x0) {axis = 2}", {x});
    add("Squeeze", "a = constant int64[1] {1}\ny = Squeeze(x0, a)", {spread({2, 1, 3})});
    add("Unsqueeze", "a = constant int64[2] {0, -1}\ny = Unsqueeze(x0, a)", {x});
    add("Expand", "s = constant int64[3] {2, 3, 4}\ny = Expand(x0, s)", {spread({3, 1})});
    add("Concat", "y = Concat(x0, x1, x0) {axis = -2}", {spread({2, 1, 2}), spread({2, 3, 2})});
    add("ConcatOfOne", "y = Concat(x0) {axis = 0}", {x});
    add("Split", "a, b = Split(x0) {axis = -1, num_outputs = 2}\ny = Mul(a, b)", {x});
    add("SplitUnevenly", "s = constant int64[3] {1, 0, 2}\na, b, y = Split(x0, s) {axis = 1}", {x});
    add("SplitLeavingOut", "s = constant int64[2] {1, 2}\n_, y = Split(x0, s) {axis = 1}", {x});
    add("Slice",
        "s = constant int64[2] {-1, 1}\ne = constant int64[2] {-10, 3}\na = constant int64[2] {1, 2}\n"
        "p = constant int64[2] {-2, 1}\ny = Slice(x0, s, e, a, p)",
        {x});
    add("Gather", "y = Gather(x0, x1)", {x, Tensor::of<int64_t>({2, 2}, {1, 0, -1, 1})});
    add("GatherColumns", "y = Gather(x0, x1) {axis = 2}", {x, integers({3, 0, 3})});
    add("GatherByScalar", "y = Gather(x0, x1)", {x, Tensor::scalar<int64_t>(1)});
    add("GatherElements", "y = GatherElements(x0, x1) {axis = 1}",
        {spread({2, 3}), Tensor::of<int64_t>({2, 2}, {0, 0, 2, -1})});
    add("GatherND", "y = GatherND(x0, x1)", {spread({2, 3}), Tensor::of<int64_t>({2, 2}, {0, 2, 0, 2})});
    add("ScatterElements", "y = ScatterElements(x0, x1, x2) {axis = 1}",
        {spread({2, 3}), Tensor::of<int64_t>({2, 1}, {2, 0}), spread({2, 1})});
    add("ScatterElementsAdding", "y = ScatterElements(x0, x1, x2) {axis = 0, reduction = \"add\"}",
        {spread({3}), integers({1, 1}), spread({2})});
    add("ScatterND", "y = ScatterND(x0, x1, x2)",
        {spread({3, 2}), Tensor::of<int64_t>({2, 1}, {2, 0}), spread({2, 2})});
    add("Tile", "r = constant int64[3] {1, 2, 3}\ny = Tile(x0, r)", {x});
    add("Compress", "c = constant bool[3] {1, 0, 1}\ny = Compress(x0, c) {axis = 1}", {x});
    add("DepthToSpace", "y = DepthToSpace(x0) {blocksize = 2}", {spread({1, 4, 1, 2})});
    add("SpaceToDepth", "y = SpaceToDepth(x0) {blocksize = 2}", {spread({1, 1, 2, 4})});
    add("ReverseSequence",
        "l = constant int64[2] {2, 3}\ny = ReverseSequence(x0, l) {batch_axis = 0, time_axis = 1}", {x});
    add("Trilu", "k = constant int64[] {1}\ny = Trilu(x0, k) {upper = 0}", {spread({2, 3, 3})});
    add("TopK", "k = constant int64[1] {2}\ny, i = TopK(x0, k) {axis = 1}", {x});
    add("TopKValues", "k = constant int64[1] {2}\ny, _ = TopK(x0, k) {largest = 0}", {x});
    const std::string pads = "p = constant int64[6] {0, 1, -1, 1, 0, 2}\n";
    add("Pad", pads + "y = Pad(x0, p, x1)", {x, Tensor::scalar(0.5)});
    add("PadAxes", "p = constant int64[2] {2, 1}\na = constant int64[1] {-1}\ny = Pad(x0, p, _, a)", {x});
    add("PadEdge", "p = constant int64[6] {0, 1, 2, 0, 0, 1}\ny = Pad(x0, p) {mode = \"edge\"}", {x});
    add("PadReflect", "p = constant int64[6] {0, 2, 1, 0, 1, 2}\ny = Pad(x0, p) {mode = \"reflect\"}", {x});
}

void addReductions(std::vector<GradientCase>& cases) {
    const auto add = [&](std::string name, std::string body, std::vector<Tensor> inputs,
                         bool unknownRank = true) {
        cases.push_back({std::move(name), std::move(body), std::move(inputs), true, unknownRank});
    };
    const auto x = spread({2, 3, 2}, 0.3, 2);
    for (const std::string op : {"ReduceSum", "ReduceMean", "ReduceSumSquare", "ReduceL1", "ReduceL2",
                                 "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMin"}) {
        add(op, "a = constant int64[2] {-1, 0}\ny = " + op + "(x0, a)", {x});
        add(op + "Dropped", "a = constant int64[1] {1}\ny = " + op + "(x0, a) {keepdims = 0}", {x});
        add(op + "OfAll", "y = " + op + "(x0) {keepdims = 0}", {x});
        add(op + "OfNothing", "y = " + op + "(x0) {noop_with_empty_axes = 1, keepdims = 0}", {x});
    }
    add("Softmax", "y = Softmax(x0) {axis = 1}", {x});
    add("LogSoftmax", "y = LogSoftmax(x0)", {x});
    add("GlobalAveragePool", "y = GlobalAveragePool(x0)", {spread({2, 2, 3, 2})});
    const auto image = spread({1, 2, 5, 6});
    for (const std::string include : {"0", "1"}) {
        const auto counted = ", count_include_pad = " + include + "}";
        add("AveragePool" + include, "y = AveragePool(x0) {kernel_shape = [2, 3]" + counted, {image}, false);
        add("AveragePoolPadded" + include,
            "y = AveragePool(x0) {kernel_shape = [3, 2], strides = [2, 2], pads = [1, 1, 1, 0]" + counted,
            {image}, false);
        cases.push_back({"AveragePoolCeil" + include,
                         "y = AveragePool(x0) {kernel_shape = [3, 3], strides = [2, 2], pads = [0, 1, 0, 1], "
                         "ceil_mode = 1" +
                             counted,
                         {image},
                         false});
        cases.push_back(
            {"AveragePoolSame" + include,
             "y = AveragePool(x0) {kernel_shape = [2, 3], strides = [2, 2], auto_pad = \"SAME_UPPER\"" +
                 counted,
             {image},
             false});
    }
    add("MaxPool", "y = MaxPool(x0) {kernel_shape = [2, 3], strides = [1, 2], pads = [1, 0, 0, 1]}", {image});
    add("MaxPoolColumnMajor", "y, i = MaxPool(x0) {kernel_shape = [2, 2], storage_order = 1}", {image});
    add("GlobalMaxPool", "y = GlobalMaxPool(x0)", {spread({2, 2, 3, 2})});
    const auto positive = spread({3}, 0.4, 2);
    add("RmsNormalization", "y = RMSNormalization(x0, x1) {epsilon = 0.01}", {spread({2, 3, 4}), spread({4})},
        false);
    add("InstanceNormalization", "y = InstanceNormalization(x0, x1, x2)",
        {spread({2, 2, 3, 2}), spread({2}), spread({2})}, false);
    const auto classes = Tensor::of<int64_t>({2, 2}, {0, 2, 1, 0});
    const auto scores = spread({2, 3, 2});
    const std::string weights = "w = constant float64[3] {0.5, 2, 1.5}\n";
    for (const std::string reduction : {"none", "sum", "mean"}) {
        const auto how = " {reduction = \"" + reduction + "\"}";
        add("Loss" + reduction, "y = NegativeLogLikelihoodLoss(x0, x1)" + how, {scores, classes});
        add("WeightedLoss" + reduction, weights + "y = NegativeLogLikelihoodLoss(x0, x1, w)" + how,
            {scores, classes});
        add("CrossEntropy" + reduction, "y = SoftmaxCrossEntropyLoss(x0, x1)" + how, {scores, classes});
    }
    add("CrossEntropyIgnoring", weights + "y = SoftmaxCrossEntropyLoss(x0, x1, w) {ignore_index = -7}",
        {scores, Tensor::of<int64_t>({2, 2}, {0, -7, 1, 2})});
    add("LogProbabilities", "l, p = SoftmaxCrossEntropyLoss(x0, x1) {ignore_index = 2}\ny = Mul(l, p)",
        {scores, classes});
    const std::vector<Tensor> moments{spread({2, 3, 2}), spread({3}), spread({3}), spread({3}), positive};
    add("BatchNormalization", "y = BatchNormalization(x0, x1, x2, x3, x4) {epsilon = 0.1}", moments, false);
    add("BatchNormalizationOfRows", "y = BatchNormalization(x0, x1, x2, x3, x4)",
        {spread({4, 3}), spread({3}), spread({3}), spread({3}), positive}, false);
    add("LayerNormalization", "y = LayerNormalization(x0, x1, x2) {epsilon = 0.01}",
        {spread({2, 3, 4}), spread({4}), spread({4})}, false);
    add("LayerNormalizationOfPlanes", "y = LayerNormalization(x0, x1) {axis = 1}",
        {spread({2, 3, 2}), spread({3, 2})}, false);
}

}  // namespace

std::vector<GradientCase> gradientCases() {
    std::vector<GradientCase> cases;
    addElementwise(cases);
    addProducts(cases);
    addShapes(cases);
    addReductions(cases);
    return cases;
}

}  // namespace lathe::test
