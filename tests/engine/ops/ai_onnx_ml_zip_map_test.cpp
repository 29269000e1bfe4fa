#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_cases.h"
#include "tests/support/op_errors.h"
#include "tests/support/op_maps.h"

namespace lathe::test {

using tensor::DataType;
using tensor::Tensor;

namespace {

const ir::Attributes kTexts = {{"classlabels_strings", std::vector<std::string>{"a", "b"}}};
const ir::Attributes kIntegers = {{"classlabels_int64s", std::vector<int64_t>{10, 20}}};

OpCase zip(std::string name, ir::Attributes attributes, Tensor x) {
    return {.name = std::move(name),
            .op = "ZipMap",
            .domain = "ai.onnx.ml",
            .attributes = std::move(attributes),
            .inputs = {std::move(x)}};
}

}  // namespace

std::vector<OpCase> aiOnnxMlZipMapCases() {
    return {zip("rows", kTexts, ramp({3, 2})), zip("vector", kIntegers, ramp({2})),
            zip("no_rows", kIntegers, ramp({0, 2}))};
}

namespace {

TEST(AiOnnxMlZipMap, Cases) { checkCases(aiOnnxMlZipMapCases()); }

TEST(AiOnnxMlZipMap, GivesOneMapARow) {
    const auto result =
        runMl("ZipMap", kIntegers,
              ir::ValueType::tensorOf(DataType::float32, ir::symbolicShape(tensor::Shape{2, 2})),
              Tensor::of<float>({2, 2}, {0.25f, 0.75f, 1, 0}));
    ASSERT_EQ(result.error, "");
    EXPECT_EQ(result.type, ir::ValueType::sequenceOf(mapType(DataType::int64, DataType::float32)));
    const auto* sequence = result.value.sequence();
    ASSERT_TRUE(sequence);
    ASSERT_EQ(sequence->items.size(), 2u);
    const auto* second = sequence->items[1].map();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->keys, Tensor::of<int64_t>({2}, {10, 20}));
    ASSERT_EQ(second->values.size(), 2u);
    EXPECT_EQ(*second->values[0].tensor(), Tensor::scalar(1.0f));
    EXPECT_EQ(*second->values[1].tensor(), Tensor::scalar(0.0f));
}

TEST(AiOnnxMlZipMap, RefusesLabelsThatDoNotFit) {
    EXPECT_THAT(inferenceError(zip("n", kTexts, ramp({2, 3}))),
                testing::HasSubstr("the input has 3 columns, but there are 2 class labels"));
    EXPECT_THAT(inferenceError(zip("n", {}, ramp({2, 3}))), testing::HasSubstr("found none"));
    EXPECT_THAT(inferenceError(zip("n", {{"classlabels_int64s", std::vector<int64_t>{1, 1}}}, ramp({1, 2}))),
                testing::HasSubstr("the class labels hold one twice"));
}

}  // namespace
}  // namespace lathe::test
