#include "engine/kernels/cpu/support_winograd.h"

#include <gtest/gtest.h>

#include "tests/support/kernel_check.h"

namespace lathe::kernels {
namespace {

ConvShape shapeOf(int64_t channels, int64_t size) {
    ConvShape s;
    s.batch = 1;
    s.inChannels = s.outChannels = channels;
    s.inHeight = s.inWidth = s.outHeight = s.outWidth = size;
    s.kernelHeight = s.kernelWidth = 3;
    s.padTop = s.padLeft = 1;
    return s;
}

// By hand: G g G' of a filter that is 1 in its middle is the product of the middle columns of G.
TEST(Winograd, WeightsOfOneTap) {
    float filter[9] = {}, transformed[36] = {};
    filter[4] = 1;
    winogradWeights(2, filter, 1, transformed);
    const float column[4] = {0, 0.5f, -0.5f, 0};
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) EXPECT_EQ(transformed[i * 4 + j], column[i] * column[j]);
}

TEST(Winograd, ErrorsStayFarBelowTheGate) {
    for (const int64_t m : {2, 4})
        for (const int64_t channels : {16, 100}) {
            const auto weight = test::randomFloats({channels, channels, 3, 3}, 5);
            const double error = winogradError(m, shapeOf(channels, 20), weight);
            EXPECT_LT(error, kWinogradError) << m << ", " << channels;
            EXPECT_GT(error, 0) << "float arithmetic is never exact here";
        }
}

TEST(Winograd, ChosenWhereItPays) {
    const WinogradCosts wide{6, 19}, narrow{1.9, 17};
    EXPECT_EQ(winogradTile(shapeOf(64, 56), wide), 4);
    EXPECT_EQ(winogradTile(shapeOf(256, 14), wide), 2);
    EXPECT_EQ(winogradTile(shapeOf(512, 7), wide), 0) << "the transformed weights take longer to fetch";
    EXPECT_EQ(winogradTile(shapeOf(256, 14), narrow), 4) << "multiplying takes longer";
    ir::Attributes told;
    told.set("winograd_tile", int64_t{4});
    EXPECT_EQ(winogradTile(shapeOf(512, 7), told), 4);
    auto strided = shapeOf(64, 56);
    strided.strideX = 2;
    EXPECT_EQ(winogradTile(strided), 0);
}

}  // namespace
}  // namespace lathe::kernels
