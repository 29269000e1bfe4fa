#include "engine/ir/dim.h"

#include <gtest/gtest.h>

namespace lathe::ir {
namespace {

const Dim N = Dim::symbol("N"), H = Dim::symbol("H"), W = Dim::symbol("W");

TEST(Dim, EqualExpressionsCompareEqual) {
    EXPECT_EQ((N + 2) * 3, 3 * N + 6);
    EXPECT_EQ(N * H - H * N, Dim(0));
    EXPECT_EQ(((N + 2) * 3).toString(), "3*N + 6");
    EXPECT_FALSE(same(Dim::unknown(), Dim::unknown()));
}

TEST(Dim, FloorDivisionKeepsWhatDivides) {
    EXPECT_EQ(floorDiv(4 * N + 3, 2), 2 * N + 1);
    EXPECT_EQ(floorDiv(floorDiv(H, 2), 2), floorDiv(H, 4));
    EXPECT_EQ(floorDiv(H - 1, 2).toString(), "floor((H + 1)/(2)) - 1");
    EXPECT_EQ(floorDiv(Dim(-1), 2), Dim(-1));
    EXPECT_TRUE(floorDiv(H, 0).isUnknown());
}

TEST(Dim, DividesProductsExactly) {
    EXPECT_EQ(exactDiv(N * 64 * H * W, N * 64), H * W);
    EXPECT_EQ(exactDiv((H + 1) * (W + 2), H + 1), W + 2);
    EXPECT_FALSE(exactDiv(H + 1, W));
}

TEST(Dim, BindsNames) {
    const Dim d = floorDiv(H + 1, 2) * N;
    EXPECT_EQ(d.bound({{"H", 7}, {"N", 3}}), Dim(12));
    EXPECT_EQ(max(H, H + 1), H + 1);
}

TEST(Dim, ReadsWhatItPrints) {
    for (const auto& d :
         {N, 3 * N + 6, floorDiv(H - 1, 2) + 1, max(N, H) * W - 4, Dim(7), Dim::unknown(), min(N, W)}) {
        const auto again = Dim::parse(d.toString());
        ASSERT_TRUE(again) << d.toString();
        EXPECT_EQ(*again, d) << d.toString();
    }
    EXPECT_FALSE(Dim::parse("3 +"));
    EXPECT_FALSE(Dim::parse("7up"));
}

TEST(Dim, QuotesNamesThatAreNoWords) {
    for (const auto* name : {"past + 1", "a b", "3d", "say \"x\"", "?", "..."}) {
        const auto dim = Dim::symbol(name) * 2 + 1;
        const auto again = Dim::parse(dim.toString());
        ASSERT_TRUE(again) << dim.toString();
        EXPECT_EQ(*again, dim);
    }
    EXPECT_EQ(Dim::symbol("a b").toString(), "\"a b\"");
}

}  // namespace
}  // namespace lathe::ir
