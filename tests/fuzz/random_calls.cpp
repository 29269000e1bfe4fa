#include "tests/fuzz/random_calls.h"

#include <algorithm>
#include <cmath>

#include "engine/ops/op.h"

namespace lathe::test {
namespace {

using tensor::DataType;
using tensor::Tensor;
using Integers = std::vector<int64_t>;

const std::vector<DataType> kTypes{DataType::float32, DataType::float32, DataType::float32,
                                   DataType::float64, DataType::int8,    DataType::uint8,
                                   DataType::int32,   DataType::int64,   DataType::boolean};

bool takes(const ops::Formal& formal, DataType type) { return (formal.types & ops::typeBit(type)) != 0; }

// Ops whose output has the shape of their inputs, or of their broadcast: any two of the table.
std::vector<const ops::Op*> elementwise(bool binary) {
    std::vector<const ops::Op*> found;
    for (const auto& op : ops::all()) {
        if (!op.domain.empty() || !op.evaluate || !op.deterministic || op.outputs.size() != 1) continue;
        if (binary ? op.inputs.size() == 2 && op.inputs[0].presence == ops::Presence::required &&
                         op.inputs[1].presence == ops::Presence::required &&
                         (op.infer == ops::inferBroadcast || op.infer == ops::inferBroadcastToBool)
                   : op.inputs.size() == 1 && op.infer == ops::inferSameAsFirst && op.attributes.empty())
            found.push_back(&op);
    }
    return found;
}

DataType typeFor(Random& random, const ops::Formal& formal) {
    for (int tries = 0; tries < 40; ++tries)
        if (const auto type = random.any(kTypes); takes(formal, type)) return type;
    return takes(formal, DataType::float32) ? DataType::float32 : DataType::int64;
}

OpCase unary(Random& random) {
    static const auto kOps = elementwise(false);
    const auto& op = *random.any(kOps);
    return {.name = "random",
            .op = op.name,
            .inputs = {random.values(typeFor(random, op.inputs[0]), random.shape(0, 4), random.chance(0.5))}};
}

OpCase binary(Random& random) {
    static const auto kOps = elementwise(true);
    const auto& op = *random.any(kOps);
    const auto type = typeFor(random, op.inputs[0]);
    const auto other = op.inputs[0].variable == op.inputs[1].variable ? type : typeFor(random, op.inputs[1]);
    const auto whole = random.shape(0, 4);
    const bool swap = random.chance(0.5), special = random.chance(0.4);
    auto a = random.values(type, swap ? random.broadcastable(whole) : whole, special);
    auto b = random.values(other, swap ? whole : random.broadcastable(whole), special);
    // Integers divided by zero have no meaning in the standard.
    if ((op.name == "Div" || op.name == "Mod") && !tensor::isFloat(other)) {
        b = random.values(other, b.shape());
        for (auto& byte : b.mutableBytes()) byte |= std::byte{1};
    }
    return {.name = "random", .op = op.name, .inputs = {a, b}};
}

Integers someAxes(Random& random, int64_t rank) {
    Integers axes;
    for (int64_t axis = 0; axis < rank; ++axis)
        if (random.chance(0.5)) axes.push_back(random.chance(0.3) ? axis - rank : axis);
    return axes;
}

OpCase reduce(Random& random) {
    static const std::vector<std::string_view> kOps{"ReduceSum", "ReduceMean",     "ReduceMax",
                                                    "ReduceMin", "ReduceProd",     "ReduceL1",
                                                    "ReduceL2",  "ReduceSumSquare"};
    const auto x = random.values(DataType::float32, random.shape(1, 4));
    const auto axes = someAxes(random, x.rank());
    OpCase call{.name = "random",
                .op = random.any(kOps),
                .attributes = {{"keepdims", random.pick(0, 1)}, {"noop_with_empty_axes", random.pick(0, 1)}},
                .inputs = {x}};
    if (random.chance(0.8)) call.inputs.emplace_back(Tensor::vector<int64_t>(axes));
    if (call.inputs.size() > 1 && random.chance(0.8)) call.constantInputs = {1};
    return call;
}

OpCase softmax(Random& random) {
    static const std::vector<std::string_view> kOps{"Softmax", "LogSoftmax", "Hardmax"};
    const auto x = random.values(DataType::float32, random.shape(1, 4));
    return {.name = "random",
            .op = random.any(kOps),
            .attributes = {{"axis", random.pick(-x.rank(), x.rank() - 1)}},
            .inputs = {x}};
}

OpCase matMul(Random& random) {
    const int64_t m = random.dimension(), k = random.dimension(), n = random.dimension();
    const auto batch = random.shape(0, 2);
    const auto with = [](tensor::Shape shape, std::initializer_list<int64_t> tail) {
        std::vector<int64_t> dims(shape.begin(), shape.end());
        dims.insert(dims.end(), tail);
        return tensor::Shape(dims.begin(), dims.end());
    };
    auto a = with(random.broadcastable(batch), {m, k}), b = with(random.broadcastable(batch), {k, n});
    if (random.chance(0.1)) a = tensor::Shape{k};
    if (random.chance(0.1)) b = tensor::Shape{k};
    OpCase call{.name = "random",
                .op = "MatMul",
                .inputs = {random.values(DataType::float32, a), random.values(DataType::float32, b)}};
    if (random.chance(0.5)) call.constantInputs = {1};
    return call;
}

OpCase gemm(Random& random) {
    const int64_t m = random.dimension(), k = random.dimension(), n = random.dimension();
    const int64_t transA = random.pick(0, 1), transB = random.pick(0, 1);
    OpCase call{
        .name = "random",
        .op = "Gemm",
        .attributes = {{"transA", transA}, {"transB", transB}},
        .inputs = {random.values(DataType::float32, transA ? tensor::Shape{k, m} : tensor::Shape{m, k}),
                   random.values(DataType::float32, transB ? tensor::Shape{n, k} : tensor::Shape{k, n})}};
    if (random.chance(0.5)) call.attributes.set("alpha", static_cast<float>(random.normal()));
    if (random.chance(0.5)) call.attributes.set("beta", static_cast<float>(random.normal()));
    if (random.chance(0.7))
        call.inputs.emplace_back(random.values(DataType::float32, random.broadcastable(tensor::Shape{m, n})));
    if (random.chance(0.5)) call.constantInputs = {1};
    return call;
}

// Kernel, stride, dilation and padding of a window over `spatial` axes.
struct Window {
    Integers kernel, strides, dilations, pads;
};
Window window(Random& random, size_t spatial) {
    Window w;
    for (size_t i = 0; i < spatial; ++i) {
        w.kernel.push_back(random.pick(1, 4));
        w.strides.push_back(random.pick(1, 3));
        w.dilations.push_back(random.chance(0.7) ? 1 : 2);
    }
    for (size_t i = 0; i < 2 * spatial; ++i) w.pads.push_back(random.pick(0, w.kernel[i % spatial] - 1));
    return w;
}

OpCase convolution(Random& random) {
    const auto spatial = static_cast<size_t>(random.pick(1, 3));
    const auto w = window(random, spatial);
    static const Integers kGroups{1, 1, 1, 2, 3};
    int64_t groups = random.any(kGroups), inner = random.pick(1, 5), outer = random.pick(1, 9);
    if (random.chance(0.3)) groups = random.pick(1, 20), inner = 1, outer = random.pick(1, 2);  // depthwise
    std::vector<int64_t> x{random.pick(1, 2), groups * inner}, weights{groups * outer, inner};
    for (size_t i = 0; i < spatial; ++i) {
        x.push_back(random.pick(1, spatial == 1 ? 40 : 12) + (w.kernel[i] - 1) * w.dilations[i]);
        weights.push_back(w.kernel[i]);
    }
    OpCase call{.name = "random",
                .op = "Conv",
                .attributes = {{"strides", w.strides}, {"dilations", w.dilations}, {"group", groups}},
                .inputs = {random.values(DataType::float32, tensor::Shape(x.begin(), x.end())),
                           random.values(DataType::float32, tensor::Shape(weights.begin(), weights.end()))}};
    static const std::vector<std::string> kAuto{"SAME_UPPER", "SAME_LOWER", "VALID"};
    if (random.chance(0.3))
        call.attributes.set("auto_pad", random.any(kAuto));
    else
        call.attributes.set("pads", w.pads);
    if (random.chance(0.5)) call.attributes.set("kernel_shape", w.kernel);
    if (random.chance(0.6))
        call.inputs.emplace_back(random.values(DataType::float32, tensor::Shape{groups * outer}));
    if (random.chance(0.8)) {
        call.constantInputs = {1};
        if (call.inputs.size() > 2) call.constantInputs.push_back(2);
    }
    return call;
}

OpCase pool(Random& random) {
    static const std::vector<std::string_view> kOps{"MaxPool", "AveragePool", "GlobalAveragePool",
                                                    "GlobalMaxPool", "LpPool"};
    const auto spatial = static_cast<size_t>(random.pick(1, 3));
    const auto w = window(random, spatial);
    std::vector<int64_t> x{random.pick(1, 2), random.pick(1, 17)};
    for (size_t i = 0; i < spatial; ++i)
        x.push_back(random.pick(1, spatial == 1 ? 40 : 12) + (w.kernel[i] - 1) * w.dilations[i]);
    OpCase call{.name = "random",
                .op = random.any(kOps),
                .inputs = {random.values(DataType::float32, tensor::Shape(x.begin(), x.end()))}};
    if (call.op.starts_with("Global")) return call;
    call.attributes = {{"kernel_shape", w.kernel},
                       {"strides", w.strides},
                       {"pads", w.pads},
                       {"dilations", w.dilations},
                       {"ceil_mode", random.pick(0, 1)}};
    if (call.op == "AveragePool") call.attributes.set("count_include_pad", random.pick(0, 1));
    return call;
}

OpCase normalization(Random& random) {
    static const std::vector<std::string_view> kOps{"LayerNormalization", "BatchNormalization",
                                                    "InstanceNormalization"};
    const auto op = random.any(kOps);
    const auto x = random.values(DataType::float32, random.shape(op == "LayerNormalization" ? 1 : 3, 4));
    OpCase call{.name = "random", .op = op, .inputs = {x}};
    tensor::Shape scale{op == "LayerNormalization" ? 0 : x.dimension(1)};
    if (op == "LayerNormalization") {
        const auto axis = random.pick(0, x.rank() - 1);
        call.attributes.set("axis", random.chance(0.5) ? axis : axis - x.rank());
        scale = tensor::Shape(x.shape().begin() + axis, x.shape().end());
    }
    call.inputs.emplace_back(random.values(DataType::float32, scale));
    call.inputs.emplace_back(random.values(DataType::float32, scale));
    if (op == "BatchNormalization") {
        call.inputs.emplace_back(random.values(DataType::float32, scale));
        auto variance = random.values(DataType::float32, scale);
        for (auto& v : variance.mutableValues<float>()) v = std::abs(v) + 0.1f;
        call.inputs.emplace_back(variance);
    }
    return call;
}

OpCase transpose(Random& random) {
    const auto x = random.values(random.any(kTypes), random.shape(1, 5));
    Integers order(static_cast<size_t>(x.rank()));
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int64_t>(i);
    for (size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<size_t>(random.pick(0, static_cast<int64_t>(i) - 1))]);
    return {.name = "random", .op = "Transpose", .attributes = {{"perm", order}}, .inputs = {x}};
}

OpCase concat(Random& random) {
    const auto type = random.any(kTypes);
    const auto base = random.shape(1, 4);
    const auto axis = random.pick(0, static_cast<int64_t>(base.size()) - 1);
    OpCase call{.name = "random", .op = "Concat", .attributes = {{"axis", axis}}};
    for (int64_t i = random.pick(1, 4); i > 0; --i) {
        auto shape = base;
        shape[static_cast<size_t>(axis)] = random.pick(0, 6);
        call.inputs.emplace_back(random.values(type, shape));
    }
    return call;
}

OpCase slice(Random& random) {
    const auto x = random.values(random.any(kTypes), random.shape(1, 4));
    Integers starts, ends, axes, steps;
    static const Integers kSteps{1, 1, 1, 2, 3, -1, -2};
    for (int64_t axis = 0; axis < x.rank(); ++axis) {
        if (random.chance(0.4)) continue;
        axes.push_back(random.chance(0.3) ? axis - x.rank() : axis);
        starts.push_back(random.pick(-20, 20));
        ends.push_back(random.chance(0.2) ? INT64_MAX : random.pick(-20, 20));
        steps.push_back(random.any(kSteps));
    }
    return {.name = "random",
            .op = "Slice",
            .inputs = {x, Tensor::vector<int64_t>(starts), Tensor::vector<int64_t>(ends),
                       Tensor::vector<int64_t>(axes), Tensor::vector<int64_t>(steps)},
            .constantInputs = {1, 2, 3, 4}};
}

OpCase gather(Random& random) {
    auto shape = random.shape(1, 4);
    const auto axis = random.pick(0, static_cast<int64_t>(shape.size()) - 1);
    auto& size = shape[static_cast<size_t>(axis)];
    size = std::max<int64_t>(size, 1);
    auto indices = random.values(DataType::int64, random.shape(0, 2));
    for (auto& i : indices.mutableValues<int64_t>()) i = random.pick(-size, size - 1);
    return {.name = "random",
            .op = "Gather",
            .attributes = {{"axis", axis}},
            .inputs = {random.values(random.any(kTypes), shape), indices}};
}

OpCase quantize(Random& random) {
    const bool back = random.chance(0.5), perAxis = random.chance(0.5);
    const auto code = random.chance(0.5) ? DataType::int8 : DataType::uint8;
    const auto shape = random.shape(perAxis ? 1 : 0, 4);
    const auto axis = perAxis ? random.pick(0, static_cast<int64_t>(shape.size()) - 1) : 0;
    const auto parameter = perAxis ? tensor::Shape{shape[static_cast<size_t>(axis)]} : tensor::Shape{};
    auto scale = random.values(DataType::float32, parameter);
    for (auto& s : scale.mutableValues<float>()) s = std::abs(s) * 0.1f + 0.01f;
    OpCase call{.name = "random",
                .op = back ? "DequantizeLinear" : "QuantizeLinear",
                .attributes = {{"axis", axis}},
                .inputs = {random.values(back ? code : DataType::float32, shape, true), scale,
                           random.values(code, parameter)},
                .constantInputs = {1, 2}};
    return call;
}

}  // namespace

OpCase magnitudes(OpCase call) {
    for (auto& input : call.inputs) {
        if (!input || input->type() != DataType::float32) continue;
        auto positive = Tensor::zeros(input->type(), input->shape());
        const auto from = input->values<float>();
        std::transform(from.begin(), from.end(), positive.mutableValues<float>().begin(),
                       [](float v) { return std::abs(v); });
        input = positive;
    }
    for (const char* name : {"alpha", "beta"})
        if (call.attributes.find(name)) call.attributes.set(name, std::abs(call.attributes.real(name, 1)));
    return call;
}

const std::vector<CallFamily>& callFamilies() {
    static const std::vector<CallFamily> kFamilies{{"unary", unary, 2e-6},
                                                   {"binary", binary, 2e-6},
                                                   {"reduce", reduce, 1e-5, true},
                                                   {"softmax", softmax, 1e-5},
                                                   {"matMul", matMul, 1e-5, true},
                                                   {"gemm", gemm, 1e-5, true},
                                                   {"convolution", convolution, 1e-5, true},
                                                   {"pool", pool, 1e-5},
                                                   {"normalization", normalization, 1e-4},
                                                   {"transpose", transpose, 0},
                                                   {"concat", concat, 0},
                                                   {"slice", slice, 0},
                                                   {"gather", gather, 0},
                                                   {"quantize", quantize, 1e-6}};
    return kFamilies;
}

}  // namespace lathe::test
