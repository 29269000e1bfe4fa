#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/atomic_file.h"
#include "engine/base/file_map.h"
#include "engine/formats/format.h"
#include "engine/ir/editor.h"
#include "engine/ops/infer.h"
#include "engine/passes/pass.h"
#include "engine/plugin/loader.h"
#include "engine/runtime/session.h"
#include "tests/support/test_paths.h"

namespace lathe {
namespace {

using tensor::Tensor;

struct Ncnn : testing::Test {
    test::TemporaryDir folder;
    std::filesystem::path path = folder.path() / "model.param";

    static void SetUpTestSuite() {
        const auto plugin = plugin::load(test::binaryDir() / "bin/plugins/ncnn.so");
        ASSERT_TRUE(plugin) << plugin.error().message;
        ASSERT_EQ(plugin->formats, std::vector<std::string>{"ncnn"});
    }

    base::Status write(const ir::GraphPtr& graph, const base::Params& params = {}) {
        return formats::write(*graph, path, "ncnn", params, {});
    }
    base::Result<ir::GraphPtr> read() { return formats::read(path, {}); }

    static std::vector<std::vector<double>> outputsOf(const ir::GraphPtr& graph, const Tensor& input) {
        const auto session = runtime::open(graph, {.threads = 2});
        EXPECT_TRUE(session) << (session ? "" : session.error().message);
        if (!session) return {};
        const auto outputs = (*session)->run(std::vector<tensor::RuntimeValue>{input});
        EXPECT_TRUE(outputs) << (outputs ? "" : outputs.error().message);
        std::vector<std::vector<double>> result;
        if (outputs)
            for (const auto& output : *outputs) result.push_back(tensor::toReals(*output.tensor()));
        return result;
    }
    // Written and read back, the model gives the same numbers; shapes may have lost axes of 1.
    void expectSame(const ir::GraphPtr& graph, double tolerance, const base::Params& params = {}) {
        const auto written = write(graph, params);
        ASSERT_TRUE(written) << written.error().message;
        const auto again = read();
        ASSERT_TRUE(again) << again.error().message;
        const auto inputs = runtime::randomInputs(*graph, 7);
        ASSERT_TRUE(inputs) << inputs.error().message;
        const auto before = outputsOf(graph, *(*inputs)[0].tensor());
        const auto after = outputsOf(*again, *(*inputs)[0].tensor());
        ASSERT_EQ(before.size(), after.size());
        for (size_t i = 0; i < before.size(); ++i) {
            ASSERT_EQ(before[i].size(), after[i].size()) << i;
            double largest = 1e-6;
            for (const double v : before[i]) largest = std::max(largest, std::abs(v));
            for (size_t j = 0; j < before[i].size(); ++j)
                ASSERT_NEAR(before[i][j], after[i][j], tolerance * largest) << i << " " << j;
        }
    }
};

ir::GraphPtr optimized(const std::filesystem::path& path) {
    const auto graph = formats::read(path, {});
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    const auto* preset = passes::findPreset("extended");
    const auto change = passes::run(*graph, preset->steps, {});
    EXPECT_TRUE(change) << (change ? "" : change.error().message);
    return change->graph;
}

TEST_F(Ncnn, KeepsWhatRealNetworksCompute) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    for (const auto name : {"cifar10_resnet20.onnx", "squeezenet_v1.1.onnx", "mobilenet_v2_0.35_128.onnx"}) {
        SCOPED_TRACE(name);
        const auto graph = optimized(*shared / "models" / name);
        expectSame(graph, 1e-5);
        expectSame(graph, 1e-2, {{"weights", std::string("fp16")}});
    }
}

// A graph of one input and the nodes that `build` adds; it returns the output.
template <typename Build>
ir::GraphPtr model(std::string_view type, Build build) {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType(type));
    editor.setGraphOutputs(ir::kMain, {build(editor, x)});
    editor.info().opsets = {{"", 22}};
    const auto graph = ops::inferred(editor.finish());
    EXPECT_TRUE(graph) << (graph ? "" : graph.error().message);
    return *graph;
}

Tensor ramp(std::initializer_list<int64_t> shape) {
    std::vector<float> values(static_cast<size_t>(tensor::elementCount(tensor::Shape(shape))));
    for (size_t i = 0; i < values.size(); ++i) values[i] = std::sin(static_cast<float>(i) * 0.7f) + 0.1f;
    return Tensor::of<float>(tensor::Shape(shape), values);
}

TEST_F(Ncnn, KeepsWhatEachLayerComputes) {
    const std::vector<int64_t> pads = {1, 0, 2, 1};
    const auto positive = [](Tensor t) {
        auto copy = Tensor::zeros(t.type(), t.shape());
        for (size_t i = 0; i < t.values<float>().size(); ++i)
            copy.mutableValues<float>()[i] = std::abs(t.values<float>()[i]) + 0.2f;
        return copy;
    };
    using V = ir::ValueId;
    const std::map<std::string, std::function<V(ir::Editor&, V)>> builders = {
        {"conv",
         [&](ir::Editor& e, V x) {
             return e.add({.op = "Conv",
                           .inputs = {x, e.addConstant(ramp({4, 2, 3, 2})), e.addConstant(ramp({4}))},
                           .attributes = {{"group", int64_t{2}},
                                          {"pads", pads},
                                          {"strides", std::vector<int64_t>{2, 1}},
                                          {"dilations", std::vector<int64_t>{1, 2}}}});
         }},
        {"batch norm and softmax",
         [&](ir::Editor& e, V x) {
             const auto y = e.add({.op = "BatchNormalization",
                                   .inputs = {x, e.addConstant(ramp({4})), e.addConstant(ramp({4})),
                                              e.addConstant(ramp({4})), e.addConstant(positive(ramp({4})))}});
             return e.add({.op = "Softmax", .inputs = {y}, .attributes = {{"axis", int64_t{1}}}});
         }},
        {"pools and concat",
         [&](ir::Editor& e, V x) {
             const ir::Attributes shape = {{"kernel_shape", std::vector<int64_t>{3, 3}},
                                           {"strides", std::vector<int64_t>{2, 2}},
                                           {"ceil_mode", int64_t{1}}};
             const auto a = e.add({.op = "MaxPool", .inputs = {x}, .attributes = shape});
             const auto b = e.add({.op = "AveragePool", .inputs = {x}, .attributes = shape});
             return e.add({.op = "Concat", .inputs = {a, b}, .attributes = {{"axis", int64_t{1}}}});
         }},
        {"squeeze and excite",
         [&](ir::Editor& e, V x) {
             const auto mean = e.add({.op = "GlobalAveragePool", .inputs = {x}});
             const auto few = e.add({.op = "Conv", .inputs = {mean, e.addConstant(ramp({2, 4, 1, 1}))}});
             const auto many = e.add({.op = "Conv", .inputs = {few, e.addConstant(ramp({4, 2, 1, 1}))}});
             const auto gate = e.add({.op = "HardSigmoid", .inputs = {many}});
             return e.add({.op = "Mul", .inputs = {x, gate}});
         }},
        {"gemm of flattened",
         [&](ir::Editor& e, V x) {
             const auto flat = e.add({.op = "Flatten", .inputs = {x}, .attributes = {{"axis", int64_t{1}}}});
             const auto y = e.add({.op = "Gemm",
                                   .inputs = {flat, e.addConstant(ramp({120, 3})), e.addConstant(ramp({3}))},
                                   .attributes = {{"alpha", 0.5f}}});
             return e.add({.op = "Sub", .inputs = {e.addConstant(Tensor::scalar<float>(1)), y}});
         }},
        {"activations",
         [&](ir::Editor& e, V x) {
             auto y = e.add({.op = "HardSwish", .inputs = {x}});
             y = e.add({.op = "LeakyRelu", .inputs = {y}, .attributes = {{"alpha", 0.3f}}});
             y = e.add({.op = "Clip",
                        .inputs = {y, e.addConstant(Tensor::scalar<float>(-0.2f)),
                                   e.addConstant(Tensor::scalar<float>(0.9f))}});
             y = e.add({.op = "Tanh", .inputs = {y}});
             return e.add({.op = "Sum", .inputs = {y, x, e.add({.op = "Sigmoid", .inputs = {x}})}});
         }},
        {"constants a channel and a pixel",
         [&](ir::Editor& e, V x) {
             const auto y = e.add({.op = "Mul", .inputs = {x, e.addConstant(ramp({4, 1, 1}))}});
             return e.add({.op = "Add", .inputs = {e.addConstant(ramp({1, 4, 5, 6})), y}});
         }},
        {"resize, pad, permute",
         [&](ir::Editor& e, V x) {
             auto y = e.add({.op = "Resize",
                             .inputs = {x, {}, e.addConstant(Tensor::of<float>({4}, {1, 1, 2, 2}))},
                             .attributes = {{"mode", std::string("linear")}}});
             y = e.add({.op = "Pad",
                        .inputs = {y, e.addConstant(Tensor::of<int64_t>({8}, {0, 0, 1, 2, 0, 0, 0, 1})),
                                   e.addConstant(Tensor::scalar<float>(0.5f))}});
             return e.add({.op = "Transpose",
                           .inputs = {y},
                           .attributes = {{"perm", std::vector<int64_t>{0, 2, 3, 1}}}});
         }},
        {"every second row, part of the columns, more channels",
         [&](ir::Editor& e, V x) {
             const auto list = [&](std::initializer_list<int64_t> values) {
                 return e.addConstant(Tensor::of<int64_t>({static_cast<int64_t>(values.size())}, values));
             };
             auto y =
                 e.add({.op = "Slice", .inputs = {x, list({0}), list({INT64_MAX}), list({2}), list({2})}});
             y = e.add({.op = "Slice", .inputs = {y, list({1, -3}), list({5, 4}), list({3, 1})}});
             return e.add({.op = "Pad", .inputs = {y, list({0, 2, 0, 0, 0, 1, 0, 0})}});
         }},
        {"pieces, joined the other way round",
         [&](ir::Editor& e, V x) {
             const auto split = e.addNode({.op = "Split",
                                           .inputs = {x, e.addConstant(Tensor::of<int64_t>({2}, {1, 3}))},
                                           .attributes = {{"axis", int64_t{1}}},
                                           .outputCount = 2});
             const auto first = e.graph().node(split).output(0), second = e.graph().node(split).output(1);
             return e.add({.op = "Concat", .inputs = {second, first}, .attributes = {{"axis", int64_t{1}}}});
         }},
        {"local response norm, reshape",
         [&](ir::Editor& e, V x) {
             const auto y =
                 e.add({.op = "LRN", .inputs = {x}, .attributes = {{"size", int64_t{3}}, {"alpha", 0.5f}}});
             return e.add(
                 {.op = "Reshape", .inputs = {y, e.addConstant(Tensor::of<int64_t>({3}, {1, 8, 15}))}});
         }},
    };
    for (const auto& [name, build] : builders) {
        SCOPED_TRACE(name);
        expectSame(model("float32[1, 4, 5, 6]", build), 1e-5);
    }
}

TEST_F(Ncnn, KeepsAnOutputThatIsReadInside) {
    ir::Editor editor;
    const auto x = editor.addInput("x", *ir::parseType("float32[1, 4, 5, 6]"));
    const auto a = editor.add({.op = "Relu", .inputs = {x}, .name = "a"});
    const auto b = editor.add({.op = "Add", .inputs = {a, x}, .name = "b"});
    editor.setGraphOutputs(ir::kMain, {a, b});
    expectSame(*ops::inferred(editor.finish()), 1e-6);
    const auto again = *read();
    EXPECT_EQ(again->outputs().size(), 2u);
}

TEST_F(Ncnn, NamesEveryNodeItCannotWrite) {
    const auto graph = model("float32[1, 4]", [](ir::Editor& e, ir::ValueId x) {
        const auto y = e.add({.op = "Erf", .inputs = {x}, .name = "first"});
        return e.add(
            {.op = "CumSum", .inputs = {y, e.addConstant(Tensor::scalar<int64_t>(1))}, .name = "second"});
    });
    const auto status = write(graph);
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("Erf \"first\": there is no ncnn layer"), std::string::npos);
    EXPECT_NE(status.error().message.find("CumSum \"second\""), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(Ncnn, NamesBothFilesItWrites) {
    EXPECT_EQ(*formats::writtenFiles(path, "ncnn", {}),
              (std::vector<std::filesystem::path>{path, folder.path() / "model.bin"}));
}

TEST_F(Ncnn, KeepsTheWeightsWhenTheLayersCannotBeWritten) {
    std::filesystem::create_directory(path);
    ASSERT_TRUE(base::writeFile(folder.path() / "model.bin", "weights of before"));
    EXPECT_FALSE(write(model(
        "float32[1, 4]", [](ir::Editor& e, ir::ValueId x) { return e.add({.op = "Relu", .inputs = {x}}); })));
    EXPECT_EQ(*base::readTextFile(folder.path() / "model.bin"), "weights of before");
}

TEST_F(Ncnn, CountsWhatItCannotWriteByOperator) {
    const auto graph = model("float32[1, 4]", [](ir::Editor& e, ir::ValueId x) {
        const auto scale = e.addConstant(Tensor::scalar<float>(0.5f));
        auto y = x;
        for (const auto name : {"one", "two"}) {
            const auto q = e.add({.op = "QuantizeLinear", .inputs = {y, scale}, .name = name});
            y = e.add({.op = "Erf", .inputs = {e.add({.op = "DequantizeLinear", .inputs = {q, scale}})}});
        }
        return e.add({.op = "Relu", .inputs = {y}});
    });
    const auto list = formats::find("ncnn")->unsupported(*graph);
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list[2].op, "QuantizeLinear");
    EXPECT_EQ(list[2].nodes, 2);
    EXPECT_EQ(list[2].remedy, "Export a float variant.");
    EXPECT_EQ(list[1].op, "Erf");
    EXPECT_EQ(list[1].remedy, "");
    const auto status = write(graph);
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message.find("QuantizeLinear (2 nodes, the first is \"one\"): there "
                                          "is no ncnn layer for this operator. Export a float variant."),
              std::string::npos)
        << status.error().message;
}

TEST_F(Ncnn, SurvivesDamage) {
    const auto graph = model("float32[1, 4, 5, 6]", [](ir::Editor& e, ir::ValueId x) {
        const auto y =
            e.add({.op = "Conv", .inputs = {x, e.addConstant(ramp({4, 4, 3, 3})), e.addConstant(ramp({4}))}});
        return e.add({.op = "Relu", .inputs = {y}});
    });
    ASSERT_TRUE(write(graph));
    const auto text = *base::readTextFile(path);
    const auto bin = *base::readTextFile(folder.path() / "model.bin");
    for (size_t size = 0; size + 1 < text.size(); ++size) {
        ASSERT_TRUE(base::writeFile(path, text.substr(0, size)));
        const auto result = read();
        EXPECT_TRUE(result.ok() || result.error().message.find("model.param") != std::string::npos) << size;
    }
    for (size_t at = 0; at < text.size(); ++at)
        for (const char c : {'9', '-', ' ', '\n'}) {
            auto bad = text;
            bad[at] = c;
            ASSERT_TRUE(base::writeFile(path, bad));
            const auto result = read();
            EXPECT_TRUE(result.ok() || !result.error().message.empty()) << at;
        }
    ASSERT_TRUE(base::writeFile(path, text));
    for (size_t size = 0; size < bin.size(); size += 7) {
        ASSERT_TRUE(base::writeFile(folder.path() / "model.bin", bin.substr(0, size)));
        EXPECT_FALSE(read()) << size;
    }
    ASSERT_TRUE(base::writeFile(folder.path() / "model.bin", bin + "more"));
    EXPECT_NE(read().error().message.find("4 bytes more"), std::string::npos);
    std::filesystem::remove(folder.path() / "model.bin");
    EXPECT_NE(read().error().message.find("its weights"), std::string::npos);
}

TEST_F(Ncnn, ReadsWhatConvertersWrite) {
    // Convolution 1x1 with a fused Relu, of an input without sizes, and the shorthand of square parameters.
    ASSERT_TRUE(base::writeFile(path,
                                "7767517\n2 2\nInput in0 0 1 in0\n"
                                "Convolution conv 1 1 in0 out0 0=1 1=1 5=1 6=2 9=1\n"));
    std::string bin(4, '\0');
    for (const float v : {2.0f, -1.0f, 0.5f}) bin.append(reinterpret_cast<const char*>(&v), 4);
    ASSERT_TRUE(base::writeFile(folder.path() / "model.bin", bin));
    const auto graph = read();
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ((*graph)->value((*graph)->outputs()[0]).name(), "out0");
    const auto outputs = outputsOf(*graph, Tensor::of<float>({1, 2, 1, 2}, {1, 2, 0, 9}));
    ASSERT_EQ(outputs.size(), 1u);
    EXPECT_EQ(outputs[0], (std::vector<double>{2.5, 0}));
}

}  // namespace
}  // namespace lathe
