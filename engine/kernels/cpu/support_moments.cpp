#include "engine/kernels/cpu/support_moments.h"

#include <algorithm>
#include <cmath>

#include "engine/kernels/cpu/micro.h"

namespace lathe::kernels {
namespace {

constexpr int64_t kPiece = 4096;

}  // namespace

void Moments::add(const Moments& other) {
    const double all = count + other.count;
    if (all == 0) return;
    const double apart = other.mean - mean;
    mean += apart * other.count / all;
    squares += other.squares + apart * apart * count * other.count / all;
    count = all;
}

Normalizer Moments::normalizer(float epsilon) const {
    Normalizer result;
    result.mean = static_cast<float>(mean);
    result.rest = static_cast<float>(mean - static_cast<double>(result.mean));
    result.factor = static_cast<float>(1 / std::sqrt(squares / count + static_cast<double>(epsilon)));
    return result;
}

Moments momentsOf(const float* x, int64_t count) {
    Moments all;
    for (int64_t first = 0; first < count; first += kPiece) {
        const int64_t length = std::min(kPiece, count - first);
        const auto found = micro().rowMoments(x + first, length);
        Moments piece;
        piece.count = static_cast<double>(length);
        const auto rest = static_cast<double>(found.rest);
        piece.mean = static_cast<double>(found.mean) + rest;
        piece.squares = std::max(0.0, static_cast<double>(found.square) - rest * rest) * piece.count;
        all.add(piece);
    }
    return all;
}

}  // namespace lathe::kernels
