#include "tests/widgets/synthetic_graph.h"

#include <QDir>
#include <QPixmap>
#include <array>
#include <random>
#include <string>

#include "engine/ir/editor.h"

namespace lathe::test {
namespace {

using ir::Dim;
using ir::ValueId;
using ir::ValueType;

ValueType image(int64_t channels) {
    return ValueType::tensorOf(tensor::DataType::float32,
                               ir::SymbolicShape{Dim::symbol("N"), Dim(channels), Dim(32), Dim(32)});
}

}  // namespace

ir::GraphPtr residualNetwork(int stages, int blocksPerStage, bool scoped) {
    ir::Editor editor;
    ValueId x = editor.addInput("input", image(16));
    const auto weight = [&](const std::string& name) {
        const std::array<int64_t, 4> shape{16, 16, 3, 3};
        return editor.addConstant(tensor::Tensor::zeros(tensor::DataType::float32, shape), name + ".weight");
    };
    const auto add = [&](std::string_view op, std::vector<ValueId> inputs, const std::string& name) {
        ir::Attributes attributes;
        if (op == "Conv") {
            inputs.push_back(weight(name));
            attributes.set("kernel_shape", std::vector<int64_t>{3, 3});
            attributes.set("pads", std::vector<int64_t>{1, 1, 1, 1});
        }
        const ValueId out = editor.add({.op = op,
                                        .inputs = std::move(inputs),
                                        .attributes = attributes,
                                        .name = scoped ? name : std::string()});
        editor.setType(out, image(16));
        return out;
    };
    x = add("Conv", {x}, "/stem/conv/Conv");
    x = add("Relu", {x}, "/stem/relu/Relu");
    for (int stage = 1; stage <= stages; ++stage)
        for (int block = 0; block < blocksPerStage; ++block) {
            const std::string scope = "/stage" + std::to_string(stage) + "/stage" + std::to_string(stage) +
                                      "." + std::to_string(block);
            ValueId y = add("Conv", {x}, scope + "/conv1/Conv");
            y = add("Relu", {y}, scope + "/relu/Relu");
            y = add("Conv", {y}, scope + "/conv2/Conv");
            y = add("Add", {y, x}, scope + "/Add");
            x = add("Relu", {y}, scope + "/relu_1/Relu");
        }
    x = add("GlobalAveragePool", {x}, "/pool/GlobalAveragePool");
    x = add("Flatten", {x}, "/Flatten");
    editor.setName(x, "scores");
    editor.setGraphOutputs(ir::kMain, {x});
    return editor.finish();
}

ir::GraphPtr flatNetwork(int nodes) {
    static constexpr std::string_view kOps[] = {"Conv", "Relu", "Mul", "Add", "Sigmoid", "MatMul", "Softmax"};
    ir::Editor editor;
    const ValueId mask = editor.addInput("mask", image(1));
    ValueId x = editor.addInput("input", image(16));
    ValueId skip = x;
    for (int i = 0; i < nodes; ++i) {
        std::vector<ValueId> inputs{x};
        if (i % 8 == 7) inputs.push_back(std::exchange(skip, x));
        if (i % 40 == 39) inputs.push_back(mask);
        x = editor.add({.op = kOps[static_cast<size_t>(i * 7 + i / 13) % std::size(kOps)], .inputs = inputs});
    }
    editor.setGraphOutputs(ir::kMain, {x});
    return editor.finish();
}

ir::GraphPtr fanOutNetwork(int nodes) {
    ir::Editor editor;
    const ValueId x = editor.add({.op = "Relu", .inputs = {editor.addInput("input", image(16))}});
    std::vector<ValueId> branches;
    branches.reserve(static_cast<size_t>(nodes));
    for (int i = 0; i < nodes; ++i)
        branches.push_back(editor.add({.op = i % 2 == 0 ? "Sigmoid" : "Tanh", .inputs = {x}}));
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Concat", .inputs = branches})});
    return editor.finish();
}

ir::GraphPtr randomNetwork(int nodes, int reach) {
    static constexpr std::string_view kOps[] = {"Add", "Mul", "Sub", "Max", "Min"};
    ir::Editor editor;
    std::mt19937 random(7);
    std::vector<ValueId> values{editor.addInput("input", image(16))};
    for (int i = 0; i < nodes; ++i) {
        const auto pick = [&] {
            const auto back = random() % std::min<size_t>(static_cast<size_t>(reach), values.size());
            return values[values.size() - 1 - back];
        };
        values.push_back(editor.add({.op = kOps[random() % std::size(kOps)], .inputs = {pick(), pick()}}));
    }
    editor.setGraphOutputs(ir::kMain, {values.back()});
    return editor.finish();
}

ir::GraphPtr cyclicNetwork() {
    ir::Editor editor;
    ValueId x = editor.addInput("input", image(16));
    const ir::NodeId first = editor.addNode({.op = "Add", .inputs = {x, x}, .name = "/loop/first"});
    x = editor.add({.op = "Relu", .inputs = {editor.graph().node(first).output()}, .name = "/loop/second"});
    x = editor.add({.op = "Neg", .inputs = {x}, .name = "/loop/third"});
    editor.setInput(first, 1, x);
    editor.setGraphOutputs(ir::kMain, {editor.add({.op = "Abs", .inputs = {x}, .name = "/after/abs"})});
    return editor.finish();
}

ir::GraphPtr scatteredScopes() {
    ir::Editor editor;
    ValueId x = editor.addInput("input", image(16));
    for (int i = 0; i < 24; ++i) {
        static constexpr std::string_view kScopes[] = {"/a/inner/", "/b/", "/a/", "/c/deep/"};
        const std::string name = std::string(kScopes[static_cast<size_t>(i) % 4]) + std::to_string(i);
        x = editor.add({.op = "Relu", .inputs = {x}, .name = name});
    }
    editor.setGraphOutputs(ir::kMain, {x});
    return editor.finish();
}

void keepPicture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("LATHE_PICTURES");
    if (!folder.isEmpty()) widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

}  // namespace lathe::test
