#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/op_maps.h"

namespace lathe::test {
namespace {

using tensor::DataType;
using tensor::Tensor;
using testing::HasSubstr;

const ir::Attributes kWords = {{"string_vocabulary", std::vector<std::string>{"a", "c", "b", "z"}}};
const ir::Attributes kNumbers = {{"int64_vocabulary", std::vector<int64_t>{5, 3}}};

// The example of the standard.
TEST(AiOnnxMlDictVectorizer, OneMap) {
    const auto result = runMl("DictVectorizer", kWords, mapType(DataType::string, DataType::int64),
                              mapOf<std::string, int64_t>({{"c", 8}, {"a", 4}}));
    ASSERT_EQ(result.error, "");
    EXPECT_EQ(ir::toString(result.type), "int64[1, 4]");
    EXPECT_EQ(*result.value.tensor(), Tensor::of<int64_t>({1, 4}, {4, 8, 0, 0}));
}

TEST(AiOnnxMlDictVectorizer, ManyMaps) {
    tensor::Sequence maps;
    maps.items.emplace_back(mapOf<int64_t, float>({{3, 0.5f}, {9, 7}}));  // 9 is no word
    maps.items.emplace_back(mapOf<int64_t, float>({{3, 1}, {5, 2}}));
    const auto result = runMl("DictVectorizer", kNumbers,
                              ir::ValueType::sequenceOf(mapType(DataType::int64, DataType::float32)), maps);
    ASSERT_EQ(result.error, "");
    EXPECT_EQ(*result.value.tensor(), Tensor::of<float>({2, 2}, {0, 0.5f, 2, 1}));
    EXPECT_EQ(result.type.element, DataType::float32);
    EXPECT_EQ(result.type.rank(), 2);
}

TEST(AiOnnxMlDictVectorizer, Texts) {
    const auto result = runMl("DictVectorizer", kNumbers, mapType(DataType::int64, DataType::string),
                              mapOf<int64_t, std::string>({{3, "x"}}));
    ASSERT_EQ(result.error, "");
    EXPECT_EQ(*result.value.tensor(), Tensor::of<std::string>({1, 2}, {"", "x"}));
}

TEST(AiOnnxMlDictVectorizer, RefusesWhatDoesNotFit) {
    const auto map = mapOf<int64_t, float>({{3, 1}});
    EXPECT_THAT(runMl("DictVectorizer", kWords, mapType(DataType::int64, DataType::float32), map).error,
                HasSubstr("the keys of X are int64, the vocabulary holds string"));
    EXPECT_THAT(runMl("DictVectorizer", {}, mapType(DataType::int64, DataType::float32), map).error,
                HasSubstr("exactly one of the attributes int64_vocabulary and string_vocabulary"));
    EXPECT_THAT(runMl("DictVectorizer", kWords, ir::ValueType::tensorOf(DataType::float32), map).error,
                HasSubstr("expected a map"));
    // Nothing is known of the input before the run.
    EXPECT_THAT(runMl("DictVectorizer", kWords, {}, map).error, HasSubstr("the keys of X are int64"));
}

}  // namespace
}  // namespace lathe::test
