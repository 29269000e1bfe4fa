// The ONNX backend node tests and whole networks through the reader and the plain evaluation of the ops.
// Cases whose ops do not exist yet are counted and named; every other case must give the right numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <numeric>
#include <vector>

#include "engine/formats/format.h"
#include "engine/formats/onnx/value_file.h"
#include "engine/ops/interpreter.h"
#include "tests/engine/formats/onnx_cases.h"
#include "tests/support/test_paths.h"

namespace lathe::formats {
namespace {

// Cases that fail, and why. One that passes must leave the list.
const char* const kCutBFloat16 =
    "the library's data of operator set 17 cut bfloat16 off where the standard rounds to nearest";
const std::map<std::string, std::string> kKnownMisses = {
    {"test_cast_FLOAT_to_BFLOAT16", kCutBFloat16},
    {"test_castlike_FLOAT_to_BFLOAT16", kCutBFloat16},
    {"test_castlike_FLOAT_to_BFLOAT16_expanded", kCutBFloat16},
    {"test_image_decoder_decode_jpeg2k_rgb", "no decoder of JPEG 2000 is linked: the op says so"},
    {"test_adam_multiple",
     "the library's model of operator set 17 lacks the epsilon of 0.01 that its outputs were made with"},
    {"test_dft_inverse_opset19",
     "the wanted zeros carry noise of single precision, 1.9e-7, above the absolute tolerance of 1e-7; in "
     "double precision they are below 1e-14"},
};

void runAll(const std::filesystem::path& folder) {
    int passed = 0, failed = 0, skipped = 0;
    std::map<std::string, int> missing;
    for (const auto& path : test::caseFolders(folder)) {
        const auto result = test::runCase(path);
        if (kKnownMisses.contains(path.filename().string())) {
            EXPECT_EQ(result.kind, test::CaseResult::Kind::failed)
                << path << " passes now: take it off the list";
            ++failed;
            continue;
        }
        switch (result.kind) {
            case test::CaseResult::Kind::passed:
                ++passed;
                break;
            case test::CaseResult::Kind::failed:
                ++failed;
                ADD_FAILURE() << path.filename().string() << ": " << result.text;
                break;
            case test::CaseResult::Kind::missingOp:
                ++skipped;
                ++missing[result.text];
                break;
        }
    }
    std::string list;
    for (const auto& [op, count] : missing) list += fmt::format(" {}({})", op, count);
    fmt::print("{}: {} passed, {} failed, {} skipped for missing ops:{}\n", folder.string(), passed, failed,
               skipped, list);
    EXPECT_GT(passed, 0);
}

TEST(Conformance, nodeTestsOfTheLibrary) {
    const std::filesystem::path data = LATHE_ONNX_TEST_DATA;
    if (!std::filesystem::is_directory(data / "node")) GTEST_SKIP() << "needs the package libonnx-testdata";
    runAll(data / "node");
}

TEST(Conformance, newerNodeTests) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    runAll(*shared / "conformance/node");
}

// The rule the expected outputs were made by: element i of n is i / n.
tensor::Tensor ramp(const ir::ValueType& type) {
    tensor::Shape shape;
    for (const auto& dim : *type.shape) shape.push_back(dim.constantOr(1));
    auto result = tensor::Tensor::zeros(tensor::DataType::float32, shape);
    auto values = result.mutableValues<float>();
    for (size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(static_cast<double>(i) / static_cast<double>(values.size()));
    return result;
}

class LightNetworks : public testing::TestWithParam<const char*> {};

TEST_P(LightNetworks, outputsAgree) {
    const auto shared = test::sharedDir();
    if (!shared) GTEST_SKIP() << test::kNoShared;
    const auto stem = (*shared / "conformance/light" / GetParam()).string();
    const auto graph = read(stem + ".onnx", {});
    ASSERT_TRUE(graph.ok()) << graph.error().message;
    if (const auto missing = test::missingOp(**graph); !missing.empty())
        GTEST_SKIP() << "needs the op " << missing;
    std::vector<tensor::RuntimeValue> inputs;
    for (const auto id : (*graph)->inputs()) inputs.emplace_back(ramp((*graph)->value(id).type()));
    const auto outputs = ops::interpret(**graph, inputs);
    ASSERT_TRUE(outputs.ok()) << outputs.error().message;
    const auto wanted = onnx::readValueFile(stem + "_output_0.pb", {});
    ASSERT_TRUE(wanted.ok()) << wanted.error().message;
    EXPECT_EQ(test::difference(outputs->at(0), *wanted), "");
}

INSTANTIATE_TEST_SUITE_P(All, LightNetworks,
                         testing::Values("light_bvlc_alexnet", "light_densenet121", "light_inception_v1",
                                         "light_inception_v2", "light_resnet50", "light_shufflenet",
                                         "light_squeezenet", "light_vgg19", "light_zfnet512"),
                         [](const auto& network) { return std::string(network.param); });

}  // namespace
}  // namespace lathe::formats
