// Real models give the same numbers by kernels as by plain evaluation, with one thread and with two.
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/formats/format.h"
#include "engine/runtime/session.h"
#include "tests/support/compare.h"
#include "tests/support/test_paths.h"

namespace lathe::runtime {
namespace {

struct ModelCase {
    std::string file;  // below the shared folder
    std::map<std::string, tensor::Shape> shapes = {};
    std::map<std::string, int64_t, std::less<>> bindings = {};
};

std::ostream& operator<<(std::ostream& out, const ModelCase& c) { return out << c.file; }

class Models : public testing::TestWithParam<ModelCase> {};

std::vector<tensor::RuntimeValue> runWith(const ir::GraphPtr& graph,
                                          const std::vector<tensor::RuntimeValue>& inputs,
                                          const SessionOptions& options) {
    auto session = open(graph, options);
    EXPECT_TRUE(session) << (session ? "" : session.error().message);
    if (!session) return {};
    auto outputs = (*session)->run(inputs);
    EXPECT_TRUE(outputs) << (outputs ? "" : outputs.error().message);
    return outputs ? *outputs : std::vector<tensor::RuntimeValue>();
}

TEST_P(Models, KernelsAgreeWithPlainEvaluation) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto& c = GetParam();
    const auto graph = formats::read(*shared / c.file, {});
    ASSERT_TRUE(graph) << graph.error().message;
    const auto inputs = randomInputs(**graph, 5, c.bindings, c.shapes);
    ASSERT_TRUE(inputs) << inputs.error().message;
    const auto expected = runWith(*graph, *inputs, {.threads = 1, .plainOnly = true});
    const auto actual = runWith(*graph, *inputs, {.threads = 1});
    test::expectClose(actual, expected, 1e-4, c.file);
    const auto unfused = runWith(*graph, *inputs, {.threads = 2, .fuse = false});
    test::expectClose(unfused, expected, 1e-4, c.file + ", not fused");
    const auto two = runWith(*graph, *inputs, {.threads = 2});
    test::expectClose(two, actual, 0, c.file + ", two threads");
}

INSTANTIATE_TEST_SUITE_P(
    Shared, Models,
    testing::Values(ModelCase{"models/mnist_cntk_opset8.onnx"}, ModelCase{"models/cifar10_resnet20.onnx"},
                    ModelCase{"models/cifar10_resnet56.onnx"}, ModelCase{"models/squeezenet_v1.1.onnx"},
                    ModelCase{"models/mobilenet_v2_0.35_128.onnx"},
                    ModelCase{"models/ultraface_rfb_320.onnx"}, ModelCase{"models/blazeface_front_128.onnx"},
                    ModelCase{"models/ppocrv4_det.onnx", {{"x", {1, 3, 64, 96}}}},
                    ModelCase{"models/silero_vad_16k_op15.onnx",
                              {{"input", {1, 576}}, {"state", {2, 1, 128}}}},
                    ModelCase{"models/dtln_1.onnx"}, ModelCase{"models/magika_v3_3.onnx"}),
    [](const auto& test) {
        std::string name = std::filesystem::path(test.param.file).stem().string();
        for (auto& c : name)
            if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
        return name;
    });

}  // namespace
}  // namespace lathe::runtime
