#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_maps.h"

namespace lathe::test {
namespace {

using tensor::DataType;
using tensor::Tensor;
using testing::HasSubstr;

MlRun castFloats(ir::Attributes attributes) {
    return runMl("CastMap", attributes, mapType(DataType::int64, DataType::float32),
                 mapOf<int64_t, float>({{3, 1.5f}, {0, -2.5f}}));
}

MlRun castTexts(ir::Attributes attributes, std::string text) {
    return runMl("CastMap", attributes, mapType(DataType::int64, DataType::string),
                 mapOf<int64_t, std::string>({{1, text}}));
}

// In the order of the keys 0 and 3.
TEST(AiOnnxMlCastMap, Dense) {
    const auto floats = castFloats({});
    ASSERT_EQ(floats.error, "");
    EXPECT_EQ(*floats.value.tensor(), Tensor::of<float>({1, 2}, {-2.5f, 1.5f}));
    EXPECT_EQ(floats.type.element, DataType::float32);
    const auto integers = castFloats({{"cast_to", std::string("TO_INT64")}});
    ASSERT_EQ(integers.error, "");
    EXPECT_EQ(*integers.value.tensor(), Tensor::of<int64_t>({1, 2}, {-2, 1}));
    const auto texts = castFloats({{"cast_to", std::string("TO_STRING")}});
    ASSERT_EQ(texts.error, "");
    EXPECT_EQ(*texts.value.tensor(), Tensor::of<std::string>({1, 2}, {"-2.500000", "1.500000"}));
}

TEST(AiOnnxMlCastMap, Sparse) {
    const auto result = castFloats({{"map_form", std::string("SPARSE")}, {"max_map", int64_t{5}}});
    ASSERT_EQ(result.error, "");
    EXPECT_EQ(*result.value.tensor(), Tensor::of<float>({1, 5}, {-2.5f, 0, 0, 1.5f, 0}));
    EXPECT_EQ(ir::toString(result.type), "float32[1, 5]");
}

TEST(AiOnnxMlCastMap, ReadsTexts) {
    const auto number = castTexts({}, "2.25");
    ASSERT_EQ(number.error, "");
    EXPECT_EQ(*number.value.tensor(), Tensor::of<float>({1, 1}, {2.25f}));
    const auto text = castTexts({{"cast_to", std::string("TO_STRING")}}, "2.25");
    ASSERT_EQ(text.error, "");
    EXPECT_EQ(*text.value.tensor(), Tensor::of<std::string>({1, 1}, {"2.25"}));
}

TEST(AiOnnxMlCastMap, RefusesWhatDoesNotFit) {
    EXPECT_THAT(castTexts({}, "two").error, HasSubstr("the value \"two\" is no number"));
    EXPECT_THAT(castTexts({{"cast_to", std::string("TO_INT64")}}, "1e30").error,
                HasSubstr("the value 1e+30 is no int64"));
    EXPECT_THAT(castFloats({{"map_form", std::string("SPARSE")}, {"max_map", int64_t{3}}}).error,
                HasSubstr("key 3 is outside [0, 3)"));
    EXPECT_THAT(castFloats({{"map_form", std::string("SPARSE")}, {"max_map", int64_t{1} << 60}}).error,
                HasSubstr("is too large"));
    EXPECT_THAT(runMl("CastMap", {}, mapType(DataType::string, DataType::float32),
                      mapOf<std::string, float>({{"a", 1}}))
                    .error,
                HasSubstr("the keys of X are string, expected int64"));
}

}  // namespace
}  // namespace lathe::test
