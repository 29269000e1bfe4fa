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
    EXPECT_EQ(floorDiv(H - 1, 2).toString(), "ceil(H/2) - 1");
    EXPECT_EQ(floorDiv(H + 1, 3).toString(), "floor((H + 1)/3)");
    EXPECT_EQ(floorDiv(H * 3, W * 2).toString(), "floor((3*H)/(2*W))");
    EXPECT_EQ(floorDiv(Dim(-1), 2), Dim(-1));
    EXPECT_TRUE(floorDiv(H, 0).isUnknown());
}

TEST(Dim, DivisionsOfDivisionsBecomeOne) {
    EXPECT_EQ(ceilDiv(ceilDiv(ceilDiv(H, 2), 2), 2).toString(), "ceil(H/8)");
    EXPECT_EQ((floorDiv(floorDiv(H + 1, 2) + 2, 3) + 1).toString(), "ceil(H/6) + 1");
    for (int64_t h = 0; h < 50; ++h)
        for (const int64_t c : {-3, 0, 1, 2, 7})
            for (const auto& [m, k] : {std::pair<int64_t, int64_t>{2, 3}, {3, 2}, {4, 4}, {5, 1}}) {
                const Dim nested = floorDiv(floorDiv(H - 1, m) + c, k);
                EXPECT_EQ(nested.bound({{"H", h}}), floorDiv(floorDiv(Dim(h - 1), m) + c, k))
                    << nested.toString() << " at " << h;
            }
}

TEST(Dim, MaximaKeepOnlyWhatCounts) {
    EXPECT_EQ(max(H, W), max(W, H));
    EXPECT_EQ(max(max(H, W), H + 1).toString(), "max(H + 1, W)");
    EXPECT_EQ(max(max(min(Dim(1000000000), N), N), N), N);
    EXPECT_EQ(min(max(H, W), H), H);
    EXPECT_EQ(min(min(H, N), min(W, N)).toString(), "min(H, N, W)");
    EXPECT_EQ(max(max(H, W), N).bound({{"H", 2}, {"W", 7}, {"N", 5}}), Dim(7));
    EXPECT_EQ(min(min(H, W), N).bound({{"H", 2}, {"W", 7}, {"N", 5}}), Dim(2));
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
         {N, 3 * N + 6, floorDiv(H - 1, 2) + 1, floorDiv(H + 1, 3), ceilDiv(H * 3 + W, 4),
          floorDiv(H * 2, W * 3), max(N, H) * W - 4, max(max(N, H), W), Dim(7), Dim::unknown(), min(N, W)}) {
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
