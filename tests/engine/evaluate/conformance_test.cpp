#include "engine/evaluate/conformance.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "engine/evaluate/value_difference.h"
#include "engine/formats/format.h"
#include "engine/ir/text.h"
#include "tests/support/test_paths.h"

namespace lathe::evaluate {
namespace {

using tensor::Tensor;
using testing::HasSubstr;
using Result = ConformanceCase::Result;

// A TensorProto of float32: dims = 1, data_type = 2, raw_data = 9.
void writeFloats(const std::filesystem::path& path, const std::vector<float>& values) {
    std::string message{'\x08', static_cast<char>(values.size()),    '\x10', '\x01',
                        '\x4a', static_cast<char>(4 * values.size())};
    message.append(reinterpret_cast<const char*>(values.data()), 4 * values.size());
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << message;
}

class Conformance : public testing::Test {
  protected:
    std::filesystem::path addCase(const std::string& name, const std::vector<float>& wanted,
                                  std::string_view input = "float32[3]") {
        const auto folder = m_folder.path() / "data/node" / name;
        std::filesystem::create_directories(folder);
        const auto graph = ir::parseText(fmt::format(R"(opset ai.onnx 25
graph main (x: {}) -> (y) {{
  y = Neg(x)
}}
)",
                                                     input));
        EXPECT_TRUE(graph) << graph.error().message;
        const auto written = formats::write(**graph, folder / "model.onnx", "onnx", {}, {});
        EXPECT_TRUE(written) << written.error().message;
        writeFloats(folder / "test_data_set_0/input_0.pb", {1, -2, 3});
        if (!wanted.empty()) writeFloats(folder / "test_data_set_0/output_0.pb", wanted);
        return folder;
    }
    test::TemporaryDir m_folder;
};

TEST_F(Conformance, RunsWhatItFindsAndCompares) {
    addCase("test_good", {-1, 2, -3});
    addCase("test_bad", {-1, 2, -3.5f});
    std::filesystem::create_directories(m_folder.path() / "data/real/test_absent");
    const auto folders = findCases(m_folder.path());
    ASSERT_TRUE(folders) << folders.error().message;
    const auto cases = runCases(*folders, {}, {});
    ASSERT_TRUE(cases) << cases.error().message;
    ASSERT_EQ(cases->size(), 3u);
    EXPECT_EQ(cases->at(0).name, "test_bad");
    EXPECT_EQ(cases->at(0).result, Result::failed);
    EXPECT_THAT(cases->at(0).reason, HasSubstr("output \"y\": element 2: got -3, wanted -3.5"));
    EXPECT_EQ(cases->at(1).result, Result::passed) << cases->at(1).reason;
    EXPECT_EQ(cases->at(2).result, Result::skipped);
    EXPECT_THAT(cases->at(2).reason, HasSubstr("no model.onnx"));
}

TEST_F(Conformance, FiltersByName) {
    addCase("test_good", {-1, 2, -3});
    addCase("test_other", {-1, 2, -3});
    EXPECT_EQ(findCases(m_folder.path(), "test_o*")->size(), 1u);
    EXPECT_THAT(findCases(m_folder.path(), "none").error().message, HasSubstr("fits \"none\""));
    EXPECT_THAT(findCases(m_folder.path() / "absent").error().message, HasSubstr("is no folder"));
}

TEST_F(Conformance, TakesTheShapeOfTheDataWhereTheModelSaysAnother) {
    const auto result = runCase(addCase("test_shape", {-1, 2, -3}, "float32[1]"));
    EXPECT_EQ(result.result, Result::passed) << result.reason;
}

TEST_F(Conformance, FailsWithoutOutputs) {
    const auto result = runCase(addCase("test_empty", {}));
    EXPECT_EQ(result.result, Result::failed);
    EXPECT_THAT(result.reason, HasSubstr("holds no outputs"));
}

TEST_F(Conformance, FailsOnDamagedData) {
    const auto folder = addCase("test_damaged", {-1, 2, -3});
    std::ofstream(folder / "test_data_set_0/output_0.pb", std::ios::binary) << "\x08\x03\x10\x01\x4a\x7f";
    EXPECT_EQ(runCase(folder).result, Result::failed);
}

TEST(ValueDifference, SeesElementsTypesAndShapes) {
    const auto one = Tensor::of<float>({2}, {1, 2});
    EXPECT_EQ(difference(one, Tensor::of<float>({2}, {1, 2.0001f})), "");
    EXPECT_NE(difference(one, Tensor::of<float>({2}, {1, 2.1f})), "");
    EXPECT_NE(difference(one, Tensor::of<float>({2, 1}, {1, 2})), "");
    EXPECT_NE(difference(one, Tensor::of<double>({2}, {1, 2})), "");
    EXPECT_NE(difference(Tensor::of<int32_t>({1}, {1000000}), Tensor::of<int32_t>({1}, {1000001})), "");
    EXPECT_EQ(shapeDifference(one, Tensor::of<float>({2}, {5, 6})), "");
}

TEST(ValueDifference, LooksIntoSequencesMapsAndOptionals) {
    const tensor::Sequence a{tensor::DataType::float32, {Tensor::of<float>({1}, {1})}};
    const tensor::Sequence b{tensor::DataType::float32, {Tensor::of<float>({1}, {2})}};
    EXPECT_EQ(difference(a, a), "");
    EXPECT_EQ(difference(a, b), "item 0: element 0: got 1, wanted 2");
    EXPECT_EQ(difference(a, tensor::Sequence{}), "1 items, wanted 0");
    EXPECT_EQ(difference(a, Tensor::scalar(1.f)), "another kind of value");
    EXPECT_EQ(difference(tensor::Optional{}, tensor::Optional{std::make_shared<tensor::RuntimeValue>(a)}),
              "one of the two is empty");
    const tensor::Map m{Tensor::of<int64_t>({1}, {7}), {Tensor::scalar(1.f)}};
    const tensor::Map n{Tensor::of<int64_t>({1}, {8}), {Tensor::scalar(1.f)}};
    EXPECT_EQ(difference(m, m), "");
    EXPECT_EQ(difference(m, n), "keys: elements differ");
}

}  // namespace
}  // namespace lathe::evaluate
