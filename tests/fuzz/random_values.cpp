#include <cmath>
#include <limits>

#include "engine/tensor/small_floats.h"
#include "tests/fuzz/random_calls.h"

namespace lathe::test {

using tensor::DataType;
using tensor::Tensor;

int64_t Random::pick(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(m_engine);
}

bool Random::chance(double share) { return std::uniform_real_distribution<double>()(m_engine) < share; }

double Random::normal() { return std::normal_distribution<double>()(m_engine); }

int64_t Random::dimension() {
    static const std::vector<int64_t> kSizes{1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33};
    return chance(0.03) ? 0 : any(kSizes);
}

tensor::Shape Random::shape(int64_t leastRank, int64_t mostRank) {
    std::vector<int64_t> dims;
    int64_t elements = 1;
    for (int64_t left = pick(leastRank, mostRank); left > 0; --left) {
        const int64_t most = std::max<int64_t>(1, 6000 / std::max<int64_t>(1, elements));
        dims.push_back(std::min(dimension(), most));
        elements *= std::max<int64_t>(1, dims.back());
    }
    return tensor::Shape(dims.begin(), dims.end());
}

tensor::Shape Random::broadcastable(const tensor::Shape& whole) {
    std::vector<int64_t> dims(whole.begin(), whole.end());
    for (auto& dim : dims)
        if (chance(0.25)) dim = 1;
    if (!dims.empty() && chance(0.3))
        dims.erase(dims.begin(), dims.begin() + pick(1, static_cast<int64_t>(dims.size())));
    return tensor::Shape(dims.begin(), dims.end());
}

Tensor Random::values(DataType type, const tensor::Shape& shape, bool special) {
    auto result = Tensor::zeros(type, shape);
    const auto fill = [&](auto one) {
        using T = decltype(one());
        for (auto& value : result.template mutableValues<T>()) value = one();
    };
    const auto real = [&]() -> double {
        static const std::vector<double> kSpecial{NAN,    INFINITY, -INFINITY, 0.0, -0.0, 1e-42,
                                                  -1e-40, 3e38,     -3e38,     0.5, 1.0,  -1.0};
        return special && chance(0.15) ? any(kSpecial) : normal() * 2;
    };
    const auto integer = [&]<typename T>(T) {
        using Limits = std::numeric_limits<T>;
        if (special && chance(0.1)) return chance(0.5) ? Limits::max() : Limits::min();
        return static_cast<T>(pick(std::is_signed_v<T> ? -9 : 0, 9));
    };
    switch (type) {
        case DataType::float32:
            fill([&] { return static_cast<float>(real()); });
            break;
        case DataType::float64:
            fill([&] { return real(); });
            break;
        case DataType::int8:
            fill([&] { return integer(int8_t{}); });
            break;
        case DataType::uint8:
            fill([&] { return integer(uint8_t{}); });
            break;
        case DataType::int16:
            fill([&] { return integer(int16_t{}); });
            break;
        case DataType::int32:
            fill([&] { return integer(int32_t{}); });
            break;
        case DataType::int64:
            fill([&] { return integer(int64_t{}); });
            break;
        case DataType::boolean:
            fill([&] { return chance(0.5); });
            break;
        default:
            assert(false && "no maker for this type");
    }
    return result;
}

}  // namespace lathe::test
