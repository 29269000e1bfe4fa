// Matrix products of integers over packed panels.
#pragma once

#include <cstdint>

namespace lathe::kernels {

// C = A * B in pairs of 16-bit values, depth rounded up to pairs; panels as in gemm.h.
struct IntegerGemm {
    int64_t rows = 0, columns = 0, pairs = 0;
    const int32_t* packedA = nullptr;
    const int32_t* packedB = nullptr;
    int32_t* sums = nullptr;  // [rows][columns]
    int64_t sumStride = 0;
};
// One tile after the other on the calling thread: rows [rowBegin, rowEnd) in panels.
void multiplyIntegers(const IntegerGemm& gemm, int64_t firstRowPanel, int64_t lastRowPanel);

}  // namespace lathe::kernels
