// Group and instance normalisation, plain and on blocked channels, against the plain evaluation.
#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::test {
namespace {

using Integers = std::vector<int64_t>;
using tensor::Tensor;

struct GroupCase {
    Integers shape;
    int64_t groups = 0;  // 0: instances
    bool blocked = false;
    float raise = 0;  // added to every element
};

void check(const GroupCase& c) {
    auto x = randomFloats(tensor::Dimensions(c.shape), 1);
    // Channels that differ, so that one in the wrong group is seen.
    const auto plane = static_cast<size_t>(x.elementCount() / c.shape[0] / c.shape[1]);
    const auto values = x.mutableValues<float>();
    for (size_t i = 0; i < values.size(); ++i)
        values[i] =
            values[i] * static_cast<float>(i / plane % 5 + 1) + static_cast<float>(i / plane % 7) + c.raise;
    const bool instances = c.groups == 0;
    ir::Attributes attributes = {{"epsilon", 1e-4f}};
    if (!instances) attributes.set("num_groups", c.groups);
    const std::string kind = instances ? "instance" : "group";
    checkKernel({.kernel = (c.blocked ? "normalize_blocked_" : "normalize_") + kind,
                 .op = instances ? "InstanceNormalization" : "GroupNormalization",
                 .attributes = attributes,
                 .inputs = {x, randomFloats({c.shape[1]}, 2), randomFloats({c.shape[1]}, 3)},
                 .constants = c.blocked ? std::vector<size_t>{1, 2} : std::vector<size_t>{},
                 .blocked = c.blocked ? std::vector<size_t>{0} : std::vector<size_t>{},
                 .blockedOutputs = c.blocked});
}

// Groups inside a block, of whole blocks, over the borders of blocks, of all channels.
TEST(NormalizeGroups, GroupsOfAnySize) {
    for (const bool blocked : {false, true})
        for (const auto& [channels, groups] : std::vector<std::pair<int64_t, int64_t>>{
                 {6, 3}, {32, 8}, {48, 3}, {60, 5}, {60, 20}, {33, 1}, {21, 21}, {64, 2}})
            for (const Integers& image : {Integers{7, 9}, Integers{1, 1}, Integers{64, 65}})
                check({.shape = {2, channels, image[0], image[1]}, .groups = groups, .blocked = blocked});
}

TEST(NormalizeGroups, Instances) {
    for (const bool blocked : {false, true})
        for (const int64_t channels : {1, 5, 16, 40})
            for (const Integers& image : {Integers{3, 5}, Integers{1, 2}, Integers{70, 80}})
                check({.shape = {2, channels, image[0], image[1]}, .blocked = blocked});
}

TEST(NormalizeGroups, OtherRanks) {
    check({.shape = {3, 12}, .groups = 4});
    check({.shape = {2, 12, 31}, .groups = 4});
    check({.shape = {2, 6, 3, 5, 4}, .groups = 2});
    check({.shape = {2, 6, 50}});
    check({.shape = {2, 3, 4, 5, 6}});
}

// A mean that is large against the deviation leaves its rounding in every element unless it is taken off.
TEST(NormalizeGroups, MeansFarFromZero) {
    for (const bool blocked : {false, true}) {
        check({.shape = {1, 12, 40, 30}, .groups = 3, .blocked = blocked, .raise = 10000});
        check({.shape = {1, 5, 40, 30}, .blocked = blocked, .raise = 10000});
    }
}

}  // namespace
}  // namespace lathe::test
