// Random legal calls of operators: attributes, shapes (0, 1, odd, broadcast), types and values (not-a-number,
// infinities, denormals). The same seed gives the same calls.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include "tests/support/op_cases.h"

namespace lathe::test {

class Random {
  public:
    explicit Random(uint64_t seed) : m_engine(seed) {}

    int64_t pick(int64_t low, int64_t high);  // both included
    bool chance(double share);
    template <typename T>
    const T& any(const std::vector<T>& items) {
        return items[static_cast<size_t>(pick(0, static_cast<int64_t>(items.size()) - 1))];
    }
    double normal();

    int64_t dimension();  // seldom 0, often 1, odd and beyond a vector's width
    tensor::Shape shape(int64_t leastRank, int64_t mostRank);
    // The shape with some dimensions 1 and some leading ones left out.
    tensor::Shape broadcastable(const tensor::Shape& whole);
    // Numbers of a type; `special` mixes in what breaks shortcuts.
    tensor::Tensor values(tensor::DataType type, const tensor::Shape& shape, bool special = false);

  private:
    std::mt19937_64 m_engine;
};

struct CallFamily {
    std::string_view name;
    OpCase (*make)(Random&);
    double tolerance;  // of the largest |y|, kernel against plain evaluation
    // Results are sums whose terms may cancel: the tolerance is of the largest sum of the terms' magnitudes.
    bool sums = false;
};
// The call with the magnitudes of all its numbers.
OpCase magnitudes(OpCase call);
// Elementwise ops come from the operator table itself, the others have a maker each.
const std::vector<CallFamily>& callFamilies();

}  // namespace lathe::test
