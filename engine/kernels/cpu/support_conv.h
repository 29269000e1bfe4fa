// Geometry of one- and two-dimensional convolutions (a one-dimensional one has height 1), float or integer.
#pragma once

#include <optional>

#include "engine/kernels/cpu/gemm.h"
#include "engine/kernels/cpu/support_site.h"

namespace lathe::kernels {

struct ConvShape {
    int64_t batch = 0, groups = 1;
    int64_t inChannels = 0, outChannels = 0;  // of one group
    int64_t inHeight = 1, inWidth = 1, outHeight = 1, outWidth = 1;
    int64_t kernelHeight = 1, kernelWidth = 1;
    int64_t strideY = 1, strideX = 1, dilationY = 1, dilationX = 1;
    int64_t padTop = 0, padLeft = 0;

    int64_t inPlane() const { return inHeight * inWidth; }
    int64_t outPlane() const { return outHeight * outWidth; }
    int64_t depth() const { return inChannels * kernelHeight * kernelWidth; }
    // Every output element reads the input element at its own place.
    bool pointwise() const {
        return kernelHeight == 1 && kernelWidth == 1 && strideY == 1 && strideX == 1 && padTop == 0 &&
               padLeft == 0;
    }
    // One output element that reads the whole input: a matrix product.
    bool wholeInput() const {
        return outPlane() == 1 && kernelHeight == inHeight && kernelWidth == inWidth && padTop == 0 &&
               padLeft == 0;
    }
};

// Nothing for other ranks and for shapes that do not agree. `x`, `w` are input positions; works on NCHW.
std::optional<ConvShape> convShape(const Site& site, size_t x, size_t w);

// The clamp of a fused node: attributes `low` and `high`.
Clamp clampOf(const Site& site);

// The piece of a row of outputs that a panel holds.
struct PatchRun {
    int64_t column = 0;  // in the panel
    int64_t outY = 0, outX = 0, count = 0;
};

// Calls write(columnInPanel, inputIndexOrNegative, count, step) for one kernel position of one channel;
// `write` copies `count` elements from input + index with the step, or zeros when the index is negative.
template <typename Write>
void forEachPatchRun(const ConvShape& s, const PatchRun& run, int64_t ky, int64_t kx, Write write) {
    const int64_t y = run.outY * s.strideY - s.padTop + ky * s.dilationY;
    if (y < 0 || y >= s.inHeight) return write(run.column, int64_t{-1}, run.count, int64_t{1});
    const int64_t x = run.outX * s.strideX - s.padLeft + kx * s.dilationX;
    // Elements before the left border, then inside, then behind the right border.
    int64_t before = x >= 0 ? 0 : (-x + s.strideX - 1) / s.strideX;
    before = std::min(before, run.count);
    int64_t until = x >= s.inWidth ? 0 : (s.inWidth - x + s.strideX - 1) / s.strideX;
    until = std::clamp(until, before, run.count);
    if (before > 0) write(run.column, int64_t{-1}, before, int64_t{1});
    if (until > before)
        write(run.column + before, y * s.inWidth + x + before * s.strideX, until - before, s.strideX);
    if (run.count > until) write(run.column + until, int64_t{-1}, run.count - until, int64_t{1});
}

// The runs of outputs [first, first + count) in row-major order; at most `count` of them. Returns how many.
int64_t patchRuns(const ConvShape& shape, int64_t first, int64_t count, PatchRun* runs);

}  // namespace lathe::kernels
